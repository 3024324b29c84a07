/* test-read-faults.c: the n-th large allocation fails while a file is read: of every kind, in every format and encoding, with
 * and without many texts of its own. The file is read all the same, or it is said that there is no memory; the program
 * never dies of it. */

#include "crash-project.h"
#include "base/sheet-writer.h"
#include "disk-shim.h"
#include "import/importer.h"
#include "memory-shim.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define N_ROWS 150000
#define N_SHEET_ROWS 60000
#define DEFAULT_FAULTS 4
#define FILE_NAME "file"
#define N_FIELDS 6

typedef enum
{
  FORMAT_TEXT,
  FORMAT_UTF16,
  FORMAT_GB18030,
  FORMAT_GZIP,
  FORMAT_JSON,
  FORMAT_LINES,
  FORMAT_PAGE,
  FORMAT_WORKBOOK,
} Format;

typedef struct
{
  const char *name;
  Format      format;
  MqKind      kind;
  const char *headers[N_FIELDS];
  const char *values[N_FIELDS]; /* %u is the row; "time" a time, "day" a day */
} Sample;

#define CUSTOMERS \
  { "customer_id", "email", "name", "city", "remark", "birth_date" }, { "c%u", "a%u@example.org", "Name %u", "City", "Remark that is long enough to be no short text: number %u", "day" }
#define ORDERS \
  { "order_id", "customer_id", "time", "product", "amount", "status" }, { "o%u", "c%u", "time", "p%u", "%u.50", "paid" }
#define ORDER_LINES \
  { "order_id", "customer_id", "time", "product", "amount", "status" }, { "o%u", "c%u", "time", "", "%u.50", "paid" }
#define EVENTS \
  { "customer_id", "time", "event", "channel", "session", "product" }, { "c%u", "time", "view", "search", "s%u", "p%u" }
#define MESSAGES \
  { "customer_id", "time", "channel", "status", "text", "campaign" }, { "c%u", "time", "email", "sent", "Text of message number %u which is longer", "c" }
#define FEEDBACK \
  { "customer_id", "time", "text", "rating", "source", "product" }, { "c%u", "time", "It is good: say I who am number %u", "5", "shop", "p%u" }
#define SPEND \
  { "date", "channel", "amount", "campaign", "impressions", "clicks" }, { "day", "search", "%u.25", "campaign %u", "%u", "3" }

static const Sample samples[] = {
  { "customers", FORMAT_TEXT, MQ_KIND_CUSTOMERS, CUSTOMERS },
  { "orders", FORMAT_TEXT, MQ_KIND_ORDERS, ORDERS },
  { "order-lines", FORMAT_TEXT, MQ_KIND_ORDERS, ORDER_LINES },
  { "events", FORMAT_TEXT, MQ_KIND_EVENTS, EVENTS },
  { "messages", FORMAT_TEXT, MQ_KIND_MESSAGES, MESSAGES },
  { "feedback", FORMAT_TEXT, MQ_KIND_FEEDBACK, FEEDBACK },
  { "spend", FORMAT_TEXT, MQ_KIND_SPEND, SPEND },
  { "utf16", FORMAT_UTF16, MQ_KIND_ORDERS, ORDERS },
  { "gb18030", FORMAT_GB18030, MQ_KIND_FEEDBACK, FEEDBACK },
  { "gzip", FORMAT_GZIP, MQ_KIND_EVENTS, EVENTS },
  { "json", FORMAT_JSON, MQ_KIND_MESSAGES, MESSAGES },
  { "json-lines", FORMAT_LINES, MQ_KIND_ORDERS, ORDERS },
  { "web-page", FORMAT_PAGE, MQ_KIND_CUSTOMERS, CUSTOMERS },
  { "workbook", FORMAT_WORKBOOK, MQ_KIND_ORDERS, ORDERS },
};

static const Sample *current;

static void
append_value (GString *text, const char *form, guint row)
{
  const char *percent = strchr (form, '%');

  if (row > 0 && strcmp (form, "time") == 0)
    g_string_append_printf (text, "2024-%02u-%02u %02u:%02u:00", 1 + row % 12, 1 + row % 28, row % 24, row % 60);
  else if (row > 0 && strcmp (form, "day") == 0)
    g_string_append_printf (text, "2024-%02u-%02u", 1 + row % 12, 1 + row % 28);
  else if (percent == NULL)
    g_string_append (text, form);
  else
    g_string_append_printf (text, "%.*s%u%s", (int) (percent - form), form, row * 7919 % 1000003, percent + 2);
}

static void
append_cells (GString *text, const char *const *cells, guint row, const char *before, const char *between, const char *after)
{
  g_string_append (text, before);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (i > 0)
        g_string_append (text, between);
      append_value (text, cells[i], row);
    }
  g_string_append (text, after);
}

static void
append_object (GString *text, const Sample *sample, guint row)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_string_append_printf (text, "%s\"%s\":\"", i == 0 ? "{" : ",", sample->headers[i]);
      append_value (text, sample->values[i], row);
      g_string_append_c (text, '"');
    }
  g_string_append_c (text, '}');
}

