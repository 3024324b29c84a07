/* imports-page.h: MqImportsPage, the imports of the project, newest first, the rows that each rejected, and taking one back.
 *
 * Target of mq_page_open(): "import" (x), the number of the import to select, optional. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORTS_PAGE (mq_imports_page_get_type ())
G_DECLARE_FINAL_TYPE (MqImportsPage, mq_imports_page, MQ, IMPORTS_PAGE, MqPage)

G_END_DECLS
