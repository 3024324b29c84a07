/* feedback-tables.c: counting voices, and the tables of it. */

#include "config.h"

#include "sentiment/feedback-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "project/value-text.h"
#include "query/field.h"
#include "query/value-groups.h"
#include "sentiment/mood-mean.h"
#include "stats/interval.h"

const char *
mq_mood_label_name (guint label)
{
  return label < MQ_N_POLARITIES ? mq_polarity_name (label) : N_ ("uncertain");
}

guint
mq_mood_label (const MqMood *mood)
{
  return mood->uncertain ? MQ_N_POLARITIES : mood->polarity;
}

/* A voice in a group, and the comment that it is. */
typedef struct
{
  guint16 group;
  guint32 voice;
  guint32 comment;
} Part;

static inline guint
key_of (const Part *part, gboolean by_group)
{
  return by_group ? part->group : part->voice;
}

/* Deals the parts out by a number less than n_keys; those with the same one stay in their order. */
static void
deal (const Part *parts, gsize n, gboolean by_group, guint n_keys, Part *out)
{
  g_autofree gsize *next = g_new0 (gsize, (gsize) n_keys + 1);

  for (gsize i = 0; i < n; i++)
    next[key_of (&parts[i], by_group) + 1]++;
  for (guint key = 0; key < n_keys; key++)
    next[key + 1] += next[key];
  for (gsize i = 0; i < n; i++)
    out[next[key_of (&parts[i], by_group)]++] = parts[i];
}

/* By group, voice, comment; they come by comment. */
static Part *
sort_parts (Part *parts, gsize n, guint n_groups, guint n_voices)
{
  Part *sorted = g_new (Part, MAX (n, 1));

  deal (parts, n, FALSE, n_voices, sorted);
  if (n_groups > 1)
    {
      deal (sorted, n, TRUE, n_groups, parts);
      g_free (sorted);
      return parts;
    }
  g_free (parts);
  return sorted;
}

static guint
label_voice (const MqFeedback *self, const Part *parts, gsize n, guint *felt)
{
  MqMoodMean mean = { 0 };

  for (gsize i = 0; i < n; i++)
    mq_mood_mean_add (&mean, mq_feedback_mood (self, parts[i].comment));
  *felt = mq_mood_mean_emotion (&mean);
  return mq_mood_mean_label (&mean);
}

static void
add_voice (const MqFeedback *self, const Part *parts, gsize n, MqMix *mix)
{
  guint emotion;

  mix->labels[label_voice (self, parts, n, &emotion)]++;
  mix->emotions[emotion]++;
  mix->n++;
}

void
mq_feedback_person_labels (const MqFeedback *self, guint n_persons, guint8 *labels, guint32 *counts)
{
  g_autofree Part *parts = g_new (Part, MAX (self->n, 1));
  gsize            n = 0;

  for (gsize i = 0; i < self->n; i++)
    if (self->comments[i].person < n_persons)
      parts[n++] = (Part){ 0, self->comments[i].person, i };
  parts = sort_parts (parts, n, 1, n_persons);
  for (gsize i = 0, end; i < n; i = end)
    {
      guint emotion;

      for (end = i + 1; end < n && parts[end].voice == parts[i].voice;)
        end++;
      labels[parts[i].voice] = label_voice (self, parts + i, end - i, &emotion);
      counts[parts[i].voice] = end - i;
    }
}

void
mq_feedback_voice_labels (const MqFeedback *self, guint8 *labels, guint8 *emotions)
{
  g_autofree Part *parts = g_new (Part, MAX (self->n, 1));

  for (gsize i = 0; i < self->n; i++)
    parts[i] = (Part){ 0, self->comments[i].voice, i };
  parts = sort_parts (parts, self->n, 1, self->n_voices);
  for (gsize i = 0, end; i < self->n; i = end)
    {
      guint label, emotion;

      for (end = i + 1; end < self->n && parts[end].voice == parts[i].voice;)
        end++;
      label = label_voice (self, parts + i, end - i, &emotion);
      for (gsize k = i; k < end; k++)
        {
          labels[parts[k].comment] = label;
          emotions[parts[k].comment] = emotion;
        }
    }
}

void
mq_feedback_mix (const MqFeedback *self, const guint16 *groups, guint n_groups, MqMix *mixes)
{
  g_autofree Part *parts = g_new (Part, MAX (self->n, 1));

  for (gsize i = 0; i < self->n; i++)
    parts[i] = (Part){ groups != NULL ? groups[i] : 0, self->comments[i].voice, i };
  parts = sort_parts (parts, self->n, n_groups, self->n_voices);
  for (gsize i = 0, end; i < self->n; i = end)
    {
      for (end = i + 1; end < self->n && parts[end].group == parts[i].group && parts[end].voice == parts[i].voice;)
        end++;
      add_voice (self, parts + i, end - i, &mixes[parts[i].group]);
    }
}

