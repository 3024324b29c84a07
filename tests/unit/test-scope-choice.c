/* test-scope-choice.c: the settings that the project bar stands for, and what of it a project remembers. */

#include "scope-choice.h"

#include "analysis.h"

#define NEWEST mq_day_from_civil (2024, 2, 29)

static void
assert_setting (const MqScopeChoice *choice, const char *name, const char *expected)
{
  g_auto (GVariantDict) settings = G_VARIANT_DICT_INIT (NULL);
  const char *found = NULL;

  mq_scope_choice_fill (choice, NEWEST, &settings);
  g_variant_dict_lookup (&settings, name, "&s", &found);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_defaults (void)
{
  g_auto (MqScopeChoice) choice = { 0 };

  mq_scope_choice_init (&choice);
  assert_setting (&choice, "period", "365d");
  assert_setting (&choice, "as-of", NULL);
  assert_setting (&choice, "compare-as-of", NULL);
  assert_setting (&choice, "shop", NULL);
}

static void
test_compare (void)
{
  g_auto (MqScopeChoice) choice = { 0 };

  mq_scope_choice_init (&choice);
  choice.compare = MQ_COMPARE_YEAR;
  assert_setting (&choice, "compare-as-of", "2023-02-28");
  choice.compare = MQ_COMPARE_PREVIOUS;
  assert_setting (&choice, "compare-as-of", "2023-03-01");
  choice.as_of = mq_day_from_civil (2024, 1, 31);
  choice.from = mq_day_from_civil (2024, 1, 1);
  assert_setting (&choice, "compare-as-of", "2023-12-31");
  assert_setting (&choice, "period", NULL);
  choice.to = mq_day_from_civil (2024, 1, 10);
  assert_setting (&choice, "compare-as-of", "2024-01-21");
  choice.from = MQ_DAY_MISSING;
  g_free (choice.period);
  choice.period = g_strdup ("all");
  assert_setting (&choice, "compare-as-of", NULL);
}

static void
test_text (void)
{
  g_auto (MqScopeChoice) choice = { 0 };
  g_auto (MqScopeChoice) read = { 0 };
  g_autofree char *text = NULL;

  mq_scope_choice_init (&choice);
  mq_scope_choice_init (&read);
  choice.as_of = NEWEST;
  choice.from = 100;
  choice.to = 200;
  choice.compare = MQ_COMPARE_PREVIOUS;
  choice.shop = g_strdup ("It's \"quoted\", 天猫");
  choice.segment = g_strdup ("老客 'A'");
  text = mq_scope_choice_to_text (&choice);
  mq_scope_choice_from_text (&read, text);
  g_assert_cmpint (read.as_of, ==, MQ_DAY_MISSING);
  choice.as_of = MQ_DAY_MISSING;
  g_assert_true (mq_scope_choice_equal (&choice, &read));
}

static void
test_strange_text (void)
{
  static const char *const texts[] = { "", "nonsense", "{'period': <'7 weeks'>}", "{'period': <5>, 'compare': <'never'>}", "{'from': <'x'>, 'to': <'2011-01-01'>}" };
  g_auto (MqScopeChoice) choice = { 0 };
  g_auto (MqScopeChoice) plain = { 0 };

  mq_scope_choice_init (&plain);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      mq_scope_choice_init (&choice);
      mq_scope_choice_from_text (&choice, texts[i]);
      g_assert_true (mq_scope_choice_equal (&choice, &plain));
      mq_scope_choice_clear (&choice);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scope-choice/defaults", test_defaults);
  g_test_add_func ("/scope-choice/compare", test_compare);
  g_test_add_func ("/scope-choice/text", test_text);
  g_test_add_func ("/scope-choice/strange-text", test_strange_text);
  return g_test_run ();
}
