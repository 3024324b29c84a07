/* events.c: the analysis events: settings in, tables, provenance and words out. */

#include "config.h"

#include "events/events.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "events/events-private.h"

#define VERSION 1
#define MAX_WINDOW 366

static const MqSetting settings_list[] = {
  { "event", "s", "*", NULL, N_ ("What is counted: an event’s name, several separated by commas, * for all, or order") },
  { "measure", "s", "events", "events|customers|per-customer|sum", N_ ("The value of the course: events, unique customers, events per customer, or the sum of a property") },
  { "property", "s", NULL, NULL, N_ ("The property that is summed up, as in amount") },
  { "unit", "s", "day", "day|week|month", N_ ("Length of a unit of the course; weeks are ISO weeks") },
  { "moving", "s", "7", NULL, N_ ("Units of the moving average; 1 for none") },
  { "by", "s", NULL, NULL, N_ ("Split by a field of the event, or of the customer") },
  { NULL, NULL, NULL, NULL, NULL }
};

typedef struct
{
  MqDataset     *dataset; /* (borrowed) */
  const MqRun   *run;
  MqResult      *result; /* (borrowed) */
  MqScope        scope, previous_scope;
  MqTimeline    *timeline; /* (owned) */
  MqFieldValues *by;       /* (owned) (nullable) */
  MqValueGroups  groups;
  guint8        *wanted; /* (owned) (nullable) */
  MqKinds        kinds;  /* that are counted */
  MqCohortScale  scale, previous_scale;
  MqEventGrid    grid, previous;
  MqEventCount   count;
  MqEventsView   view;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  mq_scope_clear (&self->previous_scope);
  g_clear_pointer (&self->timeline, mq_timeline_free);
  g_clear_pointer (&self->by, mq_field_values_free);
  mq_value_groups_clear (&self->groups);
  g_clear_pointer (&self->wanted, g_free);
  mq_cohort_scale_clear (&self->scale);
  mq_cohort_scale_clear (&self->previous_scale);
  mq_event_grid_clear (&self->grid);
  mq_event_grid_clear (&self->previous);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

/* Events of nobody are in no timeline. Only plain names can be asked of them. */
static gboolean
add_anonymous (Analysis *self, const MqSelector *selector, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqFacts  *facts = mq_dataset_facts (self->dataset, MQ_KIND_EVENTS, self->run, error);
  const MqColumn *time, *names;

  if (facts == NULL)
    return FALSE;
  if (facts->n_rows == 0 || facts->offsets[0] == 0)
    return TRUE;
  time = mq_dataset_column (self->dataset, MQ_KIND_EVENTS, "time", self->run, error);
  names = time != NULL ? mq_dataset_column (self->dataset, MQ_KIND_EVENTS, "event", self->run, error) : NULL;
  if (names == NULL)
    return FALSE;
  self->wanted = g_new0 (guint8, mq_strings_length (names->strings));
  for (guint i = 0; i < selector->terms->len; i++)
    {
      const MqTerm *term = selector->terms->pdata[i];
      gint          code = term->name != NULL ? mq_strings_find_sorted (names->strings, term->name) : -1;

      if (term->subject != MQ_SUBJECT_EVENT || term->conditions->len > 0)
        continue;
      if (term->name == NULL)
        memset (self->wanted, 1, mq_strings_length (names->strings));
      else if (code >= 0)
        self->wanted[code] = 1;
    }
  self->count.n_anonymous = facts->offsets[0];
  self->count.time = time->values;
  self->count.names = names->codes;
  self->count.wanted = self->wanted;
  return TRUE;
}

static MqKinds
find_kinds (const MqSelector *selector)
{
  MqKinds kinds = 0;

  for (guint i = 0; i < selector->terms->len; i++)
    switch (((const MqTerm *) selector->terms->pdata[i])->subject)
      {
      case MQ_SUBJECT_ORDER:
        kinds |= MQ_KINDS (ORDERS);
        break;
      case MQ_SUBJECT_MESSAGE:
        kinds |= MQ_KINDS (MESSAGES);
        break;
      case MQ_SUBJECT_EVENT:
      default:
        kinds |= MQ_KINDS (EVENTS);
        break;
      }
  return kinds;
}

static gboolean
load_timeline (Analysis *self, const char *event, GError **error)
{
  const MqTimelineOptions options = { .as_of = self->scope.as_of, .shop = self->scope.shop };
  g_autoptr (MqSelector) selector = mq_selector_parse (event, "event", error);

  if (selector == NULL)
    return FALSE;
  self->kinds = find_kinds (selector);
  self->timeline = mq_timeline_new (self->dataset, (MqSelector *[1]){ selector }, 1, &options, self->run, error);
  self->count.timeline = self->timeline;
  return self->timeline != NULL && add_anonymous (self, selector, error);
}

/* The property of the events, or the amount of the orders. */
static gboolean
load_property (Analysis *self, const char *property, const char *event, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char      *bare = g_str_has_prefix (property, "event.") ? property + strlen ("event.") : property;
  g_autofree char *name = NULL;
  const MqColumn  *column;

  self->view.sum_type = MQ_COLUMN_MONEY;
  if (*property == '\0')
    return self->view.measure != MQ_EVENT_MEASURE_SUM || mq_setting_fail (error, _ ("The setting “%s” sum needs the setting “property”: name a property with numbers, as in amount."), "measure");
  self->view.property = property;
  if (g_str_has_prefix (event, "order") && (g_str_equal (property, "amount") || g_str_equal (property, "order.amount")))
    {
      self->count.amounts = TRUE;
      return TRUE;
    }
  name = mq_field_column_name (self->dataset, MQ_KIND_EVENTS, bare);
  column = name != NULL ? mq_dataset_column (self->dataset, MQ_KIND_EVENTS, name, self->run, &local) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL || (column->type != MQ_VALUE_MONEY && column->type != MQ_VALUE_DECIMAL && column->type != MQ_VALUE_INTEGER))
    return mq_setting_fail (error, _ ("The setting “%s” names no property of the events that holds numbers."), "property");
  self->count.property = column;
  if (column->type == MQ_VALUE_INTEGER)
    self->view.sum_type = MQ_COLUMN_INTEGER;
  if (column->type == MQ_VALUE_DECIMAL)
    {
      self->view.sum_type = MQ_COLUMN_DOUBLE;
      self->view.sum_factor = pow (10, -column->scale);
    }
  return TRUE;
}

