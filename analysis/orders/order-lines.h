/* order-lines.h: what the order book is made of: the columns of the order lines as plain arrays. Private to orders/ and
 * its tests: the book is a pure function of them. */

#pragma once

#include "orders/order-book.h"

G_BEGIN_DECLS

#define MQ_TRAIT_AMOUNT_OF 3     /* mask of the MqAmountOf */
#define MQ_TRAIT_REFUND_IS_NET 4 /* the amount already is after the refund column */

/* Everything borrowed. Rows are sorted by (person, time, import, line); text is codes into lists sorted by bytes. */
typedef struct
{
  gsize          n_rows;
  guint          n_persons;
  const gsize   *offsets; /* n_persons + 1, as MqFacts.offsets */
  const MqZone  *zone;
  const gint64  *time;
  const gint64  *precision;      /* (nullable) MqPrecision; NULL: seconds */
  const gint64  *amount;         /* minor units */
  const gint64  *refund;         /* (nullable) */
  const gint64  *import;         /* (nullable) for ties of lines of different persons */
  const gint64  *line;           /* (nullable) */
  const guint8  *traits;         /* (nullable) a row; NULL: amount of the line, refund not subtracted */
  const guint32 *order_id;       /* (nullable) */
  guint          n_order_ids;    /* length of its list */
  const guint32 *shop;           /* (nullable) */
  const guint32 *product;        /* (nullable) */
  const guint32 *status;         /* (nullable) */
  const gint8   *statuses;       /* what each code of status means: MqStatus */
  const guint32 *currency;       /* (nullable) */
  const guint8  *other_currency; /* a code of currency: TRUE if it is not the project's */
} MqOrderLines;

MqOrderBook *mq_order_book_new (const MqOrderLines *lines, const MqRun *run, GError **error);

/* Which order each row belongs to, in order of first appearance; MQ_NO_ORDER for rows of another currency.
 * (transfer full) n_rows, or NULL with error. */
guint32 *mq_order_lines_group (const MqOrderLines *lines, guint *n_orders, const MqRun *run, GError **error);

/* The amounts as they count: of each row its part of the order's positive or negative sum, and its refund. */
typedef struct
{
  gint64 *amount; /* (owned) minor units; 0 where it does not count */
  gint64 *refund; /* (owned) (nullable) >= 0 */
  gint8  *status; /* (owned) of each order */
  gint64  n_differing;
} MqLineAmounts;

gboolean mq_line_amounts_init (MqLineAmounts *self, const MqOrderLines *lines, const guint32 *row_order, guint n_orders, const MqRun *run, GError **error);
void     mq_line_amounts_clear (MqLineAmounts *self);

/* TRUE if row a comes before row b in (time, import, line). */
gboolean mq_order_lines_precede (const MqOrderLines *lines, gsize a, gsize b);

/* A negative row: of an order with positive lines (own: its order_id says what it refunds), or of none. */
typedef struct
{
  guint32  row;
  guint    person; /* of the row; of an own one that of the order; or MQ_ANONYMOUS */
  gboolean own;
} MqRefundRow;

/* Matches negative rows to positive rows of the same customer, in order of time. matched[i] receives the row that rows[i]
 * refunds, or G_MAXUINT32; an own row matches inside its order only. Sorts rows. row_order: which order a row belongs to;
 * may_match[row]: the positive rows that may be refunded. */
gboolean mq_refunds_match (const MqOrderLines *lines, const gint64 *amount, const guint32 *row_order, GArray *rows, const guint8 *may_match, guint32 *matched, const MqRun *run, GError **error);

static inline MqPrecision
mq_order_lines_precision (const MqOrderLines *lines, gsize row)
{
  gint64 precision = lines->precision != NULL ? lines->precision[row] : MQ_PRECISION_SECOND;

  return precision == MQ_VALUE_MISSING ? MQ_PRECISION_SECOND : (MqPrecision) precision;
}

static inline guint32
mq_order_lines_code (const guint32 *codes, gsize row)
{
  return codes != NULL ? codes[row] : MQ_NO_CODE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqLineAmounts, mq_line_amounts_clear)

G_END_DECLS
