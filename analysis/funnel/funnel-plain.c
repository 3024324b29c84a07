/* funnel-plain.c: one pass forward over a customer's events that keeps, of each step, the deadline of its latest chain; then
 * back from the earliest completion to the earliest entry. */

#include "config.h"

#include "funnel/funnel-plain.h"

#include <string.h>

#define NONE G_MININT64

/* One customer's moments of a step. */
typedef struct
{
  const guint32 *rows;
  const guint8  *steps;
  guint          n;
} Steps;

/* What the way forward found; positions are of the moments of a step. */
typedef struct
{
  guint    level;
  gboolean tied;                               /* two steps of one instant */
  guint    reached[MQ_FUNNEL_MAX_STEPS + 1];   /* by level - 1: where it was reached first; of level 1 the first entry */
  gint64   deadlines[MQ_FUNNEL_MAX_STEPS + 1]; /* by step, of its latest chain */
} Course;

gboolean
mq_funnel_plain_init (MqFunnelPlain *self, const MqFunnelPlan *plan)
{
  const MqFunnelRules *rules = &plan->rules;

  *self = (MqFunnelPlain){ .n_steps = rules->n_steps, .window = rules->window.amount, .from = plan->from, .to = plan->to, .as_of = rules->as_of };
  if (rules->order != MQ_FUNNEL_ORDERED || rules->n_exclusions > 0 || rules->step_window.amount > 0 || rules->window.calendar ||
      plan->options->counting != MQ_FUNNEL_CUSTOMERS || plan->options->first_only || plan->reasons || plan->periods != NULL ||
      !mq_timeline_get_plain (plan->timeline, &self->events))
    return FALSE;
  self->steps = g_new0 (guint8, self->events.n_codes + 1);
  for (guint code = 0; code < self->events.n_codes; code++)
    {
      guint32 bits = self->events.bits[code];

      if ((bits & (bits - 1)) != 0)
        return FALSE;
      self->steps[code] = bits != 0 ? __builtin_ctz (bits) + 1 : 0;
    }
  return TRUE;
}

void
mq_funnel_plain_clear (MqFunnelPlain *self)
{
  g_clear_pointer (&self->steps, g_free);
}

/* A step is most often none, and which is not to be guessed: the moments of steps are picked without a branch. */
gboolean
mq_funnel_plain_pick (const MqFunnelPlain *self, guint first, guint last, MqFunnelPicks *picks)
{
  const gsize    from = self->events.offsets[first];
  const gsize    to = self->events.offsets[last];
  const guint8  *steps = self->steps;
  const guint32 *codes = self->events.codes;
  const guint32  n_codes = self->events.n_codes;
  guint32       *rows = g_try_new (guint32, to - from + 1);
  guint8        *picked = g_try_new (guint8, to - from + 1);
  gsize          n = 0;

  *picks = (MqFunnelPicks){ rows, picked };
  if (rows == NULL || picked == NULL)
    return FALSE;
  for (gsize row = from; row < to; row++)
    {
      const guint8 step = steps[MIN (codes[row], n_codes)];

      rows[n] = (guint32) row;
      picked[n] = step;
      n += step != 0;
    }
  picks->n = n;
  return TRUE;
}

void
mq_funnel_picks_clear (MqFunnelPicks *self)
{
  g_free (self->rows);
  g_free (self->steps);
  *self = (MqFunnelPicks){ NULL };
}

/* Without a branch that depends on the data. The latest chain of a step ends no earlier than that of the step after it: what
 * follows takes the deadline over, and one that came too late takes over one that has passed, which nothing can follow. A
 * level is one more than the last. */
static void
go_forward (const MqFunnelPlain *self, const Steps *steps, gint64 to, Course *course)
{
  const gint64  *times = self->events.times;
  const guint64  span = (guint64) to - (guint64) self->from;
  const gint64   window = self->window;
  const guint32 *rows = steps->rows;
  const guint8  *numbers = steps->steps;
  const guint    n = steps->n;
  gint64        *deadlines = course->deadlines;
  gint64         before = NONE, entry = NONE;
  guint          level = 0;
  gboolean       tied = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const gint64 time = times[rows[i]];
      const guint  step = numbers[i];
      const gint64 enters = -(gint64) ((step == 1) & ((guint64) time - (guint64) self->from <= span));
      const gint64 is_entry = -(gint64) (step == 1);
      const gint64 previous = deadlines[step - 1];
      gint64       deadline;

      entry = ((time + window) & enters) | (entry & ~enters);
      deadline = (entry & is_entry) | (previous & ~is_entry);
      deadlines[step] = deadline;
      course->reached[level] = i;
      level += (deadline >= time) & (step == level + 1);
      tied |= time == before;
      before = time;
    }
  course->level = level;
  course->tied = tied;
}

