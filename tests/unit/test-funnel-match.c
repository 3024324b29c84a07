/* test-funnel-match.c: the matching against an evaluator that tries every chain, on random small histories under every
 * combination of the rules. MQ_FUNNEL_HISTORIES=1000000 sets how many. */

#include <string.h>

#include "funnel/funnel-match.h"
#include "stats/random.h"

#define MAX_MOMENTS 9
#define DEFAULT_HISTORIES "20000"

typedef struct
{
  MqFunnelRules rules;
  MqMoment      moments[MAX_MOMENTS];
  guint         n;
  guint         first, last;
  gboolean      mixed;
} Case;

/* What trying everything found. */
typedef struct
{
  const Case *history;
  guint       chain[MQ_FUNNEL_MAX_STEPS];
  guint       length;
  guint       level;
  gboolean    open, removed;
  guint       at[MQ_FUNNEL_MAX_STEPS];
} Found;

static gint64
begin_of (const Case *history, guint i)
{
  return history->moments[i].time;
}

static gint64
end_of (const Case *history, guint i)
{
  return mq_moment_end (&history->moments[i], history->rules.zone);
}

/* Whether j may come after i: moments of one precision have an order, others may follow if they can be so late. */
static gboolean
may_follow (const Case *history, guint i, guint j)
{
  if (history->moments[i].precision == history->moments[j].precision)
    return i < j;
  return begin_of (history, i) <= end_of (history, j);
}

static gboolean
is_between (const Case *history, guint x, guint a, guint b)
{
  return begin_of (history, x) > end_of (history, a) && end_of (history, x) < begin_of (history, b);
}

/* The rules, asked of a whole chain. */
static gboolean
is_chain (const Found *found)
{
  const Case          *history = found->history;
  const MqFunnelRules *rules = &history->rules;
  const guint         *chain = found->chain;

  if (chain[0] < history->first || chain[0] > history->last)
    return FALSE;
  for (guint s = 0; s < found->length; s++)
    {
      if ((history->moments[chain[s]].bits >> s & 1) == 0 || begin_of (history, chain[s]) > mq_span_deadline (rules->window, &history->moments[chain[0]], rules->zone))
        return FALSE;
      if (s > 0 && rules->step_window.amount > 0 && begin_of (history, chain[s]) > mq_span_deadline (rules->step_window, &history->moments[chain[s - 1]], rules->zone))
        return FALSE;
      for (guint r = 0; r < s; r++)
        if (chain[r] == chain[s] || !may_follow (history, chain[r], chain[s]))
          return FALSE;
      for (guint x = 0; s > 0 && rules->order == MQ_FUNNEL_STRICT && x < history->n; x++)
        if (is_between (history, x, chain[s - 1], chain[s]))
          return FALSE;
    }
  for (guint e = 0; e < rules->n_exclusions && !rules->remove; e++)
    for (guint x = 0; found->length > rules->exclusions[e].from && x < history->n; x++)
      if ((history->moments[x].bits & rules->exclusions[e].bit) != 0 &&
          is_between (history, x, chain[rules->exclusions[e].from - 1], chain[MIN (rules->exclusions[e].to, found->length) - 1]))
        return FALSE;
  return TRUE;
}

static gboolean
can_go_on (const Found *found)
{
  const Case          *history = found->history;
  const MqFunnelRules *rules = &history->rules;
  guint                last = found->chain[found->length - 1];

  if (mq_span_deadline (rules->window, &history->moments[found->chain[0]], rules->zone) <= rules->as_of)
    return FALSE;
  if (rules->step_window.amount > 0 && mq_span_deadline (rules->step_window, &history->moments[last], rules->zone) <= rules->as_of)
    return FALSE;
  for (guint x = 0; x < history->n; x++)
    {
      if (rules->order == MQ_FUNNEL_STRICT && begin_of (history, x) > end_of (history, last))
        return FALSE;
      for (guint e = 0; e < rules->n_exclusions && !rules->remove; e++)
        if ((history->moments[x].bits & rules->exclusions[e].bit) != 0 && rules->exclusions[e].from <= found->length && found->length < rules->exclusions[e].to &&
            begin_of (history, x) > end_of (history, found->chain[rules->exclusions[e].from - 1]))
          return FALSE;
    }
  return TRUE;
}

