/* questions.c: a sentence joins the group whose leader it resembles most; leaders are found by the rarest pairs of signs. */

#include "config.h"

#include "sentiment/questions.h"

#include "sentiment/answers.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_LIKENESS 0.5   /* of the sets of pairs: shared to all */
#define LONGEST_SENTENCE 240 /* bytes */
#define GRAIN 4096

/* A sentence that asks, as its pairs of signs. */
typedef struct
{
  char   *text;  /* (owned) */
  GArray *pairs; /* (owned) guint64, ascending, each once; once ranked, their ranks */
  guint   group;
  guint   comment;
  gint64  time;
} Asked;

typedef struct
{
  guint  leader;
  guint  n;
  guint  number; /* among the groups as they were found */
  guint  other;  /* G_MAXUINT: none of another wording */
  gint64 first, last;
} Group;

static const char *const marks[] = { "?", "吗", "么样", "怎么", "为什么", "什么时候", "多少", "哪里", "能不能", "可不可以", "有没有", "是不是", "会不会", "几天", "多久", "如何", "请问", NULL };
static const char *const openers[] = { "what ", "how ", "when ", "where ", "why ", "which ", "who ", "can i ", "can you ", "do you ", "does it ", "does this ", "is there ", "is it ", "are there ", "will it ", "will you ", NULL };
static const char *const outcries[] = { "what a ", "what an ", "how dare ", NULL }; /* open like a question and ask nothing */
static const char *const fillers[] = { "请问", "麻烦", "这个", "这款", "大概", "能", "你好", "您好", "亲", "一下", "呢", "啊", "呀", "please", "hello", "hi ", NULL };

static gboolean
asks (const char *folded)
{
  for (guint i = 0; marks[i] != NULL; i++)
    if (strstr (folded, marks[i]) != NULL)
      return TRUE;
  for (guint i = 0; outcries[i] != NULL; i++)
    if (g_str_has_prefix (folded, outcries[i]))
      return FALSE;
  for (guint i = 0; openers[i] != NULL; i++)
    if (g_str_has_prefix (folded, openers[i]))
      return TRUE;
  return FALSE;
}

static int
compare_pairs_cb (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Letters and digits only, without fillers; each, and every two neighbours. */
static GArray *
read_pairs (const char *folded)
{
  GArray  *pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  gunichar before = 0;
  guint    n = 0;

  for (const char *at = folded; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);
      gsize    skip = 0;

      for (guint i = 0; fillers[i] != NULL && skip == 0; i++)
        if (g_str_has_prefix (at, fillers[i]))
          skip = strlen (fillers[i]);
      at = skip > 0 ? at + skip : g_utf8_next_char (at);
      if (skip > 0 || !g_unichar_isalnum (c))
        continue;
      {
        guint64 pair = (guint64) before << 32 | c, one = c;

        g_array_append_val (pairs, one);
        g_array_append_val (pairs, pair);
      }
      before = c;
    }
  g_array_sort (pairs, compare_pairs_cb);
  for (guint i = 0; i < pairs->len; i++)
    if (n == 0 || g_array_index (pairs, guint64, i) != g_array_index (pairs, guint64, n - 1))
      g_array_index (pairs, guint64, n++) = g_array_index (pairs, guint64, i);
  g_array_set_size (pairs, n);
  return pairs;
}

/* Of the sets of ranks, ascending. */
static double
measure_likeness (const guint64 *a, guint n_a, const guint64 *b, guint n_b)
{
  guint i = 0, j = 0, shared = 0;

  while (i < n_a && j < n_b)
    {
      guint64 x = a[i], y = b[j];

      shared += x == y;
      i += x <= y;
      j += y <= x;
    }
  return n_a + n_b > 0 ? (double) shared / (n_a + n_b - shared) : 0;
}

static void
clear_asked_cb (gpointer data)
{
  Asked *asked = data;

  g_free (asked->text);
  g_array_unref (asked->pairs);
}

static void
add_sentence (GArray *list, const char *begin, const char *end, guint comment, gint64 time)
{
  g_autofree char *text = g_strndup (begin, end - begin);
  g_autofree char *folded = NULL;
  Asked            asked = { .comment = comment, .time = time };

  g_strstrip (text);
  folded = mq_feedback_fold (text);
  if (*text == '\0' || strlen (text) > LONGEST_SENTENCE || !asks (folded))
    return;
  asked.pairs = read_pairs (folded);
  asked.text = g_steal_pointer (&text);
  if (asked.pairs->len >= 2)
    g_array_append_val (list, asked);
  else
    clear_asked_cb (&asked);
}

