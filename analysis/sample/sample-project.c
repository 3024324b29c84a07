/* sample-project.c: the sample's files into a new project. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "import/importer.h"
#include "project/project.h"
#include "sample/sample-project.h"

static const struct
{
  const char *file;
  MqKind      kind;
} parts[] = {
  { "customers.csv", MQ_KIND_CUSTOMERS },
  { "orders.csv", MQ_KIND_ORDERS },
  { "events.csv", MQ_KIND_EVENTS },
  { "feedback.csv", MQ_KIND_FEEDBACK },
};

static gboolean
import_part (MqProject *project, const char *folder, gsize part, const MqRun *run, GError **error)
{
  g_autofree char *path = g_build_filename (folder, parts[part].file, NULL);
  MqImportOptions  options = {
     .kind = parts[part].kind,
     .project_zone = mq_project_zone (project),
     .currency = mq_project_currency (project),
     .now = g_get_real_time (),
  };
  g_autoptr (MqImportDraft) draft = mq_importer_read (path, &options, NULL, run, error);
  MqImportOutcome outcome;

  return draft != NULL && mq_project_commit_import (project, draft, FALSE, &outcome, run, error);
}

/* Who opens the sample has its hash at once. Without it the sample is whole all the same. */
static gboolean
keep_hash (MqProject *project, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (mq_project_keep_hash (project, run, &local))
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_debug ("The data hash of the sample was not kept: %s", local->message);
  return TRUE;
}

static gboolean
fill_project (MqProject *project, const MqSample *sample, const char *folder, const MqRun *run, GError **error)
{
  if (!mq_sample_write (sample, folder, run, error))
    return FALSE;
  for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
    if (!import_part (project, folder, part, run, error))
      return FALSE;
  return keep_hash (project, run, error);
}

static void
remove_folder (const char *folder)
{
  for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
    {
      g_autofree char *path = g_build_filename (folder, parts[part].file, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

gboolean
mq_sample_make_project (const MqSample *sample, const char *path, const MqRun *run, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("marquetry-sample-XXXXXX", error);
  MqProject       *project;
  gboolean         done;

  if (folder == NULL)
    return FALSE;
  project = mq_project_create (path, sample->zone, sample->currency, error);
  done = project != NULL && fill_project (project, sample, folder, run, error);
  if (project != NULL)
    {
      if (!mq_project_close (project, done ? error : NULL))
        done = FALSE;
      if (!done)
        g_unlink (path);
    }
  remove_folder (folder);
  return done;
}
