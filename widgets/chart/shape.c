/* shape.c: the only code that draws. Opaque fills, strokes and text: nothing that PDF or SVG would turn into pixels. */

#include "config.h"

#include "chart/shape.h"

#include <math.h>

#define QUARTER 0.4477  /* 1 less a quarter circle's control point */
#define MANY_POINTS 400 /* from here on a faster, hardly rougher edge is drawn */

static void
trace_corner (cairo_t *cr, double x1, double y1, double corner_x, double corner_y, double x2, double y2)
{
  cairo_line_to (cr, x1, y1);
  cairo_curve_to (cr, corner_x + (x1 - corner_x) * QUARTER, corner_y + (y1 - corner_y) * QUARTER, corner_x + (x2 - corner_x) * QUARTER, corner_y + (y2 - corner_y) * QUARTER, x2, y2);
}

/* Radii from the top left clockwise. */
static void
trace_rounded (cairo_t *cr, MqRect rect, const double radii[4])
{
  double left = rect.x, top = rect.y, right = rect.x + rect.width, bottom = rect.y + rect.height;

  cairo_new_sub_path (cr);
  trace_corner (cr, left, top + radii[0], left, top, left + radii[0], top);
  trace_corner (cr, right - radii[1], top, right, top, right, top + radii[1]);
  trace_corner (cr, right, bottom - radii[2], right, bottom, right - radii[2], bottom);
  trace_corner (cr, left + radii[3], bottom, left, bottom, left, bottom - radii[3]);
  cairo_close_path (cr);
}

static void
trace_box (const MqShape *self, cairo_t *cr, MqRect rect)
{
  double radius = MIN (self->radius, MIN (rect.width, rect.height) / 2);
  double left = self->form == MQ_FORM_ROUND || (self->form == MQ_FORM_BAR && self->mirrored) ? radius : 0;
  double right = self->form == MQ_FORM_ROUND || (self->form == MQ_FORM_BAR && !self->mirrored) ? radius : 0;

  if (radius <= 0)
    cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  else if (self->form == MQ_FORM_COLUMN)
    trace_rounded (cr, rect, (const double[]){ radius, radius, 0, 0 });
  else
    trace_rounded (cr, rect, (const double[]){ left, right, right, left });
}

