/* test-scope.c: which as-of date and period a request means, and the everyday figures of orders at that date. */

#include "scope.h"

#include <glib/gstdio.h>
#include <string.h>

#include "draft-builder.h"
#include "orders/order-summary.h"

#define SHANGHAI (8 * 3600 * MQ_SECOND)

typedef struct
{
  char      *folder;
  MqProject *project;
  MqDataset *dataset; /* (nullable) until load() */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("mq-scope-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "shop.marquetry", NULL);
  fixture->project = mq_project_create (path, "Asia/Shanghai", "CNY", &error);
  g_assert_no_error (error);
  fixture->dataset = NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&fixture->dataset, mq_dataset_unref);
  g_assert_true (mq_project_close (fixture->project, NULL));
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Noon of a day of 2023 in Shanghai. */
static gint64
noon (int month, int day)
{
  return (gint64) mq_day_from_civil (2023, month, day) * MQ_DAY_MICROSECONDS + 12 * 3600 * MQ_SECOND - SHANGHAI;
}

typedef struct
{
  const char *customer; /* "" is nobody */
  const char *order_id;
  int         month, day;
  gint64      amount;
} Line;

/* clock: of the import. */
static void
import_lines (Fixture *fixture, const Line *lines, gsize n, gint64 clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportDraft) draft = NULL;
  MqImportOutcome outcome;
  DraftBuilder   *builder = draft_builder_new (MQ_KIND_ORDERS);
  guint           time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint           amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);
  guint           order_id = draft_builder_add_column (builder, "order_id", MQ_VALUE_TEXT, 0);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *keys = *lines[i].customer != '\0' ? g_strdup_printf ("customer_id=%s", lines[i].customer) : g_strdup ("");

      draft_builder_add_row (builder, keys);
      draft_builder_set (builder, time, noon (lines[i].month, lines[i].day));
      draft_builder_set (builder, amount, lines[i].amount);
      draft_builder_set_text (builder, order_id, lines[i].order_id);
    }
  draft = draft_builder_finish (builder, 1);
  draft->time = clock;
  g_assert_true (mq_project_commit_import (fixture->project, draft, FALSE, &outcome, NULL, &error));
  fixture->dataset = mq_project_load (fixture->project, NULL, &error);
  g_assert_no_error (error);
}

static const Line lines[] = {
  { "A", "1", 1, 5, 1000 }, { "A", "1", 1, 5, 500 }, { "A", "2", 3, 1, -500 }, /* half of order 1 back */
  { "B", "3", 2, 1, 2000 },
  { "B", "3", 4, 1, -2000 }, /* fully refunded */
  { "B", "4", 5, 1, 0 },     /* free */
  { "C", "5", 6, 1, -700 },  /* of what? */
  { "", "6", 6, 2, 300 }
};

