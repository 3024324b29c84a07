/* picture.h: MqPicture, a list of filled rectangles, frames and texts: what a layout or a page comes to, drawn without
 * any further decision. Laid out from left to right; a picture made for right-to-left reading mirrors all it is given. */

#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

typedef struct
{
  MqRect  rect;
  double  radius; /* of the corners away from the reading start */
  double  line;   /* width of a frame's line, drawn inside; 0: filled */
  MqColor color;
} MqShape;

typedef struct
{
  PangoLayout *text; /* (owned) */
  double       x, y; /* of the layout's origin */
  MqColor      color;
} MqPlacedText;

typedef struct
{
  double  mirror; /* width to mirror in; 0: as it comes */
  GArray *shapes; /* (element-type MqShape) */
  GArray *texts;  /* (element-type MqPlacedText) */
  GArray *boxes;  /* (element-type MqRect): one a text */
} MqPicture;

MqPicture *mq_picture_new (double mirror);
void       mq_picture_free (MqPicture *self);
MqRect     mq_picture_mirror (const MqPicture *self, MqRect rect);
void       mq_picture_fill (MqPicture *self, MqRect rect, MqColor color);
void       mq_picture_bar (MqPicture *self, MqRect rect, double radius, MqColor color);
void       mq_picture_frame (MqPicture *self, MqRect rect, double line, MqColor color);
/* x, y: the top left corner of the text's box. */
void mq_picture_take_text (MqPicture *self, PangoLayout *text, double x, double y, MqColor color);
void mq_picture_draw (const MqPicture *self, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqPicture, mq_picture_free)

G_END_DECLS
