/* test-report.c: charts and reports as files: whole or not at all, the same bytes each time, vectors and embedded fonts in PDF, all
 * texts and figures found again in it, nothing in HTML but escaped text. */

#include "chart/report.h"

#include "base/civil-time.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const segments[] = {
  "Champions",
  "Loyal",
  "Potential Loyalist",
  "New Customers",
  "Promising",
  "Need Attention",
  "About To Sleep",
  "At Risk",
  "Cannot Lose Them",
  "Hibernating",
  "Lost",
};
static const char *const chinese[] = {
  "重要价值",
  "重要保持",
  "重要发展",
  "重要挽留",
  "一般价值",
  "一般保持",
  "一般发展",
  "一般挽留",
  "新客",
  "沉默",
  "流失",
};

typedef struct
{
  char *folder;
} Fixture;

static MqTable *
make_segments (const char *const *names)
{
  static const MqColumnType types[] = { MQ_COLUMN_TERM, MQ_COLUMN_INTEGER, MQ_COLUMN_SHARE, MQ_COLUMN_MONEY, MQ_COLUMN_SHARE, MQ_COLUMN_DOUBLE, MQ_COLUMN_DOUBLE, MQ_COLUMN_MONEY, MQ_COLUMN_TERM };
  static const char *const  ids[] = { "segment", "customers", "share", "revenue", "revenue_share", "recency_median", "frequency_median", "monetary_median", "action" };
  MqTableBuilder           *builder = mq_table_builder_new ("segments", "GBP", NULL);

  for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
    mq_table_builder_add_column (builder, ids[k], ids[k], types[k]);
  for (guint i = 0; i < 11; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, names[i]);
      mq_table_builder_set_integer (builder, 1, 1111 * (i + 1));
      mq_table_builder_set_double (builder, 2, (i + 1) / 66.0);
      mq_table_builder_set_integer (builder, 3, 12345678 - i * 1000001);
      mq_table_builder_set_double (builder, 4, (11 - i) / 66.0);
      mq_table_builder_set_double (builder, 5, i * 7);
      mq_table_builder_set_double (builder, 6, 20 - i);
      mq_table_builder_set_integer (builder, 7, 7777 + i);
      mq_table_builder_set_text (builder, 8, "Write <soon> & often");
    }
  return mq_table_builder_finish (builder);
}

static MqTable *
make_grid (const char *const *names)
{
  MqTableBuilder *builder = mq_table_builder_new ("grid", "GBP", NULL);

  mq_table_builder_add_column (builder, "r", "R", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "f", "F", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TERM);
  for (guint r = 1; r <= 5; r++)
    for (guint f = 1; f <= 5; f++)
      {
        mq_table_builder_append (builder);
        mq_table_builder_set_integer (builder, 0, r);
        mq_table_builder_set_integer (builder, 1, f);
        mq_table_builder_set_integer (builder, 2, 301 * r + 7 * f);
        mq_table_builder_set_text (builder, 3, names[(r + f) % 11]);
      }
  return mq_table_builder_finish (builder);
}

static MqResult *
make_result (const char *sentence, const char *const *names)
{
  MqResult     *result = mq_result_new ("rfm", 1);
  MqProvenance *provenance = mq_result_provenance (result);

  provenance->as_of = mq_day_from_civil (2011, 12, 10) * MQ_DAY_MICROSECONDS - 1;
  g_free (provenance->time_zone);
  provenance->time_zone = g_strdup ("UTC");
  g_free (provenance->data);
  provenance->data = g_strdup ("8f3a61d20c9be447");
  mq_result_take_table (result, make_grid (names));
  mq_result_take_table (result, make_segments (names));
  mq_result_take_sentence (result, g_strdup (sentence));
  mq_result_take_rules (result, g_strdup ("365 days to 9 Dec 2011 · quintiles"));
  mq_result_leave_out (result, "no customer", 135080);
  mq_result_warn (result, "%s", "One file ended early.");
  return result;
}

static MqReport *
make_report (void)
{
  MqReport *report = mq_report_new ("Monday <Report>", "Shop & Co");
  g_autoptr (MqResult) english = make_result ("Champions bring most", segments);
  g_autoptr (MqResult) han = make_result ("重要价值客户贡献了一半收入", chinese);

  mq_report_add (report, english, "RFM", "A <b>note</b>");
  mq_report_add (report, han, NULL, NULL);
  return report;
}

