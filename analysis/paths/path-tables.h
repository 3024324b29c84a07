/* path-tables.h: nodes, flows and paths of a list of paths. */

#pragma once

#include "base/result.h"
#include "paths/path-list.h"

G_BEGIN_DECLS

/* The nodes shown by themselves at each stage. */
typedef struct
{
  guint    n_shown; /* including "Other" */
  guint32 *shown;   /* (owned) [stage * n_names + node]: index of the node at the stage, n_shown - 1 for "Other" */
  guint    n_names;
  guint   *n_at;   /* (owned) by stage: nodes shown, without "Other" */
  guint32 *nodes;  /* (owned) [stage * n_shown + index]: the node */
  gint64  *counts; /* (owned) [stage * n_shown + index]: customers */
  gint64   n_paths;
} MqPathNodes;

void mq_path_nodes_init (MqPathNodes *self, const MqPathList *list, guint most);
void mq_path_nodes_clear (MqPathNodes *self);
/* The name of an index at a stage; "Other". */
const char *mq_path_nodes_name (const MqPathNodes *self, const MqPathList *list, guint stage, guint index);
guint       mq_path_nodes_find (const MqPathNodes *self, guint stage, guint32 node);

MqTable *mq_path_nodes_table (const MqPathNodes *self, const MqPathList *list, gboolean backwards);
MqTable *mq_path_links_table (const MqPathNodes *self, const MqPathList *list);
/* The commonest `most` paths. */
MqTable *mq_paths_table (const MqPathList *list, gint64 n_paths, guint most);
MqTable *mq_paths_totals_table (const MqPathList *list, gint64 n_paths);
/* Whose path has the node of that name at the stage. NULL: there is no such node. */
MqTable *mq_path_customers_table (const MqPathNodes *self, const MqPathList *list, guint stage, const char *name, const MqStrings *labels, const char *zone);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPathNodes, mq_path_nodes_clear)

G_END_DECLS
