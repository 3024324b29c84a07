/* questions.c: the table of what is asked, and who asks it. */

#include "config.h"

#include "sentiment/questions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sentiment/answers.h"
#include "sentiment/question-groups.h"

/* The sentences that ask, in groups. */
typedef struct
{
  MqAskedSentences asked;
  GArray          *groups; /* (owned) (element-type MqQuestionGroup) */
  guint           *of;     /* (owned) by sentence: its group */
} Questions;

static void
clear_questions (Questions *self)
{
  mq_asked_sentences_clear (&self->asked);
  g_clear_pointer (&self->groups, g_array_unref);
  g_free (self->of);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Questions, clear_questions)

static gboolean
find_questions (Questions *self, const MqFeedback *feedback, const MqRun *run, GError **error)
{
  if (!mq_asked_sentences_init (&self->asked, feedback, run, error))
    return FALSE;
  self->of = g_new (guint, MAX (self->asked.sentences->len, 1));
  self->groups = mq_question_groups (&self->asked, self->of);
  return TRUE;
}

/* The wording that a group goes by. */
static const char *
text_of (const Questions *self, guint sentence)
{
  return g_array_index (self->asked.sentences, MqAskedSentence, sentence).text;
}

gboolean
mq_questions_keep (const MqFeedback *feedback, const char *question, guint8 *keep, const MqRun *run, GError **error)
{
  g_auto (Questions) questions = { 0 };
  g_autofree guint8 *asks_it = g_new0 (guint8, MAX (feedback->n, 1));

  if (!find_questions (&questions, feedback, run, error))
    return FALSE;
  for (guint i = 0; i < questions.asked.sentences->len; i++)
    {
      const MqQuestionGroup *group = &g_array_index (questions.groups, MqQuestionGroup, questions.of[i]);

      if (strcmp (text_of (&questions, group->leader), question) == 0)
        asks_it[g_array_index (questions.asked.sentences, MqAskedSentence, i).comment] = 1;
    }
  for (gsize i = 0; i < feedback->n; i++)
    keep[i] &= asks_it[i];
  return TRUE;
}

static int
compare_groups_cb (gconstpointer a, gconstpointer b)
{
  const MqQuestionGroup *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return x->leader < y->leader ? -1 : 1;
}

/* By group: the answer to its leader, else to the first of its wordings that has one. g_free; borrowed texts. */
static const char **
find_answers (const Questions *self, GHashTable *answers)
{
  const char **found = g_new0 (const char *, MAX (self->groups->len, 1));

  if (g_hash_table_size (answers) == 0)
    return found;
  for (guint i = 0; i < self->groups->len; i++)
    found[i] = mq_answers_find (answers, text_of (self, g_array_index (self->groups, MqQuestionGroup, i).leader));
  for (guint i = 0; i < self->asked.sentences->len; i++)
    if (found[self->of[i]] == NULL)
      found[self->of[i]] = mq_answers_find (answers, text_of (self, i));
  return found;
}

MqTable *
mq_questions_table (const MqFeedback *feedback, const MqScope *scope, guint most, const MqRun *run, GError **error)
{
  g_auto (Questions) questions = { 0 };
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_dataset_value (feedback->dataset, MQ_ANSWERS_VALUE));
  g_autofree const char **answer_of = NULL;
  MqTableBuilder         *builder;

  if (!find_questions (&questions, feedback, run, error))
    return NULL;
  answer_of = find_answers (&questions, answers);
  builder = mq_table_builder_new ("questions", NULL, NULL);
  g_array_sort (questions.groups, compare_groups_cb);
  mq_table_builder_add_column (builder, "question", N_ ("Question"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "n", N_ ("Asked"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "first", N_ ("First"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "last", N_ ("Last"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "example", N_ ("Another wording"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "answer", N_ ("Answer"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < MIN (questions.groups->len, most); i++)
    {
      const MqQuestionGroup *group = &g_array_index (questions.groups, MqQuestionGroup, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, text_of (&questions, group->leader));
      mq_table_builder_set_integer (builder, 1, group->n);
      mq_table_builder_set_integer (builder, 2, mq_zone_day (scope->zone, group->first, NULL));
      mq_table_builder_set_integer (builder, 3, mq_zone_day (scope->zone, group->last, NULL));
      mq_table_builder_set_text (builder, 4, group->other != MQ_QUESTION_NO_OTHER ? text_of (&questions, group->other) : NULL);
      mq_table_builder_set_text (builder, 5, answer_of[group->number]);
    }
  return mq_table_builder_finish (builder);
}