static gboolean
removes (const Found *found)
{
  const Case          *history = found->history;
  const MqFunnelRules *rules = &history->rules;

  for (guint e = 0; e < rules->n_exclusions && rules->remove; e++)
    for (guint x = 0; rules->exclusions[e].from == found->length && x < history->n; x++)
      if ((history->moments[x].bits & rules->exclusions[e].bit) != 0 && begin_of (history, x) > end_of (history, found->chain[found->length - 1]) &&
          begin_of (history, x) <= mq_span_deadline (rules->window, &history->moments[found->chain[0]], rules->zone))
        return TRUE;
  return FALSE;
}

/* Deeper; else the earlier entry, then the earlier completion, then the earlier times. */
static gboolean
is_better (const Found *found)
{
  const guint *a = found->chain, *b = found->at;

  if (found->length != found->level)
    return found->length > found->level;
  if (a[0] != b[0])
    return a[0] < b[0];
  if (a[found->length - 1] != b[found->length - 1])
    return a[found->length - 1] < b[found->length - 1];
  for (guint s = 0; s < found->length; s++)
    if (a[s] != b[s])
      return a[s] < b[s];
  return FALSE;
}

static void
try_all (Found *found)
{
  const Case *history = found->history;

  for (guint i = 0; found->length < history->rules.n_steps && i < history->n; i++)
    {
      found->chain[found->length++] = i;
      if (is_chain (found))
        {
          if (is_better (found))
            {
              found->level = found->length;
              memcpy (found->at, found->chain, sizeof found->at);
            }
          found->open = found->open || (found->length < history->rules.n_steps && can_go_on (found));
          found->removed = found->removed || removes (found);
          try_all (found);
        }
      found->length--;
    }
}

/* The largest number of steps that the first moments of a list serve, each one. */
static guint
count_served (const Case *history, const guint *list, guint n, guint step, guint32 used)
{
  guint best;

  if (step == history->rules.n_steps)
    return 0;
  best = count_served (history, list, n, step + 1, used);
  for (guint i = 0; i < n; i++)
    if ((used >> i & 1) == 0 && (history->moments[list[i]].bits >> step & 1) != 0)
      best = MAX (best, 1 + count_served (history, list, n, step + 1, used | 1u << i));
  return best;
}

static void
try_any (Found *found, guint entry)
{
  const Case          *history = found->history;
  const MqFunnelRules *rules = &history->rules;
  gint64               deadline = mq_span_deadline (rules->window, &history->moments[entry], rules->zone);
  guint                list[MAX_MOMENTS] = { entry }, n = 1, level = 0;
  guint                at[MQ_FUNNEL_MAX_STEPS];

  if ((history->moments[entry].bits & ((1u << rules->n_steps) - 1)) == 0)
    return;
  for (guint i = 0; i < history->n; i++)
    if (i != entry && may_follow (history, entry, i) && begin_of (history, i) <= deadline)
      list[n++] = i;
  for (guint i = 1; i <= n; i++)
    if (count_served (history, list, i, 0, 0) > level)
      at[level++] = list[i - 1];
  found->open = found->open || deadline > rules->as_of;
  if (level <= found->level)
    return;
  found->level = level;
  memcpy (found->at, at, level * sizeof (guint));
}

static void
find_slowly (const Case *history, Found *found)
{
  memset (found, 0, sizeof *found);
  found->history = history;
  if (history->rules.order != MQ_FUNNEL_ANY)
    try_all (found);
  for (guint i = history->first; history->rules.order == MQ_FUNNEL_ANY && i <= history->last && i < history->n; i++)
    try_any (found, i);
  found->open = found->open && found->level < history->rules.n_steps && !found->removed;
}