/* The earliest moments between, found from the completion backwards: an earlier moment of a step always replaces a later. */
static void
go_back (const MqFunnelPlain *self, const Steps *steps, const Course *course, guint32 *at)
{
  const gint64 *times = self->events.times;
  const guint   level = course->level;
  const guint   complete = course->reached[level - 1];
  const gint64  begin = times[steps->rows[complete]] - self->window;
  guint         rests[MQ_FUNNEL_MAX_STEPS + 1][MQ_FUNNEL_MAX_STEPS];
  guint32       valid = 1u << level;

  rests[level][level - 1] = complete;
  for (guint i = complete; i > course->reached[0] && times[steps->rows[i - 1]] >= begin; i--)
    {
      const guint step = steps->steps[i - 1];

      if (step >= level || (valid >> (step + 1) & 1) == 0)
        continue;
      valid |= 1u << step;
      rests[step][step - 1] = i - 1;
      for (guint s = step; s < level; s++)
        rests[step][s] = rests[step + 1][s];
    }
  for (guint s = 0; s < level; s++)
    at[s] = rests[1][s];
}

static Steps
take_steps (const MqFunnelPlain *self, guint person, MqFunnelPicks *picks)
{
  const gsize begin = self->events.offsets[person];
  const gsize end = self->events.offsets[person + 1];
  gsize       at = picks->at;
  Steps       steps;

  while (at < picks->n && picks->rows[at] < begin)
    at++;
  steps = (Steps){ picks->rows + at, picks->steps + at, 0 };
  while (at < picks->n && picks->rows[at] < end)
    at++;
  picks->at = at;
  steps.n = (guint) (picks->rows + at - steps.rows);
  while (steps.n > 0 && self->events.times[steps.rows[steps.n - 1]] > self->as_of)
    steps.n--;
  return steps;
}

static gboolean
match_steps (const MqFunnelPlain *self, guint person, const Steps *steps, gint64 to, MqFunnelMatch *match, MqFunnelEntries *entries)
{
  const gsize offset = self->events.offsets[person];
  Course      course;

  match->level = match->open = match->removed = 0;
  if (steps->n == 0 || to < self->from)
    return TRUE;
  for (guint s = 0; s <= self->n_steps; s++)
    course.deadlines[s] = NONE;
  go_forward (self, steps, to, &course);
  if (course.tied)
    return FALSE;
  if (course.level == 0)
    return TRUE;
  match->level = course.level;
  match->open = course.level < self->n_steps && course.deadlines[1] > self->as_of;
  *entries = (MqFunnelEntries){ (guint) (steps->rows[course.reached[0]] - offset), course.deadlines[1] };
  if (course.level == 1)
    match->at[0] = course.reached[0];
  else
    go_back (self, steps, &course, match->at);
  for (guint s = 0; s < match->level; s++)
    match->at[s] = (guint32) (steps->rows[match->at[s]] - offset);
  return TRUE;
}

/* The level of the entries whose window has ended. */
static guint
find_matured_level (const MqFunnelPlain *self, guint person, const Steps *steps, const MqFunnelMatch *match, const MqFunnelEntries *entries)
{
  const gint64    entry = self->events.times[self->events.offsets[person] + match->at[0]];
  MqFunnelMatch   matured;
  MqFunnelEntries matured_entries;

  if (entries->deadline <= self->as_of || (match->level == self->n_steps && entry + self->window <= self->as_of))
    return match->level;
  return match_steps (self, person, steps, MIN (self->to, self->as_of - self->window), &matured, &matured_entries) ? matured.level : 0;
}

gboolean
mq_funnel_plain_match (const MqFunnelPlain *self, guint person, MqFunnelPicks *picks, MqFunnelMatch *match, MqFunnelEntries *entries)
{
  const Steps steps = take_steps (self, person, picks);

  if (!match_steps (self, person, &steps, self->to, match, entries))
    return FALSE;
  if (match->level > 0)
    entries->matured_level = find_matured_level (self, person, &steps, match, entries);
  return TRUE;
}
