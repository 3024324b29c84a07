/* dataset-facts.c: where the live rows of a kind are, person by person.
 * A single run of which nothing is replaced already lies in order: only the offsets are counted. Otherwise live rows are
 * dealt out to their persons (a counting sort that keeps each run's order) and each person's few ascending stretches
 * are merged by (time, import, line). */

#include "config.h"
#include "project/dataset-private.h"

#include <string.h>

#include "base/table.h"

/* Bucket 0 is for anonymous rows, bucket p + 1 for person p. */
typedef struct
{
  MqDataset           *dataset;
  MqDb                *db;
  MqKind               kind;
  const MqDatasetKind *layout;
  const MqPersons     *persons;
  const guint8        *replaced; /* (nullable) by stored row */
  gsize               *starts;   /* (owned) n_persons + 2: first live row of each bucket */
  guint32             *order;    /* (owned) (nullable) live row to stored row */
  gint64              *times;    /* (owned) (nullable) by stored row */
  gint64              *imports;  /* (owned) by stored row */
  gint64              *lines;    /* (owned) by stored row */
} Sorter;

static void
clear_sorter (Sorter *sorter)
{
  g_clear_pointer (&sorter->db, mq_db_close_quietly);
  g_free (sorter->starts);
  g_free (sorter->order);
  g_free (sorter->times);
  g_free (sorter->imports);
  g_free (sorter->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorter, clear_sorter)

static void
free_row_order (gpointer data)
{
  MqRowOrder *self = data;

  g_free (self->offsets);
  g_free (self->order);
  g_free (self);
}

/* The bucket of each record key of a run. */
static guint32 *
find_buckets (const MqPersons *persons, const guint32 *remap, guint n_codes, GError **error)
{
  guint32 *buckets = mq_dataset_alloc (n_codes, sizeof *buckets, error);

  if (buckets == NULL)
    return NULL;
  for (guint code = 0; code < n_codes; code++)
    {
      guint32 key = remap != NULL ? remap[code] : code;

      if (key == MQ_CODE_MISSING || key < persons->first)
        buckets[code] = persons->is_part ? MQ_BUCKET_OUTSIDE : 0;
      else
        buckets[code] = (persons->person_of_key != NULL ? persons->person_of_key[key] : key - persons->first) + 1;
    }
  return buckets;
}

static gboolean
is_ascending (const guint32 *buckets, guint n)
{
  for (guint i = 1; i < n; i++)
    if (buckets[i] <= buckets[i - 1])
      return FALSE;
  return TRUE;
}

static guint32
bucket_of (const MqPersons *persons, const guint32 *buckets, guint32 code)
{
  if (code == MQ_CODE_MISSING)
    return persons->is_part ? MQ_BUCKET_OUTSIDE : 0;
  return buckets[code];
}

/* Turns each row's record key into its bucket. */
static gboolean
read_row_buckets (MqDb *db, const MqRunInfo *info, const MqPersons *persons, const guint32 *remap, guint32 *rows, const MqRun *run, GError **error)
{
  guint               n_keys = mq_run_info_find (info, MQ_COLUMN_KEY)->n_strings;
  g_autofree guint32 *buckets = find_buckets (persons, remap, n_keys, error);

  if (buckets == NULL || !mq_dataset_read_codes (db, info, MQ_COLUMN_KEY, rows, run, error))
    return FALSE;
  for (gsize row = 0; row < info->n_rows; row++)
    rows[row] = bucket_of (persons, buckets, rows[row]);
  return TRUE;
}

/* From the number of live rows of each bucket to the number before it. */
static void
add_up_counts (Sorter *sorter)
{
  guint n_buckets = sorter->persons->n_persons + 1;
  gsize sum = 0;

  for (guint bucket = 0; bucket <= n_buckets; bucket++)
    {
      gsize count = sorter->starts[bucket];

      sorter->starts[bucket] = sum;
      sum += count;
    }
}

static void
count_rows (Sorter *sorter, const guint32 *rows, gsize n)
{
  for (gsize row = 0; row < n; row++)
    if (rows[row] != MQ_BUCKET_OUTSIDE && (sorter->replaced == NULL || sorter->replaced[row] == 0))
      sorter->starts[rows[row]]++;
  add_up_counts (sorter);
}

static gboolean
deal_rows (Sorter *sorter, const guint32 *rows, gsize n, GError **error)
{
  guint n_buckets = sorter->persons->n_persons + 1;

  sorter->order = mq_dataset_alloc (sorter->starts[n_buckets], sizeof (guint32), error);
  if (sorter->order == NULL)
    return FALSE;
  for (gsize row = 0; row < n; row++)
    if (rows[row] != MQ_BUCKET_OUTSIDE && (sorter->replaced == NULL || sorter->replaced[row] == 0))
      sorter->order[sorter->starts[rows[row]]++] = (guint32) row;
  memmove (sorter->starts + 1, sorter->starts, n_buckets * sizeof (gsize));
  sorter->starts[0] = 0;
  return TRUE;
}

static gboolean
row_before (const Sorter *sorter, guint32 a, guint32 b)
{
  if (sorter->times != NULL && sorter->times[a] != sorter->times[b])
    return sorter->times[a] < sorter->times[b];
  if (sorter->imports[a] != sorter->imports[b])
    return sorter->imports[a] < sorter->imports[b];
  return sorter->lines[a] < sorter->lines[b];
}

/* End of the ascending stretch that begins at `first`. */
static gsize
find_stretch (const Sorter *sorter, const guint32 *rows, gsize first, gsize n)
{
  gsize end = first + 1;

  while (end < n && !row_before (sorter, rows[end], rows[end - 1]))
    end++;
  return end;
}

static void
merge_stretches (const Sorter *sorter, guint32 *rows, gsize middle, gsize end, guint32 *scratch)
{
  gsize a = 0;
  gsize b = middle;
  gsize out = 0;

  memcpy (scratch, rows, middle * sizeof *rows);
  while (a < middle && b < end)
    rows[out++] = row_before (sorter, rows[b], scratch[a]) ? rows[b++] : scratch[a++];
  memcpy (rows + out, scratch + a, (middle - a) * sizeof *rows);
}

/* Natural merge sort: halves are not cut by count but by stretch, and a list that is in order costs one pass. */
static void
sort_rows (const Sorter *sorter, guint32 *rows, gsize n, guint32 *scratch)
{
  gboolean sorted = n < 2;

  while (!sorted)
    {
      sorted = TRUE;
      for (gsize first = 0; first < n;)
        {
          gsize middle = find_stretch (sorter, rows, first, n);
          gsize end;

          if (middle == n)
            break;
          end = find_stretch (sorter, rows, middle, n);
          merge_stretches (sorter, rows + first, middle - first, end - first, scratch);
          sorted = sorted && first == 0 && end == n;
          first = end;
        }
    }
}

static gboolean
sort_buckets_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Sorter       *sorter = data;
  gsize               most = 0;
  g_autofree guint32 *scratch = NULL;

  for (gsize bucket = first; bucket < last; bucket++)
    most = MAX (most, sorter->starts[bucket + 1] - sorter->starts[bucket]);
  scratch = mq_dataset_alloc (most, sizeof *scratch, error);
  if (scratch == NULL)
    return FALSE;
  for (gsize bucket = first; bucket < last; bucket++)
    {
      if (bucket % 256 == 0 && !mq_run_check (run, error))
        return FALSE;
      sort_rows (sorter, sorter->order + sorter->starts[bucket], sorter->starts[bucket + 1] - sorter->starts[bucket], scratch);
    }
  return TRUE;
}

