/* heat-map.h: what the parts of a heat map share: heat-map.c reads the table, heat-map-axes.c gives the surroundings their room,
 * heat-map-cells.c draws. */

#pragma once

#include "chart/chart-private.h"
#include "chart/groups.h"
#include "chart/scale.h"

G_BEGIN_DECLS

enum
{
  MQ_HEAT_X,
  MQ_HEAT_Y,
  MQ_HEAT_VALUE,
  MQ_HEAT_LABEL,
};

typedef struct
{
  MqChartLayout *layout;
  MqGroups       x, y;
  gsize         *cells;   /* (owned) table row by position, or MQ_NO_ROW; y counted from the top */
  MqTicks        classes; /* borders of the colours */
  MqRect         grid;
  double         gap;
} MqHeatMap;

MqTable    *mq_heat_map_table (const MqHeatMap *self);
int         mq_heat_map_column (const MqHeatMap *self, guint index);
const char *mq_heat_map_axis_title (const MqChart *chart, guint axis);
/* words are taken. (transfer full) */
PangoLayout *mq_heat_map_text (const MqHeatMap *self, char *words, double scale, gboolean bold);

/* heat-map-axes.c: places the grid within the area, draws ticks, titles and legend as far as there is room. */
void mq_heat_map_arrange_axes (MqHeatMap *self, MqRect area);
/* heat-map-cells.c: cells, what is written in them, borders between labels; and the marks. */
void mq_heat_map_draw_cells (MqHeatMap *self);

G_END_DECLS
