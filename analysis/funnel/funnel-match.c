/* funnel-match.c: the two passes over the moments of a customer whose times are all of one precision. */

#include "config.h"

#include "funnel/funnel-private.h"

#include <string.h>

#define NONE G_MININT64

/* The latest chain of a length. */
typedef struct
{
  gint64 deadline; /* of its entry; NONE: there is no chain */
  gint64 limit;    /* for the next step */
  gint64 last;
  gint64 from[MQ_FUNNEL_MAX_EXCLUSIONS]; /* time of the step after which an exclusion counts */
} State;

/* The earliest rest of the chain that is sought, from a step on. */
typedef struct
{
  gboolean valid;
  gint64   time;
  gint64   to[MQ_FUNNEL_MAX_EXCLUSIONS]; /* time of the step before which an exclusion counts */
  guint32  at[MQ_FUNNEL_MAX_STEPS];
} Rest;

typedef struct
{
  guint    level;
  guint    complete; /* position at which the level was reached first */
  gboolean open;
  gboolean removed;
} Depth;

static guint
find_instant_end (const MqMoment *moments, guint n, guint i)
{
  guint j = i + 1;

  while (j < n && moments[j].time == moments[i].time)
    j++;
  return j;
}

/* A customer without limits, exclusions and other moments: only the deadlines count. */
static void
go_plainly (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, Depth *depth)
{
  gint64        deadlines[MQ_FUNNEL_MAX_STEPS];
  const guint   n_steps = rules->n_steps;
  const guint32 steps = (1u << n_steps) - 1;

  for (guint s = 0; s < n_steps; s++)
    deadlines[s] = NONE;
  for (guint i = 0; i < n; i++)
    {
      const gint64 time = moments[i].time;
      guint32      bits = moments[i].bits & steps;

      while (bits != 0)
        {
          guint s = 31 - __builtin_clz (bits);

          bits &= ~(1u << s);
          if (s == 0 && i >= first && i <= last)
            deadlines[0] = mq_span_deadline (rules->window, &moments[i], rules->zone);
          else if (s > 0 && deadlines[s - 1] >= time)
            deadlines[s] = deadlines[s - 1];
          else
            continue;
          if (s < depth->level)
            continue;
          depth->level = s + 1;
          depth->complete = i;
          if (depth->level == n_steps)
            return;
        }
    }
  for (guint s = 0; s + 1 < n_steps; s++)
    depth->open = depth->open || deadlines[s] > rules->as_of;
}

/* reached: by step the latest deadline of a chain that came so far, whatever became of it. */
static gboolean
is_removed (const MqFunnelRules *rules, const gint64 *reached, guint32 bits, gint64 time)
{
  for (guint e = 0; e < rules->n_exclusions; e++)
    if ((bits & rules->exclusions[e].bit) != 0 && reached[rules->exclusions[e].from - 1] >= time)
      return TRUE;
  return FALSE;
}

static void
enter (const MqFunnelRules *rules, const MqMoment *moment, State *state)
{
  state->deadline = mq_span_deadline (rules->window, moment, rules->zone);
  for (guint e = 0; e < rules->n_exclusions; e++)
    state->from[e] = moment->time;
}

static void
take_moment (const MqFunnelRules *rules, const MqMoment *moments, guint i, guint first, guint last, State *states, Depth *depth)
{
  const MqMoment *moment = &moments[i];
  guint32         bits = moment->bits & ((1u << rules->n_steps) - 1);

  while (bits != 0)
    {
      guint s = 31 - __builtin_clz (bits);

      bits &= ~(1u << s);
      if (s == 0 && i >= first && i <= last)
        enter (rules, moment, &states[0]);
      else if (s > 0 && states[s - 1].deadline >= moment->time && states[s - 1].limit >= moment->time)
        states[s] = states[s - 1];
      else
        continue;
      states[s].last = moment->time;
      states[s].limit = rules->step_window.amount > 0 ? mq_span_deadline (rules->step_window, moment, rules->zone) : G_MAXINT64;
      for (guint e = 0; e < rules->n_exclusions; e++)
        if (rules->exclusions[e].from == s + 1)
          states[s].from[e] = moment->time;
      if (s + 1 > depth->level)
        {
          depth->level = s + 1;
          depth->complete = i;
        }
    }
}

