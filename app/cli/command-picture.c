/* command-picture.c: chart PROJECT MODULE and report PROJECT: pictures to files. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "chart/report.h"
#include "cli.h"

typedef struct
{
  char  *output;
  char  *size;
  double scale;
  char  *theme;
  char  *language;
  char  *paper;
  char **pages;
  int    chart;
} PictureWords;

static void
clear_words (PictureWords *words)
{
  g_free (words->output);
  g_free (words->size);
  g_free (words->theme);
  g_free (words->language);
  g_free (words->paper);
  g_strfreev (words->pages);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PictureWords, clear_words)

static const MqTheme *
find_theme (const PictureWords *words, const MqTheme *fallback)
{
  const MqTheme *theme = words->theme != NULL ? mq_theme_find (words->theme) : fallback;

  if (theme == NULL)
    mq_cli_usage_error (_ ("--theme takes light, dark or print."));
  return theme;
}

static gboolean
check_language (const PictureWords *words)
{
  if (words->language == NULL)
    return TRUE;
  if (strcmp (words->language, "zh_CN") != 0 && strcmp (words->language, "en") != 0)
    {
      mq_cli_usage_error (_ ("--lang takes zh_CN or en."));
      return FALSE;
    }
  mq_cli_set_language (words->language);
  return TRUE;
}

static gboolean
require_output (const PictureWords *words)
{
  if (words->output != NULL)
    return TRUE;
  mq_cli_usage_error (_ ("-o names the file to write."));
  return FALSE;
}

static gboolean
write_chart (MqCli *cli, char **arguments, const MqAnalysis *analysis, GVariant *settings, const PictureWords *words, const MqTheme *theme, double width, double height, GError **error)
{
  g_autoptr (MqResult) result = mq_cli_analyse (cli, arguments[0], analysis, settings, error);
  g_autoptr (GPtrArray) charts = NULL;

  if (result == NULL)
    return FALSE;
  charts = mq_charts_for_result (result);
  if (words->chart < 1 || (guint) words->chart > charts->len)
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("--chart takes a number from 1 to %u for this module."), charts->len);
      return FALSE;
    }
  return mq_chart_export (charts->pdata[words->chart - 1], words->output, theme, width, height, words->scale, error);
}

static MqExit
chart_main (MqCli *cli, int argc, char **argv)
{
  g_auto (PictureWords) words = { .scale = 2, .chart = 1 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write: .png, .pdf or .svg"), "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &words.size, N_ ("Width and height in pixels (default: 960x600)"), "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &words.scale, N_ ("Pixels of the PNG for one pixel of the size (default: 2)"), "N" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &words.theme, N_ ("light (default), dark or print"), "THEME" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &words.language, N_ ("Language of the picture: zh_CN or en"), "LANG" },
    { "chart", 0, 0, G_OPTION_ARG_INT, &words.chart, N_ ("Which of the module’s charts (default: 1)"), "N" },
    { NULL }
  };
  g_autoptr (MqSettingOptions) options = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const MqAnalysis *analysis = argc > 2 ? mq_analysis_find (argv[2]) : NULL;
  const MqTheme    *theme;
  double            width = 960, height = 600;
  gboolean          done;

  /* the module's settings are options too, so the module must be known before the options are read */
  for (int i = 1; i < argc && analysis == NULL; i++)
    analysis = mq_analysis_find (argv[i]);
  options = mq_setting_options_new (analysis);
  if (!mq_cli_parse (cli, &mq_command_chart, mq_setting_options_entries (options, entries), 2, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  analysis = mq_analysis_find (arguments[1]);
  if (analysis == NULL)
    return mq_cli_usage_error (_ ("There is no module “%s”. See “marquetry-cli --help”."), arguments[1]);
  if (!require_output (&words) || !check_language (&words))
    return MQ_EXIT_USAGE;
  theme = find_theme (&words, &mq_theme_light);
  if (theme == NULL)
    return MQ_EXIT_USAGE;
  if (words.size != NULL && !mq_cli_parse_size (words.size, &width, &height))
    return mq_cli_usage_error (_ ("--size takes width and height, such as 960x600."));
  mq_cli_begin (cli);
  done = write_chart (cli, arguments, analysis, mq_setting_options_get (options), &words, theme, width, height, &error);
  mq_cli_end (cli);
  return done ? MQ_EXIT_DONE : mq_cli_fail (cli, error);
}

const MqCommand mq_command_chart = { "chart", "PROJECT MODULE", N_ ("Draw a chart to a file"), chart_main };

static gboolean
add_page (MqCli *cli, MqReport *report, MqDataset *dataset, const MqAnalysis *analysis, GVariant *given, GError **error)
{
  g_autoptr (GVariant) settings = mq_settings_complete (analysis, given, error);
  g_autoptr (MqResult) result = NULL;

  if (settings == NULL)
    return FALSE;
  result = analysis->run (dataset, settings, &cli->run, error);
  if (result == NULL)
    return FALSE;
  mq_report_add (report, result, _ (analysis->title), NULL);
  return TRUE;
}

static gboolean
write_report (MqCli *cli, const char *path, GPtrArray *analyses, GVariant *given, const PictureWords *words, const MqTheme *theme, GError **error)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (given);
  g_autoptr (MqDataset) dataset = mq_cli_load (cli, path, error);
  g_autoptr (MqReport) report = NULL;

  if (dataset == NULL)
    return FALSE;
  report = mq_report_new (_ ("Report"), mq_dataset_project_name (dataset));
  report->theme = theme;
  report->paper = g_strcmp0 (words->paper, "letter") == 0 ? MQ_PAPER_LETTER : MQ_PAPER_A4;
  for (guint i = 0; i < analyses->len; i++)
    if (!add_page (cli, report, dataset, analyses->pdata[i], settings, error))
      return FALSE;
  return mq_report_write (report, words->output, error);
}

