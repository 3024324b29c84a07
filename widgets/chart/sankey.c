/* sankey.c: flows from column to column as bands. The largest names have colours of their own, a band that of its source;
 * small bands lie over large ones. A flow is picked where it leaves its source: there no two lie over each other. */

#include "config.h"

#include "chart/figures.h"
#include "chart/sankey.h"
#include "chart/series.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NAME_TEXT 0.9
#define WIDEST_NAMES 0.28 /* of the width, on either side of two columns */
#define WIDEST_OUTER 0.18 /* on either side of more */
#define MOST_HUES 4
#define MOST_RIMS 40
#define MOST_MARKS 200
#define MOST_FLOWS 5000

typedef struct
{
  MqChartLayout *layout;
  MqFlows        flows;
  MqRect         plot;
  double         node_width, stage_pitch;
} Sankey;

static MqColor
get_color (const Sankey *self, const MqFlowNode *node)
{
  const MqTheme *theme = &self->layout->theme;
  guint          hues = self->flows.n_names <= theme->n_series ? theme->n_series : MOST_HUES;

  return self->flows.rank[node->name] < hues ? theme->series[self->flows.rank[node->name]] : theme->other;
}

static double
get_left (const Sankey *self, guint stage)
{
  return self->plot.x + stage * self->stage_pitch;
}

static double
get_amount (const MqFlowNode *node)
{
  return MAX (node->in, node->out);
}

static char *
format_amount (const MqChart *chart, double value)
{
  guint column = chart->columns[MQ_FLOW_VALUE];

  if (mq_table_column_type (chart->table, column) == MQ_COLUMN_INTEGER)
    return mq_format_integer ((gint64) CLAMP (value, -9e18, 9e18));
  return mq_figure_axis (chart->table, column, value, 0.01);
}

static char *
get_name (const Sankey *self, const MqFlowNode *node)
{
  return mq_figure_text (self->layout->chart->table, node->row, node->column);
}

/* "Champions 962", the amount dimmed. */
static PangoLayout *
make_name (const Sankey *self, const MqFlowNode *node, double limit)
{
  g_autofree char *name = get_name (self, node);
  g_autofree char *amount = format_amount (self->layout->chart, get_amount (node));
  g_autofree char *words = g_strconcat (name, "\xe2\x80\x82", amount, NULL);
  PangoLayout     *text = mq_text_new (self->layout->kit, words, NAME_TEXT, FALSE);

  mq_text_dim (text, strlen (name), self->layout->theme.dim);
  if (mq_text_width (text) <= limit)
    return text;
  g_object_unref (text);
  text = mq_text_new (self->layout->kit, name, NAME_TEXT, FALSE);
  if (mq_text_width (text) > limit)
    {
      mq_text_wrap (self->layout->kit, text, limit);
      mq_text_limit (text, 1);
    }
  return text;
}

static double
get_limit (const Sankey *self)
{
  return (self->flows.n_stages > 2 ? WIDEST_OUTER : WIDEST_NAMES) * self->layout->width;
}

static double
measure_names (const Sankey *self, guint stage)
{
  double widest = 0;

  for (guint i = 0; i < self->flows.nodes->len; i++)
    if (mq_flows_node (&self->flows, i)->stage == stage)
      {
        g_autoptr (PangoLayout) text = make_name (self, mq_flows_node (&self->flows, i), get_limit (self));

        widest = MAX (widest, mq_text_width (text));
      }
  return widest;
}

static void
fit (Sankey *self, MqRect area)
{
  double em = self->layout->kit->em;
  double left = measure_names (self, 0) + 0.5 * em;
  double right = measure_names (self, self->flows.n_stages - 1) + 0.5 * em;

  self->node_width = round (0.8 * em);
  self->plot = (MqRect){ area.x + left, area.y + 0.5 * em, area.width - left - right, MAX (area.height - em, 1) };
  self->stage_pitch = (self->plot.width - self->node_width) / MAX (self->flows.n_stages - 1, 1);
  mq_flows_place (&self->flows, self->plot, 0.7 * em);
}

static int
compare_sizes (const void *a, const void *b, void *data)
{
  const MqFlows *flows = data;
  guint          one = *(const guint *) a, two = *(const guint *) b;
  double         difference = mq_flows_flow (flows, two)->value - mq_flows_flow (flows, one)->value;

  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return one < two ? -1 : one > two;
}

