/* test-rfm.c: the analysis RFM from a file to its tables: a case by hand, sums that hold, the same bytes for shuffled rows
 * and any number of threads, settings that are refused. */

#include <glib/gstdio.h>
#include <string.h>

#include "import/importer.h"
#include "project/project.h"
#include "rfm/rfm.h"

typedef struct
{
  char      *folder;
  char      *path;
  MqDataset *dataset;
} Fixture;

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_remove (path);
}

static void
import_text (MqProject *project, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportDraft) draft = NULL;
  MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .now = G_GINT64_CONSTANT (1600000000) * MQ_SECOND };
  MqImportOutcome outcome;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  draft = mq_importer_read (path, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.rejected, ==, 0);
}

static void
set_up (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;
  MqProject       *project;

  fixture->folder = g_dir_make_tmp ("mq-rfm-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "rfm.marquetry", NULL);
  csv = g_build_filename (fixture->folder, "orders.csv", NULL);
  project = mq_project_create (fixture->path, "UTC", "EUR", &error);
  g_assert_no_error (error);
  import_text (project, csv, text);
  fixture->dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  mq_project_close (project, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture)
{
  mq_dataset_unref (fixture->dataset);
  remove_file (fixture->folder, "rfm.marquetry");
  remove_file (fixture->folder, "rfm.marquetry.lock");
  remove_file (fixture->folder, "orders.csv");
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* "map=eight customers" */
static GVariant *
make_settings (const char *text)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value == NULL)
        g_variant_dict_insert (&dict, parts[i], "b", TRUE);
      else
        {
          *value = '\0';
          g_variant_dict_insert (&dict, parts[i], "s", value + 1);
        }
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static MqResult *
run_rfm (Fixture *fixture, const char *text, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = make_settings (text);
  MqRun     run = { NULL, NULL, n_threads };
  MqResult *result = mq_rfm_analysis.run (fixture->dataset, settings, &run, &error);

  g_assert_no_error (error);
  return result;
}

static void
check_table (MqResult *result, const char *name, const char *expected)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  MqTable *table = mq_result_find_table (result, name);

  g_assert_nonnull (table);
  mq_table_write_csv (table, FALSE, csv);
  g_assert_cmpstr (csv->str, ==, expected);
}

static const char by_hand[] = "customer_id,order_date,amount\n"
                              "A,2011-12-30,100\n"
                              "B,2011-06-01,10\n"
                              "A,2011-12-01,50\n"
                              "C,2011-12-25,500\n"
                              "B,2011-06-11,10\n"
                              "D,2010-01-01,10\n"
                              ",2011-12-31,7\n";

/* Gaps of 29 and 10 days: median 19.5. Mean of 150, 20 and 500: 223.33. D bought before the period. */
static void
test_eight (void)
{
  Fixture fixture;

  set_up (&fixture, by_hand);
  {
    g_autoptr (MqResult) result = run_rfm (&fixture, "map=eight customers", 0);
    const MqProvenance *provenance = mq_result_provenance (result);

    check_table (result, "customers", "customer,recency,frequency,monetary,r,f,m,segment\n"
                                      "A,1,2,150.00,1,1,0,general value\n"
                                      "B,203,2,20.00,0,1,0,general keep\n"
                                      "C,6,1,500.00,1,0,1,important develop\n");
    check_table (result, "cuts", "dimension,score,low,high,customers,method,threshold\n"
                                 "r,0,203,203,1,median repurchase interval,\n"
                                 "r,1,1,6,2,median repurchase interval,19.500\n"
                                 "f,0,1,1,1,2 orders or more,\n"
                                 "f,1,2,2,2,2 orders or more,2\n"
                                 "m,0,20.00,150.00,2,mean,\n"
                                 "m,1,500.00,500.00,1,mean,223.33333\n");
    g_assert_cmpint (provenance->rows_read, ==, 7);
    g_assert_cmpuint (provenance->left_out->len, ==, 2);
  }
  tear_down (&fixture);
}

static void
test_thresholds (void)
{
  Fixture fixture;

  set_up (&fixture, by_hand);
  {
    g_autoptr (MqResult) result = run_rfm (&fixture, "map=eight customers r-threshold=median f-threshold=1.5 m-threshold=150", 0);

    check_table (result, "customers", "customer,recency,frequency,monetary,r,f,m,segment\n"
                                      "A,1,2,150.00,1,1,0,general value\n"
                                      "B,203,2,20.00,0,1,0,general keep\n"
                                      "C,6,1,500.00,0,0,1,important retain\n");
  }
  tear_down (&fixture);
}

/* Own cut points: up to the bound is inside it. */
static void
test_cuts (void)
{
  Fixture fixture;

  set_up (&fixture, by_hand);
  {
    g_autoptr (MqResult) result = run_rfm (&fixture, "scoring=cuts cuts=r=1:6:100:202,f=1:2:3:5,m=20:149.99:150:499.99 customers", 0);

    check_table (result, "customers", "customer,recency,frequency,monetary,r,f,m,segment\n"
                                      "A,1,2,150.00,5,2,3,Promising\n"
                                      "B,203,2,20.00,1,2,1,Lost\n"
                                      "C,6,1,500.00,4,1,5,Promising\n");
  }
  tear_down (&fixture);
}

/* In June only B had bought in the 365 days before; now A and C are new, and B is still there. */
static void
test_migration (void)
{
  Fixture fixture;
  gint64  customers = 0, entered = 0, left = 0;

  set_up (&fixture, by_hand);
  {
    g_autoptr (MqResult) result = run_rfm (&fixture, "map=grid compare-as-of=2011-06-30", 0);
    MqTable *table = mq_result_find_table (result, "migration");

    g_assert_cmpuint (mq_table_n_rows (table), ==, 11 * 11 - 1);
    for (gsize row = 0; row < mq_table_n_rows (table); row++)
      {
        gint64 n = mq_table_integer (table, row, 2);

        customers += n;
        entered += mq_table_text (table, row, 0) == NULL ? n : 0;
        left += mq_table_text (table, row, 1) == NULL ? n : 0;
      }
    g_assert_cmpint (customers, ==, 3);
    g_assert_cmpint (entered, ==, 2);
    g_assert_cmpint (left, ==, 0);
  }
  tear_down (&fixture);
}

/* Nobody had bought yet: the map's segments, empty; both dates of a comparison may be so. */
static void
test_empty (void)
{
  Fixture fixture;

  set_up (&fixture, by_hand);
  {
    g_autoptr (MqResult) result = run_rfm (&fixture, "as-of=2009-12-31 compare-as-of=2008-12-31 customers", 0);
    MqTable *segments = mq_result_find_table (result, "segments");

    check_table (result, "customers", "customer,recency,frequency,monetary,r,f,m,segment,segment_before\n");
    check_table (result, "cuts", "dimension,score,low,high,customers,method,threshold\n");
    g_assert_cmpuint (mq_table_n_rows (segments), ==, 11);
    g_assert_cmpint (mq_table_integer (segments, 0, 1), ==, 0);
    g_assert_true (mq_table_is_missing (segments, 0, 4));
  }
  tear_down (&fixture);
}

static char *
make_random_csv (GRand *random, guint n, gboolean shuffle)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  GString *csv = g_string_new ("customer_id,order_date,order_id,amount,product\n");

  for (guint i = 0; i < n; i++)
    {
      guint order = g_rand_int_range (random, 0, n / 2);
      int   amount = g_rand_int_range (random, -20, 90);

      g_ptr_array_add (rows, g_strdup_printf ("%c%u,2011-%02u-%02u %02u:30,o%u,%d.5%u,p%u\n", 'A' + order % 7, order % 31, 1 + order % 12, 1 + order % 28, order % 24, order, amount, i % 10, order % 3));
    }
  for (guint i = n - 1; shuffle && i > 0; i--)
    {
      guint    j = g_rand_int_range (random, 0, i + 1);
      gpointer swap = rows->pdata[i];

      rows->pdata[i] = rows->pdata[j];
      rows->pdata[j] = swap;
    }
  for (guint i = 0; i < n; i++)
    g_string_append (csv, rows->pdata[i]);
  return g_string_free (csv, FALSE);
}

