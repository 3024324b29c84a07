/* sentiment.c: the analysis sentiment: settings in, tables, provenance and words out. */

#include "config.h"

#include "sentiment/sentiment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/format.h"
#include "sentiment/comments-behind.h"
#include "sentiment/compared-moods.h"
#include "sentiment/key-phrases.h"
#include "sentiment/label-table.h"
#include "sentiment/latest-moods.h"
#include "sentiment/questions.h"
#include "sentiment/speakers.h"
#include "sentiment/stock-phrases.h"
#include "stats/interval.h"

#define VERSION 1
#define MOST_TOPICS 60
#define MOST_QUESTIONS 100
#define SEPARATOR " · "

static const MqSetting settings_list[] = {
  { "query", "s", NULL, NULL, N_ ("Only comments with these words: AND, OR, NOT, “quotes” and brackets; words side by side are AND") },
  { "by", "s", NULL, NULL, N_ ("Split by a field of the feedback, or of the customer") },
  { "trend", "s", "month", "day|week|month", N_ ("Length of a unit of the course; weeks are ISO weeks") },
  { "voice", "s", "person", "person|text", N_ ("What counts once: a person, with the mean of their comments, or every comment") },
  { "base", "s", "buyers", "buyers|customers|revenue", N_ ("Whom the comments are taken to speak for: buyers of the period, all customers, or turnover") },
  { "weights", "s", "orders", NULL, N_ ("Fields of the customers, with commas between, by which the mix is weighted to the base; orders is how many they placed") },
  { "texts", "b", NULL, NULL, N_ ("Add the table of all comments") },
  { "compare", "s", NULL, NULL, N_ ("Compare with the comments of this query; with compare-as-of, with those of another time") },
  { "customers", "s", NULL, "negative|neutral|positive|uncertain", N_ ("Add the table of the customers whose latest comments are of this mood") },
  { "behind", "as", NULL, NULL, N_ ("Only the table of the comments behind a figure: NAME=VALUE, repeated; label, emotion, group, period, phrase, question, customer, rating, linked or decided") },
  { NULL, NULL, NULL, NULL, NULL }
};

typedef struct
{
  MqDataset       *dataset; /* (borrowed) */
  const MqRun     *run;
  MqResult        *result; /* (borrowed) */
  GVariant        *settings;
  MqScope          scope;
  MqFeedbackQuery *query;
  MqFeedback       feedback;
  MqMix            all; /* of all voices */
  MqFeedbackGroups groups;
} Analysis;

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  g_clear_pointer (&self->query, mq_feedback_query_free);
  mq_feedback_clear (&self->feedback);
  mq_feedback_groups_clear (&self->groups);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

static gboolean
add_mixes (Analysis *self, GError **error)
{
  const char             *by = mq_settings_text (self->settings, "by");
  const MqFeedbackGroups *groups = *by != '\0' ? &self->groups : NULL;
  guint                   n = 1;
  g_autofree MqMix       *own = NULL;
  const MqMix            *mixes = &self->all;

  if (groups != NULL)
    {
      if (!mq_feedback_groups_init (&self->groups, &self->feedback, by, self->run, error))
        return FALSE;
      n = self->groups.names->len;
      mixes = own = g_new0 (MqMix, n);
      mq_feedback_mix (&self->feedback, self->groups.of, n, own);
    }
  mq_result_take_table (self->result, mq_feedback_mix_table (mixes, n, groups, FALSE));
  mq_result_take_table (self->result, mq_feedback_mix_table (mixes, n, groups, TRUE));
  return TRUE;
}

