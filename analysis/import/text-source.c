/* text-source.c: finds the encoding, reads through the decoder and drops what editors put around text. */

#include "config.h"
#include "import/text-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "import/encoding-guess.h"
#include "import/encoding.h"
#include "import/file-kind.h"
#include "import/import-error.h"
#include "import/text-decoder.h"

#define HEAD_BYTES (1024 * 1024)
#define SAMPLE_BYTES (64 * 1024)
#define STATED_BYTES 1024
#define N_SAMPLES 16
#define STAGE_BYTES MQ_PIECE (64 * 1024)
#define TORN_NULS 512   /* a hole in a file, not a stray byte */
#define USUAL_SHARE 0.6 /* of Chinese text in GB18030 well over 0.9 */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MARK_BYTES 3
#define MARKED_SHARE 20 /* bytes for each that is no text: with more of these it is another encoding */

struct _MqTextSource
{
  MqRawFile    raw;
  const MqRun *run;      /* (borrowed) (nullable) */
  char        *encoding; /* (owned) */
  gboolean     given;
  gboolean     assumed; /* UTF-8 because nothing says otherwise: it may turn out to be GB18030 */
  gboolean     changed;
  gboolean     marks; /* bytes that are no UTF-8 are given as NUL */
  gsize        mark_length;
  gint64       end;      /* of the text in the file: before Ctrl-Z */
  GPtrArray   *warnings; /* (owned) (element-type utf8), NULL-terminated */

  MqTextDecoder decoder;
  gint64        decoded; /* bytes that came from the decoder */
  gboolean      line_start;
  gsize         nuls;   /* NUL bytes in a row up to here */
  MqSha256     *sha;    /* (owned) (nullable) */
  char         *sha256; /* (owned) (nullable) */
  char         *stage;  /* (owned) STAGE_BYTES, for callers with small buffers */
  gsize         stage_from;
  gsize         stage_to;
};

static void
add_warning (MqTextSource *self, char *warning)
{
  g_autofree char *owned = warning;

  for (guint i = 0; i + 1 < self->warnings->len; i++)
    if (g_str_equal (self->warnings->pdata[i], owned))
      return;
  g_ptr_array_insert (self->warnings, self->warnings->len - 1, g_steal_pointer (&owned));
}

static void
take_encoding (MqTextSource *self, const char *encoding)
{
  g_free (self->encoding);
  self->encoding = g_strdup (encoding);
}

/* HEAD_BYTES, or what the file has. */
static char *
new_head (const MqTextSource *self)
{
  return g_malloc (CLAMP (self->raw.size, 1, HEAD_BYTES));
}

/* Decodes again from the beginning, up to `limit` decoded bytes or to where the encoding does not fit: *bad is that
 * offset in the file or -1. FALSE: the file cannot be read, or the run was cancelled. */
