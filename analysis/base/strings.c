/* strings.c: an immutable list of strings in one block of memory. */

#include "base/strings.h"

#include <string.h>

#include "base/room.h"

#define FIRST_STRINGS 16

struct _MqStrings
{
  gatomicrefcount ref_count;
  guint           n;
  guint64        *offsets; /* (owned) n + 1, counting the NUL after each string */
  char           *bytes;   /* (owned) */
};

struct _MqStringsBuilder
{
  guint    n;
  guint64 *offsets; /* (owned) n + 1 */
  char    *bytes;   /* (owned) */
  gsize    offsets_room;
  gsize    bytes_room;
};

MqStringsBuilder *
mq_strings_builder_new (void)
{
  MqStringsBuilder *self = g_new0 (MqStringsBuilder, 1);

  self->offsets_room = FIRST_STRINGS;
  self->offsets = g_new0 (guint64, self->offsets_room);
  return self;
}

void
mq_strings_builder_free (MqStringsBuilder *self)
{
  g_free (self->offsets);
  g_free (self->bytes);
  g_free (self);
}

gboolean
mq_strings_builder_try_add (MqStringsBuilder *self, const char *text, gsize length)
{
  guint64 end = self->offsets[self->n];

  if (!mq_make_room (&self->bytes, &self->bytes_room, end + length + 1, 1) || !mq_make_room (&self->offsets, &self->offsets_room, (gsize) self->n + 2, sizeof *self->offsets))
    return FALSE;
  memcpy (self->bytes + end, text, length);
  self->bytes[end + length] = '\0';
  self->offsets[++self->n] = end + length + 1;
  return TRUE;
}

void
mq_strings_builder_add (MqStringsBuilder *self, const char *text, gsize length)
{
  if (!mq_strings_builder_try_add (self, text, length))
    g_error ("no memory for a list of %u texts", self->n);
}

MqStrings *
mq_strings_builder_finish (MqStringsBuilder *self)
{
  MqStrings *strings = mq_strings_new_take (self->n, g_steal_pointer (&self->offsets), g_steal_pointer (&self->bytes));

  g_free (self);
  return strings;
}

MqStrings *
mq_strings_new_take (guint n, guint64 *offsets, char *bytes)
{
  MqStrings *self = g_new0 (MqStrings, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  self->offsets = offsets;
  self->bytes = bytes;
  return self;
}

MqStrings *
mq_strings_ref (MqStrings *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_strings_unref (MqStrings *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->offsets);
  g_free (self->bytes);
  g_free (self);
}

guint
mq_strings_length (const MqStrings *self)
{
  return self->n;
}

const char *
mq_strings_get (const MqStrings *self, guint index)
{
  g_return_val_if_fail (index < self->n, NULL);
  return self->bytes + self->offsets[index];
}

gsize
mq_strings_get_length (const MqStrings *self, guint index)
{
  g_return_val_if_fail (index < self->n, 0);
  return self->offsets[index + 1] - self->offsets[index] - 1;
}

gsize
mq_strings_bytes (const MqStrings *self)
{
  return sizeof *self + (self->n + 1) * sizeof (guint64) + self->offsets[self->n];
}

gint
mq_strings_find_sorted (const MqStrings *self, const char *text)
{
  gsize length = strlen (text);
  guint low = 0;
  guint high = self->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int   order = mq_bytes_compare (mq_strings_get (self, middle), mq_strings_get_length (self, middle), text, length);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

int
mq_bytes_compare (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize shared = MIN (a_length, b_length);
  int   order = shared > 0 ? memcmp (a, b, shared) : 0; /* a text without bytes may be NULL */

  if (order != 0)
    return order;
  return a_length < b_length ? -1 : a_length > b_length;
}

int
mq_text_count_guards (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && text[n] == '\'')
    n++;
  return n < length && text[n] != '\0' && strchr ("=+-@\t\r", text[n]) != NULL ? (int) MIN (n, G_MAXINT) : -1;
}
