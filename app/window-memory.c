/* window-memory.c: size and state of the window. */

#include "config.h"

#include "window-memory.h"

#define DEFAULT_WIDTH 1180
#define DEFAULT_HEIGHT 760

GSettings *
mq_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
mq_window_memory_load (GtkWindow *window, GSettings *settings)
{
  if (settings == NULL)
    {
      gtk_window_set_default_size (window, DEFAULT_WIDTH, DEFAULT_HEIGHT);
      return;
    }
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
mq_window_memory_save (GtkWindow *window, GSettings *settings)
{
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}
