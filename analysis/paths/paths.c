/* paths.c: the analysis paths: settings in, tables, provenance and words out. */

#include "config.h"

#include "paths/paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/format.h"
#include "funnel/funnel-words.h"
#include "paths/path-tables.h"
#include "query/step-title.h"

#define VERSION 1
#define MOST_NODES 50
#define MOST_PATHS 100
#define SEPARATOR " · "

static const MqSetting settings_list[] = {
  { "start", "s", NULL, NULL, N_ ("Paths that begin with this: an event’s name, order, or any step as of a funnel. Default: any event") },
  { "end", "s", NULL, NULL, N_ ("Paths that lead to this, instead of start") },
  { "events", "s", "*", NULL, N_ ("What stands in a path: names separated by commas, * for all events") },
  { "steps", "s", "5", NULL, N_ ("Most steps of a path, 2 to 10") },
  { "window", "s", "7d", NULL, N_ ("How far from its start (or end) a path goes, as in 30min, 7d or 1cd, or none") },
  { "repeats", "s", "merge", "merge|keep", N_ ("Whether the same step several times in a row is one") },
  { "nodes", "s", "8", NULL, N_ ("Nodes shown at each step, 1 to 50; the rest is “Other”") },
  { "customers", "s", NULL, NULL, N_ ("Add the table of the customers of a node: its step from 0 and its name, as in 1:view") },
  { NULL, NULL, NULL, NULL, NULL }
};

typedef struct
{
  MqDataset   *dataset; /* (borrowed) */
  const MqRun *run;
  MqResult    *result;   /* (borrowed) */
  GVariant    *settings; /* (borrowed) */
  MqScope      scope;
  MqTimeline  *timeline; /* (owned) */
  const char  *anchor;   /* (borrowed) */
  MqPathRules  rules;
  MqPathList   list;
  MqPathNodes  nodes;
  guint        most;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  g_clear_pointer (&self->timeline, mq_timeline_free);
  mq_path_list_clear (&self->list);
  mq_path_nodes_clear (&self->nodes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

static gboolean
read_number (GVariant *settings, const char *name, guint least, guint most, guint *number, GError **error)
{
  const char *text = mq_settings_text (settings, name);
  char       *end;
  guint64     value = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &end, 10) : 0;

  *number = value;
  return (value >= least && value <= most && *end == '\0') || mq_setting_fail (error, _ ("The setting “%s” is a whole number from %u to %u."), name, least, most);
}

static gboolean
read_settings (Analysis *self, GVariant *settings, GError **error)
{
  const char *start = mq_settings_text (settings, "start");
  const char *end = mq_settings_text (settings, "end");
  const char *window = mq_settings_text (settings, "window");

  if (*start != '\0' && *end != '\0')
    return mq_setting_fail (error, _ ("The settings “start” and “%s” exclude each other: paths go from something, or to something."), "end");
  self->rules.backwards = *end != '\0';
  self->anchor = self->rules.backwards ? end : *start != '\0' ? start
                                                              : "*";
  self->rules.repeats = g_str_equal (mq_settings_text (settings, "repeats"), "keep");
  self->rules.has_window = !g_str_equal (window, "none");
  if (self->rules.has_window && !mq_duration_parse (window, &self->rules.window))
    return mq_setting_fail (error, _ ("The setting “%s” is no length of time. Write it as in 30min, 7d or 1cd, or none."), "window");
  return read_number (settings, "steps", 2, MQ_PATH_STEPS_MAX, &self->rules.steps, error) &&
         read_number (settings, "nodes", 1, MOST_NODES, &self->most, error);
}

static gboolean
load_timeline (Analysis *self, GError **error)
{
  const MqTimelineOptions options = { .as_of = self->scope.as_of, .shop = self->scope.shop };
  g_autoptr (MqSelector) anchor = mq_selector_parse (self->anchor, self->rules.backwards ? "end" : "start", error);
  g_autoptr (MqSelector) events = anchor != NULL ? mq_selector_parse (mq_settings_text (self->settings, "events"), "events", error) : NULL;

  if (events == NULL)
    return FALSE;
  self->timeline = mq_timeline_new (self->dataset, (MqSelector *[2]){ events, anchor }, 2, &options, self->run, error);
  self->rules.timeline = self->timeline;
  self->rules.scope = &self->scope;
  return self->timeline != NULL;
}

static gboolean
add_customers (Analysis *self, GError **error)
{
  const char *text = mq_settings_text (self->settings, "customers");
  char       *end;
  guint64     stage;
  MqTable    *table = NULL;

  if (*text == '\0')
    return TRUE;
  if (!mq_dataset_load_labels (self->dataset, self->run, error))
    return FALSE;
  stage = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &end, 10) : G_MAXUINT;
  if (stage < self->list.steps && *end == ':')
    table = mq_path_customers_table (&self->nodes, &self->list, stage, end + 1, mq_dataset_labels (self->dataset), mq_zone_name (self->scope.zone));
  if (table == NULL)
    return mq_setting_fail (error, _ ("The setting “%s” names no node. Write its step from 0 and its name, as in 1:view."), "customers");
  mq_result_take_table (self->result, table);
  return TRUE;
}

