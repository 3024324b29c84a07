/* project-memory.c: notes and finds the project opened last. */

#include "config.h"

#include "project-memory.h"

#include "recent-projects.h"

static gpointer
note_project (gpointer data, const MqRun *run, GError **error)
{
  return mq_recent_projects_note (data) ? data : NULL;
}

static gpointer
find_last_project (gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) projects = mq_recent_projects_list ();

  if (projects->len > 0)
    return g_strdup (((MqRecentProject *) projects->pdata[0])->path);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No project");
  return NULL;
}

void
mq_project_memory_note (MqSession *session)
{
  MqRecentProject *project = mq_recent_project_new (mq_session_get_path (session));

  project->opened = g_get_real_time ();
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    project->rows[kind] = mq_session_get_rows (session, kind);
  mq_worker_run (note_project, project, (GDestroyNotify) mq_recent_project_free, NULL, NULL, NULL, NULL);
}

void
mq_project_memory_find (GAsyncReadyCallback callback, gpointer user_data)
{
  mq_worker_run (find_last_project, NULL, NULL, g_free, NULL, callback, user_data);
}

char *
mq_project_memory_find_finish (GAsyncResult *result)
{
  return mq_worker_run_finish (result, NULL);
}
