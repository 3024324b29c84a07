/* test-fold-box.c: what is seen of a child in a wide box and in a narrow one. */

#include "config.h"

#include <adwaita.h>

#include "fold-box.h"
#include "wrap-box.h"

#define CHILDREN 6
#define WIDE 600
#define NARROW 320

/* One line in a wide box, two in a narrow one. */
static GtkWidget *
make_child (int height)
{
  GtkWidget *wrap = mq_wrap_box_new ();

  g_object_set (wrap, "spacing", 0, NULL);
  for (guint i = 0; i < CHILDREN; i++)
    {
      GtkWidget *area = gtk_drawing_area_new ();

      gtk_widget_set_size_request (area, 100, height);
      gtk_widget_set_parent (area, wrap);
    }
  return wrap;
}

static int
allocate (GtkWidget *box, int width)
{
  int height;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, width, height }, -1);
  return height;
}

static void
test_folds (void)
{
  GtkWidget *child = make_child (100);
  GtkWidget *box = g_object_ref_sink (mq_fold_box_new ("Settings", child));
  GtkWidget *row = gtk_widget_get_first_child (box);
  int        low, high;

  g_assert_cmpint (allocate (box, WIDE), ==, 100);
  g_assert_false (mq_fold_box_is_folded (MQ_FOLD_BOX (box)));
  g_assert_true (gtk_widget_get_child_visible (child) && !gtk_widget_get_child_visible (row));
  low = allocate (box, NARROW);
  g_assert_true (mq_fold_box_is_folded (MQ_FOLD_BOX (box)));
  g_assert_true (low < 100 && !gtk_widget_get_child_visible (child) && gtk_widget_get_child_visible (row));
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), TRUE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  high = allocate (box, NARROW);
  g_assert_cmpint (high, >=, low + 200);
  g_assert_true (gtk_widget_get_child_visible (child) && gtk_widget_get_child_visible (row));
  g_assert_cmpint (allocate (box, WIDE), ==, 100);
  g_assert_false (gtk_widget_get_child_visible (row));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), FALSE);
  mq_fold_box_open (MQ_FOLD_BOX (box));
  g_assert_cmpint (allocate (box, NARROW), ==, high);
  g_object_unref (box);
}

/* Two lines that are no higher than two rows stay. */
static void
test_low (void)
{
  GtkWidget *box = g_object_ref_sink (mq_fold_box_new ("Settings", make_child (20)));

  g_assert_cmpint (allocate (box, NARROW), ==, 40);
  g_assert_false (mq_fold_box_is_folded (MQ_FOLD_BOX (box)));
  g_object_unref (box);
}

static void
test_summary (void)
{
  GtkWidget *box = g_object_ref_sink (mq_fold_box_new ("Settings", make_child (20)));
  GtkWidget *row = gtk_widget_get_first_child (box);

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Settings");
  mq_fold_box_set_summary (MQ_FOLD_BOX (box), "Unit: Weeks");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Settings: Unit: Weeks");
  g_object_unref (box);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/fold-box/folds", test_folds);
  g_test_add_func ("/fold-box/low", test_low);
  g_test_add_func ("/fold-box/summary", test_summary);
  return g_test_run ();
}
