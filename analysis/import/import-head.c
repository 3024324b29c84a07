/* import-head.c: reading the beginning of a file and deciding from it. */

#include "config.h"

#include "import/import-head-private.h"

#include "base/money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_BYTES (32 * 1000 * 1000)
#define SNIFF_BYTES (1024 * 1024)
#define BLOCK_BYTES (1024 * 1024)
#define KEPT_BYTES (4 * 1024 * 1024)
#define MAX_HEADER_LINE 1000000
#define WIDE_TABLE 8 /* columns */

typedef struct
{
  const MqImportHead *head;
  MqEvidence        **slices; /* (owned) one a block */
} Evidences;

typedef struct
{
  const MqImportHead *head;
  MqEvidence         *evidence;
} EvidenceRow;

static void
free_block (gpointer data)
{
  MqHeadBlock *block = data;

  g_bytes_unref (block->bytes);
  g_free (block);
}

static gboolean
check_options (MqImportHead *self, GError **error)
{
  const MqImportOptions *options = self->options;
  const char            *zone = options->file_zone != NULL ? options->file_zone : options->project_zone;

  self->zone = mq_zone_get (zone != NULL ? zone : "UTC", NULL);
  if (self->zone == NULL)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("There is no time zone “%s”. Zones have names such as Europe/Berlin or Asia/Shanghai."), zone);
      return FALSE;
    }
  self->digits = mq_currency_digits (options->currency);
  if (!mq_currency_is_known (options->currency))
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("“%s” is no currency code. A code is three capital letters, such as EUR or CNY."), options->currency);
      return FALSE;
    }
  if (options->decimal != 0 && options->decimal != '.' && options->decimal != ',')
    {
      g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--decimal takes “.” or “,”."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_head (MqImportHead *self, const MqRun *run, GError **error)
{
  gsize bytes = 0;

  self->complete = FALSE;
  if (!mq_record_source_begin (self->source, &self->layout, run, error))
    return FALSE;
  if (self->options->no_header && self->source->headers == NULL)
    self->layout.has_header = FALSE;
  else if (self->options->header_row > 0 && self->source->headers == NULL)
    {
      self->layout.has_header = TRUE;
      self->layout.skip_lines = (guint) MIN (self->options->header_row - 1, MAX_HEADER_LINE);
    }
  while (bytes < self->head_bytes && !self->complete)
    {
      gint64  line;
      GError *local = NULL;
      GBytes *block = mq_import_head_next (self, &line, &self->complete, run, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      if (block == NULL)
        continue;
      bytes += g_bytes_get_size (block);
      mq_import_head_hold (self, block, line);
    }
  self->held = self->complete;
  return TRUE;
}

/* A file that begins as UTF-8 may turn out to be GB18030: then it begins again. */
static gboolean
read_head_decoded (MqImportHead *self, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (read_head (self, run, &local))
    return TRUE;
  if (!g_error_matches (local, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING) || !mq_record_source_changed_encoding (self->source))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_set_size (self->blocks, 0);
  return read_head (self, run, error);
}

/* A wide table's file may end in a block of sums with columns of its own: it says nothing of the table's. */
static gboolean
is_fragment (const MqMapping *mapping, guint n_cells)
{
  return mapping->n_columns >= WIDE_TABLE && n_cells * 2 < mapping->n_columns;
}

static gboolean
count_evidence_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  const EvidenceRow *row = data;
  guint              n = MIN (n_cells, row->head->mapping->n_columns);

  if (mq_cells_aside (row->head->mapping->kind, cells, n_cells) != NULL || is_fragment (row->head->mapping, n_cells))
    return TRUE;
  for (guint i = 0; i < n && line > row->head->header_line && !cells[0].broken; i++)
    mq_evidence_add (row->evidence, &row->head->inference, i, &cells[i], line);
  return TRUE;
}

static gboolean
count_block_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Evidences         *all = data;
  const MqHeadBlock *block = g_ptr_array_index (all->head->blocks, first);
  EvidenceRow        row = { all->head, mq_evidence_new (all->head->mapping->sources->len) };
  gsize              length;
  const char        *text = g_bytes_get_data (block->bytes, &length);

  all->slices[slice] = row.evidence;
  return mq_csv_parse (&all->head->layout.dialect, text, length, block->first_line, MQ_MAX_COLUMNS, count_evidence_cb, &row, error);
}

