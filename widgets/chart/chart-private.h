/* chart-private.h: what a kind of chart implements, and what it may use of MqChart and MqChartLayout. */

#pragma once

#include "chart/picture.h"
#include "chart/text.h"

G_BEGIN_DECLS

#define MQ_CHART_COLUMNS 8

/* How the arrow keys go from mark to mark. */
typedef enum
{
  MQ_MOVES_GRID,     /* by column and row */
  MQ_MOVES_LANES,    /* left and right along a lane (a series), up and down within a column */
  MQ_MOVES_COLUMNS,  /* up and down within a column, left and right to the nearest mark of the next column */
  MQ_MOVES_SEQUENCE, /* one after the other */
} MqMoves;

typedef struct
{
  /* Fills the area with shapes, texts and marks; the table has at least one row. Laid out from left to right. */
  void (*arrange) (MqChartLayout *layout, MqRect area);
  /* A mark's words, shown and heard. (transfer full) */
  char *(*label) (const MqChart *chart, gsize row);
  /* (nullable) The least and the most lines that are of use at a width in em, without title, subtitle and axis. */
  void (*fit) (const MqChart *chart, double width, double *least, double *most);
  guint    value;  /* which of the columns is the measure */
  guint    series; /* which of them has the series; 0: none */
  MqMoves  moves;
  gboolean lines;         /* a series is a line in a legend, else a square */
  gboolean points;        /* marks are small: the nearest one is picked within two em */
  gboolean prints_values; /* every value stands in the picture: a report needs no table beside */
} MqChartKind;

typedef struct _MqValueLooks MqValueLooks;

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
  char             **tick_notes[2];             /* (owned) (nullable) by whole number: what it stands for */
  char              *tick_units[2];             /* (owned) (nullable) translated: the notes' unit, behind the axis title */
  gint64             as_of;                     /* MQ_TIME_MISSING: none */
  int                columns[MQ_CHART_COLUMNS]; /* of the table, -1: none; meaning by kind */
  guint              flags;                     /* by kind */
  guint32            hidden;                    /* series left out, one bit each */
  gboolean           whole;                     /* its series belong together: none may be left out */
  MqChart           *base;                      /* (owned) (nullable) what this is without some series: owns the rest */
  MqValueLooks      *looks;                     /* (owned) (nullable) what its colours mean: value-looks.h */
  gpointer           extra;                     /* (owned) (nullable) by kind */
  GDestroyNotify     free_extra;
};

struct _MqChartLayout
{
  MqChart   *chart;   /* (owned) */
  MqTextKit *kit;     /* (owned) */
  MqPicture *picture; /* (owned) */
  MqTheme    theme;
  double     width, height;
  int        parts;  /* MqChartParts */
  GArray    *marks;  /* (element-type MqMark) in reading order */
  GArray    *places; /* (element-type MqPlace) one a mark */
};

/* Where a mark stands among its neighbours, from the left and from the top as read from left to right. */
typedef struct
{
  guint column, row;
  guint lane; /* MQ_MOVES_LANES */
} MqPlace;

/* columns: names of the table's columns, NULL for one that is not wanted. NULL with a warning if one is not there. */
MqChart *mq_chart_new (const MqChartKind *kind, MqTable *table, const char *title, const char *subtitle, const char *const columns[MQ_CHART_COLUMNS]);
gboolean mq_chart_hides_all (const MqChart *self);
/* Before the chart is shared. */
void mq_chart_set_note (MqChart *self, const char *note, gint64 as_of);

/* Translated titles for x and y where the columns' own are too short for an axis. Before the chart is shared. */
void mq_chart_set_axis_titles (MqChart *self /* (nullable) */, const char *x, const char *y);

/* What a whole number on the axis (0: x, 1: y) stands for, printed behind it; indexed by the number, NULL-terminated, "" for
 * nothing. Their unit (translated) stands behind the axis title. Takes the array. Before the chart is shared. */
void mq_chart_take_tick_notes (MqChart *self, guint axis, char **notes, const char *unit);

/* Adds a result's chart under an id, or nothing where it is NULL (a column is not in this version of the table). */
void mq_charts_take (GPtrArray *charts, MqResult *result, const char *id, MqChart *chart /* (transfer full) (nullable) */);
/* What the modules add. */
void mq_events_charts_add (MqResult *result, GPtrArray *charts);
void mq_funnel_charts_add (MqResult *result, GPtrArray *charts);
void mq_paths_charts_add (MqResult *result, GPtrArray *charts);
void mq_holdout_charts_add (MqResult *result, GPtrArray *charts);
void mq_retention_charts_add (MqResult *result, GPtrArray *charts);
void mq_attribution_charts_add (MqResult *result, GPtrArray *charts);
void mq_rfm_charts_add (MqResult *result, GPtrArray *charts);
void mq_quality_charts_add (MqResult *result, GPtrArray *charts);
void mq_reconcile_charts_add (MqResult *result, GPtrArray *charts);
void mq_sentiment_charts_add (MqResult *result, GPtrArray *charts);

/* The columns of a table that a report prints, NULL-terminated ids; NULL: all. */
const char *const *mq_report_columns (const char *module, const char *table);

/* bounds as laid out from left to right. */
void mq_chart_layout_take_mark (MqChartLayout *self, MqRect bounds, gsize row, MqPlace place, char *label);
/* A mark that stands for several rows, or for another column. */
void mq_chart_layout_take_mark_of (MqChartLayout *self, MqRect bounds, gsize row, guint column, MqPlace place, char *label);
/* Takes the text if its box lies on the surface and clear of all others, else drops it. */
gboolean mq_chart_layout_try_text (MqChartLayout *self, PangoLayout *text /* (transfer full) */, double x, double y, MqColor color);
/* A position that falls on a pixel's edge on screen. */
double mq_chart_layout_snap (const MqChartLayout *self, double position);
/* Whether a row is complete, by the column of that index of the chart's. */
gboolean mq_chart_is_complete (const MqChart *chart, gsize row, guint index);
/* label, said to be not yet complete where it is not. */
char *mq_chart_say_complete (const MqChart *chart, gsize row, guint index, char *label /* (transfer full) */);
/* "34.0 % (31.2 % to 36.9 %)"; low and high: columns or -1. (transfer full) */
char *mq_chart_value_words (const MqChart *chart, gsize row, int value, int low, int high);
/* The part of a rectangle that lies on the surface. */
MqRect mq_chart_layout_clip (const MqChartLayout *self, MqRect rect);
/* A line that says why there is nothing to see. */
void mq_chart_layout_say (MqChartLayout *self, MqRect area, const char *text);

G_END_DECLS
