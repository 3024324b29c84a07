/* zip-archive.c: the end record, the central directory, and entries through zlib. */

#include "config.h"
#include "import/zip-archive.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/import-error.h"
#include "import/inflater.h"

#define END_BYTES 22
#define END_SEARCH (128 * 1024)
#define LOCATOR_BYTES 20
#define END64_BYTES 56
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define MAX_DIRECTORY (64 * 1024 * 1024)
#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define FLAG_ENCRYPTED 1
#define FLAG_UTF8 0x800

struct _MqZipArchive
{
  MqRawFile  *raw;     /* (borrowed) */
  GPtrArray  *entries; /* (owned) (element-type MqZipEntry) in the directory's order */
  GHashTable *by_name; /* (owned) folded name → entry */
  gint64      base;    /* where the archive begins in the file */
  gboolean    junk;
};

struct _MqZipReader
{
  MqZipArchive     *archive;  /* (borrowed) */
  const MqZipEntry *entry;    /* (borrowed) */
  MqInflater       *inflater; /* (owned) */
};

typedef struct
{
  guint64 n;
  guint64 size;
  gint64  offset;
  gint64  end; /* of the directory, in the file */
} Directory;

static inline guint16
get16 (const guint8 *p)
{
  return p[0] | p[1] << 8;
}

static inline guint32
get32 (const guint8 *p)
{
  return get16 (p) | (guint32) get16 (p + 2) << 16;
}

static inline guint64
get64 (const guint8 *p)
{
  return get32 (p) | (guint64) get32 (p + 4) << 32;
}

static void
free_entry (gpointer data)
{
  MqZipEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, sentence);
  return FALSE;
}

static gboolean
fail_damaged (GError **error)
{
  return fail (error, _ ("The archive is damaged or was not written to its end. Get the file again from where it came."));
}

static gboolean
read_exactly (MqRawFile *raw, gint64 offset, gpointer buffer, gsize size, GError **error)
{
  gssize n = offset >= 0 && offset <= raw->size ? mq_raw_file_read (raw, offset, buffer, size, error) : 0;

  if (n < 0)
    return FALSE;
  return n == (gssize) size || fail_damaged (error);
}

/* Directories of large archives stand in a record of their own, before the end record. */
static gboolean
read_end64 (MqZipArchive *self, gint64 end, Directory *directory, GError **error)
{
  guint8 locator[LOCATOR_BYTES];
  guint8 record[END64_BYTES];

  if (!read_exactly (self->raw, end - LOCATOR_BYTES, locator, sizeof locator, error))
    return FALSE;
  if (get32 (locator) != 0x07064b50 || get64 (locator + 8) > G_MAXINT64)
    return fail_damaged (error);
  if (!read_exactly (self->raw, get64 (locator + 8), record, sizeof record, error))
    return FALSE;
  if (get32 (record) != 0x06064b50 || get64 (record + 48) > G_MAXINT64)
    return fail_damaged (error);
  *directory = (Directory){ get64 (record + 32), get64 (record + 40), get64 (record + 48), get64 (locator + 8) };
  return TRUE;
}

/* The last end record whose directory lies before it. */
static gboolean
find_directory (MqZipArchive *self, Directory *directory, GError **error)
{
  gsize              size = MIN (self->raw->size, END_SEARCH);
  gint64             from = self->raw->size - size;
  g_autofree guint8 *tail = g_malloc (size + 1);

  if (!read_exactly (self->raw, from, tail, size, error))
    return FALSE;
  for (gssize i = (gssize) size - END_BYTES; i >= 0; i--)
    {
      const guint8 *p = tail + i;

      if (get32 (p) != 0x06054b50)
        continue;
      *directory = (Directory){ get16 (p + 10), get32 (p + 12), get32 (p + 16), from + i };
      if (get16 (p + 4) != get16 (p + 6))
        return fail (error, _ ("The archive is one of several parts. Join or unpack them first."));
      self->junk = i + END_BYTES + get16 (p + 20) != (gssize) size;
      if ((directory->offset == G_MAXUINT32 || directory->n == G_MAXUINT16) && !read_end64 (self, from + i, directory, error))
        return FALSE;
      self->base = directory->end - (gint64) directory->size - directory->offset;
      self->junk |= self->base > 0;
      return (directory->size <= MAX_DIRECTORY && self->base >= 0) || fail_damaged (error);
    }
  return fail_damaged (error);
}

