/* sample-calendar.c: which days are busy, and which campaign runs on a day. */

#include "sample/sample-shop.h"

#include <string.h>

static gboolean
is_in_season (const SampleSeason *season, const char *day)
{
  const char *part = day + (strlen (season->first_day) == 5 ? 5 : 0);

  return strcmp (part, season->first_day) >= 0 && strcmp (part, season->last_day) <= 0;
}

static double
weigh_day (const SampleShop *self, guint day)
{
  g_autofree char    *text = mq_day_format (self->first_day + day);
  const SampleSeason *season = self->words->seasons;
  double              growth = 0.8 + 0.5 * day / self->n_days;

  while (season->first_day != NULL && !is_in_season (season, text))
    season++;
  return season->factor * growth * self->words->weekdays[mq_day_of_week (self->first_day + day) - 1];
}

double *
sample_make_calendar (const SampleShop *self)
{
  double *sums = g_new (double, self->n_days + 1);

  sums[0] = 0;
  for (guint day = 0; day < self->n_days; day++)
    sums[day + 1] = sums[day] + weigh_day (self, day);
  return sums;
}

guint
sample_draw_day (const double *calendar, guint first, guint last, double uniform)
{
  double wanted = calendar[first] + uniform * (calendar[last + 1] - calendar[first]);
  guint  low = first, high = last;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (calendar[middle + 1] <= wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
sample_find_campaign (const SampleShop *self, guint day)
{
  g_autofree char *text = mq_day_format (self->first_day + day);

  for (guint i = 0; i < SAMPLE_CAMPAIGNS; i++)
    if (strcmp (text, self->words->campaigns[i].first_day) >= 0 && strcmp (text, self->words->campaigns[i].last_day) <= 0)
      return i;
  return SAMPLE_NONE;
}
