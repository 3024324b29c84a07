/* test-csv-parser.c: the parser and the splitter against a table, against text made from known cells, and against a slow
 * and obvious parser on random text: at every push size the same records, lines, cells and errors. */

#include <string.h>

#include "import/csv-parser.h"
#include "import/csv-scan.h"
#include "import/import-error.h"

#define NO_LIMIT (64 * 1024 * 1024)

static const MqCsvDialect COMMA = { ",", TRUE };
static const MqCsvDialect BLANKS = { "", TRUE };
static const MqCsvDialect DIALECTS[] = {
  { ",", TRUE },
  { ",", FALSE },
  { ";", TRUE },
  { "\t", TRUE },
  { " ", TRUE },
  { "\x1f", TRUE },
  { "，", TRUE },
  { "，", FALSE },
  { "", TRUE },
  { "", FALSE },
};

/* A record as text: "LINE", then for each cell "<", flags, ":", its text, ">". */
static void
dump_cell (GString *out, const char *text, gsize length, gboolean quoted, gboolean odd, gboolean nul)
{
  g_string_append_printf (out, "<%s%s%s:", quoted ? "q" : "", odd ? "o" : "", nul ? "n" : "");
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\0')
      g_string_append (out, "\\0");
    else
      g_string_append_c (out, text[i]);
  g_string_append_c (out, '>');
}

static gboolean
dump_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%d", (int) line);
  for (guint i = 0; i < n_cells; i++)
    dump_cell (out, cells[i].text, cells[i].length, cells[i].quoted, cells[i].odd, cells[i].nul);
  g_string_append_c (out, '\n');
  return TRUE;
}

static char *
dump_whole (const MqCsvDialect *dialect, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  if (!mq_csv_parse (dialect, text, length, 1, 1000000, dump_record_cb, out, &error))
    g_string_append_printf (out, "error %s", error->message);
  return g_string_free (out, FALSE);
}

static char *
dump_pushed (const MqCsvDialect *dialect, const char *text, gsize length, gsize push, gsize limit)
{
  g_autoptr (MqCsvSplitter) splitter = mq_csv_splitter_new (dialect, limit);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  gboolean at_end = FALSE;

  for (gsize at = 0; !at_end && error == NULL;)
    {
      gsize  size = MIN (push, length - at);
      gint64 line = 0;
      g_autoptr (GBytes) block = NULL;

      mq_csv_splitter_push (splitter, text + at, size);
      at += size;
      at_end = size == 0;
      block = mq_csv_splitter_pop (splitter, at_end, &line, &error);
      if (block != NULL)
        g_assert_true (mq_csv_parse (dialect, g_bytes_get_data (block, NULL), g_bytes_get_size (block), line, 1000000, dump_record_cb, out, &error));
    }
  if (error != NULL)
    g_string_append_printf (out, "error %s", error->message);
  return g_string_free (out, FALSE);
}

/* The obvious parser. */

typedef struct
{
  const MqCsvDialect *dialect;
  const char         *text;
  gsize               length;
  gsize               at;
  gint64              line;
  GString            *cells;
  guint               n_cells;
  gboolean            blank;
  gsize               unclosed; /* offset of the quote + 1 */
} Obvious;

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
at_line_end (const Obvious *self)
{
  return self->at == self->length || self->text[self->at] == '\n' || self->text[self->at] == '\r';
}

static gsize
at_delimiter (const Obvious *self)
{
  gsize size = strlen (self->dialect->delimiter);

  if (size == 0)
    return self->at < self->length && is_blank (self->text[self->at]);
  return self->length - self->at >= size && memcmp (self->text + self->at, self->dialect->delimiter, size) == 0 ? size : 0;
}

static void
pass_line_end (Obvious *self)
{
  if (self->at == self->length)
    return;
  if (self->text[self->at] == '\r' && self->at + 1 < self->length && self->text[self->at + 1] == '\n')
    self->at++;
  self->at++;
  self->line++;
}

static void
read_quoted (Obvious *self, GString *value)
{
  gsize open = self->at++;

  for (;;)
    {
      if (self->at == self->length)
        {
          self->unclosed = open + 1;
          return;
        }
      if (self->text[self->at] == '"')
        {
          self->at++;
          if (self->at == self->length || self->text[self->at] != '"')
            return;
        }
      else if (self->text[self->at] == '\n' && self->text[self->at - 1] == '\r')
        self->line--;
      self->line += at_line_end (self);
      g_string_append_c (value, self->text[self->at++]);
    }
}

