/* quality-score.h: the one figure, and the parts it is made of. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_PART_FILLED,  /* mean share filled of keys and of the fields that every record should have, where the files have them */
  MQ_PART_VALID,   /* of all values that are checked, the share that is valid */
  MQ_PART_UNIQUE,  /* customers who are not a second one of the same name and birth date (or city) */
  MQ_PART_CURRENT, /* customers whose newest record is of the year before the as-of date */
  MQ_N_PARTS
} MqScorePart;

/* What a part counts where all are known: 40, 30, 20, 10. The weights of parts without data are shared out to the others. */
extern const int mq_score_weights[MQ_N_PARTS];

const char *mq_score_part_name (MqScorePart part); /* "filled": of a closed English list */

/* values: 0 to 1, NaN where there is no data. Sum of weight times value over the sum of weights, times 100; NaN if none. */
double mq_score_compute (const double *values);

G_END_DECLS