static gboolean
decode_again (MqTextSource *self, const char *encoding, gint64 limit, MqTextPlace *place, gint64 *bad, GError **error)
{
  g_autofree char *buffer = g_malloc (STAGE_BYTES);
  g_autoptr (GError) reason = NULL;
  MqTextDecoder decoder;
  gssize        n;

  *place = (MqTextPlace) MQ_TEXT_PLACE_INIT;
  *bad = -1;
  if (!mq_text_decoder_init (&decoder, &self->raw, encoding, self->mark_length, self->end, error))
    return FALSE;
  while (limit > 0 && reason == NULL)
    {
      n = mq_run_check (self->run, &reason) ? mq_text_decoder_read (&decoder, buffer, STAGE_BYTES, &reason) : -1;
      if (n <= 0)
        break;
      mq_text_place_advance (place, buffer, MIN (n, limit));
      limit -= n;
    }
  if (g_error_matches (reason, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING))
    {
      *bad = decoder.bad;
      g_clear_error (&reason);
    }
  mq_text_decoder_clear (&decoder);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
set_place_error (MqTextSource *self, MqImportError code, const MqTextPlace *place, const char *sentence, GError **error)
{
  mq_import_error_at (error, code, place->line, place->column, "%s", sentence);
  g_prefix_error (error, "%s:", self->raw.name);
}

/* Text around what does not fit, from which the encoding is guessed; the length, or -1. */
static gssize
read_around (MqTextSource *self, gint64 bad, char *buffer, GError **error)
{
  gint64 from = MAX (bad - HEAD_BYTES / 4, (gint64) self->mark_length);

  return mq_raw_file_read (&self->raw, from, buffer, HEAD_BYTES, error);
}

static void
set_undecodable_error (MqTextSource *self, const MqTextPlace *place, GError **error)
{
  g_autofree char *sentence = NULL;

  if (self->assumed)
    sentence = g_strdup (_ ("The bytes here are no text in UTF-8, and it cannot be told in what else. Say the encoding with --encoding, for example GB18030 or WINDOWS-1252, or mend the place."));
  else
    sentence = g_strdup_printf (_ ("The bytes here are no text in %s. Say another encoding with --encoding, or mend the place."), self->encoding);
  set_place_error (self, MQ_IMPORT_ERROR_ENCODING, place, sentence, error);
}

/* Whether all of the text decodes in it; then it is taken. *place: as far as it does. */
static gboolean
try_encoding (MqTextSource *self, const char *encoding, MqTextPlace *place, gint64 *bad, gboolean *taken, GError **error)
{
  *taken = FALSE;
  if (!decode_again (self, encoding, G_MAXINT64, place, bad, error))
    return FALSE;
  if (*bad >= 0)
    return TRUE;
  *taken = TRUE;
  take_encoding (self, encoding);
  self->assumed = FALSE;
  return TRUE;
}

static void
warn_of_guess (MqTextSource *self, const MqTextPlace *place)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, place->line);
  g_autofree char *column = g_strdup_printf ("%" G_GINT64_FORMAT, place->column);

  add_warning (self, g_strdup_printf (_ ("The file was read as %s, as its bytes look (the first beyond ASCII in line %s, column %s). If names look wrong, say the encoding with --encoding."), self->encoding, line, column));
}

static void
warn_of_unusual_text (MqTextSource *self)
{
  add_warning (self, g_strdup (_ ("The file was read as GB18030, but its characters are unusual ones. If names look wrong, say the encoding with --encoding, for example BIG5 or SHIFT_JIS.")));
}

/* UTF-8 with a few bytes that are none: these are marked, so that only their rows are lost. *place: the first. */
static gboolean
try_marking (MqTextSource *self, const MqTextPlace *place, gboolean *taken, GError **error)
{
  g_autofree char *buffer = g_malloc (STAGE_BYTES);
  g_autofree char *count = NULL;
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, place->line);
  g_autofree char *column = g_strdup_printf ("%" G_GINT64_FORMAT, place->column);
  MqTextDecoder    decoder;
  gssize           n = 1;

  *taken = FALSE;
  if (!mq_text_decoder_init (&decoder, &self->raw, "UTF-8", self->mark_length, self->end, error))
    return FALSE;
  decoder.marks = TRUE;
  while (n > 0)
    n = mq_run_check (self->run, error) ? mq_text_decoder_read (&decoder, buffer, STAGE_BYTES, error) : -1;
  if (n < 0 || decoder.n_marked * MARKED_SHARE > self->end)
    return n == 0;
  count = g_strdup_printf ("%" G_GINT64_FORMAT, decoder.n_marked);
  self->marks = *taken = TRUE;
  self->assumed = FALSE;
  add_warning (self, g_strdup_printf (_ ("%s bytes are no text in UTF-8 (the first in line %s, column %s): the rows that have them are rejected. If the file is in another encoding, say it with --encoding."), count, line, column));
  return TRUE;
}

/* What a web page says of itself, if all of it decodes so. */
static gboolean
try_stated (MqTextSource *self, gboolean *taken, GError **error)
{
  char        head[STATED_BYTES];
  gssize      length = mq_raw_file_read (&self->raw, 0, head, sizeof head, error);
  const char *stated = length > 0 ? mq_encoding_stated (head, length) : NULL;
  MqTextPlace place;
  gint64      bad;

  *taken = FALSE;
  return length >= 0 && (stated == NULL || try_encoding (self, stated, &place, &bad, taken, error));
}

