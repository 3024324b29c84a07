/* test-import-recipe.c: learnt mappings: the file and back, the fingerprint, the first look at a file, and the trial of an
 * order file against figures counted by hand. */

#include "import/import-look.h"
#include "import/import-preview.h"
#include "import/import-recipe.h"
#include "orders/order-trial.h"
#include "project/project-rejects.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
write_file (const char *name, const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-recipe-XXXXXX", NULL);
  char            *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
remove_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

static void
test_round_trip (void)
{
  g_autoptr (MqImportRecipe) recipe = mq_import_recipe_new (MQ_KIND_ORDERS);
  g_autoptr (MqImportRecipe) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  mq_import_recipe_set_column (recipe, "amount", "买家实际支付金额; \"net\"=1");
  mq_import_recipe_set_column (recipe, "time", "Paid");
  mq_import_recipe_set_column (recipe, "time", "Paid at");
  mq_import_recipe_set_column (recipe, "status", "");
  mq_import_recipe_set_column (recipe, "cost", "Cost");
  mq_import_recipe_set_column (recipe, "cost", NULL);
  mq_import_recipe_set_status (recipe, "a=b", MQ_STATUS_CLOSED);
  mq_import_recipe_set_status (recipe, "a", MQ_STATUS_UNPAID);
  mq_import_recipe_set_status (recipe, "gone", MQ_STATUS_PAID);
  mq_import_recipe_set_status (recipe, "gone", MQ_STATUS_UNKNOWN);
  recipe->date_format = g_strdup ("dmy");
  recipe->delimiter = g_strdup ("\t");
  recipe->missing = g_strdup ("");
  recipe->decimal = ',';
  recipe->header_row = 3;
  text = mq_import_recipe_print (recipe);
  again = mq_import_recipe_parse (text, strlen (text), NULL);
  g_assert_nonnull (again);
  g_assert_cmpint (again->kind, ==, MQ_KIND_ORDERS);
  g_assert_cmpstr (mq_import_recipe_get_column (again, "amount"), ==, "买家实际支付金额; \"net\"=1");
  g_assert_cmpstr (mq_import_recipe_get_column (again, "time"), ==, "Paid at");
  g_assert_cmpstr (mq_import_recipe_get_column (again, "status"), ==, "");
  g_assert_null (mq_import_recipe_get_column (again, "cost"));
  g_assert_cmpuint (g_strv_length (again->statuses), ==, 2);
  g_assert_cmpstr (again->statuses[0], ==, "a=b=closed");
  g_assert_cmpstr (again->statuses[1], ==, "a=unpaid");
  g_assert_cmpstr (again->delimiter, ==, "\t");
  g_assert_cmpstr (again->missing, ==, "");
  g_assert_null (again->encoding);
  g_assert_cmpint (again->decimal, ==, ',');
  g_assert_cmpint (again->header_row, ==, 3);
  second = mq_import_recipe_print (again);
  g_assert_cmpstr (second, ==, text);
}

static void
test_refused (void)
{
  static const char *const bad[] = { "", "x", "[Other]\nkind=orders\n", "[Marquetry mapping]\nversion=1\n", "[Marquetry mapping]\nversion=1\nkind=cats\n", "[Marquetry mapping]\nversion=2\nkind=orders\n", "[Marquetry mapping]\nversion=1\nkind=orders\nstatuses=a=odd;\n", "[Marquetry mapping]\nversion=1\nkind=orders\nstatuses=a;\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mq_import_recipe_parse (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING);
    }
}

static void
test_fingerprint (void)
{
  g_autofree char *one = mq_header_fingerprint ((const char *const[]){ "Order ID", " 付款时间 ", "标签组1(组名)", NULL });
  g_autofree char *two = mq_header_fingerprint ((const char *const[]){ "标签组1（另一组）", "order_id", "付款时间", NULL });
  g_autofree char *other = mq_header_fingerprint ((const char *const[]){ "Order ID", "付款时间", NULL });

  g_assert_cmpuint (strlen (one), ==, 64);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, !=, other);
}

