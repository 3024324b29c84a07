/* xlsx-sheet.h: MqXlsxReader, the rows of one sheet as packed records. Numbers are as the file has them, without the
 * noise of binary arithmetic behind the 15th digit; dates by their format as ISO text; formulas by their stored value. */

#pragma once

#include "import/record-pack.h"
#include "import/xlsx-workbook.h"

G_BEGIN_DECLS

/* What was odd, with the first place of each. */
typedef struct
{
  gint64 n;
  gint64 row;
  gint64 column;
} MqXlsxOdd;

typedef struct
{
  MqXlsxOdd errors;   /* #REF! and the like */
  MqXlsxOdd values;   /* no number where one is promised, a string that is not there */
  MqXlsxOdd places;   /* cells or rows whose number is wrong or out of order */
  MqXlsxOdd formulas; /* without a stored value */
  MqXlsxOdd cut;      /* numbers of more digits than a workbook keeps */
} MqXlsxNotes;

typedef struct _MqXlsxReader MqXlsxReader;

MqXlsxReader *mq_xlsx_reader_new (const MqXlsxWorkbook *book, const MqZipEntry *entry, MqRecordPack *pack, GError **error);
void          mq_xlsx_reader_free (MqXlsxReader *self);
/* One piece of the sheet, to the pack; FALSE at the end or with error. */
gboolean           mq_xlsx_reader_step (MqXlsxReader *self, GError **error);
const MqXlsxNotes *mq_xlsx_reader_notes (const MqXlsxReader *self);
gint64             mq_xlsx_reader_position (const MqXlsxReader *self); /* packed bytes read */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqXlsxReader, mq_xlsx_reader_free)

G_END_DECLS
