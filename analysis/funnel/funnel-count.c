/* funnel-count.c: customer by customer, in slices: which moments form one funnel (all, or those of one value), which
 * entries count, and what came of them. */

#include "config.h"

#include "funnel/funnel-count.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "funnel/funnel-plain.h"

/* What a thread works with. */
typedef struct
{
  const MqFunnelPlan *plan;
  MqFunnelSlice      *slice;
  MqFunnelPeriod     *periods; /* (nullable) of the slice */
  guint               person;
  guint               n_groups; /* codes of the breakdown */
  guint32             steps;    /* the bits of all steps */
  guint32             entering; /* the bits that enter */
  MqMoments           all;
  MqMoments           part; /* those of one value */
} Counter;

/* One funnel's moments with the entries that count. */
typedef struct
{
  const MqMoment *moments;
  guint           n;
  guint           first, last; /* positions */
  gboolean        mixed;
  gboolean        single; /* what has no value: an entry can be, a chain cannot */
} Subject;

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
is_mixed (const MqFunnelPlan *plan, const MqMoment *moments, guint n)
{
  for (guint i = 1; mq_timeline_is_mixed (plan->timeline) && i < n; i++)
    if (moments[i].precision != moments[0].precision)
      return TRUE;
  return FALSE;
}

/* The entries of the range; FALSE: there is none. */
static gboolean
find_entries (const Counter *counter, Subject *subject, gint64 from, gint64 to)
{
  const MqMoment *moments = subject->moments;
  guint           first = 0, last = subject->n;

  if (counter->plan->options->first_only)
    {
      while (first < last && (moments[first].bits & counter->entering) == 0)
        first++;
      subject->first = subject->last = first;
      return first < last && moments[first].time >= from && moments[first].time <= to;
    }
  while (first < last && (moments[first].time < from || (moments[first].bits & counter->entering) == 0))
    first++;
  while (last > first && moments[last - 1].time > to)
    last--;
  subject->first = first;
  subject->last = last - 1;
  return first < last;
}

static gboolean
is_ripe (const MqFunnelRules *rules, const MqMoment *entry)
{
  return mq_span_deadline (rules->window, entry, rules->zone) <= rules->as_of;
}

static gboolean
has_ripe_entry (const Counter *counter, const Subject *subject)
{
  for (guint i = subject->first; i <= subject->last; i++)
    if ((subject->moments[i].bits & counter->entering) != 0 && is_ripe (&counter->plan->rules, &subject->moments[i]))
      return TRUE;
  return FALSE;
}

/* The level over the entries whose windows have ended. Of one precision these are the first ones. */
static guint
find_matured_level (const Counter *counter, const Subject *subject, const MqFunnelMatch *match)
{
  MqFunnelRules rules = counter->plan->rules;
  guint         last = subject->last;

  rules.ripe = subject->mixed;
  while (!subject->mixed && !is_ripe (&rules, &subject->moments[last]))
    if (last-- == subject->first)
      return 0;
  if ((last == subject->last && !subject->mixed) || (match->level == rules.n_steps && match->at[0] <= last && is_ripe (&rules, &subject->moments[match->at[0]])))
    return match->level;
  if (subject->single)
    return has_ripe_entry (counter, subject);
  return mq_funnel_level (&rules, subject->moments, subject->n, subject->first, last, subject->mixed);
}

static guint
find_level_without (const Subject *subject, const MqFunnelRules *rules)
{
  return mq_funnel_level (rules, subject->moments, subject->n, subject->first, subject->last, subject->mixed);
}

/* Which rule, if it were not, would have let the customer further. */
static MqFunnelReason
find_reason (const Counter *counter, const Subject *subject, const MqFunnelMatch *match)
{
  MqFunnelRules rules = counter->plan->rules;

  if (match->level == rules.n_steps)
    return MQ_REASON_NONE;
  if (match->open)
    return MQ_REASON_OPEN;
  if (subject->single)
    return MQ_REASON_NO_STEP;
  rules.n_exclusions = 0;
  if (counter->plan->rules.n_exclusions > 0 && find_level_without (subject, &rules) > match->level)
    return MQ_REASON_EXCLUDED;
  if (rules.order == MQ_FUNNEL_STRICT)
    {
      rules.order = MQ_FUNNEL_ORDERED;
      if (find_level_without (subject, &rules) > match->level)
        return MQ_REASON_OTHER;
    }
  rules.step_window = (MqSpan){ 0, FALSE };
  rules.window = (MqSpan){ G_MAXINT64 / 4, FALSE };
  return find_level_without (subject, &rules) > match->level ? MQ_REASON_TOO_LATE : MQ_REASON_NO_STEP;
}

