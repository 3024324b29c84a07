/* import-draft.h: MqImportDraft, an import that is read, checked, sorted and encoded but not yet in a project: what the
 * importer hands to the store. Plain struct, filled by import/importer.c, read by project/. */

#pragma once

#include "project/run-writer.h"

G_BEGIN_DECLS

/* Whose amount a cell of `amount` is (METHODS.md). */
typedef enum
{
  MQ_AMOUNT_OF_LINE,
  MQ_AMOUNT_OF_ORDER,       /* the order's, repeated on each line: counts once an order */
  MQ_AMOUNT_OF_ORDER_FIRST, /* the order's, on its first line only */
} MqAmountOf;

typedef struct
{
  gint64 line;   /* physical, from 1 */
  gint64 column; /* in characters from 1; 0 if the row as a whole */
  char  *reason; /* of a closed English list: "no time", "not a number", … (importer.h) */
  char  *text;   /* the row as it stood, at most 64 kB */
} MqReject;

typedef struct
{
  MqSpill   *spill; /* (owned) */
  GPtrArray *runs;  /* (owned) (element-type MqStagedRun) at least one unless no row was stored */

  MqKind kind;
  char  *file_name; /* without its folder */
  gint64 file_size;
  char  *sha256;
  gint64 time;      /* the clock at the import, instant */
  char  *mapping;   /* JSON: how the file was read, complete enough to read it so again */
  gint64 rows_read; /* records of the file: stored + rejected */

  MqAmountOf amount_of;     /* orders */
  gboolean   refund_is_net; /* orders: the amount already is after the refund column */
  GPtrArray *statuses;      /* (owned) (element-type MqStatusCount) orders with a status column; else empty */

  GPtrArray *rejects;  /* (owned) (element-type MqReject); all of them, in line order */
  GPtrArray *warnings; /* (owned) (element-type utf8) translated sentences */
} MqImportDraft;

/* What a status text means; CLI names: unpaid paid shipped completed closed refunded partly-refunded. */
typedef enum
{
  MQ_STATUS_UNKNOWN = -1, /* a text not in the map: counts as paid, with a warning */
  MQ_STATUS_UNPAID,
  MQ_STATUS_PAID,
  MQ_STATUS_SHIPPED,
  MQ_STATUS_COMPLETED,
  MQ_STATUS_CLOSED, /* not paid, or paid and cancelled: does not count */
  MQ_STATUS_REFUNDED,
  MQ_STATUS_PARTLY_REFUNDED,
  MQ_N_STATUSES
} MqStatus;

typedef struct
{
  char    *text;
  MqStatus status;
  gboolean given; /* by the user; else proposed by the dictionary */
  gint64   rows;
} MqStatusCount;

const char *mq_status_name (MqStatus status);
gboolean    mq_status_from_name (const char *name, MqStatus *status);

MqImportDraft *mq_import_draft_new (MqKind kind);
void           mq_import_draft_free (MqImportDraft *self);
void           mq_reject_free (MqReject *reject);
void           mq_status_count_free (MqStatusCount *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportDraft, mq_import_draft_free)

G_END_DECLS
