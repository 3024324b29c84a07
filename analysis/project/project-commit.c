/* project-commit.c: an import draft becomes part of the project: matched first, while nothing is written, then copied in
 * one short transaction. */

#include "config.h"

#include "project/project-private.h"

#include "project/audit.h"
#include "project/match.h"
#include "project/run-store.h"

#include <glib/gi18n-lib.h>

static gboolean
find_number (MqDb *db, gint64 *number, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT coalesce(max(number), 0) + 1 FROM import", error);
  gboolean      row;

  if (statement == NULL || !mq_db_step (db, statement, &row, error))
    return FALSE;
  *number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
insert_import (MqDb *db, const MqImportDraft *draft, const MqImportOutcome *outcome, GError **error)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "INSERT INTO import (number, kind, file_name, file_size, sha256, time, mapping, amount_of, refund_is_net, rows_read, stored, updated, unchanged, rejected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, outcome->number);
  sqlite3_bind_int (statement, 2, draft->kind);
  sqlite3_bind_text (statement, 3, draft->file_name != NULL ? draft->file_name : "", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, draft->file_size);
  sqlite3_bind_text (statement, 5, draft->sha256 != NULL ? draft->sha256 : "", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, draft->time);
  sqlite3_bind_text (statement, 7, draft->mapping != NULL ? draft->mapping : "{}", -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 8, draft->amount_of);
  sqlite3_bind_int (statement, 9, draft->refund_is_net);
  sqlite3_bind_int64 (statement, 10, outcome->read);
  sqlite3_bind_int64 (statement, 11, outcome->stored);
  sqlite3_bind_int64 (statement, 12, outcome->updated);
  sqlite3_bind_int64 (statement, 13, outcome->unchanged);
  sqlite3_bind_int64 (statement, 14, outcome->rejected);
  return mq_db_run (db, statement, error);
}

static gboolean
insert_rejects (MqDb *db, gint64 number, GPtrArray *rejects, const MqRun *run, GError **error)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const MqReject *reject = g_ptr_array_index (rejects, i);
      sqlite3_stmt   *statement = mq_db_prepare (db, "INSERT INTO reject (import, line, column, reason, text) VALUES (?, ?, ?, ?, ?)", error);

      if (statement == NULL || (i % 4096 == 0 && !mq_run_check (run, error)))
        return FALSE;
      sqlite3_bind_int64 (statement, 1, number);
      sqlite3_bind_int64 (statement, 2, reject->line);
      sqlite3_bind_int64 (statement, 3, reject->column);
      sqlite3_bind_text (statement, 4, reject->reason, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 5, reject->text != NULL ? reject->text : "", -1, SQLITE_STATIC);
      if (!mq_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_statuses (MqDb *db, gint64 number, GPtrArray *statuses, GError **error)
{
  for (guint i = 0; i < statuses->len; i++)
    {
      const MqStatusCount *count = g_ptr_array_index (statuses, i);
      sqlite3_stmt        *statement = mq_db_prepare (db, "INSERT INTO status (text, import, status, given) VALUES (?, ?, ?, ?)", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_text (statement, 1, count->text, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, number);
      sqlite3_bind_int (statement, 3, count->status);
      sqlite3_bind_int (statement, 4, count->given);
      if (!mq_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
measure_draft (const MqImportDraft *draft)
{
  gint64 bytes = 0;

  for (guint i = 0; i < draft->runs->len; i++)
    {
      const MqStagedRun *staged = g_ptr_array_index (draft->runs, i);

      for (guint j = 0; j < staged->columns->len; j++)
        {
          const MqStagedColumn *column = g_ptr_array_index (staged->columns, j);

          for (guint k = 0; k < column->chunks->len; k++)
            bytes += g_array_index (column->chunks, MqStagedChunk, k).piece.length;
        }
    }
  return bytes;
}

static gboolean
write_masks (MqDb *db, const MqLedger *ledger, guint part, GError **error)
{
  g_autoptr (GPtrArray) masks = mq_ledger_masks (ledger, part);

  for (guint i = 0; i < masks->len; i++)
    if (!mq_mask_write (db, g_ptr_array_index (masks, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_draft (MqProject *self, MqImportDraft *draft, MqLedger *ledger, const MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  guint first = ledger->parts->len - draft->runs->len;

  if (!insert_import (self->db, draft, outcome, error))
    return FALSE;
  mq_run_stage (run, N_ ("Storing"), measure_draft (draft));
  for (guint i = 0; i < draft->runs->len; i++)
    {
      MqLedgerPart *part = mq_ledger_part (ledger, first + i);

      if (!mq_run_store (self->db, g_ptr_array_index (draft->runs, i), outcome->number, outcome->number, outcome->number, run, &part->run, error) || !write_masks (self->db, ledger, first + i, error))
        return FALSE;
    }
  return insert_rejects (self->db, outcome->number, draft->rejects, run, error) && insert_statuses (self->db, outcome->number, draft->statuses, error) && mq_run_check (run, error);
}

static MqLedger *
match_draft (MqProject *self, MqImportDraft *draft, gint64 number, MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  g_autoptr (MqLedger) ledger = mq_ledger_load (self->db, draft->kind, run, error);

  if (ledger == NULL)
    return NULL;
  mq_run_stage (run, N_ ("Matching"), 0);
  for (guint i = 0; i < draft->runs->len; i++)
    mq_ledger_add_staged (ledger, g_ptr_array_index (draft->runs, i), number);
  return mq_match_import (ledger, number, outcome, run, error) ? g_steal_pointer (&ledger) : NULL;
}

gboolean
mq_project_commit_import (MqProject *self, MqImportDraft *draft, gboolean dry_run, MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  g_autoptr (MqLedger) ledger = NULL;
  gint64 number;

  *outcome = (MqImportOutcome){ 0 };
  if (!find_number (self->db, &number, error))
    return FALSE;
  ledger = match_draft (self, draft, number, outcome, run, error);
  if (ledger == NULL)
    return FALSE;
  outcome->read = draft->rows_read;
  outcome->rejected = draft->rejects->len;
  if (dry_run)
    return TRUE;
  outcome->number = number;
  if (!mq_project_begin_write (self, number == 1, error))
    return FALSE;
  return mq_project_end_write (self, write_draft (self, draft, ledger, outcome, run, error) && mq_audit_add (self->db, "import", draft->time, number, outcome->read - outcome->rejected, error), error);
}
