/* mood-layer.c: maximum a posteriori of a softmax over the shipped model's logits. */

#include "config.h"

#include "sentiment/mood-layer.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-labels.h"

#define SWEEPS 60
#define SCALE_PRIOR 50.0 /* as if so many labels said that the scale is 1 */
#define BIAS_PRIOR 4.0   /* a bias of 0.5 is one standard deviation away */
#define LEAST_SCALE 0.2
#define ROUNDS 12
#define RATE 0.25
#define DECAY 1e-3

struct _MqMoodLayer
{
  MqMoodTask task;
  double     scale;
  double     bias[MQ_N_EMOTIONS];
  guint32   *places;  /* (owned) (nullable) by slot of a gram, whether the shipped model knows it or not: place of its weights, from 1; 0: none */
  double    *weights; /* (owned) (nullable) mq_mood_task_length() a place */
  guint      n_places;
};

/* The examples of one fit, in their order. */
typedef struct
{
  const MqMoodHead     *head;
  const MqMoodExample **examples; /* (owned) */
  guint                 n;
  guint                 first, length; /* classes */
} Lesson;

static double
get_temperature (const MqMoodHead *head, gboolean chinese, guint first)
{
  return head->temperature[chinese ? 0 : 1][first == 0 ? 0 : 1];
}

/* What the layer makes of logits, over the temperature: out of the task's classes. */
static void
sum_up (const MqMoodLayer *self, const Lesson *lesson, const MqMoodExample *example, double *out)
{
  double temperature = get_temperature (lesson->head, example->chinese, lesson->first);
  double norm = 1 / sqrt (MAX (example->n_grams, 1));

  for (guint k = 0; k < lesson->length; k++)
    out[k] = self->scale * example->logits[lesson->first + k] / temperature + self->bias[k];
  for (guint i = 0; self->places != NULL && i < example->n_grams; i++)
    {
      guint32 place = self->places[mq_mood_slot (example->grams[i])];

      for (guint k = 0; place > 0 && k < lesson->length; k++)
        out[k] += norm * self->weights[(gsize) (place - 1) * lesson->length + k];
    }
}

static void
soften (double *values, guint n)
{
  double most = values[0], sum = 0;

  for (guint k = 1; k < n; k++)
    most = MAX (most, values[k]);
  for (guint k = 0; k < n; k++)
    sum += values[k] = exp (values[k] - most);
  for (guint k = 0; k < n; k++)
    values[k] /= sum;
}

/* One Newton step of the scale, then of each bias: the posterior is concave in every one of them. */
static void
sweep (MqMoodLayer *self, const Lesson *lesson)
{
  for (guint which = 0; which <= lesson->length; which++)
    {
      gboolean scale = which == lesson->length;
      double   slope = scale ? SCALE_PRIOR * (self->scale - 1) : BIAS_PRIOR * self->bias[which];
      double   curve = scale ? SCALE_PRIOR : BIAS_PRIOR;

      for (guint i = 0; i < lesson->n; i++)
        {
          const MqMoodExample *example = lesson->examples[i];
          double               temperature = get_temperature (lesson->head, example->chinese, lesson->first);
          double               p[MQ_N_EMOTIONS], mean = 0, square = 0;

          sum_up (self, lesson, example, p);
          soften (p, lesson->length);
          for (guint k = 0; k < lesson->length; k++)
            {
              double z = scale ? example->logits[lesson->first + k] / temperature : k == which;

              mean += p[k] * z;
              square += p[k] * z * z;
            }
          slope += mean - (scale ? example->logits[lesson->first + example->label] / temperature : example->label == (gint) which);
          curve += square - mean * mean;
        }
      if (scale)
        self->scale = MAX (self->scale - slope / curve, LEAST_SCALE);
      else
        self->bias[which] -= slope / curve;
    }
}

static void
number_rows (MqMoodLayer *self, const Lesson *lesson)
{
  self->places = g_new0 (guint32, MQ_MOOD_N_SLOTS);
  for (guint i = 0; i < lesson->n; i++)
    for (guint k = 0; k < lesson->examples[i]->n_grams; k++)
      if (self->places[mq_mood_slot (lesson->examples[i]->grams[k])] == 0)
        self->places[mq_mood_slot (lesson->examples[i]->grams[k])] = ++self->n_places;
  self->weights = g_new0 (double, (gsize) MAX (self->n_places, 1) * lesson->length);
}

/* AdaGrad, as the shipped model was trained, from nothing. */
static void
learn_weights (MqMoodLayer *self, const Lesson *lesson)
{
  g_autofree double *squares = NULL;

  number_rows (self, lesson);
  squares = g_new0 (double, (gsize) MAX (self->n_places, 1) * lesson->length);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < lesson->n; i++)
      {
        const MqMoodExample *example = lesson->examples[i];
        double               norm = 1 / sqrt (MAX (example->n_grams, 1)), p[MQ_N_EMOTIONS];

        sum_up (self, lesson, example, p);
        soften (p, lesson->length);
        p[example->label] -= 1;
        for (guint r = 0; r < example->n_grams; r++)
          for (guint k = 0; k < lesson->length; k++)
            {
              gsize  at = (gsize) (self->places[mq_mood_slot (example->grams[r])] - 1) * lesson->length + k;
              double slope = p[k] * norm + DECAY * self->weights[at];

              squares[at] += slope * slope;
              self->weights[at] -= RATE * slope / sqrt (squares[at] + 1e-6);
            }
      }
}

MqMoodLayer *
mq_mood_layer_learn (const MqMoodHead *head, MqMoodTask task, const MqMoodExample *examples, guint n, guint folds, guint leave_out)
{
  g_autofree const MqMoodExample **chosen = g_new (const MqMoodExample *, MAX (n, 1));
  Lesson                           lesson = { head, chosen, 0, mq_mood_task_first (task), mq_mood_task_length (task) };
  MqMoodLayer                     *self;
  guint                            place = 0;

  for (guint i = 0; i < n; i++)
    if (examples[i].label != MQ_MOOD_NO_LABEL && (folds == 0 || place++ % folds != leave_out))
      chosen[lesson.n++] = &examples[i];
  if (lesson.n < MQ_MOOD_LAYER_LEAST)
    return NULL;
  self = g_new0 (MqMoodLayer, 1);
  self->task = task;
  self->scale = 1;
  for (guint i = 0; i < SWEEPS; i++)
    sweep (self, &lesson);
  if (lesson.n >= MQ_MOOD_LAYER_WEIGHTS * (folds > 0 ? (double) (folds - 1) / folds : 1))
    learn_weights (self, &lesson);
  return self;
}

void
mq_mood_layer_free (MqMoodLayer *self)
{
  if (self == NULL)
    return;
  g_free (self->places);
  g_free (self->weights);
  g_free (self);
}

void
mq_mood_layer_apply (const MqMoodLayer *self, const MqMoodHead *head, gboolean chinese, const guint32 *grams, guint n_grams, double *logits)
{
  Lesson        lesson = { head, NULL, 0, mq_mood_task_first (self->task), mq_mood_task_length (self->task) };
  MqMoodExample example = { .chinese = chinese, .grams = (guint32 *) grams, .n_grams = n_grams };
  double        out[MQ_N_EMOTIONS];

  memcpy (example.logits, logits, sizeof example.logits);
  sum_up (self, &lesson, &example, out);
  for (guint k = 0; k < lesson.length; k++)
    logits[lesson.first + k] = out[k] * get_temperature (head, chinese, lesson.first);
}

void
mq_mood_example_clear (MqMoodExample *example)
{
  g_clear_pointer (&example->grams, g_free);
}
