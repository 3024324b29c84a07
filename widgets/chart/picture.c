/* picture.c: the only code that draws. Opaque fills, strokes and text: nothing that PDF or SVG would turn into pixels. */

#include "config.h"

#include "chart/picture.h"

static void
clear_text (gpointer data)
{
  g_object_unref (((MqPlacedText *) data)->text);
}

static void
draw_rounded (cairo_t *cr, MqRect rect, double radius, gboolean mirrored)
{
  double x = mirrored ? rect.x + rect.width : rect.x;
  double end = mirrored ? rect.x : rect.x + rect.width;
  double inner = mirrored ? end + radius : end - radius;
  double k = radius * 0.4477; /* a quarter circle as a curve */
  double outer = mirrored ? end + k : end - k;

  cairo_move_to (cr, x, rect.y);
  cairo_line_to (cr, inner, rect.y);
  cairo_curve_to (cr, outer, rect.y, end, rect.y + k, end, rect.y + radius);
  cairo_line_to (cr, end, rect.y + rect.height - radius);
  cairo_curve_to (cr, end, rect.y + rect.height - k, outer, rect.y + rect.height, inner, rect.y + rect.height);
  cairo_line_to (cr, x, rect.y + rect.height);
  cairo_close_path (cr);
}

static void
draw_shape (const MqShape *shape, cairo_t *cr, gboolean mirrored)
{
  double inset = shape->line / 2;
  MqRect rect = { shape->rect.x + inset, shape->rect.y + inset, shape->rect.width - shape->line, shape->rect.height - shape->line };

  if (rect.width <= 0 || rect.height <= 0)
    return;
  mq_color_set_source (shape->color, cr);
  if (shape->radius > 0)
    draw_rounded (cr, rect, MIN (shape->radius, MIN (rect.width, rect.height / 2)), mirrored);
  else
    cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  if (shape->line > 0)
    {
      cairo_set_line_width (cr, shape->line);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
}

static void
add_shape (MqPicture *self, MqRect rect, double radius, double line, MqColor color)
{
  MqShape shape = { mq_picture_mirror (self, rect), radius, line, color };

  g_array_append_val (self->shapes, shape);
}

MqPicture *
mq_picture_new (double mirror)
{
  MqPicture *self = g_new0 (MqPicture, 1);

  self->mirror = mirror;
  self->shapes = g_array_new (FALSE, FALSE, sizeof (MqShape));
  self->texts = g_array_new (FALSE, FALSE, sizeof (MqPlacedText));
  g_array_set_clear_func (self->texts, clear_text);
  self->boxes = g_array_new (FALSE, FALSE, sizeof (MqRect));
  return self;
}

void
mq_picture_free (MqPicture *self)
{
  g_array_unref (self->shapes);
  g_array_unref (self->texts);
  g_array_unref (self->boxes);
  g_free (self);
}

MqRect
mq_picture_mirror (const MqPicture *self, MqRect rect)
{
  if (self->mirror > 0)
    rect.x = self->mirror - rect.x - rect.width;
  return rect;
}

void
mq_picture_fill (MqPicture *self, MqRect rect, MqColor color)
{
  add_shape (self, rect, 0, 0, color);
}

void
mq_picture_bar (MqPicture *self, MqRect rect, double radius, MqColor color)
{
  add_shape (self, rect, radius, 0, color);
}

void
mq_picture_frame (MqPicture *self, MqRect rect, double line, MqColor color)
{
  add_shape (self, rect, 0, line, color);
}

void
mq_picture_take_text (MqPicture *self, PangoLayout *text, double x, double y, MqColor color)
{
  PangoRectangle logical;
  MqRect         box;
  MqPlacedText   placed;

  pango_layout_get_extents (text, NULL, &logical);
  box = mq_picture_mirror (self, (MqRect){ x, y, logical.width / (double) PANGO_SCALE, logical.height / (double) PANGO_SCALE });
  placed = (MqPlacedText){ text, box.x - logical.x / (double) PANGO_SCALE, box.y - logical.y / (double) PANGO_SCALE, color };
  g_array_append_val (self->texts, placed);
  g_array_append_val (self->boxes, box);
}

void
mq_picture_draw (const MqPicture *self, cairo_t *cr)
{
  cairo_save (cr);
  for (guint i = 0; i < self->shapes->len; i++)
    draw_shape (&g_array_index (self->shapes, MqShape, i), cr, self->mirror > 0);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const MqPlacedText *placed = &g_array_index (self->texts, MqPlacedText, i);

      mq_color_set_source (placed->color, cr);
      cairo_move_to (cr, placed->x, placed->y);
      pango_cairo_show_layout (cr, placed->text);
    }
  cairo_restore (cr);
}
