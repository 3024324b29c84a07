/* xlsx-source.c: a sheet of a workbook as a source of records. */

#include "config.h"
#include "import/record-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/import-error.h"
#include "import/xlsx-sheet.h"

typedef struct
{
  MqRecordSource    base;
  MqZipArchive     *archive; /* (owned) */
  MqXlsxWorkbook   *book;    /* (owned) */
  const MqZipEntry *entry;   /* (borrowed) */
  MqXlsxReader     *reader;  /* (owned) (nullable) */
  MqRecordPack      pack;
  GBytes           *first; /* (owned) (nullable) the block that was looked at */
  gint64            first_line;
  gboolean          at_end;
} XlsxSource;

static void
warn_odd (XlsxSource *self, const MqXlsxOdd *odd, const char *format)
{
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, odd->n);
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, odd->row);
  g_autofree char *column = g_strdup_printf ("%" G_GINT64_FORMAT, odd->column);
  g_autoptr (GString) sentence = g_string_new (format);

  if (odd->n == 0)
    return;
  g_string_replace (sentence, "{n}", count, 0);
  g_string_replace (sentence, "{row}", row, 0);
  g_string_replace (sentence, "{column}", column, 0);
  mq_record_source_warn (&self->base, g_strdup (sentence->str));
}

static void
warn_of_notes (XlsxSource *self)
{
  const MqXlsxNotes *notes = mq_xlsx_reader_notes (self->reader);

  warn_odd (self, &notes->errors, _ ("{n} cells of the sheet hold an error such as #REF! (first in row {row}, column {column}): they are kept as they stand."));
  warn_odd (self, &notes->values, _ ("{n} cells of the sheet do not hold what the file says they do (first in row {row}, column {column}): they are kept as they stand, or empty."));
  warn_odd (self, &notes->places, _ ("{n} cells or rows of the sheet are numbered wrongly (first in row {row}, column {column}): they are taken in the order in which they stand."));
  warn_odd (self, &notes->formulas, _ ("{n} formulas have no stored value (first in row {row}, column {column}). Open the workbook in a spreadsheet and save it again."));
  warn_odd (self, &notes->cut, _ ("{n} numbers have 16 digits or more (first in row {row}, column {column}): a workbook keeps only the first 15 of a number. Numbers of orders and customers belong into cells of text."));
}

static gboolean
begin_reading (XlsxSource *self, GError **error)
{
  g_clear_pointer (&self->reader, mq_xlsx_reader_free);
  g_clear_pointer (&self->first, g_bytes_unref);
  self->at_end = FALSE;
  mq_record_pack_clear (&self->pack);
  mq_record_pack_init (&self->pack);
  self->reader = mq_xlsx_reader_new (self->book, self->entry, &self->pack, error);
  return self->reader != NULL;
}

static GBytes *
read_block (XlsxSource *self, gint64 *first_line, const MqRun *run, GError **error)
{
  GError *local = NULL;

  while (!self->at_end && !self->pack.failed && self->pack.bytes->len < self->base.block_bytes)
    {
      self->at_end = !mq_run_check (run, &local) || !mq_xlsx_reader_step (self->reader, &local);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
    }
  if (self->at_end)
    warn_of_notes (self);
  return mq_record_pack_take (&self->pack, first_line, error);
}

static gboolean
begin_xlsx (MqRecordSource *base, MqCsvLayout *layout, const MqRun *run, GError **error)
{
  XlsxSource *self = (XlsxSource *) base;
  GError     *local = NULL;
  const char *block;
  gsize       length;

  if (!begin_reading (self, error))
    return FALSE;
  self->first = read_block (self, &self->first_line, run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (self->first == NULL)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("The sheet “%s” is empty. Name another with --sheet."), base->part);
      return FALSE;
    }
  block = g_bytes_get_data (self->first, &length);
  return mq_csv_sniff_packed (block, length, layout, error);
}

