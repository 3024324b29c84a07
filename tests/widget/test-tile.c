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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/tile/accessible", test_accessible);
  return g_test_run ();
}
