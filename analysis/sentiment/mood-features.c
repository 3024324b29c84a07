/* mood-features.c: from the signs of a text to the rows of the model's table. */

#include "config.h"

#include "sentiment/mood-features.h"

#include <string.h>

#include "sentiment/mood-words.h"

#define CHINESE_SCOPE 6 /* characters that a negator reaches */
#define ENGLISH_SCOPE 4 /* words */
#define MOST_BRACKET 8

/* What kind of n-gram a row is of; part of the hash: never change a number. */
enum
{
  KIND_ONE = 1,
  KIND_TWO,
  KIND_THREE,
  KIND_FIRST,
  KIND_LAST,
  KIND_NOT_ONE,
  KIND_NOT_TWO,
  KIND_BUT_TWO,
  KIND_BRACKET,
  KIND_SIGN,
  KIND_SIGNS,
  KIND_WORD,
  KIND_WORDS,
  KIND_THREE_LETTERS,
  KIND_FOUR_LETTERS,
  KIND_FIVE_LETTERS,
  KIND_NOT_WORD,
  KIND_BUT_WORD,
  KIND_LISTED,
  KIND_FOREIGN_WORD,
};

/* How the listed words of a text add up. */
typedef struct
{
  int      balance;
  int      after_but; /* the balance since the last "but" */
  guint    hits;
  guint    hits_after_but;
  gboolean but;
} Tally;

static inline guint32
hash_row (guint table, guint kind, guint64 key)
{
  guint64 hash = (key ^ (guint64) kind << 56) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash ^= hash >> 29;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return table << MQ_MOOD_TABLE_BITS | (guint32) (hash >> (64 - MQ_MOOD_TABLE_BITS));
}

static inline void
add_row (MqMoodFeatures *self, guint32 row, gsize first, gsize end)
{
  self->rows[self->n] = row;
  if (self->table != NULL)
    __builtin_prefetch (self->table + (gsize) row * 16);
  if (self->with_spans)
    self->spans[self->n] = (MqMoodSpan){ first, end };
  self->n++;
}

static inline guint
table_of (const MqMoodFeatures *self)
{
  return self->chinese ? 0 : 1;
}

static gboolean
is_feeling (MqWordKind kind)
{
  return kind >= MQ_WORD_POSITIVE && kind <= MQ_WORD_VERY_NEGATIVE;
}

static int
sign_of (MqWordKind kind)
{
  return kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE ? 1 : -1;
}

/* A listed word under `negators` negators. */
static void
count_feeling (MqMoodFeatures *self, Tally *tally, MqWordKind kind, guint negators, gsize first, gsize end)
{
  int sign = negators % 2 == 1 ? -sign_of (kind) : sign_of (kind);

  tally->balance += sign;
  tally->hits++;
  if (tally->but)
    {
      tally->after_but += sign;
      tally->hits_after_but++;
    }
  add_row (self, hash_row (table_of (self), KIND_LISTED, kind * 4 + MIN (negators, 2)), first, end);
}

/* The n-grams that begin at i in a run that ends at b; hidden ones, wholly inside a feeling that was negated, are left out. */
static inline void
add_characters (MqMoodFeatures *self, gsize i, gsize b, gboolean hidden1, gboolean hidden2, gboolean hidden3)
{
  const guint16 *u = self->text.units + i;
  guint64        two = u[0] | (guint64) u[1] << 16;

  if (!hidden1)
    add_row (self, hash_row (0, KIND_ONE, u[0]), i, i + 1);
  if (i + 1 < b && !hidden2)
    add_row (self, hash_row (0, KIND_TWO, two), i, i + 2);
  if (i + 2 < b && !hidden3)
    add_row (self, hash_row (0, KIND_THREE, two | (guint64) u[2] << 32), i, i + 3);
}

static inline guint64
pair_at (const MqMoodFeatures *self, gsize i)
{
  return self->text.units[i] | (guint64) self->text.units[i + 1] << 16;
}

