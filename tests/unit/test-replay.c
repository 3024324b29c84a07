/* test-replay.c: imports, undo and compaction in random order, against a slow model that replays the imports that are
 * left, row by row. */

#include "draft-maker.h"
#include "project/ledger.h"
#include "project/project.h"

#include <glib/gstdio.h>

#define MAX_FIELDS 8

static const char *const event_heads[] = { "#key", "time:T", "event", "channel", "page" };
static const char *const order_heads[] = { "#key", "time:T", "order_id", "product", "status", "amount:m" };

typedef struct
{
  gint64   import, line;
  char    *cells[MAX_FIELDS]; /* as seen; NULL is missing */
  gboolean masked;
} Row;

typedef struct
{
  MqKind             kind;
  const char *const *heads;
  guint              n_heads;
  GPtrArray         *texts; /* (element-type utf8) by import number - 1; NULL once undone */
} Model;

static void
row_free (Row *row)
{
  for (guint i = 0; i < MAX_FIELDS; i++)
    g_free (row->cells[i]);
  g_free (row);
}

static gboolean
is_key (const Model *model, const Row *row, guint field)
{
  if (model->kind == MQ_KIND_EVENTS)
    return field < 4;
  return row->cells[2] != NULL ? field == 2 || field == 3 : field == 0 || field == 1 || field == 3;
}

static gboolean
has_equal_key (const Model *model, const Row *a, const Row *b)
{
  if (model->kind == MQ_KIND_ORDERS && (a->cells[2] == NULL) != (b->cells[2] == NULL))
    return FALSE;
  for (guint i = 0; i < model->n_heads; i++)
    if (is_key (model, a, i) && g_strcmp0 (a->cells[i], b->cells[i]) != 0)
      return FALSE;
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = *(const Row *const *) a, *y = *(const Row *const *) b;
  gint64     left = g_ascii_strtoll (x->cells[1], NULL, 10), right = g_ascii_strtoll (y->cells[1], NULL, 10);

  if (left != right)
    return left < right ? -1 : 1;
  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

/* Rows of one import's text; `has` says which fields it has. Sorted by (time, line). */
static GPtrArray *
parse (const Model *model, const char *text, gint64 import, gboolean *has)
{
  GPtrArray *rows = g_ptr_array_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) heads = g_strsplit (lines[0], " ", -1);

  memset (has, 0, MAX_FIELDS * sizeof *has);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], " ", -1);
      Row *row = g_new0 (Row, 1);

      row->import = import;
      row->line = i + 1;
      for (guint j = 0; heads[j] != NULL; j++)
        for (guint k = 0; k < model->n_heads; k++)
          if (strcmp (heads[j], model->heads[k]) == 0)
            {
              has[k] = TRUE;
              row->cells[k] = strcmp (cells[j], "-") != 0 ? g_strdup (cells[j]) : NULL;
            }
      g_ptr_array_add (rows, row);
    }
  /* Orders of which none names anybody say nothing about keys. */
  for (guint i = 0; model->kind == MQ_KIND_ORDERS && has[0]; i++)
    if (i == rows->len || ((Row *) rows->pdata[i])->cells[0] != NULL)
      {
        has[0] = i < rows->len;
        break;
      }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

static Row *
find_partner (const Model *model, GPtrArray *all, const Row *row, const gboolean *has, gboolean wholly)
{
  for (guint i = 0; i < all->len; i++)
    {
      Row     *old = all->pdata[i];
      gboolean equal = !old->masked && old->import < row->import && has_equal_key (model, old, row);

      for (guint j = 0; equal && wholly && j < model->n_heads; j++)
        equal = !has[j] || g_strcmp0 (old->cells[j], row->cells[j]) == 0;
      if (equal)
        return old;
    }
  return NULL;
}