static char *
run_tool (const char *const *argv)
{
  g_autofree char *tool = g_find_program_in_path (argv[0]);
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int   status;

  if (tool == NULL)
    {
      g_test_skip ("poppler-utils or mupdf-tools is not installed");
      return NULL;
    }
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static char *
write_report (Fixture *fixture, const char *name)
{
  g_autoptr (MqReport) report = make_report ();
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  mq_report_write (report, path, &error);
  g_assert_no_error (error);
  return path;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("mq-report-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
test_pdf_text (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = {
    "Champions bring most",
    "重要价值客户贡献了一半收入",
    "365 days to 9 Dec 2011 · quintiles",
    "Monday <Report>",
    "Shop & Co",
    "RFM",
    "A <b>note</b>",
    "Cannot Lose Them",
    "一般挽留",
    "Recency score",
    "Frequency score",
    "8f3a61d20c9be447",
    "UTC",
    "Page 1 of 3",
    "Page 3 of 3",
    "Contents",
    "135,080",
    "no customer",
    "One file ended early.",
    "1,111",
    "12,221",
    "£123,456.78",
    "£23,456.68",
    "1.5",
    "16.7",
    "£77.87",
    /* cells of the map */
    "308",
    "1,540",
    "924",
  };
  g_autofree char *path = write_report (fixture, "report.pdf");
  const char      *argv[] = { "pdftotext", "-layout", "-enc", "UTF-8", path, "-", NULL };
  g_autofree char *text = run_tool (argv);
  g_autoptr (GString) plain = NULL;

  if (text == NULL)
    return;
  plain = g_string_new (text);
  g_string_replace (plain, "\xc2\xa0", " ", 0);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (plain->str, wanted[i]) == NULL)
      g_error ("“%s” is not in the text of the PDF", wanted[i]);
}

static void
test_pdf_vectors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_report (fixture, "report.pdf");
  const char      *images_argv[] = { "pdfimages", "-list", path, NULL };
  const char      *fonts_argv[] = { "pdffonts", path, NULL };
  const char      *info_argv[] = { "pdfinfo", "-rawdates", path, NULL };
  g_autofree char *images = run_tool (images_argv);
  g_autofree char *fonts = run_tool (fonts_argv);
  g_autofree char *info = run_tool (info_argv);
  g_auto (GStrv) lines = NULL;

  if (images == NULL || fonts == NULL || info == NULL)
    return;
  lines = g_strsplit (g_strchomp (images), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_clear_pointer (&lines, g_strfreev);

  lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (guint i = 2; lines[i] != NULL; i++)
    g_assert_true (g_regex_match_simple ("\\byes +yes +yes +\\d+ +\\d+$", lines[i], 0, 0));

  g_assert_nonnull (strstr (info, "Monday <Report>"));
  g_assert_nonnull (strstr (info, "Marquetry"));
  g_assert_true (g_regex_match_simple ("CreationDate: +(D:)?20111209235959Z", info, 0, 0));
  g_assert_true (g_regex_match_simple ("Pages: +3\\b", info, 0, 0));
  g_assert_nonnull (strstr (info, "(A4)"));
}

/* Three sheets with names, a bookmark for each, and a link on the contents to each of the others. */
static void
test_pdf_contents (Fixture *fixture, gconstpointer data)
{
  static const char *const marks[] = { "Contents", "RFM", "重要价值客户贡献了一半收入" };
  g_autofree char         *path = write_report (fixture, "report.pdf");
  const char              *dests_argv[] = { "pdfinfo", "-dests", path, NULL };
  const char              *outline_argv[] = { "mutool", "show", path, "outline", NULL };
  const char              *objects_argv[] = { "mutool", "show", path, "grep", NULL };
  g_autofree char         *dests = run_tool (dests_argv);
  g_autofree char         *outline = run_tool (outline_argv);
  g_autofree char         *objects = run_tool (objects_argv);
  g_auto (GStrv) lines = NULL;

  if (dests == NULL || outline == NULL || objects == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *dest = g_strdup_printf ("\n +%u \\[ XYZ +0 +842 +null +\\] \"sheet-%u\"", i + 1, i + 1);
      g_autofree char *mark = g_strdup_printf ("\"%s\"\t#page=%u&", marks[i], i + 1);
      g_autofree char *link = g_strdup_printf ("/Dest(sheet-%u)", i + 1);

      g_assert_true (g_regex_match_simple (dest, dests, 0, 0));
      g_assert_nonnull (strstr (outline, mark));
      g_assert_cmpint (strstr (objects, link) != NULL, ==, i > 0);
    }
  lines = g_regex_split_simple ("/Subtype/Link", objects, 0, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
}

/* One of a result's charts: its finding and its values, and nothing of the others. */
static void
test_one_chart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqReport) report = mq_report_new ("One", "");
  g_autoptr (MqResult) result = make_result ("Champions bring most", segments);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "one.pdf", NULL);
  const char      *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *text = NULL;

  mq_report_add_chart (report, result, "segments-revenue", NULL, "Ask for more of them");
  mq_report_write (report, path, &error);
  g_assert_no_error (error);
  text = run_tool (argv);
  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, "Most revenue: Champions"));
  g_assert_nonnull (strstr (text, "Ask for more of them"));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_null (strstr (text, "Contents"));
  g_assert_null (strstr (text, "Champions bring most"));
  g_assert_null (strstr (text, "Recency score"));
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  static const char *const names[][2] = { { "a.pdf", "b.pdf" }, { "a.svg", "b.svg" }, { "a.png", "b.png" }, { "a.html", "b.html" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *one = write_report (fixture, names[i][0]);
      g_autofree char *two = write_report (fixture, names[i][1]);
      g_autoptr (GBytes) first = read_bytes (one);
      g_autoptr (GBytes) second = read_bytes (two);

      g_assert_cmpuint (g_bytes_get_size (first), >, 10000);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_sheets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_report (fixture, "report.svg");
  g_autofree char *second = g_build_filename (fixture->folder, "report-2.svg", NULL);

  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_REGULAR));
}

