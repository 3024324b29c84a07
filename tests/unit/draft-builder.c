/* draft-builder.c: imports for tests. */

#include "draft-builder.h"

#include <string.h>

#include "base/civil-time.h"
#include "base/dictionary.h"
#include "base/table.h"
#include "project/record-key.h"

typedef struct
{
  char       *name;
  MqValueType type;
  int         scale;
} BuilderColumn;

typedef struct
{
  char   *key;
  gint64  line;
  gint64 *values; /* by column */
  char  **texts;  /* by column */
  guint   n;
} BuilderRow;

struct _DraftBuilder
{
  MqKind     kind;
  GPtrArray *columns; /* (owned) (element-type BuilderColumn) */
  GPtrArray *rows;    /* (owned) (element-type BuilderRow) */
};

static void
free_column (gpointer data)
{
  BuilderColumn *column = data;

  g_free (column->name);
  g_free (column);
}

static void
free_row (gpointer data)
{
  BuilderRow *row = data;

  g_free (row->key);
  g_free (row->values);
  for (guint i = 0; i < row->n; i++)
    g_free (row->texts[i]);
  g_free (row->texts);
  g_free (row);
}

static int
find_time (const DraftBuilder *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const BuilderColumn *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->name, self->kind == MQ_KIND_SPEND ? "date" : "time"))
        return (int) i;
    }
  return -1;
}

static int
compare_rows_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const BuilderRow *x = *(const BuilderRow *const *) a;
  const BuilderRow *y = *(const BuilderRow *const *) b;
  int               time = *(const int *) user_data;
  int               order = strcmp (x->key, y->key);

  if (order != 0)
    return order;
  if (time >= 0 && x->values[time] != y->values[time])
    return x->values[time] < y->values[time] ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

static void
fill_cb (gpointer data, gsize start, guint n, gint64 *out)
{
  memcpy (out, (const gint64 *) data + start, n * sizeof *out);
}

static void
write_column (MqRunWriter *writer, const char *name, MqValueType type, int scale, MqStrings *strings, gint64 *values)
{
  g_autoptr (GError) error = NULL;

  mq_run_writer_add_column (writer, name, name, type, scale, strings, fill_cb, values, NULL, &error);
  g_assert_no_error (error);
}

/* Texts to codes of a sorted list. */
static MqStrings *
encode_texts (char **texts, guint n, gint64 *codes)
{
  g_autoptr (MqDictionary) dictionary = mq_dictionary_new ();
  g_autofree guint32 *remap = NULL;
  MqDictionary       *dictionaries[1] = { dictionary };
  MqStrings          *strings;

  for (guint i = 0; i < n; i++)
    codes[i] = texts[i] != NULL ? (gint64) mq_dictionary_add (dictionary, texts[i], strlen (texts[i])) : MQ_VALUE_MISSING;
  strings = mq_dictionary_merge (dictionaries, 1, &remap);
  for (guint i = 0; i < n; i++)
    if (codes[i] != MQ_VALUE_MISSING)
      codes[i] = remap[codes[i]];
  return strings;
}

static void
write_text_column (MqRunWriter *writer, const char *name, char **texts, guint n, gint64 *values)
{
  g_autoptr (MqStrings) strings = encode_texts (texts, n, values);

  write_column (writer, name, MQ_VALUE_TEXT, 0, strings, values);
}

