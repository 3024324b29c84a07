/* table.c: columns of numbers and of coded text; built once, then only read. */

#include "base/table.h"

#include "base/civil-time.h"
#include "base/dictionary.h"
#include "base/json-writer.h"
#include "base/money.h"
#include "base/strings.h"

#include <math.h>
#include <string.h>

/* Of the code of a cell that holds a word of the program. */
#define WORD (1u << 31)

typedef enum
{
  STORE_INTEGERS,
  STORE_DOUBLES,
  STORE_CODES,
} Store;

typedef struct
{
  char        *id;    /* (owned) */
  const char  *title; /* (borrowed): static text */
  MqColumnType type;
  union
  {
    gint64  *integers; /* (owned) */
    double  *doubles;  /* (owned) */
    guint32 *codes;    /* (owned) (nullable): NULL means row i is strings[i] */
    gpointer any;
  };
  MqStrings   *strings; /* (owned) (nullable) */
  MqTableWords words;   /* (nullable) */
} Column;

struct _MqTable
{
  gatomicrefcount ref_count;
  char           *name;     /* (owned) */
  char           *currency; /* (owned) (nullable) */
  char           *zone;     /* (owned) (nullable) */
  int             digits;   /* of the currency */
  gsize           n_rows;
  guint           n_columns;
  Column         *columns; /* (owned) */
};

typedef struct
{
  Column        column;
  gboolean      is_whole;   /* taken at once */
  gsize         n;          /* of a whole column */
  GArray       *cells;      /* (owned) row by row: gint64, double or guint32 */
  MqDictionary *dictionary; /* (owned) (nullable) row by row: of text */
} Draft;

struct _MqTableBuilder
{
  char   *name;     /* (owned) */
  char   *currency; /* (owned) (nullable) */
  char   *zone;     /* (owned) (nullable) */
  GArray *drafts;   /* (owned) (element-type Draft) */
  gsize   n_appended;
};

static Store
get_store (MqColumnType type)
{
  switch (type)
    {
    case MQ_COLUMN_INTEGER:
    case MQ_COLUMN_MONEY:
    case MQ_COLUMN_DAY:
    case MQ_COLUMN_TIME:
    case MQ_COLUMN_BOOLEAN:
      return STORE_INTEGERS;
    case MQ_COLUMN_DOUBLE:
    case MQ_COLUMN_SHARE:
    case MQ_COLUMN_DURATION:
      return STORE_DOUBLES;
    default:
      return STORE_CODES;
    }
}

static void
clear_column (Column *column)
{
  g_free (column->id);
  g_free (column->any);
  g_clear_pointer (&column->strings, mq_strings_unref);
}

static void
clear_draft_cb (gpointer data)
{
  Draft *draft = data;

  clear_column (&draft->column);
  g_clear_pointer (&draft->cells, g_array_unref);
  g_clear_pointer (&draft->dictionary, mq_dictionary_free);
}

static Draft *
get_draft (MqTableBuilder *self, guint column, Store store)
{
  Draft *draft;

  g_return_val_if_fail (column < self->drafts->len, NULL);
  draft = &g_array_index (self->drafts, Draft, column);
  g_return_val_if_fail (get_store (draft->column.type) == store, NULL);
  return draft;
}

static Draft *
get_draft_to_set (MqTableBuilder *self, guint column, Store store)
{
  Draft *draft = get_draft (self, column, store);

  g_return_val_if_fail (draft != NULL && draft->cells->len > 0, NULL);
  return draft;
}

static Draft *
get_draft_to_take (MqTableBuilder *self, guint column, Store store, gsize n)
{
  Draft *draft = get_draft (self, column, store);

  g_return_val_if_fail (draft != NULL && self->n_appended == 0 && !draft->is_whole, NULL);
  draft->is_whole = TRUE;
  draft->n = n;
  return draft;
}

static MqStrings *
list_texts (const MqDictionary *dictionary)
{
  MqStringsBuilder *builder = mq_strings_builder_new ();

  for (guint code = 0; dictionary != NULL && code < mq_dictionary_length (dictionary); code++)
    {
      gsize       length;
      const char *text = mq_dictionary_get (dictionary, code, &length);

      mq_strings_builder_add (builder, text, length);
    }
  return mq_strings_builder_finish (builder);
}

static void
finish_draft (Draft *draft, Column *column)
{
  *column = draft->column;
  memset (&draft->column, 0, sizeof draft->column);
  if (draft->is_whole)
    return;
  column->any = g_array_free (g_steal_pointer (&draft->cells), FALSE);
  if (get_store (column->type) == STORE_CODES)
    column->strings = list_texts (draft->dictionary);
}

