/* crash-project.c: a project of a few thousand orders and events, and what is done with it. */

#include "crash-project.h"

#include <stdlib.h>

#include "../unit/draft-maker.h"
#include "disk-shim.h"
#include "project/erasure.h"
#include "project/project-private.h"

#define N_ROWS 3000
#define PIECE 500
#define CRASH_SUBJECT "0" /* the customer of row 0, whose number stands in a rejected row too */

static char *
get_path (const char *folder)
{
  return g_build_filename (folder, CRASH_NAME, NULL);
}

/* Rows [first, last) of an endless list of orders; `version` is in the amount. */
static MqImportDraft *
make_orders (guint first, guint last, guint version)
{
  g_autoptr (GString) text = g_string_new ("#key time:T order_id product amount:m");
  MqImportDraft *draft;
  MqReject      *reject = g_new0 (MqReject, 1);

  for (guint row = first; row < last; row++)
    g_string_append_printf (text, "\n%u %u o%u p%u %u", row * 7919 % 997, 1600000000 + row * 3571 % 9999991, row, row % 61, row * 31337 % 100003 + version);
  g_string_append_c (text, '\n');
  draft = draft_make (MQ_KIND_ORDERS, text->str);
  reject->line = version + 2;
  reject->reason = g_strdup ("not a number");
  reject->text = g_strdup_printf ("row %u", first);
  g_ptr_array_add (draft->rejects, reject);
  return draft;
}

static gboolean
commit (MqProject *project, MqImportDraft *draft, GError **error)
{
  MqImportOutcome outcome;
  gboolean        good = mq_project_commit_import (project, draft, FALSE, &outcome, NULL, error);

  mq_import_draft_free (draft);
  return good;
}

static MqProject *
open_project (const char *folder, GError **error)
{
  g_autofree char *path = get_path (folder);
  MqProject       *project = mq_project_open (path, MQ_OPEN_WRITE, error);

  /* A small cache: pages reach the disk before the commit, as with a large import. */
  if (project != NULL)
    mq_db_exec (project->db, NULL, "PRAGMA cache_size = 4");
  return project;
}

static gboolean
close_project (MqProject *project, gboolean good, GError **error)
{
  /* Who asked was told so before the project is closed. */
  if (good)
    disk_shim_acknowledge ();
  return mq_project_close (project, good ? error : NULL) && good;
}

static void
assert_closed (MqProject *project)
{
  g_autoptr (GError) error = NULL;

  mq_project_close (project, &error);
  g_assert_no_error (error);
}

static MqProject *
create (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (folder);
  MqProject       *project = mq_project_create (path, "UTC", "CNY", &error);

  g_assert_no_error (error);
  return project;
}

static void
prepare_nothing (const char *folder)
{
}

static void
prepare_empty (const char *folder)
{
  assert_closed (create (folder));
}

static void
prepare_imports (const char *folder)
{
  g_autoptr (GError) error = NULL;
  MqProject *project = create (folder);

  commit (project, make_orders (0, 800, 0), &error);
  g_assert_no_error (error);
  commit (project, make_orders (400, 1200, 1), &error);
  g_assert_no_error (error);
  commit (project, make_orders (600, 1400, 2), &error);
  g_assert_no_error (error);
  assert_closed (project);
}

static void
prepare_copy (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (folder, CRASH_COPY, NULL);
  MqProject       *project;

  prepare_imports (folder);
  project = open_project (folder, &error);
  g_assert_no_error (error);
  mq_project_backup (project, copy, NULL, &error);
  g_assert_no_error (error);
  commit (project, make_orders (1400, 1500, 3), &error);
  g_assert_no_error (error);
  assert_closed (project);
}

static gboolean
work_create (const char *folder, GError **error)
{
  g_autofree char *path = get_path (folder);
  MqProject       *project = mq_project_create (path, "UTC", "CNY", error);

  return project != NULL && close_project (project, TRUE, error);
}

static gboolean
work_import (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return project != NULL && close_project (project, commit (project, make_orders (1000, 1000 + N_ROWS, 3), error), error);
}

static gboolean
work_first (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return project != NULL && close_project (project, commit (project, make_orders (0, N_ROWS, 0), error), error);
}

