/* path-list.h: the path of each customer as codes of nodes. */

#pragma once

#include "base/duration.h"
#include "query/timeline.h"
#include "scope.h"

G_BEGIN_DECLS

#define MQ_PATH_STEPS_MAX 10
#define MQ_NO_NODE G_MAXUINT32

typedef struct
{
  const MqTimeline *timeline; /* selector 0: where a path begins or ends; selector 1: what stands in it */
  const MqScope    *scope;
  gboolean          backwards; /* paths that lead to an end */
  gboolean          repeats;   /* the same node again is a step */
  guint             steps;
  gboolean          has_window;
  MqDuration        window;
} MqPathRules;

typedef struct
{
  guint      n_persons;
  guint      steps;
  guint32   *nodes; /* (owned) [person * steps + stage]; MQ_NO_NODE: none. Paths to an end stand at the right */
  gint64    *times; /* (owned) of the record that the path begins or ends with; MQ_TIME_MISSING: no path */
  GPtrArray *names; /* (owned) (element-type utf8) of the nodes */
} MqPathList;

gboolean mq_path_list_init (MqPathList *self, MqDataset *dataset, const MqPathRules *rules, const MqRun *run, GError **error);
void     mq_path_list_clear (MqPathList *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPathList, mq_path_list_clear)

G_END_DECLS
