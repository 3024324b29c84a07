/* importer.c: reading a whole file. The caller's thread reads and cuts blocks, workers parse them into packed columns; when
 * these reach the memory budget they are sorted and written as one run. What the rest of a large file shows to be
 * misjudged by its beginning starts the reading again with that column corrected. */

#include "config.h"

#include "import/importer.h"

#include "base/room.h"
#include "import/block-pool.h"
#include "import/import-head.h"
#include "import/reject-reasons.h"
#include "import/row-reader.h"
#include "import/run-sort.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMORY_BUDGET (G_GUINT64_CONSTANT (512) * 1024 * 1024)
#define MAX_STREAM (G_MAXINT64 / 2)
#define MAX_REJECT_BYTES (G_GUINT64_CONSTANT (256) * 1024 * 1024)

/* One reading of the file. */
typedef struct
{
  MqImportHead  *head; /* (borrowed) */
  const MqRun   *run;
  MqImportDraft *draft;   /* (owned) */
  MqRowPlan     *plan;    /* (owned) */
  MqRowReader  **readers; /* (owned) one a worker */
  guint          n_readers;
  MqBlockPool   *pool; /* (owned) */
  MqRunState     state;
  gsize          budget;

  GMutex     mutex;
  GPtrArray *blocks;  /* (owned) (element-type MqStagedBlock) (nullable elements) by sequence; of the run being read */
  GPtrArray *rejects; /* (owned) (element-type GPtrArray of MqReject) (nullable elements) by sequence */
  guint      first;   /* sequence of blocks[0] */
  gsize      bytes;   /* of the packed columns */
} Reading;

static void
free_staged (gpointer data)
{
  if (data != NULL)
    mq_staged_block_free (data);
}

static void
free_list (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

static gsize
measure_block (const MqStagedBlock *block)
{
  gsize bytes = sizeof *block + block->n_columns * sizeof (MqPacked);

  for (guint i = 0; i < block->n_columns; i++)
    bytes += mq_packed_bytes (&block->columns[i], block->n_rows);
  return bytes;
}

static void
store_at (GPtrArray *array, guint index, gpointer item)
{
  if (index >= array->len)
    g_ptr_array_set_size (array, index + 1);
  array->pdata[index] = item;
}

static gboolean
read_block_cb (guint worker, guint sequence, GBytes *block, gint64 first_line, gpointer data, GError **error)
{
  Reading       *self = data;
  MqStagedBlock *staged;
  GPtrArray     *rejects;
  gboolean       ok;

  if (!mq_run_check (self->run, error))
    return FALSE;
  ok = mq_row_reader_read (self->readers[worker], block, first_line, &staged, &rejects, error);
  g_mutex_lock (&self->mutex);
  store_at (self->blocks, sequence - self->first, staged);
  store_at (self->rejects, sequence, rejects);
  if (staged != NULL)
    self->bytes += measure_block (staged);
  g_mutex_unlock (&self->mutex);
  return ok;
}

static void
begin_reading (Reading *self, MqImportHead *head, const MqRun *run)
{
  const MqImportOptions *options = head->options;

  memset (self, 0, sizeof *self);
  self->head = head;
  self->run = run;
  self->budget = options->memory_budget > 0 ? options->memory_budget : MEMORY_BUDGET;
  self->draft = mq_import_draft_new (options->kind);
  self->plan = mq_row_plan_new (head->mapping, &head->inference, options->currency, head->rules.amount_of);
  self->plan->now = options->now;
  self->plan->header_line = head->header_line;
  self->plan->has_marks = head->source->text != NULL && mq_text_source_has_marks (head->source->text);
  self->plan->stop_on_bad_row = options->stop_on_bad_row;
  self->plan->carry = head->carry;
  self->plan->by_rows = options->by_rows;
  self->plan->dialect = head->layout.dialect;
  self->n_readers = mq_run_threads (run);
  self->readers = g_new0 (MqRowReader *, self->n_readers);
  for (guint i = 0; i < self->n_readers; i++)
    self->readers[i] = mq_row_reader_new (self->plan, i);
  g_mutex_init (&self->mutex);
  self->blocks = g_ptr_array_new_with_free_func (free_staged);
  self->rejects = g_ptr_array_new_with_free_func (free_list);
  mq_run_state_init (&self->state, options->kind);
  self->pool = mq_block_pool_new (self->n_readers, read_block_cb, self);
}

static void
end_reading (Reading *self)
{
  g_clear_pointer (&self->pool, mq_block_pool_free);
  for (guint i = 0; i < self->n_readers; i++)
    mq_row_reader_free (self->readers[i]);
  g_free (self->readers);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_clear_pointer (&self->plan, mq_row_plan_free);
  g_clear_pointer (&self->draft, mq_import_draft_free);
  mq_run_state_clear (&self->state);
  g_mutex_clear (&self->mutex);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, end_reading)

static void
drop_empty (GPtrArray *blocks)
{
  guint n = 0;

  for (guint i = 0; i < blocks->len; i++)
    if (blocks->pdata[i] != NULL)
      blocks->pdata[n++] = blocks->pdata[i];
  for (guint i = n; i < blocks->len; i++)
    blocks->pdata[i] = NULL;
  g_ptr_array_set_size (blocks, n);
}

/* Sorts and writes what is staged; the dictionaries begin anew. The pool must be drained. */
static gboolean
write_run (Reading *self, GError **error)
{
  MqStagedRun *staged;
  guint        n = self->blocks->len;

  drop_empty (self->blocks);
  if (self->blocks->len > 0)
    {
      if (self->draft->spill == NULL)
        self->draft->spill = mq_spill_new (error);
      if (self->draft->spill == NULL)
        return FALSE;
      staged = mq_run_sort (self->plan, &self->state, self->blocks, self->readers, self->n_readers, self->draft->spill, self->run, error);
      if (staged == NULL)
        return FALSE;
      g_ptr_array_add (self->draft->runs, staged);
    }
  g_ptr_array_set_size (self->blocks, 0);
  self->first += n;
  self->bytes = 0;
  for (guint i = 0; i < self->n_readers; i++)
    mq_row_reader_reset_dictionaries (self->readers[i]);
  return TRUE;
}

static gsize
measure_dictionaries (Reading *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->n_readers; i++)
    bytes += mq_row_reader_bytes (self->readers[i]);
  return bytes;
}