static void
replay_import (const Model *model, GPtrArray *all, guint index)
{
  gboolean has[MAX_FIELDS];
  g_autoptr (GPtrArray) rows = parse (model, model->texts->pdata[index], index + 1, has);
  g_autofree gboolean *paired = g_new0 (gboolean, rows->len + 1);

  for (guint pass = 2; pass-- > 0;)
    for (guint i = 0; i < rows->len; i++)
      {
        Row *row = rows->pdata[i];
        Row *old = paired[i] ? NULL : find_partner (model, all, row, has, pass);

        if (old == NULL)
          continue;
        paired[i] = old->masked = TRUE;
        for (guint j = 0; j < model->n_heads; j++)
          if (!has[j] || (j == 0 && row->cells[0] == NULL))
            row->cells[j] = g_strdup (old->cells[j]);
      }
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (all, rows->pdata[i]);
  g_ptr_array_sort (all, compare_rows);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
describe_model (const Model *model)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < model->texts->len; i++)
    if (model->texts->pdata[i] != NULL)
      replay_import (model, all, i);
  for (guint i = 0; i < all->len; i++)
    {
      const Row *row = all->pdata[i];
      GString   *line = g_string_new (NULL);

      for (guint j = 0; j < model->n_heads; j++)
        g_string_append_printf (line, "%s|", row->cells[j] != NULL ? row->cells[j] : "-");
      g_string_append_printf (line, "%d|%d", (int) row->import, (int) row->line);
      if (row->masked)
        g_string_free (line, TRUE);
      else
        g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return join (lines);
}

/* A column of all parts as text, cells that the run lacks, and keys of rows that name nobody, followed back through
 * what the row replaced. */
static char *
get_cell (MqLedger *ledger, gint64 ***values, MqStrings ***strings, guint column, const char *head, MqRowRef ref)
{
  while (ref != 0)
    {
      guint  part = mq_row_ref_part (ref);
      gint64 value;

      if (values[column][part] == NULL)
        {
          const MqLedgerPart *at = mq_ledger_part (ledger, part);

          ref = at->replaces != NULL ? at->replaces[(guint32) ref] : 0;
          continue;
        }
      value = values[column][part][(guint32) ref];
      if (value == MQ_VALUE_MISSING)
        return g_strdup ("-");
      if (strings[column][part] == NULL)
        return g_strdup_printf ("%" G_GINT64_FORMAT, g_str_has_suffix (head, ":T") ? value / 1000000 : value);
      if (column == 0 && *mq_strings_get (strings[column][part], value) == '\0')
        {
          const MqLedgerPart *at = mq_ledger_part (ledger, part);

          ref = at->replaces != NULL ? at->replaces[(guint32) ref] : 0;
          continue;
        }
      if (column == 0)
        return g_strdup (mq_strings_get (strings[column][part], value) + 1);
      return g_strdup (mq_strings_get (strings[column][part], value));
    }
  return g_strdup ("-");
}

static char *
describe_project (const char *path, const Model *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDb) db = mq_db_open (path, FALSE, FALSE, &error);
  g_autoptr (MqLedger) ledger = db != NULL ? mq_ledger_load (db, model->kind, NULL, &error) : NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gint64    **values[MAX_FIELDS + 1];
  MqStrings **strings[MAX_FIELDS + 1];
  guint       n = model->n_heads + 1; /* and the line */

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      const char      *head = i < model->n_heads ? model->heads[i] : "#line";
      g_autofree char *name = g_strndup (head, strcspn (head, ":"));

      values[i] = g_new0 (gint64 *, ledger->parts->len + 1);
      strings[i] = g_new0 (MqStrings *, ledger->parts->len + 1);
      for (guint j = 0; j < ledger->parts->len; j++)
        {
          const MqRunSource *source = &mq_ledger_part (ledger, j)->source;

          if (!mq_run_source_has (source, name))
            continue;
          values[i][j] = mq_run_source_values (source, name, NULL, &error);
          g_assert_no_error (error);
          if (mq_run_info_find (source->info, name)->type == MQ_VALUE_TEXT)
            strings[i][j] = mq_run_source_strings (source, name, &error);
          g_assert_no_error (error);
        }
    }
  for (guint j = 0; j < ledger->parts->len; j++)
    for (gsize row = 0; row < mq_ledger_part (ledger, j)->source.n_rows; row++)
      {
        GString *line = g_string_new (NULL);

        for (guint i = 0; i < model->n_heads; i++)
          {
            g_autofree char *cell = get_cell (ledger, values, strings, i, model->heads[i], mq_row_ref (j, row));

            g_string_append_printf (line, "%s|", cell);
          }
        g_string_append_printf (line, "%d|%d", (int) mq_ledger_part_import (mq_ledger_part (ledger, j), row), (int) values[model->n_heads][j][row]);
        if (mq_ledger_part (ledger, j)->states[row] == MQ_ROW_LIVE)
          g_ptr_array_add (lines, g_string_free (line, FALSE));
        else
          g_string_free (line, TRUE);
      }
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < ledger->parts->len; j++)
        {
          g_free (values[i][j]);
          g_clear_pointer (&strings[i][j], mq_strings_unref);
        }
      g_free (values[i]);
      g_free (strings[i]);
    }
  return join (lines);
}

