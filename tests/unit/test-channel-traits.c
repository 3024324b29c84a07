/* test-channel-traits.c: what the names of channels propose. */

#include "config.h"

#include "channels/channel-traits.h"

static void
test_proposals (void)
{
  static const struct
  {
    const char *name;
    const char *group;
    gboolean    direct, paid;
  } cases[] = {
    { "direct", "Direct", TRUE, FALSE },
    { "(direct) / (none)", "Direct", TRUE, FALSE },
    { " Direct ", "Direct", TRUE, FALSE },
    { "直接访问", "Direct", TRUE, FALSE },
    { "direct mail", "E-mail", FALSE, FALSE },
    { "Email", "E-mail", FALSE, FALSE },
    { "google / cpc", "Search", FALSE, TRUE },
    { "paid search", "Search", FALSE, TRUE },
    { "organic", "Search", FALSE, FALSE },
    { "facebook ads", "Social", FALSE, TRUE },
    { "display", "Display", FALSE, TRUE },
    { "抖音直播", "Video", FALSE, FALSE },
    { "百度付费", "Search", FALSE, TRUE },
    { "企微社群", "Messaging", FALSE, FALSE },
    { "sembawang", "Other", FALSE, FALSE },
    { "", "Other", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MqChannelTraits traits = mq_channel_propose (cases[i].name);

      g_assert_cmpstr (traits.group, ==, cases[i].group);
      g_assert_cmpint (traits.direct, ==, cases[i].direct);
      g_assert_cmpint (traits.paid, ==, cases[i].paid);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-traits/proposals", test_proposals);
  return g_test_run ();
}
