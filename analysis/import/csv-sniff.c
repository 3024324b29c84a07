/* csv-sniff.c: tries each delimiter on the first records and takes the one under which they agree; then looks which
 * record is the header. */

#include "config.h"
#include "import/csv-sniff.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/cell-look.h"
#include "import/header-dictionary.h"
#include "import/import-error.h"

#define SAMPLE_BYTES (1024 * 1024)
#define SAMPLE_RECORDS 1000
#define MAX_CELLS (1 << 20)
#define MAX_TITLES 20
#define MAX_JUDGED 4096 /* columns looked at for a header */
#define BLANKS "blanks" /* as users name runs of blanks */

typedef struct
{
  char **cells; /* (owned) (array length=n) stripped */
  guint  n;
  gint64 line;
} Row;

/* What the sample is under one dialect. */
typedef struct
{
  guint      n;
  guint      counts[SAMPLE_RECORDS]; /* cells a record */
  gsize      n_cells;
  gsize      n_typed; /* numbers and dates */
  gsize      n_odd;
  gsize      n_left; /* cells that begin or end with a comma or semicolon */
  GPtrArray *rows;   /* (owned) (nullable) (element-type Row): asked for in the second pass only */
} Sample;

static void
free_row (Row *row)
{
  for (guint i = 0; i < row->n; i++)
    g_free (row->cells[i]);
  g_free (row->cells);
  g_free (row);
}

static void
clear_sample (Sample *sample)
{
  g_clear_pointer (&sample->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, clear_sample)

static void
keep_row (Sample *sample, const MqCsvCell *cells, guint n_cells, gint64 line)
{
  Row *row = g_new0 (Row, 1);

  row->line = line;
  row->n = MIN (n_cells, MAX_JUDGED);
  row->cells = g_new0 (char *, row->n);
  for (guint i = 0; i < row->n; i++)
    row->cells[i] = g_strstrip (g_strndup (cells[i].text, cells[i].length));
  g_ptr_array_add (sample->rows, row);
}

static gboolean
touches_delimiter (const MqCsvCell *cell)
{
  return cell->length > 0 && (strchr (",;", cell->text[0]) != NULL || strchr (",;", cell->text[cell->length - 1]) != NULL);
}

static gboolean
take_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  Sample *sample = data;

  if (n_cells > 0 && cells[0].broken)
    return TRUE;
  sample->counts[sample->n++] = n_cells;
  sample->n_cells += n_cells;
  for (guint i = 0; i < n_cells; i++)
    {
      sample->n_odd += cells[i].odd;
      sample->n_left += touches_delimiter (&cells[i]);
      sample->n_typed += mq_cell_looks_typed (cells[i].text, cells[i].length);
    }
  if (sample->rows != NULL)
    keep_row (sample, cells, n_cells, line);
  return sample->n < SAMPLE_RECORDS;
}

/* An error behind the first record (a quote still open) means nothing: the sample may end there, or the dialect is a
 * wrong guess. */
static gboolean
take_sample (Sample *sample, const MqCsvDialect *dialect, const char *text, gsize length, guint skip_lines, GError **error)
{
  g_autoptr (GError) reason = NULL;

  mq_csv_parse (dialect, text, length, skip_lines + 1, MAX_CELLS, take_record_cb, sample, &reason);
  if (sample->n > 0)
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, 1, 1, _ ("The file has only blank lines. Choose a file with a table in it."));
  return FALSE;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/* The commonest number of cells a record, of equals the larger; *n how many records have it. */
static guint
find_mode (const Sample *sample, guint *n)
{
  guint sorted[SAMPLE_RECORDS];
  guint mode = 0;
  guint run = 0;

  *n = 0;
  memcpy (sorted, sample->counts, sample->n * sizeof *sorted);
  qsort (sorted, sample->n, sizeof *sorted, compare_counts);
  for (guint i = 0; i < sample->n; i++)
    {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      if (run >= *n)
        {
          *n = run;
          mode = sorted[i];
        }
    }
  return mode;
}

/* The first record that is no title row above the table: titles have at most half of its cells. */
static guint
find_first_whole (const Sample *sample, guint mode)
{
  for (guint i = 0; i < MIN (sample->n, MAX_TITLES + 1); i++)
    if (sample->counts[i] > MAX (mode / 2, 1))
      return i;
  return 0;
}

/* 0: these records are no table under this dialect. Agreement counts most, then how many cells become numbers or dates;
 * a quote in the wrong place, or a header that disagrees, speaks against it. */
