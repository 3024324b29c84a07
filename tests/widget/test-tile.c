/* test-tile.c: what a screen reader hears of a headline figure. */

#include "config.h"

#include <adwaita.h>

#include "tile.h"
#include "wait.h"

static void
test_accessible (void)
{
  GtkWidget *tile = mq_tile_new ("Customers");
  GtkWidget *window = show_in_window (tile);

  mq_tile_set_value (MQ_TILE (tile), "4,372", NULL, "with a valid order");
  gtk_test_accessible_assert_role (tile, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "Customers: 4,372, with a valid order");
  mq_tile_set_value (MQ_TILE (tile), "£9.7 M", "£9,747,747.93", NULL);
  gtk_test_accessible_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "Customers: £9.7 M");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (tile), ==, "£9,747,747.93");
  destroy_window (window, tile);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Presses the key that stands for this binding: signals of bindings are actions of the class. */
static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL);
        }
    }
  return FALSE;
}

/* One that opens is a button, for whoever sees it, hears it or has no mouse; while there is nothing to open it is none. */
static void
test_opens (void)
{
  GtkWidget *tile = mq_tile_new_opening ("Negative");
  GtkWidget *window = show_in_window (tile);
  guint      n = 0;

  g_signal_connect_swapped (tile, "activated", G_CALLBACK (count_cb), &n);
  mq_tile_set_value (MQ_TILE (tile), "40 %", NULL, NULL);
  gtk_test_accessible_assert_role (tile, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_state (tile, GTK_ACCESSIBLE_STATE_DISABLED, TRUE);
  g_assert_false (gtk_widget_get_focusable (tile));
  g_assert_false (press (tile, GDK_KEY_Return));
  mq_tile_set_opens (MQ_TILE (tile), TRUE, "Read these comments");
  gtk_test_accessible_assert_state (tile, GTK_ACCESSIBLE_STATE_DISABLED, FALSE);
  g_assert_true (gtk_widget_get_focusable (tile));
  g_assert_true (press (tile, GDK_KEY_Return) && press (tile, GDK_KEY_space));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (tile), ==, "Read these comments");
  mq_tile_set_value (MQ_TILE (tile), "41 %", "41.25 %", NULL);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (tile), ==, "41.25 %\nRead these comments");
  destroy_window (window, tile);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/tile/accessible", test_accessible);
  g_test_add_func ("/tile/opens", test_opens);
  return g_test_run ();
}
