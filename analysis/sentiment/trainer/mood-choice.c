/* mood-choice.c: counts of every n-gram by class, and what they tell. */

#include "config.h"

#include "sentiment/trainer/mood-choice.h"

#include <math.h>
#include <string.h>

#define LEAST_TIMES 2    /* an n-gram that was met once teaches nothing */
#define SCALE_SHARE 0.7f /* of the log odds in the scale */
#define MOST_ODDS 3.0

/* Slot and mark: all that tells one gram from another. */
#define KIND_BITS (MQ_MOOD_SLOT_BITS + 9)

typedef struct
{
  guint32 *numbers;               /* (owned) by kind, from 1; 0: too rare */
  guint32 *kinds;                 /* (owned) by number - 1, ascending */
  float (*of)[MQ_MOOD_N_CLASSES]; /* (owned) by number - 1: weight of the texts of each class */
  float *gain;                    /* (owned) by number - 1 */
  guint  n;
} Counts;

static inline guint32
kind_of (guint32 gram)
{
  return gram >> (32 - KIND_BITS);
}

static void
number_kinds (Counts *self, const MqMoodItems *items)
{
  guint n = 0;

  self->numbers = g_new0 (guint32, (gsize) 1 << KIND_BITS);
  for (gsize i = 0; i < items->n_grams; i++)
    self->numbers[kind_of (items->grams[i])]++;
  for (gsize kind = 0; kind < (gsize) 1 << KIND_BITS; kind++)
    n += self->numbers[kind] >= LEAST_TIMES;
  self->kinds = g_new (guint32, MAX (n, 1));
  for (gsize kind = 0; kind < (gsize) 1 << KIND_BITS; kind++)
    if (self->numbers[kind] >= LEAST_TIMES && (kind & 255) != 0)
      {
        self->kinds[self->n++] = kind;
        self->numbers[kind] = self->n;
      }
    else
      self->numbers[kind] = 0;
}

static void
count_classes (Counts *self, const MqMoodItems *items, double all[2][MQ_MOOD_N_CLASSES])
{
  self->of = g_malloc0_n (MAX (self->n, 1), sizeof *self->of);
  for (guint i = 0; i < items->n; i++)
    {
      const MqMoodItem *item = &items->items[i];

      for (guint j = 0; j < item->n; j++)
        {
          guint32 kind = kind_of (items->grams[item->first + j]), number = self->numbers[kind];

          if (number == 0)
            continue;
          if (item->polarity >= 0)
            {
              self->of[number - 1][item->polarity] += item->weight;
              all[kind >> (KIND_BITS - 1)][item->polarity] += item->weight;
            }
          if (item->emotion >= 0)
            {
              self->of[number - 1][MQ_N_POLARITIES + item->emotion] += item->weight;
              all[kind >> (KIND_BITS - 1)][MQ_N_POLARITIES + item->emotion] += item->weight;
            }
        }
    }
}

/* Half of the likelihood ratio G² of a group of classes: how much better the gram's own shares tell its texts' classes than the
 * shares of all. */
static double
measure_gain (const float *of, const double *all, guint first, guint n)
{
  double sum = 0, total = 0, gain = 0;

  for (guint k = first; k < first + n; k++)
    sum += of[k], total += all[k];
  for (guint k = first; k < first + n; k++)
    if (of[k] > 0)
      gain += of[k] * log (of[k] / sum / (all[k] / total));
  return gain;
}

/* Of log odds of negative against positive, by naive Bayes; after Wang and Manning (2012), who give a linear model its features so. */
static float
find_scale (const float *of, const double *all)
{
  double both = all[MQ_POLARITY_NEGATIVE] + all[MQ_POLARITY_POSITIVE];
  double bad = (of[MQ_POLARITY_NEGATIVE] + 1) / (all[MQ_POLARITY_NEGATIVE] / both), good = (of[MQ_POLARITY_POSITIVE] + 1) / (all[MQ_POLARITY_POSITIVE] / both);

  return 1 - SCALE_SHARE + SCALE_SHARE * (float) MIN (fabs (log (bad / good)), MOST_ODDS);
}

void
mq_mood_choice_init (MqMoodChoice *self, const MqMoodItems *items)
{
  Counts              counts = { 0 };
  double              all[2][MQ_MOOD_N_CLASSES] = { { 0 } };
  g_autofree guint32 *winner = g_new0 (guint32, MQ_MOOD_N_SLOTS); /* number */

  number_kinds (&counts, items);
  count_classes (&counts, items, all);
  counts.gain = g_new (float, MAX (counts.n, 1));
  for (guint i = 0; i < counts.n; i++)
    {
      const double *of_all = all[counts.kinds[i] >> (KIND_BITS - 1)];

      counts.gain[i] = measure_gain (counts.of[i], of_all, 0, MQ_N_POLARITIES) + measure_gain (counts.of[i], of_all, MQ_N_POLARITIES, MQ_N_EMOTIONS);
    }
  self->marks = g_new0 (guint8, MQ_MOOD_N_SLOTS);
  self->scale = g_new0 (float, MQ_MOOD_N_SLOTS);
  for (guint i = 0; i < counts.n; i++)
    {
      guint32 slot = counts.kinds[i] >> 8;
      guint   table = counts.kinds[i] >> (KIND_BITS - 1);

      if (winner[slot] != 0 && counts.gain[winner[slot] - 1] >= counts.gain[i])
        continue;
      winner[slot] = i + 1;
      self->marks[slot] = (guint8) counts.kinds[i];
      self->scale[slot] = find_scale (counts.of[i], all[table]);
    }
  g_free (counts.numbers);
  g_free (counts.kinds);
  g_free (counts.of);
  g_free (counts.gain);
}

void
mq_mood_choice_clear (MqMoodChoice *self)
{
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->scale, g_free);
}
