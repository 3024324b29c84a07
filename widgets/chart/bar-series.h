/* bar-series.h: what charts of bars in series share: rows by category and series, names, legend, values. */

#pragma once

#include "chart/chart-private.h"
#include "chart/groups.h"
#include "chart/series.h"

G_BEGIN_DECLS

enum
{
  MQ_BAR_CATEGORY,
  MQ_BAR_VALUE,
  MQ_BAR_SERIES,
  MQ_BAR_LOW,
  MQ_BAR_HIGH,
  MQ_BAR_COMPLETE,
  MQ_BAR_SHARE,
};

/* The chart's `extra`. */
typedef struct
{
  MqBarForm form;
  char    **levels;  /* (owned) (nullable) */
  char     *neutral; /* (owned) (nullable) */
} MqBarOptions;

typedef struct
{
  MqChartLayout      *layout;
  const MqBarOptions *options;
  MqGroups            categories, series;
  gsize              *cells; /* (owned) table row by series, then category */
  guint              *order; /* (owned) series as they are drawn */
  guint              *slots; /* (owned) place of a series among those that are shown, side by side */
  guint               n_slots;
  guint               neutral;   /* place in `order`, or G_MAXUINT */
  double              low, high; /* of all bars or stacks, zero among them */
} MqBarData;

void         mq_bar_data_read (MqBarData *self, MqChartLayout *layout);
void         mq_bar_data_clear (MqBarData *self);
gsize        mq_bar_data_row (const MqBarData *self, guint category, guint series); /* or MQ_NO_ROW */
double       mq_bar_data_value (const MqBarData *self, gsize row);                  /* NaN: missing or no row */
double       mq_bar_data_number (const MqBarData *self, gsize row, guint index);
MqSeriesLook mq_bar_data_look (const MqBarData *self, guint series);
/* Of one bar: its category may have a colour of its own. */
MqSeriesLook mq_bar_data_row_look (const MqBarData *self, gsize row, guint series);
/* What lies on a bar lies on this colour: one that is not complete is light. */
MqColor mq_bar_data_ground (const MqBarData *self, gsize row, const MqSeriesLook *look);
/* Where the stack of a category begins (diverging: left of zero). */
double mq_bar_data_start (const MqBarData *self, guint category);
/* The legend at the top of the area; the height it used. */
double mq_bar_data_legend (const MqBarData *self, MqRect area);
/* Value text inside a part of a stack, if it fits. */
void mq_bar_data_write_inside (const MqBarData *self, gsize row, MqRect rect, const MqSeriesLook *look);
/* The room that this text needs; FALSE: the part has none. */
gboolean mq_bar_data_needs_inside (const MqBarData *self, gsize row, double *width, double *height);
void     mq_bar_data_take_mark (const MqBarData *self, gsize row, MqRect bounds, MqPlace place);
char    *mq_bar_data_series_name (const MqBarData *self, guint series);
/* A day is brief where it follows the day of `before` (a category, -1: none) in the same year. */
char *mq_bar_data_category_name (const MqBarData *self, guint category, int before);

void mq_bar_rows_arrange (MqChartLayout *layout, MqRect area);    /* bar-rows.c: horizontal */
void mq_bar_columns_arrange (MqChartLayout *layout, MqRect area); /* bar-columns.c: vertical */

G_END_DECLS
