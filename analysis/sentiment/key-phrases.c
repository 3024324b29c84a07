/* key-phrases.c: phrases grow by one token at a time from those that are frequent enough. */

#include "config.h"

#include "sentiment/key-phrases.h"

#include <math.h>
#include <string.h>

#include "sentiment/mood-text.h"

#define MOST_CHARACTERS 5
#define MOST_WORDS 3
#define LEAST_COMMENTS 3
#define LEAST_ASSOCIATION 1.5 /* bits */
#define LEAST_ENTROPY 0.8     /* bits */
#define BREAK 0
#define WORD_BASE 0x10000 /* tokens from here on are words, below characters */

/* Comments as tokens, one after another, a BREAK between runs. */
typedef struct
{
  GArray     *tokens; /* guint32 */
  GArray     *owner;  /* guint32: comment of each */
  GArray     *from;   /* guint32: byte of the text */
  GArray     *to;
  GHashTable *words; /* text to token */
} Tokens;

/* A candidate: its tokens are those at `at`, `length` of them. */
typedef struct
{
  guint32 at;
  guint32 length;
  guint32 count;    /* occurrences */
  guint32 comments; /* with it */
  guint32 last;     /* comment seen last + 1 */
} Gram;

static guint
hash_gram (const guint32 *tokens, guint n)
{
  guint64 hash = n;

  for (guint i = 0; i < n; i++)
    hash = (hash ^ tokens[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), hash ^= hash >> 29;
  return hash ^ hash >> 32;
}

/* Open hashing of grams of one length. */
typedef struct
{
  const guint32 *tokens;
  guint          length;
  GArray        *grams; /* Gram */
  guint64       *slots; /* hash and index + 1: most that is not sought is told by its hash alone; 0: free */
  guint          n_slots;
} Level;

static void
level_init (Level *self, const Tokens *tokens, guint length)
{
  *self = (Level){ (const guint32 *) (gpointer) tokens->tokens->data, length, g_array_new (FALSE, FALSE, sizeof (Gram)), NULL, 1024 };
  self->slots = g_new0 (guint64, self->n_slots);
}

static void
level_clear (Level *self)
{
  g_clear_pointer (&self->grams, g_array_unref);
  g_clear_pointer (&self->slots, g_free);
}

static gboolean
is_gram (const Level *self, guint index, const guint32 *tokens)
{
  const guint32 *own = self->tokens + g_array_index (self->grams, Gram, index).at;
  guint          i = 0;

  while (i < self->length && own[i] == tokens[i])
    i++;
  return i == self->length;
}

static inline guint
get_index (guint64 slot)
{
  return (guint32) slot - 1;
}

static guint
find_slot (const Level *self, const guint32 *tokens, guint32 hash)
{
  guint slot = hash & (self->n_slots - 1);

  for (; self->slots[slot] != 0; slot = (slot + 1) & (self->n_slots - 1))
    if (self->slots[slot] >> 32 == hash && is_gram (self, get_index (self->slots[slot]), tokens))
      break;
  return slot;
}

static Gram *
find_gram (const Level *self, const guint32 *tokens)
{
  guint slot = find_slot (self, tokens, hash_gram (tokens, self->length));

  return self->slots[slot] != 0 ? &g_array_index (self->grams, Gram, get_index (self->slots[slot])) : NULL;
}

static void
put_gram (Level *self, guint slot, guint index, guint32 hash)
{
  self->slots[slot] = (guint64) hash << 32 | (index + 1);
}

static void
grow (Level *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint64, self->n_slots);
  for (guint i = 0; i < self->grams->len; i++)
    {
      const guint32 *tokens = self->tokens + g_array_index (self->grams, Gram, i).at;
      guint32        hash = hash_gram (tokens, self->length);

      put_gram (self, find_slot (self, tokens, hash), i, hash);
    }
}

static void
count_gram (Level *self, guint32 at, guint32 owner)
{
  guint32 hash = hash_gram (self->tokens + at, self->length);
  guint   slot = find_slot (self, self->tokens + at, hash);
  Gram   *gram;

  if (self->slots[slot] == 0)
    {
      Gram new_gram = { .at = at, .length = self->length };

      put_gram (self, slot, self->grams->len, hash);
      g_array_append_val (self->grams, new_gram);
      if (self->grams->len * 2 > self->n_slots)
        {
          grow (self);
          slot = find_slot (self, self->tokens + at, hash);
        }
    }
  gram = &g_array_index (self->grams, Gram, get_index (self->slots[slot]));
  gram->count++;
  gram->comments += gram->last != owner + 1;
  gram->last = owner + 1;
}