static gboolean
sort_buckets (Sorter *sorter, const MqRun *run, GError **error)
{
  const char *time = mq_kind_time_column (sorter->kind);

  if (time != NULL && (sorter->times = mq_dataset_read_stored (sorter->dataset, sorter->db, sorter->kind, time, run, error)) == NULL)
    return FALSE;
  sorter->imports = mq_dataset_read_stored (sorter->dataset, sorter->db, sorter->kind, MQ_COLUMN_IMPORT, run, error);
  if (sorter->imports == NULL)
    return FALSE;
  sorter->lines = mq_dataset_read_stored (sorter->dataset, sorter->db, sorter->kind, MQ_COLUMN_LINE, run, error);
  if (sorter->lines == NULL)
    return FALSE;
  return mq_run_parallel (run, sorter->persons->n_persons + 1, 8192, sort_buckets_cb, sorter, error);
}

typedef struct
{
  const guint32 *buckets; /* of the keys, ascending */
  gsize         *counts;  /* by bucket */
  gsize          n;
  guint32        last; /* code */
  gboolean       sorted;
} KeyCount;

static void
count_keys_cb (const guint32 *codes, guint n, gpointer data)
{
  KeyCount *count = data;

  for (guint i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && codes[end] == codes[i];)
        end++;
      count->sorted = count->sorted && codes[i] != MQ_CODE_MISSING && codes[i] >= count->last;
      count->last = codes[i];
      if (count->sorted)
        count->counts[count->buckets[codes[i]]] += end - i;
    }
}

