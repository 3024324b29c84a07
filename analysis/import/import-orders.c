/* import-orders.c: the rules of a file of orders, which the beginning of it cannot prove: every row is looked at. */

#include "config.h"

#include "import/import-head-private.h"

#include "base/room.h"
#include "import/status-dictionary.h"
#include "import/status-join.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_HELD_BYTES (128 * 1000 * 1000)

typedef struct
{
  const MqImportHead *head;
  MqOrderEvidence    *orders;
  MqOrderCarry       *carry;  /* (nullable) of the second look */
  const MqUse        *status; /* (nullable) */
  GString            *scratch;
  MqDictionary       *texts;
  GArray             *counts; /* (element-type gint64) by code */
} OrderRow;

static gboolean
count_order_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  OrderRow   *row = data;
  const char *text;
  gsize       length;
  int         token;

  if (line <= row->head->header_line || (n_cells > 0 && cells[0].broken))
    return TRUE;
  if (row->carry != NULL)
    {
      mq_order_carry_add (row->carry, cells, n_cells);
      return TRUE;
    }
  mq_order_evidence_add (row->orders, cells, n_cells);
  if (row->status != NULL && mq_cell_read (row->head->mapping, &row->head->inference.tokens, cells, n_cells, row->status->column, &text, &length, &token))
    {
      guint32 code;
      gint64  zero = 0;

      mq_status_join (row->head->mapping, &row->head->inference.tokens, row->status, cells, n_cells, row->scratch, &text, &length);
      code = mq_dictionary_add (row->texts, text, length);

      if (code >= row->counts->len)
        g_array_append_val (row->counts, zero);
      g_array_index (row->counts, gint64, code)++;
    }
  return TRUE;
}

static gboolean
count_order_block (MqImportHead *self, OrderRow *row, GBytes *block, gint64 line, const MqRun *run, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (block, &length);

  if (!mq_run_check (run, error) || !mq_csv_parse (&self->layout.dialect, text, length, line, MQ_MAX_COLUMNS, count_order_cb, row, error))
    return FALSE;
  if (row->carry != NULL ? !mq_order_carry_is_whole (row->carry) : !mq_order_evidence_is_whole (row->orders) || !mq_dictionary_is_whole (row->texts))
    return mq_fail_memory (error);
  return TRUE;
}

static gsize
count_bytes (const MqImportHead *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    bytes += g_bytes_get_size (((const MqHeadBlock *) self->blocks->pdata[i])->bytes);
  return bytes;
}

/* To read a workbook twice costs far more than to hold its texts: what follows the beginning is held as long as there is room. */
static gboolean
is_worth_holding (const MqImportHead *self)
{
  return !self->passed && strcmp (self->source->class->format, "text") != 0;
}

/* What follows the blocks, or with them where the source has to begin again. */
static gboolean
pass_rest (MqImportHead *self, OrderRow *row, const MqRun *run, GError **error)
{
  guint    n = self->blocks->len;
  gboolean hold = is_worth_holding (self);
  gsize    bytes = count_bytes (self);
  gboolean at_end = FALSE;
  GError  *local = NULL;

  while (!at_end && local == NULL)
    {
      gint64 line;
      g_autoptr (GBytes) block = mq_import_head_next (self, &line, &at_end, run, &local);

      if (block == NULL || local != NULL || !count_order_block (self, row, block, line, run, &local))
        continue;
      bytes += g_bytes_get_size (block);
      hold = hold && bytes <= MOST_HELD_BYTES;
      if (hold)
        mq_import_head_hold (self, g_bytes_ref (block), line);
    }
  self->held = hold && local == NULL;
  self->passed = !self->held;
  if (!self->held)
    g_ptr_array_set_size (self->blocks, (int) n);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* All rows of the file. */
static gboolean
pass_orders (MqImportHead *self, OrderRow *row, const MqRun *run, GError **error)
{
  if (self->passed)
    return mq_import_head_rewind (self, error) && pass_rest (self, row, run, error);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (self->blocks, i);

      if (!count_order_block (self, row, block->bytes, block->first_line, run, error))
        return FALSE;
    }
  return self->held || pass_rest (self, row, run, error);
}

