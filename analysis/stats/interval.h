/* interval.h: intervals of 95 % for estimated proportions. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_N_SMALL 30 /* below it an estimate is greyed: "sample too small" */

/* Wilson's score interval (Wilson 1927) of a proportion of n cases, 0 to 1. n need not be whole: an estimate of another
 * kind has its effective number of cases, proportion * (1 - proportion) / variance. NaN for n <= 0 or no proportion. */
void mq_wilson (double proportion, double n, double *low, double *high);

/* Student's t at 97.5 % by the expansion of Cornish and Fisher: within 0.01 from 6 degrees of freedom on. */
double mq_student_quantile (double freedom);

G_END_DECLS
