/* test-importer.c: files through the whole importer into a project and out again as CSV: rows, rejects, blocks, threads, runs. */

#include "import-outcome.h"

static void
test_plain (void)
{
  g_auto (Outcome) outcome = read_orders ("customer_id,order_id,date,amount,Colour\n7,A1,2024-01-02,10.50,red\n07,A2,2024-01-03,3,\n");

  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.csv, ==, "customer_id,time,amount,order_id,Colour\n07,2024-01-03,3.00,A2,\n7,2024-01-02,10.50,A1,red\n");
  assert_field (&outcome, "date", "time");
  assert_field (&outcome, "Colour", "prop:Colour");
}

static void
test_rejects (void)
{
  g_auto (Outcome) outcome = read_orders ("customer_id,date,amount\n1,2024-01-02,1\n1,soon,1\n1,2024-01-02,\n1,2024-01-02,x\n1,2024-01-02,1,9\n2,,1\n"
                                          "3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02\n3,2024-02-02,12345678901234567890\n"
                                          "3,2024-01-02,1\n3,2024-01-02,1\n3,2024-01-02,1\n");

  assert_reject (&outcome, 0, 3, 3, "not a time");
  assert_reject (&outcome, 1, 4, 14, "no amount");
  assert_reject (&outcome, 2, 5, 14, "not an amount");
  assert_reject (&outcome, 3, 6, 16, "too many cells");
  assert_reject (&outcome, 4, 7, 3, "no time");
  assert_reject (&outcome, 5, 14, 13, "no amount");
  assert_reject (&outcome, 6, 15, 14, "amount out of range");
  g_assert_cmpint (outcome.draft->rows_read, ==, 17);
  assert_warned (&outcome, "fewer cells");
}

static void
test_bad_files (void)
{
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) open_quote = read_orders ("date,amount\n2024-01-02,1\n2024-01-02,\"2\n");
  g_auto (Outcome) header_only = read_orders ("date,amount\n");
  g_auto (Outcome) stop = { NULL };

  assert_error (&open_quote, MQ_IMPORT_ERROR_SYNTAX, "file.csv:3:12: ");
  g_assert_no_error (header_only.error);
  g_assert_cmpuint (header_only.draft->runs->len, ==, 0);
  options.stop_on_bad_row = TRUE;
  stop = read_text ("date,amount\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\n2024-01-02,1\nx,1\n", &options);
  assert_error (&stop, MQ_IMPORT_ERROR_BAD_ROW, "file.csv:12:1: ");
}

static void
test_future (void)
{
  g_auto (Outcome) outcome = read_orders ("date,amount\n2024-01-02,1\n2030-01-02,1\n");

  assert_warned (&outcome, "1 row is dated after now");
}

/* A column of dates from 2024 on, `step` days apart. */
static char *
make_dates (const char *form, guint rows, guint step)
{
  GString *text = g_string_new ("customer_id,date,amount\n");

  for (guint i = 0; i < rows; i++)
    {
      g_autoptr (GDateTime) start = g_date_time_new_utc (2024, 1, 1, 0, 0, 0);
      g_autoptr (GDateTime) day = g_date_time_add_days (start, i * step);
      g_autofree char *date = g_date_time_format (day, form);

      g_string_append_printf (text, "a,%s,1\n", date);
    }
  return g_string_free (text, FALSE);
}

/* Whether a year of two digits stands first or last is told by what varies, or asked. */
static void
test_short_years (void)
{
  g_autofree char *last = make_dates ("%d/%m/%y", 40, 5);
  g_autofree char *first = make_dates ("%y-%m-%d", 40, 5);
  g_autofree char *american = make_dates ("%m/%d/%y", 40, 5);
  g_autofree char *few = make_dates ("%y-%m-%d", 5, 5);
  g_autofree char *old = make_dates ("19%y-%m-%d", 5, 5);
  g_auto (Outcome) day_first = read_orders (last);
  g_auto (Outcome) year_first = read_orders (first);
  g_auto (Outcome) month_first = read_orders (american);
  g_auto (Outcome) asked = read_orders (few);
  g_auto (Outcome) whole = read_orders (old);
  g_auto (Outcome) proved = read_orders ("customer_id,date,amount\na,99-12-11,1\na,24-05-06,1\n");

  g_assert_cmpstr (find_column (&day_first, "date")->format, ==, "dmy");
  g_assert_cmpstr (find_column (&month_first, "date")->format, ==, "mdy");
  g_assert_cmpstr (find_column (&year_first, "date")->format, ==, "ymd");
  g_assert_cmpstr (find_column (&whole, "date")->format, ==, "ymd");
  g_assert_cmpstr (find_column (&proved, "date")->format, ==, "ymd");
  g_assert_nonnull (strstr (year_first.csv, "2024-01-31"));
  g_assert_nonnull (strstr (day_first.csv, "2024-01-31"));
  assert_error (&asked, MQ_IMPORT_ERROR_AMBIGUOUS, "--date-format ymd, dmy or mdy");
}

