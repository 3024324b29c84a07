/* funnel-default.c: the steps to begin with. */

#include "config.h"

#include "funnel/funnel-default.h"

#include <string.h>

#include "base/table.h"
#include "orders/order-book.h"

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

/* What any customer's order did. */
typedef struct
{
  gboolean shipped, completed;
} Course;

/* A status or a time says so. */
static gboolean
find_course (MqDataset *dataset, Course *course, const MqRun *run, GError **error)
{
  GError            *local = NULL;
  const MqOrderBook *book = mq_order_book_get (dataset, run, error);
  const MqColumn    *completed;

  if (book == NULL)
    return FALSE;
  completed = mq_dataset_column (dataset, MQ_KIND_ORDERS, "completed_time", run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  for (guint order = book->offsets[0]; order < book->n_orders && !(course->shipped && course->completed); order++)
    {
      gint8    status = book->status[order];
      gboolean paid = status != MQ_STATUS_UNPAID && status != MQ_STATUS_CLOSED;

      course->shipped = course->shipped || status == MQ_STATUS_SHIPPED || status == MQ_STATUS_COMPLETED;
      course->completed = course->completed || status == MQ_STATUS_COMPLETED ||
                          (paid && completed != NULL && completed->values[book->first_row[order]] != MQ_VALUE_MISSING);
    }
  return TRUE;
}

static char **
find_order_steps (MqDataset *dataset, char ***left_out, const MqRun *run, GError **error)
{
  Course        course = { FALSE, FALSE };
  GStrvBuilder *steps, *without;
  char        **found;

  if (!find_course (dataset, &course, run, error))
    return NULL;
  steps = g_strv_builder_new ();
  without = g_strv_builder_new ();
  for (guint i = 0; order_steps[i] != NULL; i++)
    {
      gboolean silent = (!course.shipped && g_str_equal (order_steps[i], "order.shipped")) || (!course.completed && g_str_equal (order_steps[i], "order.completed"));

      g_strv_builder_add (silent ? without : steps, order_steps[i]);
    }
  *left_out = g_strv_builder_end (without);
  found = g_strv_builder_end (steps);
  g_strv_builder_unref (steps);
  g_strv_builder_unref (without);
  return found;
}

char **
mq_funnel_default_steps (MqDataset *dataset, char ***left_out, const MqRun *run, GError **error)
{
  const MqFacts  *orders = mq_dataset_facts (dataset, MQ_KIND_ORDERS, run, error);
  GError         *local = NULL;
  const MqColumn *events;

  *left_out = NULL;
  if (orders == NULL)
    return NULL;
  if (orders->n_rows > 0)
    return find_order_steps (dataset, left_out, run, error);
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
