/* test-order-book.c: orders, refund matching and as-of dates on cases computed by hand from METHODS.md, and the sum that
 * always holds on random ones. */

#include "orders/order-lines.h"

#define NONE (-1)
#define DAY MQ_DAY_MICROSECONDS
#define MINUTE (60 * MQ_SECOND)

/* person NONE is nobody; ids are codes in byte order, NONE is no value. Rows are sorted by (person, time). */
typedef struct
{
  int    person;
  gint64 time;
  gint64 amount;
  int    order_id;
  int    product;
  int    precision;
  int    shop;
  int    status;
  gint64 refund;
} Row;

typedef struct
{
  gboolean products, precisions, shops, statuses, refunds;
  guint8   trait;
} Columns;

static const gint8 all_statuses[] = { MQ_STATUS_UNPAID, MQ_STATUS_PAID, MQ_STATUS_SHIPPED, MQ_STATUS_COMPLETED, MQ_STATUS_CLOSED, MQ_STATUS_REFUNDED, MQ_STATUS_PARTLY_REFUNDED, MQ_STATUS_UNKNOWN };

static guint32 *
make_codes (const Row *rows, gsize n, gsize offset)
{
  guint32 *codes = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    codes[i] = *(const int *) ((const char *) &rows[i] + offset);
  return codes;
}

static MqOrderBook *
make_book (const Row *rows, gsize n, guint n_persons, Columns columns, const char *zone)
{
  g_autoptr (GError) error = NULL;
  g_autofree gsize   *offsets = g_new0 (gsize, n_persons + 1);
  g_autofree gint64  *time = g_new (gint64, n);
  g_autofree gint64  *amount = g_new (gint64, n);
  g_autofree gint64  *precision = g_new (gint64, n);
  g_autofree gint64  *refund = g_new (gint64, n);
  g_autofree guint8  *traits = g_new (guint8, n);
  g_autofree guint32 *order_id = make_codes (rows, n, G_STRUCT_OFFSET (Row, order_id));
  g_autofree guint32 *product = make_codes (rows, n, G_STRUCT_OFFSET (Row, product));
  g_autofree guint32 *shop = make_codes (rows, n, G_STRUCT_OFFSET (Row, shop));
  g_autofree guint32 *status = make_codes (rows, n, G_STRUCT_OFFSET (Row, status));
  MqOrderLines        lines = { .n_rows = n, .n_persons = n_persons, .offsets = offsets, .time = time, .amount = amount, .order_id = order_id, .n_order_ids = 1000, .statuses = all_statuses, .traits = traits };
  MqOrderBook        *book;

  for (gsize i = 0; i < n; i++)
    {
      time[i] = rows[i].time;
      amount[i] = rows[i].amount;
      precision[i] = rows[i].precision;
      refund[i] = rows[i].refund;
      traits[i] = columns.trait;
      for (int person = rows[i].person + 1; person <= (int) n_persons; person++)
        offsets[person] = i + 1;
    }
  lines.zone = mq_zone_get (zone, &error);
  g_assert_no_error (error);
  lines.product = columns.products ? product : NULL;
  lines.precision = columns.precisions ? precision : NULL;
  lines.shop = columns.shops ? shop : NULL;
  lines.status = columns.statuses ? status : NULL;
  lines.refund = columns.refunds ? refund : NULL;
  book = mq_order_book_new (&lines, NULL, &error);
  g_assert_no_error (error);
  return book;
}

/* What the refunds of an order sum to at the end of time. */
static gint64
sum_refunds (const MqOrderBook *book, guint order)
{
  gint64 sum = 0;

  for (guint i = book->refund_offsets[order]; i < book->refund_offsets[order + 1]; i++)
    sum += book->refunds[i].amount;
  return sum;
}

static gint64
sum_unmatched (const MqOrderBook *book)
{
  gint64 sum = 0;

  for (guint i = book->refund_offsets[book->n_orders]; i < book->n_refunds; i++)
    sum += book->refunds[i].amount;
  return sum;
}

