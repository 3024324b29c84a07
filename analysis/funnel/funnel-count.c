/* funnel-count.c: customer by customer, in slices, for the whole range and for each period of the trend. */

#include "config.h"

#include "funnel/funnel-counter.h"

#include <glib/gi18n-lib.h>

#include "funnel/funnel-plain.h"

typedef struct
{
  const MqFunnelPlan *plan;
  MqFunnelCounts     *counts;
  MqFunnelPeriod     *periods; /* (nullable) n_slices * n_periods */
  MqFunnelPlain      *plain;   /* (nullable) */
} Job;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for this funnel. Choose a shorter period, or close other programs and try again."));
  return FALSE;
}

static gboolean
count_whole (MqFunnelCounter *counter, gint64 from, gint64 to)
{
  MqFunnelSubject subject = { counter->all.moments, counter->all.n, 0, 0, mq_funnel_is_mixed (counter->plan, counter->all.moments, counter->all.n), FALSE };
  MqFunnelMatch   match;
  MqFunnelUnit    unit;

  if (!mq_funnel_find_entries (counter, &subject, from, to))
    return TRUE;
  mq_funnel_match_subject (counter, &subject, &match);
  if (match.removed)
    {
      counter->slice->removed++;
      return TRUE;
    }
  if (counter->plan->options->counting == MQ_FUNNEL_TOTALS)
    return mq_funnel_count_totals (counter, subject);
  mq_funnel_fill_unit (counter, &subject, &match, &unit);
  return mq_funnel_add_unit (counter, &subject, &match, unit);
}

static gboolean
count_range (MqFunnelCounter *counter, gint64 from, gint64 to)
{
  return counter->plan->hold != NULL ? mq_funnel_count_held (counter, from, to) : count_whole (counter, from, to);
}

/* The trend's period of a time, or G_MAXUINT32. */
static guint32
find_period (const MqFunnelPlan *plan, gint64 time, gint32 *day)
{
  *day = mq_zone_day (plan->rules.zone, time, NULL);
  return *day >= plan->first_day && *day <= plan->last_day ? plan->periods[*day - plan->first_day] : G_MAXUINT32;
}

/* A period's entries are a range of their own; what they give is added up and forgotten. */
static gboolean
count_period (MqFunnelCounter *counter, guint32 period, gint32 day)
{
  const MqFunnelPlan *plan = counter->plan;
  MqFunnelSlice       units = { 0 };
  MqFunnelSlice      *slice = counter->slice;
  gint32              first = day, last = day;
  gboolean            ok;

  while (first > plan->first_day && plan->periods[first - 1 - plan->first_day] == period)
    first--;
  while (last < plan->last_day && plan->periods[last + 1 - plan->first_day] == period)
    last++;
  counter->slice = &units;
  ok = count_range (counter, MAX (plan->from, mq_zone_day_start (plan->rules.zone, first)), MIN (plan->to, mq_zone_day_start (plan->rules.zone, last + 1) - 1));
  counter->slice = slice;
  for (guint i = 0; i < units.n; i++)
    {
      counter->periods[period].entered++;
      counter->periods[period].converted += units.units[i].level == plan->rules.n_steps;
      counter->periods[period].open += units.units[i].open;
    }
  mq_funnel_slice_clear (&units);
  return ok;
}