/* The same count of the other query, or of the other time, or both. */
static gboolean
add_comparison (Analysis *self, GError **error)
{
  const char *query = mq_settings_text (self->settings, "compare");
  gboolean    then = *mq_settings_text (self->settings, "compare-as-of") != '\0';
  g_autoptr (MqResult) unseen = mq_result_new ("sentiment", VERSION);
  g_autoptr (MqFeedbackQuery) other_query = NULL;
  g_auto (MqFeedback) other = { 0 };
  g_auto (MqScope) scope = { 0 };
  MqMix mix = { 0 };

  if (*query == '\0' && !then)
    return TRUE;
  other_query = mq_feedback_query_parse (*query != '\0' ? query : mq_settings_text (self->settings, "query"), *query != '\0' ? "compare" : "query", error);
  if (other_query == NULL || (then && !mq_scope_init_compare (&scope, &self->scope, self->settings, error)) ||
      !mq_feedback_init (&other, self->dataset, then ? &scope : &self->scope, other_query, g_str_equal (mq_settings_text (self->settings, "voice"), "text"), unseen, self->run, error))
    return FALSE;
  mq_feedback_mix (&other, NULL, 1, &mix);
  mq_compared_moods_add (&self->all, &mix, self->result);
  return TRUE;
}

static gboolean
add_ratings (Analysis *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  MqTable *ratings = mq_rated_moods_table (&self->feedback, self->run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (ratings != NULL)
    mq_result_take_table (self->result, ratings);
  return TRUE;
}

/* What reads all texts once more: side by side, for neither needs the other. */
typedef struct
{
  const Analysis *analysis;
  GPtrArray      *phrases;   /* (owned) (element-type MqPhrase) */
  MqTable        *questions; /* (owned) */
} Reading;

static gboolean
read_again_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Reading        *self = data;
  const Analysis *analysis = self->analysis;

  if (slice == 0)
    self->phrases = mq_key_phrases (&analysis->feedback, MOST_TOPICS, run, error);
  else
    self->questions = mq_questions_table (&analysis->feedback, &analysis->scope, MOST_QUESTIONS, run, error);
  return slice == 0 ? self->phrases != NULL : self->questions != NULL;
}

static gboolean
add_phrases (Analysis *self, GError **error)
{
  Reading  reading = { self, NULL, NULL };
  MqTable *wording = mq_run_parallel (self->run, 2, 1, read_again_cb, &reading, error) ? mq_wording_table (&self->feedback, reading.phrases, self->run, error) : NULL;
  gboolean done = wording != NULL;

  if (done)
    {
      mq_result_take_table (self->result, mq_topics_table (&self->feedback, reading.phrases));
      mq_result_take_table (self->result, g_steal_pointer (&reading.questions));
      mq_result_take_table (self->result, wording);
    }
  g_clear_pointer (&reading.phrases, g_ptr_array_unref);
  g_clear_pointer (&reading.questions, mq_table_unref);
  return done;
}

static gboolean
add_latest (Analysis *self, GError **error)
{
  const char *label = mq_settings_text (self->settings, "customers");
  MqTable    *latest, *customers;

  if (!mq_latest_moods_tables (self->dataset, self->scope.as_of, *label != '\0' ? label : NULL, &latest, &customers, self->run, error))
    return FALSE;
  mq_result_take_table (self->result, latest);
  if (customers != NULL)
    mq_result_take_table (self->result, customers);
  return TRUE;
}

static void
add_stock (Analysis *self)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (mq_dataset_value (self->dataset, MQ_STOCK_VALUE));

  mq_result_take_table (self->result, mq_stock_phrases_table (phrases, self->feedback.stock));
}

static gboolean
add_tables (Analysis *self, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (mq_settings_text (self->settings, "weights"), ",", -1);
  MqUnit unit;

  mq_unit_from_name (mq_settings_text (self->settings, "trend"), &unit);
  if (!add_mixes (self, error))
    return FALSE;
  mq_result_take_table (self->result, mq_feedback_trend_table (&self->feedback, &self->scope, unit));
  if (!mq_speakers_add (&self->feedback, &self->scope, mq_settings_text (self->settings, "base"), fields, self->result, self->run, error) ||
      !add_phrases (self, error) || !add_latest (self, error) || !add_comparison (self, error) || !add_ratings (self, error))
    return FALSE;
  mq_result_take_table (self->result, mq_corrections_table (self->feedback.scored));
  add_stock (self);
  if (mq_settings_flag (self->settings, "texts"))
    {
      MqTable *texts = mq_feedback_texts_table (&self->feedback, &self->scope, "texts", TRUE, self->run, error);

      if (texts == NULL)
        return FALSE;
      mq_result_take_table (self->result, texts);
    }
  return TRUE;
}