static char *
write_json (Fixture *fixture, const char *settings, guint n_threads)
{
  g_autoptr (MqResult) result = run_rfm (fixture, settings, n_threads);
  g_autoptr (GString) json = g_string_new (NULL);

  mq_result_provenance (result)->revision = 0;
  mq_result_write_json (result, json);
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
test_same_bytes (void)
{
  static const char *const settings[] = { "customers", "map=grid period=all customers", "map=eight customers compare-as-of=2011-06-01" };
  GRand                   *random = g_rand_new_with_seed (7);
  GRand                   *again = g_rand_new_with_seed (7);
  g_autofree char         *csv = make_random_csv (random, 3000, FALSE);
  g_autofree char         *shuffled = make_random_csv (again, 3000, TRUE);
  Fixture                  one, other;

  g_assert_cmpstr (csv, !=, shuffled);
  set_up (&one, csv);
  set_up (&other, shuffled);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *expected = write_json (&one, settings[i], 1);
      g_autofree char *threads = write_json (&one, settings[i], 5);
      g_autofree char *rows = write_json (&other, settings[i], 2);

      g_assert_cmpstr (threads, ==, expected);
      g_assert_cmpstr (rows, ==, expected);
    }
  tear_down (&one);
  tear_down (&other);
  g_rand_free (random);
  g_rand_free (again);
}

