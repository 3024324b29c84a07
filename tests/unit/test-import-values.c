/* test-import-values.c: values of files: types, dates, numbers, tokens, guards and notes, and what is told of odd ones. */

#include "import/guards.h"
#include "import-outcome.h"

static void
test_types (void)
{
  g_auto (Outcome) outcome = read_orders ("date,amount,zip,n,x,long,mixed,plus\n2024-01-02,1,007,1,1.5,123456789012345,1,+5\n2024-01-02,1,010,-20,2,1,NaN,6\n");

  g_assert_cmpint (find_column (&outcome, "zip")->type, ==, MQ_VALUE_TEXT);
  g_assert_cmpint (find_column (&outcome, "n")->type, ==, MQ_VALUE_INTEGER);
  g_assert_cmpint (find_column (&outcome, "x")->type, ==, MQ_VALUE_DECIMAL);
  g_assert_cmpint (find_column (&outcome, "long")->type, ==, MQ_VALUE_TEXT);
  g_assert_cmpint (find_column (&outcome, "mixed")->type, ==, MQ_VALUE_TEXT);
  g_assert_cmpint (find_column (&outcome, "plus")->type, ==, MQ_VALUE_TEXT);
}

static void
test_dates (void)
{
  g_auto (Outcome) dmy = read_orders ("date,amount\n01/02/2024,1\n13/02/2024,1\n");
  g_auto (Outcome) ambiguous = read_orders ("date,amount\n01/02/2024,1\n03/04/2024,1\n");
  g_auto (Outcome) same = read_orders ("date,amount\n01/01/2024,1\n02/02/2024,1\n");
  g_auto (Outcome) compact = read_orders ("date,amount\n20240229,1\n");
  g_auto (Outcome) epoch = read_orders ("time,amount\n1511544070,1\n");
  g_auto (Outcome) millis = read_orders ("time,amount\n1511544070123,1\n");
  g_auto (Outcome) none = read_orders ("date,amount\nnever,1\n");
  g_auto (Outcome) mixed = read_orders ("date,amount\n2024-01-02,1\n13/02/2024,1\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) told = { NULL };

  g_assert_cmpstr (find_column (&dmy, "date")->format, ==, "dmy");
  g_assert_nonnull (strstr (dmy.csv, "2024-02-01"));
  assert_error (&ambiguous, MQ_IMPORT_ERROR_AMBIGUOUS, "--date-format");
  g_assert_true (g_str_has_prefix (ambiguous.error->message, "file.csv: "));
  g_assert_no_error (same.error);
  g_assert_nonnull (strstr (compact.csv, "2024-02-29"));
  g_assert_nonnull (strstr (epoch.csv, "2017-11-24 17:21:10"));
  g_assert_nonnull (strstr (millis.csv, "2017-11-24 17:21:10.123"));
  assert_error (&none, MQ_IMPORT_ERROR_NO_ROWS, "file.csv:2:1: ");
  assert_error (&mixed, MQ_IMPORT_ERROR_AMBIGUOUS, "--date-format");
  options.date_format = "mdy";
  told = read_text ("date,amount\n01/02/2024,1\n03/04/2024,1\n", &options);
  g_assert_nonnull (strstr (told.csv, "2024-01-02"));
}

static void
test_numbers (void)
{
  g_auto (Outcome) comma = read_orders ("date;amount\n2024-01-02;1.234,56\n2024-01-02;-0,5\n");
  g_auto (Outcome) ambiguous = read_orders ("date;amount\n2024-01-02;1.234\n2024-01-02;5.678\n");
  g_auto (Outcome) grouped = read_orders ("date,amount\n2024-01-02,\"1,234.50\"\n2024-01-02,12.50\n");
  g_auto (Outcome) half = read_orders ("date,amount\n2024-01-02,0.125\n2024-01-02,0.135\n2024-01-02,7\n");

  g_assert_nonnull (strstr (comma.csv, "1234.56"));
  g_assert_nonnull (strstr (comma.csv, "-0.50"));
  assert_error (&ambiguous, MQ_IMPORT_ERROR_AMBIGUOUS, "--decimal");
  g_assert_nonnull (strstr (grouped.csv, "1234.50"));
  g_assert_nonnull (strstr (half.csv, "0.12\n"));
  g_assert_nonnull (strstr (half.csv, "0.14\n"));
}

static void
test_missing (void)
{
  g_auto (Outcome) keys = read_orders ("customer_id,date,amount,note,size,code\nNA,2024-01-02,1,NA,NA,\"NA\"\n1,2024-01-02,1,free text,3,\"x y\"\n\"NA\",2024-01-02,1,,-,NA\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) none = { NULL };

  g_assert_cmpstr (find_column (&keys, "customer_id")->missing, ==, "NA 1");
  g_assert_cmpstr (find_column (&keys, "note")->missing, ==, "");
  g_assert_cmpstr (find_column (&keys, "size")->missing, ==, "NA 1, - 1");
  g_assert_cmpint (find_column (&keys, "size")->type, ==, MQ_VALUE_INTEGER);
  g_assert_cmpstr (find_column (&keys, "code")->missing, ==, "NA 1");
  g_assert_cmpstr (keys.csv, ==, "customer_id,time,amount,code,note,size\n,2024-01-02,1.00,\"NA\",\"NA\",\n1,2024-01-02,1.00,x y,free text,3\n\"NA\",2024-01-02,1.00,,,\n");
  options.missing = "";
  none = read_text ("customer_id,date,amount\nNA,2024-01-02,1\n", &options);
  g_assert_nonnull (strstr (none.csv, "\"NA\",2024-01-02"));
}

static void
test_guards (void)
{
  g_auto (Outcome) outcome = read_orders ("订单编号,联系手机,订单付款时间,买家实际支付金额,收货人\n=\"0123\",'186,2024-01-02 10:00:00,1,'x\n=\"0124\",'187,2024-01-02 10:00:00,1,y\n");

  g_assert_no_error (outcome.error);
  g_assert_nonnull (strstr (outcome.csv, ",0123,"));
  g_assert_nonnull (strstr (outcome.csv, "186"));
  g_assert_null (strstr (outcome.csv, "'186"));
  g_assert_nonnull (strstr (outcome.csv, "'x"));
}

/* Notes behind numbers of the platform that counts: off by a rule that is shown; a note with a digit may say another number. */
static void
test_notes (void)
{
  g_auto (Outcome) outcome = read_orders ("order_id,date,amount,note\n1,2024-01-02,499.00（系统计算中，该值仅供参考）,7（x）\n2,2024-01-02,(12.50),\n3,2024-01-02,3 (estimated),\n4,2024-01-02,1,\n5,2024-01-02,1,\n6,2024-01-02,1,\n"
                                          "7,2024-01-02,1,\n8,2024-01-02,1,\n9,2024-01-02,1,\n10,2024-01-02,1,\n11,2024-01-02,1,\n12,2024-01-02,1,\n13,2024-01-02,8（5）,\n");
  g_auto (Outcome) none = read_orders ("order_id,customer_id,date,amount\n1,a,2024-01-02,(5)\n");

  g_assert_no_error (outcome.error);
  g_assert_nonnull (strstr (outcome.csv, ",499.00,1,7（x）"));
  g_assert_nonnull (strstr (outcome.csv, ",-12.50,2,"));
  g_assert_nonnull (strstr (outcome.csv, ",3.00,3,"));
  g_assert_true (g_ptr_array_find_with_equal_func (outcome.draft->warnings, "“amount”: a note in brackets is taken off 2 numbers.", g_str_equal, NULL));
  g_assert_cmpuint (outcome.draft->rejects->len, ==, 1);
  g_assert_nonnull (strstr (none.csv, "-5.00"));
  g_assert_cmpuint (none.draft->warnings->len, ==, 0);
}

static void
test_strip_note (void)
{
  static const struct
  {
    const char *cell;
    const char *number; /* NULL: nothing is taken off */
  } cases[] = {
    { "499.00（系统计算中）", "499.00" },
    { "499.00(est.)", "499.00" },
    { "499 ()", "499" },
    { "0元（含运费）", "0元" },
    { "(123)", NULL },
    { "（note）", NULL },
    { "", NULL },
    { ")", NULL },
    { "12)", NULL },
    { "12(a)(b)", "12(a)" }, /* one note; what is left is no number */
    { "12（a(b)", "12（a" },
    { "12(3)", NULL },
    { "12（３）", NULL },
    { "12(a) x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char      *text = cases[i].cell;
      gsize            length = strlen (text);
      gboolean         found = mq_guard_strip_note (&text, &length);
      g_autofree char *left = g_strndup (text, length);

      g_assert_cmpint (found, ==, cases[i].number != NULL);
      g_assert_cmpstr (left, ==, found ? cases[i].number : cases[i].cell);
    }
}

/* Wall clocks of a day with a change of clocks and of days without, many of each. */
static void
test_zones (void)
{
  MqImportOptions options = make_options (MQ_KIND_EVENTS);
  g_auto (Outcome) outcome = { NULL };

  options.file_zone = "Europe/Berlin";
  outcome = read_text ("time,event\n2024-03-31 01:30:00,a\n2024-03-31 03:30:00,b\n2024-03-30 12:00:00,c\n2024-03-30 12:00:01,d\n2024-06-30 00:00:00,e\n2024-06-30 23:59:59,f\n2024-02-30 10:00:00,g\n2024-03-30 24:00:00,h\n"
                       "2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n"
                       "2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n2024-06-30 23:59:59,f\n",
                       &options);
  g_assert_no_error (outcome.error);
  g_assert_true (g_str_has_prefix (outcome.csv, "time,event\n2024-03-30 11:00:00,c\n2024-03-30 11:00:01,d\n2024-03-31 00:30:00,a\n2024-03-31 01:30:00,b\n2024-06-29 22:00:00,e\n2024-06-30 21:59:59,f\n"));
  assert_reject (&outcome, 0, 8, 1, "not a time");
}

/* What looks like numbers or dates in part, and identifiers that a spreadsheet has spoilt. */
static void
test_told_of_values (void)
{
  GString        *text = g_string_new ("order_id,date,amount,zip,event_date,tracking\n");
  MqImportOptions options = make_options (MQ_KIND_ORDERS);
  g_auto (Outcome) outcome = { NULL };

  for (guint i = 1; i <= 40; i++)
    g_string_append_printf (text, "%u,%02u/01/2024,1,%s,%02u/02/2024,%s\n", i, i % 28 + 1, i == 30 ? "K1A 0B1" : "10115", i % 12 + 1, i == 7 ? "1.38E+10" : i == 9 ? "1234567890123000"
                                                                                                                                                                   : "x");
  outcome = read_text (text->str, &options);
  g_string_free (text, TRUE);
  g_assert_no_error (outcome.error);
  assert_warned (&outcome, "“zip” is kept as text: 39 of its 40 values are numbers, the first that is not as plainly written stands in line 31");
  assert_warned (&outcome, "“event_date” is kept as text: its dates can be read as day/month and as month/day");
  assert_warned (&outcome, "“tracking”: 2 values (first in line 8) look like long numbers whose last digits a spreadsheet has lost");
  g_assert_true (g_ptr_array_find_with_equal_func (outcome.plan->proofs, "“date”: 17 rows decide for day/month, 0 against.", g_str_equal, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-values/types", test_types);
  g_test_add_func ("/import-values/dates", test_dates);
  g_test_add_func ("/import-values/numbers", test_numbers);
  g_test_add_func ("/import-values/missing", test_missing);
  g_test_add_func ("/import-values/guards", test_guards);
  g_test_add_func ("/import-values/notes", test_notes);
  g_test_add_func ("/import-values/strip-note", test_strip_note);
  g_test_add_func ("/import-values/zones", test_zones);
  g_test_add_func ("/import-values/told-of-values", test_told_of_values);
  return run_import_tests ();
}