static MqOrderState
find_state (const MqOrderBook *book, guint order, gint64 as_of)
{
  MqOrderMoney money;

  return mq_order_state (book, order, as_of, &money);
}

/* Lines, not one an order: three orders, one of nobody; the order of two customers' lines is the earlier one's. */
static void
test_orders (void)
{
  static const Row rows[] = {
    { NONE, 5 * DAY, 100, 1 },
    { NONE, 6 * DAY, 50, 3 },
    { 0, 2 * DAY, 10, 3 },
    { 0, 3 * DAY, 30, 2 },
    { 1, 3 * DAY - 1, 40, 2 },
    { 1, 9 * DAY, 5, 2 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 2, (Columns){ 0 }, "UTC");

  g_assert_cmpuint (book->n_orders, ==, 3);
  g_assert_cmpuint (book->offsets[0], ==, 1);
  g_assert_cmpuint (book->offsets[1], ==, 2);
  g_assert_cmpuint (book->offsets[2], ==, 3);
  g_assert_cmpint (book->gross[0], ==, 100);
  g_assert_cmpint (book->gross[1], ==, 60);
  g_assert_cmpint (book->gross[2], ==, 75);
  g_assert_cmpint (book->time[2], ==, 3 * DAY - 1);
  g_assert_cmpint (book->day[2], ==, 2);
  g_assert_cmpuint (book->first_row[2], ==, 4);
  g_assert_cmpuint (book->n_lines[2], ==, 3);
  g_assert_cmpint (book->gross_total, ==, 235);
}

/* Without ids: one order a customer and time; a day is the zone's. */
static void
test_orders_by_time (void)
{
  static const Row rows[] = {
    { NONE, 1 * DAY, 1, NONE },
    { NONE, 1 * DAY, 1, NONE },
    { 0, 1 * DAY, 1, NONE, NONE, MQ_PRECISION_DAY },
    { 0, 1 * DAY, 2, NONE, NONE, MQ_PRECISION_DAY },
    { 0, 2 * DAY, 4, NONE, NONE, MQ_PRECISION_DAY },
    { 1, 1 * DAY, 1, NONE, NONE, MQ_PRECISION_SECOND },
    { 1, 1 * DAY + MQ_SECOND, 1, NONE, NONE, MQ_PRECISION_SECOND },
    { 1, 1 * DAY + MINUTE, 1, NONE, NONE, MQ_PRECISION_MINUTE },
    { 1, 1 * DAY + MINUTE, 1, NONE, NONE, MQ_PRECISION_MINUTE },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 2, (Columns){ .precisions = TRUE }, "UTC");

  g_assert_cmpuint (book->offsets[0], ==, 2);
  g_assert_cmpuint (book->offsets[1], ==, 4);
  g_assert_cmpuint (book->offsets[2], ==, 7);
  g_assert_cmpint (book->gross[2], ==, 3);
}

/* The same order_id in two shops is two orders. */
static void
test_shops (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 1, 7, NONE, 0, 1 },
    { 0, 1 * DAY, 2, 7, NONE, 0, 0 },
    { 0, 1 * DAY, 4, 7, NONE, 0, NONE },
    { 0, 1 * DAY, 8, 6, NONE, 0, 1 },
    { 0, 2 * DAY, 16, 7, NONE, 0, 1 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ .shops = TRUE }, "UTC");

  g_assert_cmpuint (book->n_orders, ==, 4);
  g_assert_cmpint (book->gross[0], ==, 4);
  g_assert_cmpint (book->gross[1], ==, 2);
  g_assert_cmpint (book->gross[2], ==, 8);
  g_assert_cmpint (book->gross[3], ==, 17);
}

