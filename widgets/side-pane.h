/* side-pane.h: the seam to the utility pane (AdwFlap here, AdwOverlaySplitView on later runtimes): a pane at the end of the
 * content, beside it where there is room, over it where there is none. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_SIDE_PANE (mq_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (MqSidePane, mq_side_pane, MQ, SIDE_PANE, AdwBin)

/* Properties "content" and "pane" (widgets). */
gboolean mq_side_pane_get_shown (MqSidePane *self);
void     mq_side_pane_set_shown (MqSidePane *self, gboolean shown);

G_END_DECLS
