/* test-quality.c: checks of values, the decay estimator against closed forms and a search over a grid, and the analysis
 * over a project of two imports. */

#include "draft-maker.h"
#include "project/project.h"
#include "quality/quality-checks.h"
#include "quality/quality-decay.h"
#include "quality/quality-score.h"
#include "quality/quality.h"

#include <glib/gstdio.h>
#include <math.h>

#define DAY G_GINT64_CONSTANT (86400000000)
#define CLOSE 1e-6

static void
test_email (void)
{
  static const char *const good[] = { "ann@acme.com", "a.b+c@mail.example.co.uk", "x@xn--fiqs8s.cn", "张三@例子.中国", "o'neil@a-b.de", "1@2.io" };
  static const char *const bad[] = { "", "ann", "ann@", "@acme.com", "ann@acme", "ann@@acme.com", "a..b@acme.com", ".a@acme.com", "a.@acme.com", "ann@-acme.com", "ann@acme-.com", "ann@acme..com", "ann@1.2.3.4", "ann@acme.c", "a b@acme.com", "ann@acme.com ", "ann@ac me.com" };
  g_autofree char         *local = g_strnfill (65, 'a');
  g_autofree char         *longest = g_strconcat (local, "@b.de", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mq_check_email (good[i], strlen (good[i])));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mq_check_email (bad[i], strlen (bad[i])));
  g_assert_false (mq_check_email (longest, strlen (longest)));
  g_assert_true (mq_check_email (longest + 1, strlen (longest) - 1));
  g_assert_true (mq_email_is_free ("a@QQ.com", 8));
  g_assert_false (mq_email_is_free ("a@acme.com", 10));
}

static void
test_phone (void)
{
  static const char *const good[] = { "13800000000", "+8613800000000", "138 0000 0000", "+49 30 1234567", "010-12345678", "+86 10 12345678", "02112345678", "+14155552671" };
  static const char *const bad[] = { "", "12345", "12000000000", "1380000000", "138000000000", "+8612000000000", "+861380000000", "+0301234567", "+1234567", "+1234567890123456", "13800x00000", "00012345678" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mq_check_phone (good[i], strlen (good[i])));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mq_check_phone (bad[i], strlen (bad[i])));
}

static void
test_headers (void)
{
  g_assert_cmpint (mq_check_for_header ("E-Mail"), ==, MQ_CHECK_EMAIL);
  g_assert_cmpint (mq_check_for_header ("Work email"), ==, MQ_CHECK_EMAIL);
  g_assert_cmpint (mq_check_for_header ("电子邮箱"), ==, MQ_CHECK_EMAIL);
  g_assert_cmpint (mq_check_for_header ("Mobile (2)"), ==, MQ_CHECK_PHONE);
  g_assert_cmpint (mq_check_for_header ("手机号"), ==, MQ_CHECK_PHONE);
  g_assert_cmpint (mq_check_for_header ("Level"), ==, MQ_CHECK_NONE);
  g_assert_cmpint (mq_check_for_header ("Telephone opt-in"), ==, MQ_CHECK_NONE);
}

static void
test_lists (void)
{
  g_assert_true (mq_check_list (MQ_CHECK_GENDER, "Female"));
  g_assert_true (mq_check_list (MQ_CHECK_GENDER, "女"));
  g_assert_false (mq_check_list (MQ_CHECK_GENDER, "yes"));
  g_assert_true (mq_check_list (MQ_CHECK_MESSAGE_STATUS, "clicked"));
  g_assert_false (mq_check_list (MQ_CHECK_MESSAGE_STATUS, "seen"));
}

static void
test_score (void)
{
  const double all[] = { 0.9, 0.8, 1.0, 0.5 };
  const double some[] = { 0.9, NAN, NAN, 0.5 };
  const double none[] = { NAN, NAN, NAN, NAN };

  g_assert_cmpfloat_with_epsilon (mq_score_compute (all), 36 + 24 + 20 + 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (mq_score_compute (some), 100 * (36.0 + 5) / 50, 1e-9);
  g_assert_true (isnan (mq_score_compute (none)));
}

/* With one distance the estimate is known: (1 - p)^d is the share found unchanged. */
static void
test_one_distance (void)
{
  const MqDecaySpan none = { 61, 0, 500 };
  const MqDecaySpan every = { 61, 500, 0 };
  double            months = 61 / MQ_DAYS_A_MONTH;
  MqDecay           decay;

  for (int days = 1; days < 800; days += 97)
    {
      const MqDecaySpan span = { days, 37, 463 };

      decay = mq_decay_estimate (&span, 1);
      g_assert_cmpint (decay.pairs, ==, 500);
      g_assert_cmpfloat_with_epsilon (pow (1 - decay.monthly, days / MQ_DAYS_A_MONTH), 463.0 / 500, CLOSE);
      g_assert_cmpfloat (decay.low, <, decay.monthly);
      g_assert_cmpfloat (decay.high, >, decay.monthly);
    }
  decay = mq_decay_estimate (&none, 1);
  g_assert_cmpfloat (decay.monthly, ==, 0);
  g_assert_cmpfloat (decay.low, ==, 0);
  g_assert_cmpfloat_with_epsilon (decay.high, 1 - exp (-1.920729410347062 / (500 * months)), CLOSE);
  decay = mq_decay_estimate (&every, 1);
  g_assert_cmpfloat (decay.high, ==, 1);
  g_assert_cmpfloat_with_epsilon (decay.monthly, 1, CLOSE);
  g_assert_true (isnan (mq_decay_estimate (NULL, 0).monthly));
  g_assert_cmpfloat_with_epsilon (mq_decay_yearly (0.02), 0.2153, 1e-4);
  g_assert_cmpfloat_with_epsilon (mq_decay_yearly (0.03), 0.3062, 1e-4);
}

static double
slow_likelihood (const MqDecaySpan *spans, guint n, double p)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double same = pow (1 - p, spans[i].days / MQ_DAYS_A_MONTH);

      sum += spans[i].changed * log (1 - same) + spans[i].unchanged * log (same);
    }
  return sum;
}

