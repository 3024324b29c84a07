/* funnel-plain.c: one pass forward over a customer's events that keeps, of each step, the deadline of its latest chain; then
 * back from the earliest completion to the earliest entry. */

#include "config.h"

#include "funnel/funnel-plain.h"

#include <string.h>

#define NONE G_MININT64
#define BLOCK 256

typedef struct
{
  gint64  time;
  guint32 position;
  guint32 step;
} Pick;

/* What is known so far on the way forward. */
typedef struct
{
  guint    level;
  guint    complete; /* where the level was reached first */
  guint    entry;    /* the first, or G_MAXUINT */
  gboolean tied;     /* two steps of one instant */
  gint64   before;   /* time of the step before */
} Progress;

typedef struct
{
  Progress at;
  gint64   deadlines[MQ_FUNNEL_MAX_STEPS + 1]; /* by step, of its latest chain; 0: what an entry follows */
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

/* The earliest moments between, found from the completion backwards: an earlier moment of a step always replaces a later. */
static void
go_back (const MqFunnelPlain *self, const gint64 *times, const guint32 *codes, guint level, guint complete, guint first_entry, guint32 *at)
{
  guint32 rests[MQ_FUNNEL_MAX_STEPS + 1][MQ_FUNNEL_MAX_STEPS];
  guint32 valid = 1u << level;
  gint64  begin = times[complete] - self->window;

  rests[level][level - 1] = complete;
  for (guint i = complete; i > first_entry && times[i - 1] >= begin; i--)
    {
      guint step = self->steps[MIN (codes[i - 1], self->events.n_codes)];

      if (step == 0 || step >= level || (valid >> (step + 1) & 1) == 0)
        continue;
      valid |= 1u << step;
      rests[step][step - 1] = i - 1;
      for (guint s = step; s < level; s++)
        rests[step][s] = rests[step + 1][s];
    }
  for (guint s = 0; s < level; s++)
    at[s] = rests[1][s];
}

/* The events of a block that are steps, without a branch: most are none, and which is not to be guessed. */
static guint
pick_steps (const MqFunnelPlain *self, const gint64 *times, const guint32 *codes, guint first, guint last, Pick *picks)
{
  const guint8 *steps = self->steps;
  const guint32 n_codes = self->events.n_codes;
  guint         n = 0;

  for (guint i = first; i < last; i++)
    {
      const guint step = steps[MIN (codes[i], n_codes)];

      picks[n] = (Pick){ times[i], i, step };
      n += step != 0;
    }
  return n;
}

static void
go_forward (const MqFunnelPlain *self, const Pick *picks, guint n, gint64 to, Course *course)
{
  const guint64 span = (guint64) to - (guint64) self->from;
  Progress      at = course->at;

  for (guint i = 0; i < n; i++)
    {
      const gint64   time = picks[i].time;
      const guint    step = picks[i].step;
      const gint64   previous = course->deadlines[step - 1];
      const gboolean is_entry = step == 1;
      const gboolean enters = is_entry & ((guint64) time - (guint64) self->from <= span);
      const gboolean follows = (previous >= time) & (enters | !is_entry);
      const gboolean deeper = follows & (step > at.level);

      course->deadlines[step] = follows ? (is_entry ? time + self->window : previous) : course->deadlines[step];
      at.entry = enters & (at.entry == G_MAXUINT) ? picks[i].position : at.entry;
      at.complete = deeper ? picks[i].position : at.complete;
      at.level = deeper ? step : at.level;
      at.tied |= time == at.before;
      at.before = time;
    }
  course->at = at;
}

gboolean
mq_funnel_plain_match (const MqFunnelPlain *self, guint person, gint64 to, MqFunnelMatch *match, MqFunnelEntries *entries)
{
  const gsize    offset = self->events.offsets[person];
  const gint64  *times = self->events.times + offset;
  const guint32 *codes = self->events.codes + offset;
  guint          n = (guint) (self->events.offsets[person + 1] - offset);
  Course         course;
  Pick           picks[BLOCK];

  match->level = match->open = match->removed = 0;
  course.at = (Progress){ 0, 0, G_MAXUINT, FALSE, NONE };
  for (guint s = 1; s <= self->n_steps; s++)
    course.deadlines[s] = NONE;
  course.deadlines[0] = G_MAXINT64;
  while (n > 0 && times[n - 1] > self->as_of)
    n--;
  for (guint first = 0; first < n; first += BLOCK)
    go_forward (self, picks, pick_steps (self, times, codes, first, MIN (first + BLOCK, n), picks), to, &course);
  if (course.at.tied)
    return FALSE;
  if (course.at.level == 0)
    return TRUE;
  match->level = course.at.level;
  match->open = course.at.level < self->n_steps && course.deadlines[1] > self->as_of;
  *entries = (MqFunnelEntries){ course.at.entry, course.deadlines[1] };
  if (course.at.level == 1)
    match->at[0] = course.at.complete;
  else
    go_back (self, times, codes, course.at.level, course.at.complete, course.at.entry, match->at);
  return TRUE;
}