/* Sizes beyond 4 GiB stand in an extra field. */
static void
read_extra (MqZipEntry *entry, const guint8 *extra, gsize length)
{
  while (length >= 4)
    {
      gsize         size = get16 (extra + 2);
      const guint8 *p = extra + 4;
      const guint8 *end = p + size;

      if (size > length - 4)
        return;
      if (get16 (extra) == 1)
        {
          if (entry->size == G_MAXUINT32 && end - p >= 8)
            entry->size = get64 (p), p += 8;
          if (entry->packed == G_MAXUINT32 && end - p >= 8)
            entry->packed = get64 (p), p += 8;
          if (entry->offset == G_MAXUINT32 && end - p >= 8)
            entry->offset = get64 (p) & G_MAXINT64;
          return;
        }
      extra += 4 + size;
      length -= 4 + size;
    }
}

/* Names that are no UTF-8 are mostly GBK from Chinese computers. */
static char *
decode_name (const char *name, gsize length)
{
  char *text = NULL;

  if (!g_utf8_validate (name, length, NULL))
    text = g_convert (name, length, "UTF-8", "GB18030", NULL, NULL, NULL);
  if (text == NULL)
    {
      g_autofree char *copy = g_strndup (name, length);

      text = g_utf8_make_valid (copy, -1);
    }
  return g_strdelimit (text, "\\", '/');
}

static gboolean
add_entry (MqZipArchive *self, const guint8 *p, GError **error)
{
  guint       name_length = get16 (p + 28);
  MqZipEntry *entry = g_new0 (MqZipEntry, 1);

  entry->encrypted = (get16 (p + 8) & FLAG_ENCRYPTED) != 0;
  entry->method = get16 (p + 10);
  entry->crc = get32 (p + 16);
  entry->packed = get32 (p + 20);
  entry->size = get32 (p + 24);
  entry->offset = get32 (p + 42);
  entry->name = decode_name ((const char *) p + ENTRY_BYTES, name_length);
  read_extra (entry, p + ENTRY_BYTES + name_length, get16 (p + 30));
  g_ptr_array_add (self->entries, entry);
  if (entry->offset > self->raw->size - self->base || entry->packed > (guint64) self->raw->size)
    return fail_damaged (error);
  entry->offset += self->base;
  if (!g_hash_table_insert (self->by_name, g_utf8_casefold (entry->name, -1), entry))
    return fail (error, _ ("The archive has two entries of the same name: which one holds cannot be told. Save it again from where it was made."));
  return TRUE;
}

static gboolean
read_directory (MqZipArchive *self, const Directory *directory, GError **error)
{
  g_autofree guint8 *data = g_try_malloc (directory->size + 1);
  gsize              at = 0;

  if (data == NULL)
    return fail_damaged (error);
  if (!read_exactly (self->raw, self->base + directory->offset, data, directory->size, error))
    return FALSE;
  if (directory->n > MQ_ZIP_MAX_ENTRIES)
    return fail (error, _ ("The archive has more than 10,000 entries, which is the limit. Unpack it and import the files that matter."));
  for (guint64 i = 0; i < directory->n; i++)
    {
      const guint8 *p = data + at;
      gsize         size;

      if (directory->size - at < ENTRY_BYTES || get32 (p) != 0x02014b50)
        return fail_damaged (error);
      size = ENTRY_BYTES + get16 (p + 28) + get16 (p + 30) + get16 (p + 32);
      if (size > directory->size - at)
        return fail_damaged (error);
      if (!add_entry (self, p, error))
        return FALSE;
      at += size;
    }
  return TRUE;
}

