/* segments-page.h: MqSegmentsPage, the saved segments: who is in them, as a filter, renamed, deleted, exported. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_SEGMENTS_PAGE (mq_segments_page_get_type ())
G_DECLARE_FINAL_TYPE (MqSegmentsPage, mq_segments_page, MQ, SEGMENTS_PAGE, MqPage)

G_END_DECLS
