/* widget-theme.c: from AdwStyleManager to MqTheme. */

#include "config.h"

#include <adwaita.h>

#include "widget-theme.h"

const MqTheme *
mq_widget_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? &mq_theme_dark_hc : &mq_theme_light_hc;
  return dark ? &mq_theme_dark : &mq_theme_light;
}
