/* xlsx-workbook.c: workbook.xml, relationships, sharedStrings.xml, styles.xml. */

#include "config.h"
#include "import/xlsx-workbook.h"

#include "base/room.h"

#include <stdlib.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/import-error.h"
#include "import/xml-stream.h"

#define MAX_STRING_BYTES (G_GUINT64_CONSTANT (192) * 1024 * 1024)
#define MAX_PARTS 10000 /* sheets, relationships, formats */
#define OFFICE_DOCUMENT "/officeDocument"
#define TYPE_STRINGS "/sharedStrings"
#define TYPE_STYLES "/styles"

/* One part being read. */
typedef struct
{
  MqXlsxWorkbook *book;
  char           *wanted; /* (owned) (nullable) target of the relationship of the type `type` */
  const char     *type;
  gboolean        in_item;
  gboolean        in_text;
  guint           in_phonetic;
  gsize           start;
  guint64         declared;
  GHashTable     *codes; /* (owned) (nullable) number of a format → its MqCellFormat */
  gboolean        in_styles;
  gboolean        too_large;
  gboolean        failed; /* there was no memory */
} Part;

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, sentence);
  return FALSE;
}

static void
ignore_end (gpointer data, const char *name)
{
}

static void
free_sheet (gpointer data)
{
  MqXlsxSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->id);
  g_free (sheet);
}

static void
start_relationship (gpointer data, const char *name, const char **attributes)
{
  Part       *part = data;
  const char *id = mq_xml_attribute (attributes, "Id");
  const char *target = mq_xml_attribute (attributes, "Target");
  const char *type = mq_xml_attribute (attributes, "Type");
  const char *mode = mq_xml_attribute (attributes, "TargetMode");

  if (strcmp (name, "Relationship") != 0 || target == NULL || type == NULL || (mode != NULL && strcmp (mode, "External") == 0))
    return;
  if (part->type != NULL && g_str_has_suffix (type, part->type) && part->wanted == NULL)
    part->wanted = g_strdup (target);
  if (part->type == NULL && id != NULL && g_hash_table_size (part->book->targets) < MAX_PARTS)
    g_hash_table_insert (part->book->targets, g_strdup (id), g_strdup (target));
  if (part->type == NULL && (g_str_has_suffix (type, TYPE_STRINGS) || g_str_has_suffix (type, TYPE_STYLES)))
    g_hash_table_insert (part->book->targets, g_strdup (strrchr (type, '/')), g_strdup (target));
}

