/* sheet-writer.c: a workbook of one sheet by libxlsxwriter, in its mode that keeps one row in memory. */

#include "config.h"

#include "base/sheet-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/decimal.h"
#include "base/format.h"
#include "base/interactive.h"

#define SUFFIX ".xlsx"
#define CREATED 315532800               /* 1980-01-01: a clock would give other bytes every time */
#define SERIAL_OF_1970 25569            /* days since the epoch of spreadsheets */
#define FIRST_SERIAL 61                 /* 1900-03-01; before it they know a 29 February 1900 */
#define EXACT_MANTISSA 1000000000000000 /* 10^15 */

struct _MqSheetWriter
{
  char          *path;    /* (owned) */
  char          *beside;  /* (owned) (nullable) the file that is being written, in the same folder */
  char          *folder;  /* (owned) (nullable) for what does not fit into memory */
  lxw_workbook  *book;    /* (owned) (nullable) */
  lxw_worksheet *sheet;   /* of the book */
  lxw_format    *heading; /* of the book */
  GPtrArray     *formats; /* (owned) (element-type lxw_format) (nullable elements) of the book, by column */
  guint32        row;     /* 0 is the header */
};

G_DEFINE_QUARK (mq - sheet - error - quark, mq_sheet_error)

static gboolean
set_file_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), _ ("The workbook “%s” could not be written: %s. Choose another folder or make room."), name, g_strerror (code));
  return FALSE;
}

/* At most 31 characters, none of []:*?/\ and no ' at an end; a sheet must have a name. */
static char *
make_sheet_name (const char *name)
{
  g_autofree char *start = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 31));

  g_strdelimit (start, "[]:*?/\\'", ' ');
  g_strstrip (start);
  return g_strdup (*start != '\0' ? start : "1");
}

/* The target's folder takes the file, so that it can be renamed; a folder of our own takes what the library puts aside. */
static gboolean
make_places (MqSheetWriter *self, GError **error)
{
  int fd;

  self->folder = g_build_filename (g_get_tmp_dir (), "marquetry-XXXXXX", NULL);
  if (g_mkdtemp (self->folder) == NULL)
    {
      g_clear_pointer (&self->folder, g_free);
      return set_file_error (self->path, errno, error);
    }
  self->beside = g_strconcat (self->path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (self->beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->beside, g_free);
      return set_file_error (self->path, code, error);
    }
  close (fd);
  return TRUE;
}

static gboolean
open_book (MqSheetWriter *self, const char *name, GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = self->folder };
  lxw_doc_properties   properties = { .created = CREATED };
  g_autofree char     *sheet_name = make_sheet_name (name);

  errno = 0;
  self->book = workbook_new_opt (self->beside, &options);
  if (self->book != NULL)
    self->sheet = workbook_add_worksheet (self->book, sheet_name);
  if (self->sheet == NULL)
    return set_file_error (self->path, errno != 0 ? errno : EIO, error);
  workbook_set_properties (self->book, &properties);
  self->heading = workbook_add_format (self->book);
  format_set_bold (self->heading);
  format_set_text_wrap (self->heading);
  format_set_align (self->heading, LXW_ALIGN_VERTICAL_TOP);
  worksheet_freeze_panes (self->sheet, 1, 0);
  return TRUE;
}

/* The file's bytes and its name must be on the disk before anybody is told that it is there. */
static gboolean
settle (MqSheetWriter *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int              fd = g_open (self->beside, O_RDWR | O_CLOEXEC, 0);
  gboolean         ok;

  if (fd < 0)
    return FALSE;
  ok = fsync (fd) == 0;
  ok = close (fd) == 0 && ok;
  if (!ok || g_rename (self->beside, self->path) != 0)
    return FALSE;
  g_clear_pointer (&self->beside, g_free);
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}

/* Readers take _x0041_ for an A, so a text that has such a thing of its own gets its _ spelt like that. */
static char *
escape_escapes (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean looks_so = p[0] == '_' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]) && g_ascii_isxdigit (p[4]) && g_ascii_isxdigit (p[5]) && p[6] == '_';

      g_string_append (out, looks_so ? "_x005F_" : "");
      if (!looks_so)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

static gboolean
write_text (MqSheetWriter *self, guint column, const char *text, lxw_format *format, GError **error)
{
  g_autofree char *escaped = strstr (text, "_x") != NULL ? escape_escapes (text) : NULL;

  /* The format counts UTF-16: characters beyond the first 65,536 are two. */
  if (strlen (text) > MQ_SHEET_MAX_CHARACTERS)
    {
      gsize units = 0;

      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        units += g_utf8_get_char (p) >= 0x10000 ? 2 : 1;
      if (units > MQ_SHEET_MAX_CHARACTERS)
        {
          g_set_error_literal (error, MQ_SHEET_ERROR, MQ_SHEET_ERROR_SIZE, _ ("A text has more than the 32,767 characters that a cell of a workbook holds. Export it as CSV."));
          return FALSE;
        }
    }
  worksheet_write_string (self->sheet, self->row, (lxw_col_t) column, escaped != NULL ? escaped : text, format);
  return TRUE;
}

