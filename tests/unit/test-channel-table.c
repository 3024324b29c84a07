/* test-channel-table.c: own entries over proposals, kept as text and read again. */

#include "config.h"

#include "channels/channel-table.h"

static MqChannelEntry
make_entry (const char *raw, const char *channel, const char *group, gboolean direct, gboolean paid)
{
  return (MqChannelEntry){ raw, channel, group, direct, paid, TRUE };
}

static void
test_proposals (void)
{
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (NULL);
  MqChannelEntry entry = mq_channel_table_get (table, "newsletter");

  g_assert_cmpstr (entry.channel, ==, "newsletter");
  g_assert_cmpstr (entry.group, ==, "E-mail");
  g_assert_false (entry.direct || entry.paid || entry.own);
  g_assert_true (mq_channel_table_get (table, "(direct)").direct);
}

static void
test_own (void)
{
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (NULL);
  g_autoptr (MqChannelTable) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  MqChannelEntry   entry = make_entry ("地推's \"x\"", "门店", "Offline", FALSE, TRUE), empty = make_entry ("a", "", "Other", FALSE, FALSE);

  g_assert_true (mq_channel_table_set (table, &entry, &error));
  g_assert_no_error (error);
  g_assert_false (mq_channel_table_set (table, &empty, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  text = mq_channel_table_print (table);
  again = mq_channel_table_parse (text);
  entry = mq_channel_table_get (again, "地推's \"x\"");
  g_assert_true (entry.own && entry.paid && !entry.direct);
  g_assert_cmpstr (entry.channel, ==, "门店");
  g_assert_cmpstr (entry.group, ==, "Offline");
  g_assert_false (mq_channel_table_get (again, "a").own);
  g_assert_true (mq_channel_table_reset (again, "地推's \"x\""));
  g_assert_false (mq_channel_table_reset (again, "地推's \"x\""));
}

/* An entry that says what is proposed is a proposal again; the text does not depend on the order of changes. */
static void
test_same_text (void)
{
  g_autoptr (MqChannelTable) one = mq_channel_table_parse (NULL);
  g_autoptr (MqChannelTable) two = mq_channel_table_parse (NULL);
  MqChannelEntry   a = make_entry ("a", "A", "Search", FALSE, FALSE), b = make_entry ("b", "B", "Social", FALSE, TRUE), back = make_entry ("newsletter", "newsletter", "E-mail", FALSE, FALSE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (mq_channel_table_set (one, &a, NULL) && mq_channel_table_set (one, &b, NULL) && mq_channel_table_set (one, &back, NULL));
  g_assert_true (mq_channel_table_set (two, &b, NULL) && mq_channel_table_set (two, &a, NULL));
  first = mq_channel_table_print (one);
  second = mq_channel_table_print (two);
  g_assert_cmpstr (first, ==, second);
  g_assert_false (mq_channel_table_get (one, "newsletter").own);
}

static void
test_bad_text (void)
{
  static const char *const texts[] = { "", "{", "[1]", "[('a', '', 'Other', true, true)]", "[('a', 'b')]" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (MqChannelTable) table = mq_channel_table_parse (texts[i]);

      g_assert_false (mq_channel_table_get (table, "a").own);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-table/proposals", test_proposals);
  g_test_add_func ("/channel-table/own", test_own);
  g_test_add_func ("/channel-table/same-text", test_same_text);
  g_test_add_func ("/channel-table/bad-text", test_bad_text);
  return g_test_run ();
}
