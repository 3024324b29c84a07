/* row-texts.c: texts and keys of a record, and the codes of a strip of them. */

#include "config.h"

#include "import/row-reading.h"

#include "import/status-join.h"

#include "base/checksum.h"
#include "base/strings.h"
#include "project/record-key.h"

#include <string.h>

const MqText mq_row_paid = { "paid", 4 };
const MqText mq_row_unpaid = { "unpaid", 6 };

const char *
mq_row_check_texts (MqRowReader *self, const MqRow *row, guint *cell)
{
  const char *text;
  gsize       length;

  for (guint i = 0; i < self->plan->texts->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->texts, MqRowOp, i);

      if (op->required == NULL || mq_row_cell (self, row, op->use->column, &self->ignored, &text, &length) == MQ_CELL_VALUE)
        continue;
      *cell = op->use->column;
      return op->required;
    }
  return NULL;
}

static gboolean
is_in_block (const MqRowReader *self, const char *text)
{
  return (guintptr) text - (guintptr) self->block < self->block_length;
}

static void
put_slice (MqRowReader *self, int target, const char *text, gsize length)
{
  if (length == 0)
    text = "";
  else if (!is_in_block (self, text))
    text = g_string_chunk_insert_len (self->copies, text, length);
  self->texts[target][self->row - self->strip] = (MqText){ text, length };
}

gboolean
mq_row_is_other_form (MqRowReader *self, const MqRowOp *op, const char *text, gsize length)
{
  g_string_truncate (self->scratch, 0);
  if (!mq_record_key_append (self->scratch, op->raw_kind, text, length))
    return !mq_value_is_masked (text, length); /* a masked one is kept as a property */
  return self->scratch->len != length + 1 || memcmp (self->scratch->str + 1, text, length) != 0;
}

static void
put_text (MqRowReader *self, const MqRow *row, const MqRowOp *op)
{
  MqUseNotes *notes = op->raw_kind == NULL ? &self->notes[op->index] : &self->ignored;
  const char *text;
  gsize       length;

  self->texts[op->target][self->row - self->strip].text = NULL;
  if (mq_row_cell (self, row, op->use->column, notes, &text, &length) == MQ_CELL_MISSING)
    return;
  if (op->raw_kind != NULL && !mq_row_is_other_form (self, op, text, length))
    return;
  if ((int) op->use->column == self->plan->currency_column && op->use->role == MQ_USE_TEXT && self->currency[0] != '\0')
    {
      text = self->currency;
      length = strlen (self->currency);
    }
  mq_status_join (self->plan->mapping, &self->plan->inference->tokens, op->use, row->cells, row->n_cells, self->scratch, &text, &length);
  if (self->sources[op->use->column]->tokens == MQ_TOKENS_WHILE_QUOTED && !row->cells[op->use->column].quoted)
    self->notes[op->index].breaks_tokens = TRUE;
  put_slice (self, op->target, text, length);
}

static void
put_status (MqRowReader *self)
{
  const MqRowPlan *plan = self->plan;
  const MqRowOp   *paid;

  if (plan->status_target < 0)
    return;
  paid = &g_array_index (plan->times, MqRowOp, plan->paid);
  self->texts[plan->status_target][self->row - self->strip] = self->values[paid->target][self->row] != MQ_VALUE_MISSING ? mq_row_paid : mq_row_unpaid;
}

/* A customers row without a key: the hash of its cells, under their headers, stands for one. */
static void
set_contact (MqRowReader *self, const MqRow *row)
{
  GString  *content = self->scratch;
  MqHash128 hash;

  g_string_truncate (content, 0);
  for (guint i = 0; i < row->n_cells && i < self->plan->mapping->sources->len; i++)
    if (row->cells[i].length > 0)
      {
        const char *text = row->cells[i].text;
        gsize       length = row->cells[i].length;

        mq_guard_strip_formula (&text, &length);
        g_string_append (content, mq_mapping_source (self->plan->mapping, i)->header);
        g_string_append_c (content, '\x1f');
        g_string_append_len (content, text, length);
        g_string_append_c (content, '\x1e');
      }
  hash = mq_hash128 (content->str, content->len);
  g_string_printf (self->key, "%c%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", MQ_RAW_CONTACT, hash.high, hash.low);
  self->counts.contacts++;
}