static void
init_scope (Fixture *fixture, MqScope *scope, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (name != NULL)
    g_variant_dict_insert (&dict, name, "s", value);
  settings = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_true (mq_scope_init (scope, fixture->dataset, settings, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
check_scope (Fixture *fixture, const char *name, const char *value, int month, int day, gint32 days, const char *period)
{
  g_auto (MqScope) scope = { 0 };
  gint32 as_of_day = mq_day_from_civil (2023, month, day);

  init_scope (fixture, &scope, name, value);
  g_assert_cmpint (scope.as_of_day, ==, as_of_day);
  g_assert_cmpint (scope.as_of, ==, (gint64) (as_of_day + 1) * MQ_DAY_MICROSECONDS - SHANGHAI - 1);
  g_assert_cmpint (scope.to_day, ==, as_of_day);
  g_assert_cmpint (scope.from_day, ==, days == 0 ? MQ_DAY_MISSING : as_of_day - days + 1);
  g_assert_cmpstr (scope.period, ==, period);
}

static void
test_default (Fixture *fixture, gconstpointer data)
{
  import_lines (fixture, lines, G_N_ELEMENTS (lines), noon (12, 31));
  check_scope (fixture, NULL, NULL, 6, 2, 365, "365d");
  check_scope (fixture, "period", "2w", 6, 2, 14, "2w");
  check_scope (fixture, "period", "all", 6, 2, 0, "all");
  check_scope (fixture, "as-of", "2023-03-31", 3, 31, 365, "365d");
  check_scope (fixture, "from", "2023-06-01", 6, 2, 2, "2023-06-01/2023-06-02");
}

/* A time counts to the microsecond, and its day is the zone's. */
static void
test_instant (Fixture *fixture, gconstpointer data)
{
  g_auto (MqScope) scope = { 0 };

  import_lines (fixture, lines, G_N_ELEMENTS (lines), noon (12, 31));
  init_scope (fixture, &scope, "as-of", "2023-05-01T23:30:00Z");
  g_assert_cmpint (scope.as_of_day, ==, mq_day_from_civil (2023, 5, 2));
  g_assert_cmpint (scope.as_of, ==, (gint64) mq_day_from_civil (2023, 5, 1) * MQ_DAY_MICROSECONDS + (23 * 60 + 30) * 60 * MQ_SECOND);
  g_assert_cmpint (scope.to, ==, scope.as_of);
}

/* Records dated later than their import do not move "now", and are warned about. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_auto (MqScope) scope = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = mq_result_new ("test", 1);
  g_autoptr (GVariant) settings = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  const Line future[] = { { "A", "1", 1, 5, 100 }, { "B", "2", 1, 9, 100 } };

  import_lines (fixture, future, G_N_ELEMENTS (future), noon (1, 7));
  g_assert_true (mq_scope_init (&scope, fixture->dataset, settings, result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (scope.as_of_day, ==, mq_day_from_civil (2023, 1, 7));
  g_assert_cmpuint (g_strv_length ((GStrv) mq_result_warnings (result)), ==, 1);
  g_assert_nonnull (strstr (mq_result_warnings (result)[0], "1"));
  g_assert_cmpstr (mq_result_provenance (result)->time_zone, ==, "Asia/Shanghai");
}

static const char *
find_measure (const MqTable *table, const char *measure)
{
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    if (g_str_equal (mq_table_text (table, row, 0), measure))
      return mq_table_text (table, row, 1);
  g_assert_not_reached ();
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][2] = {
    { "lines", "8" }, { "orders", "4" }, { "valid_orders", "3" }, { "unpaid", "0" }, { "fully_refunded", "1" }, { "refund_orders", "2" }, { "free_orders", "1" }, { "customers", "2" }, { "gross_total", "6.00" }, { "gross", "38.00" }, { "refunded", "25.00" }, { "refunded_unmatched", "7.00" }, { "net", "6.00" }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) table = NULL;

  import_lines (fixture, lines, G_N_ELEMENTS (lines), noon (12, 31));
  table = mq_order_summary (fixture->dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mq_table_n_rows (table), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (find_measure (table, expected[i][0]), ==, expected[i][1]);
}

/* What is refunded later was not refunded then. */
static void
test_totals_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MqOrderTotals totals;

  import_lines (fixture, lines, G_N_ELEMENTS (lines), noon (12, 31));
  g_assert_true (mq_order_totals (mq_order_book_get (fixture->dataset, NULL, &error), noon (3, 31), &totals, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (totals.lines, ==, 4);
  g_assert_cmpint (totals.valid, ==, 2);
  g_assert_cmpint (totals.fully_refunded, ==, 0);
  g_assert_cmpint (totals.net, ==, 3000);
  g_assert_cmpint (totals.refunded, ==, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/scope/default", Fixture, NULL, set_up, test_default, tear_down);
  g_test_add ("/scope/instant", Fixture, NULL, set_up, test_instant, tear_down);
  g_test_add ("/scope/clock", Fixture, NULL, set_up, test_clock, tear_down);
  g_test_add ("/scope/summary", Fixture, NULL, set_up, test_summary, tear_down);
  g_test_add ("/scope/totals-before", Fixture, NULL, set_up, test_totals_before, tear_down);
  return g_test_run ();
}
