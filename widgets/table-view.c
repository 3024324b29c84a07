/* table-view.c: GtkColumnView over MqTableRows. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"
#include "table-rows.h"
#include "table-view.h"

/* Longer text of the data is clipped on screen. */
#define MAX_CHARACTERS 512

struct _MqTableView
{
  AdwBin parent_instance;

  MqTable       *table;       /* (owned) (nullable) */
  MqTableRows   *rows;        /* (owned) */
  GtkColumnView *column_view; /* (borrowed) */
  int            probed;      /* column that the view asked to compare first; see find_sort() */
};

/* What a column's factory and sorter know. */
typedef struct
{
  MqTableView *view; /* (borrowed) outlives its columns */
  guint        column;
} ColumnData;

enum
{
  SIGNAL_ROW_ACTIVATED,
  SIGNAL_SELECTION_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqTableView, mq_table_view, ADW_TYPE_BIN)

static gboolean
is_text (MqColumnType type)
{
  return type == MQ_COLUMN_TEXT || type == MQ_COLUMN_TERM;
}

/* The column that takes the room left over: the first with text of the data, which may be long. */
static guint
find_wide_column (MqTable *table)
{
  for (guint i = 0; i < mq_table_n_columns (table); i++)
    {
      if (mq_table_column_type (table, i) == MQ_COLUMN_TEXT)
        return i;
    }
  return 0;
}

static ColumnData *
make_column_data (MqTableView *self, guint column)
{
  ColumnData *data = g_new0 (ColumnData, 1);

  data->view = self;
  data->column = column;
  return data;
}

static void
free_column_data_cb (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
setup_cell_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  ColumnData *data = user_data;
  GtkWidget  *label = gtk_label_new (NULL);

  if (is_text (mq_table_column_type (data->view->table, data->column)))
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 12);
    }
  else
    {
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "numeric");
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  ColumnData      *data = user_data;
  MqTableRow      *row = gtk_list_item_get_item (item);
  GtkLabel        *label = GTK_LABEL (gtk_list_item_get_child (item));
  MqTable         *table = mq_table_row_get_table (row);
  g_autofree char *text = mq_format_cell (table, mq_table_row_get_row (row), data->column);

  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    *g_utf8_offset_to_pointer (text, MAX_CHARACTERS) = '\0';
  gtk_label_set_text (label, text);
}

/* Never used to sort (MqTableRows does): it only tells which column the view would sort by. */
static int
probe_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const ColumnData *data = user_data;

  if (data->view->probed < 0)
    data->view->probed = (int) data->column;
  return GTK_ORDERING_SMALLER;
}

/* GTK 4.8 does not say which column its headers sort by, so the sorter is asked to compare two rows: the first column
 * asked is the one, and the answer tells whether it was turned round. */
static int
find_sort (MqTableView *self, gboolean *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->column_view);
  g_autoptr (GObject) first = g_object_new (MQ_TYPE_TABLE_ROW, NULL);
  g_autoptr (GObject) second = g_object_new (MQ_TYPE_TABLE_ROW, NULL);

  self->probed = -1;
  *descending = gtk_sorter_compare (sorter, first, second) == GTK_ORDERING_LARGER;
  return self->probed;
}

static void
sort_changed_cb (MqTableView *self)
{
  gboolean descending;
  int      column = find_sort (self, &descending);

  mq_table_rows_sort (self->rows, column, descending);
}

static void
add_column (MqTableView *self, guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;
  g_autoptr (GtkCustomSorter) sorter = NULL;

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), make_column_data (self, column), free_column_data_cb, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cell_cb), make_column_data (self, column), free_column_data_cb, 0);
  view_column = gtk_column_view_column_new (_ (mq_table_column_title (self->table, column)), factory);
  sorter = gtk_custom_sorter_new (probe_compare, make_column_data (self, column), g_free);
  gtk_column_view_column_set_sorter (view_column, GTK_SORTER (sorter));
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == find_wide_column (self->table));
  gtk_column_view_append_column (self->column_view, view_column);
}

static void
replace_columns (MqTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->column_view, column);
    }
  for (guint i = 0; self->table != NULL && i < mq_table_n_columns (self->table); i++)
    add_column (self, i);
}

