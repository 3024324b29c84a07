/* test-record-key.c: normal forms and the order of record keys. */

#include "project/record-key.h"

#include <string.h>

static void
assert_key (const char *kind, const char *value, const char *expected)
{
  g_autoptr (GString) key = g_string_new (NULL);

  g_assert_cmpint (mq_record_key_append (key, kind, value, strlen (value)), ==, expected != NULL);
  g_assert_cmpstr (key->str, ==, expected != NULL ? expected : "");
}

static void
test_normal_forms (void)
{
  assert_key ("customer_id", " 00123 ", "!00123");
  assert_key ("customer_id", "aBc", "!aBc");
  assert_key ("customer_id", "\xe3\x80\x80x\xc2\xa0", "!x");
  assert_key ("customer_id", "  ", NULL);
  assert_key ("customer_id", "a\x1e\x1f"
                             "b",
              "!a  b");
  assert_key ("email", "Ann@Example.ORG", "#ann@example.org");
  assert_key ("phone", "13800000000", "\"+8613800000000");
  assert_key ("phone", "+86 138-0000-0000", "\"+8613800000000");
  assert_key ("phone", "0086 13800000000", "\"+8613800000000");
  assert_key ("phone", "8613800000000", "\"+8613800000000");
  assert_key ("phone", "13800000000.0", "\"+8613800000000");
  assert_key ("phone", "１３８００００００００", "\"+8613800000000");
  assert_key ("phone", "+1 (415) 555-0100", "\"+14155550100");
  assert_key ("phone", "010-12345678", "\"01012345678");
  assert_key ("phone", "13900139000,13800138000", "\"+8613800138000\x1e\"+8613900139000");
  assert_key ("phone", "13800138000；13900139000 / 010-12345678", "\"+8613800138000\x1e\"+8613900139000\x1e\"01012345678");
  assert_key ("phone", "13800138000、13800138000", "\"+8613800138000");
  assert_key ("phone", "138****8000, 13900139000", "\"+8613900139000");
  assert_key ("phone", "089/12345678 90123", "\"0891234567890123");
  assert_key ("phone", "+49 30 1234567/89", "\"+4930123456789");
  assert_key ("phone", "138****0000", NULL);
  assert_key ("phone", "1.38E+10", NULL);
  assert_key ("phone", "none", NULL);
  assert_key ("nick", "##abc", NULL);
  assert_key ("nick", "$$abc", NULL);
  assert_key ("card", "77", "~card\x1f"
                            "77");
  assert_key ("contact", "abc", "\x7f"
                                "abc");
}

static void
test_split (void)
{
  g_autoptr (GString) key = g_string_new (NULL);
  MqKeySlice  slices[4];
  char        buffer[32];
  gsize       length;
  const char *value;

  g_assert_true (mq_record_key_append (key, "customer_id", "7", 1));
  g_assert_false (mq_record_key_append (key, "phone", "?", 1));
  g_assert_true (mq_record_key_append (key, "email", "a@b", 3));
  g_assert_true (mq_record_key_append (key, "card", "x", 1));
  g_assert_cmpuint (mq_record_key_split (key->str, key->len, slices, 4), ==, 3);
  g_assert_cmpstr (mq_key_slice_kind (slices[0], buffer, sizeof buffer), ==, "customer_id");
  g_assert_cmpstr (mq_key_slice_kind (slices[1], buffer, sizeof buffer), ==, "email");
  g_assert_cmpstr (mq_key_slice_kind (slices[2], buffer, sizeof buffer), ==, "card");
  value = mq_key_slice_value (slices[1], &length);
  g_assert_cmpmem (value, length, "a@b", 3);
  value = mq_key_slice_value (slices[2], &length);
  g_assert_cmpmem (value, length, "x", 1);
  g_assert_cmpuint (mq_record_key_split (key->str, key->len, slices, 1), ==, 1);
  g_assert_cmpuint (mq_record_key_split ("", 0, slices, 4), ==, 0);
}

static void
test_order (void)
{
  static const char *const kinds[] = { "customer_id", "phone", "email", "unionid", "openid", "external_userid", "wechat_id", "member_no", "nick", "a", "b", "contact" };
  g_autofree char         *last = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GString) key = g_string_new (NULL);

      g_assert_true (mq_record_key_append (key, kinds[i], "1", 1));
      g_assert_cmpstr (last, <, key->str);
      g_assert_cmpint (mq_key_is_builtin (kinds[i]), ==, i < 9);
      g_free (last);
      last = g_strdup (key->str);
    }
  g_assert_cmpint (mq_key_priority ("nick"), ==, 8);
  g_assert_cmpint (mq_key_priority ("b"), ==, 9);
  g_assert_cmpint (mq_key_priority ("contact"), ==, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-key/normal-forms", test_normal_forms);
  g_test_add_func ("/record-key/split", test_split);
  g_test_add_func ("/record-key/order", test_order);
  return g_test_run ();
}
