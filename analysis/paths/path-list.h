/* path-list.h: the path of each customer as codes of nodes. Records of one instant stand in order of (import, row); what a path
 * begins with stands before those of its instant, what it ends with after them. Where times differ in precision, a date stands after
 * all else of its day (METHODS.md: what is equal at the coarser one is in order), and a window is kept if it can be kept. */

#pragma once

#include "base/duration.h"
#include "query/timeline.h"
#include "scope.h"

G_BEGIN_DECLS

#define MQ_PATH_STEPS_MAX 10
#define MQ_NO_NODE G_MAXUINT32

typedef struct
{
  const MqTimeline *timeline; /* selector 0: what stands in a path; selector 1: where it begins or ends */
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
  guint32   *nodes;  /* (owned) [person * steps + stage]; MQ_NO_NODE: none. Paths to an end stand at the right */
  gint64    *times;  /* (owned) of the record that the path begins or ends with; MQ_TIME_MISSING: no path */
  int        n_tied; /* customers of whom two steps are of one instant */
  GPtrArray *names;  /* (owned) (element-type utf8) of the nodes */
} MqPathList;

gboolean mq_path_list_init (MqPathList *self, MqDataset *dataset, const MqPathRules *rules, const MqRun *run, GError **error);
void     mq_path_list_clear (MqPathList *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPathList, mq_path_list_clear)

G_END_DECLS
