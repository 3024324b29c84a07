/* path-tables.c: paths added up. Everything is ordered by size, then by text. */

#include "config.h"

#include "paths/path-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "query/value-groups.h"

#define ARROW " → "

typedef struct
{
  guint32     node;
  gint64      n;
  const char *name;
} Size;

typedef struct
{
  char  *text; /* (owned) */
  guint  steps;
  gint64 n;
} Path;

static int
compare_sizes (const void *a, const void *b)
{
  const Size *one = a;
  const Size *two = b;

  if (one->n != two->n)
    return one->n > two->n ? -1 : 1;
  return strcmp (one->name, two->name);
}

static const guint32 *
get_path (const MqPathList *list, guint person)
{
  return list->nodes + (gsize) person * list->steps;
}

static void
choose_at_stage (MqPathNodes *self, const MqPathList *list, guint stage, guint most)
{
  g_autofree gint64 *sizes = g_new0 (gint64, self->n_names);
  g_autofree Size   *sorted = g_new (Size, self->n_names);
  guint              n = 0;

  for (guint person = 0; person < list->n_persons; person++)
    if (get_path (list, person)[stage] != MQ_NO_NODE)
      sizes[get_path (list, person)[stage]]++;
  for (guint node = 0; node < self->n_names; node++)
    if (sizes[node] > 0)
      sorted[n++] = (Size){ node, sizes[node], list->names->pdata[node] };
  qsort (sorted, n, sizeof *sorted, compare_sizes);
  self->n_at[stage] = MIN (n, most);
  for (guint i = 0; i < n; i++)
    {
      gsize at = (gsize) stage * self->n_shown + MIN (i, most);

      self->shown[(gsize) stage * self->n_names + sorted[i].node] = MIN (i, most);
      self->nodes[at] = sorted[i].node;
      self->counts[at] += sorted[i].n;
    }
}

void
mq_path_nodes_init (MqPathNodes *self, const MqPathList *list, guint most)
{
  *self = (MqPathNodes){ .n_shown = most + 1, .n_names = list->names->len };
  self->shown = g_new0 (guint32, (gsize) list->steps * self->n_names);
  self->nodes = g_new0 (guint32, (gsize) list->steps * self->n_shown);
  self->counts = g_new0 (gint64, (gsize) list->steps * self->n_shown);
  self->n_at = g_new0 (guint, list->steps);
  for (guint person = 0; person < list->n_persons; person++)
    self->n_paths += list->times[person] != MQ_TIME_MISSING;
  for (guint stage = 0; stage < list->steps; stage++)
    choose_at_stage (self, list, stage, most);
}

void
mq_path_nodes_clear (MqPathNodes *self)
{
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->n_at, g_free);
}

const char *
mq_path_nodes_name (const MqPathNodes *self, const MqPathList *list, guint stage, guint index)
{
  return index + 1 == self->n_shown ? mq_group_other : list->names->pdata[self->nodes[(gsize) stage * self->n_shown + index]];
}

guint
mq_path_nodes_find (const MqPathNodes *self, guint stage, guint32 node)
{
  return self->shown[(gsize) stage * self->n_names + node];
}

static double
divide (gint64 part, gint64 whole)
{
  return whole > 0 ? (double) part / whole : 0;
}

