/* scope-choice.h: MqScopeChoice, what the project bar is set to, in the words a person chose ("the newest data", "the period
 * before"), kept as text in the project, and turned into the settings of scope.h when an analysis is asked. */

#pragma once

#include "base/civil-time.h"

G_BEGIN_DECLS

#define MQ_SCOPE_VALUE "scope" /* the project's small value that keeps it */

typedef enum
{
  MQ_COMPARE_NONE,
  MQ_COMPARE_PREVIOUS, /* the period of as many days just before; nothing for `all` */
  MQ_COMPARE_YEAR,     /* the same date a year earlier */
} MqCompare;

typedef struct
{
  gint32    as_of;  /* day; MQ_DAY_MISSING: the newest data */
  char     *period; /* (owned) "365d", "all" */
  gint32    from;   /* day; MQ_DAY_MISSING: the length of `period` decides */
  gint32    to;     /* day; only together with `from`; MQ_DAY_MISSING: the as-of date */
  MqCompare compare;
  char     *shop;    /* (owned) (nullable) all */
  char     *segment; /* (owned) (nullable) all customers */
} MqScopeChoice;

void     mq_scope_choice_init (MqScopeChoice *self); /* newest data, 365 days, no comparison, all shops, all customers */
void     mq_scope_choice_clear (MqScopeChoice *self);
void     mq_scope_choice_copy (MqScopeChoice *self, const MqScopeChoice *other); /* self is initialised */
gboolean mq_scope_choice_equal (const MqScopeChoice *self, const MqScopeChoice *other);

/* The text kept in the project: without the as-of date, as data goes on. (transfer full) */
char *mq_scope_choice_to_text (const MqScopeChoice *self);
/* What it does not understand has its default. */
void mq_scope_choice_from_text (MqScopeChoice *self, const char *text /* (nullable) */);

/* Puts as-of, period, from, to, compare-as-of, shop and segment among the settings of an analysis. newest_day: what "the newest data"
 * is, or MQ_DAY_MISSING (no comparison then). */
void mq_scope_choice_fill (const MqScopeChoice *self, gint32 newest_day, GVariantDict *settings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqScopeChoice, mq_scope_choice_clear)

G_END_DECLS
