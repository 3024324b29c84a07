/* disk-shim.c: the calls that change a disk, recorded by file and made to fail on demand. */

#include "disk-log.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static GRecMutex   mutex;
static char       *watched; /* (owned) canonical folder */
static DiskLog    *recording;
static GHashTable *inodes; /* (owned) inode to file + 1 */
static gboolean    is_sync_ignored;
static gboolean    is_failing;
static gsize       fail_at, n_calls;
static gboolean    fail_for_ever, fail_reads;
static int         fail_number;

/* The names that SQLite and GLib link against; declared here, for the headers may map them to others. */
ssize_t pread64 (int fd, void *buffer, size_t length, off_t offset);
ssize_t pwrite64 (int fd, const void *buffer, size_t length, off_t offset);
int     ftruncate64 (int fd, off_t length);

#define REAL(type, name, ...)        \
  static type (*real) (__VA_ARGS__); \
  if (real == NULL)                  \
    *(void **) (&real) = dlsym (RTLD_NEXT, name);

static gboolean
is_watched_name (const char *name)
{
  return !g_str_has_suffix (name, "-shm") && !g_str_has_suffix (name, ".lock");
}

/* The name in the watched folder (g_free), NULL for any other path. */
static char *
find_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char             real[PATH_MAX];

  if (watched == NULL || realpath (folder, real) == NULL || strcmp (real, watched) != 0 || !is_watched_name (name))
    return NULL;
  return g_steal_pointer (&name);
}

static char *
find_fd_name (int fd)
{
  char    link[64], path[PATH_MAX];
  ssize_t length;

  g_snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length <= 0)
    return NULL;
  path[length] = '\0';
  return find_name (path);
}

static gboolean
is_watched_folder (int fd)
{
  struct stat info, folder;

  return watched != NULL && fstat (fd, &info) == 0 && S_ISDIR (info.st_mode) && stat (watched, &folder) == 0 && info.st_ino == folder.st_ino && info.st_dev == folder.st_dev;
}

static void
add_op (DiskOp op)
{
  g_array_append_val (recording->ops, op);
}

static guint
add_file (ino_t inode, DiskFile file)
{
  g_array_append_val (recording->files, file);
  g_hash_table_insert (inodes, GSIZE_TO_POINTER (inode), GUINT_TO_POINTER (recording->files->len));
  return recording->files->len - 1;
}

/* A file is named when it is first changed. */
static guint
find_file (int fd, const char *name)
{
  struct stat info;
  guint       known;

  fstat (fd, &info);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (inodes, GSIZE_TO_POINTER (info.st_ino)));
  if (known != 0)
    return known - 1;
  known = add_file (info.st_ino, (DiskFile){ NULL, NULL });
  add_op ((DiskOp){ .kind = DISK_NAME, .file = known, .name = g_strdup (name) });
  return known;
}

static guint
find_path (const char *path, gboolean forget)
{
  struct stat info;
  guint       known;

  if (stat (path, &info) != 0)
    return G_MAXUINT;
  known = GPOINTER_TO_UINT (g_hash_table_lookup (inodes, GSIZE_TO_POINTER (info.st_ino)));
  if (forget && info.st_nlink == 1)
    g_hash_table_remove (inodes, GSIZE_TO_POINTER (info.st_ino));
  return known != 0 ? known - 1 : G_MAXUINT;
}

/* Whether this call is to fail. */
static gboolean
fails (gboolean is_read)
{
  gboolean hit;

  if (!is_failing || (is_read && !fail_reads))
    return FALSE;
  hit = n_calls == fail_at || (fail_for_ever && n_calls > fail_at);
  n_calls++;
  if (hit)
    errno = fail_number;
  return hit;
}

static gboolean
fails_on_fd (int fd, gboolean is_read)
{
  g_autofree char *name = NULL;

  return is_failing && ((name = find_fd_name (fd)) != NULL || is_watched_folder (fd)) && fails (is_read);
}

static gboolean
fails_on_path (const char *path)
{
  g_autofree char *name = is_failing ? find_name (path) : NULL;

  return name != NULL && fails (FALSE);
}

static void
note_write (int fd, DiskOpKind kind, const void *data, gsize length, gint64 offset)
{
  g_autofree char *name = recording != NULL ? find_fd_name (fd) : NULL;

  if (name != NULL)
    add_op ((DiskOp){ .kind = kind, .file = find_file (fd, name), .offset = offset, .length = length, .data = data != NULL ? g_memdup2 (data, length) : NULL });
}

static void
note_sync (int fd)
{
  g_autofree char *name = recording != NULL ? find_fd_name (fd) : NULL;

  if (name != NULL)
    add_op ((DiskOp){ .kind = DISK_SYNC, .file = find_file (fd, name) });
  else if (recording != NULL && is_watched_folder (fd))
    add_op ((DiskOp){ .kind = DISK_SYNC_FOLDER });
}

ssize_t
pread64 (int fd, void *buffer, size_t length, off_t offset)
{
  REAL (ssize_t, "pread64", int, void *, size_t, off_t);
  if (is_failing)
    {
      g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);

      if (fails_on_fd (fd, TRUE))
        return -1;
    }
  return real (fd, buffer, length, offset);
}