static gboolean
needs_quotes (const char *text)
{
  return text[0] == '\0' || text[strcspn (text, ",\"\r\n")] != '\0';
}

static void
append_csv_text (GString *out, const char *text, gboolean for_spreadsheet)
{
  gboolean quoted = needs_quotes (text);

  if (quoted)
    g_string_append_c (out, '"');
  if (for_spreadsheet && mq_text_count_guards (text, strlen (text)) >= 0)
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  if (quoted)
    g_string_append_c (out, '"');
}

static void
append_integer (const MqTable *self, const Column *column, gint64 value, GString *out)
{
  g_autofree char *text = NULL;
  char             buffer[32];

  switch (column->type)
    {
    case MQ_COLUMN_MONEY:
      mq_money_write (value, self->digits, buffer);
      g_string_append (out, buffer);
      return;
    case MQ_COLUMN_DAY:
      text = mq_day_format (value);
      break;
    case MQ_COLUMN_TIME:
      text = mq_instant_format (mq_zone_get (self->zone != NULL ? self->zone : "UTC", NULL), value);
      break;
    case MQ_COLUMN_BOOLEAN:
      g_string_append (out, value != 0 ? "true" : "false");
      return;
    default:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
      return;
    }
  g_string_append (out, text);
}

static void
append_json_cell (const MqTable *self, gsize row, guint column, GString *out)
{
  MqColumnType type = self->columns[column].type;
  gboolean     quoted = type == MQ_COLUMN_MONEY || type == MQ_COLUMN_DAY || type == MQ_COLUMN_TIME;

  if (mq_table_is_missing (self, row, column))
    g_string_append (out, "null");
  else if (get_store (type) == STORE_CODES)
    mq_json_append_string (out, mq_table_text (self, row, column));
  else
    {
      if (quoted)
        g_string_append_c (out, '"');
      mq_table_write_cell (self, row, column, out);
      if (quoted)
        g_string_append_c (out, '"');
    }
}

MqTableBuilder *
mq_table_builder_new (const char *name, const char *currency, const char *zone)
{
  MqTableBuilder *self = g_new0 (MqTableBuilder, 1);

  self->name = g_strdup (name);
  self->currency = g_strdup (currency);
  self->zone = g_strdup (zone);
  self->drafts = g_array_new (FALSE, TRUE, sizeof (Draft));
  g_array_set_clear_func (self->drafts, clear_draft_cb);
  return self;
}

void
mq_table_builder_free (MqTableBuilder *self)
{
  g_free (self->name);
  g_free (self->currency);
  g_free (self->zone);
  g_array_unref (self->drafts);
  g_free (self);
}

guint
mq_table_builder_add_column (MqTableBuilder *self, const char *id, const char *title, MqColumnType type)
{
  static const guint sizes[] = { [STORE_INTEGERS] = sizeof (gint64), [STORE_DOUBLES] = sizeof (double), [STORE_CODES] = sizeof (guint32) };
  Draft              draft = { { g_strdup (id), title, type } };

  g_return_val_if_fail (self->n_appended == 0, 0);
  draft.cells = g_array_new (FALSE, FALSE, sizes[get_store (type)]);
  g_array_append_val (self->drafts, draft);
  return self->drafts->len - 1;
}

void
mq_table_builder_set_words (MqTableBuilder *self, guint column, MqTableWords words)
{
  g_return_if_fail (column < self->drafts->len);

  g_array_index (self->drafts, Draft, column).column.words = words;
}

void
mq_table_builder_append (MqTableBuilder *self)
{
  gint64  no_integer = G_MININT64;
  double  no_double = NAN;
  guint32 no_code = MQ_CODE_MISSING;

  self->n_appended++;
  for (guint i = 0; i < self->drafts->len; i++)
    {
      Draft *draft = &g_array_index (self->drafts, Draft, i);
      Store  store = get_store (draft->column.type);

      if (store == STORE_INTEGERS)
        g_array_append_val (draft->cells, no_integer);
      else if (store == STORE_DOUBLES)
        g_array_append_val (draft->cells, no_double);
      else
        g_array_append_val (draft->cells, no_code);
    }
}

void
mq_table_builder_set_integer (MqTableBuilder *self, guint column, gint64 value)
{
  Draft *draft = get_draft_to_set (self, column, STORE_INTEGERS);

  if (draft != NULL)
    g_array_index (draft->cells, gint64, draft->cells->len - 1) = value;
}

