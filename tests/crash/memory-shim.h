/* memory-shim.h: a malloc and an mmap of its own before the library's, whose n-th large allocation fails. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE with error. */
typedef gboolean (*MemoryWork) (const char *folder, GError **error);

/* How a child ended, if it did not die. */
#define MEMORY_DONE 10
#define MEMORY_SAID 11

/* The work in a child process whose large allocation number `at` fails, from 1; -1: none. Returns how it ended, -1 if by a signal. *n (out) (optional): its
 * large allocations. */
int memory_run_child (const char *name, MemoryWork work, const char *folder, gint64 at, gint64 *n);

G_END_DECLS
