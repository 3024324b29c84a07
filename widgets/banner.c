/* banner.c: a revealer with an icon and a label (AdwBanner is younger than our floor). */

#include "config.h"

#include "banner.h"

struct _MqBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer; /* (borrowed) */
  GtkLabel    *label;    /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (MqBanner, mq_banner, ADW_TYPE_BIN)

static void
mq_banner_class_init (MqBannerClass *klass)
{
}

static void
mq_banner_init (MqBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (box, "banner");

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

GtkWidget *
mq_banner_new (void)
{
  return g_object_new (MQ_TYPE_BANNER, NULL);
}

void
mq_banner_set_text (MqBanner *self, const char *text)
{
  g_return_if_fail (MQ_IS_BANNER (self));

  if (text != NULL)
    gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
}