/* How long the first entry was seen, and whether it is the chain's. */
static void
watch_first (const Counter *counter, const Subject *subject, const MqFunnelMatch *match, MqFunnelUnit *unit)
{
  const MqFunnelRules *rules = &counter->plan->rules;
  const MqMoment      *entry = &subject->moments[subject->first];
  gint64               deadline = mq_span_deadline (rules->window, entry, rules->zone);

  unit->watched = MIN (deadline, rules->as_of) - entry->time;
  unit->first = match->level == rules->n_steps && match->at[0] == subject->first;
}

static gboolean
is_tied (const Subject *subject, const MqFunnelMatch *match)
{
  for (guint s = 1; s < match->level; s++)
    if (subject->moments[match->at[s]].time == subject->moments[match->at[s - 1]].time)
      return TRUE;
  return FALSE;
}

static gboolean
add_unit (Counter *counter, const Subject *subject, const MqFunnelMatch *match, MqFunnelUnit unit)
{
  const MqFunnelPlan *plan = counter->plan;
  gint64              value = 0, *times;

  if (plan->by != NULL && mq_field_values_is_customer (plan->by))
    unit.group = mq_field_values_get (plan->by, counter->person, NULL);
  else if (plan->by != NULL && match->level >= plan->options->by_step)
    unit.group = mq_field_values_get (plan->by, counter->person, &subject->moments[match->at[plan->options->by_step - 1]]);
  if (match->level == plan->rules.n_steps)
    value = mq_timeline_amount (plan->timeline, &subject->moments[match->at[match->level - 1]]);
  unit.entry = subject->moments[match->at[0]].time;
  if (match->level == 1)
    return mq_funnel_slice_append (counter->slice, &unit);
  times = mq_funnel_slice_append_deep (counter->slice, &unit, value);
  for (guint s = 0; times != NULL && s < match->level; s++)
    times[s] = subject->moments[match->at[s]].time;
  return times != NULL;
}

static void
fill_unit (const Counter *counter, const Subject *subject, const MqFunnelMatch *match, MqFunnelUnit *unit)
{
  *unit = (MqFunnelUnit){ .person = counter->person, .group = MQ_CODE_MISSING, .level = match->level, .open = match->open };
  unit->matured = find_matured_level (counter, subject, match);
  unit->tie = is_tied (subject, match);
  watch_first (counter, subject, match, unit);
  if (counter->plan->reasons)
    unit->reason = find_reason (counter, subject, match);
}

static void
match_subject (const Counter *counter, const Subject *subject, MqFunnelMatch *match)
{
  if (subject->single)
    *match = (MqFunnelMatch){ .level = 1, .at = { subject->first } };
  else
    mq_funnel_match (&counter->plan->rules, subject->moments, subject->n, subject->first, subject->last, subject->mixed, match);
}

/* One unit of a subject, or, of totals, one of each entry that does not overlap the one before. */
static gboolean
count_totals (Counter *counter, Subject subject)
{
  const MqFunnelRules *rules = &counter->plan->rules;
  guint                last = subject.last;
  guint                i = subject.first;

  while (i <= last)
    {
      MqFunnelMatch match;
      MqFunnelUnit  unit;
      guint         next;

      if ((subject.moments[i].bits & counter->entering) == 0)
        {
          i++;
          continue;
        }
      subject.first = subject.last = i;
      match_subject (counter, &subject, &match);
      fill_unit (counter, &subject, &match, &unit);
      if (!add_unit (counter, &subject, &match, unit))
        return FALSE;
      next = i + 1;
      if (match.level == rules->n_steps)
        for (guint s = 0; s < match.level; s++)
          next = MAX (next, match.at[s] + 1);
      else
        while (next <= last && subject.moments[next].time <= mq_span_deadline (rules->window, &subject.moments[i], rules->zone))
          next++;
      i = next;
    }
  return TRUE;
}

/* Which positions have a value; what has none stands last. */
static int
compare_values_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqMoment *moments = data;
  guint32         i = *(const guint32 *) a, j = *(const guint32 *) b;

  if (moments[i].value != moments[j].value)
    return moments[i].value < moments[j].value ? -1 : 1;
  return (i > j) - (i < j);
}