/* What an instant's moments end: what began before it. */
static void
end_chains (const MqFunnelRules *rules, guint32 bits, gint64 time, State *states)
{
  for (guint e = 0; e < rules->n_exclusions; e++)
    for (guint s = rules->exclusions[e].from - 1; (bits & rules->exclusions[e].bit) != 0 && s + 1 < rules->exclusions[e].to; s++)
      if (states[s].from[e] < time)
        states[s].deadline = NONE;
  for (guint s = 0; rules->order == MQ_FUNNEL_STRICT && s < rules->n_steps; s++)
    if (states[s].last < time)
      states[s].deadline = NONE;
}

static void
go_forward (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, Depth *depth)
{
  State  states[MQ_FUNNEL_MAX_STEPS];
  gint64 reached[MQ_FUNNEL_MAX_STEPS];

  for (guint s = 0; s < rules->n_steps; s++)
    states[s].deadline = reached[s] = NONE;
  for (guint i = 0, j; i < n; i = j)
    {
      guint32 bits = 0;

      j = find_instant_end (moments, n, i);
      for (guint p = i; p < j; p++)
        bits |= moments[p].bits;
      if (rules->remove && is_removed (rules, reached, bits, moments[i].time))
        {
          depth->removed = TRUE;
          return;
        }
      for (guint p = i; p < j; p++)
        take_moment (rules, moments, p, first, last, states, depth);
      for (guint s = 0; s < rules->n_steps; s++)
        reached[s] = MAX (reached[s], states[s].deadline);
      if (!rules->remove || rules->order == MQ_FUNNEL_STRICT)
        end_chains (rules, rules->remove ? 0 : bits, moments[i].time, states);
      if (depth->level == rules->n_steps && !rules->remove)
        return;
    }
  for (guint s = 0; s + 1 < rules->n_steps; s++)
    depth->open = depth->open || (states[s].deadline > rules->as_of && states[s].limit > rules->as_of);
}

/* Prepends a moment to the earliest rest after it. */
static void
take_back (const MqFunnelRules *rules, const MqMoment *moments, guint i, guint first, guint last, guint level, gint64 end, Rest *rests)
{
  const MqMoment *moment = &moments[i];

  for (guint s = 0; s + 1 < level; s++)
    {
      if ((moment->bits >> s & 1) == 0 || !rests[s + 1].valid)
        continue;
      if (rules->step_window.amount > 0 && rests[s + 1].time > mq_span_deadline (rules->step_window, moment, rules->zone))
        continue;
      if (s == 0 && (i < first || i > last || mq_span_deadline (rules->window, moment, rules->zone) < end))
        continue;
      rests[s].valid = TRUE;
      rests[s].time = moment->time;
      memcpy (rests[s].to, rests[s + 1].to, sizeof rests[s].to);
      memcpy (rests[s].at + s + 1, rests[s + 1].at + s + 1, (level - s - 1) * sizeof (guint32));
      rests[s].at[s] = i;
      for (guint e = 0; e < rules->n_exclusions; e++)
        if (MIN (rules->exclusions[e].to, level) == s + 1)
          rests[s].to[e] = moment->time;
    }
}

static void
end_rests (const MqFunnelRules *rules, guint32 bits, gint64 time, guint level, Rest *rests)
{
  for (guint e = 0; !rules->remove && e < rules->n_exclusions; e++)
    for (guint s = rules->exclusions[e].from; (bits & rules->exclusions[e].bit) != 0 && s < MIN (rules->exclusions[e].to, level); s++)
      if (rests[s].to[e] > time)
        rests[s].valid = FALSE;
  for (guint s = 1; rules->order == MQ_FUNNEL_STRICT && s < level; s++)
    if (rests[s].time > time)
      rests[s].valid = FALSE;
}