/* Largest first. (transfer full) */
static guint *
sort_flows (Sankey *self)
{
  guint *order = g_new (guint, MAX (self->flows.flows->len, 1));

  for (guint i = 0; i < self->flows.flows->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) self->flows.flows->len, sizeof *order, compare_sizes, &self->flows);
  return order;
}

static void
draw_flow (const Sankey *self, const MqFlow *flow)
{
  const MqTheme    *theme = &self->layout->theme;
  const MqFlowNode *from = mq_flows_node (&self->flows, flow->from);
  const MqFlowNode *to = mq_flows_node (&self->flows, flow->to);
  MqColor           color = mq_color_mix (get_color (self, from), theme->background, 0.68);
  MqPoint           left = { get_left (self, from->stage) + self->node_width, flow->from_top };
  MqPoint           right = { get_left (self, to->stage), flow->to_top };
  double            edge = MIN (flow->height / 6, theme->hairline / 2);

  /* A hairline of ground around each keeps crossing bands apart, as long as they are few. */
  if (self->flows.flows->len <= MOST_RIMS || theme->high_contrast)
    mq_picture_ribbon (self->layout->picture, (MqPoint){ left.x, left.y - edge }, (MqPoint){ right.x, right.y - edge }, flow->height + 2 * edge, flow->height + 2 * edge, theme->high_contrast ? theme->foreground : theme->background);
  mq_picture_ribbon (self->layout->picture, (MqPoint){ left.x, left.y + edge }, (MqPoint){ right.x, right.y + edge }, MAX (flow->height - 2 * edge, 0.3), MAX (flow->height - 2 * edge, 0.3), color);
}

static void
draw_node (const Sankey *self, const MqFlowNode *node)
{
  MqSeriesLook look = { .color = get_color (self, node) };

  mq_series_fill (self->layout, (MqRect){ get_left (self, node->stage), node->top, self->node_width, MAX (node->height, 0.5) }, MQ_FILL_ROUND, &look, TRUE);
}

/* Names of a column, the largest first where not all find room. */
static void
write_names (const Sankey *self, guint stage)
{
  double             em = self->layout->kit->em;
  gboolean           first = stage == 0, last = stage + 1 == self->flows.n_stages;
  double             limit = first || last ? get_limit (self) : self->stage_pitch - self->node_width - em;
  g_autofree guint  *nodes = g_new (guint, self->flows.nodes->len);
  g_autofree double *centers = g_new (double, self->flows.nodes->len);
  g_autofree double *heights = g_new (double, self->flows.nodes->len);
  guint              n = 0;

  for (guint i = 0; i < self->flows.nodes->len; i++)
    {
      const MqFlowNode *node = mq_flows_node (&self->flows, i);

      if (node->stage != stage || get_amount (node) <= 0)
        continue;
      nodes[n] = i;
      centers[n] = node->top + node->height / 2;
      heights[n++] = 1.45 * em * NAME_TEXT;
    }
  mq_spread (centers, heights, n, self->plot.y - 0.5 * em, self->plot.y + self->plot.height + 0.5 * em);
  for (guint rank = 0; rank < self->flows.n_names && limit > 2 * em; rank++)
    for (guint i = 0; i < n; i++)
      {
        const MqFlowNode *node = mq_flows_node (&self->flows, nodes[i]);
        PangoLayout      *text;
        double            x = get_left (self, stage);

        if (self->flows.rank[node->name] != rank)
          continue;
        text = make_name (self, node, limit);
        x = first ? x - 0.5 * em - mq_text_width (text) : x + self->node_width + 0.5 * em;
        mq_chart_layout_try_text (self->layout, text, x, centers[i] - mq_text_height (text) / 2, self->layout->theme.foreground);
      }
}

