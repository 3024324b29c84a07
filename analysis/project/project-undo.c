/* project-undo.c: takes an import back. Its rows and masks go; if it shares a natural key with another import (it masks,
 * or is masked), the later imports of its kind are matched again, so that what remains equals replaying the others. */

#include "config.h"

#include "project/project-private.h"

#include "project/audit.h"
#include "project/match.h"
#include "project/project-rewrite.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64          number;
  MqImportOutcome outcome;
} Later;

static gboolean
find_import (MqDb *db, gint64 *number, MqKind *kind, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT number, kind FROM import WHERE undone = 0 AND (?1 = 0 OR number = ?1) ORDER BY number DESC LIMIT 1", error);
  gboolean      row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *number);
  if (!mq_db_step (db, statement, &row, error))
    return FALSE;
  if (row && sqlite3_column_int64 (statement, 1) >= 0 && sqlite3_column_int64 (statement, 1) < MQ_N_KINDS)
    {
      *number = sqlite3_column_int64 (statement, 0);
      *kind = sqlite3_column_int (statement, 1);
      sqlite3_reset (statement);
      return TRUE;
    }
  sqlite3_reset (statement);
  if (*number == 0)
    g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_IMPORT, _ ("The project has no import that could be undone."));
  else
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_IMPORT, _ ("The project has no import %d. List the imports to see their numbers."), (int) *number);
  return FALSE;
}

/* (element-type Later) */
static GArray *
list_later (MqDb *db, gint64 number, MqKind kind, GError **error)
{
  g_autoptr (GArray) later = g_array_new (FALSE, TRUE, sizeof (Later));
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT number FROM import WHERE undone = 0 AND kind = ? AND number > ? ORDER BY number", error);
  gboolean      row = TRUE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, kind);
  sqlite3_bind_int64 (statement, 2, number);
  while (row)
    {
      Later entry = { 0 };

      if (!mq_db_step (db, statement, &row, error))
        return NULL;
      entry.number = row ? sqlite3_column_int64 (statement, 0) : 0;
      if (row)
        g_array_append_val (later, entry);
    }
  return g_steal_pointer (&later);
}

/* Without a mask either way no other import shares a natural key with it. */
static gboolean
is_related (const MqLedger *ledger, gint64 number)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);

      for (gsize row = 0; row < part->source.n_rows; row++)
        if (mq_ledger_part_import (part, row) == number && (part->states[row] == MQ_ROW_MASKED || (part->replaces != NULL && part->replaces[row] != 0)))
          return TRUE;
    }
  return FALSE;
}

/* The ledger as it was before `number`, whose rows are gone; with `keep_later` only that. */
static void
take_out (MqLedger *ledger, gint64 number, gboolean keep_later)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      MqLedgerPart *part = mq_ledger_part (ledger, i);

      for (gsize row = 0; row < part->source.n_rows; row++)
        {
          gint64 import = mq_ledger_part_import (part, row);

          if (part->replaces != NULL && (import == number || (import > number && !keep_later)))
            part->replaces[row] = 0;
          part->states[row] = import == number ? MQ_ROW_GONE : MQ_ROW_LIVE;
        }
    }
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);

      for (gsize row = 0; part->replaces != NULL && row < part->source.n_rows; row++)
        if (part->replaces[row] != 0)
          mq_ledger_part (ledger, mq_row_ref_part (part->replaces[row]))->states[(guint32) part->replaces[row]] = MQ_ROW_MASKED;
    }
}

static gboolean
match_later (MqLedger *ledger, GArray *later, const MqRun *run, GError **error)
{
  for (guint i = 0; i < later->len; i++)
    {
      Later *entry = &g_array_index (later, Later, i);

      if (!mq_match_import (ledger, entry->number, &entry->outcome, run, error))
        return FALSE;
    }
  return TRUE;
}

/* Each run with rows of the import is rewritten without them, or goes. (element-type MqReplacement) */
static GPtrArray *
stage_replacements (const MqLedger *ledger, gint64 number, MqSpill *spill, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) replacements = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_replacement_free);

  for (guint i = 0; i < ledger->parts->len; i++)
    if (mq_ledger_part_has (mq_ledger_part (ledger, i), number))
      {
        MqReplacement *replacement = mq_replacement_new ();

        g_ptr_array_add (replacements, replacement);
        g_array_append_val (replacement->parts, i);
        if (mq_ledger_part (ledger, i)->imports != NULL && !mq_replacement_stage (replacement, spill, ledger, run, error))
          return NULL;
      }
  return g_steal_pointer (&replacements);
}

static gint64
count_gone (const MqLedger *ledger)
{
  gint64 n = 0;

  for (guint i = 0; i < ledger->parts->len; i++)
    for (gsize row = 0; row < mq_ledger_part (ledger, i)->source.n_rows; row++)
      n += mq_ledger_part (ledger, i)->states[row] == MQ_ROW_GONE;
  return n;
}

static gboolean
mark_undone (MqDb *db, gint64 number, GError **error)
{
  static const char *const sql[] = { "UPDATE import SET undone = 1 WHERE number = ?", "DELETE FROM reject WHERE import = ?", "DELETE FROM status WHERE import = ?" };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      sqlite3_stmt *statement = mq_db_prepare (db, sql[i], error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, number);
      if (!mq_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
update_outcomes (MqDb *db, GArray *later, GError **error)
{
  for (guint i = 0; i < later->len; i++)
    {
      const Later  *entry = &g_array_index (later, Later, i);
      sqlite3_stmt *statement = mq_db_prepare (db, "UPDATE import SET stored = ?, updated = ?, unchanged = ? WHERE number = ?", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, entry->outcome.stored);
      sqlite3_bind_int64 (statement, 2, entry->outcome.updated);
      sqlite3_bind_int64 (statement, 3, entry->outcome.unchanged);
      sqlite3_bind_int64 (statement, 4, entry->number);
      if (!mq_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mq_project_undo_import (MqProject *self, gint64 number, gint64 *undone, const MqRun *run, GError **error)
{
  MqKind kind;
  g_autoptr (MqLedger) ledger = NULL;
  g_autoptr (GArray) later = NULL;
  g_autoptr (MqSpill) spill = NULL;
  g_autoptr (GPtrArray) replacements = NULL;
  gboolean again;
  gboolean good;

  if (!find_import (self->db, &number, &kind, error))
    return FALSE;
  mq_run_stage (run, N_ ("Matching"), 0);
  ledger = mq_ledger_load (self->db, kind, run, error);
  later = ledger != NULL ? list_later (self->db, number, kind, error) : NULL;
  spill = later != NULL ? mq_spill_new (error) : NULL;
  if (spill == NULL)
    return FALSE;
  again = kind == MQ_KIND_CUSTOMERS || is_related (ledger, number);
  take_out (ledger, number, !again);
  if (again && !match_later (ledger, later, run, error))
    return FALSE;
  replacements = stage_replacements (ledger, number, spill, run, error);
  if (replacements == NULL || !mq_project_begin_write (self, FALSE, error))
    return FALSE;
  good = mq_replacements_write (self->db, ledger, replacements, run, error) && mark_undone (self->db, number, error);
  good = good && (!again || update_outcomes (self->db, later, error)) && mq_audit_add (self->db, "undo", g_get_real_time (), number, count_gone (ledger), error);
  if (!mq_project_end_write (self, good, error))
    return FALSE;
  mq_project_trim (self);
  if (undone != NULL)
    *undone = number;
  return TRUE;
}