/* What the bytes around `bad` look like, if all of the text decodes in it. */
static gboolean
try_guesses (MqTextSource *self, const char *sample, gsize length, const MqTextPlace *first, MqTextPlace *farthest, gboolean *taken, GError **error)
{
  gboolean    wide = FALSE;
  gboolean    usual = mq_gb18030_usual_share (sample, length) >= USUAL_SHARE;
  const char *guess = mq_encoding_guess (sample, length, &wide);
  gint64      bad;
  MqTextPlace place;

  *taken = FALSE;
  if (guess != NULL && wide && !g_str_equal (guess, "GB18030") && !try_encoding (self, guess, &place, &bad, taken, error))
    return FALSE;
  if (!*taken && (usual || guess == NULL || wide) && !try_encoding (self, "GB18030", farthest, &bad, taken, error))
    return FALSE;
  if (*taken && g_str_equal (self->encoding, "GB18030"))
    {
      if (!usual)
        warn_of_unusual_text (self);
      return TRUE;
    }
  if (!*taken && guess != NULL && !wide && !try_encoding (self, guess, &place, &bad, taken, error))
    return FALSE;
  if (*taken)
    warn_of_guess (self, first);
  return TRUE;
}

/* Text assumed to be UTF-8 does not fit at `bad`: TRUE if it is another encoding wholly, or UTF-8 with a few bad bytes,
 * which the source then takes. */
static gboolean
change_encoding (MqTextSource *self, gint64 bad, GError **error)
{
  g_autofree char *sample = new_head (self);
  gssize           length = read_around (self, bad, sample, error);
  MqTextPlace      place;
  MqTextPlace      farthest = MQ_TEXT_PLACE_INIT;
  gint64           utf8_bad;
  gboolean         damaged;
  gboolean         taken = FALSE;

  if (length < 0 || !decode_again (self, "UTF-8", G_MAXINT64, &place, &utf8_bad, error))
    return FALSE;
  damaged = mq_utf8_is_damaged (sample, length);
  if (!damaged && !try_stated (self, &taken, error))
    return FALSE;
  if (!damaged && !taken && !try_guesses (self, sample, length, &place, &farthest, &taken, error))
    return FALSE;
  if (!taken && !try_marking (self, &place, &taken, error))
    return FALSE;
  if (taken)
    return TRUE;
  set_undecodable_error (self, farthest.line > place.line ? &farthest : &place, error);
  return FALSE;
}

/* Offset of the first sample that is no UTF-8 text, or -1; -2 with an error. */
static gint64
sample_utf8 (MqTextSource *self, GError **error)
{
  g_autofree char *buffer = new_head (self);

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      gint64 from = i == 0 ? 0 : (gint64) ((double) (self->end - SAMPLE_BYTES) / (N_SAMPLES - 1) * i);
      gssize n;
      gsize  start = 0;
      gsize  valid;

      if (i > 0 && from < HEAD_BYTES)
        continue;
      n = mq_raw_file_read (&self->raw, from, buffer, i == 0 ? HEAD_BYTES : SAMPLE_BYTES, error);
      if (n < 0)
        return -2;
      while (i > 0 && start < 3 && start < (gsize) n && ((guint8) buffer[start] & 0xc0) == 0x80)
        start++;
      valid = start + mq_utf8_check (buffer + start, n - start);
      if (valid < (gsize) n && !((from + n < self->end || self->raw.cut) && mq_utf8_is_cut (buffer + valid, n - valid)))
        return from + valid;
    }
  return -1;
}

static void
find_end (MqTextSource *self, const char *head, gsize length)
{
  char   last[256];
  gint64 from = MAX (self->raw.size - (gint64) sizeof last, (gint64) self->mark_length);
  gssize n = mq_raw_file_read (&self->raw, from, last, sizeof last, NULL);

  self->end = self->raw.size;
  if (self->raw.cut || g_ascii_strncasecmp (self->encoding, "UTF-16", 6) == 0 || g_ascii_strncasecmp (self->encoding, "UTF-32", 6) == 0)
    return;
  while (n > 0 && last[n - 1] == '\x1a')
    n--, self->end--;
  if (n >= 0 && self->end < self->raw.size)
    add_warning (self, g_strdup (_ ("The end-of-file mark of DOS (Ctrl-Z) at the end was left out.")));
}

