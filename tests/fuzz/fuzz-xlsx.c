/* fuzz-xlsx.c: workbooks. The first byte is the size of a block; the second says whether the rest is a file as it is (0) or
 * the parts of a workbook, between bytes 0xff: its sheet, shared strings, styles and list of sheets. The parts are put in an
 * archive with right checksums, for these would stop nearly every variation. */

#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "record-run.h"

static const char types[] = "<Types/>";
static const char relations[] = "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char parts_relations[] = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                      "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                                      "<Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
static const char workbook[] = "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";

typedef struct
{
  GByteArray *file;
  GByteArray *directory;
  guint       n;
} Archive;

static void
append_number (GByteArray *bytes, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = i < sizeof value ? value >> 8 * i : 0;

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* What a local header and an entry of the directory have in common. */
static void
append_entry (GByteArray *bytes, const char *name, gsize size, guint32 crc)
{
  append_number (bytes, 20, 2);
  append_number (bytes, 0, 8); /* flags, stored, time */
  append_number (bytes, crc, 4);
  append_number (bytes, size, 4);
  append_number (bytes, size, 4);
  append_number (bytes, strlen (name), 2);
  append_number (bytes, 0, 2);
}

static void
add_part (Archive *self, const char *name, const void *data, gsize size)
{
  guint   offset = self->file->len;
  guint32 crc = crc32 (0, data, size);

  append_number (self->file, 0x04034b50, 4);
  append_entry (self->file, name, size, crc);
  g_byte_array_append (self->file, (const guint8 *) name, strlen (name));
  g_byte_array_append (self->file, data, size);
  append_number (self->directory, 0x02014b50, 4);
  append_number (self->directory, 20, 2);
  append_entry (self->directory, name, size, crc);
  append_number (self->directory, 0, 10); /* comment, disk, attributes */
  append_number (self->directory, offset, 4);
  g_byte_array_append (self->directory, (const guint8 *) name, strlen (name));
  self->n++;
}

static void
finish (Archive *self)
{
  guint offset = self->file->len;

  g_byte_array_append (self->file, self->directory->data, self->directory->len);
  append_number (self->file, 0x06054b50, 4);
  append_number (self->file, 0, 4);
  append_number (self->file, self->n, 2);
  append_number (self->file, self->n, 2);
  append_number (self->file, self->directory->len, 4);
  append_number (self->file, offset, 4);
  append_number (self->file, 0, 2);
}

static void
run_parts (const uint8_t *data, size_t size, gsize block_bytes)
{
  static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml" };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  Archive archive = { file, directory, 0 };
  guint   part = 0;

  add_part (&archive, "[Content_Types].xml", types, strlen (types));
  add_part (&archive, "_rels/.rels", relations, strlen (relations));
  add_part (&archive, "xl/_rels/workbook.xml.rels", parts_relations, strlen (parts_relations));
  for (size_t start = 0; part < G_N_ELEMENTS (names) && start <= size; part++)
    {
      const uint8_t *end = start < size ? memchr (data + start, 0xff, size - start) : NULL;
      size_t         length = end != NULL ? (size_t) (end - data) - start : size - start;

      add_part (&archive, names[part], data + start, length);
      start += length + 1;
    }
  if (part < G_N_ELEMENTS (names))
    add_part (&archive, names[3], workbook, strlen (workbook));
  finish (&archive);
  run_records (file->data, file->len, block_bytes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 3)
    return 0;
  if (data[1] == 0)
    run_records (data + 2, size - 2, MAX (data[0], 1));
  else
    run_parts (data + 2, size - 2, MAX (data[0], 1));
  return 0;
}