/* What money loses is said; noise of binary fractions is no loss. */
static void
test_rounded_amounts (void)
{
  g_auto (Outcome) exact = read_orders ("customer_id,date,amount\na,2024-01-02,1.50\na,2024-01-03,19.990000000000002\na,2024-01-04,2.500\n");
  g_auto (Outcome) rounded = read_orders ("date,amount,currency\n2024-01-02,1.50,EUR\n2024-01-03,1.005,EUR\n2024-01-04,0.004,EUR\n2024-01-04,1.005,KWD\n");

  g_assert_no_error (exact.error);
  g_assert_cmpuint (exact.draft->warnings->len, ==, 0);
  assert_warned (&rounded, "2 amounts have more digits than their currency (first in line 3)");
  g_assert_cmpuint (rounded.draft->rejects->len, ==, 0);
}

/* Orders and events of many shapes: quotes with line ends, rejects, several keys. */
static char *
make_text (guint rows)
{
  GString *text = g_string_new ("customer_id,phone,order_id,order_date,amount,status,Note,Size\r\n");

  for (guint i = 0; i < rows; i++)
    {
      guint k = i * 7919u;

      g_string_append_printf (text, "%u,%s,A%u,2024-%02u-%02u %02u:%02u:00,%s%u.%02u,%s,\"note %u\nof \"\"%u\"\"\",%s\r\n", k % 97, i % 5 == 0 ? "NA" : "13800138000", k % 331, 1 + k % 12, 1 + k % 28, k % 24, k % 60, i % 41 == 0 ? "x" : "", k % 1000, k % 100, i % 3 == 0 ? "paid" : "closed", k % 11, i % 13, i % 17 == 0 ? "-" : "12");
    }
  return g_string_free (text, FALSE);
}

static void
assert_equal_outcomes (const Outcome *a, const Outcome *b)
{
  g_assert_no_error (b->error);
  g_assert_cmpstr (a->csv, ==, b->csv);
  g_assert_cmpstr (a->draft->mapping, ==, b->draft->mapping);
  g_assert_cmpstr (a->draft->sha256, ==, b->draft->sha256);
  g_assert_cmpint (a->draft->rows_read, ==, b->draft->rows_read);
  g_assert_cmpuint (a->draft->rejects->len, ==, b->draft->rejects->len);
  for (guint i = 0; i < a->draft->rejects->len; i++)
    {
      const MqReject *x = g_ptr_array_index (a->draft->rejects, i);
      const MqReject *y = g_ptr_array_index (b->draft->rejects, i);

      g_assert_cmpint (x->line, ==, y->line);
      g_assert_cmpint (x->column, ==, y->column);
      g_assert_cmpstr (x->text, ==, y->text);
    }
  g_assert_cmpuint (a->draft->statuses->len, ==, b->draft->statuses->len);
  g_assert_cmpuint (a->draft->warnings->len, ==, b->draft->warnings->len);
}

static void
test_blocks_and_threads (void)
{
  static const gsize blocks[] = { 1, 2, 7, 1000, 0 };
  static const guint threads[] = { 1, 2, 5 };
  g_autofree char   *text = make_text (400);
  MqImportOptions    options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) first = read_text (text, &options);

  g_assert_no_error (first.error);
  g_assert_cmpuint (first.draft->rejects->len, ==, 10);
  for (guint b = 0; b < G_N_ELEMENTS (blocks); b++)
    for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
      {
        MqRun run = { NULL, NULL, threads[t] };
        g_auto (Outcome) other = { NULL };

        options.block_bytes = blocks[b];
        other = read_text_run (text, &options, &run);
        assert_equal_outcomes (&first, &other);
      }
}

static void
test_several_runs (void)
{
  g_autofree char *text = make_text (3000);
  MqImportOptions  options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) whole = read_text (text, &options);
  g_auto (Outcome) parts = { NULL };

  options.block_bytes = 4096;
  options.memory_budget = 40000;
  parts = read_text (text, &options);
  assert_equal_outcomes (&whole, &parts);
  g_assert_cmpuint (whole.draft->runs->len, ==, 1);
  g_assert_cmpuint (parts.draft->runs->len, >, 2);
}

