/* zip-builder.h: a zip in memory, stored entries only, for tests. */

#pragma once

#include <string.h>
#include <zlib.h>
#include <glib.h>

typedef struct
{
  GString *bytes;
  GString *directory;
  guint    n;
} ZipBuilder;

static inline void
zip_put (GString *out, guint64 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++)
    g_string_append_c (out, i < 8 ? (char) (value >> (8 * i)) : 0);
}

static inline void
zip_begin (ZipBuilder *self)
{
  *self = (ZipBuilder){ g_string_new (NULL), g_string_new (NULL), 0 };
}

static inline void
zip_add (ZipBuilder *self, const char *name, const char *text)
{
  gsize length = strlen (text);
  gsize offset = self->bytes->len;
  guint crc = crc32 (0, (const guchar *) text, length);

  for (guint central = 0; central < 2; central++)
    {
      GString *out = central ? self->directory : self->bytes;

      zip_put (out, central ? 0x02014b50 : 0x04034b50, 4);
      if (central)
        zip_put (out, 20, 2);
      zip_put (out, 20, 2);
      zip_put (out, 0, 8); /* flags, method, time, date */
      zip_put (out, crc, 4);
      zip_put (out, length, 4);
      zip_put (out, length, 4);
      zip_put (out, strlen (name), 2);
      zip_put (out, 0, 2);
      if (central)
        {
          zip_put (out, 0, 10); /* comment, disk, attributes */
          zip_put (out, offset, 4);
        }
      g_string_append (out, name);
    }
  g_string_append_len (self->bytes, text, length);
  self->n++;
}

/* (transfer full) */
static inline GBytes *
zip_end (ZipBuilder *self)
{
  gsize start = self->bytes->len;
  gsize size = self->directory->len;

  g_string_append_len (self->bytes, self->directory->str, size);
  g_string_free (self->directory, TRUE);
  zip_put (self->bytes, 0x06054b50, 4);
  zip_put (self->bytes, 0, 4);
  zip_put (self->bytes, self->n, 2);
  zip_put (self->bytes, self->n, 2);
  zip_put (self->bytes, size, 4);
  zip_put (self->bytes, start, 4);
  zip_put (self->bytes, 0, 2);
  return g_string_free_to_bytes (self->bytes);
}
