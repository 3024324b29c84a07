/* quality-decay.c: pairs of statements, and the chance of a change in a month. */

#include "config.h"

#include "quality/quality-decay.h"

#include "project/dataset-assertions.h"

#include <math.h>
#include <stdlib.h>

#define MICROSECONDS_A_DAY G_GINT64_CONSTANT (86400000000)
#define HALF_CHI2 1.920729410347062 /* half the 95 % point of chi squared with one degree */
#define MIN_RATE 1e-12
#define MAX_RATE 1000.0
#define STEPS 200

/* The log likelihood at rate r a month (p = 1 - exp (-r)). */
static double
compute_likelihood (const MqDecaySpan *spans, guint n, double rate)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = rate * (spans[i].days / MQ_DAYS_A_MONTH);

      if (spans[i].changed > 0)
        sum += spans[i].changed * log (-expm1 (-x));
      sum -= spans[i].unchanged * x;
    }
  return sum;
}

static double
compute_slope (const MqDecaySpan *spans, guint n, double rate)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double months = spans[i].days / MQ_DAYS_A_MONTH;

      if (spans[i].changed > 0)
        sum += spans[i].changed * months / expm1 (rate * months);
      sum -= spans[i].unchanged * months;
    }
  return sum;
}

/* The slope falls all the way. */
static double
find_maximum (const MqDecaySpan *spans, guint n)
{
  double low = MIN_RATE, high = MAX_RATE;

  for (guint i = 0; i < STEPS; i++)
    {
      double middle = sqrt (low * high);

      if (compute_slope (spans, n, middle) > 0)
        low = middle;
      else
        high = middle;
    }
  return sqrt (low * high);
}

/* Where the likelihood has fallen by as much as the interval allows, between the maximum and `end`. */
static double
find_limit (const MqDecaySpan *spans, guint n, double maximum, double end, double best)
{
  double inside = maximum, outside = end;

  for (guint i = 0; i < STEPS; i++)
    {
      double middle = sqrt (inside * outside);

      if (best - compute_likelihood (spans, n, middle) < HALF_CHI2)
        inside = middle;
      else
        outside = middle;
    }
  return inside;
}

MqDecay
mq_decay_estimate (const MqDecaySpan *spans, guint n)
{
  MqDecay decay = { .monthly = NAN, .low = NAN, .high = NAN };
  double  rate, best;

  for (guint i = 0; i < n; i++)
    {
      decay.pairs += spans[i].changed + spans[i].unchanged;
      decay.changed += spans[i].changed;
      decay.months += (spans[i].changed + spans[i].unchanged) * (spans[i].days / MQ_DAYS_A_MONTH);
    }
  if (decay.pairs == 0)
    return decay;
  rate = decay.changed == 0 ? MIN_RATE : decay.changed == decay.pairs ? MAX_RATE
                                                                      : find_maximum (spans, n);
  best = decay.changed == 0 || decay.changed == decay.pairs ? 0 : compute_likelihood (spans, n, rate);
  decay.monthly = decay.changed == 0 ? 0 : -expm1 (-rate);
  decay.low = decay.changed == 0 ? 0 : -expm1 (-find_limit (spans, n, rate, MIN_RATE, best));
  decay.high = decay.changed == decay.pairs ? 1 : -expm1 (-find_limit (spans, n, rate, MAX_RATE, best));
  return decay;
}

double
mq_decay_yearly (double monthly)
{
  return 1 - pow (1 - monthly, 12);
}

static int
compare_spans_cb (gconstpointer a, gconstpointer b)
{
  const MqDecaySpan *x = a, *y = b;

  return x->days < y->days ? -1 : x->days > y->days;
}

static void
merge_spans (GArray *spans)
{
  guint kept = 0;

  g_array_sort (spans, compare_spans_cb);
  for (guint i = 0; i < spans->len; i++)
    {
      MqDecaySpan *last = kept > 0 ? &g_array_index (spans, MqDecaySpan, kept - 1) : NULL;
      MqDecaySpan  span = g_array_index (spans, MqDecaySpan, i);

      if (last != NULL && last->days == span.days)
        {
          last->changed += span.changed;
          last->unchanged += span.unchanged;
        }
      else
        g_array_index (spans, MqDecaySpan, kept++) = span;
    }
  g_array_set_size (spans, kept);
}

/* Days between the imports of two statements; 0 if that is not known. */
static gint32
count_days (MqDataset *dataset, gint64 first, gint64 second)
{
  const MqImportTraits *a = mq_dataset_import_traits (dataset, first);
  const MqImportTraits *b = mq_dataset_import_traits (dataset, second);

  return a != NULL && b != NULL && b->time > a->time ? MIN ((b->time - a->time) / MICROSECONDS_A_DAY, G_MAXINT32) : 0;
}

GArray *
mq_decay_spans (MqDataset *dataset, const char *field, const MqRun *run, GError **error)
{
  g_autoptr (MqAssertions) assertions = mq_dataset_assertions (dataset, field, run, error);
  g_autoptr (GArray) spans = NULL;

  if (assertions == NULL)
    return NULL;
  spans = g_array_new (FALSE, FALSE, sizeof (MqDecaySpan));
  for (gsize i = 1; i < assertions->n; i++)
    {
      const MqAssertion *old = &assertions->items[i - 1], *new = &assertions->items[i];
      MqDecaySpan        span = { 0 };

      if (i % 4096 == 0 && !mq_run_check (run, error))
        return NULL;
      if (old->person != new->person || old->import == new->import)
        continue;
      span.days = count_days (dataset, old->import, new->import);
      span.changed = old->value != new->value;
      span.unchanged = !span.changed;
      if (span.days > 0)
        g_array_append_val (spans, span);
      /* Many of few distances: kept short. */
      if (spans->len >= 65536)
        merge_spans (spans);
    }
  merge_spans (spans);
  return g_steal_pointer (&spans);
}
