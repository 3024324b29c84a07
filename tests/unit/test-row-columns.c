/* test-row-columns.c: files made at random, plain and less plain, read by columns and row by row: what comes out is the
 * same to the byte. MQ_ROW_COLUMN_FILES says how many. Grids against the CSV parser. */

#include "import/csv-grid.h"
#include "import/importer.h"
#include "project/staged-run.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1735689600000000) /* 2025-01-01 UTC */
#define FILES 100

typedef struct
{
  const char *header;
  const char *usual[6];
  const char *odd[8];
} Column;

static const Column event_columns[] = {
  { "customer_id", { "C00127402", "C00000001", "0042", "客户一", "", "7" }, { "NA", " x ", "'=1", "-", "　", "a b", "'", "#N/A" } },
  { "time", { "2024-11-01 00:05:44", "2024-11-02 23:59:59", "2024-02-29T12:00:00", "2024-11-03", "2024-11-03 07:08", "2026-01-01 00:00:00" }, { "", "2024-13-01 00:00:00", "2024-11-01 24:00:00", "NA", " 2024-11-01 00:05:44", "x", "2024-11-01 00:05:4:", "2023-02-29 00:00:00" } },
  { "event", { "page_view", "purchase", "add_to_cart", "注册", "view", "n" }, { "", "NULL", "null ", "(none)", "\tx", "none", "'+1", "无" } },
  { "channel", { "email", "", "organic", "direct", "paid", "newsletter" }, { "N/A", "--", "(not set)", "—", " ", "-x", "\\N", "'" } },
  { "product", { "product-0334", "product-0019", "a very long name of a product", "P", "", "0123456789abcde" }, { "'@x", "x'", "无糖", "\xc2\xa0y", "null", "-", "0123456789abcdef", "0123456789abcdeg" } },
  { "amount", { "19.20", "", "0", "1234567.89", "5", "-3.5" }, { "1,5", "1.005", "x", "NA", "1e3", "(4)", "€5", "99999999999999999" } },
  { "Level", { "1", "2", "3", "10", "", "0" }, { "1", "-4", "12345", "1.5", "007", "x", "-0", "NA" } },
};
static const Column order_columns[] = {
  { "order_id", { "1001", "1002", "A-7", "1003", "1004", "1005" }, { "", "NA", "-", " 9 ", "'=x", "x", "y", "z" } },
  { "customer_id", { "C1", "C2", "C3", "", "C4", "C5" }, { "NA", " x ", "'=1", "-", "　", "a b", "'", "#N/A" } },
  { "created_time", { "2024-11-01 00:05:44", "2024-11-02 23:59:59", "2024-02-29 12:00:00", "2024-11-03", "", "2024-06-06 06:06" }, { "", "2024-13-01", "x", "NA", " 2024-11-01", "--", "2024-11-01 00:00:60", "1" } },
  { "paid_time", { "2024-11-01 00:06:44", "2024-11-03 00:00:00", "", "", "2024-11-03", "2025-06-06 06:06:06" }, { "", "2024-13-01", "x", "NA", " 2024-11-01", "--", "2024-11-01 00:00:60", "1" } },
  { "amount", { "19.20", "7", "0", "1234567.89", "5.5", "-3.5" }, { "", "1.005", "x", "NA", "2.5", "(4)", "12.345", "99999999999999999" } },
  { "quantity", { "1", "2", "3", "", "12", "0" }, { "1.5", "x", "-", "1e2", "-1", "2.25", "0.5", "99999999999999999999" } },
  { "currency", { "EUR", "EUR", "", "JPY", "USD", "KWD" }, { "rmb", "eur", "RMB", "XX", "E", "人民币", " EUR", "€" } },
  { "product", { "product-0334", "product-0019", "x", "P", "", "茶" }, { "'@x", "x'", "无糖", "\xc2\xa0y", "null", "-", "a\x1e"
                                                                                                                        "b",
                                                                         "," } },
};

static char *folder;

static void
append_cell (GString *text, GRand *random, const Column *column, char delimiter, guint oddness, gboolean ragged)
{
  guint       pick = g_rand_int_range (random, 0, 1000);
  const char *cell = pick < oddness ? column->odd[g_rand_int_range (random, 0, 8)] : column->usual[g_rand_int_range (random, 0, 6)];

  if (strchr (cell, delimiter) != NULL || (ragged && g_rand_int_range (random, 0, 5000) == 0))
    g_string_append_printf (text, "\"%s\"", cell);
  else
    g_string_append (text, cell);
}

