/* test-table.c: tables and results, and their CSV and JSON to the byte. */

#include "base/result.h"

#include "base/civil-time.h"

#include <math.h>

static MqTable *
make_table (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("things", "EUR", "Europe/Berlin");

  mq_table_builder_add_column (builder, "n", "Number", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", "Share", MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "money", "Money", MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "day", "Day", MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "time", "Time", MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "yes", "Yes", MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "text", "Text", MQ_COLUMN_TEXT);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, -7);
  mq_table_builder_set_double (builder, 1, 0.125);
  mq_table_builder_set_integer (builder, 2, -123450);
  mq_table_builder_set_integer (builder, 3, mq_day_from_civil (2011, 12, 9));
  mq_table_builder_set_integer (builder, 4, 1323435000 * MQ_SECOND);
  mq_table_builder_set_integer (builder, 5, 1);
  mq_table_builder_set_text (builder, 6, "=say \"hi\", you");
  mq_table_builder_append (builder);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 5, 0);
  mq_table_builder_set_text (builder, 6, "");
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 6, "-1");
  return mq_table_builder_finish (builder);
}

static void
test_csv (void)
{
  g_autoptr (MqTable) table = make_table ();
  g_autoptr (GString) out = g_string_new (NULL);

  mq_table_write_csv (table, FALSE, out);
  g_assert_cmpstr (out->str, ==, "n,share,money,day,time,yes,text\n"
                                 "-7,0.125,-1234.50,2011-12-09,2011-12-09T13:50:00+01:00,true,\"=say \"\"hi\"\", you\"\n"
                                 ",,,,,,\n"
                                 ",,,,,false,\"\"\n"
                                 ",,,,,,-1\n");
  g_string_truncate (out, 0);
  mq_table_write_csv (table, TRUE, out);
  g_assert_cmpstr (out->str, ==, "n,share,money,day,time,yes,text\n"
                                 "-7,0.125,-1234.50,2011-12-09,2011-12-09T13:50:00+01:00,true,\"'=say \"\"hi\"\", you\"\n"
                                 ",,,,,,\n"
                                 ",,,,,false,\"\"\n"
                                 ",,,,,,'-1\n");
}

static void
test_json (void)
{
  g_autoptr (MqTable) table = make_table ();
  g_autoptr (GString) out = g_string_new (NULL);

  mq_table_write_json (table, out);
  g_assert_cmpstr (out->str, ==, "[\n"
                                 "  {\"n\": -7, \"share\": 0.125, \"money\": \"-1234.50\", \"day\": \"2011-12-09\", \"time\": \"2011-12-09T13:50:00+01:00\", \"yes\": true, \"text\": \"=say \\\"hi\\\", you\"},\n"
                                 "  {\"n\": null, \"share\": null, \"money\": null, \"day\": null, \"time\": null, \"yes\": null, \"text\": null},\n"
                                 "  {\"n\": null, \"share\": null, \"money\": null, \"day\": null, \"time\": null, \"yes\": false, \"text\": \"\"},\n"
                                 "  {\"n\": null, \"share\": null, \"money\": null, \"day\": null, \"time\": null, \"yes\": null, \"text\": \"-1\"}\n"
                                 "]");
}

static void
test_cells (void)
{
  g_autoptr (MqTable) table = make_table ();

  g_assert_cmpuint (mq_table_n_rows (table), ==, 4);
  g_assert_cmpuint (mq_table_n_columns (table), ==, 7);
  g_assert_cmpint (mq_table_find_column (table, "money"), ==, 2);
  g_assert_cmpint (mq_table_find_column (table, "none"), ==, -1);
  g_assert_cmpfloat (mq_table_number (table, 0, 2), ==, -1234.5);
  g_assert_cmpfloat (mq_table_number (table, 0, 1), ==, 0.125);
  g_assert_true (isnan (mq_table_number (table, 1, 2)));
  g_assert_true (mq_table_is_missing (table, 1, 6));
  g_assert_null (mq_table_text (table, 1, 6));
  g_assert_cmpstr (mq_table_text (table, 2, 6), ==, "");
  g_assert_cmpstr (mq_table_column_title (table, 6), ==, "Text");
  g_assert_cmpstr (mq_table_currency (table), ==, "EUR");
}

static void
test_whole_columns (void)
{
  MqTableBuilder   *builder = mq_table_builder_new ("whole", "JPY", NULL);
  MqStringsBuilder *names = mq_strings_builder_new ();
  guint             a = mq_table_builder_add_column (builder, "customer", "Customer", MQ_COLUMN_TEXT);
  guint             b = mq_table_builder_add_column (builder, "class", "Class", MQ_COLUMN_TERM);
  guint             c = mq_table_builder_add_column (builder, "value", "Value", MQ_COLUMN_MONEY);
  guint             d = mq_table_builder_add_column (builder, "seconds", "Seconds", MQ_COLUMN_DURATION);
  guint32           codes[] = { 1, MQ_CODE_MISSING };
  gint64            values[] = { 100, G_MININT64 };
  double            seconds[] = { 0.1, NAN };
  g_autoptr (MqStrings) strings = NULL;
  g_autoptr (MqTable) table = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  mq_strings_builder_add (names, "a", 1);
  mq_strings_builder_add (names, "b", 1);
  strings = mq_strings_builder_finish (names);
  mq_table_builder_take_codes (builder, a, NULL, strings, 2);
  mq_table_builder_take_codes (builder, b, g_memdup2 (codes, sizeof codes), strings, 2);
  mq_table_builder_take_integers (builder, c, g_memdup2 (values, sizeof values), 2);
  mq_table_builder_take_doubles (builder, d, g_memdup2 (seconds, sizeof seconds), 2);
  table = mq_table_builder_finish (builder);
  mq_table_write_csv (table, FALSE, out);
  g_assert_cmpstr (out->str, ==, "customer,class,value,seconds\na,b,100,0.1\nb,,,\n");
}

