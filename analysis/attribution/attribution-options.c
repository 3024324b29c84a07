/* attribution-options.c: reads and checks the settings of attribution. */

#include "config.h"

#include "attribution/attribution-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "attribution/markov.h"
#include "base/civil-time.h"
#include "base/decimal.h"
#include "base/duration.h"

#define MAX_ROUNDS 10000

const MqSetting mq_attribution_settings[] = {
  { "conversion", "s", "order", NULL, N_ ("What is a conversion: order, the valid orders, or an event") },
  { "first-only", "b", NULL, NULL, N_ ("Only each customer’s first conversion") },
  { "touch", "s", NULL, NULL, N_ ("What is a touch, with commas between; default: every event with a channel, and messages clicked or replied to") },
  { "order-source", "b", NULL, NULL, N_ ("How the order itself says it came is its last touch") },
  { "lookback", "s", "30d", NULL, N_ ("How long before the conversion a touch counts, inclusive") },
  { "since-last", "b", NULL, NULL, N_ ("Only touches since the customer’s previous conversion") },
  { "collapse", "s", "0min", NULL, N_ ("Touches of one channel that follow each other within this time count once") },
  { "skip-direct", "b", NULL, NULL, N_ ("Direct traffic is no touch") },
  { "model", "s", "first,last,last-non-direct,linear,u,time-decay,markov,shapley", NULL, N_ ("The models, with commas between: first, last, last-non-direct, linear, participation, u, j, inverse-j, own, time-decay, markov, shapley") },
  { "by", "s", "channel", "channel|campaign|group", N_ ("What gets the credit: channel, campaign, or group of channels") },
  { "half-life", "s", "7d", NULL, N_ ("Model time-decay: after this time a touch weighs half as much") },
  { "weights", "s", "40:20:40", NULL, N_ ("Model own: weights of the first touch, of all between together, and of the last") },
  { "markov-order", "s", "1", "1|2|3|4", N_ ("Model markov: how many of the latest channels are remembered") },
  { "bootstrap", "s", "0", NULL, N_ ("Rounds of the bootstrap over customers that gives the intervals; 0: none") },
  { "seed", "s", "1", NULL, N_ ("Seed of the bootstrap’s random numbers") },
  { "trend", "s", "none", "none|day|week|month", N_ ("Add the credits of each period, and with spend when it was paid back and what other budgets would bring") },
  { "paths", "b", NULL, NULL, N_ ("Add the table of all paths") },
  { "explain", "s", NULL, NULL, N_ ("Add the touches of this customer’s conversions and why each counts or not") },
  { "explain-conversion", "s", NULL, NULL, N_ ("Which of this customer’s conversions the table “why” is about, counted from 1; default: the latest with a touch that counts") },
  { NULL, NULL, NULL, NULL, NULL }
};

static gboolean
fail_setting (GError **error, const char *setting, const char *what)
{
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” cannot be used. %s"), setting, what);
  return FALSE;
}

static gboolean
read_duration (GVariant *settings, const char *setting, gint64 least, gint64 *microseconds, GError **error)
{
  MqDuration duration;

  if (!mq_duration_parse (mq_settings_text (settings, setting), &duration) || duration.calendar_days > 0 || duration.microseconds < least)
    return fail_setting (error, setting, _ ("Give a length of time, as in 30min, 12h, 30d or 4w."));
  *microseconds = duration.microseconds;
  return TRUE;
}

static gboolean
read_models (MqAttributionOptions *self, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      MqCreditModel model;

      if (!mq_credit_model_find (g_strstrip (names[i]), &model))
        return fail_setting (error, "model", _ ("Choose from: first, last, last-non-direct, linear, participation, u, j, inverse-j, own, time-decay, markov, shapley."));
      if (mq_attribution_options_has (self, model))
        return fail_setting (error, "model", _ ("Name each model once."));
      self->models[self->n_models++] = model;
    }
  return TRUE;
}