static double
score_dialect (const Sample *sample, gboolean blanks, gboolean tabs)
{
  guint  n_mode;
  guint  mode = find_mode (sample, &n_mode);
  guint  first;
  double agreement;
  double typed;

  if (sample->n == 0 || mode < 2)
    return 0;
  first = find_first_whole (sample, mode);
  agreement = (double) n_mode / (sample->n - first);
  typed = (double) sample->n_typed / sample->n_cells;
  if (blanks && (agreement < 0.98 || typed < 0.5))
    return 0;
  if (tabs && sample->n_left * 2 > sample->n_cells - sample->n) /* TABs guard cells of a table with commas */
    return 0;
  if (sample->counts[first] != mode)
    agreement *= 0.6;
  agreement *= 1 - MIN ((double) sample->n_odd / sample->n, 0.9);
  return agreement + typed / 2 - (blanks ? 0.5 : 0);
}

static void
find_dialect (const char *text, gsize length, guint skip_lines, MqCsvDialect *dialect)
{
  static const char *const delimiters[] = { ",", "\t", ";", "|", "\x1f", "\x01", "，", "" };
  double                   best = 0.3;

  *dialect = (MqCsvDialect){ ",", TRUE };
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      g_auto (Sample) sample = { 0 };
      MqCsvDialect tried = { .quotes = TRUE };
      double       score;

      g_strlcpy (tried.delimiter, delimiters[i], sizeof tried.delimiter);
      if (!take_sample (&sample, &tried, text, length, skip_lines, NULL))
        continue;
      score = score_dialect (&sample, tried.delimiter[0] == '\0', tried.delimiter[0] == '\t');
      if (score > best)
        {
          best = score;
          *dialect = tried;
        }
    }
}

static gboolean
parse_delimiter (const char *given, MqCsvDialect *dialect, GError **error)
{
  const char *character = g_str_equal (given, "tab") || g_str_equal (given, "\\t") ? "\t" : given;

  *dialect = (MqCsvDialect){ "", TRUE };
  if (g_str_equal (given, BLANKS))
    return TRUE;
  if (!g_utf8_validate (character, -1, NULL) || g_utf8_strlen (character, -1) != 1 ||
      strchr ("\"\r\n", character[0]) != NULL || g_unichar_isalnum (g_utf8_get_char (character)))
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("The delimiter “%s” cannot be used. Give --delimiter one character that is no letter, digit or quote, or “tab”, or “blanks” for runs of blanks."), given);
      return FALSE;
    }
  g_strlcpy (dialect->delimiter, character, sizeof dialect->delimiter);
  return TRUE;
}

/* A first line "sep=;", as Excel writes it: its length with the line end, 0 without one. */
static gsize
measure_sep_line (const char *text, gsize length, MqCsvDialect *dialect)
{
  gsize       at = length > 0 && text[0] == '"';
  gunichar    validated;
  gsize       size;
  const char *character = text + at + strlen ("sep=");

  if (length < at + strlen ("sep=;") || g_ascii_strncasecmp (text + at, "sep=", strlen ("sep=")) != 0)
    return 0;
  validated = g_utf8_get_char_validated (character, text + length - character);
  size = g_utf8_skip[(guint8) *character];
  if (validated >= (gunichar) -2 || strchr ("\"\r\n", *character) != NULL || size >= sizeof dialect->delimiter)
    return 0;
  *dialect = (MqCsvDialect){ "", TRUE };
  memcpy (dialect->delimiter, character, size);
  at += strlen ("sep=") + size;
  at += at < length && text[at] == '"';
  if (at < length && text[at] != '\r' && text[at] != '\n')
    return 0;
  at += at + 1 < length && text[at] == '\r' && text[at + 1] == '\n';
  return MIN (at + 1, length);
}

static const char *
get_cell (const GPtrArray *rows, guint row, guint column)
{
  const Row *one = rows->pdata[row];

  return column < one->n ? one->cells[column] : "";
}

static gboolean
is_typed (const char *cell)
{
  return mq_cell_looks_typed (cell, strlen (cell));
}

static gboolean
is_known_header (const char *cell)
{
  g_autofree char *folded = mq_header_fold (cell, TRUE);

  return mq_header_judge (folded) != 0;
}

/* What a column says about the row above it: 1 a header (text over numbers or dates), -1 data (the same value comes
 * again below), 0 nothing. */
static int
judge_column (const GPtrArray *rows, guint header, guint column)
{
  const char *first = get_cell (rows, header, column);
  guint       filled = 0;
  guint       typed = 0;

  if (first[0] == '\0')
    return 0;
  for (guint i = header + 1; i < rows->len; i++)
    {
      const char *cell = get_cell (rows, i, column);

      if (g_str_equal (cell, first))
        return -1;
      filled += cell[0] != '\0';
      typed += is_typed (cell);
    }
  return filled > 0 && typed * 10 >= filled * 9;
}

