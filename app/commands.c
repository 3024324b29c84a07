/* commands.c: the commands of the window. */

#include "config.h"

#include <glib/gi18n.h>

#include "commands.h"

static const MqCommand commands[] = {
  { "project.open", "<Control>o", N_ ("Open a Project…") },
  { "project.import", "<Control>i", N_ ("Import Data…") },
  { "project.paste", NULL, N_ ("Paste Data…") },
  { "project.export-places", NULL, N_ ("Where Do I Find My Export?") },
  { "project.sample", NULL, N_ ("Open Sample Project") },
  { "project.close", NULL, N_ ("Close Project") },
  { "project.export-pdf", "<Control>e", N_ ("Export PDF…") },
  { "project.export-png", NULL, N_ ("Export PNG…") },
  { "project.export-csv", NULL, N_ ("Export CSV…") },
  { "project.export-xlsx", NULL, N_ ("Export XLSX…") },
  { "project.refresh", "<Control>r", N_ ("Compute Again") },
  { "project.cancel", "<Control>period", N_ ("Cancel the Running Job") },
  { "project.search", "<Control>f", N_ ("Search on This Page") },
  { "project.pane", "F9", N_ ("Show or Hide the Side Pane") },
  { "project.find", "<Control>k", NULL },
  { "project.menu", "F10", NULL },
  { "project.preferences", "<Control>comma", N_ ("Preferences") },
  { "win.show-help-overlay", "<Control>question", N_ ("Keyboard Shortcuts") },
  { "app.about", NULL, N_ ("About Marquetry") },
  { "window.close", "<Control>w", N_ ("Close the Window") },
  { "app.quit", "<Control>q", N_ ("Quit") },
};

const MqCommand *
mq_commands (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

void
mq_commands_bind (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint           key;
      GdkModifierType modifiers;

      if (commands[i].accel == NULL || g_str_has_prefix (commands[i].action, "app."))
        continue;
      if (!gtk_accelerator_parse (commands[i].accel, &key, &modifiers))
        g_error ("The key %s does not exist", commands[i].accel);
      gtk_widget_class_add_binding_action (widget_class, key, modifiers, commands[i].action, NULL);
    }
}