static void
take_node_mark (const Sankey *self, guint index, guint row)
{
  const MqFlowNode *node = mq_flows_node (&self->flows, index);
  g_autofree char  *name = get_name (self, node);
  g_autofree char  *isolated = mq_text_isolate (name);
  g_autofree char  *amount = format_amount (self->layout->chart, get_amount (node));
  MqRect            bounds = { get_left (self, node->stage), node->top, self->node_width, MAX (node->height, 1) };

  mq_chart_layout_take_mark_of (self->layout, mq_chart_layout_clip (self->layout, bounds), node->row, (guint) node->column, (MqPlace){ node->stage * 2, row, 0 }, g_strdup_printf (_ ("%s: %s"), isolated, amount));
}

static void
take_flow_mark (const Sankey *self, const MqFlow *flow, guint row)
{
  MqChart *chart = self->layout->chart;
  guint    stage = mq_flows_node (&self->flows, flow->from)->stage;
  double   width = MIN (2.5 * self->layout->kit->em, (self->stage_pitch - self->node_width) * 0.4);
  MqRect   bounds = { get_left (self, stage) + self->node_width, flow->from_top, MAX (width, 1), MAX (flow->height, 1) };

  mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, bounds), flow->row, (MqPlace){ stage * 2 + 1, row, 0 }, chart->kind->label (chart, flow->row));
}

/* Nodes of a column, then the flows that leave it, in reading order; of many flows the largest. */
static void
take_marks (const Sankey *self, const guint *order)
{
  guint                n_flows = self->flows.flows->len;
  guint                n_nodes = self->flows.nodes->len;
  guint                room = n_nodes < MOST_MARKS ? MOST_MARKS - n_nodes : 0;
  g_autofree gboolean *chosen = g_new0 (gboolean, MAX (n_flows, 1));

  for (guint i = 0; i < MIN (n_flows, room); i++)
    chosen[order[i]] = TRUE;
  for (guint stage = 0; stage < self->flows.n_stages; stage++)
    {
      guint row = 0;

      for (guint i = 0; i < n_nodes; i++)
        if (mq_flows_node (&self->flows, i)->stage == stage)
          take_node_mark (self, i, row++);
      row = 0;
      for (guint i = 0; i < n_flows; i++)
        if (chosen[i] && mq_flows_node (&self->flows, mq_flows_flow (&self->flows, i)->from)->stage == stage)
          take_flow_mark (self, mq_flows_flow (&self->flows, i), row++);
    }
}

static void
draw (Sankey *self, MqRect area)
{
  g_autofree guint *order = sort_flows (self);

  fit (self, area);
  for (guint i = 0; i < self->flows.flows->len; i++)
    draw_flow (self, mq_flows_flow (&self->flows, order[i]));
  for (guint i = 0; i < self->flows.nodes->len; i++)
    draw_node (self, mq_flows_node (&self->flows, i));
  for (guint stage = 0; stage < self->flows.n_stages; stage++)
    write_names (self, stage);
  take_marks (self, order);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Sankey sankey = { .layout = layout };

  if (mq_table_n_rows (layout->chart->table) > MOST_FLOWS)
    {
      mq_chart_layout_say (layout, area, _ ("Too many flows to draw. The table has them all."));
      return;
    }
  mq_flows_read (&sankey.flows, layout->chart);
  if (sankey.flows.flows->len == 0)
    mq_chart_layout_say (layout, area, _ ("No data"));
  else
    draw (&sankey, area);
  mq_flows_clear (&sankey.flows);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *from = mq_figure_text (chart->table, row, chart->columns[MQ_FLOW_FROM]);
  g_autofree char *to = mq_figure_text (chart->table, row, chart->columns[MQ_FLOW_TO]);
  g_autofree char *source = mq_text_isolate (from);
  g_autofree char *target = mq_text_isolate (to);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[MQ_FLOW_VALUE]);

  /* Translators: a flow: from a name to a name, how much. */
  return g_strdup_printf (_ ("From %s to %s: %s"), source, target, value);
}

static const MqChartKind sankey_kind = {
  .arrange = arrange,
  .label = label,
  .value = MQ_FLOW_VALUE,
  .moves = MQ_MOVES_COLUMNS,
};

MqChart *
mq_chart_new_sankey (MqTable *table, const char *title, const char *subtitle, const char *from, const char *to, const char *value, const char *stage)
{
  const char *columns[MQ_CHART_COLUMNS] = { from, to, value, stage };

  return mq_chart_new (&sankey_kind, table, title, subtitle, columns);
}
