/* mood-chinese.c: what the model sees of a run of Chinese characters. */

#include "config.h"

#include "sentiment/mood-grams.h"

#define REACH 6 /* characters that a negator reaches */

/* The n-grams that begin at i in a run that ends at `end`; those wholly before `hidden`, in a feeling that was negated, are
 * left out. Written whether they count or not: a store is cheaper than a jump that cannot be foreseen. */
static inline void
add_characters (MqMoodFeatures *self, gsize i, gsize end, gsize hidden)
{
  const guint16 *u = self->text.units + i;
  guint64        two = u[0] | (guint64) u[1] << 16;
  guint32        one = mq_mood_hash_gram (0, KIND_ONE, u[0]), pair = mq_mood_hash_gram (0, KIND_TWO, two), three = mq_mood_hash_gram (0, KIND_THREE, two | (guint64) u[2] << 32);
  gsize          n = self->n, n_one = i >= hidden, n_pair = i + 1 < end && i + 1 >= hidden, n_three = i + 2 < end && i + 2 >= hidden;
  guint32       *grams = self->grams + n;

  grams[0] = one;
  grams[n_one] = pair;
  grams[n_one + n_pair] = three;
  mq_mood_fetch (self, pair); /* single characters are few: their marks are near */
  mq_mood_fetch (self, three);
  if (self->with_spans)
    {
      self->spans[n] = (MqMoodSpan){ i, i + 1 };
      self->spans[n + n_one] = (MqMoodSpan){ i, i + 2 };
      self->spans[n + n_one + n_pair] = (MqMoodSpan){ i, i + 3 };
    }
  self->n = n + n_one + n_pair + n_three;
}

/* Grams of what follows a negator or a "but", i in the run that ends at `end`. */
static void
add_in_scope (MqMoodFeatures *self, gsize i, gsize end, guint negators, gboolean but)
{
  if (negators > 0)
    {
      guint64 doubled = negators > 1 ? G_GUINT64_CONSTANT (1) << 48 : 0;

      mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_NOT_ONE, self->text.units[i] | doubled), i, i + 1);
      if (i + 1 < end)
        mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_NOT_TWO, mq_mood_pair_at (self, i) | doubled), i, i + 2);
    }
  if (but && i + 1 < end)
    mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_BUT_TWO, mq_mood_pair_at (self, i)), i, i + 2);
}

/* All n-grams that begin in [i, whole), each with two more characters after it. */
static inline void
add_whole (MqMoodFeatures *self, gsize i, gsize whole, gboolean but)
{
  const guint16 *u = self->text.units;
  guint32       *grams = self->grams + self->n;

  for (; i < whole; i++)
    {
      guint64 two = u[i] | (guint64) u[i + 1] << 16;

      grams[0] = mq_mood_hash_gram (0, KIND_ONE, u[i]);
      grams[1] = mq_mood_hash_gram (0, KIND_TWO, two);
      grams[2] = mq_mood_hash_gram (0, KIND_THREE, two | (guint64) u[i + 2] << 32);
      mq_mood_fetch (self, grams[1]);
      mq_mood_fetch (self, grams[2]);
      grams += 3;
      if (!but)
        continue;
      *grams = mq_mood_hash_gram (0, KIND_BUT_TWO, two);
      mq_mood_fetch (self, *grams);
      grams++;
    }
  self->n = grams - self->grams;
}

/* What begins in [i, last) of a run that ends at `end`, where no word of the list begins and no negator is in force: the usual
 * case, in a loop that never has to choose. */
static void
add_stretch (MqMoodFeatures *self, gsize i, gsize last, gsize end, gboolean but)
{
  gsize whole = MIN (last, end >= 2 ? end - 2 : 0);

  if (i < whole && !self->with_spans)
    {
      if (but)
        add_whole (self, i, whole, TRUE);
      else
        add_whole (self, i, whole, FALSE);
      i = whole;
    }
  for (; i < last; i++)
    {
      add_characters (self, i, end, 0);
      add_in_scope (self, i, end, 0, but);
    }
}

/* The first place from i on where a word of the list begins, or the end; what kind it is and how long. */
static inline gsize
find_word (const guint16 *units, gsize i, gsize end, MqWordKind *kind, guint *length)
{
  guint32 first = mq_mood_word_places[units[i]], second = mq_mood_word_places[units[i + 1]];

  for (; i < end; i++)
    {
      guint32 third = mq_mood_word_places[units[i + 2]];

      if ((*kind = mq_mood_word_at (units + i, first, second, third, end - i, length)) != MQ_WORD_NONE)
        return i;
      first = second;
      second = third;
    }
  return end;
}

/* What goes from character to character of a run. */
typedef struct
{
  guint negators, reach;
  gsize hidden_end; /* of a feeling that was negated */
  gsize word_end;
} Scope;

/* One character, where a word of the list begins or something is in force. */
static void
read_character (MqMoodFeatures *self, gsize i, gsize end, MqWordKind kind, guint length, Scope *scope, MqMoodTally *tally)
{
  if (scope->reach == 0)
    scope->negators = 0;
  if (kind != MQ_WORD_NONE)
    scope->word_end = i + length;
  if (mq_mood_is_feeling (kind))
    {
      if (scope->negators % 2 == 1)
        scope->hidden_end = scope->word_end;
      mq_mood_count_feeling (self, tally, kind, scope->negators, i, scope->word_end);
    }
  add_characters (self, i, end, scope->hidden_end);
  if (i >= scope->word_end || kind != MQ_WORD_NOT)
    add_in_scope (self, i, end, scope->negators, tally->but);
  if (scope->reach > 0)
    scope->reach--;
  if (kind == MQ_WORD_NOT)
    {
      scope->negators++;
      scope->reach = REACH + length - 1;
    }
  else if (kind == MQ_WORD_BUT)
    {
      scope->reach = 0;
      *tally = (MqMoodTally){ tally->balance, 0, tally->hits, 0, TRUE };
    }
}

void
mq_mood_read_run (MqMoodFeatures *self, gsize first, gsize end, MqMoodTally *tally)
{
  Scope scope = { .word_end = first };

  if (end - first >= 2)
    {
      mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_FIRST, mq_mood_pair_at (self, first)), first, first + 2);
      mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_LAST, mq_mood_pair_at (self, end - 2)), end - 2, end);
    }
  for (gsize i = first; i < end; i++)
    {
      guint      length = 0;
      MqWordKind kind = MQ_WORD_NONE;

      if (scope.reach == 0 && i >= scope.hidden_end)
        {
          gsize next = find_word (self->text.units, MAX (i, scope.word_end), end, &kind, &length);

          add_stretch (self, i, next, end, tally->but);
          if ((i = next) >= end)
            break;
        }
      else if (i >= scope.word_end)
        kind = mq_mood_word_chinese (self->text.units + i, end - i, &length);
      read_character (self, i, end, kind, length, &scope, tally);
    }
}