MqTable *
mq_path_nodes_table (const MqPathNodes *self, const MqPathList *list, gboolean backwards)
{
  MqTableBuilder    *builder = mq_table_builder_new ("nodes", NULL, NULL);
  g_autofree gint64 *ended = g_new0 (gint64, (gsize) list->steps * self->n_shown);
  guint              first = backwards ? 1 : 0; /* of the stages after (before) which a path can go on */

  for (guint person = 0; person < list->n_persons; person++)
    for (guint stage = first; stage + 1 < list->steps + first; stage++)
      {
        const guint32 *path = get_path (list, person);

        if (path[stage] != MQ_NO_NODE && path[backwards ? stage - 1 : stage + 1] == MQ_NO_NODE)
          ended[(gsize) stage * self->n_shown + mq_path_nodes_find (self, stage, path[stage])]++;
      }
  mq_table_builder_add_column (builder, "stage", N_ ("Step"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "node", N_ ("Node"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share of paths"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "ended", backwards ? N_ ("Began here") : N_ ("Ended here"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "ended_share", backwards ? N_ ("Share that began here") : N_ ("Share that ended here"), MQ_COLUMN_SHARE);
  for (guint stage = 0; stage < list->steps; stage++)
    for (guint index = 0; index < self->n_shown; index++)
      {
        gsize at = (gsize) stage * self->n_shown + index;

        if (self->counts[at] == 0)
          continue;
        mq_table_builder_append (builder);
        mq_table_builder_set_integer (builder, 0, stage);
        mq_groups_set_name (builder, 1, mq_path_nodes_name (self, list, stage, index));
        mq_table_builder_set_integer (builder, 2, self->counts[at]);
        mq_table_builder_set_double (builder, 3, divide (self->counts[at], self->n_paths));
        mq_table_builder_set_integer (builder, 4, ended[at]);
        mq_table_builder_set_double (builder, 5, divide (ended[at], self->counts[at]));
      }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_path_links_table (const MqPathNodes *self, const MqPathList *list)
{
  MqTableBuilder    *builder = mq_table_builder_new ("links", NULL, NULL);
  gsize              square = (gsize) self->n_shown * self->n_shown;
  g_autofree gint64 *links = g_new0 (gint64, list->steps * square);

  for (guint person = 0; person < list->n_persons; person++)
    for (guint stage = 0; stage + 1 < list->steps; stage++)
      {
        const guint32 *path = get_path (list, person);

        if (path[stage] != MQ_NO_NODE && path[stage + 1] != MQ_NO_NODE)
          links[stage * square + (gsize) mq_path_nodes_find (self, stage, path[stage]) * self->n_shown + mq_path_nodes_find (self, stage + 1, path[stage + 1])]++;
      }
  mq_table_builder_add_column (builder, "stage", N_ ("Step"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share of paths"), MQ_COLUMN_SHARE);
  for (gsize link = 0; link < list->steps * square; link++)
    {
      guint stage = link / square;

      if (links[link] == 0)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, stage);
      mq_groups_set_name (builder, 1, mq_path_nodes_name (self, list, stage, link % square / self->n_shown));
      mq_groups_set_name (builder, 2, mq_path_nodes_name (self, list, stage + 1, link % self->n_shown));
      mq_table_builder_set_integer (builder, 3, links[link]);
      mq_table_builder_set_double (builder, 4, divide (links[link], self->n_paths));
    }
  return mq_table_builder_finish (builder);
}

static char *
write_path (const MqPathList *list, guint person, guint *steps)
{
  GString *text = g_string_new (NULL);

  *steps = 0;
  for (guint stage = 0; stage < list->steps; stage++)
    if (get_path (list, person)[stage] != MQ_NO_NODE)
      {
        g_string_append (text, (*steps)++ > 0 ? ARROW : "");
        g_string_append (text, list->names->pdata[get_path (list, person)[stage]]);
      }
  return g_string_free (text, FALSE);
}

static int
compare_persons (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqPathList *list = data;

  return memcmp (get_path (list, *(const guint32 *) a), get_path (list, *(const guint32 *) b), list->steps * sizeof (guint32));
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const Path *one = a;
  const Path *two = b;

  if (one->n != two->n)
    return one->n > two->n ? -1 : 1;
  return strcmp (one->text, two->text);
}

static void
clear_path (gpointer data)
{
  g_free (((Path *) data)->text);
}

/* Customers sorted by their path, so that equal ones stand together. */
static GArray *
collect_paths (const MqPathList *list, gint64 n_paths)
{
  GArray             *paths = g_array_new (FALSE, FALSE, sizeof (Path));
  g_autofree guint32 *persons = g_new (guint32, MAX (n_paths, 1));
  guint               n = 0;

  g_array_set_clear_func (paths, clear_path);
  for (guint person = 0; person < list->n_persons; person++)
    if (list->times[person] != MQ_TIME_MISSING)
      persons[n++] = person;
  g_qsort_with_data (persons, n, sizeof *persons, compare_persons, (gpointer) list);
  for (guint i = 0, end; i < n; i = end)
    {
      Path path = { 0 };

      for (end = i + 1; end < n && compare_persons (&persons[i], &persons[end], (gpointer) list) == 0;)
        end++;
      path.n = end - i;
      path.text = write_path (list, persons[i], &path.steps);
      g_array_append_val (paths, path);
    }
  g_array_sort (paths, compare_paths);
  return paths;
}

MqTable *
mq_paths_table (const MqPathList *list, gint64 n_paths, guint most)
{
  MqTableBuilder *builder = mq_table_builder_new ("paths", NULL, NULL);
  g_autoptr (GArray) paths = collect_paths (list, n_paths);

  mq_table_builder_add_column (builder, "path", N_ ("Path"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "steps", N_ ("Steps"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share of paths"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < MIN (paths->len, most); i++)
    {
      const Path *path = &g_array_index (paths, Path, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, path->text);
      mq_table_builder_set_integer (builder, 1, path->steps);
      mq_table_builder_set_integer (builder, 2, path->n);
      mq_table_builder_set_double (builder, 3, divide (path->n, n_paths));
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_paths_totals_table (const MqPathList *list, gint64 n_paths)
{
  MqTableBuilder *builder = mq_table_builder_new ("totals", NULL, NULL);
  gint64          steps = 0;

  for (gsize i = 0; i < (gsize) list->n_persons * list->steps; i++)
    steps += list->nodes[i] != MQ_NO_NODE;
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "mean_steps", N_ ("Steps, mean"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "ties", N_ ("With Steps at One Instant"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 2, list->n_tied);
  mq_table_builder_set_integer (builder, 0, n_paths);
  if (n_paths > 0)
    mq_table_builder_set_double (builder, 1, (double) steps / n_paths);
  return mq_table_builder_finish (builder);
}

static gint
find_index (const MqPathNodes *self, const MqPathList *list, guint stage, const char *name)
{
  for (guint index = 0; stage < list->steps && index < self->n_shown; index++)
    if (self->counts[(gsize) stage * self->n_shown + index] > 0 && g_str_equal (mq_path_nodes_name (self, list, stage, index), name))
      return index;
  return -1;
}

MqTable *
mq_path_customers_table (const MqPathNodes *self, const MqPathList *list, guint stage, const char *name, const MqStrings *labels, const char *zone)
{
  gint            index = find_index (self, list, stage, name);
  MqTableBuilder *builder;

  if (index < 0)
    return NULL;
  builder = mq_table_builder_new ("customers", NULL, zone);
  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "path", N_ ("Path"), MQ_COLUMN_TEXT);
  for (guint person = 0; person < list->n_persons; person++)
    {
      guint32          node = get_path (list, person)[stage];
      g_autofree char *text = NULL;
      guint            steps;

      if (node == MQ_NO_NODE || mq_path_nodes_find (self, stage, node) != (guint) index)
        continue;
      text = write_path (list, person, &steps);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_strings_get (labels, person));
      mq_table_builder_set_integer (builder, 1, list->times[person]);
      mq_table_builder_set_text (builder, 2, text);
    }
  return mq_table_builder_finish (builder);
}
