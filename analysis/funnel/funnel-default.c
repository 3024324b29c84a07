/* funnel-default.c: the steps to begin with. */

#include "config.h"

#include "funnel/funnel-default.h"

#include <string.h>

#include "base/table.h"

#define N_EVENTS 3

static const char *const order_steps[] = { "order.created", "order.paid", "order.shipped", "order.completed", "order.again", NULL };

/* A name as a selector: in quotes, where it holds anything that would end it. */
static char *
quote (const char *name)
{
  g_autoptr (GString) quoted = g_string_new ("event:");
  gboolean plain = *name != '\0';

  for (const char *at = name; *at != '\0'; at++)
    plain = plain && (g_ascii_isalnum (*at) || strchr ("_-./", *at) != NULL || (guchar) *at >= 0x80);
  if (plain && !g_str_has_prefix (name, "order") && !g_str_has_prefix (name, "message."))
    return g_strdup (name);
  if (plain)
    return g_strconcat ("event:", name, NULL);
  g_string_append_c (quoted, '"');
  for (const char *at = name; *at != '\0'; at++)
    g_string_append (quoted, *at == '"' ? "\"\"" : (char[]){ *at, '\0' });
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* The code of the largest count, which is taken; of equal ones the name that sorts first. */
static guint32
take_largest (gint64 *counts, guint n)
{
  guint32 best = 0;

  for (guint32 code = 1; code < n; code++)
    if (counts[code] > counts[best])
      best = code;
  counts[best] = -1;
  return best;
}

static char **
find_frequent (const MqColumn *events)
{
  guint              n = mq_strings_length (events->strings);
  g_autofree gint64 *counts = g_new0 (gint64, n);
  GStrvBuilder      *builder = g_strv_builder_new ();
  char             **steps;

  for (gsize row = 0; row < events->n; row++)
    if (events->codes[row] != MQ_CODE_MISSING)
      counts[events->codes[row]]++;
  for (guint i = 0; i < MIN (n, N_EVENTS); i++)
    {
      g_autofree char *step = quote (mq_strings_get (events->strings, take_largest (counts, n)));

      g_strv_builder_add (builder, step);
    }
  steps = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return steps;
}

char **
mq_funnel_default_steps (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqFacts  *orders = mq_dataset_facts (dataset, MQ_KIND_ORDERS, run, error);
  GError         *local = NULL;
  const MqColumn *events;

  if (orders == NULL)
    return NULL;
  if (orders->n_rows > 0)
    return g_strdupv ((char **) order_steps);
  events = mq_dataset_column (dataset, MQ_KIND_EVENTS, "event", run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (events == NULL || events->codes == NULL || mq_strings_length (events->strings) < 2)
    return g_strdupv ((char **) order_steps);
  return find_frequent (events);
}
