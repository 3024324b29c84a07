/* text-source.h: MqTextSource, a file as a stream of UTF-8: encoding found (BOM, NUL pattern, strict UTF-8, what the
 * bytes look like if all of the text decodes in it) or given, converted strictly: an undecodable byte is never replaced silently. UTF-8 input is only checked,
 * not copied. Counts bytes of the file for progress and takes its SHA-256 in the same pass. One thread. */

#pragma once

#include <gio/gio.h>
#include "import/raw-file.h"

G_BEGIN_DECLS

typedef struct _MqTextSource MqTextSource;

/* path "-": standard input, spooled to an unlinked temporary file so that it can be read twice. encoding NULL: found. Refuses by
 * content what is no text: pictures, archives, PDF, office files, empty files (MQ_IMPORT_ERROR_FORMAT, what to do). */
MqTextSource *mq_text_source_open (const char *path, const char *encoding, const MqRun *run, GError **error);
/* The first `limit` bytes of a stream (nothing is refused for being cut there; then there is no SHA-256). */
MqTextSource *mq_text_source_open_stream (GInputStream *in, const char *name, gint64 limit, const char *encoding, const MqRun *run, GError **error);
/* Of a file that is open already; takes it, also when it fails. */
MqTextSource *mq_text_source_open_raw (MqRawFile *raw, const char *encoding, const MqRun *run, GError **error);
void          mq_text_source_free (MqTextSource *self);
/* Fills `buffer` with up to `size` bytes of valid UTF-8 (may end inside a character); 0 at the end; -1 with error, which
 * names file, line and column. Byte order marks are not part of it (also none at the begin of a later line). NUL bytes
 * are passed on where they are few (MqCsvCell.nul); from 512 in a row on they are an error. */
gssize mq_text_source_read (MqTextSource *self, char *buffer, gsize size, GError **error);
/* After a read that failed with MQ_IMPORT_ERROR_ENCODING: TRUE if the file, taken for UTF-8 by its beginning and samples,
 * turned out to be another encoding wholly, or damaged, and the source has changed to it: rewind it and begin anew. */
gboolean mq_text_source_changed_encoding (MqTextSource *self);
gboolean mq_text_source_rewind (MqTextSource *self, GError **error);
/* A few bytes are no UTF-8: they are given as NUL, and a warning says so. */
gboolean    mq_text_source_has_marks (MqTextSource *self);
const char *mq_text_source_encoding (MqTextSource *self); /* "UTF-8", "UTF-16LE", "GB18030" … */
const char *mq_text_source_name (MqTextSource *self);     /* file name without folder; "standard input" */
gint64      mq_text_source_size (MqTextSource *self);
gboolean    mq_text_source_is_cut (MqTextSource *self);   /* the text ends where a limit did */
gint64      mq_text_source_position (MqTextSource *self); /* bytes of the file read so far */
const char *mq_text_source_sha256 (MqTextSource *self);   /* after a complete read; NULL before */
char      **mq_text_source_warnings (MqTextSource *self); /* (transfer none) translated; e.g. "no BOM: read as UTF-16LE" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTextSource, mq_text_source_free)

G_END_DECLS
