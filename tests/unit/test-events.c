/* test-events.c: counts over time by hand: units, customers, sums, averages, the period before, groups, days on which the
 * clocks change, records of nobody, what is missing. */

#include "asked-project.h"
#include "channels/channel-table.h"
#include "events/events.h"

static const char two_weeks[] = "#key time:T event channel amount:m\n"
                                "a 2024-01-01T10:00:00Z view web 100\n"
                                "a 2024-01-01T11:00:00Z view mail -\n"
                                "a 2024-01-02T09:00:00Z buy web 1050\n"
                                "b 2024-01-02T10:00:00Z view - -250\n"
                                "- 2024-01-02T11:00:00Z view web 7\n"
                                "b 2024-01-04T23:59:59Z view web 3\n";

static void
test_course (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (MqResult) sums = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, two_weeks);
  result = asked_ask (&asked, &mq_events_analysis, "event", "view", "moving", "2");
  /* a day without any has a row; nobody's event counts, but is of no customer */
  asked_assert (result, "trend", "period,events,customers,per_customer,moving_average,complete", "2024-01-01,2,1,2,,true\n"
                                                                                                 "2024-01-02,2,1,1,2,true\n"
                                                                                                 "2024-01-03,0,0,,1,true\n"
                                                                                                 "2024-01-04,1,1,1,0.5,true\n");
  asked_assert (result, "totals", "events,customers,per_customer,previous_events", "5,2,2,\n");
  sums = asked_ask (&asked, &mq_events_analysis, "event", "*", "measure", "sum", "property", "amount", "unit", "week", "moving", "1");
  asked_assert (sums, "trend", "period,value,events,sum,complete", "2024-W01,9.10,6,9.10,false\n");
  asked_end (&asked);
}

static void
test_groups (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, two_weeks);
  result = asked_ask (&asked, &mq_events_analysis, "event", "view,buy", "by", "channel", "unit", "month");
  /* the largest first, of equal ones by text; without a value last */
  asked_assert (result, "totals", "group,events,customers,per_customer", "web,4,2,1.5\nmail,1,1,1\n,1,1,1\n");
  asked_end (&asked);
}

/* Two names of one channel are one group, and a condition may name it by either; the group of channels is a field too. */
static void
test_channels (void)
{
  Asked asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (NULL);
  g_autofree char *text = NULL;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (MqResult) groups = NULL;
  g_autoptr (MqResult) met = NULL;

  g_assert_true (mq_channel_table_set (table, &(MqChannelEntry){ "web", "Site", "Direct", TRUE, FALSE, TRUE }, NULL));
  g_assert_true (mq_channel_table_set (table, &(MqChannelEntry){ "mail", "Site", "E-mail", FALSE, FALSE, TRUE }, NULL));
  text = mq_channel_table_print (table);
  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, two_weeks);
  g_assert_true (mq_project_set_value (asked.project, MQ_CHANNEL_TABLE_VALUE, text, &error));
  result = asked_ask (&asked, &mq_events_analysis, "event", "view,buy", "by", "event.channel", "unit", "month");
  asked_assert (result, "totals", "group,events,customers", "Site,5,2\n,1,1\n");
  groups = asked_ask (&asked, &mq_events_analysis, "event", "view,buy", "by", "channel_group", "unit", "month");
  asked_assert (groups, "totals", "group,events,customers", "Direct,4,2\nE-mail,1,1\n,1,1\n");
  /* a group of channels is a word of the program, a channel a text of the data */
  g_assert_true (mq_table_is_word (mq_result_find_table (groups, "totals"), 0, 0));
  g_assert_false (mq_table_is_word (mq_result_find_table (result, "totals"), 0, 0));
  met = asked_ask (&asked, &mq_events_analysis, "event", "view[channel = Site],buy[channel = web]", "unit", "month");
  asked_assert (met, "totals", "events", "4\n");
  asked_end (&asked);
}

static void
test_previous (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (MqResult) early = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, two_weeks);
  result = asked_ask (&asked, &mq_events_analysis, "event", "view", "from", "2024-01-03", "to", "2024-01-04");
  asked_assert (result, "trend", "period,value,previous", "2024-01-03,0,2\n2024-01-04,1,2\n");
  asked_assert (result, "totals", "events,previous_events,previous_customers", "1,4,2\n");
  /* a period that ends before the data begins */
  early = asked_ask (&asked, &mq_events_analysis, "event", "view", "from", "2023-12-01", "to", "2023-12-02");
  asked_assert (early, "trend", "period,value,previous", "2023-12-01,0,\n2023-12-02,0,\n");
  asked_end (&asked);
}

/* 23 and 25 hours are a day each: the last instants of a day belong to it. */
static void
test_clocks (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "Europe/Berlin", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, "#key time:T event\n"
                                     "a 2024-03-30T22:59:59Z e\n"
                                     "a 2024-03-30T23:00:00Z e\n"
                                     "a 2024-03-31T21:59:59Z e\n"
                                     "a 2024-03-31T22:00:00Z e\n"
                                     "a 2024-10-26T22:00:00Z e\n"
                                     "a 2024-10-27T22:59:59Z e\n"
                                     "a 2024-10-27T23:00:00Z e\n");
  result = asked_ask (&asked, &mq_events_analysis, "event", "e", "from", "2024-03-30", "to", "2024-04-01", "moving", "1");
  asked_assert (result, "trend", "period,events,complete", "2024-03-30,1,true\n2024-03-31,2,true\n2024-04-01,1,true\n");
  g_clear_pointer (&result, mq_result_unref);
  result = asked_ask (&asked, &mq_events_analysis, "event", "e", "from", "2024-10-26", "to", "2024-10-28", "moving", "1");
  asked_assert (result, "trend", "period,events", "2024-10-26,0\n2024-10-27,2\n2024-10-28,1\n");
  asked_end (&asked);
}

/* A currency without decimals; orders as what is counted, with what was given back subtracted. */
static void
test_orders (void)
{
  Asked asked;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "Asia/Tokyo", "JPY");
  asked_add (&asked, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n"
                                     "a 2024-01-01T14:59:59Z 1 50000\n"
                                     "a 2024-01-01T15:00:00Z 2 120000\n"
                                     "a 2024-01-02T15:00:00Z 2 -20000\n"
                                     "b 2024-01-01T15:00:00Z 3 0\n");
  result = asked_ask (&asked, &mq_events_analysis, "event", "order", "measure", "sum", "property", "amount", "moving", "1");
  asked_assert (result, "trend", "period,value,events,customers", "2024-01-01,50000,1,1\n2024-01-02,100000,2,2\n2024-01-03,0,0,0\n");
  asked_end (&asked);
}

static void
test_refused (void)
{
  static const char *const settings[][4] = { { "event", "vew" }, { "moving", "0" }, { "moving", "367" }, { "by", "colour" }, { "measure", "sum" }, { "unit", "hour" } };
  Asked                    asked;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, two_weeks);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (asked_try (&asked, &mq_events_analysis, settings[i], &error));
      g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
    }
  asked_end (&asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/course", test_course);
  g_test_add_func ("/events/groups", test_groups);
  g_test_add_func ("/events/channels", test_channels);
  g_test_add_func ("/events/previous", test_previous);
  g_test_add_func ("/events/clocks", test_clocks);
  g_test_add_func ("/events/orders", test_orders);
  g_test_add_func ("/events/refused", test_refused);
  return g_test_run ();
}
