/* credit-plain.c: a slice of customers whose touches and conversions stand in the columns. What each row is, is found for the
 * whole slice at once; windows are ranges of the touches found; what no window holds is looked at backwards, for whether a
 * run can still convert is known at its end, and without a branch, for where it ends cannot be foretold. */

#include "config.h"

#include "attribution/credit-worker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Customers whose rows are found at once: what is looked at again is still near. */
#define BLOCK 128

/* Markov's order 1: at most this many channels have their steps in a square of the thread's own. */
#define MAX_CHANNELS 254
/* Later than any time, and far enough from the largest number for differences. */
#define NO_EDGE (G_MAXINT64 / 2)

/* One slice: rows ascending, the last one G_MAXUINT32. */
typedef struct
{
  MqCreditWorker       *worker;
  const MqPlainTouches *plain;
  MqWindowRule          rule;
  guint32              *touches;     /* (owned) */
  guint32              *conversions; /* (owned) */
  guint8               *owned;       /* (owned) by touch: a window holds it */
  guint32               n_touches;
  guint64              *steps; /* (owned) (nullable) [from][to] of the ripe runs; the last column is their end */
  /* By the code of what gets the credit: the channel's number, and in the lower half the place of its row among the steps. */
  guint64       *places;   /* (owned) (nullable) */
  const guint32 *credited; /* (nullable) codes by row */
} Slice;

/* The runs of one customer, from the newest touch on. */
typedef struct
{
  guint64   *steps; /* (borrowed) */
  guint32    n_channels;
  guint32    next; /* the channel after: unless `edge` says that none is */
  gint64     edge; /* an older touch ends a run of its own */
  MqRunState state;
} Runs;

/* Touches of one customer, [first, last), and what stands before them. */
typedef struct
{
  guint32  first, last;
  guint    n_conversions;
  gint64   time;     /* of the latest conversion */
  gint64   previous; /* of the latest before it */
  gboolean tied;
  gboolean any_owned;
} Person;

/* The first from `at` on that is not before the row: rows are one apart at least, so it is not beyond where each was a touch. */
static guint32
find_touch (const Slice *slice, guint32 at, guint32 row)
{
  guint32 first = at;

  if (slice->touches[at] >= row)
    return at;
  at = MIN (slice->n_touches - at, row - slice->touches[at]) + at;
  while (at > first && slice->touches[at - 1] >= row)
    at--;
  return at;
}

/* [first, last) of the touches in the window of a conversion at `time`, `at` the first touch not before its row. */
static guint32
find_window (const Slice *slice, const Person *person, gint64 time, guint32 at, guint32 *last)
{
  const gint64 *times = slice->plain->events.times;
  gint64        oldest = time - slice->rule.lookback;

  if (slice->rule.since_last && person->previous != MQ_TIME_MISSING)
    oldest = MAX (oldest, person->previous + 1);
  *last = at;
  while (*last < person->last && times[slice->touches[*last]] <= time)
    (*last)++;
  while (at > person->first && times[slice->touches[at - 1]] >= oldest)
    at--;
  return at;
}

static MqTouchPath
copy_path (const Slice *slice, guint32 first, guint32 last)
{
  MqJourney            *room = &slice->worker->journey;
  const MqPlainTouches *plain = slice->plain;

  for (guint32 i = first; i < last; i++)
    {
      guint32 row = slice->touches[i];

      room->channels[i - first] = mq_plain_touches_name (plain, row);
      room->times[i - first] = plain->events.times[row];
      room->directs[i - first] = plain->directs[plain->channels[row]];
    }
  return (MqTouchPath){ room->channels, room->times, room->directs, last - first };
}

static gboolean
add_conversion (Slice *slice, Person *person, guint32 row, guint32 *at, GError **error)
{
  MqCreditWorker *worker = slice->worker;
  gint64          time = slice->plain->events.times[row];
  gint64          value = mq_plain_touches_value (slice->plain, row);
  guint32         first, last;
  MqTouchPath     path;

  if (time > person->time)
    {
      person->previous = person->time;
      person->time = time;
    }
  *at = find_touch (slice, *at, row);
  first = find_window (slice, person, time, *at, &last);
  person->any_owned |= first < last;
  for (guint32 i = first; i < last; i++)
    slice->owned[i] = TRUE;
  person->n_conversions++;
  if (time < slice->rule.from || time > slice->rule.to || (worker->options->first_only && person->n_conversions > 1))
    return TRUE;
  if (!mq_credit_worker_count (worker, value, last - first, error))
    return FALSE;
  if (first == last)
    return TRUE;
  if (last - first == 1)
    {
      mq_credit_worker_give_one (worker, mq_plain_touches_name (slice->plain, slice->touches[first]), value);
      return TRUE;
    }
  path = copy_path (slice, first, last);
  person->tied = person->tied || mq_touch_path_has_tie (&path);
  mq_credit_worker_give (worker, &path, value);
  return TRUE;
}

