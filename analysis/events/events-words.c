/* events-words.c: what a result of events says in words. */

#include "config.h"

#include "events/events-private.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"

#define SEPARATOR " · "

char *
mq_events_sentence (const MqEventsView *view, const MqTable *totals)
{
  gint64           events = 0;
  gint64           n_customers;
  g_autofree char *n = NULL;
  g_autofree char *customers = NULL;

  for (gsize row = 0; row < mq_table_n_rows (totals); row++)
    events += mq_table_integer (totals, row, mq_table_find_column (totals, "events"));
  if (events == 0)
    return g_strdup (_ ("Nothing happened in the period."));
  n = mq_format_integer (events);
  if (view->groups != NULL)
    return g_strdup_printf (ngettext ("%s event in the period.", "%s events in the period.", (gulong) events), n);
  n_customers = mq_table_integer (totals, 0, mq_table_find_column (totals, "customers"));
  customers = mq_format_integer (n_customers);
  if (events == 1)
    return g_strdup (_ ("One event in the period."));
  return g_strdup_printf (ngettext ("%s events of %s customer in the period.", "%s events of %s customers in the period.", (gulong) n_customers), n, customers);
}

char *
mq_events_rules (const MqEventsView *view)
{
  static const char *const units[] = { N_ ("calendar days"), N_ ("ISO weeks"), N_ ("calendar months") };
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *days = mq_format_days (view->scope->from_day, view->scope->to_day);

  if (g_str_equal (view->event, "*"))
    g_string_append (rules, _ ("all events"));
  else
    g_string_append_printf (rules, _ ("event “%s”"), view->event);
  g_string_append_printf (rules, SEPARATOR "%s" SEPARATOR "%s", days, _ (units[view->unit]));
  if (view->previous_scope != NULL)
    {
      g_autofree char *before = mq_format_days (view->previous_scope->from_day, view->previous_scope->to_day);
      g_autofree char *text = g_strdup_printf (_ ("compared with %s"), before);

      g_string_append_printf (rules, SEPARATOR "%s", text);
    }
  g_string_append_printf (rules, SEPARATOR "%s" SEPARATOR "%s", _ ("customers: each once a unit; records of nobody count in events only"), mq_zone_name (view->scope->zone));
  return g_string_free (g_steal_pointer (&rules), FALSE);
}
