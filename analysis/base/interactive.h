/* interactive.h: the thread that draws the window must never wait for a disk. It says so of itself once; whatever reads or
 * writes files or the database asserts that it runs on another one. Off where assertions are (G_DISABLE_ASSERT). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on this thread may not block. The command line and tests never call it: their main thread may. */
void     mq_interactive_begin (void);
gboolean mq_interactive_is_thread (void);

#define mq_assert_may_block() g_assert (!mq_interactive_is_thread ())

G_END_DECLS
