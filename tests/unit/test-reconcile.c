/* test-reconcile.c: every row and every amount in one class: figures by hand, and sums that add up in random files with
 * several imports, refunds, statuses and two currencies. */

#include "import/importer.h"
#include "orders/order-summary.h"
#include "project/project.h"
#include "reconcile/reconcile-count.h"
#include "reconcile/reconcile.h"

#include <glib/gstdio.h>

typedef struct
{
  char      *folder, *path;
  MqProject *project;
} Fixture;

static void
set_up (Fixture *self)
{
  self->folder = g_dir_make_tmp ("mq-reconcile-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "p.marquetry", NULL);
  self->project = mq_project_create (self->path, "UTC", "EUR", NULL);
  g_assert_nonnull (self->project);
}

static void
tear_down (Fixture *self)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  mq_project_close (self->project, NULL);
  g_unlink (self->path);
  g_unlink (lock);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
import_text (Fixture *self, const char *text)
{
  MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "ymd", .refund = "gross", .now = G_MAXINT64 / 2 };
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportDraft) draft = mq_importer_read_stream (in, "o.csv", &options, NULL, NULL, &error);
  MqImportOutcome outcome;

  g_assert_no_error (error);
  g_assert_true (mq_project_commit_import (self->project, draft, FALSE, &outcome, NULL, &error));
}

/* Sums that must hold whatever the data. */
static void
check_sums (const MqReconcileCount *count, MqDataset *dataset, gint64 as_of)
{
  const MqOrderBook *book = mq_order_book_get (dataset, NULL, NULL);
  MqOrderTotals      totals;
  MqReconcileSums    months = { 0 };
  gint64             rows = 0;

  g_assert_true (mq_order_totals (book, as_of, &totals, NULL, NULL));
  for (guint i = 0; i < MQ_N_ROW_CLASSES; i++)
    {
      g_assert_cmpint (count->rows[i], >=, 0);
      rows += count->rows[i];
    }
  g_assert_cmpint (rows, ==, count->read);
  for (guint i = 0; i < count->months->len; i++)
    {
      const MqReconcileSums *sums = &g_array_index (count->months, MqReconcileGroup, i).sums;

      months.orders += sums->orders;
      months.valid += sums->valid;
      months.placed += sums->placed;
      months.unmatched += sums->unmatched;
      months.unpaid += sums->unpaid;
      months.refunded_wholly += sums->refunded_wholly;
      months.refunded_partly += sums->refunded_partly;
    }
  g_assert_cmpint (months.orders, ==, count->total.orders);
  g_assert_cmpint (months.valid, ==, totals.valid);
  g_assert_cmpint (count->total.never_paid, ==, totals.unpaid);
  g_assert_cmpint (count->total.fully_refunded, ==, totals.fully_refunded);
  g_assert_cmpint (mq_reconcile_revenue (&months), ==, totals.net);
  g_assert_cmpint (mq_reconcile_revenue (&count->total), ==, totals.net);
}

#define HEADER "order id,customer id,time,amount,refund,status,currency\n"

