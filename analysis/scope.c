/* scope.c: as-of date, period and zone of a request, and what of them stands in the provenance. */

#include "config.h"

#include "scope.h"

#include <glib/gi18n-lib.h>

#include "base/date-format.h"

#define MAX_PERIOD_DAYS 100000
#define CHECK_ROWS 4096

/* The kinds whose newest record decides what "now" is. */
static const MqKind clock_kinds[] = { MQ_KIND_ORDERS, MQ_KIND_EVENTS, MQ_KIND_MESSAGES };

const MqSetting mq_scope_settings[] = {
  { "as-of", "s", NULL, NULL, N_ ("The date that counts as now: a date, inclusive, or a time. Later records are ignored. Default: the day of the newest order, event or message") },
  { "period", "s", "365d", NULL, N_ ("How far back from the as-of date, as in 365d or 12w, or all") },
  { "from", "s", NULL, NULL, N_ ("First date of the period, instead of its length") },
  { "to", "s", NULL, NULL, N_ ("Last date of the period; default: the as-of date") },
  { "compare-as-of", "s", NULL, NULL, N_ ("The as-of date to compare with") },
  { "shop", "s", NULL, NULL, N_ ("Only the orders of this shop") },
  { "segment", "s", NULL, NULL, N_ ("Only the customers of this segment") },
  { NULL, NULL, NULL, NULL, NULL }
};

static gboolean
parse_day (const char *text, const char *setting, gint32 *day, GError **error)
{
  if (mq_day_parse (text, day))
    return TRUE;
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” is no date. Write it as in 2011-12-09."), setting);
  return FALSE;
}

/* A date means its end; a time is that instant. */
static gboolean
parse_as_of (const char *text, const char *setting, const MqZone *zone, gint32 *day, gint64 *as_of, GError **error)
{
  MqDateFormat format = { MQ_DATE_YMD, "" };
  MqPrecision  precision;

  if (mq_day_parse (text, day))
    {
      *as_of = mq_zone_day_start (zone, *day + 1) - 1;
      return TRUE;
    }
  if (mq_date_format_parse (&format, text, strlen (text), zone, as_of, &precision) && precision != MQ_PRECISION_DAY)
    {
      *day = mq_zone_day (zone, *as_of, NULL);
      return TRUE;
    }
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” is neither a date nor a time. Write it as in 2011-12-09 or 2011-12-09T18:00."), setting);
  return FALSE;
}

/* The number of days of "365d", "365cd" or "52w"; 0 for "all". */
static gboolean
parse_period (const char *text, gint32 *days, GError **error)
{
  char   *end = NULL;
  guint64 number;

  *days = 0;
  if (g_str_equal (text, "all"))
    return TRUE;
  number = g_ascii_isdigit (text[0]) ? g_ascii_strtoull (text, &end, 10) : 0;
  if (number > 0 && number <= MAX_PERIOD_DAYS && g_str_equal (end, "w"))
    number *= 7;
  else if (number > 0 && !g_str_equal (end, "d") && !g_str_equal (end, "cd"))
    number = 0;
  if (number > 0 && number <= MAX_PERIOD_DAYS)
    {
      *days = number;
      return TRUE;
    }
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “period” is no number of days. Write it as in 365d or 12w, or all."));
  return FALSE;
}

static gboolean
look_at_kind (MqDataset *dataset, MqKind kind, gint64 *newest, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 first, last;

  if (mq_dataset_range (dataset, kind, &first, &last, run, &local))
    *newest = MAX (*newest, last);
  else if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* The newest record of the kinds that have a clock; of a project that has nothing but feedback, the newest of it. FALSE with
 * error, or *newest missing. */
static gboolean
find_newest (MqDataset *dataset, gint64 *newest, const MqRun *run, GError **error)
{
  *newest = MQ_TIME_MISSING;
  for (guint i = 0; i < G_N_ELEMENTS (clock_kinds); i++)
    if (!look_at_kind (dataset, clock_kinds[i], newest, run, error))
      return FALSE;
  return *newest != MQ_TIME_MISSING || look_at_kind (dataset, MQ_KIND_FEEDBACK, newest, run, error);
}

static gboolean
find_as_of (MqScope *self, MqDataset *dataset, GVariant *settings, gint64 newest, GError **error)
{
  const char *text = mq_settings_text (settings, "as-of");
  gint64      clock = mq_dataset_newest_import_time (dataset);

  if (*text != '\0')
    return parse_as_of (text, "as-of", self->zone, &self->as_of_day, &self->as_of, error);
  if (newest == MQ_TIME_MISSING)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no orders, events or messages. Import an orders file first."));
      return FALSE;
    }
  self->as_of_day = mq_zone_day (self->zone, MIN (newest, clock), NULL);
  self->as_of = mq_zone_day_start (self->zone, self->as_of_day + 1) - 1;
  return TRUE;
}

static void
set_to (MqScope *self, gint32 to_day)
{
  self->to_day = MIN (to_day, self->as_of_day);
  self->to = MIN (mq_zone_day_start (self->zone, self->to_day + 1) - 1, self->as_of);
}

static void
set_from (MqScope *self, gint32 from_day)
{
  self->from_day = from_day;
  self->from = from_day == MQ_DAY_MISSING ? MQ_TIME_MISSING : mq_zone_day_start (self->zone, from_day);
}

