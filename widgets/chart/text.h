/* text.h: measured text. A kit holds what all texts of one layout share; a text is a PangoLayout with tabular figures,
 * sized in em of the kit's font. Lengths in user units. */

#pragma once

#include <pango/pangocairo.h>

#include "chart/theme.h"

G_BEGIN_DECLS

typedef struct
{
  PangoContext         *context; /* (owned) */
  PangoFontDescription *font;    /* (owned) */
  PangoAttrList        *attrs;   /* (owned) tabular figures */
  double                em;      /* size of the font */
  double                figure;  /* height of a figure's ink at 1 em: to centre a line of text on a bar */
  gboolean              rtl;
} MqTextKit;

/* Font, language, direction and resolution come from the context. */
MqTextKit *mq_text_kit_new (PangoContext *context);
/* With a context of its own, for files: `resolution` dots an inch (72 where the user unit is a point, 96 where it is a CSS
 * pixel), no hinting, language by the messages locale. */
MqTextKit *mq_text_kit_new_for_file (const char *font, double resolution);
void       mq_text_kit_free (MqTextKit *self);

/* One paragraph; control characters become blanks, text beyond 512 characters an ellipsis. (transfer full) */
PangoLayout *mq_text_new (const MqTextKit *self, const char *text, double scale, gboolean bold);
/* Breaks at blanks (or anywhere if a word is too long) to the width; lines stand at the reading start. */
void mq_text_wrap (const MqTextKit *self, PangoLayout *text, double width);
/* At most so many lines, the last one with an ellipsis at its end; after mq_text_wrap(). */
void mq_text_limit (PangoLayout *text, guint lines);
/* One line with an ellipsis in its middle. */
void mq_text_ellipsize (PangoLayout *text, double width);
/* Of the text's bytes. */
void   mq_text_embolden (PangoLayout *text, guint from, guint to);
void   mq_text_dim (PangoLayout *text, guint from, MqColor color);
double mq_text_width (PangoLayout *text);
double mq_text_height (PangoLayout *text);
/* From the top of its box to the first line's baseline. */
double mq_text_baseline (PangoLayout *text);
/* A text from data inside a sentence: isolated where it has letters that run from the right. (transfer full) */
char *mq_text_isolate (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTextKit, mq_text_kit_free)

G_END_DECLS
