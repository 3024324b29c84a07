/* test-table-workbook.c: a table written as a workbook is read back by our own reader as what it was. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/sheet-writer.h"
#include "base/table-workbook.h"
#include "import/mapping.h"
#include "import/record-source.h"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mq-workbook-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a 表.XLSX", NULL);
}

/* Nothing but the file was left in its folder. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
add_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  GString *out = data;

  for (guint i = 0; i < n_cells; i++)
    {
      g_string_append (out, i > 0 ? "|" : "");
      g_string_append_len (out, cells[i].text, cells[i].length);
    }
  g_string_append_c (out, '\n');
  return TRUE;
}

static char *
read_back (const char *path, const char *sheet)
{
  MqRecordSourceOptions options = { .sheet = sheet, .block_bytes = 1 << 20, .sniff_bytes = 65536 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqRecordSource) source = mq_record_source_open (path, &options, NULL, &error);
  GString    *text = g_string_new (NULL);
  MqCsvLayout layout;
  gboolean    at_end = FALSE;
  gint64      line;

  g_assert_no_error (error);
  g_assert_cmpstr (source->class->format, ==, "workbook");
  mq_record_source_begin (source, &layout, NULL, &error);
  g_assert_no_error (error);
  while (!at_end)
    {
      g_autoptr (GBytes) block = mq_record_source_next (source, &line, &at_end, NULL, &error);

      g_assert_no_error (error);
      if (block != NULL)
        mq_csv_parse (&layout.dialect, g_bytes_get_data (block, NULL), g_bytes_get_size (block), line, MQ_MAX_COLUMNS, add_record_cb, text, &error);
      g_assert_no_error (error);
    }
  return g_string_free (text, FALSE);
}

static void
write_table (Fixture *fixture, const MqTable *table)
{
  g_autoptr (GError) error = NULL;

  mq_table_write_workbook (table, fixture->path, NULL, &error);
  g_assert_no_error (error);
}

/* The time is 2024-02-29 12:34:56 in UTC, 20:34:56 in Shanghai. */
static MqTable *
make_numbers (const char *currency, const char *zone)
{
  static const char *const names[] = { "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7" };
  const MqColumnType       types[] = { MQ_COLUMN_INTEGER, MQ_COLUMN_DOUBLE, MQ_COLUMN_SHARE, MQ_COLUMN_MONEY, MQ_COLUMN_DAY, MQ_COLUMN_TIME, MQ_COLUMN_DURATION, MQ_COLUMN_BOOLEAN };
  MqTableBuilder          *builder = mq_table_builder_new ("numbers", currency, zone);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    mq_table_builder_add_column (builder, names[i], names[i], types[i]);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, 1234567);
  mq_table_builder_set_double (builder, 1, 0.1);
  mq_table_builder_set_double (builder, 2, 0.125);
  mq_table_builder_set_integer (builder, 3, -123450);
  mq_table_builder_set_integer (builder, 4, mq_day_from_civil (2024, 2, 29));
  mq_table_builder_set_integer (builder, 5, G_GINT64_CONSTANT (1709210096) * MQ_SECOND);
  mq_table_builder_set_double (builder, 6, 3 * 86400 + 43200);
  mq_table_builder_set_integer (builder, 7, 1);
  mq_table_builder_append (builder);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, G_GINT64_CONSTANT (9007199254740993));
  mq_table_builder_set_integer (builder, 3, G_GINT64_CONSTANT (123456789012345678));
  mq_table_builder_set_integer (builder, 4, mq_day_from_civil (1899, 12, 31));
  mq_table_builder_set_integer (builder, 7, 0);
  return mq_table_builder_finish (builder);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqTable) table = make_numbers ("CNY", "Asia/Shanghai");
  g_autofree char *text = NULL;

  write_table (fixture, table);
  text = read_back (fixture->path, "numbers");
  g_assert_cmpstr (text, ==, "c0|c1|c2|c3 (CNY)|c4|c5 (Asia/Shanghai)|c6 (days)|c7\n"
                             "1234567|0.1|0.125|-1234.5|2024-02-29|2024-02-29 20:34:56|3.5|TRUE\n"
                             "9007199254740993|||1234567890123456.78|1899-12-31|||FALSE\n");
}

