/* path-list.c: one pass over the timeline, in slices of customers; every customer's path has a place of its own. */

#include "config.h"

#include "paths/path-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

typedef struct
{
  const MqPathRules *rules;
  MqPathList        *out;
  const guint32     *event_codes;   /* (nullable) by row */
  const guint32     *message_codes; /* (nullable) by row */
  guint              first_message; /* node of message status 0 */
  guint              order;         /* node of all orders */
} Pass;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the paths. Close other programs and try again."));
  return FALSE;
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
    g_ptr_array_add (names, g_strconcat (prefix, mq_strings_get (column->strings, i), NULL));
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

static gboolean
is_inside (const Pass *pass, gint64 anchor, gint64 time)
{
  const MqPathRules *rules = pass->rules;
  gint64             earlier = MIN (anchor, time);
  gint64             later = MAX (anchor, time);

  if (!rules->has_window)
    return TRUE;
  if (rules->window.calendar_days > 0)
    return mq_zone_day (rules->scope->zone, later, NULL) - mq_zone_day (rules->scope->zone, earlier, NULL) < rules->window.calendar_days;
  return later - earlier <= rules->window.microseconds;
}

/* The place of the record that the path begins or ends with, or -1. */
static gint
find_anchor (const Pass *pass, const MqMoments *moments)
{
  const MqScope *scope = pass->rules->scope;

  for (guint i = 0; i < moments->n; i++)
    if (moments->moments[i].bits & 1 && moments->moments[i].time >= scope->from && moments->moments[i].time <= scope->to)
      return i;
  return -1;
}

static void
store_path (const Pass *pass, guint person, const MqMoments *moments, gint anchor)
{
  const MqPathRules *rules = pass->rules;
  gint               step = rules->backwards ? -1 : 1;
  guint32           *nodes = pass->out->nodes + (gsize) person * rules->steps;
  guint              n = 0;
  guint32            last = MQ_NO_NODE;

  pass->out->times[person] = moments->moments[anchor].time;
  for (gint i = anchor; i >= 0 && i < (gint) moments->n && n < rules->steps; i += step)
    {
      const MqMoment *moment = &moments->moments[i];
      guint32         node = find_node (pass, moment);

      if (!is_inside (pass, moments->moments[anchor].time, moment->time))
        break;
      if ((i != anchor && !(moment->bits & 2)) || node == MQ_NO_NODE || (node == last && !rules->repeats))
        continue;
      nodes[rules->backwards ? rules->steps - 1 - n : n] = node;
      last = node;
      n++;
    }
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
      if (anchor >= 0)
        store_path (pass, person, &moments, anchor);
    }
  return TRUE;
}

gboolean
mq_path_list_init (MqPathList *self, MqDataset *dataset, const MqPathRules *rules, const MqRun *run, GError **error)
{
  Pass  pass = { .rules = rules, .out = self };
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