/* Sentences end with a full stop, a mark or a line. */
static void
add_sentences (GArray *list, const MqFeedback *feedback, guint i)
{
  const MqComment *comment = &feedback->comments[i];
  const char      *begin = comment->text;

  for (const char *at = begin; *at != '\0';)
    {
      const char *next = g_utf8_next_char (at);
      gunichar    c = g_utf8_get_char (at);

      if (c == '?' || c == '!' || c == '.' || c == '\n' || c == ';' || c == 0x3002 || c == 0xff1f || c == 0xff01 || c == 0xff1b)
        {
          add_sentence (list, begin, next, i, comment->time);
          begin = next;
        }
      at = next;
    }
  add_sentence (list, begin, begin + strlen (begin), i, comment->time);
}

/* A pair of signs, and how many sentences have it. */
typedef struct
{
  guint64 pair;
  guint   n;
  guint   rank; /* the rarest is 0 */
} Sign;

static int
compare_signs_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sign *signs = data, *x = &signs[*(const guint *) a], *y = &signs[*(const guint *) b];

  if (x->n != y->n)
    return x->n < y->n ? -1 : 1;
  return x->pair < y->pair ? -1 : 1;
}

/* (element-type Sign) all of them, by pair. */
static GArray *
count_signs (const GArray *list)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *signs = g_array_new (FALSE, FALSE, sizeof (Sign));

  for (guint i = 0; i < list->len; i++)
    {
      const GArray *pairs = g_array_index (list, Asked, i).pairs;

      g_array_append_vals (all, pairs->data, pairs->len);
    }
  g_array_sort (all, compare_pairs_cb);
  for (guint i = 0; i < all->len; i++)
    {
      const Sign sign = { g_array_index (all, guint64, i), 0, 0 };

      if (signs->len == 0 || g_array_index (signs, Sign, signs->len - 1).pair != sign.pair)
        g_array_append_val (signs, sign);
      g_array_index (signs, Sign, signs->len - 1).n++;
    }
  return signs;
}

/* Puts ranks in the place of the pairs. Returns how many there are. */
static guint
rank_pairs (GArray *list)
{
  g_autoptr (GArray) signs = count_signs (list);
  g_autofree guint *order = g_new (guint, MAX (signs->len, 1));

  for (guint i = 0; i < signs->len; i++)
    order[i] = i;
  g_qsort_with_data (order, signs->len, sizeof *order, compare_signs_cb, signs->data);
  for (guint i = 0; i < signs->len; i++)
    g_array_index (signs, Sign, order[i]).rank = i;
  for (guint i = 0; i < list->len; i++)
    {
      GArray *pairs = g_array_index (list, Asked, i).pairs;

      for (guint k = 0; k < pairs->len; k++)
        {
          guint64 *pair = &g_array_index (pairs, guint64, k);
          /* the pair stands first in a sign */
          const Sign *sign = bsearch (pair, signs->data, signs->len, sizeof (Sign), compare_pairs_cb);

          *pair = sign->rank;
        }
      g_array_sort (pairs, compare_pairs_cb);
    }
  return signs->len;
}

/* Sentences that share half of their pairs or more share one of these, their rarest: no other need be looked up. */
static guint
count_telling (const GArray *pairs)
{
  return pairs->len / 2 + 1;
}

/* A leader that has a pair among its rarest. */
typedef struct
{
  guint group;
  guint place; /* of the pair in it */
} Entry;

/* What a leader is compared by. */
typedef struct
{
  const guint64 *ranks; /* (borrowed) */
  guint32        n;
  guint32        seen;     /* the sentence, from 1, that was last compared with it */
  guint64        marks[2]; /* a bit for each rank, by its last 7 bits */
} Leader;

/* What leads, and where to find it. */
typedef struct
{
  GArray  *groups; /* (element-type Group) */
  GArray **index;  /* (owned) (element-type Entry) by rank; NULL: none */
  guint    n_ranks;
  GArray  *list; /* (owned) (element-type Leader) by group */
} Leaders;

