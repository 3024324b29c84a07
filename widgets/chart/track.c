/* track.c: from points to polylines. */

#include "config.h"

#include "chart/track.h"

#include <math.h>

#define DENSE 2.0 /* points a pixel column, from where on only its least and greatest are kept */

static const MqTrackPoint *
get_point (const MqTrack *self, guint index)
{
  return &g_array_index (self, MqTrackPoint, index);
}

static void
add_point (GArray *out, double x, double y)
{
  MqPoint point = { x, y };

  g_array_append_val (out, point);
}

static void
break_line (GArray *out)
{
  if (out->len > 0 && isfinite (g_array_index (out, MqPoint, out->len - 1).x))
    add_point (out, NAN, NAN);
}

/* What lies in one pixel column. */
typedef struct
{
  double x, upper, lower; /* positions: upper is the smaller y */
} Column;

static gboolean
is_unbroken (const MqTrackPoint *point, gboolean band)
{
  return band ? isfinite (point->low) && isfinite (point->high) : isfinite (point->value) && point->complete;
}

/* The columns of one unbroken part from point i; returns its end. */
static guint
collect_columns (const MqTrack *self, guint i, const MqAxis *x, const MqAxis *y, gboolean band, GArray *columns)
{
  for (; i < self->len && is_unbroken (get_point (self, i), band); i++)
    {
      const MqTrackPoint *point = get_point (self, i);
      Column              column = { mq_axis_position (x, point->x), mq_axis_position (y, band ? point->high : point->value), mq_axis_position (y, band ? point->low : point->value) };
      Column             *last = columns->len > 0 ? &g_array_index (columns, Column, columns->len - 1) : NULL;

      if (last != NULL && floor (last->x) == floor (column.x))
        {
          last->upper = MIN (last->upper, column.upper);
          last->lower = MAX (last->lower, column.lower);
        }
      else
        g_array_append_val (columns, column);
    }
  return i;
}

/* A line steps from column to column: each reaches half way towards its neighbours. */
static void
join_columns (GArray *columns)
{
  Column *c = (Column *) (gpointer) columns->data;

  for (guint i = 1; i < columns->len; i++)
    {
      if (c[i].upper > c[i - 1].lower)
        c[i].upper = c[i - 1].lower = (c[i].upper + c[i - 1].lower) / 2;
      else if (c[i].lower < c[i - 1].upper)
        c[i].lower = c[i - 1].upper = (c[i].lower + c[i - 1].upper) / 2;
    }
}

static GArray *
outline_columns (GArray *columns, double line)
{
  GArray *out = g_array_sized_new (FALSE, FALSE, sizeof (MqPoint), 2 * columns->len);

  for (guint i = 0; i < columns->len; i++)
    add_point (out, g_array_index (columns, Column, i).x, g_array_index (columns, Column, i).upper - line / 2);
  for (guint i = columns->len; i > 0; i--)
    add_point (out, g_array_index (columns, Column, i - 1).x, g_array_index (columns, Column, i - 1).lower + line / 2);
  return out;
}

static GPtrArray *
make_outlines (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean band, double line)
{
  GPtrArray *outlines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->len; i++)
    {
      g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));

      i = collect_columns (self, i, x, y, band, columns);
      if (columns->len < 2)
        continue;
      if (!band)
        join_columns (columns);
      g_ptr_array_add (outlines, outline_columns (columns, line));
    }
  return outlines;
}

/* One border of the band over points first … end, appended forwards or backwards. */
static void
add_border (GArray *out, const MqTrack *self, guint first, guint end, const MqAxis *x, const MqAxis *y, gboolean steps, gboolean upper)
{
  for (guint k = first; k < end; k++)
    {
      guint               i = upper ? k : end - 1 - (k - first);
      const MqTrackPoint *point = get_point (self, i);
      double              at = mq_axis_position (x, point->x);
      double              height = mq_axis_position (y, upper ? point->high : point->low);

      if (steps && !upper && i + 1 < end)
        add_point (out, mq_axis_position (x, get_point (self, i + 1)->x), height);
      add_point (out, at, height);
      if (steps && upper && i + 1 < end)
        add_point (out, mq_axis_position (x, get_point (self, i + 1)->x), height);
    }
}

gboolean
mq_track_is_dense (const MqTrack *self, const MqAxis *x)
{
  return self->len > DENSE * fabs (x->end - x->start);
}

GPtrArray *
mq_track_envelopes (const MqTrack *self, const MqAxis *x, const MqAxis *y, double line)
{
  return make_outlines (self, x, y, FALSE, line);
}

GArray *
mq_track_line (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean steps, gboolean complete)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (MqPoint));

  for (guint i = 1; i < self->len; i++)
    {
      const MqTrackPoint *from = get_point (self, i - 1);
      const MqTrackPoint *to = get_point (self, i);
      double              from_y = mq_axis_position (y, from->value);

      if (isnan (from->value) || isnan (to->value) || to->complete != complete)
        {
          break_line (out);
          continue;
        }
      if (out->len == 0 || !isfinite (g_array_index (out, MqPoint, out->len - 1).x))
        add_point (out, mq_axis_position (x, from->x), from_y);
      if (steps)
        add_point (out, mq_axis_position (x, to->x), from_y);
      add_point (out, mq_axis_position (x, to->x), mq_axis_position (y, to->value));
    }
  return out;
}

GPtrArray *
mq_track_bands (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean steps)
{
  GPtrArray *bands;

  if (mq_track_is_dense (self, x))
    return make_outlines (self, x, y, TRUE, 0);
  bands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0, end; i < self->len; i = end)
    {
      GArray *outline = g_array_new (FALSE, FALSE, sizeof (MqPoint));
      GArray *back = g_array_new (FALSE, FALSE, sizeof (MqPoint));

      for (end = i; end < self->len && isfinite (get_point (self, end)->low) && isfinite (get_point (self, end)->high); end++)
        ;
      add_border (outline, self, i, end, x, y, steps, TRUE);
      add_border (back, self, i, end, x, y, steps, FALSE);
      g_array_append_vals (outline, back->data, back->len);
      g_array_unref (back);
      if (end - i > 1)
        g_ptr_array_add (bands, outline);
      else
        g_array_unref (outline);
      end = MAX (end, i + 1);
    }
  return bands;
}

GArray *
mq_track_stops (const MqTrack *self, guint most)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   least = 0, greatest = 0, last = 0, first = G_MAXUINT;
  double  step = MAX (1.0, self->len / (double) MAX (most, 5) * 1.05);

  for (guint i = 0; i < self->len; i++)
    {
      double value = get_point (self, i)->value;

      if (isnan (value))
        continue;
      if (first == G_MAXUINT)
        first = least = greatest = i;
      last = i;
      if (value < get_point (self, least)->value)
        least = i;
      if (value > get_point (self, greatest)->value)
        greatest = i;
    }
  for (guint i = 0; i < self->len; i++)
    {
      gboolean chosen = floor (i / step) != floor ((i + 1.0) / step) || step == 1;

      if (!isnan (get_point (self, i)->value) && (chosen || i == first || i == last || i == least || i == greatest))
        g_array_append_val (stops, i);
    }
  return stops;
}
