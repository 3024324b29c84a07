/* sqlite-arena.h: SQLite's memory from one block that is begun anew for each run. Its thousands of small allocations are
 * half of what a run under AddressSanitizer costs; what lies between and behind them is still poisoned. One thread. */

#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SQLITE_ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SQLITE_ARENA_POISONS 1
#endif
#endif

#ifdef SQLITE_ARENA_POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)
#define ASAN_UNPOISON_MEMORY_REGION(address, size)
#endif

#define SQLITE_ARENA_BYTES (256 * 1024 * 1024)
#define SQLITE_ARENA_GAP 16 /* before each block; its size stands at its end */

static char *sqlite_arena;
static gsize sqlite_arena_used;
static guint sqlite_arena_blocks;

static int
sqlite_arena_size (void *block)
{
  int size;

  ASAN_UNPOISON_MEMORY_REGION ((char *) block - 8, 8);
  memcpy (&size, (char *) block - 8, sizeof size);
  ASAN_POISON_MEMORY_REGION ((char *) block - 8, 8);
  return size;
}

static int
sqlite_arena_round (int size)
{
  return (size + 7) & ~7;
}

static void *
sqlite_arena_new (int size)
{
  char *block = sqlite_arena + sqlite_arena_used + SQLITE_ARENA_GAP;
  gsize whole = SQLITE_ARENA_GAP + ((gsize) sqlite_arena_round (size) + 15) / 16 * 16;

  if (whole > SQLITE_ARENA_BYTES - sqlite_arena_used)
    return NULL;
  sqlite_arena_used += whole;
  sqlite_arena_blocks++;
  ASAN_UNPOISON_MEMORY_REGION (block - 8, 8 + size);
  memcpy (block - 8, &size, sizeof size);
  ASAN_POISON_MEMORY_REGION (block - 8, 8);
  return block;
}

static void
sqlite_arena_free (void *block)
{
  ASAN_POISON_MEMORY_REGION (block, sqlite_arena_size (block));
  if (--sqlite_arena_blocks == 0)
    sqlite_arena_used = 0;
}

static void *
sqlite_arena_resize (void *block, int size)
{
  int   old = sqlite_arena_size (block);
  char *moved = sqlite_arena_new (size);

  if (moved == NULL)
    return NULL;
  memcpy (moved, block, MIN (old, size));
  sqlite_arena_free (block);
  return moved;
}

static int
sqlite_arena_start (void *data)
{
  return SQLITE_OK;
}

static void
sqlite_arena_end (void *data)
{
}

/* Before SQLite is used at all. */
static inline void
sqlite_arena_begin (void)
{
  static const sqlite3_mem_methods methods = {
    sqlite_arena_new,
    sqlite_arena_free,
    sqlite_arena_resize,
    sqlite_arena_size,
    sqlite_arena_round,
    sqlite_arena_start,
    sqlite_arena_end,
    NULL,
  };

  sqlite_arena = g_malloc (SQLITE_ARENA_BYTES);
  ASAN_POISON_MEMORY_REGION (sqlite_arena, SQLITE_ARENA_BYTES);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
}
