/* small-project.h: a project of a few records of each kind, in the folder for temporary files. */

#pragma once

#include <glib/gstdio.h>

#include "../unit/draft-maker.h"
#include "project/project.h"

static char *small_project_path;

static void
small_project_remove (void)
{
  g_autofree char *folder = g_path_get_dirname (small_project_path);

  g_unlink (small_project_path);
  g_rmdir (folder);
  g_free (small_project_path);
}

/* (transfer full) Its path; it goes when the process ends. */
static inline char *
small_project_new (void)
{
  static const struct
  {
    MqKind      kind;
    const char *text;
  } imports[] = {
    { MQ_KIND_CUSTOMERS, "#key city\n1 Rome\n2 Bonn\n3 -\n" },
    { MQ_KIND_ORDERS, "#key time:T order_id product amount:m\n1 1600000000 a cup 500\n1 1610000000 b pot 700\n2 1605000000 c cup 300\n" },
    { MQ_KIND_ORDERS, "#key time:T order_id product amount:m note\n1 1600000000 a cup 600 x\n3 1609000000 d pot 700 y\n" },
    { MQ_KIND_EVENTS, "#key time:T event channel\n1 1599990000 view ad\n2 1604990000 view mail\n3 1604990001 cart -\n" },
  };
  g_autofree char *folder = g_dir_make_tmp ("mq-fuzz-XXXXXX", NULL);
  MqProject       *project;

  small_project_path = g_build_filename (folder, "small.marquetry", NULL);
  project = mq_project_create (small_project_path, "Asia/Shanghai", "CNY", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (imports); i++)
    {
      MqImportDraft  *draft = draft_make (imports[i].kind, imports[i].text);
      MqImportOutcome outcome;

      draft->time = G_GINT64_CONSTANT (1700000000000000);
      if (!mq_project_commit_import (project, draft, FALSE, &outcome, NULL, NULL))
        g_error ("the small project cannot be made");
      mq_import_draft_free (draft);
    }
  mq_project_close (project, NULL);
  atexit (small_project_remove);
  return g_strdup (small_project_path);
}