/* Several distances: no p of a fine grid is more likely, and the interval is where the likelihood has fallen by 1.92. */
static void
test_grid (void)
{
  const MqDecaySpan spans[] = { { 3, 1, 90 }, { 31, 9, 200 }, { 92, 40, 150 }, { 400, 60, 20 } };
  MqDecay           decay = mq_decay_estimate (spans, G_N_ELEMENTS (spans));
  double            best = slow_likelihood (spans, G_N_ELEMENTS (spans), decay.monthly);

  for (double p = 0.0005; p < 0.5; p += 0.0005)
    {
      double   likelihood = slow_likelihood (spans, G_N_ELEMENTS (spans), p);
      gboolean inside = best - likelihood < 1.920729410347062;

      g_assert_cmpfloat (likelihood, <=, best + 1e-9);
      if (fabs (p - decay.low) > 1e-6 && fabs (p - decay.high) > 1e-6)
        g_assert_cmpint (inside, ==, p > decay.low && p < decay.high);
    }
}

static void
commit (MqProject *project, MqKind kind, const char *text, gint64 time)
{
  MqImportDraft  *draft = draft_make (kind, text);
  MqImportOutcome outcome;
  g_autoptr (GError) error = NULL;

  draft->time = time;
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  mq_import_draft_free (draft);
}

static void
assert_table (MqResult *result, const char *name, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  mq_table_write_csv (mq_result_find_table (result, name), FALSE, text);
  g_assert_cmpstr (text->str, ==, expected);
}

/* Four customers stated twice, 61 days apart: of three cities that are stated again one changed; Dan's is new. */
static void
test_analysis (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-quality-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.marquetry", NULL);
  g_autoptr (GError) error = NULL;
  MqProject *project = mq_project_create (path, "UTC", "CNY", &error);
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqResult) result = NULL;
  MqTable *decay;
  gint64   start = 19000 * DAY;

  g_assert_no_error (error);
  commit (project, MQ_KIND_CUSTOMERS, "#key name city gender\n1 Ann Rome f\n2 Bob Bonn m\n3 Cid Oslo x\n4 Dan - -\n", start);
  commit (project, MQ_KIND_CUSTOMERS, "#key name city\n1 Ann Rome\n2 Bob Kiel\n3 Cid Oslo\n4 Dan Bari\n", start + 61 * DAY);
  commit (project, MQ_KIND_ORDERS, "#key time:T order_id amount:m\n1 1646000000 a 5\n9 1546000000 b 5\n", start + 62 * DAY);
  dataset = mq_project_load (project, NULL, &error);
  g_assert_no_error (error);
  result = mq_quality_analysis.run (dataset, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_table (result, "fields", "kind,field,records,filled,share_filled,check,valid,share_valid,distinct,oldest,newest\n"
                                  "customers,key.customer_id,4,4,1,,,,4,,\n"
                                  "customers,name,4,4,1,,,,4,,\n"
                                  "customers,gender,4,3,0.75,list,2,0.6666666666666666,3,,\n"
                                  "customers,city,4,4,1,,,,4,,\n"
                                  "orders,key.customer_id,2,2,1,,,,2,,\n"
                                  "orders,time,2,2,1,date,2,1,2,2018-12-28,2022-02-27\n"
                                  "orders,amount,2,2,1,,,,1,,\n"
                                  "orders,order_id,2,2,1,,,,2,,\n");
  assert_table (result, "weakest", "field,records,filled,share_filled\ncustomers.gender,4,3,0.75\n");
  assert_table (result, "duplicates", "rule,compared,groups,customers\nname and city,4,0,0\n");
  decay = mq_result_find_table (result, "decay");
  g_assert_cmpuint (mq_table_n_rows (decay), ==, 2);
  g_assert_cmpstr (mq_table_text (decay, 0, 0), ==, "city");
  g_assert_cmpint (mq_table_integer (decay, 0, 1), ==, 3);
  g_assert_cmpint (mq_table_integer (decay, 0, 2), ==, 1);
  g_assert_cmpfloat_with_epsilon (mq_table_number (decay, 0, 4), 1 - pow (2.0 / 3, MQ_DAYS_A_MONTH / 61), CLOSE);
  g_assert_cmpint (mq_table_integer (decay, 1, 1), ==, 4);
  g_assert_cmpint (mq_table_integer (decay, 1, 2), ==, 0);
  g_assert_cmpstr (*mq_result_warnings (result), ==, NULL);
  g_assert_true (mq_project_close (project, NULL));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/email", test_email);
  g_test_add_func ("/quality/phone", test_phone);
  g_test_add_func ("/quality/headers", test_headers);
  g_test_add_func ("/quality/lists", test_lists);
  g_test_add_func ("/quality/score", test_score);
  g_test_add_func ("/quality/one-distance", test_one_distance);
  g_test_add_func ("/quality/grid", test_grid);
  g_test_add_func ("/quality/analysis", test_analysis);
  return g_test_run ();
}