/* What only the rest of the file shows gives the same as looking at all of it first. */
static void
test_corrections (void)
{
  GString        *text = g_string_new ("date,amount,number,code,free,scale,quantity\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) whole = { NULL };
  g_auto (Outcome) parts = { NULL };

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "2024-01-%02u,%u,%s,%s,%s,%s,%s\n", 1 + i % 28, i, i < 300 ? "NA" : i < 400 ? "12"
                                                                                                              : "1.5",
                            i < 450 ? "-12" : "a-b",
                            i % 2 ? "NA" : i < 480 ? "7"
                                                   : "seven days",
                            i < 490 ? "3" : "3.125",
                            i == 495 ? "0.25" : "2");
  whole = read_text (text->str, &options);
  options.head_bytes = 2000;
  options.block_bytes = 500;
  parts = read_text (text->str, &options);
  g_string_free (text, TRUE);
  g_assert_no_error (parts.error);
  g_assert_true (strcmp (whole.csv, parts.csv) == 0);
  g_assert_cmpstr (whole.draft->sha256, ==, parts.draft->sha256);
  g_assert_cmpint (find_column (&parts, "number")->type, ==, MQ_VALUE_DECIMAL);
  g_assert_cmpint (find_column (&parts, "code")->type, ==, MQ_VALUE_TEXT);
  g_assert_cmpstr (find_column (&parts, "free")->missing, ==, "");
  g_assert_nonnull (strstr (parts.csv, "seven days"));
  g_assert_nonnull (strstr (parts.csv, ",\"NA\","));
}

static void
test_cancel (void)
{
  g_autofree char *text = make_text (100);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MqRun           run = { cancellable, NULL, 2 };
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) outcome = { NULL };

  g_cancellable_cancel (cancellable);
  outcome = read_text_run (text, &options, &run);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_plan (void)
{
  static const char text[] = "customer_id,date,amount\n1,2024-01-02,1\n";
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_autoptr (MqImportPlan) plan = mq_importer_plan (in, "x.csv", &options, NULL, &error);
  g_autoptr (MqTable) table = NULL;

  g_assert_no_error (error);
  table = mq_import_plan_table (plan);
  g_assert_cmpuint (mq_table_n_rows (table), ==, 3);
  g_assert_cmpstr (mq_table_text (table, 1, 1), ==, "time");
}

/* What cannot be decided is told, and all columns stand there to settle it; what comes after it is decided all the same. */
static void
test_plan_trouble (void)
{
  static const char *const texts[] = {
    "customer_id,date,amount\n1,03/04/2024,\"1,50\"\n2,05/06/2024,\"2,75\"\n",
    "customer_id,wann,amount\n1,2024-01-02,\"1,50\"\n",
  };
  static const char *const troubles[] = { "date-format", "No column was recognised as time" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (texts[i], -1, NULL);
      g_autoptr (GError) error = NULL;
      MqImportOptions options = make_options (MQ_KIND_ORDERS);
      g_autoptr (MqImportPlan) plan = mq_importer_plan (in, "x.csv", &options, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (plan->columns->len, ==, 3);
      g_assert_cmpstr (((const MqImportColumn *) plan->columns->pdata[1])->format, ==, "");
      g_assert_cmpstr (((const MqImportColumn *) plan->columns->pdata[2])->format, ==, "1.234,56");
      g_assert_nonnull (strstr (plan->trouble, troubles[i]));
      g_assert_cmpuint (plan->rows->len, >, 0);
    }
}

/* What was copied from a spreadsheet. */
static void
test_pasted (void)
{
  static const char text[] = "订单编号\t手机号\t付款时间\t实付金额\nA1\t13800138000\t2024/1/2 10:05\t1,234.50\nA2\t13800138001\t2024/1/3 9:05\t10\n";
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_autoptr (MqImportPlan) plan = NULL;
  g_autoptr (MqImportDraft) draft = NULL;

  options.delimiter = "tab";
  draft = mq_importer_read_stream (in, "clipboard", &options, &plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draft->rows_read, ==, 2);
  g_assert_cmpuint (draft->rejects->len, ==, 0);
  g_assert_cmpstr (draft->file_name, ==, "clipboard");
  g_assert_cmpstr (plan->delimiter, ==, "\t");
}

/* A second import of what was exported changes nothing. */
static void
test_round_trip (void)
{
  g_autofree char *text = make_text (200);
  MqImportOptions  options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) first = read_text (text, &options);
  g_auto (Outcome) second = read_text (first.csv, &options);

  g_assert_no_error (second.error);
  g_assert_cmpstr (first.csv, ==, second.csv);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/plain", test_plain);
  g_test_add_func ("/importer/rejects", test_rejects);
  g_test_add_func ("/importer/bad-files", test_bad_files);
  g_test_add_func ("/importer/future", test_future);
  g_test_add_func ("/importer/short-years", test_short_years);
  g_test_add_func ("/importer/rounded-amounts", test_rounded_amounts);
  g_test_add_func ("/importer/blocks-and-threads", test_blocks_and_threads);
  g_test_add_func ("/importer/several-runs", test_several_runs);
  g_test_add_func ("/importer/corrections", test_corrections);
  g_test_add_func ("/importer/cancel", test_cancel);
  g_test_add_func ("/importer/plan", test_plan);
  g_test_add_func ("/importer/plan-trouble", test_plan_trouble);
  g_test_add_func ("/importer/pasted", test_pasted);
  g_test_add_func ("/importer/round-trip", test_round_trip);
  return run_import_tests ();
}
