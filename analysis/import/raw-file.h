/* raw-file.h: the bytes of a file, of standard input or of a stream; what cannot be read twice is spooled to an unlinked
 * temporary file. Errors are MQ_IMPORT_ERROR_OPEN and begin with the name. One thread. */

#pragma once

#include "base/run.h"

G_BEGIN_DECLS

typedef struct
{
  int      fd;
  char    *name; /* (owned) for messages: without folder, valid UTF-8 */
  gint64   size;
  gboolean cut;    /* a stream longer than its limit */
  char    *sha256; /* (owned) (nullable) of the file in which these bytes are packed, where they are */
} MqRawFile;

/* path "-" is standard input. */
gboolean mq_raw_file_open (MqRawFile *self, const char *path, const MqRun *run, GError **error);
/* The stream's first `limit` bytes; of an archive, whose directory stands at its end, all. */
gboolean mq_raw_file_open_stream (MqRawFile *self, GInputStream *in, const char *name, gint64 limit, const MqRun *run, GError **error);
/* What `read` gives (0 at the end, -1 with error), kept in a temporary file. */
gboolean mq_raw_file_open_unpacked (MqRawFile *self, const char *name, gssize (*read) (gpointer reader, char *buffer, gsize size, GError **error), gpointer reader, const MqRun *run, GError **error);
void     mq_raw_file_clear (MqRawFile *self);
/* Fills the buffer as far as the file goes (size is the one at opening: what is added meanwhile is not read). An error
 * if the file became shorter. */
gssize mq_raw_file_read (MqRawFile *self, gint64 offset, char *buffer, gsize size, GError **error);

G_END_DECLS