static void
draw_box (const MqShape *self, cairo_t *cr)
{
  double inset = self->line / 2;
  MqRect rect = { self->rect.x + inset, self->rect.y + inset, self->rect.width - self->line, self->rect.height - self->line };

  if (rect.width <= 0 || rect.height <= 0)
    return;
  trace_box (self, cr, rect);
  if (self->line > 0)
    {
      cairo_set_line_width (cr, self->line);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
}

/* Lines at 45 degrees stand at multiples of the pitch from the picture's origin, so that neighbours continue each other. */
static void
trace_slants (const MqShape *self, cairo_t *cr, double sign)
{
  const MqRect *r = &self->rect;
  double        from = sign > 0 ? r->x + r->y : r->x - r->y - r->height;

  for (double c = ceil (from / self->radius) * self->radius; c <= from + r->width + r->height; c += self->radius)
    {
      cairo_move_to (cr, c - sign * r->y, r->y);
      cairo_line_to (cr, c - sign * (r->y + r->height), r->y + r->height);
    }
}

static void
draw_hatch (const MqShape *self, cairo_t *cr)
{
  const MqRect *r = &self->rect;
  MqPattern     pattern = self->variant;

  if (r->width <= 0 || r->height <= 0 || self->radius <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, r->x, r->y, r->width, r->height);
  cairo_clip (cr);
  cairo_set_line_width (cr, self->line);
  if (pattern == MQ_PATTERN_RISING || pattern == MQ_PATTERN_CROSSED)
    trace_slants (self, cr, 1);
  if (pattern == MQ_PATTERN_FALLING || pattern == MQ_PATTERN_CROSSED)
    trace_slants (self, cr, -1);
  if (pattern == MQ_PATTERN_LEVEL)
    for (double y = r->y + self->radius / 2; y < r->y + r->height; y += self->radius)
      {
        cairo_move_to (cr, r->x, y);
        cairo_line_to (cr, r->x + r->width, y);
      }
  if (pattern == MQ_PATTERN_UPRIGHT)
    for (double x = r->x + self->radius / 2; x < r->x + r->width; x += self->radius)
      {
        cairo_move_to (cr, x, r->y);
        cairo_line_to (cr, x, r->y + r->height);
      }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
set_dash (cairo_t *cr, MqDash dash, double line)
{
  static const struct
  {
    double lengths[4];
    int    n;
  } dashes[] = {
    [MQ_DASH_NONE] = { { 0 }, 0 },
    [MQ_DASH_SHORT] = { { 3, 2 }, 2 },
    [MQ_DASH_LONG] = { { 6, 2.5 }, 2 },
    [MQ_DASH_MIXED] = { { 6, 2, 1.5, 2 }, 4 },
    [MQ_DASH_DOTS] = { { 1.2, 1.6 }, 2 },
  };
  double lengths[4];

  for (int i = 0; i < dashes[dash].n; i++)
    lengths[i] = dashes[dash].lengths[i] * line;
  cairo_set_dash (cr, lengths, dashes[dash].n, 0);
}

static void
draw_line (const MqShape *self, const MqPoint *points, cairo_t *cr)
{
  cairo_save (cr);
  if (self->n > MANY_POINTS)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_set_line_width (cr, self->line);
  cairo_set_line_join (cr, self->n > MANY_POINTS ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  set_dash (cr, self->variant, self->line);
  for (guint i = 0, started = FALSE; i < self->n; i++)
    {
      if (!isfinite (points[i].x) || !isfinite (points[i].y))
        started = FALSE;
      else if (started)
        cairo_line_to (cr, points[i].x, points[i].y);
      else
        {
          cairo_move_to (cr, points[i].x, points[i].y);
          started = TRUE;
        }
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_area (const MqShape *self, const MqPoint *points, cairo_t *cr)
{
  if (self->n > MANY_POINTS)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_new_path (cr);
  for (guint i = 0; i < self->n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static void
draw_ribbon (const MqPoint *corners, cairo_t *cr)
{
  double middle = (corners[0].x + corners[1].x) / 2;

  cairo_move_to (cr, corners[0].x, corners[0].y);
  cairo_curve_to (cr, middle, corners[0].y, middle, corners[1].y, corners[1].x, corners[1].y);
  cairo_line_to (cr, corners[2].x, corners[2].y);
  cairo_curve_to (cr, middle, corners[2].y, middle, corners[3].y, corners[3].x, corners[3].y);
  cairo_close_path (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static void
trace_symbol (MqSymbol symbol, double radius, const MqPoint *at, cairo_t *cr)
{
  switch (symbol)
    {
    case MQ_SYMBOL_SQUARE:
      cairo_rectangle (cr, at->x - radius * 0.89, at->y - radius * 0.89, radius * 1.78, radius * 1.78);
      return;
    case MQ_SYMBOL_TRIANGLE:
      cairo_move_to (cr, at->x, at->y - radius * 1.3);
      cairo_line_to (cr, at->x + radius * 1.15, at->y + radius * 0.8);
      cairo_line_to (cr, at->x - radius * 1.15, at->y + radius * 0.8);
      cairo_close_path (cr);
      return;
    case MQ_SYMBOL_DIAMOND:
      cairo_move_to (cr, at->x, at->y - radius * 1.3);
      cairo_line_to (cr, at->x + radius * 1.3, at->y);
      cairo_line_to (cr, at->x, at->y + radius * 1.3);
      cairo_line_to (cr, at->x - radius * 1.3, at->y);
      cairo_close_path (cr);
      return;
    case MQ_SYMBOL_DISC:
    case MQ_SYMBOL_RING:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, at->x, at->y, radius, 0, 2 * G_PI);
      cairo_close_path (cr);
    }
}

static void
draw_symbols (const MqShape *self, const MqPoint *points, cairo_t *cr)
{
  for (guint i = 0; i < self->n; i++)
    {
      trace_symbol (self->variant, self->radius, &points[i], cr);
      if (self->line > 0)
        {
          cairo_set_line_width (cr, self->line);
          cairo_stroke (cr);
        }
      else
        cairo_fill (cr);
    }
}

void
mq_shape_draw (const MqShape *self, const MqPoint *points, cairo_t *cr)
{
  mq_color_set_source (self->color, cr);
  switch (self->form)
    {
    case MQ_FORM_HATCH:
      draw_hatch (self, cr);
      return;
    case MQ_FORM_LINE:
      draw_line (self, points, cr);
      return;
    case MQ_FORM_AREA:
      draw_area (self, points, cr);
      return;
    case MQ_FORM_RIBBON:
      draw_ribbon (points, cr);
      return;
    case MQ_FORM_SYMBOLS:
      draw_symbols (self, points, cr);
      return;
    case MQ_FORM_RECT:
    case MQ_FORM_BAR:
    case MQ_FORM_COLUMN:
    case MQ_FORM_ROUND:
    default:
      draw_box (self, cr);
    }
}