/* The refund in the last row goes to the order of this gross, or to none (0). */
static void
check_match (const Row *rows, gsize n, Columns columns, const char *zone, gint64 gross)
{
  g_autoptr (MqOrderBook) book = make_book (rows, n, 1, columns, zone);

  for (guint order = 0; order < book->n_orders; order++)
    g_assert_cmpint (sum_refunds (book, order), ==, book->gross[order] == gross ? -rows[n - 1].amount : 0);
  g_assert_cmpint (sum_unmatched (book), ==, gross == 0 ? -rows[n - 1].amount : 0);
}

static void
test_match_latest (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1, 0 },
    { 0, 1 * DAY, 1, 1, 1 },
    { 0, 2 * DAY, 10, 2, 0 },
    { 0, 2 * DAY, 2, 2, 1 },
    { 0, 3 * DAY, 10, 3, 5 },
    { 0, 3 * DAY, 4, 3, 1 },
    { 0, 4 * DAY, 11, 4, 0 },
    { 0, 5 * DAY, -10, 9, 0 },
  };

  check_match (rows, G_N_ELEMENTS (rows), (Columns){ .products = TRUE }, "UTC", 12);
  check_match (rows, G_N_ELEMENTS (rows), (Columns){ 0 }, "UTC", 14);
}

/* Of equal times the order whose id sorts last. */
static void
test_match_tie (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 5 },
    { 0, 1 * DAY, 1, 5 },
    { 0, 1 * DAY, 10, 8 },
    { 0, 1 * DAY, 2, 8 },
    { 0, 1 * DAY, 10, 6 },
    { 0, 1 * DAY, 4, 6 },
    { 0, 1 * DAY, -10, 9 },
  };

  check_match (rows, G_N_ELEMENTS (rows), (Columns){ 0 }, "UTC", 12);
}

static void
test_match_missing_product (void)
{
  static const Row rows[] = { { 0, 1 * DAY, 10, 1, NONE }, { 0, 2 * DAY, -10, 2, NONE } };

  check_match (rows, G_N_ELEMENTS (rows), (Columns){ .products = TRUE }, "UTC", 0);
  check_match (rows, G_N_ELEMENTS (rows), (Columns){ 0 }, "UTC", 10);
}

static void
check_distance (gint64 from, int from_precision, gint64 to, int to_precision, const char *zone, gboolean matches)
{
  const Row before[] = { { 0, from, 10, 1, NONE, from_precision }, { 0, to, -10, 2, NONE, to_precision } };
  const Row after[] = { { 0, to, -10, 2, NONE, to_precision }, { 0, from, 10, 1, NONE, from_precision } };
  g_autoptr (MqOrderBook) book = make_book (from <= to ? before : after, 2, 1, (Columns){ .precisions = TRUE }, zone);

  g_assert_cmpint (sum_unmatched (book), ==, matches ? 0 : 10);
}

static void
test_match_180_days (void)
{
  gint64 edge = 180 * DAY;

  check_distance (1000, 0, 1000 + edge, 0, "UTC", TRUE);
  check_distance (1000, 0, 1001 + edge, 0, "UTC", FALSE);
  /* A minute's refund: seconds do not count. */
  check_distance (30 * MQ_SECOND, 0, edge, 1, "UTC", TRUE);
  check_distance (30 * MQ_SECOND, 0, edge + MINUTE, 1, "UTC", FALSE);
  /* A day's refund, or a day's line: dates count. */
  check_distance (1 * MINUTE, 1, edge, 2, "UTC", TRUE);
  check_distance (0, 2, edge + DAY - 1, 0, "UTC", TRUE);
  check_distance (0, 2, edge + DAY, 0, "UTC", FALSE);
}

