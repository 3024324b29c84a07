/* test-csv-sniff.c: delimiter, header and titles of small texts and of the shared data. */

#include <string.h>

#include "import/cell-look.h"
#include "import/csv-sniff.h"
#include "import/import-error.h"

typedef struct
{
  const char *text;
  const char *given;
  const char *delimiter;
  gboolean    has_header;
  guint       skip_lines;
  guint       n_columns;
} Case;

static const Case CASES[] = {
  { "id,name,amount\n1,Ann,2.5\n2,Bob,3\n", NULL, ",", TRUE, 0, 3 },
  { "id;umsatz\n1;1.234,56\n2;-0,5\n", NULL, ";", TRUE, 0, 2 },
  { "1;2,5\n2;3,5\n3;4,5\n", NULL, ";", FALSE, 0, 2 },
  { "id\tname\tnote\n1\tAnn\ta, b\n2\tBob\tc, d\n", NULL, "\t", TRUE, 0, 3 },
  { "id|name\n1|a,b\n2|c\n", NULL, "|", TRUE, 0, 2 },
  { "id\x1fname\n1\x1f"
    "a\n",
    NULL,
    "\x1f",
    TRUE,
    0,
    2 },
  { "id\x01name\n1\x01"
    "a\n",
    NULL,
    "\x01",
    TRUE,
    0,
    2 },
  { "编号，姓名\n1，张三\n2，李四\n", NULL, "，", TRUE, 0, 2 },
  { "\"a;b\",\"c\"\n\"d;e\",\"f\"\n", NULL, ",", TRUE, 0, 2 },
  { "\"a\";\"b,1\"\n\"c\";\"d,2\"\n", NULL, ";", TRUE, 0, 2 },
  { " 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00002 19970112  5   77.00\n", NULL, "", FALSE, 0, 4 },
  { "text\nGreat product\nBad one\nI like it very much\n", NULL, ",", TRUE, 0, 1 },
  { "First name\nAnn Smith\nBob Jones\nCat Brown\n", NULL, ",", TRUE, 0, 1 },
  { "amount\n12\n13\n", NULL, ",", TRUE, 0, 1 },
  { "12\n13\n", NULL, ",", FALSE, 0, 1 },
  { "1,Ann 1,a1@example.org,1.50\n2,Ann 2,a2@example.org,2.50\n", NULL, ",", FALSE, 0, 4 },
  { "1,2268318,2520377,pv,1511544070\n1,2333346,2520771,pv,1511561733\n", NULL, ",", FALSE, 0, 5 },
  { "u1,click,email\nu2,click,sms\nu3,open,email\n", NULL, ",", FALSE, 0, 3 },
  { "sep=;\r\nid;name\r\n1;Ann\r\n", NULL, ";", TRUE, 1, 2 },
  { "\"sep=|\"\nid|name\n1|Ann\n", NULL, "|", TRUE, 1, 2 },
  { "Report of sales\n\nid,name\n1,a\n", NULL, ",", TRUE, 2, 2 },
  { "Report of sales,,,\nJanuary,,,\nid,name,when,amount\n1,a,2024-01-01,2\n2,b,2024-01-02,3\n", NULL, ",", TRUE, 2, 4 },
  { "id,,\r\n1,a,b\r\n", NULL, ",", TRUE, 0, 3 },
  { "id,name,name,Name\r\n1,a,b,c\r\n", NULL, ",", TRUE, 0, 4 },
  { "客户,渠道,备注\n张三,微信,备注\n", NULL, ",", TRUE, 0, 3 },
  { "customer_id,date,2023\nA1,B2,C3\n", NULL, ",", TRUE, 0, 3 },
  { "id,name,email,amount\r\n", NULL, ",", TRUE, 0, 4 },
  { "id,name\n1,a,\n2,b,\n", NULL, ",", TRUE, 0, 3 },
  { "a,b\n\"1,\"\"2\nx\",3\n", NULL, ",", TRUE, 0, 2 },
  { "id,name\n1,\"never closed\n2,b\n", NULL, ",", TRUE, 0, 2 },
  { "id name\n1 2\n", "blanks", "", TRUE, 0, 2 },
  { "id,name\n1,2\n", "tab", "\t", TRUE, 0, 1 },
  { "id,name\n1,2\n", "\\t", "\t", TRUE, 0, 1 },
  { "id~name\n1~2\n", "~", "~", TRUE, 0, 2 },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const Case *one = &CASES[i];
      g_autoptr (GError) error = NULL;
      MqCsvLayout layout;

      g_test_message ("case %u", i);
      g_assert_true (mq_csv_sniff (one->text, strlen (one->text), one->given, &layout, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (layout.dialect.delimiter, ==, one->delimiter);
      g_assert_true (layout.dialect.quotes);
      g_assert_cmpint (layout.has_header, ==, one->has_header);
      g_assert_cmpuint (layout.skip_lines, ==, one->skip_lines);
      g_assert_cmpuint (layout.n_columns, ==, one->n_columns);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char   *text;
    const char   *given;
    MqImportError code;
    const char   *message;
  } cases[] = {
    { "\n \n\r\n", NULL, MQ_IMPORT_ERROR_FORMAT, "1:1: " },
    { "sep=,", NULL, MQ_IMPORT_ERROR_FORMAT, "1:1: " },
    { "\n\"open\n", NULL, MQ_IMPORT_ERROR_SYNTAX, "2:1: " },
    { "a,b\n", "ab", MQ_IMPORT_ERROR_SETTING, "The delimiter" },
    { "a,b\n", "a", MQ_IMPORT_ERROR_SETTING, "The delimiter" },
    { "a,b\n", "\"", MQ_IMPORT_ERROR_SETTING, "The delimiter" },
    { "a,b\n", "\n", MQ_IMPORT_ERROR_SETTING, "The delimiter" },
    { "a,b\n", "张", MQ_IMPORT_ERROR_SETTING, "The delimiter" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      MqCsvLayout layout;

      g_assert_false (mq_csv_sniff (cases[i].text, strlen (cases[i].text), cases[i].given, &layout, &error));
      g_assert_error (error, MQ_IMPORT_ERROR, (gint) cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

/* The cut last record of a full sample is left out; what follows a cut quote, too. */
static void
test_cut_sample (void)
{
  g_autoptr (GString) text = g_string_new ("id,name\n");
  g_autoptr (GError) error = NULL;
  MqCsvLayout layout;

  while (text->len < 1024 * 1024)
    g_string_append (text, "\"a long cell over\nseveral lines, with commas, and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on\",b\n");
  g_assert_true (mq_csv_sniff (text->str, 1024 * 1024, NULL, &layout, &error));
  g_assert_cmpstr (layout.dialect.delimiter, ==, ",");
  g_assert_cmpuint (layout.n_columns, ==, 2);
  g_assert_true (layout.has_header);
}

static void
test_looks_typed (void)
{
  static const char *const typed[] = { "1", "-1.5", "1,234.50", "1.234,56 €", "¥12", "50%", "2024-01-31", "31/01/2024 10:00", "2024-01-31T10:00:00Z", "5 Jan 2024", "2024年1月5日", "1e5", "10:00 PM", "(12)" };
  static const char *const other[] = { "", "-", "abc", "A1", "1a", "Q1 2024", "NA", "张3", "a@b.c", "1;2" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    g_assert_true (mq_cell_looks_typed (typed[i], strlen (typed[i])));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (mq_cell_looks_typed (other[i], strlen (other[i])));
}

static const struct
{
  const char *path;
  const char *delimiter;
  gboolean    has_header;
  guint       n_columns;
} SHARED[] = {
  { "orders/cdnow-sample.txt", "", FALSE, 5 },
  { "orders/rfm-orders.csv", ",", TRUE, 6 },
  { "orders/online-retail.csv.gz", ",", TRUE, 8 },
  { "events/taobao-userbehavior.csv.gz", ",", FALSE, 5 },
  { "attribution/path-data.csv.gz", ",", TRUE, 4 },
  { "campaigns/campaign_descriptions.csv.gz", ",", TRUE, 4 },
  { "campaigns/campaigns.csv.gz", ",", TRUE, 2 },
  { "campaigns/coupon_redemptions.csv.gz", ",", TRUE, 4 },
  { "campaigns/demographics.csv.gz", ",", TRUE, 8 },
  { "campaigns/transactions_sample.csv.gz", ",", TRUE, 11 },
};

static char *
find_shared (const char *path)
{
  const char *folder = g_getenv ("MQ_SHARED_DATA");

  if (folder != NULL)
    return g_build_filename (folder, path, NULL);
  return g_build_filename (g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".", "..", "..", "shared", "data", path, NULL);
}

static GInputStream *
open_shared (const char *path)
{
  g_autofree char *name = find_shared (path);
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, NULL);
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  if (in == NULL || !g_str_has_suffix (path, ".gz"))
    return (GInputStream *) g_steal_pointer (&in);
  return g_converter_input_stream_new (G_INPUT_STREAM (in), G_CONVERTER (unpack));
}

static void
test_shared (void)
{
  g_autofree char *text = g_malloc (1024 * 1024);

  for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++)
    {
      g_autoptr (GInputStream) in = open_shared (SHARED[i].path);
      g_autoptr (GError) error = NULL;
      MqCsvLayout layout;
      gsize       length;

      if (in == NULL)
        {
          g_test_skip ("the shared data is not there");
          return;
        }
      g_test_message ("%s", SHARED[i].path);
      g_assert_true (g_input_stream_read_all (in, text, 1024 * 1024, &length, NULL, &error));
      g_assert_true (mq_csv_sniff (text, length, NULL, &layout, &error));
      g_assert_cmpstr (layout.dialect.delimiter, ==, SHARED[i].delimiter);
      g_assert_cmpint (layout.has_header, ==, SHARED[i].has_header);
      g_assert_cmpuint (layout.n_columns, ==, SHARED[i].n_columns);
      g_assert_cmpuint (layout.skip_lines, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-sniff/table", test_table);
  g_test_add_func ("/csv-sniff/errors", test_errors);
  g_test_add_func ("/csv-sniff/cut-sample", test_cut_sample);
  g_test_add_func ("/csv-sniff/looks-typed", test_looks_typed);
  g_test_add_func ("/csv-sniff/shared", test_shared);
  return g_test_run ();
}
