/* chart-private.h: what a kind of chart implements, and what it may use of MqChart and MqChartLayout. */

#pragma once

#include "chart/picture.h"
#include "chart/text.h"

G_BEGIN_DECLS

#define MQ_CHART_COLUMNS 4

typedef struct
{
  /* Fills the area with shapes, texts and marks; the table has at least one row. Laid out from left to right. */
  void (*arrange) (MqChartLayout *layout, MqRect area);
  /* A mark's words, shown and heard. (transfer full) */
  char *(*label) (const MqChart *chart, gsize row);
  guint    value;         /* which of the columns is the measure */
  gboolean prints_values; /* every value stands in the picture: a report needs no table beside */
} MqChartKind;

struct _MqChart
{
  gatomicrefcount    ref_count;
  const MqChartKind *kind;
  MqTable           *table;                     /* (owned) */
  const char        *id;                        /* among the charts of a module; "" */
  gboolean           other_measure;             /* shows what another chart of the module shows, by another measure */
  char              *title;                     /* (owned) */
  char              *subtitle;                  /* (owned) */
  char              *note;                      /* (owned) (nullable) */
  char              *axis_titles[2];            /* (owned) (nullable) instead of the columns' own */
  gint64             as_of;                     /* MQ_TIME_MISSING: none */
  int                columns[MQ_CHART_COLUMNS]; /* of the table, -1: none; meaning by kind */
};

struct _MqChartLayout
{
  MqChart   *chart;   /* (owned) */
  MqTextKit *kit;     /* (owned) */
  MqPicture *picture; /* (owned) */
  MqTheme    theme;
  double     width, height;
  GArray    *marks;  /* (element-type MqMark) in reading order */
  GArray    *places; /* (element-type MqPlace) one a mark */
};

/* Where a mark stands among its neighbours, from the left and from the top as read from left to right. */
typedef struct
{
  guint column, row;
} MqPlace;

/* columns: names of the table's columns, NULL for one that is not wanted. NULL with a warning if one is not there. */
MqChart *mq_chart_new (const MqChartKind *kind, MqTable *table, const char *title, const char *subtitle, const char *const columns[MQ_CHART_COLUMNS]);
/* Before the chart is shared. */
void mq_chart_set_note (MqChart *self, const char *note, gint64 as_of);

/* Translated titles for x and y where the columns' own are too short for an axis. Before the chart is shared. */
void mq_chart_set_axis_titles (MqChart *self, const char *x, const char *y);

/* The columns of a table that a report prints, NULL-terminated ids; NULL: all. */
const char *const *mq_report_columns (const char *module, const char *table);

/* bounds as laid out from left to right. */
void mq_chart_layout_take_mark (MqChartLayout *self, MqRect bounds, gsize row, MqPlace place, char *label);
/* A line that says why there is nothing to see. */
void mq_chart_layout_say (MqChartLayout *self, MqRect area, const char *text);

G_END_DECLS
