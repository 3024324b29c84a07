/* disk-shim.h: what a program asks of the disk, recorded and made to fail. The executable's own pwrite, ftruncate, fsync,
 * unlink, rename and link stand before the C library's, so that SQLite and GLib go through them too; only files of one
 * folder are looked at (not the -shm file, which no power cut outlives, nor the lock).
 * A log can be turned into what the disk may hold after a power cut at any point of it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DiskLog DiskLog;

/* Records until disk_shim_stop(). What is in the folder at the start is safe on the disk. */
void     disk_shim_record (const char *folder);
void     disk_shim_acknowledge (void); /* from here on the work must be on the disk; nothing where nothing is recorded */
DiskLog *disk_shim_stop (void);
/* From now on a sync does nothing, as with PRAGMA synchronous = OFF. */
void disk_shim_ignore_sync (gboolean ignore);

/* Lets the `at`-th call (from 0) on a file of the folder fail with `number`, once or that and all later ones. Reads count
 * only with `reads`. */
void  disk_shim_fail (const char *folder, gsize at, gboolean for_ever, gboolean reads, int number);
gsize disk_shim_end_fail (void); /* calls that there were */

gsize disk_log_length (const DiskLog *self);
gsize disk_log_acknowledged (const DiskLog *self); /* operations before it */
gsize disk_log_writes (const DiskLog *self);       /* bytes written */
gsize disk_log_syncs (const DiskLog *self);
void  disk_log_free (DiskLog *self);

/* Makes `folder` (whose files are removed) what the disk may hold after the first `n` operations: all that was synced, and
 * of the rest all, nothing, some, or some of the sectors of some. */
void disk_log_replay (const DiskLog *self, gsize n, GRand *rand, const char *folder);

void disk_clear_folder (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiskLog, disk_log_free)

G_END_DECLS
