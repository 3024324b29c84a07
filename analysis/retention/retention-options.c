/* retention-options.c: reads and checks the settings of retention; every message names the setting. */

#include "config.h"

#include "retention/retention-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PERIOD 100000

const MqSetting mq_retention_settings[] = {
  { "start", "s", NULL, NULL, N_ ("What begins a cohort: order, an event’s name, or * for any event. Default: order, without orders *") },
  { "return", "s", NULL, NULL, N_ ("What counts as coming back. Default: the same as start") },
  { "unit", "s", "month", "day|week|month", N_ ("Length of cohorts and periods; weeks are ISO weeks") },
  { "mode", "s", "on", "on|unbounded", N_ ("Come back in the period, or in it or later") },
  { "brackets", "s", NULL, NULL, N_ ("Own periods, counted in units from 0, as in 1-7,8-30,31-") },
  { "clock", "s", "calendar", "calendar|rolling", N_ ("Periods are calendar units, or days of 24 hours from each customer’s own start (a week is 7, a month 30 of them)") },
  { "measure", "s", "share", "customers|share|orders|revenue|cumulative-revenue", N_ ("What a cell shows") },
  { "mean", "s", "weighted", "weighted|simple", N_ ("Mean of the cohorts: weighted by their size, or each alike") },
  { "first", "s", "any", "any|paid", N_ ("Order cohorts begin with the first valid order, or with the first that is not free") },
  { "free-orders", "s", "include", "include|exclude", N_ ("Whether valid orders of value zero count") },
  { "complete-since", "s", NULL, NULL, N_ ("The date from which on the records are complete; default: the first date. Cohorts that begin less than one 90th percentile of the intervals after it are left out of means") },
  { "by", "s", NULL, NULL, N_ ("Split by a field of the record that begins the cohort, or of the customer") },
  { "customers", "s", NULL, NULL, N_ ("Add the table of the customers of a cohort, 2011-03, or of a cell, 2011-03:2") },
  { NULL, NULL, NULL, NULL, NULL }
};

static gboolean
fail_setting (GError **error, const char *setting, const char *what)
{
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” cannot be used. %s"), setting, what);
  return FALSE;
}

/* A period's number at *text, which moves behind it. */
static gboolean
read_period (const char **text, guint *period)
{
  char   *end;
  guint64 number;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  number = g_ascii_strtoull (*text, &end, 10);
  *text = end;
  *period = number;
  return number <= MAX_PERIOD;
}

/* "3", "1-7" or "31-" */
static gboolean
read_bracket (const char *text, guint bracket[2])
{
  if (!read_period (&text, &bracket[0]))
    return FALSE;
  bracket[1] = bracket[0];
  if (*text == '\0')
    return TRUE;
  if (*text++ != '-')
    return FALSE;
  if (*text == '\0')
    {
      bracket[1] = MQ_PERIOD_OPEN;
      return TRUE;
    }
  return read_period (&text, &bracket[1]) && *text == '\0' && bracket[1] >= bracket[0];
}

static gboolean
read_brackets (MqRetentionOptions *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);

  if (*text == '\0')
    return TRUE;
  if (n > MQ_BRACKETS_MAX)
    return fail_setting (error, "brackets", _ ("Give at most 50 brackets."));
  for (guint i = 0; i < n; i++)
    {
      if (!read_bracket (g_strstrip (parts[i]), self->brackets[i]))
        return fail_setting (error, "brackets", _ ("Write them as in 1-7,8-30,31-."));
      if (i > 0 && (self->brackets[i - 1][1] == MQ_PERIOD_OPEN || self->brackets[i][0] <= self->brackets[i - 1][1]))
        return fail_setting (error, "brackets", _ ("They have to ascend and must not overlap."));
    }
  if (self->unbounded)
    return fail_setting (error, "brackets", _ ("They go with the mode “on”; an open bracket as in 31- is “on or after”."));
  self->n_brackets = n;
  return TRUE;
}

/* "2011-03" or "2011-03:2" */
static gboolean
read_cell (MqRetentionOptions *self, const char *text, GError **error)
{
  const char      *colon = strchr (text, ':');
  g_autofree char *cohort = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  const char      *period = colon != NULL ? colon + 1 : NULL;

  if (*text == '\0')
    return TRUE;
  self->has_cell = TRUE;
  self->cell_period = MQ_PERIOD_OPEN;
  if (mq_unit_parse (self->unit, cohort, &self->cell_cohort) &&
      (period == NULL || (read_period (&period, &self->cell_period) && *period == '\0')))
    return TRUE;
  return fail_setting (error, "customers", _ ("Write a cohort as the cells show it, or a cohort and a period, as in 2011-03:2."));
}

static MqRetentionMeasure
find_measure (const char *name)
{
  static const char *const names[] = { "customers", "share", "orders", "revenue", "cumulative-revenue" };
  guint                    i = 0;

  while (i + 1 < G_N_ELEMENTS (names) && !g_str_equal (names[i], name))
    i++;
  return i;
}

gboolean
mq_retention_options_init (MqRetentionOptions *self, GVariant *settings, GError **error)
{
  const char *since = mq_settings_text (settings, "complete-since");

  *self = (MqRetentionOptions){ .complete_since = MQ_DAY_MISSING };
  self->start = mq_settings_text (settings, "start");
  self->returns = mq_settings_text (settings, "return");
  self->by = mq_settings_text (settings, "by");
  self->rolling = g_str_equal (mq_settings_text (settings, "clock"), "rolling");
  self->unbounded = g_str_equal (mq_settings_text (settings, "mode"), "unbounded");
  self->measure = find_measure (mq_settings_text (settings, "measure"));
  self->simple_mean = g_str_equal (mq_settings_text (settings, "mean"), "simple");
  self->first_paid = g_str_equal (mq_settings_text (settings, "first"), "paid");
  self->without_free = g_str_equal (mq_settings_text (settings, "free-orders"), "exclude");
  mq_unit_from_name (mq_settings_text (settings, "unit"), &self->unit);
  if (*since != '\0' && !mq_day_parse (since, &self->complete_since))
    return fail_setting (error, "complete-since", _ ("Write a date as in 2011-12-09."));
  return read_brackets (self, mq_settings_text (settings, "brackets"), error) && read_cell (self, mq_settings_text (settings, "customers"), error);
}
