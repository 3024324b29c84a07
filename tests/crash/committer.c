/* committer.c: imports and takes back in a loop until it is killed. Every import has the same rows but for one column
 * that holds the same value in all of them, so that a half import would be seen. Prints a line after each step that is
 * durable. */

#include <stdio.h>

#include "../unit/draft-maker.h"
#include "project/project.h"

#define N_ROWS 3000

static void
import (MqProject *project, guint round)
{
  g_autoptr (GString) text = g_string_new ("#key time:T event channel mark:i");
  g_autoptr (GError) error = NULL;
  MqImportOutcome outcome;
  MqImportDraft  *draft;

  for (guint row = 0; row < N_ROWS; row++)
    g_string_append_printf (text, "\n%u %u view ad %u", row % 97, 1000 + row, round);
  g_string_append_c (text, '\n');
  draft = draft_make (MQ_KIND_EVENTS, text->str);
  if (!mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error))
    g_error ("import: %s", error->message);
  mq_import_draft_free (draft);
  printf ("imported %" G_GINT64_FORMAT "\n", outcome.number);
}

static void
undo (MqProject *project)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  if (!mq_project_undo_import (project, 0, &number, NULL, &error))
    g_error ("undo: %s", error->message);
  printf ("undone %" G_GINT64_FORMAT "\n", number);
}

/* What an earlier committer left when it was killed. */
static void
clean_up (const char *path)
{
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_open (path, MQ_OPEN_WRITE, &error);
  g_autoptr (MqTable) imports = project != NULL ? mq_project_list_imports (project, &error) : NULL;

  if (imports == NULL)
    g_error ("open: %s", error->message);
  for (gsize i = 0; i < mq_table_n_rows (imports); i++)
    undo (project);
  if (!mq_project_close (project, &error))
    g_error ("close: %s", error->message);
}

int
main (int argc, char **argv)
{
  setvbuf (stdout, NULL, _IOLBF, 0);
  clean_up (argv[1]);
  for (guint round = 0;; round++)
    {
      g_autoptr (GError) error = NULL;
      MqProject *project = mq_project_open (argv[1], MQ_OPEN_WRITE, &error);

      if (project == NULL)
        g_error ("open: %s", error->message);
      import (project, 2 * round);
      import (project, 2 * round + 1);
      undo (project);
      undo (project);
      if (!mq_project_close (project, &error))
        g_error ("close: %s", error->message);
      printf ("closed 0\n");
    }
}
