/* mood-features.c: from a text to its n-grams; runs of Chinese are mood-chinese.c's, words mood-english.c's. */

#include "config.h"

#include "sentiment/mood-features.h"

#include <string.h>

#include "sentiment/mood-grams.h"
#include "sentiment/mood-word-cache.h"

#define MOST_BRACKET 8

static inline guint
table_of (const MqMoodFeatures *self)
{
  return self->chinese ? 0 : 1;
}

void
mq_mood_count_feeling (MqMoodFeatures *self, MqMoodTally *tally, MqWordKind kind, guint negators, gsize first, gsize end)
{
  int sign = negators % 2 == 1 ? -mq_mood_sign_of (kind) : mq_mood_sign_of (kind);

  tally->balance += sign;
  tally->hits++;
  if (tally->but)
    {
      tally->after_but += sign;
      tally->hits_after_but++;
    }
  mq_mood_add_gram (self, mq_mood_hash_gram (table_of (self), KIND_LISTED, kind * 4 + MIN (negators, 2)), first, end);
}

/* A sign at i that is no letter and no blank. Returns the next place to read. */
static gsize
read_sign (MqMoodFeatures *self, gsize i)
{
  const guint16 *u = self->text.units;
  gsize          n = self->text.n;

  if (u[i] == '[')
    for (gsize j = i + 1; j < n && j <= i + MOST_BRACKET; j++)
      if (u[j] == ']')
        {
          mq_mood_add_gram (self, mq_mood_hash_gram (table_of (self), KIND_BRACKET, MQ_MOOD_KEY (mq_mood_hash_word (u + i + 1, j - i - 1))), i, j + 1);
          break;
        }
  mq_mood_add_gram (self, mq_mood_hash_gram (table_of (self), KIND_SIGN, u[i]), i, i + 1);
  if (i + 1 < n && self->text.classes[i + 1] >= MQ_SIGN_STOP)
    mq_mood_add_gram (self, mq_mood_hash_gram (table_of (self), KIND_SIGNS, mq_mood_pair_at (self, i)), i, i + 2);
  return i + 1;
}

/* Of eight signs: a byte each, 0 if it is of the class. */
static inline guint64
compare_classes (const MqMoodText *text, gsize i, MqSignClass class)
{
  guint64 classes;

  memcpy (&classes, text->classes + i, sizeof classes);
  return GUINT64_FROM_LE (classes) ^ MQ_MOOD_EACH_BYTE * class;
}

/* The first letter from i on; text->n or more: there is none. */
static inline gsize
find_letter (const MqMoodText *text, gsize i)
{
  for (; i < text->n; i += 8)
    {
      guint64 others = compare_classes (text, i, MQ_SIGN_LETTER), letters = (others - MQ_MOOD_EACH_BYTE) & ~others & MQ_MOOD_EACH_BYTE << 7;

      if (letters != 0)
        return i + __builtin_ctzll (letters) / 8;
    }
  return i;
}

/* The first sign from i on that is not of the class. */
static inline gsize
end_of_class (const MqMoodText *text, gsize i, MqSignClass class)
{
  guint64 others;

  while ((others = compare_classes (text, i, class)) == 0)
    i += 8;
  return i + __builtin_ctzll (others) / 8;
}

/* Of the word that begins at i; an apostrophe between letters is part of it. */
static inline gsize
end_of_word (const MqMoodText *text, gsize i)
{
  i = end_of_class (text, i, MQ_SIGN_LETTER);
  while (text->units[i] == '\'' && text->classes[i + 1] == MQ_SIGN_LETTER)
    i = end_of_class (text, i + 1, MQ_SIGN_LETTER);
  return i;
}

/* Finds the words of a text before any of them is looked up, so that the cache can fetch them side by side. */
static void
find_words (MqMoodFeatures *self)
{
  const MqMoodText *text = &self->text;
  MqMoodWordPlace  *to;

  if (text->n / 2 + 1 > self->words_allocated)
    {
      self->words_allocated = text->n + 64;
      g_free (self->words);
      self->words = g_new (MqMoodWordPlace, self->words_allocated);
    }
  to = self->words;
  for (gsize first = find_letter (text, 0), end; first < text->n; first = find_letter (text, end))
    {
      guint64 hash;

      end = end_of_word (text, first);
      hash = mq_mood_hash_word (text->units + first, end - first);
      *to++ = (MqMoodWordPlace){ first, end, hash };
      if (self->cache != NULL)
        __builtin_prefetch (mq_mood_word_cache_pair (self->cache, hash));
    }
}

/* Room for every gram of the text: no sign has more than 9. */
static void
reserve (MqMoodFeatures *self)
{
  gsize most = self->text.n * 9 + 64;

  self->n = self->n_rows = 0;
  if (most <= self->allocated)
    return;
  self->allocated = most + most / 2;
  g_free (self->grams);
  g_free (self->spans);
  g_free (self->rows);
  self->grams = g_new (guint32, self->allocated);
  self->rows = self->marks != NULL ? g_new (guint32, self->allocated) : NULL;
  self->spans = self->with_spans ? g_new (MqMoodSpan, self->allocated) : NULL;
}

static void
add_dense (MqMoodFeatures *self, const MqMoodTally *tally)
{
  guint base = self->chinese ? 0 : MQ_MOOD_N_DENSE / 2, balance = CLAMP (tally->balance, -3, 3) + 3;

  self->n_dense = 0;
  self->dense[self->n_dense++] = base + (tally->hits == 0 ? 7 : balance);
  if (tally->but)
    self->dense[self->n_dense++] = base + 8 + (tally->hits_after_but == 0 ? 3 : CLAMP (tally->after_but, -1, 1) + 1);
}

void
mq_mood_features_read (MqMoodFeatures *self, const char *text, gsize length)
{
  MqMoodTally            tally = { 0 };
  MqMoodClause           clause = { 0 };
  const MqMoodWordPlace *word;

  mq_mood_words_prepare ();
  mq_mood_text_read (&self->text, text, length);
  self->chinese = mq_mood_text_is_chinese (&self->text);
  reserve (self);
  if (!self->chinese)
    find_words (self);
  word = self->words;
  for (gsize i = 0; i < self->text.n;)
    {
      gsize end = i + 1;

      if (self->text.classes[i] == MQ_SIGN_CJK)
        mq_mood_read_run (self, i, end = end_of_class (&self->text, i, MQ_SIGN_CJK), &tally);
      else if (self->text.classes[i] == MQ_SIGN_LETTER)
        {
          end = self->chinese ? end_of_word (&self->text, i) : word->end;
          if (self->chinese)
            mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_FOREIGN_WORD, MQ_MOOD_KEY (mq_mood_hash_word (self->text.units + i, end - i))), i, end);
          else
            mq_mood_read_word (self, word++, &clause, &tally);
        }
      else if (self->text.classes[i] != MQ_SIGN_SPACE)
        {
          if (self->text.classes[i] == MQ_SIGN_STOP)
            mq_mood_end_clause (&clause, &tally);
          end = read_sign (self, i);
        }
      i = end;
    }
  mq_mood_end_clause (&clause, &tally);
  add_dense (self, &tally);
}

void
mq_mood_features_clear (MqMoodFeatures *self)
{
  mq_mood_text_clear (&self->text);
  g_clear_pointer (&self->grams, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->spans, g_free);
  g_clear_pointer (&self->rows, g_free);
}
