/* mood-english.c: what the model sees of a word of an English text, or of any other language that has letters. */

#include "config.h"

#include <string.h>

#include "sentiment/mood-grams.h"
#include "sentiment/mood-word-cache.h"

#define REACH 4 /* words that a negator reaches */

static gboolean
is_word (const guint16 *word, gsize n, const char *text)
{
  for (gsize i = 0; i < n; i++)
    if (text[i] == '\0' || word[i] != (guint8) text[i])
      return FALSE;
  return text[n] == '\0';
}

static gboolean
ends_with_nt (const guint16 *word, gsize n)
{
  return n >= 3 && word[n - 1] == 't' && word[n - 2] == '\'' && word[n - 3] == 'n';
}

static gboolean
is_comparative (const guint16 *word, gsize n, MqWordKind kind)
{
  return is_word (word, n, "more") || is_word (word, n, "enough") ||
         (n >= 5 && word[n - 1] == 'r' && word[n - 2] == 'e' && (kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE));
}

/* "far from", "have yet to", "used to" turn what follows round; "not only" does not; "could not" is "couldn't". */
static const struct
{
  const char *first, *second;
  MqWordKind  kind;
} joined[] = { { "far", "from", MQ_WORD_NOT }, { "yet", "to", MQ_WORD_NOT }, { "used", "to", MQ_WORD_NOT }, { "could", "not", MQ_WORD_COULD_NOT }, { "not", "only", MQ_WORD_NOT_OVER }, { "nothing", "but", MQ_WORD_NOT_OVER } };

void
mq_mood_word_read (MqMoodWord *self, const guint16 *word, gsize n, guint64 hash)
{
  self->hash = hash;
  self->kind = mq_mood_word_english (hash, n);
  if (self->kind == MQ_WORD_NONE && ends_with_nt (word, n))
    self->kind = MQ_WORD_NOT;
  self->leads = self->follows = 0;
  for (guint i = 0; i < G_N_ELEMENTS (joined); i++)
    {
      self->leads |= is_word (word, n, joined[i].first) ? 1 << i : 0;
      self->follows |= is_word (word, n, joined[i].second) ? 1 << i : 0;
    }
  self->quirk = is_word (word, n, "worse")             ? MQ_QUIRK_WORSE
                : is_word (word, n, "nor")             ? MQ_QUIRK_NOR
                : is_comparative (word, n, self->kind) ? MQ_QUIRK_MORE
                                                       : MQ_QUIRK_NONE;
}

/* What a word is after the one before. */
static inline MqWordKind
join_words (const MqMoodClause *clause, const MqMoodWord *word)
{
  guint both = clause->leads & word->follows;

  return both != 0 ? joined[g_bit_nth_lsf (both, -1)].kind : word->kind;
}

guint
mq_mood_word_grams (const guint16 *word, gsize n, guint64 hash, guint32 *grams, MqMoodSpan *spans)
{
  guint8 letters[MQ_MOOD_WORD_MOST + 2 + 4] = { 0 };
  guint  count = 0, m = MIN (n, MQ_MOOD_WORD_MOST) + 2;

  if (spans != NULL)
    spans[count] = (MqMoodSpan){ 0, n };
  grams[count++] = mq_mood_hash_gram (1, KIND_WORD, MQ_MOOD_KEY (hash));
  letters[0] = '<';
  for (guint i = 1; i + 1 < m; i++)
    letters[i] = word[i - 1];
  letters[m - 1] = '>';
  for (guint i = 0; i + 3 <= m; i++)
    {
      guint64 key = letters[i] | letters[i + 1] << 8 | (guint32) letters[i + 2] << 16;

      for (guint size = 3; size <= 5 && i + size <= m; size++)
        {
          if (size > 3)
            key |= (guint64) letters[i + size - 1] << (8 * (size - 1));
          if (spans != NULL)
            spans[count] = (MqMoodSpan){ i > 0 ? i - 1 : 0, MIN (i + size - 1, m - 2) };
          grams[count++] = mq_mood_hash_gram (1, KIND_THREE_LETTERS + size - 3, key);
        }
    }
  return count;
}

/* The grams that the word always has; with a cache, what they add up to. */
static void
add_word (MqMoodFeatures *self, const MqMoodWord *word, gsize first, gsize end)
{
  MqMoodSpan spans[MQ_MOOD_WORD_GRAMS];

  if (self->cache != NULL)
    {
      mq_mood_word_cache_add (self->cache, word);
      return;
    }
  for (guint i = 0, n = mq_mood_word_grams (self->text.units + first, end - first, word->hash, self->grams + self->n, self->with_spans ? spans : NULL); i < n; i++, self->n++)
    if (self->with_spans)
      self->spans[self->n] = (MqMoodSpan){ first + spans[i].first, first + spans[i].end };
}

