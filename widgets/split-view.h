/* split-view.h: the seam to the sidebar-and-content layout (AdwLeaflet here, AdwNavigationSplitView on later runtimes).
 * Folds by itself where the window is narrow; then one side is seen and `show-content` says which. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_SPLIT_VIEW (mq_split_view_get_type ())
G_DECLARE_FINAL_TYPE (MqSplitView, mq_split_view, MQ, SPLIT_VIEW, AdwBin)

GtkWidget *mq_split_view_new (void);
void       mq_split_view_set_sidebar (MqSplitView *self, GtkWidget *sidebar);
void       mq_split_view_set_content (MqSplitView *self, GtkWidget *content);
gboolean   mq_split_view_get_folded (MqSplitView *self); /* property "folded", notifies */
gboolean   mq_split_view_get_show_content (MqSplitView *self);
void       mq_split_view_set_show_content (MqSplitView *self, gboolean show_content); /* property "show-content" */

G_END_DECLS
