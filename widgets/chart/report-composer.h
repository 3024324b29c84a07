/* report-composer.h: MqComposer, the sheets of a report in the making: where on the last one the next thing goes. */

#pragma once

#include "chart/report-sheet.h"

G_BEGIN_DECLS

#define MQ_SHEET_MARGIN 45.0 /* points: 16 mm */

typedef struct
{
  const MqReport *report;
  const MqTheme  *theme;
  MqTextKit      *kit;
  double          width, height; /* of the paper */
  double          left, content; /* of the content, its width */
  double          bottom;
  GPtrArray      *sheets; /* (borrowed) (element-type MqSheet) */
  MqSheet        *sheet;  /* the last of them */
  double          y;
} MqComposer;

/* (transfer full) (element-type MqSheet) */
GPtrArray *mq_composer_sheets_new (void);
/* A new sheet with its head line, for a page of the report. */
void mq_composer_begin_sheet (MqComposer *self, guint page);
/* Wrapped at `width`. (transfer full) */
PangoLayout *mq_composer_text (const MqComposer *self, const char *words, double scale, gboolean bold, double width);
/* Small and of one line; longer words are cut where the other end of the line is taken. (transfer full) */
PangoLayout *mq_composer_line (const MqComposer *self, const char *words, double width);
/* Takes the text and goes on under it. */
void mq_composer_place (MqComposer *self, PangoLayout *text, MqColor color, double space);

/* Puts the table of contents before the sheets that are there, with links. */
void mq_composer_add_contents (MqComposer *self);

G_END_DECLS
