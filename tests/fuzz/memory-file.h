/* memory-file.h: once there are bytes, SQLite reads every file from them, whatever its name: a layer over the system's
 * files, without locks, journals or anything that can be written. A disk would make a fuzz target fifty times as slow. */

#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

static const char  *memory_file_bytes; /* NULL: the system's files */
static gsize        memory_file_length;
static sqlite3_vfs *memory_file_system;

static int
memory_file_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
memory_file_read (sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset)
{
  gsize from = MIN ((gsize) offset, memory_file_length);
  gsize n = MIN ((gsize) size, memory_file_length - from);

  memcpy (buffer, memory_file_bytes + from, n);
  memset ((char *) buffer + n, 0, size - n);
  return n == (gsize) size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
memory_file_write (sqlite3_file *file, const void *buffer, int size, sqlite3_int64 offset)
{
  return SQLITE_IOERR_WRITE;
}

static int
memory_file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return SQLITE_IOERR_TRUNCATE;
}

static int
memory_file_sync (sqlite3_file *file, int flags)
{
  return SQLITE_OK;
}

static int
memory_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = memory_file_length;
  return SQLITE_OK;
}

static int
memory_file_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
memory_file_reserved (sqlite3_file *file, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
memory_file_control (sqlite3_file *file, int what, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
memory_file_sector (sqlite3_file *file)
{
  return 4096;
}

static int
memory_file_features (sqlite3_file *file)
{
  return 0;
}

static int
memory_file_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  *memory = NULL;
  return SQLITE_CANTOPEN;
}

static int
memory_file_shared_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return SQLITE_CANTOPEN;
}

static void
memory_file_barrier (sqlite3_file *file)
{
}

static int
memory_file_unmap (sqlite3_file *file, int remove)
{
  return SQLITE_OK;
}

static int
memory_file_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  static const sqlite3_io_methods methods = {
    2,
    memory_file_close,
    memory_file_read,
    memory_file_write,
    memory_file_truncate,
    memory_file_sync,
    memory_file_size,
    memory_file_lock,
    memory_file_lock,
    memory_file_reserved,
    memory_file_control,
    memory_file_sector,
    memory_file_features,
    memory_file_map,
    memory_file_shared_lock,
    memory_file_barrier,
    memory_file_unmap,
  };

  if (memory_file_bytes == NULL)
    return memory_file_system->xOpen (memory_file_system, name, file, flags, out_flags);
  file->pMethods = NULL;
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
    return SQLITE_CANTOPEN;
  file->pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = SQLITE_OPEN_READONLY;
  return SQLITE_OK;
}

static int
memory_file_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  return memory_file_bytes == NULL ? memory_file_system->xDelete (memory_file_system, name, sync_folder) : SQLITE_IOERR_DELETE;
}

static int
memory_file_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  if (memory_file_bytes == NULL)
    return memory_file_system->xAccess (memory_file_system, name, flags, result);
  *result = 0;
  return SQLITE_OK;
}

static int
memory_file_full_path (sqlite3_vfs *vfs, const char *name, int length, char *path)
{
  g_strlcpy (path, name, length);
  return SQLITE_OK;
}

/* Before the first file is opened through page-check.h, which is laid over what is the default then. */
static inline void
memory_file_begin (void)
{
  static sqlite3_vfs vfs;

  memory_file_system = sqlite3_vfs_find (NULL);
  vfs = *memory_file_system;
  vfs.zName = "memory-file";
  vfs.pNext = NULL;
  vfs.xOpen = memory_file_open;
  vfs.xDelete = memory_file_delete;
  vfs.xAccess = memory_file_access;
  vfs.xFullPathname = memory_file_full_path;
  sqlite3_vfs_register (&vfs, 1);
}
