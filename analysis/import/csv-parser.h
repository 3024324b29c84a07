/* csv-parser.h: text in UTF-8 to records and cells. Two parts, so that parsing runs in parallel:
 * MqCsvSplitter, sequential and fast (looks at quotes only; state carried over block borders), cuts the stream where a record ends;
 * mq_csv_parse() takes blocks of whole records, on any thread, and calls a handler for each record.
 *
 * RFC 4180 with a spreadsheet's tolerance: LF, CRLF and CR end records; a quote opens a quoted cell only at the cell's
 * start (blanks before it allowed when the delimiter is not a blank); "" inside is a quote; text after a closing quote is kept (with a warning; blanks after it are not); a quote inside
 * an unquoted cell is text; blank lines (also of spaces and tabs that are no delimiters) are no records. Delimiter: one UTF-8 character of up to 4 bytes, or runs of
 * blanks (spaces and tabs; leading ones ignored). The hot loop looks at 16 or more bytes at a time and calls no GLib. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char     delimiter[5]; /* UTF-8, NUL-terminated; "" for runs of blanks */
  gboolean quotes;       /* FALSE: a quote is text like any other */
  gboolean packed;       /* no text: records as record-pack.h makes them */
} MqCsvDialect;

typedef struct
{
  const char *text; /* NOT NUL-terminated; in the block, or unescaped in scratch: valid during the handler's call */
  guint32     length;
  guint8      quoted; /* the cell was written in quotes */
  guint8      odd;    /* text after its closing quote, or a quote inside an unquoted cell */
  guint8      nul;    /* holds a NUL byte: not text, reject the row */
  guint8      broken; /* no cell but the text of a record that could not be read: reject it */
} MqCsvCell;

/* record: first byte of the record in the block and its length without the line end. line: physical line of its first
 * byte. Return FALSE to stop (mq_csv_parse then returns FALSE with what you set in error). */
typedef gboolean (*MqCsvHandler) (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error);

/* first_line: physical line of the block's first byte. max_cells: a record with more is an error. Errors are
 * MQ_IMPORT_ERROR_FORMAT and _SYNTAX; the message begins with "LINE:COLUMN: ". */
gboolean mq_csv_parse (const MqCsvDialect *dialect, const char *block, gsize length, gint64 first_line, guint max_cells, MqCsvHandler handler, gpointer data, GError **error);

/* Where a cell (from 0) of a record is written, for messages: *line is the record's and becomes the cell's (they differ
 * after line ends in quotes), *column counts characters in that line from 1. A cell that is not there: the record's end. */
/* The record as text, for people: itself, or for packed ones a line of CSV (transfer full) of at most max bytes. */
char *mq_csv_record_text (const MqCsvDialect *dialect, const char *record, gsize record_length, gsize max);
void  mq_csv_cell_position (const MqCsvDialect *dialect, const char *record, gsize record_length, guint cell, gint64 *line, gint64 *column);

typedef struct _MqCsvSplitter MqCsvSplitter;

/* max_record: bytes; a longer record is an error that names its line. */
MqCsvSplitter *mq_csv_splitter_new (const MqCsvDialect *dialect, gsize max_record);
void           mq_csv_splitter_free (MqCsvSplitter *self);
/* Adds bytes (1 or 4 MiB, whatever comes). FALSE: there is no memory. */
gboolean mq_csv_splitter_push (MqCsvSplitter *self, const char *data, gsize length);
/* The same without a copy: room for `size` bytes to read into, then how many came. NULL: there is no memory. */
char *mq_csv_splitter_reserve (MqCsvSplitter *self, gsize size);
void  mq_csv_splitter_add (MqCsvSplitter *self, gsize length);
/* The whole records complete so far (at end: the rest too), or NULL if there are none. (transfer full) bytes and the
 * physical line of the first one. At the end a quote never closed is an error with line and column of the opening one. */
GBytes *mq_csv_splitter_pop (MqCsvSplitter *self, gboolean at_end, gint64 *first_line, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqCsvSplitter, mq_csv_splitter_free)

G_END_DECLS
