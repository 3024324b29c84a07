/* axis.h: MqAxis, one axis of values: from value to position, round ticks that stand clear of each other, their texts and
 * the grid. Linear, logarithmic or of calendar (DAY and TIME columns, in the table's zone). */

#pragma once

#include "chart/chart-private.h"

G_BEGIN_DECLS

#define MQ_AXIS_TICKS 32
#define MQ_AXIS_GAP 0.6   /* em between the plot and texts under it: clear of the lowest text beside it */
#define MQ_AXIS_TEXT 0.82 /* em: size of tick texts */

typedef enum
{
  MQ_AXIS_LINEAR,
  MQ_AXIS_LOG,      /* low and high above 0 */
  MQ_AXIS_CALENDAR, /* days, or microseconds for a TIME column */
} MqAxisKind;

typedef struct
{
  MqAxisKind     kind;
  const MqTable *table;
  guint          column;
  double         low, high;  /* values at start and end */
  double         start, end; /* positions: x from the left, or y (start below end's y: the axis runs upwards) */
  guint          n;          /* of ticks */
  double         ticks[MQ_AXIS_TICKS];
  PangoLayout   *texts[MQ_AXIS_TICKS]; /* (owned) */
} MqAxis;

/* Which kind the column's type asks for. */
MqAxisKind mq_axis_kind_for (const MqTable *table, guint column);
/* Low and high widened to round values with at most `most` classes between them. */
void   mq_axis_init (MqAxis *self, MqAxisKind kind, const MqTable *table, guint column, double low, double high, gboolean widen, guint most);
void   mq_axis_clear (MqAxis *self);
double mq_axis_position (const MqAxis *self, double value);
/* Ticks with texts that stand clear along a horizontal (by width) or vertical (by height) axis from start to end. */
void   mq_axis_make_ticks (MqAxis *self, const MqTextKit *kit, gboolean vertical);
double mq_axis_text_width (const MqAxis *self); /* of the widest tick text */
/* What the horizontal axis measures, under its tick texts: the chart's own title of it, where it has one. */
double mq_axis_title_height (const MqChartLayout *layout); /* 0: none */
void   mq_axis_draw_title (MqChartLayout *layout, MqRect plot);
/* Grid lines from left to right at each tick and the texts to the left of `left`. */
void mq_axis_draw_vertical (MqAxis *self, MqChartLayout *layout, double left, double right);
/* Texts below `bottom`; `top` < `bottom`: upright grid lines between. */
void mq_axis_draw_horizontal (MqAxis *self, MqChartLayout *layout, double top, double bottom);

G_END_DECLS
