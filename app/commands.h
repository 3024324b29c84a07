/* commands.h: what the window can be told to do, with its keys: the one place from which keys are bound, the finder lists and
 * the test of the help overlay reads. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *action; /* "project.open" */
  const char *accel;  /* (nullable) "<Control>o" */
  const char *title;  /* (nullable) N_(); NULL: not in the finder */
} MqCommand;

const MqCommand *mq_commands (guint *n);
/* Binds the keys of all commands to a class of widgets; "app." actions have theirs from the application. */
void mq_commands_bind (GtkWidgetClass *widget_class);

G_END_DECLS
