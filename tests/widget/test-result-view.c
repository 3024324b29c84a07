/* test-result-view.c: a chart and its table twin show the same rows; the program's resources are linked in. */

#include "config.h"

#include <adwaita.h>

#include "chart-samples.h"
#include "chart-view.h"
#include "result-view.h"
#include "wait.h"

static MqChart *
make_chart (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", NULL, NULL);
  g_autoptr (MqTable) table = NULL;

  mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, "Champions");
  mq_table_builder_set_integer (builder, 1, 962);
  table = mq_table_builder_finish (builder);
  return mq_chart_new_bars (table, "Champions lead", "Customers", "segment", "customers", NULL);
}

static MqChart *
find_sample (const char *name)
{
  for (guint i = 0; i < chart_sample_n (); i++)
    if (g_str_equal (chart_sample_name (i), name))
      return chart_sample_make (i, SAMPLE_ENGLISH, 0);
  g_assert_not_reached ();
}

static GtkWidget *
find_toggle (GtkWidget *root, const char *tooltip)
{
  if (GTK_IS_TOGGLE_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toggle (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_mapped (GtkWidget *root, const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_toggle (void)
{
  g_autoptr (MqChart) chart = make_chart ();
  GtkWidget *view = mq_result_view_new ();
  GtkWidget *window;
  GtkWidget *as_table;

  mq_result_view_set_chart (MQ_RESULT_VIEW (view), chart);
  g_assert_true (mq_result_view_get_chart (MQ_RESULT_VIEW (view)) == chart);
  window = show_in_window (view);
  as_table = find_toggle (view, "Show as table");
  g_assert_nonnull (as_table);
  gtk_test_accessible_assert_property (as_table, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show as table");
  WAIT (find_mapped (view, "MqChartView") != NULL);
  g_assert_null (find_mapped (view, "MqTableView"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (as_table), TRUE);
  WAIT (find_mapped (view, "MqTableView") != NULL);
  WAIT (find_mapped (view, "MqChartView") == NULL);
  destroy_window (window, view);
}

/* What the clipboard holds, read back in this process. */
static char *
read_clipboard_text (GtkWidget *view)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (view));
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

static void
test_actions (void)
{
  g_autoptr (MqChart) chart = make_chart ();
  g_autofree char *text = NULL;
  gboolean         as_table = FALSE;
  GtkWidget       *view = mq_result_view_new ();
  GtkWidget       *window;

  mq_result_view_set_chart (MQ_RESULT_VIEW (view), chart);
  window = show_in_window (view);
  WAIT (find_mapped (view, "MqChartView") != NULL);

  g_assert_true (gtk_widget_activate_action (view, "result.copy-table", NULL));
  text = read_clipboard_text (view);
  g_assert_cmpstr (text, ==, "segment\tcustomers\nChampions\t962\n");
  g_assert_true (gtk_widget_activate_action (view, "result.copy-picture", NULL));
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (gtk_widget_get_clipboard (view)), GDK_TYPE_TEXTURE));

  g_assert_true (gtk_widget_activate_action (view, "result.as-table", NULL));
  WAIT (find_mapped (view, "MqTableView") != NULL);
  g_object_get (view, "as-table", &as_table, NULL);
  g_assert_true (as_table);
  g_object_set (view, "as-table", FALSE, NULL);
  WAIT (find_mapped (view, "MqChartView") != NULL);

  g_assert_true (gtk_widget_activate_action (view, "result.menu", NULL));
  WAIT (find_mapped (view, "GtkPopoverMenu") != NULL);
  destroy_window (window, view);
}

static guint
count_marks (GtkWidget *view)
{
  return mq_chart_layout_n_marks (mq_chart_view_get_layout (MQ_CHART_VIEW (find_mapped (view, "MqChartView"))));
}

/* The legend's buttons hide and show series, say so to the screen reader, and keep what is hidden when another answer comes. */
static void
test_series (void)
{
  g_autoptr (MqChart) chart = find_sample ("grouped");
  g_autoptr (MqChart) again = find_sample ("grouped");
  g_autoptr (MqChart) plain = make_chart ();
  GtkWidget       *view = mq_result_view_new ();
  GtkWidget       *window;
  GtkWidget       *toggle;
  g_autofree char *name = mq_chart_series_name (chart, 0);
  g_autofree char *hide = g_strdup_printf ("Hide “%s”", name);
  g_autofree char *show = g_strdup_printf ("Show “%s”", name);
  guint            n;

  mq_result_view_set_chart (MQ_RESULT_VIEW (view), chart);
  window = show_in_window (view);
  WAIT (find_mapped (view, "MqChartView") != NULL);
  n = count_marks (view);
  toggle = find_toggle (view, hide);
  g_assert_nonnull (toggle);
  gtk_test_accessible_assert_property (toggle, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  gtk_test_accessible_assert_state (toggle, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);

  g_signal_emit_by_name (toggle, "activate"); /* as Space does */
  WAIT (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
  gtk_test_accessible_assert_state (toggle, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_assert_cmpuint (count_marks (view), <, n);
  mq_result_view_set_chart (MQ_RESULT_VIEW (view), again);
  g_assert_true (find_toggle (view, show) == toggle);
  g_assert_cmpuint (count_marks (view), <, n);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_cmpuint (count_marks (view), ==, n);
  mq_result_view_set_chart (MQ_RESULT_VIEW (view), plain);
  g_assert_null (find_mapped (view, "MqSeriesToggles"));
  destroy_window (window, view);
}

static void
test_resources (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_resources_get_info ("/io/github/marquetry/Marquetry/style.css", 0, NULL, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/result-view/toggle", test_toggle);
  g_test_add_func ("/result-view/actions", test_actions);
  g_test_add_func ("/result-view/series", test_series);
  g_test_add_func ("/result-view/resources", test_resources);
  return g_test_run ();
}
