/* disk-log.h: the inside of a DiskLog, for disk-shim.c and disk-replay.c. */

#pragma once

#include "disk-shim.h"

G_BEGIN_DECLS

typedef enum
{
  DISK_WRITE,
  DISK_TRUNCATE,
  DISK_SYNC,
  DISK_NAME,        /* `name` is now `file` */
  DISK_UNNAME,      /* `name` is gone */
  DISK_RENAME,      /* `name` is gone, `to` is now `file` */
  DISK_SYNC_FOLDER, /* all names */
} DiskOpKind;

typedef struct
{
  DiskOpKind kind;
  guint      file;
  gint64     offset; /* of a write; new length of a truncation */
  gsize      length;
  guint8    *data; /* (owned) (nullable) */
  char      *name; /* (owned) (nullable) without the folder */
  char      *to;   /* (owned) (nullable) */
} DiskOp;

typedef struct
{
  char   *name;     /* (owned) (nullable): what it was called at the start */
  GBytes *contents; /* (owned) (nullable) */
} DiskFile;

struct _DiskLog
{
  GArray *ops;   /* (owned) (element-type DiskOp) */
  GArray *files; /* (owned) (element-type DiskFile) */
  gsize   acknowledged;
};

G_END_DECLS
