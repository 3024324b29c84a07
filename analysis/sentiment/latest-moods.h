/* latest-moods.h: the mood of each customer's latest comments: whom to serve first, and whom not to send a promotion now. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_LATEST_COMMENTS 3 /* so many of a customer's comments say how they feel now */
#define MQ_MOOD_FIELD "mood" /* the field's name, customer.mood, unless the customers have an attribute of this name */

/* negative, neutral, positive or uncertain, by person, of all comments up to the newest; missing: wrote none. Kept with the
 * dataset. NULL with error. */
const MqColumn *mq_latest_moods_column (MqDataset *dataset, const MqRun *run, GError **error);

/* latest (label, customers, share, low, high): the customers who wrote up to as_of. customers (customer, mood, comments,
 * latest), by customer: those of this label (as the table latest prints it); NULL: no such table. FALSE with error. */
gboolean mq_latest_moods_tables (MqDataset *dataset, gint64 as_of, const char *label, MqTable **latest, MqTable **customers, const MqRun *run, GError **error);

G_END_DECLS