/* "40:20:40": numbers of 0 or more, one of them above 0. */
static gboolean
read_weights (MqAttributionOptions *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  double sum = 0;

  if (g_strv_length (parts) != G_N_ELEMENTS (self->credit.own))
    return fail_setting (error, "weights", _ ("Give three numbers with colons between, as in 40:20:40."));
  for (guint i = 0; i < G_N_ELEMENTS (self->credit.own); i++)
    {
      MqDecimal value;
      gint64    millionths;

      if (!mq_decimal_parse_plain (parts[i], strlen (parts[i]), &value) || !mq_decimal_rescale (value, 6, &millionths) || millionths < 0)
        return fail_setting (error, "weights", _ ("Give three numbers with colons between, as in 40:20:40."));
      self->credit.own[i] = millionths / 1e6;
      sum += self->credit.own[i];
    }
  return sum > 0 || fail_setting (error, "weights", _ ("One of the weights has to be above 0."));
}

static gboolean
read_number (GVariant *settings, const char *setting, guint64 most, guint64 *number, GError **error)
{
  if (g_ascii_string_to_unsigned (mq_settings_text (settings, setting), 10, 0, most, number, NULL))
    return TRUE;
  return fail_setting (error, setting, _ ("Give a whole number, 0 or more."));
}

static char *
dup_text (GVariant *settings, const char *setting)
{
  const char *text = mq_settings_text (settings, setting);

  return *text != '\0' ? g_strdup (text) : NULL;
}

const char *
mq_credit_by_id (MqCreditBy by)
{
  static const char *const ids[] = { "channel", "campaign", "group" };

  return ids[by];
}

const char *
mq_credit_by_title (MqCreditBy by)
{
  static const char *const titles[] = { N_ ("Channel"), N_ ("Campaign"), N_ ("Channel Group") };

  return titles[by];
}

gboolean
mq_attribution_options_has (const MqAttributionOptions *self, MqCreditModel model)
{
  for (guint i = 0; i < self->n_models; i++)
    if (self->models[i] == model)
      return TRUE;
  return FALSE;
}

gboolean
mq_attribution_options_init (MqAttributionOptions *self, GVariant *settings, GError **error)
{
  const char *number = mq_settings_text (settings, "explain-conversion");
  guint64     rounds, seed, which = 0;

  *self = (MqAttributionOptions){ 0 };
  self->conversion = dup_text (settings, "conversion");
  self->touches = dup_text (settings, "touch");
  self->explain = dup_text (settings, "explain");
  self->first_only = mq_settings_flag (settings, "first-only");
  self->order_source = mq_settings_flag (settings, "order-source");
  self->skip_direct = mq_settings_flag (settings, "skip-direct");
  self->since_last = mq_settings_flag (settings, "since-last");
  self->paths = mq_settings_flag (settings, "paths");
  self->by = MQ_CREDIT_BY_CHANNEL;
  while (!g_str_equal (mq_settings_text (settings, "by"), mq_credit_by_id (self->by)))
    self->by++;
  self->has_trend = mq_unit_from_name (mq_settings_text (settings, "trend"), &self->trend);
  self->markov_order = mq_settings_text (settings, "markov-order")[0] - '0';
  if (self->conversion == NULL)
    return fail_setting (error, "conversion", _ ("Choose order or the name of an event."));
  if (!read_duration (settings, "lookback", MQ_SECOND, &self->lookback, error) ||
      !read_duration (settings, "collapse", 0, &self->collapse, error) ||
      !read_duration (settings, "half-life", MQ_SECOND, &self->credit.half_life, error) ||
      !read_models (self, mq_settings_text (settings, "model"), error) ||
      !read_weights (self, mq_settings_text (settings, "weights"), error) ||
      !read_number (settings, "bootstrap", MAX_ROUNDS, &rounds, error) ||
      !read_number (settings, "seed", G_MAXUINT64, &seed, error) ||
      (*number != '\0' && !read_number (settings, "explain-conversion", G_MAXUINT32, &which, error)))
    return FALSE;
  self->explain_conversion = which;
  self->rounds = rounds;
  self->seed = seed;
  return TRUE;
}

void
mq_attribution_options_clear (MqAttributionOptions *self)
{
  g_clear_pointer (&self->conversion, g_free);
  g_clear_pointer (&self->touches, g_free);
  g_clear_pointer (&self->explain, g_free);
}