static gboolean
fill_carry (MqImportHead *self, OrderRow *row, const MqRun *run, GError **error)
{
  g_autofree char *count = NULL;

  self->carry = row->carry = mq_order_evidence_carry (row->orders);
  if (self->carry == NULL)
    return TRUE;
  if (!mq_order_carry_is_whole (self->carry))
    return mq_fail_memory (error);
  if (!pass_orders (self, row, run, error))
    return FALSE;
  count = g_strdup_printf ("%" G_GINT64_FORMAT, mq_order_carry_count (self->carry));
  g_ptr_array_add (self->proofs, g_strdup_printf (_ ("%s empty cells on lines of an order are filled from its other lines: keys, times, status, currency, shop."), count));
  return TRUE;
}

gboolean
mq_import_head_decide_orders (MqImportHead *self, const MqRun *run, GError **error)
{
  g_autoptr (MqOrderEvidence) orders = mq_order_evidence_new (self->mapping, &self->inference, self->digits);
  g_autoptr (GString) scratch = g_string_new (NULL);
  OrderRow    row = { self, orders, NULL, mq_mapping_find (self->mapping, "status"), scratch, mq_dictionary_new (), g_array_new (FALSE, FALSE, sizeof (gint64)) };
  const char *refund = self->options->refund == NULL && self->known != NULL ? self->known->refund : self->options->refund;
  gboolean    ok = self->options->kind != MQ_KIND_ORDERS;

  if (!ok)
    ok = pass_orders (self, &row, run, error) && mq_import_list_statuses (self->options, row.texts, row.counts, self->statuses, error) &&
         mq_order_evidence_decide (orders, self->options->amount_of, refund, &self->rules, self->proofs, self->warnings, error) &&
         fill_carry (self, &row, run, error);

  mq_dictionary_free (row.texts);
  g_array_unref (row.counts);
  return ok;
}

gboolean
mq_import_status (const MqImportOptions *options, MqStatusCount *count, GError **error)
{
  const char *text = count->text;

  count->status = mq_status_guess (text);
  for (guint i = 0; options->statuses != NULL && options->statuses[i] != NULL; i++)
    {
      const char *entry = options->statuses[i];
      const char *equals = strrchr (entry, '=');
      MqStatus    given;

      if (equals == NULL || !mq_status_from_name (equals + 1, &given))
        {
          g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--status needs “TEXT=MEANING”, not “%s”. Meanings are unpaid, paid, shipped, completed, closed, refunded and partly-refunded."), entry);
          return FALSE;
        }
      if (strlen (text) != (gsize) (equals - entry) || strncmp (entry, text, equals - entry) != 0)
        continue;
      count->status = given;
      count->given = TRUE;
    }
  return TRUE;
}

gboolean
mq_import_list_statuses (const MqImportOptions *options, MqDictionary *texts, const GArray *rows, GPtrArray *statuses, GError **error)
{
  g_autofree guint32 *remap = NULL;
  g_autoptr (MqStrings) sorted = mq_dictionary_merge (&texts, 1, &remap);

  if (sorted == NULL)
    return mq_fail_memory (error);
  for (guint i = 0; i < mq_strings_length (sorted); i++)
    {
      MqStatusCount *count = g_new0 (MqStatusCount, 1);
      const char    *text = mq_strings_get (sorted, i);

      count->text = g_strdup (text);
      g_ptr_array_add (statuses, count);
      count->rows = g_array_index (rows, gint64, mq_dictionary_find (texts, text, strlen (text)));
      if (!mq_import_status (options, count, error))
        return FALSE;
    }
  return TRUE;
}