void
mq_table_builder_set_double (MqTableBuilder *self, guint column, double value)
{
  Draft *draft = get_draft_to_set (self, column, STORE_DOUBLES);

  if (draft != NULL)
    g_array_index (draft->cells, double, draft->cells->len - 1) = value;
}

static void
set_code (MqTableBuilder *self, guint column, const char *value, guint32 mark)
{
  Draft  *draft = get_draft_to_set (self, column, STORE_CODES);
  guint32 code = MQ_CODE_MISSING;

  if (draft == NULL)
    return;
  if (draft->dictionary == NULL)
    draft->dictionary = mq_dictionary_new ();
  if (value != NULL)
    code = mq_dictionary_add (draft->dictionary, value, strlen (value)) | mark;
  g_array_index (draft->cells, guint32, draft->cells->len - 1) = code;
}

void
mq_table_builder_set_text (MqTableBuilder *self, guint column, const char *value)
{
  set_code (self, column, value, 0);
}

void
mq_table_builder_set_word (MqTableBuilder *self, guint column, const char *word)
{
  set_code (self, column, word, WORD);
}

void
mq_table_builder_take_integers (MqTableBuilder *self, guint column, gint64 *values, gsize n)
{
  Draft *draft = get_draft_to_take (self, column, STORE_INTEGERS, n);

  if (draft != NULL)
    draft->column.integers = values;
}

void
mq_table_builder_take_doubles (MqTableBuilder *self, guint column, double *values, gsize n)
{
  Draft *draft = get_draft_to_take (self, column, STORE_DOUBLES, n);

  if (draft != NULL)
    draft->column.doubles = values;
}

void
mq_table_builder_take_codes (MqTableBuilder *self, guint column, guint32 *codes, MqStrings *strings, gsize n)
{
  Draft *draft = get_draft_to_take (self, column, STORE_CODES, n);

  if (draft == NULL)
    return;
  draft->column.codes = codes;
  draft->column.strings = mq_strings_ref (strings);
}

MqTable *
mq_table_builder_finish (MqTableBuilder *self)
{
  MqTable *table = g_new0 (MqTable, 1);

  g_atomic_ref_count_init (&table->ref_count);
  table->name = g_steal_pointer (&self->name);
  table->currency = g_steal_pointer (&self->currency);
  table->zone = g_steal_pointer (&self->zone);
  table->digits = table->currency != NULL ? MAX (mq_currency_digits (table->currency), 0) : 2;
  table->n_columns = self->drafts->len;
  table->columns = g_new0 (Column, MAX (table->n_columns, 1));
  table->n_rows = self->n_appended;
  for (guint i = 0; i < table->n_columns; i++)
    {
      Draft *draft = &g_array_index (self->drafts, Draft, i);

      if (draft->is_whole && i == 0)
        table->n_rows = draft->n;
      if ((draft->is_whole ? draft->n : self->n_appended) != table->n_rows)
        g_error ("Table %s: the column %s does not have as many rows as the others", table->name, draft->column.id);
      finish_draft (draft, &table->columns[i]);
    }
  mq_table_builder_free (self);
  return table;
}

static void
copy_head (const Column *column, gsize n, Column *copy)
{
  gsize width = sizeof (gint64);

  *copy = *column;
  copy->id = g_strdup (column->id);
  if (column->strings != NULL)
    {
      copy->strings = mq_strings_ref (column->strings);
      width = sizeof (guint32);
    }
  copy->any = g_memdup2 (column->any, n * width);
}

MqTable *
mq_table_head (const MqTable *self, gsize n)
{
  MqTable *head = g_new0 (MqTable, 1);

  g_atomic_ref_count_init (&head->ref_count);
  head->name = g_strdup (self->name);
  head->currency = g_strdup (self->currency);
  head->zone = g_strdup (self->zone);
  head->digits = self->digits;
  head->n_columns = self->n_columns;
  head->n_rows = MIN (n, self->n_rows);
  head->columns = g_new0 (Column, MAX (self->n_columns, 1));
  for (guint i = 0; i < self->n_columns; i++)
    copy_head (&self->columns[i], head->n_rows, &head->columns[i]);
  return head;
}

MqTable *
mq_table_ref (MqTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_table_unref (MqTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_columns; i++)
    clear_column (&self->columns[i]);
  g_free (self->columns);
  g_free (self->name);
  g_free (self->currency);
  g_free (self->zone);
  g_free (self);
}

const char *
mq_table_name (const MqTable *self)
{
  return self->name;
}

const char *
mq_table_currency (const MqTable *self)
{
  return self->currency;
}

const char *
mq_table_zone (const MqTable *self)
{
  return self->zone;
}

