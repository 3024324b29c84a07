/* table-rows.c: an MqTable as a list model. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/format.h"
#include "table-rows.h"

struct _MqTableRow
{
  GObject parent_instance;

  MqTable *table; /* (owned) */
  gsize    row;
};

struct _MqTableRows
{
  GObject parent_instance;

  MqTable *table; /* (owned) (nullable) */
  GArray  *order; /* (owned) (nullable) (element-type guint32); NULL: all rows in the table's order */
};

/* What a comparison needs to know. */
typedef struct
{
  MqTable     *table; /* (borrowed) */
  guint        column;
  MqColumnType type;
  gboolean     descending;
} SortKey;

static void mq_table_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (MqTableRow, mq_table_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (MqTableRows, mq_table_rows, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, mq_table_rows_list_model_init))

static gboolean
holds_integers (MqColumnType type)
{
  return type == MQ_COLUMN_INTEGER || type == MQ_COLUMN_MONEY || type == MQ_COLUMN_DAY || type == MQ_COLUMN_TIME || type == MQ_COLUMN_BOOLEAN;
}

static int
compare_values (const SortKey *key, guint32 a, guint32 b)
{
  if (holds_integers (key->type))
    {
      gint64 x = mq_table_integer (key->table, a, key->column);
      gint64 y = mq_table_integer (key->table, b, key->column);

      return (x > y) - (x < y);
    }
  if (key->type == MQ_COLUMN_TERM || mq_table_column_words (key->table, key->column) != NULL)
    {
      g_autofree char *x = mq_format_text (key->table, a, key->column);
      g_autofree char *y = mq_format_text (key->table, b, key->column);

      return g_utf8_collate (x, y);
    }
  if (key->type == MQ_COLUMN_TEXT && mq_table_is_word (key->table, a, key->column) != mq_table_is_word (key->table, b, key->column))
    return mq_table_is_word (key->table, a, key->column) ? 1 : -1; /* "Other" comes last */
  if (key->type == MQ_COLUMN_TEXT)
    return strcmp (mq_table_text (key->table, a, key->column), mq_table_text (key->table, b, key->column));
  else
    {
      double x = mq_table_number (key->table, a, key->column);
      double y = mq_table_number (key->table, b, key->column);

      return (x > y) - (x < y);
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SortKey *key = user_data;
  guint32        x = *(const guint32 *) a;
  guint32        y = *(const guint32 *) b;
  gboolean       x_missing = mq_table_is_missing (key->table, x, key->column);
  gboolean       y_missing = mq_table_is_missing (key->table, y, key->column);
  int            order = 0;

  if (x_missing != y_missing)
    return x_missing - y_missing;
  if (!x_missing)
    order = compare_values (key, x, y);
  if (order == 0)
    return (x > y) - (x < y);
  return key->descending ? -order : order;
}

static guint
get_n_shown (MqTableRows *self)
{
  if (self->order != NULL)
    return self->order->len;
  return self->table != NULL ? (guint) MIN (mq_table_n_rows (self->table), G_MAXUINT32) : 0;
}

static GArray *
list_all_rows (guint n)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);

  for (guint32 i = 0; i < n; i++)
    g_array_append_val (rows, i);
  return rows;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static GType
mq_table_rows_get_item_type (GListModel *model)
{
  return MQ_TYPE_TABLE_ROW;
}

static guint
mq_table_rows_get_n_items (GListModel *model)
{
  return get_n_shown (MQ_TABLE_ROWS (model));
}

static gpointer
mq_table_rows_get_item (GListModel *model, guint position)
{
  MqTableRows *self = MQ_TABLE_ROWS (model);
  MqTableRow  *row;

  if (position >= get_n_shown (self))
    return NULL;
  row = g_object_new (MQ_TYPE_TABLE_ROW, NULL);
  row->table = mq_table_ref (self->table);
  row->row = self->order != NULL ? g_array_index (self->order, guint32, position) : position;
  return row;
}

static void
mq_table_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mq_table_rows_get_item_type;
  iface->get_n_items = mq_table_rows_get_n_items;
  iface->get_item = mq_table_rows_get_item;
}

static void
mq_table_row_finalize (GObject *object)
{
  MqTableRow *self = MQ_TABLE_ROW (object);

  g_clear_pointer (&self->table, mq_table_unref);

  G_OBJECT_CLASS (mq_table_row_parent_class)->finalize (object);
}

static void
mq_table_row_class_init (MqTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_table_row_finalize;
}

static void
mq_table_row_init (MqTableRow *self)
{
}

static void
mq_table_rows_finalize (GObject *object)
{
  MqTableRows *self = MQ_TABLE_ROWS (object);

  g_clear_pointer (&self->table, mq_table_unref);
  g_clear_pointer (&self->order, g_array_unref);

  G_OBJECT_CLASS (mq_table_rows_parent_class)->finalize (object);
}

static void
mq_table_rows_class_init (MqTableRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_table_rows_finalize;
}

static void
mq_table_rows_init (MqTableRows *self)
{
}

MqTable *
mq_table_row_get_table (MqTableRow *self)
{
  g_return_val_if_fail (MQ_IS_TABLE_ROW (self), NULL);

  return self->table;
}

gsize
mq_table_row_get_row (MqTableRow *self)
{
  g_return_val_if_fail (MQ_IS_TABLE_ROW (self), 0);

  return self->row;
}

MqTableRows *
mq_table_rows_new (MqTable *table)
{
  MqTableRows *self = g_object_new (MQ_TYPE_TABLE_ROWS, NULL);

  self->table = table != NULL ? mq_table_ref (table) : NULL;
  return self;
}

void
mq_table_rows_take_subset (MqTableRows *self, GArray *rows)
{
  guint before;

  g_return_if_fail (MQ_IS_TABLE_ROWS (self));

  before = get_n_shown (self);
  g_clear_pointer (&self->order, g_array_unref);
  self->order = rows;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_shown (self));
}

void
mq_table_rows_sort (MqTableRows *self, int column, gboolean descending)
{
  guint n;

  g_return_if_fail (MQ_IS_TABLE_ROWS (self));

  n = get_n_shown (self);
  if (n == 0)
    return;
  if (self->order == NULL)
    self->order = list_all_rows (n);
  if (column < 0)
    g_array_sort (self->order, compare_numbers);
  else
    {
      SortKey key = { self->table, (guint) column, mq_table_column_type (self->table, (guint) column), descending };

      g_qsort_with_data (self->order->data, (int) n, sizeof (guint32), compare_rows, &key);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, n);
}