static char *
name_period (const MqScope *self, const char *period, gboolean given)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!given)
    return g_strdup (period);
  from = self->from_day == MQ_DAY_MISSING ? g_strdup ("") : mq_day_format (self->from_day);
  to = mq_day_format (self->to_day);
  return g_strdup_printf ("%s/%s", from, to);
}

static gboolean
find_period (MqScope *self, GVariant *settings, GError **error)
{
  const char *from = mq_settings_text (settings, "from");
  const char *to = mq_settings_text (settings, "to");
  const char *period = mq_settings_text (settings, "period");
  gint32      first = MQ_DAY_MISSING;
  gint32      last = self->as_of_day;

  if (*period == '\0')
    period = "365d";
  if (!parse_period (period, &self->period_days, error) ||
      (*to != '\0' && !parse_day (to, "to", &last, error)) ||
      (*from != '\0' && !parse_day (from, "from", &first, error)))
    return FALSE;
  set_to (self, last);
  if (*from != '\0' && first > self->to_day)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “from” is later than the end of the period. Choose an earlier date."));
      return FALSE;
    }
  if (*from != '\0')
    self->period_days = self->to_day - first + 1;
  else if (self->period_days > 0)
    first = self->to_day - self->period_days + 1;
  set_from (self, first);
  self->period = name_period (self, period, *from != '\0' || *to != '\0');
  return TRUE;
}

static gboolean
count_later_rows (MqDataset *dataset, MqKind kind, gint64 clock, gint64 *n, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, kind, "time", run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (gsize row = 0; column != NULL && row < column->n; row++)
    {
      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      *n += column->values[row] > clock;
    }
  return TRUE;
}

static gboolean
warn_of_later_rows (MqDataset *dataset, gint64 newest, MqResult *result, const MqRun *run, GError **error)
{
  gint64           clock = mq_dataset_newest_import_time (dataset);
  gint64           n = 0;
  g_autofree char *text = NULL;

  if (newest == MQ_TIME_MISSING || newest <= clock)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (clock_kinds); i++)
    if (!count_later_rows (dataset, clock_kinds[i], clock, &n, run, error))
      return FALSE;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  mq_result_warn (result, _ ("Records dated later than their import: %s. Check the time zone and the date format of the file."), text);
  return TRUE;
}

static gboolean
warn_of_early_end (const MqScope *self, MqDataset *dataset, MqResult *result, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *end = NULL;
  gint64           first, last;

  if (!mq_dataset_range (dataset, MQ_KIND_ORDERS, &first, &last, run, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (mq_zone_day (self->zone, last, NULL) >= self->as_of_day)
    return TRUE;
  end = mq_day_format (mq_zone_day (self->zone, last, NULL));
  mq_result_warn (result, _ ("The orders end on %s, before the as-of date: the days after it count as days without an order."), end);
  return TRUE;
}

static gboolean
fill_provenance (const MqScope *self, MqDataset *dataset, gint64 newest, MqResult *result, const MqRun *run, GError **error)
{
  MqProvenance *provenance = mq_result_provenance (result);
  const char   *hash = mq_dataset_hash (dataset, run, error);

  if (hash == NULL)
    return FALSE;
  provenance->as_of = self->as_of;
  provenance->from = self->from;
  provenance->to = self->to;
  provenance->period = g_strdup (self->period);
  provenance->time_zone = g_strdup (mq_zone_name (self->zone));
  provenance->currency = g_strdup (mq_dataset_currency (dataset));
  provenance->data = g_strdup (hash);
  provenance->revision = mq_dataset_revision (dataset);
  return warn_of_later_rows (dataset, newest, result, run, error) && warn_of_early_end (self, dataset, result, run, error);
}

gboolean
mq_scope_init (MqScope *self, MqDataset *dataset, GVariant *settings, MqResult *result, const MqRun *run, GError **error)
{
  const char *shop = mq_settings_text (settings, "shop");
  gint64      newest;

  *self = (MqScope){ .zone = mq_dataset_zone (dataset), .shop = *shop != '\0' ? shop : NULL };
  if (!find_newest (dataset, &newest, run, error) ||
      !find_as_of (self, dataset, settings, newest, error) ||
      !find_period (self, settings, error))
    return FALSE;
  return result == NULL || fill_provenance (self, dataset, newest, result, run, error);
}

gboolean
mq_scope_init_compare (MqScope *self, const MqScope *scope, GVariant *settings, GError **error)
{
  gint32 days;

  *self = (MqScope){ .zone = scope->zone, .shop = scope->shop, .period_days = scope->period_days };
  if (!parse_as_of (mq_settings_text (settings, "compare-as-of"), "compare-as-of", self->zone, &self->as_of_day, &self->as_of, error))
    return FALSE;
  days = scope->as_of_day - self->as_of_day;
  set_to (self, scope->to_day - days);
  set_from (self, scope->from_day == MQ_DAY_MISSING ? MQ_DAY_MISSING : scope->from_day - days);
  self->period = g_strdup (scope->period);
  return TRUE;
}

void
mq_scope_clear (MqScope *self)
{
  g_clear_pointer (&self->period, g_free);
}
