/* test-text-source.c: encodings, refusals and places, for every size of reading. */

#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "import/encoding.h"
#include "import/import-error.h"
#include "import/text-source.h"

typedef struct
{
  const char   *bytes;
  gsize         length;
  const char   *given;
  const char   *encoding; /* NULL: refused */
  const char   *text;     /* or the beginning of the error's message */
  MqImportError code;
  const char   *warning; /* part of one, or NULL: none */
} Case;

#define BYTES(literal) literal, sizeof literal - 1
#define NAME "test.csv"
#define NULS64 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define NULS512 NULS64 NULS64 NULS64 NULS64 NULS64 NULS64 NULS64 NULS64

static const Case CASES[] = {
  { BYTES ("id,name\n1,Ann\n"), NULL, "UTF-8", "id,name\n1,Ann\n", 0, NULL },
  { BYTES ("\xef\xbb\xbfid\n"), NULL, "UTF-8", "id\n", 0, NULL },
  { BYTES ("\xef\xbb\xbf\xef\xbb\xbfid\n"), NULL, "UTF-8", "id\n", 0, "two byte order marks" },
  { BYTES ("a\nb\r\n\xef\xbb\xbf"
           "c\xef\xbb\xbf\n"),
    NULL,
    "UTF-8",
    "a\nb\r\nc\xef\xbb\xbf\n",
    0,
    NAME ":3:1: " },
  { BYTES ("\xff\xfei\0d\0\n\0"), NULL, "UTF-16LE", "id\n", 0, NULL },
  { BYTES ("\xfe\xff\0i\0d\0\n"), NULL, "UTF-16BE", "id\n", 0, NULL },
  { BYTES ("i\0d\0,\0\x20\x5f\n\0001\0,\0\x1f\x67\n\0"), NULL, "UTF-16LE", "id,张\n1,期\n", 0, "UTF-16LE" },
  { BYTES ("\0i\0d\0,\0n\0\n\0001\0,\0002\0\n"), NULL, "UTF-16BE", "id,n\n1,2\n", 0, "UTF-16BE" },
  { BYTES ("\xff\xfe\0\0i\0\0\0d\0\0\0"), NULL, "UTF-32LE", "id", 0, NULL },
  { BYTES ("i\0\0\0d\0\0\0,\0\0\0\n\0\0\0"), NULL, "UTF-32LE", "id,\n", 0, "UTF-32LE" },
  { BYTES ("\0\0\0i\0\0\0d\0\0\0,\0\0\0\n"), NULL, "UTF-32BE", "id,\n", 0, "UTF-32BE" },
  { BYTES ("id,name\n1,\xd5\xc5\xc8\xfd\n"), NULL, "GB18030", "id,name\n1,张三\n", 0, NULL },
  { BYTES ("id,name\n1,\x81\x39\xef\x31\x95\x32\x86\x33\n"), NULL, "GB18030", "id,name\n1,㐂\xf0\xa0\x80\xa5\n", 0, NULL },
  { BYTES ("\xbd\x73\xb8\xb9,\xa9\x6d\xa6\x57\n1,\xb1\x69\xb0\xb6\xb3\x5c\xa5\x5c\xbb\x5c\n"), "BIG5", "BIG5-HKSCS", "編號,姓名\n1,張偉許功蓋\n", 0, NULL },
  { BYTES ("C:\\a~\n\x83\x5c\n"), "shift_jis", "CP932", "C:\\a~\nソ\n", 0, NULL },
  { BYTES ("id,name\n1,\xd5"), NULL, NULL, NAME ":2:3: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("id,name\n1,An\xff 3\n"), NULL, NULL, NAME ":2:5: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("id,name\n1,An\xc0\x80\n"), NULL, "GB18030", "id,name\n1,An纮\n", 0, "unusual" },
  { BYTES ("id\r\n张三李四,\xed\xa0\x80\r\n"), NULL, NULL, NAME ":2:6: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("id,name\n1,An\xed\xa0\x80,x\n"), NULL, NULL, NAME ":2:5: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("id,name\n1,\xd5\xc5\n"), "UTF-8", NULL, NAME ":2:3: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("\xef\xbb\xbfname\n\xd5\xc5\n"), NULL, NULL, NAME ":2:1: ", MQ_IMPORT_ERROR_ENCODING, NULL },
  { BYTES ("\xff\xfei\0\n\0\0\xd8"
           "a\0"),
    NULL,
    NULL,
    NAME ":2:1: ",
    MQ_IMPORT_ERROR_ENCODING,
    NULL },
  { BYTES ("a,b\n"), "KLINGON", NULL, "The encoding", MQ_IMPORT_ERROR_SETTING, NULL },
  { BYTES ("a,b\n"), "UTF-16LE//IGNORE", NULL, "The encoding", MQ_IMPORT_ERROR_SETTING, NULL },
  { BYTES ("caf\xe9\n"), "WINDOWS-1252", "WINDOWS-1252", "café\n", 0, NULL },
  { BYTES ("\xff\xfe"
           "a\0"),
    "utf-16",
    "utf-16",
    "a",
    0,
    NULL },
  { BYTES ("\xff\xfe"
           "a\0"),
    "UTF-16LE",
    "UTF-16LE",
    "a",
    0,
    NULL },
  { BYTES ("\xef\xbb\xbf"
           "a"),
    "utf8",
    "UTF-8",
    "a",
    0,
    NULL },
  { BYTES ("id\n1\x1a\x1a"), NULL, "UTF-8", "id\n1", 0, "Ctrl-Z" },
  { BYTES ("id\n1\x1a\n"), NULL, "UTF-8", "id\n1\x1a\n", 0, NULL },
  { BYTES (""), NULL, NULL, NAME ": The file is empty", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\xef\xbb\xbf"), NULL, NULL, NAME ": The file is empty", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\xff\xfe"), NULL, NULL, NAME ": The file is empty", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\x1a"), NULL, NULL, NAME ": The file is empty", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\x89PNG\r\n\x1a\n1234"), NULL, NULL, NAME ": The file is a picture", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\xff\xd8\xff\xe0"), NULL, NULL, NAME ": The file is a picture", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("%PDF-1.7"), NULL, NULL, NAME ": The file is a PDF", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\x1f\x8b\x08\0"), NULL, NULL, NAME ": The file is compressed", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("PK\3\4........xl/workbook.xml"), NULL, NULL, NAME ": The file is compressed", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("PK\3\4........notes.txt"), NULL, NULL, NAME ": The file is compressed", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), NULL, NULL, NAME ": The file is an old", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("SQLite format 3\0"), NULL, NULL, NAME ": The file is a SQLite", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES ("id,name\n1,a" NULS512 "\n"), NULL, NULL, NAME ":2:4: ", MQ_IMPORT_ERROR_FORMAT, NULL },
  { BYTES (NULS512 NULS512), NULL, NULL, NAME ":1:1: ", MQ_IMPORT_ERROR_FORMAT, NULL },
};

