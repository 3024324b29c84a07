/* drop-down.c: the button of a drop-down and its face. */

#include "config.h"

#include "drop-down.h"

#define LABEL_CHARS 8
#define MOST_CHARS 24

void
mq_drop_down_name_button (GtkDropDown *drop_down, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkLabel *
mq_menu_button_add_label (GtkMenuButton *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkLabel  *label = GTK_LABEL (gtk_label_new (NULL));

  g_return_val_if_fail (GTK_IS_MENU_BUTTON (button), NULL);

  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (label, LABEL_CHARS);
  gtk_label_set_max_width_chars (label, MOST_CHARS);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (button, box);
  return label;
}