typedef struct
{
  guint filled;
  guint typed;
  guint known;      /* names of fields */
  guint over_typed; /* text over a column of numbers or dates */
  guint repeated;   /* the value comes again in the column */
  guint doubled;    /* the value comes again in the row */
} Judgement;

static Judgement
judge_row (const GPtrArray *rows, guint row, guint n_columns)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Judgement result = { 0 };

  for (guint i = 0; i < MIN (n_columns, MAX_JUDGED); i++)
    {
      const char *cell = get_cell (rows, row, i);
      int         below = judge_column (rows, row, i);

      if (cell[0] == '\0')
        continue;
      result.filled++;
      result.typed += is_typed (cell) || mq_cell_looks_contact (cell, strlen (cell));
      result.known += is_known_header (cell);
      result.over_typed += below > 0;
      result.repeated += below < 0;
      result.doubled += !g_hash_table_add (seen, (gpointer) cell);
    }
  return result;
}

static gboolean
is_header (const GPtrArray *rows, guint row, guint n_columns)
{
  Judgement one = judge_row (rows, row, n_columns);

  if (one.filled == 0)
    return FALSE;
  if (one.known * 2 > one.filled)
    return TRUE;
  if (one.typed > 0)
    return FALSE;
  if (one.over_typed > 0)
    return one.over_typed >= one.repeated;
  return one.known > one.repeated || (one.repeated == 0 && one.doubled == 0);
}

static guint
count_filled (const Row *row)
{
  guint n = 0;

  for (guint i = 0; i < row->n; i++)
    n += row->cells[i][0] != '\0';
  return n;
}

/* A title row may be padded with delimiters to the table's width: then a header in the strict sense follows. */
static guint
skip_padded_titles (const GPtrArray *rows, guint row, guint n_columns)
{
  for (guint i = row; n_columns > 2 && i < MIN (rows->len, row + MAX_TITLES); i++)
    {
      Judgement one = judge_row (rows, i, n_columns);

      if (count_filled (rows->pdata[i]) <= n_columns / 2)
        continue;
      return one.typed == 0 && one.over_typed > 0 && one.repeated == 0 ? i : row;
    }
  return row;
}

static void
find_header (const Sample *sample, MqCsvLayout *layout)
{
  guint      n_mode;
  guint      mode = find_mode (sample, &n_mode);
  guint      row = find_first_whole (sample, mode);
  const Row *header;

  if (mode > 1)
    row = skip_padded_titles (sample->rows, row, mode);
  header = sample->rows->pdata[row];
  layout->n_columns = MAX (mode, sample->counts[row]);
  layout->has_header = is_header (sample->rows, row, layout->n_columns);
  layout->skip_lines = header->line - 1;
}

/* Leaves out a last record that the end of the sample may have cut. */
static gsize
cut_sample (const char *text, gsize length)
{
  gsize end = length;

  if (length < SAMPLE_BYTES)
    return length;
  while (end > 0 && text[end - 1] != '\n' && text[end - 1] != '\r')
    end--;
  return end > 0 ? end : length;
}

gboolean
mq_csv_sniff (const char *text, gsize length, const char *given_delimiter, MqCsvLayout *layout, GError **error)
{
  g_auto (Sample) sample = { 0 };
  MqCsvDialect sep;
  gsize        skip;

  length = cut_sample (text, length);
  skip = measure_sep_line (text, length, &sep);
  *layout = (MqCsvLayout){ .skip_lines = skip > 0 };
  text += skip;
  length -= skip;
  if (given_delimiter != NULL && given_delimiter[0] != '\0')
    {
      if (!parse_delimiter (given_delimiter, &layout->dialect, error))
        return FALSE;
    }
  else if (skip > 0)
    layout->dialect = sep;
  else
    find_dialect (text, length, layout->skip_lines, &layout->dialect);
  sample.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  if (!take_sample (&sample, &layout->dialect, text, length, layout->skip_lines, error))
    return FALSE;
  find_header (&sample, layout);
  return TRUE;
}

gboolean
mq_csv_sniff_packed (const char *block, gsize length, MqCsvLayout *layout, GError **error)
{
  g_auto (Sample) sample = { 0 };

  *layout = (MqCsvLayout){ .dialect = { .packed = TRUE } };
  sample.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  if (!take_sample (&sample, &layout->dialect, block, length, 0, error))
    return FALSE;
  find_header (&sample, layout);
  return TRUE;
}
