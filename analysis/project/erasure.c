/* erasure.c: all of a person out of the file. Rows first, in memory: a row goes if the keys it shows are the person's,
 * and with it every version it replaced, which would come back else. What another person's row had from a version that
 * goes, because its own import lacked the column, goes too. Then one transaction, and the file is written anew. */

#include "config.h"

#include "project/erasure.h"

#include "project/audit.h"
#include "project/erasure-labels.h"
#include "project/erasure-subject.h"
#include "project/project-rewrite.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define UNFINISHED "erasing" /* set until the file is written anew */
#define MAX_STEPS 65536      /* a damaged file may hold a ring of versions */

typedef struct
{
  MqLedger  *ledger;       /* (owned) */
  GPtrArray *replacements; /* (owned) (element-type MqReplacement) */
} KindErasure;

typedef struct
{
  MqProject   *project; /* (borrowed) */
  MqSubject   *subject; /* (owned) */
  MqErasure   *erasure; /* (borrowed) */
  MqSpill     *spill;   /* (owned) */
  GHashTable  *texts;   /* (owned) (element-type guint64): keys of labels of what they wrote */
  KindErasure  kinds[MQ_N_KINDS];
  const MqRun *run;
} Eraser;

/* What the rows of a part show of keys: 0 nobody, 1 somebody else, 2 the person. */
typedef enum
{
  SHOWS_NOBODY,
  SHOWS_OTHERS,
  SHOWS_SUBJECT
} Shown;

static void
clear_eraser (Eraser *self)
{
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      g_clear_pointer (&self->kinds[kind].replacements, g_ptr_array_unref);
      g_clear_pointer (&self->kinds[kind].ledger, mq_ledger_free);
    }
  g_clear_pointer (&self->subject, mq_subject_free);
  g_clear_pointer (&self->spill, mq_spill_free);
  g_clear_pointer (&self->texts, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Eraser, clear_eraser)

static guint8 *
look_at_part (const Eraser *self, const MqLedgerPart *part, GError **error)
{
  g_autofree gint64 *codes = mq_run_source_values (&part->source, MQ_COLUMN_KEY, self->run, error);
  g_autoptr (MqStrings) strings = codes != NULL ? mq_run_source_strings (&part->source, MQ_COLUMN_KEY, error) : NULL;
  g_autofree guint8 *by_code = NULL;
  guint8            *rows;

  if (strings == NULL)
    return NULL;
  by_code = g_new0 (guint8, (gsize) mq_strings_length (strings) + 1);
  for (guint i = 0; i < mq_strings_length (strings); i++)
    if (mq_strings_get_length (strings, i) > 0)
      by_code[i] = mq_subject_has (self->subject, mq_strings_get (strings, i), mq_strings_get_length (strings, i)) ? SHOWS_SUBJECT : SHOWS_OTHERS;
  rows = g_new0 (guint8, part->source.n_rows + 1);
  for (gsize row = 0; row < part->source.n_rows; row++)
    rows[row] = codes[row] != MQ_VALUE_MISSING ? by_code[codes[row]] : SHOWS_NOBODY;
  return rows;
}

static gboolean
shows_subject (const MqLedger *ledger, guint8 *const *shown, MqRowRef ref)
{
  for (guint steps = 0; ref != 0 && steps < MAX_STEPS; steps++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, mq_row_ref_part (ref));
      guint8              own = shown[mq_row_ref_part (ref)][(guint32) ref];

      if (own != SHOWS_NOBODY)
        return own == SHOWS_SUBJECT;
      ref = part->replaces != NULL ? part->replaces[(guint32) ref] : 0;
    }
  return FALSE;
}

static void
take_out_versions (const MqLedger *ledger, MqRowRef ref)
{
  for (guint steps = 0; ref != 0 && steps < MAX_STEPS; steps++)
    {
      MqLedgerPart *part = mq_ledger_part (ledger, mq_row_ref_part (ref));

      part->states[(guint32) ref] = MQ_ROW_GONE;
      ref = part->replaces != NULL ? part->replaces[(guint32) ref] : 0;
    }
}

/* A row that replaces one that goes replaces nothing then. */
static void
drop_pairs (const MqLedger *ledger)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      MqLedgerPart *part = mq_ledger_part (ledger, i);

      for (gsize row = 0; part->replaces != NULL && row < part->source.n_rows; row++)
        {
          MqRowRef old = part->replaces[row];

          if (old != 0 && (part->states[row] == MQ_ROW_GONE || mq_ledger_part (ledger, mq_row_ref_part (old))->states[(guint32) old] == MQ_ROW_GONE))
            part->replaces[row] = 0;
        }
    }
}

/* A key may be nobody's and stand in a rejected row only. */
static gboolean
check_known (const Eraser *self, GError **error)
{
  if (self->subject->unknown == 0 || self->erasure->rejects > 0)
    return TRUE;
  g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON, _ ("No customer has the key in place %u of the list, and no rejected row names it. Look for the customer in the list of customers."), self->subject->unknown);
  return FALSE;
}

