/* value-groups.h: which values of a field have a group of their own in a breakdown: the largest ones; all others are
 * "Other", and those without a value stand last. Numbers, days and age bands stand in their order, other values by size. */

#pragma once

#include "base/table.h"
#include "query/field.h"

G_BEGIN_DECLS

#define MQ_GROUPS_MOST 12

typedef struct
{
  guint        n;
  const char **names;   /* (owned) n of them, borrowed from the field or static; NULL: no value. Largest first, of equal ones by text, unless the field has an order */
  guint16     *of_code; /* (owned) group of each code; one more at the end for no value */
  guint        n_codes;
} MqValueGroups;

/* "Other", and for a breakdown by a segment all others; mq_groups_is_word() knows them, the groups of channels and the classes of
 * customers by their address, so that a value of the data that is spelled so stays what it is. */
extern const char mq_group_other[];

gboolean mq_groups_is_word (const char *name /* (nullable) */);
/* Sets a group's name in a TEXT column, as a word where it is one. NULL: no value. */
void mq_groups_set_name (MqTableBuilder *builder, guint column, const char *name);

/* sizes: by code, one more at the end for no value. */
void mq_value_groups_init (MqValueGroups *self, const MqFieldValues *values, const gint64 *sizes, guint most);
void mq_value_groups_clear (MqValueGroups *self);

/* n for values that have no size. */
static inline guint
mq_value_groups_find (const MqValueGroups *self, guint32 code)
{
  return self->of_code[code < self->n_codes ? code : self->n_codes];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqValueGroups, mq_value_groups_clear)

G_END_DECLS
