/* result.h: MqResult, what an analysis answers: named tables, the settings as they were used, where the figures come
 * from, warnings, and the finding in one sentence. Immutable once sealed; atomic reference count. */

#pragma once

#include "base/table.h"

G_BEGIN_DECLS

typedef struct
{
  char  *reason; /* of the contract's closed English list, e.g. "no customer" */
  gint64 rows;
} MqLeftOut;

typedef struct
{
  char      *module;  /* "rfm" */
  int        version; /* of the module's rules */
  gint64     as_of;   /* instant: the last microsecond that counts */
  gint64     from;    /* instant, inclusive; MQ_TIME_MISSING for `all` */
  gint64     to;      /* instant: the last of the period */
  char      *period;  /* "365d", "all", "2011-01-01/2011-06-30" */
  char      *time_zone;
  char      *currency;
  char      *data;      /* order-independent hash of the records, hexadecimal */
  gint64     revision;  /* of the project: the one field that byte comparisons leave out */
  gint64     rows_read; /* records of the kinds read, left-out ones included */
  GPtrArray *left_out;  /* (element-type MqLeftOut), in the order of their addition */
} MqProvenance;

typedef struct _MqResult MqResult;

MqResult     *mq_result_new (const char *module, int version);
MqResult     *mq_result_ref (MqResult *self);
void          mq_result_unref (MqResult *self);
MqProvenance *mq_result_provenance (MqResult *self);
void          mq_result_leave_out (MqResult *self, const char *reason, gint64 rows);         /* adds up equal reasons; 0 rows: nothing */
void          mq_result_warn (MqResult *self, const char *format, ...) G_GNUC_PRINTF (2, 3); /* a translated sentence */
void          mq_result_take_table (MqResult *self, MqTable *table);
void          mq_result_set_settings (MqResult *self, GVariant *settings); /* a{sv}, complete: defaults filled in */
/* The finding, translated ("Champions are 22 % of customers and bring 65 % of revenue"), and the rules in one line of
 * plain words ("365 days to 9 Dec 2011 · quintiles · map of eleven · UTC"). */
void mq_result_take_sentence (MqResult *self, char *finding);
void mq_result_take_rules (MqResult *self, char *rules);

GVariant          *mq_result_settings (const MqResult *self); /* (transfer none) */
const char        *mq_result_sentence (const MqResult *self);
const char        *mq_result_rules (const MqResult *self);
const char *const *mq_result_warnings (const MqResult *self); /* NULL-terminated */
guint              mq_result_n_tables (const MqResult *self);
MqTable           *mq_result_table (const MqResult *self, guint index);           /* (transfer none) */
MqTable           *mq_result_find_table (const MqResult *self, const char *name); /* (transfer none) (nullable) */

/* The one JSON object of CLI.md, keys in its order, a line feed at the end. */
void mq_result_write_json (const MqResult *self, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqResult, mq_result_unref)

G_END_DECLS
