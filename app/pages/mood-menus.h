/* mood-menus.h: what the controls of the page Mood offer: phrases to search for, fields, and with what a mix can be compared:
 * other words, all other comments, an earlier time. Main thread. */

#pragma once

#include "pages/analysis-page.h"

G_BEGIN_DECLS

/* Once, when the page is made: actions of the menus. */
void mq_mood_menus_install (MqAnalysisPage *page);
/* After each answer; its phrases are among what is offered. */
void mq_mood_menus_offer (MqAnalysisPage *page, MqResult *result /* (nullable) */);

G_END_DECLS