static GBytes *
next_xlsx (MqRecordSource *base, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  XlsxSource *self = (XlsxSource *) base;
  GBytes     *block;

  if (self->first != NULL)
    {
      *first_line = self->first_line;
      return g_steal_pointer (&self->first);
    }
  block = read_block (self, first_line, run, error);
  *at_end = self->at_end;
  return block;
}

static gboolean
rewind_xlsx (MqRecordSource *base, GError **error)
{
  return begin_reading ((XlsxSource *) base, error);
}

static gint64
position_xlsx (MqRecordSource *base)
{
  XlsxSource *self = (XlsxSource *) base;

  return self->reader != NULL ? mq_xlsx_reader_position (self->reader) : 0;
}

static void
clear_xlsx (MqRecordSource *base)
{
  XlsxSource *self = (XlsxSource *) base;

  g_clear_pointer (&self->reader, mq_xlsx_reader_free);
  g_clear_pointer (&self->book, mq_xlsx_workbook_free);
  g_clear_pointer (&self->archive, mq_zip_archive_free);
  g_clear_pointer (&self->first, g_bytes_unref);
  mq_record_pack_clear (&self->pack);
}

static void
warn_of_sheets (XlsxSource *self)
{
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->book->sheets->len, 30); i++)
    {
      const MqXlsxSheet *sheet = self->book->sheets->pdata[i];

      if (!sheet->hidden && strcmp (sheet->name, self->base.part) != 0)
        g_string_append_printf (others, "%s“%s”", others->len > 0 ? ", " : "", sheet->name);
    }
  if (others->len > 0)
    mq_record_source_warn (&self->base, g_strdup_printf (_ ("The sheet “%s” was read. The workbook has others, which --sheet names: %s."), self->base.part, others->str));
}

static char **
list_sheets (const MqXlsxWorkbook *book)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < book->sheets->len; i++)
    if (!((const MqXlsxSheet *) book->sheets->pdata[i])->hidden)
      g_strv_builder_add (names, ((const MqXlsxSheet *) book->sheets->pdata[i])->name);
  return g_strv_builder_end (names);
}

static gboolean
open_book (XlsxSource *self, const MqRecordSourceOptions *options, const MqRun *run, GError **error)
{
  const MqXlsxSheet *sheet;

  self->archive = mq_zip_archive_open (&self->base.raw, error);
  if (self->archive != NULL)
    self->book = mq_xlsx_workbook_new (self->archive, run, error);
  sheet = self->book != NULL ? mq_xlsx_workbook_find (self->book, options->sheet, error) : NULL;
  self->entry = sheet != NULL ? mq_xlsx_workbook_entry (self->book, sheet, error) : NULL;
  if (self->entry == NULL)
    return FALSE;
  self->base.part = g_strdup (sheet->name);
  self->base.sheets = list_sheets (self->book);
  if (options->sheet == NULL)
    warn_of_sheets (self);
  if (mq_zip_archive_has_junk (self->archive))
    mq_record_source_warn (&self->base, g_strdup (_ ("The file holds other bytes before or after the workbook: they were left out.")));
  if (self->book->count_differs)
    mq_record_source_warn (&self->base, g_strdup (_ ("The workbook says another number of texts than it has: those that it has were read.")));
  return TRUE;
}

MqRecordSource *
mq_xlsx_source_new (MqRawFile *raw, const MqRecordSourceOptions *options, const MqRun *run, GError **error)
{
  static const MqRecordSourceClass class = { "workbook", begin_xlsx, next_xlsx, rewind_xlsx, position_xlsx, clear_xlsx };
  XlsxSource *self = g_new0 (XlsxSource, 1);

  self->base.class = &class;
  self->base.raw = *raw;
  *raw = (MqRawFile){ .fd = -1 };
  mq_record_pack_init (&self->pack);
  if (open_book (self, options, run, error))
    return &self->base;
  mq_record_source_free (&self->base);
  return NULL;
}
