/* funnel-plain.c: one pass over the first two steps of a slice of customers; of those who may have come further, one pass
 * forward that keeps, of each step, the deadline of its latest chain, then back from the earliest completion to the earliest
 * entry. */

#include "config.h"

#include "funnel/funnel-plain.h"

#include <string.h>

#define NONE G_MININT64

/* One customer's moments of a step. */
typedef struct
{
  const guint32 *rows;
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
  g_autofree gboolean *early = NULL;

  *self = (MqFunnelPlain){ .n_steps = rules->n_steps, .window = rules->window.amount, .from = plan->from, .to = MIN (plan->to, rules->as_of), .as_of = rules->as_of };
  if (rules->order != MQ_FUNNEL_ORDERED || rules->n_exclusions > 0 || rules->step_window.amount > 0 || rules->window.calendar ||
      plan->options->counting != MQ_FUNNEL_CUSTOMERS || plan->options->first_only || plan->reasons || plan->periods != NULL ||
      !mq_timeline_get_plain (plan->timeline, &self->events))
    return FALSE;
  self->steps = g_new0 (guint8, self->events.n_codes + 1);
  early = g_new0 (gboolean, self->events.n_codes + 1);
  for (guint code = 0; code < self->events.n_codes; code++)
    {
      guint32 bits = self->events.bits[code];

      if ((bits & (bits - 1)) != 0)
        return FALSE;
      self->steps[code] = bits != 0 ? __builtin_ctz (bits) + 1 : 0;
      early[code] = (bits & 3) != 0;
    }
  mq_code_set_init (&self->early, early, self->events.n_codes);
  return TRUE;
}

void
mq_funnel_plain_clear (MqFunnelPlain *self)
{
  g_clear_pointer (&self->steps, g_free);
  mq_code_set_clear (&self->early);
}

static gboolean
make_room (MqFunnelPicks *picks, gsize n_rows)
{
  if (picks->entries == NULL && (picks->entries = g_try_new (MqFunnelEntry, MQ_FUNNEL_BLOCK)) == NULL)
    return FALSE;
  if (n_rows <= picks->room)
    return TRUE;
  g_free (picks->rows);
  picks->rows = g_try_new (guint32, n_rows);
  picks->room = picks->rows != NULL ? n_rows : 0;
  return picks->rows != NULL;
}

/* What the loop below needs, where the compiler sees that nothing it writes can change it. */
typedef struct
{
  const gint64 *restrict times;
  const guint32 *restrict codes;
  const guint8 *restrict steps;
  gint64  from, window, as_of;
  guint64 span; /* from `from` to the last instant at which an entry counts */
} EntryColumns;

/* A customer by the rows of their first two steps, up to `last`, without a branch that depends on what they did: only on when
 * it ends. Of the entries only the first and the last matter: a second step that the latest entry does not reach is reached by
 * none. */
static inline const guint32 *
look_at_entries (const EntryColumns *columns, guint person, const guint32 *row, const guint32 *end, gsize last, MqFunnelEntry *entry)
{
  gint64   before = NONE, deadline = NONE, first = NONE, row_of_first = 0;
  gboolean further = FALSE;

  for (; row < end && *row < last; row++)
    {
      const gint64 time = columns->times[*row];
      const gint64 is_entry = -(gint64) (columns->steps[columns->codes[*row]] == 1);
      const gint64 enters = is_entry & -(gint64) ((guint64) time - (guint64) columns->from <= columns->span);
      const gint64 begins = enters & -(gint64) (first == NONE);

      further |= (time == before) | ((deadline >= time) & (gboolean) ~is_entry);
      first = (time & begins) | (first & ~begins);
      row_of_first |= *row & begins;
      deadline = ((time + columns->window) & enters) | (deadline & ~enters);
      before = time;
    }
  *entry = (MqFunnelEntry){ first, person, (guint32) row_of_first, deadline > columns->as_of, further };
  return row;
}

/* Who does not enter is written over. */
gboolean
mq_funnel_plain_enter (const MqFunnelPlain *self, guint first, guint last, MqFunnelPicks *picks)
{
  const EntryColumns columns = { self->events.times, self->events.codes, self->steps, self->from, self->window, self->as_of, (guint64) self->to - (guint64) self->from };
  const gsize       *offsets = self->events.offsets;
  const guint32     *row, *end;
  guint              n = 0;

  if (!make_room (picks, offsets[last] - offsets[first] + MQ_CODE_SET_SLACK))
    return FALSE;
  row = picks->rows;
  end = row + mq_code_set_find (&self->early, self->events.codes, offsets[first], offsets[last], picks->rows);
  for (guint person = first; self->from <= self->to && person < last; person++)
    {
      row = look_at_entries (&columns, person, row, end, offsets[person + 1], &picks->entries[n]);
      n += picks->entries[n].time != NONE;
    }
  picks->n = n;
  return TRUE;
}

void
mq_funnel_picks_clear (MqFunnelPicks *self)
{
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->rows, g_free);
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
  const guint32 *codes = self->events.codes;
  const guint8  *numbers = self->steps;
  const guint    n = steps->n;
  gint64        *deadlines = course->deadlines;
  gint64         before = NONE, entry = NONE;
  guint          level = 0;
  gboolean       tied = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const gint64 time = times[rows[i]];
      const guint  step = numbers[codes[rows[i]]];
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
      const guint step = self->steps[self->events.codes[steps->rows[i - 1]]];

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
take_steps (const MqFunnelPlain *self, guint person, guint32 *rows)
{
  const gsize    end = self->events.offsets[person + 1];
  const guint32 *codes = self->events.codes;
  const guint32  n_codes = self->events.n_codes;
  guint          n = 0;

  for (gsize row = self->events.offsets[person]; row < end; row++)
    {
      rows[n] = (guint32) row;
      n += self->steps[MIN (codes[row], n_codes)] != 0;
    }
  while (n > 0 && self->events.times[rows[n - 1]] > self->as_of)
    n--;
  return (Steps){ rows, n };
}

/* FALSE where records are of one instant. At level 0 only the level is set. */
static gboolean
match_steps (const MqFunnelPlain *self, const Steps *steps, gint64 to, MqFunnelMatch *match, gint64 *deadline)
{
  Course course;

  match->level = match->open = match->removed = 0;
  if (to < self->from)
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
  *deadline = course.deadlines[1];
  if (course.level == 1)
    match->at[0] = course.reached[0];
  else
    go_back (self, steps, &course, match->at);
  for (guint s = 0; s < match->level; s++)
    match->at[s] = steps->rows[match->at[s]];
  return TRUE;
}

/* The level of the entries whose window has ended. */
static guint
find_matured_level (const MqFunnelPlain *self, const Steps *steps, const MqFunnelMatch *match, gint64 deadline)
{
  MqFunnelMatch matured;

  if (deadline <= self->as_of || (match->level == self->n_steps && self->events.times[match->at[0]] + self->window <= self->as_of))
    return match->level;
  return match_steps (self, steps, MIN (self->to, self->as_of - self->window), &matured, &deadline) ? matured.level : 0;
}

gboolean
mq_funnel_plain_match (const MqFunnelPlain *self, const MqFunnelEntry *entry, MqFunnelPicks *picks, MqFunnelMatch *match, guint *matured)
{
  const Steps steps = take_steps (self, entry->person, picks->rows);
  gint64      deadline;

  if (!match_steps (self, &steps, self->to, match, &deadline))
    return FALSE;
  *matured = match->level > 0 ? find_matured_level (self, &steps, match, deadline) : 0;
  return TRUE;
}