static int
compare_offsets_cb (gconstpointer a, gconstpointer b)
{
  const MqZipEntry *x = *(MqZipEntry *const *) a;
  const MqZipEntry *y = *(MqZipEntry *const *) b;

  return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* Bodies that entries share are how a small archive becomes a huge one. */
static gboolean
check_overlaps (const MqZipArchive *self, const Directory *directory, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->entries, NULL, NULL);
  gint64 limit = self->base + directory->offset;

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_offsets_cb);
  for (guint i = 0; i < sorted->len; i++)
    {
      const MqZipEntry *entry = sorted->pdata[i];
      gint64            next = i + 1 < sorted->len ? ((const MqZipEntry *) sorted->pdata[i + 1])->offset : limit;

      if (entry->offset + LOCAL_BYTES + (gint64) entry->packed > next)
        return fail (error, _ ("Entries of the archive overlap, as in files made to do harm. Get it again from where it came."));
    }
  return TRUE;
}

MqZipArchive *
mq_zip_archive_open (MqRawFile *raw, GError **error)
{
  g_autoptr (MqZipArchive) self = g_new0 (MqZipArchive, 1);
  Directory directory;

  self->raw = raw;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!find_directory (self, &directory, error) || !read_directory (self, &directory, error) || !check_overlaps (self, &directory, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_zip_archive_free (MqZipArchive *self)
{
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

guint
mq_zip_archive_length (const MqZipArchive *self)
{
  return self->entries->len;
}

const MqZipEntry *
mq_zip_archive_entry (const MqZipArchive *self, guint index)
{
  return g_ptr_array_index (self->entries, index);
}

const MqZipEntry *
mq_zip_archive_find (const MqZipArchive *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_hash_table_lookup (self->by_name, folded);
}

gboolean
mq_zip_archive_has_junk (const MqZipArchive *self)
{
  return self->junk;
}

MqZipReader *
mq_zip_reader_new (MqZipArchive *archive, const MqZipEntry *entry, GError **error)
{
  g_autoptr (MqZipReader) self = g_new0 (MqZipReader, 1);
  guint8 local[LOCAL_BYTES];
  gint64 start;

  self->archive = archive;
  self->entry = entry;
  if (entry->encrypted)
    {
      fail (error, _ ("The archive is protected by a password. Unpack it with the password and import what is inside."));
      return NULL;
    }
  if (entry->method != METHOD_STORED && entry->method != METHOD_DEFLATED)
    {
      fail (error, _ ("The archive is packed by an unusual method. Unpack it and pack it again as an ordinary zip, or save the workbook again."));
      return NULL;
    }
  if (!read_exactly (archive->raw, entry->offset, local, sizeof local, error))
    return NULL;
  start = entry->offset + LOCAL_BYTES + get16 (local + 26) + get16 (local + 28);
  if (get32 (local) != 0x04034b50 || start + (gint64) entry->packed > archive->raw->size)
    {
      fail_damaged (error);
      return NULL;
    }
  self->inflater = mq_inflater_new (archive->raw, start, start + entry->packed, entry->method == METHOD_STORED ? MQ_INFLATE_STORED : MQ_INFLATE_RAW);
  return g_steal_pointer (&self);
}

void
mq_zip_reader_free (MqZipReader *self)
{
  g_clear_pointer (&self->inflater, mq_inflater_free);
  g_free (self);
}

gssize
mq_zip_reader_read (MqZipReader *self, char *buffer, gsize size, GError **error)
{
  gssize n = mq_inflater_read (self->inflater, buffer, size, error);

  if (n == 0 && (mq_inflater_crc (self->inflater) != self->entry->crc || mq_inflater_size (self->inflater) != self->entry->size))
    return fail_damaged (error) ? 0 : -1;
  return n;
}

gint64
mq_zip_reader_position (const MqZipReader *self)
{
  return mq_inflater_position (self->inflater);
}