static MqStagedRun *
write_run (const DraftBuilder *self, MqSpill *spill, BuilderRow **rows, guint n)
{
  g_autoptr (GError) error = NULL;
  MqRunWriter       *writer = mq_run_writer_new (spill, self->kind, n);
  g_autofree gint64 *values = g_new (gint64, n);
  g_autofree char  **texts = g_new (char *, n);
  MqStagedRun       *staged;

  for (guint i = 0; i < n; i++)
    texts[i] = rows[i]->key;
  write_text_column (writer, MQ_COLUMN_KEY, texts, n, values);
  for (guint i = 0; i < n; i++)
    values[i] = rows[i]->line;
  write_column (writer, MQ_COLUMN_LINE, MQ_VALUE_INTEGER, 0, NULL, values);
  for (guint c = 0; c < self->columns->len; c++)
    {
      const BuilderColumn *column = g_ptr_array_index (self->columns, c);

      for (guint i = 0; i < n; i++)
        {
          texts[i] = rows[i]->texts[c];
          values[i] = rows[i]->values[c];
        }
      if (column->type == MQ_VALUE_TEXT)
        write_text_column (writer, column->name, texts, n, values);
      else
        write_column (writer, column->name, column->type, column->scale, NULL, values);
    }
  staged = mq_run_writer_finish (writer, &error);
  g_assert_no_error (error);
  return staged;
}

DraftBuilder *
draft_builder_new (MqKind kind)
{
  DraftBuilder *self = g_new0 (DraftBuilder, 1);

  self->kind = kind;
  self->columns = g_ptr_array_new_with_free_func (free_column);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

guint
draft_builder_add_column (DraftBuilder *self, const char *name, MqValueType type, int scale)
{
  BuilderColumn *column = g_new0 (BuilderColumn, 1);

  column->name = g_strdup (name);
  column->type = type;
  column->scale = scale;
  g_ptr_array_add (self->columns, column);
  return self->columns->len - 1;
}

void
draft_builder_add_row (DraftBuilder *self, const char *keys)
{
  BuilderRow *row = g_new0 (BuilderRow, 1);
  guint       n = self->columns->len;

  row->key = draft_record_key (keys);
  row->line = self->rows->len + 2;
  row->values = g_new (gint64, n + 1);
  row->texts = g_new0 (char *, n + 1);
  row->n = n;
  for (guint i = 0; i < n; i++)
    row->values[i] = MQ_VALUE_MISSING;
  g_ptr_array_add (self->rows, row);
}

void
draft_builder_set (DraftBuilder *self, guint column, gint64 value)
{
  BuilderRow *row = g_ptr_array_index (self->rows, self->rows->len - 1);

  row->values[column] = value;
}

void
draft_builder_set_text (DraftBuilder *self, guint column, const char *text)
{
  BuilderRow *row = g_ptr_array_index (self->rows, self->rows->len - 1);

  g_free (row->texts[column]);
  row->texts[column] = g_strdup (text);
}

MqImportDraft *
draft_builder_finish (DraftBuilder *self, guint n_runs)
{
  g_autoptr (GError) error = NULL;
  MqImportDraft *draft = mq_import_draft_new (self->kind);
  guint          n = self->rows->len;
  int            time = find_time (self);

  if (draft->spill == NULL)
    draft->spill = mq_spill_new (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_runs; i++)
    {
      guint        first = (guint) ((guint64) n * i / n_runs);
      guint        last = (guint) ((guint64) n * (i + 1) / n_runs);
      BuilderRow **rows = (BuilderRow **) self->rows->pdata + first;

      if (last == first)
        continue;
      g_qsort_with_data (rows, (int) (last - first), sizeof *rows, compare_rows_cb, &time);
      g_ptr_array_add (draft->runs, write_run (self, draft->spill, rows, last - first));
    }
  draft->rows_read = n;
  draft->file_name = g_strdup ("test.csv");
  draft->sha256 = g_strnfill (64, '0');
  draft->mapping = g_strdup ("{}");
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
  return draft;
}

gint64
draft_builder_commit (DraftBuilder *self, MqProject *project, MqImportOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportDraft) draft = draft_builder_finish (self, 1);
  MqImportOutcome own;

  mq_project_commit_import (project, draft, FALSE, &own, NULL, &error);
  g_assert_no_error (error);
  if (outcome != NULL)
    *outcome = own;
  return own.number;
}

char *
draft_record_key (const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (keys, " ", -1);
  GString *key = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      mq_record_key_append (key, parts[i], value, strlen (value));
    }
  return g_string_free (key, FALSE);
}
