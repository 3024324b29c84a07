/* wording.c: the tables of phrases: topics, and which wording goes with a low rating or with an order. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "orders/order-book.h"
#include "sentiment/feedback-tables.h"
#include "sentiment/key-phrases.h"
#include "stats/interval.h"

#define Z 1.959963984540054
#define ORDER_DAYS 30

MqTable *
mq_topics_table (const MqFeedback *feedback, const GPtrArray *phrases)
{
  MqTableBuilder *builder = mq_table_builder_new ("topics", NULL, NULL);

  mq_table_builder_add_column (builder, "phrase", N_ ("Phrase"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "n", N_ ("Comments"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "negative", N_ ("Negative"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "rising", N_ ("Rising"), MQ_COLUMN_DOUBLE);
  for (guint i = 0; i < phrases->len; i++)
    {
      const MqPhrase *phrase = phrases->pdata[i];
      guint           n = phrase->comments->len, negative = 0;
      double          low, high;

      for (guint c = 0; c < n; c++)
        negative += mq_mood_label (mq_feedback_mood (feedback, g_array_index (phrase->comments, guint32, c))) == MQ_POLARITY_NEGATIVE;
      mq_wilson ((double) negative / n, n, &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, phrase->text);
      mq_table_builder_set_integer (builder, 1, n);
      mq_table_builder_set_double (builder, 2, (double) n / feedback->n);
      mq_table_builder_set_double (builder, 3, (double) negative / n);
      mq_table_builder_set_double (builder, 4, low);
      mq_table_builder_set_double (builder, 5, high);
      mq_table_builder_set_double (builder, 6, phrase->rising);
    }
  return mq_table_builder_finish (builder);
}

/* One test: a phrase and an outcome. */
typedef struct
{
  const char *phrase;
  const char *outcome;
  guint       n;
  double      odds, low, high, p, q;
} Test;

/* outcome: by comment, 0 no, 1 yes, 2 not known; all: how many of each. FALSE: there is nothing to compare. */
static gboolean
test_phrase (const MqPhrase *phrase, const guint8 *outcome, const gint64 *all, Test *test)
{
  double count[2][2], error, log_odds;
  gint64 with[3] = { 0 };

  for (guint i = 0; i < phrase->comments->len; i++)
    with[outcome[g_array_index (phrase->comments, guint32, i)]]++;
  for (guint k = 0; k < 2; k++)
    {
      count[1][k] = with[k];
      count[0][k] = all[k] - with[k];
    }
  if (count[1][0] + count[1][1] < 5 || count[0][0] + count[1][0] == 0 || count[0][1] + count[1][1] == 0)
    return FALSE;
  /* Haldane and Anscombe: half a case in each cell, so that none is empty */
  log_odds = log ((count[1][1] + 0.5) * (count[0][0] + 0.5) / ((count[1][0] + 0.5) * (count[0][1] + 0.5)));
  error = sqrt (1 / (count[1][1] + 0.5) + 1 / (count[0][0] + 0.5) + 1 / (count[1][0] + 0.5) + 1 / (count[0][1] + 0.5));
  test->n = count[1][0] + count[1][1];
  test->odds = exp (log_odds);
  test->low = exp (log_odds - Z * error);
  test->high = exp (log_odds + Z * error);
  test->p = erfc (fabs (log_odds / error) / sqrt (2));
  return TRUE;
}

/* Rated two stars of five or fewer: yes; four or more: no. NULL without error: there are no ratings. */
static guint8 *
find_low_ratings (const MqFeedback *feedback, const MqRun *run, GError **error)
{
  const MqColumn *rating = mq_dataset_column (feedback->dataset, MQ_KIND_FEEDBACK, "rating", run, error);
  guint8         *outcome;
  double          unit;

  if (rating == NULL || rating->type == MQ_VALUE_TEXT)
    return NULL;
  unit = rating->type == MQ_VALUE_INTEGER ? 1 : pow (10, rating->scale);
  outcome = g_new (guint8, MAX (feedback->n, 1));
  for (gsize i = 0; i < feedback->n; i++)
    {
      gint64 value = rating->values[feedback->comments[i].row];

      outcome[i] = value == MQ_VALUE_MISSING ? 2 : value <= 2 * unit ? 1
                                               : value >= 4 * unit   ? 0
                                                                     : 2;
    }
  return outcome;
}