static void
test_match_not_after (void)
{
  check_distance (1001, 0, 1000, 0, "UTC", FALSE);
  check_distance (1000, 0, 1000, 0, "UTC", TRUE);
  /* Later by the second, equal by the minute of the refund. */
  check_distance (59 * MQ_SECOND, 0, 0, 1, "UTC", TRUE);
  check_distance (60 * MQ_SECOND, 0, 0, 1, "UTC", FALSE);
  /* Equal by the day of the refund; the day of 25 hours when Berlin's clocks went back: 2011-10-30. */
  check_distance (DAY - 1, 0, 0, 2, "UTC", TRUE);
  check_distance (DAY, 0, 0, 2, "UTC", FALSE);
  {
    const MqZone *berlin = mq_zone_get ("Europe/Berlin", NULL);
    gint64        start = mq_zone_day_start (berlin, mq_day_from_civil (2011, 10, 30));

    check_distance (start + 25 * 3600 * MQ_SECOND - 1, 0, start, 2, "Europe/Berlin", TRUE);
    check_distance (start + 25 * 3600 * MQ_SECOND, 0, start, 2, "Europe/Berlin", FALSE);
  }
}

/* Two refunds take two lines, the later refund the earlier line, the third none. */
static void
test_match_once (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1 },
    { 0, 1 * DAY, 1, 1 },
    { 0, 2 * DAY, 10, 2 },
    { 0, 2 * DAY, 2, 2 },
    { 0, 3 * DAY, -10, 7 },
    { 0, 4 * DAY, -10, 8 },
    { 0, 5 * DAY, -10, 9 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ 0 }, "UTC");

  g_assert_cmpuint (book->n_orders, ==, 2);
  g_assert_cmpuint (book->n_refund_orders, ==, 3);
  g_assert_cmpint (book->refunds[book->refund_offsets[0]].time, ==, 4 * DAY);
  g_assert_cmpint (book->refunds[book->refund_offsets[1]].time, ==, 3 * DAY);
  g_assert_cmpint (book->refunds[book->refund_offsets[2]].time, ==, 5 * DAY);
  g_assert_cmpint (sum_unmatched (book), ==, 10);
}

/* A refund that its order_id places takes its line, so that a later refund goes to another; one before it has taken its. */
static void
test_match_own (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1 },
    { 0, 2 * DAY, 10, 2 },
    { 0, 2 * DAY, 10, 2 },
    { 0, 3 * DAY, -10, 2 },
    { 0, 4 * DAY, -10, 7 },
    { 0, 5 * DAY, -10, 2 },
    { 0, 6 * DAY, -10, 8 },
    { 0, 7 * DAY, -10, 9 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ 0 }, "UTC");

  /* Order 2: its own of days 3 and 5, and day 4's before its second own found no line free. Day 6 takes order 1's. */
  g_assert_cmpuint (book->n_orders, ==, 2);
  g_assert_cmpint (sum_refunds (book, 0), ==, 10);
  g_assert_cmpint (book->refunds[book->refund_offsets[0]].time, ==, 6 * DAY);
  g_assert_cmpint (sum_refunds (book, 1), ==, 30);
  g_assert_cmpint (sum_unmatched (book), ==, 10);
}

/* Inside its order only the same product and amount is taken. */
static void
test_match_own_product (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1, 5 },
    { 0, 1 * DAY, 10, 2, 5 },
    { 0, 1 * DAY, 10, 2, 6 },
    { 0, 2 * DAY, -10, 2, 6 },
    { 0, 2 * DAY, -3, 2, 5 },
    { 0, 3 * DAY, -10, 7, 5 },
    { 0, 4 * DAY, -10, 8, 6 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ .products = TRUE }, "UTC");

  g_assert_cmpint (sum_refunds (book, 0), ==, 0);
  g_assert_cmpint (sum_refunds (book, 1), ==, 23);
  g_assert_cmpint (sum_unmatched (book), ==, 10);
}

