/* csv-grid.c: every delimiter and line end of a block, then a look whether they come in turn. */

#include "import/csv-grid.h"

#include "base/room.h"
#include "base/vector.h"
#include "import/csv-scan.h"

#include <string.h>

#define AT_ONCE 8 /* offsets written at a time, wanted or not */
#define LAST_BIT (G_GUINT64_CONSTANT (1) << 63)

/* FALSE: there is no memory. */
static gboolean
reserve (MqCsvGrid *self, gsize n)
{
  if (n <= self->room)
    return TRUE;
  if (!mq_make_room (&self->memory, &self->room, n + n / 2 + 1, sizeof *self->memory))
    return FALSE;
  self->room--;
  self->ends = self->memory + 1;
  return TRUE;
}

/* The offsets of a mask's bits: eight at a time, for the number of them cannot be foreseen. */
static inline guint32 *
take_bits (guint32 *out, guint64 mask, guint32 base)
{
  guint n = __builtin_popcountll (mask);

  for (guint done = 0; done < n; done += AT_ONCE)
    for (guint i = 0; i < AT_ONCE; i++)
      {
        out[done + i] = base + __builtin_ctzll (mask | LAST_BIT);
        mask &= mask - 1;
      }
  return out + n;
}

/* Every byte of the needles: among them those that no grid may have (a quote, a NUL, a CR that no line ends with), which come
 * out of turn. FALSE: there is no memory. */
MQ_VECTOR static gboolean
list_marks (MqCsvGrid *self, const MqCsvNeedles *needles, gsize length, gsize *n_marks)
{
  MqCsvScanFunc scan = mq_csv_scan_best ();
  guint64       masks[MQ_CSV_CHUNK_WORDS];
  gsize         n = 0;

  for (gsize chunk = 0; chunk < length; chunk += MQ_CSV_CHUNK_BYTES)
    {
      gsize    n_words = mq_csv_scan_chunk (scan, needles, self->text + chunk, MIN (length - chunk, MQ_CSV_CHUNK_BYTES), masks);
      guint32 *out;
      gsize    marks = 0;

      for (gsize i = 0; i < n_words; i++)
        marks += __builtin_popcountll (masks[i]);
      if (!reserve (self, n + marks + AT_ONCE))
        return FALSE;
      out = self->ends + n;
      for (gsize i = 0; i < n_words; i++)
        out = take_bits (out, masks[i], chunk + 64 * i);
      n += marks;
    }
  *n_marks = n;
  return TRUE;
}

static gboolean
is_in_turn (const MqCsvGrid *self, char delimiter, gsize length)
{
  guint          last = self->n_columns - 1;
  const guint32 *ends = self->ends;
  guint          odd = 0;

  for (guint record = 0; record < self->n_records; record++, ends += self->n_columns)
    {
      for (guint i = 0; i < last; i++)
        odd |= self->text[ends[i]] != delimiter;
      odd |= ends[last] < length && self->text[ends[last]] != '\n';
    }
  return !odd;
}

/* What ends the first line. */
static gboolean
has_crlf (const char *text, gsize length)
{
  const char *end = memchr (text, '\n', length);

  return end != NULL && end > text && end[-1] == '\r';
}

/* With CRLF the last cell ends before the CR; a CR anywhere else makes the block no grid. */
static gboolean
take_carriage_returns (MqCsvGrid *self, gsize length)
{
  gsize    n = 0;
  guint32 *end = self->ends + self->n_columns - 1;
  gsize    whole = self->n_records;

  for (const char *at = self->text; (at = memchr (at, '\r', self->text + length - at)) != NULL; at++)
    n++;
  if (*(end + (whole - 1) * self->n_columns) == length)
    whole--;
  if (n != whole)
    return FALSE;
  for (gsize i = 0; i < whole; i++, end += self->n_columns)
    {
      if (*end == 0 || self->text[*end - 1] != '\r')
        return FALSE;
      --*end;
    }
  return TRUE;
}

MqCsvGrid *
mq_csv_grid_new (void)
{
  return g_new0 (MqCsvGrid, 1);
}

void
mq_csv_grid_free (MqCsvGrid *self)
{
  g_free (self->memory);
  g_free (self);
}

gboolean
mq_csv_grid_read (MqCsvGrid *self, const MqCsvDialect *dialect, const char *text, gsize length, guint n_columns)
{
  char         delimiter = dialect->delimiter[0];
  gboolean     crlf = has_crlf (text, length);
  MqCsvNeedles needles = { { '\n', '\0', crlf ? '\n' : '\r', dialect->quotes ? '"' : '\n', delimiter } };
  gsize        n;

  if (n_columns < 2 || length == 0 || length > G_MAXUINT32 || delimiter == '\0' || dialect->delimiter[1] != '\0')
    return FALSE;
  self->text = text;
  self->n_columns = n_columns;
  self->line_end = crlf ? 2 : 1;
  if (!reserve (self, length / 8) || !list_marks (self, &needles, length, &n))
    return FALSE;
  if (text[length - 1] != '\n')
    self->ends[n++] = length;
  self->n_records = n / n_columns;
  self->ends[-1] = -self->line_end;
  return n % n_columns == 0 && is_in_turn (self, delimiter, length) && (!crlf || take_carriage_returns (self, length));
}
