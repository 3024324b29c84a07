/* sankey.h: the nodes and flows of a Sankey chart and where they stand. */

#pragma once

#include "chart/chart-private.h"
#include "chart/groups.h"

G_BEGIN_DECLS

enum
{
  MQ_FLOW_FROM,
  MQ_FLOW_TO,
  MQ_FLOW_VALUE,
  MQ_FLOW_STAGE,
};

typedef struct
{
  guint  stage;
  guint  name;   /* in order of the names */
  gsize  row;    /* of the table: one that names it */
  int    column; /* of that row: from or to */
  double in, out;
  double top, height;
  double in_used, out_used; /* while flows are laid on */
} MqFlowNode;

typedef struct
{
  gsize  row;
  guint  from, to; /* nodes */
  double value;
  double from_top, to_top, height;
} MqFlow;

typedef struct
{
  const MqChart *chart;
  guint          n_stages; /* columns of nodes */
  guint          n_names;
  GArray        *nodes; /* (element-type MqFlowNode) by stage, then name */
  GArray        *flows; /* (element-type MqFlow) by source, then target */
  guint         *rank;  /* (owned) of each name by what flows: 0 the largest */
} MqFlows;

void mq_flows_read (MqFlows *self, const MqChart *chart);
void mq_flows_clear (MqFlows *self);
/* Tops and heights of nodes and flows; all columns on one scale, `gap` between nodes where there is room. */
void mq_flows_place (MqFlows *self, MqRect area, double gap);

static inline MqFlowNode *
mq_flows_node (const MqFlows *self, guint index)
{
  return &g_array_index (self->nodes, MqFlowNode, index);
}

static inline MqFlow *
mq_flows_flow (const MqFlows *self, guint index)
{
  return &g_array_index (self->flows, MqFlow, index);
}

G_END_DECLS
