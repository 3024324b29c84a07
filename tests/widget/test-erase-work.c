/* test-erase-work.c: a customer goes out of an open project: looking changes nothing; afterwards the session has the others;
 * an unknown key, a project that was closed and one that is only read stay as they are. */

#include "draft-builder.h"
#include "erase-work.h"
#include "wait.h"

#include <glib/gstdio.h>

typedef struct
{
  char         *folder;
  char         *path;
  MqSession    *session;
  GAsyncResult *result; /* (owned) (nullable) of the newest question */
} Fixture;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
}

static void
add_records (MqProject *project)
{
  static const char *const keys[] = { "customer_id=A", "customer_id=A", "customer_id=B" };
  DraftBuilder            *orders = draft_builder_new (MQ_KIND_ORDERS);
  guint                    time = draft_builder_add_column (orders, "time", MQ_VALUE_TIME, 0);
  guint                    order_id = draft_builder_add_column (orders, "order_id", MQ_VALUE_TEXT, 0);
  DraftBuilder            *customers = draft_builder_new (MQ_KIND_CUSTOMERS);
  guint                    city = draft_builder_add_column (customers, "city", MQ_VALUE_TEXT, 0);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      draft_builder_add_row (orders, keys[i]);
      draft_builder_set (orders, time, (gint64) (i + 1) * 86400 * G_USEC_PER_SEC);
      draft_builder_set_text (orders, order_id, number);
    }
  draft_builder_commit (orders, project, NULL);
  draft_builder_add_row (customers, "customer_id=A");
  draft_builder_set_text (customers, city, "York");
  draft_builder_commit (customers, project, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MqProject *project;

  fixture->folder = g_dir_make_tmp ("mq-erase-work-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "shop.marquetry", NULL);
  project = mq_project_create (fixture->path, "UTC", "EUR", &error);
  g_assert_no_error (error);
  add_records (project);
  g_assert_true (mq_project_close (project, &error));
  fixture->session = mq_session_new ();
  mq_session_open (fixture->session, fixture->path, answered_cb, fixture);
  WAIT (fixture->result != NULL);
  g_assert_true (mq_session_finish (fixture->session, fixture->result, &error));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);

  g_clear_object (&fixture->result);
  g_object_unref (fixture->session);
  g_unlink (fixture->path);
  g_unlink (lock);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint
count_persons (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n = mq_dataset_n_persons (mq_session_get_dataset (fixture->session), NULL, &error);

  g_assert_no_error (error);
  return n;
}

static MqErasure *
look (Fixture *fixture, const char *customer, GError **error)
{
  g_clear_object (&fixture->result);
  mq_erase_look_start (fixture->session, customer, answered_cb, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (mq_session_get_jobs (fixture->session)), ==, 1);
  WAIT (fixture->result != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (mq_session_get_jobs (fixture->session)), ==, 0);
  return mq_erase_look_finish (fixture->session, fixture->result, error);
}

static gboolean
erase (Fixture *fixture, const char *customer, GError **error)
{
  g_clear_object (&fixture->result);
  mq_erase_start (fixture->session, customer, answered_cb, fixture);
  WAIT (fixture->result != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (mq_session_get_jobs (fixture->session)), ==, 0);
  return mq_erase_finish (fixture->session, fixture->result, error);
}

static void
test_erase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree MqErasure *before = look (fixture, "A", &error);
  g_autofree MqErasure *after = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (before->persons, ==, 1);
  g_assert_cmpint (before->records[MQ_KIND_ORDERS], ==, 2);
  g_assert_cmpint (before->records[MQ_KIND_CUSTOMERS], ==, 1);
  g_assert_cmpint (before->records[MQ_KIND_EVENTS], ==, 0);
  g_assert_cmpuint (count_persons (fixture), ==, 2);
  g_assert_true (erase (fixture, "A", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_persons (fixture), ==, 1);
  g_assert_null (look (fixture, "A", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON);
  g_clear_error (&error);
  after = look (fixture, "B", &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->records[MQ_KIND_ORDERS], ==, 1);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (erase (fixture, "C", &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON);
  g_assert_cmpuint (count_persons (fixture), ==, 2);
}

/* The user cancels while it waits for its turn, or closes the project. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  mq_erase_start (fixture->session, "A", answered_cb, fixture);
  mq_session_close (fixture->session, NULL, NULL);
  mq_session_cancel_jobs (fixture->session);
  WAIT (fixture->result != NULL);
  if (!mq_erase_finish (fixture->session, fixture->result, &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (erase (fixture, "A", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/erase-work/erase", Fixture, NULL, set_up, test_erase, tear_down);
  g_test_add ("/erase-work/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/erase-work/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
