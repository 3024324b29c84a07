/* record-source.c: what a file is, and what all sources of records share. */

#include "config.h"
#include "import/record-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/checksum.h"
#include "base/piece.h"
#include "import/file-kind.h"
#include "import/import-error.h"
#include "import/inflater.h"
#include "import/zip-archive.h"

#define HEAD_BYTES 8192
#define HASH_BYTES MQ_PIECE (256 * 1024)
#define MAX_LAYERS 3 /* a gzip in a zip */

static MqRecordSource *open_raw (MqRawFile *raw, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error);

static void
set_error (const MqRawFile *raw, GError **error, const char *sentence)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, "%s: %s", raw->name, sentence);
}

/* The hash of the file as it is given, also where what is inside is read. */
static gboolean
hash_file (MqRawFile *raw, const MqRun *run, GError **error)
{
  g_autofree char *buffer = g_malloc (HASH_BYTES);
  g_autoptr (MqSha256) sha = mq_sha256_new ();
  gssize n = 1;

  if (raw->sha256 != NULL || raw->cut)
    return TRUE;
  for (gint64 at = 0; n > 0; at += n)
    {
      n = mq_run_check (run, error) ? mq_raw_file_read (raw, at, buffer, HASH_BYTES, error) : -1;
      if (n < 0)
        return FALSE;
      mq_sha256_update (sha, buffer, n);
    }
  raw->sha256 = mq_sha256_finish (sha);
  return TRUE;
}

typedef gssize (*ReadFunc) (gpointer reader, char *buffer, gsize size, GError **error);

static gssize
read_inflater (gpointer reader, char *buffer, gsize size, GError **error)
{
  return mq_inflater_read (reader, buffer, size, error);
}

static gssize
read_entry (gpointer reader, char *buffer, gsize size, GError **error)
{
  return mq_zip_reader_read (reader, buffer, size, error);
}

/* Opens what is inside `raw`, which is cleared; `name` is that of what is inside. */
static MqRecordSource *
open_inside (MqRawFile *raw, const char *name, ReadFunc read, gpointer reader, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  MqRawFile inner;
  gboolean  done = mq_raw_file_open_unpacked (&inner, name, read, reader, run, error);

  if (done)
    {
      inner.sha256 = g_steal_pointer (&raw->sha256);
      inner.cut = raw->cut;
    }
  mq_raw_file_clear (raw);
  return done ? open_raw (&inner, options, layer + 1, run, error) : NULL;
}

static MqRecordSource *
open_gzip (MqRawFile *raw, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  g_autoptr (MqInflater) inflater = NULL;
  g_autofree char *name = g_strdup (raw->name);

  if (!hash_file (raw, run, error))
    {
      mq_raw_file_clear (raw);
      return NULL;
    }
  inflater = mq_inflater_new (raw, 0, raw->size, MQ_INFLATE_GZIP);
  return open_inside (raw, name, read_inflater, inflater, options, layer, run, error);
}

/* Whether an entry of a zip is a file that somebody put there. */
static gboolean
is_real_file (const MqZipEntry *entry)
{
  const char *base = strrchr (entry->name, '/');

  base = base != NULL ? base + 1 : entry->name;
  return entry->size > 0 && base[0] != '\0' && base[0] != '.' && !g_str_has_prefix (entry->name, "__MACOSX/") && !g_str_equal (base, "Thumbs.db");
}

static gboolean
leaves_archive (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  return name[0] == '/' || g_strv_contains ((const char *const *) parts, "..") || (g_ascii_isalpha (name[0]) && name[1] == ':');
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the files in a zip, sorted; NULL with an error. */
static GPtrArray *
list_entries (const MqRawFile *raw, const MqZipArchive *archive, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < mq_zip_archive_length (archive); i++)
    {
      const MqZipEntry *entry = mq_zip_archive_entry (archive, i);

      if (leaves_archive (entry->name))
        {
          set_error (raw, error, _ ("The archive names a file outside of itself, as files made to do harm do. Unpack it yourself if it is what it should be."));
          return NULL;
        }
      if (is_real_file (entry))
        g_ptr_array_add (names, g_strdup (entry->name));
    }
  g_ptr_array_sort (names, compare_names_cb);
  if (names->len == 0)
    {
      set_error (raw, error, _ ("The archive is empty. Choose a file with a table in it."));
      return NULL;
    }
  return g_steal_pointer (&names);
}

static MqRecordSource *
open_entry (MqRawFile *raw, MqZipArchive *archive, const char *part, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  MqRecordSourceOptions inner = *options;
  const MqZipEntry     *entry = mq_zip_archive_find (archive, part);
  g_autoptr (MqZipReader) reader = NULL;
  g_autofree char *name = g_strdup_printf ("%s/%s", raw->name, part);

  inner.part = NULL;
  if (entry == NULL)
    set_error (raw, error, _ ("The archive has no such file."));
  else
    reader = mq_zip_reader_new (archive, entry, error);
  if (reader == NULL)
    {
      mq_raw_file_clear (raw);
      return NULL;
    }
  return open_inside (raw, name, read_entry, reader, &inner, layer, run, error);
}