static Leader
describe (const GArray *pairs)
{
  Leader leader = { (const guint64 *) (gpointer) pairs->data, pairs->len, 0, { 0 } };

  for (guint i = 0; i < leader.n; i++)
    leader.marks[leader.ranks[i] >> 6 & 1] |= G_GUINT64_CONSTANT (1) << (leader.ranks[i] & 63);
  return leader;
}

/* At most so many of the ranks are shared: a mark that the other has not is a rank that it has not. */
static inline guint
most_shared (const Leader *own, const Leader *other)
{
  guint more = __builtin_popcountll (own->marks[0] & ~other->marks[0]) + __builtin_popcountll (own->marks[1] & ~other->marks[1]);
  guint less = __builtin_popcountll (other->marks[0] & ~own->marks[0]) + __builtin_popcountll (other->marks[1] & ~own->marks[1]);

  return MIN (own->n - more, other->n - less);
}

/* The best leader; G_MAXUINT: none is like it. What two sentences share begins at the first pair found in both: if too few are
 * left from there on to be half of all, they need not be compared. */
static guint
find_group (const Leader *own, guint which, const Leaders *leaders)
{
  double best = LEAST_LIKENESS;
  guint  found = G_MAXUINT;

  for (guint i = 0; i < own->n / 2 + 1; i++)
    {
      const GArray *candidates = leaders->index[own->ranks[i]];

      for (guint k = 0; candidates != NULL && k < candidates->len; k++)
        {
          const Entry *entry = &g_array_index (candidates, Entry, k);
          Leader      *other = &g_array_index (leaders->list, Leader, entry->group);
          double       likeness;

          if (other->seen == which + 1)
            continue;
          other->seen = which + 1;
          if (3 * MIN (own->n - i, other->n - entry->place) < own->n + other->n || 3 * most_shared (own, other) < own->n + other->n)
            continue;
          likeness = measure_likeness (own->ranks, own->n, other->ranks, other->n);
          if (likeness > best || (likeness == best && entry->group < found))
            best = likeness, found = entry->group;
        }
    }
  return found;
}

static void
lead (const GArray *list, guint which, const Leader *own, Leaders *leaders)
{
  const Asked *asked = &g_array_index (list, Asked, which);
  guint        number = leaders->groups->len;
  Group        group = { which, 0, number, G_MAXUINT, asked->time, asked->time };

  g_array_append_val (leaders->groups, group);
  g_array_append_vals (leaders->list, own, 1);
  for (guint i = 0; i < count_telling (asked->pairs); i++)
    {
      GArray **place = &leaders->index[g_array_index (asked->pairs, guint64, i)];

      if (*place == NULL)
        *place = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_array_append_vals (*place, &(Entry){ number, i }, 1);
    }
}

static void
clear_leaders (Leaders *self)
{
  for (guint i = 0; i < self->n_ranks; i++)
    if (self->index[i] != NULL)
      g_array_unref (self->index[i]);
  g_free (self->index);
  g_array_unref (self->list);
}

static GArray *
group_questions (GArray *list)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));
  guint   n_ranks = rank_pairs (list);
  Leaders leaders = { groups, g_new0 (GArray *, MAX (n_ranks, 1)), n_ranks, g_array_new (FALSE, FALSE, sizeof (Leader)) };

  for (guint i = 0; i < list->len; i++)
    {
      Asked *asked = &g_array_index (list, Asked, i);
      Leader own = describe (asked->pairs);
      Group *group;

      asked->group = find_group (&own, i, &leaders);
      if (asked->group == G_MAXUINT)
        {
          asked->group = groups->len;
          lead (list, i, &own, &leaders);
        }
      group = &g_array_index (groups, Group, asked->group);
      group->n++;
      group->last = asked->time;
      if (group->other == G_MAXUINT && strcmp (asked->text, g_array_index (list, Asked, group->leader).text) != 0)
        group->other = i;
    }
  clear_leaders (&leaders);
  return groups;
}

static int
compare_groups_cb (gconstpointer a, gconstpointer b)
{
  const Group *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return x->leader < y->leader ? -1 : 1;
}

/* The sentences that ask, of a slice of the comments each. */
typedef struct
{
  const MqFeedback *feedback;
  GArray          **lists; /* (owned) by slice */
} Listing;