static gboolean
mark_rows (Eraser *self, const MqLedger *ledger, GError **error)
{
  guint    n = ledger->parts->len;
  guint8 **shown = g_new0 (guint8 *, n + 1);
  gboolean good = TRUE;

  for (guint i = 0; good && i < n; i++)
    good = (shown[i] = look_at_part (self, mq_ledger_part (ledger, i), error)) != NULL;
  for (guint i = 0; good && i < n; i++)
    for (gsize row = 0; row < mq_ledger_part (ledger, i)->source.n_rows; row++)
      if (shows_subject (ledger, shown, mq_row_ref (i, row)))
        take_out_versions (ledger, mq_row_ref (i, row));
  if (good)
    drop_pairs (ledger);
  for (guint i = 0; i < n; i++)
    g_free (shown[i]);
  g_free (shown);
  return good;
}

static gsize
count_gone (const MqLedgerPart *part)
{
  gsize n = 0;

  for (gsize row = 0; row < part->source.n_rows; row++)
    n += part->states[row] == MQ_ROW_GONE;
  return n;
}

/* How the keys of rows that go were written, for the search in rejected rows. */
static gboolean
add_words_of (Eraser *self, const MqLedgerPart *part, const char *name, GError **error)
{
  g_autofree gint64 *codes = mq_run_source_values (&part->source, name, self->run, error);
  g_autoptr (MqStrings) strings = codes != NULL ? mq_run_source_strings (&part->source, name, error) : NULL;

  for (gsize row = 0; strings != NULL && row < part->source.n_rows; row++)
    if (part->states[row] == MQ_ROW_GONE && codes[row] != MQ_VALUE_MISSING)
      mq_subject_add_word (self->subject, mq_strings_get (strings, codes[row]));
  return strings != NULL;
}

static gboolean
add_words (Eraser *self, const MqLedgerPart *part, GError **error)
{
  const GPtrArray *columns = part->source.info->columns;

  for (guint i = 0; i < columns->len; i++)
    {
      const MqRunColumn *column = columns->pdata[i];

      if (g_str_has_prefix (column->name, MQ_COLUMN_RAW) && column->type == MQ_VALUE_TEXT && !add_words_of (self, part, column->name, error))
        return FALSE;
    }
  return TRUE;
}