/* Ids of an SVG or HTML file: each once, and every reference leads to one. */
static void
check_ids (const char *text)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) id = g_regex_new ("\\bid=\"([^\"]*)\"", 0, 0, NULL);
  g_autoptr (GRegex) reference = g_regex_new ("href=\"#([^\"]*)\"|url\\(#([^)]*)\\)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (id, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_assert_true (g_hash_table_add (ids, g_match_info_fetch (match, 1)));
  g_clear_pointer (&match, g_match_info_unref);
  for (g_regex_match (reference, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *direct = g_match_info_fetch (match, 1);
      g_autofree char *url = g_match_info_fetch (match, 2);

      g_assert_true (g_hash_table_contains (ids, direct[0] != '\0' ? direct : url));
    }
  g_assert_cmpuint (g_hash_table_size (ids), >, 10);
}

static void
test_html (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_report (fixture, "report.html");
  g_autoptr (GBytes) bytes = read_bytes (path);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_nonnull (strstr (text, "<title>Monday &lt;Report&gt;</title>"));
  g_assert_nonnull (strstr (text, "A &lt;b&gt;note&lt;/b&gt;"));
  g_assert_nonnull (strstr (text, "<td>Write &lt;soon&gt; &amp; often</td>"));
  g_assert_nonnull (strstr (text, "<td class=\"n\">12,221</td>"));
  g_assert_nonnull (strstr (text, "重要价值客户贡献了一半收入"));
  g_assert_nonnull (strstr (text, "Shop &amp; Co"));
  g_assert_null (strstr (text, "<soon>"));
  g_assert_null (strstr (text, "<?xml"));
  g_assert_null (strstr (text, "<script"));
  g_assert_null (strstr (text, "src="));
  g_assert_false (g_regex_match_simple ("(href|url)[=(]\"?https?:", text, 0, 0));
  check_ids (text);
}

static MqResult *
make_long_result (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", NULL, NULL);
  MqResult       *result = mq_result_new ("rfm", 1);

  mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", "Share", MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "revenue", "Revenue", MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "revenue_share", "Share of Revenue", MQ_COLUMN_SHARE);
  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *name = g_strdup_printf ("Group-%u", i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, i == 7 ? "A name so long that it would not even fit on two lines of a column of this table, and so on" : name);
      mq_table_builder_set_integer (builder, 1, i);
    }
  mq_result_take_table (result, mq_table_builder_finish (builder));
  return result;
}

/* The text of the PDF; NULL where the tool that reads it is missing. */
static char *
print (Fixture *fixture, MqReport *report)
{
  g_autofree char *path = g_build_filename (fixture->folder, "long.pdf", NULL);
  const char      *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;

  mq_report_write (report, path, &error);
  g_assert_no_error (error);
  return run_tool (argv);
}

