/* xlsx-workbook.h: what of a workbook stands beside its sheets: where they are, the shared strings, the formats. */

#pragma once

#include "import/xlsx-styles.h"
#include "import/zip-archive.h"

G_BEGIN_DECLS

typedef struct
{
  char    *name; /* (owned) */
  char    *id;   /* (owned) of its relationship */
  gboolean hidden;
} MqXlsxSheet;

typedef struct
{
  MqZipArchive *archive; /* (borrowed) */
  GPtrArray    *sheets;  /* (owned) (element-type MqXlsxSheet) */
  GHashTable   *targets; /* (owned) id of a relationship → target */
  char         *folder;  /* (owned) of the workbook's entry, with a slash at its end or "" */
  gboolean      is_1904;
  GArray       *formats; /* (owned) (element-type MqCellFormat) by the number of a cell's style */
  GString      *strings; /* (owned) shared strings, one behind the other */
  gsize        *ends;    /* (owned) where each of them ends */
  gsize         n_strings;
  gsize         ends_room;
  gboolean      count_differs; /* the file says another number of strings than it has */
} MqXlsxWorkbook;

MqXlsxWorkbook *mq_xlsx_workbook_new (MqZipArchive *archive, const MqRun *run, GError **error);
void            mq_xlsx_workbook_free (MqXlsxWorkbook *self);
/* given: a name, "#2", or NULL: the first that is not hidden. NULL with error, which lists the sheets. */
const MqXlsxSheet *mq_xlsx_workbook_find (const MqXlsxWorkbook *self, const char *given, GError **error);
const MqZipEntry  *mq_xlsx_workbook_entry (const MqXlsxWorkbook *self, const MqXlsxSheet *sheet, GError **error);
/* FALSE if there is no such string. */
gboolean     mq_xlsx_workbook_string (const MqXlsxWorkbook *self, guint64 index, const char **text, gsize *length);
MqCellFormat mq_xlsx_workbook_format (const MqXlsxWorkbook *self, guint style);
/* Decodes _x000D_ and the like in place; the new length. */
gsize mq_xlsx_unescape (char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqXlsxWorkbook, mq_xlsx_workbook_free)

G_END_DECLS
