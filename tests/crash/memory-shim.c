/* memory-shim.c: counts what is as large as only what grows with a file is: more than one of its blocks. */

#include "memory-shim.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LARGE 1100000 /* bytes */

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);
extern void *__libc_memalign (size_t alignment, size_t size);
void        *malloc (size_t size);
void        *calloc (size_t n, size_t size);
void        *realloc (void *memory, size_t size);
int          posix_memalign (void **memory, size_t alignment, size_t size);

static gint64 n_large;
static gint64 fail_at = -1;

static gboolean
fails (gsize size)
{
  if (size < LARGE || __atomic_add_fetch (&n_large, 1, __ATOMIC_RELAXED) != fail_at)
    return FALSE;
  errno = ENOMEM;
  return TRUE;
}

void *
malloc (size_t size)
{
  return fails (size) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  return fails (n * size) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  return fails (size) ? NULL : __libc_realloc (memory, size);
}

int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  if (fails (size))
    return ENOMEM;
  *memory = __libc_memalign (alignment, size);
  return *memory != NULL ? 0 : ENOMEM;
}

void *
mmap (void *address, size_t size, int protection, int flags, int file, off_t offset)
{
  if ((flags & MAP_ANONYMOUS) != 0 && fails (size))
    return MAP_FAILED;
  return (void *) syscall (SYS_mmap, address, size, protection, flags, file, offset);
}

int
memory_run_child (const char *name, MemoryWork work, const char *folder, gint64 at, gint64 *n)
{
  int   pipes[2];
  int   status;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (GError) error = NULL;
      gboolean good;

      n_large = 0;
      fail_at = at;
      good = work (folder, &error);
      fail_at = -1;
      if (good != (error == NULL) || write (pipes[1], &n_large, sizeof n_large) != sizeof n_large)
        _exit (1);
      if (at < 0 && error != NULL)
        g_printerr ("%s: %s\n", name, error->message);
      _exit (good ? MEMORY_DONE : MEMORY_SAID);
    }
  close (pipes[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (n != NULL)
    g_assert_cmpint (read (pipes[0], n, sizeof *n), ==, sizeof *n);
  close (pipes[0]);
  if (!WIFEXITED (status))
    g_test_message ("%s: the child died of signal %d when allocation %d failed", name, WTERMSIG (status), (int) at);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}