static void
put (MqMoments *part, const MqMoment *moment, guint32 bits)
{
  part->moments[part->n] = *moment;
  part->moments[part->n++].bits = bits;
}

/* The moments of a value; in the order `strict` all others stand between them. */
static void
take_part (Counter *counter, const guint32 *sorted, guint begin, guint end)
{
  const MqMoment *moments = counter->all.moments;
  gboolean        strict = counter->plan->rules.order == MQ_FUNNEL_STRICT;

  counter->part.n = 0;
  for (guint i = begin; !strict && i < end; i++)
    put (&counter->part, &moments[sorted[i]], moments[sorted[i]].bits);
  for (guint i = 0; strict && i < counter->all.n; i++)
    put (&counter->part, &moments[i], moments[i].value == moments[sorted[begin]].value ? moments[i].bits : 0);
}

/* What was found best of several values. */
typedef struct
{
  gboolean      found, removed, open;
  guint8        matured;
  gint64        first_entry;
  gint64        watched;
  MqFunnelMatch match;
  MqFunnelUnit  unit;
  MqMoment      chain[MQ_FUNNEL_MAX_STEPS];
} Best;

static gboolean
is_better (const Best *best, const Subject *subject, const MqFunnelMatch *match)
{
  if (!best->found || match->level != best->match.level)
    return !best->found || match->level > best->match.level;
  for (guint s = 0; s < match->level; s++)
    {
      /* entry, completion, then the steps between */
      guint  step = s == 0 ? 0 : s == 1 ? match->level - 1u
                                        : s - 1;
      gint64 time = subject->moments[match->at[step]].time;

      if (time != best->chain[step].time)
        return time < best->chain[step].time;
    }
  return FALSE;
}

static void
consider (Counter *counter, const Subject *subject, Best *best)
{
  MqFunnelMatch match;
  MqFunnelUnit  unit;
  gint64        entry = subject->moments[subject->first].time;

  match_subject (counter, subject, &match);
  best->removed = best->removed || match.removed;
  if (match.removed)
    return;
  fill_unit (counter, subject, &match, &unit);
  best->open = best->open || match.open;
  best->matured = MAX (best->matured, unit.matured);
  if (!best->found || entry < best->first_entry)
    {
      best->first_entry = entry;
      best->watched = unit.watched;
    }
  if (!is_better (best, subject, &match))
    {
      best->found = TRUE;
      return;
    }
  best->found = TRUE;
  best->match = match;
  best->unit = unit;
  for (guint s = 0; s < match.level; s++)
    {
      best->chain[s] = subject->moments[match.at[s]];
      best->match.at[s] = s;
    }
}

static gboolean
add_best (Counter *counter, Best *best)
{
  const Subject subject = { best->chain, best->match.level, 0, 0, FALSE, FALSE };

  if (best->removed)
    {
      counter->slice->removed++;
      return TRUE;
    }
  if (!best->found)
    return TRUE;
  best->unit.matured = best->matured;
  best->unit.open = best->open && best->match.level < counter->plan->rules.n_steps;
  if (best->unit.open)
    best->unit.reason = MQ_REASON_OPEN;
  best->unit.watched = best->watched;
  best->unit.first = best->unit.first && best->chain[0].time == best->first_entry;
  return add_unit (counter, &subject, &best->match, best->unit);
}

/* Each value's funnel, or the best of them. */
static gboolean
count_part (Counter *counter, Subject *subject, gint64 from, gint64 to, Best *best)
{
  MqFunnelMatch match;
  MqFunnelUnit  unit;

  if (!find_entries (counter, subject, from, to))
    return TRUE;
  if (counter->plan->options->counting == MQ_FUNNEL_TOTALS)
    return count_totals (counter, *subject);
  if (counter->plan->options->counting == MQ_FUNNEL_CUSTOMERS)
    {
      consider (counter, subject, best);
      return TRUE;
    }
  if (subject->single)
    return TRUE;
  match_subject (counter, subject, &match);
  if (match.removed)
    {
      best->removed = TRUE;
      return TRUE;
    }
  fill_unit (counter, subject, &match, &unit);
  return add_unit (counter, subject, &match, unit);
}

static gboolean
is_removed (Counter *counter, Subject *subject, gint64 from, gint64 to)
{
  MqFunnelMatch match;

  if (!counter->plan->rules.remove || subject->single || !find_entries (counter, subject, from, to))
    return FALSE;
  match_subject (counter, subject, &match);
  return match.removed;
}

