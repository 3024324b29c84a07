/* funnel-hold.c: a value held constant: a funnel of each value's moments, or the best of them. */

#include "config.h"

#include "funnel/funnel-counter.h"

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
take_part (MqFunnelCounter *counter, const guint32 *sorted, guint begin, guint end)
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
is_better (const Best *best, const MqFunnelSubject *subject, const MqFunnelMatch *match)
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
consider (MqFunnelCounter *counter, const MqFunnelSubject *subject, Best *best)
{
  MqFunnelMatch match;
  MqFunnelUnit  unit;
  gint64        entry = subject->moments[subject->first].time;

  mq_funnel_match_subject (counter, subject, &match);
  best->removed = best->removed || match.removed;
  if (match.removed)
    return;
  mq_funnel_fill_unit (counter, subject, &match, &unit);
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
add_best (MqFunnelCounter *counter, Best *best)
{
  const MqFunnelSubject subject = { best->chain, best->match.level, 0, 0, FALSE, FALSE };

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
  return mq_funnel_add_unit (counter, &subject, &best->match, best->unit);
}

/* Each value's funnel, or the best of them. */
static gboolean
count_part (MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to, Best *best)
{
  MqFunnelMatch match;
  MqFunnelUnit  unit;

  if (!mq_funnel_find_entries (counter, subject, from, to))
    return TRUE;
  if (counter->plan->options->counting == MQ_FUNNEL_TOTALS)
    return mq_funnel_count_totals (counter, *subject);
  if (counter->plan->options->counting == MQ_FUNNEL_CUSTOMERS)
    {
      consider (counter, subject, best);
      return TRUE;
    }
  if (subject->single)
    return TRUE;
  mq_funnel_match_subject (counter, subject, &match);
  if (match.removed)
    {
      best->removed = TRUE;
      return TRUE;
    }
  mq_funnel_fill_unit (counter, subject, &match, &unit);
  return mq_funnel_add_unit (counter, subject, &match, unit);
}

static gboolean
is_removed (MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to)
{
  MqFunnelMatch match;

  if (!counter->plan->rules.remove || subject->single || !mq_funnel_find_entries (counter, subject, from, to))
    return FALSE;
  mq_funnel_match_subject (counter, subject, &match);
  return match.removed;
}

typedef gboolean (*PartFunc) (MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to, gpointer data);

/* Calls func for each value of what is held constant, until it says FALSE. */
static gboolean
visit_parts (MqFunnelCounter *counter, gint64 from, gint64 to, PartFunc func, gpointer data)
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
      guint32         value = counter->all.moments[sorted[begin]].value;
      MqFunnelSubject subject;

      for (end = begin + 1; end < n && counter->all.moments[sorted[end]].value == value; end++)
        ;
      take_part (counter, sorted, begin, end);
      subject = (MqFunnelSubject){ counter->part.moments, counter->part.n, 0, 0, mq_funnel_is_mixed (counter->plan, counter->part.moments, counter->part.n), value == MQ_CODE_MISSING };
      if (!func (counter, &subject, from, to, data))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_part_cb (MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to, gpointer data)
{
  return count_part (counter, subject, from, to, data);
}

static gboolean
is_kept_cb (MqFunnelCounter *counter, MqFunnelSubject *subject, gint64 from, gint64 to, gpointer data)
{
  return !is_removed (counter, subject, from, to);
}

gboolean
mq_funnel_count_held (MqFunnelCounter *counter, gint64 from, gint64 to)
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