static void
test_long_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqReport) report = mq_report_new ("Long", "");
  g_autoptr (MqResult) result = make_long_result ();
  g_autofree char *text = NULL;

  mq_report_add_chart (report, result, "segments", "Groups", NULL);
  text = print (fixture, report);
  if (text == NULL)
    return;
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *name = g_strdup_printf ("Group-%u ", i);

      g_assert_true (i == 7 || strstr (text, name) != NULL);
    }
  g_assert_null (strstr (text, "Group-400 "));
  g_assert_nonnull (strstr (text, "The first 400 of 450 rows."));
}

/* A page as a whole prints what is short. */
static void
test_page_of_long_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqReport) report = mq_report_new ("Long", "");
  g_autoptr (MqResult) result = make_long_result ();
  g_autofree char *text = NULL;

  mq_report_add (report, result, "Groups", NULL);
  text = print (fixture, report);
  if (text == NULL)
    return;
  g_assert_null (strstr (text, "The first 400"));
  g_assert_nonnull (strstr (text, "A table of 450 rows is not printed here."));
}

static void
test_chart_files (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "chart.png", "chart.PDF", "chart.svg" };
  static const guint8      png[] = { 0x89, 'P', 'N', 'G' };
  g_autoptr (MqResult) result = make_result ("Champions bring most", segments);
  g_autoptr (GPtrArray) charts = mq_charts_for_result (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) clipboard = NULL;

  g_assert_cmpuint (charts->len, ==, 3);
  g_assert_cmpstr (mq_chart_title (charts->pdata[0]), ==, "Champions bring most");
  g_assert_cmpstr (mq_chart_note (charts->pdata[0]), ==, "365 days to 9 Dec 2011 · quintiles");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autoptr (GBytes) first = NULL;
      g_autoptr (GBytes) second = NULL;

      mq_chart_export (charts->pdata[i], path, &mq_theme_light, 640, 480, 2, &error);
      g_assert_no_error (error);
      first = read_bytes (path);
      mq_chart_export (charts->pdata[i], path, &mq_theme_light, 640, 480, 2, &error);
      g_assert_no_error (error);
      second = read_bytes (path);
      g_assert_true (g_bytes_equal (first, second));
      if (i == 0)
        {
          clipboard = mq_chart_to_png (charts->pdata[0], &mq_theme_light, 640, 480, 2, &error);
          g_assert_true (g_bytes_equal (first, clipboard));
          g_assert_cmpmem (g_bytes_get_data (first, NULL), 4, png, 4);
        }
    }
  /* Nothing lies beside. */
  g_assert_cmpuint (count_files (fixture->folder), ==, G_N_ELEMENTS (names));
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqResult) result = make_result ("Champions bring most", segments);
  g_autoptr (GPtrArray) charts = mq_charts_for_result (result);
  g_autoptr (MqReport) empty = mq_report_new ("Nothing", "");
  g_autoptr (GError) error = NULL;
  g_autofree char *unknown = g_build_filename (fixture->folder, "chart.gif", NULL);
  g_autofree char *good = g_build_filename (fixture->folder, "chart.png", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "missing", "chart.png", NULL);
  g_autofree char *report = g_build_filename (fixture->folder, "report.pdf", NULL);

  g_assert_false (mq_chart_export (charts->pdata[0], unknown, &mq_theme_light, 640, 480, 1, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (mq_chart_export (charts->pdata[0], good, &mq_theme_light, 640, 99, 1, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_false (mq_chart_export (charts->pdata[0], good, &mq_theme_light, 20000, 20000, 1, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_null (mq_chart_to_png (charts->pdata[0], &mq_theme_light, 640, 480, 100, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_false (mq_chart_export (charts->pdata[0], nowhere, &mq_theme_light, 640, 480, 1, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_false (mq_report_write (empty, report, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_false (mq_report_write (empty, unknown, &error));
  g_assert_error (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_FORMAT);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/report/pdf-text", test_pdf_text);
  ADD ("/report/pdf-vectors", test_pdf_vectors);
  ADD ("/report/pdf-contents", test_pdf_contents);
  ADD ("/report/one-chart", test_one_chart);
  ADD ("/report/same-bytes", test_same_bytes);
  ADD ("/report/sheets", test_sheets);
  ADD ("/report/html", test_html);
  ADD ("/report/long-table", test_long_table);
  ADD ("/report/page-of-long-table", test_page_of_long_table);
  ADD ("/report/chart-files", test_chart_files);
  ADD ("/report/errors", test_errors);
#undef ADD
  return g_test_run ();
}
