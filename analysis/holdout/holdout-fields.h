/* holdout-fields.h: which fields of the customers may say who got a campaign and who was held out. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  char    *field;             /* (owned) as the setting takes it: "customer.group" */
  char    *treated, *control; /* (owned) its values */
  gint64   n_treated, n_control;
  gboolean is_named; /* the field or a value is called as such groups are */
} MqHoldoutField;

/* Fields of few values, proposed with two of them: named ones first, then by name. The held-out group is the value that is
 * called so, else the smaller one. Pure; any thread. (element-type MqHoldoutField) (transfer full); NULL with error. */
GPtrArray *mq_holdout_fields (MqDataset *dataset, const MqRun *run, GError **error);

G_END_DECLS
