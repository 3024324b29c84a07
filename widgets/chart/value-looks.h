/* value-looks.h: charts whose colours mean something: a value looks the same in every chart, whatever else is there. What its
 * colour says, its name, its place or its pattern says too. */

#pragma once

#include "chart/series.h"

G_BEGIN_DECLS

/* How the value of a cell looks, known by its machine text. FALSE, with `look` untouched: colours of this chart mean nothing.
 * Patterns only where the theme has them. */
gboolean mq_chart_value_look (const MqChart *chart, const MqTheme *theme, gsize row, int column, MqSeriesLook *look);

void mq_value_looks_free (MqValueLooks *self);

G_END_DECLS