/* Rows that stand for what follows a negator or a "but", i in the run that ends at b. */
static void
add_in_scope (MqMoodFeatures *self, gsize i, gsize b, guint negators, gboolean but)
{
  if (negators > 0)
    {
      guint64 doubled = negators > 1 ? G_GUINT64_CONSTANT (1) << 48 : 0;

      add_row (self, hash_row (0, KIND_NOT_ONE, self->text.units[i] | doubled), i, i + 1);
      if (i + 1 < b)
        add_row (self, hash_row (0, KIND_NOT_TWO, pair_at (self, i) | doubled), i, i + 2);
    }
  if (but && i + 1 < b)
    add_row (self, hash_row (0, KIND_BUT_TWO, pair_at (self, i)), i, i + 2);
}

/* A run of Chinese characters [a, b). */
static void
read_run (MqMoodFeatures *self, gsize a, gsize b, Tally *tally)
{
  guint negators = 0, reach = 0;
  gsize hidden_end = 0, word_end = a;

  if (b - a >= 2)
    {
      add_row (self, hash_row (0, KIND_FIRST, pair_at (self, a)), a, a + 2);
      add_row (self, hash_row (0, KIND_LAST, pair_at (self, b - 2)), b - 2, b);
    }
  for (gsize i = a; i < b; i++)
    {
      guint      length = 0;
      MqWordKind kind = i >= word_end ? mq_mood_word_chinese (self->text.units + i, b - i, &length) : MQ_WORD_NONE;

      if (reach == 0)
        negators = 0;
      if (kind != MQ_WORD_NONE)
        word_end = i + length;
      if (is_feeling (kind))
        {
          if (negators % 2 == 1)
            hidden_end = word_end;
          count_feeling (self, tally, kind, negators, i, word_end);
        }
      add_characters (self, i, b, i < hidden_end, i + 1 < hidden_end, i + 2 < hidden_end);
      if (i >= word_end || kind != MQ_WORD_NOT)
        add_in_scope (self, i, b, negators, tally->but);
      if (reach > 0)
        reach--;
      if (kind == MQ_WORD_NOT)
        {
          negators++;
          reach = CHINESE_SCOPE + length - 1;
        }
      else if (kind == MQ_WORD_BUT)
        {
          reach = 0;
          *tally = (Tally){ tally->balance, 0, tally->hits, 0, TRUE };
        }
    }
}

guint
mq_mood_word_rows (const guint16 *word, gsize n, guint32 *rows, MqMoodSpan *spans)
{
  guint64 hash = 14695981039346656037u;
  guint8  letters[MQ_MOOD_WORD_MOST + 2 + 4] = { 0 };
  guint   count = 0, m = MIN (n, MQ_MOOD_WORD_MOST) + 2;

  for (gsize i = 0; i < n; i++)
    hash = (hash ^ word[i]) * 1099511628211u;
  if (spans != NULL)
    spans[count] = (MqMoodSpan){ 0, n };
  rows[count++] = hash_row (1, KIND_WORD, hash & G_GUINT64_CONSTANT (0x00ffffffffffffff));
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
          rows[count++] = hash_row (1, KIND_THREE_LETTERS + size - 3, key);
        }
    }
  return count;
}

static guint64
hash_word (const guint16 *word, gsize n)
{
  guint64 hash = 14695981039346656037u;

  for (gsize i = 0; i < n; i++)
    hash = (hash ^ word[i]) * 1099511628211u;
  return hash & G_GUINT64_CONSTANT (0x00ffffffffffffff);
}

static void
add_word_rows (MqMoodFeatures *self, gsize first, gsize end)
{
  guint32    rows[MQ_MOOD_WORD_ROWS];
  MqMoodSpan spans[MQ_MOOD_WORD_ROWS];
  guint      n;

  if (self->word_func != NULL)
    {
      self->word_func (self, self->text.units + first, end - first);
      return;
    }
  n = mq_mood_word_rows (self->text.units + first, end - first, rows, self->with_spans ? spans : NULL);
  for (guint i = 0; i < n; i++)
    add_row (self, rows[i], self->with_spans ? first + spans[i].first : 0, self->with_spans ? first + spans[i].end : 0);
}

