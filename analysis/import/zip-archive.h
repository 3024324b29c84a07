/* zip-archive.h: MqZipArchive, reading a zip by its central directory, trusting nothing in it: entries that are doubled,
 * overlap, are encrypted or packed by a method other than "stored" and "deflated" are refused, and so is what unpacks to
 * implausibly much. Nothing is ever written under a name from the archive. Errors are MQ_IMPORT_ERROR_FORMAT without a
 * place, _OPEN where the file cannot be read. One thread. */

#pragma once

#include "import/raw-file.h"

G_BEGIN_DECLS

#define MQ_ZIP_MAX_ENTRIES 10000

typedef struct
{
  char    *name; /* (owned) valid UTF-8, with "/" between folders */
  gint64   offset;
  guint64  packed; /* bytes in the archive */
  guint64  size;   /* as it says */
  guint32  crc;
  guint16  method;
  gboolean encrypted;
} MqZipEntry;

typedef struct _MqZipArchive MqZipArchive;
typedef struct _MqZipReader  MqZipReader;

/* raw: (borrowed) for the archive's life. */
MqZipArchive     *mq_zip_archive_open (MqRawFile *raw, GError **error);
void              mq_zip_archive_free (MqZipArchive *self);
guint             mq_zip_archive_length (const MqZipArchive *self);
const MqZipEntry *mq_zip_archive_entry (const MqZipArchive *self, guint index);
/* By name, in any case of letters; NULL if there is none. */
const MqZipEntry *mq_zip_archive_find (const MqZipArchive *self, const char *name);
/* Bytes that stand before and after the archive in the file. */
gboolean mq_zip_archive_has_junk (const MqZipArchive *self);

MqZipReader *mq_zip_reader_new (MqZipArchive *archive, const MqZipEntry *entry, GError **error);
void         mq_zip_reader_free (MqZipReader *self);
/* Up to size bytes; 0 at the end, when length and CRC were right; -1 with error. */
gssize mq_zip_reader_read (MqZipReader *self, char *buffer, gsize size, GError **error);
gint64 mq_zip_reader_position (const MqZipReader *self); /* packed bytes read so far */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqZipArchive, mq_zip_archive_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqZipReader, mq_zip_reader_free)

G_END_DECLS