/* The entry that a relationship of the workbook names; NULL with an error if it leads out of the archive. */
static char *
resolve_target (const char *folder, const char *target, GError **error)
{
  g_autofree char *path = target[0] == '/' ? g_strdup (target + 1) : g_strconcat (folder, target, NULL);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (strcmp (parts[i], "..") == 0)
      {
        if (kept->len == 0)
          break;
        g_ptr_array_set_size (kept, kept->len - 1);
      }
    else if (strcmp (parts[i], ".") != 0)
      g_ptr_array_add (kept, parts[i]);
  if (strstr (target, "://") != NULL || g_str_has_prefix (path, "..") || strstr (path, "/../..") != NULL)
    {
      fail (error, _ ("The workbook names a sheet outside of itself. Save it again from a spreadsheet."));
      return NULL;
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

static gboolean
read_part (MqXlsxWorkbook *self, const char *name, const MqXmlHandlers *handlers, Part *part, const MqRun *run, GError **error)
{
  const MqZipEntry *entry = mq_zip_archive_find (self->archive, name);

  part->book = self;
  return entry == NULL || mq_xml_read (self->archive, entry, handlers, part, run, error);
}

static void
start_workbook (gpointer data, const char *name, const char **attributes)
{
  MqXlsxWorkbook *self = ((Part *) data)->book;
  const char     *value;

  if (strcmp (name, "workbookPr") == 0)
    {
      value = mq_xml_attribute (attributes, "date1904");
      self->is_1904 = value != NULL && (strcmp (value, "1") == 0 || strcmp (value, "true") == 0);
    }
  if (strcmp (name, "sheet") == 0 && self->sheets->len < MAX_PARTS)
    {
      MqXlsxSheet *sheet = g_new0 (MqXlsxSheet, 1);
      const char  *state = mq_xml_attribute (attributes, "state");

      sheet->name = g_strdup (mq_xml_attribute (attributes, "name"));
      value = mq_xml_attribute (attributes, "id");
      sheet->id = g_strdup (value != NULL ? value : "");
      sheet->hidden = state != NULL && strcmp (state, "visible") != 0;
      g_ptr_array_add (self->sheets, sheet);
      if (sheet->name == NULL)
        sheet->name = g_strdup ("");
    }
}

static gboolean
read_workbook (MqXlsxWorkbook *self, const MqRun *run, GError **error)
{
  static const MqXmlHandlers relations = { start_relationship, ignore_end, NULL };
  static const MqXmlHandlers workbook = { start_workbook, ignore_end, NULL };
  Part                       root = { .type = OFFICE_DOCUMENT };
  Part                       part = { NULL };
  g_autofree char           *path = NULL;
  g_autofree char           *rels = NULL;
  const char                *base;

  if (!read_part (self, "_rels/.rels", &relations, &root, run, error))
    {
      g_free (root.wanted);
      return FALSE;
    }
  path = resolve_target ("", root.wanted != NULL ? root.wanted : "xl/workbook.xml", error);
  g_free (root.wanted);
  if (path == NULL)
    return FALSE;
  if (mq_zip_archive_find (self->archive, path) == NULL)
    return fail (error, _ ("The file is an archive of an office program without a workbook in it. Save the table as .xlsx from a spreadsheet."));
  base = strrchr (path, '/');
  base = base != NULL ? base + 1 : path;
  self->folder = g_strndup (path, base - path);
  rels = g_strdup_printf ("%s_rels/%s.rels", self->folder, base);
  return read_part (self, path, &workbook, &part, run, error) && read_part (self, rels, &relations, &part, run, error);
}

static void
start_string (gpointer data, const char *name, const char **attributes)
{
  Part *part = data;

  if (strcmp (name, "sst") == 0)
    {
      const char *count = mq_xml_attribute (attributes, "uniqueCount");

      part->declared = count != NULL ? g_ascii_strtoull (count, NULL, 10) : G_MAXUINT64;
    }
  else if (strcmp (name, "si") == 0)
    {
      part->in_item = TRUE;
      part->start = part->book->strings->len;
    }
  else if (strcmp (name, "rPh") == 0)
    part->in_phonetic++;
  else if (strcmp (name, "t") == 0)
    part->in_text = part->in_item && part->in_phonetic == 0;
}

static void
end_string (gpointer data, const char *name)
{
  Part    *part = data;
  GString *strings = part->book->strings;

  if (strcmp (name, "t") == 0)
    part->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && part->in_phonetic > 0)
    part->in_phonetic--;
  else if (strcmp (name, "si") == 0)
    {
      gsize end = part->start + mq_xlsx_unescape (strings->str + part->start, strings->len - part->start);

      g_string_truncate (strings, end);
      part->failed |= !mq_make_room (&part->book->ends, &part->book->ends_room, part->book->n_strings + 1, sizeof *part->book->ends);
      if (!part->failed)
        part->book->ends[part->book->n_strings++] = end;
      part->in_item = FALSE;
      part->in_phonetic = 0;
    }
}

static void
text_string (gpointer data, const char *text, int length)
{
  Part *part = data;

  if (!part->in_text)
    return;
  part->too_large |= part->book->strings->len + length > MAX_STRING_BYTES;
  part->failed |= !part->too_large && !mq_string_make_room (part->book->strings, length);
  if (!part->too_large && !part->failed)
    g_string_append_len (part->book->strings, text, length);
}

/* The entry of a part beside the workbook: by its relationship, else by its usual name. */
static char *
find_part (const MqXlsxWorkbook *self, const char *type, const char *usual, GError **error)
{
  const char *target = g_hash_table_lookup (self->targets, type);

  return resolve_target (self->folder, target != NULL ? target : usual, error);
}

static gboolean
read_strings (MqXlsxWorkbook *self, const MqRun *run, GError **error)
{
  static const MqXmlHandlers handlers = { start_string, end_string, text_string };
  g_autofree char           *path = find_part (self, TYPE_STRINGS, "sharedStrings.xml", error);
  Part                       part = { .declared = G_MAXUINT64 };

  if (path == NULL || !read_part (self, path, &handlers, &part, run, error))
    return FALSE;
  if (part.failed)
    return mq_fail_memory (error);
  if (part.too_large)
    return fail (error, _ ("The workbook has more than 192 MiB of text, which is the limit. Save the sheet as CSV and import that."));
  self->count_differs = part.declared != G_MAXUINT64 && part.declared != self->n_strings;
  return TRUE;
}

static void
start_style (gpointer data, const char *name, const char **attributes)
{
  Part       *part = data;
  const char *id = mq_xml_attribute (attributes, "numFmtId");
  const char *code = mq_xml_attribute (attributes, "formatCode");
  guint       number = id != NULL ? strtoul (id, NULL, 10) : 0;

  if (strcmp (name, "numFmt") == 0 && id != NULL && code != NULL && g_hash_table_size (part->codes) < MAX_PARTS)
    g_hash_table_insert (part->codes, GUINT_TO_POINTER (number), GUINT_TO_POINTER (mq_cell_format_from_code (code) + 1));
  else if (strcmp (name, "cellXfs") == 0)
    part->in_styles = TRUE;
  else if (strcmp (name, "xf") == 0 && part->in_styles && part->book->formats->len < G_MAXUINT16)
    {
      guint        known = GPOINTER_TO_UINT (g_hash_table_lookup (part->codes, GUINT_TO_POINTER (number)));
      MqCellFormat format = known > 0 ? (MqCellFormat) (known - 1) : mq_cell_format_from_id (number);

      g_array_append_val (part->book->formats, format);
    }
}

static void
end_style (gpointer data, const char *name)
{
  if (strcmp (name, "cellXfs") == 0)
    ((Part *) data)->in_styles = FALSE;
}

static gboolean
read_styles (MqXlsxWorkbook *self, const MqRun *run, GError **error)
{
  static const MqXmlHandlers handlers = { start_style, end_style, NULL };
  g_autofree char           *path = find_part (self, TYPE_STYLES, "styles.xml", error);
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  Part part = { .codes = codes };

  return path != NULL && read_part (self, path, &handlers, &part, run, error);
}

MqXlsxWorkbook *
mq_xlsx_workbook_new (MqZipArchive *archive, const MqRun *run, GError **error)
{
  g_autoptr (MqXlsxWorkbook) self = g_new0 (MqXlsxWorkbook, 1);

  self->archive = archive;
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (MqCellFormat));
  self->strings = g_string_new (NULL);
  if (!read_workbook (self, run, error) || !read_strings (self, run, error) || !read_styles (self, run, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_xlsx_workbook_free (MqXlsxWorkbook *self)
{
  g_ptr_array_unref (self->sheets);
  g_hash_table_unref (self->targets);
  g_array_unref (self->formats);
  g_string_free (self->strings, TRUE);
  g_free (self->ends);
  g_free (self->folder);
  g_free (self);
}

static char *
list_names (const MqXlsxWorkbook *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->sheets->len, 30); i++)
    g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "", ((const MqXlsxSheet *) self->sheets->pdata[i])->name);
  return g_string_free (names, FALSE);
}