/* The short way for a single run which lies in order already; *done FALSE if this one does not. */
static gboolean
count_run (Sorter *sorter, gboolean *done, const MqRun *run, GError **error)
{
  const MqRunInfo    *info = sorter->layout->runs[0];
  guint               n_keys = mq_run_info_find (info, MQ_COLUMN_KEY)->n_strings;
  g_autofree guint32 *buckets = find_buckets (sorter->persons, sorter->persons->remaps[sorter->kind][0], n_keys, error);
  KeyCount            count = { .counts = sorter->starts, .sorted = TRUE };

  if (buckets == NULL)
    return FALSE;
  count.buckets = buckets;
  if (is_ascending (buckets, n_keys) && !mq_dataset_visit_codes (sorter->db, info, MQ_COLUMN_KEY, n_keys, count_keys_cb, &count, run, error))
    return FALSE;
  *done = count.sorted && is_ascending (buckets, n_keys);
  if (*done)
    add_up_counts (sorter);
  else
    memset (sorter->starts, 0, (sorter->persons->n_persons + 2) * sizeof (gsize));
  return TRUE;
}

static gboolean
sort_kind (Sorter *sorter, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = sorter->layout;
  gsize                n = layout->bases[layout->n_runs];
  g_autofree guint32  *rows = NULL;
  gboolean             done = FALSE;

  if (layout->n_runs == 1 && sorter->replaced == NULL && !sorter->persons->is_part && !count_run (sorter, &done, run, error))
    return FALSE;
  if (done)
    return TRUE;
  rows = mq_dataset_read_buckets (sorter->dataset, sorter->db, sorter->kind, run, error);
  if (rows == NULL)
    return FALSE;
  count_rows (sorter, rows, n);
  return deal_rows (sorter, rows, n, error) && sort_buckets (sorter, run, error);
}

static gboolean
make_row_order_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = data;
  MqKind               kind = (MqKind) (layout - dataset->kinds);
  g_auto (Sorter) sorter = { .dataset = dataset, .kind = kind, .layout = layout };
  MqRowOrder *self;
  guint       n_persons;

  sorter.persons = mq_dataset_persons (dataset, run, error);
  if (sorter.persons == NULL || !mq_dataset_replaced_rows (dataset, kind, &sorter.replaced, run, error))
    return FALSE;
  n_persons = sorter.persons->n_persons;
  sorter.starts = mq_dataset_alloc0 ((gsize) n_persons + 2, sizeof (gsize), error);
  if (sorter.starts == NULL)
    return FALSE;
  if (layout->n_runs > 0 && ((sorter.db = mq_dataset_connect (dataset, error)) == NULL || !sort_kind (&sorter, run, error)))
    return FALSE;

  self = g_new0 (MqRowOrder, 1);
  self->offsets = g_steal_pointer (&sorter.starts);
  self->order = g_steal_pointer (&sorter.order);
  self->facts.kind = kind;
  self->facts.n_rows = self->offsets[n_persons + 1];
  self->facts.n_persons = n_persons;
  self->facts.offsets = self->offsets + 1;
  *value = self;
  return TRUE;
}

const char *
mq_kind_time_column (MqKind kind)
{
  if (kind == MQ_KIND_CUSTOMERS)
    return NULL;
  return kind == MQ_KIND_SPEND ? "date" : "time";
}

guint32 *
mq_dataset_read_buckets (MqDataset *self, MqDb *db, MqKind kind, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[kind];
  const MqPersons     *persons = mq_dataset_persons (self, run, error);
  g_autofree guint32  *rows = NULL;

  if (persons == NULL || (rows = mq_dataset_alloc (layout->bases[layout->n_runs], sizeof *rows, error)) == NULL)
    return NULL;
  for (guint i = 0; i < layout->n_runs; i++)
    if (!read_row_buckets (db, layout->runs[i], persons, persons->remaps[kind][i], rows + layout->bases[i], run, error))
      return NULL;
  if (!mq_dataset_inherit (self, kind, MQ_COLUMN_KEY, rows, sizeof *rows, run, error))
    return NULL;
  return g_steal_pointer (&rows);
}

const MqRowOrder *
mq_dataset_row_order (MqDataset *self, MqKind kind, const MqRun *run, GError **error)
{
  g_autofree char *slot = g_strdup_printf ("rows %s", mq_kind_name (kind));
  gpointer         value;

  return mq_dataset_slot (self, slot, make_row_order_cb, &mq_dataset_holder (self)->kinds[kind], free_row_order, &value, run, error) ? value : NULL;
}

const MqFacts *
mq_dataset_facts (MqDataset *self, MqKind kind, const MqRun *run, GError **error)
{
  const MqRowOrder *order = mq_dataset_row_order (self, kind, run, error);

  return order != NULL ? &order->facts : NULL;
}