static gboolean
take_given (MqTextSource *self, const char *encoding, const char *mark, GError **error)
{
  MqTextDecoder probe;
  gboolean      is_utf8 = g_ascii_strcasecmp (encoding, "UTF-8") == 0 || g_ascii_strcasecmp (encoding, "UTF8") == 0;

  take_encoding (self, is_utf8 ? "UTF-8" : mq_encoding_widest (encoding));
  self->given = TRUE;
  if (mark == NULL || g_ascii_strcasecmp (self->encoding, mark) != 0)
    self->mark_length = 0;
  if (mark != NULL && self->mark_length == 0 && g_ascii_strncasecmp (encoding, mark, strlen ("UTF-16")) != 0)
    add_warning (self, g_strdup_printf (_ ("The file begins with the mark of %s, but was read as %s as asked."), mark, self->encoding));
  if (!mq_text_decoder_init (&probe, &self->raw, self->encoding, 0, 0, error))
    return FALSE;
  mq_text_decoder_clear (&probe);
  return TRUE;
}

static gboolean
choose_encoding (MqTextSource *self, const char *given, const char *head, gsize length, GError **error)
{
  const char *mark = mq_encoding_by_mark (head, length, &self->mark_length);
  const char *by_nuls = mq_encoding_by_nuls (head, MIN (length, SAMPLE_BYTES));

  if (given != NULL)
    return take_given (self, given, mark, error);
  take_encoding (self, mark != NULL ? mark : by_nuls != NULL ? by_nuls
                                                             : "UTF-8");
  self->assumed = mark == NULL && by_nuls == NULL;
  if (mark == NULL && by_nuls != NULL)
    add_warning (self, g_strdup_printf (_ ("The file has no byte order mark; it was read as %s."), by_nuls));
  return TRUE;
}

static gboolean
check_content (MqTextSource *self, const char *head, gsize length, GError **error)
{
  const char *refusal = mq_file_kind_refusal (head, length);

  if (refusal != NULL)
    g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, "%s: %s", self->raw.name, refusal);
  else if (self->raw.size == 0)
    g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("%s: The file is empty. Choose a file with a table in it."), self->raw.name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
prepare_source (MqTextSource *self, const char *encoding, GError **error)
{
  g_autofree char *head = new_head (self);
  gssize           length = mq_raw_file_read (&self->raw, 0, head, HEAD_BYTES, error);
  gint64           bad;

  if (length < 0 || !check_content (self, head, length, error) || !choose_encoding (self, encoding, head, length, error))
    return FALSE;
  find_end (self, head, length);
  if (self->end <= (gint64) self->mark_length)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("%s: The file is empty. Choose a file with a table in it."), self->raw.name);
      return FALSE;
    }
  bad = self->assumed ? sample_utf8 (self, error) : -1;
  if (bad == -2 || (bad >= 0 && !change_encoding (self, bad, error)))
    return FALSE;
  return mq_text_source_rewind (self, error);
}

static MqTextSource *
new_source (const MqRun *run)
{
  MqTextSource *self = g_new0 (MqTextSource, 1);

  self->run = run;
  self->raw.fd = -1;
  self->decoder.converter = (GIConv) -1;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->warnings, NULL);
  self->stage = g_malloc (STAGE_BYTES);
  return self;
}

/* Where the encoding does not fit while reading. TRUE: read on, nothing was given yet. */
static gboolean
handle_undecodable (MqTextSource *self, GError **error)
{
  MqTextPlace place;
  gint64      bad;

  if (!self->assumed)
    {
      if (decode_again (self, self->encoding, G_MAXINT64, &place, &bad, error))
        set_undecodable_error (self, &place, error);
      return FALSE;
    }
  if (!change_encoding (self, self->decoder.bad, error))
    return FALSE;
  if (self->decoded == 0)
    return mq_text_source_rewind (self, error);
  self->changed = TRUE;
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING, _ ("%s: The file is in another encoding than its beginning looks. Import it again with --encoding %s."), self->raw.name, self->encoding);
  return FALSE;
}

