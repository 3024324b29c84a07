/* funnel-words.c: the finding of a funnel and its rules in one line. */

#include "config.h"

#include "funnel/funnel-words.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"
#include "query/step-title.h"

#define SEPARATOR " · "

static void
take_rule (GString *rules, char *rule)
{
  if (rules->len > 0)
    g_string_append (rules, SEPARATOR);
  g_string_append (rules, rule);
  g_free (rule);
}

/* The step that loses most of those who came so far. */
static guint
find_narrowest (const MqFunnelGroup *total, guint n_steps)
{
  guint  narrowest = 1;
  double least = 2;

  for (guint step = 1; step < n_steps; step++)
    {
      double rate = total->reached[step - 1] > 0 ? (double) total->reached[step] / total->reached[step - 1] : 2;

      if (rate < least)
        {
          least = rate;
          narrowest = step;
        }
    }
  return narrowest;
}

char *
mq_span_format (MqSpan span)
{
  if (!span.calendar)
    return mq_format_duration ((double) span.amount / MQ_SECOND);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d calendar day", "%d calendar days", (gulong) span.amount), (int) span.amount);
}

char *
mq_funnel_sentence (const MqFunnelOptions *options, const MqFunnelGroup *total)
{
  guint            last = options->rules.n_steps - 1;
  guint            step = find_narrowest (total, options->rules.n_steps);
  g_autofree char *share = NULL;
  g_autofree char *entered = mq_format_integer (total->reached[0]);
  g_autofree char *kept = NULL;

  if (total->reached[0] == 0)
    return g_strdup (_ ("Nobody entered this funnel in the period."));
  share = mq_format_share ((double) total->reached[last] / total->reached[0], 1);
  kept = mq_format_share ((double) total->reached[step] / total->reached[step - 1], 1);
  if (options->rules.order == MQ_FUNNEL_ANY || total->reached[last] == total->reached[0])
    return g_strdup_printf (_ ("%s of %s who entered did all steps"), share, entered);
  /* Translators: a share, a number of customers, the number of a step, a share. */
  return g_strdup_printf (_ ("%s of %s who entered did all steps; the narrowest is step %u, which %s reach"), share, entered, step + 1, kept);
}

static void
add_order_rules (GString *rules, const MqFunnelOptions *options)
{
  if (options->rules.order == MQ_FUNNEL_ORDERED)
    take_rule (rules, g_strdup (_ ("in order, others may lie between")));
  else if (options->rules.order == MQ_FUNNEL_STRICT)
    take_rule (rules, g_strdup (_ ("in order, nothing else between")));
  else
    take_rule (rules, g_strdup (_ ("in any order")));
  if (options->counting == MQ_FUNNEL_CUSTOMERS)
    take_rule (rules, g_strdup (_ ("customers counted once")));
  else if (options->counting == MQ_FUNNEL_TOTALS)
    take_rule (rules, g_strdup (_ ("every entry counted; entries do not overlap, so totals can be lower")));
  else
    take_rule (rules, g_strdup (_ ("customer and value counted as a pair")));
}

static void
add_option_rules (GString *rules, const MqFunnelOptions *options)
{
  if (options->hold != NULL)
    take_rule (rules, g_strdup_printf (_ ("same %s at all steps"), options->hold));
  if (options->first_only)
    take_rule (rules, g_strdup (_ ("first entries only")));
  for (guint e = 0; e < options->rules.n_exclusions; e++)
    {
      const MqFunnelExclusion *exclusion = &options->rules.exclusions[e];
      g_autofree char         *name = mq_step_title (((const MqSelector *) options->selectors->pdata[options->rules.n_steps + e])->text);

      if (options->rules.remove)
        take_rule (rules, g_strdup_printf (_ ("without customers with %s after step %u inside the window"), name, exclusion->from));
      else
        take_rule (rules, g_strdup_printf (_ ("%s between steps %u and %u ends a chain"), name, exclusion->from, exclusion->to));
    }
}

static void
add_window_rules (GString *rules, const MqFunnelRules *funnel, const MqWindowReason *reason)
{
  g_autofree char *window = mq_span_format (funnel->window);

  if (reason == NULL)
    take_rule (rules, g_strdup_printf (_ ("window %s from the entry, inclusive"), window));
  else if (reason->completed == 0)
    take_rule (rules, g_strdup_printf (_ ("window %s (automatic: nobody completed within 30 days)"), window));
  else if (reason->capped)
    take_rule (rules, g_strdup_printf (_ ("window %s (automatic: at most a third of the period)"), window));
  else
    {
      g_autofree char *share = mq_format_share ((double) reason->held / reason->completed, 0);

      take_rule (rules, g_strdup_printf (_ ("window %s (automatic: holds %s of the completions seen within 30 days)"), window, share));
    }
  if (funnel->step_window.amount > 0)
    {
      g_autofree char *step = mq_span_format (funnel->step_window);

      take_rule (rules, g_strdup_printf (_ ("each step within %s of the one before"), step));
    }
}

/* “Order shipped”, “Order completed” */
static char *
join_titles (const char *const *steps)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *title = mq_step_title (steps[i]);

      g_string_append (out, i > 0 ? _ (", ") : "");
      g_string_append_printf (out, _ ("“%s”"), title);
    }
  return g_string_free (out, FALSE);
}

char *
mq_funnel_rules_text (const MqFunnelOptions *options, const MqFunnelRules *funnel, const MqScope *scope, const MqWindowReason *reason, const char *const *left_out)
{
  static const char *const trends[] = { [MQ_TREND_DAY] = N_ ("trend by day (automatic)"), [MQ_TREND_WEEK] = N_ ("trend by week (automatic)"), [MQ_TREND_MONTH] = N_ ("trend by month (automatic)") };

  GString         *rules = g_string_new (NULL);
  g_autofree char *to = mq_format_day (scope->to_day);

  if (scope->from_day == MQ_DAY_MISSING)
    take_rule (rules, g_strdup_printf (_ ("entries to %s"), to));
  else
    {
      g_autofree char *from = mq_format_day (scope->from_day);

      take_rule (rules, g_strdup_printf (_ ("entries %s to %s"), from, to));
    }
  add_window_rules (rules, funnel, reason);
  add_order_rules (rules, options);
  add_option_rules (rules, options);
  if (options->auto_trend)
    take_rule (rules, g_strdup (_ (trends[options->trend])));
  if (left_out != NULL && *left_out != NULL)
    {
      g_autofree char *steps = join_titles (left_out);

      /* Translators: names of steps, as in “Order shipped”, “Order completed” */
      take_rule (rules, g_strdup_printf (_ ("without %s: no order says so"), steps));
    }
  take_rule (rules, g_strdup (mq_zone_name (scope->zone)));
  return g_string_free (rules, FALSE);
}
