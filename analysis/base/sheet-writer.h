/* sheet-writer.h: MqSheetWriter, a workbook (.xlsx) of one sheet, written row by row. The file appears whole or not at all:
 * written beside its place, fsynced, renamed, for the owner's eyes only (0600). Text is always text, never a formula. No
 * clock: the same cells give the same bytes. One thread; blocks. Errors: GFileError, or MqSheetError for what a sheet
 * cannot hold. */

#pragma once

#include "base/civil-time.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_SHEET_ERROR_SIZE, /* more rows, columns or characters than the format has room for */
} MqSheetError;

#define MQ_SHEET_ERROR (mq_sheet_error_quark ())
GQuark mq_sheet_error_quark (void);

/* The limits of the format, the header's row included. */
#define MQ_SHEET_MAX_ROWS 1048576
#define MQ_SHEET_MAX_COLUMNS 16384
#define MQ_SHEET_MAX_CHARACTERS 32767 /* of one cell */

typedef struct _MqSheetWriter MqSheetWriter;

/* Whether a file's name ends in .xlsx, in any case. */
gboolean mq_sheet_is_named_so (const char *path);

/* `name` is the sheet's, cut and cleaned to what the format allows. */
MqSheetWriter *mq_sheet_writer_new (const char *path, const char *name, GError **error);
/* Leaves no file unless the writer was finished. */
void mq_sheet_writer_free (MqSheetWriter *self);

/* All columns first, from 0 on, then rows. `format` (nullable) is a number format of the file format's ("0.00"); width in
 * characters. */
gboolean mq_sheet_writer_set_column (MqSheetWriter *self, guint column, const char *title, const char *format, guint width, GError **error);
gboolean mq_sheet_writer_next_row (MqSheetWriter *self, GError **error);

/* Cells of the row; what is not set is empty. */
gboolean mq_sheet_writer_set_text (MqSheetWriter *self, guint column, const char *text, GError **error);
void     mq_sheet_writer_set_boolean (MqSheetWriter *self, guint column, gboolean value);
void     mq_sheet_writer_set_number (MqSheetWriter *self, guint column, double value); /* text if it is not finite */
/* mantissa / 10^digits (digits 0 to 18), as text where it has more digits than a spreadsheet keeps (15). */
void mq_sheet_writer_set_decimal (MqSheetWriter *self, guint column, gint64 mantissa, int digits);
/* A date with a time of day (microseconds, 0 for a day), as text before March 1900, where spreadsheets count wrongly. */
void mq_sheet_writer_set_date (MqSheetWriter *self, guint column, gint32 day, gint64 microseconds);

/* Puts the file into its place. */
gboolean mq_sheet_writer_finish (MqSheetWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSheetWriter, mq_sheet_writer_free)

G_END_DECLS
