/* merge-strings.c: k-way merge of sorted string lists through a binary heap of their heads. */

#include "config.h"
#include "project/merge-strings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/table.h"

typedef struct
{
  const char *text;
  gsize       length;
  guint       list;
  guint       index;
} Head;

typedef struct
{
  MqStrings *const *lists;
  guint8 *const    *used; /* (nullable) */
  Head             *heap;
  guint             n_heap;
  guint32         **remaps;
  guint64          *offsets; /* of the result */
  char             *bytes;
  guint             n;
} Merge;

static gboolean
head_before (const Head *a, const Head *b)
{
  int order = mq_bytes_compare (a->text, a->length, b->text, b->length);

  return order < 0 || (order == 0 && a->list < b->list);
}

static void
sift_down (Head *heap, guint n, guint at)
{
  Head head = heap[at];

  for (guint child = 2 * at + 1; child < n; child = 2 * at + 1)
    {
      if (child + 1 < n && head_before (&heap[child + 1], &heap[child]))
        child++;
      if (!head_before (&heap[child], &head))
        break;
      heap[at] = heap[child];
      at = child;
    }
  heap[at] = head;
}

/* Moves a head on to the next entry that is used; FALSE at the list's end. */
static gboolean
advance_head (const Merge *merge, Head *head, guint from)
{
  MqStrings    *list = merge->lists[head->list];
  const guint8 *used = merge->used != NULL ? merge->used[head->list] : NULL;
  guint         n = mq_strings_length (list);

  while (from < n && used != NULL && used[from] == 0)
    from++;
  if (from >= n)
    return FALSE;
  head->index = from;
  head->text = mq_strings_get (list, from);
  head->length = mq_strings_get_length (list, from);
  return TRUE;
}

static void
append_text (Merge *merge, const Head *head)
{
  guint64 start = merge->offsets[merge->n];

  memcpy (merge->bytes + start, head->text, head->length + 1);
  merge->offsets[++merge->n] = start + head->length + 1;
}

static gboolean
is_last_text (const Merge *merge, const Head *head)
{
  guint64 start;

  if (merge->n == 0)
    return FALSE;
  start = merge->offsets[merge->n - 1];
  return merge->offsets[merge->n] - start == head->length + 1 && memcmp (merge->bytes + start, head->text, head->length) == 0;
}

static void
merge_heads (Merge *merge)
{
  while (merge->n_heap > 0)
    {
      Head *head = &merge->heap[0];

      if (!is_last_text (merge, head))
        append_text (merge, head);
      merge->remaps[head->list][head->index] = merge->n - 1;
      if (!advance_head (merge, head, head->index + 1))
        *head = merge->heap[--merge->n_heap];
      sift_down (merge->heap, merge->n_heap, 0);
    }
}

static gboolean
allocate (Merge *merge, guint n, GError **error)
{
  gsize entries = 0;
  gsize bytes = 0;

  for (guint i = 0; i < n; i++)
    {
      guint length = mq_strings_length (merge->lists[i]);

      entries += length;
      bytes += mq_strings_bytes (merge->lists[i]);
      merge->remaps[i] = g_try_new (guint32, MAX (length, 1));
      if (merge->remaps[i] != NULL)
        memset (merge->remaps[i], 0xff, length * sizeof (guint32));
    }
  if (entries < MQ_CODE_MISSING)
    {
      merge->offsets = g_try_new (guint64, entries + 1);
      merge->bytes = g_try_malloc (MAX (bytes, 1));
    }
  for (guint i = 0; i < n; i++)
    if (merge->remaps[i] == NULL)
      g_clear_pointer (&merge->offsets, g_free);
  if (merge->offsets != NULL && merge->bytes != NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&merge->remaps[i], g_free);
  g_clear_pointer (&merge->offsets, g_free);
  g_clear_pointer (&merge->bytes, g_free);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("There is not enough memory to merge the texts of this column."));
  return FALSE;
}

/* Where there is no memory to make it smaller it stays as it is. */
static gpointer
shrink (gpointer memory, gsize size)
{
  gpointer smaller = g_try_realloc (memory, size);

  return smaller != NULL ? smaller : memory;
}

MqStrings *
mq_strings_merge (MqStrings *const *lists, guint8 *const *used, guint n, guint32 **remaps, GError **error)
{
  Merge            merge = { .lists = lists, .used = used, .remaps = remaps };
  g_autofree Head *heap = NULL;

  if (n == 1 && (used == NULL || used[0] == NULL))
    {
      remaps[0] = NULL;
      return mq_strings_ref (lists[0]);
    }
  if (!allocate (&merge, n, error))
    return NULL;
  merge.offsets[0] = 0;
  merge.heap = heap = g_new (Head, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      heap[merge.n_heap].list = i;
      if (advance_head (&merge, &heap[merge.n_heap], 0))
        merge.n_heap++;
    }
  for (guint i = merge.n_heap / 2; i-- > 0;)
    sift_down (heap, merge.n_heap, i);
  merge_heads (&merge);
  merge.bytes = shrink (merge.bytes, MAX (merge.offsets[merge.n], 1));
  merge.offsets = shrink (merge.offsets, (merge.n + 1) * sizeof (guint64));
  return mq_strings_new_take (merge.n, merge.offsets, merge.bytes);
}
