/* test-saved-segments.c: who is in a saved segment, also after other keys came; names; what is deleted and saved again. */

#include "asked-project.h"
#include "events/events.h"
#include "project/saved-segments.h"

static void
save (Asked *asked, const char *name, const char *const *labels, gsize n, GError **error)
{
  g_autoptr (GError) local = NULL;
  MqStrings *keys;
  g_autoptr (MqSavedSegment) segment = NULL;

  if (asked->dataset == NULL)
    asked->dataset = mq_project_load (asked->project, NULL, &local);
  g_assert_no_error (local);
  keys = mq_dataset_keys_of_labels (asked->dataset, labels, n, NULL, &local);
  g_assert_no_error (local);
  segment = mq_saved_segment_new (name, "", 0, keys);
  mq_strings_unref (keys);
  mq_project_save_segment (asked->project, segment, error);
  g_clear_pointer (&asked->dataset, mq_dataset_unref);
}

static void
assert_members (Asked *asked, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) table = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (asked->dataset == NULL)
    asked->dataset = mq_project_load (asked->project, NULL, &error);
  g_assert_no_error (error);
  table = mq_dataset_list_members (asked->dataset, name, NULL, &error);
  g_assert_no_error (error);
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    g_string_append_printf (text, "%s ", mq_table_text (table, row, 0));
  g_assert_cmpstr (text->str, ==, expected);
}

static const char first_file[] = "#key time:T event\nann 2024-01-01T10:00:00Z view\nbob 2024-01-01T10:00:00Z view\ncid 2024-01-02T10:00:00Z buy\n";

static void
test_members (void)
{
  static const char *const labels[] = { "cid", "ann", "nobody", "ann" };
  Asked                    asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, first_file);
  save (&asked, " A ", labels, G_N_ELEMENTS (labels), &error);
  g_assert_no_error (error);
  assert_members (&asked, "A", "ann cid ");
  result = asked_ask (&asked, &mq_events_analysis, "segment", "A", "moving", "1");
  asked_assert (result, "trend", "period,events,customers", "2024-01-01,1,1\n2024-01-02,1,1\n");
  /* who comes later is not in it; what its customers do later is */
  asked_add (&asked, MQ_KIND_EVENTS, "#key time:T event\nann 2024-01-03T10:00:00Z view\ndan 2024-01-03T10:00:00Z view\n");
  assert_members (&asked, "A", "ann cid ");
  g_clear_pointer (&result, mq_result_unref);
  result = asked_ask (&asked, &mq_events_analysis, "segment", "A", "moving", "1");
  asked_assert (result, "trend", "period,events", "2024-01-01,1\n2024-01-02,1\n2024-01-03,1\n");
  g_clear_pointer (&result, mq_result_unref);
  result = asked_ask (&asked, &mq_events_analysis, "by", "segment:A", "unit", "month", "moving", "1");
  asked_assert (result, "totals", "group,events,customers", "A,3,2\nNot in the segment,2,2\n");
  asked_end (&asked);
}

static void
test_names (void)
{
  static const char *const labels[] = { "ann" };
  static const char *const bad[] = { "", "  ", "a\nb" };
  Asked                    asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqSavedSegment) deleted = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, first_file);
  save (&asked, "A", labels, 1, &error);
  g_assert_no_error (error);
  save (&asked, "A", labels, 1, &error);
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_EXISTS);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      save (&asked, bad[i], labels, 1, &error);
      g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING);
      g_clear_error (&error);
    }
  g_assert_false (mq_project_rename_segment (asked.project, "B", "C", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_SEGMENT);
  g_clear_error (&error);
  g_assert_true (mq_project_rename_segment (asked.project, "A", "老客", &error));
  deleted = mq_project_delete_segment (asked.project, "老客", &error);
  g_assert_no_error (error);
  g_assert_null (mq_project_delete_segment (asked.project, "老客", NULL));
  g_assert_true (mq_project_save_segment (asked.project, deleted, &error));
  assert_members (&asked, "老客", "ann ");
  asked_end (&asked);
}

static void
test_missing (void)
{
  static const char *const settings[] = { "segment", "A", NULL };
  Asked                    asked;
  g_autoptr (GError) error = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, first_file);
  g_assert_null (asked_try (&asked, &mq_events_analysis, settings, &error));
  g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
  asked_end (&asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-segments/members", test_members);
  g_test_add_func ("/saved-segments/names", test_names);
  g_test_add_func ("/saved-segments/missing", test_missing);
  return g_test_run ();
}
