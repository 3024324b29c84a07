/* rfm-options.c: reads and checks the settings of RFM; every message names the setting. */

#include "config.h"

#include "rfm/rfm-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const MqSetting mq_rfm_settings[] = {
  /* xgettext:no-c-format */
  { "scoring", "s", "auto", "auto|quantiles|cuts", N_ ("How values become scores. auto: quantiles, but frequency 1 | 2 | 3 | 4-5 | 6+ when more than 40 % of customers have the lowest frequency") },
  { "quantiles", "s", "5", NULL, N_ ("Number of score classes, 2 to 10") },
  { "cuts", "s", NULL, NULL, N_ ("Own cut points, inclusive upper bounds: r=30:60:90:180,f=1:2:3:5,m=100:250:500:1000") },
  { "map", "s", "eleven", NULL, N_ ("Map from scores to segments: eleven, grid, eight, or one that the project has") },
  { "frequency", "s", "orders", "orders|days", N_ ("What frequency counts: valid orders, or days with one") },
  { "monetary", "s", "net", "net|mean|gross", N_ ("Monetary: net revenue, its mean per order, or gross") },
  { "free-orders", "s", "include", "include|exclude", N_ ("Whether valid orders of value zero count") },
  { "r-threshold", "s", "default", NULL, N_ ("Map eight: recency is high below the mean, median or these days; default: up to the median repurchase interval") },
  { "f-threshold", "s", "default", NULL, N_ ("Map eight: frequency is high above the mean, median or this number; default: 2 orders or more") },
  { "m-threshold", "s", "default", NULL, N_ ("Map eight: monetary is high above the mean, median or this amount; default: the mean") },
  { "customers", "b", NULL, NULL, N_ ("Add the table of all customers") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const dimension_names[MQ_RFM_N_DIMENSIONS] = { "r", "f", "m" };
static const char *const threshold_settings[MQ_RFM_N_DIMENSIONS] = { "r-threshold", "f-threshold", "m-threshold" };

static gboolean
fail_setting (GError **error, const char *setting, const char *what)
{
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” cannot be used. %s"), setting, what);
  return FALSE;
}

/* A number of the dimension: days and orders are whole, money has at most the currency's digits. */
static gboolean
parse_number (const char *text, gsize length, MqRfmDimension dimension, int digits, gint64 *value)
{
  MqDecimal decimal;

  return mq_decimal_parse_plain (text, length, &decimal) && mq_decimal_rescale (decimal, dimension == MQ_RFM_M ? digits : 0, value);
}

/* "30:60:90:180" */
static gboolean
parse_bounds (MqRfmOptions *self, MqRfmDimension dimension, const char *text, int digits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  guint n = g_strv_length (parts);

  if (n < 1 || n >= MQ_SCORES_MAX)
    return fail_setting (error, "cuts", _ ("Give each of r, f and m from 1 to 9 cut points, separated by colons."));
  for (guint i = 0; i < n; i++)
    {
      gint64 *bound = &self->cuts[dimension][i];

      if (!parse_number (parts[i], strlen (parts[i]), dimension, digits, bound))
        return fail_setting (error, "cuts", _ ("Cut points are numbers: whole ones for r and f, amounts for m."));
      if (i > 0 && *bound <= self->cuts[dimension][i - 1])
        return fail_setting (error, "cuts", _ ("Cut points have to ascend."));
    }
  self->n_cuts[dimension] = n;
  return TRUE;
}

static gboolean
parse_cut (MqRfmOptions *self, const char *text, int digits, GError **error)
{
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    if (g_ascii_tolower (text[0]) == dimension_names[i][0] && text[1] == '=')
      {
        if (self->n_cuts[i] > 0)
          return fail_setting (error, "cuts", _ ("Name each of r, f and m once."));
        return parse_bounds (self, i, text + 2, digits, error);
      }
  return fail_setting (error, "cuts", _ ("Write it as in r=30:60:90:180,f=1:2:3:5,m=100:250:500:1000."));
}

/* The maps of five scores need four cut points where they look. */
static gboolean
check_cut_counts (const MqRfmOptions *self, GError **error)
{
  guint looked_at = self->map->shape == MQ_MAP_RFM ? 3 : 2;

  if (self->map->shape == MQ_MAP_HIGH)
    return fail_setting (error, "cuts", _ ("The map of eight has thresholds instead: r-threshold, f-threshold, m-threshold."));
  for (guint i = 0; i < looked_at; i++)
    if (self->n_cuts[i] > 0 && self->n_cuts[i] != 4)
      return fail_setting (error, "cuts", _ ("The map needs 5 scores: give 4 cut points for each."));
  return TRUE;
}

static gboolean
read_cuts (MqRfmOptions *self, const char *text, int digits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  if (*text == '\0')
    return self->scoring != MQ_SCORING_CUTS || fail_setting (error, "scoring", _ ("Scoring by cut points needs the setting “cuts”."));
  if (self->scoring == MQ_SCORING_QUANTILES)
    return fail_setting (error, "cuts", _ ("Cut points go with the scoring “cuts” or “auto”."));
  for (guint i = 0; parts[i] != NULL; i++)
    if (!parse_cut (self, g_strstrip (parts[i]), digits, error))
      return FALSE;
  return check_cut_counts (self, error);
}

static gboolean
read_threshold (MqRfmOptions *self, MqRfmDimension dimension, GVariant *settings, int digits, GError **error)
{
  const char        *setting = threshold_settings[dimension];
  const char        *text = mq_settings_text (settings, setting);
  MqThresholdChoice *choice = &self->thresholds[dimension];
  MqDecimal          value;

  *choice = (MqThresholdChoice){ MQ_THRESHOLD_DEFAULT, 0, 1 };
  if (*text == '\0' || g_str_equal (text, "default"))
    return TRUE;
  if (g_str_equal (text, "mean") || g_str_equal (text, "median"))
    {
      choice->kind = g_str_equal (text, "mean") ? MQ_THRESHOLD_MEAN : MQ_THRESHOLD_MEDIAN;
      return TRUE;
    }
  choice->kind = MQ_THRESHOLD_VALUE;
  if (!mq_decimal_parse_plain (text, strlen (text), &value) || !mq_decimal_rescale (value, (dimension == MQ_RFM_M ? digits : 0) + 3, &choice->numerator))
    return fail_setting (error, setting, _ ("Choose default, mean, median or a number."));
  choice->denominator = 1000;
  return TRUE;
}

static gboolean
read_quantiles (MqRfmOptions *self, const char *text, GError **error)
{
  gint64 k;

  if (!parse_number (text, strlen (text), MQ_RFM_R, 0, &k) || k < 2 || k > MQ_SCORES_MAX)
    return fail_setting (error, "quantiles", _ ("Choose a whole number from 2 to 10."));
  self->k = k;
  return TRUE;
}

static guint
find_choice (const char *text, const char *const *choices)
{
  for (guint i = 1; choices[i] != NULL; i++)
    if (g_str_equal (text, choices[i]))
      return i;
  return 0;
}

const char *
mq_rfm_dimension_name (MqRfmDimension dimension)
{
  return dimension_names[dimension];
}

gboolean
mq_rfm_options_init (MqRfmOptions *self, GVariant *settings, int currency_digits, const MqOwnMaps *own_maps, GError **error)
{
  static const char *const scorings[] = { "auto", "quantiles", "cuts", NULL };
  static const char *const monetaries[] = { "net", "mean", "gross", NULL };

  *self = (MqRfmOptions){ 0 };
  self->scoring = find_choice (mq_settings_text (settings, "scoring"), scorings);
  self->monetary = find_choice (mq_settings_text (settings, "monetary"), monetaries);
  self->by_days = g_str_equal (mq_settings_text (settings, "frequency"), "days");
  self->without_free = g_str_equal (mq_settings_text (settings, "free-orders"), "exclude");
  self->compare = *mq_settings_text (settings, "compare-as-of") != '\0';
  self->customers = mq_settings_flag (settings, "customers");
  self->map = mq_segment_map_find (mq_settings_text (settings, "map"));
  if (self->map == NULL)
    self->map = mq_own_maps_find (own_maps, mq_settings_text (settings, "map"));
  if (self->map == NULL)
    return fail_setting (error, "map", _ ("The project has no map of this name. Choose eleven, grid, eight or one that the project has."));
  if (!read_quantiles (self, mq_settings_text (settings, "quantiles"), error) ||
      !read_cuts (self, mq_settings_text (settings, "cuts"), currency_digits, error))
    return FALSE;
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    if (!read_threshold (self, i, settings, currency_digits, error))
      return FALSE;
  return TRUE;
}