/* Each run with rows that go is written anew without them, or goes. */
static gboolean
stage_kind (Eraser *self, MqKind kind, gboolean dry_run, GError **error)
{
  KindErasure *one = &self->kinds[kind];

  one->ledger = mq_ledger_load (self->project->db, kind, self->run, error);
  if (one->ledger == NULL || !mark_rows (self, one->ledger, error))
    return FALSE;
  one->replacements = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_replacement_free);
  for (guint i = 0; i < one->ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (one->ledger, i);
      gsize               gone = count_gone (part);
      MqReplacement      *replacement;

      self->erasure->records[kind] += gone;
      if (gone > 0 && (!add_words (self, part, error) || (kind == MQ_KIND_FEEDBACK && !mq_erased_texts_add (self->texts, part, self->run, error))))
        return FALSE;
      if (gone == 0 || dry_run)
        continue;
      replacement = mq_replacement_new ();
      g_ptr_array_add (one->replacements, replacement);
      g_array_append_val (replacement->parts, i);
      if (!mq_replacement_stage (replacement, self->spill, one->ledger, self->run, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows of "SELECT id, text": the ids whose text names the person. */
static GArray *
find_texts (const Eraser *self, const char *sql, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = mq_db_prepare (self->project->db, sql, error);
  gboolean      row = statement != NULL;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      gint64 id;

      if (!mq_db_step (self->project->db, statement, &row, error))
        return NULL;
      id = row ? sqlite3_column_int64 (statement, 0) : 0;
      if (row && mq_subject_is_in (self->subject, mq_db_text (statement, 1)))
        g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
blank_rejects (const Eraser *self, gboolean dry_run, GError **error)
{
  g_autoptr (GArray) ids = find_texts (self, "SELECT rowid, text FROM reject", error);

  for (guint i = 0; ids != NULL && !dry_run && i < ids->len; i++)
    {
      sqlite3_stmt *statement = mq_db_prepare (self->project->db, "UPDATE reject SET text = '' WHERE rowid = ?", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, g_array_index (ids, gint64, i));
      if (!mq_db_run (self->project->db, statement, error))
        return FALSE;
    }
  self->erasure->rejects = ids != NULL ? ids->len : 0;
  return ids != NULL;
}

/* Searches, selections and the like that were remembered. */
static gboolean
drop_values (const Eraser *self, gboolean dry_run, GError **error)
{
  g_autoptr (GHashTable) values = mq_project_list_values (self->project, error);
  GHashTableIter iter;
  gpointer       name, value;

  if (values == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      sqlite3_stmt *statement;

      if (mq_value_is_of_labels (name))
        {
          if (!mq_labels_drop_erased (self->project->db, self->texts, name, value, dry_run, &self->erasure->values, error))
            return FALSE;
          continue;
        }
      if (mq_value_is_of_stock (name))
        {
          if (!mq_stock_drop_erased (self->project->db, self->texts, self->subject, name, value, dry_run, &self->erasure->values, error))
            return FALSE;
          continue;
        }
      if (!mq_subject_is_in (self->subject, value))
        continue;
      self->erasure->values++;
      statement = dry_run ? NULL : mq_db_prepare (self->project->db, "DELETE FROM project WHERE name = 'value:' || ?", error);
      if (dry_run)
        continue;
      if (statement == NULL)
        return FALSE;
      sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
      if (!mq_db_run (self->project->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_kinds (Eraser *self, GError **error)
{
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (self->kinds[kind].replacements->len > 0 && !mq_replacements_write (self->project->db, self->kinds[kind].ledger, self->kinds[kind].replacements, self->run, error))
      return FALSE;
  return TRUE;
}

static gint64
count_records (const MqErasure *erasure)
{
  gint64 n = 0;

  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    n += erasure->records[kind];
  return n;
}

static gboolean
write_all (Eraser *self, GError **error)
{
  MqProject *project = self->project;

  if (!mq_project_begin_write (project, FALSE, error))
    return FALSE;
  return mq_project_end_write (project, write_kinds (self, error) && blank_rejects (self, FALSE, error) && mq_subject_leave_segments (self->subject, project, project->db, FALSE, &self->erasure->segments, error) && drop_values (self, FALSE, error) && mq_db_exec (project->db, error, "INSERT OR REPLACE INTO project (name, value) VALUES ('" UNFINISHED "', '1')") && mq_audit_add (project->db, "erase", g_get_real_time (), 0, count_records (self->erasure), error), error);
}

/* What was deleted stays in free pages, in the gaps of others and in the log until the file is written anew. */
static gboolean
rewrite_file (MqProject *self, GError **error)
{
  sqlite3 *handle = mq_db_handle (self->db);
  int      code;
  gboolean good;

  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM attaches the new file */
  good = mq_db_exec (self->db, error, "PRAGMA temp_store = FILE; VACUUM");
  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 0);
  mq_db_exec (self->db, NULL, "PRAGMA temp_store = MEMORY");
  if (!good)
    return FALSE;
  code = sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("The customer’s records are gone, but the file still holds traces of them, for it is being read. They go when the project is opened next."));
  return FALSE;
}

static gboolean
is_unfinished (MqDb *db)
{
  sqlite3_stmt *statement = mq_db_prepare (db, "SELECT 1 FROM project WHERE name = '" UNFINISHED "'", NULL);
  gboolean      row = FALSE;

  if (statement == NULL || !mq_db_step (db, statement, &row, NULL))
    return FALSE;
  sqlite3_reset (statement);
  return row;
}

gboolean
mq_project_finish_erasure (MqProject *self, GError **error)
{
  if (!is_unfinished (self->db))
    return TRUE;
  if (!mq_db_begin (self->db, error))
    return FALSE;
  mq_db_rollback (self->db); /* only to be in the log's mode */
  if (!rewrite_file (self, error) || !mq_db_begin (self->db, error))
    return FALSE;
  if (mq_db_exec (self->db, error, "DELETE FROM project WHERE name = '" UNFINISHED "'") && mq_db_commit (self->db, error))
    return TRUE;
  mq_db_rollback (self->db);
  return FALSE;
}

gboolean
mq_project_erase (MqProject *self, const char *const *keys, gboolean dry_run, MqErasure *erasure, const MqRun *run, GError **error)
{
  g_auto (Eraser) eraser = { .project = self, .erasure = erasure, .run = run };

  *erasure = (MqErasure){ 0 };
  mq_run_stage (run, N_ ("Looking for the customer"), 0);
  eraser.texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  eraser.subject = mq_subject_find (self, keys, run, error);
  eraser.spill = eraser.subject != NULL ? mq_spill_new (error) : NULL;
  if (eraser.spill == NULL)
    return FALSE;
  erasure->persons = g_hash_table_size (eraser.subject->persons);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (!stage_kind (&eraser, kind, dry_run, error))
      return FALSE;
  if (!blank_rejects (&eraser, TRUE, error) || !check_known (&eraser, error))
    return FALSE;
  if (dry_run)
    return mq_subject_leave_segments (eraser.subject, self, self->db, TRUE, &erasure->segments, error) && drop_values (&eraser, TRUE, error);
  mq_run_stage (run, N_ ("Erasing"), 0);
  mq_db_exec (self->db, NULL, "PRAGMA secure_delete = ON");
  if (!write_all (&eraser, error))
    return FALSE;
  return mq_project_finish_erasure (self, error);
}

MqTable *
mq_erasure_table (const MqErasure *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("erased", NULL, NULL);
  const struct
  {
    const char *what;
    gint64      rows;
  } others[] = { { "rejected rows", self->rejects }, { "segments", self->segments }, { "settings", self->values } };

  mq_table_builder_add_column (builder, "what", N_ ("What"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, "persons");
  mq_table_builder_set_integer (builder, 1, self->persons);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (kind != MQ_KIND_SPEND)
      {
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, mq_kind_name (kind));
        mq_table_builder_set_integer (builder, 1, self->records[kind]);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, others[i].what);
      mq_table_builder_set_integer (builder, 1, others[i].rows);
    }
  return mq_table_builder_finish (builder);
}
