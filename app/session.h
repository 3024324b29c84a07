/* session.h: MqSession, the project that a window has open: its store, what is known about it, and its dataset. The window
 * and its pages look at it; everything that touches the file goes through its store. Main thread.
 *
 * Signals: "changed": a project was opened, its data changed, or it was closed. "scope-changed": the project bar was set.
 * "segments-changed": one was saved, renamed or deleted, or another project has others.
 * "imported" (gint64 number): an import was committed and is seen. "failed" (title, message): work that no dialog watches
 * went wrong. */

#pragma once

#include <gio/gio.h>

#include "base/table.h"
#include "job.h"
#include "jobs/job-queue.h"
#include "scope-choice.h"

G_BEGIN_DECLS

#define MQ_TYPE_SESSION (mq_session_get_type ())
G_DECLARE_FINAL_TYPE (MqSession, mq_session, MQ, SESSION, GObject)

MqSession *mq_session_new (void);

/* Opens a project in place, for writing if nobody else does. What was open before is closed, also if this fails. */
void     mq_session_open (MqSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data);
void     mq_session_create (MqSession *self, const char *path, const char *zone, const char *currency, GAsyncReadyCallback callback, gpointer user_data);
void     mq_session_close (MqSession *self, GAsyncReadyCallback callback, gpointer user_data);
void     mq_session_reload (MqSession *self, GAsyncReadyCallback callback, gpointer user_data); /* after a commit */
gboolean mq_session_finish (MqSession *self, GAsyncResult *result, GError **error);             /* of all four */

gboolean    mq_session_is_open (MqSession *self);
MqStore    *mq_session_get_store (MqSession *self);
MqDataset  *mq_session_get_dataset (MqSession *self);  /* (transfer none) (nullable) */
const char *mq_session_get_path (MqSession *self);     /* (nullable), as the following */
const char *mq_session_get_name (MqSession *self);     /* the file's name without folder and suffix */
const char *mq_session_get_zone (MqSession *self);     /* IANA name */
const char *mq_session_get_currency (MqSession *self); /* ISO 4217 */
gboolean    mq_session_is_read_only (MqSession *self);
const char *mq_session_get_holder (MqSession *self);     /* (nullable) who else writes: "pid 123 on host" */
gint32      mq_session_get_newest_day (MqSession *self); /* the day that counts as now unless a date is set; or MQ_DAY_MISSING */
gint64      mq_session_get_rows (MqSession *self, MqKind kind);

/* Small named values that the project remembers, as text ("page.rfm": the settings of a page); NULL: none yet. Set: kept
 * unless the project is read-only. */
const char *mq_session_get_value (MqSession *self, const char *name);
void        mq_session_set_value (MqSession *self, const char *name, const char *value);

/* The saved segments: segment customers saved source. Set by who changed them (segment-work.h); a filter by one that is gone ends. */
MqTable *mq_session_get_segments (MqSession *self); /* (transfer none) (nullable) */
void     mq_session_set_segments (MqSession *self, MqTable *segments);

/* The project bar. Setting it emits "scope-changed"; every page that computes puts it among its settings. */
const MqScopeChoice *mq_session_get_scope (MqSession *self); /* (transfer none) */
void                 mq_session_set_scope (MqSession *self, const MqScopeChoice *scope);
void                 mq_session_fill_scope (MqSession *self, GVariantDict *settings);

/* The long work under way, newest last (element-type MqJob). Whoever starts it adds and removes it. */
GListModel *mq_session_get_jobs (MqSession *self); /* (transfer none) */
void        mq_session_add_job (MqSession *self, MqJob *job);
void        mq_session_remove_job (MqSession *self, MqJob *job);
void        mq_session_cancel_jobs (MqSession *self);

/* Emit the signals of these names. */
void     mq_session_tell_import (MqSession *self, gint64 number);
void     mq_session_fail (MqSession *self, const char *title, const char *message);
gboolean mq_session_has_import (MqSession *self, gint64 number); /* that stands: not undone */

G_END_DECLS