gsize
mq_table_n_rows (const MqTable *self)
{
  return self->n_rows;
}

guint
mq_table_n_columns (const MqTable *self)
{
  return self->n_columns;
}

const char *
mq_table_column_id (const MqTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->columns[column].id;
}

MqTableWords
mq_table_column_words (const MqTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);

  return self->columns[column].words;
}

const char *
mq_table_column_title (const MqTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->columns[column].title;
}

MqColumnType
mq_table_column_type (const MqTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, MQ_COLUMN_TEXT);
  return self->columns[column].type;
}

gint
mq_table_find_column (const MqTable *self, const char *id)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_str_equal (self->columns[i].id, id))
      return i;
  return -1;
}

gboolean
mq_table_is_missing (const MqTable *self, gsize row, guint column)
{
  const Column *c;

  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, TRUE);
  c = &self->columns[column];
  switch (get_store (c->type))
    {
    case STORE_INTEGERS:
      return c->integers[row] == G_MININT64;
    case STORE_DOUBLES:
      return isnan (c->doubles[row]);
    default:
      return c->codes != NULL && c->codes[row] == MQ_CODE_MISSING;
    }
}

gint64
mq_table_integer (const MqTable *self, gsize row, guint column)
{
  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, G_MININT64);
  g_return_val_if_fail (get_store (self->columns[column].type) == STORE_INTEGERS, G_MININT64);
  return self->columns[column].integers[row];
}

double
mq_table_number (const MqTable *self, gsize row, guint column)
{
  static const double powers[] = { 1, 10, 100, 1000, 10000 };
  const Column       *c;
  double              value;

  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, NAN);
  c = &self->columns[column];
  if (get_store (c->type) == STORE_CODES || mq_table_is_missing (self, row, column))
    return NAN;
  if (get_store (c->type) == STORE_DOUBLES)
    return c->doubles[row];
  value = c->integers[row];
  return c->type == MQ_COLUMN_MONEY ? value / powers[self->digits] : value;
}

const char *
mq_table_text (const MqTable *self, gsize row, guint column)
{
  const Column *c;

  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, NULL);
  c = &self->columns[column];
  g_return_val_if_fail (get_store (c->type) == STORE_CODES, NULL);
  if (mq_table_is_missing (self, row, column))
    return NULL;
  return mq_strings_get (c->strings, c->codes != NULL ? c->codes[row] & ~WORD : row);
}

gboolean
mq_table_is_word (const MqTable *self, gsize row, guint column)
{
  const Column *c;

  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, FALSE);
  c = &self->columns[column];
  if (get_store (c->type) != STORE_CODES || mq_table_is_missing (self, row, column))
    return FALSE;
  return c->type == MQ_COLUMN_TERM || (c->codes != NULL && (c->codes[row] & WORD) != 0);
}

void
mq_table_write_cell (const MqTable *self, gsize row, guint column, GString *out)
{
  const Column *c = &self->columns[column];

  if (mq_table_is_missing (self, row, column))
    return;
  switch (get_store (c->type))
    {
    case STORE_INTEGERS:
      append_integer (self, c, c->integers[row], out);
      break;
    case STORE_DOUBLES:
      mq_json_append_double (out, c->doubles[row]);
      break;
    default:
      g_string_append (out, mq_table_text (self, row, column));
    }
}

void
mq_table_write_csv (const MqTable *self, gboolean for_spreadsheet, GString *out)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_csv_text (out, self->columns[i].id, FALSE);
    }
  g_string_append_c (out, '\n');
  for (gsize row = 0; row < self->n_rows; row++)
    {
      for (guint i = 0; i < self->n_columns; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          if (get_store (self->columns[i].type) != STORE_CODES || mq_table_is_missing (self, row, i))
            mq_table_write_cell (self, row, i, out);
          else
            append_csv_text (out, mq_table_text (self, row, i), for_spreadsheet);
        }
      g_string_append_c (out, '\n');
    }
}

void
mq_table_write_json (const MqTable *self, GString *out)
{
  g_string_append_c (out, '[');
  for (gsize row = 0; row < self->n_rows; row++)
    {
      g_string_append (out, row > 0 ? ",\n  {" : "\n  {");
      for (guint i = 0; i < self->n_columns; i++)
        {
          if (i > 0)
            g_string_append (out, ", ");
          mq_json_append_string (out, self->columns[i].id);
          g_string_append (out, ": ");
          append_json_cell (self, row, i, out);
        }
      g_string_append_c (out, '}');
    }
  g_string_append (out, self->n_rows > 0 ? "\n]" : "]");
}
