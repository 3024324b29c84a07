/* test-json-writer.c: JSON text and shortest numbers. */

#include "base/json-writer.h"

#include <float.h>
#include <math.h>

static void
check_string (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  mq_json_append_string (out, text);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
check_double (double value, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  mq_json_append_double (out, value);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_strings (void)
{
  check_string (NULL, "null");
  check_string ("", "\"\"");
  check_string ("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
  check_string ("\b\f\n\r\t\x01\x1f\x7f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  check_string ("重要价值 😀", "\"重要价值 😀\"");
  check_string ("a\xff"
                "b",
                "\"a\xef\xbf\xbd"
                "b\"");
}

static void
test_doubles (void)
{
  check_double (0, "0");
  check_double (-0.0, "0");
  check_double (0.1, "0.1");
  check_double (0.1 + 0.2, "0.30000000000000004");
  check_double (1.0 / 3, "0.3333333333333333");
  check_double (-1234.5, "-1234.5");
  check_double (9007199254740993.0, "9007199254740992");
  check_double (1e22, "1e+22");
  check_double (DBL_MAX, "1.7976931348623157e+308");
  check_double (DBL_TRUE_MIN, "4.94065645841247e-324");
  check_double (NAN, "null");
  check_double (INFINITY, "null");
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    {
      double value = ldexp (g_rand_double (rand) - 0.5, g_rand_int_range (rand, -300, 300));

      g_string_truncate (out, 0);
      mq_json_append_double (out, value);
      g_assert_true (g_ascii_strtod (out->str, NULL) == value);
    }
}

static void
test_variant (void)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (
      "{'zone': <'UTC'>, 'as-of': <'2011-12-09'>, 'flag': <true>, 'list': <['b', 'a']>, 'n': <@t 18446744073709551615>, "
      "'m': <@x -5>, 'u': <uint32 7>, 'd': <0.5>, 'nested': <{'y': 1, 'x': 2}>, 'none': <@as []>}"));
  g_autoptr (GString) out = g_string_new (NULL);

  mq_json_append_variant (out, value);
  g_assert_cmpstr (out->str, ==, "{\"as-of\": \"2011-12-09\", \"d\": 0.5, \"flag\": true, \"list\": [\"b\", \"a\"], \"m\": -5, "
                                 "\"n\": 18446744073709551615, \"nested\": {\"x\": 2, \"y\": 1}, \"none\": [], \"u\": 7, \"zone\": \"UTC\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-writer/strings", test_strings);
  g_test_add_func ("/json-writer/doubles", test_doubles);
  g_test_add_func ("/json-writer/round-trip", test_round_trip);
  g_test_add_func ("/json-writer/variant", test_variant);
  return g_test_run ();
}
