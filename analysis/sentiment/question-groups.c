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

/* What a sentence is compared by. */
typedef struct
{
  const guint32 *ranks; /* (borrowed) */
  guint32        n;
  guint64        marks[4]; /* a bit for each rank, by its last 8 bits */
} Ranks;

/* A leader that has a rank among its rarest. Of 240 letters, n is less than 480. */
typedef struct
{
  guint32 group;
  guint16 n;     /* its ranks */
  gint16  reach; /* 2 n less 3 for each rank before this one: of a longer sentence too few are left to be shared */
} Entry;

/* What leads, and where to find it. */
typedef struct
{
  GArray  *groups;  /* (borrowed) (element-type MqQuestionGroup) */
  gsize   *begin;   /* (owned) by rank: into `entries`, where all sentences would have room that could lead */
  guint32 *n_found; /* (owned) by rank */
  Entry   *entries; /* (owned) */
  GArray  *list;    /* (owned) (element-type Ranks) by group */
  GArray  *seen;    /* (owned) (element-type guint32) by group: the sentence, from 1, that was last compared with it */
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

static Ranks
describe (const Signs *signs, guint which)
{
  Ranks ranks = { signs->ranks + signs->first[which], signs->first[which + 1] - signs->first[which], { 0 } };

  for (guint i = 0; i < ranks.n; i++)
    ranks.marks[ranks.ranks[i] >> 6 & 3] |= G_GUINT64_CONSTANT (1) << (ranks.ranks[i] & 63);
  return ranks;
}

/* Sentences that share half of their ranks or more share one of these, their rarest: no other need be looked up. */
static guint
count_telling (const Ranks *ranks)
{
  return ranks->n / 2 + 1;
}

/* Of two numbers of 64 bits, together. */
static inline guint
count_bits (guint64 a, guint64 b)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x5555555555555555), twos = G_GUINT64_CONSTANT (0x3333333333333333);

  a -= a >> 1 & ones;
  b -= b >> 1 & ones;
  a = (a & twos) + (a >> 2 & twos) + (b & twos) + (b >> 2 & twos);
  a = (a & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f)) + (a >> 4 & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f));
  return a * G_GUINT64_CONSTANT (0x0101010101010101) >> 56;
}

/* Whether the two can share `least` ranks: a mark that only one has is a rank that the other has not. */
static inline gboolean
can_share (const Ranks *a, const Ranks *b, guint least)
{
  guint differing = count_bits (a->marks[0] ^ b->marks[0], a->marks[1] ^ b->marks[1]) + count_bits (a->marks[2] ^ b->marks[2], a->marks[3] ^ b->marks[3]);

  return a->n + b->n >= differing + 2 * least;
}

/* What is shared, to all; 0 as soon as so many are not shared that `least` cannot be reached. */
static double
measure_likeness (const Ranks *a, const Ranks *b, guint least)
{
  guint i = 0, j = 0, shared = 0;

  while (i < a->n && j < b->n && i - shared + least <= a->n && j - shared + least <= b->n)
    {
      guint32 x = a->ranks[i], y = b->ranks[j];

      shared += x == y;
      i += x <= y;
      j += y <= x;
    }
  return shared >= least ? (double) shared / (a->n + b->n - shared) : 0;
}

/* The best leader; NONE is like it. Half of all are shared if a third of both together are; from the first shared rank on,
 * the i-th of the own, so many have to be left in both. */
static guint
find_group (const Ranks *own, guint which, const Leaders *leaders)
{
  double best = LEAST_LIKENESS;
  guint  found = NONE;

  for (guint i = 0; i < count_telling (own); i++)
    {
      const Entry *candidates = leaders->entries + leaders->begin[own->ranks[i]];
      guint32      n_candidates = leaders->n_found[own->ranks[i]];
      gint         longest = 2 * (gint) own->n - 3 * (gint) i;

      for (guint32 k = 0; k < n_candidates; k++)
        {
          const Entry *entry = &candidates[k];
          guint        least = (own->n + entry->n + 2) / 3;
          guint32     *seen;
          const Ranks *other;
          double       likeness;

          if (entry->n > longest || entry->reach < (gint) own->n || *(seen = &g_array_index (leaders->seen, guint32, entry->group)) == which + 1)
            continue;
          *seen = which + 1;
          other = &g_array_index (leaders->list, Ranks, entry->group);
          if (!can_share (own, other, least))
            continue;
          likeness = measure_likeness (own, other, least);
          if (likeness > best || (likeness == best && entry->group < found))
            best = likeness, found = entry->group;
        }
    }
  return found;
}

static guint
lead (const Ranks *own, guint which, gint64 time, Leaders *leaders)
{
  guint           number = leaders->groups->len;
  MqQuestionGroup group = { which, 0, number, MQ_QUESTION_NO_OTHER, time, time };
  const guint32   never = 0;

  g_array_append_val (leaders->groups, group);
  g_array_append_vals (leaders->list, own, 1);
  g_array_append_val (leaders->seen, never);
  for (guint i = 0; i < count_telling (own); i++)
    {
      guint32 rank = own->ranks[i];

      leaders->entries[leaders->begin[rank] + leaders->n_found[rank]++] = (Entry){ number, own->n, 2 * (gint) own->n - 3 * (gint) i };
    }
  return number;
}

static void
leaders_init (Leaders *self, GArray *groups, const Signs *signs, guint n_sentences)
{
  guint n_ranks = signs->signs->len;

  self->groups = groups;
  self->list = g_array_new (FALSE, FALSE, sizeof (Ranks));
  self->seen = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->begin = g_new0 (gsize, (gsize) n_ranks + 1);
  self->n_found = g_new0 (guint32, MAX (n_ranks, 1));
  for (guint i = 0; i < n_sentences; i++)
    {
      Ranks ranks = { signs->ranks + signs->first[i], signs->first[i + 1] - signs->first[i], { 0 } };

      for (guint k = 0; k < count_telling (&ranks); k++)
        self->begin[ranks.ranks[k] + 1]++;
    }
  for (guint rank = 0; rank < n_ranks; rank++)
    self->begin[rank + 1] += self->begin[rank];
  self->entries = g_new (Entry, MAX (self->begin[n_ranks], 1));
}

static void
leaders_clear (Leaders *self)
{
  g_free (self->begin);
  g_free (self->n_found);
  g_free (self->entries);
  g_array_unref (self->list);
  g_array_unref (self->seen);
}

GArray *
mq_question_groups (const MqAskedSentences *asked, guint *of)
{
  GArray *sentences = asked->sentences, *groups = g_array_new (FALSE, FALSE, sizeof (MqQuestionGroup));
  Signs   signs = { 0 };
  Leaders leaders;

  read_signs (&signs, asked);
  sort_ranks (&signs, sentences->len);
  leaders_init (&leaders, groups, &signs, sentences->len);
  for (guint i = 0; i < sentences->len; i++)
    {
      const MqAskedSentence *sentence = &g_array_index (sentences, MqAskedSentence, i);
      Ranks                  own = describe (&signs, i);
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
  leaders_clear (&leaders);
  clear_signs (&signs);
  return groups;
}