/* What goes from word to word. */
typedef struct
{
  guint    negators, reach;
  gboolean could_not;
  gboolean bare;   /* the word before is a negator */
  guint64  before; /* hash of the word before; 0 at the begin of a clause */
  gsize    before_first, before_end;
} Words;

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

/* "far from", "have yet to", "used to" turn what follows round; "not only" does not; "could not" is "couldn't". */
static MqWordKind
join_words (const MqMoodFeatures *self, const Words *words, const guint16 *word, gsize n, MqWordKind kind)
{
  static const struct
  {
    const char *first, *second;
    MqWordKind  kind;
  } pairs[] = { { "far", "from", MQ_WORD_NOT }, { "yet", "to", MQ_WORD_NOT }, { "used", "to", MQ_WORD_NOT }, { "could", "not", MQ_WORD_COULD_NOT }, { "not", "only", MQ_WORD_NOT_OVER }, { "nothing", "but", MQ_WORD_NOT_OVER } };

  for (guint i = 0; words->before != 0 && i < G_N_ELEMENTS (pairs); i++)
    if (is_word (word, n, pairs[i].second) && is_word (self->text.units + words->before_first, words->before_end - words->before_first, pairs[i].first))
      return pairs[i].kind;
  return kind;
}

static gboolean
is_comparative (const guint16 *word, gsize n, MqWordKind kind)
{
  static const guint16 more[] = { 'm', 'o', 'r', 'e' }, enough[] = { 'e', 'n', 'o', 'u', 'g', 'h' };

  return (n == 4 && memcmp (word, more, sizeof more) == 0) || (n == 6 && memcmp (word, enough, sizeof enough) == 0) ||
         (n >= 5 && word[n - 1] == 'r' && word[n - 2] == 'e' && (kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE));
}

/* A word of an English text, [first, end). */
static void
read_word (MqMoodFeatures *self, gsize first, gsize end, Words *words, Tally *tally)
{
  const guint16 *word = self->text.units + first;
  MqWordKind     kind = mq_mood_word_english (word, end - first);
  guint64        hash = hash_word (word, end - first);

  if (kind == MQ_WORD_NONE && ends_with_nt (word, end - first))
    kind = MQ_WORD_NOT;
  kind = join_words (self, words, word, end - first, kind);
  if (kind == MQ_WORD_NOT_OVER || (kind == MQ_WORD_COULD_NOT && words->negators > 0))
    words->reach = 0; /* the negator before was none, or was half of this one */
  if (words->reach == 0)
    words->negators = 0, words->could_not = FALSE;
  if (words->could_not && (is_comparative (word, end - first, kind) || is_word (word, end - first, "worse")))
    {
      count_feeling (self, tally, is_word (word, end - first, "worse") ? MQ_WORD_VERY_NEGATIVE : MQ_WORD_VERY_POSITIVE, 0, first, end);
      words->reach = words->negators = 0;
      add_word_rows (self, first, end);
    }
  else if (is_feeling (kind) && words->negators % 2 == 1)
    {
      count_feeling (self, tally, kind, words->negators, first, end); /* the word itself would say the opposite */
      if (sign_of (kind) < 0)
        words->reach = 1; /* "never fails to impress" */
    }
  else
    {
      if (is_feeling (kind))
        count_feeling (self, tally, kind, words->negators, first, end);
      add_word_rows (self, first, end);
    }
  if (words->before != 0)
    add_row (self, hash_row (1, KIND_WORDS, (words->before * 31 + hash) & G_GUINT64_CONSTANT (0x00ffffffffffffff)), words->before_first, end);
  if (words->reach > 0 && words->negators > 0 && kind != MQ_WORD_NOT)
    add_row (self, hash_row (1, KIND_NOT_WORD, hash + MIN (words->negators, 2)), first, end);
  if (tally->but && kind != MQ_WORD_BUT)
    add_row (self, hash_row (1, KIND_BUT_WORD, hash), first, end);
  words->before = hash;
  words->before_first = first;
  words->before_end = end;
  words->bare = kind == MQ_WORD_NOT;
  if (words->reach > 0)
    words->reach--;
  if (kind == MQ_WORD_NOT || kind == MQ_WORD_COULD_NOT)
    {
      words->negators = is_word (word, end - first, "nor") ? 1 : words->negators + 1;
      words->reach = ENGLISH_SCOPE;
      words->could_not = kind == MQ_WORD_COULD_NOT;
    }
  else if (kind == MQ_WORD_BUT)
    {
      words->reach = 0;
      *tally = (Tally){ tally->balance, 0, tally->hits, 0, TRUE };
    }
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
          add_row (self, hash_row (table_of (self), KIND_BRACKET, hash_word (u + i + 1, j - i - 1)), i, j + 1);
          break;
        }
  add_row (self, hash_row (table_of (self), KIND_SIGN, u[i]), i, i + 1);
  if (i + 1 < n && self->text.classes[i + 1] >= MQ_SIGN_STOP)
    add_row (self, hash_row (table_of (self), KIND_SIGNS, pair_at (self, i)), i, i + 2);
  return i + 1;
}

