/* near-copies.c: an index from triples to the texts that have them. */

#include "config.h"

#include "sentiment/near-copies.h"

#include <stdlib.h>
#include <string.h>

#include "sentiment/mood-text.h"

#define LEAST_LIKENESS 0.8
#define LEAST_TRIPLES 6 /* a shorter text is too easily like another */

struct _MqNearCopies
{
  GHashTable *index; /* (owned) (element-type guint64 GArray of guint): the texts with a triple, ascending */
  guint      *sizes; /* (owned) triples of each text */
  guint       n;
};

struct _MqNearSearch
{
  const MqNearCopies *copies; /* (borrowed) */
  MqMoodText          text;
  GArray             *triples; /* (owned) guint64 */
  guint              *shared;  /* (owned) by text */
  GArray             *touched; /* (owned) texts that share any */
};

static int
compare_triples_cb (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Each once, ascending. */
static void
read_triples (MqMoodText *text, const char *string, GArray *triples)
{
  guint64 last = 0;
  gsize   letters = 0;
  guint   n = 0;

  mq_mood_text_read (text, string, strlen (string));
  g_array_set_size (triples, 0);
  for (gsize i = 0; i < text->n; i++)
    if (text->classes[i] == MQ_SIGN_CJK || text->classes[i] == MQ_SIGN_LETTER)
      {
        last = (last << 16 | text->units[i]) & G_GUINT64_CONSTANT (0xffffffffffff);
        if (++letters >= 3)
          g_array_append_val (triples, last);
      }
  g_array_sort (triples, compare_triples_cb);
  for (guint i = 0; i < triples->len; i++)
    if (n == 0 || g_array_index (triples, guint64, i) != g_array_index (triples, guint64, n - 1))
      g_array_index (triples, guint64, n++) = g_array_index (triples, guint64, i);
  g_array_set_size (triples, n);
}

MqNearCopies *
mq_near_copies_new (const char *const *texts, guint n)
{
  MqNearCopies *self = g_new0 (MqNearCopies, 1);
  g_auto (MqMoodText) text = { 0 };
  g_autoptr (GArray) triples = g_array_new (FALSE, FALSE, sizeof (guint64));

  self->index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->sizes = g_new0 (guint, MAX (n, 1));
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      read_triples (&text, texts[i], triples);
      self->sizes[i] = triples->len;
      for (guint k = 0; k < triples->len && triples->len >= LEAST_TRIPLES; k++)
        {
          guint64 *triple = &g_array_index (triples, guint64, k);
          GArray  *list = g_hash_table_lookup (self->index, triple);

          if (list == NULL)
            g_hash_table_insert (self->index, g_memdup2 (triple, sizeof *triple), list = g_array_new (FALSE, FALSE, sizeof (guint)));
          g_array_append_val (list, i);
        }
    }
  return self;
}

void
mq_near_copies_free (MqNearCopies *self)
{
  g_hash_table_unref (self->index);
  g_free (self->sizes);
  g_free (self);
}

MqNearSearch *
mq_near_search_new (const MqNearCopies *copies)
{
  MqNearSearch *self = g_new0 (MqNearSearch, 1);

  self->copies = copies;
  self->triples = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->shared = g_new0 (guint, MAX (copies->n, 1));
  return self;
}

void
mq_near_search_free (MqNearSearch *self)
{
  mq_mood_text_clear (&self->text);
  g_array_unref (self->triples);
  g_array_unref (self->touched);
  g_free (self->shared);
  g_free (self);
}

static void
count_shared (MqNearSearch *self)
{
  g_array_set_size (self->touched, 0);
  for (guint i = 0; i < self->triples->len; i++)
    {
      const GArray *list = g_hash_table_lookup (self->copies->index, &g_array_index (self->triples, guint64, i));

      for (guint k = 0; list != NULL && k < list->len; k++)
        {
          guint which = g_array_index (list, guint, k);

          if (self->shared[which]++ == 0)
            g_array_append_val (self->touched, which);
        }
    }
}

guint
mq_near_search_find (MqNearSearch *self, const char *text)
{
  double best = LEAST_LIKENESS;
  guint  found = MQ_NEAR_COPY_NONE;

  read_triples (&self->text, text, self->triples);
  if (self->triples->len < LEAST_TRIPLES)
    return MQ_NEAR_COPY_NONE;
  count_shared (self);
  for (guint i = 0; i < self->touched->len; i++)
    {
      guint  which = g_array_index (self->touched, guint, i), shared = self->shared[which];
      double likeness = (double) shared / (self->triples->len + self->copies->sizes[which] - shared);

      self->shared[which] = 0;
      if (likeness > best || (likeness == best && which < found))
        best = likeness, found = which;
    }
  return found;
}
