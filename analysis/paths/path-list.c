/* path-list.c: one pass over the timeline, in slices of customers; every customer's path has a place of its own. */

#include "config.h"

#include "paths/path-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"
#include "funnel/funnel-match.h"

/* Bits of a moment: of the selectors, and of the one that its path begins or ends with. */
#define STEP (1u << 0)
#define ANCHOR (1u << 1)
#define CHOSEN (1u << 31)

typedef struct
{
  const MqPathRules *rules;
  MqPathList        *out;
  const guint32     *event_codes;   /* (nullable) by row */
  const guint32     *message_codes; /* (nullable) by row */
  guint              first_message; /* node of message status 0 */
  guint              order;         /* node of all orders */
  gboolean           mixed;         /* times of more than one precision */
} Pass;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the paths. Close other programs and try again."));
  return FALSE;
}

/* An event whose bare name means something else, as steps are written. */
static gboolean
is_taken (const char *name)
{
  return g_str_equal (name, "order") || g_str_equal (name, "order_created") || g_str_has_prefix (name, "order.") || g_str_has_prefix (name, "message.");
}

static gboolean
add_names (MqDataset *dataset, MqKind kind, const char *column_name, const char *prefix, GPtrArray *names, const guint32 **codes, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, kind, column_name, run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL || column->codes == NULL)
    return TRUE;
  *codes = column->codes;
  for (guint i = 0; i < mq_strings_length (column->strings); i++)
    {
      const char *name = mq_strings_get (column->strings, i);

      g_ptr_array_add (names, g_strconcat (kind == MQ_KIND_EVENTS && is_taken (name) ? "event:" : prefix, name, NULL));
    }
  return TRUE;
}

static guint32
find_node (const Pass *pass, const MqMoment *moment)
{
  switch (moment->source)
    {
    case MQ_MOMENT_EVENT:
      return pass->event_codes[moment->row];
    case MQ_MOMENT_MESSAGE:
      return pass->message_codes[moment->row] == MQ_CODE_MISSING ? MQ_NO_NODE : pass->first_message + pass->message_codes[moment->row];
    case MQ_MOMENT_ORDER:
    case MQ_MOMENT_LINE:
    default:
      return pass->order;
    }
}

/* A time of a coarser precision may be any of its minute or day: a window is kept if it can be kept. */
static gboolean
is_inside (const Pass *pass, const MqMoment *anchor, const MqMoment *moment)
{
  const MqPathRules *rules = pass->rules;
  const MqMoment    *earlier = anchor->time <= moment->time ? anchor : moment;
  const MqMoment    *later = earlier == anchor ? moment : anchor;

  if (!rules->has_window)
    return TRUE;
  if (rules->window.calendar_days > 0)
    return mq_zone_day (rules->scope->zone, later->time, NULL) - mq_zone_day (rules->scope->zone, earlier->time, NULL) < rules->window.calendar_days;
  return later->time - mq_moment_end (earlier, rules->scope->zone) <= rules->window.microseconds;
}

/* The place of the record that the path begins or ends with, or -1. */
static gint
find_anchor (const Pass *pass, const MqMoments *moments)
{
  const MqScope *scope = pass->rules->scope;

  for (guint i = 0; i < moments->n; i++)
    if (moments->moments[i].bits & ANCHOR && moments->moments[i].time >= scope->from && moments->moments[i].time <= scope->to)
      return i;
  return -1;
}

/* Where a record stands: a date after all of its day, but what a path begins with before. */
static gint64
get_place (const MqPathRules *rules, const MqMoment *moment)
{
  return moment->bits & CHOSEN && !rules->backwards ? moment->time : mq_moment_end (moment, rules->scope->zone);
}

static int
compare_places_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqPathRules *rules = data;
  const MqMoment    *one = a, *two = b;
  gint64             x = get_place (rules, one), y = get_place (rules, two);
  int                sooner = rules->backwards ? 1 : -1;

  if (x != y)
    return x < y ? -1 : 1;
  return one->bits & CHOSEN ? sooner : two->bits & CHOSEN ? -sooner
                                                          : 0;
}