/* Of every table the same customers and money; of the provenance every row once. */
static void
test_sums (void)
{
  GRand           *random = g_rand_new_with_seed (11);
  g_autofree char *csv = make_random_csv (random, 2000, FALSE);
  Fixture          fixture;

  set_up (&fixture, csv);
  for (guint map = 0; map < 3; map++)
    {
      static const char *const maps[] = { "map=eleven customers", "map=grid customers", "map=eight customers" };
      g_autoptr (MqResult) result = run_rfm (&fixture, maps[map], 0);
      MqTable *customers = mq_result_find_table (result, "customers");
      MqTable *segments = mq_result_find_table (result, "segments");
      MqTable *grid = mq_result_find_table (result, "grid");
      gint64   counts[2] = { 0 }, sums[3] = { 0 };
      double   share = 0;

      for (gsize row = 0; row < mq_table_n_rows (customers); row++)
        sums[0] += mq_table_integer (customers, row, 3);
      for (gsize row = 0; row < mq_table_n_rows (segments); row++)
        {
          counts[0] += mq_table_integer (segments, row, 1);
          share += mq_table_number (segments, row, 2);
          sums[1] += mq_table_integer (segments, row, 3);
        }
      for (gsize row = 0; row < mq_table_n_rows (grid); row++)
        {
          counts[1] += mq_table_integer (grid, row, mq_table_find_column (grid, "customers"));
          sums[2] += mq_table_integer (grid, row, mq_table_find_column (grid, "revenue"));
        }
      g_assert_cmpint (counts[0], ==, mq_table_n_rows (customers));
      g_assert_cmpint (counts[1], ==, counts[0]);
      g_assert_cmpint (sums[1], ==, sums[0]);
      g_assert_cmpint (sums[2], ==, sums[0]);
      g_assert_cmpfloat_with_epsilon (share, 1, 1e-12);
    }
  tear_down (&fixture);
  g_rand_free (random);
}

static void
check_refused (Fixture *fixture, const char *text, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = make_settings (text);
  MqResult *result = mq_rfm_analysis.run (fixture->dataset, settings, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_refused (void)
{
  Fixture fixture;

  set_up (&fixture, by_hand);
  check_refused (&fixture, "nothing=1", "nothing");
  check_refused (&fixture, "map=twelve", "map");
  check_refused (&fixture, "map", "map");
  check_refused (&fixture, "quantiles=11", "quantiles");
  check_refused (&fixture, "quantiles=five", "quantiles");
  check_refused (&fixture, "scoring=cuts", "scoring");
  check_refused (&fixture, "scoring=cuts cuts=f=1:2:2:3", "cuts");
  check_refused (&fixture, "scoring=cuts cuts=f=1:2:3", "cuts");
  check_refused (&fixture, "scoring=cuts cuts=x=1:2:3:4", "cuts");
  check_refused (&fixture, "scoring=cuts cuts=f=1:2:3:4.5", "cuts");
  check_refused (&fixture, "as-of=yesterday", "as-of");
  check_refused (&fixture, "period=0d", "period");
  check_refused (&fixture, "period=month", "period");
  check_refused (&fixture, "from=2012-01-01", "from");
  check_refused (&fixture, "compare-as-of=2011-13-01", "compare-as-of");
  check_refused (&fixture, "shop=none", "shop");
  check_refused (&fixture, "map=eight m-threshold=high", "m-threshold");
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rfm/eight", test_eight);
  g_test_add_func ("/rfm/thresholds", test_thresholds);
  g_test_add_func ("/rfm/cuts", test_cuts);
  g_test_add_func ("/rfm/migration", test_migration);
  g_test_add_func ("/rfm/empty", test_empty);
  g_test_add_func ("/rfm/same-bytes", test_same_bytes);
  g_test_add_func ("/rfm/sums", test_sums);
  g_test_add_func ("/rfm/refused", test_refused);
  return g_test_run ();
}
