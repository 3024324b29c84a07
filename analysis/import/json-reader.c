/* json-reader.c: looks at brackets and quotes only. */

#include "config.h"
#include "import/json-reader.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "base/room.h"
#include "import/import-error.h"
#include "import/json-parser.h"

#define PIECE_BYTES MQ_PIECE (256 * 1024)
#define MAX_RECORD (8 * 1024 * 1024)

typedef enum
{
  MODE_START,
  MODE_ARRAY,
  MODE_LINES,  /* one record a line: a broken one ends with its line */
  MODE_VALUES, /* objects one after the other, over lines */
  MODE_END
} Mode;

struct _MqJsonReader
{
  MqTextSource *text;   /* (borrowed) */
  const MqRun  *run;    /* (borrowed) (nullable) */
  GString      *buffer; /* (owned) */
  gsize         at;     /* before it everything is given */
  MqTextPlace   place;  /* of buffer[at] */
  gboolean      ended;
  Mode          mode;
  gboolean      later; /* an element of the array was read */
};

/* Where the scan for a record's end is. */
typedef struct
{
  gsize    i; /* from `at` */
  guint    depth;
  gboolean in_string;
  gboolean escaped;
} Scan;

static gboolean
fill (MqJsonReader *self, GError **error)
{
  gsize  length;
  gssize n;

  if (!mq_run_check (self->run, error))
    return FALSE;
  if (self->at > PIECE_BYTES)
    {
      g_string_erase (self->buffer, 0, self->at);
      self->at = 0;
    }
  length = self->buffer->len;
  if (!mq_string_make_room (self->buffer, PIECE_BYTES))
    return mq_fail_memory (error);
  g_string_set_size (self->buffer, length + PIECE_BYTES);
  n = mq_text_source_read (self->text, self->buffer->str + length, PIECE_BYTES, error);
  g_string_set_size (self->buffer, length + MAX (n, 0));
  self->ended = n == 0;
  return n >= 0;
}

static void
advance (MqJsonReader *self, gsize n)
{
  mq_text_place_advance (&self->place, self->buffer->str + self->at, n);
  self->at += n;
}

/* '\0' at the end, or with an error. */
static char
skip_blanks (MqJsonReader *self, GError **error)
{
  for (;;)
    {
      const char *text = self->buffer->str + self->at;
      gsize       n = strspn (text, " \t\r\n");

      n = MIN (n, self->buffer->len - self->at);
      advance (self, n);
      if (self->at < self->buffer->len)
        return self->buffer->str[self->at] != '\0' ? self->buffer->str[self->at] : ' ';
      if (self->ended || !fill (self, error))
        return '\0';
    }
}

static void
set_error (const MqTextPlace *place, GError **error, const char *sentence)
{
  mq_import_error_at (error, MQ_IMPORT_ERROR_SYNTAX, place->line, place->column, "%s", sentence);
}

static void
set_error_here (MqJsonReader *self, gsize offset, GError **error, const char *sentence)
{
  MqTextPlace place = self->place;

  mq_text_place_advance (&place, self->buffer->str + self->at, offset);
  set_error (&place, error, sentence);
}

/* One byte; TRUE if the value ends before (*behind 0) or behind it (1). */
static inline gboolean
scan_byte (Scan *scan, char c, guint *behind)
{
  *behind = 1;
  if (scan->in_string)
    {
      if (scan->escaped)
        scan->escaped = FALSE;
      else if (c == '\\')
        scan->escaped = TRUE;
      else if (c == '"')
        {
          scan->in_string = FALSE;
          return scan->depth == 0;
        }
      return FALSE;
    }
  switch (c)
    {
    case '"':
      scan->in_string = TRUE;
      return FALSE;
    case '{':
    case '[':
      scan->depth++;
      return FALSE;
    case '}':
    case ']':
      *behind = scan->depth > 0;
      return scan->depth == 0 || --scan->depth == 0;
    case ',':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      *behind = 0;
      return scan->depth == 0;
    default:
      return FALSE;
    }
}