static gboolean
has_same_columns (MqTable *a, MqTable *b)
{
  if (a == NULL || b == NULL || mq_table_n_columns (a) != mq_table_n_columns (b))
    return FALSE;
  for (guint i = 0; i < mq_table_n_columns (a); i++)
    {
      if (!g_str_equal (mq_table_column_id (a, i), mq_table_column_id (b, i)) || mq_table_column_type (a, i) != mq_table_column_type (b, i))
        return FALSE;
    }
  return TRUE;
}

static void
activate_cb (MqTableView *self, guint position)
{
  g_autoptr (MqTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, (guint64) mq_table_row_get_row (row));
}

static void
selection_changed_cb (MqTableView *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
append_row_text (GString *text, MqTable *table, gsize row)
{
  for (guint i = 0; i < mq_table_n_columns (table); i++)
    {
      if (i > 0)
        g_string_append_c (text, '\t');
      mq_table_write_cell (table, row, i, text);
    }
  g_string_append_c (text, '\n');
}

/* The selected rows as tab-separated text, exact figures, as a spreadsheet takes them. */
static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqTableView       *self = MQ_TABLE_VIEW (widget);
  GtkSelectionModel *selection = gtk_column_view_get_model (self->column_view);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint         position;

  if (selection == NULL)
    return;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (MqTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

      append_row_text (text, self->table, mq_table_row_get_row (row));
    }
  if (text->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
mq_table_view_dispose (GObject *object)
{
  MqTableView *self = MQ_TABLE_VIEW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  self->column_view = NULL;
  g_clear_object (&self->rows);
  g_clear_pointer (&self->table, mq_table_unref);

  G_OBJECT_CLASS (mq_table_view_parent_class)->dispose (object);
}

static void
mq_table_view_class_init (MqTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_table_view_dispose;

  signals[SIGNAL_ROW_ACTIVATED] =
      g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[SIGNAL_SELECTION_CHANGED] =
      g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy", NULL);
}

static void
mq_table_view_init (MqTableView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->rows = mq_table_rows_new (NULL);
  self->column_view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->column_view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->column_view), "data-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->column_view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  g_signal_connect_object (self->column_view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed", G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mq_table_view_new (void)
{
  return g_object_new (MQ_TYPE_TABLE_VIEW, NULL);
}

MqTable *
mq_table_view_get_table (MqTableView *self)
{
  g_return_val_if_fail (MQ_IS_TABLE_VIEW (self), NULL);

  return self->table;
}

void
mq_table_view_set_table (MqTableView *self, MqTable *table, const char *label)
{
  g_autoptr (MqTable) old = NULL;
  g_autoptr (GtkMultiSelection) selection = NULL;

  g_return_if_fail (MQ_IS_TABLE_VIEW (self));

  old = self->table;
  self->table = table != NULL ? mq_table_ref (table) : NULL;
  gtk_column_view_set_model (self->column_view, NULL);
  if (!has_same_columns (old, self->table))
    replace_columns (self);
  g_clear_object (&self->rows);
  self->rows = mq_table_rows_new (self->table);
  sort_changed_cb (self);
  selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (selection));
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
mq_table_view_take_subset (MqTableView *self, GArray *rows)
{
  g_return_if_fail (MQ_IS_TABLE_VIEW (self));

  mq_table_rows_take_subset (self->rows, rows);
  sort_changed_cb (self);
}

guint
mq_table_view_get_n_shown (MqTableView *self)
{
  g_return_val_if_fail (MQ_IS_TABLE_VIEW (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

gboolean
mq_table_view_get_selected (MqTableView *self, gsize *row)
{
  GtkSelectionModel *model;
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (MqTableRow) object = NULL;

  g_return_val_if_fail (MQ_IS_TABLE_VIEW (self), FALSE);

  model = gtk_column_view_get_model (self->column_view);
  if (model == NULL)
    return FALSE;
  selected = gtk_selection_model_get_selection (model);
  if (gtk_bitset_get_size (selected) != 1)
    return FALSE;
  object = g_list_model_get_item (G_LIST_MODEL (self->rows), gtk_bitset_get_minimum (selected));
  *row = mq_table_row_get_row (object);
  return TRUE;
}

void
mq_table_view_select (MqTableView *self, gsize row)
{
  guint n;

  g_return_if_fail (MQ_IS_TABLE_VIEW (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MqTableRow) object = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (mq_table_row_get_row (object) != row)
        continue;
      gtk_selection_model_select_item (gtk_column_view_get_model (self->column_view), i, TRUE);
      return;
    }
}