/* Nobody's refund matches by order_id only; another customer's line is out of reach. */
static void
test_match_anonymous (void)
{
  static const Row rows[] = {
    { NONE, 1 * DAY, 10, 1 },
    { NONE, 2 * DAY, -10, 2 },
    { NONE, 3 * DAY, -4, 1 },
    { 0, 1 * DAY, 20, 3 },
    { 1, 2 * DAY, -20, 4 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 2, (Columns){ 0 }, "UTC");

  g_assert_cmpint (sum_refunds (book, 0), ==, 4);
  g_assert_cmpint (sum_refunds (book, 1), ==, 0);
  g_assert_cmpint (sum_unmatched (book), ==, 30);
  g_assert_cmpuint (book->refunds[book->n_refunds - 1].person, ==, MQ_ANONYMOUS);
}

/* An order is fully refunded from the day of the refund on, not before; beyond its sum a refund is unmatched. */
static void
test_as_of (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1 },
    { 0, 2 * DAY, 20, 1 },
    { 0, 3 * DAY, -5, 1 },
    { 0, 4 * DAY, -25, 1 },
    { 0, 5 * DAY, -7, 1 },
    { 0, 6 * DAY, 0, 2 },
  };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ 0 }, "UTC");
  MqOrderMoney money;
  guint        n;

  g_assert_cmpint (mq_order_state (book, 0, DAY - 1, &money), ==, MQ_ORDER_FUTURE);
  g_assert_cmpint (mq_order_state (book, 0, DAY, &money), ==, MQ_ORDER_VALID);
  g_assert_cmpint (money.gross, ==, 10);
  g_assert_cmpint (mq_order_state (book, 0, 3 * DAY, &money), ==, MQ_ORDER_VALID);
  g_assert_cmpint (money.gross - money.refunded, ==, 25);
  g_assert_cmpint (mq_order_state (book, 0, 4 * DAY, &money), ==, MQ_ORDER_FULLY_REFUNDED);
  g_assert_cmpint (mq_order_state (book, 0, 5 * DAY, &money), ==, MQ_ORDER_REFUND);
  g_assert_cmpint (money.excess, ==, 7);
  g_assert_cmpint (mq_order_excess_between (book, 0, 5 * DAY, MQ_TIME_MISSING, 4 * DAY, &n), ==, 0);
  g_assert_cmpint (mq_order_excess_between (book, 0, 5 * DAY, 5 * DAY, 5 * DAY, &n), ==, 7);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (mq_order_state (book, 1, 6 * DAY, &money), ==, MQ_ORDER_VALID);
}

static void
test_status (void)
{
  static const Row rows[] = {
    { 0, 1 * DAY, 10, 1, NONE, 0, NONE, 0 },
    { 0, 2 * DAY, 10, 2, NONE, 0, NONE, 4 },
    { 0, 3 * DAY, 10, 3, NONE, 0, NONE, 5 },
    { 0, 4 * DAY, 10, 4, NONE, 0, NONE, 7 },
    { 0, 5 * DAY, 10, 5, NONE, 0, NONE, NONE },
    { 0, 6 * DAY, 10, 6, NONE, 0, NONE, 6 },
    /* Lines of different status: closed does not count, refunded is refunded. */
    { 0, 7 * DAY, 10, 7, NONE, 0, NONE, 3 },
    { 0, 7 * DAY, 4, 7, NONE, 0, NONE, 4 },
    { 0, 7 * DAY, 3, 7, NONE, 0, NONE, 5 },
  };
  static const MqOrderState states[] = { MQ_ORDER_UNPAID, MQ_ORDER_UNPAID, MQ_ORDER_FULLY_REFUNDED, MQ_ORDER_VALID, MQ_ORDER_VALID, MQ_ORDER_VALID, MQ_ORDER_VALID };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ .statuses = TRUE }, "UTC");

  for (guint order = 0; order < G_N_ELEMENTS (states); order++)
    g_assert_cmpint (find_state (book, order, 9 * DAY), ==, states[order]);
  g_assert_cmpint (book->gross[6], ==, 13);
  g_assert_cmpint (sum_refunds (book, 6), ==, 3);
}

