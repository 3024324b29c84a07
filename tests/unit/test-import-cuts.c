/* test-import-cuts.c: however a file is cut into blocks, by however many threads it is read, by rows or by columns: the
 * project has the same bytes. As delimited text, JSON, JSON Lines and as a workbook, which all give the same records. */

#include "import/importer.h"
#include "project/project-private.h"
#include "zip-builder.h"

#include <glib/gstdio.h>

#define NOW G_GINT64_CONSTANT (1735689600000000) /* 2025-01-01 UTC */
#define N_ROWS 300
#define N_CELLS 6

typedef char *(*Write) (gsize *length);

static const char *const headers[N_CELLS] = { "order_id", "phone", "time", "amount", "product", "note" };

static void
make_row (guint i, char *cells[N_CELLS])
{
  cells[0] = g_strdup_printf ("%05u", i % 250);
  cells[1] = g_strdup_printf (i % 7 == 0 ? "139-%04u-%04u" : "139%04u%04u", i % 31, i % 17);
  cells[2] = i % 41 == 0 ? g_strdup ("soon") : g_strdup_printf ("2024-01-%02u %02u:00:00", 1 + i % 28, i % 24);
  cells[3] = g_strdup_printf ("%u.%02u", i * 37 % 1000, i % 100);
  cells[4] = g_strdup (i % 3 == 0 ? "茶 \"A\", big" : "Cup");
  cells[5] = g_strdup_printf ("%s%u", i % 5 == 0 ? "two\nlines " : "n", i % 9);
}

static void
clear_row (char *cells[N_CELLS])
{
  for (guint k = 0; k < N_CELLS; k++)
    g_free (cells[k]);
}

static void
append_escaped (GString *out, const char *text, const char *const *pairs)
{
  for (; *text != '\0'; text++)
    {
      guint k = 0;

      while (pairs[k] != NULL && pairs[k][0] != *text)
        k += 2;
      if (pairs[k] != NULL)
        g_string_append (out, pairs[k + 1]);
      else
        g_string_append_c (out, *text);
    }
}

static char *
write_csv (gsize *length)
{
  static const char *const pairs[] = { "\"", "\"\"", NULL };
  GString                 *out = g_string_new ("order_id,phone,time,amount,product,note\n");

  for (guint i = 0; i < N_ROWS; i++)
    {
      char *cells[N_CELLS];

      make_row (i, cells);
      for (guint k = 0; k < N_CELLS; k++)
        {
          gboolean quote = strpbrk (cells[k], ",\"\n") != NULL;

          g_string_append (out, k > 0 ? (quote ? ",\"" : ",") : "");
          append_escaped (out, cells[k], pairs);
          g_string_append (out, quote ? "\"" : "");
        }
      g_string_append_c (out, '\n');
      clear_row (cells);
    }
  *length = out->len;
  return g_string_free (out, FALSE);
}

static char *
write_objects (const char *start, const char *between, const char *end, gsize *length)
{
  static const char *const pairs[] = { "\"", "\\\"", "\n", "\\n", NULL };
  GString                 *out = g_string_new (start);

  for (guint i = 0; i < N_ROWS; i++)
    {
      char *cells[N_CELLS];

      make_row (i, cells);
      g_string_append (out, i > 0 ? between : "");
      for (guint k = 0; k < N_CELLS; k++)
        {
          g_string_append_printf (out, "%s\"%s\": \"", k > 0 ? ", " : "{", headers[k]);
          append_escaped (out, cells[k], pairs);
          g_string_append_c (out, '"');
        }
      g_string_append_c (out, '}');
      clear_row (cells);
    }
  g_string_append (out, end);
  *length = out->len;
  return g_string_free (out, FALSE);
}

static char *
write_json (gsize *length)
{
  return write_objects ("[", ",\n ", "]\n", length);
}

static char *
write_json_lines (gsize *length)
{
  return write_objects ("", "\n", "\n", length);
}

static void
append_sheet_row (GString *out, guint number, const char *const *cells)
{
  static const char *const pairs[] = { "\"", "&quot;", "<", "&lt;", "&", "&amp;", NULL };

  g_string_append_printf (out, "<row r=\"%u\">", number);
  for (guint k = 0; k < N_CELLS; k++)
    {
      g_string_append_printf (out, "<c r=\"%c%u\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", 'A' + k, number);
      append_escaped (out, cells[k], pairs);
      g_string_append (out, "</t></is></c>");
    }
  g_string_append (out, "</row>");
}

