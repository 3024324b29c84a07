/* test-record-source.c: one table in every format gives the same records; what each format has of its own; refusals. */

#include "config.h"

#include <string.h>

#include "import/import-error.h"
#include "import/json-parser.h"
#include "import/mapping.h"
#include "import/record-source.h"
#include "import/xlsx-styles.h"
#include "zip-builder.h"

#define NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

typedef struct
{
  GString *text; /* "a|b\n" a record, the header first where it is no record */
  char    *lines;
  char    *warnings;
  char    *format;
  gboolean has_header;
  GError  *error;
} Read;

static void
clear_read (Read *self)
{
  g_string_free (self->text, TRUE);
  g_free (self->lines);
  g_free (self->warnings);
  g_free (self->format);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, clear_read)

static gboolean
add_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GINT64_FORMAT ":", line);
  for (guint i = 0; i < n_cells; i++)
    {
      g_string_append (out, i > 0 ? "|" : cells[i].broken ? "!"
                                                          : "");
      g_string_append_len (out, cells[i].text, cells[i].length);
    }
  g_string_append_c (out, '\n');
  return TRUE;
}

static void
read_records (Read *result, MqRecordSource *source)
{
  MqCsvLayout layout;
  gboolean    at_end = FALSE;
  gint64      line;

  if (!mq_record_source_begin (source, &layout, NULL, &result->error))
    return;
  result->has_header = layout.has_header;
  for (guint i = 0; source->headers != NULL && i < source->headers->len; i++)
    g_string_append_printf (result->text, "%s%s", i > 0 ? "|" : "", (char *) source->headers->pdata[i]);
  g_string_append (result->text, source->headers != NULL ? "\n" : "");
  while (!at_end && result->error == NULL)
    {
      GBytes *block = mq_record_source_next (source, &line, &at_end, NULL, &result->error);

      if (block == NULL)
        continue;
      mq_csv_parse (&layout.dialect, g_bytes_get_data (block, NULL), g_bytes_get_size (block), line, MQ_MAX_COLUMNS, add_record_cb, result->text, &result->error);
      g_bytes_unref (block);
    }
}

static Read
read_bytes_as (const char *name, const char *sheet, const char *part, GBytes *bytes)
{
  MqRecordSourceOptions options = { .sheet = sheet, .part = part, .block_bytes = 64, .sniff_bytes = 65536 };
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (bytes);
  Read result = { .text = g_string_new (NULL), .warnings = g_strdup ("") };
  g_autoptr (MqRecordSource) source = mq_record_source_open_stream (in, name, G_MAXINT32, &options, NULL, &result.error);
  g_autoptr (GPtrArray) warnings = NULL;

  if (source == NULL)
    return result;
  result.format = g_strdup (source->class->format);
  read_records (&result, source);
  warnings = mq_record_source_warnings (source);
  g_ptr_array_add (warnings, NULL);
  g_free (result.warnings);
  result.warnings = g_strjoinv ("\n", (char **) warnings->pdata);
  return result;
}

static Read
read_text (const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return read_bytes_as (name, NULL, NULL, bytes);
}

static GBytes *
make_book (const char *sheet, const char *strings, const char *styles, const char *properties)
{
  ZipBuilder       zip;
  g_autofree char *book = g_strdup_printf ("<workbook " NS ">%s<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\" xmlns:r=\"x\"/><sheet name=\"二\" sheetId=\"2\" r:id=\"rId2\" xmlns:r=\"x\"/></sheets></workbook>", properties);
  g_autofree char *data = g_strdup_printf ("<x:worksheet xmlns:x=\"y\"><x:sheetData>%s</x:sheetData></x:worksheet>", sheet);

  zip_begin (&zip);
  zip_add (&zip, "[Content_Types].xml", "<Types/>");
  zip_add (&zip, "xl/workbook.xml", book);
  zip_add (&zip, "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" RELATION "worksheet\" Target=\"worksheets/a.xml\"/><Relationship Id=\"rId2\" Type=\"" RELATION "worksheet\" Target=\"/xl/worksheets/b.xml\"/></Relationships>");
  zip_add (&zip, "xl/worksheets/a.xml", data);
  zip_add (&zip, "xl/worksheets/b.xml", "<worksheet><sheetData><row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>");
  zip_add (&zip, "xl/sharedStrings.xml", strings);
  zip_add (&zip, "xl/styles.xml", styles);
  return zip_end (&zip);
}

