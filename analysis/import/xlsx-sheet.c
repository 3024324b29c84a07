/* xlsx-sheet.c: the elements row, c, v, is, t, f. */

#include "config.h"
#include "import/xlsx-sheet.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/mapping.h"
#include "import/xml-stream.h"

#define MAX_ROW 1048576
#define MAX_COLUMN 16384
#define MAX_CELL (1024 * 1024) /* a spreadsheet allows 32,767 characters */
#define MAX_EXACT_DIGITS 15

typedef enum
{
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_TEXT, /* inline string, cached text, ISO date */
  TYPE_BOOLEAN,
  TYPE_ERROR,
} CellType;

struct _MqXlsxReader
{
  const MqXlsxWorkbook *book;   /* (borrowed) */
  MqXmlStream          *stream; /* (owned) */
  MqRecordPack         *pack;   /* (borrowed) */
  MqXlsxNotes           notes;
  gint64                row;
  guint                 column; /* of the next cell, from 1 */
  guint                 cell;
  CellType              type;
  MqCellFormat          format;
  gboolean              in_row, in_cell, in_value, has_formula;
  guint                 in_phonetic;
  GString              *text; /* (owned) of the cell */
};

static void
note (MqXlsxReader *self, MqXlsxOdd *odd)
{
  if (odd->n++ > 0)
    return;
  odd->row = self->row;
  odd->column = self->cell;
}

static void
start_row (MqXlsxReader *self, const char **attributes)
{
  const char *number = mq_xml_attribute (attributes, "r");
  gint64      last = self->row;

  self->row++;
  self->cell = self->column = 1;
  if (number != NULL)
    {
      char   *end;
      guint64 given = g_ascii_strtoull (number, &end, 10);

      if (*end != '\0' || given < 1 || given > MAX_ROW || (gint64) given <= last)
        note (self, &self->notes.places);
      if (*end == '\0' && given >= 1 && given <= MAX_ROW)
        self->row = given;
    }
  self->in_row = TRUE;
  mq_record_pack_begin (self->pack, self->row, 0);
}

/* "AB12": the column from 1, or 0 if it is no cell of this row. */
static guint
read_place (const MqXlsxReader *self, const char *place)
{
  guint   column = 0;
  guint64 row;
  char   *end;

  for (; g_ascii_isupper (*place) && column <= MAX_COLUMN; place++)
    column = column * 26 + (*place - 'A' + 1);
  if (!g_ascii_isdigit (*place))
    return 0;
  row = g_ascii_strtoull (place, &end, 10);
  return *end == '\0' && (gint64) row == self->row && column <= MAX_COLUMN ? column : 0;
}

static CellType
find_type (const char *type)
{
  if (type == NULL || strcmp (type, "n") == 0)
    return TYPE_NUMBER;
  if (strcmp (type, "s") == 0)
    return TYPE_SHARED;
  if (strcmp (type, "b") == 0)
    return TYPE_BOOLEAN;
  return strcmp (type, "e") == 0 ? TYPE_ERROR : TYPE_TEXT;
}

static void
start_cell (MqXlsxReader *self, const char **attributes)
{
  const char *place = NULL;
  const char *type = NULL;
  const char *style = NULL;
  guint       given;

  for (guint i = 0; attributes[i] != NULL; i += 2)
    if (attributes[i][0] != '\0' && attributes[i][1] == '\0')
      switch (attributes[i][0])
        {
        case 'r':
          place = attributes[i + 1];
          break;
        case 't':
          type = attributes[i + 1];
          break;
        case 's':
          style = attributes[i + 1];
          break;
        default:
          break;
        }
  self->cell = self->column;
  given = place != NULL ? read_place (self, place) : self->column;
  if (given < self->column)
    note (self, &self->notes.places);
  else
    self->cell = given;
  self->type = find_type (type);
  self->format = style != NULL && self->type == TYPE_NUMBER ? mq_xlsx_workbook_format (self->book, strtoul (style, NULL, 10)) : MQ_CELL_NUMBER;
  self->in_cell = TRUE;
  self->has_formula = FALSE;
  self->in_phonetic = 0;
  g_string_truncate (self->text, 0);
}

static void
start_cb (gpointer data, const char *name, const char **attributes)
{
  MqXlsxReader *self = data;

  if (self->in_cell)
    {
      if (strcmp (name, "v") == 0 || (strcmp (name, "t") == 0 && self->in_phonetic == 0))
        self->in_value = TRUE;
      else if (strcmp (name, "rPh") == 0)
        self->in_phonetic++;
      else if (strcmp (name, "f") == 0)
        self->has_formula = TRUE;
    }
  else if (self->in_row && strcmp (name, "c") == 0)
    start_cell (self, attributes);
  else if (!self->in_row && strcmp (name, "row") == 0)
    start_row (self, attributes);
}

