/* dataset-assertions.h: what all imports ever stated about a field of customers, also what newer ones replaced. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 person;
  gint64  import;
  gint64  line;
  gint64  value; /* or the code of a text; never missing */
} MqAssertion;

typedef struct
{
  gsize        n;
  MqAssertion *items; /* (owned) sorted by (person, import, line) */
} MqAssertions;

/* Of a column that customers have. NULL with error. */
MqAssertions *mq_dataset_assertions (MqDataset *self, const char *name, const MqRun *run, GError **error);
void          mq_assertions_free (MqAssertions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqAssertions, mq_assertions_free)

G_END_DECLS
