/* test-record-kind.c: the table of kinds. */

#include "project/import-draft.h"
#include "project/record-kind.h"

#include <string.h>

static void
test_names (void)
{
  static const char *const names[] = { "customers", "orders", "events", "messages", "feedback", "spend" };

  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      MqKind found;

      g_assert_cmpstr (mq_kind_name (kind), ==, names[kind]);
      g_assert_true (mq_kind_from_name (names[kind], &found));
      g_assert_cmpint (found, ==, kind);
    }
  g_assert_false (mq_kind_from_name ("Orders", &(MqKind){ 0 }));
}

static void
test_fields (void)
{
  static const char *const required[] = { "", "time amount ", "time event ", "time channel status ", "time text ", "date channel amount " };

  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      guint          n;
      const MqField *fields = mq_kind_fields (kind, &n);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < n; i++)
        {
          g_assert_true (mq_kind_find_field (kind, fields[i].name) == &fields[i]);
          if (fields[i].required)
            g_string_append_printf (text, "%s ", fields[i].name);
        }
      g_assert_cmpstr (text->str, ==, required[kind]);
      for (const char *const *key = mq_kind_natural_key (kind); *key != NULL; key++)
        g_assert_nonnull (mq_kind_find_field (kind, *key));
    }
  g_assert_null (mq_kind_find_field (MQ_KIND_ORDERS, "Amount"));
}

static void
test_statuses (void)
{
  g_assert_cmpstr (mq_status_name (MQ_STATUS_PARTLY_REFUNDED), ==, "partly-refunded");
  g_assert_cmpstr (mq_status_name (MQ_STATUS_UNKNOWN), ==, "unknown");
  for (MqStatus status = 0; status < MQ_N_STATUSES; status++)
    {
      MqStatus found;

      g_assert_true (mq_status_from_name (mq_status_name (status), &found));
      g_assert_cmpint (found, ==, status);
    }
  g_assert_false (mq_status_from_name ("unknown", &(MqStatus){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-kind/names", test_names);
  g_test_add_func ("/record-kind/fields", test_fields);
  g_test_add_func ("/record-kind/statuses", test_statuses);
  return g_test_run ();
}