#define STYLES "<styleSheet " NS "><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/><numFmt numFmtId=\"171\" formatCode=\"&quot;d&quot;0.00\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
#define STRINGS "<sst " NS "><si><t>id</t></si><si><r><t>na</t></r><r><t xml:space=\"preserve\">me </t></r><rPh sb=\"0\" eb=\"1\"><t>PH</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>"

static void
test_workbook (void)
{
  g_autoptr (GBytes) book = make_book ("<x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c><x:c r=\"C1\" t=\"s\"><x:v>1</x:v></x:c></x:row>"
                                       "<x:row r=\"4\"><x:c r=\"A4\" s=\"1\"><x:v>45351</x:v></x:c><x:c r=\"B4\" s=\"2\"><x:v>45351.5</x:v></x:c><x:c r=\"C4\" s=\"3\"><x:v>0.30000000000000004</x:v></x:c><x:c r=\"D4\" t=\"b\"><x:v>1</x:v></x:c></x:row>"
                                       "<x:row r=\"5\"><x:c r=\"A5\" s=\"1\"><x:v>60</x:v></x:c><x:c r=\"B5\" s=\"4\"><x:v>0.75</x:v></x:c><x:c r=\"C5\"><x:v>1.2345678901234567E+18</x:v></x:c><x:c r=\"D5\" t=\"e\"><x:v>#REF!</x:v></x:c><x:c r=\"E5\"><x:f>A1</x:f></x:c></x:row>"
                                       "<x:row r=\"6\"><x:c r=\"A6\" s=\"1\"><x:v>59</x:v></x:c><x:c r=\"B6\" t=\"s\"><x:v>2</x:v></x:c><x:c r=\"C6\" t=\"str\"><x:f>1</x:f><x:v>00123</x:v></x:c><x:c r=\"D6\"><x:v>12345678901234</x:v></x:c><x:c r=\"E6\"><x:v>1E-3</x:v></x:c></x:row>",
                                       STRINGS,
                                       STYLES,
                                       "");
  g_auto (Read) read = read_bytes_as ("x.csv", NULL, NULL, book);

  g_assert_no_error (read.error);
  g_assert_cmpstr (read.format, ==, "workbook");
  g_assert_cmpstr (read.text->str, ==, "1:id||name \n4:2024-02-29|2024-02-29 12:00:00|0.3|TRUE\n5:1900-02-29|18:00:00|1234567890123456768|#REF!\n6:1900-02-28|a\rb_x0041_|00123|12345678901234|0.001\n");
  g_assert_nonnull (strstr (read.warnings, "“二”"));
  g_assert_nonnull (strstr (read.warnings, "1 cells of the sheet hold an error such as #REF! (first in row 5, column 4)"));
  g_assert_nonnull (strstr (read.warnings, "1 formulas have no stored value (first in row 5, column 5)"));
  g_assert_nonnull (strstr (read.warnings, "16 digits or more (first in row 5, column 3)"));
}

static void
test_sheets (void)
{
  g_autoptr (GBytes) book = make_book ("<x:row r=\"1\"><x:c><x:v>7</x:v></x:c></x:row>", STRINGS, STYLES, "");
  g_auto (Read) named = read_bytes_as ("x.xlsx", "二", NULL, book);
  g_auto (Read) numbered = read_bytes_as ("x.xlsx", "#2", NULL, book);
  g_auto (Read) none = read_bytes_as ("x.xlsx", "three", NULL, book);

  g_assert_cmpstr (named.text->str, ==, "3:x\n");
  g_assert_cmpstr (numbered.text->str, ==, "3:x\n");
  g_assert_error (none.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING);
  g_assert_nonnull (strstr (none.error->message, "“One”, “二”"));
}

static void
test_1904 (void)
{
  g_autoptr (GBytes) book = make_book ("<x:row r=\"1\"><x:c r=\"A1\" s=\"1\"><x:v>0</x:v></x:c><x:c r=\"B1\" s=\"1\"><x:v>43889</x:v></x:c></x:row>", STRINGS, STYLES, "<workbookPr date1904=\"1\"/>");
  g_auto (Read) read = read_bytes_as ("x.xlsx", NULL, NULL, book);

  g_assert_cmpstr (read.text->str, ==, "1:1904-01-01|2024-02-29\n");
}

