/* strings.c: an immutable list of strings in one block of memory. */

#include "base/strings.h"

#include <string.h>

struct _MqStrings
{
  gatomicrefcount ref_count;
  guint           n;
  guint64        *offsets; /* (owned) n + 1, counting the NUL after each string */
  char           *bytes;   /* (owned) */
};

struct _MqStringsBuilder
{
  GArray     *offsets; /* (owned) (element-type guint64) */
  GByteArray *bytes;   /* (owned) */
};

MqStringsBuilder *
mq_strings_builder_new (void)
{
  MqStringsBuilder *self = g_new0 (MqStringsBuilder, 1);
  guint64           zero = 0;

  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->bytes = g_byte_array_new ();
  g_array_append_val (self->offsets, zero);
  return self;
}

void
mq_strings_builder_free (MqStringsBuilder *self)
{
  g_array_unref (self->offsets);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

void
mq_strings_builder_add (MqStringsBuilder *self, const char *text, gsize length)
{
  guint64 end;

  g_byte_array_append (self->bytes, (const guint8 *) text, length);
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  end = self->bytes->len;
  g_array_append_val (self->offsets, end);
}

MqStrings *
mq_strings_builder_finish (MqStringsBuilder *self)
{
  guint    n = self->offsets->len - 1;
  guint64 *offsets = (guint64 *) (gpointer) g_array_free (g_steal_pointer (&self->offsets), FALSE);
  char    *bytes = (char *) g_byte_array_free (g_steal_pointer (&self->bytes), FALSE);

  g_free (self);
  return mq_strings_new_take (n, offsets, bytes);
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
  int order = memcmp (a, b, MIN (a_length, b_length));

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
