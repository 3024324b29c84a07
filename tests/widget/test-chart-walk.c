/* test-chart-walk.c: every kind of chart is walked and read by keyboard alone: one Tab stop, each mark reached by arrows,
 * named to the screen reader as the tooltip names it, Enter opens what a click would, the table twin behind it. */

#include "config.h"

#include <adwaita.h>

#include "chart-samples.h"
#include "chart-view.h"
#include "result-view.h"
#include "wait.h"

typedef struct
{
  guint   calls;
  guint64 row;
  guint   column;
} Activations;

static void
activated_cb (MqChartView *view, guint64 row, guint column, gpointer user_data)
{
  Activations *activations = user_data;

  activations->calls++;
  activations->row = row;
  activations->column = column;
}

static void
press (GtkWidget *view, MqMove direction)
{
  g_signal_emit_by_name (view, "move-cursor", (int) direction);
}

/* What has the focus is the mark under the cursor, called as the layout calls it, and Enter opens it. */
static void
check_mark (GtkWidget *window, GtkWidget *view, Activations *activations)
{
  const MqChartLayout *layout = mq_chart_view_get_layout (MQ_CHART_VIEW (view));
  const MqMark        *mark = mq_chart_layout_mark (layout, mq_chart_view_get_cursor (MQ_CHART_VIEW (view)));
  GtkWidget           *focus = gtk_root_get_focus (GTK_ROOT (window));
  const guint          calls = activations->calls;

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_parent (focus) == view);
  g_assert_cmpuint (strlen (mark->label), >, 2);
  gtk_test_accessible_assert_role (focus, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (focus, GTK_ACCESSIBLE_PROPERTY_LABEL, mark->label);
  g_signal_emit_by_name (view, "activate-cursor");
  g_assert_cmpuint (activations->calls, ==, calls + 1);
  g_assert_cmpuint (activations->row, ==, mark->row);
  g_assert_cmpuint (activations->column, ==, mark->column);
}

static guint
walk (GtkWidget *window, GtkWidget *view, guint n)
{
  static const MqMove  directions[] = { MQ_MOVE_LEFT, MQ_MOVE_RIGHT, MQ_MOVE_UP, MQ_MOVE_DOWN };
  g_autofree guint    *queue = g_new (guint, n);
  g_autofree gboolean *seen = g_new0 (gboolean, n);
  guint                n_queued = 1;
  Activations          activations = { 0 };

  g_signal_connect (view, "mark-activated", G_CALLBACK (activated_cb), &activations);
  queue[0] = 0;
  seen[0] = TRUE;
  for (guint i = 0; i < n_queued; i++)
    for (guint d = 0; d < G_N_ELEMENTS (directions); d++)
      {
        guint to;

        mq_chart_view_set_cursor (MQ_CHART_VIEW (view), queue[i]);
        press (view, directions[d]);
        to = mq_chart_view_get_cursor (MQ_CHART_VIEW (view));
        g_assert_cmpuint (to, <, n);
        if (seen[to])
          continue;
        seen[to] = TRUE;
        check_mark (window, view, &activations);
        queue[n_queued++] = to;
      }
  return n_queued;
}

static void
check_chart (MqChart *chart)
{
  GtkWidget *view = mq_chart_view_new ();
  GtkWidget *window;
  guint      n;

  mq_chart_view_set_chart (MQ_CHART_VIEW (view), chart);
  window = show_in_window (view);
  n = mq_chart_layout_n_marks (mq_chart_view_get_layout (MQ_CHART_VIEW (view)));
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, mq_chart_title (chart));
  g_assert_cmpuint (n, >, 0);

  g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, 0);
  press (view, MQ_MOVE_LAST);
  g_assert_cmpuint (mq_chart_view_get_cursor (MQ_CHART_VIEW (view)), ==, n - 1);
  press (view, MQ_MOVE_FIRST);
  g_assert_cmpuint (walk (window, view, n), ==, n);
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  destroy_window (window, view);
}

static void
test_walk (gconstpointer data)
{
  g_autoptr (MqChart) chart = chart_sample_make (GPOINTER_TO_UINT (data), SAMPLE_ENGLISH, 0);

  check_chart (chart);
}

/* More marks than children: those around the cursor have them. */
static void
test_fullest (void)
{
  g_autoptr (MqChart) chart = chart_sample_fullest ();

  check_chart (chart);
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
reach (GtkWidget *window, GType type)
{
  for (guint i = 0; i < 20; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

      if (focus != NULL && (G_TYPE_CHECK_INSTANCE_TYPE (focus, type) || gtk_widget_get_ancestor (focus, type) != NULL))
        return TRUE;
      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    }
  return FALSE;
}

/* From the chart's card, by Tab: the chart, the toggle, and then the table in the chart's place. */
static void
test_twin (gconstpointer data)
{
  g_autoptr (MqChart) chart = chart_sample_make (GPOINTER_TO_UINT (data), SAMPLE_ENGLISH, 0);
  GtkWidget *view = mq_result_view_new ();
  GtkWidget *window;

  mq_result_view_set_chart (MQ_RESULT_VIEW (view), chart);
  window = show_in_window (view);
  g_assert_true (reach (window, MQ_TYPE_CHART_VIEW));
  gtk_widget_activate_action (view, "result.as-table", NULL);
  WAIT (find_type (view, GTK_TYPE_COLUMN_VIEW) != NULL);
  g_assert_true (reach (window, GTK_TYPE_COLUMN_VIEW));
  destroy_window (window, view);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < chart_sample_n (); i++)
    {
      g_autofree char *walk_path = g_strdup_printf ("/chart-walk/marks/%s", chart_sample_name (i));
      g_autofree char *twin_path = g_strdup_printf ("/chart-walk/twin/%s", chart_sample_name (i));

      g_test_add_data_func (walk_path, GUINT_TO_POINTER (i), test_walk);
      g_test_add_data_func (twin_path, GUINT_TO_POINTER (i), test_twin);
    }
  g_test_add_func ("/chart-walk/fullest", test_fullest);
  return g_test_run ();
}
