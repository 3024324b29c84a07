/* phrase-tokens.c: reading comments as tokens; words are numbered as they are met. */

#include "config.h"

#include "sentiment/phrase-tokens.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sentiment/mood-text.h"

#define MOST_PACKED 12              /* letters that a key holds, 5 bits each */
#define IN_POOL ((guint64) 1 << 63) /* in a key: it is a hash, the word itself is in the pool */

/* A word; of those that their key does not hold, where it is in the pool. */
typedef struct
{
  gsize   first;
  guint32 n;
} Word;

typedef struct
{
  guint64 key;
  guint32 number; /* + 1; 0: free */
} Slot;

/* Open hashing of the words that were met. */
struct _MqTokenWords
{
  GArray *pool;  /* (owned) (element-type guint16) */
  GArray *words; /* (owned) (element-type Word) */
  Slot   *slots; /* (owned) */
  gsize   n_slots;
};

static MqTokenWords *
make_words (void)
{
  MqTokenWords *self = g_new0 (MqTokenWords, 1);

  self->pool = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  self->n_slots = 4096;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

static void
free_words (MqTokenWords *self)
{
  g_array_unref (self->pool);
  g_array_unref (self->words);
  g_free (self->slots);
  g_free (self);
}

static guint64
hash_units (const guint16 *units, gsize n)
{
  guint64 hash = n;

  for (gsize i = 0; i < n; i++)
    hash = (hash ^ units[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), hash ^= hash >> 29;
  return hash;
}

/* The word itself where it is short and of plain letters, as most are. */
static inline guint64
make_key (const guint16 *units, gsize n)
{
  guint64 key = 0;

  for (gsize i = 0; i < n && n <= MOST_PACKED; i++)
    {
      guint letter = units[i] - 'a';

      if (letter >= 26 && units[i] != '\'')
        return hash_units (units, n) | IN_POOL;
      key = key << 5 | (letter < 26 ? letter + 1 : 27);
    }
  return n <= MOST_PACKED ? key : hash_units (units, n) | IN_POOL;
}

static inline gboolean
is_word (const MqTokenWords *self, const Slot *slot, const guint16 *units, gsize n, guint64 key)
{
  const Word *word;

  if (slot->key != key || (key & IN_POOL) == 0)
    return slot->key == key;
  word = &g_array_index (self->words, Word, slot->number - 1);
  return word->n == n && memcmp (&g_array_index (self->pool, guint16, word->first), units, n * sizeof *units) == 0;
}

static inline gsize
home_of (const MqTokenWords *self, guint64 key)
{
  return (key ^ key >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 20 & (self->n_slots - 1);
}

static inline Slot *
find_slot (const MqTokenWords *self, const guint16 *units, gsize n, guint64 key)
{
  gsize slot = home_of (self, key);

  while (self->slots[slot].number != 0 && !is_word (self, &self->slots[slot], units, n, key))
    slot = (slot + 1) & (self->n_slots - 1);
  return &self->slots[slot];
}

static void
grow (MqTokenWords *self)
{
  gsize            n_old = self->n_slots;
  g_autofree Slot *old = g_steal_pointer (&self->slots);

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].number != 0)
      {
        gsize slot = home_of (self, old[i].key);

        while (self->slots[slot].number != 0)
          slot = (slot + 1) & (self->n_slots - 1);
        self->slots[slot] = old[i];
      }
}

static guint32
number_word (MqTokenWords *self, const guint16 *units, gsize n)
{
  guint64 key = make_key (units, n);
  Slot   *slot = find_slot (self, units, n, key);
  guint32 number = slot->number;

  if (number == 0)
    {
      Word word = { self->pool->len, n };

      if ((key & IN_POOL) != 0)
        g_array_append_vals (self->pool, units, n);
      g_array_append_val (self->words, word);
      number = self->words->len;
      *slot = (Slot){ key, number };
      if ((gsize) self->words->len * 2 > self->n_slots)
        grow (self);
    }
  return MQ_TOKEN_WORDS + number - 1;
}

/* The next token of a text from unit `*at` on: its units are [*first, *at). FALSE: there is none. */
static gboolean
next_token (const MqMoodText *text, gsize *first, gsize *at, MqSignClass *class)
{
  while (*at < text->n && text->classes[*at] == MQ_SIGN_SPACE)
    ++*at;
  if (*at >= text->n)
    return FALSE;
  *first = (*at)++;
  *class = text->classes[*first];
  while (*class == MQ_SIGN_LETTER && *at < text->n && (text->classes[*at] == MQ_SIGN_LETTER || (text->units[*at] == '\'' && text->classes[*at + 1] == MQ_SIGN_LETTER)))
    ++*at;
  return TRUE;
}

static void
add_token (MqPhraseTokens *self, guint32 token, guint32 owner)
{
  if (token == MQ_TOKEN_BREAK && (self->n == 0 || self->tokens[self->n - 1] == MQ_TOKEN_BREAK))
    return;
  self->tokens[self->n] = token;
  self->owner[self->n++] = owner;
}

static void
add_comment (MqPhraseTokens *self, const MqMoodText *text, guint32 owner)
{
  gsize first, at = 0;
  MqSignClass class;

  while (next_token (text, &first, &at, &class))
    add_token (self, class == MQ_SIGN_CJK ? text->units[first] : class == MQ_SIGN_LETTER ? number_word (self->words, text->units + first, at - first)
                                                                                         : MQ_TOKEN_BREAK,
               owner);
  add_token (self, MQ_TOKEN_BREAK, owner);
}

static gboolean
reserve (MqPhraseTokens *self, gsize *allocated, gsize more, GError **error)
{
  guint32 *tokens, *owner;

  if (self->n + more <= *allocated)
    return TRUE;
  *allocated = (self->n + more) * 3 / 2 + 65536;
  tokens = *allocated < G_MAXUINT32 ? g_try_renew (guint32, self->tokens, *allocated) : NULL;
  self->tokens = tokens != NULL ? tokens : self->tokens;
  owner = tokens != NULL ? g_try_renew (guint32, self->owner, *allocated) : NULL;
  self->owner = owner != NULL ? owner : self->owner;
  if (owner == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is not enough memory for these comments."));
  return owner != NULL;
}

gboolean
mq_phrase_tokens_init (MqPhraseTokens *self, const MqFeedback *feedback, const MqRun *run, GError **error)
{
  g_auto (MqMoodText) text = { 0 };
  gsize allocated = 0;

  *self = (MqPhraseTokens){ .feedback = feedback, .words = make_words () };
  for (gsize i = 0; i < feedback->n; i++)
    {
      if (i % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      mq_mood_text_read (&text, feedback->comments[i].text, strlen (feedback->comments[i].text));
      if (!reserve (self, &allocated, text.n + 1, error))
        return FALSE;
      add_comment (self, &text, i);
    }
  self->n_words = self->words->words->len;
  return TRUE;
}

void
mq_phrase_tokens_clear (MqPhraseTokens *self)
{
  g_clear_pointer (&self->tokens, g_free);
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->words, free_words);
}

guint32
mq_phrase_tokens_find (const MqPhraseTokens *self, const char *word)
{
  guint16 units[32];
  gsize   n = strlen (word);
  guint32 number;

  g_assert (n <= G_N_ELEMENTS (units));
  for (gsize i = 0; i < n; i++)
    units[i] = (guint8) word[i];
  number = find_slot (self->words, units, n, make_key (units, n))->number;
  return number != 0 ? MQ_TOKEN_WORDS + number - 1 : MQ_TOKEN_BREAK;
}

/* The comment is read again: phrases are few, and tokens need no place of their own. */
char *
mq_phrase_tokens_text (const MqPhraseTokens *self, gsize first, guint n)
{
  const MqComment *comment = &self->feedback->comments[self->owner[first]];
  g_auto (MqMoodText) text = { 0 };
  g_autofree char *cut = NULL;
  gsize            before = first, begin, unit, at = 0;
  MqSignClass class;
  guint32  from = 0;
  gboolean was_break = TRUE;

  while (before > 0 && self->owner[before - 1] == self->owner[first])
    before--;
  mq_mood_text_read (&text, comment->text, strlen (comment->text));
  for (gsize place = before; place < first + n && next_token (&text, &unit, &at, &class);)
    {
      gboolean is_break = class != MQ_SIGN_CJK && class != MQ_SIGN_LETTER;

      if (place == first && !is_break)
        from = text.offsets[unit];
      place += !is_break || !was_break;
      was_break = is_break;
    }
  begin = from;
  cut = g_strndup (comment->text + begin, text.offsets[at] - begin);
  return mq_feedback_fold (cut);
}
