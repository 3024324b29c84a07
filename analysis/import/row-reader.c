/* row-reader.c: a reader's life and the way of one row. What can reject a row is read first (times, numbers, what is
 * required), then texts and keys. */

#include "config.h"

#include "import/row-reading.h"

#include "base/room.h"
#include "import/import-error.h"
#include "import/reject-reasons.h"

#include <string.h>

#define MAX_REJECT_TEXT 65536

/* A line of sums or a note has no time of its own: then that is the reason. */
static const char *
find_aside (const MqRowReader *self, const MqRow *row, const char *reason)
{
  if (!g_str_has_suffix (reason, " time") && !g_str_has_suffix (reason, " date"))
    return NULL;
  return mq_cells_aside (self->plan->mapping->kind, row->cells, row->n_cells);
}

static gboolean
reject (MqRowReader *self, const MqRow *row, guint cell, const char *reason, GError **error)
{
  MqReject   *item;
  gint64      line = row->line;
  gint64      column;
  const char *aside = find_aside (self, row, reason);

  if (aside != NULL)
    reason = aside;
  mq_csv_cell_position (&self->plan->dialect, row->record, row->length, cell, &line, &column);
  if (self->plan->stop_on_bad_row && aside == NULL)
    {
      mq_import_error_at (error, MQ_IMPORT_ERROR_BAD_ROW, line, column, "%s", mq_reject_sentence (reason));
      return FALSE;
    }
  item = g_new0 (MqReject, 1);
  item->line = line;
  item->column = column;
  item->reason = g_strdup (reason);
  item->text = mq_csv_record_text (&self->plan->dialect, row->record, row->length, MAX_REJECT_TEXT);
  self->counts.reject_bytes += row->length + sizeof *item;
  if (self->rejects == NULL)
    self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_reject_free);
  g_ptr_array_add (self->rejects, item);
  return TRUE;
}

static gboolean
read_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  MqRowReader *self = data;
  MqRow        row = { cells, n_cells, record, record_length, line };
  gboolean     kept;

  if (line <= self->plan->header_line)
    return TRUE;
  if (self->row == self->strip && !mq_row_make_room (self, self->row + MQ_STRIP_ROWS))
    return mq_fail_memory (error);
  if (!mq_row_read (self, &row, &kept, error))
    return FALSE;
  self->row += kept;
  if (self->row == self->strip + MQ_STRIP_ROWS)
    mq_row_code_strip (self, MQ_STRIP_ROWS);
  return TRUE;
}

/* NULL: there is no memory, or was none for a text. */
static MqStagedBlock *
pack_rows (MqRowReader *self)
{
  MqStagedBlock *block = mq_staged_block_new (self->index, self->row, self->n_targets);

  gboolean ok = TRUE;

  for (guint i = 0; i < self->n_targets && ok; i++)
    {
      const MqTarget *target = g_ptr_array_index (self->plan->targets, i);

      if (self->dictionaries[i] != NULL)
        ok = mq_dictionary_is_whole (self->dictionaries[i]) && mq_packed_init_codes (&block->columns[i], self->codes[i], self->row, self->slabs[i]);
      else
        ok = mq_packed_init (&block->columns[i], self->values[i], self->row, target->type == MQ_VALUE_TIME, self->slabs[i]);
    }
  if (!ok)
    g_clear_pointer (&block, mq_staged_block_free);
  return block;
}

gboolean
mq_row_read (MqRowReader *self, MqRow *row, gboolean *kept, GError **error)
{
  const char *reason;
  guint       cell = 0;

  self->counts.rows++;
  reason = mq_row_check_cells (self, row, &cell);
  row->n_cells = MIN (row->n_cells, self->plan->mapping->n_columns);
  if (reason == NULL && self->plan->carry)
    mq_row_carry_down (self, row);
  if (reason == NULL)
    reason = mq_row_read_times (self, row, &cell);
  if (reason == NULL)
    {
      mq_row_read_currency (self, row);
      reason = mq_row_read_numbers (self, row, &cell);
    }
  if (reason == NULL)
    reason = mq_row_check_texts (self, row, &cell);
  *kept = reason == NULL;
  if (reason != NULL)
    return reject (self, row, cell, reason, error);
  mq_row_put_texts (self, row);
  mq_row_put (self, MQ_TARGET_LINE, row->line);
  if (self->plan->time_target >= 0 && self->values[self->plan->time_target][self->row] > self->plan->now)
    self->counts.future_rows++;
  return TRUE;
}

gboolean
mq_row_make_room (MqRowReader *self, guint n)
{
  gsize wanted = MAX (n, 2 * (gsize) self->room);

  if (n <= self->room)
    return TRUE;
  for (guint i = 0; i < self->n_targets; i++)
    {
      gsize room = self->room;

      if (self->dictionaries[i] != NULL ? !mq_make_room (&self->codes[i], &room, wanted, sizeof **self->codes) : !mq_make_room (&self->values[i], &room, wanted, sizeof **self->values))
        return FALSE;
    }
  self->room = wanted;
  return TRUE;
}