static void
read_cell (Obvious *self)
{
  g_autoptr (GString) value = g_string_new (NULL);
  gsize    body = 0;
  gsize    start = self->at;
  gboolean quoted;
  gboolean odd = FALSE;

  if (strlen (self->dialect->delimiter) > 0 && !is_blank (self->dialect->delimiter[0]))
    while (self->at < self->length && is_blank (self->text[self->at]))
      self->at++;
  quoted = self->dialect->quotes && self->at < self->length && self->text[self->at] == '"';
  if (quoted)
    read_quoted (self, value);
  else
    self->at = start;
  if (self->unclosed != 0)
    return;
  body = value->len;
  while (!at_line_end (self) && at_delimiter (self) == 0)
    {
      odd = odd || (quoted ? !is_blank (self->text[self->at]) : self->dialect->quotes && self->text[self->at] == '"');
      self->blank = self->blank && is_blank (self->text[self->at]);
      g_string_append_c (value, self->text[self->at++]);
    }
  if (quoted && !odd)
    g_string_truncate (value, body);
  self->blank = self->blank && !quoted;
  self->n_cells++;
  dump_cell (self->cells, value->str, value->len, quoted, odd, memchr (value->str, '\0', value->len) != NULL);
}

static void
read_record (Obvious *self)
{
  gboolean runs = self->dialect->delimiter[0] == '\0';

  self->blank = TRUE;
  for (;;)
    {
      while (runs && at_delimiter (self) > 0)
        self->at++;
      if (runs && at_line_end (self))
        break;
      read_cell (self);
      if (self->unclosed != 0 || at_line_end (self))
        break;
      self->at += at_delimiter (self);
    }
  if (self->n_cells == 1 && self->blank)
    self->n_cells = 0;
}

static int
count_column (const char *text, gsize offset)
{
  gsize start = offset;
  int   column = 1;

  while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
    start--;
  for (; start < offset; start++)
    column += (text[start] & 0xc0) != 0x80;
  return column;
}

static int
count_line (const char *text, gsize offset)
{
  int line = 1;

  for (gsize i = 0; i < offset; i++)
    line += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < offset && text[i + 1] == '\n'));
  return line;
}

static char *
dump_obvious (const MqCsvDialect *dialect, const char *text, gsize length)
{
  Obvious  self = { dialect, text, length, 0, 1 };
  GString *out = g_string_new (NULL);

  while (self.at < length && self.unclosed == 0)
    {
      g_autoptr (GString) cells = g_string_new (NULL);
      gint64 line = self.line;

      self.cells = cells;
      self.n_cells = 0;
      read_record (&self);
      if (self.n_cells > 0 && self.unclosed == 0)
        g_string_append_printf (out, "%d%s\n", (int) line, cells->str);
      pass_line_end (&self);
    }
  if (self.unclosed > 0)
    g_string_append_printf (out, "error %d:%d: The quote that opens here is never closed. Close it, or double it if it is part of the text.", count_line (text, self.unclosed - 1), count_column (text, self.unclosed - 1));
  return g_string_free (out, FALSE);
}

static void
check_text (const MqCsvDialect *dialect, const char *text, gsize length)
{
  static const gsize pushes[] = { 1, 2, 7, 64, 4096 };
  g_autofree char   *obvious = dump_obvious (dialect, text, length);
  g_autofree char   *whole = dump_whole (dialect, text, length);

  g_assert_cmpstr (whole, ==, obvious);
  for (guint i = 0; i < G_N_ELEMENTS (pushes); i++)
    {
      g_autofree char *pushed = dump_pushed (dialect, text, length, pushes[i], NO_LIMIT);

      g_assert_cmpstr (pushed, ==, obvious);
    }
}

