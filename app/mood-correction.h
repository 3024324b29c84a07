/* mood-correction.h: moods corrected by hand from a page: kept with the project, applied by reading it again, undoable. */

#pragma once

#include "page.h"
#include "sentiment/mood-labels.h"

G_BEGIN_DECLS

/* polarity MQ_MOOD_NO_LABEL: as the model reads it again. Offers to undo on the page. Read-only projects keep nothing. */
void mq_mood_correct (MqPage *page, const char *text, gint polarity, gint emotion);

G_END_DECLS