static void
add_token (Tokens *self, guint32 token, guint32 owner, guint32 from, guint32 to)
{
  if (token == BREAK && (self->tokens->len == 0 || g_array_index (self->tokens, guint32, self->tokens->len - 1) == BREAK))
    return;
  g_array_append_val (self->tokens, token);
  g_array_append_val (self->owner, owner);
  g_array_append_val (self->from, from);
  g_array_append_val (self->to, to);
}

static guint32
number_word (Tokens *self, const guint16 *word, gsize n)
{
  g_autofree char *text = g_utf16_to_utf8 (word, n, NULL, NULL, NULL);
  gpointer         number;

  if (text == NULL)
    return BREAK;
  number = g_hash_table_lookup (self->words, text);
  if (number == NULL)
    {
      number = GUINT_TO_POINTER (WORD_BASE + g_hash_table_size (self->words));
      g_hash_table_insert (self->words, g_steal_pointer (&text), number);
    }
  return GPOINTER_TO_UINT (number);
}

static void
read_tokens (Tokens *self, const MqFeedback *feedback)
{
  g_auto (MqMoodText) text = { 0 };

  for (gsize i = 0; i < feedback->n; i++)
    {
      mq_mood_text_read (&text, feedback->comments[i].text, strlen (feedback->comments[i].text));
      for (gsize j = 0, end; j < text.n; j = end)
        {
          end = j + 1;
          if (text.classes[j] == MQ_SIGN_CJK)
            add_token (self, text.units[j], i, text.offsets[j], text.offsets[end]);
          else if (text.classes[j] == MQ_SIGN_LETTER)
            {
              while (end < text.n && (text.classes[end] == MQ_SIGN_LETTER || (text.units[end] == '\'' && text.classes[end + 1] == MQ_SIGN_LETTER)))
                end++;
              add_token (self, number_word (self, text.units + j, end - j), i, text.offsets[j], text.offsets[end]);
            }
          else if (text.classes[j] != MQ_SIGN_SPACE)
            add_token (self, BREAK, i, text.offsets[j], text.offsets[end]);
        }
      add_token (self, BREAK, i, 0, 0);
    }
}

static gboolean
is_stop (const Tokens *self, guint32 token, GHashTable *stop_words)
{
  static const char characters[] = "的了是在我你他她它们这那就都也很不没有和与及或而且但把被给到得地着过吗呢啊吧呀哦个一之其所为以于从对让还又再才只太真非常会能可要想说来去上下里用买";

  if (token >= WORD_BASE)
    return g_hash_table_contains (stop_words, GUINT_TO_POINTER (token));
  {
    char utf8[7] = { 0 };

    g_unichar_to_utf8 (token, utf8);
    return strstr (characters, utf8) != NULL;
  }
}

static GHashTable *
find_stop_words (Tokens *self)
{
  static const char *const words[] = { "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "for", "with", "is", "was", "are", "were", "be", "been", "it", "its", "it's", "this", "that", "i", "my", "me", "we", "our", "you", "your", "they", "their", "he", "she", "as", "at", "so", "very", "not", "no", "have", "has", "had", "do", "did", "does", "from", "by", "if", "than", "too", "there", "when", "what", "how", "all", "just", "would", "will", "can", "could", "again", "also", "am", "them", "one", "out", "up", "i'm", "don't", "after", "before", "get", "got", NULL };
  GHashTable              *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gpointer number = g_hash_table_lookup (self->words, words[i]);

      if (number != NULL)
        g_hash_table_add (set, number);
    }
  return set;
}

/* Of one kind - characters or words - and without a break. */
static gboolean
is_whole (const guint32 *tokens, guint n)
{
  for (guint i = 0; i < n; i++)
    if (tokens[i] == BREAK || (tokens[i] >= WORD_BASE) != (tokens[0] >= WORD_BASE))
      return FALSE;
  return n <= (tokens[0] >= WORD_BASE ? MOST_WORDS : MOST_CHARACTERS);
}

static gboolean
count_levels (const Tokens *tokens, Level *levels, guint least, const MqRun *run, GError **error)
{
  const guint32 *at = (const guint32 *) (gpointer) tokens->tokens->data;

  for (guint length = 1; length <= MOST_CHARACTERS; length++)
    {
      level_init (&levels[length], tokens, length);
      for (guint i = 0; i + length <= tokens->tokens->len; i++)
        {
          const Gram *part;

          if (i % 65536 == 0 && !mq_run_check (run, error))
            return FALSE;
          if (!is_whole (at + i, length))
            continue;
          if (length > 1 && ((part = find_gram (&levels[length - 1], at + i)) == NULL || part->comments < least ||
                             (part = find_gram (&levels[length - 1], at + i + 1)) == NULL || part->comments < least))
            continue;
          count_gram (&levels[length], i, g_array_index (tokens->owner, guint32, i));
        }
    }
  return TRUE;
}

