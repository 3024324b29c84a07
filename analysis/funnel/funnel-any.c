/* funnel-any.c: steps in any order. Which moment serves which step is a matching of the two; the moments of a window are
 * taken one after the other, and one that enlarges the matching (an augmenting path: Kuhn 1955) stands for one more step. */

#include "config.h"

#include "funnel/funnel-private.h"

#define FREE G_MAXUINT32

typedef struct
{
  const MqMoment *moments;
  guint32         steps;
  guint32         server[MQ_FUNNEL_MAX_STEPS]; /* position of the moment that serves a step, or FREE */
  guint           n;
} Matching;

/* Gives the moment a step, moving others to steps they can serve as well. */
static gboolean
serve (Matching *matching, guint32 position, guint32 *seen)
{
  guint32 bits = matching->moments[position].bits & matching->steps & ~*seen;

  while (bits != 0)
    {
      guint s = __builtin_ctz (bits);

      *seen |= 1u << s;
      if (matching->server[s] == FREE || serve (matching, matching->server[s], seen))
        {
          matching->server[s] = position;
          return TRUE;
        }
      bits &= ~*seen;
    }
  return FALSE;
}

static void
add (Matching *matching, guint32 position, guint32 *at)
{
  guint32 seen = 0;

  if ((matching->moments[position].bits & matching->steps) != 0 && serve (matching, position, &seen))
    at[matching->n++] = position;
}

/* A date that begins before the entry may still be later. */
static gboolean
may_follow (const MqFunnelRules *rules, const MqMoment *entry, const MqMoment *moment)
{
  return moment->precision != entry->precision && mq_moment_end (moment, rules->zone) >= entry->time;
}

static guint
count_steps (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint entry, gboolean mixed, guint32 *at)
{
  Matching matching = { moments, (1u << rules->n_steps) - 1, { 0 }, 0 };
  gint64   deadline = mq_span_deadline (rules->window, &moments[entry], rules->zone);

  for (guint s = 0; s < rules->n_steps; s++)
    matching.server[s] = FREE;
  add (&matching, entry, at);
  for (guint i = 0; mixed && i < entry; i++)
    if (may_follow (rules, &moments[entry], &moments[i]))
      add (&matching, i, at);
  for (guint i = entry + 1; i < n && moments[i].time <= deadline && matching.n < rules->n_steps; i++)
    add (&matching, i, at);
  return matching.n;
}

void
mq_funnel_match_any (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, gboolean mixed, MqFunnelMatch *match)
{
  guint32 at[MQ_FUNNEL_MAX_STEPS];

  match->level = match->open = match->removed = 0;
  for (guint i = first; i < n && i <= last && match->level < rules->n_steps; i++)
    {
      guint level;

      if ((moments[i].bits & ((1u << rules->n_steps) - 1)) == 0 || !mq_funnel_may_enter (rules, &moments[i]))
        continue;
      level = count_steps (rules, moments, n, i, mixed, at);
      match->open = match->open || mq_span_deadline (rules->window, &moments[i], rules->zone) > rules->as_of;
      if (level <= match->level)
        continue;
      match->level = level;
      for (guint s = 0; s < level; s++)
        match->at[s] = at[s];
    }
  match->open = match->open && match->level < rules->n_steps;
}