static void
test_look (void)
{
  char           *path = write_file ("orders.csv", "My shop\nexported today\norder id,customer id,paid at,amount,status\nA1,张三,2026-01-02 10:00,5.00,paid\nA2,Bo,2026-01-03 10:00,6.00,paid\n");
  MqImportOptions options = { .project_zone = "UTC", .currency = "EUR", .header_row = 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportLook) look = mq_import_look (path, &options, NULL, &error);
  const MqRawRow *row;

  g_assert_no_error (error);
  g_assert_cmpstr (look->format, ==, "text");
  g_assert_cmpint (look->header_line, ==, 3);
  g_assert_cmpuint (g_strv_length (look->headers), ==, 5);
  g_assert_cmpint (look->kind, ==, MQ_KIND_ORDERS);
  g_assert_cmpuint (look->rows->len, ==, 2);
  g_assert_cmpuint (look->foreign->len, ==, 1);
  row = look->foreign->pdata[0];
  g_assert_cmpint (row->line, ==, 4);
  g_assert_cmpstr (row->cells[1], ==, "张三");
  remove_file (path);
}

#define ORDERS                                          \
  "order id,customer id,paid at,amount,status,refund\n" \
  "1,A,02/01/2026,10.00,paid,0\n"                       \
  "2,A,13/01/2026,20.00,paid,5.00\n"                    \
  "3,B,14/01/2026,30.00,waiting,0\n"                    \
  "4,C,15/01/2026,40.00,paid,40.00\n"                   \
  "5,C,never,50.00,paid,0\n"

/* Three readings of one file: figures by hand. */
static void
test_trial (void)
{
  char *path = write_file ("orders.csv", ORDERS);
  char *unpaid[] = { (char *) "waiting=unpaid", NULL };
  static const struct
  {
    const char *refund;
    gboolean    map;
    gint64      valid, unpaid, refunded, net;
  } cases[] = {
    { "gross", TRUE, 2, 1, 1, 2500 },
    { "net", TRUE, 3, 1, 0, 7000 },
    { "gross", FALSE, 3, 0, 1, 5500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "dmy", .refund = cases[i].refund, .statuses = cases[i].map ? unpaid : NULL };
      MqImportPlan    plan = { .format = (char *) "text", .encoding = (char *) "UTF-8" };
      g_autoptr (GError) error = NULL;
      MqOrderTrialFile file = { path, NULL };
      g_autoptr (MqOrderTrial) trial = mq_order_trial_run (&file, 1, &options, &plan, 0, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (trial->rows, ==, 5);
      g_assert_cmpint (trial->rejected, ==, 1);
      g_assert_cmpint (trial->totals.valid, ==, cases[i].valid);
      g_assert_cmpint (trial->totals.unpaid, ==, cases[i].unpaid);
      g_assert_cmpint (trial->totals.fully_refunded, ==, cases[i].refunded);
      g_assert_cmpint (trial->totals.net, ==, cases[i].net);
      g_assert_false (trial->is_part);
    }
  remove_file (path);
}

/* The beginning of a larger file, whole lines. */
static void
test_trial_of_part (void)
{
  char           *path = write_file ("orders.csv", ORDERS);
  MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "dmy" };
  MqImportPlan    plan = { .format = (char *) "text", .encoding = (char *) "UTF-8" };
  g_autoptr (GError) error = NULL;
  MqOrderTrialFile file = { path, NULL };
  g_autoptr (MqOrderTrial) trial = mq_order_trial_run (&file, 1, &options, &plan, 120, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (trial->is_part);
  g_assert_cmpint (trial->rows, ==, 2);
  g_assert_cmpint (trial->rejected, ==, 0);
  remove_file (path);
}

/* Two months in two files, order 3 in both, paid in the later one: it counts once, as the later file says. */
static void
test_trial_of_files (void)
{
  char            *first = write_file ("january.csv", "order id,customer id,paid at,amount,status\n"
                                                      "1,A,2026-01-02,10.00,paid\n"
                                                      "2,A,2026-01-13,20.00,paid\n"
                                                      "3,B,2026-01-31,30.00,unpaid\n");
  char            *second = write_file ("february.csv", "order id,customer id,paid at,amount,status\n"
                                                        "3,B,2026-01-31,30.00,paid\n"
                                                        "4,C,2026-02-15,40.00,shipped\n"
                                                        "5,C,never,50.00,paid\n");
  MqOrderTrialFile files[] = { { first, NULL }, { second, NULL } };
  MqImportOptions  options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "ymd" };
  MqImportPlan     plan = { .format = (char *) "text", .encoding = (char *) "UTF-8" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqOrderTrial) trial = mq_order_trial_run (files, 2, &options, &plan, 0, NULL, &error);
  const MqStatusCount *paid;

  g_assert_no_error (error);
  g_assert_cmpint (trial->rows, ==, 6);
  g_assert_cmpint (trial->rejected, ==, 1);
  g_assert_cmpint (trial->totals.valid, ==, 4);
  g_assert_cmpint (trial->totals.unpaid, ==, 0);
  g_assert_cmpint (trial->totals.net, ==, 10000);
  g_assert_cmpuint (trial->statuses->len, ==, 3);
  paid = trial->statuses->pdata[0];
  g_assert_cmpstr (paid->text, ==, "paid");
  g_assert_cmpint (paid->rows, ==, 3);
  remove_file (first);
  remove_file (second);
}