/* A refund column: amounts before it (gross 100, refund 30) or after it (net 70, refund 30). */
static void
test_refund_column (void)
{
  static const Row before[] = { { 0, 1 * DAY, 100, 1, 0, 0, 0, 0, 30 }, { 0, 2 * DAY, 50, 2, 0, 0, 0, 0, 50 } };
  static const Row after[] = { { 0, 1 * DAY, 70, 1, 0, 0, 0, 0, 30 }, { 0, 2 * DAY, 0, 2, 0, 0, 0, 0, 50 } };

  for (guint net = 0; net < 2; net++)
    {
      g_autoptr (MqOrderBook) book = make_book (net ? after : before, 2, 1, (Columns){ .refunds = TRUE, .trait = net ? MQ_TRAIT_REFUND_IS_NET : 0 }, "UTC");
      MqOrderMoney money;

      g_assert_cmpint (mq_order_state (book, 0, 9 * DAY, &money), ==, MQ_ORDER_VALID);
      g_assert_cmpint (money.gross, ==, 100);
      g_assert_cmpint (money.refunded, ==, 30);
      g_assert_cmpint (mq_order_state (book, 1, 9 * DAY, &money), ==, MQ_ORDER_FULLY_REFUNDED);
    }
}

/* The order's amount on each line counts once; the first line's if they differ. */
static void
test_amount_of_order (void)
{
  static const Row rows[] = { { 0, 1 * DAY, 30, 1 }, { 0, 1 * DAY, 30, 1 }, { 0, 2 * DAY, 20, 2 }, { 0, 2 * DAY, 25, 2 }, { 0, 3 * DAY, -30, 1 }, { 0, 3 * DAY, -30, 1 } };
  g_autoptr (MqOrderBook) book = make_book (rows, G_N_ELEMENTS (rows), 1, (Columns){ .trait = MQ_AMOUNT_OF_ORDER }, "UTC");

  g_assert_cmpint (book->gross[0], ==, 30);
  g_assert_cmpint (book->gross[1], ==, 20);
  g_assert_cmpint (book->n_differing, ==, 1);
  g_assert_cmpint (find_state (book, 0, 2 * DAY), ==, MQ_ORDER_VALID);
  g_assert_cmpint (find_state (book, 0, 3 * DAY), ==, MQ_ORDER_FULLY_REFUNDED);
}

static gint
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  const Row *left = a;
  const Row *right = b;

  if (left->person != right->person)
    return left->person - right->person;
  return (left->time > right->time) - (left->time < right->time);
}

static Row *
make_random_rows (gsize n)
{
  Row *rows = g_new0 (Row, n);

  for (gsize i = 0; i < n; i++)
    {
      rows[i].person = g_test_rand_int_range (-1, 4);
      rows[i].precision = g_test_rand_int_range (0, 3);
      rows[i].time = g_test_rand_int_range (0, 250) * DAY;
      if (rows[i].precision < MQ_PRECISION_DAY)
        rows[i].time += g_test_rand_int_range (0, 3) * MINUTE;
      rows[i].amount = g_test_rand_int_range (-3, 6) * 10;
      rows[i].order_id = g_test_rand_int_range (-1, 40);
      rows[i].product = g_test_rand_int_range (-1, 2);
    }
  qsort (rows, n, sizeof (Row), compare_rows_cb);
  return rows;
}