/* Sign and digits of a plain whole or decimal number; TYPE_NUMBER cells mostly are. */
static gboolean
is_plain_number (const char *text, gsize length, guint *digits)
{
  gsize    i = length > 0 && text[0] == '-';
  gboolean point = FALSE;

  *digits = 0;
  for (; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      ++*digits;
    else if (text[i] == '.' && !point && *digits > 0)
      point = TRUE;
    else
      return FALSE;
  return *digits > 0 && text[length - 1] != '.';
}

static gboolean
is_number (const char *text, double *value)
{
  char *end;

  if (!g_ascii_isdigit (text[0]) && text[0] != '-' && text[0] != '.')
    return FALSE;
  if (strpbrk (text, "xXnNiI") != NULL)
    return FALSE;
  errno = 0;
  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && end != text && isfinite (*value) && (errno == 0 || *value == 0);
}

/* Without an exponent where that needs no more than 20 digits. */
static gsize
write_number (double value, char *buffer, gsize size)
{
  double whole = rint (value);

  if (fabs (value) < 1e15)
    {
      char shortest[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (shortest, sizeof shortest, "%.15g", value);
      if (strchr (shortest, 'e') == NULL)
        return g_strlcpy (buffer, shortest, size);
      if (fabs (value) > 1e-15)
        {
          gsize n;

          g_ascii_formatd (buffer, size, "%.20f", value);
          n = strlen (buffer);
          while (n > 1 && buffer[n - 1] == '0')
            n--;
          return n;
        }
    }
  else if (fabs (value) < 1e20 && whole == value)
    {
      g_ascii_formatd (buffer, size, "%.0f", value);
      return strlen (buffer);
    }
  g_ascii_formatd (buffer, size, "%.15g", value);
  return strlen (buffer);
}

static void
put (MqXlsxReader *self, const char *text, gsize length)
{
  mq_record_pack_set (self->pack, self->cell - 1, text, length);
}

static void
put_number (MqXlsxReader *self)
{
  char  *text = g_strstrip (self->text->str);
  gsize  length = strlen (text);
  char   buffer[400];
  double value;
  guint  digits;
  gsize  n = 0;

  if (length == 0)
    return;
  if (self->format == MQ_CELL_NUMBER && is_plain_number (text, length, &digits) && digits <= MAX_EXACT_DIGITS)
    {
      put (self, text, length);
      return;
    }
  if (!is_number (text, &value))
    {
      note (self, &self->notes.values);
      put (self, text, length);
      return;
    }
  if (self->format != MQ_CELL_NUMBER)
    n = mq_serial_write (value, self->format, self->book->is_1904, buffer);
  if (n == 0 && self->format != MQ_CELL_NUMBER)
    note (self, &self->notes.values);
  if (fabs (value) >= 1e15 && rint (value) == value)
    note (self, &self->notes.cut);
  if (n == 0)
    n = write_number (value, buffer, sizeof buffer);
  put (self, buffer, n);
}

static void
put_shared (MqXlsxReader *self)
{
  const char *text = g_strstrip (self->text->str);
  const char *string;
  gsize       length;
  char       *end;
  guint64     index = g_ascii_strtoull (text, &end, 10);

  if (!g_ascii_isdigit (text[0]) || *end != '\0' || !mq_xlsx_workbook_string (self->book, index, &string, &length))
    {
      note (self, &self->notes.values);
      return;
    }
  put (self, string, length);
}

static void
end_cell (MqXlsxReader *self)
{
  self->in_cell = FALSE;
  self->column = self->cell + 1;
  if (self->text->len == 0)
    {
      if (self->has_formula)
        note (self, &self->notes.formulas);
      else if (self->type == TYPE_SHARED)
        note (self, &self->notes.values);
      return;
    }
  if (self->type == TYPE_ERROR)
    note (self, &self->notes.errors);
  if (self->type == TYPE_NUMBER)
    put_number (self);
  else if (self->type == TYPE_SHARED)
    put_shared (self);
  else if (self->type == TYPE_BOOLEAN)
    put (self, self->text->str[0] == '1' ? "TRUE" : "FALSE", self->text->str[0] == '1' ? 4 : 5);
  else
    put (self, self->text->str, mq_xlsx_unescape (self->text->str, self->text->len));
}

static void
end_cb (gpointer data, const char *name)
{
  MqXlsxReader *self = data;

  if (self->in_value && (strcmp (name, "v") == 0 || strcmp (name, "t") == 0))
    self->in_value = FALSE;
  else if (self->in_cell && strcmp (name, "c") == 0)
    end_cell (self);
  else if (self->in_cell && strcmp (name, "rPh") == 0 && self->in_phonetic > 0)
    self->in_phonetic--;
  else if (self->in_row && !self->in_cell && strcmp (name, "row") == 0)
    {
      self->in_row = FALSE;
      mq_record_pack_end (self->pack, FALSE);
    }
}

static void
text_cb (gpointer data, const char *text, int length)
{
  MqXlsxReader *self = data;

  if (!self->in_value)
    return;
  if (self->text->len + length > MAX_CELL)
    mq_xml_stream_fail (self->stream, _ ("A cell of the workbook has more than 1 MiB of text, which is the limit. Shorten it."));
  else
    g_string_append_len (self->text, text, length);
}

MqXlsxReader *
mq_xlsx_reader_new (const MqXlsxWorkbook *book, const MqZipEntry *entry, MqRecordPack *pack, GError **error)
{
  static const MqXmlHandlers handlers = { start_cb, end_cb, text_cb };
  g_autoptr (MqXlsxReader) self = g_new0 (MqXlsxReader, 1);

  self->book = book;
  self->pack = pack;
  self->text = g_string_new (NULL);
  self->stream = mq_xml_stream_new (book->archive, entry, &handlers, self, error);
  return self->stream != NULL ? g_steal_pointer (&self) : NULL;
}

void
mq_xlsx_reader_free (MqXlsxReader *self)
{
  g_clear_pointer (&self->stream, mq_xml_stream_free);
  g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
mq_xlsx_reader_step (MqXlsxReader *self, GError **error)
{
  return mq_xml_stream_step (self->stream, error);
}

const MqXlsxNotes *
mq_xlsx_reader_notes (const MqXlsxReader *self)
{
  return &self->notes;
}

gint64
mq_xlsx_reader_position (const MqXlsxReader *self)
{
  return mq_xml_stream_position (self->stream);
}
