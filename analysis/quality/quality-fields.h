/* quality-fields.h: what each field of the live records holds: filled, valid, distinct, oldest, newest; and the same by import. */

#pragma once

#include "project/dataset.h"
#include "quality/quality-checks.h"

G_BEGIN_DECLS

typedef struct
{
  MqKind   kind;
  char    *name; /* (owned) "city", "key.email", "Level": as `info` lists it */
  gint64   records, filled;
  MqCheck  check;
  gint64   valid;          /* of the filled ones; 0 without a check */
  gint64   distinct;       /* of the filled ones */
  gint64   oldest, newest; /* days; G_MININT64 where the field is no time */
  gint64   free_mail;      /* of valid e-mail addresses: at free providers */
  gboolean is_own;         /* a key or a field that every record of the kind should have; not a further column */
} MqQualityField;

/* The keys and columns of a kind, in the order of `info`: keys by priority, fields, further columns by name. Customers are
 * persons, with the value that counts; all else is rows. (element-type MqQualityField). NULL with error. */
GPtrArray *mq_quality_fields (MqDataset *dataset, MqKind kind, gint32 as_of_day, const MqRun *run, GError **error);

void mq_quality_field_free (gpointer field); /* (transfer full) MqQualityField */

/* One import's live rows of a kind: cells of the kind's own fields, and how many of them are filled. */
typedef struct
{
  gint64 import;
  gint64 rows, cells, filled;
} MqQualityImport;

/* Ascending by import. (element-type MqQualityImport). NULL with error. */
GArray *mq_quality_imports (MqDataset *dataset, MqKind kind, const MqRun *run, GError **error);

G_END_DECLS
