/* comments-behind.h: which comments a figure of the analysis is made of. */

#pragma once

#include "base/civil-unit.h"
#include "sentiment/feedback-tables.h"

G_BEGIN_DECLS

/* Keeps the comments that meet all of the conditions, each "NAME=VALUE": label (the voice's, uncertain too), emotion (the
 * voice's), group (of the setting `by`; empty: no value), period (as the table `trend` prints it), phrase, question (as the
 * tables print them), customer, rating (only "disagrees": the words deny it). Voices are judged by the comments that meet the others, as the tables do. FALSE with
 * MQ_ANALYSIS_ERROR_SETTING. */
gboolean mq_comments_keep_behind (MqFeedback *feedback, char **conditions, const char *by, MqUnit unit, const MqScope *scope, const MqRun *run, GError **error);

G_END_DECLS
