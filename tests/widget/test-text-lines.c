/* test-text-lines.c: a text of as many lines asks for no other size, a longer one does; what a screen reader hears. */

#include <gtk/gtk.h>

#include "text-lines.h"

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

static void
test_size (void)
{
  GtkWidget *lines = g_object_ref_sink (mq_text_lines_new (24, FALSE));
  int        one, wide;

  mq_text_lines_set_text (MQ_TEXT_LINES (lines), "44.5 % did");
  wide = measure (lines, GTK_ORIENTATION_HORIZONTAL, -1);
  one = measure (lines, GTK_ORIENTATION_VERTICAL, wide);
  mq_text_lines_set_text (MQ_TEXT_LINES (lines), "44.6 % did");
  g_assert_cmpint (measure (lines, GTK_ORIENTATION_HORIZONTAL, -1), ==, wide);
  mq_text_lines_set_text (MQ_TEXT_LINES (lines), "44.5 % of 1,284 who entered did all steps; the narrowest is step 5");
  g_assert_cmpint (measure (lines, GTK_ORIENTATION_HORIZONTAL, -1), >, wide);
  g_assert_cmpint (measure (lines, GTK_ORIENTATION_VERTICAL, wide), >=, 3 * one);
  g_assert_cmpint (measure (lines, GTK_ORIENTATION_VERTICAL, 100 * wide), ==, one);
  g_object_unref (lines);
}

static void
test_single (void)
{
  GtkWidget *lines = g_object_ref_sink (mq_text_lines_new (8, TRUE));
  int        wide, one;

  mq_text_lines_set_text (MQ_TEXT_LINES (lines), "1,284");
  one = measure (lines, GTK_ORIENTATION_VERTICAL, -1);
  mq_text_lines_set_text (MQ_TEXT_LINES (lines), "£8,007,000.00 and more than that");
  wide = measure (lines, GTK_ORIENTATION_HORIZONTAL, -1);
  g_assert_cmpint (measure (lines, GTK_ORIENTATION_VERTICAL, wide / 2), ==, one);
  gtk_test_accessible_assert_role (lines, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (lines, GTK_ACCESSIBLE_PROPERTY_LABEL, "£8,007,000.00 and more than that");
  g_assert_cmpstr (mq_text_lines_get_text (MQ_TEXT_LINES (lines)), ==, "£8,007,000.00 and more than that");
  g_object_unref (lines);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/text-lines/size", test_size);
  g_test_add_func ("/text-lines/single", test_single);
  return g_test_run ();
}
