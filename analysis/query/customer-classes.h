/* customer-classes.h: fields of the customers that no file has, made of what the project knows: the mood of their latest comments,
 * their age band, their RFM segment. Each is a text a person; an attribute of the same name in the data comes first. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_AGE_FIELD "age_band"    /* "25-34": age in full years on the default as-of date */
#define MQ_RFM_FIELD "rfm_segment" /* of the map of eleven, as the analysis RFM has it without settings */

/* The name by which mq_customer_class_column() knows the field; NULL: it is none, or the project lacks what it is made of. */
const char *mq_customer_class_find (MqDataset *dataset, const char *field);
gboolean    mq_customer_class_has (const char *column);

/* n = n_persons, texts sorted by bytes; missing where nothing is known. Kept with the dataset. NULL with error. */
const MqColumn *mq_customer_class_column (MqDataset *dataset, const char *column, const MqRun *run, GError **error);

/* The program's own word for a text of the column, which is translated for people and known by its address; NULL: there is none. */
const char *mq_customer_class_word (const char *column, const char *text);
gboolean    mq_customer_class_is_word (const char *word);

G_END_DECLS
