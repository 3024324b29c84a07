/* wrap-box.h: MqWrapBox, a container that puts its children beside each other and wraps where the line is full. Unlike
 * GtkFlowBox it is a plain container: no cells, no selection, and Tab goes from child to child.
 *
 * Children are added with gtk_widget_set_parent() or as <child> in a template. Unless it is homogeneous, a child with halign END
 * that is the last one of its line stands at the line's end. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MQ_TYPE_WRAP_BOX (mq_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (MqWrapBox, mq_wrap_box, MQ, WRAP_BOX, GtkWidget)

/* Properties: "spacing" (pixels, between children and lines), "homogeneous" (all as wide as the widest, lines filled, also in height; else
 * each as wide as it wants), "max-per-line" (homogeneous only). */
GtkWidget *mq_wrap_box_new (void);

G_END_DECLS