MqRowReader *
mq_row_reader_new (const MqRowPlan *plan, guint index)
{
  MqRowReader *self = g_new0 (MqRowReader, 1);

  self->plan = plan;
  self->index = index;
  self->n_targets = plan->targets->len;
  self->values = g_new0 (gint64 *, self->n_targets);
  self->codes = g_new0 (guint32 *, self->n_targets);
  self->slabs = g_new0 (MqSlab *, self->n_targets);
  self->dictionaries = g_new0 (MqDictionary *, self->n_targets);
  self->texts = g_new0 (MqText *, self->n_targets);
  self->copies = g_string_chunk_new (4096);
  self->days = g_new0 (MqCachedDay, MQ_DAY_CACHE);
  self->sources = (MqSource **) plan->mapping->sources->pdata;
  self->key = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->notes = g_new0 (MqUseNotes, plan->mapping->uses->len + 1);
  self->counts.first_short = self->counts.first_odd = self->counts.first_rounded = G_MAXINT64;
  mq_row_init_looks (self);
  self->row_cells = g_new0 (MqCsvCell, MQ_MAX_COLUMNS);
  for (guint i = 0; i < self->n_targets; i++)
    {
      self->slabs[i] = mq_slab_new ();
      if (((const MqTarget *) g_ptr_array_index (plan->targets, i))->type == MQ_VALUE_TEXT)
        self->texts[i] = g_new (MqText, MQ_STRIP_ROWS);
    }
  if (mq_row_can_read_columns (plan))
    {
      self->grid = mq_csv_grid_new ();
      self->columns = mq_strip_new (plan);
    }
  mq_row_reader_reset_dictionaries (self);
  return self;
}

void
mq_row_reader_free (MqRowReader *self)
{
  for (guint i = 0; i < self->n_targets; i++)
    {
      g_free (self->values[i]);
      g_free (self->codes[i]);
      mq_slab_free (self->slabs[i]);
      g_free (self->texts[i]);
      g_clear_pointer (&self->dictionaries[i], mq_dictionary_free);
    }
  g_free (self->row_cells);
  g_clear_pointer (&self->grid, mq_csv_grid_free);
  g_clear_pointer (&self->columns, mq_strip_free);
  g_free (self->values);
  g_free (self->slabs);
  g_free (self->dictionaries);
  g_free (self->texts);
  g_free (self->codes);
  g_string_chunk_free (self->copies);
  g_free (self->days);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_string_free (self->key, TRUE);
  g_string_free (self->scratch, TRUE);
  g_free (self->notes);
  g_free (self->stops);
  g_free (self);
}

gboolean
mq_row_reader_read (MqRowReader *self, GBytes *block, gint64 first_line, MqStagedBlock **staged, GPtrArray **rejects, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (block, &length);
  gboolean    ok;

  *staged = NULL;
  *rejects = NULL;
  self->row = self->strip = 0;
  self->block = text;
  self->block_length = length;
  if (self->grid != NULL && mq_csv_grid_read (self->grid, &self->plan->dialect, text, length, self->plan->mapping->sources->len))
    ok = mq_row_read_columns (self, first_line, error);
  else
    ok = mq_csv_parse (&self->plan->dialect, text, length, first_line, MQ_MAX_COLUMNS, read_record_cb, self, error);
  if (ok && self->row > self->strip)
    mq_row_code_strip (self, self->row - self->strip);
  if (ok && self->row > 0)
    {
      *staged = pack_rows (self);
      ok = *staged != NULL || mq_fail_memory (error);
    }
  g_string_chunk_clear (self->copies);
  *rejects = g_steal_pointer (&self->rejects);
  return ok;
}

MqDictionary *
mq_row_reader_dictionary (MqRowReader *self, guint target)
{
  return self->dictionaries[target];
}

void
mq_row_reader_reset_dictionaries (MqRowReader *self)
{
  for (guint i = 0; i < self->n_targets; i++)
    {
      const MqTarget *target = g_ptr_array_index (self->plan->targets, i);

      g_clear_pointer (&self->dictionaries[i], mq_dictionary_free);
      if (target->type == MQ_VALUE_TEXT)
        self->dictionaries[i] = mq_dictionary_new ();
    }
}

void
mq_row_reader_seal_dictionaries (MqRowReader *self)
{
  for (guint i = 0; i < self->n_targets; i++)
    if (self->dictionaries[i] != NULL)
      mq_dictionary_seal (self->dictionaries[i]);
}

void
mq_row_reader_drop_dictionary (MqRowReader *self, guint target)
{
  g_clear_pointer (&self->dictionaries[target], mq_dictionary_free);
}

gsize
mq_row_reader_bytes (MqRowReader *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->n_targets; i++)
    if (self->dictionaries[i] != NULL)
      bytes += mq_dictionary_bytes (self->dictionaries[i]);
  return bytes;
}

const MqUseNotes *
mq_row_reader_notes (MqRowReader *self)
{
  return self->notes;
}

const MqRowCounts *
mq_row_reader_counts (MqRowReader *self)
{
  return &self->counts;
}
