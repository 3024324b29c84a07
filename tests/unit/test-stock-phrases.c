/* test-stock-phrases.c: what is no comment, however it is written, and the quick look at how a text begins. */

#include "config.h"

#include "sentiment/stock-phrases.h"

static void
test_beginnings (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_stock;
  } cases[] = {
    { "系统默认好评", TRUE }, { "　系統默認好評！！", TRUE }, { "\n\t 默认好评。", TRUE }, { "​N/A", TRUE }, { "Ｎｏ Comment~", TRUE }, { "none of your business", TRUE }, { "🙏 thanks", TRUE }, { "🙏thanks", FALSE }, { "系统好", FALSE }, { "", FALSE }, { " ", FALSE }, { "!", FALSE }, { "no", FALSE }, { "快递很快", FALSE }
  };
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse ("+None of your business\n+🙏 thanks\n-此用户未填写评价内容\n");
  g_autofree guint8 *beginnings = mq_stock_phrases_beginnings (phrases);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (mq_stock_phrases_contain (phrases, cases[i].text), ==, cases[i].is_stock);
      if (cases[i].is_stock)
        g_assert_true (mq_stock_phrases_may_contain (beginnings, cases[i].text));
    }
  g_assert_false (mq_stock_phrases_may_contain (beginnings, "快递很快"));
  g_assert_false (mq_stock_phrases_may_contain (beginnings, ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock-phrases/beginnings", test_beginnings);
  return g_test_run ();
}
