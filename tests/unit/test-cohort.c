/* test-cohort.c: units by hand; cohorts, returns, money and gaps of random small histories against an evaluator that asks
 * every record of every person about every cell; the same for any number of threads. */

#include <math.h>
#include <string.h>

#include "retention/gaps.h"
#include "stats/random.h"

#define HOUR (MQ_DAY_MICROSECONDS / 24)

static void
check_unit (MqUnit unit, const char *date, const char *expected)
{
  gint32           day, back;
  g_autofree char *text = NULL;

  g_assert_true (mq_day_parse (date, &day));
  text = mq_unit_format (unit, mq_unit_of_day (unit, day));
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (mq_unit_parse (unit, expected, &back));
  g_assert_cmpint (back, ==, mq_unit_of_day (unit, day));
  g_assert_cmpint (mq_unit_first_day (unit, back), <=, day);
  g_assert_cmpint (mq_unit_first_day (unit, back + 1), >, day);
}

static void
test_units (void)
{
  gint32 number;

  check_unit (MQ_UNIT_DAY, "2011-12-09", "2011-12-09");
  check_unit (MQ_UNIT_MONTH, "2011-12-09", "2011-12");
  check_unit (MQ_UNIT_MONTH, "1969-12-31", "1969-12");
  check_unit (MQ_UNIT_WEEK, "2011-12-09", "2011-W49");
  check_unit (MQ_UNIT_WEEK, "2012-01-01", "2011-W52");
  check_unit (MQ_UNIT_WEEK, "2020-12-31", "2020-W53");
  check_unit (MQ_UNIT_WEEK, "1970-01-01", "1970-W01");
  check_unit (MQ_UNIT_WEEK, "1969-12-28", "1969-W52");
  g_assert_false (mq_unit_parse (MQ_UNIT_WEEK, "2011-W53", &number));
  g_assert_false (mq_unit_parse (MQ_UNIT_MONTH, "2011-13", &number));
  g_assert_false (mq_unit_parse (MQ_UNIT_MONTH, "2011-1", &number));
  g_assert_false (mq_unit_parse (MQ_UNIT_DAY, "2011-02-30", &number));
}

/* A random shop of few people and few days, so that everything that can meet does. */
typedef struct
{
  MqRandom      random;
  const MqZone *zone;
  guint         n_persons;
  gsize        *offsets;
  gint64       *time;
  guint8       *precision;
  guint32      *codes;
  gint64       *net;
  gint64        as_of;
  gint64        from, to;
} Shop;

static gint64
draw_time (Shop *shop, MqPrecision precision)
{
  gint32 day = 15050 + (gint32) mq_random_below (&shop->random, 70);
  gint64 time = mq_zone_day_start (shop->zone, day) + (gint64) mq_random_below (&shop->random, 23 * 60 * 3) * 20 * MQ_SECOND;

  if (precision == MQ_PRECISION_DAY)
    return mq_zone_day_start (shop->zone, day);
  return precision == MQ_PRECISION_MINUTE ? time - time % (60 * MQ_SECOND) : time;
}

static void
sort_person (Shop *shop, gsize first, gsize end)
{
  for (gsize i = first + 1; i < end; i++)
    for (gsize j = i; j > first && shop->time[j] < shop->time[j - 1]; j--)
      {
        gint64 time = shop->time[j];
        guint8 precision = shop->precision[j];

        shop->time[j] = shop->time[j - 1];
        shop->time[j - 1] = time;
        shop->precision[j] = shop->precision[j - 1];
        shop->precision[j - 1] = precision;
      }
}