/* Who looks at the comments of one figure does not wait for the others. */
static gboolean
add_behind (Analysis *self, char **conditions, GError **error)
{
  MqTable *table;
  MqUnit   unit;

  mq_unit_from_name (mq_settings_text (self->settings, "trend"), &unit);
  if (!mq_comments_keep_behind (&self->feedback, conditions, mq_settings_text (self->settings, "by"), unit, &self->scope, self->run, error))
    return FALSE;
  table = mq_feedback_texts_table (&self->feedback, &self->scope, "behind", FALSE, self->run, error);
  if (table == NULL)
    return FALSE;
  mq_result_take_table (self->result, table);
  return TRUE;
}

static void
speak (Analysis *self)
{
  const MqMix     *mix = &self->all;
  g_autofree char *n = NULL, *negative = NULL, *positive = NULL;
  g_autofree char *period = mq_format_days (self->scope.from_day, self->scope.to_day);
  g_autoptr (GString) rules = g_string_new (NULL);

  n = mq_format_integer (mix->n);
  if (mix->n == 0)
    {
      mq_result_take_sentence (self->result, g_strdup (_ ("No comment matches.")));
      return;
    }
  negative = mq_format_share ((double) mix->labels[MQ_POLARITY_NEGATIVE] / mix->n, 0);
  positive = mq_format_share ((double) mix->labels[MQ_POLARITY_POSITIVE] / mix->n, 0);
  /* Translators: two shares and a number of voices */
  mq_result_take_sentence (self->result, g_strdup_printf (_ ("%s of the voices are negative, %s positive (n = %s)"), negative, positive, n));
  if (*mq_settings_text (self->settings, "query") != '\0')
    g_string_append_printf (rules, "%s" SEPARATOR, mq_settings_text (self->settings, "query"));
  g_string_append (rules, period);
  g_string_append_printf (rules, SEPARATOR "%s" SEPARATOR "%s" SEPARATOR "%s", g_str_equal (mq_settings_text (self->settings, "voice"), "person") ? _ ("one voice a person") : _ ("every comment a voice"), _ ("moods by a model; the intervals are for who spoke, not for the model’s errors"), mq_zone_name (self->scope.zone));
  mq_result_take_rules (self->result, g_string_free (g_steal_pointer (&rules), FALSE));
  if (mix->n < MQ_N_SMALL)
    mq_result_warn (self->result, _ ("Fewer than %d voices: the sample is too small."), MQ_N_SMALL);
}

static MqResult *
run_sentiment (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("sentiment", VERSION);
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_sentiment_analysis, settings, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result, .settings = complete };
  g_auto (GStrv) behind = NULL;

  if (complete == NULL)
    return NULL;
  mq_result_set_settings (result, complete);
  if ((self.query = mq_feedback_query_parse (mq_settings_text (complete, "query"), "query", error)) == NULL ||
      !mq_scope_init (&self.scope, dataset, complete, result, run, error) ||
      !mq_feedback_init (&self.feedback, dataset, &self.scope, self.query, g_str_equal (mq_settings_text (complete, "voice"), "text"), result, run, error))
    return NULL;
  behind = mq_settings_texts (complete, "behind");
  if (*behind != NULL)
    return add_behind (&self, behind, error) ? g_steal_pointer (&result) : NULL;
  mq_feedback_mix (&self.feedback, NULL, 1, &self.all);
  if (!add_tables (&self, error))
    return NULL;
  speak (&self);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_sentiment_analysis = {
  .id = "sentiment",
  .title = N_ ("Mood"),
  .version = VERSION,
  .settings = settings_list,
  .run = run_sentiment,
  .purpose = N_ ("What customers feel, about what, and whom they speak for"),
  .needs = MQ_KINDS (FEEDBACK),
  .gains = MQ_KINDS (ORDERS) | MQ_KINDS (CUSTOMERS),
};