/* The word and how it feels. */
static void
feel_word (MqMoodFeatures *self, const MqMoodWord *word, MqWordKind kind, gsize first, gsize end, MqMoodClause *clause, MqMoodTally *tally)
{
  if (clause->could_not && (word->quirk == MQ_QUIRK_MORE || word->quirk == MQ_QUIRK_WORSE))
    {
      mq_mood_count_feeling (self, tally, word->quirk == MQ_QUIRK_WORSE ? MQ_WORD_VERY_NEGATIVE : MQ_WORD_VERY_POSITIVE, 0, first, end);
      clause->reach = clause->negators = 0;
      add_word (self, word, first, end);
    }
  else if (mq_mood_is_feeling (kind) && clause->negators % 2 == 1)
    {
      mq_mood_count_feeling (self, tally, kind, clause->negators, first, end); /* the word itself would say the opposite */
      if (mq_mood_sign_of (kind) < 0)
        clause->reach = 1; /* "never fails to impress" */
    }
  else
    {
      if (mq_mood_is_feeling (kind))
        mq_mood_count_feeling (self, tally, kind, clause->negators, first, end);
      add_word (self, word, first, end);
    }
}

/* What the word does to those after it. */
static inline void
turn (const MqMoodWord *word, MqWordKind kind, MqMoodClause *clause, MqMoodTally *tally)
{
  if (clause->reach > 0)
    clause->reach--;
  if (kind == MQ_WORD_NOT || kind == MQ_WORD_COULD_NOT)
    {
      clause->negators = word->quirk == MQ_QUIRK_NOR ? 1 : clause->negators + 1;
      clause->reach = REACH;
      clause->could_not = kind == MQ_WORD_COULD_NOT;
    }
  else if (kind == MQ_WORD_BUT)
    {
      clause->reach = 0;
      *tally = (MqMoodTally){ tally->balance, 0, tally->hits, 0, TRUE };
    }
}

void
mq_mood_read_word (MqMoodFeatures *self, const MqMoodWordPlace *place, MqMoodClause *clause, MqMoodTally *tally)
{
  gsize             first = place->first, end = place->end;
  MqMoodWord        own;
  guint64           hash = place->hash;
  const MqMoodWord *word = &own;
  MqWordKind        kind;

  if (self->cache != NULL)
    word = mq_mood_word_cache_find (self->cache, self->text.units + first, end - first, hash);
  else
    {
      mq_mood_word_read (&own, self->text.units + first, end - first, hash);
    }
  kind = join_words (clause, word);
  if (kind == MQ_WORD_NOT_OVER || (kind == MQ_WORD_COULD_NOT && clause->negators > 0))
    clause->reach = 0; /* the negator before was none, or was half of this one */
  if (clause->reach == 0)
    clause->negators = 0, clause->could_not = FALSE;
  feel_word (self, word, kind, first, end, clause, tally);
  hash = MQ_MOOD_KEY (hash);
  if (clause->has_before)
    mq_mood_add_gram (self, mq_mood_hash_gram (1, KIND_WORDS, MQ_MOOD_KEY (clause->before * 31 + hash)), clause->before_first, end);
  if (clause->reach > 0 && clause->negators > 0 && kind != MQ_WORD_NOT)
    mq_mood_add_gram (self, mq_mood_hash_gram (1, KIND_NOT_WORD, hash + MIN (clause->negators, 2)), first, end);
  if (tally->but && kind != MQ_WORD_BUT)
    mq_mood_add_gram (self, mq_mood_hash_gram (1, KIND_BUT_WORD, hash), first, end);
  clause->has_before = TRUE;
  clause->before = hash;
  clause->before_first = first;
  clause->leads = word->leads;
  clause->bare = kind == MQ_WORD_NOT;
  turn (word, kind, clause, tally);
}

void
mq_mood_end_clause (MqMoodClause *clause, MqMoodTally *tally)
{
  if (clause->bare && tally->but && tally->hits_after_but == 0 && tally->balance != 0)
    {
      int sign = tally->balance > 0 ? -1 : 1;

      tally->after_but += sign;
      tally->hits_after_but++;
      tally->balance = sign;
    }
  *clause = (MqMoodClause){ 0 };
}
