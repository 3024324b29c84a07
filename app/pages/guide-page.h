/* guide-page.h: MqGuidePage, what can be seen now: which page works with the files that are there, which file each
 * other page still needs, and the best next click. All of it follows from the registry of analyses. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_GUIDE_PAGE (mq_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (MqGuidePage, mq_guide_page, MQ, GUIDE_PAGE, MqPage)

G_END_DECLS