static void
test_empty (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("empty", NULL, NULL);
  g_autoptr (MqTable) table = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  mq_table_builder_add_column (builder, "text", "Text", MQ_COLUMN_TEXT);
  table = mq_table_builder_finish (builder);
  mq_table_write_json (table, out);
  mq_table_write_csv (table, FALSE, out);
  g_assert_cmpstr (out->str, ==, "[]text\n");
}

static void
test_result (void)
{
  g_autoptr (MqResult) result = mq_result_new ("rfm", 1);
  MqProvenance   *provenance = mq_result_provenance (result);
  MqTableBuilder *builder = mq_table_builder_new ("cuts", NULL, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  provenance->as_of = mq_zone_instant (mq_zone_get ("Europe/Berlin", NULL), mq_day_from_civil (2011, 12, 9), MQ_DAY_MICROSECONDS - 1);
  provenance->period = g_strdup ("365d");
  provenance->time_zone = g_strdup ("Europe/Berlin");
  provenance->data = g_strdup ("00ff");
  provenance->revision = 3;
  provenance->rows_read = 541909;
  mq_result_leave_out (result, "no customer", 5);
  mq_result_leave_out (result, "not valid", 0);
  mq_result_leave_out (result, "after the as-of date", 1);
  mq_result_leave_out (result, "no customer", 2);
  mq_result_warn (result, "Orders end %d days earlier.", 3);
  mq_result_set_settings (result, g_variant_new_parsed ("{'period': <'365d'>, 'map': <'eleven'>}"));
  mq_table_builder_add_column (builder, "score", "Score", MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, 5);
  mq_result_take_table (result, mq_table_builder_finish (builder));
  mq_result_take_sentence (result, g_strdup ("Found."));
  g_assert_cmpstr (mq_result_sentence (result), ==, "Found.");
  g_assert_cmpstr (mq_result_warnings (result)[0], ==, "Orders end 3 days earlier.");
  g_assert_null (mq_result_warnings (result)[1]);
  g_assert_nonnull (mq_result_find_table (result, "cuts"));
  g_assert_null (mq_result_find_table (result, "grid"));
  mq_result_write_json (result, out);
  g_assert_cmpstr (out->str, ==, "{\"module\": \"rfm\",\n\"version\": 1,\n\"settings\": {\"map\": \"eleven\", \"period\": \"365d\"},\n"
                                 "\"provenance\": {\"as_of\": \"2011-12-09T23:59:59.999999+01:00\", \"period\": \"365d\", \"time_zone\": \"Europe/Berlin\", \"data\": \"00ff\", "
                                 "\"revision\": 3, \"rows_read\": 541909, \"rows_left_out\": [{\"reason\": \"no customer\", \"rows\": 7}, {\"reason\": \"after the as-of date\", \"rows\": 1}]},\n"
                                 "\"warnings\": [\n  \"Orders end 3 days earlier.\"],\n\"tables\": {\n\"cuts\": [\n  {\"score\": 5}\n]}}\n");
}

static void
test_head (void)
{
  g_autoptr (MqTable) table = make_table ();
  g_autoptr (MqTable) head = mq_table_head (table, 1);
  g_autoptr (MqTable) all = mq_table_head (table, 100);
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);

  mq_table_write_csv (table, FALSE, a);
  mq_table_write_csv (all, FALSE, b);
  g_assert_cmpstr (a->str, ==, b->str);
  g_assert_cmpuint (mq_table_n_rows (head), ==, 1);
  g_assert_cmpstr (mq_table_text (head, 0, 6), ==, mq_table_text (table, 0, 6));
  g_assert_cmpstr (mq_table_currency (head), ==, "EUR");
}

/* A word of the program is told from a text of the data that is spelled the same, also in a part of the table. */
static void
test_words (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("t", NULL, NULL);
  const guint32   rows[] = { 1, 0 };
  g_autoptr (MqTable) table = NULL;
  g_autoptr (MqTable) part = NULL;
  g_autoptr (MqTable) head = NULL;
  g_autoptr (GString) csv = g_string_new (NULL);

  mq_table_builder_add_column (builder, "group", "Group", MQ_COLUMN_TEXT);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, "Other");
  mq_table_builder_append (builder);
  mq_table_builder_set_word (builder, 0, "Other");
  mq_table_builder_append (builder);
  table = mq_table_builder_finish (builder);
  part = mq_table_subset (table, rows, G_N_ELEMENTS (rows));
  head = mq_table_head (table, 2);
  g_assert_false (mq_table_is_word (table, 0, 0));
  g_assert_true (mq_table_is_word (table, 1, 0));
  g_assert_true (mq_table_is_missing (table, 2, 0));
  g_assert_false (mq_table_is_word (table, 2, 0));
  g_assert_true (mq_table_is_word (part, 0, 0) && !mq_table_is_word (part, 1, 0));
  g_assert_true (mq_table_is_word (head, 1, 0));
  mq_table_write_csv (table, FALSE, csv);
  g_assert_cmpstr (csv->str, ==, "group\nOther\nOther\n\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/csv", test_csv);
  g_test_add_func ("/table/json", test_json);
  g_test_add_func ("/table/cells", test_cells);
  g_test_add_func ("/table/whole-columns", test_whole_columns);
  g_test_add_func ("/table/empty", test_empty);
  g_test_add_func ("/table/head", test_head);
  g_test_add_func ("/result/json", test_result);
  g_test_add_func ("/table/words", test_words);
  return g_test_run ();
}
