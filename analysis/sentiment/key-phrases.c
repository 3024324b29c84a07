/* key-phrases.c: which of the grams that are frequent enough stand for a topic. */

#include "config.h"

#include "sentiment/key-phrases.h"

#include <math.h>
#include <string.h>

#include "sentiment/phrase-grams.h"

#define LEAST_COMMENTS 3
#define LEAST_ASSOCIATION 1.5 /* bits */
#define LEAST_ENTROPY 0.8     /* bits */
#define BREAK MQ_TOKEN_BREAK
#define NO_CANDIDATE G_MAXUINT32

static gboolean
is_stop (guint32 token, GHashTable *stop_words)
{
  static const char characters[] = "的了是在我你他她它们这那就都也很不没有和与及或而且但把被给到得地着过吗呢啊吧呀哦个一之其所为以于从对让还又再才只太真非常会能可要想说来去上下里用买";

  if (mq_token_is_word (token))
    return g_hash_table_contains (stop_words, GUINT_TO_POINTER (token));
  {
    char utf8[7] = { 0 };

    g_unichar_to_utf8 (token, utf8);
    return strstr (characters, utf8) != NULL;
  }
}

static GHashTable *
find_stop_words (const MqPhraseTokens *tokens)
{
  static const char *const words[] = { "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "for", "with", "is", "was", "are", "were", "be", "been", "it", "its", "it's", "this", "that", "i", "my", "me", "we", "our", "you", "your", "they", "their", "he", "she", "as", "at", "so", "very", "not", "no", "have", "has", "had", "do", "did", "does", "from", "by", "if", "than", "too", "there", "when", "what", "how", "all", "just", "would", "will", "can", "could", "again", "also", "am", "them", "one", "out", "up", "i'm", "don't", "after", "before", "get", "got", NULL };
  GHashTable              *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint32 token = mq_phrase_tokens_find (tokens, words[i]);

      if (token != MQ_TOKEN_BREAK)
        g_hash_table_add (set, GUINT_TO_POINTER (token));
    }
  return set;
}

/* How much more often than by chance its parts stand together, at the weakest place, in bits. */
static double
measure_association (const MqPhraseGrams *grams, const MqGram *gram, guint length)
{
  double weakest = INFINITY;

  for (guint cut = 1; cut < length; cut++)
    {
      double left = mq_phrase_grams_count (grams, gram, length, 0, cut), right = mq_phrase_grams_count (grams, gram, length, cut, length - cut);

      weakest = MIN (weakest, log2 ((double) gram->count * grams->tokens->n / (left * right)));
    }
  return weakest;
}

/* What stands beside a phrase. */
typedef struct
{
  guint32 *counts; /* (owned) by token; zeros between two uses */
  guint32 *met;    /* (owned) each neighbour once */
} Neighbours;

static void
neighbours_init (Neighbours *self, const MqPhraseGrams *grams)
{
  guint32 most = 1;

  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    for (guint i = 0; i < grams->levels[length].grams->len; i++)
      most = MAX (most, g_array_index (grams->levels[length].grams, MqGram, i).count);
  self->counts = g_new0 (guint32, MQ_TOKEN_WORDS + grams->tokens->n_words);
  self->met = g_new (guint32, most);
}

static void
neighbours_clear (Neighbours *self)
{
  g_free (self->counts);
  g_free (self->met);
}

/* Whether the entropy of what stands `beside` the places is LEAST_ENTROPY; each break is another neighbour. Terms are none of
 * them negative: once the sum is enough, it stays so. */
static gboolean
are_varied (Neighbours *self, const MqPhraseTokens *tokens, const guint32 *places, guint n, gint beside)
{
  double entropy = 0, once = log2 (n) / n;
  guint  n_met = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64  at = (gint64) places[i] + beside;
      guint32 token = at >= 0 && at < (gint64) tokens->n ? tokens->tokens[at] : BREAK;

      if (self->counts[token]++ == 0)
        self->met[n_met++] = token;
    }
  for (guint i = 0; i < n_met; i++)
    {
      guint32 count = self->counts[self->met[i]];

      self->counts[self->met[i]] = 0;
      if (entropy < LEAST_ENTROPY)
        entropy += self->met[i] == BREAK ? count * once : (double) count / n * log2 ((double) n / count);
    }
  return entropy >= LEAST_ENTROPY;
}

