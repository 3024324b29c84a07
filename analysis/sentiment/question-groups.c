/* question-groups.c: leaders are found by the rarest of what sentences are compared by: letters, and pairs of neighbours. Each
 * is a number, its rank: the rarest is 0. */

#include "config.h"

#include "sentiment/question-groups.h"

#include <string.h>

#define LEAST_LIKENESS 0.5
#define NONE G_MAXUINT

/* A letter, or a pair of them, in the open hashing of all. */
typedef struct
{
  guint64 key; /* 0: free */
  guint32 sign;
} Slot;

/* How many sentences have it, and the last of those + 1. */
typedef struct
{
  guint32 n;
  guint32 last;
} Sign;

/* What the sentences are compared by. */
typedef struct
{
  Slot    *slots; /* (owned) */
  gsize    n_slots;
  GArray  *signs;   /* (owned) (element-type Sign) as they were met */
  GArray  *entries; /* (owned) (element-type guint32) of each sentence after those of the one before: signs, each once */
  gsize   *first;   /* (owned) by sentence: into `entries`; one more at the end */
  guint32 *ranks;   /* (owned) as `entries`, ascending in a sentence */
} Signs;

/* What a leader is compared by. */
typedef struct
{
  const guint32 *ranks; /* (borrowed) */
  guint32        n;
  guint32        seen;     /* the sentence, from 1, that was last compared with it */
  guint64        marks[2]; /* a bit for each rank, by its last 7 bits */
} Leader;

/* A leader that has a rank among its rarest. */
typedef struct
{
  guint group;
  guint place; /* of the rank in it */
} Entry;

/* What leads, and where to find it. */
typedef struct
{
  GArray  *groups; /* (borrowed) (element-type MqQuestionGroup) */
  GArray **index;  /* (owned) (element-type Entry) by rank; NULL: none */
  guint    n_ranks;
  GArray  *list; /* (owned) (element-type Leader) by group */
} Leaders;

static inline gsize
find_slot (const Signs *self, guint64 key)
{
  gsize slot = key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 20 & (self->n_slots - 1);

  while (self->slots[slot].key != 0 && self->slots[slot].key != key)
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static void
grow (Signs *self)
{
  Signs old = *self;

  self->n_slots = MAX (old.n_slots * 2, 16384);
  self->slots = g_new0 (Slot, self->n_slots);
  for (gsize i = 0; i < old.n_slots; i++)
    if (old.slots[i].key != 0)
      self->slots[find_slot (self, old.slots[i].key)] = old.slots[i];
  g_free (old.slots);
}

static inline void
add_sign (Signs *self, guint64 key, guint which)
{
  Slot *slot = &self->slots[find_slot (self, key)];
  Sign *sign;

  if (slot->key == 0)
    {
      Sign fresh = { 0, 0 };

      *slot = (Slot){ key, self->signs->len };
      g_array_append_val (self->signs, fresh);
    }
  sign = &g_array_index (self->signs, Sign, slot->sign);
  if (sign->last == which + 1)
    return;
  sign->last = which + 1;
  sign->n++;
  g_array_append_val (self->entries, slot->sign);
}

static void
read_signs (Signs *self, const MqAskedSentences *asked)
{
  guint n = asked->sentences->len;

  self->signs = g_array_new (FALSE, FALSE, sizeof (Sign));
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (guint32), asked->letters->len);
  self->first = g_new (gsize, (gsize) n + 1);
  for (guint i = 0; i < n; i++)
    {
      const MqAskedSentence *sentence = &g_array_index (asked->sentences, MqAskedSentence, i);
      const guint32         *letters = &g_array_index (asked->letters, guint32, sentence->first);

      self->first[i] = self->entries->len;
      for (guint k = 0; k < sentence->n; k++)
        {
          if (((gsize) self->signs->len + 2) * 2 > self->n_slots)
            grow (self);
          add_sign (self, letters[k], i);
          if (k > 0)
            add_sign (self, (guint64) letters[k - 1] << 32 | letters[k], i);
        }
    }
  self->first[n] = self->entries->len;
}

/* (transfer full) by rank: where the sentences that have it begin among all entries in order of rank; one more at the end.
 * rank_of: by sign; of those that as many have the one met first is less. */
static gsize *
rank_signs (const Signs *self, guint n_sentences, guint32 *rank_of)
{
  guint               n_signs = self->signs->len;
  g_autofree guint32 *next = g_new0 (guint32, (gsize) n_sentences + 2); /* by how many have it: the next rank */
  gsize              *begin = g_new0 (gsize, (gsize) n_signs + 1);

  for (guint i = 0; i < n_signs; i++)
    next[g_array_index (self->signs, Sign, i).n + 1]++;
  for (guint n = 1; n <= n_sentences; n++)
    next[n] += next[n - 1];
  for (guint i = 0; i < n_signs; i++)
    {
      rank_of[i] = next[g_array_index (self->signs, Sign, i).n]++;
      begin[rank_of[i] + 1] = g_array_index (self->signs, Sign, i).n;
    }
  for (guint rank = 0; rank < n_signs; rank++)
    begin[rank + 1] += begin[rank];
  return begin;
}

