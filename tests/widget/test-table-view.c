/* test-table-view.c: the rows of a table: order, subset, made only when asked for. */

#include "config.h"

#include <adwaita.h>

#include "table-rows.h"
#include "table-view.h"
#include "wait.h"

static MqTable *
make_table (guint n)
{
  MqTableBuilder *builder = mq_table_builder_new ("customers", "GBP", NULL);

  mq_table_builder_add_column (builder, "customer", "Customer", MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "orders", "Orders", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "monetary", "Monetary", MQ_COLUMN_MONEY);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("C%06u", i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, name);
      mq_table_builder_set_integer (builder, 1, (i * 7) % 5);
      if (i % 10 != 3)
        mq_table_builder_set_integer (builder, 2, (gint64) ((i * 7919) % 1009) - 500);
    }
  return mq_table_builder_finish (builder);
}

static gsize
get_row (MqTableRows *rows, guint position)
{
  g_autoptr (MqTableRow) row = g_list_model_get_item (G_LIST_MODEL (rows), position);

  return mq_table_row_get_row (row);
}

/* The order asked of the rows, written down again as slowly as it can be. */
static void
assert_sorted (MqTableRows *rows, MqTable *table, guint column, gboolean descending)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (rows));

  for (guint i = 1; i < n; i++)
    {
      gsize    a = get_row (rows, i - 1);
      gsize    b = get_row (rows, i);
      gboolean a_missing = mq_table_is_missing (table, a, column);
      gboolean b_missing = mq_table_is_missing (table, b, column);

      g_assert_false (a_missing && !b_missing);
      if (!a_missing && !b_missing)
        {
          gint64 x = mq_table_integer (table, a, column);
          gint64 y = mq_table_integer (table, b, column);

          g_assert_true (descending ? x >= y : x <= y);
          if (x == y)
            g_assert_cmpuint (a, <, b);
        }
      else if (a_missing && b_missing)
        g_assert_cmpuint (a, <, b);
    }
}

static void
test_rows_sort (void)
{
  g_autoptr (MqTable) table = make_table (1000);
  g_autoptr (MqTableRows) rows = mq_table_rows_new (table);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 1000);
  mq_table_rows_sort (rows, 1, FALSE);
  assert_sorted (rows, table, 1, FALSE);
  mq_table_rows_sort (rows, 2, TRUE);
  assert_sorted (rows, table, 2, TRUE);
  mq_table_rows_sort (rows, -1, FALSE);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (get_row (rows, i), ==, i);
}

static void
test_rows_subset (void)
{
  g_autoptr (MqTable) table = make_table (100);
  g_autoptr (MqTableRows) rows = mq_table_rows_new (table);
  GArray *subset = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 10; i < 40; i++)
    g_array_append_val (subset, i);
  mq_table_rows_take_subset (rows, subset);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 30);
  mq_table_rows_sort (rows, 2, TRUE);
  assert_sorted (rows, table, 2, TRUE);
  for (guint i = 0; i < 30; i++)
    {
      g_assert_cmpuint (get_row (rows, i), >=, 10);
      g_assert_cmpuint (get_row (rows, i), <, 40);
    }
  mq_table_rows_take_subset (rows, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 100);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (rows), 100));
}

/* A subset has the cells of its rows, missing ones too. */
static void
test_subset (void)
{
  static const guint32 rows[] = { 13, 2, 99 };
  g_autoptr (MqTable) table = make_table (100);
  g_autoptr (MqTable) subset = mq_table_subset (table, rows, G_N_ELEMENTS (rows));

  g_assert_cmpuint (mq_table_n_rows (subset), ==, 3);
  g_assert_cmpstr (mq_table_currency (subset), ==, "GBP");
  for (guint i = 0; i < 3; i++)
    {
      for (guint column = 0; column < 3; column++)
        {
          g_autoptr (GString) expected = g_string_new (NULL);
          g_autoptr (GString) got = g_string_new (NULL);

          mq_table_write_cell (table, rows[i], column, expected);
          mq_table_write_cell (subset, i, column, got);
          g_assert_cmpstr (got->str, ==, expected->str);
        }
    }
  g_assert_true (mq_table_is_missing (subset, 0, 2));
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gsize
get_shown_row (GtkColumnView *column_view, guint position)
{
  g_autoptr (MqTableRow) row = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (column_view)), position);

  return mq_table_row_get_row (row);
}

