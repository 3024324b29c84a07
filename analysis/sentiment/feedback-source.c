/* feedback-source.c: from the rows of feedback to comments. */

#include "config.h"

#include "sentiment/feedback-source.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "sentiment/stock-phrases.h"

/* Texts are numbered in their order, persons by their label. */
static int
compare_comments (const void *a, const void *b)
{
  const MqComment *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static void
count_stock (MqFeedback *self, const guint32 *stocked)
{
  self->stock = mq_stock_counts_new ();
  for (guint code = 0; code < mq_strings_length (self->texts); code++)
    if (stocked[code] > 0)
      mq_stock_counts_add (self->stock, mq_strings_get (self->texts, code), stocked[code]);
}

static gboolean
add_comments (MqFeedback *self, const MqFacts *facts, const MqColumn *text, const MqColumn *time, const MqScoredTexts *scored, const MqScope *scope, const MqFeedbackQuery *query, MqResult *result, const MqRun *run, GError **error)
{
  gboolean            any = mq_feedback_query_is_empty (query);
  g_autofree guint8  *matches = g_new0 (guint8, MAX (mq_strings_length (self->texts), 1)); /* 1 no, 2 yes */
  g_autofree guint32 *stocked = g_new0 (guint32, MAX (mq_strings_length (self->texts), 1));
  guint32             person = 0;
  gint64              future = 0, outside = 0, empty = 0, stock = 0, other = 0;

  for (gsize row = 0; row < facts->n_rows; row++)
    {
      guint32 code = text->codes[row];

      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      while (row >= facts->offsets[0] && person < facts->n_persons && row >= facts->offsets[person + 1])
        person++;
      if (time->values[row] > scope->as_of)
        future++;
      else if (time->values[row] > scope->to || (scope->from != MQ_TIME_MISSING && time->values[row] < scope->from))
        outside++;
      else if (code == MQ_CODE_MISSING)
        empty++;
      else if (scored->stock[code])
        {
          stocked[code]++;
          stock++;
        }
      else
        {
          if (!any && matches[code] == 0)
            {
              g_autofree char *folded = mq_feedback_fold (mq_strings_get (self->texts, code));

              matches[code] = mq_feedback_query_matches (query, folded) ? 2 : 1;
            }
          if (!any && matches[code] == 1)
            other++;
          else
            self->comments[self->n++] = (MqComment){ row, row < facts->offsets[0] ? MQ_NOBODY : person, 0, code, time->values[row], mq_strings_get (self->texts, code) };
        }
    }
  mq_result_leave_out (result, N_ ("after the as-of date"), future);
  mq_result_leave_out (result, N_ ("outside the period"), outside);
  mq_result_leave_out (result, N_ ("no text"), empty);
  mq_result_leave_out (result, N_ ("no comment"), stock);
  mq_result_leave_out (result, N_ ("does not match the query"), other);
  count_stock (self, stocked);
  return TRUE;
}

/* One number a person, one for each comment of nobody. */
static void
number_voices (MqFeedback *self, const MqFacts *facts, gboolean by_text)
{
  g_autofree guint32 *voices = g_new (guint32, (gsize) facts->n_persons + 1);

  for (guint person = 0; person < facts->n_persons; person++)
    voices[person] = MQ_NOBODY;
  for (gsize i = 0; i < self->n; i++)
    {
      MqComment *comment = &self->comments[i];

      self->n_linked += comment->person != MQ_NOBODY;
      if (by_text || comment->person == MQ_NOBODY)
        comment->voice = self->n_voices++;
      else
        {
          if (voices[comment->person] == MQ_NOBODY)
            voices[comment->person] = self->n_voices++;
          comment->voice = voices[comment->person];
        }
    }
}

gboolean
mq_feedback_init (MqFeedback *self, MqDataset *dataset, const MqScope *scope, const MqFeedbackQuery *query, gboolean by_text, MqResult *result, const MqRun *run, GError **error)
{
  const MqFacts       *facts = mq_dataset_facts (dataset, MQ_KIND_FEEDBACK, run, error);
  const MqColumn      *text, *time;
  const MqScoredTexts *scored;

  *self = (MqFeedback){ .dataset = dataset };
  if (facts == NULL)
    return FALSE;
  if (facts->n_rows == 0)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no feedback. Import a file of reviews or comments as feedback."));
      return FALSE;
    }
  text = mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "text", run, error);
  time = text != NULL ? mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "time", run, error) : NULL;
  scored = time != NULL ? mq_scored_texts_get (dataset, run, error) : NULL;
  if (scored == NULL)
    return FALSE;
  self->scored = scored;
  self->moods = scored->moods;
  self->texts = text->strings;
  self->comments = g_try_new (MqComment, facts->n_rows);
  if (self->comments == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is not enough memory for these comments."));
      return FALSE;
    }
  mq_result_provenance (result)->rows_read += facts->n_rows;
  if (!add_comments (self, facts, text, time, scored, scope, query, result, run, error))
    return FALSE;
  qsort (self->comments, self->n, sizeof *self->comments, compare_comments);
  number_voices (self, facts, by_text);
  return TRUE;
}

void
mq_feedback_clear (MqFeedback *self)
{
  g_clear_pointer (&self->comments, g_free);
  g_clear_pointer (&self->stock, g_hash_table_unref);
}
