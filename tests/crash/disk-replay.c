/* disk-replay.c: what a disk may hold after a power cut. */

#include "disk-log.h"

#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* How what was not synced fares. */
typedef enum
{
  KEEP_ALL, /* as after kill -9 */
  KEEP_NONE,
  KEEP_SOME,
  KEEP_SECTORS, /* some writes are torn */
  N_STYLES
} Style;

typedef struct
{
  const DiskLog *log; /* (borrowed) */
  gsize          n;
  GRand         *rand;
  Style          style;
  gsize         *synced;   /* (owned) by file: operations before this one are safe */
  GPtrArray     *contents; /* (owned) (element-type GByteArray) by file */
  GHashTable    *names;    /* (owned) name to file + 1 */
} Replay;

static gboolean
is_kept (Replay *self, gboolean is_safe)
{
  if (is_safe || self->style == KEEP_ALL)
    return TRUE;
  return self->style != KEEP_NONE && g_rand_boolean (self->rand);
}

static void
write_bytes (GByteArray *contents, gint64 offset, const guint8 *data, gsize length)
{
  guint old = contents->len;

  if (offset + length > old)
    {
      g_byte_array_set_size (contents, offset + length);
      memset (contents->data + old, 0, contents->len - old);
    }
  memcpy (contents->data + offset, data, length);
}

static void
write_op (Replay *self, const DiskOp *op, gboolean is_safe)
{
  GByteArray *contents = self->contents->pdata[op->file];

  if (is_safe || self->style != KEEP_SECTORS || g_rand_boolean (self->rand))
    {
      write_bytes (contents, op->offset, op->data, op->length);
      return;
    }
  for (gsize done = 0; done < op->length;)
    {
      gsize length = MIN (op->length - done, SECTOR - (op->offset + done) % SECTOR);

      if (g_rand_boolean (self->rand))
        write_bytes (contents, op->offset + done, op->data + done, length);
      done += length;
    }
}

static void
truncate_op (Replay *self, const DiskOp *op)
{
  GByteArray *contents = self->contents->pdata[op->file];
  guint       old = contents->len;

  g_byte_array_set_size (contents, op->offset);
  if (op->offset > old)
    memset (contents->data + old, 0, op->offset - old);
}

static void
replay_contents (Replay *self)
{
  for (gsize i = 0; i < self->n; i++)
    {
      const DiskOp *op = &g_array_index (self->log->ops, DiskOp, i);
      gboolean      is_safe = i < self->synced[op->file];

      if (op->kind == DISK_WRITE && is_kept (self, is_safe))
        write_op (self, op, is_safe);
      else if (op->kind == DISK_TRUNCATE && is_kept (self, is_safe))
        truncate_op (self, op);
    }
}

static void
set_name (Replay *self, const char *name, guint file)
{
  g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (file + 1));
}

/* File systems keep the order of names: after the last sync any beginning of the changes may be there. */
static void
replay_names (Replay *self)
{
  gsize safe = 0, end;

  for (gsize i = 0; i < self->n; i++)
    if (g_array_index (self->log->ops, DiskOp, i).kind == DISK_SYNC_FOLDER)
      safe = i;
  end = self->style == KEEP_ALL ? self->n : self->style == KEEP_NONE ? safe
                                                                     : (gsize) g_rand_int_range (self->rand, safe, self->n + 1);
  for (gsize i = 0; i < end; i++)
    {
      const DiskOp *op = &g_array_index (self->log->ops, DiskOp, i);

      if (op->kind == DISK_UNNAME || op->kind == DISK_RENAME)
        g_hash_table_remove (self->names, op->name);
      if (op->kind == DISK_NAME)
        set_name (self, op->name, op->file);
      if (op->kind == DISK_RENAME && op->to != NULL)
        set_name (self, op->to, op->file);
    }
}

static void
find_synced (Replay *self)
{
  self->synced = g_new0 (gsize, self->log->files->len + 1);
  for (gsize i = 0; i < self->n; i++)
    {
      const DiskOp *op = &g_array_index (self->log->ops, DiskOp, i);

      if (op->kind == DISK_SYNC)
        self->synced[op->file] = i;
    }
}

static void
add_base (Replay *self)
{
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->log->files->len; i++)
    {
      const DiskFile *file = &g_array_index (self->log->files, DiskFile, i);
      GByteArray     *contents = g_byte_array_new ();

      if (file->contents != NULL)
        g_byte_array_append (contents, g_bytes_get_data (file->contents, NULL), g_bytes_get_size (file->contents));
      g_ptr_array_add (self->contents, contents);
      if (file->name != NULL)
        set_name (self, file->name, i);
    }
}

static void
write_files (Replay *self, const char *folder)
{
  GHashTableIter iter;
  gpointer       name, file;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &name, &file))
    {
      g_autofree char  *path = g_build_filename (folder, name, NULL);
      const GByteArray *contents = self->contents->pdata[GPOINTER_TO_UINT (file) - 1];

      g_assert_true (g_file_set_contents_full (path, contents->len > 0 ? (const char *) contents->data : "", contents->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}

void
disk_clear_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      unlink (path);
    }
}

void
disk_log_replay (const DiskLog *self, gsize n, GRand *rand, const char *folder)
{
  Replay replay = { self, n, rand, g_rand_int_range (rand, 0, N_STYLES), NULL, NULL, NULL };

  disk_clear_folder (folder);
  find_synced (&replay);
  add_base (&replay);
  replay_contents (&replay);
  replay_names (&replay);
  write_files (&replay, folder);
  g_free (replay.synced);
  g_ptr_array_unref (replay.contents);
  g_hash_table_unref (replay.names);
}

gsize
disk_log_length (const DiskLog *self)
{
  return self->ops->len;
}

gsize
disk_log_acknowledged (const DiskLog *self)
{
  return self->acknowledged;
}

gsize
disk_log_writes (const DiskLog *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->ops->len; i++)
    bytes += g_array_index (self->ops, DiskOp, i).length;
  return bytes;
}

gsize
disk_log_syncs (const DiskLog *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->ops->len; i++)
    n += g_array_index (self->ops, DiskOp, i).kind == DISK_SYNC || g_array_index (self->ops, DiskOp, i).kind == DISK_SYNC_FOLDER;
  return n;
}