static void
test_units (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqTable) table = make_numbers ("JPY", NULL);
  g_autofree char *text = NULL;

  write_table (fixture, table);
  text = read_back (fixture->path, NULL);
  g_assert_nonnull (strstr (text, "c3 (JPY)|c4|c5 (UTC)|"));
  g_assert_nonnull (strstr (text, "|-123450|2024-02-29|2024-02-29 12:34:56|"));
  g_assert_nonnull (strstr (text, "|123456789012345678|"));
}

/* What a spreadsheet would take for a number, a date or a formula stays the text that it is. */
static void
test_texts (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "=1+2", "+86", "-5", "@x", "00123", "123456789012345678", "2024-01-01", "{=A1}", "http://a.b/", "会员 <&>\"'", " x ", "a_x0041_b", "TRUE", "=HYPERLINK(\"x\")" };
  MqTableBuilder          *builder = mq_table_builder_new ("a [very] long name: of/a*table? yes", NULL, NULL);
  g_autoptr (MqTable) table = NULL;
  g_autoptr (GString) expected = g_string_new ("Id|Text\n");
  g_autofree char *text = NULL;

  mq_table_builder_add_column (builder, "id", "Id", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "text", "Text", MQ_COLUMN_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, i);
      mq_table_builder_set_text (builder, 1, texts[i]);
      g_string_append_printf (expected, "%u|%s\n", i, texts[i]);
    }
  table = mq_table_builder_finish (builder);
  write_table (fixture, table);
  text = read_back (fixture->path, NULL);
  g_assert_cmpstr (text, ==, expected->str);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqTable) table = make_numbers ("GBP", "Europe/London");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize            n_first, n_second;
  struct stat      status;

  write_table (fixture, table);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &first, &n_first, NULL));
  write_table (fixture, table);
  g_assert_true (g_file_get_contents (fixture->path, &second, &n_second, NULL));
  g_assert_cmpmem (first, n_first, second, n_second);
}

static MqTable *
make_column (gsize n, const char *value)
{
  MqTableBuilder *builder = mq_table_builder_new ("t", NULL, NULL);

  mq_table_builder_add_column (builder, "text", "Text", MQ_COLUMN_TEXT);
  for (gsize i = 0; i < n; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, value);
    }
  return mq_table_builder_finish (builder);
}

/* What does not fit is refused in words, and the file that stands there is left as it is. */
static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (MQ_SHEET_MAX_CHARACTERS, 'x');
  g_autofree char *longer = g_strnfill (MQ_SHEET_MAX_CHARACTERS + 1, 'x');
  g_autoptr (MqTable) fits = make_column (1, longest);
  g_autoptr (MqTable) too_long = make_column (1, longer);
  g_autoptr (MqTable) too_many = make_column (MQ_SHEET_MAX_ROWS, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            n_before, n_after;

  write_table (fixture, fits);
  g_assert_true (g_file_get_contents (fixture->path, &before, &n_before, NULL));
  g_assert_false (mq_table_write_workbook (too_long, fixture->path, NULL, &error));
  g_assert_error (error, MQ_SHEET_ERROR, MQ_SHEET_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_false (mq_table_write_workbook (too_many, fixture->path, NULL, &error));
  g_assert_error (error, MQ_SHEET_ERROR, MQ_SHEET_ERROR_SIZE);
  g_assert_nonnull (strstr (error->message, "1,048,575"));
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  g_assert_false (mq_table_write_workbook (fits, "/nonexistent/a.xlsx", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqTable) table = make_column (10, "x");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MqRun run = { .cancellable = cancellable };

  g_cancellable_cancel (cancellable);
  g_assert_false (mq_table_write_workbook (table, fixture->path, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) g_test_add ("/table-workbook/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("numbers", test_numbers);
  ADD ("units", test_units);
  ADD ("texts", test_texts);
  ADD ("file", test_file);
  ADD ("limits", test_limits);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