static char *
write_sentence (const MqTable *paths)
{
  g_autofree char *share = NULL;

  if (mq_table_n_rows (paths) == 0)
    return g_strdup (_ ("No path begins in the period."));
  share = mq_format_cell (paths, 0, mq_table_find_column (paths, "share"));
  /* Translators: a path as in view → cart; its share of all paths */
  return g_strdup_printf (_ ("The commonest path: %s (%s)."), mq_table_text (paths, 0, 0), share);
}

static char *
write_rules (const Analysis *self)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *days = mq_format_days (self->scope.from_day, self->scope.to_day);
  g_autofree char *window = mq_span_format (self->rules.window.calendar_days > 0 ? (MqSpan){ self->rules.window.calendar_days, TRUE } : (MqSpan){ self->rules.window.microseconds, FALSE });
  g_autofree char *anchor = mq_step_title (self->anchor);
  g_autofree char *steps = g_strdup_printf (ngettext ("at most %u step", "at most %u steps", self->rules.steps), self->rules.steps);

  if (g_str_equal (self->anchor, "*"))
    g_string_append (rules, _ ("from the first event"));
  else
    g_string_append_printf (rules, self->rules.backwards ? _ ("to the first “%s”") : _ ("from the first “%s”"), anchor);
  g_string_append_printf (rules, SEPARATOR "%s" SEPARATOR, steps);
  if (self->rules.has_window)
    g_string_append_printf (rules, _ ("within %s"), window);
  else
    g_string_append (rules, _ ("without a window"));
  g_string_append_printf (rules, SEPARATOR "%s" SEPARATOR "%s" SEPARATOR "%s" SEPARATOR "%s", self->rules.repeats ? _ ("repeats kept") : _ ("repeats merged"), _ ("one path a customer"), days, mq_zone_name (self->scope.zone));
  return g_string_free (g_steal_pointer (&rules), FALSE);
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  MqTable *paths = mq_paths_table (&self->list, self->nodes.n_paths, MOST_PATHS);

  mq_result_take_table (self->result, mq_path_links_table (&self->nodes, &self->list));
  mq_result_take_table (self->result, mq_path_nodes_table (&self->nodes, &self->list, self->rules.backwards));
  mq_result_take_table (self->result, paths);
  mq_result_take_table (self->result, mq_paths_totals_table (&self->list, self->nodes.n_paths));
  if (self->list.n_tied > 0)
    {
      g_autofree char *tied = mq_format_integer (self->list.n_tied);

      mq_result_warn (self->result, _ ("Customers who took two steps at the same time, in the order of the file: %s."), tied);
    }
  mq_result_take_sentence (self->result, write_sentence (paths));
  mq_result_take_rules (self->result, write_rules (self));
  return add_customers (self, error);
}

static MqResult *
run_paths (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("paths", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_paths_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result, .settings = complete };

  if (complete == NULL || !read_settings (&self, complete, error))
    return NULL;
  mq_result_set_settings (result, complete);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !load_timeline (&self, error) ||
      !mq_path_list_init (&self.list, dataset, &self.rules, run, error))
    return NULL;
  mq_path_nodes_init (&self.nodes, &self.list, self.most);
  mq_result_provenance (result)->rows_read = mq_timeline_n_rows (self.timeline);
  mq_result_leave_out (result, "no customer", mq_timeline_n_anonymous (self.timeline));
  return add_tables (&self, error) ? g_steal_pointer (&result) : NULL;
}

const MqAnalysis mq_paths_analysis = {
  .id = "paths",
  .title = N_ ("Paths"),
  .version = VERSION,
  .settings = settings_list,
  .run = run_paths,
  .purpose = N_ ("Which ways customers take, and where they end"),
  .needs = MQ_KINDS (EVENTS),
  .gains = MQ_KINDS (ORDERS) | MQ_KINDS (MESSAGES),
};
