/* test-wrap-box.c: where children stand in a wide and in a narrow box. */

#include "config.h"

#include <adwaita.h>

#include "wrap-box.h"

static GtkWidget *
add (GtkWidget *box, int width, GtkAlign align)
{
  GtkWidget *child = gtk_drawing_area_new ();

  gtk_widget_set_size_request (child, width, 10);
  gtk_widget_set_halign (child, align);
  gtk_widget_set_parent (child, box);
  return child;
}

static void
assert_at (GtkWidget *child, GtkWidget *box, int x, int y)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, box, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.origin.y, ==, y);
}

static void
allocate (GtkWidget *box, int width)
{
  int height;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
test_end (void)
{
  GtkWidget *box = g_object_ref_sink (mq_wrap_box_new ());
  GtkWidget *first = add (box, 100, GTK_ALIGN_FILL);
  GtkWidget *last = add (box, 60, GTK_ALIGN_END);

  g_object_set (box, "spacing", 5, NULL);
  allocate (box, 300);
  assert_at (first, box, 0, 0);
  assert_at (last, box, 240, 0);
  allocate (box, 165);
  assert_at (last, box, 105, 0);
  allocate (box, 164);
  assert_at (first, box, 0, 0);
  assert_at (last, box, 104, 15);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  allocate (box, 300);
  assert_at (first, box, 200, 0);
  assert_at (last, box, 0, 0);
  g_object_unref (box);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/wrap-box/end", test_end);
  return g_test_run ();
}
