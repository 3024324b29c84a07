/* test-customer-profile.c: one person's attributes and timeline, by hand. */

#include "customer-profile.h"

#include <glib/gstdio.h>

#include "draft-builder.h"
#include "project/project.h"

#define DAY(n) ((gint64) (n) *MQ_DAY_MICROSECONDS)

typedef struct
{
  char      *folder;
  MqProject *project;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("mq-profile-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "shop.marquetry", NULL);
  fixture->project = mq_project_create (path, "UTC", "EUR", NULL);
  g_assert_nonnull (fixture->project);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_true (mq_project_close (fixture->project, NULL));
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
import_orders (Fixture *fixture)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_ORDERS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);
  guint         order_id = draft_builder_add_column (builder, "order_id", MQ_VALUE_TEXT, 0);

  for (int i = 0; i < 3; i++)
    {
      const char *orders[] = { "1", "2", "3" };

      draft_builder_add_row (builder, i < 2 ? "customer_id=A" : "customer_id=B");
      draft_builder_set (builder, time, DAY (10 + i * 10));
      draft_builder_set (builder, amount, 100 * (i + 1));
      draft_builder_set_text (builder, order_id, orders[i]);
    }
  g_assert_cmpint (draft_builder_commit (builder, fixture->project, NULL), >, 0);
}

static void
import_events (Fixture *fixture)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_EVENTS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         event = draft_builder_add_column (builder, "event", MQ_VALUE_TEXT, 0);

  draft_builder_add_row (builder, "customer_id=A");
  draft_builder_set (builder, time, DAY (15));
  draft_builder_set_text (builder, event, "view");
  g_assert_cmpint (draft_builder_commit (builder, fixture->project, NULL), >, 0);
}

static void
import_customers (Fixture *fixture)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_CUSTOMERS);
  guint         city = draft_builder_add_column (builder, "city", MQ_VALUE_TEXT, 0);

  draft_builder_add_row (builder, "customer_id=A");
  draft_builder_set_text (builder, city, "York");
  g_assert_cmpint (draft_builder_commit (builder, fixture->project, NULL), >, 0);
}

static void
test_profile (Fixture *fixture, gconstpointer data)
{
  static const char *const what[] = { "2", "view", "1" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqCustomerProfile) profile = NULL;

  import_orders (fixture);
  import_events (fixture);
  import_customers (fixture);
  dataset = mq_project_load (fixture->project, NULL, &error);
  profile = mq_customer_profile_new (dataset, "A", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mq_table_n_rows (profile->attributes), ==, 1);
  g_assert_cmpstr (mq_table_text (profile->attributes, 0, 0), ==, "city");
  g_assert_cmpstr (mq_table_text (profile->attributes, 0, 1), ==, "York");
  g_assert_cmpuint (mq_table_n_rows (profile->timeline), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (mq_table_text (profile->timeline, i, 2), ==, what[i]);
  g_assert_cmpint (mq_table_integer (profile->timeline, 0, 0), ==, DAY (20));
  g_assert_cmpint (mq_table_integer (profile->timeline, 0, 3), ==, 200);
  g_assert_true (mq_table_is_missing (profile->timeline, 1, 3));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = NULL;

  import_orders (fixture);
  dataset = mq_project_load (fixture->project, NULL, &error);
  g_assert_null (mq_customer_profile_new (dataset, "C", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/customer-profile/profile", Fixture, NULL, set_up, test_profile, tear_down);
  g_test_add ("/customer-profile/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  return g_test_run ();
}