/* A click on a header sorts; a new table of the same columns keeps the order asked for. */
static void
test_view_sort (void)
{
  g_autoptr (MqTable) table = make_table (50);
  g_autoptr (MqTable) next = make_table (60);
  GtkWidget     *view = mq_table_view_new ();
  GtkColumnView *column_view;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GtkWidget *window;

  mq_table_view_set_table (MQ_TABLE_VIEW (view), table, "Customers");
  window = show_in_window (view);
  column_view = GTK_COLUMN_VIEW (find_widget (view, GTK_TYPE_COLUMN_VIEW));
  gtk_test_accessible_assert_property (GTK_WIDGET (column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Customers");
  column = g_list_model_get_item (gtk_column_view_get_columns (column_view), 0);

  gtk_column_view_sort_by_column (column_view, column, GTK_SORT_DESCENDING);
  g_assert_cmpuint (get_shown_row (column_view, 0), ==, 49);
  mq_table_view_set_table (MQ_TABLE_VIEW (view), next, "Customers");
  g_assert_cmpuint (mq_table_view_get_n_shown (MQ_TABLE_VIEW (view)), ==, 60);
  g_assert_cmpuint (get_shown_row (column_view, 0), ==, 59);
  gtk_column_view_sort_by_column (column_view, column, GTK_SORT_ASCENDING);
  g_assert_cmpuint (get_shown_row (column_view, 0), ==, 0);
  gtk_column_view_sort_by_column (column_view, NULL, GTK_SORT_ASCENDING);
  g_assert_cmpuint (get_shown_row (column_view, 5), ==, 5);
  g_clear_object (&column);
  destroy_window (window, view);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* The row selected is told as the table has it, also when it is shown elsewhere. */
static void
test_view_selection (void)
{
  g_autoptr (MqTable) table = make_table (50);
  GtkWidget     *view = mq_table_view_new ();
  GtkWidget     *window;
  GtkColumnView *column_view;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  guint changes = 0;
  gsize row = 0;

  g_assert_false (mq_table_view_get_selected (MQ_TABLE_VIEW (view), &row));
  mq_table_view_set_table (MQ_TABLE_VIEW (view), table, "Customers");
  window = show_in_window (view);
  column_view = GTK_COLUMN_VIEW (find_widget (view, GTK_TYPE_COLUMN_VIEW));
  column = g_list_model_get_item (gtk_column_view_get_columns (column_view), 0);
  gtk_column_view_sort_by_column (column_view, column, GTK_SORT_DESCENDING);
  g_signal_connect_swapped (view, "selection-changed", G_CALLBACK (count_cb), &changes);

  g_assert_false (mq_table_view_get_selected (MQ_TABLE_VIEW (view), &row));
  mq_table_view_select (MQ_TABLE_VIEW (view), 7);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_true (mq_table_view_get_selected (MQ_TABLE_VIEW (view), &row));
  g_assert_cmpuint (row, ==, 7);
  g_assert_true (gtk_selection_model_is_selected (gtk_column_view_get_model (column_view), 42));
  gtk_selection_model_select_all (gtk_column_view_get_model (column_view));
  g_assert_false (mq_table_view_get_selected (MQ_TABLE_VIEW (view), &row));
  g_clear_object (&column);
  destroy_window (window, view);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/table-rows/sort", test_rows_sort);
  g_test_add_func ("/table-rows/subset", test_rows_subset);
  g_test_add_func ("/table-rows/subset-of-table", test_subset);
  g_test_add_func ("/table-view/sort", test_view_sort);
  g_test_add_func ("/table-view/selection", test_view_selection);
  return g_test_run ();
}
