/* draft-maker.h: import drafts from a few lines of text, for tests of the store: the header names the columns (":" and a
 * letter give the type: t text, i integer, m money, T time, D day), "-" is a missing cell. Rows are sorted by the maker. */

#pragma once

#include "project/import-draft.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  char       *name;
  MqValueType type;
  GPtrArray  *cells; /* (element-type utf8), NULL is missing */
  gint64     *values;
  MqStrings  *strings;
} DraftColumn;

typedef struct
{
  GPtrArray *columns; /* (element-type DraftColumn) */
  guint      n_rows;
  guint     *order;
} DraftTable;

static void
draft_column_free (DraftColumn *column)
{
  g_free (column->name);
  g_ptr_array_unref (column->cells);
  g_free (column->values);
  g_clear_pointer (&column->strings, mq_strings_unref);
  g_free (column);
}

static DraftColumn *
draft_add_column (DraftTable *table, const char *head)
{
  DraftColumn *column = g_new0 (DraftColumn, 1);
  const char  *colon = strrchr (head, ':');

  column->name = colon != NULL ? g_strndup (head, colon - head) : g_strdup (head);
  column->type = colon == NULL || colon[1] == 't' ? MQ_VALUE_TEXT : colon[1] == 'i' ? MQ_VALUE_INTEGER
                                                                : colon[1] == 'm'   ? MQ_VALUE_MONEY
                                                                : colon[1] == 'T'   ? MQ_VALUE_TIME
                                                                                    : MQ_VALUE_DAY;
  column->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (table->columns, column);
  return column;
}

static int
draft_compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
draft_code_column (DraftColumn *column, guint n)
{
  column->values = g_new0 (gint64, n + 1);
  if (column->type == MQ_VALUE_TEXT)
    {
      g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
      MqStringsBuilder *builder = mq_strings_builder_new ();

      for (guint i = 0; i < n; i++)
        if (column->cells->pdata[i] != NULL)
          g_ptr_array_add (sorted, column->cells->pdata[i]);
      g_ptr_array_sort (sorted, draft_compare_text);
      for (guint i = 0; i < sorted->len; i++)
        if (i == 0 || strcmp (sorted->pdata[i], sorted->pdata[i - 1]) != 0)
          mq_strings_builder_add (builder, sorted->pdata[i], strlen (sorted->pdata[i]));
      column->strings = mq_strings_builder_finish (builder);
    }
  for (guint i = 0; i < n; i++)
    {
      const char *cell = column->cells->pdata[i];

      if (cell == NULL)
        column->values[i] = MQ_VALUE_MISSING;
      else if (column->type == MQ_VALUE_TEXT)
        column->values[i] = mq_strings_find_sorted (column->strings, cell);
      else
        column->values[i] = g_ascii_strtoll (cell, NULL, 10) * (column->type == MQ_VALUE_TIME ? G_GINT64_CONSTANT (1000000) : 1);
    }
}

static const DraftColumn *
draft_find_column (const DraftTable *table, const char *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (strcmp (((DraftColumn *) table->columns->pdata[i])->name, name) == 0)
      return table->columns->pdata[i];
  return NULL;
}

static int
draft_compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  static const char *const names[] = { "#key", "time", "date", "#line" };
  guint                    x = *(const guint *) a, y = *(const guint *) b;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DraftColumn *column = draft_find_column (data, names[i]);

      if (column != NULL && column->values[x] != column->values[y])
        return column->values[x] < column->values[y] ? -1 : 1;
    }
  return 0;
}

typedef struct
{
  const DraftTable  *table;
  const DraftColumn *column;
} DraftFill;

static void
draft_fill_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  const DraftFill *fill = data;

  for (guint i = 0; i < n; i++)
    out[i] = fill->column->values[fill->table->order[start + i]];
}

static MqStagedRun *
draft_stage (MqSpill *spill, MqKind kind, DraftTable *table)
{
  MqRunWriter *writer = mq_run_writer_new (spill, kind, table->n_rows);
  g_autoptr (GError) error = NULL;
  MqStagedRun *staged;

  table->order = g_new (guint, table->n_rows + 1);
  for (guint i = 0; i < table->columns->len; i++)
    draft_code_column (table->columns->pdata[i], table->n_rows);
  for (guint i = 0; i < table->n_rows; i++)
    table->order[i] = i;
  g_qsort_with_data (table->order, table->n_rows, sizeof *table->order, draft_compare_rows, table);
  for (guint i = 0; i < table->columns->len; i++)
    {
      DraftColumn *column = table->columns->pdata[i];
      DraftFill    fill = { table, column };

      mq_run_writer_add_column (writer, column->name, column->name, column->type, column->type == MQ_VALUE_MONEY ? 2 : 0, column->strings, draft_fill_cb, &fill, NULL, &error);
      g_assert_no_error (error);
    }
  staged = mq_run_writer_finish (writer, &error);
  g_assert_no_error (error);
  return staged;
}

/* Cells are separated by blanks; a line in the text is a record. "#key" is written as customer_id; "#line" is added. */
static inline MqImportDraft *
draft_make (MqKind kind, const char *text)
{
  MqImportDraft *draft = mq_import_draft_new (kind);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) heads = g_strsplit (lines[0], " ", -1);
  DraftTable   table = { g_ptr_array_new_with_free_func ((GDestroyNotify) draft_column_free), 0, NULL };
  guint        n_heads = g_strv_length (heads);
  DraftColumn *line_column;

  for (guint i = 0; i < n_heads; i++)
    draft_add_column (&table, heads[i]);
  line_column = draft_add_column (&table, "#line:i");
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], " ", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, n_heads);
      for (guint j = 0; j < n_heads; j++)
        {
          gboolean is_key = strcmp (heads[j], "#key") == 0;

          g_ptr_array_add (((DraftColumn *) table.columns->pdata[j])->cells, strcmp (cells[j], "-") != 0 ? g_strconcat (is_key ? "!" : "", cells[j], NULL) : is_key ? g_strdup ("")
                                                                                                                                                                    : NULL);
        }
      g_ptr_array_add (line_column->cells, g_strdup_printf ("%u", i + 1));
      table.n_rows++;
    }
  draft->spill = mq_spill_new (NULL);
  g_ptr_array_add (draft->runs, draft_stage (draft->spill, kind, &table));
  draft->file_name = g_strdup ("test.csv");
  draft->sha256 = g_strdup ("00");
  draft->mapping = g_strdup ("{}");
  draft->rows_read = table.n_rows;
  g_ptr_array_unref (table.columns);
  g_free (table.order);
  return draft;
}
