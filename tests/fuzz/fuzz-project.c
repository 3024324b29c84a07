/* fuzz-project.c: a project file that is not as it was. The input is a list of changes: position in the file (3 bytes),
 * number of bytes (1), the bytes; position 0xffffff cuts the file at the place that follows (3 bytes). First byte: 1 puts the
 * checksums of pages right again, so that the file is as bad as its maker wants. Everything that reads must stand it. */

#include <gio/gio.h>
#include <string.h>

#include "base/checksum.h"
#include "fuzz.h"
#include "project/page-check.h"
#include "project/project.h"
#include "small-project.h"

#define PAGE 8192
#define CUT 0xffffff
/* As in page-check.c. */
#define PAGE_NUMBER_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static char *original;
static gsize original_length;
static char *changed_path;

static void
prepare (void)
{
  g_autofree char *path = small_project_new ();

  if (!g_file_get_contents (path, &original, &original_length, NULL))
    g_error ("the small project cannot be read");
  changed_path = g_steal_pointer (&path);
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
read_all (void)
{
  MqRun      run = { NULL, NULL, 1 };
  MqProject *project = mq_project_open (changed_path, MQ_OPEN_READ, NULL);
  g_autoptr (GPtrArray) info = NULL;
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqTable) imports = NULL;
  g_autoptr (MqTable) rejects = NULL;

  if (project == NULL)
    return;
  mq_project_check (project, &run, NULL);
  info = mq_project_info (project, &run, NULL);
  imports = mq_project_list_imports (project, NULL);
  rejects = mq_project_list_rejects (project, 0, NULL);
  dataset = mq_project_load (project, &run, NULL);
  if (dataset != NULL)
    mq_dataset_hash (dataset, &run, NULL);
  mq_project_close (project, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *file = NULL;
  gsize            length;

  if (original == NULL)
    prepare ();
  if (size < 1)
    return 0;
  file = g_memdup2 (original, original_length);
  length = change (file, data + 1, size - 1);
  if (data[0] & 1)
    mend_pages (file, length);
  if (!g_file_set_contents_full (changed_path, file, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_error ("the changed project cannot be written");
  read_all ();
  return 0;
}
