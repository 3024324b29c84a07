/* weak.h: what a callback that may outlive its widget holds instead of a reference, so that a job under way never keeps
 * a closed window alive. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gpointer mq_weak_new (gpointer object);
/* Frees `weak`. (transfer full) (nullable): the object, or NULL if it is gone. */
gpointer mq_weak_steal (gpointer weak);

G_END_DECLS
