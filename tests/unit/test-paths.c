/* test-paths.c: paths from and to a step by hand: windows inclusive, calendar days, repeats, ties, the rest as "Other", where paths
 * end, and the customers behind a node. */

#include "asked-project.h"
#include "paths/paths.h"

/* b's cart is one second too late for a day; c does two things in one instant; d never begins. */
static const char ways[] = "#key time:T event\n"
                           "a 2024-01-01T10:00:00Z view\n"
                           "a 2024-01-01T10:05:00Z view\n"
                           "a 2024-01-02T10:00:00Z cart\n"
                           "a 2024-01-02T10:00:01Z buy\n"
                           "b 2024-01-01T23:30:00Z view\n"
                           "b 2024-01-02T23:30:01Z cart\n"
                           "c 2024-01-03T10:00:00Z help\n"
                           "c 2024-01-03T11:00:00Z view\n"
                           "c 2024-01-03T11:00:00Z cart\n"
                           "d 2024-01-03T10:00:00Z cart\n";

static void
test_window (void)
{
  Asked asked;
  g_autoptr (MqResult) day = NULL;
  g_autoptr (MqResult) calendar = NULL;
  g_autoptr (MqResult) kept = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, ways);
  day = asked_ask (&asked, &mq_paths_analysis, "start", "view", "window", "1d");
  asked_assert (day, "paths", "path,steps,customers", "view → cart,2,2\nview,1,1\n");
  asked_assert (day, "totals", "customers,mean_steps", "3,1.6666666666666667\n");
  asked_assert (day, "nodes", "stage,node,customers,ended", "0,view,3,1\n1,cart,2,2\n");
  asked_assert (day, "links", "stage,from,to,customers", "0,view,cart,2\n");
  calendar = asked_ask (&asked, &mq_paths_analysis, "start", "view", "window", "2cd");
  asked_assert (calendar, "paths", "path,customers", "view → cart,2\nview → cart → buy,1\n");
  kept = asked_ask (&asked, &mq_paths_analysis, "start", "view", "window", "none", "repeats", "keep", "steps", "3");
  asked_assert (kept, "paths", "path,customers", "view → cart,2\nview → view → cart,1\n");
  asked_end (&asked);
}

static void
test_backwards (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, ways);
  result = asked_ask (&asked, &mq_paths_analysis, "end", "cart", "steps", "3", "customers", "2:cart");
  /* to the first cart; the paths stand at the right */
  asked_assert (result, "paths", "path,customers", "view → cart,2\ncart,1\nhelp → view → cart,1\n");
  asked_assert (result, "nodes", "stage,node,customers,ended", "0,help,1,0\n1,view,3,2\n2,cart,4,1\n");
  asked_assert (result, "customers", "customer,time", "a,2024-01-02T10:00:00+00:00\nb,2024-01-02T23:30:01+00:00\nc,2024-01-03T11:00:00+00:00\nd,2024-01-03T10:00:00+00:00\n");
  asked_end (&asked);
}

static void
test_other (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, ways);
  result = asked_ask (&asked, &mq_paths_analysis, "nodes", "1", "steps", "2", "customers", "0:Other");
  asked_assert (result, "nodes", "stage,node,customers", "0,view,2\n0,Other,2\n1,cart,2\n1,Other,1\n");
  asked_assert (result, "links", "stage,from,to,customers", "0,view,cart,2\n0,Other,Other,1\n");
  asked_assert (result, "customers", "customer,path", "c,help → view\nd,cart\n");
  asked_end (&asked);
}

/* The way to an order, with messages on it; an event that is called so is not the order. */
static void
test_orders_and_messages (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, "#key time:T event\na 2024-01-01T10:00:00Z view\na 2024-01-01T12:00:00Z order\n");
  asked_add (&asked, MQ_KIND_MESSAGES, "#key time:T status channel\na 2024-01-01T11:00:00Z clicked mail\n");
  asked_add (&asked, MQ_KIND_ORDERS, "#key time:T order_id amount:m\na 2024-01-01T13:00:00Z 1 100\n");
  result = asked_ask (&asked, &mq_paths_analysis, "end", "order", "events", "*,message.clicked,order");
  asked_assert (result, "paths", "path,customers", "view → message.clicked → event:order → order,1\n");
  asked_end (&asked);
}

/* A date stands after all of its day, but what a path begins with before; at one instant what begins is first, what ends last. */
static void
test_dates_and_ties (void)
{
  Asked asked;
  g_autoptr (MqResult) to = NULL;
  g_autoptr (MqResult) from = NULL;
  g_autoptr (MqResult) within = NULL;
  g_autoptr (MqResult) tied = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, "#key time:T event\na 2024-01-01T10:00:00Z view\na 2024-01-02T09:00:00Z cart\n"
                                     "b 2024-01-01T10:00:00Z cart\nb 2024-01-01T10:00:00Z view\nb 2024-01-01T10:00:00Z help\n");
  asked_add (&asked, MQ_KIND_ORDERS, "#key time:T time#precision:i order_id amount:m\na 2024-01-01T00:00:00Z 2 1 100\n");
  to = asked_ask (&asked, &mq_paths_analysis, "end", "order", "window", "1h");
  asked_assert (to, "paths", "path,customers", "view → order,1\n");
  from = asked_ask (&asked, &mq_paths_analysis, "start", "order");
  asked_assert (from, "paths", "path,customers", "order → view → cart,1\n");
  /* of a date the window may begin at the end of its day */
  within = asked_ask (&asked, &mq_paths_analysis, "start", "order", "window", "8h");
  asked_assert (within, "paths", "path,customers", "order → view,1\n");
  tied = asked_ask (&asked, &mq_paths_analysis, "end", "cart", "window", "1h");
  asked_assert (tied, "paths", "path,customers", "cart,1\nview → help → cart,1\n");
  asked_assert (tied, "totals", "customers,ties", "2,1\n");
  asked_end (&asked);
}

static void
test_nobody (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, ways);
  result = asked_ask (&asked, &mq_paths_analysis, "start", "view", "to", "2023-12-31", "from", "2023-12-01");
  asked_assert (result, "paths", "path", "");
  asked_assert (result, "totals", "customers,mean_steps", "0,\n");
  asked_end (&asked);
}

static void
test_refused (void)
{
  static const char *const settings[][6] = { { "start", "vew" }, { "start", "view", "end", "cart" }, { "steps", "1" }, { "steps", "11" }, { "window", "soon" }, { "customers", "9:view" }, { "customers", "0:nothing" } };
  Asked                    asked;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, ways);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (asked_try (&asked, &mq_paths_analysis, settings[i], &error));
      g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
    }
  asked_end (&asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/window", test_window);
  g_test_add_func ("/paths/backwards", test_backwards);
  g_test_add_func ("/paths/other", test_other);
  g_test_add_func ("/paths/orders-and-messages", test_orders_and_messages);
  g_test_add_func ("/paths/dates-and-ties", test_dates_and_ties);
  g_test_add_func ("/paths/nobody", test_nobody);
  g_test_add_func ("/paths/refused", test_refused);
  return g_test_run ();
}
