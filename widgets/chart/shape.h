/* shape.h: one shape of a picture. */

#pragma once

#include "chart/picture.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_FORM_RECT,
  MQ_FORM_BAR,
  MQ_FORM_COLUMN,
  MQ_FORM_ROUND,
  MQ_FORM_HATCH,
  MQ_FORM_LINE,
  MQ_FORM_AREA,
  MQ_FORM_RIBBON,
  MQ_FORM_SYMBOLS,
} MqForm;

typedef struct
{
  MqForm   form;
  MqRect   rect;
  guint    variant;  /* MqPattern, MqDash or MqSymbol */
  double   radius;   /* of corners and symbols; distance of a pattern's lines */
  double   line;     /* of a rectangle: 0 filled, else width of a frame drawn inside */
  guint    first, n; /* points */
  gboolean mirrored;
  MqColor  color;
} MqShape;

void mq_shape_draw (const MqShape *self, const MqPoint *points, cairo_t *cr);

G_END_DECLS
