/* test-match.c: re-import by natural key with multiplicity, against outcomes worked out by hand. */

#include "draft-maker.h"
#include "project/project.h"

#include <glib/gstdio.h>

typedef struct
{
  char      *folder;
  char      *path;
  MqProject *project;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("mq-match-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.marquetry", NULL);
  fixture->project = mq_project_create (fixture->path, "UTC", "CNY", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (mq_project_close (fixture->project, NULL));
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_commit (Fixture *fixture, MqKind kind, const char *text, gint64 stored, gint64 updated, gint64 unchanged)
{
  for (guint dry = 2; dry-- > 0;)
    {
      MqImportDraft  *draft = draft_make (kind, text);
      MqImportOutcome outcome;
      g_autoptr (GError) error = NULL;

      mq_project_commit_import (fixture->project, draft, dry, &outcome, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (outcome.stored, ==, stored);
      g_assert_cmpint (outcome.updated, ==, updated);
      g_assert_cmpint (outcome.unchanged, ==, unchanged);
      g_assert_cmpint (outcome.number > 0, ==, !dry);
      mq_import_draft_free (draft);
    }
}

static void
test_orders (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m product status\n7 100 A1 500 cup paid\n7 100 A1 200 plate paid\n8 110 A2 900 - paid\n8 120 - 50 cup paid\n- 130 - 60 cup paid\n- 130 - 60 cup paid\n", 6, 0, 0);
  /* The same file again: nothing changes, the two equal anonymous rows included. */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m product status\n7 100 A1 500 cup paid\n7 100 A1 200 plate paid\n8 110 A2 900 - paid\n8 120 - 50 cup paid\n- 130 - 60 cup paid\n- 130 - 60 cup paid\n", 0, 0, 6);
  /* An order changes its time, customer and status; a third equal anonymous row is new; another product is another line. */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m product status\n9 105 A1 500 cup shipped\n9 105 A1 500 bowl shipped\n- 130 - 60 cup paid\n- 130 - 60 cup paid\n- 130 - 60 cup paid\n", 2, 1, 2);
}

static void
test_lacking_column (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m city:t\n7 100 A1 500 Paris\n", 1, 0, 0);
  /* Without the column the row keeps what it had … */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n7 100 A1 500\n", 0, 0, 1);
  /* … so the same value later is no change, and a missing one is. */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m city:t\n7 100 A1 500 Paris\n", 0, 0, 1);
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m city:t\n7 100 A1 500 -\n", 0, 1, 0);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n7 100 A1 500\n8 100 A2 600\n", 2, 0, 0);
  /* A file that names nobody says nothing about whose the orders are … */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n- 100 A1 500\n- 100 A2 700\n", 0, 1, 1);
  /* … so they are still the same persons'. */
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n7 100 A1 500\n9 100 A2 700\n", 0, 1, 1);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m size:i\n7 100 A1 500 5\n7 100 A2 500 6\n", 2, 0, 0);
  assert_commit (fixture, MQ_KIND_ORDERS, "#key time:T order_id amount:m size:t\n7 100 A1 500 5\n7 100 A2 500 06\n", 0, 1, 1);
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_EVENTS, "#key time:T event channel page\n7 100 view ad home\n7 100 view ad cart\n7 100 view - cart\n", 3, 0, 0);
  assert_commit (fixture, MQ_KIND_EVENTS, "#key time:T event channel page\n7 100 view ad cart\n7 100 view ad end\n7 101 view ad end\n", 1, 1, 1);
  /* Later than all there is. */
  assert_commit (fixture, MQ_KIND_EVENTS, "#key time:T event channel page\n7 200 view ad cart\n", 1, 0, 0);
}

static void
test_spend (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_SPEND, "#key date:D channel amount:m campaign\n- 10 ad 500 x\n- 10 ad 600 y\n", 2, 0, 0);
  assert_commit (fixture, MQ_KIND_SPEND, "#key date:D channel amount:m campaign\n- 10 ad 500 x\n- 10 ad 700 y\n- 11 ad 700 y\n", 1, 1, 1);
}

static void
test_customers (Fixture *fixture, gconstpointer data)
{
  assert_commit (fixture, MQ_KIND_CUSTOMERS, "#key name city\n1 Ann Paris\n2 Bob -\n3 Cat Rome\n3 Cat Rome\n", 4, 0, 0);
  assert_commit (fixture, MQ_KIND_CUSTOMERS, "#key name\n1 Ann\n2 Rob\n4 Dan\n", 1, 1, 1);
  assert_commit (fixture, MQ_KIND_CUSTOMERS, "#key name city\n1 Ann Paris\n2 Rob -\n4 Dan Oslo\n", 0, 1, 2);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/match/orders", test_orders);
  ADD ("/match/lacking-column", test_lacking_column);
  ADD ("/match/nobody", test_nobody);
  ADD ("/match/types", test_types);
  ADD ("/match/events", test_events);
  ADD ("/match/spend", test_spend);
  ADD ("/match/customers", test_customers);
  return g_test_run ();
}