/* Whether the person ordered within 30 days after; not known of nobody, and where 30 days have not passed. */
static guint8 *
find_orders (const MqFeedback *feedback, const MqRun *run, GError **error)
{
  const MqOrderBook *book = mq_order_book_get (feedback->dataset, run, error);
  guint8            *outcome;

  if (book == NULL || book->n_orders == 0)
    return NULL;
  outcome = g_new (guint8, MAX (feedback->n, 1));
  for (gsize i = 0; i < feedback->n; i++)
    {
      const MqComment *comment = &feedback->comments[i];
      gint64           until = comment->time + ORDER_DAYS * MQ_DAY_MICROSECONDS;

      outcome[i] = comment->person == MQ_NOBODY || until > book->newest ? 2 : 0;
      if (outcome[i] == 0)
        for (guint32 order = book->offsets[comment->person]; order < book->offsets[comment->person + 1]; order++)
          if (book->time[order] > comment->time && book->time[order] <= until && mq_order_status_counts (book->status[order]))
            outcome[i] = 1;
    }
  return outcome;
}

static void
add_tests (GArray *tests, const MqFeedback *feedback, const GPtrArray *phrases, const guint8 *outcome, const char *name)
{
  gint64 all[3] = { 0 };

  for (gsize i = 0; i < feedback->n && outcome != NULL; i++)
    all[outcome[i]]++;
  for (guint i = 0; i < phrases->len && outcome != NULL; i++)
    {
      const MqPhrase *phrase = phrases->pdata[i];
      Test            test = { .phrase = phrase->text, .outcome = name };

      if (test_phrase (phrase, outcome, all, &test))
        g_array_append_val (tests, test);
    }
}

static int
compare_tests_cb (gconstpointer a, gconstpointer b)
{
  const Test *x = a, *y = b;

  if (x->p != y->p)
    return x->p < y->p ? -1 : 1;
  return strcmp (x->phrase, y->phrase) != 0 ? strcmp (x->phrase, y->phrase) : strcmp (x->outcome, y->outcome);
}

/* Benjamini and Hochberg (1995); the tests are sorted by p. */
static void
adjust (GArray *tests)
{
  double least = 1;

  for (guint i = tests->len; i-- > 0;)
    {
      Test *test = &g_array_index (tests, Test, i);

      least = MIN (least, test->p * tests->len / (i + 1));
      test->q = least;
    }
}

static MqTable *
make_table (const GArray *tests)
{
  MqTableBuilder *builder = mq_table_builder_new ("wording", NULL, NULL);

  mq_table_builder_add_column (builder, "phrase", N_ ("Phrase"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "goes_with", N_ ("Goes with"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Comments"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "odds_ratio", N_ ("Odds ratio"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "p", N_ ("p"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "q", N_ ("q (all tests together)"), MQ_COLUMN_DOUBLE);
  for (guint i = 0; i < tests->len; i++)
    {
      const Test *test = &g_array_index (tests, Test, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, test->phrase);
      mq_table_builder_set_text (builder, 1, test->outcome);
      mq_table_builder_set_integer (builder, 2, test->n);
      mq_table_builder_set_double (builder, 3, test->odds);
      mq_table_builder_set_double (builder, 4, test->low);
      mq_table_builder_set_double (builder, 5, test->high);
      mq_table_builder_set_double (builder, 6, test->p);
      mq_table_builder_set_double (builder, 7, test->q);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_wording_table (const MqFeedback *feedback, const GPtrArray *phrases, const MqRun *run, GError **error)
{
  g_autoptr (GArray) tests = g_array_new (FALSE, TRUE, sizeof (Test));
  g_autoptr (GError) local = NULL;
  g_autofree guint8 *low = find_low_ratings (feedback, run, &local);
  g_autofree guint8 *orders = local == NULL ? find_orders (feedback, run, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  add_tests (tests, feedback, phrases, low, N_ ("a low rating"));
  add_tests (tests, feedback, phrases, orders, N_ ("an order within 30 days"));
  g_array_sort (tests, compare_tests_cb);
  adjust (tests);
  return make_table (tests);
}