/* Blocks may be tiny (in tests), so their evidence is merged as it comes, a batch of blocks at a time. */
static gboolean
count_evidence (MqImportHead *self, const MqRun *run, GError **error)
{
  guint     n = self->mapping->sources->len;
  Evidences all = { self, g_new0 (MqEvidence *, self->blocks->len + 1) };
  gboolean  ok = mq_run_parallel (run, self->blocks->len, 1, count_block_cb, &all, error);

  self->evidence = mq_evidence_new (n);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      if (all.slices[i] == NULL)
        continue;
      mq_evidence_merge (self->evidence, all.slices[i], n);
      mq_evidence_free (all.slices[i], n);
    }
  g_free (all.slices);
  return ok;
}

static gboolean
begin_look (MqImportHead *self, const MqRun *run, GError **error)
{
  return check_options (self, error) && read_head_decoded (self, run, error) && mq_import_head_map (self, error);
}

/* What a known export is not good for, unless the user has settled its columns; and what is to be said of it. */
static gboolean
check_known (MqImportHead *self, GError **error)
{
  if (self->known == NULL || self->known->advice == NULL || self->options->map != NULL)
    return TRUE;
  if (self->known->kind == MQ_NO_KIND)
    {
      g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ (self->known->advice));
      return FALSE;
    }
  if (self->known->kind == (int) self->options->kind)
    mq_import_head_warn (self, g_strdup (_ (self->known->advice)));
  return TRUE;
}

/* What stands in no column or in two, and orders of nobody. */
static void
say_uses (MqImportHead *self)
{
  gboolean named = FALSE;

  for (guint i = 0; i < self->mapping->uses->len; i++)
    {
      const MqUse    *use = mq_mapping_use (self->mapping, i);
      const MqSource *source = mq_mapping_source (self->mapping, use->column);

      named |= use->role == MQ_USE_KEY;
      if (use->second >= 0)
        g_ptr_array_add (self->proofs, g_strdup_printf (_ ("“%s” and “%s” together are the status: what the second says of a refund counts."), source->header, mq_mapping_source (self->mapping, use->second)->header));
      if (source->constant != NULL)
        g_ptr_array_add (self->proofs, g_strdup_printf (_ ("%s is “%s” on every row: no column says it."), use->name, source->constant));
    }
  if (!named && self->options->kind == MQ_KIND_ORDERS)
    mq_import_head_warn (self, g_strdup (_ ("No column names the customer: products, money and time can be analysed, people cannot.")));
}

/* What the columns are, and what is in their cells. */
static gboolean
begin_columns (MqImportHead *self, const MqRun *run, GError **error)
{
  const MqImportOptions *options = self->options;

  if (!begin_look (self, run, error) || !check_known (self, error))
    return FALSE;
  say_uses (self);
  return mq_inference_init (&self->inference, self->mapping, options->missing, options->date_format, options->decimal, self->zone, error) &&
         count_evidence (self, run, error);
}

static gboolean
decide (MqImportHead *self, const MqRun *run, GError **error)
{
  return mq_infer_decide (self->mapping, &self->inference, self->evidence, self->digits, self->proofs, self->warnings, error) &&
         mq_import_head_decide_orders (self, run, error);
}

static gboolean
begin (MqImportHead *self, const MqRun *run, GError **error)
{
  return begin_columns (self, run, error) && decide (self, run, error);
}

/* What cannot be decided is the user's to settle, column by column. */
static gboolean
begin_plan (MqImportHead *self, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!begin_columns (self, run, error))
    return FALSE;
  if (decide (self, run, &local) && mq_mapping_check_required (self->mapping, &local))
    return TRUE;
  if (local->domain != MQ_IMPORT_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  mq_import_head_prefix (self, &local);
  self->trouble = g_strdup (local->message);
  return TRUE;
}

