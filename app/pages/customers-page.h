/* customers-page.h: MqCustomersPage, the customers with their figures and scores: all, or those behind a segment or a cell.
 *
 * Target of mq_page_open(): "settings" (a{sv} of rfm), "segment" (s), "segment-before" (s: before the comparison; "": was
 * in none), "r", "f" and "m" (x), all optional. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_CUSTOMERS_PAGE (mq_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (MqCustomersPage, mq_customers_page, MQ, CUSTOMERS_PAGE, MqPage)

G_END_DECLS