static GString *
make_file (GRand *random, const Column *columns, guint n_columns)
{
  static const guint oddnesses[] = { 0, 2, 30, 300 };
  static const char  delimiters[] = { ',', ',', ';', '\t' };
  char               delimiter = delimiters[g_rand_int_range (random, 0, 4)];
  const char        *line_end = g_rand_int_range (random, 0, 3) == 0 ? "\r\n" : "\n";
  guint              oddness = oddnesses[g_rand_int_range (random, 0, 4)];
  gboolean           ragged = oddness > 0 && g_rand_int_range (random, 0, 4) == 0;
  guint              rows = g_rand_int_range (random, 1, 4000);
  GString           *text = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (text, delimiter);
      g_string_append (text, columns[i].header);
    }
  for (guint row = 0; row < rows; row++)
    {
      guint cells = ragged && g_rand_int_range (random, 0, 2000) == 0 ? (guint) g_rand_int_range (random, 1, n_columns + 2) : n_columns;

      g_string_append (text, ragged && g_rand_int_range (random, 0, 3000) == 0 ? "\n\n" : line_end);
      for (guint i = 0; i < cells; i++)
        {
          if (i > 0)
            g_string_append_c (text, delimiter);
          append_cell (text, random, &columns[MIN (i, n_columns - 1)], delimiter, oddness, ragged);
        }
    }
  if (g_rand_boolean (random))
    g_string_append (text, line_end);
  return text;
}

static void
assert_same_piece (const MqImportDraft *a, const MqImportDraft *b, MqSpillPiece x, MqSpillPiece y)
{
  g_autoptr (GByteArray) left = g_byte_array_new ();
  g_autoptr (GByteArray) right = g_byte_array_new ();

  g_assert_cmpmem (mq_spill_get (a->spill, x, left, NULL), x.length, mq_spill_get (b->spill, y, right, NULL), y.length);
}

static void
assert_same_column (const MqImportDraft *a, const MqImportDraft *b, const MqStagedColumn *x, const MqStagedColumn *y)
{
  g_assert_cmpstr (x->name, ==, y->name);
  g_assert_cmpint (x->type, ==, y->type);
  g_assert_cmpint (x->scale, ==, y->scale);
  g_assert_cmpint (x->n_strings, ==, y->n_strings);
  if (x->has_dictionary)
    assert_same_piece (a, b, x->dictionary, y->dictionary);
  g_assert_cmpuint (x->chunks->len, ==, y->chunks->len);
  for (guint i = 0; i < x->chunks->len; i++)
    assert_same_piece (a, b, g_array_index (x->chunks, MqStagedChunk, i).piece, g_array_index (y->chunks, MqStagedChunk, i).piece);
}

static void
assert_same_rejects (const MqImportDraft *a, const MqImportDraft *b)
{
  g_assert_cmpuint (a->rejects->len, ==, b->rejects->len);
  for (guint i = 0; i < a->rejects->len; i++)
    {
      const MqReject *x = g_ptr_array_index (a->rejects, i);
      const MqReject *y = g_ptr_array_index (b->rejects, i);

      g_assert_cmpint (x->line, ==, y->line);
      g_assert_cmpint (x->column, ==, y->column);
      g_assert_cmpstr (x->reason, ==, y->reason);
      g_assert_cmpstr (x->text, ==, y->text);
    }
}

static void
assert_same_draft (const MqImportDraft *a, const MqImportDraft *b)
{
  g_assert_cmpstr (a->mapping, ==, b->mapping);
  g_assert_cmpint (a->rows_read, ==, b->rows_read);
  assert_same_rejects (a, b);
  g_assert_cmpuint (a->warnings->len, ==, b->warnings->len);
  for (guint i = 0; i < a->warnings->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->warnings, i), ==, g_ptr_array_index (b->warnings, i));
  g_assert_cmpuint (a->runs->len, ==, b->runs->len);
  for (guint i = 0; i < a->runs->len; i++)
    {
      const MqStagedRun *x = g_ptr_array_index (a->runs, i);
      const MqStagedRun *y = g_ptr_array_index (b->runs, i);

      g_assert_cmpuint (x->n_rows, ==, y->n_rows);
      g_assert_cmpuint (x->columns->len, ==, y->columns->len);
      for (guint k = 0; k < x->columns->len; k++)
        assert_same_column (a, b, g_ptr_array_index (x->columns, k), g_ptr_array_index (y->columns, k));
    }
}

static void
assert_same_plan (const MqImportPlan *a, const MqImportPlan *b)
{
  g_assert_cmpuint (a->columns->len, ==, b->columns->len);
  for (guint i = 0; i < a->columns->len; i++)
    {
      const MqImportColumn *x = g_ptr_array_index (a->columns, i);
      const MqImportColumn *y = g_ptr_array_index (b->columns, i);

      g_assert_cmpstr (x->field, ==, y->field);
      g_assert_cmpstr (x->missing, ==, y->missing);
      g_assert_cmpint (x->filled, ==, y->filled);
    }
}

