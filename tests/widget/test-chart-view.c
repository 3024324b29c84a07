/* test-chart-view.c: a chart's marks for the keyboard and the screen reader. */

#include "config.h"

#include <adwaita.h>

#include "chart-view.h"
#include "wait.h"

typedef struct
{
  guint   calls;
  guint64 row;
} Activations;

static MqTable *
make_table (guint n)
{
  static const char *const names[] = { "Champions", "Loyal", "At Risk", "Lost" };
  static const gint64      values[] = { 962, 540, 380, 170 };
  MqTableBuilder          *builder = mq_table_builder_new ("segments", NULL, NULL);

  mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  for (guint i = 0; i < n; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, names[i]);
      mq_table_builder_set_integer (builder, 1, values[i]);
    }
  return mq_table_builder_finish (builder);
}

static MqChart *
make_chart (guint n)
{
  g_autoptr (MqTable) table = make_table (n);

  return mq_chart_new_bars (table, "Champions lead", "Customers", "segment", "customers", NULL);
}

static GtkWidget *
get_mark (GtkWidget *view, guint index)
{
  GtkWidget *child = gtk_widget_get_first_child (view);

  while (child != NULL && index-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static guint
count_marks (GtkWidget *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
move (GtkWidget *view, MqMove direction)
{
  g_signal_emit_by_name (view, "move-cursor", (int) direction);
}

static void
activated_cb (MqChartView *view, guint64 row, guint column, gpointer user_data)
{
  Activations *activations = user_data;

  activations->calls++;
  activations->row = row;
}

static void
test_accessible (void)
{
  g_autoptr (MqChart) chart = make_chart (4);
  GtkWidget       *view = mq_chart_view_new ();
  GtkWidget       *window;
  g_autofree char *description = mq_chart_describe (chart);

  mq_chart_view_set_chart (MQ_CHART_VIEW (view), chart);
  window = show_in_window (view);

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Champions lead");
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  g_assert_cmpuint (count_marks (view), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *mark = get_mark (view, i);

      gtk_test_accessible_assert_role (mark, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_LABEL, i == 0 ? "Champions: 962" : i == 1 ? "Loyal: 540"
                                                                                                        : i == 2   ? "At Risk: 380"
                                                                                                                   : "Lost: 170");
      g_assert_true (gtk_widget_get_focusable (mark));
      g_assert_cmpint (gtk_widget_get_width (mark), >, 0);
    }
  destroy_window (window, view);
}

static void
test_keyboard (void)
{
  g_autoptr (MqChart) chart = make_chart (4);
  GtkWidget  *view = mq_chart_view_new ();
  GtkWidget  *window;
  Activations activations = { 0 };

  mq_chart_view_set_chart (MQ_CHART_VIEW (view), chart);
  window = show_in_window (view);
  g_signal_connect (view, "mark-activated", G_CALLBACK (activated_cb), &activations);

  g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == get_mark (view, 0));

  move (view, MQ_MOVE_DOWN);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == get_mark (view, 1));
  move (view, MQ_MOVE_LAST);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 3);
  move (view, MQ_MOVE_DOWN);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 3);
  move (view, MQ_MOVE_FIRST);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 0);

  move (view, MQ_MOVE_DOWN);
  move (view, MQ_MOVE_DOWN);
  g_signal_emit_by_name (view, "activate-cursor");
  g_assert_cmpuint (activations.calls, ==, 1);
  g_assert_cmpuint (activations.row, ==, 2);

  /* one Tab stop: a further Tab leaves */
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  destroy_window (window, view);
}

/* A new answer with fewer marks leaves no cursor outside of it; the focus stays in the chart. */
static void
test_replace (void)
{
  g_autoptr (MqChart) four = make_chart (4);
  g_autoptr (MqChart) two = make_chart (2);
  GtkWidget *view = mq_chart_view_new ();
  GtkWidget *window;

  mq_chart_view_set_chart (MQ_CHART_VIEW (view), four);
  window = show_in_window (view);
  gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  move (view, MQ_MOVE_DOWN);
  mq_chart_view_set_chart (MQ_CHART_VIEW (view), four);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 1);
  move (view, MQ_MOVE_LAST);
  mq_chart_view_set_chart (MQ_CHART_VIEW (view), two);
  g_assert_cmpuint (count_marks (view), ==, 2);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 0);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), view));
  mq_chart_view_set_chart (MQ_CHART_VIEW (view), NULL);
  g_assert_cmpuint (count_marks (view), ==, 0);
  destroy_window (window, view);
}

static void
test_dark (void)
{
  g_autoptr (MqChart) chart = make_chart (4);
  GtkWidget *view = mq_chart_view_new ();
  GtkWidget *window;

  mq_chart_view_set_chart (MQ_CHART_VIEW (view), chart);
  window = show_in_window (view);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  WAIT (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_assert_cmpuint (count_marks (view), ==, 4);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  destroy_window (window, view);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart-view/accessible", test_accessible);
  g_test_add_func ("/chart-view/keyboard", test_keyboard);
  g_test_add_func ("/chart-view/replace", test_replace);
  g_test_add_func ("/chart-view/dark", test_dark);
  return g_test_run ();
}
