/* record-source.h: MqRecordSource, a file as a stream of records, whatever it is: delimited text, a sheet of a workbook,
 * JSON, a table of a web page, any of these in a gzip or in a zip. What a file is, is told by its content, never by its
 * name. What cannot be read is refused in words that say what to do. Errors: MqImportError, the message begins with
 * FILE: or FILE:LINE:COLUMN:, those of next() with LINE:COLUMN: or without a place. One thread. */

#pragma once

#include "import/csv-sniff.h"
#include "import/raw-file.h"
#include "import/text-source.h"

G_BEGIN_DECLS

typedef struct
{
  const char *encoding;  /* (nullable) iconv name */
  const char *delimiter; /* (nullable) see csv-sniff.h */
  const char *sheet;     /* (nullable) of a workbook: its name, or "#2" */
  const char *part;      /* (nullable) entry of a zip */
  gsize       block_bytes;
  gsize       sniff_bytes; /* text from which the layout is found */
} MqRecordSourceOptions;

typedef struct _MqRecordSource MqRecordSource;

/* What a format provides; record-source.c has what is the same for all. */
typedef struct
{
  const char *format; /* "text", "workbook", "json", "web-table": machine output */
  /* Finds the layout; the records stay to be read. */
  gboolean (*begin) (MqRecordSource *self, MqCsvLayout *layout, const MqRun *run, GError **error);
  GBytes *(*next) (MqRecordSource *self, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error);
  gboolean (*rewind) (MqRecordSource *self, GError **error);
  gint64 (*position) (MqRecordSource *self);
  void (*clear) (MqRecordSource *self);
} MqRecordSourceClass;

struct _MqRecordSource
{
  const MqRecordSourceClass *class;
  char         *name; /* (owned) of the file, for messages */
  MqRawFile     raw;  /* of what is no text */
  MqTextSource *text; /* (owned) (nullable) */
  gsize         block_bytes;
  gsize         sniff_bytes;
  char         *delimiter; /* (owned) (nullable) */
  char         *part;      /* (owned) (nullable) what of the file is read: the sheet */
  char        **sheets;    /* (owned) (nullable) of a workbook: names of those that are not hidden */
  GPtrArray    *headers;   /* (owned) (nullable) (element-type utf8) where they are no record, after begin() */
  GPtrArray    *warnings;  /* (owned) (element-type utf8) translated, complete when all was read */
};

/* path "-" is standard input. */
MqRecordSource *mq_record_source_open (const char *path, const MqRecordSourceOptions *options, const MqRun *run, GError **error);
/* The first `limit` bytes of a stream; of a workbook or an archive all of it. */
MqRecordSource *mq_record_source_open_stream (GInputStream *in, const char *name, gint64 limit, const MqRecordSourceOptions *options, const MqRun *run, GError **error);
void            mq_record_source_free (MqRecordSource *self);

/* Begins at the first record, also after other reading. */
gboolean mq_record_source_begin (MqRecordSource *self, MqCsvLayout *layout, const MqRun *run, GError **error);
/* Whole records (transfer full), or NULL with *at_end or error; may be NULL without either: go on. */
GBytes *mq_record_source_next (MqRecordSource *self, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error);
/* Begins again, with the layout as it was found. */
gboolean    mq_record_source_rewind (MqRecordSource *self, GError **error);
gint64      mq_record_source_position (MqRecordSource *self); /* bytes of the file read so far */
gint64      mq_record_source_size (MqRecordSource *self);
const char *mq_record_source_sha256 (MqRecordSource *self);   /* after all was read */
const char *mq_record_source_encoding (MqRecordSource *self); /* "UTF-8" where the format says it itself */
gboolean    mq_record_source_changed_encoding (MqRecordSource *self);
/* All warnings so far (transfer container) (element-type utf8). */
GPtrArray *mq_record_source_warnings (MqRecordSource *self);

/* The files that a path stands for: entries of a zip that is no workbook, files of a folder, in the order of their
 * names; of any other path one entry "" (transfer full). NULL with error. */
char **mq_record_source_parts (const char *path, const MqRun *run, GError **error);

/* For the formats. */
MqRecordSource *mq_csv_source_new (MqTextSource *text, const MqRecordSourceOptions *options);
MqRecordSource *mq_json_source_new (MqTextSource *text, const MqRecordSourceOptions *options);
MqRecordSource *mq_html_source_new (MqTextSource *text, const MqRecordSourceOptions *options);
/* Takes raw, also when it fails. */
MqRecordSource *mq_xlsx_source_new (MqRawFile *raw, const MqRecordSourceOptions *options, const MqRun *run, GError **error);
gboolean        mq_json_looks_so (const char *text, gsize length);
gboolean        mq_html_looks_so (const char *text, gsize length);
void            mq_record_source_warn (MqRecordSource *self, char *sentence); /* (transfer full) once each */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqRecordSource, mq_record_source_free)

G_END_DECLS
