/* step-title.h: a step as people read it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an order or a message did in words ("Order paid" of order.paid), in the language of the messages; names of the file's
 * events and conditions as they are written. Never fails: text that is no step is returned. (transfer full) */
char *mq_step_title (const char *step);
/* Several, one after the other. (transfer full) */
char *mq_steps_title (const char *const *steps);

G_END_DECLS
