/* test-sample-project.c: the samples as projects: every row is stored, money adds up to that of the files, and RFM finds
 * the group that was planted as lapsing. */

#include "base/decimal.h"
#include "orders/order-book.h"
#include "project/project.h"
#include "rfm/rfm.h"
#include "sample/sample-project.h"

#include <glib/gstdio.h>
#include <string.h>

static gint64
read_cents (const char *text)
{
  MqDecimal value = { 0, 0 };
  gint64    cents = 0;

  g_assert_true (*text == '\0' || mq_decimal_parse_plain (text, strlen (text), &value));
  g_assert_true (mq_decimal_rescale (value, 2, &cents));
  return cents;
}

/* Paid minus refunded, straight from orders.csv; unpaid lines apart. */
static gint64
add_up_orders (const char *folder, const char *unpaid, guint *rows)
{
  g_autofree char *path = g_build_filename (folder, "orders.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 sum = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  *rows = g_strv_length (lines) - 2;
  for (guint i = 1; i <= *rows; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      if (!g_str_equal (cells[8], unpaid))
        sum += read_cents (cells[7]) - read_cents (cells[11]);
    }
  return sum;
}

static gint64
add_up_book (const MqOrderBook *book)
{
  gint64 sum = 0;

  for (guint order = 0; order < book->n_orders; order++)
    {
      MqOrderMoney money;

      if (mq_order_state (book, order, G_MAXINT64, &money) == MQ_ORDER_VALID)
        sum += money.gross - money.refunded;
    }
  return sum;
}

static void
check_imports (MqProject *project, gint64 order_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) imports = mq_project_list_imports (project, &error);
  gint rejected, rows;

  g_assert_no_error (error);
  rejected = mq_table_find_column (imports, "rejected");
  rows = mq_table_find_column (imports, "rows");
  g_assert_cmpuint (mq_table_n_rows (imports), ==, 4);
  for (gsize row = 0; row < 4; row++)
    g_assert_cmpint (mq_table_integer (imports, row, rejected), ==, 0);
  g_assert_cmpint (mq_table_integer (imports, 1, rows), ==, order_rows);
}

static void
check_segments (MqDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = mq_settings_complete (&mq_rfm_analysis, NULL, &error);
  g_autoptr (MqResult) result = mq_rfm_analysis.run (dataset, settings, NULL, &error);
  MqTable *segments;
  gint64   lapsing = 0;
  gint     name, customers;

  g_assert_no_error (error);
  segments = mq_result_find_table (result, "segments");
  name = mq_table_find_column (segments, "segment");
  customers = mq_table_find_column (segments, "customers");
  for (gsize row = 0; row < mq_table_n_rows (segments); row++)
    {
      const char *segment = mq_table_text (segments, row, name);

      if (g_str_equal (segment, "At Risk") || g_str_equal (segment, "Cannot Lose Them"))
        lapsing += mq_table_integer (segments, row, customers);
    }
  g_assert_cmpint (lapsing, >=, 90);
}

static void
test_sample (gconstpointer data)
{
  const MqSample  *sample = mq_sample_find (data);
  g_autofree char *folder = g_dir_make_tmp ("marquetry-sample-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sample.marquetry", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = NULL;
  MqProject         *project;
  const MqOrderBook *book;
  gint64             sum;
  guint              rows;

  g_assert_true (mq_sample_write (sample, folder, NULL, &error));
  sum = add_up_orders (folder, g_str_equal (sample->id, "shop-en") ? "Unpaid" : "等待买家付款", &rows);
  g_assert_true (mq_sample_make_project (sample, path, NULL, &error));
  project = mq_project_open (path, MQ_OPEN_READ, &error);
  g_assert_no_error (error);
  check_imports (project, rows);
  dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  book = mq_order_book_get (dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (add_up_book (book), ==, sum);
  g_assert_cmpint (book->rows_read, ==, rows);
  check_segments (dataset);
  g_assert_true (mq_project_close (project, &error));
  for (guint i = 0; i < 5; i++)
    {
      const char      *names[] = { "customers.csv", "orders.csv", "events.csv", "feedback.csv", "sample.marquetry" };
      g_autofree char *file = g_build_filename (folder, names[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sample-project/en", "shop-en", test_sample);
  g_test_add_data_func ("/sample-project/zh", "shop-zh", test_sample);
  return g_test_run ();
}
