/* compared-moods.c: differences of shares; ratings and words. */

#include "config.h"

#include "sentiment/compared-moods.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "stats/interval.h"

#define LOW_RATING 0.4 /* of the scale */
#define HIGH_RATING 0.8

/* Ratings of a feedback's comments, NaN: none. */
typedef struct
{
  double *values; /* (owned) (nullable) by comment */
  double  scale;  /* 5, 10 or 100 */
} Ratings;

static void
add_side (MqTableBuilder *builder, const char *side, const MqMix *mix)
{
  for (guint label = 0; label < MQ_N_LABELS && mix->n > 0; label++)
    {
      double low, high, share = (double) mix->labels[label] / mix->n;

      mq_wilson (share, mix->n, &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, side);
      mq_table_builder_set_text (builder, 1, mq_mood_label_name (label));
      mq_table_builder_set_integer (builder, 2, mix->labels[label]);
      mq_table_builder_set_double (builder, 3, share);
      mq_table_builder_set_double (builder, 4, low);
      mq_table_builder_set_double (builder, 5, high);
    }
}

static MqTable *
make_sides (const MqMix *mix, const MqMix *other)
{
  MqTableBuilder *builder = mq_table_builder_new ("sides", NULL, NULL);

  mq_table_builder_add_column (builder, "side", N_ ("Compared"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "label", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Voices"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
  add_side (builder, N_ ("these comments"), mix);
  add_side (builder, N_ ("compared with"), other);
  return mq_table_builder_finish (builder);
}

static void
add_difference (MqTableBuilder *builder, guint label, const MqMix *mix, const MqMix *other)
{
  double p = (double) mix->labels[label] / mix->n, q = (double) other->labels[label] / other->n;
  double p_low, p_high, q_low, q_high;

  mq_wilson (p, mix->n, &p_low, &p_high);
  mq_wilson (q, other->n, &q_low, &q_high);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, mq_mood_label_name (label));
  mq_table_builder_set_double (builder, 1, p);
  mq_table_builder_set_integer (builder, 2, mix->n);
  mq_table_builder_set_double (builder, 3, q);
  mq_table_builder_set_integer (builder, 4, other->n);
  mq_table_builder_set_double (builder, 5, p - q);
  mq_table_builder_set_double (builder, 6, p - q - sqrt ((p - p_low) * (p - p_low) + (q_high - q) * (q_high - q)));
  mq_table_builder_set_double (builder, 7, p - q + sqrt ((p_high - p) * (p_high - p) + (q - q_low) * (q - q_low)));
}

void
mq_compared_moods_add (const MqMix *mix, const MqMix *other, MqResult *result)
{
  MqTableBuilder *builder = mq_table_builder_new ("comparison", NULL, NULL);

  mq_table_builder_add_column (builder, "label", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "voices", N_ ("Voices"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share_other", N_ ("Share compared with"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "voices_other", N_ ("Voices compared with"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "difference", N_ ("Difference"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
  for (guint label = 0; label < MQ_N_LABELS && mix->n > 0 && other->n > 0; label++)
    add_difference (builder, label, mix, other);
  mq_result_take_table (result, mq_table_builder_finish (builder));
  mq_result_take_table (result, make_sides (mix, other));
}

/* The scale is told by the greatest rating of all the feedback, not of these comments alone. */
static gboolean
read_ratings (const MqFeedback *feedback, Ratings *ratings, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (feedback->dataset, MQ_KIND_FEEDBACK, "rating", run, &local);
  double          unit, most = 0;

  *ratings = (Ratings){ NULL, 5 };
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL || column->type == MQ_VALUE_TEXT)
    return TRUE;
  unit = column->type == MQ_VALUE_INTEGER ? 1 : pow (10, column->scale);
  for (gsize row = 0; row < column->n; row++)
    if (column->values[row] != MQ_VALUE_MISSING)
      most = MAX (most, column->values[row] / unit);
  ratings->scale = most <= 5 ? 5 : most <= 10 ? 10
                                              : 100;
  ratings->values = g_new (double, MAX (feedback->n, 1));
  for (gsize i = 0; i < feedback->n; i++)
    {
      gint64 value = column->values[feedback->comments[i].row];

      ratings->values[i] = value != MQ_VALUE_MISSING ? value / unit : NAN;
    }
  return TRUE;
}

static gboolean
disagrees (const Ratings *ratings, const MqFeedback *feedback, gsize i)
{
  guint  label = mq_mood_label (mq_feedback_mood (feedback, i));
  double part = ratings->values[i] / ratings->scale; /* NaN is neither */

  return (label == MQ_POLARITY_POSITIVE && part <= LOW_RATING) || (label == MQ_POLARITY_NEGATIVE && part >= HIGH_RATING);
}

MqTable *
mq_rated_moods_table (const MqFeedback *feedback, const MqRun *run, GError **error)
{
  MqTableBuilder    *builder;
  Ratings            ratings;
  g_autofree double *values = NULL;
  double             sums[MQ_N_LABELS] = { 0 };
  gint64             n[MQ_N_LABELS] = { 0 }, denied[MQ_N_LABELS] = { 0 };

  if (!read_ratings (feedback, &ratings, run, error) || ratings.values == NULL)
    return NULL;
  values = ratings.values;
  for (gsize i = 0; i < feedback->n; i++)
    if (!isnan (values[i]))
      {
        guint label = mq_mood_label (mq_feedback_mood (feedback, i));

        sums[label] += values[i];
        n[label]++;
        denied[label] += disagrees (&ratings, feedback, i);
      }
  builder = mq_table_builder_new ("ratings", NULL, NULL);
  mq_table_builder_add_column (builder, "label", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Rated comments"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "mean", N_ ("Mean rating"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "disagree", N_ ("Rating denies the words"), MQ_COLUMN_INTEGER);
  for (guint label = 0; label < MQ_N_LABELS; label++)
    if (n[label] > 0)
      {
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, mq_mood_label_name (label));
        mq_table_builder_set_integer (builder, 1, n[label]);
        mq_table_builder_set_double (builder, 2, sums[label] / n[label]);
        mq_table_builder_set_integer (builder, 3, denied[label]);
      }
  return mq_table_builder_finish (builder);
}

gboolean
mq_rated_moods_keep (const MqFeedback *feedback, guint8 *keep, const MqRun *run, GError **error)
{
  Ratings            ratings;
  g_autofree double *values = NULL;

  if (!read_ratings (feedback, &ratings, run, error))
    return FALSE;
  values = ratings.values;
  for (gsize i = 0; i < feedback->n; i++)
    keep[i] &= values != NULL && disagrees (&ratings, feedback, i);
  return TRUE;
}