static void
test_preview (void)
{
  char           *path = write_file ("orders.csv", ORDERS);
  MqImportOptions options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "dmy" };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportPlan) plan = mq_importer_plan (G_INPUT_STREAM (in), "orders.csv", &options, NULL, &error);
  const MqPreviewRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (plan->rows->len, ==, 5);
  row = plan->rows->pdata[1];
  g_assert_cmpint (row->line, ==, 3);
  g_assert_cmpstr (row->raw[2], ==, "13/01/2026");
  g_assert_cmpstr (row->read[2], ==, "2026-01-13");
  g_assert_cmpstr (row->read[3], ==, "20.00");
  g_assert_false (row->bad[2]);
  row = plan->rows->pdata[4];
  g_assert_cmpstr (row->raw[2], ==, "never");
  g_assert_null (row->read[2]);
  g_assert_true (row->bad[2]);
  remove_file (path);
}

/* The rejected rows come back under their header, and corrected they are imported alone. */
static void
test_rejects (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-rejects-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "p.marquetry", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  MqProject       *project = mq_project_create (path, "UTC", "EUR", NULL);
  MqImportOptions  options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .date_format = "dmy" };
  const char      *text = ORDERS;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (text, -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MqImportDraft) draft = mq_importer_read_stream (in, "o.csv", &options, NULL, NULL, &error);
      g_autofree char *rejects = NULL;
      MqImportOutcome  outcome;

      g_assert_no_error (error);
      g_assert_true (mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error));
      g_assert_cmpint (outcome.stored, ==, round == 0 ? 4 : 1);
      rejects = mq_project_rejects_text (project, outcome.number, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rejects, ==, round == 0 ? "order id,customer id,paid at,amount,status,refund\n5,C,never,50.00,paid,0\n" : "order id,customer id,paid at,amount,status,refund\n");
      text = "order id,customer id,paid at,amount,status,refund\n5,C,16/01/2026,50.00,paid,0\n";
    }
  mq_project_close (project, NULL);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recipe/round-trip", test_round_trip);
  g_test_add_func ("/recipe/refused", test_refused);
  g_test_add_func ("/recipe/fingerprint", test_fingerprint);
  g_test_add_func ("/recipe/look", test_look);
  g_test_add_func ("/recipe/preview", test_preview);
  g_test_add_func ("/recipe/trial", test_trial);
  g_test_add_func ("/recipe/trial-of-files", test_trial_of_files);
  g_test_add_func ("/recipe/trial-of-part", test_trial_of_part);
  g_test_add_func ("/recipe/rejects", test_rejects);
  return g_test_run ();
}
