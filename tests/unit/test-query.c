/* test-query.c: names of steps and their conditions as they are written, and what a timeline makes of them. */

#include <glib/gstdio.h>
#include <string.h>

#include "analysis.h"
#include "draft-builder.h"
#include "query/step-title.h"
#include "query/timeline.h"

typedef struct
{
  char      *folder;
  char      *path;
  MqDataset *dataset;
} Fixture;

static void
add_events (MqProject *project)
{
  static const struct
  {
    const char *keys;
    gint64      time;
    const char *event, *product;
    gint64      amount;
  } rows[] = {
    { "customer_id=a", 10, "view", "B", MQ_VALUE_MISSING },
    { "customer_id=a", 20, "buy", "A", 1250 },
    { "customer_id=a", 20, "view", "A", MQ_VALUE_MISSING },
    { "customer_id=b", 5, "view", NULL, MQ_VALUE_MISSING },
    { "customer_id=b", 30, "buy", "B", 900 },
    { "customer_id=b", 99, "order", "B", 900 },
    { "", 7, "view", "B", MQ_VALUE_MISSING },
  };
  DraftBuilder *builder = draft_builder_new (MQ_KIND_EVENTS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         event = draft_builder_add_column (builder, "event", MQ_VALUE_TEXT, 0);
  guint         product = draft_builder_add_column (builder, "product", MQ_VALUE_TEXT, 0);
  guint         amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      draft_builder_add_row (builder, rows[i].keys);
      draft_builder_set (builder, time, rows[i].time * MQ_SECOND);
      draft_builder_set_text (builder, event, rows[i].event);
      if (rows[i].product != NULL)
        draft_builder_set_text (builder, product, rows[i].product);
      draft_builder_set (builder, amount, rows[i].amount);
    }
  draft_builder_commit (builder, project, NULL);
}

/* b has an order of two lines, and one that is not paid. */
static void
add_orders (MqProject *project)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_ORDERS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         id = draft_builder_add_column (builder, "order_id", MQ_VALUE_TEXT, 0);
  guint         product = draft_builder_add_column (builder, "product", MQ_VALUE_TEXT, 0);
  guint         amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);
  static const struct
  {
    const char *order, *product;
    gint64      time, amount;
  } rows[] = { { "1", "A", 40, 1000 }, { "1", "B", 40, 500 }, { "2", "B", 50, 700 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      draft_builder_add_row (builder, "customer_id=b");
      draft_builder_set (builder, time, rows[i].time * MQ_SECOND);
      draft_builder_set_text (builder, id, rows[i].order);
      draft_builder_set_text (builder, product, rows[i].product);
      draft_builder_set (builder, amount, rows[i].amount);
    }
  draft_builder_commit (builder, project, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MqProject *project;

  fixture->folder = g_dir_make_tmp ("mq-query-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "query.marquetry", NULL);
  project = mq_project_create (fixture->path, "UTC", "EUR", &error);
  g_assert_no_error (error);
  add_events (project);
  add_orders (project);
  fixture->dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  mq_project_close (project, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);

  mq_dataset_unref (fixture->dataset);
  g_remove (fixture->path);
  g_remove (lock);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Both persons' moments as "time:bits" in order, persons apart by a bar. */
static char *
read_all (Fixture *fixture, const char *const *texts, MqTimelineOptions options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) selectors = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_selector_free);
  g_autoptr (MqTimeline) timeline = NULL;
  g_auto (MqMoments) moments = { 0 };
  GString *out = g_string_new (NULL);

  for (; *texts != NULL; texts++)
    {
      g_ptr_array_add (selectors, mq_selector_parse (*texts, "step", &error));
      g_assert_no_error (error);
    }
  timeline = mq_timeline_new (fixture->dataset, (MqSelector *const *) selectors->pdata, selectors->len, &options, NULL, &error);
  if (timeline == NULL)
    {
      g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
      g_string_assign (out, "refused");
      return g_string_free (out, FALSE);
    }
  for (guint person = 0; person < mq_timeline_n_persons (timeline); person++)
    {
      g_assert_true (mq_timeline_read (timeline, person, &moments));
      g_string_append (out, person > 0 ? "|" : "");
      for (guint i = 0; i < moments.n; i++)
        g_string_append_printf (out, "%s%ld:%u", i > 0 ? " " : "", (long) (moments.moments[i].time / MQ_SECOND), moments.moments[i].bits);
    }
  return g_string_free (out, FALSE);
}

static void
test_timeline (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *selectors[3];
    const char *expected;
  } cases[] = {
    /* inside an instant by the first selector that means it */
    { { "view", "buy" }, "10:1 20:1 20:2|5:1 30:2" },
    { { "buy", "view" }, "10:2 20:1 20:2|5:2 30:1" },
    { { "view, buy" }, "10:1 20:1 20:1|5:1 30:1" },
    { { "view", "*" }, "10:3 20:3 20:2|5:3 30:2 99:2" },
    { { "view[product = B]" }, "10:1|" },
    { { "view[product != B]" }, "20:1|" },
    { { "view[product is missing]" }, "|5:1" },
    { { "view[product is not missing]" }, "10:1 20:1|" },
    { { "buy[product in (A, B) and amount >= 10]" }, "20:1|" },
    { { "buy[amount = 9]" }, "|30:1" },
    { { "buy[amount < 12.505]" }, "20:1|30:1" },
    { { "buy[event.product contains \"B\"]" }, "|30:1" },
    { { "buy[product not in (A)]" }, "|30:1" },
    { { "order" }, "|40:1 50:1" },
    { { "order", "order" }, "|40:3 50:3" },
    { { "order[amount >= 15]" }, "|40:1" },
    { { "order[product = B]" }, "|40:1 50:1" },
    { { "order[product = B and amount >= 6]" }, "|50:1" },
    { { "event:order" }, "|99:1" },
    { { "\"order\"", "order" }, "|40:2 50:2 99:1" },
    { { "viewed" }, "refused" },
    { { "message.clicked" }, "refused" },
    { { "view[colour = red]" }, "refused" },
    { { "view[product > 3]" }, "refused" },
    { { "buy[amount = much]" }, "refused" },
    { { "buy[amount contains 9]" }, "refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *moments = read_all (fixture, cases[i].selectors, (MqTimelineOptions){ .as_of = G_MAXINT64 });

      g_test_message ("%s", cases[i].selectors[0]);
      g_assert_cmpstr (moments, ==, cases[i].expected);
    }
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  static const char *const views[] = { "view", NULL };
  g_autofree char         *as_of = read_all (fixture, views, (MqTimelineOptions){ .as_of = 10 * MQ_SECOND });
  g_autofree char         *others = read_all (fixture, views, (MqTimelineOptions){ .as_of = G_MAXINT64, .others = TRUE });

  g_assert_cmpstr (as_of, ==, "10:1|5:1");
  g_assert_cmpstr (others, ==, "10:1 20:1 20:0|5:1 30:0 40:0 50:0 99:0");
}

static void
test_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqFieldValues) values = mq_field_values_new (fixture->dataset, "product", "by", NULL, &error);
  g_autoptr (MqFieldValues) amounts = NULL;
  MqMoment moment = { .source = MQ_MOMENT_EVENT, .row = 1 };

  g_assert_no_error (error);
  g_assert_cmpuint (mq_field_values_length (values), ==, 2);
  g_assert_true (mq_field_values_is_line (values));
  g_assert_cmpstr (mq_field_values_text (values, mq_field_values_get (values, 0, &moment)), ==, "B");
  amounts = mq_field_values_new (fixture->dataset, "event.amount", "by", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mq_field_values_text (amounts, 0), ==, "9.00");
  g_assert_null (mq_field_values_new (fixture->dataset, "customer.city", "by", NULL, &error));
  g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
}