static MqRecordSource *
open_folder (MqRawFile *raw, MqZipArchive *archive, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) names = list_entries (raw, archive, error);

  if (names != NULL && names->len > 1 && options->part == NULL)
    {
      set_error (raw, error, _ ("The archive has several files. Import it on the command line, or unpack it and import them one by one."));
      g_clear_pointer (&names, g_ptr_array_unref);
    }
  if (names != NULL)
    return open_entry (raw, archive, options->part != NULL ? options->part : names->pdata[0], options, layer, run, error);
  mq_raw_file_clear (raw);
  return NULL;
}

/* What a zip is made for, by the entries that its kind must have. */
static const char *
refuse_zip (const MqZipArchive *archive)
{
  if (mq_zip_archive_find (archive, "content.xml") != NULL && mq_zip_archive_find (archive, "META-INF/manifest.xml") != NULL)
    return _ ("The file is an OpenDocument spreadsheet. Open it, save the sheet as .xlsx or as CSV and import that.");
  if (mq_zip_archive_find (archive, "xl/workbook.bin") != NULL)
    return _ ("The file is a binary workbook (.xlsb). Open it in a spreadsheet, save it as .xlsx and import that.");
  if (mq_zip_archive_find (archive, "word/document.xml") != NULL || mq_zip_archive_find (archive, "ppt/presentation.xml") != NULL)
    return _ ("The file is a document or a presentation. Put the table into a spreadsheet, save that as .xlsx and import it.");
  return NULL;
}

static MqRecordSource *
open_zip (MqRawFile *raw, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  g_autoptr (MqZipArchive) archive = mq_zip_archive_open (raw, error);
  const char *refusal = archive != NULL ? refuse_zip (archive) : NULL;

  if (refusal != NULL)
    set_error (raw, error, refusal);
  if (archive == NULL || refusal != NULL || !hash_file (raw, run, error))
    {
      mq_raw_file_clear (raw);
      return NULL;
    }
  if (mq_zip_archive_find (archive, "[Content_Types].xml") != NULL)
    return mq_xlsx_source_new (raw, options, run, error);
  return open_folder (raw, archive, options, layer, run, error);
}

/* The beginning of a text decides between delimited text, JSON and web pages. */
static MqRecordSource *
open_text (MqRawFile *raw, const MqRecordSourceOptions *options, const MqRun *run, GError **error)
{
  g_autofree char *head = g_malloc (HEAD_BYTES + 1);
  g_autoptr (MqTextSource) text = mq_text_source_open_raw (raw, options->encoding, run, error);
  gssize n = text != NULL ? mq_text_source_read (text, head, HEAD_BYTES, error) : -1;

  if (n < 0 || !mq_text_source_rewind (text, error))
    return NULL;
  if (mq_json_looks_so (head, n))
    return mq_json_source_new (g_steal_pointer (&text), options);
  if (mq_html_looks_so (head, n))
    return mq_html_source_new (g_steal_pointer (&text), options);
  return mq_csv_source_new (g_steal_pointer (&text), options);
}

/* Also a zip behind a few bytes that something put before it. */
static gboolean
is_zip (MqRawFile *raw, const char *head, gsize length)
{
  char   tail[256];
  gssize n;

  if (length >= 4 && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "PK\5\6", 4) == 0))
    return TRUE;
  if (memmem (head, length, "PK\3\4", 4) == NULL)
    return FALSE;
  n = mq_raw_file_read (raw, MAX (raw->size - (gint64) sizeof tail, 0), tail, sizeof tail, NULL);
  return n > 0 && memmem (tail, n, "PK\5\6", 4) != NULL;
}

/* Takes raw. */
static MqRecordSource *
open_raw (MqRawFile *raw, const MqRecordSourceOptions *options, guint layer, const MqRun *run, GError **error)
{
  g_autofree char *head = g_malloc (HEAD_BYTES);
  gssize           n = mq_raw_file_read (raw, 0, head, HEAD_BYTES, error);

  if (n >= 4 && layer < MAX_LAYERS && is_zip (raw, head, n))
    return open_zip (raw, options, layer, run, error);
  if (n >= 3 && layer < MAX_LAYERS && memcmp (head, "\x1f\x8b\x08", 3) == 0)
    return open_gzip (raw, options, layer, run, error);
  if (n >= 0)
    return open_text (raw, options, run, error);
  mq_raw_file_clear (raw);
  return NULL;
}

