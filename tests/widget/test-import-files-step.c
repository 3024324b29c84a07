/* test-import-files-step.c: a folder whose name is no UTF-8 does not reach a label as it is. */

#include "config.h"

#include <adwaita.h>

#include "dialogs/import-files-step.h"
#include "wait.h"

/* Counts the labels below; each is text. */
static guint
check_labels (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget);

  if (n > 0)
    g_assert_true (g_utf8_validate (gtk_label_get_text (GTK_LABEL (widget)), -1, NULL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += check_labels (child);
  return n;
}

static void
test_names (void)
{
  MqImportFound *found = g_new0 (MqImportFound, 1);
  GtkWidget     *step = g_object_new (MQ_TYPE_IMPORT_FILES_STEP, NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window;

  found->path = g_strdup ("/data/\xff\xfe/orders.csv");
  found->name = g_strdup ("orders.csv");
  found->recipe = mq_import_recipe_new (MQ_KIND_ORDERS);
  g_ptr_array_add (groups, mq_import_group_new (found, "UTC", "EUR"));
  mq_import_files_step_show (MQ_IMPORT_FILES_STEP (step), groups, FALSE);
  window = show_in_window (step);
  g_assert_cmpuint (check_labels (step), >, 2);
  destroy_window (window, step);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/import-files-step/names", test_names);
  return g_test_run ();
}