/* Before the window of what completes there is nothing to be found. */
static gboolean
is_beyond (const MqFunnelRules *rules, const MqMoment *moment, gint64 end)
{
  return (moment->bits & 1) != 0 && mq_span_deadline (rules->window, moment, rules->zone) < end;
}

static void
go_back (const MqFunnelRules *rules, const MqMoment *moments, guint first, guint last, const Depth *depth, guint32 *at)
{
  Rest         rests[MQ_FUNNEL_MAX_STEPS];
  const guint  level = depth->level;
  const gint64 end = moments[depth->complete].time;
  guint        i = depth->complete;

  for (guint s = 0; s < level; s++)
    rests[s].valid = FALSE;
  rests[level - 1].valid = TRUE;
  rests[level - 1].time = end;
  rests[level - 1].at[level - 1] = i;
  for (guint e = 0; e < rules->n_exclusions; e++)
    rests[level - 1].to[e] = MIN (rules->exclusions[e].to, level) == level ? end : NONE;
  while (i > first && !is_beyond (rules, &moments[i - 1], end))
    {
      gint64  time = moments[i - 1].time;
      guint32 bits = 0;

      for (; i > 0 && moments[i - 1].time == time; i--)
        {
          bits |= moments[i - 1].bits;
          take_back (rules, moments, i - 1, first, last, level, end, rests);
        }
      if (rules->n_exclusions > 0 || rules->order == MQ_FUNNEL_STRICT)
        end_rests (rules, bits, time, level, rests);
    }
  memcpy (at, rests[0].at, level * sizeof (guint32));
}

static void
find_depth (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, Depth *depth)
{
  *depth = (Depth){ 0 };
  if (rules->order == MQ_FUNNEL_ORDERED && rules->n_exclusions == 0 && rules->step_window.amount == 0)
    go_plainly (rules, moments, n, first, last, depth);
  else
    go_forward (rules, moments, n, first, last, depth);
}

gint64
mq_moment_end (const MqMoment *moment, const MqZone *zone)
{
  switch ((MqPrecision) moment->precision)
    {
    case MQ_PRECISION_MINUTE:
      return moment->time + 60 * MQ_SECOND - 1;
    case MQ_PRECISION_DAY:
      return mq_zone_day_start (zone, mq_zone_day (zone, moment->time, NULL) + 1) - 1;
    case MQ_PRECISION_SECOND:
    default:
      return moment->time;
    }
}

gint64
mq_span_deadline (MqSpan span, const MqMoment *moment, const MqZone *zone)
{
  if (span.calendar)
    return mq_zone_day_start (zone, mq_zone_day (zone, moment->time, NULL) + (gint32) span.amount) - 1;
  return (G_LIKELY (moment->precision == MQ_PRECISION_SECOND) ? moment->time : mq_moment_end (moment, zone)) + span.amount;
}

void
mq_funnel_match (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed, MqFunnelMatch *match)
{
  Depth depth;

  if (rules->order == MQ_FUNNEL_ANY)
    {
      mq_funnel_match_any (rules, moments, n, first, last, mixed, match);
      return;
    }
  if (mixed)
    {
      mq_funnel_match_mixed (rules, moments, n, first, last, match);
      return;
    }
  find_depth (rules, moments, n, first, last, &depth);
  match->level = depth.level;
  match->removed = depth.removed;
  match->open = depth.open && depth.level < rules->n_steps && !depth.removed;
  if (depth.level > 0 && !depth.removed)
    go_back (rules, moments, first, last, &depth, match->at);
}

guint
mq_funnel_level (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed)
{
  MqFunnelMatch match;
  Depth         depth;

  if (first > last || n == 0)
    return 0;
  if (rules->order == MQ_FUNNEL_ANY || mixed)
    {
      mq_funnel_match (rules, moments, n, first, last, mixed, &match);
      return match.removed ? 0 : match.level;
    }
  find_depth (rules, moments, n, first, last, &depth);
  return depth.removed ? 0 : depth.level;
}