typedef gboolean (*BeginFunc) (MqImportHead *self, const MqRun *run, GError **error);

static MqImportHead *
make_head (MqRecordSource *source, const MqImportOptions *options, BeginFunc begin_func, const MqRun *run, GError **error)
{
  g_autoptr (MqImportHead) self = g_new0 (MqImportHead, 1);

  self->source = source;
  self->options = options;
  self->name = g_strdup (source->name);
  self->head_bytes = options->head_bytes > 0 ? options->head_bytes : HEAD_BYTES;
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  self->statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_status_count_free);
  self->proofs = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  mq_run_stage (run, N_ ("Reading"), mq_record_source_size (source));
  if (begin_func (self, run, error))
    return g_steal_pointer (&self);
  mq_import_head_prefix (self, error);
  return NULL;
}

void
mq_import_head_hold (MqImportHead *self, GBytes *bytes, gint64 first_line)
{
  MqHeadBlock *block = g_new0 (MqHeadBlock, 1);

  block->bytes = bytes;
  block->first_line = first_line;
  g_ptr_array_add (self->blocks, block);
}

void
mq_import_head_warn (MqImportHead *self, char *sentence)
{
  g_ptr_array_add (self->warnings, sentence);
}

MqImportHead *
mq_import_head_new (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error)
{
  return make_head (source, options, begin, run, error);
}

MqImportHead *
mq_import_head_new_plan (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error)
{
  return make_head (source, options, begin_plan, run, error);
}

MqImportHead *
mq_import_head_new_look (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error)
{
  return make_head (source, options, begin_look, run, error);
}

void
mq_import_head_free (MqImportHead *self)
{
  if (self->mapping != NULL)
    mq_evidence_free (self->evidence, self->mapping->sources->len);
  mq_inference_clear (&self->inference);
  g_clear_pointer (&self->carry, mq_order_carry_free);
  g_clear_pointer (&self->mapping, mq_mapping_free);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->statuses, g_ptr_array_unref);
  g_clear_pointer (&self->proofs, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->source, mq_record_source_free);
  g_free (self->trouble);
  g_free (self->name);
  g_free (self);
}

MqRecordSourceOptions
mq_import_source_options (const MqImportOptions *options)
{
  return (MqRecordSourceOptions){
    .encoding = options->encoding,
    .delimiter = options->delimiter,
    .sheet = options->sheet,
    .part = options->part,
    .block_bytes = options->block_bytes > 0 ? options->block_bytes : BLOCK_BYTES,
    .sniff_bytes = MIN (SNIFF_BYTES, options->head_bytes > 0 ? options->head_bytes : HEAD_BYTES),
  };
}

void
mq_import_head_forget (MqImportHead *self)
{
  gsize bytes = 0;
  guint n = 0;

  while (n < self->blocks->len && bytes < KEPT_BYTES)
    bytes += g_bytes_get_size (((const MqHeadBlock *) self->blocks->pdata[n++])->bytes);
  g_ptr_array_set_size (self->blocks, (int) n);
}

gboolean
mq_import_head_rewind (MqImportHead *self, GError **error)
{
  return mq_record_source_rewind (self->source, error);
}

GBytes *
mq_import_head_next (MqImportHead *self, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  gint64  before = mq_record_source_position (self->source);
  GBytes *block = mq_record_source_next (self->source, first_line, at_end, run, error);

  mq_run_advance (run, mq_record_source_position (self->source) - before);
  return block;
}

void
mq_import_head_prefix (const MqImportHead *self, GError **error)
{
  gsize length = strlen (self->name);

  if (error == NULL || *error == NULL || (*error)->domain != MQ_IMPORT_ERROR)
    return;
  if ((*error)->code == MQ_IMPORT_ERROR_SETTING || (strncmp ((*error)->message, self->name, length) == 0 && (*error)->message[length] == ':'))
    return;
  g_prefix_error (error, g_ascii_isdigit ((*error)->message[0]) ? "%s:" : "%s: ", self->name);
}
