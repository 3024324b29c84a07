/* kinds.h: the kinds of chart. Each is made from one table in long form; columns are named by their ids, a NULL id means
 * "has none". Texts of TERM columns are translated, all figures are formatted by their column's type. A chart that names a
 * column the table does not have is NULL, with a critical. Titles are translated sentences; the title is the finding.
 *
 * `complete` names a BOOLEAN column: rows where it is 0 are not yet complete (a week that is still running, a cohort whose
 * window is open) and are drawn hatched or dashed; their marks say so. `low` and `high` bound a 95 % interval.
 * Rows of a missing value are gaps, never zeros. Included by chart.h. */

#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* Horizontal bars, one a row, in the table's order; value column as length, printed at the bar's end and the share behind
 * it. */
MqChart *mq_chart_new_bars (MqTable *table, const char *title, const char *subtitle, const char *category, const char *value, const char *share /* (nullable) */);

/* Grid of cells coloured by value, the value printed in each; x and y columns are small integers (R and F) or terms. The
 * label column (segment), if given, is printed small in the cell and drawn as outline between segments. */
MqChart *mq_chart_new_heat_map (MqTable *table, const char *title, const char *subtitle, const char *x, const char *y, const char *value, const char *label /* (nullable) */);

/* Cohorts: a row a cohort, a column a period since its start, cells coloured by value; what is not yet complete is hatched.
 * `size` stands beside the cohort's name. With `totals` a last row has each period's mean over all complete cohorts, weighted
 * by size (SHARE), or its sum. */
typedef struct
{
  const char *cohort, *period, *value;
  const char *size;     /* (nullable) */
  const char *complete; /* (nullable) */
  gboolean    totals;
} MqCohortColumns;

MqChart *mq_chart_new_cohorts (MqTable *table, const char *title, const char *subtitle, const MqCohortColumns *columns);

/* Bars of one or several series: one row of the table a bar (or a part of one). Categories and series stand in the order in
 * which the table first has them; numbers and days ascend. */
typedef enum
{
  MQ_BARS_GROUPED,   /* side by side; one series: plain bars */
  MQ_BARS_STACKED,   /* on top of each other: values are parts of a whole and not negative */
  MQ_BARS_DIVERGING, /* horizontal: parts stacked away from the middle of the neutral one */
  MQ_BARS_PANELS,    /* horizontal: a panel a series, all on one scale */
} MqBarForm;

typedef struct
{
  const char *category; /* TEXT, TERM, INTEGER, DAY or TIME */
  const char *value;
  const char *series;     /* (nullable) */
  const char *low, *high; /* (nullable) not for stacked and diverging */
  const char *complete;   /* (nullable) */
  const char *share;      /* (nullable) said with the value */
  MqBarForm   form;
  gboolean    vertical; /* columns over time or over few short categories; not for diverging and panels */
  /* (nullable) Stacked and diverging: machine texts of the series from most negative to most positive, NULL-terminated; what
   * is none of them comes last. */
  const char *const *levels;
  const char        *neutral; /* (nullable) the level in the middle: mq_chart_set_levels() with both */
} MqBarColumns;

MqChart *mq_chart_new_bar_series (MqTable *table, const char *title, const char *subtitle, const MqBarColumns *columns);

/* Lines over numbers, days, times or steps in the table's order (TEXT, TERM: "2011-12"). The line's name stands at its end.
 * x ascends within a series. */
typedef struct
{
  const char *x, *value;
  const char *series;     /* (nullable) */
  const char *low, *high; /* (nullable) the band */
  const char *complete;   /* (nullable) */
  gboolean    steps;      /* a value holds until the next one: Kaplan-Meier */
  gboolean    from_zero;  /* the axis holds zero (and 100 % for a SHARE that comes near) */
} MqLineColumns;

MqChart *mq_chart_new_lines (MqTable *table, const char *title, const char *subtitle, const MqLineColumns *columns);

/* A line without axes, the last value as a dot; for tiles. */
MqChart *mq_chart_new_sparkline (MqTable *table, const char *title, const char *x, const char *value, const char *complete /* (nullable) */);

/* A funnel: one row a step, in step order: customers who reached it, the rate from the first step and from the step before
 * printed, what was lost between two steps labelled, what may still come (open) hatched. */
typedef struct
{
  const char *name;
  const char *value;      /* who reached the step */
  const char *rate;       /* (nullable) of the first step; low and high bound it */
  const char *step_rate;  /* (nullable) of the step before */
  const char *lost;       /* (nullable) did not go on to the next step: a mark of its own, in that column */
  const char *open;       /* (nullable) still within the window: may yet go on to the next step */
  const char *low, *high; /* (nullable) */
} MqFunnelColumns;

MqChart *mq_chart_new_funnel (MqTable *table, const char *title, const char *subtitle, const MqFunnelColumns *columns);

/* Flows: one row a flow. Without `stage` from the left side to the right side, where the same name may stand on both; with
 * `stage` (INTEGER, 0 …) from that stage to the next. Columns are as high as their flows, ordered by the table. */
MqChart *mq_chart_new_sankey (MqTable *table, const char *title, const char *subtitle, const char *from, const char *to, const char *value, const char *stage /* (nullable) */);

/* A value on an axis that is named: a percentile, a cut. */
typedef struct
{
  const char *label; /* translated: "half" */
  double      value; /* in the column's units (money in major units) */
} MqMarker;

/* Classes from … to (both numbers of one unit; half-open), the value their height. Marked values stand as lines across. */
MqChart *mq_chart_new_histogram (MqTable *table, const char *title, const char *subtitle, const char *from, const char *to, const char *value, const MqMarker *markers, guint n_markers);

/* Dots. Above 3,000 they are counted into cells. */
typedef struct
{
  const char *x, *y;
  const char *label;        /* (nullable) the dot's name */
  const char *series;       /* (nullable) */
  gboolean    log_x, log_y; /* values of zero or less are left out then */
} MqScatterColumns;

MqChart *mq_chart_new_scatter (MqTable *table, const char *title, const char *subtitle, const MqScatterColumns *columns);

/* Areas by value, largest first; `share` is printed under the value. */
MqChart *mq_chart_new_treemap (MqTable *table, const char *title, const char *subtitle, const char *category, const char *value, const char *share /* (nullable) */);

/* Colours with a meaning, for a chart that nobody has seen yet: of bars, bar series or lines. They are those of the series, or of the
 * categories where there is only one. Values are known by their machine texts and look the same in every chart. */
/* From most negative to most positive, around the neutral one (nullable: there is none); what is no level is grey. */
void mq_chart_set_levels (MqChart *chart, const char *const *levels, const char *neutral);
/* A colour each, at most MQ_THEME_KINDS; what is none of them has the neutral one. */
void mq_chart_set_kinds (MqChart *chart, const char *const *kinds);

G_END_DECLS