typedef gboolean (*PartFunc) (Counter *counter, Subject *subject, gint64 from, gint64 to, gpointer data);

/* Calls func for each value of what is held constant, until it says FALSE. */
static gboolean
visit_parts (Counter *counter, gint64 from, gint64 to, PartFunc func, gpointer data)
{
  guint               n = counter->all.n;
  g_autofree guint32 *sorted = g_new (guint32, MAX (n, 1));

  if (counter->part.room < n)
    {
      g_free (counter->part.moments);
      counter->part.moments = g_new (MqMoment, n);
      counter->part.room = n;
    }
  for (guint i = 0; i < n; i++)
    sorted[i] = i;
  g_qsort_with_data (sorted, n, sizeof *sorted, compare_values_cb, counter->all.moments);
  for (guint begin = 0, end; begin < n; begin = end)
    {
      guint32 value = counter->all.moments[sorted[begin]].value;
      Subject subject;

      for (end = begin + 1; end < n && counter->all.moments[sorted[end]].value == value; end++)
        ;
      take_part (counter, sorted, begin, end);
      subject = (Subject){ counter->part.moments, counter->part.n, 0, 0, is_mixed (counter->plan, counter->part.moments, counter->part.n), value == MQ_CODE_MISSING };
      if (!func (counter, &subject, from, to, data))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_part_cb (Counter *counter, Subject *subject, gint64 from, gint64 to, gpointer data)
{
  return count_part (counter, subject, from, to, data);
}

static gboolean
is_kept_cb (Counter *counter, Subject *subject, gint64 from, gint64 to, gpointer data)
{
  return !is_removed (counter, subject, from, to);
}

static gboolean
count_held (Counter *counter, gint64 from, gint64 to)
{
  Best best = { 0 };

  if (counter->plan->rules.remove && !visit_parts (counter, from, to, is_kept_cb, NULL))
    {
      counter->slice->removed++;
      return TRUE;
    }
  if (!visit_parts (counter, from, to, count_part_cb, &best))
    return FALSE;
  return counter->plan->options->counting != MQ_FUNNEL_CUSTOMERS || add_best (counter, &best);
}

static gboolean
count_whole (Counter *counter, gint64 from, gint64 to)
{
  Subject       subject = { counter->all.moments, counter->all.n, 0, 0, is_mixed (counter->plan, counter->all.moments, counter->all.n), FALSE };
  MqFunnelMatch match;
  MqFunnelUnit  unit;

  if (!find_entries (counter, &subject, from, to))
    return TRUE;
  match_subject (counter, &subject, &match);
  if (match.removed)
    {
      counter->slice->removed++;
      return TRUE;
    }
  if (counter->plan->options->counting == MQ_FUNNEL_TOTALS)
    return count_totals (counter, subject);
  fill_unit (counter, &subject, &match, &unit);
  return add_unit (counter, &subject, &match, unit);
}

static gboolean
count_range (Counter *counter, gint64 from, gint64 to)
{
  return counter->plan->hold != NULL ? count_held (counter, from, to) : count_whole (counter, from, to);
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
count_period (Counter *counter, guint32 period, gint32 day)
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
count_trend (Counter *counter)
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
count_in_full (Counter *counter, guint person)
{
  const MqFunnelPlan *plan = counter->plan;

  counter->person = person;
  return mq_timeline_read (plan->timeline, person, &counter->all) &&
         (counter->all.n == 0 || count_range (counter, plan->from, plan->to)) &&
         (counter->periods == NULL || count_trend (counter));
}

/* The group of a chain of rows. */
static guint32
find_plain_group (const Counter *counter, const MqFieldRows *by, guint person, const guint32 *rows, guint level)
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
count_further (Counter *counter, const MqFunnelPlain *plain, const MqFieldRows *by, const MqFunnelEntry *entry, MqFunnelPicks *picks, MqFunnelUnit unit)
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
count_entry (Counter *counter, const MqFunnelPlain *plain, const MqFieldRows *by, const MqFunnelEntry *entry, MqFunnelUnit unit)
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
count_block (Counter *counter, const MqFunnelPlain *plain, guint first, guint last, MqFunnelPicks *picks)
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
count_plainly (Counter *counter, const MqFunnelPlain *plain, guint first, guint last)
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
  const Job *job = data;
  Counter    counter = { job->plan, &job->counts->slices[slice] };
  gboolean   ok = TRUE;

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
