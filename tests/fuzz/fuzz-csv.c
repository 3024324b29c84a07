/* fuzz-csv.c: bytes → text source → sniffing → splitter and parser. The first byte chooses the dialect, the second the
 * size of the pushes; cut up or whole, the records and the error must be the same. */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "import/csv-parser.h"
#include "import/csv-sniff.h"
#include "import/encoding.h"
#include "import/text-source.h"

#define MAX_RECORD (1 << 20)
#define MAX_CELLS 100000

typedef struct
{
  guint64 hash;
  guint64 n;
  char   *message; /* (owned) (nullable) */
} Outcome;

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

static void
add_bytes (Outcome *self, gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    self->hash = (self->hash ^ bytes[i]) * 0x100000001b3;
}

static gboolean
add_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  Outcome *self = data;
  gint64   cell_line = line;
  gint64   column;

  self->n++;
  add_bytes (self, &line, sizeof line);
  add_bytes (self, record, record_length);
  for (guint i = 0; i < n_cells; i++)
    {
      guint32 facts[] = { cells[i].length, cells[i].quoted, cells[i].odd, cells[i].nul };

      add_bytes (self, facts, sizeof facts);
      add_bytes (self, cells[i].text, cells[i].length);
      check (cells[i].nul == (memchr (cells[i].text, '\0', cells[i].length) != NULL));
    }
  if (self->n < 4)
    {
      static const MqCsvDialect comma = { ",", TRUE };

      mq_csv_cell_position (&comma, record, record_length, n_cells, &cell_line, &column);
      check (cell_line >= line && column >= 1);
    }
  return TRUE;
}

static void
parse_whole (const MqCsvDialect *dialect, const char *text, gsize length, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;

  if (!mq_csv_parse (dialect, text, length, 1, MAX_CELLS, add_record_cb, outcome, &error))
    outcome->message = g_strdup (error->message);
}

static void
parse_pushed (const MqCsvDialect *dialect, const char *text, gsize length, gsize push, Outcome *outcome)
{
  g_autoptr (MqCsvSplitter) splitter = mq_csv_splitter_new (dialect, MAX_RECORD);
  g_autoptr (GError) error = NULL;
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
        mq_csv_parse (dialect, g_bytes_get_data (block, NULL), g_bytes_get_size (block), line, MAX_CELLS, add_record_cb, outcome, &error);
    }
  if (error != NULL)
    outcome->message = g_strdup (error->message);
}

static void
check_parser (const MqCsvDialect *dialect, const char *text, gsize length, gsize push)
{
  Outcome whole = { 0xcbf29ce484222325 };
  Outcome pushed = whole;

  parse_whole (dialect, text, length, &whole);
  parse_pushed (dialect, text, length, push, &pushed);
  check (g_strcmp0 (whole.message, pushed.message) == 0);
  check (whole.hash == pushed.hash && whole.n == pushed.n);
  g_free (whole.message);
  g_free (pushed.message);
}

static void
check_sniff (const char *text, gsize length, gsize push)
{
  MqCsvLayout layout;

  if (!mq_csv_sniff (text, length, NULL, &layout, NULL))
    return;
  check (layout.n_columns >= 1);
  check_parser (&layout.dialect, text, length, push);
}

/* What comes out is UTF-8, the same whatever the size of reading, and after rewinding. */
static void
check_source (const char *bytes, gsize length, gsize size)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (bytes, length, NULL);
  g_autoptr (MqTextSource) source = mq_text_source_open_stream (in, "fuzz.csv", G_MAXINT32, NULL, NULL, NULL);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  char   buffer[300];
  gssize n;
  gsize  total = 0;

  if (source == NULL)
    return;
  while ((n = mq_text_source_read (source, buffer, MIN (size, sizeof buffer), NULL)) > 0)
    g_byte_array_append (text, (const guint8 *) buffer, n);
  if (n < 0)
    return;
  check (mq_utf8_check ((const char *) text->data, text->len) == text->len);
  check (mq_text_source_sha256 (source) != NULL);
  check (mq_text_source_rewind (source, NULL));
  while ((n = mq_text_source_read (source, buffer, sizeof buffer, NULL)) > 0)
    {
      check (total + n <= text->len && memcmp (buffer, text->data + total, n) == 0);
      total += n;
    }
  check (n == 0 && total == text->len);
  if (total > 0)
    check_sniff ((const char *) text->data, total, size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const delimiters[] = { ",", ";", "\t", " ", "|", "\x1f", "，", "" };
  MqCsvDialect             dialect = { .quotes = TRUE };
  const char              *text = (const char *) data + 2;

  if (size < 3)
    return 0;
  size -= 2;
  dialect.quotes = (data[0] & 8) == 0;
  g_strlcpy (dialect.delimiter, delimiters[data[0] % 8], sizeof dialect.delimiter);
  if (data[0] & 0x80)
    check_source (text, size, MAX (data[1], 1));
  else if (data[0] & 0x40)
    check_sniff (text, size, MAX (data[1], 1));
  else
    check_parser (&dialect, text, size, MAX (data[1], 1));
  return 0;
}