static void
test_formats_of_cells (void)
{
  static const struct
  {
    const char  *code;
    MqCellFormat format;
  } codes[] = {
    { "General", MQ_CELL_NUMBER }, { "0.00", MQ_CELL_NUMBER }, { "#,##0.00\\ \"Days\"", MQ_CELL_NUMBER }, { "[Red]0.0", MQ_CELL_NUMBER }, { "_-* #,##0.00 [$€-407]_-", MQ_CELL_NUMBER }, { "0.00E+00", MQ_CELL_NUMBER }, { "yyyy/m/d", MQ_CELL_DAY }, { "[$-804]yyyy\"年\"m\"月\"d\"日\"", MQ_CELL_DAY }, { "mmm-yy", MQ_CELL_DAY }, { "m/d/yy h:mm", MQ_CELL_MOMENT }, { "dd.mm.yyyy hh:mm:ss", MQ_CELL_MOMENT }, { "h:mm AM/PM", MQ_CELL_CLOCK }, { "[h]:mm:ss", MQ_CELL_CLOCK }, { "0;\"m\"", MQ_CELL_NUMBER }
  };
  char buffer[32];

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpint (mq_cell_format_from_code (codes[i].code), ==, codes[i].format);
  /* Days of the 1900 system by Excel's own documentation: 1 is 1 January 1900, 39448 is 1 January 2008. */
  g_assert_cmpuint (mq_serial_write (1, MQ_CELL_DAY, FALSE, buffer), ==, 10);
  g_assert_cmpmem (buffer, 10, "1900-01-01", 10);
  g_assert_cmpuint (mq_serial_write (39448, MQ_CELL_DAY, FALSE, buffer), ==, 10);
  g_assert_cmpmem (buffer, 10, "2008-01-01", 10);
  g_assert_cmpuint (mq_serial_write (2958465, MQ_CELL_DAY, FALSE, buffer), ==, 10);
  g_assert_cmpmem (buffer, 10, "9999-12-31", 10);
  g_assert_cmpuint (mq_serial_write (2958466, MQ_CELL_DAY, FALSE, buffer), ==, 0);
  g_assert_cmpuint (mq_serial_write (-1, MQ_CELL_DAY, FALSE, buffer), ==, 0);
  g_assert_cmpuint (mq_serial_write (45351.99999999, MQ_CELL_MOMENT, FALSE, buffer), ==, 19);
  g_assert_cmpmem (buffer, 19, "2024-03-01 00:00:00", 19);
}

static void
assert_refused (GBytes *bytes, const char *part_of_message)
{
  g_auto (Read) read = read_bytes_as ("f.xlsx", NULL, NULL, bytes);

  g_assert_error (read.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
  if (strstr (read.error->message, part_of_message) == NULL)
    g_error ("%s", read.error->message);
}

static void
test_hostile (void)
{
  ZipBuilder zip;
  g_autoptr (GBytes) doctype = make_book ("", "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst><si><t>&a;</t></si></sst>", STYLES, "");
  g_autoptr (GBytes) doubled = NULL;
  g_autoptr (GBytes) outside = NULL;
  g_autoptr (GBytes) open = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GBytes) flipped = NULL;
  g_autofree char *copy = NULL;
  char            *found;
  gsize            size;

  assert_refused (doctype, "DOCTYPE");
  zip_begin (&zip);
  zip_add (&zip, "a.csv", "a,b\n1,2\n");
  zip_add (&zip, "A.csv", "a,b\n1,2\n");
  doubled = zip_end (&zip);
  assert_refused (doubled, "two entries of the same name");
  zip_begin (&zip);
  zip_add (&zip, "../a.csv", "a,b\n1,2\n");
  outside = zip_end (&zip);
  assert_refused (outside, "outside of itself");
  zip_begin (&zip);
  zip_add (&zip, "content.xml", "<a/>");
  zip_add (&zip, "META-INF/manifest.xml", "<a/>");
  open = zip_end (&zip);
  assert_refused (open, "OpenDocument");
  cut = g_bytes_new_from_bytes (doubled, 0, g_bytes_get_size (doubled) - 10);
  assert_refused (cut, "damaged");
  zip_begin (&zip);
  zip_add (&zip, "a.csv", "name,b\n1,2\n");
  flipped = zip_end (&zip);
  copy = g_memdup2 (g_bytes_get_data (flipped, NULL), g_bytes_get_size (flipped));
  found = memmem (copy, g_bytes_get_size (flipped), "name", 4);
  found[0] ^= 1;
  size = g_bytes_get_size (flipped);
  g_bytes_unref (flipped);
  flipped = g_bytes_new (copy, size);
  assert_refused (flipped, "damaged");
}