/* The period compared with: that of compare-as-of, or the one just before; FALSE with error. None for `all`. */
static gboolean
find_previous (Analysis *self, GVariant *settings, GError **error)
{
  const MqScope *scope = &self->scope;
  MqScope       *previous = &self->previous_scope;

  if (*mq_settings_text (settings, "compare-as-of") != '\0')
    {
      if (!mq_scope_init_compare (previous, scope, settings, error))
        return FALSE;
    }
  else if (scope->from_day != MQ_DAY_MISSING)
    {
      *previous = *scope;
      previous->period = g_strdup (scope->period);
      previous->from_day = scope->from_day - (scope->to_day - scope->from_day + 1);
      previous->to_day = scope->from_day - 1;
      previous->from = mq_zone_day_start (scope->zone, previous->from_day);
      previous->to = scope->from - 1;
    }
  if (scope->from_day != MQ_DAY_MISSING)
    self->view.previous_scope = previous;
  return TRUE;
}

/* The first moment of what is counted. */
static gboolean
find_first (Analysis *self, gint64 *first, GError **error)
{
  static const MqKind kinds[] = { MQ_KIND_EVENTS, MQ_KIND_ORDERS, MQ_KIND_MESSAGES };

  *first = self->scope.to;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) local = NULL;
      gint64 begin, end;

      if (!(self->kinds & 1u << kinds[i]))
        continue;
      if (mq_dataset_range (self->dataset, kinds[i], &begin, &end, self->run, &local))
        *first = MIN (*first, begin);
      else if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

/* Before the first record there is nothing to compare with. */
static gboolean
drop_empty_previous (Analysis *self, GError **error)
{
  gint64 first;

  if (!find_first (self, &first, error))
    return FALSE;
  if (self->view.previous_scope != NULL && self->previous_scope.to < first)
    self->view.previous_scope = NULL;
  return TRUE;
}

