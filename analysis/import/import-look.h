/* import-look.h: MqImportLook, the first look at a file, before anything is decided about its columns: what it is, its
 * sheets, its headers, its first rows as they stand, and rows with other than ASCII text, by which people see whether the
 * encoding is right. And the fingerprint of its headers, by which a mapping learnt earlier is known again. */

#pragma once

#include "import/importer.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 line;  /* physical */
  GStrv  cells; /* as they stand */
} MqRawRow;

typedef struct
{
  char      *format;    /* "text", "workbook", "json", "web-table" */
  char      *sheet;     /* of a workbook: the one read; else "" */
  GStrv      sheets;    /* of a workbook: those not hidden; else none */
  char      *encoding;  /* "UTF-8" */
  char      *delimiter; /* "" of what is no text */
  gboolean   has_header;
  gint64     header_line; /* 0: none */
  GStrv      headers;     /* "#3" without one */
  char      *fingerprint; /* 64 hexadecimal digits, the same for any order of the columns; "" without headers */
  MqKind     kind;        /* what its headers fit best */
  GPtrArray *rows;        /* (element-type MqRawRow) the first ones below the header */
  GPtrArray *foreign;     /* (element-type MqRawRow) the first ones with other than ASCII text */
} MqImportLook;

/* From the file's beginning (a workbook or an archive is read as far as it takes). options->kind is not looked at. NULL
 * with error, as mq_importer_plan(). Blocks. */
MqImportLook *mq_import_look (const char *path, const MqImportOptions *options, const MqRun *run, GError **error);
void          mq_import_look_free (MqImportLook *self);

/* headers: without order, NFKC, without blanks and what stands in brackets. (transfer full) */
char *mq_header_fingerprint (const char *const *headers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportLook, mq_import_look_free)

G_END_DECLS
