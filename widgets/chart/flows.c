/* flows.c: nodes and flows of a Sankey chart from a table, and their places. */

#include "config.h"

#include "chart/figures.h"
#include "chart/sankey.h"

#include <stdlib.h>

#define MOST_STAGES 20

static const char *
get_name (const MqFlows *self, gsize row, guint index)
{
  const char *name = mq_table_text (self->chart->table, row, self->chart->columns[index]);

  return name != NULL ? name : "";
}

static guint
get_stage (const MqFlows *self, gsize row)
{
  int column = self->chart->columns[MQ_FLOW_STAGE];

  return column < 0 ? 0 : (guint) CLAMP (mq_table_integer (self->chart->table, row, column), 0, MOST_STAGES - 1);
}

/* Names in the order of the sources, then the targets that are none. */
static GHashTable *
read_names (MqFlows *self)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  gsize       n = mq_table_n_rows (self->chart->table);

  for (guint index = MQ_FLOW_FROM; index <= MQ_FLOW_TO; index++)
    for (gsize i = 0; i < n; i++)
      if (!g_hash_table_contains (names, get_name (self, i, index)))
        g_hash_table_insert (names, (gpointer) get_name (self, i, index), GUINT_TO_POINTER (self->n_names++));
  return names;
}

static int
compare_nodes (const void *a, const void *b)
{
  const MqFlowNode *one = a;
  const MqFlowNode *two = b;

  if (one->stage != two->stage)
    return one->stage < two->stage ? -1 : 1;
  return one->name < two->name ? -1 : one->name > two->name;
}

static int
compare_flows (const void *a, const void *b)
{
  const MqFlow *one = a;
  const MqFlow *two = b;

  if (one->from != two->from)
    return one->from < two->from ? -1 : 1;
  if (one->to != two->to)
    return one->to < two->to ? -1 : 1;
  return one->row < two->row ? -1 : one->row > two->row;
}

static void
add_node (MqFlows *self, GHashTable *names, GHashTable *seen, gsize row, guint index)
{
  guint      name = GPOINTER_TO_UINT (g_hash_table_lookup (names, get_name (self, row, index)));
  guint      stage = get_stage (self, row) + (index == MQ_FLOW_TO);
  MqFlowNode node = { .stage = stage, .name = name, .row = row, .column = self->chart->columns[index] };

  self->n_stages = MAX (self->n_stages, stage + 1);
  if (g_hash_table_add (seen, GUINT_TO_POINTER (stage * self->n_names + name + 1)))
    g_array_append_val (self->nodes, node);
}

static guint
find_node (const MqFlows *self, guint stage, guint name)
{
  const MqFlowNode key = { .stage = stage, .name = name };
  MqFlowNode      *found = bsearch (&key, self->nodes->data, self->nodes->len, sizeof key, compare_nodes);

  return (guint) (found - &g_array_index (self->nodes, MqFlowNode, 0));
}

static void
read_flows (MqFlows *self, GHashTable *names)
{
  for (gsize i = 0; i < mq_table_n_rows (self->chart->table); i++)
    {
      guint  from = GPOINTER_TO_UINT (g_hash_table_lookup (names, get_name (self, i, MQ_FLOW_FROM)));
      guint  to = GPOINTER_TO_UINT (g_hash_table_lookup (names, get_name (self, i, MQ_FLOW_TO)));
      MqFlow flow = { .row = i, .from = find_node (self, get_stage (self, i), from), .to = find_node (self, get_stage (self, i) + 1, to) };

      if (!mq_figure_number (self->chart->table, i, self->chart->columns[MQ_FLOW_VALUE], &flow.value) || flow.value <= 0)
        continue;
      mq_flows_node (self, flow.from)->out += flow.value;
      mq_flows_node (self, flow.to)->in += flow.value;
      g_array_append_val (self->flows, flow);
    }
  g_array_sort (self->flows, compare_flows);
}

static void
read_ranks (MqFlows *self)
{
  g_autofree double *sums = g_new0 (double, self->n_names);

  self->rank = g_new0 (guint, self->n_names);
  for (guint i = 0; i < self->nodes->len; i++)
    sums[mq_flows_node (self, i)->name] += MAX (mq_flows_node (self, i)->in, mq_flows_node (self, i)->out);
  for (guint i = 0; i < self->n_names; i++)
    for (guint k = 0; k < self->n_names; k++)
      self->rank[i] += sums[k] > sums[i] || (sums[k] == sums[i] && k < i);
}

void
mq_flows_read (MqFlows *self, const MqChart *chart)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  *self = (MqFlows){ .chart = chart };
  self->nodes = g_array_new (FALSE, FALSE, sizeof (MqFlowNode));
  self->flows = g_array_new (FALSE, FALSE, sizeof (MqFlow));
  names = read_names (self);
  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      add_node (self, names, seen, i, MQ_FLOW_FROM);
      add_node (self, names, seen, i, MQ_FLOW_TO);
    }
  g_array_sort (self->nodes, compare_nodes);
  read_flows (self, names);
  read_ranks (self);
}

void
mq_flows_clear (MqFlows *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->flows);
  g_free (self->rank);
}

void
mq_flows_place (MqFlows *self, MqRect area, double gap)
{
  guint  counts[MOST_STAGES + 1] = { 0 };
  double sums[MOST_STAGES + 1] = { 0 }, tops[MOST_STAGES + 1];
  guint  most = 1;
  double scale = G_MAXDOUBLE;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const MqFlowNode *node = mq_flows_node (self, i);

      counts[node->stage]++;
      sums[node->stage] += MAX (node->in, node->out);
      most = MAX (most, counts[node->stage]);
    }
  gap = MIN (gap, area.height * 0.35 / most);
  for (guint s = 0; s < self->n_stages; s++)
    if (sums[s] > 0)
      scale = MIN (scale, (area.height - (counts[s] - 1) * gap) / sums[s]);
  for (guint s = 0; s < self->n_stages; s++)
    tops[s] = area.y;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      MqFlowNode *node = mq_flows_node (self, i);

      node->top = tops[node->stage];
      node->height = MAX (node->in, node->out) * scale;
      tops[node->stage] += node->height + gap;
      node->in_used = node->out_used = 0;
    }
  /* Sorted by source and target, so that neither side's flows cross at their node. */
  for (guint i = 0; i < self->flows->len; i++)
    {
      MqFlow     *flow = mq_flows_flow (self, i);
      MqFlowNode *from = mq_flows_node (self, flow->from);
      MqFlowNode *to = mq_flows_node (self, flow->to);

      flow->height = flow->value * scale;
      flow->from_top = from->top + from->out_used;
      flow->to_top = to->top + to->in_used;
      from->out_used += flow->height;
      to->in_used += flow->height;
    }
}
