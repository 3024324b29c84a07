/* import-preview.c: reading the first rows cell by cell, for people to compare. */

#include "config.h"

#include "import/import-preview.h"

#include "base/money.h"

typedef struct
{
  const MqImportHead *head;
  GPtrArray          *rows;
  guint               limit;
} Preview;

static void
free_row (gpointer data)
{
  MqPreviewRow *row = data;

  for (guint i = 0; i < row->n; i++)
    {
      g_free (row->raw[i]);
      g_free (row->read[i]);
    }
  g_free (row->raw);
  g_free (row->read);
  g_free (row->bad);
  g_free (row);
}

/* What the column's own use makes of it; a product's factors stand for themselves. */
static const MqUse *
find_use (const MqMapping *mapping, guint column)
{
  for (guint i = 0; i < mapping->uses->len; i++)
    if (mq_mapping_use (mapping, i)->column == column && mq_mapping_use (mapping, i)->factor < 0)
      return mq_mapping_use (mapping, i);
  return NULL;
}

static char *
read_number (const MqUse *use, const MqSource *source, const char *text, gsize length)
{
  char      buffer[40];
  MqDecimal value;
  gint64    mantissa;

  if (mq_source_parse_number (source, text, length, &value) != MQ_NUMBER_OK)
    return NULL;
  if (use->type == MQ_VALUE_MONEY)
    {
      if (!mq_money_from_decimal (value, use->scale, &mantissa))
        return NULL;
      mq_money_write (mantissa, use->scale, buffer);
      return g_strdup (buffer);
    }
  mq_decimal_write (value.mantissa, value.scale, buffer);
  return g_strdup (buffer);
}

/* NULL: it cannot be read so. */
static char *
read_value (const MqImportHead *head, const MqUse *use, const char *text, gsize length)
{
  const MqSource *source = mq_mapping_source (head->mapping, use->column);
  gint64          instant;
  MqPrecision     precision;

  switch (use->type)
    {
    case MQ_VALUE_TIME:
    case MQ_VALUE_DAY:
      if (!mq_date_format_parse (&source->format, text, length, head->zone, &instant, &precision))
        return NULL;
      if (use->type == MQ_VALUE_DAY || precision == MQ_PRECISION_DAY)
        return mq_day_format (mq_zone_day (head->zone, instant, NULL));
      return mq_instant_format (head->zone, instant);
    case MQ_VALUE_INTEGER:
    case MQ_VALUE_DECIMAL:
    case MQ_VALUE_MONEY:
      return read_number (use, source, text, length);
    case MQ_VALUE_TEXT:
    default:
      return g_strndup (text, length);
    }
}

static void
read_cell (const MqImportHead *head, MqPreviewRow *row, guint column, const MqCsvCell *cells, guint n_cells)
{
  const MqUse *use = find_use (head->mapping, column);
  const char  *text;
  gsize        length;
  int          token;

  row->raw[column] = column < n_cells ? g_strndup (cells[column].text, cells[column].length) : g_strdup ("");
  if (!mq_cell_read (head->mapping, &head->inference.tokens, cells, n_cells, column, &text, &length, &token))
    return;
  row->read[column] = use != NULL ? read_value (head, use, text, length) : g_strndup (text, length);
  row->bad[column] = row->read[column] == NULL;
}

static gboolean
add_row_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  Preview      *preview = data;
  MqPreviewRow *row;

  if (line <= preview->head->header_line || (n_cells > 0 && cells[0].broken) || mq_cells_aside (preview->head->mapping->kind, cells, n_cells) != NULL)
    return TRUE;
  row = g_new0 (MqPreviewRow, 1);
  row->line = line;
  row->n = preview->head->mapping->sources->len;
  row->raw = g_new0 (char *, row->n);
  row->read = g_new0 (char *, row->n);
  row->bad = g_new0 (guint8, row->n);
  for (guint i = 0; i < row->n; i++)
    read_cell (preview->head, row, i, cells, n_cells);
  g_ptr_array_add (preview->rows, row);
  return preview->rows->len < preview->limit;
}

GPtrArray *
mq_import_preview (const MqImportHead *head, guint limit)
{
  Preview preview = { head, g_ptr_array_new_with_free_func (free_row), limit };

  for (guint i = 0; i < head->blocks->len && preview.rows->len < limit; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (head->blocks, i);
      gsize              length;
      const char        *text = g_bytes_get_data (block->bytes, &length);

      mq_csv_parse (&head->layout.dialect, text, length, block->first_line, MQ_MAX_COLUMNS, add_row_cb, &preview, NULL);
    }
  return preview.rows;
}
