/* funnel-mixed.c: chains of moments whose times differ in precision. Two such moments may follow each other either way
 * where one lies inside the minute or day of the other, so there is no one order to pass along; chains are built step by
 * step from each entry, and of two that end alike - the same last moment, the same latest of each precision - the one
 * with the earlier moments is kept. */

#include "config.h"

#include "funnel/funnel-private.h"

#include <string.h>

#define N_PRECISIONS (MQ_PRECISION_DAY + 1)

typedef struct
{
  guint32 latest[N_PRECISIONS]; /* position + 1; 0: none */
  guint32 from[MQ_FUNNEL_MAX_EXCLUSIONS];
  guint32 at[MQ_FUNNEL_MAX_STEPS];
} Chain;

typedef struct
{
  const MqFunnelRules *rules;
  const MqMoment      *moments;
  guint                n;
  const gint64        *ends; /* the last instant each moment may mean */
  gint64               deadline;
  guint                length; /* of the chains at hand */
} Search;

/* Whether a moment certainly lies after one and before another. */
static gboolean
lies_between (const Search *search, guint32 bits, guint after, guint before)
{
  for (guint i = 0; i < search->n; i++)
    if ((bits == 0 || (search->moments[i].bits & bits) != 0) &&
        search->moments[i].time > search->ends[after] &&
        (before == G_MAXUINT || search->ends[i] < search->moments[before].time))
      return TRUE;
  return FALSE;
}

/* Whether something ended the chain before a moment (G_MAXUINT: before now). */
static gboolean
is_ended (const Search *search, const Chain *chain, guint before)
{
  const MqFunnelRules *rules = search->rules;

  for (guint e = 0; e < rules->n_exclusions && !rules->remove; e++)
    if (rules->exclusions[e].from <= search->length && search->length < rules->exclusions[e].to &&
        lies_between (search, rules->exclusions[e].bit, chain->from[e], before))
      return TRUE;
  return rules->order == MQ_FUNNEL_STRICT && lies_between (search, 0, chain->at[search->length - 1], before);
}

static gint64
get_limit (const Search *search, const Chain *chain)
{
  const MqFunnelRules *rules = search->rules;

  return rules->step_window.amount > 0 ? mq_span_deadline (rules->step_window, &search->moments[chain->at[search->length - 1]], rules->zone) : G_MAXINT64;
}

static gboolean
may_extend (const Search *search, const Chain *chain, guint i)
{
  const MqMoment *moment = &search->moments[i];

  if (moment->time > search->deadline || moment->time > get_limit (search, chain))
    return FALSE;
  for (guint p = 0; p < N_PRECISIONS; p++)
    {
      guint latest = chain->latest[p];

      if (latest == 0)
        continue;
      if (p == moment->precision ? i < latest : search->moments[latest - 1].time > search->ends[i])
        return FALSE;
    }
  return !is_ended (search, chain, i);
}

static void
append (const Search *search, Chain *chain, guint i)
{
  chain->at[search->length] = i;
  chain->latest[search->moments[i].precision] = i + 1;
  for (guint e = 0; e < search->rules->n_exclusions; e++)
    if (search->rules->exclusions[e].from == search->length + 1)
      chain->from[e] = i;
}

static gboolean
end_alike (const Chain *a, const Chain *b, guint length, guint n_exclusions)
{
  return a->at[length - 1] == b->at[length - 1] && memcmp (a->latest, b->latest, sizeof a->latest) == 0 &&
         memcmp (a->from, b->from, n_exclusions * sizeof (guint32)) == 0;
}

static gboolean
is_earlier (const Chain *a, const Chain *b, guint length)
{
  if (a->at[length - 1] != b->at[length - 1])
    return a->at[length - 1] < b->at[length - 1];
  for (guint s = 0; s < length; s++)
    if (a->at[s] != b->at[s])
      return a->at[s] < b->at[s];
  return FALSE;
}

