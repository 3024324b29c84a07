/* run-sort.h: staged blocks to one run: dictionaries merged, record keys made, rows sorted by (record key, time, line),
 * columns handed to the run writer one at a time. */

#pragma once

#include "import/row-reader.h"
#include "project/run-writer.h"

G_BEGIN_DECLS

/* What goes on from run to run of one import. */
typedef struct
{
  MqKind        kind;
  MqDictionary *contacts;       /* (owned) hashes of rows without a key seen so far */
  guint        *contact_counts; /* (owned) by code */
  guint         n_contacts;
  gsize         contact_room;
  gboolean      failed;        /* there was no memory for a contact */
  MqDictionary *statuses;      /* (owned) texts of the column `status` of orders */
  GArray       *status_counts; /* (owned) (element-type gint64) rows, by code */
} MqRunState;

void mq_run_state_init (MqRunState *self, MqKind kind);
void mq_run_state_clear (MqRunState *self);
void mq_run_state_count_status (MqRunState *self, const char *text, gint64 rows);

/* blocks: in the order of the file (element-type MqStagedBlock); their packed columns are freed as they are used.
 * readers: whose dictionaries the blocks' codes belong to. (transfer full); NULL with error. */
MqStagedRun *mq_run_sort (const MqRowPlan *plan, MqRunState *state, GPtrArray *blocks, MqRowReader *const *readers, guint n_readers, MqSpill *spill, const MqRun *run, GError **error);

G_END_DECLS
