/* picture.c: what a picture holds. */

#include "config.h"

#include "chart/picture.h"
#include "chart/shape.h"

static void
clear_text (gpointer data)
{
  g_object_unref (((MqPlacedText *) data)->text);
}

static void
add_shape (MqPicture *self, MqShape shape)
{
  shape.rect = mq_picture_mirror (self, shape.rect);
  shape.mirrored = self->mirror > 0;
  g_array_append_val (self->shapes, shape);
}

static void
add_points (MqPicture *self, MqShape shape, const MqPoint *points, guint n)
{
  shape.first = self->points->len;
  shape.n = n;
  g_array_append_vals (self->points, points, n);
  if (self->mirror > 0)
    for (guint i = shape.first; i < self->points->len; i++)
      g_array_index (self->points, MqPoint, i).x = self->mirror - g_array_index (self->points, MqPoint, i).x;
  add_shape (self, shape);
}

MqPicture *
mq_picture_new (double mirror)
{
  MqPicture *self = g_new0 (MqPicture, 1);

  self->mirror = mirror;
  self->shapes = g_array_new (FALSE, FALSE, sizeof (MqShape));
  self->points = g_array_new (FALSE, FALSE, sizeof (MqPoint));
  self->texts = g_array_new (FALSE, FALSE, sizeof (MqPlacedText));
  g_array_set_clear_func (self->texts, clear_text);
  self->boxes = g_array_new (FALSE, FALSE, sizeof (MqRect));
  return self;
}

void
mq_picture_free (MqPicture *self)
{
  g_array_unref (self->shapes);
  g_array_unref (self->points);
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
  add_shape (self, (MqShape){ .form = MQ_FORM_RECT, .rect = rect, .color = color });
}

void
mq_picture_bar (MqPicture *self, MqRect rect, double radius, MqColor color)
{
  add_shape (self, (MqShape){ .form = MQ_FORM_BAR, .rect = rect, .radius = radius, .color = color });
}

void
mq_picture_column (MqPicture *self, MqRect rect, double radius, MqColor color)
{
  add_shape (self, (MqShape){ .form = MQ_FORM_COLUMN, .rect = rect, .radius = radius, .color = color });
}

void
mq_picture_round (MqPicture *self, MqRect rect, double radius, MqColor color)
{
  add_shape (self, (MqShape){ .form = MQ_FORM_ROUND, .rect = rect, .radius = radius, .color = color });
}

void
mq_picture_frame (MqPicture *self, MqRect rect, double line, MqColor color)
{
  add_shape (self, (MqShape){ .form = MQ_FORM_RECT, .rect = rect, .line = line, .color = color });
}

void
mq_picture_hatch (MqPicture *self, MqRect rect, MqPattern pattern, double pitch, double line, MqColor color)
{
  if (pattern != MQ_PATTERN_NONE)
    add_shape (self, (MqShape){ .form = MQ_FORM_HATCH, .rect = rect, .variant = pattern, .radius = pitch, .line = line, .color = color });
}

void
mq_picture_line (MqPicture *self, const MqPoint *points, guint n, double line, MqDash dash, MqColor color)
{
  add_points (self, (MqShape){ .form = MQ_FORM_LINE, .variant = dash, .line = line, .color = color }, points, n);
}

void
mq_picture_area (MqPicture *self, const MqPoint *points, guint n, MqColor color)
{
  add_points (self, (MqShape){ .form = MQ_FORM_AREA, .color = color }, points, n);
}

void
mq_picture_ribbon (MqPicture *self, MqPoint left, MqPoint right, double left_height, double right_height, MqColor color)
{
  const MqPoint corners[] = { left, right, { right.x, right.y + right_height }, { left.x, left.y + left_height } };

  add_points (self, (MqShape){ .form = MQ_FORM_RIBBON, .color = color }, corners, G_N_ELEMENTS (corners));
}

void
mq_picture_symbols (MqPicture *self, const MqPoint *centers, guint n, MqSymbol symbol, double radius, double line, MqColor color)
{
  add_points (self, (MqShape){ .form = MQ_FORM_SYMBOLS, .variant = symbol, .radius = radius, .line = line, .color = color }, centers, n);
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

gboolean
mq_picture_is_free (const MqPicture *self, MqRect box, double margin)
{
  box = mq_picture_mirror (self, box);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const MqRect *other = &g_array_index (self->boxes, MqRect, i);

      if (box.x < other->x + other->width + margin && other->x < box.x + box.width + margin && box.y < other->y + other->height && other->y < box.y + box.height)
        return FALSE;
    }
  return TRUE;
}

void
mq_picture_draw (const MqPicture *self, cairo_t *cr)
{
  cairo_save (cr);
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const MqShape *shape = &g_array_index (self->shapes, MqShape, i);

      mq_shape_draw (shape, (const MqPoint *) (gpointer) self->points->data + shape->first, cr);
    }
  for (guint i = 0; i < self->texts->len; i++)
    {
      const MqPlacedText *placed = &g_array_index (self->texts, MqPlacedText, i);

      mq_color_set_source (placed->color, cr);
      cairo_move_to (cr, placed->x, placed->y);
      pango_cairo_show_layout (cr, placed->text);
    }
  cairo_restore (cr);
}
