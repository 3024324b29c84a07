/* run-writer.c: columns to chunks, kept in memory until the commit as far as they fit there, then in an unlinked temporary
 * file. */

#include "config.h"

#include "project/run-writer.h"

#include "base/big-memory.h"
#include "project/staged-run.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What is stored of ten million events. Only pages that are written to are there. */
#define MEMORY_BYTES (96 * 1024 * 1024)

struct _MqSpill
{
  int     fd;
  gint64  length; /* atomic: several writers append */
  guint8 *memory; /* (owned) (nullable) MEMORY_BYTES: pieces that end before that; the others are in the file */
};

struct _MqRunWriter
{
  MqStagedRun *staged; /* (owned) */
  gint64      *values; /* (owned) one chunk */
  GByteArray  *bytes;  /* (owned) */
};

static void
staged_column_free (MqStagedColumn *column)
{
  g_free (column->name);
  g_free (column->label);
  g_array_unref (column->chunks);
  g_free (column);
}

static void
set_system_error (GError **error, const char *sentence, int number)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s %s", sentence, g_strerror (number));
}

static int
open_unlinked (void)
{
  g_autofree char *path = NULL;
  int              fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;
  path = g_build_filename (g_get_tmp_dir (), "marquetry-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

static gboolean
write_dictionary (MqRunWriter *self, MqStagedColumn *column, const MqStrings *strings, GError **error)
{
  g_autoptr (GBytes) bytes = mq_strings_encode (strings, error);

  if (bytes == NULL)
    return FALSE;
  column->has_dictionary = TRUE;
  column->n_strings = mq_strings_length (strings);
  return mq_spill_write (self->staged->spill, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &column->dictionary, error);
}

static gboolean
is_in_memory (const MqSpill *self, MqSpillPiece piece)
{
  return self->memory != NULL && piece.offset <= MEMORY_BYTES && piece.length <= (gsize) (MEMORY_BYTES - piece.offset);
}

static gboolean
read_file (MqSpill *self, MqSpillPiece piece, guint8 *buffer, GError **error)
{
  while (piece.length > 0)
    {
      gssize got = pread (self->fd, buffer, piece.length, piece.offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          set_system_error (error, _ ("The temporary file cannot be read back."), got < 0 ? errno : EIO);
          return FALSE;
        }
      buffer += got;
      piece.offset += got;
      piece.length -= got;
    }
  return TRUE;
}

MqSpill *
mq_spill_new (GError **error)
{
  int      fd = open_unlinked ();
  MqSpill *self;

  if (fd < 0)
    {
      set_system_error (error, _ ("No temporary file can be made. Free some space, or set TMPDIR to another folder."), errno);
      return NULL;
    }
  self = g_new0 (MqSpill, 1);
  self->fd = fd;
  self->memory = mq_big_try_alloc (MEMORY_BYTES);
  return self;
}

void
mq_spill_free (MqSpill *self)
{
  mq_big_free (self->memory, MEMORY_BYTES);
  close (self->fd);
  g_free (self);
}

gboolean
mq_spill_write (MqSpill *self, const guint8 *data, gsize length, MqSpillPiece *piece, GError **error)
{
  gint64 offset = __atomic_fetch_add (&self->length, (gint64) length, __ATOMIC_RELAXED);

  *piece = (MqSpillPiece){ offset, length };
  if (is_in_memory (self, *piece))
    {
      memcpy (self->memory + offset, data, length);
      return TRUE;
    }
  while (length > 0)
    {
      gssize written = pwrite (self->fd, data, length, offset);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          set_system_error (error, _ ("The temporary file cannot be written. Free some space, or set TMPDIR to another folder."), written < 0 ? errno : ENOSPC);
          return FALSE;
        }
      data += written;
      offset += written;
      length -= written;
    }
  return TRUE;
}

const guint8 *
mq_spill_get (MqSpill *self, MqSpillPiece piece, GByteArray *buffer, GError **error)
{
  if (is_in_memory (self, piece))
    return self->memory + piece.offset;
  if (piece.length > G_MAXINT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("The values of one column are longer than 2 GB. Split the file."));
      return NULL;
    }
  g_byte_array_set_size (buffer, MAX (piece.length, 1));
  return read_file (self, piece, buffer->data, error) ? buffer->data : NULL;
}

MqRunWriter *
mq_run_writer_new (MqSpill *spill, MqKind kind, gsize n_rows)
{
  MqRunWriter *self = g_new0 (MqRunWriter, 1);

  self->staged = g_new0 (MqStagedRun, 1);
  self->staged->spill = spill;
  self->staged->kind = kind;
  self->staged->n_rows = n_rows;
  self->staged->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) staged_column_free);
  self->values = g_new (gint64, MQ_CHUNK_ROWS);
  self->bytes = g_byte_array_new ();
  return self;
}

void
mq_run_writer_free (MqRunWriter *self)
{
  g_clear_pointer (&self->staged, mq_staged_run_free);
  g_free (self->values);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

int
mq_run_writer_begin_column (MqRunWriter *self, const char *name, const char *label, MqValueType type, int scale, MqStrings *strings, GError **error)
{
  MqStagedColumn *column;

  g_return_val_if_fail ((type == MQ_VALUE_TEXT) == (strings != NULL), -1);
  column = g_new0 (MqStagedColumn, 1);
  column->name = g_strdup (name);
  column->label = g_strdup (label != NULL ? label : "");
  column->type = type;
  column->scale = scale;
  column->chunks = g_array_new (FALSE, FALSE, sizeof (MqStagedChunk));
  g_ptr_array_add (self->staged->columns, column);
  if (strings != NULL && !write_dictionary (self, column, strings, error))
    return -1;
  return self->staged->columns->len - 1;
}

gboolean
mq_run_writer_append (MqRunWriter *self, guint column, const gint64 *values, guint n, GError **error)
{
  MqStagedColumn *staged = g_ptr_array_index (self->staged->columns, column);
  MqStagedChunk   chunk;

  g_byte_array_set_size (self->bytes, 0);
  mq_chunk_encode (values, n, self->bytes, &chunk.statistics);
  if (!mq_spill_write (self->staged->spill, self->bytes->data, self->bytes->len, &chunk.piece, error))
    return FALSE;
  g_array_append_val (staged->chunks, chunk);
  return TRUE;
}

gboolean
mq_run_writer_add_column (MqRunWriter *self, const char *name, const char *label, MqValueType type, int scale, MqStrings *strings, MqColumnFill fill, gpointer data, const MqRun *run, GError **error)
{
  int column = mq_run_writer_begin_column (self, name, label, type, scale, strings, error);

  if (column < 0)
    return FALSE;
  for (gsize start = 0; start < self->staged->n_rows; start += MQ_CHUNK_ROWS)
    {
      guint n = MIN (MQ_CHUNK_ROWS, self->staged->n_rows - start);

      if (!mq_run_check (run, error))
        return FALSE;
      fill (data, start, n, self->values);
      if (!mq_run_writer_append (self, column, self->values, n, error))
        return FALSE;
    }
  return TRUE;
}

MqStagedRun *
mq_run_writer_finish (MqRunWriter *self, GError **error)
{
  MqStagedRun *staged = g_steal_pointer (&self->staged);

  mq_run_writer_free (self);
  if (staged->n_rows <= G_MAXUINT32 - 1)
    return staged;
  mq_staged_run_free (staged);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("One part of an import holds at most 4,294,967,294 rows. Split the file."));
  return NULL;
}

void
mq_staged_run_free (MqStagedRun *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self);
}

gsize
mq_staged_run_n_rows (const MqStagedRun *self)
{
  return self->n_rows;
}