static void
test_archives (void)
{
  ZipBuilder zip;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  g_auto (Read) inside = { NULL };
  g_auto (Read) several = { NULL };
  g_auto (Read) named = { NULL };

  zip_begin (&zip);
  zip_add (&zip, "__MACOSX/._a.csv", "junk");
  zip_add (&zip, "export/", "");
  zip_add (&zip, "export/a.csv", "a;b\n1;2\n");
  one = zip_end (&zip);
  inside = read_bytes_as ("f.zip", NULL, NULL, one);
  g_assert_no_error (inside.error);
  g_assert_cmpstr (inside.text->str, ==, "1:a|b\n2:1|2\n");
  zip_begin (&zip);
  zip_add (&zip, "b.csv", "a;b\n1;2\n");
  zip_add (&zip, "a.json", "[{\"a\":3}]");
  two = zip_end (&zip);
  several = read_bytes_as ("f.zip", NULL, NULL, two);
  g_assert_error (several.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
  named = read_bytes_as ("f.zip", NULL, "a.json", two);
  g_assert_no_error (named.error);
  g_assert_cmpstr (named.text->str, ==, "a\n1:3\n");
}

static void
test_gzip (void)
{
  static const char text[] = "a,b\n1,2\n";
  guchar            packed[256];
  z_stream          stream = { .next_in = (guchar *) text, .avail_in = sizeof text - 1, .next_out = packed, .avail_out = sizeof packed };
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_auto (Read) read = { NULL };
  g_auto (Read) damaged = { NULL };

  g_assert_cmpint (deflateInit2 (&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  whole = g_bytes_new (packed, sizeof packed - stream.avail_out);
  cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 5);
  deflateEnd (&stream);
  read = read_bytes_as ("x.csv.gz", NULL, NULL, whole);
  g_assert_no_error (read.error);
  g_assert_cmpstr (read.text->str, ==, "1:a|b\n2:1|2\n");
  damaged = read_bytes_as ("x.csv.gz", NULL, NULL, cut);
  g_assert_error (damaged.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
}

static void
test_json (void)
{
  static const struct
  {
    const char *text;
    const char *records;
  } cases[] = {
    { "[{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null}},\n {\"e\":[1,\"y\"],\"a\":2.50}]", "a|b.c|b.d|e\n1:1|x\n2:2.50|||1;y\n" },
    { "{\"id\":1}\n\n{\"id\":2,\"n\":\"\\u5f20\\ud83d\\ude00\"}\n", "id|n\n1:1\n3:2|张😀\n" },
    { "{\"id\":1}\n[3]\n{\"id\":4\n{\"id\":5}", "id\n1:1\n2:![3]\n3:!{\"id\":4\n4:5\n" },
    { "{\n \"id\":1\n}\n{\n \"id\":2\n}\n", "id\n1:1\n4:2\n" },
    { "[[\"id\",\"v\"],[1,2],[3,{\"k\":[4]}]]", "1:id|v\n1:1|2\n1:3|{\"k\":[4]}\n" },
    { "[{\"n\":123456789012345678901234567890,\"e\":1e400,\"t\":true}]", "n|e|t\n1:123456789012345678901234567890|1e400|true\n" },
    { "[{\"p\":[{\"key\":\"source\",\"value\":{\"string_value\":\"web\",\"int_value\":null}},{\"key\":\"n\",\"value\":{\"int_value\":\"7\"}}]}]", "p.source|p.n\n1:web|7\n" },
    { "[{\"a.b\":5,\"a\":{\"b\":6}},{}]", "a.b|a.b\n1:5|6\n1:\n" },
    { "[{\"l\":[{\"x\":1},{\"x\":2}]}]", "l\n1:[{\"x\":1},{\"x\":2}]\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Read) read = read_text ("x.txt", cases[i].text);

      g_assert_no_error (read.error);
      g_assert_cmpstr (read.format, ==, "json");
      g_assert_cmpstr (read.text->str, ==, cases[i].records);
    }
}

static void
test_bad_json (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "[{\"id\":1}] x", "1:12:" },
    { "[{\"id\":1}\n,,{}]", "2:2:" },
    { "[{\"id\":1}\n", "2:1:" },
    { "[{\"id\":1},{\"id\":\n", "1:11:" },
    { "[{\"n\":\"\\ud800\"}]", "1:8:" },
    { "[{\"v\":NaN}]", "1:7:" },
    { "[]", "1:1:" },
  };
  g_autofree char *deep = g_strnfill (5000, '[');
  g_auto (Read) nested = read_text ("x.json", deep);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Read) read = read_text ("x.json", cases[i].text);

      g_assert_nonnull (read.error);
      if (!g_str_has_prefix (read.error->message, cases[i].place))
        g_error ("%s: %s", cases[i].text, read.error->message);
    }
  g_assert_error (nested.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SYNTAX);
}