/* Puts what a path begins with before, what it ends with after all else of its instant, and dates where they stand. The rest keeps
 * its order: (time, import, row). Returns the new place of the anchor. */
static gint
settle_order (const Pass *pass, MqMoments *moments, gint anchor)
{
  MqMoment *list = moments->moments;
  gint      n = (gint) moments->n;
  gboolean  tied = (anchor > 0 && list[anchor - 1].time == list[anchor].time) || (anchor + 1 < n && list[anchor + 1].time == list[anchor].time);

  list[anchor].bits |= CHOSEN;
  if (!tied && !pass->mixed)
    return anchor;
  g_qsort_with_data (list, n, sizeof *list, compare_places_cb, (gpointer) pass->rules);
  for (anchor = 0; !(list[anchor].bits & CHOSEN);)
    anchor++;
  return anchor;
}

/* TRUE if two steps could stand the other way round: records of one instant. */
static gboolean
store_path (const Pass *pass, guint person, const MqMoments *moments, gint anchor)
{
  const MqPathRules *rules = pass->rules;
  const MqMoment    *list = moments->moments, *before = NULL;
  gint               step = rules->backwards ? -1 : 1;
  guint32           *nodes = pass->out->nodes + (gsize) person * rules->steps;
  guint              n = 0;
  guint32            last = MQ_NO_NODE;
  gboolean           tied = FALSE;

  pass->out->times[person] = list[anchor].time;
  for (gint i = anchor; i >= 0 && i < (gint) moments->n && n < rules->steps; i += step)
    {
      guint32 node = find_node (pass, &list[i]);

      if (!is_inside (pass, &list[anchor], &list[i]))
        {
          if (pass->mixed)
            continue;
          break;
        }
      if ((i != anchor && !(list[i].bits & STEP)) || node == MQ_NO_NODE || (node == last && !rules->repeats))
        continue;
      tied = tied || (before != NULL && node != last && before->time == list[i].time && before->precision == list[i].precision);
      nodes[rules->backwards ? rules->steps - 1 - n : n] = node;
      before = &list[i];
      last = node;
      n++;
    }
  return tied;
}

static gboolean
read_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass *pass = data;
  g_auto (MqMoments) moments = { 0 };

  for (gsize person = first; person < last; person++)
    {
      gint anchor;

      if (person % 1024 == 0 && !mq_run_check (run, error))
        return FALSE;
      pass->out->times[person] = MQ_TIME_MISSING;
      if (!mq_timeline_read (pass->rules->timeline, person, &moments))
        return fail_memory (error);
      anchor = find_anchor (pass, &moments);
      if (anchor >= 0 && store_path (pass, person, &moments, settle_order (pass, &moments, anchor)))
        g_atomic_int_inc (&pass->out->n_tied);
    }
  return TRUE;
}

gboolean
mq_path_list_init (MqPathList *self, MqDataset *dataset, const MqPathRules *rules, const MqRun *run, GError **error)
{
  Pass  pass = { .rules = rules, .out = self, .mixed = mq_timeline_is_mixed (rules->timeline) };
  guint n = mq_timeline_n_persons (rules->timeline);
  gsize n_nodes = MAX ((gsize) n * rules->steps, 1);

  *self = (MqPathList){ .n_persons = n, .steps = rules->steps, .names = g_ptr_array_new_with_free_func (g_free) };
  if (!add_names (dataset, MQ_KIND_EVENTS, "event", "", self->names, &pass.event_codes, run, error))
    return FALSE;
  pass.order = self->names->len;
  g_ptr_array_add (self->names, g_strdup ("order"));
  pass.first_message = self->names->len;
  if (!add_names (dataset, MQ_KIND_MESSAGES, "status", "message.", self->names, &pass.message_codes, run, error))
    return FALSE;
  self->nodes = g_try_new (guint32, n_nodes);
  self->times = g_try_new (gint64, MAX (n, 1));
  if (self->nodes == NULL || self->times == NULL)
    return fail_memory (error);
  memset (self->nodes, 0xff, n_nodes * sizeof *self->nodes);
  return mq_run_parallel (run, n, 8192, read_slice_cb, &pass, error);
}

void
mq_path_list_clear (MqPathList *self)
{
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->times, g_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}