static int
compare_moments_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqMoment *x = a, *y = b;
  guint           first_x = x->bits != 0 ? __builtin_ctz (x->bits) : 32;
  guint           first_y = y->bits != 0 ? __builtin_ctz (y->bits) : 32;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (first_x != first_y)
    return first_x < first_y ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static void
draw_rules (MqRandom *random, MqFunnelRules *rules, gint64 unit)
{
  *rules = (MqFunnelRules){ .zone = mq_zone_get ("UTC", NULL) };
  rules->n_steps = 1 + mq_random_below (random, 4);
  rules->order = mq_random_below (random, 3);
  rules->window = (MqSpan){ (1 + mq_random_below (random, 8)) * unit, FALSE };
  if (mq_random_below (random, 4) == 0)
    rules->window = (MqSpan){ 1 + mq_random_below (random, 3), TRUE };
  rules->as_of = G_MAXINT64 / 2;
  if (rules->order == MQ_FUNNEL_ANY)
    return;
  if (mq_random_below (random, 2) == 0)
    rules->step_window = (MqSpan){ (1 + mq_random_below (random, 4)) * unit, FALSE };
  rules->n_exclusions = rules->n_steps > 1 ? mq_random_below (random, 3) : 0;
  rules->remove = rules->n_exclusions > 0 && mq_random_below (random, 2) == 0;
  for (guint e = 0; e < rules->n_exclusions; e++)
    {
      guint from = 1 + mq_random_below (random, rules->n_steps - 1);

      rules->exclusions[e] = (MqFunnelExclusion){ 1u << (rules->n_steps + e), from, from + 1 + mq_random_below (random, rules->n_steps - from) };
    }
}

static void
draw_moment (MqRandom *random, Case *history, guint i, gint64 unit, guint precision)
{
  MqMoment *moment = &history->moments[i];
  guint     n_bits = history->rules.n_steps + history->rules.n_exclusions;

  *moment = (MqMoment){ .time = mq_random_below (random, 10) * unit, .row = i, .precision = precision };
  if (precision == MQ_PRECISION_DAY)
    moment->time -= moment->time % MQ_DAY_MICROSECONDS;
  moment->bits = 1u << mq_random_below (random, n_bits);
  if (mq_random_below (random, 3) == 0)
    moment->bits |= 1u << mq_random_below (random, n_bits);
  if (history->rules.order == MQ_FUNNEL_STRICT && mq_random_below (random, 5) == 0)
    moment->bits = 0;
}

/* A quarter has dates among its times, an eighth dates only. */
static void
draw_case (MqRandom *random, Case *history)
{
  guint  kind = mq_random_below (random, 8);
  gint64 unit = kind < 3 ? 6 * 3600 * MQ_SECOND : MQ_SECOND;

  draw_rules (random, &history->rules, unit);
  history->mixed = FALSE;
  history->n = 1 + mq_random_below (random, kind < 2 ? MAX_MOMENTS - 2 : MAX_MOMENTS);
  for (guint i = 0; i < history->n; i++)
    draw_moment (random, history, i, unit, kind == 2 || (kind < 2 && mq_random_below (random, 2) == 0) ? MQ_PRECISION_DAY : MQ_PRECISION_SECOND);
  g_qsort_with_data (history->moments, history->n, sizeof (MqMoment), compare_moments_cb, NULL);
  for (guint i = 1; i < history->n; i++)
    history->mixed = history->mixed || history->moments[i].precision != history->moments[0].precision;
  history->first = mq_random_below (random, 3) == 0 ? mq_random_below (random, history->n) : 0;
  history->last = mq_random_below (random, 3) == 0 ? history->first + mq_random_below (random, history->n - history->first) : history->n - 1;
  if (mq_random_below (random, 2) == 0)
    history->rules.as_of = history->moments[history->n - 1].time + mq_random_below (random, 5) * unit;
}