static char *
write_workbook (gsize *length)
{
  g_autoptr (GString) sheet = g_string_new ("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
  ZipBuilder zip;
  GBytes    *bytes;

  append_sheet_row (sheet, 1, headers);
  for (guint i = 0; i < N_ROWS; i++)
    {
      char *cells[N_CELLS];

      make_row (i, cells);
      append_sheet_row (sheet, i + 2, (const char *const *) cells);
      clear_row (cells);
    }
  g_string_append (sheet, "</sheetData></worksheet>");
  zip_begin (&zip);
  zip_add (&zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
  zip_add (&zip, "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
  zip_add (&zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
  zip_add (&zip, "xl/worksheets/sheet1.xml", sheet->str);
  bytes = zip_end (&zip);
  return g_bytes_unref_to_data (bytes, length);
}

/* Every row of every table but the project's time of creation. */
static void
digest_table (MqProject *project, const char *name, GChecksum *digest)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s %s ORDER BY 1, 2, 3", name, g_str_equal (name, "project") ? "WHERE name <> 'created'" : "");
  sqlite3_stmt    *statement = NULL;

  if (g_str_equal (name, "project"))
    sql[strlen (sql) - 3] = '\0';
  g_assert_cmpint (sqlite3_prepare_v2 (mq_db_handle (project->db), sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int k = 0; k < sqlite3_column_count (statement); k++)
      {
        const void *data = sqlite3_column_blob (statement, k);
        int         size = sqlite3_column_bytes (statement, k);

        g_checksum_update (digest, (const guchar *) &size, sizeof size);
        if (size > 0)
          g_checksum_update (digest, data, size);
      }
  sqlite3_finalize (statement);
}

static char *
import (const char *folder, const char *file, const MqImportOptions *options, guint threads, char **csv)
{
  static const char *const tables[] = { "project", "import", "run", "run_column", "chunk", "mask", "reject", "status" };
  g_autofree char         *path = g_build_filename (folder, "p.marquetry", NULL);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (MqImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  MqRun run = { NULL, NULL, threads };
  g_autoptr (MqImportDraft) draft = mq_importer_read (file, options, &plan, &run, &error);
  MqProject      *project;
  MqImportOutcome outcome;

  g_assert_no_error (error);
  project = mq_project_create (path, "UTC", "EUR", &error);
  g_assert_no_error (error);
  mq_project_commit_import (project, draft, FALSE, &outcome, &run, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.rejected, ==, 8);
  mq_project_export (project, MQ_KIND_ORDERS, FALSE, out, &run, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    digest_table (project, tables[i], digest);
  mq_project_close (project, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  *csv = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
  return g_strdup (g_checksum_get_string (digest));
}

static char *expected_csv;

static void
test_format (gconstpointer data)
{
  static const gsize blocks[] = { 0, 1, 2, 7, 65536 };
  static const guint threads[] = { 1, 2, 5 };
  static const guint heads[] = { 4, 2 }; /* parts of the text that are looked at first: the rest of a workbook is held, of a text read again */
  Write              write = (Write) data;
  g_autofree char   *folder = g_dir_make_tmp ("mq-cuts-XXXXXX", NULL);
  g_autofree char   *file = g_build_filename (folder, "file", NULL);
  g_autofree char   *lock = g_build_filename (folder, "p.marquetry.lock", NULL);
  g_autofree char   *expected = NULL;
  MqImportOptions    options = { .kind = MQ_KIND_ORDERS, .project_zone = "UTC", .currency = "EUR", .now = NOW };
  gsize              length;
  g_autofree char   *bytes = write (&length);

  g_assert_true (g_file_set_contents (file, bytes, length, NULL));
  for (guint by_rows = 0; by_rows < 2; by_rows++)
    for (guint b = 0; b < G_N_ELEMENTS (blocks); b++)
      for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
        {
          g_autofree char *csv = NULL;
          g_autofree char *found = NULL;

          options.by_rows = by_rows;
          options.block_bytes = blocks[b];
          found = import (folder, file, &options, threads[t], &csv);
          if (expected == NULL)
            expected = g_strdup (found);
          if (expected_csv == NULL)
            expected_csv = g_strdup (csv);
          g_assert_cmpstr (found, ==, expected);
          g_assert_cmpstr (csv, ==, expected_csv);
        }
  for (guint h = 0; h < G_N_ELEMENTS (heads); h++)
    {
      g_autofree char *csv = NULL;
      g_autofree char *found = NULL;

      options.by_rows = FALSE;
      options.block_bytes = 4096;
      options.head_bytes = strlen (expected_csv) / heads[h];
      found = import (folder, file, &options, 2, &csv);
      g_assert_cmpstr (found, ==, expected);
      g_assert_cmpstr (csv, ==, expected_csv);
    }
  g_unlink (file);
  g_unlink (lock);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/import-cuts/csv", write_csv, test_format);
  g_test_add_data_func ("/import-cuts/json", write_json, test_format);
  g_test_add_data_func ("/import-cuts/json-lines", write_json_lines, test_format);
  g_test_add_data_func ("/import-cuts/workbook", write_workbook, test_format);
  status = g_test_run ();
  g_free (expected_csv);
  return status;
}
