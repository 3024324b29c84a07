/* page-stack.h: MqPageStack, what a page that computes shows: its answer, or that it is under way, that something is missing,
 * that it failed. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Construct properties "icon-name", "empty-title", "failed-title" (translated); "content" is the answer. Begins busy.
 * Signal "retry": the button of what failed was pressed. */
#define MQ_TYPE_PAGE_STACK (mq_page_stack_get_type ())
G_DECLARE_FINAL_TYPE (MqPageStack, mq_page_stack, MQ, PAGE_STACK, AdwBin)

void mq_page_stack_show_busy (MqPageStack *self);
void mq_page_stack_show_answer (MqPageStack *self);
/* Data that lacks something leads to the import, anything else can be tried again. */
void mq_page_stack_show_error (MqPageStack *self, const GError *error);

G_END_DECLS
