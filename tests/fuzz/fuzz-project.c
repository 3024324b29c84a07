/* fuzz-project.c: a project file that is not as it was. The input is a list of changes: position in the file (3 bytes),
 * number of bytes (1), the bytes; position 0xffffff cuts the file at the place that follows (3 bytes). The first byte has bits:
 * 1 puts the checksums of pages right again, so that the file is as bad as its maker wants; 2, 4, 8 leave out a part of
 * what reads, for a run is the quicker the less it does. Everything that reads must stand it. */

#include <gio/gio.h>
#include <string.h>

#include "base/checksum.h"
#include "fuzz.h"
#include "memory-file.h"
#include "project/page-check.h"
#include "project/project.h"
#include "small-project.h"
#include "sqlite-arena.h"

#define PAGE 8192
#define CUT 0xffffff
/* The bits of the first byte. */
#define MEND_PAGES 1
#define LEAVE_CHECK 2
#define LEAVE_LISTS 4
#define LEAVE_RECORDS 8
/* As in page-check.c. */
#define PAGE_NUMBER_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static char *original;
static gsize original_length;
static char *changed;
static char *project_path;

static void
prepare (void)
{
  sqlite_arena_begin ();
  memory_file_begin ();
  project_path = small_project_new ();
  if (!g_file_get_contents (project_path, &original, &original_length, NULL))
    g_error ("the small project cannot be read");
  changed = g_malloc (original_length);
}

static guint
get_position (const uint8_t *data)
{
  return data[0] | data[1] << 8 | data[2] << 16;
}

static gsize
change (char *file, const uint8_t *data, size_t size)
{
  gsize length = original_length;

  while (size >= 4)
    {
      guint position = get_position (data);
      guint n = MIN (data[3], size - 4);

      if (position == CUT && size >= 6)
        {
          length = get_position (data + 3) % (original_length + 1);
          n = 2;
        }
      else
        for (guint i = 0; i < n; i++)
          file[(position + i) % original_length] = data[4 + i];
      data += 4 + n;
      size -= 4 + n;
    }
  return length;
}

static void
mend_pages (char *file, gsize length)
{
  for (gsize at = 0; at + PAGE <= length; at += PAGE)
    {
      guint64 checksum = GUINT64_TO_LE (mq_checksum64 (file + at, PAGE - MQ_PAGE_CHECK_BYTES) ^ (at / PAGE + 1) * PAGE_NUMBER_FACTOR);

      memcpy (file + at + PAGE - sizeof checksum, &checksum, sizeof checksum);
    }
}

static void
read_lists (MqProject *project, MqRun *run)
{
  GPtrArray *info = mq_project_info (project, run, NULL);
  MqTable   *imports = mq_project_list_imports (project, NULL);
  MqTable   *rejects = mq_project_list_rejects (project, 0, NULL);

  g_clear_pointer (&info, g_ptr_array_unref);
  g_clear_pointer (&imports, mq_table_unref);
  g_clear_pointer (&rejects, mq_table_unref);
}

static void
read_records (MqProject *project, MqRun *run)
{
  g_autoptr (MqDataset) dataset = mq_project_load (project, run, NULL);

  if (dataset != NULL)
    mq_dataset_hash (dataset, run, NULL);
}

static void
read_parts (guint left_out)
{
  MqRun      run = { NULL, NULL, 1 };
  MqProject *project = mq_project_open (project_path, MQ_OPEN_READ, NULL);

  if (project == NULL)
    return;
  if ((left_out & LEAVE_CHECK) == 0)
    mq_project_check (project, &run, NULL);
  if ((left_out & LEAVE_LISTS) == 0)
    read_lists (project, &run);
  if ((left_out & LEAVE_RECORDS) == 0)
    read_records (project, &run);
  mq_project_close (project, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (original == NULL)
    prepare ();
  if (size < 1)
    return 0;
  memcpy (changed, original, original_length);
  memory_file_length = change (changed, data + 1, size - 1);
  if (data[0] & MEND_PAGES)
    mend_pages (changed, memory_file_length);
  memory_file_bytes = changed;
  read_parts (data[0]);
  return 0;
}