/* Few different values, so that keys meet often; now and then a column is left out. */
static char *
make_text (const Model *model)
{
  GString *text = g_string_new (NULL);
  gboolean has[MAX_FIELDS];
  guint    n = g_test_rand_int_range (1, 30);
  gboolean nobody = g_test_rand_int_range (0, 4) == 0;

  for (guint i = 0; i < model->n_heads; i++)
    {
      has[i] = i < 3 || g_test_rand_int_range (0, 4) > 0;
      if (has[i])
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", model->heads[i]);
    }
  for (guint row = 0; row < n; row++)
    for (guint i = 0; i < model->n_heads; i++)
      if (has[i])
        {
          g_string_append_c (text, i > 0 ? ' ' : '\n');
          if ((i == 0 && nobody) || (i != 1 && g_test_rand_int_range (0, 4) == 0))
            g_string_append_c (text, '-');
          else
            g_string_append_printf (text, "%d", g_test_rand_int_range (1, 4));
        }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static void
do_import (MqProject *project, Model *model)
{
  char           *text = make_text (model);
  MqImportDraft  *draft = draft_make (model->kind, text);
  MqImportOutcome outcome;
  g_autoptr (GError) error = NULL;

  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (model->texts, text);
  g_assert_cmpint (outcome.number, ==, model->texts->len);
  g_assert_cmpint (outcome.read, ==, outcome.stored + outcome.updated + outcome.unchanged + outcome.rejected);
  mq_import_draft_free (draft);
}

static void
do_undo (MqProject *project, Model *model)
{
  guint  index = g_test_rand_int_range (0, model->texts->len);
  gint64 undone;
  g_autoptr (GError) error = NULL;
  gboolean there = model->texts->pdata[index] != NULL;

  g_assert_cmpint (mq_project_undo_import (project, index + 1, &undone, NULL, &error), ==, there);
  if (there)
    g_assert_cmpint (undone, ==, index + 1);
  else
    g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_IMPORT);
  g_clear_pointer ((char **) &model->texts->pdata[index], g_free);
}

static void
do_compact (MqProject *project)
{
  g_autoptr (GError) error = NULL;

  mq_project_compact (project, NULL, &error);
  g_assert_no_error (error);
}

static void
replay (const char *path, MqKind kind, const char *const *heads, guint n_heads)
{
  Model model = { kind, heads, n_heads, g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_create (path, "UTC", "CNY", &error);

  g_assert_no_error (error);
  for (guint step = 0; step < 12; step++)
    {
      int              what = g_test_rand_int_range (0, 8);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      if (model.texts->len == 0 || what < 4)
        do_import (project, &model);
      else if (what < 6)
        do_undo (project, &model);
      else
        do_compact (project);
      expected = describe_model (&model);
      found = describe_project (path, &model);
      g_assert_cmpstr (found, ==, expected);
    }
  mq_project_check (project, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_close (project, &error));
  g_unlink (path);
  g_ptr_array_unref (model.texts);
}

static void
test_replay (gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-replay-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.marquetry", NULL);

  for (guint round = 0; round < (g_test_slow () ? 200 : 15); round++)
    if (GPOINTER_TO_INT (data) == MQ_KIND_EVENTS)
      replay (path, MQ_KIND_EVENTS, event_heads, G_N_ELEMENTS (event_heads));
    else
      replay (path, MQ_KIND_ORDERS, order_heads, G_N_ELEMENTS (order_heads));
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/replay/events", GINT_TO_POINTER (MQ_KIND_EVENTS), test_replay);
  g_test_add_data_func ("/replay/orders", GINT_TO_POINTER (MQ_KIND_ORDERS), test_replay);
  return g_test_run ();
}
