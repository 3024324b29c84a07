/* test-credit-plain.c: a slice of customers at once gives the credits, sums and transitions that one journey after the other
 * gives: random events with ties, without channels and without amounts, under every option. */

#include "asked-project.h"
#include "attribution/attribution.h"
#include "attribution/credit-worker.h"
#include "stats/random.h"

#define N_PERSONS 400
#define MAX_EVENTS 14
#define DAYS 90
#define BEGIN G_GINT64_CONSTANT (1704067200) /* 2024-01-01 */
#define HOUR 3600
#define DAY 86400

static const char *const questions[][7] = {
  { NULL },
  { "lookback", "5d" },
  { "lookback", "20d", "since-last", "TRUE" },
  { "lookback", "3d", "first-only", "TRUE", "skip-direct", "TRUE" },
  { "lookback", "4d", "from", "2024-01-20", "to", "2024-02-10" },
  { "lookback", "9d", "from", "2024-01-25", "since-last", "TRUE" },
  { "touch", "visit,click", "conversion", "buy,visit", "lookback", "2d" },
};

/* Few hours to choose from, so that ends of windows are met and instants shared. */
static char *
make_events (void)
{
  static const char *const channels[] = { "ads", "direct", "email", "social", "-" };
  static const char *const events[] = { "visit", "visit", "click", "buy" };
  GString                 *text = g_string_new ("#key time:T event channel amount:m\n");
  MqRandom                 random;

  mq_random_init (&random, 5, 0);
  for (guint person = 0; person < N_PERSONS; person++)
    for (guint64 n = mq_random_below (&random, MAX_EVENTS); n > 0; n--)
      {
        const char *event = events[mq_random_below (&random, G_N_ELEMENTS (events))];
        const char *channel = channels[mq_random_below (&random, G_N_ELEMENTS (channels))];
        gint64      time = BEGIN + DAY * (gint64) mq_random_below (&random, DAYS) + HOUR * (gint64) mq_random_below (&random, 3);

        g_string_append_printf (text, "c%03u %" G_GINT64_FORMAT " %s %s %u\n", person, time, event, channel, (guint) mq_random_below (&random, 500));
      }
  return g_string_free (text, FALSE);
}

static GVariant *
make_settings (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) given = NULL;
  GVariant    *complete;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "period", "s", "all");
  g_variant_dict_insert (&dict, "conversion", "s", "buy");
  g_variant_dict_insert (&dict, "model", "s", "first,last,last-non-direct,linear,participation,u,time-decay,shapley,markov");
  for (; *words != NULL; words += 2)
    if (g_str_equal (words[1], "TRUE"))
      g_variant_dict_insert (&dict, words[0], "b", TRUE);
    else
      g_variant_dict_insert (&dict, words[0], "s", words[1]);
  given = g_variant_ref_sink (g_variant_dict_end (&dict));
  complete = mq_settings_complete (&mq_attribution_analysis, given, &error);
  g_assert_no_error (error);
  return complete;
}

static void
assert_same_transitions (const MqTransitions *a, const MqTransitions *b)
{
  gsize                    n, m;
  g_autofree MqTransition *one = mq_transitions_list (a, &n);
  g_autofree MqTransition *two = mq_transitions_list (b, &m);

  g_assert_cmpuint (n, ==, m);
  for (gsize i = 0; i < n; i++)
    g_assert_true (one[i].state == two[i].state && one[i].to == two[i].to && one[i].count == two[i].count);
}

static void
assert_same_sums (const MqCreditSums *a, const MqCreditSums *b)
{
  g_assert_cmpint (a->n_conversions, ==, b->n_conversions);
  g_assert_cmpint (a->n_touched, ==, b->n_touched);
  g_assert_cmpint (a->value, ==, b->value);
  g_assert_cmpint (a->value_touched, ==, b->value_touched);
  g_assert_cmpint (a->n_touches, ==, b->n_touches);
  g_assert_cmpint (a->n_ripe, ==, b->n_ripe);
  g_assert_cmpint (a->n_unripe, ==, b->n_unripe);
  g_assert_cmpint (a->unripe_touches, ==, b->unripe_touches);
  g_assert_cmpint (a->n_tied, ==, b->n_tied);
  assert_same_transitions (a->transitions, b->transitions);
}

static void
assert_same_shares (const MqCreditWorker *a, const MqCreditWorker *b)
{
  for (guint m = 0; m < a->sums.n_models; m++)
    for (guint c = 0; c < a->sums.n_channels; c++)
      {
        MqCreditShare one = mq_credit_worker_share (a, m, c), two = mq_credit_worker_share (b, m, c);

        g_assert_cmpfloat_with_epsilon (one.conversions, two.conversions, 1e-9);
        g_assert_cmpfloat_with_epsilon (one.value, two.value, 1e-6);
      }
}

static void
ask (MqDataset *dataset, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = make_settings (words);
  g_autoptr (MqTouchSource) source = NULL;
  g_auto (MqAttributionOptions) options = { 0 };
  g_auto (MqScope) scope = { 0 };
  g_auto (MqCreditWorker) at_once = { 0 };
  g_auto (MqCreditWorker) singly = { 0 };

  g_assert_true (mq_attribution_options_init (&options, settings, &error));
  g_assert_true (mq_scope_init (&scope, dataset, settings, NULL, NULL, &error));
  source = mq_touch_source_new (dataset, &scope, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mq_credit_worker_init (&at_once, source, &options) && mq_credit_worker_init (&singly, source, &options));
  g_assert_true (mq_credit_worker_is_plain (&at_once));
  g_assert_true (mq_credit_worker_add_plain (&at_once, 0, mq_touch_source_n_persons (source), &error));
  singly.reader.whole = TRUE;
  for (guint person = 0; person < mq_touch_source_n_persons (source); person++)
    g_assert_true (mq_credit_worker_add_person (&singly, person, &error));
  g_assert_cmpint (singly.sums.n_touched, >, 10);
  g_assert_cmpint (singly.sums.n_ripe, >, 10);
  assert_same_sums (&at_once.sums, &singly.sums);
  assert_same_shares (&at_once, &singly);
}

static void
test_same (void)
{
  Asked            asked;
  g_autofree char *events = make_events ();
  g_autoptr (GError) error = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, events);
  asked.dataset = mq_project_load (asked.project, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    ask (asked.dataset, questions[i]);
  asked_end (&asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credit-plain/same", test_same);
  return g_test_run ();
}