const MqXlsxSheet *
mq_xlsx_workbook_find (const MqXlsxWorkbook *self, const char *given, GError **error)
{
  g_autofree char *names = NULL;
  guint64          number = given != NULL && given[0] == '#' ? g_ascii_strtoull (given + 1, NULL, 10) : 0;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const MqXlsxSheet *sheet = self->sheets->pdata[i];

      if (given == NULL ? !sheet->hidden : strcmp (sheet->name, given) == 0)
        return sheet;
    }
  if (number >= 1 && number <= self->sheets->len)
    return self->sheets->pdata[number - 1];
  if (given == NULL && self->sheets->len > 0)
    return self->sheets->pdata[0];
  if (self->sheets->len == 0)
    {
      fail (error, _ ("The workbook has no sheet. Save it again from a spreadsheet."));
      return NULL;
    }
  names = list_names (self);
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("The workbook has no sheet “%s” that --sheet names. Its sheets are: %s."), given, names);
  return NULL;
}

const MqZipEntry *
mq_xlsx_workbook_entry (const MqXlsxWorkbook *self, const MqXlsxSheet *sheet, GError **error)
{
  const char       *target = g_hash_table_lookup (self->targets, sheet->id);
  g_autofree char  *path = target != NULL ? resolve_target (self->folder, target, error) : NULL;
  const MqZipEntry *entry = path != NULL ? mq_zip_archive_find (self->archive, path) : NULL;

  if (entry == NULL && (error == NULL || *error == NULL))
    fail (error, _ ("The workbook does not hold the sheet that it names. Save it again from a spreadsheet."));
  return entry;
}

gboolean
mq_xlsx_workbook_string (const MqXlsxWorkbook *self, guint64 index, const char **text, gsize *length)
{
  gsize start;

  if (index >= self->n_strings)
    return FALSE;
  start = index > 0 ? self->ends[index - 1] : 0;
  *text = self->strings->str + start;
  *length = self->ends[index] - start;
  return TRUE;
}

MqCellFormat
mq_xlsx_workbook_format (const MqXlsxWorkbook *self, guint style)
{
  return style < self->formats->len ? g_array_index (self->formats, MqCellFormat, style) : MQ_CELL_NUMBER;
}

static int
read_escape (const char *text, gsize left)
{
  int value = 0;

  if (left < 7 || text[1] != 'x' || text[6] != '_')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      value = 16 * value + digit;
    }
  return value > 0 && !(value >= 0xd800 && value < 0xe000) ? value : -1;
}

gsize
mq_xlsx_unescape (char *text, gsize length)
{
  char *mark = memchr (text, '_', length);
  gsize from, to;

  if (mark == NULL)
    return length;
  for (from = to = mark - text; from < length;)
    {
      int c = text[from] == '_' ? read_escape (text + from, length - from) : -1;

      if (c < 0)
        {
          text[to++] = text[from++];
          continue;
        }
      to += g_unichar_to_utf8 (c, text + to);
      from += 7;
    }
  return to;
}