static gboolean
makes_key (MqRowReader *self, const MqRowOp *op, const char *text, gsize length)
{
  g_string_truncate (self->scratch, 0);
  return mq_record_key_append (self->scratch, op->use->name + strlen ("key."), text, length);
}

/* Of one key column the cell itself stands for the keys, of several all cells joined. */
static gboolean
join_keys (MqRowReader *self, const MqRow *row, gboolean customers)
{
  const GArray *keys = self->plan->keys;
  gboolean      found = FALSE;
  const char   *text;
  gsize         length;

  g_string_truncate (self->key, 0);
  for (guint i = 0; i < keys->len; i++)
    {
      const MqRowOp *op = &g_array_index (keys, MqRowOp, i);

      if (i > 0)
        g_string_append_c (self->key, MQ_RAW_SEPARATOR);
      if (mq_row_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == MQ_CELL_MISSING || (customers && !makes_key (self, op, text, length)))
        continue;
      found = TRUE;
      if (keys->len == 1 || memchr (text, MQ_RAW_SEPARATOR, length) == NULL)
        g_string_append_len (self->key, text, length);
    }
  if (!found)
    g_string_truncate (self->key, 0);
  return found;
}

static void
put_key (MqRowReader *self, const MqRow *row)
{
  const GArray *keys = self->plan->keys;
  gboolean      customers = self->plan->mapping->kind == MQ_KIND_CUSTOMERS;
  const char   *text = "";
  gsize         length = 0;

  if (keys->len == 1 && !customers)
    {
      const MqRowOp *op = &g_array_index (keys, MqRowOp, 0);

      if (mq_row_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == MQ_CELL_MISSING)
        length = 0;
      put_slice (self, MQ_TARGET_KEY, text, length);
      return;
    }
  if (!join_keys (self, row, customers) && customers)
    set_contact (self, row);
  put_slice (self, MQ_TARGET_KEY, self->key->str, self->key->len);
}

/* A value that is no number, date or identifier ends the rule by which tokens of its column are missing. */
static void
note_new_texts (MqRowReader *self, guint target, guint known)
{
  const MqDictionary *dictionary = self->dictionaries[target];

  for (guint i = 0; i < self->plan->texts->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->texts, MqRowOp, i);

      if (op->target != (int) target || self->sources[op->use->column]->tokens != MQ_TOKENS_WHILE_PLAIN)
        continue;
      for (guint code = known; code < mq_dictionary_length (dictionary) && !self->notes[op->index].breaks_tokens; code++)
        {
          gsize       length;
          const char *text = mq_dictionary_get (dictionary, code, &length);

          self->notes[op->index].breaks_tokens = !mq_value_is_plain (text, length, self->plan->inference->zone);
        }
    }
}

void
mq_row_put_texts (MqRowReader *self, const MqRow *row)
{
  for (guint i = 0; i < self->plan->texts->len; i++)
    put_text (self, row, &g_array_index (self->plan->texts, MqRowOp, i));
  put_status (self);
  put_key (self, row);
}

void
mq_row_code_strip (MqRowReader *self, guint n)
{
  for (guint target = 0; target < self->n_targets; target++)
    {
      MqDictionary *dictionary = self->dictionaries[target];
      guint32      *codes = self->codes[target] + self->strip;
      guint         known;

      if (dictionary == NULL)
        continue;
      known = mq_dictionary_length (dictionary);
      mq_dictionary_add_all (dictionary, self->texts[target], n, codes);
      for (guint i = 0; i < n; i++)
        codes[i] += 1; /* of MQ_TEXT_NONE 0 */
      if (mq_dictionary_length (dictionary) > known)
        note_new_texts (self, target, known);
    }
  self->strip += n;
}
