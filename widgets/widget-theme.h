/* widget-theme.h: the chart theme that fits the widgets as they are shown now. */

#pragma once

#include "chart/theme.h"

G_BEGIN_DECLS

/* By the style manager: light or dark, high contrast or not. */
const MqTheme *mq_widget_theme (void);

G_END_DECLS