static inline void
add_step (Runs *runs, guint32 channel, gboolean ends, guint64 times)
{
  const guint32 end = runs->n_channels;

  runs->steps[channel * (end + 1) + (ends ? end : runs->next)] += times;
  runs->next = channel;
}

/* Touches i - 1, i - 2 … of runs that may or may not be ripe, down to where a ripe one ends. Returns how many are left. */
static guint32
add_uncertain (Slice *slice, Runs *runs, guint32 first, guint32 i)
{
  const MqWindowRule *rule = &slice->rule;
  MqCreditSums       *sums = &slice->worker->sums;

  for (; i > first; i--)
    {
      const guint32 row = slice->touches[i - 1];
      const gint64  time = slice->plain->events.times[row];
      gboolean      ends;

      if (slice->owned[i - 1])
        continue;
      ends = time < runs->edge;
      if (ends)
        runs->state = mq_window_rule_state (rule, time);
      if (ends && runs->state == MQ_RUN_RIPE)
        return i;
      sums->n_unripe += ends && runs->state == MQ_RUN_UNRIPE;
      sums->unripe_touches += runs->state == MQ_RUN_UNRIPE;
      add_step (runs, mq_plain_touches_name (slice->plain, row), ends, runs->state == MQ_RUN_RIPE);
      runs->edge = time - rule->lookback;
    }
  return first;
}

/* Down to `first`, all of runs that are ripe. Where one ends cannot be foretold, so nothing jumps there. */
static inline __attribute__ ((always_inline)) void
count_ripe (const Slice *slice, Runs *runs, guint32 first, guint32 last, gboolean any_owned)
{
  const gint64 *restrict times = slice->plain->events.times;
  const guint32 *restrict codes = slice->credited;
  const guint32 *restrict touches = slice->touches;
  const guint8 *restrict owned = slice->owned;
  const guint64 *restrict places = slice->places;
  guint64 *restrict steps = runs->steps;
  const gint64  lookback = slice->rule.lookback;
  const guint32 n_codes = slice->plain->n_names, end = runs->n_channels;
  gint64        edge = runs->edge;
  guint32       next = runs->next;

  for (guint32 i = last; i > first; i--)
    {
      const guint32 row = touches[i - 1];
      const gint64  time = times[row];
      const guint64 place = places[MIN (codes[row], n_codes)];
      const guint32 ends = (guint32) ((time - edge) >> 63);
      const guint32 is_free = any_owned ? (guint32) owned[i - 1] - 1 : G_MAXUINT32;

      steps[(guint32) place + (next ^ ((next ^ end) & ends))] += is_free & 1;
      edge ^= (edge ^ (time - lookback)) & (gint64) (gint32) is_free;
      next ^= (next ^ (guint32) (place >> 32)) & is_free;
    }
  runs->edge = edge;
  runs->next = next;
}

/* Not inlined: there are not registers enough for more. */
static __attribute__ ((noinline)) void
count_ripe_free (const Slice *slice, Runs *runs, guint32 first, guint32 last)
{
  count_ripe (slice, runs, first, last, FALSE);
}

static __attribute__ ((noinline)) void
count_ripe_owned (const Slice *slice, Runs *runs, guint32 first, guint32 last)
{
  count_ripe (slice, runs, first, last, TRUE);
}

/* From the newest touch to the oldest. The run that stands where the period begins may have begun before. */
static void
add_runs (Slice *slice, const Person *person)
{
  const gint64 *times = slice->plain->events.times;
  Runs          runs = { .steps = slice->steps, .n_channels = slice->worker->sums.n_channels, .edge = NO_EDGE, .state = MQ_RUN_OUTSIDE };
  guint32       begin = person->first, left = add_uncertain (slice, &runs, person->first, person->last);

  while (begin < left && times[slice->touches[begin]] < slice->rule.from)
    begin++;
  if (person->any_owned)
    count_ripe_owned (slice, &runs, begin, left);
  else
    count_ripe_free (slice, &runs, begin, left);
  add_uncertain (slice, &runs, person->first, begin);
}

static gboolean
add_person (Slice *slice, guint index, guint32 *touch, const guint32 **conversion, GError **error)
{
  guint32 row = (guint32) slice->plain->events.offsets[index], end = (guint32) mq_plain_touches_end (slice->plain, index);
  Person  person = { .time = MQ_TIME_MISSING, .previous = MQ_TIME_MISSING };
  guint32 at;

  at = person.first = find_touch (slice, *touch, row);
  *touch = person.last = find_touch (slice, person.first, end);
  while (**conversion < row)
    (*conversion)++;
  for (; **conversion < end; (*conversion)++)
    if (!add_conversion (slice, &person, **conversion, &at, error))
      return FALSE;
  slice->worker->sums.n_tied += person.tied;
  if (slice->steps != NULL)
    add_runs (slice, &person);
  return TRUE;
}

