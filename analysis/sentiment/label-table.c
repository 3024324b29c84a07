/* label-table.c: labels as tables. */

#include "config.h"

#include "sentiment/label-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "stats/interval.h"

static const char *const task_names[] = { N_ ("polarity"), N_ ("emotion") };

/* NULL without error: no feedback. */
static const MqColumn *
get_texts (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqColumn *text = mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "text", run, error);

  return text != NULL && text->type == MQ_VALUE_TEXT ? text : NULL;
}

GHashTable *
mq_mood_label_keys (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GError) local = NULL;
  const MqColumn *text = get_texts (dataset, run, &local);

  for (guint code = 0; text != NULL && code < mq_strings_length (text->strings); code++)
    {
      guint64 key = mq_mood_label_key (mq_strings_get (text->strings, code), mq_strings_get_length (text->strings, code));

      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
  if (local == NULL)
    return g_steal_pointer (&keys);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* What a label is of. */
typedef struct
{
  const char *text; /* (nullable) */
  gint64      comments;
} Place;

static int
compare_texts_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *places = data;

  return strcmp (places[*(const guint *) a].text, places[*(const guint *) b].text);
}

static Place *
find_places (const GArray *labels, const MqColumn *text)
{
  Place             *places = g_new0 (Place, MAX (labels->len, 1));
  guint              n = text != NULL ? mq_strings_length (text->strings) : 0;
  g_autofree gint64 *counts = g_new0 (gint64, MAX (n, 1));

  for (gsize row = 0; text != NULL && row < text->n; row++)
    if (text->codes[row] != MQ_CODE_MISSING)
      counts[text->codes[row]]++;
  for (guint code = 0; code < n; code++)
    {
      const char        *string = mq_strings_get (text->strings, code);
      const MqMoodLabel *label = counts[code] > 0 ? mq_mood_labels_find (labels, mq_mood_label_key (string, strlen (string))) : NULL;
      Place             *place = label != NULL ? &places[label - (const MqMoodLabel *) (gpointer) labels->data] : NULL;

      if (place == NULL)
        continue;
      place->comments += counts[code];
      if (place->text == NULL || strcmp (string, place->text) < 0)
        place->text = string;
    }
  return places;
}

MqTable *
mq_mood_labels_table (MqDataset *dataset, guint *resting, const MqRun *run, GError **error)
{
  g_autoptr (GArray) labels = mq_mood_labels_parse (mq_dataset_value (dataset, MQ_MOOD_LABELS_VALUE));
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("labels", NULL, NULL);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) local = NULL;
  const MqColumn   *text = get_texts (dataset, run, &local);
  g_autofree Place *places = find_places (labels, text);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; i < labels->len; i++)
    if (places[i].text != NULL)
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_texts_cb, places);
  *resting = labels->len - order->len;
  mq_table_builder_add_column (builder, "text", N_ ("Text"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "polarity", N_ ("Polarity"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "emotion", N_ ("Emotion"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "comments", N_ ("Comments"), MQ_COLUMN_INTEGER);
  for (guint i = 0; i < order->len; i++)
    {
      guint              which = g_array_index (order, guint, i);
      const MqMoodLabel *label = &g_array_index (labels, MqMoodLabel, which);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, places[which].text);
      mq_table_builder_set_text (builder, 1, mq_polarity_name (label->polarity));
      mq_table_builder_set_text (builder, 2, label->emotion >= 0 ? mq_emotion_name (label->emotion) : NULL);
      mq_table_builder_set_integer (builder, 3, places[which].comments);
    }
  return mq_table_builder_finish (g_steal_pointer (&builder));
}

MqTable *
mq_corrections_table (const MqScoredTexts *scored)
{
  MqTableBuilder *builder = mq_table_builder_new ("corrections", NULL, NULL);

  mq_table_builder_add_column (builder, "task", N_ ("What is judged"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Labels"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "right", N_ ("Right"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "accuracy", N_ ("Accuracy"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "shipped", N_ ("Right by the shipped model"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "used", N_ ("Taught by the labels"), MQ_COLUMN_BOOLEAN);
  for (guint task = 0; task < MQ_MOOD_N_TASKS; task++)
    {
      const MqMoodFit *fit = &scored->fits[task];
      guint            right = fit->used ? fit->taught : fit->shipped;
      double           low, high;

      if (fit->n == 0)
        continue;
      mq_wilson ((double) right / fit->n, fit->n, &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, task_names[task]);
      mq_table_builder_set_integer (builder, 1, fit->n);
      mq_table_builder_set_integer (builder, 2, right);
      mq_table_builder_set_double (builder, 3, (double) right / fit->n);
      mq_table_builder_set_double (builder, 4, low);
      mq_table_builder_set_double (builder, 5, high);
      mq_table_builder_set_integer (builder, 6, fit->shipped);
      mq_table_builder_set_integer (builder, 7, fit->used);
    }
  return mq_table_builder_finish (builder);
}