/* sum of all lines up to a date = net of the orders - unmatched refunds, at any date. */
static void
check_sum (const MqOrderBook *book, const Row *rows, gsize n, gint64 as_of)
{
  gint64 lines = 0;
  gint64 counted = 0;

  for (gsize i = 0; i < n; i++)
    lines += rows[i].time <= as_of ? rows[i].amount : 0;
  for (guint order = 0; order < book->n_orders; order++)
    {
      MqOrderMoney money = { 0 };
      guint        n_excess;

      mq_order_state (book, order, as_of, &money);
      counted += money.gross - money.refunded - money.excess;
      g_assert_cmpint (mq_order_excess_between (book, order, as_of, MQ_TIME_MISSING, as_of, &n_excess), ==, book->time[order] <= as_of ? money.excess : 0);
    }
  for (guint i = book->refund_offsets[book->n_orders]; i < book->n_refunds; i++)
    counted -= book->refunds[i].time <= as_of ? book->refunds[i].amount : 0;
  g_assert_cmpint (counted, ==, lines);
}

static void
test_sum_holds (void)
{
  for (guint round = 0; round < 300; round++)
    {
      gsize           n = g_test_rand_int_range (1, 80);
      g_autofree Row *rows = make_random_rows (n);
      g_autoptr (MqOrderBook) book = make_book (rows, n, 4, (Columns){ .products = round % 2, .precisions = TRUE }, "UTC");

      check_sum (book, rows, n, G_MAXINT64);
      g_assert_cmpint (book->rows_read, ==, n);
    }
}

/* A later as-of date does not change what was matched before: the book of the first rows in time is a part of the whole. */
static void
test_prefix_stable (void)
{
  for (guint round = 0; round < 300; round++)
    {
      gsize           n = g_test_rand_int_range (2, 60);
      g_autofree Row *rows = make_random_rows (n);
      g_autofree Row *prefix = g_new (Row, n);
      gsize           n_prefix = 0;
      gint64          as_of = g_test_rand_int_range (20, 230) * DAY + DAY - 1;
      gint64          whole = 0, part = 0;

      /* Rows of an id of their own, so that an order is not made a refund by what comes later. */
      for (gsize i = 0; i < n; i++)
        {
          rows[i].order_id = i;
          if (rows[i].time <= as_of)
            prefix[n_prefix++] = rows[i];
        }
      g_autoptr (MqOrderBook) all = make_book (rows, n, 4, (Columns){ .products = TRUE, .precisions = TRUE }, "UTC");
      g_autoptr (MqOrderBook) first = make_book (prefix, n_prefix, 4, (Columns){ .products = TRUE, .precisions = TRUE }, "UTC");

      for (guint i = 0; i < all->n_orders; i++)
        whole += find_state (all, i, as_of) == MQ_ORDER_VALID ? all->time[i] % 1000003 + all->gross[i] : 0;
      for (guint i = 0; i < first->n_orders; i++)
        part += find_state (first, i, as_of) == MQ_ORDER_VALID ? first->time[i] % 1000003 + first->gross[i] : 0;
      g_assert_cmpint (whole, ==, part);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-book/orders", test_orders);
  g_test_add_func ("/order-book/orders-by-time", test_orders_by_time);
  g_test_add_func ("/order-book/shops", test_shops);
  g_test_add_func ("/order-book/match/latest", test_match_latest);
  g_test_add_func ("/order-book/match/tie", test_match_tie);
  g_test_add_func ("/order-book/match/missing-product", test_match_missing_product);
  g_test_add_func ("/order-book/match/180-days", test_match_180_days);
  g_test_add_func ("/order-book/match/not-after", test_match_not_after);
  g_test_add_func ("/order-book/match/once", test_match_once);
  g_test_add_func ("/order-book/match/own", test_match_own);
  g_test_add_func ("/order-book/match/own-product", test_match_own_product);
  g_test_add_func ("/order-book/match/anonymous", test_match_anonymous);
  g_test_add_func ("/order-book/as-of", test_as_of);
  g_test_add_func ("/order-book/status", test_status);
  g_test_add_func ("/order-book/refund-column", test_refund_column);
  g_test_add_func ("/order-book/amount-of-order", test_amount_of_order);
  g_test_add_func ("/order-book/sum-holds", test_sum_holds);
  g_test_add_func ("/order-book/prefix-stable", test_prefix_stable);
  return g_test_run ();
}
