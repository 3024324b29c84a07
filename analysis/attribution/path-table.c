/* path-table.c: counts equal paths in one pass over all customers. */

#include "config.h"

#include "attribution/path-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

#define ARROW " > "
#define CHECK_PERSONS 256

typedef struct
{
  GBytes *channels; /* (owned) guint32 each */
  char   *text;     /* (owned) */
  gint64  conversions;
  gint64  nulls;
  gint64  value;
  gint64  lag; /* µs from the first touch to the conversion, of all conversions */
} PathCount;

static void
free_path_count (gpointer data)
{
  PathCount *self = data;

  g_bytes_unref (self->channels);
  g_free (self->text);
  g_free (self);
}

static PathCount *
find_path (GHashTable *paths, const MqTouchPath *path)
{
  g_autoptr (GBytes) key = g_bytes_new_static (path->channels, path->n * sizeof *path->channels);
  PathCount *count = g_hash_table_lookup (paths, key);

  if (count == NULL)
    {
      count = g_new0 (PathCount, 1);
      count->channels = g_bytes_new (path->channels, path->n * sizeof *path->channels);
      g_hash_table_insert (paths, count->channels, count);
    }
  return count;
}

static void
count_journey (const MqTouchSource *source, MqJourney *journey, GHashTable *paths)
{
  const MqWindowRule *rule = mq_touch_source_rule (source);
  MqTouchPath         path;
  MqRunState          state;
  guint               first = 0;

  for (guint i = 0; i < journey->n_conversions; i++)
    {
      const MqConversion *conversion = &journey->conversions[i];
      PathCount          *count;

      path = mq_journey_path (journey, i, rule, &first, NULL);
      if (!conversion->counts || path.n == 0)
        continue;
      count = find_path (paths, &path);
      count->conversions++;
      count->value += conversion->value;
      count->lag += MAX (conversion->time - path.times[0], 0);
    }
  first = 0;
  while (mq_journey_next_run (journey, rule, &first, &path, &state))
    if (state == MQ_RUN_RIPE)
      find_path (paths, &path)->nulls++;
}

static char *
describe_path (const MqTouchSource *source, const PathCount *count)
{
  gsize          size;
  const guint32 *channels = g_bytes_get_data (count->channels, &size);
  GString       *text = g_string_new (NULL);

  for (gsize i = 0; i < size / sizeof *channels; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ARROW : "", mq_touch_source_channel (source, channels[i]));
  return g_string_free (text, FALSE);
}

static int
compare_counts_cb (gconstpointer a, gconstpointer b)
{
  const PathCount *x = *(const PathCount *const *) a, *y = *(const PathCount *const *) b;

  if (x->conversions != y->conversions)
    return x->conversions > y->conversions ? -1 : 1;
  if (x->nulls != y->nulls)
    return x->nulls > y->nulls ? -1 : 1;
  return strcmp (x->text, y->text);
}

static MqTable *
make_table (const MqTouchSource *source, GHashTable *paths, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("paths", currency, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ((PathCount *) value)->text = describe_path (source, value);
      g_ptr_array_add (sorted, value);
    }
  g_ptr_array_sort (sorted, compare_counts_cb);
  mq_table_builder_add_column (builder, "path", N_ ("Path"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "length", N_ ("Touches"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "without_conversion", N_ ("Without Conversion"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "mean_lag", N_ ("Mean Time to Convert"), MQ_COLUMN_DURATION);
  for (guint i = 0; i < sorted->len; i++)
    {
      const PathCount *count = sorted->pdata[i];

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, count->text);
      mq_table_builder_set_integer (builder, 1, g_bytes_get_size (count->channels) / sizeof (guint32));
      mq_table_builder_set_integer (builder, 2, count->conversions);
      mq_table_builder_set_integer (builder, 3, count->value);
      mq_table_builder_set_integer (builder, 4, count->nulls);
      mq_table_builder_set_double (builder, 5, count->conversions > 0 ? count->lag / 1e6 / count->conversions : NAN);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_attribution_paths_table (const MqTouchSource *source, const char *currency, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, NULL, free_path_count);
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };

  for (guint person = 0; person < mq_touch_source_n_persons (source); person++)
    {
      if (person % CHECK_PERSONS == 0 && !mq_run_check (run, error))
        return NULL;
      if (!mq_touch_source_read (source, &reader, person, &journey, error))
        return NULL;
      count_journey (source, &journey, paths);
    }
  return make_table (source, paths, currency);
}
