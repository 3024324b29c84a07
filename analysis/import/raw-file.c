/* raw-file.c: opens, spools and reads files by offset. */

#include "config.h"
#include "import/raw-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/interactive.h"
#include "base/piece.h"
#include "import/import-error.h"

#define SPOOL_BYTES MQ_PIECE (256 * 1024)

static void
set_errno_error (const MqRawFile *self, GError **error, int number, const char *sentence)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN, "%s: %s (%s)", self->name, sentence, g_strerror (number));
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
open_temporary (MqRawFile *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) reason = NULL;

  self->fd = g_file_open_tmp ("marquetry-XXXXXX", &path, &reason);
  if (self->fd >= 0)
    {
      g_unlink (path);
      return TRUE;
    }
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN, "%s: %s", self->name, reason->message);
  return FALSE;
}

static gboolean
spool_bytes (MqRawFile *self, const char *buffer, gsize n, GError **error)
{
  if (!write_all (self->fd, buffer, n))
    {
      set_errno_error (self, error, errno, _ ("The input could not be kept in a temporary file. Make room in the folder for temporary files."));
      return FALSE;
    }
  self->size += n;
  return TRUE;
}

static gboolean
spool_stream (MqRawFile *self, GInputStream *in, gint64 limit, const MqRun *run, GError **error)
{
  g_autofree char *buffer = g_malloc (SPOOL_BYTES);
  gssize           n = 1;

  while (n > 0 && self->size <= limit)
    {
      g_autoptr (GError) reason = NULL;

      if (!mq_run_check (run, error))
        return FALSE;
      n = g_input_stream_read (in, buffer, SPOOL_BYTES, run != NULL ? run->cancellable : NULL, &reason);
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      if (n < 0)
        {
          g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN, "%s: %s", self->name, reason->message);
          return FALSE;
        }
      if (self->size == 0 && n >= 4 && memcmp (buffer, "PK\3\4", 4) == 0)
        limit = G_MAXINT64 - SPOOL_BYTES;
      if (!spool_bytes (self, buffer, n, error))
        return FALSE;
    }
  self->cut = self->size > limit;
  self->size = MIN (self->size, limit);
  return TRUE;
}

/* Opens what can be read by offset; -1 without error: it must be spooled. */
static gboolean
open_regular (MqRawFile *self, int fd, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      set_errno_error (self, error, errno, _ ("The file cannot be read."));
      return FALSE;
    }
  if (S_ISDIR (info.st_mode))
    {
      set_errno_error (self, error, EISDIR, _ ("The file cannot be read."));
      return FALSE;
    }
  if (!S_ISREG (info.st_mode) || info.st_size == 0)
    return TRUE;
  self->fd = fd;
  self->size = info.st_size;
  posix_fadvise (fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return TRUE;
}

gboolean
mq_raw_file_open_stream (MqRawFile *self, GInputStream *in, const char *name, gint64 limit, const MqRun *run, GError **error)
{
  *self = (MqRawFile){ .fd = -1, .name = g_utf8_make_valid (name, -1) };
  if (open_temporary (self, error) && spool_stream (self, in, limit, run, error))
    return TRUE;
  mq_raw_file_clear (self);
  return FALSE;
}

gboolean
mq_raw_file_open_unpacked (MqRawFile *self, const char *name, gssize (*read) (gpointer reader, char *buffer, gsize size, GError **error), gpointer reader, const MqRun *run, GError **error)
{
  g_autofree char *buffer = g_malloc (SPOOL_BYTES);
  gssize           n = 1;

  *self = (MqRawFile){ .fd = -1, .name = g_utf8_make_valid (name, -1) };
  if (!open_temporary (self, error))
    n = -1;
  while (n > 0)
    {
      n = mq_run_check (run, error) ? read (reader, buffer, SPOOL_BYTES, error) : -1;
      if (n > 0 && !spool_bytes (self, buffer, n, error))
        n = -1;
    }
  if (n == 0)
    return TRUE;
  mq_raw_file_clear (self);
  return FALSE;
}

gboolean
mq_raw_file_open (MqRawFile *self, const char *path, const MqRun *run, GError **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  g_autoptr (GInputStream) in = NULL;
  int fd;

  mq_assert_may_block ();
  *self = (MqRawFile){ .fd = -1, .name = is_stdin ? g_strdup (_ ("standard input")) : g_filename_display_basename (path) };
  fd = is_stdin ? dup (STDIN_FILENO) : open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    set_errno_error (self, error, errno, _ ("The file cannot be opened."));
  else if (open_regular (self, fd, error))
    {
      if (self->fd >= 0 && !is_stdin)
        return TRUE;
      self->fd = -1;
      self->size = 0;
      in = g_unix_input_stream_new (fd, TRUE);
      fd = -1;
      if (open_temporary (self, error) && spool_stream (self, in, G_MAXINT64 - SPOOL_BYTES, run, error))
        return TRUE;
    }
  if (fd >= 0)
    close (fd);
  mq_raw_file_clear (self);
  return FALSE;
}

void
mq_raw_file_clear (MqRawFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sha256, g_free);
}

gssize
mq_raw_file_read (MqRawFile *self, gint64 offset, char *buffer, gsize size, GError **error)
{
  gsize wanted = CLAMP (self->size - offset, 0, (gint64) MIN (size, G_MAXSSIZE));
  gsize done = 0;

  while (done < wanted)
    {
      gssize n = pread (self->fd, buffer + done, wanted - done, offset + done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno_error (self, error, errno, _ ("The file cannot be read."));
          return -1;
        }
      if (n == 0)
        {
          g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN, _ ("%s: The file became shorter while it was read. Import it again when it is complete."), self->name);
          return -1;
        }
      done += n;
    }
  return done;
}
