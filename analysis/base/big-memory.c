/* big-memory.c: anonymous mappings with MADV_HUGEPAGE above a threshold, the heap below it. */

#include "base/big-memory.h"

#include <sys/mman.h>

#define PAGE ((guintptr) 4096)
#define HUGE_PAGE (2 * 1024 * 1024)

static gboolean
is_big (gsize size)
{
  return size >= 2 * HUGE_PAGE;
}

static gpointer
map (gsize size)
{
  gpointer memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    return NULL;
  mq_big_hint (memory, size);
  return memory;
}

void
mq_big_hint (gpointer memory, gsize size)
{
  guintptr first = ((guintptr) memory + PAGE - 1) / PAGE * PAGE;
  guintptr end = ((guintptr) memory + size) / PAGE * PAGE;

  /* Without huge pages everything works, slower: what the call answers does not matter. */
  if (memory != NULL && size >= HUGE_PAGE)
    madvise ((gpointer) first, end - first, MADV_HUGEPAGE);
}

gpointer
mq_big_try_alloc (gsize size)
{
  return is_big (size) ? map (size) : g_try_malloc (MAX (size, 1));
}

void
mq_big_free (gpointer memory, gsize size)
{
  if (memory == NULL)
    return;
  if (is_big (size))
    munmap (memory, size);
  else
    g_free (memory);
}
