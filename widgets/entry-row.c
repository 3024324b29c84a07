/* entry-row.c: naming the button of an entry row. */

#include "config.h"

#include "entry-row.h"

#include <glib/gi18n.h>

/* (transfer none) (nullable) */
static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

void
mq_entry_row_name_button (AdwEntryRow *row)
{
  GtkWidget *button = find_button (GTK_WIDGET (row));

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Apply"), -1);
}
