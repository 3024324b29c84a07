/* fuzz-json.c: JSON as the importer reads it; the first byte is the size of a block. */

#include "fuzz.h"
#include "import/json-parser.h"
#include "record-run.h"

static gboolean
leaf_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  gsize *n = data;

  for (gsize i = 0; i < path_length; i++)
    *n += path[i];
  for (gsize i = 0; i < length; i++)
    *n += text[i];
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize n = 0, bad;

  if (size < 2)
    return 0;
  mq_json_flatten ((const char *) data + 1, size - 1, 0, leaf_cb, &n, &bad);
  if (mq_json_looks_so ((const char *) data + 1, size - 1))
    run_records (data + 1, size - 1, MAX (data[0], 1));
  return 0;
}