gboolean
mq_sheet_is_named_so (const char *path)
{
  gsize length = strlen (path);

  return length > strlen (SUFFIX) && g_ascii_strcasecmp (path + length - strlen (SUFFIX), SUFFIX) == 0;
}

MqSheetWriter *
mq_sheet_writer_new (const char *path, const char *name, GError **error)
{
  g_autoptr (MqSheetWriter) self = g_new0 (MqSheetWriter, 1);

  mq_assert_may_block ();
  self->path = g_strdup (path);
  self->formats = g_ptr_array_new ();
  if (!make_places (self, error) || !open_book (self, name, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_sheet_writer_free (MqSheetWriter *self)
{
  g_clear_pointer (&self->book, lxw_workbook_free);
  if (self->beside != NULL)
    g_unlink (self->beside);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_ptr_array_unref (self->formats);
  g_free (self->beside);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

gboolean
mq_sheet_writer_set_column (MqSheetWriter *self, guint column, const char *title, const char *format, guint width, GError **error)
{
  lxw_format *own = NULL;

  g_return_val_if_fail (column == self->formats->len && self->row == 0, FALSE);
  if (column >= MQ_SHEET_MAX_COLUMNS)
    {
      g_set_error_literal (error, MQ_SHEET_ERROR, MQ_SHEET_ERROR_SIZE, _ ("The table has more than the 16,384 columns that a sheet of a workbook holds. Export it as CSV."));
      return FALSE;
    }
  if (format != NULL)
    {
      own = workbook_add_format (self->book);
      format_set_num_format (own, format);
    }
  g_ptr_array_add (self->formats, own);
  worksheet_set_column (self->sheet, (lxw_col_t) column, (lxw_col_t) column, width, NULL);
  return write_text (self, column, title, self->heading, error);
}

gboolean
mq_sheet_writer_next_row (MqSheetWriter *self, GError **error)
{
  if (++self->row < MQ_SHEET_MAX_ROWS)
    return TRUE;
  g_set_error_literal (error, MQ_SHEET_ERROR, MQ_SHEET_ERROR_SIZE, _ ("The table has more than the 1,048,575 rows that a sheet of a workbook holds below its header. Export it as CSV, or fewer rows of it."));
  return FALSE;
}

gboolean
mq_sheet_writer_set_text (MqSheetWriter *self, guint column, const char *text, GError **error)
{
  return write_text (self, column, text, NULL, error);
}

void
mq_sheet_writer_set_boolean (MqSheetWriter *self, guint column, gboolean value)
{
  worksheet_write_boolean (self->sheet, self->row, (lxw_col_t) column, value, NULL);
}

void
mq_sheet_writer_set_number (MqSheetWriter *self, guint column, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    worksheet_write_number (self->sheet, self->row, (lxw_col_t) column, value, self->formats->pdata[column]);
  else
    write_text (self, column, g_ascii_dtostr (buffer, sizeof buffer, value), NULL, NULL);
}

void
mq_sheet_writer_set_decimal (MqSheetWriter *self, guint column, gint64 mantissa, int digits)
{
  char  buffer[32];
  gsize length = mq_decimal_write (mantissa, digits, buffer);

  buffer[length] = '\0';
  if (mantissa > -EXACT_MANTISSA && mantissa < EXACT_MANTISSA)
    mq_sheet_writer_set_number (self, column, g_ascii_strtod (buffer, NULL));
  else
    write_text (self, column, buffer, NULL, NULL);
}

void
mq_sheet_writer_set_date (MqSheetWriter *self, guint column, gint32 day, gint64 microseconds)
{
  gint64           serial = (gint64) day + SERIAL_OF_1970;
  gint64           second = microseconds / MQ_SECOND;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;

  if (serial >= FIRST_SERIAL)
    {
      mq_sheet_writer_set_number (self, column, (double) serial + (double) microseconds / (double) MQ_DAY_MICROSECONDS);
      return;
    }
  date = mq_day_format (day);
  text = microseconds == 0 ? g_strdup (date) : g_strdup_printf ("%s %02d:%02d:%02d", date, (int) (second / 3600), (int) (second / 60 % 60), (int) (second % 60));
  write_text (self, column, text, NULL, NULL);
}

gboolean
mq_sheet_writer_finish (MqSheetWriter *self, GError **error)
{
  FILE     *aside = self->sheet->optimize_tmpfile;
  lxw_error code;

  /* The library does not look whether the rows that it puts aside found room. */
  errno = 0;
  if (aside != NULL && (fflush (aside) != 0 || ferror (aside)))
    return set_file_error (self->path, errno != 0 ? errno : ENOSPC, error);
  code = workbook_close (g_steal_pointer (&self->book));
  if (code != LXW_NO_ERROR)
    return set_file_error (self->path, errno != 0 ? errno : EIO, error);
  return settle (self) || set_file_error (self->path, errno, error);
}