static void
make_shop (Shop *shop, guint64 seed, gboolean with_precision)
{
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "Europe/Berlin" };
  gsize                    n;

  *shop = (Shop){ 0 };
  mq_random_init (&shop->random, seed, 0);
  shop->zone = mq_zone_get (zones[seed % 3], NULL);
  shop->n_persons = 1 + mq_random_below (&shop->random, 8);
  shop->offsets = g_new0 (gsize, shop->n_persons + 1);
  shop->offsets[0] = mq_random_below (&shop->random, 3); /* rows of nobody */
  for (guint person = 0; person < shop->n_persons; person++)
    shop->offsets[person + 1] = shop->offsets[person] + mq_random_below (&shop->random, 9);
  n = shop->offsets[shop->n_persons];
  shop->time = g_new (gint64, n);
  shop->precision = g_new0 (guint8, n);
  shop->codes = g_new (guint32, n);
  shop->net = g_new (gint64, n);
  for (gsize row = 0; row < n; row++)
    {
      shop->precision[row] = with_precision ? mq_random_below (&shop->random, 3) : 0;
      shop->time[row] = draw_time (shop, shop->precision[row]);
      shop->codes[row] = mq_random_below (&shop->random, 3);
      shop->net[row] = mq_random_below (&shop->random, 1000);
    }
  for (guint person = 0; person < shop->n_persons; person++)
    sort_person (shop, shop->offsets[person], shop->offsets[person + 1]);
  shop->as_of = mq_zone_day_start (shop->zone, 15050 + 40 + (gint32) mq_random_below (&shop->random, 30)) - 1;
  shop->to = draw_time (shop, 0);
  shop->from = draw_time (shop, 0);
  shop->to = MIN (shop->to, shop->as_of);
  shop->from = MIN (shop->from, shop->to);
}

static void
clear_shop (Shop *shop)
{
  g_free (shop->offsets);
  g_free (shop->time);
  g_free (shop->precision);
  g_free (shop->codes);
  g_free (shop->net);
}

/* The period of a record by definition, or -1. */
static gint64
find_period (const Shop *shop, MqUnit unit, gboolean rolling, gsize start, gsize row)
{
  static const int days[] = { 1, 7, 30 };
  guint8           coarser = MAX (shop->precision[start], shop->precision[row]);
  gint32           a = mq_zone_day (shop->zone, shop->time[start], NULL);
  gint32           b = mq_zone_day (shop->zone, shop->time[row], NULL);
  gint64           scale = coarser == MQ_PRECISION_MINUTE ? 60 * MQ_SECOND : 1;
  gint64           between = shop->time[row] / scale * scale - shop->time[start] / scale * scale;

  if (shop->time[row] > shop->as_of || (coarser == MQ_PRECISION_DAY ? b < a : between < 0))
    return -1;
  if (!rolling)
    return mq_unit_of_day (unit, b) - mq_unit_of_day (unit, a);
  return coarser == MQ_PRECISION_DAY ? (b - a) / days[unit] : between / (days[unit] * MQ_DAY_MICROSECONDS);
}

typedef struct
{
  MqUnit   unit;
  gboolean rolling, unbounded, same, without_own;
  guint8   wanted_start[3], wanted_return[3];
} Choice;

/* By definition: customers, orders and money of a cell, the cohort's size. */
static void
evaluate (const Shop *shop, const Choice *choice, gint32 cohort, guint period, gint64 *size, gint64 *customers, gint64 *orders, gint64 *revenue)
{
  *size = *customers = *orders = *revenue = 0;
  for (guint person = 0; person < shop->n_persons; person++)
    {
      gsize    end = shop->offsets[person + 1];
      gsize    start = shop->offsets[person];
      gboolean came = FALSE;

      while (start < end && !choice->wanted_start[shop->codes[start]])
        start++;
      if (start == end || shop->time[start] > shop->as_of || mq_unit_of_day (choice->unit, mq_zone_day (shop->zone, shop->time[start], NULL)) != cohort)
        continue;
      (*size)++;
      for (gsize row = shop->offsets[person]; row < end; row++)
        {
          gint64 at = find_period (shop, choice->unit, choice->rolling, start, row);

          if (at == (gint64) period)
            {
              (*orders)++;
              *revenue += shop->net[row];
            }
          if ((choice->same && row < start + (choice->without_own ? 1 : 0)) || !choice->wanted_return[shop->codes[row]])
            continue;
          came = came || (choice->unbounded ? at >= (gint64) period : at == (gint64) period);
        }
      *customers += came;
    }
}