ssize_t
pwrite64 (int fd, const void *buffer, size_t length, off_t offset)
{
  REAL (ssize_t, "pwrite64", int, const void *, size_t, off_t);
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  ssize_t written;

  if (fails_on_fd (fd, FALSE))
    return -1;
  written = real (fd, buffer, length, offset);
  if (written > 0)
    note_write (fd, DISK_WRITE, buffer, written, offset);
  return written;
}

int
ftruncate64 (int fd, off_t length)
{
  REAL (int, "ftruncate64", int, off_t);
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  int code;

  if (fails_on_fd (fd, FALSE))
    return -1;
  code = real (fd, length);
  if (code == 0)
    note_write (fd, DISK_TRUNCATE, NULL, 0, length);
  return code;
}

static int
sync_fd (int fd, int (*real) (int))
{
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  int code;

  if (is_sync_ignored)
    return 0;
  if (fails_on_fd (fd, FALSE))
    return -1;
  /* What is recorded stands in memory: nothing has to wait for this machine's own disk. */
  code = recording != NULL || is_failing ? 0 : real (fd);
  if (code == 0)
    note_sync (fd);
  return code;
}

int
fsync (int fd)
{
  REAL (int, "fsync", int);
  return sync_fd (fd, real);
}

int
fdatasync (int fd)
{
  REAL (int, "fdatasync", int);
  return sync_fd (fd, real);
}

int
unlink (const char *path)
{
  REAL (int, "unlink", const char *);
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  g_autofree char *name = recording != NULL ? find_name (path) : NULL;
  int              code;

  if (fails_on_path (path))
    return -1;
  if (name != NULL)
    find_path (path, TRUE);
  code = real (path);
  if (code == 0 && name != NULL)
    add_op ((DiskOp){ .kind = DISK_UNNAME, .name = g_steal_pointer (&name) });
  return code;
}

int
rename (const char *from, const char *to)
{
  REAL (int, "rename", const char *, const char *);
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  g_autofree char *name = recording != NULL ? find_name (from) : NULL;
  guint            file = name != NULL ? find_path (from, FALSE) : G_MAXUINT;
  int              code;

  if (fails_on_path (from))
    return -1;
  if (name != NULL)
    find_path (to, TRUE);
  code = real (from, to);
  if (code == 0 && file != G_MAXUINT)
    add_op ((DiskOp){ .kind = DISK_RENAME, .file = file, .name = g_steal_pointer (&name), .to = find_name (to) });
  return code;
}

int
link (const char *from, const char *to)
{
  REAL (int, "link", const char *, const char *);
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  int code;

  if (fails_on_path (from))
    return -1;
  code = real (from, to);
  if (code == 0 && recording != NULL)
    {
      char *name = find_name (to);
      guint file = find_path (to, FALSE);

      if (name != NULL && file != G_MAXUINT)
        add_op ((DiskOp){ .kind = DISK_NAME, .file = file, .name = name });
      else
        g_free (name);
    }
  return code;
}

static void
watch (const char *folder)
{
  char real[PATH_MAX];

  g_free (watched);
  watched = g_strdup (realpath (folder, real));
  g_assert_nonnull (watched);
}

static void
add_base_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (watched, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (watched, name, NULL);
      struct stat      info;
      char            *contents;
      gsize            length;

      if (!is_watched_name (name) || stat (path, &info) != 0 || !g_file_get_contents (path, &contents, &length, NULL))
        continue;
      add_file (info.st_ino, (DiskFile){ g_strdup (name), g_bytes_new_take (contents, length) });
    }
}

static void
op_clear_cb (gpointer data)
{
  DiskOp *op = data;

  g_free (op->data);
  g_free (op->name);
  g_free (op->to);
}

static void
file_clear_cb (gpointer data)
{
  DiskFile *file = data;

  g_free (file->name);
  g_clear_pointer (&file->contents, g_bytes_unref);
}

void
disk_shim_record (const char *folder)
{
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);
  DiskLog *log = g_new0 (DiskLog, 1);

  watch (folder);
  inodes = g_hash_table_new (NULL, NULL);
  log->ops = g_array_new (FALSE, FALSE, sizeof (DiskOp));
  log->files = g_array_new (FALSE, FALSE, sizeof (DiskFile));
  g_array_set_clear_func (log->ops, op_clear_cb);
  g_array_set_clear_func (log->files, file_clear_cb);
  recording = log;
  add_base_files ();
}

void
disk_shim_acknowledge (void)
{
  if (recording != NULL)
    recording->acknowledged = recording->ops->len;
}

DiskLog *
disk_shim_stop (void)
{
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);

  g_clear_pointer (&inodes, g_hash_table_unref);
  g_clear_pointer (&watched, g_free);
  return g_steal_pointer (&recording);
}

void
disk_shim_ignore_sync (gboolean ignore)
{
  is_sync_ignored = ignore;
}

void
disk_shim_fail (const char *folder, gsize at, gboolean for_ever, gboolean reads, int number)
{
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);

  watch (folder);
  fail_at = at;
  fail_for_ever = for_ever;
  fail_reads = reads;
  fail_number = number;
  n_calls = 0;
  is_failing = TRUE;
}

gsize
disk_shim_end_fail (void)
{
  g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&mutex);

  is_failing = FALSE;
  g_clear_pointer (&watched, g_free);
  return n_calls;
}

void
disk_log_free (DiskLog *self)
{
  g_array_unref (self->ops);
  g_array_unref (self->files);
  g_free (self);
}