static gboolean
ignore_leaf_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  return TRUE;
}

/* Texts that RFC 8259 allows and forbids. */
static void
test_json_grammar (void)
{
  static const char *const good[] = { "0", "-0", "1.5e+10", "\"\\u00e9\\n\"", " { } ", "[ ]", "[1 , 2]", "{\"a\":[[],{}]}", "null", "true" };
  static const char *const bad[] = { "", "01", "+1", ".5", "5.", "1e", "'a'", "\"a", "\"\t\"", "\"\\x\"", "{a:1}", "{\"a\":1,}", "[1,]", "[1 2]", "nul", "True", "{\"a\" 1}", "\"\\u12g4\"", "\"\\udc00\"", "[}", "{]", "1 2" };
  gsize                    at;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!mq_json_flatten (good[i], strlen (good[i]), 0, ignore_leaf_cb, NULL, &at))
      g_error ("%s", good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mq_json_flatten (bad[i], strlen (bad[i]), 0, ignore_leaf_cb, NULL, &at))
      g_error ("%s", bad[i]);
}

static void
test_web_table (void)
{
  static const char page[] = "<html><head><style>td {a:b}</style></head><body><table><tr><td>menu</td></tr></table>\n"
                             "<table border=1>\n<tr><th>订单编号</th><th colspan=2>金额 &amp; x</th></tr>\n<tr><td> 007 </td><td><b>1,5</b>0&nbsp;</td><td>a<br>b &#20013;</td></tr>\n<!-- <tr> --></table></body></html>";
  g_auto (Read) read = read_text ("orders.xls", page);
  g_auto (Read) narrow = read_text ("orders.xls", "<table><tr><td>a<td>b<tr><td>1<td>2\n<tr><td>3<td>4</table>");
  g_auto (Read) named = read_text ("orders.csv", page);
  g_auto (Read) login = read_text ("orders.xls", "<!DOCTYPE html><html><body>Login required</body></html>");

  g_assert_no_error (read.error);
  g_assert_cmpstr (read.text->str, ==, "3:订单编号|金额 & x\n4:007|1,50|a\nb 中\n");
  /* a line of its own for each row, even where the page has none */
  g_assert_cmpstr (narrow.text->str, ==, "1:a|b\n2:1|2\n3:3|4\n");
  g_assert_error (named.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
  g_assert_true (g_str_has_prefix (named.error->message, "1:1:"));
  g_assert_error (login.error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT);
}

static void
test_tsv_named_xls (void)
{
  g_auto (Read) read = read_text ("orders.xls", "a\tb\n1\t2\n");

  g_assert_cmpstr (read.format, ==, "text");
  g_assert_cmpstr (read.text->str, ==, "1:a|b\n2:1|2\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-source/workbook", test_workbook);
  g_test_add_func ("/record-source/sheets", test_sheets);
  g_test_add_func ("/record-source/1904", test_1904);
  g_test_add_func ("/record-source/formats-of-cells", test_formats_of_cells);
  g_test_add_func ("/record-source/hostile", test_hostile);
  g_test_add_func ("/record-source/archives", test_archives);
  g_test_add_func ("/record-source/gzip", test_gzip);
  g_test_add_func ("/record-source/json", test_json);
  g_test_add_func ("/record-source/bad-json", test_bad_json);
  g_test_add_func ("/record-source/json-grammar", test_json_grammar);
  g_test_add_func ("/record-source/web-table", test_web_table);
  g_test_add_func ("/record-source/tsv-named-xls", test_tsv_named_xls);
  return g_test_run ();
}
