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

static inline void
store_gram (guint32 *to, guint kind, guint64 key, const guint8 *marks)
{
  *to = mq_mood_hash_gram (0, kind, key);
  __builtin_prefetch (marks + mq_mood_slot (*to));
}

/* How many of the last grams of `n` characters, `each` of a character, go beyond the end of the run, which is `behind` characters away. */
static inline guint
count_beyond (gsize n, gsize behind, guint each)
{
  if (n == 0 || behind >= 2)
    return 0;
  if (behind == 1)
    return 1;
  return n == 1 ? each : each + 1;
}

/* For scoring, the same as add_characters() and add_in_scope() for all of [i, last), in a loop that never has to choose: what goes
 * beyond the end is dropped afterwards. */
static inline void
add_for_scoring (MqMoodFeatures *self, gsize i, gsize last, gsize end, gboolean but)
{
  const guint16 *units = self->text.units;
  const guint8  *marks = self->marks;
  guint32       *rows = self->rows + self->n_rows, *grams = self->grams + self->n;
  gsize          n = last - i;

  for (; i < last; i++)
    {
      guint64 two = units[i] | (guint64) units[i + 1] << 16;

      *rows++ = MQ_MOOD_ROW_OF_CHARACTER (units[i]);
      if (but)
        store_gram (grams++, KIND_BUT_TWO, two, marks);
      store_gram (grams++, KIND_TWO, two, marks);
      store_gram (grams++, KIND_THREE, two | (guint64) units[i + 2] << 32, marks);
    }
  self->n_rows += n;
  self->n = grams - self->grams - count_beyond (n, end - last, but ? 3 : 2);
}

/* What begins in [i, last) of a run that ends at `end`, where no negator is in force. */
static void
add_stretch (MqMoodFeatures *self, gsize i, gsize last, gsize end, gboolean but)
{
  if (self->marks == NULL)
    for (; i < last; i++)
      {
        add_characters (self, i, end, 0);
        add_in_scope (self, i, end, 0, but);
      }
  else if (but)
    add_for_scoring (self, i, last, end, TRUE);
  else
    add_for_scoring (self, i, last, end, FALSE);
}

#define WINDOW 64

/* The words of a run, found one after the other. */
typedef struct
{
  const guint16 *units;
  gsize          end;
  gsize          first;      /* of a window of characters */
  guint64        candidates; /* a bit for each of them: a word could begin there */
} Search;

/* All at once: where words are is what no processor foresees. */
static inline void
search_window (Search *self, gsize first)
{
  const guint16 *units = self->units + first;
  guint          n = MIN (self->end - first, WINDOW);
  guint32        place = mq_mood_word_places[units[0]], next = mq_mood_word_places[units[1]];

  self->first = first;
  self->candidates = 0;
  for (guint k = 0; k < n; k++)
    {
      guint32 third = mq_mood_word_places[units[k + 2]];

      self->candidates |= (guint64) (mq_mood_word_lengths (place, next, third) != 0) << k;
      place = next;
      next = third;
    }
}

/* The first place from i on where a word of the list begins, or the end; what kind it is and how long. */
static inline gsize
find_word (Search *self, gsize i, MqWordKind *kind, guint *length)
{
  while (i < self->end)
    {
      if (i >= self->first + WINDOW)
        search_window (self, i);
      self->candidates &= G_MAXUINT64 << (i - self->first);
      if (self->candidates == 0)
        {
          i = self->first + WINDOW;
          continue;
        }
      i = self->first + __builtin_ctzll (self->candidates);
      if ((*kind = mq_mood_word_chinese (self->units + i, self->end - i, length)) != MQ_WORD_NONE)
        return i;
      i++;
    }
  return self->end;
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

/* From a negator or a "but" at i on, until nothing is in force any more. Returns the character after it; the last word that was read may
 * end later. */
static gsize
read_scope (MqMoodFeatures *self, gsize i, gsize end, MqWordKind kind, guint length, MqMoodTally *tally, gsize *word_end)
{
  Scope scope = { .word_end = i };

  do
    {
      read_character (self, i++, end, kind, length, &scope, tally);
      kind = MQ_WORD_NONE;
      if (i < end && i >= scope.word_end)
        kind = mq_mood_word_chinese (self->text.units + i, end - i, &length);
    }
  while (i < end && (scope.reach > 0 || i < scope.hidden_end));
  *word_end = scope.word_end;
  return i;
}

/* The grams of [first, end), by the words that change them. */
static void
read_words (MqMoodFeatures *self, gsize first, gsize end, MqMoodTally *tally)
{
  Search search = { .units = self->text.units, .end = end };
  gsize  i = first; /* the next word begins here, or later */

  search_window (&search, first);
  while (first < end)
    {
      MqWordKind kind = MQ_WORD_NONE;
      guint      length = 0;
      gsize      at = find_word (&search, i, &kind, &length);

      if (at < end && kind != MQ_WORD_NOT && kind != MQ_WORD_BUT)
        {
          i = at + length;
          if (mq_mood_is_feeling (kind))
            mq_mood_count_feeling (self, tally, kind, 0, at, i);
          continue;
        }
      add_stretch (self, first, at, end, tally->but);
      if (at == end)
        break;
      first = read_scope (self, at, end, kind, length, tally, &i);
      i = MAX (i, first);
    }
}

void
mq_mood_read_run (MqMoodFeatures *self, gsize first, gsize end, MqMoodTally *tally)
{
  if (end - first >= 2)
    {
      mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_FIRST, mq_mood_pair_at (self, first)), first, first + 2);
      mq_mood_add_gram (self, mq_mood_hash_gram (0, KIND_LAST, mq_mood_pair_at (self, end - 2)), end - 2, end);
    }
  read_words (self, first, end, tally);
}
