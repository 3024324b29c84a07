/* test-report-plan.c: a plan written and read is the same plan; damage is told; what is unknown is passed over. */

#include "report-plan.h"

static MqReportPlan *
make_plan (void)
{
  MqReportPlan *plan = mq_report_plan_new ();
  MqReportItem *item;

  item = mq_report_item_new ("rfm", "grid", g_variant_new_parsed ("{'map': <'grid'>, 'customers': <true>}"));
  g_free (item->title);
  g_free (item->note);
  item->title = g_strdup ("谁会再来 “'\"\\");
  item->note = g_strdup ("Two\nlines");
  g_ptr_array_add (plan->items, item);
  g_ptr_array_add (plan->items, mq_report_item_new ("funnel", NULL, NULL));
  g_free (plan->title);
  plan->title = g_strdup ("Monday");
  g_free (plan->paper);
  plan->paper = g_strdup ("letter");
  return plan;
}

static void
test_round_trip (void)
{
  g_autoptr (MqReportPlan) plan = make_plan ();
  g_autoptr (MqReportPlan) copy = mq_report_plan_copy (plan);
  g_autofree char *text = mq_report_plan_print (copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqReportPlan) again = mq_report_plan_parse (text, &error);
  g_autofree char    *second = NULL;
  const MqReportItem *item;

  g_assert_no_error (error);
  second = mq_report_plan_print (again);
  g_assert_cmpstr (text, ==, second);
  g_assert_cmpstr (again->title, ==, "Monday");
  g_assert_cmpstr (again->paper, ==, "letter");
  g_assert_cmpstr (again->theme, ==, "");
  g_assert_cmpuint (again->items->len, ==, 2);
  item = again->items->pdata[0];
  g_assert_cmpstr (item->module, ==, "rfm");
  g_assert_cmpstr (item->chart, ==, "grid");
  g_assert_cmpstr (item->title, ==, "谁会再来 “'\"\\");
  g_assert_cmpstr (item->note, ==, "Two\nlines");
  g_assert_true (g_variant_equal (item->settings, ((MqReportItem *) plan->items->pdata[0])->settings));
  item = again->items->pdata[1];
  g_assert_cmpstr (item->chart, ==, "");
  g_assert_cmpuint (g_variant_n_children (item->settings), ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (MqReportPlan) nothing = mq_report_plan_parse (NULL, NULL);
  g_autofree char *text = mq_report_plan_print (nothing);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqReportPlan) again = mq_report_plan_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->items->len, ==, 0);
}

static void
test_strange (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqReportPlan) newer = mq_report_plan_parse ("{'version': <2>, 'cover': <true>, 'title': <7>, 'items': <[{'module': <'rfm'>, 'size': <3>}, {'chart': <'x'>}]>}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (newer->title, ==, "");
  g_assert_cmpuint (newer->items->len, ==, 1);
  g_assert_null (mq_report_plan_parse ("{'items': <[", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-plan/round-trip", test_round_trip);
  g_test_add_func ("/report-plan/empty", test_empty);
  g_test_add_func ("/report-plan/strange", test_strange);
  return g_test_run ();
}
