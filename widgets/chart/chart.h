/* chart.h: MqChart (what) → MqChartLayout (where: for one size, theme and font) → draw, pick, move, marks. One layout serves
 * painting, hit testing, keyboard and accessibility; on screen, PNG, PDF and SVG. No GTK. A chart is immutable and
 * reference-counted (atomic); a layout belongs to one thread. Lengths in user units (pixels on screen, points on paper). */

#pragma once

#include <pango/pangocairo.h>
#include "base/result.h"
#include "chart/theme.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y, width, height;
} MqRect;

#define MQ_MARK_NONE G_MAXUINT

/* One thing a reader can point at, reach with the keyboard, or hear. */
typedef struct
{
  MqRect bounds;
  gsize  row;    /* of the chart's table: what a click opens */
  guint  column; /* of the chart's table */
  char  *label;  /* (owned) translated: "Champions: 962 customers (22 %)" */
} MqMark;

typedef enum
{
  MQ_MOVE_FIRST,
  MQ_MOVE_LAST,
  MQ_MOVE_LEFT,
  MQ_MOVE_RIGHT,
  MQ_MOVE_UP,
  MQ_MOVE_DOWN,
} MqMove;

typedef struct _MqChart       MqChart;
typedef struct _MqChartLayout MqChartLayout;

MqChart    *mq_chart_ref (MqChart *self);
void        mq_chart_unref (MqChart *self);
const char *mq_chart_id (const MqChart *self);       /* among the charts of its module: "grid"; "" */
const char *mq_chart_title (const MqChart *self);    /* the finding */
const char *mq_chart_subtitle (const MqChart *self); /* measure, unit, n */
const char *mq_chart_note (const MqChart *self);     /* (nullable): the rules in one line; files have it under the chart */
MqTable    *mq_chart_table (const MqChart *self);    /* (transfer none): its table twin */
char       *mq_chart_describe (const MqChart *self); /* for a screen reader: the message and the largest marks */

/* Series that a reader may hide, in drawing order: 2 to MQ_SERIES_MOST, or 0 where there is nothing to choose. */
#define MQ_SERIES_MOST 24
guint    mq_chart_n_series (const MqChart *self);
char    *mq_chart_series_name (const MqChart *self, guint series); /* translated (transfer full) */
gboolean mq_chart_hides (const MqChart *self, guint series);
/* The same chart, of the same table, that leaves out the series whose bits are set; the others keep their looks.
 * (transfer full) */
MqChart *mq_chart_without (MqChart *self, guint32 hidden);
/* What stands for a series in a legend, in the middle of a square of `size`. */
void mq_chart_draw_swatch (const MqChart *self, const MqTheme *theme, guint series, cairo_t *cr, double size);

/* The charts of a result, first the page's main one: by module ("rfm": heat map, segments by customers, by revenue).
 * Empty for a module without charts. (transfer full) (element-type MqChart), each owned by the array */
GPtrArray *mq_charts_for_result (MqResult *result);
MqChart   *mq_charts_find (GPtrArray *charts, const char *id); /* (transfer none) (nullable) */
/* What a chart is called where its finding is not known; the id itself where it has no name. Translated. */
const char *mq_charts_name (const char *module, const char *id);

/* The lines of text that a chart of this width (em) should be high where it is given `lines`: few bars need fewer, so that
 * nothing is left empty below them; many need more, so that each has its name. */
double mq_chart_fit_lines (const MqChart *self, double width, double lines);

/* `context` gives font map, font, resolution, language and direction (a widget's own context as it is; the theme's font is
 * for files). Texts shorten and then vanish where the surface is too small; marks stay complete. Paints no background. */
MqChartLayout *mq_chart_layout_new (MqChart *chart, PangoContext *context, const MqTheme *theme, double width, double height);
/* What may stand beside the chart instead of in it: the title where the page says the same, the legend where it is toggles. */
typedef enum
{
  MQ_CHART_WITH_TITLE = 1 << 0,
  MQ_CHART_WITH_LEGEND = 1 << 1,
} MqChartParts;

MqChartLayout *mq_chart_layout_new_full (MqChart *chart, PangoContext *context, const MqTheme *theme, double width, double height, MqChartParts parts);
void           mq_chart_layout_free (MqChartLayout *self);
void           mq_chart_layout_draw (const MqChartLayout *self, cairo_t *cr);
/* A ring around the mark that has the keyboard. */
void          mq_chart_layout_draw_cursor (const MqChartLayout *self, cairo_t *cr, guint mark);
guint         mq_chart_layout_n_marks (const MqChartLayout *self);
const MqMark *mq_chart_layout_mark (const MqChartLayout *self, guint mark);
guint         mq_chart_layout_pick (const MqChartLayout *self, double x, double y); /* or MQ_MARK_NONE */
/* The neighbour as seen on screen; `from` itself where there is none (a widget then says so); the first from MQ_MARK_NONE. */
guint mq_chart_layout_move (const MqChartLayout *self, guint from, MqMove move);
/* Boxes of all texts drawn, for the property test (none overlaps another, none is cut). */
const MqRect *mq_chart_layout_texts (const MqChartLayout *self, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqChart, mq_chart_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqChartLayout, mq_chart_layout_free)

G_END_DECLS

#include "chart/kinds.h"