/* A field of the feedback itself; NULL without error: it has none of that name. *ordered: numbers or days. (transfer full) */
static char **
read_own_field (const MqFeedback *feedback, const char *field, gboolean *ordered, const MqRun *run, GError **error)
{
  const char      *bare = g_str_has_prefix (field, "feedback.") ? field + strlen ("feedback.") : field;
  g_autofree char *name = mq_field_column_name (feedback->dataset, MQ_KIND_FEEDBACK, bare);
  const MqColumn  *column = name != NULL ? mq_dataset_column (feedback->dataset, MQ_KIND_FEEDBACK, name, run, error) : NULL;
  char           **values;

  if (column == NULL)
    return NULL;
  *ordered = column->type != MQ_VALUE_TEXT;
  values = g_new0 (char *, feedback->n + 1);
  for (gsize i = 0; i < feedback->n; i++)
    {
      gsize row = feedback->comments[i].row;

      if (column->type == MQ_VALUE_TEXT)
        values[i] = column->codes[row] != MQ_CODE_MISSING ? g_strdup (mq_strings_get (column->strings, column->codes[row])) : NULL;
      else if (column->values[row] != MQ_VALUE_MISSING)
        {
          GString *text = g_string_new (NULL);

          mq_value_append_text (text, column->type, column->scale, mq_dataset_zone (feedback->dataset), column->values[row]);
          values[i] = g_string_free (text, FALSE);
        }
    }
  return values;
}

/* A word of the program is known by its address. */
static char *
copy_name (const char *name)
{
  return mq_groups_is_word (name) ? (char *) name : g_strdup (name);
}

static void
free_name (gpointer name)
{
  if (!mq_groups_is_word (name))
    g_free (name);
}

static char **
read_customer_field (const MqFeedback *feedback, const char *field, gboolean *ordered, const MqRun *run, GError **error)
{
  g_autoptr (MqFieldValues) values = mq_field_values_new (feedback->dataset, field, "by", run, error);
  char **texts;

  if (values == NULL)
    return NULL;
  if (!mq_field_values_is_customer (values))
    {
      mq_setting_fail (error, _ ("The setting “%s” names neither a field of the feedback nor of its customers."), "by");
      return NULL;
    }
  *ordered = mq_field_values_is_ordered (values);
  texts = g_new0 (char *, feedback->n + 1);
  for (gsize i = 0; i < feedback->n; i++)
    {
      guint32 person = feedback->comments[i].person;
      guint32 code = person != MQ_NOBODY ? mq_field_values_get (values, person, NULL) : MQ_CODE_MISSING;

      texts[i] = code != MQ_CODE_MISSING ? copy_name (mq_field_values_text (values, code)) : NULL;
    }
  return texts;
}

typedef struct
{
  const char *name;
  gint64      n;
} Size;

static int
compare_sizes_cb (gconstpointer a, gconstpointer b)
{
  const Size *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* Of numbers, bands of numbers and days. */
static int
compare_places_cb (gconstpointer a, gconstpointer b)
{
  const Size *x = a, *y = b;
  double      one = g_ascii_strtod (x->name, NULL), two = g_ascii_strtod (y->name, NULL);

  if (one != two)
    return one < two ? -1 : 1;
  return strcmp (x->name, y->name);
}

static void
number_groups (MqFeedbackGroups *self, char **values, gsize n, gboolean ordered)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (Size));
  GHashTableIter iter;
  gpointer       key, value;
  guint          kept;

  for (gsize i = 0; i < n; i++)
    if (values[i] != NULL)
      g_hash_table_insert (counts, values[i], GSIZE_TO_POINTER (GPOINTER_TO_SIZE (g_hash_table_lookup (counts, values[i])) + 1));
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Size size = { key, GPOINTER_TO_SIZE (value) };

      g_array_append_val (sizes, size);
    }
  g_array_sort (sizes, compare_sizes_cb);
  kept = MIN (sizes->len, MQ_GROUPS_MOST);
  if (ordered)
    qsort (sizes->data, kept, sizeof (Size), compare_places_cb);
  for (guint i = 0; i < sizes->len; i++)
    g_hash_table_insert (numbers, (gpointer) g_array_index (sizes, Size, i).name, GUINT_TO_POINTER (MIN (i, kept) + 1));
  for (guint i = 0; i < kept; i++)
    g_ptr_array_add (self->names, copy_name (g_array_index (sizes, Size, i).name));
  if (sizes->len > kept)
    g_ptr_array_add (self->names, (gpointer) mq_group_other);
  g_ptr_array_add (self->names, NULL);
  for (gsize i = 0; i < n; i++)
    self->of[i] = values[i] != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (numbers, values[i])) - 1 : self->names->len - 1;
}