/* A hole of NUL bytes is a file that was not written to its end. */
static gboolean
check_holes (MqTextSource *self, const char *text, gsize length, GError **error)
{
  for (gsize i = 0; i < length;)
    {
      const char *nul = self->nuls > 0 && text[i] == '\0' ? text + i : memchr (text + i, '\0', length - i);

      if (nul == NULL || nul != text + i)
        self->nuls = 0;
      if (nul == NULL)
        return TRUE;
      for (i = nul - text; i < length && text[i] == '\0'; i++)
        self->nuls++;
      if (self->nuls >= TORN_NULS)
        {
          MqTextPlace place;
          gint64      bad;

          if (decode_again (self, self->encoding, self->decoded + (gint64) i - (gint64) self->nuls, &place, &bad, error))
            set_place_error (self, MQ_IMPORT_ERROR_FORMAT, &place, _ ("From here the file holds NUL bytes where text should be: it was not written to its end. Get it again from where it came."), error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
warn_of_mark (MqTextSource *self, gint64 at, GError **error)
{
  g_autofree char *where = NULL;
  MqTextPlace      place;
  gint64           bad;

  if (at == 0)
    {
      if (!self->given)
        add_warning (self, g_strdup (_ ("The file begins with two byte order marks; the second was left out.")));
      return TRUE;
    }
  for (guint i = 0; i + 1 < self->warnings->len; i++)
    if (strstr (self->warnings->pdata[i], "U+FEFF") != NULL)
      return TRUE;
  if (!decode_again (self, self->encoding, at, &place, &bad, error))
    return FALSE;
  where = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, self->raw.name, place.line, place.column);
  add_warning (self, g_strdup_printf (_ ("%s: A byte order mark (U+FEFF) begins the line, as where files were joined. Such marks were left out."), where));
  return TRUE;
}

static char *
find_mark (char *text, gsize length)
{
  char *end = text + length;

  for (char *at = text; (at = memchr (at, BYTE_ORDER_MARK[0], end - at)) != NULL; at++)
    if (end - at >= MARK_BYTES && memcmp (at, BYTE_ORDER_MARK, MARK_BYTES) == 0)
      return at;
  return NULL;
}

/* Leaves out U+FEFF at the begin of lines. Returns the length left, -1 with an error. */
static gssize
drop_marks (MqTextSource *self, char *text, gsize length, GError **error)
{
  gsize to = 0;
  gsize from = 0;

  while (from < length)
    {
      char *mark = find_mark (text + from, length - from);
      gsize size = mark != NULL ? mark - (text + from) : length - from;

      if (size > 0)
        self->line_start = text[from + size - 1] == '\n' || text[from + size - 1] == '\r';
      if (mark != NULL && self->line_start && !warn_of_mark (self, self->decoded + from + size, error))
        return -1;
      if (mark != NULL && !self->line_start)
        size += MARK_BYTES;
      if (to < from)
        memmove (text + to, text + from, size);
      to += size;
      from += size + (mark != NULL && self->line_start ? MARK_BYTES : 0);
    }
  return to;
}

static gboolean
finish_checksum (MqTextSource *self, GError **error)
{
  char   rest[256];
  gssize n = 0;

  if (self->sha == NULL || self->raw.cut)
    return TRUE;
  for (gint64 at = self->end; at < self->raw.size; at += n)
    {
      n = mq_raw_file_read (&self->raw, at, rest, sizeof rest, error);
      if (n < 0)
        return FALSE;
      mq_sha256_update (self->sha, rest, n);
    }
  self->sha256 = self->raw.sha256 != NULL ? g_strdup (self->raw.sha256) : mq_sha256_finish (self->sha);
  g_clear_pointer (&self->sha, mq_sha256_free);
  self->decoder.sha = NULL;
  return TRUE;
}

static gssize
fill_buffer (MqTextSource *self, char *buffer, gsize size, GError **error)
{
  gssize length = 0;

  while (length == 0)
    {
      g_autoptr (GError) reason = NULL;
      gssize n;

      if (!mq_run_check (self->run, error))
        return -1;
      n = mq_text_decoder_read (&self->decoder, buffer, size, &reason);
      if (n == 0)
        return finish_checksum (self, error) ? 0 : -1;
      if (n < 0 && !g_error_matches (reason, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return -1;
        }
      if (n < 0 && !handle_undecodable (self, error))
        return -1;
      if (n < 0)
        continue;
      if (!check_holes (self, buffer, n, error))
        return -1;
      length = drop_marks (self, buffer, n, error);
      self->decoded += n;
    }
  return length;
}

MqTextSource *
mq_text_source_open (const char *path, const char *encoding, const MqRun *run, GError **error)
{
  g_autoptr (MqTextSource) self = new_source (run);

  if (!mq_raw_file_open (&self->raw, path, run, error) || !prepare_source (self, encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

MqTextSource *
mq_text_source_open_stream (GInputStream *in, const char *name, gint64 limit, const char *encoding, const MqRun *run, GError **error)
{
  g_autoptr (MqTextSource) self = new_source (run);

  if (!mq_raw_file_open_stream (&self->raw, in, name, limit, run, error) || !prepare_source (self, encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

MqTextSource *
mq_text_source_open_raw (MqRawFile *raw, const char *encoding, const MqRun *run, GError **error)
{
  g_autoptr (MqTextSource) self = new_source (run);

  self->raw = *raw;
  *raw = (MqRawFile){ .fd = -1 };
  if (!prepare_source (self, encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_text_source_free (MqTextSource *self)
{
  mq_raw_file_clear (&self->raw);
  mq_text_decoder_clear (&self->decoder);
  g_clear_pointer (&self->sha, mq_sha256_free);
  g_ptr_array_unref (self->warnings);
  g_free (self->encoding);
  g_free (self->sha256);
  g_free (self->stage);
  g_free (self);
}

gssize
mq_text_source_read (MqTextSource *self, char *buffer, gsize size, GError **error)
{
  gsize n;

  if (self->stage_from == self->stage_to)
    {
      gssize filled;

      if (size >= STAGE_BYTES)
        return fill_buffer (self, buffer, size, error);
      filled = fill_buffer (self, self->stage, STAGE_BYTES, error);
      if (filled <= 0)
        return filled;
      self->stage_from = 0;
      self->stage_to = filled;
    }
  n = MIN (size, self->stage_to - self->stage_from);
  memcpy (buffer, self->stage + self->stage_from, n);
  self->stage_from += n;
  return n;
}

gboolean
mq_text_source_rewind (MqTextSource *self, GError **error)
{
  char   mark[4];
  gssize n = mq_raw_file_read (&self->raw, 0, mark, self->mark_length, error);

  mq_text_decoder_clear (&self->decoder);
  if (n < 0 || !mq_text_decoder_init (&self->decoder, &self->raw, self->encoding, self->mark_length, self->end, error))
    return FALSE;
  g_clear_pointer (&self->sha, mq_sha256_free);
  g_clear_pointer (&self->sha256, g_free);
  self->decoder.marks = self->marks;
  self->sha = self->decoder.sha = mq_sha256_new ();
  mq_sha256_update (self->sha, mark, n);
  self->decoded = 0;
  self->line_start = TRUE;
  self->nuls = 0;
  self->changed = FALSE;
  self->stage_from = self->stage_to = 0;
  return TRUE;
}

gboolean
mq_text_source_changed_encoding (MqTextSource *self)
{
  return self->changed;
}

gboolean
mq_text_source_has_marks (MqTextSource *self)
{
  return self->marks;
}

const char *
mq_text_source_encoding (MqTextSource *self)
{
  return self->encoding;
}

const char *
mq_text_source_name (MqTextSource *self)
{
  return self->raw.name;
}

gint64
mq_text_source_size (MqTextSource *self)
{
  return self->raw.size;
}

gboolean
mq_text_source_is_cut (MqTextSource *self)
{
  return self->raw.cut;
}

gint64
mq_text_source_position (MqTextSource *self)
{
  return self->decoder.position;
}

const char *
mq_text_source_sha256 (MqTextSource *self)
{
  return self->sha256;
}

char **
mq_text_source_warnings (MqTextSource *self)
{
  return (char **) self->warnings->pdata;
}
