/* comment-table.c: the comments as a table. */

#include "config.h"

#include "project/value-text.h"
#include "sentiment/feedback-tables.h"
#include "sentiment/text-moods.h"

#include <glib/gi18n-lib.h>

#define MOST_WORDS 5

enum
{
  ID,
  TEXT,
  POLARITY,
  EMOTION,
  PROBABILITY,
  UNCERTAIN,
  WORDS,
  TIME,
  CUSTOMER,
  SOURCE,
  RATING,
  ORIGIN
};

static void
add_columns (MqTableBuilder *builder)
{
  mq_table_builder_add_column (builder, "id", N_ ("Text no."), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "text", N_ ("Text"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "polarity", N_ ("Polarity"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "emotion", N_ ("Emotion"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "probability", N_ ("Probability"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "uncertain", N_ ("Uncertain"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "words", N_ ("Words that decided"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "source", N_ ("Source"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "rating", N_ ("Rating"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "decided", N_ ("Decided by"), MQ_COLUMN_TERM);
}

static void
set_field (MqTableBuilder *builder, guint to, const MqColumn *column, const MqZone *zone, gsize row)
{
  if (column == NULL)
    return;
  if (column->type == MQ_VALUE_TEXT)
    {
      if (column->codes[row] != MQ_CODE_MISSING)
        mq_table_builder_set_text (builder, to, mq_strings_get (column->strings, column->codes[row]));
    }
  else if (column->values[row] != MQ_VALUE_MISSING)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      mq_value_append_text (text, column->type, column->scale, zone, column->values[row]);
      mq_table_builder_set_text (builder, to, text->str);
    }
}

static void
add_comment (MqTableBuilder *builder, const MqFeedback *self, gsize i, gboolean words)
{
  const MqComment *comment = &self->comments[i];
  const MqMood    *mood = mq_feedback_mood (self, i);
  const MqStrings *labels = mq_dataset_labels (self->dataset);

  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, ID, i + 1);
  mq_table_builder_set_text (builder, TEXT, comment->text);
  mq_table_builder_set_text (builder, POLARITY, mq_polarity_name (mood->polarity));
  mq_table_builder_set_text (builder, EMOTION, mq_emotion_name (mood->emotion));
  mq_table_builder_set_double (builder, PROBABILITY, mood->probability[mood->polarity]);
  mq_table_builder_set_integer (builder, UNCERTAIN, mood->uncertain);
  if (words)
    {
      g_autofree char *decided = mq_mood_words_text (mq_mood_model_get (NULL), comment->text, mood->polarity, MOST_WORDS);

      mq_table_builder_set_text (builder, WORDS, decided);
    }
  mq_table_builder_set_text (builder, ORIGIN, mq_mood_origin_name (self->scored->origins[comment->code]));
  mq_table_builder_set_integer (builder, TIME, comment->time);
  mq_table_builder_set_text (builder, CUSTOMER, comment->person != MQ_NOBODY && labels != NULL ? mq_strings_get (labels, comment->person) : NULL);
}

MqTable *
mq_feedback_texts_table (const MqFeedback *self, const MqScope *scope, const char *name, gboolean words, const MqRun *run, GError **error)
{
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new (name, NULL, mq_zone_name (scope->zone));
  g_autoptr (GError) local = NULL;
  const MqColumn *source = mq_dataset_column (self->dataset, MQ_KIND_FEEDBACK, "source", run, &local);
  const MqColumn *rating = local == NULL ? mq_dataset_column (self->dataset, MQ_KIND_FEEDBACK, "rating", run, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!mq_dataset_load_labels (self->dataset, run, error))
    return NULL;
  add_columns (builder);
  for (gsize i = 0; i < self->n; i++)
    {
      if (i % 4096 == 0 && !mq_run_check (run, error))
        return NULL;
      add_comment (builder, self, i, words);
      set_field (builder, SOURCE, source, scope->zone, self->comments[i].row);
      set_field (builder, RATING, rating, scope->zone, self->comments[i].row);
    }
  return mq_table_builder_finish (g_steal_pointer (&builder));
}
