/* interactive.c: a mark on a thread. */

#include "config.h"

#include "base/interactive.h"

static _Thread_local gboolean interactive;

void
mq_interactive_begin (void)
{
  interactive = TRUE;
}

gboolean
mq_interactive_is_thread (void)
{
  return interactive;
}