static GString *
make_text (const Sample *sample)
{
  GString *text = g_string_new (NULL);

  switch (sample->format)
    {
    case FORMAT_JSON:
    case FORMAT_LINES:
      g_string_append (text, sample->format == FORMAT_JSON ? "[" : "");
      for (guint row = 1; row <= N_ROWS; row++)
        {
          append_object (text, sample, row);
          g_string_append (text, sample->format == FORMAT_LINES ? "\n" : row < N_ROWS ? ","
                                                                                      : "]");
        }
      break;
    case FORMAT_PAGE:
      append_cells (text, sample->headers, 0, "<html><table><tr><th>", "</th><th>", "</th></tr>\n");
      for (guint row = 1; row <= N_SHEET_ROWS; row++)
        append_cells (text, sample->values, row, "<tr><td>", "</td><td>", "</td></tr>\n");
      g_string_append (text, "</table></html>");
      break;
    default:
      append_cells (text, sample->headers, 0, "", ",", "\n");
      for (guint row = 1; row <= N_ROWS; row++)
        append_cells (text, sample->values, row, "", ",", sample->format == FORMAT_GB18030 ? " \345\245\275\n" : "\n");
      break;
    }
  return text;
}

static void
write_workbook (const Sample *sample, const char *path)
{
  g_autoptr (MqSheetWriter) writer = mq_sheet_writer_new (path, "Sheet", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_FIELDS; i++)
    g_assert_true (mq_sheet_writer_set_column (writer, i, sample->headers[i], NULL, 10, NULL));
  for (guint row = 1; row <= N_SHEET_ROWS; row++)
    {
      g_assert_true (mq_sheet_writer_next_row (writer, NULL));
      for (guint i = 0; i < N_FIELDS; i++)
        {
          g_string_truncate (text, 0);
          append_value (text, sample->values[i], row);
          g_assert_true (mq_sheet_writer_set_text (writer, i, text->str, NULL));
        }
    }
  g_assert_true (mq_sheet_writer_finish (writer, NULL));
}

static void
write_gzip (const char *path, const GString *text)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) plain = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL));
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (plain, G_CONVERTER (gzip));

  g_assert_true (g_output_stream_write_all (packed, text->str, text->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (packed, NULL, NULL));
}

static void
write_sample (const Sample *sample, const char *path)
{
  g_autofree char *converted = NULL;
  const char      *encoding = sample->format == FORMAT_UTF16 ? "UTF-16" : "GB18030";
  GString         *text;
  gsize            length;

  if (sample->format == FORMAT_WORKBOOK)
    {
      write_workbook (sample, path);
      return;
    }
  text = make_text (sample);
  length = text->len;
  if (sample->format == FORMAT_GZIP)
    write_gzip (path, text);
  else
    {
      if (sample->format == FORMAT_UTF16 || sample->format == FORMAT_GB18030)
        converted = g_convert (text->str, text->len, encoding, "UTF-8", NULL, &length, NULL);
      g_assert_true (g_file_set_contents (path, converted != NULL ? converted : text->str, length, NULL));
    }
  g_string_free (text, TRUE);
}

static gboolean
read_file (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  MqImportOptions  options = { .kind = current->kind, .project_zone = "UTC", .currency = "EUR", .now = G_GINT64_CONSTANT (1800000000000000), .amount_of = current->kind == MQ_KIND_ORDERS ? "line" : NULL };
  g_autoptr (MqImportPlan) plan = NULL;
  g_autoptr (MqImportDraft) draft = mq_importer_read (path, &options, &plan, NULL, error);

  return draft != NULL;
}

static void
test_sample (gconstpointer data)
{
  const Sample    *sample = data;
  g_autofree char *folder = g_dir_make_tmp ("mq-memory-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  guint            wanted = crash_setting ("MQ_CRASH_FAULTS", DEFAULT_FAULTS);
  guint            n_done = 0, n_tried = 0, n_died = 0;
  gint64           n;

  current = sample;
  write_sample (sample, path);
  g_assert_cmpint (memory_run_child (sample->name, read_file, folder, -1, &n), ==, MEMORY_DONE);
  for (gint64 at = 1; at <= n; at += wanted > 0 ? MAX (n / wanted, 1) : 1, n_tried++)
    {
      int status = memory_run_child (sample->name, read_file, folder, at, NULL);

      n_died += status != MEMORY_DONE && status != MEMORY_SAID;
      n_done += status == MEMORY_DONE;
    }
  g_test_message ("%s: %d large allocations, %u tried: %u done all the same, %u said so, %u died", sample->name, (int) n, n_tried, n_done, n_tried - n_done - n_died, n_died);
  g_assert_cmpint (n, >, 0);
  g_assert_cmpuint (n_died, ==, 0);
  disk_clear_folder (folder);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-faults/%s", samples[i].name);

      g_test_add_data_func (path, &samples[i], test_sample);
    }
  return g_test_run ();
}
