/* slab.c: chunks grow to the size of a huge page, so that little that is kept takes little. */

#include "base/slab.h"

#include "base/big-memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#define FIRST_CHUNK (32 * 1024)
#define HUGE_PAGE (2 * 1024 * 1024)
#define ALIGNMENT 16

struct _MqSlabChunk
{
  gatomicrefcount ref_count;
  gsize           size; /* of the mapping, 0: of the heap */
};

struct _MqSlab
{
  MqSlabChunk *chunk; /* (owned) (nullable) */
  gsize        used;  /* of it */
  gsize        room;
};

/* NULL: no memory. */
static gpointer
map_huge (gsize size)
{
  gsize   whole = size + HUGE_PAGE;
  guint8 *memory = mmap (NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize   before;

  if (memory == MAP_FAILED)
    return NULL;
  before = -(guintptr) memory % HUGE_PAGE;
  if (before > 0)
    munmap (memory, before);
  if (before < HUGE_PAGE)
    munmap (memory + before + size, HUGE_PAGE - before);
  mq_big_hint (memory + before, size);
  return memory + before;
}

static gboolean
begin_chunk (MqSlab *self, gsize least)
{
  gsize        header = (sizeof (MqSlabChunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  gsize        room = MIN (self->room > 0 ? 2 * self->room : FIRST_CHUNK, HUGE_PAGE);
  MqSlabChunk *chunk;

  while (room < header + least)
    room *= 2;
  chunk = room >= HUGE_PAGE ? map_huge (room) : g_try_malloc (room);
  if (chunk == NULL)
    return FALSE;
  if (self->chunk != NULL)
    mq_slab_release (self->chunk);
  self->chunk = chunk;
  self->chunk->size = room >= HUGE_PAGE ? room : 0;
  g_atomic_ref_count_init (&self->chunk->ref_count);
  self->used = header;
  self->room = room;
  return TRUE;
}

MqSlab *
mq_slab_new (void)
{
  return g_new0 (MqSlab, 1);
}

void
mq_slab_free (MqSlab *self)
{
  if (self->chunk != NULL)
    mq_slab_release (self->chunk);
  g_free (self);
}

gpointer
mq_slab_alloc (MqSlab *self, gsize size, MqSlabChunk **chunk)
{
  gsize    whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  gpointer memory;

  if ((self->chunk == NULL || whole > self->room - self->used) && !begin_chunk (self, whole))
    return NULL;
  memory = (guint8 *) self->chunk + self->used;
  self->used += whole;
  *chunk = self->chunk;
  g_atomic_ref_count_inc (&self->chunk->ref_count);
  return memory;
}

void
mq_slab_release (MqSlabChunk *chunk)
{
  if (!g_atomic_ref_count_dec (&chunk->ref_count))
    return;
  if (chunk->size > 0)
    munmap (chunk, chunk->size);
  else
    g_free (chunk);
}