static void
free_phrase (gpointer data)
{
  MqPhrase *phrase = data;

  g_free (phrase->text);
  g_array_unref (phrase->comments);
  g_free (phrase);
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

/* Comments of the last third of the time against those before. */
static void
measure_rising (const MqFeedback *feedback, GPtrArray *phrases)
{
  gint64 first = feedback->n > 0 ? feedback->comments[0].time : 0, last = feedback->n > 0 ? feedback->comments[feedback->n - 1].time : 0;
  gint64 border = last - (last - first) / 3;
  double all_late = 0;

  for (gsize i = 0; i < feedback->n; i++)
    all_late += feedback->comments[i].time > border;
  for (guint p = 0; p < phrases->len; p++)
    {
      MqPhrase *phrase = phrases->pdata[p];
      double    late = 0, n = phrase->comments->len;

      for (guint i = 0; i < phrase->comments->len; i++)
        late += feedback->comments[g_array_index (phrase->comments, guint32, i)].time > border;
      phrase->rising = first != last ? likelihood_ratio (late, all_late, n - late, feedback->n - all_late) : NAN;
    }
}

/* Words that say nothing of what is talked about. */
static gboolean
says_nothing (const char *text)
{
  static const char *const list[] = { "什么", "怎么", "自己", "已经", "时候", "比较", "知道", "感觉", "东西", "特别", "第一次", "这个", "那个", "就是", "还是", "没有", "因为", "所以", "现在", "一直", "可以", "应该", "觉得", "不过", "但是", "如果", "总体", "really", "got", "bought", "much", "even", "because", "still", "them", NULL };

  return g_strv_contains (list, text);
}

/* Grams of one length that are worth a look, and where they stand. */
typedef struct
{
  GArray  *grams;  /* (owned) (element-type guint32) */
  gsize   *first;  /* (owned) by those: into `places`; one more at the end */
  guint32 *places; /* (owned) tokens, ascending */
} Candidates;

static gboolean
is_candidate (const MqPhraseGrams *grams, const MqGram *gram, guint length, GHashTable *stop)
{
  const guint32 *tokens = grams->tokens->tokens + gram->first;

  return (length > 1 || mq_token_is_word (tokens[0])) && !is_stop (tokens[0], stop) && !is_stop (tokens[length - 1], stop) &&
         (length == 1 || measure_association (grams, gram, length) >= LEAST_ASSOCIATION);
}

static void
find_candidates (Candidates *self, const MqPhraseGrams *grams, guint length, GHashTable *stop)
{
  const MqGramLevel  *level = &grams->levels[length];
  g_autofree guint32 *number = g_new (guint32, MAX (level->grams->len, 1));
  g_autofree gsize   *next = NULL;
  gsize               n = 0;

  self->grams = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->first = g_new0 (gsize, (gsize) level->grams->len + 1);
  for (guint i = 0; i < level->grams->len; i++)
    {
      const MqGram *gram = &g_array_index (level->grams, MqGram, i);

      number[i] = NO_CANDIDATE;
      if (!is_candidate (grams, gram, length, stop))
        continue;
      number[i] = self->grams->len;
      self->first[self->grams->len] = n;
      n += gram->count;
      g_array_append_val (self->grams, i);
    }
  self->first[self->grams->len] = n;
  self->places = g_new (guint32, MAX (n, 1));
  next = g_memdup2 (self->first, ((gsize) self->grams->len + 1) * sizeof *self->first);
  for (gsize i = 0; i < level->n_places; i++)
    {
      guint32 candidate = number[level->places[i].gram];

      if (candidate != NO_CANDIDATE)
        self->places[next[candidate]++] = level->places[i].token;
    }
}

static void
clear_candidates (Candidates *self)
{
  g_array_unref (self->grams);
  g_free (self->first);
  g_free (self->places);
}

/* (element-type guint32) each comment once */
static GArray *
list_comments (const MqPhraseTokens *tokens, const guint32 *places, guint n)
{
  GArray *comments = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n; i++)
    {
      guint32 owner = tokens->owner[places[i]];

      if (i == 0 || owner != tokens->owner[places[i - 1]])
        g_array_append_val (comments, owner);
    }
  return comments;
}

static void
take_candidates (const MqPhraseGrams *grams, guint length, GHashTable *stop, Neighbours *neighbours, GPtrArray *phrases)
{
  const MqPhraseTokens *tokens = grams->tokens;
  Candidates            candidates;

  find_candidates (&candidates, grams, length, stop);
  for (guint i = 0; i < candidates.grams->len; i++)
    {
      const MqGram    *gram = &g_array_index (grams->levels[length].grams, MqGram, g_array_index (candidates.grams, guint32, i));
      const guint32   *places = candidates.places + candidates.first[i];
      double           association = length > 1 ? measure_association (grams, gram, length) : 4;
      g_autofree char *text = NULL;
      MqPhrase        *phrase;

      if (!are_varied (neighbours, tokens, places, gram->count, -1) || !are_varied (neighbours, tokens, places, gram->count, length))
        continue;
      text = mq_phrase_tokens_text (tokens, gram->first, length);
      if (says_nothing (text))
        continue;
      phrase = g_new0 (MqPhrase, 1);
      phrase->text = g_steal_pointer (&text);
      phrase->score = gram->comments * MIN (association, 8) * (length > 1 ? 1.5 : 1);
      phrase->comments = list_comments (tokens, places, gram->count);
      g_ptr_array_add (phrases, phrase);
    }
  clear_candidates (&candidates);
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
  g_auto (MqPhraseTokens) tokens = { NULL };
  g_auto (MqPhraseGrams) grams = { NULL };
  g_autoptr (GHashTable) stop = NULL;
  Neighbours neighbours;
  GPtrArray *phrases;

  if (!mq_phrase_tokens_init (&tokens, feedback, run, error) ||
      !mq_phrase_grams_init (&grams, &tokens, MAX (LEAST_COMMENTS, feedback->n / 2000), run, error))
    return NULL;
  phrases = g_ptr_array_new_with_free_func (free_phrase);
  stop = find_stop_words (&tokens);
  neighbours_init (&neighbours, &grams);
  for (guint length = 1; length <= MQ_GRAM_LONGEST; length++)
    take_candidates (&grams, length, stop, &neighbours, phrases);
  neighbours_clear (&neighbours);
  g_ptr_array_sort (phrases, compare_phrases_cb);
  drop_parts (phrases, most);
  measure_rising (feedback, phrases);
  return phrases;
}
