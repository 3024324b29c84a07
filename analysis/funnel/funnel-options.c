/* funnel-options.c: reads and checks the settings of a funnel; every message names the setting. */

#include "config.h"

#include "funnel/funnel-options.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_DAYS 3660

const MqSetting mq_funnel_settings[] = {
  { "step", "as", NULL, NULL, N_ ("A step, once each: names of events (any of them, after commas), message.clicked or order, with conditions as in 'view[product = B]'. Default: the course of an order, or the most frequent events") },
  { "window", "s", "auto", NULL, N_ ("How long after the entry the steps may come, inclusive: 14d, 3600s, or calendar days as in 1cd. auto: the shortest of 1, 3, 7, 14, 30 days that holds 95 of 100 completions") },
  { "step-window", "s", NULL, NULL, N_ ("How long after the step before it each step may come") },
  { "order", "s", "ordered", "ordered|strict|any", N_ ("Steps in order with others between, in order without others between, or in any order") },
  { "count", "s", "customers", "customers|totals|pairs", N_ ("What is counted: customers, every entry, or customer and value of what is held constant") },
  { "exclude", "as", NULL, NULL, N_ ("What ends a chain between two steps: NAME:FROM-TO, as in refund:1-2") },
  { "exclusion", "s", "drop", "drop|remove", N_ ("What an exclusion does: end that chain, or take the customer out of the funnel") },
  { "by", "s", NULL, NULL, N_ ("A field to break the funnel down by, as in channel or customer.city") },
  { "by-step", "s", "1", NULL, N_ ("The step whose record gives the value") },
  { "hold", "s", NULL, NULL, N_ ("A field that has to be the same at all steps, as in product") },
  { "first-only", "b", NULL, NULL, N_ ("Only the first entry a customer ever made counts") },
  { "trend", "s", "none", "none|day|week|month|auto", N_ ("Also a funnel for the entries of each day, week or month. auto: the finest of them that has at most 100 periods with entries, and half of the entries in periods of 100 or more") },
  { "customers", "s", NULL, NULL, N_ ("Add the table of customers of a step and state: 2:lost, 1:open or 3:converted") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const state_names[] = { N_ ("converted"), N_ ("lost"), N_ ("open") };

static gboolean
fail (const char *setting, const char *what, GError **error)
{
  return mq_setting_fail (error, _ ("The setting “%s” cannot be used. %s"), setting, what);
}

static guint
find_choice (GVariant *settings, const char *name, const char *const *choices)
{
  for (guint i = 1; choices[i] != NULL; i++)
    if (g_str_equal (mq_settings_text (settings, name), choices[i]))
      return i;
  return 0;
}

static const char *
get_nonempty (GVariant *settings, const char *name)
{
  const char *text = mq_settings_text (settings, name);

  return *text != '\0' ? text : NULL;
}

static gboolean
read_steps (MqFunnelOptions *self, const char *const *steps, GError **error)
{
  guint n = g_strv_length ((char **) steps);

  if (n < 2 || n > MQ_FUNNEL_MAX_STEPS)
    return fail ("step", _ ("A funnel has 2 to 20 steps."), error);
  for (guint i = 0; i < n; i++)
    {
      MqSelector *selector = mq_selector_parse (steps[i], "step", error);

      if (selector == NULL)
        return FALSE;
      g_ptr_array_add (self->selectors, selector);
    }
  self->rules.n_steps = n;
  return TRUE;
}

/* "refund:1-2" */
static gboolean
read_exclusion (MqFunnelOptions *self, const char *text, GError **error)
{
  gsize              colon = mq_selector_find_last (text, ':');
  g_autofree char   *name = g_strndup (text, colon);
  MqFunnelExclusion *exclusion = &self->rules.exclusions[self->rules.n_exclusions];
  MqSelector        *selector;
  char               rest;

  if (text[colon] == '\0' || sscanf (text + colon + 1, "%2u-%2u%c", &exclusion->from, &exclusion->to, &rest) != 2 ||
      exclusion->from < 1 || exclusion->from >= exclusion->to || exclusion->to > self->rules.n_steps)
    return fail ("exclude", _ ("Write the name and two steps of the funnel, as in refund:1-2."), error);
  selector = mq_selector_parse (name, "exclude", error);
  if (selector == NULL)
    return FALSE;
  exclusion->bit = 1u << self->selectors->len;
  g_ptr_array_add (self->selectors, selector);
  self->rules.n_exclusions++;
  return TRUE;
}

static gboolean
read_exclusions (MqFunnelOptions *self, GVariant *settings, GError **error)
{
  g_auto (GStrv) texts = mq_settings_texts (settings, "exclude");

  if (g_strv_length (texts) > MQ_FUNNEL_MAX_EXCLUSIONS)
    return fail ("exclude", _ ("A funnel has at most 8 exclusions."), error);
  for (guint i = 0; texts[i] != NULL; i++)
    if (!read_exclusion (self, texts[i], error))
      return FALSE;
  self->rules.remove = self->rules.n_exclusions > 0 && g_str_equal (mq_settings_text (settings, "exclusion"), "remove");
  if (self->rules.order == MQ_FUNNEL_ANY && (self->rules.n_exclusions > 0 || self->rules.step_window.amount > 0))
    return fail ("order", _ ("Without an order there is no “between two steps”: take the exclusions and the limit of the steps away."), error);
  return TRUE;
}

static gboolean
read_windows (MqFunnelOptions *self, GVariant *settings, GError **error)
{
  const char *window = mq_settings_text (settings, "window");
  const char *step = mq_settings_text (settings, "step-window");

  self->auto_window = *window == '\0' || g_str_equal (window, "auto");
  if (!self->auto_window && !mq_span_parse (window, &self->rules.window))
    return fail ("window", _ ("Write a number and a unit: 3600s, 90min, 12h, 14d, 2w, or calendar days as in 1cd; at most ten years."), error);
  if (*step != '\0' && !mq_span_parse (step, &self->rules.step_window))
    return fail ("step-window", _ ("Write a number and a unit: 3600s, 90min, 12h, 14d, 2w, or calendar days as in 1cd; at most ten years."), error);
  return TRUE;
}

/* "2:lost" */
static gboolean
read_list (MqFunnelOptions *self, const char *text, GError **error)
{
  guint step;
  char  state[16];
  char  rest;

  if (*text == '\0')
    return TRUE;
  if (sscanf (text, "%2u:%15[a-z]%c", &step, state, &rest) == 2 && step >= 1 && step <= self->rules.n_steps)
    for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
      if (g_str_equal (state, state_names[i]))
        {
          self->list_step = step;
          self->list_state = i;
          return TRUE;
        }
  return fail ("customers", _ ("Write a step and converted, lost or open, as in 2:lost."), error);
}

static gboolean
read_by (MqFunnelOptions *self, GVariant *settings, GError **error)
{
  char rest;

  self->by = get_nonempty (settings, "by");
  if (sscanf (mq_settings_text (settings, "by-step"), "%2u%c", &self->by_step, &rest) != 1 || self->by_step < 1 || self->by_step > self->rules.n_steps)
    return fail ("by-step", _ ("Name a step of the funnel by its number."), error);
  self->hold = get_nonempty (settings, "hold");
  if (self->counting == MQ_FUNNEL_PAIRS && self->hold == NULL)
    return fail ("count", _ ("Pairs are of customer and value: name the field with the setting “hold”."), error);
  return TRUE;
}

gboolean
mq_span_parse (const char *text, MqSpan *span)
{
  static const struct
  {
    const char *unit;
    gint64      seconds;
  } units[] = { { "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 7 * 86400 }, { "cd", 86400 } };
  char   *end = NULL;
  guint64 number = g_ascii_isdigit (text[0]) ? g_ascii_strtoull (text, &end, 10) : 0;

  if (number == 0 || number > MAX_DAYS * G_GUINT64_CONSTANT (86400))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit) && number * units[i].seconds <= MAX_DAYS * G_GUINT64_CONSTANT (86400))
      {
        span->calendar = g_str_equal (end, "cd");
        span->amount = span->calendar ? (gint64) number : (gint64) number * units[i].seconds * MQ_SECOND;
        return TRUE;
      }
  return FALSE;
}

const char *
mq_funnel_state_name (MqFunnelState state)
{
  return state_names[state];
}

gboolean
mq_funnel_options_init (MqFunnelOptions *self, GVariant *settings, const char *const *steps_default, GError **error)
{
  static const char *const orders[] = { "ordered", "strict", "any", NULL };
  static const char *const countings[] = { "customers", "totals", "pairs", NULL };
  static const char *const trends[] = { "none", "day", "week", "month", "auto", NULL };
  g_auto (GStrv) steps = mq_settings_texts (settings, "step");

  *self = (MqFunnelOptions){ .selectors = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_selector_free) };
  self->rules.order = find_choice (settings, "order", orders);
  self->counting = find_choice (settings, "count", countings);
  self->trend = find_choice (settings, "trend", trends);
  self->auto_trend = self->trend == MQ_TREND_AUTO;
  self->first_only = mq_settings_flag (settings, "first-only");
  self->compare = *mq_settings_text (settings, "compare-as-of") != '\0';
  if (!read_steps (self, steps[0] != NULL || steps_default == NULL ? (const char *const *) steps : steps_default, error))
    return FALSE;
  return read_windows (self, settings, error) && read_exclusions (self, settings, error) && read_by (self, settings, error) &&
         read_list (self, mq_settings_text (settings, "customers"), error);
}

void
mq_funnel_options_clear (MqFunnelOptions *self)
{
  g_clear_pointer (&self->selectors, g_ptr_array_unref);
}
