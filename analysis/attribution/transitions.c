/* transitions.c: counts the steps of paths: a square of numbers for few channels and order 1, else a hash table. */

#include "config.h"

#include "attribution/markov.h"

#include <string.h>

#define DENSE_CELLS 65536
#define FIRST_SLOTS 1024
#define CHANNEL_BITS 16
#define CHANNEL_MASK 0xffffu

struct _MqTransitions
{
  guint         n_channels;
  guint         order;
  guint64      *dense; /* (owned) (nullable) [state][to]; state 0 is START */
  MqTransition *slots; /* (owned) (nullable) open addressing; count 0 is free */
  gsize         n_slots;
  gsize         n_used;
};

/* The bits of the latest `order` channels. */
static guint64
find_mask (const MqTransitions *self)
{
  return self->order == MQ_MARKOV_MAX_ORDER ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << CHANNEL_BITS * self->order) - 1;
}

static gsize
find_slot (const MqTransitions *self, guint64 state, guint32 to)
{
  guint64 hash = (state ^ ((guint64) to << 48) ^ to) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize   slot = (hash ^ hash >> 29) & (self->n_slots - 1);

  while (self->slots[slot].count != 0 && (self->slots[slot].state != state || self->slots[slot].to != to))
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static void
grow (MqTransitions *self)
{
  MqTransition *old = self->slots;
  gsize         n_old = self->n_slots;

  self->n_slots = n_old * 2;
  self->slots = g_new0 (MqTransition, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].count != 0)
      self->slots[find_slot (self, old[i].state, old[i].to)] = old[i];
  g_free (old);
}

void
mq_transitions_add (MqTransitions *self, guint64 state, guint32 to, guint64 times)
{
  gsize slot;

  if (times == 0)
    return;
  if (self->dense != NULL)
    {
      self->dense[state * (self->n_channels + 2) + to] += times;
      return;
    }
  slot = find_slot (self, state, to);
  if (self->slots[slot].count == 0)
    {
      if (self->n_used * 2 >= self->n_slots)
        {
          grow (self);
          slot = find_slot (self, state, to);
        }
      self->n_used++;
    }
  self->slots[slot].state = state;
  self->slots[slot].to = to;
  self->slots[slot].count += times;
}

/* The state's channels from the oldest as one number: shorter states come first. */
static guint64
order_of_state (guint64 state)
{
  guint32 channels[MQ_MARKOV_MAX_ORDER];
  guint   n = mq_markov_state_channels (state, channels);
  guint64 key = 0;

  for (guint i = 0; i < MQ_MARKOV_MAX_ORDER; i++)
    key = key << CHANNEL_BITS | (i < n ? channels[i] + 1 : 0);
  return key;
}

static int
compare_transitions_cb (gconstpointer a, gconstpointer b)
{
  const MqTransition *x = a, *y = b;
  guint64             p = order_of_state (x->state), q = order_of_state (y->state);

  if (p != q)
    return p < q ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

MqTransitions *
mq_transitions_new (guint n_channels, guint order)
{
  MqTransitions *self = g_new0 (MqTransitions, 1);
  gsize          cells = (n_channels + 1) * (gsize) (n_channels + 2);

  g_assert (n_channels <= MQ_MARKOV_MAX_CHANNELS && order >= 1 && order <= MQ_MARKOV_MAX_ORDER);
  self->n_channels = n_channels;
  self->order = order;
  if (order == 1 && cells <= DENSE_CELLS)
    self->dense = g_new0 (guint64, cells);
  else
    {
      self->n_slots = FIRST_SLOTS;
      self->slots = g_new0 (MqTransition, self->n_slots);
    }
  return self;
}

void
mq_transitions_free (MqTransitions *self)
{
  g_free (self->dense);
  g_free (self->slots);
  g_free (self);
}

static void
add_to_square (MqTransitions *self, const guint32 *channels, guint n, guint32 end, guint64 times)
{
  gsize    width = self->n_channels + 2;
  guint64 *row = self->dense;

  for (guint i = 0; i < n; i++)
    {
      row[channels[i]] += times;
      row = self->dense + (channels[i] + 1) * width;
    }
  row[end] += times;
}

void
mq_transitions_add_path (MqTransitions *self, const guint32 *channels, guint n, gboolean converted, guint64 times)
{
  guint64 mask = find_mask (self);
  guint64 state = 0;

  if (self->dense != NULL)
    {
      add_to_square (self, channels, n, converted ? self->n_channels : self->n_channels + 1, times);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      mq_transitions_add (self, state, channels[i], times);
      state = (state << CHANNEL_BITS | (channels[i] + 1)) & mask;
    }
  mq_transitions_add (self, state, converted ? self->n_channels : self->n_channels + 1, times);
}

void
mq_transitions_add_all (MqTransitions *self, const MqTransitions *other)
{
  g_assert (self->n_channels == other->n_channels && self->order == other->order);

  if (self->dense != NULL)
    for (gsize i = 0; i < (self->n_channels + 1) * (gsize) (self->n_channels + 2); i++)
      self->dense[i] += other->dense[i];
  else
    for (gsize i = 0; i < other->n_slots; i++)
      if (other->slots[i].count != 0)
        mq_transitions_add (self, other->slots[i].state, other->slots[i].to, other->slots[i].count);
}

MqTransitions *
mq_transitions_new_index (const MqTransition *list, gsize n, guint n_channels, guint order)
{
  MqTransitions *self = mq_transitions_new (n_channels, order);

  for (gsize i = 0; i < n; i++)
    mq_transitions_add (self, list[i].state, list[i].to, i + 1);
  return self;
}

static guint32
find_place (const MqTransitions *index, guint64 state, guint32 to)
{
  return (index->dense != NULL ? index->dense[state * (index->n_channels + 2) + to] : index->slots[find_slot (index, state, to)].count) - 1;
}

void
mq_transitions_find_path (const MqTransitions *index, const guint32 *channels, guint n, gboolean converted, GArray *places)
{
  guint64 mask = find_mask (index);
  guint64 state = 0;
  guint32 place;

  for (guint i = 0; i < n; i++)
    {
      place = find_place (index, state, channels[i]);
      g_array_append_val (places, place);
      state = (state << CHANNEL_BITS | (channels[i] + 1)) & mask;
    }
  place = find_place (index, state, converted ? index->n_channels : index->n_channels + 1);
  g_array_append_val (places, place);
}

MqTransition *
mq_transitions_list (const MqTransitions *self, gsize *n)
{
  gsize         width = self->n_channels + 2;
  gsize         n_cells = self->dense != NULL ? (self->n_channels + 1) * width : self->n_slots;
  MqTransition *list = g_new (MqTransition, MAX (self->dense != NULL ? n_cells : self->n_used, 1));

  *n = 0;
  for (gsize i = 0; i < n_cells; i++)
    if (self->dense == NULL && self->slots[i].count != 0)
      list[(*n)++] = self->slots[i];
    else if (self->dense != NULL && self->dense[i] != 0)
      list[(*n)++] = (MqTransition){ i / width, i % width, self->dense[i] };
  qsort (list, *n, sizeof *list, compare_transitions_cb);
  return list;
}

guint
mq_markov_state_channels (guint64 state, guint32 channels[MQ_MARKOV_MAX_ORDER])
{
  guint n = 0;

  while (n < MQ_MARKOV_MAX_ORDER && (state >> CHANNEL_BITS * n & CHANNEL_MASK) != 0)
    n++;
  for (guint i = 0; i < n; i++)
    channels[i] = (guint32) (state >> CHANNEL_BITS * (n - 1 - i) & CHANNEL_MASK) - 1;
  return n;
}