/* Returns the rows that were stored. */
static guint
compare_ways (const char *path, MqImportOptions options, GRand *random)
{
  static const gsize blocks[] = { 0, 0, 20000, 500 };
  MqRun              run = { NULL, NULL, g_rand_int_range (random, 1, 4) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  MqImportPlan  *plan = NULL;
  MqImportPlan  *other_plan = NULL;
  MqImportDraft *draft;
  MqImportDraft *other;
  guint          rows = 0;

  options.head_bytes = g_rand_boolean (random) ? 0 : 5000;
  options.block_bytes = blocks[g_rand_int_range (random, 0, G_N_ELEMENTS (blocks))];
  options.stop_on_bad_row = g_rand_int_range (random, 0, 8) == 0;
  draft = mq_importer_read (path, &options, &plan, &run, &error);
  options.by_rows = TRUE;
  other = mq_importer_read (path, &options, &other_plan, &run, &other_error);
  g_assert_cmpstr (error != NULL ? error->message : "", ==, other_error != NULL ? other_error->message : "");
  g_assert_true ((draft != NULL) == (other != NULL));
  if (draft != NULL)
    {
      assert_same_draft (draft, other);
      assert_same_plan (plan, other_plan);
      rows = draft->rows_read - draft->rejects->len;
    }
  g_clear_pointer (&draft, mq_import_draft_free);
  g_clear_pointer (&other, mq_import_draft_free);
  g_clear_pointer (&plan, mq_import_plan_free);
  g_clear_pointer (&other_plan, mq_import_plan_free);
  return rows;
}

static void
test_two_ways (void)
{
  static char     *product_map[] = { (char *) "amount=quantity*amount", NULL };
  const char      *many = g_getenv ("MQ_ROW_COLUMN_FILES");
  guint            n = many != NULL ? g_ascii_strtoull (many, NULL, 10) : FILES;
  g_autofree char *path = g_build_filename (folder, "file.csv", NULL);
  guint            rows = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      gboolean        orders = i % 2;
      MqImportOptions options = { .kind = orders ? MQ_KIND_ORDERS : MQ_KIND_EVENTS, .project_zone = i % 3 == 0 ? "Europe/Berlin" : "UTC", .currency = "EUR", .now = NOW };
      g_autoptr (GString) text = orders ? make_file (random, order_columns, G_N_ELEMENTS (order_columns)) : make_file (random, event_columns, G_N_ELEMENTS (event_columns));

      if (orders && i % 4 == 1)
        options.map = product_map;
      g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
      rows += compare_ways (path, options, random);
    }
  g_assert_cmpuint (rows, >, 500 * n);
  g_unlink (path);
}

typedef struct
{
  const MqCsvGrid *grid;
  guint            record;
} GridWalk;

static gboolean
compare_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  GridWalk *walk = data;

  g_assert_cmpuint (n_cells, ==, walk->grid->n_columns);
  g_assert_cmpint (line, ==, walk->record + 1);
  for (guint i = 0; i < n_cells; i++)
    {
      gsize begin = mq_csv_grid_begin (walk->grid, walk->record, i);

      g_assert_cmpmem (cells[i].text, cells[i].length, walk->grid->text + begin, mq_csv_grid_end (walk->grid, walk->record, i) - begin);
    }
  walk->record++;
  return TRUE;
}

/* Every text of eight bytes over the five that matter: what is a grid is what the parser makes of it. */
static void
test_grids (void)
{
  static const char bytes[] = { 'x', ',', '\n', '\r', '"' };
  g_autoptr (MqCsvGrid) grid = mq_csv_grid_new ();
  MqCsvDialect dialect = { ",", TRUE };
  guint        grids = 0;

  for (guint i = 0; i < 5 * 5 * 5 * 5 * 5 * 5 * 5 * 5; i++)
    {
      char     text[8];
      GridWalk walk = { grid, 0 };

      for (guint k = 0, rest = i; k < sizeof text; k++, rest /= 5)
        text[k] = bytes[rest % 5];
      for (gsize length = i % 5 == 0 ? 1 : 8; length <= 8; length += 7)
        if (mq_csv_grid_read (grid, &dialect, text, length, 2))
          {
            grids++;
            walk.record = 0;
            g_assert_true (mq_csv_parse (&dialect, text, length, 1, 10, compare_record_cb, &walk, NULL));
            g_assert_cmpuint (walk.record, ==, grid->n_records);
          }
    }
  g_assert_cmpuint (grids, >, 100);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("marquetry-test-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/row-columns/grids", test_grids);
  g_test_add_func ("/row-columns/two-ways", test_two_ways);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