static char *
write_file (const char *folder, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, NAME, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, &error));
  g_assert_no_error (error);
  return path;
}

static GString *
read_all (MqTextSource *source, gsize size, GError **error)
{
  g_autofree char *buffer = g_malloc (size);
  g_autoptr (GString) out = g_string_new (NULL);
  gssize n;

  while ((n = mq_text_source_read (source, buffer, size, error)) > 0)
    g_string_append_len (out, buffer, n);
  return n == 0 ? g_steal_pointer (&out) : NULL;
}

static void
check_warnings (MqTextSource *source, const char *expected)
{
  char           **warnings = mq_text_source_warnings (source);
  g_autofree char *all = g_strjoinv ("\n", warnings);

  if (expected == NULL)
    g_assert_cmpstr (all, ==, "");
  else
    g_assert_nonnull (strstr (all, expected));
}

static void
check_case (const Case *one, const char *path, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTextSource) source = mq_text_source_open (path, one->given, NULL, &error);
  g_autoptr (GString) text = NULL;

  if (source != NULL)
    text = read_all (source, size, &error);
  if (one->encoding == NULL)
    {
      g_assert_null (text);
      g_assert_error (error, MQ_IMPORT_ERROR, (gint) one->code);
      g_assert_true (g_str_has_prefix (error->message, one->text));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, one->text);
  g_assert_cmpstr (mq_text_source_encoding (source), ==, one->encoding);
  g_assert_cmpstr (mq_text_source_name (source), ==, NAME);
  g_assert_cmpint (mq_text_source_size (source), ==, one->length);
  check_warnings (source, one->warning);

  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) one->bytes, one->length);

  g_assert_cmpstr (mq_text_source_sha256 (source), ==, sha256);
  g_assert_true (mq_text_source_rewind (source, &error));
  g_assert_null (mq_text_source_sha256 (source));

  g_autoptr (GString) again = read_all (source, 100000, &error);

  g_assert_cmpstr (again->str, ==, one->text);
  g_assert_cmpstr (mq_text_source_sha256 (source), ==, sha256);
  check_warnings (source, one->warning);
}