static gboolean
work_undo (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return project != NULL && close_project (project, mq_project_undo_import (project, 2, NULL, NULL, error), error);
}

static gboolean
work_compact (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);

  return project != NULL && close_project (project, mq_project_compact (project, NULL, error), error);
}

static gboolean
work_back_up (const char *folder, GError **error)
{
  g_autofree char *copy = g_build_filename (folder, CRASH_COPY, NULL);
  MqProject       *project = open_project (folder, error);

  return project != NULL && close_project (project, mq_project_backup (project, copy, NULL, error), error);
}

static gboolean
work_erase (const char *folder, GError **error)
{
  static const char *const keys[] = { CRASH_SUBJECT, NULL };
  MqProject               *project = open_project (folder, error);
  MqErasure                erasure;

  return project != NULL && close_project (project, mq_project_erase (project, keys, FALSE, &erasure, NULL, error), error);
}

static gboolean
work_piecemeal (const char *folder, GError **error)
{
  MqProject *project = open_project (folder, error);
  gboolean   good = project != NULL;

  for (guint row = 0; good && row < N_ROWS; row += PIECE)
    good = commit (project, make_orders (1000 + row, 1000 + row + PIECE, 3), error);
  return project != NULL && close_project (project, good, error);
}

const CrashWork crash_works[] = {
  { "create", work_create, prepare_nothing, FALSE, FALSE },
  { "import", work_import, prepare_imports, FALSE, FALSE },
  { "first", work_first, prepare_empty, FALSE, FALSE },
  { "undo", work_undo, prepare_imports, FALSE, FALSE },
  { "compact", work_compact, prepare_imports, FALSE, FALSE },
  { "backup", work_back_up, prepare_copy, TRUE, FALSE },
  { "erase", work_erase, prepare_imports, FALSE, TRUE },
};
const guint     n_crash_works = G_N_ELEMENTS (crash_works);
const CrashWork crash_work_piecemeal = { "piecemeal", work_piecemeal, prepare_imports, FALSE, FALSE };

static void
describe_table (const MqTable *table, const char *const *columns, GString *text)
{
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    {
      for (guint i = 0; columns[i] != NULL; i++)
        {
          mq_table_write_cell (table, row, mq_table_find_column (table, columns[i]), text);
          g_string_append_c (text, '|');
        }
      g_string_append_c (text, '\n');
    }
}

/* Not the numbers and times of imports: the same import made again is the same. */
static gboolean
describe_project (MqProject *project, GString *text, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_project_load (project, NULL, error);
  g_autoptr (MqTable) imports = dataset != NULL ? mq_project_list_imports (project, error) : NULL;
  g_autoptr (MqTable) rejects = imports != NULL ? mq_project_list_rejects (project, 0, error) : NULL;
  const char *hash = rejects != NULL ? mq_dataset_hash (dataset, NULL, error) : NULL;

  if (hash == NULL)
    return FALSE;
  g_string_append_printf (text, "%s\n", hash);
  describe_table (imports, (const char *const[]){ "file", "kind", "stored", "updated", "unchanged", "rejected", "sha256", NULL }, text);
  describe_table (rejects, (const char *const[]){ "line", "column", "reason", "text", NULL }, text);
  return TRUE;
}

static gboolean
describe_file (const char *folder, const char *name, MqOpenMode mode, GString *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) local = NULL;
  MqProject *project = mq_project_open (path, mode, &local);
  gboolean   good;

  if (g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING))
    {
      g_string_append (text, "missing\n");
      return TRUE;
    }
  if (project == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  good = mq_project_check (project, NULL, error) && describe_project (project, text, error);
  return close_project (project, good, error);
}

char *
crash_describe (const char *folder, gboolean has_copy, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* The writer mends what a crash left; after it a reader sees the same. */
  if (!describe_file (folder, CRASH_NAME, MQ_OPEN_WRITE, text, error))
    return NULL;
  if (has_copy && !describe_file (folder, CRASH_COPY, MQ_OPEN_READ, text, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

guint
crash_setting (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? atoi (text) : otherwise;
}
