/* import-look.c: the first look at a file. */

#include "config.h"

#include "import/import-look.h"

#include <string.h>

#include "base/checksum.h"
#include "import/header-dictionary.h"
#include "import/import-head.h"

#define LOOK_BYTES (1024 * 1024)
#define N_ROWS 20
#define N_FOREIGN 5

typedef struct
{
  MqImportLook *look;
  gint64        header_line;
} Rows;

static void
free_raw_row (gpointer data)
{
  MqRawRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
mq_header_fingerprint (const char *const *headers)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MqSha256) sha = mq_sha256_new ();

  for (guint i = 0; headers[i] != NULL; i++)
    if (headers[i][0] != '\0' && headers[i][0] != '#')
      g_ptr_array_add (folded, mq_header_fold (headers[i], FALSE));
  if (folded->len == 0)
    return g_strdup ("");
  g_ptr_array_sort (folded, compare_texts_cb);
  for (guint i = 0; i < folded->len; i++)
    mq_sha256_update (sha, folded->pdata[i], strlen (folded->pdata[i]) + 1);
  return mq_sha256_finish (sha);
}

/* How many fields and keys of a kind the headers name; 0 if one that is required lacks. */
static guint
score_kind (MqKind kind, const char *const *headers, guint n)
{
  g_autoptr (MqMapping) mapping = mq_mapping_new (kind, headers, n, NULL, NULL);
  guint score = 0;

  if (mapping == NULL || !mq_mapping_check_required (mapping, NULL))
    return 0;
  for (guint i = 0; i < mapping->uses->len; i++)
    score += mq_mapping_use (mapping, i)->role != MQ_USE_PROPERTY;
  return score;
}

/* Of kinds that fit alike the one whose required fields are more; customers need none. */
static MqKind
guess_kind (const char *const *headers)
{
  static const MqKind  order[] = { MQ_KIND_SPEND, MQ_KIND_MESSAGES, MQ_KIND_FEEDBACK, MQ_KIND_EVENTS, MQ_KIND_ORDERS, MQ_KIND_CUSTOMERS };
  const MqKnownExport *known = mq_known_export_find (headers);
  MqKind               best = MQ_KIND_ORDERS;
  guint                most = 0;

  if (known != NULL && known->kind != MQ_NO_KIND)
    return known->kind;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint score = score_kind (order[i], headers, g_strv_length ((char **) headers));

      if (score > most)
        {
          best = order[i];
          most = score;
        }
    }
  return best;
}

static gboolean
is_foreign (const MqCsvCell *cells, guint n_cells)
{
  for (guint i = 0; i < n_cells; i++)
    for (guint k = 0; k < cells[i].length; k++)
      if ((guchar) cells[i].text[k] >= 0x80)
        return TRUE;
  return FALSE;
}

static MqRawRow *
make_row (const MqCsvCell *cells, guint n_cells, gint64 line)
{
  MqRawRow *row = g_new0 (MqRawRow, 1);

  row->line = line;
  row->cells = g_new0 (char *, n_cells + 1);
  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *text = g_strndup (cells[i].text, cells[i].length);

      row->cells[i] = g_utf8_make_valid (text, -1);
    }
  return row;
}

static gboolean
take_row_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  Rows *rows = data;

  if (line <= rows->header_line)
    return TRUE;
  if (rows->look->rows->len < N_ROWS)
    g_ptr_array_add (rows->look->rows, make_row (cells, n_cells, line));
  if (rows->look->foreign->len < N_FOREIGN && is_foreign (cells, n_cells))
    g_ptr_array_add (rows->look->foreign, make_row (cells, n_cells, line));
  return rows->look->rows->len < N_ROWS || rows->look->foreign->len < N_FOREIGN;
}

static void
take_rows (MqImportLook *self, const MqImportHead *head)
{
  Rows rows = { self, head->header_line };

  for (guint i = 0; i < head->blocks->len; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (head->blocks, i);
      gsize              length;
      const char        *text = g_bytes_get_data (block->bytes, &length);

      if (!mq_csv_parse (&head->layout.dialect, text, length, block->first_line, MQ_MAX_COLUMNS, take_row_cb, &rows, NULL))
        return;
    }
}

static MqImportLook *
describe (const MqImportHead *head)
{
  MqImportLook *self = g_new0 (MqImportLook, 1);
  guint         n = head->mapping->n_columns;

  self->format = g_strdup (head->source->class->format);
  self->sheet = g_strdup (head->source->part != NULL ? head->source->part : "");
  self->sheets = head->source->sheets != NULL ? g_strdupv (head->source->sheets) : g_new0 (char *, 1);
  self->encoding = g_strdup (mq_record_source_encoding (head->source));
  self->delimiter = g_strdup (head->layout.dialect.packed ? "" : head->layout.dialect.delimiter[0] == '\0' ? "blanks"
                                                                                                           : head->layout.dialect.delimiter);
  self->has_header = head->layout.has_header;
  self->header_line = head->layout.has_header ? head->header_line : 0;
  self->headers = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->headers[i] = g_strdup (mq_mapping_source (head->mapping, i)->header);
  self->fingerprint = self->has_header ? mq_header_fingerprint ((const char *const *) self->headers) : g_strdup ("");
  self->kind = guess_kind ((const char *const *) self->headers);
  self->rows = g_ptr_array_new_with_free_func (free_raw_row);
  self->foreign = g_ptr_array_new_with_free_func (free_raw_row);
  take_rows (self, head);
  return self;
}

MqImportLook *
mq_import_look (const char *path, const MqImportOptions *options, const MqRun *run, GError **error)
{
  MqImportOptions       look = *options;
  MqRecordSourceOptions how;
  MqRecordSource       *source;
  g_autoptr (MqImportHead) head = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (file, run != NULL ? run->cancellable : NULL, error);
  g_autofree char *name = g_path_get_basename (path);

  if (in == NULL)
    return NULL;
  look.kind = MQ_KIND_CUSTOMERS;
  look.map = NULL;
  look.head_bytes = LOOK_BYTES;
  how = mq_import_source_options (&look);
  source = mq_record_source_open_stream (G_INPUT_STREAM (in), name, 2 * LOOK_BYTES, &how, run, error);
  if (source == NULL)
    return NULL;
  head = mq_import_head_new_look (source, &look, run, error);
  return head != NULL ? describe (head) : NULL;
}

void
mq_import_look_free (MqImportLook *self)
{
  g_free (self->format);
  g_free (self->sheet);
  g_strfreev (self->sheets);
  g_free (self->encoding);
  g_free (self->delimiter);
  g_strfreev (self->headers);
  g_free (self->fingerprint);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->foreign);
  g_free (self);
}
