/* line-names.h: names of lines at their ends, moved apart where they would touch, or in a legend. */

#pragma once

#include "chart/series.h"

G_BEGIN_DECLS

#define MQ_LINE_NAMES 16 /* more lines than this have no names */

typedef struct
{
  char        *name; /* (owned) (nullable) translated; NULL: the line is left out */
  MqSeriesLook look;
  double       end; /* y where the line ends; NaN: it has no point */
} MqLineEnd;

typedef struct
{
  guint        n;
  MqLineEnd    ends[MQ_LINE_NAMES];
  PangoLayout *texts[MQ_LINE_NAMES]; /* (owned) (nullable) */
  double       tops[MQ_LINE_NAMES];
  double       width; /* 0: no names at the ends */
} MqLineNames;

/* Finds room between top and bottom; FALSE, with nothing kept, if there is not enough. */
gboolean mq_line_names_fit (MqLineNames *self, const MqChartLayout *layout, double top, double bottom);
double   mq_line_names_legend (const MqLineNames *self, MqChartLayout *layout, MqRect area); /* its height */
/* To the right of the plot, with a leader where a name was moved. */
void mq_line_names_draw (MqLineNames *self, MqChartLayout *layout, double right);
void mq_line_names_clear (MqLineNames *self);

G_END_DECLS