static void
check_cells (const Shop *shop, const Choice *choice, const MqCohortScale *scale, const MqCohortGrid *grid)
{
  for (guint cohort = 0; cohort < grid->n_cohorts; cohort++)
    for (guint period = 0; period < grid->n_periods; period++)
      {
        gint64 size, customers, orders, revenue;
        gsize  cell = (gsize) cohort * grid->n_periods + period;

        evaluate (shop, choice, scale->first + (gint32) cohort, period, &size, &customers, &orders, &revenue);
        g_assert_cmpint (grid->sizes[cohort], ==, size);
        g_assert_cmpint (grid->customers[cell], ==, customers);
        g_assert_cmpint (grid->orders[cell], ==, orders);
        g_assert_cmpint (grid->revenue[cell], ==, revenue);
        if (size > 0 && period >= mq_cohort_grid_n_periods (grid, scale, 0, cohort))
          g_assert_cmpint (customers + orders, ==, 0);
        if (size > 0 && mq_cohort_grid_is_complete (grid, scale, 0, cohort, period))
          g_assert_cmpint (period, <, mq_cohort_grid_n_periods (grid, scale, 0, cohort));
      }
}

static void
count_and_check (const Shop *shop, const Choice *choice, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  const MqRun     run = { NULL, NULL, n_threads };
  const MqRecords all = { shop->n_persons, shop->offsets, shop->time, shop->precision, NULL, NULL };
  MqRecords       start = all;
  MqRecords       returns = all;
  g_auto (MqCohortScale) scale = { 0 };
  g_auto (MqCohortStarts) starts = { 0 };
  g_auto (MqCohortGrid) grid = { 0 };
  MqCohortCount count = { .scale = &scale, .starts = &starts, .start = &start, .returns = &returns, .n_groups = 1 };

  start.codes = returns.codes = shop->codes;
  start.wanted = choice->wanted_start;
  returns.wanted = choice->wanted_return;
  count.same = choice->same;
  count.without_own = choice->without_own;
  count.unbounded = choice->unbounded;
  count.orders = &all;
  count.net = shop->net;
  g_assert_true (mq_cohort_starts_init (&starts, &start, shop->as_of, &run, &error));
  g_assert_true (mq_cohort_scale_init (&scale, shop->zone, choice->unit, choice->rolling, shop->from, shop->to, shop->as_of, &error));
  g_assert_true (mq_cohort_starts_assign (&starts, &start, &scale, &run, &error));
  g_assert_true (mq_cohort_grid_init (&grid, &count, &run, &error));
  g_assert_no_error (error);
  check_cells (shop, choice, &scale, &grid);
}

static void
test_random (void)
{
  const char *rounds = g_getenv ("MQ_COHORT_ROUNDS");
  guint64     n = rounds != NULL ? g_ascii_strtoull (rounds, NULL, 10) : 3000;

  for (guint64 seed = 0; seed < n; seed++)
    {
      gboolean with_precision = seed % 2;
      Choice   choice = { 0 };
      Shop     shop;

      make_shop (&shop, seed, with_precision);
      choice.unit = mq_random_below (&shop.random, 3);
      choice.rolling = mq_random_below (&shop.random, 2);
      choice.unbounded = mq_random_below (&shop.random, 2);
      /* two lists may be one: then nothing before the start is a return, even where a date hides the order */
      choice.same = mq_random_below (&shop.random, 2);
      choice.without_own = choice.same && mq_random_below (&shop.random, 2);
      for (guint code = 0; code < 3; code++)
        {
          choice.wanted_start[code] = mq_random_below (&shop.random, 2);
          choice.wanted_return[code] = mq_random_below (&shop.random, 4) > 0;
        }
      count_and_check (&shop, &choice, 1 + seed % 3);
      clear_shop (&shop);
    }
}