static void
test_by_hand (void)
{
  Fixture fixture;
  g_autoptr (MqDataset) dataset = NULL;
  g_auto (MqReconcileCount) count = { 0 };
  const MqReconcileGroup *group;

  set_up (&fixture);
  import_text (&fixture, HEADER "1,A,2026-01-05,10.00,0,paid,EUR\n"
                                "2,A,2026-01-06,20.00,5.00,paid,EUR\n"
                                "3,B,2026-01-07,30.00,0,unpaid,EUR\n"
                                "4,B,2026-02-01,40.00,40.00,paid,EUR\n"
                                "5,C,2026-02-02,50.00,0,paid,USD\n"
                                ",C,2026-02-03,-6.00,0,paid,EUR\n"
                                "7,C,never,70.00,0,paid,EUR\n"
                                "8,C,2026-03-01,80.00,0,paid,EUR\n");
  import_text (&fixture, HEADER "1,A,2026-01-05,10.00,0,paid,EUR\n"
                                "3,B,2026-01-07,30.00,0,paid,EUR\n");
  dataset = mq_project_load (fixture.project, NULL, NULL);
  g_assert_true (mq_reconcile_count (&count, dataset, mq_zone_day_start (mq_dataset_zone (dataset), mq_day_from_civil (2026, 3, 1)) - 1, NULL, NULL));
  g_assert_cmpint (count.read, ==, 10);
  g_assert_cmpint (count.rows[MQ_ROWS_REJECTED], ==, 1);
  g_assert_cmpint (count.rows[MQ_ROWS_REPLACED], ==, 2);
  g_assert_cmpint (count.rows[MQ_ROWS_OTHER_CURRENCY], ==, 1);
  g_assert_cmpint (count.rows[MQ_ROWS_REFUND], ==, 1);
  g_assert_cmpint (count.rows[MQ_ROWS_LATER], ==, 1);
  g_assert_cmpint (count.rows[MQ_ROWS_UNPAID], ==, 0);
  g_assert_cmpint (count.rows[MQ_ROWS_REFUNDED], ==, 1);
  g_assert_cmpint (count.rows[MQ_ROWS_VALID], ==, 3);
  g_assert_cmpint (count.total.placed, ==, 10000);
  g_assert_cmpint (count.total.refunded_wholly, ==, 4000);
  g_assert_cmpint (count.total.refunded_partly, ==, 500);
  g_assert_cmpint (count.total.unmatched, ==, 600);
  g_assert_cmpint (mq_reconcile_revenue (&count.total), ==, 4900);
  g_assert_cmpuint (count.months->len, ==, 2);
  group = &g_array_index (count.months, MqReconcileGroup, 1);
  g_assert_cmpint (group->month, ==, 2026 * 12 + 1);
  g_assert_cmpint (mq_reconcile_revenue (&group->sums), ==, -600);
  check_sums (&count, dataset, mq_zone_day_start (mq_dataset_zone (dataset), mq_day_from_civil (2026, 3, 1)) - 1);
  tear_down (&fixture);
}

static char *
make_file (GRand *rand)
{
  static const char *const statuses[] = { "paid", "unpaid", "closed", "refunded", "completed", "odd", "" };
  GString                 *text = g_string_new (HEADER);

  for (int i = g_rand_int_range (rand, 1, 60); i > 0; i--)
    {
      int amount = g_rand_int_range (rand, -40, 120);

      g_string_append_printf (text, "%s%d,K%d,%s2026-%02d-%02d,%d.%02d,%d.00,%s,%s\n", g_rand_boolean (rand) ? "" : "N", g_rand_int_range (rand, 1, 30), g_rand_int_range (rand, 1, 9), g_rand_int_range (rand, 0, 20) == 0 ? "x" : "", g_rand_int_range (rand, 1, 6), g_rand_int_range (rand, 1, 28), amount, ABS (amount) % 100, g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 0, 130) : 0, statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))], g_rand_int_range (rand, 0, 12) == 0 ? "USD" : "EUR");
    }
  /* One row that is surely read, so that no file is refused. */
  g_string_append (text, "Z,K1,2026-01-01,1.00,0,paid,EUR\n");
  return g_string_free (text, FALSE);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 25; round++)
    {
      Fixture fixture;
      g_autoptr (MqDataset) dataset = NULL;

      set_up (&fixture);
      for (int files = g_rand_int_range (rand, 1, 4); files > 0; files--)
        {
          g_autofree char *text = make_file (rand);

          import_text (&fixture, text);
        }
      dataset = mq_project_load (fixture.project, NULL, NULL);
      for (int month = 1; month <= 7; month += 2)
        {
          gint64 as_of = mq_zone_day_start (mq_dataset_zone (dataset), mq_day_from_civil (2026, month, 15));
          g_auto (MqReconcileCount) count = { 0 };

          g_assert_true (mq_reconcile_count (&count, dataset, as_of, NULL, NULL));
          check_sums (&count, dataset, as_of);
        }
      tear_down (&fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconcile/by-hand", test_by_hand);
  g_test_add_func ("/reconcile/random", test_random);
  return g_test_run ();
}