static const struct
{
  const MqCsvDialect *dialect;
  const char         *text;
  const char         *expected;
} CASES[] = {
  { &COMMA, "", "" },
  { &COMMA, "a,b\nc,d\n", "1<:a><:b>\n2<:c><:d>\n" },
  { &COMMA, "a,b\r\nc,d\re,f", "1<:a><:b>\n2<:c><:d>\n3<:e><:f>\n" },
  { &COMMA, "a,\n,b\n,\n", "1<:a><:>\n2<:><:b>\n3<:><:>\n" },
  { &COMMA, "\n\na\n \t\r\r\nb", "3<:a>\n6<:b>\n" },
  { &COMMA, "\"a,b\",\"c\"\"d\",\"\"\n", "1<q:a,b><q:c\"d><q:>\n" },
  { &COMMA, "\"\"\n\"\"", "1<q:>\n2<q:>\n" },
  { &COMMA, "\"1\r\n2\r3\n4\",x\ny", "1<q:1\r\n2\r3\n4><:x>\n5<:y>\n" },
  { &COMMA, "  \"a,b\" ,c", "1<q:a,b><:c>\n" },
  { &COMMA, "An\"n,b\"", "1<o:An\"n><o:b\">\n" },
  { &COMMA, "\"Ann\"x,\"a\" \"b,c", "1<qo:Annx><qo:a \"b><:c>\n" },
  { &COMMA, "\"She said \\\"hi\\\"\"\",b", "1<qo:She said \\hi\\\"\"\"><:b>\n" },
  { &COMMA, "a\xe2\x80\xa8"
            "b\xc2\x85"
            "c\x0b"
            "d\x0c"
            "e\n",
    "1<:a\xe2\x80\xa8"
    "b\xc2\x85"
    "c\x0b"
    "d\x0c"
    "e>\n" },
  { &COMMA, "张,\"三\n,", "1<:张>error 1:3: The quote that opens here is never closed. Close it, or double it if it is part of the text." },
  { &BLANKS, "  00001 1\t\"a b\"  \n\n \n2 x\"y", "1<:00001><:1><q:a b>\n4<:2><o:x\"y>\n" },
  { &DIALECTS[6], "a，b,c，\"d，e\"，\n", "1<:a><:b,c><q:d，e><:>\n" },
  { &DIALECTS[3], "\"a\tb\"\t \"c\n", "1<q:a\tb><o: \"c>\n" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gsize length = strlen (CASES[i].text);

      if (strstr (CASES[i].expected, "error") == NULL)
        {
          g_autofree char *whole = dump_whole (CASES[i].dialect, CASES[i].text, length);

          g_assert_cmpstr (whole, ==, CASES[i].expected);
        }
      check_text (CASES[i].dialect, CASES[i].text, length);
    }
}

static void
append_soup (GString *out, GRand *rand, const MqCsvDialect *dialect)
{
  static const char *const pieces[] = { "\"", "\"\"", "\n", "\r", "\r\n", " ", "\t", "a", "12.5", "张伟", "，", ",", ";", "\xef", "\xbc", "\x1f", "\xe2\x80\xa8", "an entirely ordinary piece of text that is longer than a word of the mask" };
  guint                    pick = g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces) + 8);

  if (pick < G_N_ELEMENTS (pieces))
    g_string_append (out, pieces[pick]);
  else if (pick == G_N_ELEMENTS (pieces))
    g_string_append_len (out, "\0", 1);
  else if (pick < G_N_ELEMENTS (pieces) + 5)
    g_string_append (out, dialect->delimiter);
  else
    g_string_append (out, "\"");
}

static void
test_soup (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    {
      const MqCsvDialect *dialect = &DIALECTS[i % G_N_ELEMENTS (DIALECTS)];
      guint               n = g_rand_int_range (rand, 0, i % 100 == 0 ? 2000 : 40);

      g_string_truncate (text, 0);
      for (guint j = 0; j < n; j++)
        append_soup (text, rand, dialect);
      check_text (dialect, text->str, text->len);
    }
}

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

/* Cells → RFC 4180 → cells. */
static void
test_known_cells (void)
{
  static const char *const values[] = { "", "a", "1,234.50", "two\nlines", "a \"quoted\" word", "\"", "，", " blanks ", "\r\n", "张伟", "2024-01-31 10:00:00" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4180);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) expected = g_string_new (NULL);
      guint n_cells = g_rand_int_range (rand, 2, 9);
      int   line = 1;

      for (guint row = g_rand_int_range (rand, 0, 20); row > 0; row--)
        {
          g_string_append_printf (expected, "%d", line);
          for (guint j = 0; j < n_cells; j++)
            {
              const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
              gboolean    quoted = strpbrk (value, ",\"\r\n") != NULL || g_rand_boolean (rand);

              g_string_append (text, j > 0 ? "," : "");
              if (quoted)
                append_quoted (text, value);
              else
                g_string_append (text, value);
              dump_cell (expected, value, strlen (value), quoted, FALSE, FALSE);
              line += strchr (value, '\n') != NULL;
            }
          g_string_append (text, row % 2 ? "\r\n" : "\n");
          g_string_append_c (expected, '\n');
          line++;
        }
      g_autofree char *found = dump_whole (&COMMA, text->str, text->len);

      g_assert_cmpstr (found, ==, expected->str);
      check_text (&COMMA, text->str, text->len);
    }
}