/* Gaps by hand: A buys on days 0, 0, 10 and is seen to day 50; B on day 5 only; a gap belongs to where it begins. */
static void
test_gaps (void)
{
  g_autoptr (GError) error = NULL;
  const MqZone   *zone = mq_zone_get ("UTC", NULL);
  const gsize     offsets[] = { 0, 3, 4 };
  const gint32    day[] = { 100, 100, 110, 105 };
  const gint64    time[] = { 100 * MQ_DAY_MICROSECONDS, 100 * MQ_DAY_MICROSECONDS + HOUR, 110 * MQ_DAY_MICROSECONDS, 105 * MQ_DAY_MICROSECONDS };
  const MqRecords records = { .n_persons = 2, .offsets = offsets, .time = time };
  MqGapCount      count = { .records = &records, .day = day, .zone = zone, .as_of = 151 * MQ_DAY_MICROSECONDS - 1, .earliest = 100 * MQ_DAY_MICROSECONDS, .from = MQ_TIME_MISSING, .to = G_MAXINT64, .n_groups = 1 };
  g_auto (MqGaps) gaps = { 0 };
  g_auto (MqGaps) later = { 0 };
  g_auto (MqGaps) exact = { 0 };

  g_assert_true (mq_gaps_count (&count, &gaps, NULL, &error));
  g_assert_cmpint (gaps.closed[0], ==, 1);
  g_assert_cmpint (gaps.closed[10], ==, 1);
  g_assert_cmpint (gaps.open[40], ==, 1);
  g_assert_cmpint (gaps.open[45], ==, 1);
  g_assert_cmpint (mq_gaps_n_closed (&gaps) + mq_gaps_n_open (&gaps), ==, 4);
  count.from = 101 * MQ_DAY_MICROSECONDS;
  g_assert_true (mq_gaps_count (&count, &later, NULL, &error));
  g_assert_cmpint (mq_gaps_n_closed (&later), ==, 0);
  g_assert_cmpint (mq_gaps_n_open (&later), ==, 2);
  /* without dates a gap of an hour is none, and 9 days and 23 hours are 9 days */
  count.from = MQ_TIME_MISSING;
  count.day = NULL;
  g_assert_true (mq_gaps_count (&count, &exact, NULL, &error));
  g_assert_cmpint (exact.closed[0], ==, 0);
  g_assert_cmpint (exact.closed[9], ==, 1);
  g_assert_cmpint (exact.open[40], ==, 1);
}

/* 400 gaps of 10 days, 300 of 20, 200 of 60, 100 watched for 100 days: chances by hand. */
static void
test_silence (void)
{
  gint64                closed[101] = { [10] = 400, [20] = 300, [60] = 200 };
  gint64                open[101] = { [100] = 100 };
  const MqGaps          gaps = { 101, closed, open };
  gsize                 n;
  g_autofree MqSilence *curve = mq_silence_curve (&gaps, &n);

  g_assert_cmpint (n, ==, 71);
  g_assert_cmpint (curve[0].n, ==, 1000);
  g_assert_cmpfloat_with_epsilon (curve[7].chance, 0.7, 1e-12);
  g_assert_cmpint (curve[10].n, ==, 600);
  g_assert_cmpfloat_with_epsilon (curve[10].chance, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (curve[20].chance, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (curve[30].chance, 2.0 / 3, 1e-12);
  g_assert_cmpfloat (curve[10].low, <, 0.5);
  g_assert_cmpfloat (curve[10].high, >, 0.5);
  /* two thirds of .7 are .467, half of it .35: both are first passed on day 20 */
  g_assert_cmpint (mq_silence_find_day (curve, n, 2.0 / 3), ==, 20);
  g_assert_cmpint (mq_silence_find_day (curve, n, 0.8), ==, 10);
  g_assert_cmpint (mq_silence_find_day (curve, n, -1), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cohort/units", test_units);
  g_test_add_func ("/cohort/random", test_random);
  g_test_add_func ("/cohort/gaps", test_gaps);
  g_test_add_func ("/cohort/silence", test_silence);
  return g_test_run ();
}
