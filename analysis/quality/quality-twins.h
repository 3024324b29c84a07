/* quality-twins.h: customers who may be one person: equal in two attributes. Who shares a key is one person already. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_known;  /* both attributes are there */
  gint64   compared;  /* customers who have both */
  gint64   groups;    /* of two or more */
  gint64   customers; /* in these groups */
} MqTwins;

/* Names without regard to case and blanks around them. FALSE with error. */
gboolean mq_twins_find (MqDataset *dataset, const char *name, const char *other, MqTwins *twins, const MqRun *run, GError **error);

G_END_DECLS