static gboolean
count_trend (MqFunnelCounter *counter)
{
  const MqFunnelPlan *plan = counter->plan;
  guint32             done = G_MAXUINT32;

  for (guint i = 0; i < counter->all.n; i++)
    {
      gint64  time = counter->all.moments[i].time;
      guint32 period;
      gint32  day;

      if ((counter->all.moments[i].bits & counter->entering) == 0 || time < plan->from || time > plan->to)
        continue;
      period = find_period (plan, time, &day);
      if (period == done || period == G_MAXUINT32)
        continue;
      done = period;
      if (!count_period (counter, period, day))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_in_full (MqFunnelCounter *counter, guint person)
{
  const MqFunnelPlan *plan = counter->plan;

  counter->person = person;
  return mq_timeline_read (plan->timeline, person, &counter->all) &&
         (counter->all.n == 0 || count_range (counter, plan->from, plan->to)) &&
         (counter->periods == NULL || count_trend (counter));
}

/* The group of a chain of rows. */
static guint32
find_plain_group (const MqFunnelCounter *counter, const MqFieldRows *by, guint person, const guint32 *rows, guint level)
{
  const MqFunnelPlan *plan = counter->plan;

  if (plan->by == NULL)
    return MQ_CODE_MISSING;
  if (mq_field_values_is_customer (plan->by))
    return mq_field_values_get (plan->by, person, NULL);
  return level >= plan->options->by_step ? mq_field_rows_get (by, rows[plan->options->by_step - 1]) : MQ_CODE_MISSING;
}

/* A customer who may have come beyond the first step. */
static gboolean
count_further (MqFunnelCounter *counter, const MqFunnelPlain *plain, const MqFieldRows *by, const MqFunnelEntry *entry, MqFunnelPicks *picks, MqFunnelUnit unit)
{
  MqFunnelMatch match;
  guint         matured;
  gint64       *times;

  if (!mq_funnel_plain_match (plain, entry, picks, &match, &matured))
    return count_in_full (counter, entry->person);
  unit.level = match.level;
  unit.matured = matured;
  unit.open = match.open;
  unit.first = match.level == plain->n_steps && match.at[0] == entry->row;
  unit.entry = plain->events.times[match.at[0]];
  unit.group = find_plain_group (counter, by, entry->person, match.at, match.level);
  if (match.level == 1)
    return mq_funnel_slice_append (counter->slice, &unit);
  times = mq_funnel_slice_append_deep (counter->slice, &unit, 0);
  for (guint s = 0; times != NULL && s < match.level; s++)
    times[s] = plain->events.times[match.at[s]];
  return times != NULL;
}

/* A customer who entered and came no further: kept only where the unit is not like all others of its group. */
static inline gboolean
count_entry (MqFunnelCounter *counter, const MqFunnelPlain *plain, const MqFieldRows *by, const MqFunnelEntry *entry, MqFunnelUnit unit)
{
  guint32 *alike = counter->slice->alike;

  unit.matured = plain->window <= plain->as_of - entry->time;
  unit.open = entry->open;
  unit.group = find_plain_group (counter, by, entry->person, &entry->row, 1);
  if (alike == NULL || !unit.matured || unit.open)
    return mq_funnel_slice_append (counter->slice, &unit);
  alike[MIN (unit.group, counter->n_groups)]++;
  return TRUE;
}

/* Customers of the most frequent funnel. */
static gboolean
count_block (MqFunnelCounter *counter, const MqFunnelPlain *plain, guint first, guint last, MqFunnelPicks *picks)
{
  const MqFunnelPlan *plan = counter->plan;
  const MqFieldRows   by = plan->by != NULL ? mq_field_values_event_rows (plan->by) : (MqFieldRows){ NULL };
  gboolean            ok = mq_funnel_plain_enter (plain, first, last, picks);

  for (guint i = 0; ok && i < picks->n; i++)
    {
      const MqFunnelEntry *entry = &picks->entries[i];
      const MqFunnelUnit   unit = { .person = entry->person, .level = 1, .entry = entry->time, .watched = MIN (plain->window, plain->as_of - entry->time) };

      if (plan->persons != NULL && !plan->persons[entry->person])
        continue;
      ok = entry->further ? count_further (counter, plain, &by, entry, picks, unit) : count_entry (counter, plain, &by, entry, unit);
    }
  return ok;
}

/* In blocks whose events stay in the nearest cache. */
static gboolean
count_plainly (MqFunnelCounter *counter, const MqFunnelPlain *plain, guint first, guint last)
{
  g_auto (MqFunnelPicks) picks = { NULL };
  gboolean ok = TRUE;

  if (counter->n_groups <= MQ_FUNNEL_MAX_ALIKE)
    counter->slice->alike = g_new0 (guint32, counter->n_groups + 1);
  for (guint block = first; ok && block < last; block += MQ_FUNNEL_BLOCK)
    ok = count_block (counter, plain, block, MIN (block + MQ_FUNNEL_BLOCK, last), &picks);
  return ok;
}

static gboolean
count_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  const Job      *job = data;
  MqFunnelCounter counter = { job->plan, &job->counts->slices[slice] };
  gboolean        ok = TRUE;

  counter.n_groups = job->counts->n_groups;
  counter.steps = (1u << job->plan->rules.n_steps) - 1;
  counter.entering = job->plan->rules.order == MQ_FUNNEL_ANY ? counter.steps : 1;
  counter.periods = job->periods != NULL ? job->periods + slice * job->plan->n_periods : NULL;
  if (job->plain != NULL)
    ok = count_plainly (&counter, job->plain, first, last);
  for (gsize person = first; ok && job->plain == NULL && person < last; person++)
    if (job->plan->persons == NULL || job->plan->persons[person])
      ok = count_in_full (&counter, person);
  mq_moments_clear (&counter.all);
  mq_moments_clear (&counter.part);
  return ok || fail_memory (error);
}

static void
add_periods (const Job *job)
{
  guint n = job->plan->n_periods;

  for (gsize slice = 0; slice < job->counts->n_slices; slice++)
    for (guint i = 0; i < n; i++)
      {
        const MqFunnelPeriod *from = &job->periods[slice * n + i];

        job->counts->periods[i].entered += from->entered;
        job->counts->periods[i].converted += from->converted;
        job->counts->periods[i].open += from->open;
      }
}

static void
add_alike (MqFunnelCounts *counts)
{
  counts->alike = g_new0 (gint64, counts->n_groups + 1);
  for (gsize slice = 0; slice < counts->n_slices; slice++)
    for (guint group = 0; group <= counts->n_groups; group++)
      counts->alike[group] += counts->slices[slice].alike[group];
}

gboolean
mq_funnel_count (const MqFunnelPlan *plan, MqFunnelCounts *counts, const MqRun *run, GError **error)
{
  guint                      n = mq_timeline_n_persons (plan->timeline);
  g_autofree MqFunnelPeriod *periods = NULL;
  g_auto (MqFunnelPlain) plain = { 0 };
  Job job = { plan, counts, NULL, NULL };

  *counts = (MqFunnelCounts){ .n_slices = ((gsize) n + MQ_FUNNEL_SLICE - 1) / MQ_FUNNEL_SLICE, .n_groups = plan->by != NULL ? mq_field_values_length (plan->by) : 0, .window = plan->rules.window.amount };
  counts->slices = g_new0 (MqFunnelSlice, MAX (counts->n_slices, 1));
  if (plan->periods != NULL)
    {
      counts->periods = g_new0 (MqFunnelPeriod, MAX (plan->n_periods, 1));
      periods = g_try_new0 (MqFunnelPeriod, MAX (counts->n_slices, 1) * MAX (plan->n_periods, 1));
      if (periods == NULL)
        return fail_memory (error);
      job.periods = periods;
    }
  if (mq_funnel_plain_init (&plain, plan))
    job.plain = &plain;
  if (!mq_run_parallel (run, n, MQ_FUNNEL_SLICE, count_slice_cb, &job, error))
    return FALSE;
  if (periods != NULL)
    add_periods (&job);
  if (job.plain != NULL && counts->n_groups <= MQ_FUNNEL_MAX_ALIKE)
    add_alike (counts);
  return TRUE;
}

void
mq_funnel_counts_clear (MqFunnelCounts *counts)
{
  for (gsize i = 0; i < counts->n_slices; i++)
    mq_funnel_slice_clear (&counts->slices[i]);
  g_clear_pointer (&counts->slices, g_free);
  g_clear_pointer (&counts->periods, g_free);
  g_clear_pointer (&counts->alike, g_free);
}

gint64
mq_funnel_counts_alike (const MqFunnelCounts *counts)
{
  gint64 n = 0;

  for (guint group = 0; counts->alike != NULL && group <= counts->n_groups; group++)
    n += counts->alike[group];
  return n;
}

gint64
mq_funnel_counts_completed (const MqFunnelCounts *counts, guint n_steps)
{
  gint64 n = 0;

  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n_deep; j++)
      n += counts->slices[i].deep[j].unit.level == n_steps;
  return n;
}

void
mq_funnel_counts_visit (const MqFunnelCounts *counts, MqFunnelVisit func, gpointer data)
{
  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n_deep; j++)
      {
        const MqFunnelDeep *deep = &counts->slices[i].deep[j];

        func (deep, counts->slices[i].times + deep->times, data);
      }
}