static void
test_table (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mq-text-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = write_file (folder, CASES[i].bytes, CASES[i].length);

      g_test_message ("case %u", i);
      check_case (&CASES[i], path, 1);
      check_case (&CASES[i], path, 7);
      check_case (&CASES[i], path, 128 * 1024);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* A NUL byte that stands alone is passed on. */
static void
test_nul (void)
{
  const char bytes[] = "id,name\n1,An\0n\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (bytes, sizeof bytes - 1, NULL);
  g_autoptr (MqTextSource) source = mq_text_source_open_stream (in, NAME, G_MAXINT32, NULL, NULL, &error);
  g_autoptr (GString) text = read_all (source, 64, &error);

  g_assert_cmpmem (text->str, text->len, bytes, sizeof bytes - 1);
}

static GString *
repeat_until (const char *line, gsize length)
{
  GString *text = g_string_sized_new (length + 100);

  while (text->len < length)
    g_string_append (text, line);
  return text;
}

static MqTextSource *
open_bytes (const GString *text, const char *encoding, GError **error)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (text->str, text->len, NULL);

  return mq_text_source_open_stream (in, NAME, G_MAXINT32, encoding, NULL, error);
}

/* ASCII for 3 MiB, then one Chinese word between two samples: found while reading, the source changes. */
static void
test_late_gb18030 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = repeat_until ("1,abcdefghij,2024-01-01\n", 4 * 1024 * 1024);

  memcpy (text->str + 2 * 1024 * 1024, "\xd5\xc5", 2);

  g_autoptr (MqTextSource) source = open_bytes (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mq_text_source_encoding (source), ==, "UTF-8");
  g_assert_null (read_all (source, 256 * 1024, &error));
  g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING);
  g_assert_true (mq_text_source_changed_encoding (source));
  g_clear_error (&error);
  g_assert_true (mq_text_source_rewind (source, &error));
  g_assert_false (mq_text_source_changed_encoding (source));
  g_assert_cmpstr (mq_text_source_encoding (source), ==, "GB18030");

  g_autoptr (GString) read = read_all (source, 256 * 1024, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, text->len + 1);
  g_assert_cmpint (memcmp (read->str + 2 * 1024 * 1024, "张", 3), ==, 0);
}

/* Damaged bytes in Chinese UTF-8 are marked and told, never the whole file garbled as GB18030; with many of them it is an error. */
static void
test_damaged_utf8 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = repeat_until ("张三李四,订单\n", 4 * 1024 * 1024);
  g_autoptr (GString) read = NULL;

  text->str[20 * 70000 + 3] = '\xff';

  g_autoptr (MqTextSource) source = open_bytes (text, NULL, &error);

  g_assert_no_error (error);
  read = read_all (source, 256 * 1024, &error);
  if (read == NULL)
    {
      g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING);
      g_assert_true (mq_text_source_changed_encoding (source));
      g_clear_error (&error);
      g_assert_true (mq_text_source_rewind (source, &error));
      read = read_all (source, 256 * 1024, &error);
    }
  g_assert_no_error (error);
  g_assert_cmpstr (mq_text_source_encoding (source), ==, "UTF-8");
  g_assert_true (mq_text_source_has_marks (source));
  g_assert_cmpuint (read->len, ==, text->len);
  g_assert_true (memchr (read->str, '\0', read->len) == read->str + 20 * 70000 + 3);
  g_assert_nonnull (strstr (mq_text_source_warnings (source)[0], "3 bytes are no text in UTF-8 (the first in line 70001, column 2)"));
}

