/* kaplan-meier.c: the product of the shares that went through each time without the event. */

#include "stats/kaplan-meier.h"

#include <math.h>

#include "stats/interval.h"

void
mq_kaplan_meier (const MqSurvivalCount *counts, gsize n, MqSurvival *curve)
{
  gint64 at_risk = 0;
  double survival = 1;
  double greenwood = 0;

  for (gsize i = 0; i < n; i++)
    at_risk += counts[i].events + counts[i].censored;
  for (gsize i = 0; i < n; i++)
    {
      gint64 stay = at_risk - counts[i].events;

      if (counts[i].events > 0)
        {
          survival *= (double) stay / at_risk;
          greenwood += counts[i].events / ((double) at_risk * stay);
        }
      curve[i] = (MqSurvival){ at_risk, survival, greenwood };
      at_risk = stay - counts[i].censored;
    }
}

double
mq_survival_chance (const MqSurvival *from, const MqSurvival *to, gint64 n, double *low, double *high)
{
  double survival = from != NULL ? from->survival : 1;
  double greenwood = to->greenwood - (from != NULL ? from->greenwood : 0);
  double chance = 1 - to->survival / survival;
  double cases = n;

  *low = *high = NAN;
  if (n <= 0 || survival <= 0)
    return NAN;
  if (chance > 0 && chance < 1)
    cases = chance / ((1 - chance) * greenwood);
  mq_wilson (chance, cases, low, high);
  return chance;
}
