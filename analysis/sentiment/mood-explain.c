/* mood-explain.c: which words decided. Each n-gram moves the answer by exactly what the model's row of it says; what it moves is shared
 * among its characters, and neighbours that pull the same way are one mark. */

#include "config.h"

#include "sentiment/mood-model.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-private.h"

#define LEAST_SHARE 0.12 /* of the strongest mark: weaker ones are not worth ink */

/* By how much a gram moves the label against the mean of the others, in units of the logit before the norm. */
static double
pull_of_gram (const MqMoodModel *model, guint32 gram, MqPolarity label)
{
  const gint8 *row = mq_mood_model_row (model, gram);
  double       of[MQ_N_POLARITIES] = { 0 }, others = 0;

  for (guint c = 0; c < MQ_MOOD_COLUMNS && mq_mood_class_of_column[c] < MQ_N_POLARITIES; c++)
    of[mq_mood_class_of_column[c]] = (double) model->head.scale[c] * row[c];
  for (guint k = 0; k < MQ_N_POLARITIES; k++)
    if (k != label)
      others += of[k] / (MQ_N_POLARITIES - 1);
  return of[label] - others;
}

/* What each unit of the text was given. g_free. */
static double *
share_out (const MqMoodModel *model, const MqMoodFeatures *features, MqPolarity label)
{
  double *pull = g_new0 (double, features->text.n + 1);
  double  norm = 1 / sqrt (MAX (features->n, 1));

  for (gsize i = 0; i < features->n; i++)
    {
      MqMoodSpan span = features->spans[i];
      double     part = pull_of_gram (model, features->grams[i], label) * norm / (span.end - span.first);

      for (guint32 unit = span.first; unit < span.end; unit++)
        pull[unit] += part;
    }
  return pull;
}

/* Whole words keep together; so do neighbouring Chinese characters and signs that pull the same way. */
static gsize
end_of_mark (const MqMoodText *text, const double *pull, gsize i, double *weight)
{
  gsize end = i;

  *weight = 0;
  if (text->classes[i] == MQ_SIGN_LETTER)
    {
      for (; end < text->n && (text->classes[end] == MQ_SIGN_LETTER || text->units[end] == '\''); end++)
        *weight += pull[end];
      return end;
    }
  for (; end < text->n && text->classes[end] == text->classes[i] && (pull[end] > 0) == (pull[i] > 0); end++)
    *weight += pull[end];
  return end;
}

static void
drop_weak_marks (GArray *marks)
{
  double most = 0;
  guint  n = 0;

  for (guint i = 0; i < marks->len; i++)
    most = MAX (most, fabs (g_array_index (marks, MqMoodMark, i).weight));
  for (guint i = 0; i < marks->len; i++)
    if (fabs (g_array_index (marks, MqMoodMark, i).weight) >= LEAST_SHARE * most)
      g_array_index (marks, MqMoodMark, n++) = g_array_index (marks, MqMoodMark, i);
  g_array_set_size (marks, n);
}

GArray *
mq_mood_explain (const MqMoodModel *model, const char *text, gsize length, MqPolarity label, double *total)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (MqMoodMark));
  g_auto (MqMoodFeatures) features = { .with_spans = TRUE };
  g_autofree double *pull = NULL;
  double             sum = 0;

  mq_mood_features_read (&features, text, length);
  pull = share_out (model, &features, label);
  for (gsize i = 0; i < features.text.n;)
    {
      MqMoodMark mark = { .first = features.text.offsets[i] };
      gsize      end = end_of_mark (&features.text, pull, i, &mark.weight);

      mark.end = features.text.offsets[end];
      sum += mark.weight;
      if (features.text.classes[i] != MQ_SIGN_SPACE && mark.weight != 0)
        g_array_append_val (marks, mark);
      i = end;
    }
  if (total != NULL)
    *total = sum;
  drop_weak_marks (marks);
  return marks;
}