gboolean
mq_feedback_groups_init (MqFeedbackGroups *self, const MqFeedback *feedback, const char *field, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ordered = FALSE;
  char   **values = read_own_field (feedback, field, &ordered, run, &local);

  *self = (MqFeedbackGroups){ NULL, NULL };
  if (values == NULL && local == NULL)
    values = read_customer_field (feedback, field, &ordered, run, &local);
  if (values == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->of = g_new0 (guint16, MAX (feedback->n, 1));
  self->names = g_ptr_array_new_with_free_func (free_name);
  number_groups (self, values, feedback->n, ordered);
  for (gsize i = 0; i < feedback->n; i++)
    free_name (values[i]);
  g_free (values);
  return TRUE;
}

void
mq_feedback_groups_clear (MqFeedbackGroups *self)
{
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

static void
add_shares (MqTableBuilder *builder, guint column, const char *label, gint64 n, gint64 all)
{
  double low, high, share = (double) n / all;

  mq_wilson (share, all, &low, &high);
  mq_table_builder_set_text (builder, column, label);
  mq_table_builder_set_integer (builder, column + 1, n);
  mq_table_builder_set_double (builder, column + 2, share);
  mq_table_builder_set_double (builder, column + 3, low);
  mq_table_builder_set_double (builder, column + 4, high);
}

static void
add_share_columns (MqTableBuilder *builder, gboolean emotions)
{
  mq_table_builder_add_column (builder, "label", emotions ? N_ ("Emotion") : N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Voices"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
}

MqTable *
mq_feedback_mix_table (const MqMix *mixes, guint n, const MqFeedbackGroups *groups, gboolean emotions)
{
  MqTableBuilder *builder = mq_table_builder_new (emotions ? "emotions" : "mix", NULL, NULL);

  mq_table_builder_add_column (builder, "group", N_ ("Group"), MQ_COLUMN_TEXT);
  add_share_columns (builder, emotions);
  for (guint group = 0; group < n; group++)
    for (guint label = 0; label < (emotions ? (guint) MQ_N_EMOTIONS : MQ_N_LABELS) && mixes[group].n > 0; label++)
      {
        mq_table_builder_append (builder);
        mq_groups_set_name (builder, 0, groups != NULL ? groups->names->pdata[group] : NULL);
        add_shares (builder, 1, emotions ? mq_emotion_name (label) : mq_mood_label_name (label), emotions ? mixes[group].emotions[label] : mixes[group].labels[label], mixes[group].n);
      }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_feedback_trend_table (const MqFeedback *self, const MqScope *scope, MqUnit unit)
{
  MqTableBuilder     *builder = mq_table_builder_new ("trend", NULL, NULL);
  gint32              first = self->n > 0 ? mq_unit_of_day (unit, mq_zone_day (scope->zone, self->comments[0].time, NULL)) : 0;
  gint32              last = self->n > 0 ? mq_unit_of_day (unit, mq_zone_day (scope->zone, self->comments[self->n - 1].time, NULL)) : -1;
  guint               n = MIN (last - first + 1, G_MAXUINT16);
  g_autofree guint16 *groups = g_new0 (guint16, MAX (self->n, 1));
  g_autofree MqMix   *mixes = g_new0 (MqMix, MAX (n, 1));

  for (gsize i = 0; i < self->n; i++)
    groups[i] = MIN ((guint) (mq_unit_of_day (unit, mq_zone_day (scope->zone, self->comments[i].time, NULL)) - first), G_MAXUINT16 - 1);
  mq_feedback_mix (self, groups, n, mixes);
  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_TEXT);
  add_share_columns (builder, FALSE);
  mq_table_builder_add_column (builder, "voices", N_ ("All voices"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "complete", N_ ("Complete"), MQ_COLUMN_BOOLEAN);
  for (guint period = 0; period < n; period++)
    {
      g_autofree char *name = mq_unit_format (unit, first + period);

      for (guint label = 0; label < MQ_N_LABELS && mixes[period].n > 0; label++)
        {
          mq_table_builder_append (builder);
          mq_table_builder_set_text (builder, 0, name);
          add_shares (builder, 1, mq_mood_label_name (label), mixes[period].labels[label], mixes[period].n);
          mq_table_builder_set_integer (builder, 6, mixes[period].n);
          mq_table_builder_set_integer (builder, 7, mq_unit_first_day (unit, first + period + 1) <= scope->to_day + 1 && (scope->from_day == MQ_DAY_MISSING || mq_unit_first_day (unit, first + period) >= scope->from_day));
        }
    }
  return mq_table_builder_finish (builder);
}
