/* import-head.c: reading the beginning of a file and deciding from it. */

#include "config.h"

#include "import/import-head.h"

#include "base/dictionary.h"
#include "base/money.h"
#include "base/room.h"
#include "import/status-dictionary.h"
#include "import/status-join.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_BYTES (32 * 1000 * 1000)
#define SNIFF_BYTES (1024 * 1024)
#define BLOCK_BYTES (1024 * 1024)
#define KEPT_BYTES (4 * 1024 * 1024)
#define MOST_HELD_BYTES (128 * 1000 * 1000)
#define LONG_HEADER 200
#define MAX_HEADER_LINE 1000000
#define WIDE_TABLE 8 /* columns */

typedef struct
{
  MqImportHead *head;
  GPtrArray    *headers; /* (element-type utf8) NULL until found */
  gint64        line;
  guint         n_cells;
} HeaderSearch;

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

static void
add_block (MqImportHead *self, GBytes *bytes, gint64 first_line)
{
  MqHeadBlock *block = g_new0 (MqHeadBlock, 1);

  block->bytes = bytes;
  block->first_line = first_line;
  g_ptr_array_add (self->blocks, block);
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
      add_block (self, block, line);
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

static gboolean
find_header_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  HeaderSearch *search = data;

  if (line <= search->head->layout.skip_lines || (n_cells > 0 && cells[0].broken))
    return TRUE;
  search->headers = g_ptr_array_new_with_free_func (g_free);
  search->line = line;
  search->n_cells = n_cells;
  for (guint i = 0; i < n_cells; i++)
    {
      const char *text = cells[i].text;
      gsize       length = cells[i].length;

      MqGuard guard = mq_guard_find (&text, &length);

      if (guard != MQ_GUARD_TAB && guard != MQ_GUARD_BACKTICK)
        text = cells[i].text, length = cells[i].length;
      mq_guard_strip_formula (&text, &length);
      mq_cell_trim (&text, &length);
      g_ptr_array_add (search->headers, g_strndup (text, length));
    }
  g_ptr_array_add (search->headers, NULL);
  return FALSE;
}

static void
take_warning (MqImportHead *self, char *sentence)
{
  g_ptr_array_add (self->warnings, sentence);
}

static void
warn_titles (MqImportHead *self)
{
  const MqHeadBlock *first = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, 0) : NULL;
  gsize              length = 0;
  const char        *text = first != NULL ? g_bytes_get_data (first->bytes, &length) : "";
  guint              titles = self->layout.skip_lines;
  g_autofree char   *count = NULL;

  /* A line "sep=;" is no title. */
  if (titles > 0 && length >= 4 && !self->layout.dialect.packed && g_ascii_strncasecmp (text, "sep=", 4) == 0)
    titles--;
  count = g_strdup_printf ("%u", titles);
  if (titles > 0)
    take_warning (self, g_strdup_printf (_ ("%s lines above the table are no part of it: they are left out."), count));
}

/* headers: as they stand in the file. */
static void
warn_headers (MqImportHead *self, const GPtrArray *headers)
{
  guint nameless = 0, repeated = 0, first_nameless = 0, first_repeated = 0;

  for (guint i = 0; i < self->mapping->n_columns; i++)
    {
      const MqSource  *source = mq_mapping_source (self->mapping, i);
      const char      *header = g_ptr_array_index (headers, i);
      gsize            length = g_utf8_strlen (header, -1);
      g_autofree char *column = g_strdup_printf ("%u", i + 1);
      g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, length);

      if (source->nameless && nameless++ == 0)
        first_nameless = i;
      else if (!source->nameless && strcmp (source->header, header) != 0 && repeated++ == 0)
        first_repeated = i;
      if (length > LONG_HEADER)
        take_warning (self, g_strdup_printf (_ ("The header of column %s has %s characters. Check the quotes and the delimiter."), column, size));
    }
  if (repeated > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", repeated);

      take_warning (self, g_strdup_printf (_ ("%s columns have the same header as one before them: they get a number, the first of them is “%s”."), count, mq_mapping_source (self->mapping, first_repeated)->header));
    }
  if (nameless > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", nameless);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, self->header_line);

      take_warning (self, g_strdup_printf (_ ("%s columns have no header in line %s: they go by their place, the first of them is “%s”. Empty ones are left out."), count, line, mq_mapping_source (self->mapping, first_nameless)->header));
    }
}

