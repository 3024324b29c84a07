/* saturation.h: whether the value credited to a channel grows less than what is spent on it, as far as its periods can tell.
 * Pure functions on arrays. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_SATURATION_PERIODS 12 /* fewer say nothing */

typedef enum
{
  MQ_SATURATION_FEW,    /* too few periods with spend and value */
  MQ_SATURATION_STEADY, /* spend hardly varied */
  MQ_SATURATION_LOOSE,  /* value does not follow spend: the interval holds 0 or less */
  MQ_SATURATION_NONE,   /* it may follow in full: the interval holds 1 or more */
  MQ_SATURATION_SEEN,
} MqSaturationState;

/* ln value = a + elasticity * ln spend by least squares: 1 % more spend goes with `elasticity` % more value. low and high
 * are its interval of 95 % (Student's t). NaN where state is FEW or STEADY. */
typedef struct
{
  MqSaturationState state;
  guint             n; /* periods used: both above 0 */
  double            elasticity, low, high;
  double            mean_spend, mean_value; /* of the periods used */
  double            least_spend, most_spend;
} MqSaturation;

void mq_saturation_fit (const double *spend, const double *value, guint n, MqSaturation *fit);

const char *mq_saturation_state_name (MqSaturationState state); /* N_(), of a closed list */

G_END_DECLS