static gboolean
is_over_budget (Reading *self)
{
  gsize bytes;

  g_mutex_lock (&self->mutex);
  bytes = self->bytes;
  g_mutex_unlock (&self->mutex);
  return bytes > self->budget;
}

/* Whether to write a run is settled with the workers at rest, so that dictionaries count as well. */
static gboolean
make_room (Reading *self, gint64 *since, gsize length, GError **error)
{
  *since += length;
  if (!is_over_budget (self) && *since < (gint64) (self->budget / 4))
    return TRUE;
  if (!mq_block_pool_drain (self->pool, error))
    return FALSE;
  *since = 0;
  if (self->bytes + measure_dictionaries (self) <= self->budget)
    return TRUE;
  return write_run (self, error);
}

static gboolean
push_block (Reading *self, GBytes *block, gint64 line, gint64 *since, GError **error)
{
  gsize length = g_bytes_get_size (block);

  if (!mq_block_pool_push (self->pool, block, line))
    return mq_block_pool_drain (self->pool, error);
  return make_room (self, since, length, error);
}

static gboolean
push_head (Reading *self, gint64 *since, GError **error)
{
  for (guint i = 0; i < self->head->blocks->len; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (self->head->blocks, i);

      if (!push_block (self, g_bytes_ref (block->bytes), block->first_line, since, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
push_rest (Reading *self, gint64 *since, GError **error)
{
  gboolean at_end = FALSE;

  while (!at_end)
    {
      GError *local = NULL;
      gint64  line = 0;
      GBytes *block = mq_import_head_next (self->head, &line, &at_end, self->run, &local);

      if (local != NULL)
        {
          /* A row that a worker could not read comes earlier in the file than this. */
          if (mq_block_pool_drain (self->pool, error))
            g_propagate_error (error, local);
          else
            g_error_free (local);
          return FALSE;
        }
      if (block != NULL && !push_block (self, block, line, since, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (Reading *self, gboolean again, GError **error)
{
  gint64 since = 0;

  again |= self->head->passed;
  if ((!again || self->head->held) && !push_head (self, &since, error))
    return FALSE;
  if (!self->head->held)
    {
      mq_import_head_forget (self->head);
      if (again && !mq_import_head_rewind (self->head, error))
        return FALSE;
      if (!push_rest (self, &since, error))
        return FALSE;
    }
  return mq_block_pool_drain (self->pool, error);
}

/* What all readers noted about a use. */
static MqUseNotes
merge_notes (const Reading *self, guint use)
{
  MqUseNotes all = { 0 };

  for (guint i = 0; i < self->n_readers; i++)
    {
      const MqUseNotes *notes = &mq_row_reader_notes (self->readers[i])[use];

      all.needs_text |= notes->needs_text;
      all.needs_scale = MAX (all.needs_scale, notes->needs_scale);
      all.breaks_tokens |= notes->breaks_tokens;
      all.filled += notes->filled;
      for (guint t = 0; t < MQ_MAX_TOKENS; t++)
        all.tokens[t] += notes->tokens[t];
    }
  return all;
}

static gboolean
has_tokens (const MqUseNotes *notes)
{
  for (guint t = 0; t < MQ_MAX_TOKENS; t++)
    if (notes->tokens[t] > 0)
      return TRUE;
  return FALSE;
}

/* Changes what was misjudged; TRUE if the file must be read again. Every change is to something more general, so this
 * ends. */
static gboolean
correct_use (MqMapping *mapping, MqUse *use, const MqUseNotes *notes)
{
  MqSource *source = mq_mapping_source (mapping, use->column);

  if (notes->breaks_tokens && has_tokens (notes))
    {
      source->tokens = source->tokens == MQ_TOKENS_WHILE_PLAIN ? MQ_TOKENS_WHILE_QUOTED : MQ_TOKENS_KEEP;
      return TRUE;
    }
  if (notes->needs_text)
    {
      use->type = MQ_VALUE_TEXT;
      use->scale = 0;
      return TRUE;
    }
  if (notes->needs_scale > 0)
    {
      use->type = MQ_VALUE_DECIMAL;
      use->scale = notes->needs_scale;
      return TRUE;
    }
  return FALSE;
}

static gboolean
correct_mapping (const Reading *self)
{
  MqMapping *mapping = self->head->mapping;
  gboolean   changed = FALSE;

  for (guint i = 0; i < mapping->uses->len; i++)
    {
      MqUseNotes notes = merge_notes (self, i);

      changed |= correct_use (mapping, mq_mapping_use (mapping, i), &notes);
    }
  return changed;
}

static MqRowCounts
merge_counts (const Reading *self)
{
  MqRowCounts all = { .first_short = G_MAXINT64, .first_odd = G_MAXINT64, .first_rounded = G_MAXINT64 };

  for (guint i = 0; i < self->n_readers; i++)
    {
      const MqRowCounts *counts = mq_row_reader_counts (self->readers[i]);

      all.rows += counts->rows;
      all.short_rows += counts->short_rows;
      all.first_short = MIN (all.first_short, counts->first_short);
      all.odd_cells += counts->odd_cells;
      all.first_odd = MIN (all.first_odd, counts->first_odd);
      all.formulas += counts->formulas;
      all.future_rows += counts->future_rows;
      all.contacts += counts->contacts;
      all.strange_currencies += counts->strange_currencies;
      all.rounded += counts->rounded;
      all.first_rounded = MIN (all.first_rounded, counts->first_rounded);
      all.reject_bytes += counts->reject_bytes;
    }
  return all;
}

static char *
format_number (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

static void
take_warning (MqImportDraft *draft, char *sentence)
{
  g_ptr_array_add (draft->warnings, sentence);
}

static void
warn_rows (MqImportDraft *draft, const MqRowCounts *counts)
{
  g_autofree char *short_rows = format_number (counts->short_rows);
  g_autofree char *first_short = format_number (counts->first_short);
  g_autofree char *odd = format_number (counts->odd_cells);
  g_autofree char *first_odd = format_number (counts->first_odd);
  g_autofree char *formulas = format_number (counts->formulas);
  g_autofree char *future = format_number (counts->future_rows);
  g_autofree char *contacts = format_number (counts->contacts);
  g_autofree char *currencies = format_number (counts->strange_currencies);
  g_autofree char *rounded = format_number (counts->rounded);
  g_autofree char *first_rounded = format_number (counts->first_rounded);

  if (counts->short_rows > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s row has fewer cells than the header (first in line %s): what lacks is taken as missing.", "%s rows have fewer cells than the header (first in line %s): what lacks is taken as missing.", (gulong) counts->short_rows), short_rows, first_short));
  if (counts->odd_cells > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s cell has quotes in odd places (first in line %s): it is kept as it stands.", "%s cells have quotes in odd places (first in line %s): they are kept as they stand.", (gulong) counts->odd_cells), odd, first_odd));
  if (counts->formulas > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s cell has a ' before =, +, - or @, as exports for spreadsheets write it: it is taken off.", "%s cells have a ' before =, +, - or @, as exports for spreadsheets write them: it is taken off.", (gulong) counts->formulas), formulas));
  if (counts->future_rows > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s row is dated after now. Check the date format and the time zone.", "%s rows are dated after now. Check the date format and the time zone.", (gulong) counts->future_rows), future));
  if (counts->contacts > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s row has no key (no number, phone, e-mail …): it is kept as a contact of its own.", "%s rows have no key (no number, phone, e-mail …): each is kept as a contact of its own.", (gulong) counts->contacts), contacts));
  if (counts->strange_currencies > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s row has a currency that is no code of three letters: its amount counts as another currency.", "%s rows have a currency that is no code of three letters: their amounts count as another currency.", (gulong) counts->strange_currencies), currencies));
  if (counts->rounded > 0)
    take_warning (draft, g_strdup_printf (ngettext ("%s amount has more digits than its currency (in line %s): it is rounded, half to even.", "%s amounts have more digits than their currency (first in line %s): each is rounded, half to even.", (gulong) counts->rounded), rounded, first_rounded));
}

static void
take_rejects (Reading *self)
{
  for (guint i = 0; i < self->rejects->len; i++)
    if (self->rejects->pdata[i] != NULL)
      g_ptr_array_extend_and_steal (self->draft->rejects, g_steal_pointer (&self->rejects->pdata[i]));
}

static gboolean
take_statuses (Reading *self, GError **error)
{
  const MqRunState *state = &self->state;
  GPtrArray        *statuses = self->draft->statuses;
  g_autoptr (GString) unknown = g_string_new (NULL);

  if (!mq_import_list_statuses (self->head->options, state->statuses, state->status_counts, statuses, error))
    return FALSE;
  for (guint i = 0; i < statuses->len; i++)
    {
      const MqStatusCount *count = g_ptr_array_index (statuses, i);

      if (count->status == MQ_STATUS_UNKNOWN)
        g_string_append_printf (unknown, "%s“%s”", unknown->len > 0 ? ", " : "", count->text);
    }
  if (unknown->len > 0)
    take_warning (self->draft, g_strdup_printf (_ ("It is not known what these order statuses mean, so they count as paid: %s. Settle it with --status TEXT=MEANING."), unknown->str));
  return TRUE;
}

static gboolean
check_some_row (const Reading *self, GError **error)
{
  const MqReject *first;

  if (self->draft->runs->len > 0 || self->draft->rejects->len == 0)
    return TRUE;
  first = g_ptr_array_index (self->draft->rejects, 0);
  mq_import_error_at (error, MQ_IMPORT_ERROR_NO_ROWS, first->line, first->column, _ ("Not one row could be read. %s"), mq_reject_sentence (first->reason));
  return FALSE;
}

static gboolean
check_rejects (const MqRowCounts *counts, GError **error)
{
  if (counts->reject_bytes <= MAX_REJECT_BYTES)
    return TRUE;
  g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("Too many rows cannot be read for all of them to be kept as rejected. Check the mapping and the formats."));
  return FALSE;
}

static gboolean
complete_draft (Reading *self, GError **error)
{
  MqImportHead  *head = self->head;
  MqImportDraft *draft = self->draft;
  MqRowCounts    counts = merge_counts (self);
  g_autoptr (GPtrArray) source_warnings = mq_record_source_warnings (head->source);

  draft->file_name = g_strdup (head->name);
  draft->file_size = mq_record_source_size (head->source);
  draft->sha256 = g_strdup (mq_record_source_sha256 (head->source));
  draft->time = head->options->now;
  draft->mapping = mq_import_head_json (head);
  draft->rows_read = counts.rows;
  draft->amount_of = head->rules.amount_of;
  draft->refund_is_net = head->rules.refund_is_net;
  for (guint i = 0; i < source_warnings->len; i++)
    take_warning (draft, g_strdup (source_warnings->pdata[i]));
  for (guint i = 0; i < head->warnings->len; i++)
    take_warning (draft, g_strdup (g_ptr_array_index (head->warnings, i)));
  warn_rows (draft, &counts);
  take_rejects (self);
  return take_statuses (self, error) && check_rejects (&counts, error) && check_some_row (self, error);
}

/* After a file larger than the head, counts come from the rows that were stored. */
static void
update_evidence (const Reading *self)
{
  MqImportHead *head = self->head;

  for (guint i = 0; i < head->mapping->uses->len && !head->complete; i++)
    {
      const MqUse *use = mq_mapping_use (head->mapping, i);
      MqEvidence  *seen = &head->evidence[use->column];
      MqUseNotes   notes = merge_notes (self, i);

      if (use->factor >= 0)
        continue;
      seen->filled = notes.filled;
      memcpy (seen->tokens, notes.tokens, sizeof seen->tokens);
    }
}

/* NULL with *again: read once more, corrected. */
static MqImportDraft *
read_once (MqImportHead *head, gboolean *again, const MqRun *run, GError **error)
{
  g_auto (Reading) self = { NULL };

  begin_reading (&self, head, run);
  if (!read_all (&self, *again, error))
    return NULL;
  *again = correct_mapping (&self);
  if (*again)
    {
      mq_run_stage (run, N_ ("Reading again"), mq_record_source_size (head->source));
      return NULL;
    }
  mq_run_stage (run, N_ ("Sorting"), 0);
  if (!write_run (&self, error) || !complete_draft (&self, error))
    return NULL;
  update_evidence (&self);
  return g_steal_pointer (&self.draft);
}

static MqImportDraft *
read_until_right (MqImportHead *head, const MqRun *run, GError **error)
{
  GError        *local = NULL;
  gboolean       again = FALSE;
  MqImportDraft *draft = NULL;

  if (!mq_mapping_check_required (head->mapping, error))
    return NULL;
  do
    draft = read_once (head, &again, run, &local);
  while (draft == NULL && local == NULL && again);
  if (local != NULL)
    g_propagate_error (error, local);
  return draft;
}

/* A file that was UTF-8 as far as its beginning goes and is GB18030 as a whole is begun anew in that. */
static gboolean
begin_anew (MqImportHead **head, const MqImportOptions *options, const MqRun *run, GError **error)
{
  MqRecordSource *source;

  if (!g_error_matches (*error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING) || !mq_record_source_changed_encoding ((*head)->source))
    return FALSE;
  g_clear_error (error);
  source = g_steal_pointer (&(*head)->source);
  g_clear_pointer (head, mq_import_head_free);
  *head = mq_import_head_new (source, options, run, error);
  return *head != NULL;
}

MqImportPlan *
mq_importer_plan (GInputStream *in, const char *name, const MqImportOptions *options, const MqRun *run, GError **error)
{
  g_autoptr (MqImportHead) head = NULL;
  MqRecordSourceOptions how = mq_import_source_options (options);
  MqRecordSource       *source = mq_record_source_open_stream (in, name, 32 * 1000 * 1000, &how, run, error);

  if (source == NULL)
    return NULL;
  head = mq_import_head_new_plan (source, options, run, error);
  return head != NULL ? mq_import_head_plan (head) : NULL;
}

char **
mq_importer_parts (const char *path, const MqRun *run, GError **error)
{
  return mq_record_source_parts (path, run, error);
}

/* Takes the source; NULL: error is set. */
static MqImportDraft *
read_source (MqRecordSource *source, const MqImportOptions *options, MqImportPlan **plan, const MqRun *run, GError **error)
{
  g_autoptr (MqImportHead) head = NULL;
  g_autoptr (GError) local = NULL;
  MqImportDraft *draft;

  if (source == NULL)
    return NULL;
  head = mq_import_head_new (source, options, run, error);
  if (head == NULL)
    return NULL;
  draft = read_until_right (head, run, &local);
  if (draft == NULL && begin_anew (&head, options, run, &local))
    draft = read_until_right (head, run, &local);
  if (draft == NULL)
    {
      if (head != NULL)
        mq_import_head_prefix (head, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (plan != NULL)
    *plan = mq_import_head_plan (head);
  return draft;
}

MqImportDraft *
mq_importer_read (const char *path, const MqImportOptions *options, MqImportPlan **plan, const MqRun *run, GError **error)
{
  MqRecordSourceOptions how = mq_import_source_options (options);

  return read_source (mq_record_source_open (path, &how, run, error), options, plan, run, error);
}

MqImportDraft *
mq_importer_read_stream (GInputStream *in, const char *name, const MqImportOptions *options, MqImportPlan **plan, const MqRun *run, GError **error)
{
  MqRecordSourceOptions how = mq_import_source_options (options);

  return read_source (mq_record_source_open_stream (in, name, MAX_STREAM, &how, run, error), options, plan, run, error);
}