static gboolean
find_pages (const PictureWords *words, GPtrArray *analyses)
{
  if (words->pages == NULL)
    {
      for (const MqAnalysis *const *analysis = mq_analyses (); *analysis != NULL; analysis++)
        g_ptr_array_add (analyses, (gpointer) *analysis);
      return TRUE;
    }
  for (char **page = words->pages; *page != NULL; page++)
    {
      const MqAnalysis *analysis = mq_analysis_find (*page);

      if (analysis == NULL)
        {
          mq_cli_usage_error (_ ("--page: there is no page “%s”."), *page);
          return FALSE;
        }
      g_ptr_array_add (analyses, (gpointer) analysis);
    }
  return TRUE;
}

static MqExit
report_main (MqCli *cli, int argc, char **argv)
{
  g_auto (PictureWords) words = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write: .pdf, .png, .svg or .html"), "FILE" },
    { "page", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.pages, N_ ("A page of the report; repeatable (default: all)"), "NAME" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &words.language, N_ ("Language of the report: zh_CN or en"), "LANG" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &words.paper, N_ ("a4 (default) or letter"), "PAPER" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &words.theme, N_ ("print (default), light or dark"), "THEME" },
    { NULL }
  };
  g_autoptr (MqSettingOptions) options = mq_setting_options_new (NULL);
  g_autoptr (GPtrArray) analyses = g_ptr_array_new ();
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const MqTheme *theme;
  gboolean       done;

  if (!mq_cli_parse (cli, &mq_command_report, mq_setting_options_entries (options, entries), 1, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!require_output (&words) || !check_language (&words) || !find_pages (&words, analyses))
    return MQ_EXIT_USAGE;
  if (words.paper != NULL && strcmp (words.paper, "a4") != 0 && strcmp (words.paper, "letter") != 0)
    return mq_cli_usage_error (_ ("--paper takes a4 or letter."));
  theme = find_theme (&words, &mq_theme_print);
  if (theme == NULL)
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  done = write_report (cli, arguments[0], analyses, mq_setting_options_get (options), &words, theme, &error);
  mq_cli_end (cli);
  return done ? MQ_EXIT_DONE : mq_cli_fail (cli, error);
}

const MqCommand mq_command_report = { "report", "PROJECT", N_ ("Write a report: a page an analysis"), report_main };