static void
test_selector (void)
{
  static const char *const wrong[] = { "", "view[", "view[product]", "view[product = ]", "view[product = B", "view,", "view]", "\"view", "view[a in B]", "view[a is x]", "a b", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqSelector) selector = mq_selector_parse (" a[x = \"1, \"\"2\"\" \" AND y not contains z], event:\"b c\" ", "step", &error);
  const MqTerm      *term;
  const MqCondition *condition;

  g_assert_no_error (error);
  g_assert_cmpuint (selector->terms->len, ==, 2);
  term = selector->terms->pdata[0];
  condition = term->conditions->pdata[0];
  g_assert_cmpstr (condition->values[0], ==, "1, \"2\" ");
  condition = term->conditions->pdata[1];
  g_assert_true (condition->negated && condition->test == MQ_TEST_CONTAINS);
  term = selector->terms->pdata[1];
  g_assert_cmpstr (term->name, ==, "b c");
  for (const char *const *text = wrong; *text != NULL; text++)
    {
      g_assert_null (mq_selector_parse (*text, "step", &error));
      g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
      g_clear_error (&error);
    }
  g_assert_cmpuint (mq_selector_find_last ("a[x = \"1:2\"]:1-2", ':'), ==, 12);
}

static void
test_title (void)
{
  static const char *const titles[][2] = {
    { "view", "view" },
    { "order", "Valid order" },
    { "order.paid", "Order paid" },
    { "event:order", "order" },
    { "message.clicked , order_created", "Message clicked, Unpaid order" },
    { "order[product = \"A,] B\"],view", "Valid order [product = \"A,] B\"], view" },
    { "\"a,b\"", "\"a,b\"" },
    { "order[", "Valid order [" },
    { "", "" },
  };
  static const char *const steps[] = { "order.created", "view", NULL };
  g_autofree char         *joined = mq_steps_title (steps);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = mq_step_title (titles[i][0]);

      g_assert_cmpstr (title, ==, titles[i][1]);
    }
  g_assert_cmpstr (joined, ==, "Ordered → view");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/selector", test_selector);
  g_test_add_func ("/query/title", test_title);
  g_test_add ("/query/timeline", Fixture, NULL, set_up, test_timeline, tear_down);
  g_test_add ("/query/options", Fixture, NULL, set_up, test_options, tear_down);
  g_test_add ("/query/field", Fixture, NULL, set_up, test_field, tear_down);
  return g_test_run ();
}