static void
check_case (const Case *history, gboolean mixed)
{
  MqFunnelMatch match = { 0 };
  Found         found;

  find_slowly (history, &found);
  mq_funnel_match (&history->rules, history->moments, history->n, history->first, history->last, mixed, &match);
  g_assert_cmpint (match.removed, ==, found.removed);
  if (found.removed)
    return;
  g_assert_cmpint (match.level, ==, found.level);
  g_assert_cmpint (match.open, ==, found.open);
  for (guint s = 0; s < found.level; s++)
    g_assert_cmpuint (match.at[s], ==, found.at[s]);
  g_assert_cmpuint (mq_funnel_level (&history->rules, history->moments, history->n, history->first, history->last, mixed), ==, found.level);
}

static void
test_random (void)
{
  const char *text = g_getenv ("MQ_FUNNEL_HISTORIES");
  guint64     n = g_ascii_strtoull (text != NULL ? text : DEFAULT_HISTORIES, NULL, 10);
  MqRandom    random;
  Case        history;

  mq_random_init (&random, 5, 0);
  for (guint64 i = 0; i < n; i++)
    {
      draw_case (&random, &history);
      check_case (&history, history.mixed);
      /* what is of one precision may also be searched */
      check_case (&history, TRUE);
    }
}

/* Three levels by hand: the second view is in time for the purchase, the first is not; the window is inclusive. */
static void
test_window (void)
{
  const MqMoment moments[] = { { .time = 0, .bits = 1 }, { .time = 5, .bits = 1 }, { .time = 9, .bits = 2 }, { .time = 15, .bits = 4 } };
  MqFunnelRules  rules = { .n_steps = 3, .window = { 10, FALSE }, .zone = mq_zone_get ("UTC", NULL), .as_of = 100 };
  MqFunnelMatch  match;

  mq_funnel_match (&rules, moments, 4, 0, 3, FALSE, &match);
  g_assert_cmpint (match.level, ==, 3);
  g_assert_cmpuint (match.at[0], ==, 1);
  rules.window.amount = 9;
  mq_funnel_match (&rules, moments, 4, 0, 3, FALSE, &match);
  g_assert_cmpint (match.level, ==, 2);
  g_assert_cmpuint (match.at[0], ==, 0);
  g_assert_false (match.open);
  rules.as_of = 13;
  mq_funnel_match (&rules, moments, 3, 0, 2, FALSE, &match);
  g_assert_true (match.open);
  rules.as_of = 14;
  mq_funnel_match (&rules, moments, 3, 0, 2, FALSE, &match);
  g_assert_false (match.open);
}

/* A purchase of which only the date is known is in time for what came that day, and the other way round. */
static void
test_dates (void)
{
  const gint64   hour = 3600 * MQ_SECOND;
  const MqMoment moments[] = { { .time = 0, .bits = 2, .precision = MQ_PRECISION_DAY }, { .time = 15 * hour, .bits = 1 }, { .time = 16 * hour, .bits = 4 } };
  MqFunnelRules  rules = { .n_steps = 3, .window = { hour, FALSE }, .zone = mq_zone_get ("UTC", NULL), .as_of = 100 * hour };
  MqFunnelMatch  match;

  mq_funnel_match (&rules, moments, 3, 0, 2, TRUE, &match);
  g_assert_cmpint (match.level, ==, 3);
  g_assert_cmpuint (match.at[0], ==, 1);
  g_assert_cmpuint (match.at[1], ==, 0);
  g_assert_cmpuint (match.at[2], ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/funnel-match/window", test_window);
  g_test_add_func ("/funnel-match/dates", test_dates);
  g_test_add_func ("/funnel-match/random", test_random);
  return g_test_run ();
}