/* A run begins wherever a channel stands that no other of its run goes before. */
static void
add_steps (const Slice *slice)
{
  MqCreditSums *sums = &slice->worker->sums;
  const guint   end = sums->n_channels, width = end + 1;

  for (guint from = 0; from < end; from++)
    {
      guint64 begins = 0;

      for (guint to = 0; to <= end; to++)
        {
          mq_transitions_add (sums->transitions, from + 1, to < end ? to : end + 1, slice->steps[from * width + to]);
          begins += slice->steps[from * width + to];
        }
      for (guint before = 0; before < end; before++)
        begins -= slice->steps[before * width + from];
      mq_transitions_add (sums->transitions, 0, from, begins);
      sums->n_ripe += slice->steps[from * width + end];
    }
}

static void
clear_slice (Slice *slice)
{
  g_free (slice->touches);
  g_free (slice->conversions);
  g_free (slice->owned);
  g_free (slice->steps);
  g_free (slice->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Slice, clear_slice)

/* Room for the block of the slice that has most rows. */
static gboolean
init_slice (Slice *slice, guint first, guint last)
{
  const gsize *offsets = slice->plain->events.offsets;
  gsize        n = 0;
  guint        n_channels = slice->worker->sums.n_channels;

  for (guint person = first; person < last; person += BLOCK)
    n = MAX (n, offsets[MIN (person + BLOCK, last)] - offsets[person]);
  slice->touches = g_try_new (guint32, n + MQ_CODE_SET_SLACK);
  slice->conversions = g_try_new (guint32, n + MQ_CODE_SET_SLACK);
  slice->owned = g_try_new (guint8, n + 1);
  if (slice->touches == NULL || slice->conversions == NULL || slice->owned == NULL || !mq_journey_make_room (&slice->worker->journey, n))
    return FALSE;
  if (slice->worker->sums.transitions != NULL)
    {
      slice->steps = g_new0 (guint64, n_channels * (n_channels + 1));
      slice->places = g_new (guint64, slice->plain->n_names + 1);
      slice->credited = slice->plain->campaigns != NULL ? slice->plain->campaigns : slice->plain->channels;
      for (guint32 code = 0; code <= slice->plain->n_names; code++)
        slice->places[code] = (guint64) slice->plain->names[code] << 32 | slice->plain->names[code] * (n_channels + 1);
    }
  return TRUE;
}

static gboolean
add_block (Slice *slice, guint first, guint last, GError **error)
{
  const gsize   *offsets = slice->plain->events.offsets;
  const guint32 *conversion = slice->conversions;
  gsize          n;
  guint32        touch = 0;

  n = mq_plain_touches_find_conversions (slice->plain, offsets[first], offsets[last], slice->conversions);
  for (gsize i = 0; slice->plain->amounts != NULL && i < n; i++)
    __builtin_prefetch (&slice->plain->amounts[slice->conversions[i]]);
  for (gsize row = offsets[first]; row < offsets[last]; row += 8)
    __builtin_prefetch (&slice->plain->events.times[row]);
  slice->n_touches = (guint32) mq_plain_touches_find (slice->plain, offsets[first], offsets[last], slice->touches);
  slice->touches[slice->n_touches] = slice->conversions[n] = G_MAXUINT32;
  memset (slice->owned, FALSE, slice->n_touches);
  for (guint person = first; person < last; person++)
    if (!add_person (slice, person, &touch, &conversion, error))
      return FALSE;
  return TRUE;
}

gboolean
mq_credit_worker_is_plain (const MqCreditWorker *self)
{
  return mq_touch_source_plain (self->source) != NULL &&
         (self->sums.transitions == NULL || (self->options->markov_order == 1 && self->sums.n_channels <= MAX_CHANNELS));
}

gboolean
mq_credit_worker_add_plain (MqCreditWorker *self, guint first, guint last, GError **error)
{
  g_auto (Slice) slice = { .worker = self, .plain = mq_touch_source_plain (self->source), .rule = *mq_touch_source_rule (self->source) };

  if (!init_slice (&slice, first, last))
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for what these customers did. Close other programs and try again."));
      return FALSE;
    }
  for (guint person = first; person < last; person += BLOCK)
    if (!add_block (&slice, person, MIN (person + BLOCK, last), error))
      return FALSE;
  if (slice.steps != NULL)
    add_steps (&slice);
  return TRUE;
}