static void
keep (GArray *chains, const Chain *chain, guint length, guint n_exclusions)
{
  for (guint i = chains->len; i > 0; i--)
    {
      Chain *other = &g_array_index (chains, Chain, i - 1);

      if (!end_alike (other, chain, length, n_exclusions))
        continue;
      if (is_earlier (chain, other, length))
        *other = *chain;
      return;
    }
  g_array_append_val (chains, *chain);
}

static GArray *
extend (Search *search, const GArray *chains)
{
  GArray *longer = g_array_new (FALSE, FALSE, sizeof (Chain));

  for (guint i = 0; i < search->n; i++)
    for (guint c = 0; (search->moments[i].bits >> search->length & 1) != 0 && c < chains->len; c++)
      {
        Chain chain = g_array_index (chains, Chain, c);

        if (!may_extend (search, &chain, i))
          continue;
        append (search, &chain, i);
        keep (longer, &chain, search->length + 1, search->rules->n_exclusions);
      }
  return longer;
}

static gboolean
is_open (const Search *search, const GArray *chains)
{
  for (guint c = 0; c < chains->len; c++)
    {
      const Chain *chain = &g_array_index (chains, Chain, c);

      if (search->deadline > search->rules->as_of && get_limit (search, chain) > search->rules->as_of && !is_ended (search, chain, G_MAXUINT))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_removed (const Search *search, const GArray *chains)
{
  const MqFunnelRules *rules = search->rules;

  for (guint e = 0; rules->remove && e < rules->n_exclusions; e++)
    for (guint c = 0; rules->exclusions[e].from == search->length && c < chains->len; c++)
      for (guint i = 0; i < search->n; i++)
        if ((search->moments[i].bits & rules->exclusions[e].bit) != 0 &&
            search->moments[i].time > search->ends[g_array_index (chains, Chain, c).at[search->length - 1]] &&
            search->moments[i].time <= search->deadline)
          return TRUE;
  return FALSE;
}

static void
take_earliest (const GArray *chains, guint length, MqFunnelMatch *match)
{
  const Chain *best = &g_array_index (chains, Chain, 0);

  for (guint c = 1; c < chains->len; c++)
    if (is_earlier (&g_array_index (chains, Chain, c), best, length))
      best = &g_array_index (chains, Chain, c);
  match->level = length;
  memcpy (match->at, best->at, length * sizeof (guint32));
}

static void
search_from (Search *search, guint entry, MqFunnelMatch *match)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  Chain chain = { { 0 }, { 0 }, { 0 } };

  search->length = 0;
  search->deadline = mq_span_deadline (search->rules->window, &search->moments[entry], search->rules->zone);
  append (search, &chain, entry);
  g_array_append_val (chains, chain);
  for (search->length = 1; chains->len > 0; search->length++)
    {
      GArray *longer;

      match->removed = match->removed || is_removed (search, chains);
      if (search->length > match->level)
        take_earliest (chains, search->length, match);
      if (search->length == search->rules->n_steps)
        return;
      match->open = match->open || is_open (search, chains);
      longer = extend (search, chains);
      g_array_unref (chains);
      chains = longer;
    }
}

void
mq_funnel_match_mixed (const MqFunnelRules *rules, const MqMoment *moments, guint n, guint first, guint last, MqFunnelMatch *match)
{
  g_autofree gint64 *ends = g_new (gint64, MAX (n, 1));
  Search             search = { .rules = rules, .moments = moments, .n = n, .ends = ends };

  match->level = match->open = match->removed = 0;
  for (guint i = 0; i < n; i++)
    ends[i] = mq_moment_end (&moments[i], rules->zone);
  for (guint i = first; i < n && i <= last && !match->removed; i++)
    if ((moments[i].bits & 1) != 0 && (match->level < rules->n_steps || rules->remove) && mq_funnel_may_enter (rules, &moments[i]))
      search_from (&search, i, match);
  match->open = match->open && match->level < rules->n_steps && !match->removed;
}
