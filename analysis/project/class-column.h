/* class-column.h: MqClassColumn, a column of a few texts, one a person, that the program makes and a dataset keeps. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  MqColumn   column;
  guint32   *codes;   /* (owned) by person: index in `names`, or MQ_CODE_MISSING, which all are at first */
  MqStrings *strings; /* (owned) */
} MqClassColumn;

/* names: sorted by bytes. */
MqClassColumn *mq_class_column_new (const char *const *names, guint n_names, guint n_persons);
void           mq_class_column_free (gpointer self);

G_END_DECLS
