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

/* Keeps of each run of points in one pixel column the first, the least, the greatest and the last. */
static GArray *
thin (GArray *points)
{
  GArray        *out = g_array_new (FALSE, FALSE, sizeof (MqPoint));
  const MqPoint *p = (const MqPoint *) (gpointer) points->data;

  for (guint i = 0, end; i < points->len; i = end)
    {
      guint least = i, greatest = i;

      for (end = i + 1; end < points->len && isfinite (p[i].x) && isfinite (p[end].x) && floor (p[end].x) == floor (p[i].x); end++)
        {
          if (p[end].y < p[least].y)
            least = end;
          if (p[end].y > p[greatest].y)
            greatest = end;
        }
      g_array_append_val (out, p[i]);
      if (end - i > 2)
        {
          if (MIN (least, greatest) != i)
            g_array_append_val (out, p[MIN (least, greatest)]);
          if (MAX (least, greatest) != i && least != greatest && MAX (least, greatest) != end - 1)
            g_array_append_val (out, p[MAX (least, greatest)]);
        }
      if (end - i > 1)
        g_array_append_val (out, p[end - 1]);
    }
  g_array_unref (points);
  return out;
}

static gboolean
is_dense (const MqTrack *self, const MqAxis *x)
{
  return self->len > DENSE * fabs (x->end - x->start);
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
  return is_dense (self, x) ? thin (out) : out;
}

GPtrArray *
mq_track_bands (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean steps)
{
  GPtrArray *bands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0, end; i < self->len; i = end)
    {
      GArray *outline = g_array_new (FALSE, FALSE, sizeof (MqPoint));
      GArray *back = g_array_new (FALSE, FALSE, sizeof (MqPoint));

      for (end = i; end < self->len && isfinite (get_point (self, end)->low) && isfinite (get_point (self, end)->high); end++)
        ;
      add_border (outline, self, i, end, x, y, steps, TRUE);
      add_border (back, self, i, end, x, y, steps, FALSE);
      if (is_dense (self, x))
        {
          outline = thin (outline);
          back = thin (back);
        }
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