static gpointer
copy_text_cb (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

/* headers: NULL without any. */
static MqMapping *
map_columns (MqImportHead *self, const GPtrArray *headers, guint n, GError **error)
{
  const MqImportOptions *options = self->options;
  const char *const     *names = headers != NULL ? (const char *const *) headers->pdata : NULL;
  g_auto (GStrv) map = NULL;

  self->known = names != NULL ? mq_known_export_find (names) : NULL;
  if (self->known == NULL)
    return mq_mapping_new (options->kind, names, n, (const char *const *) options->map, error);
  map = mq_known_export_map (self->known, options->kind, self->name, (const char *const *) options->map);
  return mq_mapping_new (options->kind, names, n, (const char *const *) map, error);
}

static gboolean
make_mapping (MqImportHead *self, GError **error)
{
  HeaderSearch search = { self, NULL, 0, 0 };
  GPtrArray   *headers;
  guint        n;

  if (self->source->headers != NULL)
    {
      search.n_cells = self->source->headers->len;
      search.headers = g_ptr_array_copy (self->source->headers, copy_text_cb, NULL);
      g_ptr_array_set_free_func (search.headers, g_free);
      g_ptr_array_add (search.headers, NULL);
    }
  for (guint i = 0; i < self->blocks->len && search.headers == NULL; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (self->blocks, i);
      g_autoptr (GError) local = NULL;
      gsize       length;
      const char *text = g_bytes_get_data (block->bytes, &length);

      mq_csv_parse (&self->layout.dialect, text, length, block->first_line, MQ_MAX_COLUMNS, find_header_cb, &search, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  headers = self->layout.has_header ? search.headers : NULL;
  self->header_line = self->source->headers != NULL ? 0 : headers != NULL ? search.line
                                                                          : self->layout.skip_lines;
  n = headers != NULL ? search.n_cells : MAX (self->layout.n_columns, search.n_cells);
  self->mapping = map_columns (self, headers, n, error);
  if (self->mapping != NULL)
    warn_titles (self);
  if (self->mapping != NULL && headers != NULL)
    warn_headers (self, headers);
  else if (self->mapping != NULL && !self->options->no_header)
    take_warning (self, g_strdup (_ ("The file has no header: its first row is taken as data, and the columns go by their place, #1, #2 …")));
  g_clear_pointer (&search.headers, g_ptr_array_unref);
  if (self->mapping != NULL && self->mapping->keys_given && headers != NULL)
    g_ptr_array_add (self->proofs, g_strdup (_ ("The keys are those that --map names: no other column is taken for a key.")));
  return self->mapping != NULL;
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
list_statuses (MqImportHead *self, const OrderRow *row, GError **error)
{
  g_autofree guint32 *remap = NULL;
  g_autoptr (MqStrings) texts = mq_dictionary_merge (&row->texts, 1, &remap);

  if (texts == NULL)
    return mq_fail_memory (error);
  for (guint i = 0; i < mq_strings_length (texts); i++)
    {
      MqStatusCount *count = g_new0 (MqStatusCount, 1);
      const char    *text = mq_strings_get (texts, i);

      count->text = g_strdup (text);
      g_ptr_array_add (self->statuses, count);
      count->rows = g_array_index (row->counts, gint64, mq_dictionary_find (row->texts, text, strlen (text)));
      if (!mq_import_status (self->options, count, error))
        return FALSE;
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
        add_block (self, g_bytes_ref (block), line);
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

static gboolean
decide_orders (MqImportHead *self, const MqRun *run, GError **error)
{
  g_autoptr (MqOrderEvidence) orders = mq_order_evidence_new (self->mapping, &self->inference, self->digits);
  g_autoptr (GString) scratch = g_string_new (NULL);
  OrderRow    row = { self, orders, NULL, mq_mapping_find (self->mapping, "status"), scratch, mq_dictionary_new (), g_array_new (FALSE, FALSE, sizeof (gint64)) };
  const char *refund = self->options->refund == NULL && self->known != NULL ? self->known->refund : self->options->refund;
  gboolean    ok = self->options->kind != MQ_KIND_ORDERS;

  if (!ok)
    ok = pass_orders (self, &row, run, error) && list_statuses (self, &row, error) &&
         mq_order_evidence_decide (orders, self->options->amount_of, refund, &self->rules, self->proofs, self->warnings, error) &&
         fill_carry (self, &row, run, error);

  mq_dictionary_free (row.texts);
  g_array_unref (row.counts);
  return ok;
}

static gboolean
begin_look (MqImportHead *self, const MqRun *run, GError **error)
{
  return check_options (self, error) && read_head_decoded (self, run, error) && make_mapping (self, error);
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
    take_warning (self, g_strdup (_ (self->known->advice)));
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
    take_warning (self, g_strdup (_ ("No column names the customer: products, money and time can be analysed, people cannot.")));
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
         decide_orders (self, run, error);
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
