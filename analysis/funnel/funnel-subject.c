/* funnel-subject.c: one funnel's moments: which entries count, and what came of them. */

#include "config.h"

#include "funnel/funnel-counter.h"

gboolean
mq_funnel_is_mixed (const MqFunnelPlan *plan, const MqMoment *moments, guint n)
{
  for (guint i = 1; mq_timeline_is_mixed (plan->timeline) && i < n; i++)
    if (moments[i].precision != moments[0].precision)
      return TRUE;
  return FALSE;
}

/* The entries of the range; FALSE: there is none. */
gboolean
mq_funnel_find_entries (const MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to)
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
has_ripe_entry (const MqFunnelCounter *counter, const MqFunnelSubject *subject)
{
  for (guint i = subject->first; i <= subject->last; i++)
    if ((subject->moments[i].bits & counter->entering) != 0 && is_ripe (&counter->plan->rules, &subject->moments[i]))
      return TRUE;
  return FALSE;
}

/* The level over the entries whose windows have ended. Of one precision these are the first ones. */
static guint
find_matured_level (const MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match)
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
find_level_without (const MqFunnelSubject *subject, const MqFunnelRules *rules)
{
  return mq_funnel_level (rules, subject->moments, subject->n, subject->first, subject->last, subject->mixed);
}

/* Which rule, if it were not, would have let the customer further. */
static MqFunnelReason
find_reason (const MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match)
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
watch_first (const MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match, MqFunnelUnit *unit)
{
  const MqFunnelRules *rules = &counter->plan->rules;
  const MqMoment      *entry = &subject->moments[subject->first];
  gint64               deadline = mq_span_deadline (rules->window, entry, rules->zone);

  unit->watched = MIN (deadline, rules->as_of) - entry->time;
  unit->first = match->level == rules->n_steps && match->at[0] == subject->first;
}

static gboolean
is_tied (const MqFunnelSubject *subject, const MqFunnelMatch *match)
{
  for (guint s = 1; s < match->level; s++)
    if (subject->moments[match->at[s]].time == subject->moments[match->at[s - 1]].time)
      return TRUE;
  return FALSE;
}

gboolean
mq_funnel_add_unit (MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match, MqFunnelUnit unit)
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

void
mq_funnel_fill_unit (const MqFunnelCounter *counter, const MqFunnelSubject *subject, const MqFunnelMatch *match, MqFunnelUnit *unit)
{
  *unit = (MqFunnelUnit){ .person = counter->person, .group = MQ_CODE_MISSING, .level = match->level, .open = match->open };
  unit->matured = find_matured_level (counter, subject, match);
  unit->tie = is_tied (subject, match);
  watch_first (counter, subject, match, unit);
  if (counter->plan->reasons)
    unit->reason = find_reason (counter, subject, match);
}

void
mq_funnel_match_subject (const MqFunnelCounter *counter, const MqFunnelSubject *subject, MqFunnelMatch *match)
{
  if (subject->single)
    *match = (MqFunnelMatch){ .level = 1, .at = { subject->first } };
  else
    mq_funnel_match (&counter->plan->rules, subject->moments, subject->n, subject->first, subject->last, subject->mixed, match);
}

gboolean
mq_funnel_count_totals (MqFunnelCounter *counter, MqFunnelSubject subject)
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
      mq_funnel_match_subject (counter, &subject, &match);
      mq_funnel_fill_unit (counter, &subject, &match, &unit);
      if (!mq_funnel_add_unit (counter, &subject, &match, unit))
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