static gboolean
list_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Listing *self = data;

  self->lists[slice] = g_array_new (FALSE, FALSE, sizeof (Asked));
  for (gsize i = first; i < last; i++)
    add_sentences (self->lists[slice], self->feedback, i);
  return mq_run_check (run, error);
}

/* Every sentence that asks; NULL with error: cancelled. (transfer full) */
static GArray *
list_questions (const MqFeedback *feedback, const MqRun *run, GError **error)
{
  gsize    n_slices = feedback->n / GRAIN + 1;
  Listing  listing = { feedback, g_new0 (GArray *, n_slices) };
  gboolean done = mq_run_parallel (run, feedback->n, GRAIN, list_slice_cb, &listing, error);
  GArray  *list = g_array_new (FALSE, FALSE, sizeof (Asked));

  g_array_set_clear_func (list, clear_asked_cb);
  for (gsize slice = 0; slice < n_slices; slice++)
    if (listing.lists[slice] != NULL)
      {
        g_array_append_vals (list, listing.lists[slice]->data, listing.lists[slice]->len);
        g_array_unref (listing.lists[slice]);
      }
  g_free (listing.lists);
  if (!done)
    g_clear_pointer (&list, g_array_unref);
  return list;
}

gboolean
mq_questions_keep (const MqFeedback *feedback, const char *question, guint8 *keep, const MqRun *run, GError **error)
{
  g_autoptr (GArray) list = list_questions (feedback, run, error);
  g_autoptr (GArray) groups = list != NULL ? group_questions (list) : NULL;
  g_autofree guint8 *asks_it = g_new0 (guint8, MAX (feedback->n, 1));

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const Asked *asked = &g_array_index (list, Asked, i);
      const Group *group = &g_array_index (groups, Group, asked->group);

      if (strcmp (g_array_index (list, Asked, group->leader).text, question) == 0)
        asks_it[asked->comment] = 1;
    }
  for (gsize i = 0; i < feedback->n; i++)
    keep[i] &= asks_it[i];
  return TRUE;
}

/* By group: the answer to its leader, else to the first of its wordings that has one. g_free; borrowed texts. */
static const char **
find_answers (GHashTable *answers, GArray *list, GArray *groups)
{
  const char **found = g_new0 (const char *, MAX (groups->len, 1));

  if (g_hash_table_size (answers) == 0)
    return found;
  for (guint i = 0; i < groups->len; i++)
    found[i] = mq_answers_find (answers, g_array_index (list, Asked, g_array_index (groups, Group, i).leader).text);
  for (guint i = 0; i < list->len; i++)
    {
      const Asked *asked = &g_array_index (list, Asked, i);

      if (found[asked->group] == NULL)
        found[asked->group] = mq_answers_find (answers, asked->text);
    }
  return found;
}

MqTable *
mq_questions_table (const MqFeedback *feedback, const MqScope *scope, guint most, const MqRun *run, GError **error)
{
  g_autoptr (GArray) list = list_questions (feedback, run, error);
  g_autoptr (GArray) groups = list != NULL ? group_questions (list) : NULL;
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_dataset_value (feedback->dataset, MQ_ANSWERS_VALUE));
  g_autofree const char **answer_of = NULL;
  MqTableBuilder         *builder;

  if (list == NULL)
    return NULL;
  answer_of = find_answers (answers, list, groups);
  builder = mq_table_builder_new ("questions", NULL, NULL);
  g_array_sort (groups, compare_groups_cb);
  mq_table_builder_add_column (builder, "question", N_ ("Question"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "n", N_ ("Asked"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "first", N_ ("First"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "last", N_ ("Last"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "example", N_ ("Another wording"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "answer", N_ ("Answer"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < MIN (groups->len, most); i++)
    {
      const Group *group = &g_array_index (groups, Group, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, g_array_index (list, Asked, group->leader).text);
      mq_table_builder_set_integer (builder, 1, group->n);
      mq_table_builder_set_integer (builder, 2, mq_zone_day (scope->zone, group->first, NULL));
      mq_table_builder_set_integer (builder, 3, mq_zone_day (scope->zone, group->last, NULL));
      mq_table_builder_set_text (builder, 4, group->other != G_MAXUINT ? g_array_index (list, Asked, group->other).text : NULL);
      mq_table_builder_set_text (builder, 5, answer_of[group->number]);
    }
  return mq_table_builder_finish (builder);
}
