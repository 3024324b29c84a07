/* sparkline.c: a line without axes, as large as it is given; the last value is a dot. */

#include "config.h"

#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/series.h"
#include "chart/track.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  X,
  VALUE,
  COMPLETE,
};

#define MOST_MARKS 60

static MqTrack *
read_track (const MqChart *chart)
{
  MqTrack *track = g_array_new (FALSE, FALSE, sizeof (MqTrackPoint));

  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      MqTrackPoint point = { .row = i, .x = i, .low = NAN, .high = NAN, .complete = mq_chart_is_complete (chart, i, COMPLETE) };

      if (!mq_figure_number (chart->table, i, chart->columns[VALUE], &point.value))
        point.value = NAN;
      g_array_append_val (track, point);
    }
  return track;
}

static void
init_axes (const MqChart *chart, const MqTrack *track, MqRect area, double inset, MqAxis *x, MqAxis *y)
{
  double low = G_MAXDOUBLE, high = -G_MAXDOUBLE;

  for (guint i = 0; i < track->len; i++)
    {
      double value = g_array_index (track, MqTrackPoint, i).value;

      if (isnan (value))
        continue;
      low = MIN (low, value);
      high = MAX (high, value);
    }
  if (low == high)
    low -= 1;
  mq_axis_init (x, MQ_AXIS_LINEAR, chart->table, chart->columns[VALUE], 0, MAX (track->len, 2) - 1.0, FALSE, 1);
  mq_axis_init (y, MQ_AXIS_LINEAR, chart->table, chart->columns[VALUE], low, high, FALSE, 1);
  x->start = area.x + inset;
  x->end = area.x + MAX (area.width - inset, inset);
  y->start = area.y + MAX (area.height - inset, inset);
  y->end = area.y + inset;
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  const MqChart *chart = layout->chart;
  MqSeriesLook   look = mq_series_look (&layout->theme, 0, 1);
  double         radius = MIN (0.22 * layout->kit->em, area.height / 4);
  double         line = MAX (1, 0.12 * layout->kit->em);
  g_autoptr (GArray) track = read_track (chart);
  g_autoptr (GArray) whole = NULL;
  g_autoptr (GArray) open = NULL;
  g_autoptr (GArray) stops = mq_track_stops (track, MOST_MARKS);
  MqAxis x, y;

  init_axes (chart, track, area, radius + 1, &x, &y);
  whole = mq_track_line (track, &x, &y, FALSE, TRUE);
  open = mq_track_line (track, &x, &y, FALSE, FALSE);
  mq_picture_line (layout->picture, (const MqPoint *) (gpointer) whole->data, whole->len, line, MQ_DASH_NONE, look.color);
  mq_picture_line (layout->picture, (const MqPoint *) (gpointer) open->data, open->len, line, MQ_DASH_SHORT, look.color);
  for (guint i = 0; i < stops->len; i++)
    {
      const MqTrackPoint *point = &g_array_index (track, MqTrackPoint, g_array_index (stops, guint, i));
      MqPoint             at = { mq_axis_position (&x, point->x), mq_axis_position (&y, point->value) };
      double              half = MAX (radius, 1);

      if (i + 1 == stops->len)
        mq_picture_symbols (layout->picture, &at, 1, MQ_SYMBOL_DISC, radius, 0, look.color);
      mq_chart_layout_take_mark (layout, mq_chart_layout_clip (layout, (MqRect){ at.x - half, at.y - half, 2 * half, 2 * half }), point->row, (MqPlace){ .column = i }, chart->kind->label (chart, point->row));
    }
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *x = mq_figure_text (chart->table, row, chart->columns[X]);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);

  return mq_chart_say_complete (chart, row, COMPLETE, g_strdup_printf (_ ("%s: %s"), x, value));
}

static const MqChartKind sparkline_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
  .points = TRUE,
};

MqChart *
mq_chart_new_sparkline (MqTable *table, const char *title, const char *x, const char *value, const char *complete)
{
  const char *columns[MQ_CHART_COLUMNS] = { x, value, complete };

  return mq_chart_new (&sparkline_kind, table, title, "", columns);
}