static MqRecordSource *
complete_source (MqRecordSource *self, const char *name, const MqRecordSourceOptions *options, GError **error)
{
  if (self == NULL)
    {
      if (error != NULL && *error != NULL && (*error)->domain == MQ_IMPORT_ERROR && (*error)->code != MQ_IMPORT_ERROR_SETTING && !g_str_has_prefix ((*error)->message, name))
        g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  self->name = g_strdup (name);
  self->block_bytes = options->block_bytes;
  self->sniff_bytes = options->sniff_bytes;
  self->delimiter = g_strdup (options->delimiter);
  if (self->warnings == NULL)
    self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

MqRecordSource *
mq_record_source_open (const char *path, const MqRecordSourceOptions *options, const MqRun *run, GError **error)
{
  MqRawFile        raw;
  g_autofree char *name = NULL;

  if (!mq_raw_file_open (&raw, path, run, error))
    return NULL;
  name = options->part != NULL ? g_strdup_printf ("%s/%s", raw.name, options->part) : g_strdup (raw.name);
  return complete_source (open_raw (&raw, options, 0, run, error), name, options, error);
}

MqRecordSource *
mq_record_source_open_stream (GInputStream *in, const char *name, gint64 limit, const MqRecordSourceOptions *options, const MqRun *run, GError **error)
{
  MqRawFile        raw;
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  if (!mq_raw_file_open_stream (&raw, in, name, limit, run, error))
    return NULL;
  return complete_source (open_raw (&raw, options, 0, run, error), valid, options, error);
}

void
mq_record_source_free (MqRecordSource *self)
{
  self->class->clear (self);
  if (self->text == NULL)
    mq_raw_file_clear (&self->raw);
  g_clear_pointer (&self->text, mq_text_source_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self->delimiter);
  g_strfreev (self->sheets);
  g_free (self->part);
  g_free (self->name);
  g_free (self);
}

gboolean
mq_record_source_begin (MqRecordSource *self, MqCsvLayout *layout, const MqRun *run, GError **error)
{
  return self->class->begin (self, layout, run, error);
}

GBytes *
mq_record_source_next (MqRecordSource *self, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  return self->class->next (self, first_line, at_end, run, error);
}

gboolean
mq_record_source_rewind (MqRecordSource *self, GError **error)
{
  return self->class->rewind (self, error);
}

gint64
mq_record_source_position (MqRecordSource *self)
{
  return self->text != NULL ? mq_text_source_position (self->text) : self->class->position (self);
}

gint64
mq_record_source_size (MqRecordSource *self)
{
  return self->text != NULL ? mq_text_source_size (self->text) : self->raw.size;
}

const char *
mq_record_source_sha256 (MqRecordSource *self)
{
  return self->text != NULL ? mq_text_source_sha256 (self->text) : self->raw.sha256;
}

const char *
mq_record_source_encoding (MqRecordSource *self)
{
  return self->text != NULL ? mq_text_source_encoding (self->text) : "UTF-8";
}

gboolean
mq_record_source_changed_encoding (MqRecordSource *self)
{
  return self->text != NULL && mq_text_source_changed_encoding (self->text);
}

GPtrArray *
mq_record_source_warnings (MqRecordSource *self)
{
  GPtrArray *all = g_ptr_array_new ();
  char     **of_text = self->text != NULL ? mq_text_source_warnings (self->text) : NULL;

  for (guint i = 0; of_text != NULL && of_text[i] != NULL; i++)
    g_ptr_array_add (all, of_text[i]);
  for (guint i = 0; i < self->warnings->len; i++)
    g_ptr_array_add (all, self->warnings->pdata[i]);
  return all;
}

void
mq_record_source_warn (MqRecordSource *self, char *sentence)
{
  g_autofree char *owned = sentence;

  if (self->warnings == NULL)
    self->warnings = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (self->warnings, owned, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, g_steal_pointer (&owned));
}

static char **
list_folder (const char *path, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (name[0] != '.' && g_file_test (child, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names_cb);
  if (names->len == 0)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("%s: The folder has no files."), path);
      return NULL;
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static char **
list_file (MqRawFile *raw, GError **error)
{
  static const char *const whole[] = { "", NULL };
  char                     head[4];
  gssize                   n = mq_raw_file_read (raw, 0, head, sizeof head, error);
  g_autoptr (MqZipArchive) archive = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (n < 0)
    return NULL;
  if (n == 4 && memcmp (head, "PK\3\4", 4) == 0)
    archive = mq_zip_archive_open (raw, NULL);
  /* What is no archive that can be read is refused when it is opened. */
  if (archive == NULL || refuse_zip (archive) != NULL || mq_zip_archive_find (archive, "[Content_Types].xml") != NULL)
    return g_strdupv ((char **) whole);
  names = list_entries (raw, archive, error);
  if (names == NULL)
    return NULL;
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char **
mq_record_source_parts (const char *path, const MqRun *run, GError **error)
{
  static const char *const whole[] = { "", NULL };
  MqRawFile                raw;
  char                   **parts;

  if (g_str_equal (path, "-"))
    return g_strdupv ((char **) whole);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return list_folder (path, error);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_strdupv ((char **) whole);
  if (!mq_raw_file_open (&raw, path, run, error))
    return NULL;
  parts = list_file (&raw, error);
  mq_raw_file_clear (&raw);
  return parts;
}
