/* record-pack.c: a header, the lengths of the cells, their text. */

#include "config.h"
#include "import/record-pack.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/room.h"
#include "import/import-error.h"

typedef struct
{
  gint64  line;
  guint32 column;
  guint32 size; /* of the record, header included */
  guint32 n_cells;
  guint32 broken;
} Header;

void
mq_record_pack_init (MqRecordPack *self)
{
  self->bytes = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->lengths = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->line = self->column = self->first_line = 0;
  self->failed = FALSE;
}

void
mq_record_pack_clear (MqRecordPack *self)
{
  g_string_free (self->bytes, TRUE);
  g_string_free (self->text, TRUE);
  g_array_unref (self->lengths);
}

void
mq_record_pack_begin (MqRecordPack *self, gint64 line, gint64 column)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->lengths, 0);
  self->line = line;
  self->column = column;
}

void
mq_record_pack_set (MqRecordPack *self, guint index, const char *text, gsize length)
{
  guint32 size = length;
  guint32 none = 0;

  if (length == 0 || index < self->lengths->len)
    return;
  if (!mq_string_make_room (self->text, length))
    {
      self->failed = TRUE;
      return;
    }
  while (self->lengths->len < index)
    g_array_append_val (self->lengths, none);
  g_array_append_val (self->lengths, size);
  g_string_append_len (self->text, text, length);
}

static void
append_record (MqRecordPack *self, gboolean broken)
{
  gsize  lengths = self->lengths->len * sizeof (guint32);
  Header header = { self->line, MIN (self->column, G_MAXUINT32), sizeof header + lengths + self->text->len, self->lengths->len, broken };

  self->failed |= !mq_string_make_room (self->bytes, header.size);
  if (self->failed)
    return;
  if (self->bytes->len == 0)
    self->first_line = self->line;
  g_string_append_len (self->bytes, (const char *) &header, sizeof header);
  g_string_append_len (self->bytes, self->lengths->data, lengths);
  g_string_append_len (self->bytes, self->text->str, self->text->len);
}

void
mq_record_pack_end (MqRecordPack *self, gboolean keep_empty)
{
  if (keep_empty || self->text->len > 0)
    append_record (self, FALSE);
}

void
mq_record_pack_add_broken (MqRecordPack *self, gint64 line, gint64 column, const char *text, gsize length)
{
  mq_record_pack_begin (self, line, column);
  mq_record_pack_set (self, 0, text, length);
  append_record (self, TRUE);
}

GBytes *
mq_record_pack_take (MqRecordPack *self, gint64 *first_line, GError **error)
{
  GString *bytes = self->bytes;

  if (self->failed)
    mq_fail_memory (error);
  if (self->failed || bytes->len == 0)
    return NULL;
  *first_line = self->first_line;
  self->bytes = g_string_new (NULL);
  self->failed = !mq_string_make_room (self->bytes, bytes->len);
  return g_string_free_to_bytes (bytes);
}

/* The cells of a record; `cells` has room for all of them. */
static void
read_cells (const Header *header, const char *record, MqCsvCell *cells)
{
  const char *lengths = record + sizeof *header;
  const char *text = lengths + header->n_cells * sizeof (guint32);

  for (guint i = 0; i < header->n_cells; i++)
    {
      guint32 length;

      memcpy (&length, lengths + i * sizeof length, sizeof length);
      cells[i] = (MqCsvCell){ .text = text, .length = length, .broken = header->broken };
      text += length;
    }
}

static void
mark_nuls (const Header *header, const char *record, MqCsvCell *cells)
{
  gsize before = sizeof *header + header->n_cells * sizeof (guint32);

  if (memchr (record + before, '\0', header->size - before) == NULL)
    return;
  for (guint i = 0; i < header->n_cells; i++)
    cells[i].nul = cells[i].length > 0 && memchr (cells[i].text, '\0', cells[i].length) != NULL;
}

gboolean
mq_record_pack_parse (const char *block, gsize length, guint max_cells, MqCsvHandler handler, gpointer data, GError **error)
{
  g_autofree MqCsvCell *cells = NULL;
  gsize                 room = 0;
  Header                header;

  for (gsize at = 0; at < length; at += header.size)
    {
      memcpy (&header, block + at, sizeof header);
      if (header.n_cells > max_cells)
        {
          mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, header.line, header.column > 0 ? header.column : max_cells + 1, ngettext ("The record has more than %u cell, which is the limit. Check the delimiter, or split the file.", "The record has more than %u cells, which is the limit. Check the delimiter, or split the file.", max_cells), max_cells);
          return FALSE;
        }
      if (header.n_cells > room)
        {
          room = 2 * header.n_cells;
          g_free (cells);
          cells = g_new (MqCsvCell, room);
        }
      read_cells (&header, block + at, cells);
      mark_nuls (&header, block + at, cells);
      if (!handler (cells, header.n_cells, block + at, header.size, header.line, data, error))
        return FALSE;
    }
  return TRUE;
}

void
mq_record_pack_position (const char *record, guint cell, gint64 *column)
{
  Header header;

  memcpy (&header, record, sizeof header);
  *column = header.column > 0 ? header.column : (gint64) MIN (cell, header.n_cells) + 1;
}

static void
append_quoted (GString *out, const char *text, gsize length)
{
  gboolean quotes = FALSE;

  for (gsize i = 0; i < length; i++)
    quotes |= strchr (",\"\r\n", text[i]) != NULL;
  if (!quotes)
    {
      g_string_append_len (out, text, length);
      return;
    }
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}

char *
mq_record_pack_text (const char *record, gsize length)
{
  g_autofree MqCsvCell *cells = NULL;
  GString              *out = g_string_new (NULL);
  Header                header;

  memcpy (&header, record, sizeof header);
  cells = g_new (MqCsvCell, header.n_cells + 1);
  read_cells (&header, record, cells);
  if (header.broken)
    g_string_append_len (out, cells[0].text, cells[0].length);
  for (guint i = 0; i < header.n_cells && !header.broken; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_quoted (out, cells[i].text, cells[i].length);
    }
  return g_string_free (out, FALSE);
}