static gsize
end_of_word (const MqMoodText *text, gsize i)
{
  while (i < text->n && (text->classes[i] == MQ_SIGN_LETTER || (text->units[i] == '\'' && text->classes[i + 1] == MQ_SIGN_LETTER)))
    i++;
  return i;
}

static gsize
end_of_run (const MqMoodText *text, gsize i)
{
  while (i < text->n && text->classes[i] == MQ_SIGN_CJK)
    i++;
  return i;
}

/* Room for every row of the text: no sign has more than 9. */
static void
reserve (MqMoodFeatures *self)
{
  gsize most = self->text.n * 9 + 64;

  self->n = 0;
  if (most <= self->allocated)
    return;
  self->allocated = most + most / 2;
  g_free (self->rows);
  g_free (self->spans);
  self->rows = g_new (guint32, self->allocated);
  self->spans = self->with_spans ? g_new (MqMoodSpan, self->allocated) : NULL;
}

static void
add_dense (MqMoodFeatures *self, const Tally *tally)
{
  guint base = self->chinese ? 0 : MQ_MOOD_N_DENSE / 2, balance = CLAMP (tally->balance, -3, 3) + 3;

  self->n_dense = 0;
  self->dense[self->n_dense++] = base + (tally->hits == 0 ? 7 : balance);
  if (tally->but)
    self->dense[self->n_dense++] = base + 8 + (tally->hits_after_but == 0 ? 3 : CLAMP (tally->after_but, -1, 1) + 1);
}

/* "I wanted to love it, but I don't": a negator that has nothing after it turns what was said before. */
static void
end_clause (Words *words, Tally *tally)
{
  if (words->bare && tally->but && tally->hits_after_but == 0 && tally->balance != 0)
    {
      int sign = tally->balance > 0 ? -1 : 1;

      tally->after_but += sign;
      tally->hits_after_but++;
      tally->balance = sign;
    }
  *words = (Words){ 0 };
}

void
mq_mood_features_read (MqMoodFeatures *self, const char *text, gsize length)
{
  Tally tally = { 0 };
  Words words = { 0 };

  mq_mood_text_read (&self->text, text, length);
  self->chinese = mq_mood_text_is_chinese (&self->text);
  reserve (self);
  for (gsize i = 0; i < self->text.n;)
    {
      gsize end = i + 1;

      if (self->text.classes[i] == MQ_SIGN_CJK)
        read_run (self, i, end = end_of_run (&self->text, i), &tally);
      else if (self->text.classes[i] == MQ_SIGN_LETTER)
        {
          end = end_of_word (&self->text, i);
          if (self->chinese)
            add_row (self, hash_row (0, KIND_FOREIGN_WORD, hash_word (self->text.units + i, end - i)), i, end);
          else
            read_word (self, i, end, &words, &tally);
        }
      else if (self->text.classes[i] != MQ_SIGN_SPACE)
        {
          if (self->text.classes[i] == MQ_SIGN_STOP)
            end_clause (&words, &tally);
          end = read_sign (self, i);
        }
      i = end;
    }
  end_clause (&words, &tally);
  add_dense (self, &tally);
}

void
mq_mood_features_clear (MqMoodFeatures *self)
{
  mq_mood_text_clear (&self->text);
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->spans, g_free);
}