/* What the bytes look like, where they have no mark and are no UTF-8. */
static void
test_guesses (void)
{
  static const struct
  {
    const char *encoding;
    const char *line;
    const char *taken;
  } cases[] = {
    { "BIG5", "1,張偉許功蓋,台北市大安區\n", "BIG5-HKSCS" },
    { "CP932", "1,表示ソ予田中さん東京都\n", "CP932" },
    { "EUC-JP", "1,表示ソ予田中さん東京都のお客様\n", "EUC-JP" },
    { "CP949", "1,김철수 서울특별시 안녕하세요\n", "CP949" },
    { "GB18030", "1,张伟,北京市朝阳区\n", "GB18030" },
    { "WINDOWS-1252", "1,José Müller à Zürich für größe\n", "WINDOWS-1252" },
    { "WINDOWS-1251", "1,Иван Петров из Москвы\n", "WINDOWS-1251" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = repeat_until (cases[i].line, 3000);
      g_autoptr (GString) bytes = g_string_new (NULL);
      g_autoptr (MqTextSource) source = NULL;
      g_autoptr (GString) read = NULL;
      gsize            length;
      g_autofree char *converted = g_convert (text->str, text->len, cases[i].encoding, "UTF-8", NULL, &length, &error);

      g_assert_no_error (error);
      g_string_append_len (bytes, converted, length);
      source = open_bytes (bytes, NULL, &error);
      g_assert_no_error (error);
      read = read_all (source, 4096, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (mq_text_source_encoding (source), ==, cases[i].taken);
      g_assert_cmpstr (read->str, ==, text->str);
    }
}

/* A web page says its encoding; what it says is taken only where all of it decodes so. */
static void
test_stated (void)
{
  static const struct
  {
    const char *head;
    const char *encoding;
    const char *taken;
  } cases[] = {
    { "<html><head><meta charset=\"big5\"></head><table><tr><td>", "BIG5", "BIG5-HKSCS" },
    { "\n<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'><table><tr><td>", "CP932", "CP932" },
    { "<meta charset=gb2312><table><tr><td>", "GB18030", "GB18030" },
    { "<meta charset=utf-8><table><tr><td>", "GB18030", "GB18030" }, /* it is not */
    { "<meta charset=big5><table><tr><td>", "UTF-8", "UTF-8" },      /* all of it is UTF-8 */
    { "<meta charset=klingon><table><tr><td>", "GB18030", "GB18030" },
    { "a,charset=big5\n", "GB18030", "GB18030" }, /* no page */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) bytes = g_string_new (cases[i].head);
      g_autoptr (MqTextSource) source = NULL;
      g_autofree char *text = g_strconcat (cases[i].head, "日本 東京", NULL);
      g_autoptr (GString) read = NULL;
      gsize            length;
      g_autofree char *converted = g_convert ("日本 東京", -1, cases[i].encoding, "UTF-8", NULL, &length, &error);

      g_assert_no_error (error);
      g_string_append_len (bytes, converted, length);
      source = open_bytes (bytes, NULL, &error);
      g_assert_no_error (error);
      read = read_all (source, 4096, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (mq_text_source_encoding (source), ==, cases[i].taken);
      g_assert_cmpstr (read->str, ==, text);
    }
}

/* Characters across the borders of the decoder's buffers. */
static void
test_long_text (void)
{
  static const char *const encodings[] = { "GB18030", "UTF-16LE", "UTF-32BE", "BIG5", "UTF-8" };
  g_autoptr (GString) text = repeat_until ("一二,三\n四1", 700000);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize            length;
      g_autofree char *bytes = g_convert (text->str, text->len, encodings[i], "UTF-8", NULL, &length, &error);
      g_autoptr (GString) raw = g_string_new_len (bytes, length);
      g_autoptr (MqTextSource) source = open_bytes (raw, encodings[i], &error);
      g_autoptr (GString) read = read_all (source, 99991, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (read->str, read->len, text->str, text->len);
    }
}

/* A stream cut at its limit is no error, also inside of a character. */
static void
test_limit (void)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data ("张三", 6, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTextSource) source = mq_text_source_open_stream (in, NAME, 5, NULL, NULL, &error);
  g_autoptr (GString) text = read_all (source, 64, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "张");
  g_assert_null (mq_text_source_sha256 (source));
}

static void
test_unreadable (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mq_text_source_open ("/nonexistent/folder/" NAME, NULL, NULL, &error));
  g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN);
  g_assert_true (g_str_has_prefix (error->message, NAME ": "));
  g_clear_error (&error);
  g_assert_null (mq_text_source_open (g_get_tmp_dir (), NULL, NULL, &error));
  g_assert_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_OPEN);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MqRun run = { cancellable, NULL, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data ("a\n", 2, NULL);
  g_autoptr (MqTextSource) source = mq_text_source_open_stream (in, NAME, 5, NULL, &run, &error);

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (read_all (source, 64, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const guint8 EDGES[] = { 'a', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff };

/* Whether some bytes behind these make them one valid character. */
static gboolean
can_be_completed (const char *text, gsize length, gsize size)
{
  char     longer[4];
  gboolean found = FALSE;

  memcpy (longer, text, length);
  if (length == size)
    return g_utf8_validate_len (text, size, NULL) && g_utf8_strlen (text, size) == 1;
  for (guint i = 2; !found && i < 8; i++)
    {
      longer[length] = (char) EDGES[i];
      found = can_be_completed (longer, length + 1, size);
    }
  return found;
}

static void
test_utf8_is_cut (void)
{
  const guint n = G_N_ELEMENTS (EDGES);

  for (gsize length = 1; length < 4; length++)
    for (guint i = 0; i < n * n * n; i++)
      {
        const char text[] = { (char) EDGES[i % n], (char) EDGES[i / n % n], (char) EDGES[i / n / n] };
        gboolean   expected = FALSE;

        for (gsize size = length + 1; size <= 4; size++)
          expected = expected || can_be_completed (text, length, size);
        g_assert_cmpint (mq_utf8_is_cut (text, length), ==, expected);
      }
}

/* Against GLib, which takes no NUL; random bytes near the edges of the tables. */
static void
test_utf8_check (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  char        text[200];
  const char *end;

  for (guint round = 0; round < 300000; round++)
    {
      gsize length = g_rand_int_range (rand, 1, round % 10 == 0 ? 200 : 9);
      gsize wide = g_rand_int_range (rand, 0, length);

      memset (text, 'x', length);
      for (gsize i = wide; i < MIN (length, wide + 6); i++)
        text[i] = EDGES[g_rand_int_range (rand, 0, G_N_ELEMENTS (EDGES))];
      g_utf8_validate_len (text, length, &end);
      g_assert_cmpuint (mq_utf8_check (text, length), ==, end - text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-source/table", test_table);
  g_test_add_func ("/text-source/nul", test_nul);
  g_test_add_func ("/text-source/late-gb18030", test_late_gb18030);
  g_test_add_func ("/text-source/damaged-utf8", test_damaged_utf8);
  g_test_add_func ("/text-source/guesses", test_guesses);
  g_test_add_func ("/text-source/stated", test_stated);
  g_test_add_func ("/text-source/long-text", test_long_text);
  g_test_add_func ("/text-source/limit", test_limit);
  g_test_add_func ("/text-source/unreadable", test_unreadable);
  g_test_add_func ("/text-source/cancel", test_cancel);
  g_test_add_func ("/text-source/utf8-is-cut", test_utf8_is_cut);
  g_test_add_func ("/text-source/utf8-check", test_utf8_check);
  return g_test_run ();
}
