/* record-kind.h: the six kinds of record, their fields and what each field holds (METHODS.md, section Data). The one place
 * that knows field names: importer, store, export, command line and window all read it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_KIND_CUSTOMERS,
  MQ_KIND_ORDERS,
  MQ_KIND_EVENTS,
  MQ_KIND_MESSAGES,
  MQ_KIND_FEEDBACK,
  MQ_KIND_SPEND,
  MQ_N_KINDS
} MqKind;

/* What a stored column holds. In memory and in chunks every value is a gint64; MQ_VALUE_MISSING is "no value". */
typedef enum
{
  MQ_VALUE_TEXT,    /* code into the column's sorted dictionary */
  MQ_VALUE_INTEGER, /* gint64 */
  MQ_VALUE_DECIMAL, /* mantissa at the column's scale (1 to 18 digits after the point) */
  MQ_VALUE_MONEY,   /* minor units of the project's (or the row's) currency; scale = its digits */
  MQ_VALUE_TIME,    /* instant in µs; its precision is the column "NAME#precision" (INTEGER), absent when all are seconds */
  MQ_VALUE_DAY,     /* days since 1970 */
} MqValueType;

#define MQ_VALUE_MISSING G_MININT64

typedef struct
{
  const char *name;  /* "order_id", the contract's */
  const char *title; /* N_() for people */
  MqValueType type;
  gboolean    required; /* time of orders: satisfied by paid_time as well */
} MqField;

const char    *mq_kind_name (MqKind kind);      /* "orders" */
const char    *mq_kind_title (MqKind kind);     /* N_("Orders") */
const MqField *mq_key_fields (guint *n_fields); /* "key.phone" …, which records of every kind may have */
/* What people read for a kind's name, and for a field's: "birth_date", "key.phone", "orders.amount", "attr:Level". For
 * mq_table_builder_set_words(). Translated (transfer full); the text itself if it is none. */
char          *mq_kind_words (const char *text);
char          *mq_field_words (const char *text);
gboolean       mq_kind_from_name (const char *name, MqKind *kind);
const MqField *mq_kind_fields (MqKind kind, guint *n_fields);      /* without the keys */
const MqField *mq_kind_find_field (MqKind kind, const char *name); /* (nullable) */
/* The fields of the natural key after the record key or order, NULL-terminated: orders shop order_id product;
 * events time event channel; messages time status channel. */
const char *const *mq_kind_natural_key (MqKind kind);

/* Columns that every run has besides: the record key ("#key", TEXT code into the run's sorted list of record keys),
 * the file's physical line ("#line", INTEGER) and the import's number ("#import", INTEGER).
 * A column of the file that is no field is a property ("prop:NAME") or, of customers, an attribute ("attr:NAME"). */
#define MQ_COLUMN_KEY "#key"
#define MQ_COLUMN_RAW "#raw:" /* and a kind of key: the cell as it came where it is not written as its key is */
#define MQ_COLUMN_LINE "#line"
#define MQ_COLUMN_IMPORT "#import"
#define MQ_PRECISION_SUFFIX "#precision"

G_END_DECLS
