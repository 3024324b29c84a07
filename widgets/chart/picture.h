/* picture.h: MqPicture, a list of shapes and texts: what a layout or a page comes to, drawn without any further decision,
 * shapes first. Laid out from left to right; a picture made for right-to-left reading mirrors all it is given. */

#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} MqPoint;

/* Lines over a fill: what a colour says where colours are not seen, and what is not yet complete. */
typedef enum
{
  MQ_PATTERN_NONE,
  MQ_PATTERN_RISING,
  MQ_PATTERN_FALLING,
  MQ_PATTERN_CROSSED,
  MQ_PATTERN_LEVEL,
  MQ_PATTERN_UPRIGHT,
} MqPattern;

typedef enum
{
  MQ_DASH_NONE,
  MQ_DASH_SHORT,
  MQ_DASH_LONG,
  MQ_DASH_MIXED,
  MQ_DASH_DOTS,
} MqDash;

typedef enum
{
  MQ_SYMBOL_DISC,
  MQ_SYMBOL_SQUARE,
  MQ_SYMBOL_TRIANGLE,
  MQ_SYMBOL_DIAMOND,
  MQ_SYMBOL_RING,
} MqSymbol;

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
  GArray *points; /* (element-type MqPoint) of all lines and areas */
  GArray *texts;  /* (element-type MqPlacedText) */
  GArray *boxes;  /* (element-type MqRect): one a text */
} MqPicture;

MqPicture *mq_picture_new (double mirror);
void       mq_picture_free (MqPicture *self);
MqRect     mq_picture_mirror (const MqPicture *self, MqRect rect);
void       mq_picture_fill (MqPicture *self, MqRect rect, MqColor color);
/* A bar with round corners away from the reading start; a column with round corners at its top. */
void mq_picture_bar (MqPicture *self, MqRect rect, double radius, MqColor color);
void mq_picture_column (MqPicture *self, MqRect rect, double radius, MqColor color);
void mq_picture_round (MqPicture *self, MqRect rect, double radius, MqColor color); /* all four corners */
void mq_picture_frame (MqPicture *self, MqRect rect, double line, MqColor color);
void mq_picture_hatch (MqPicture *self, MqRect rect, MqPattern pattern, double pitch, double line, MqColor color);
/* A point that is not finite breaks the line. */
void mq_picture_line (MqPicture *self, const MqPoint *points, guint n, double line, MqDash dash, MqColor color);
void mq_picture_area (MqPicture *self, const MqPoint *points, guint n, MqColor color);
/* A band that swings from the left to the right; points are its upper corners. */
void mq_picture_ribbon (MqPicture *self, MqPoint left, MqPoint right, double left_height, double right_height, MqColor color);
/* n symbols of one kind and colour, each drawn whole. line: of a ring. */
void mq_picture_symbols (MqPicture *self, const MqPoint *centers, guint n, MqSymbol symbol, double radius, double line, MqColor color);
/* x, y: the top left corner of the text's box. */
void mq_picture_take_text (MqPicture *self, PangoLayout *text, double x, double y, MqColor color);
/* Whether a box stands at least `margin` clear of all texts so far. */
gboolean mq_picture_is_free (const MqPicture *self, MqRect box, double margin);
void     mq_picture_draw (const MqPicture *self, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqPicture, mq_picture_free)

G_END_DECLS
