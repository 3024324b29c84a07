/* project-state.h: MqProjectState, what a window knows about its open project: made by the store thread, taken over by the
 * main thread, which never asks SQLite. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

typedef struct
{
  char       *path;     /* (owned) */
  char       *zone;     /* (owned) IANA name */
  char       *currency; /* (owned) ISO 4217 */
  char       *holder;   /* (owned) (nullable) who else writes */
  GHashTable *values;   /* (owned) (element-type utf8 utf8) small named values: "scope", "page.rfm" */
  gboolean    read_only;
  MqDataset  *dataset;          /* (owned) */
  gint32      newest_day;       /* the default as-of day; MQ_DAY_MISSING without orders, events and messages */
  gint64      rows[MQ_N_KINDS]; /* stored by the imports that stand */
  MqTable    *segments;         /* (owned) mq_project_list_segments() */
  GArray     *imports;          /* (owned) (element-type gint64) numbers of those imports */
} MqProjectState;

/* What every function for the store thread asks first: the project may have been closed since it was queued. FALSE with
 * G_IO_ERROR_CANCELLED. */
gboolean mq_project_require (MqProject *project /* (nullable) */, GError **error);

/* Blocks; an MqStoreFunc. `data` (nullable): the MqDataset that was there before. (transfer full) */
gpointer mq_project_state_read (MqProject *project, gpointer data, const MqRun *run, GError **error);
void     mq_project_state_free (MqProjectState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqProjectState, mq_project_state_free)

G_END_DECLS