/* How much more often than by chance its parts stand together, at the weakest place, in bits. */
static double
measure_association (const Level *levels, const guint32 *tokens, guint length, double all)
{
  double count = find_gram (&levels[length], tokens)->count, weakest = INFINITY;

  for (guint cut = 1; cut < length; cut++)
    {
      double left = find_gram (&levels[cut], tokens)->count, right = find_gram (&levels[length - cut], tokens + cut)->count;

      weakest = MIN (weakest, log2 (count * all / (left * right)));
    }
  return weakest;
}

static int
compare_tokens (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Entropy of a list of neighbours, in bits; each break is another neighbour. */
static double
measure_entropy (GArray *neighbours)
{
  guint32 *list = (guint32 *) (gpointer) neighbours->data;
  double   entropy = 0;

  qsort (list, neighbours->len, sizeof *list, compare_tokens);
  for (guint i = 0, end; i < neighbours->len; i = end)
    {
      double p;

      for (end = i + 1; end < neighbours->len && list[end] == list[i];)
        end++;
      p = (double) (end - i) / neighbours->len;
      entropy += list[i] == BREAK ? p * log2 (neighbours->len) : -p * log2 (p);
    }
  return entropy;
}

static void
free_phrase (gpointer data)
{
  MqPhrase *phrase = data;

  g_free (phrase->text);
  g_array_unref (phrase->comments);
  g_free (phrase);
}

/* Where a candidate stands, and what is beside it. Its index among the grams of its length is the key. */
typedef struct
{
  GArray *left, *right, *comments;
} Places;

static Places *
collect_places (const Tokens *tokens, const Level *level, guint least)
{
  const guint32 *at = level->tokens;
  Places        *places = g_new0 (Places, MAX (level->grams->len, 1));

  for (guint i = 0; i + level->length <= tokens->tokens->len; i++)
    {
      guint64 slot;
      Places *place;
      guint32 owner = g_array_index (tokens->owner, guint32, i);

      if (!is_whole (at + i, level->length))
        continue;
      slot = level->slots[find_slot (level, at + i, hash_gram (at + i, level->length))];
      if (slot == 0 || g_array_index (level->grams, Gram, get_index (slot)).comments < least)
        continue;
      place = &places[get_index (slot)];
      if (place->left == NULL)
        *place = (Places){ g_array_new (FALSE, FALSE, 4), g_array_new (FALSE, FALSE, 4), g_array_new (FALSE, FALSE, 4) };
      g_array_append_vals (place->left, i > 0 ? &at[i - 1] : &(guint32){ BREAK }, 1);
      g_array_append_vals (place->right, i + level->length < tokens->tokens->len ? &at[i + level->length] : &(guint32){ BREAK }, 1);
      if (place->comments->len == 0 || g_array_index (place->comments, guint32, place->comments->len - 1) != owner)
        g_array_append_val (place->comments, owner);
    }
  return places;
}

static void
free_places (Places *places)
{
  g_array_unref (places->left);
  g_array_unref (places->right);
  g_array_unref (places->comments);
}

static char *
cut_text (const Tokens *tokens, const MqFeedback *feedback, const Gram *gram)
{
  guint32 owner = g_array_index (tokens->owner, guint32, gram->at);
  guint32 from = g_array_index (tokens->from, guint32, gram->at), to = g_array_index (tokens->to, guint32, gram->at + gram->length - 1);
  char   *text = g_strndup (feedback->comments[owner].text + from, to - from);
  char   *folded = mq_feedback_fold (text);

  g_free (text);
  return folded;
}

/* Dunning's log-likelihood ratio of a of m against b of n, with the sign of the difference. */
static double
likelihood_ratio (double a, double m, double b, double n)
{
  double p = (a + b) / (m + n), sum = 0;

  if (m <= 0 || n <= 0)
    return NAN;
  if (a > 0)
    sum += a * log (a / (m * p));
  if (b > 0)
    sum += b * log (b / (n * p));
  if (m - a > 0)
    sum += (m - a) * log ((m - a) / (m * (1 - p)));
  if (n - b > 0)
    sum += (n - b) * log ((n - b) / (n * (1 - p)));
  return a / m >= b / n ? 2 * sum : -2 * sum;
}

static double
measure_rising (const MqFeedback *feedback, const GArray *comments)
{
  gint64 first = feedback->comments[0].time, last = feedback->comments[feedback->n - 1].time;
  gint64 border = last - (last - first) / 3;
  double late = 0, all_late = 0;

  if (first == last)
    return NAN;
  for (gsize i = 0; i < feedback->n; i++)
    all_late += feedback->comments[i].time > border;
  for (guint i = 0; i < comments->len; i++)
    late += feedback->comments[g_array_index (comments, guint32, i)].time > border;
  return likelihood_ratio (late, all_late, comments->len - late, feedback->n - all_late);
}

/* Words that say nothing of what is talked about. */
static gboolean
says_nothing (const char *text)
{
  static const char *const list[] = { "什么", "怎么", "自己", "已经", "时候", "比较", "知道", "感觉", "东西", "特别", "第一次", "这个", "那个", "就是", "还是", "没有", "因为", "所以", "现在", "一直", "可以", "应该", "觉得", "不过", "但是", "如果", "总体", "really", "got", "bought", "much", "even", "because", "still", "them", NULL };

  return g_strv_contains (list, text);
}

static void
take_candidates (const Tokens *tokens, const Level *levels, guint length, const MqFeedback *feedback, GHashTable *stop, guint least, GPtrArray *phrases)
{
  const Level *level = &levels[length];
  Places      *places = collect_places (tokens, level, least);

  for (guint i = 0; i < level->grams->len; i++)
    {
      const Gram    *gram = &g_array_index (level->grams, Gram, i);
      const guint32 *at = level->tokens + gram->at;
      gboolean       word = at[0] >= WORD_BASE;
      double         association, entropy;

      if (places[i].left == NULL)
        continue;
      association = length > 1 ? measure_association (levels, at, length, tokens->tokens->len) : 4;
      entropy = MIN (measure_entropy (places[i].left), measure_entropy (places[i].right));
      if ((word || length > 1) && !is_stop (tokens, at[0], stop) && !is_stop (tokens, at[length - 1], stop) && association >= LEAST_ASSOCIATION && entropy >= LEAST_ENTROPY)
        {
          char     *text = cut_text (tokens, feedback, gram);
          MqPhrase *phrase;

          if (says_nothing (text))
            {
              g_free (text);
              free_places (&places[i]);
              continue;
            }
          phrase = g_new0 (MqPhrase, 1);

          phrase->text = text;
          phrase->score = gram->comments * MIN (association, 8) * (length > 1 ? 1.5 : 1);
          phrase->comments = g_array_ref (places[i].comments);
          g_ptr_array_add (phrases, phrase);
        }
      free_places (&places[i]);
    }
  g_free (places);
}

static int
compare_phrases_cb (gconstpointer a, gconstpointer b)
{
  const MqPhrase *x = *(MqPhrase *const *) a, *y = *(MqPhrase *const *) b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return strcmp (x->text, y->text);
}

/* A phrase inside a better one that is in nearly the same comments says nothing more. */
static void
drop_parts (GPtrArray *phrases, guint most)
{
  for (guint i = 0; i < MIN (phrases->len, most); i++)
    for (guint j = phrases->len; j-- > i + 1;)
      {
        const MqPhrase *one = phrases->pdata[i], *other = phrases->pdata[j];
        guint           more = MAX (one->comments->len, other->comments->len), less = MIN (one->comments->len, other->comments->len);

        if (j < most * 4 && less * 10 >= more * 7 && (strstr (one->text, other->text) != NULL || strstr (other->text, one->text) != NULL))
          g_ptr_array_remove_index (phrases, j);
      }
  if (phrases->len > most)
    g_ptr_array_set_size (phrases, most);
}

GPtrArray *
mq_key_phrases (const MqFeedback *feedback, guint most, const MqRun *run, GError **error)
{
  Tokens     tokens = { g_array_new (FALSE, FALSE, 4), g_array_new (FALSE, FALSE, 4), g_array_new (FALSE, FALSE, 4), g_array_new (FALSE, FALSE, 4), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  Level      levels[MOST_CHARACTERS + 1] = { 0 };
  GPtrArray *phrases = g_ptr_array_new_with_free_func (free_phrase);
  guint      least = MAX (LEAST_COMMENTS, feedback->n / 2000);
  gboolean   done;

  read_tokens (&tokens, feedback);
  done = count_levels (&tokens, levels, least, run, error);
  if (done)
    {
      g_autoptr (GHashTable) stop = find_stop_words (&tokens);

      for (guint length = 1; length <= MOST_CHARACTERS; length++)
        take_candidates (&tokens, levels, length, feedback, stop, least, phrases);
      g_ptr_array_sort (phrases, compare_phrases_cb);
      drop_parts (phrases, most);
      for (guint i = 0; i < phrases->len; i++)
        ((MqPhrase *) phrases->pdata[i])->rising = measure_rising (feedback, ((MqPhrase *) phrases->pdata[i])->comments);
    }
  else
    g_clear_pointer (&phrases, g_ptr_array_unref);
  for (guint length = 1; length <= MOST_CHARACTERS; length++)
    level_clear (&levels[length]);
  g_array_unref (tokens.tokens);
  g_array_unref (tokens.owner);
  g_array_unref (tokens.from);
  g_array_unref (tokens.to);
  g_hash_table_unref (tokens.words);
  return phrases;
}