/* Length of the value at `at`; 0 at a cut end, or with an error. */
static gsize
measure_value (MqJsonReader *self, GError **error)
{
  Scan scan = { 0 };

  for (;;)
    {
      gsize available = self->buffer->len - self->at;
      guint behind;

      for (; scan.i < available; scan.i++)
        {
          if (scan_byte (&scan, self->buffer->str[self->at + scan.i], &behind))
            return scan.i + behind;
          if (scan.depth > MQ_JSON_MAX_DEPTH)
            {
              set_error_here (self, scan.i, error, _ ("The JSON is nested deeper than 1,024 levels, which is the limit. Take out the inner levels."));
              return 0;
            }
        }
      if (scan.i > MAX_RECORD)
        {
          set_error (&self->place, error, _ ("The record that begins here is longer than 8 MiB, which is the limit. Look for a bracket that is never closed, or split the file."));
          return 0;
        }
      if (self->ended && scan.depth == 0 && !scan.in_string)
        return scan.i;
      if (self->ended && !mq_text_source_is_cut (self->text))
        set_error (&self->place, error, scan.in_string ? _ ("A quote in the record that begins here is never closed. The file may not be complete.") : _ ("The bracket that opens here is never closed. The file may not be complete."));
      if (self->ended || !fill (self, error))
        return 0;
    }
}

static gsize
measure_line (MqJsonReader *self, GError **error)
{
  gsize from = 0;

  for (;;)
    {
      gsize       available = self->buffer->len - self->at;
      const char *end = memchr (self->buffer->str + self->at + from, '\n', available - from);

      if (end != NULL || self->ended)
        return end != NULL ? (gsize) (end - (self->buffer->str + self->at)) : mq_text_source_is_cut (self->text) ? 0
                                                                                                                 : available;
      if (available > MAX_RECORD)
        {
          set_error (&self->place, error, _ ("The record that begins here is longer than 8 MiB, which is the limit. Look for a bracket that is never closed, or split the file."));
          return 0;
        }
      from = available;
      if (!fill (self, error))
        return 0;
    }
}

/* The first object tells whether each has a line of its own. */
static gboolean
find_mode (MqJsonReader *self, char c, GError **error)
{
  gsize       length;
  const char *text;

  if (c == '[')
    {
      self->mode = MODE_ARRAY;
      advance (self, 1);
      return TRUE;
    }
  length = measure_value (self, error);
  text = self->buffer->str + self->at;
  self->mode = length > 0 && memchr (text, '\n', length) == NULL ? MODE_LINES : MODE_VALUES;
  return error == NULL || *error == NULL;
}

/* FALSE at the array's end, or with an error. */
static gboolean
go_to_element (MqJsonReader *self, char c, GError **error)
{
  if (c == ']')
    {
      self->mode = MODE_END;
      advance (self, 1);
      c = skip_blanks (self, error);
      if (c != '\0')
        set_error (&self->place, error, _ ("Something stands behind the end of the JSON. Take it out."));
      return FALSE;
    }
  if (self->later && c == ',')
    {
      advance (self, 1);
      c = skip_blanks (self, error);
    }
  else if (self->later)
    {
      set_error (&self->place, error, _ ("Here should stand a comma, or the bracket that closes the list. Correct it."));
      return FALSE;
    }
  self->later = TRUE;
  if (c != '\0' && strchr (",]}:", c) == NULL)
    return TRUE;
  if (c != '\0')
    set_error (&self->place, error, _ ("Here should stand a value. Correct it."));
  return FALSE;
}

MqJsonReader *
mq_json_reader_new (MqTextSource *text, const MqRun *run)
{
  MqJsonReader *self = g_new0 (MqJsonReader, 1);

  self->text = text;
  self->run = run;
  self->buffer = g_string_new (NULL);
  self->place = (MqTextPlace) MQ_TEXT_PLACE_INIT;
  return self;
}

void
mq_json_reader_free (MqJsonReader *self)
{
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

const char *
mq_json_reader_next (MqJsonReader *self, gsize *length, MqTextPlace *place, GError **error)
{
  GError *local = NULL;
  char    c = self->mode != MODE_END ? skip_blanks (self, &local) : '\0';
  gsize   start;

  *length = 0;
  if (c != '\0' && self->mode == MODE_START && find_mode (self, c, &local))
    c = skip_blanks (self, &local);
  if (self->mode == MODE_ARRAY && c == '\0' && local == NULL && !mq_text_source_is_cut (self->text))
    set_error (&self->place, &local, _ ("The list ends before its closing bracket. The file may not be complete."));
  if (c != '\0' && local == NULL && (self->mode != MODE_ARRAY || go_to_element (self, c, &local)))
    *length = self->mode == MODE_LINES ? measure_line (self, &local) : measure_value (self, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (*length == 0)
    return NULL;
  *place = self->place;
  start = self->at;
  advance (self, *length);
  return self->buffer->str + start;
}

guint
mq_json_reader_depth (const MqJsonReader *self)
{
  return self->mode == MODE_ARRAY || self->mode == MODE_END;
}
