/* test-holdout-fields.c: which fields of the customers are proposed for a hold-out test, and which value is the held-out one. */

#include "draft-maker.h"
#include "holdout/holdout-fields.h"
#include "project/project.h"

#include <glib/gstdio.h>

static const char customers[] = "#key name attr:campaign_group:t gender level:t attr:send:t\n"
                                "1 A mail f a yes\n"
                                "2 B mail m b yes\n"
                                "3 C mail m c no\n"
                                "4 D none m d yes\n"
                                "5 E - m e no\n"
                                "6 F other f f no\n"
                                "7 G other - g no\n";

static MqDataset *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  MqProject      *project = mq_project_create (path, "UTC", "CNY", &error);
  MqImportDraft  *draft = draft_make (MQ_KIND_CUSTOMERS, customers);
  MqImportOutcome outcome;
  MqDataset      *dataset;

  g_assert_no_error (error);
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  mq_import_draft_free (draft);
  dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_close (project, &error));
  return dataset;
}

/* Names and levels have too many values, gender was drawn by nobody. The largest group but the control got it; without a word for it the least is control. */
static void
test_fields (void)
{
  static const MqHoldoutField expected[] = {
    { (char *) "customer.campaign_group", (char *) "mail", (char *) "none", 3, 1, TRUE },
    { (char *) "customer.send", (char *) "yes", (char *) "no", 3, 4, TRUE },
  };
  g_autofree char *folder = g_dir_make_tmp ("mq-holdout-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.marquetry", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autoptr (MqDataset) dataset = load (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = mq_holdout_fields (dataset, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fields->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < fields->len; i++)
    {
      const MqHoldoutField *field = fields->pdata[i];

      g_assert_cmpstr (field->field, ==, expected[i].field);
      g_assert_cmpstr (field->treated, ==, expected[i].treated);
      g_assert_cmpstr (field->control, ==, expected[i].control);
      g_assert_cmpint (field->n_treated, ==, expected[i].n_treated);
      g_assert_cmpint (field->n_control, ==, expected[i].n_control);
      g_assert_cmpint (field->is_named, ==, expected[i].is_named);
    }
  g_clear_pointer (&dataset, mq_dataset_unref);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holdout-fields/proposed", test_fields);
  return g_test_run ();
}
