/* customer-pane.h: MqCustomerPane, one customer: attributes and what happened. Asks on a worker; the newest question wins.
 *
 * Signal "erase" (label): the user wants this customer to be erased; nothing was asked yet. */

#pragma once

#include <adwaita.h>

#include "page.h"
#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_TYPE_CUSTOMER_PANE (mq_customer_pane_get_type ())
G_DECLARE_FINAL_TYPE (MqCustomerPane, mq_customer_pane, MQ, CUSTOMER_PANE, AdwBin)

/* label NULL: nobody. */
void mq_customer_pane_show (MqCustomerPane *self, MqDataset *dataset /* (nullable) */, const char *label /* (nullable) */);

/* FALSE: the project is open read-only, which the pane says. */
void mq_customer_pane_set_erasable (MqCustomerPane *self, gboolean erasable);

/* Moods and stock phrases are edited through this page, where the pane is not in one. */
void mq_customer_pane_set_page (MqCustomerPane *self, MqPage *page);

G_END_DECLS