static gboolean
count_period (Analysis *self, const MqScope *scope, MqCohortScale *scale, MqEventGrid *grid, GError **error)
{
  MqEventCount count = self->count;

  count.from = scope->from;
  count.to = scope->to;
  if (count.from == MQ_TIME_MISSING && !find_first (self, &count.from, error))
    return FALSE;
  if (!mq_cohort_scale_init (scale, scope->zone, self->view.unit, FALSE, count.from, count.to, count.to, error))
    return FALSE;
  count.scale = scale;
  return mq_event_grid_init (grid, &count, self->run, error);
}

/* A first count says which values are the largest. */
static gboolean
split (Analysis *self, const char *by, GError **error)
{
  g_auto (MqCohortScale) scale = { 0 };
  g_auto (MqEventGrid) sizes = { 0 };

  self->count.n_groups = 1;
  if (*by == '\0')
    return TRUE;
  self->by = mq_field_values_new (self->dataset, by, "by", self->run, error);
  if (self->by == NULL)
    return FALSE;
  self->count.by = self->by;
  if (!count_period (self, &self->scope, &scale, &sizes, error))
    return FALSE;
  mq_value_groups_init (&self->groups, self->by, sizes.sizes, MQ_GROUPS_MOST);
  self->count.groups = &self->groups;
  self->count.n_groups = self->groups.n + 1; /* the values of the period before that it does not have */
  return TRUE;
}

static gboolean
read_settings (Analysis *self, GVariant *settings, GError **error)
{
  static const char *const measures[] = { "events", "customers", "per-customer", "sum" };
  const char              *moving = mq_settings_text (settings, "moving");
  char                    *end;
  guint64                  window = g_ascii_isdigit (*moving) ? g_ascii_strtoull (moving, &end, 10) : 0;

  mq_unit_from_name (mq_settings_text (settings, "unit"), &self->view.unit);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    if (g_str_equal (measures[i], mq_settings_text (settings, "measure")))
      self->view.measure = i;
  self->view.event = mq_settings_text (settings, "event");
  self->view.window = window;
  return (window >= 1 && window <= MAX_WINDOW && *end == '\0') || mq_setting_fail (error, _ ("The setting “%s” is a whole number from 1 to 366."), "moving");
}

static gboolean
add_tables (Analysis *self)
{
  MqTable *totals;

  self->view.currency = mq_dataset_currency (self->dataset);
  self->view.scope = &self->scope;
  self->view.scale = &self->scale;
  self->view.grid = &self->grid;
  if (self->view.previous_scope != NULL)
    {
      self->view.previous_scale = &self->previous_scale;
      self->view.previous = &self->previous;
    }
  self->grid.n_groups = MAX (self->groups.n, 1);
  if (self->by != NULL)
    self->view.groups = self->groups.names;
  totals = mq_events_totals_table (&self->view);
  mq_result_take_table (self->result, mq_events_trend_table (&self->view));
  mq_result_take_table (self->result, totals);
  mq_result_take_table (self->result, mq_events_course_table (&self->view));
  mq_result_take_sentence (self->result, mq_events_sentence (&self->view, totals));
  mq_result_take_rules (self->result, mq_events_rules (&self->view));
  return TRUE;
}

static MqResult *
run_events (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("events", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_events_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result };

  if (complete == NULL || !read_settings (&self, complete, error))
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !find_previous (&self, complete, error) ||
      !load_timeline (&self, self.view.event, error) ||
      !drop_empty_previous (&self, error) ||
      !load_property (&self, mq_settings_text (complete, "property"), self.view.event, error) ||
      !split (&self, mq_settings_text (complete, "by"), error) ||
      !count_period (&self, &self.scope, &self.scale, &self.grid, error) ||
      (self.view.previous_scope != NULL && !count_period (&self, &self.previous_scope, &self.previous_scale, &self.previous, error)))
    return NULL;
  mq_result_provenance (result)->rows_read = mq_timeline_n_rows (self.timeline);
  return add_tables (&self) ? g_steal_pointer (&result) : NULL;
}

const MqAnalysis mq_events_analysis = {
  .id = "events",
  .title = N_ ("Events"),
  .version = VERSION,
  .settings = settings_list,
  .run = run_events,
  .purpose = N_ ("How often something happens, and to how many"),
  .needs = MQ_KINDS (EVENTS) | MQ_KINDS (ORDERS) | MQ_KINDS (MESSAGES),
};