static void
test_scan_variants (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (64);
  const MqCsvNeedles needles = { { '\n', '\r', '"', 0xef, '\t' } };
  char               text[64 * 9];
  guint64            masks[9];
  guint64            others[9];

  for (guint round = 0; round < 500; round++)
    {
      for (guint i = 0; i < sizeof text; i++)
        text[i] = g_rand_int_range (rand, 0, 4) == 0 ? needles.bytes[g_rand_int_range (rand, 0, 5)] : g_rand_int_range (rand, 0, 256);
      mq_csv_scan_variant (0) (&needles, text, G_N_ELEMENTS (masks), masks);
      for (guint i = 0; i < sizeof text; i++)
        g_assert_cmpint (masks[i / 64] >> (i % 64) & 1, ==, memchr (needles.bytes, text[i], 5) != NULL);
      for (guint variant = 1; variant < MQ_CSV_SCAN_VARIANTS; variant++)
        if (mq_csv_scan_variant (variant) != NULL)
          {
            mq_csv_scan_variant (variant) (&needles, text, G_N_ELEMENTS (others), others);
            g_assert_cmpmem (others, sizeof others, masks, sizeof masks);
          }
    }
}

static void
test_count_lines (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autofree char *text = g_malloc (10000);

  for (guint round = 0; round < 300; round++)
    {
      gsize length = g_rand_int_range (rand, 0, round % 10 == 0 ? 10000 : 200);

      for (gsize i = 0; i < length; i++)
        text[i] = "a\r\n,"[g_rand_int_range (rand, 0, 4)];
      g_assert_cmpint (mq_csv_count_lines (text, length), ==, count_line (text, length) - 1);
    }
}

static void
test_max_record (void)
{
  static const gsize pushes[] = { 1, 2, 7, 64, 4096 };
  const char        *text = "a,b\r\n12345678,\"0\n\"\r\nx\n123456789,\"0\n\"\r\ny\n";
  const char        *message = "error 5:1: The record that begins here is longer than 13 bytes, which is the limit. Look for a quote that is never closed, or split the file.";

  for (guint i = 0; i < G_N_ELEMENTS (pushes); i++)
    {
      g_autofree char *fits = dump_pushed (&COMMA, text, strlen (text), pushes[i], 14);
      g_autofree char *long_one = dump_pushed (&COMMA, text, strlen (text), pushes[i], 13);

      g_assert_null (strstr (fits, "error"));
      g_assert_nonnull (strstr (long_one, message));
    }
}

static void
test_max_cells (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mq_csv_parse (&COMMA, "a,b\n\"1\n2\",3", 11, 7, 2, dump_record_cb, out, &error));
  g_assert_false (mq_csv_parse (&COMMA, "a,b\n\"1\n张\",\"\n3\",4", 19, 7, 2, dump_record_cb, out, &error));
  g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, "10:4: "));
}

static void
test_cell_position (void)
{
  const char *record = "张三,\"a\nb，\",c,d";
  const int   expected[][2] = { { 4, 1 }, { 4, 4 }, { 5, 5 }, { 5, 7 }, { 5, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gint64 line = 4;
      gint64 column;

      mq_csv_cell_position (&COMMA, record, strlen (record), i, &line, &column);
      g_assert_cmpint (line, ==, expected[i][0]);
      g_assert_cmpint (column, ==, expected[i][1]);
    }
}

static gboolean
stop_at_second_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  guint *n = data;

  if (++*n < 2)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
  return FALSE;
}

static void
test_handler_stops (void)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_false (mq_csv_parse (&COMMA, "1\n2\n\"3", 6, 1, 10, stop_at_second_cb, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-parser/table", test_table);
  g_test_add_func ("/csv-parser/soup", test_soup);
  g_test_add_func ("/csv-parser/known-cells", test_known_cells);
  g_test_add_func ("/csv-parser/scan-variants", test_scan_variants);
  g_test_add_func ("/csv-parser/count-lines", test_count_lines);
  g_test_add_func ("/csv-parser/max-record", test_max_record);
  g_test_add_func ("/csv-parser/max-cells", test_max_cells);
  g_test_add_func ("/csv-parser/cell-position", test_cell_position);
  g_test_add_func ("/csv-parser/handler-stops", test_handler_stops);
  return g_test_run ();
}
