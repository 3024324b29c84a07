/* page-check.c: checksums are put into pages as they are written to the main file and compared as they are read. Pages in a
 * journal have their own; they get ours when they reach the main file. */

#include "config.h"

#include "project/page-check.h"

#include "base/checksum.h"

#include <string.h>

#define HEADER_LENGTH 100
#define MAX_PAGE 65536
#define PAGE_NUMBER_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

typedef struct
{
  sqlite3_file  base;
  int           page_size; /* 0 while unknown */
  gboolean      is_checked;
  sqlite3_file *real; /* behind this struct */
} PageFile;

static sqlite3_vfs *
get_real_vfs (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((PageFile *) (gpointer) file)->real;
}

static void
learn (PageFile *self, const guint8 *header)
{
  int size = header[16] << 8 | header[17];

  if (memcmp (header, "SQLite format 3", 16) != 0)
    return;
  self->page_size = size == 1 ? MAX_PAGE : size;
  self->is_checked = header[20] == MQ_PAGE_CHECK_BYTES;
}

static guint64
compute (const PageFile *self, const guint8 *page, sqlite3_int64 offset)
{
  guint64 number = offset / self->page_size + 1;

  return GUINT64_TO_LE (mq_checksum64 (page, self->page_size - MQ_PAGE_CHECK_BYTES) ^ number * PAGE_NUMBER_FACTOR);
}

static gboolean
is_page (const PageFile *self, int length, sqlite3_int64 offset)
{
  return self->is_checked && length == self->page_size && offset % self->page_size == 0;
}

/* A page that was freed before it was ever written is a hole of zeros. */
static gboolean
is_hole (const PageFile *self, const guint8 *page, sqlite3_int64 offset)
{
  return offset > 0 && page[0] == 0 && memcmp (page, page + 1, self->page_size - 1) == 0;
}

static int
read_cb (sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset)
{
  PageFile *self = (PageFile *) (gpointer) file;
  int       code = self->real->pMethods->xRead (self->real, buffer, length, offset);
  guint64   found;

  if (code != SQLITE_OK)
    return code;
  if (offset == 0 && length >= HEADER_LENGTH)
    learn (self, buffer);
  if (!is_page (self, length, offset))
    return SQLITE_OK;
  memcpy (&found, (const guint8 *) buffer + length - MQ_PAGE_CHECK_BYTES, sizeof found);
  if (found == compute (self, buffer, offset) || is_hole (self, buffer, offset))
    return SQLITE_OK;
  g_debug ("page %d has another checksum", (int) (offset / length + 1));
  return SQLITE_CORRUPT;
}

static int
write_cb (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  PageFile *self = (PageFile *) (gpointer) file;
  guint8    page[MAX_PAGE];
  guint64   checksum;

  if (offset == 0 && length >= HEADER_LENGTH)
    learn (self, data);
  if (!is_page (self, length, offset))
    return self->real->pMethods->xWrite (self->real, data, length, offset);
  memcpy (page, data, length);
  checksum = compute (self, page, offset);
  memcpy (page + length - MQ_PAGE_CHECK_BYTES, &checksum, sizeof checksum);
  return self->real->pMethods->xWrite (self->real, page, length, offset);
}

static int
close_cb (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
truncate_cb (sqlite3_file *file, sqlite3_int64 size)
{
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
sync_cb (sqlite3_file *file, int flags)
{
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
size_cb (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
lock_cb (sqlite3_file *file, int lock)
{
  return get_real (file)->pMethods->xLock (get_real (file), lock);
}

static int
unlock_cb (sqlite3_file *file, int lock)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), lock);
}

static int
check_lock_cb (sqlite3_file *file, int *result)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), result);
}

static int
control_cb (sqlite3_file *file, int operation, void *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
sector_cb (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
device_cb (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
map_cb (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, memory);
}

static int
shm_lock_cb (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
barrier_cb (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
unmap_cb (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

/* Version 2: no memory-mapped reads, which would go past us. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_cb,
  .xRead = read_cb,
  .xWrite = write_cb,
  .xTruncate = truncate_cb,
  .xSync = sync_cb,
  .xFileSize = size_cb,
  .xLock = lock_cb,
  .xUnlock = unlock_cb,
  .xCheckReservedLock = check_lock_cb,
  .xFileControl = control_cb,
  .xSectorSize = sector_cb,
  .xDeviceCharacteristics = device_cb,
  .xShmMap = map_cb,
  .xShmLock = shm_lock_cb,
  .xShmBarrier = barrier_cb,
  .xShmUnmap = unmap_cb,
};

static int
open_cb (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *real = get_real_vfs (vfs);
  PageFile    *self = (PageFile *) (gpointer) file;
  int          code;

  if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
    return real->xOpen (real, name, file, flags, out_flags);
  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) (gpointer) (self + 1);
  code = real->xOpen (real, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &methods;
  return code;
}

static int
delete_cb (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  return get_real_vfs (vfs)->xDelete (get_real_vfs (vfs), name, sync_folder);
}

static int
access_cb (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return get_real_vfs (vfs)->xAccess (get_real_vfs (vfs), name, flags, result);
}

static int
full_path_cb (sqlite3_vfs *vfs, const char *name, int length, char *path)
{
  return get_real_vfs (vfs)->xFullPathname (get_real_vfs (vfs), name, length, path);
}

const char *
mq_page_check_vfs (void)
{
  static sqlite3_vfs vfs;
  static gsize       once;

  if (g_once_init_enter (&once))
    {
      sqlite3_vfs *real = sqlite3_vfs_find (NULL);

      /* What does not concern files (time, random numbers, system calls) is the real one's as it is. */
      vfs = *real;
      vfs.zName = "marquetry";
      vfs.pNext = NULL;
      vfs.pAppData = real;
      vfs.szOsFile = sizeof (PageFile) + real->szOsFile;
      vfs.xOpen = open_cb;
      vfs.xDelete = delete_cb;
      vfs.xAccess = access_cb;
      vfs.xFullPathname = full_path_cb;
      sqlite3_vfs_register (&vfs, 0);
      g_once_init_leave (&once, 1);
    }
  return vfs.zName;
}

void
mq_page_check_expect (sqlite3 *from, sqlite3 *to)
{
  PageFile *from_file = NULL, *to_file = NULL;

  sqlite3_file_control (from, "main", SQLITE_FCNTL_FILE_POINTER, &from_file);
  sqlite3_file_control (to, "main", SQLITE_FCNTL_FILE_POINTER, &to_file);
  g_return_if_fail (from_file != NULL && to_file != NULL && from_file->base.pMethods == &methods && to_file->base.pMethods == &methods);
  to_file->page_size = from_file->page_size;
  to_file->is_checked = from_file->is_checked;
}