/* Entries turned into ranks in order: all are dealt out by rank, and from there back to their sentences. */
static void
sort_ranks (Signs *self, guint n_sentences)
{
  guint               n_signs = self->signs->len;
  g_autofree guint32 *rank_of = g_new (guint32, MAX (n_signs, 1));
  g_autofree gsize   *begin = rank_signs (self, n_sentences, rank_of);
  g_autofree gsize   *next = g_memdup2 (begin, ((gsize) n_signs + 1) * sizeof *begin);
  g_autofree gsize   *place = g_memdup2 (self->first, ((gsize) n_sentences + 1) * sizeof *self->first);
  g_autofree guint32 *sentences = g_new (guint32, MAX (self->entries->len, 1));

  self->ranks = g_new (guint32, MAX (self->entries->len, 1));
  for (guint i = 0; i < n_sentences; i++)
    for (gsize e = self->first[i]; e < self->first[i + 1]; e++)
      sentences[next[rank_of[g_array_index (self->entries, guint32, e)]]++] = i;
  for (guint rank = 0; rank < n_signs; rank++)
    for (gsize e = begin[rank]; e < begin[rank + 1]; e++)
      self->ranks[place[sentences[e]]++] = rank;
}

static void
clear_signs (Signs *self)
{
  g_free (self->slots);
  g_array_unref (self->signs);
  g_array_unref (self->entries);
  g_free (self->first);
  g_free (self->ranks);
}

static Leader
describe (const Signs *signs, guint which)
{
  Leader leader = { signs->ranks + signs->first[which], signs->first[which + 1] - signs->first[which], 0, { 0 } };

  for (guint i = 0; i < leader.n; i++)
    leader.marks[leader.ranks[i] >> 6 & 1] |= G_GUINT64_CONSTANT (1) << (leader.ranks[i] & 63);
  return leader;
}

/* Sentences that share half of their ranks or more share one of these, their rarest: no other need be looked up. */
static guint
count_telling (const Leader *leader)
{
  return leader->n / 2 + 1;
}

/* At most so many of the ranks are shared: a mark that the other has not is a rank that it has not. */
static inline guint
most_shared (const Leader *own, const Leader *other)
{
  guint more = __builtin_popcountll (own->marks[0] & ~other->marks[0]) + __builtin_popcountll (own->marks[1] & ~other->marks[1]);
  guint less = __builtin_popcountll (other->marks[0] & ~own->marks[0]) + __builtin_popcountll (other->marks[1] & ~own->marks[1]);

  return MIN (own->n - more, other->n - less);
}

static double
measure_likeness (const Leader *a, const Leader *b)
{
  guint i = 0, j = 0, shared = 0;

  while (i < a->n && j < b->n)
    {
      guint32 x = a->ranks[i], y = b->ranks[j];

      shared += x == y;
      i += x <= y;
      j += y <= x;
    }
  return (double) shared / (a->n + b->n - shared);
}

/* The best leader; NONE is like it. What two sentences share begins at the first rank found in both: if too few are
 * left from there on to be half of all, they need not be compared. */
static guint
find_group (const Leader *own, guint which, const Leaders *leaders)
{
  double best = LEAST_LIKENESS;
  guint  found = NONE;

  for (guint i = 0; i < count_telling (own); i++)
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
          likeness = measure_likeness (own, other);
          if (likeness > best || (likeness == best && entry->group < found))
            best = likeness, found = entry->group;
        }
    }
  return found;
}

static guint
lead (const Leader *own, guint which, gint64 time, Leaders *leaders)
{
  guint           number = leaders->groups->len;
  MqQuestionGroup group = { which, 0, number, MQ_QUESTION_NO_OTHER, time, time };

  g_array_append_val (leaders->groups, group);
  g_array_append_vals (leaders->list, own, 1);
  for (guint i = 0; i < count_telling (own); i++)
    {
      GArray **place = &leaders->index[own->ranks[i]];

      if (*place == NULL)
        *place = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_array_append_vals (*place, &(Entry){ number, i }, 1);
    }
  return number;
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

GArray *
mq_question_groups (const MqAskedSentences *asked, guint *of)
{
  GArray *sentences = asked->sentences, *groups = g_array_new (FALSE, FALSE, sizeof (MqQuestionGroup));
  Signs   signs = { 0 };
  Leaders leaders = { .groups = groups, .list = g_array_new (FALSE, FALSE, sizeof (Leader)) };

  read_signs (&signs, asked);
  sort_ranks (&signs, sentences->len);
  leaders.n_ranks = signs.signs->len;
  leaders.index = g_new0 (GArray *, MAX (leaders.n_ranks, 1));
  for (guint i = 0; i < sentences->len; i++)
    {
      const MqAskedSentence *sentence = &g_array_index (sentences, MqAskedSentence, i);
      Leader                 own = describe (&signs, i);
      MqQuestionGroup       *group;

      of[i] = find_group (&own, i, &leaders);
      if (of[i] == NONE)
        of[i] = lead (&own, i, sentence->time, &leaders);
      group = &g_array_index (groups, MqQuestionGroup, of[i]);
      group->n++;
      group->last = sentence->time;
      if (group->other == MQ_QUESTION_NO_OTHER && strcmp (sentence->text, g_array_index (sentences, MqAskedSentence, group->leader).text) != 0)
        group->other = i;
    }
  clear_leaders (&leaders);
  clear_signs (&signs);
  return groups;
}
