/* kaplan-meier.h: the share that has not yet had its event, from cases that had it and cases that were only watched so
 * long (Kaplan and Meier 1958), with the sum of Greenwood's variance. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of all cases that ended at one time: those with the event, and those that were watched up to it without one. A case that
 * leaves at a time was still there when the events of that time happened. */
typedef struct
{
  gint64 time; /* ascending, each once */
  gint64 events;
  gint64 censored;
} MqSurvivalCount;

typedef struct
{
  gint64 at_risk;   /* cases that reached this time */
  double survival;  /* share without the event after this time */
  double greenwood; /* sum of d / (r (r - d)) up to here; infinite once nobody is left */
} MqSurvival;

void mq_kaplan_meier (const MqSurvivalCount *counts, gsize n, MqSurvival *curve /* n of them */);

/* The chance of the event after curve[from] (NULL: from the beginning) and up to curve[to] for those who had none at
 * `from`, with its interval: Wilson's over the number of cases that Greenwood's variance amounts to, which is the number
 * of cases where nobody left early. n: cases beyond `from`. NaN if n is 0. */
double mq_survival_chance (const MqSurvival *from, const MqSurvival *to, gint64 n, double *low, double *high);

G_END_DECLS
