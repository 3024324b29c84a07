/* command-picture.c: chart PROJECT MODULE and report PROJECT: pictures to files. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "chart/report-plan-run.h"
#include "cli.h"
#include "scope-choice.h"
#include "scope.h"

typedef struct
{
  char  *output;
  char  *size;
  double scale;
  char  *theme;
  char  *language;
  char  *paper;
  char **pages;
  char  *plan;
  char  *chart;
} PictureWords;

static void
clear_words (PictureWords *words)
{
  g_free (words->output);
  g_free (words->size);
  g_free (words->theme);
  g_free (words->language);
  g_free (words->paper);
  g_free (words->chart);
  g_strfreev (words->pages);
  g_free (words->plan);
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

/* By its number from 1 or its name; the first by default. */
static MqChart *
find_chart (GPtrArray *charts, const char *which, GError **error)
{
  g_autoptr (GString) names = NULL;
  MqChart *named = which != NULL ? mq_charts_find (charts, which) : NULL;
  guint64  number = 1;

  if (named != NULL)
    return named;
  if ((which == NULL || g_ascii_string_to_unsigned (which, 10, 1, G_MAXUINT, &number, NULL)) && number <= charts->len)
    return charts->pdata[number - 1];
  names = g_string_new (NULL);
  for (guint i = 0; i < charts->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", mq_chart_id (charts->pdata[i]));
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("--chart takes a number from 1 to %u for this module, or a name: %s."), charts->len, names->str);
  return NULL;
}

static gboolean
write_chart (MqCli *cli, char **arguments, const MqAnalysis *analysis, GVariant *settings, const PictureWords *words, const MqTheme *theme, double width, double height, GError **error)
{
  g_autoptr (MqResult) result = mq_cli_analyse (cli, arguments[0], analysis, settings, error);
  g_autoptr (GPtrArray) charts = NULL;
  MqChart *chart;

  if (result == NULL)
    return FALSE;
  charts = mq_charts_for_result (result);
  chart = find_chart (charts, words->chart, error);
  return chart != NULL && mq_chart_export (chart, words->output, theme, width, height, words->scale, error);
}

static MqExit
chart_main (MqCli *cli, int argc, char **argv)
{
  g_auto (PictureWords) words = { .scale = 2 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write: .png, .pdf or .svg"), "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &words.size, N_ ("Width and height in pixels (default: 960x600)"), "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &words.scale, N_ ("Pixels of the PNG for one pixel of the size (default: 2)"), "N" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &words.theme, N_ ("light (default), dark or print"), "THEME" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &words.language, N_ ("Language of the picture: zh_CN or en"), "LANG" },
    { "chart", 0, 0, G_OPTION_ARG_STRING, &words.chart, N_ ("Which of the module’s charts, by number or name (default: 1)"), "N" },
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

/* The project bar as it was left, as the window's report has it; what the command line says goes before. (transfer full) */
static GVariant *
add_project_bar (MqProject *project, MqDataset *dataset, GVariant *given, const MqRun *run)
{
  g_autofree char *text = mq_project_get_value (project, MQ_SCOPE_VALUE, NULL);
  g_auto (MqScopeChoice) choice = { 0 };
  g_auto (GVariantDict) settings = G_VARIANT_DICT_INIT (NULL);
  g_auto (MqScope) newest = { 0 };
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  mq_scope_choice_init (&choice);
  mq_scope_choice_from_text (&choice, text);
  mq_scope_choice_fill (&choice, mq_scope_init (&newest, dataset, nothing, NULL, run, NULL) ? newest.as_of_day : MQ_DAY_MISSING, &settings);
  g_variant_iter_init (&iter, given);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (&settings, name, value);
  return g_variant_ref_sink (g_variant_dict_end (&settings));
}

/* What the project's report holds, under the project bar; pages asked for by name come instead. */
static MqReportPlan *
make_plan (MqCli *cli, const char *path, const PictureWords *words, MqDataset **dataset, GVariant **settings, GError **error)
{
  MqProject       *project = mq_project_open (path, MQ_OPEN_READ, error);
  g_autofree char *text = NULL;
  MqReportPlan    *plan = NULL;

  if (project == NULL)
    return NULL;
  *dataset = mq_project_load (project, &cli->run, error);
  if (*dataset != NULL && words->pages == NULL && words->plan == NULL)
    text = mq_project_get_value (project, MQ_REPORT_VALUE, NULL);
  if (*dataset != NULL && (words->plan == NULL || g_file_get_contents (words->plan, &text, NULL, error)))
    plan = mq_report_plan_parse (text, error);
  if (plan != NULL && words->pages == NULL)
    {
      g_autoptr (GVariant) given = *settings;

      *settings = add_project_bar (project, *dataset, given, &cli->run);
    }
  for (char **page = words->pages; plan != NULL && page != NULL && *page != NULL; page++)
    g_ptr_array_add (plan->items, mq_report_item_new (*page, NULL, NULL));
  mq_project_close (project, NULL);
  return plan;
}

static gboolean
write_report (MqCli *cli, const char *path, GVariant *given, const PictureWords *words, const MqTheme *theme, GError **error)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (given);
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqReportPlan) plan = make_plan (cli, path, words, &dataset, &settings, error);
  g_autoptr (MqReport) report = NULL;

  if (plan == NULL)
    return FALSE;
  report = mq_report_from_plan (plan, dataset, settings, &cli->run, error);
  if (report == NULL)
    return FALSE;
  if (theme != NULL)
    report->theme = theme;
  if (words->paper != NULL)
    report->paper = strcmp (words->paper, "letter") == 0 ? MQ_PAPER_LETTER : MQ_PAPER_A4;
  return mq_report_write (report, words->output, error);
}

static gboolean
check_pages (const PictureWords *words)
{
  for (char **page = words->pages; page != NULL && *page != NULL; page++)
    if (mq_analysis_find (*page) == NULL)
      {
        mq_cli_usage_error (_ ("--page: there is no page “%s”."), *page);
        return FALSE;
      }
  return TRUE;
}

static MqExit
report_main (MqCli *cli, int argc, char **argv)
{
  g_auto (PictureWords) words = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write: .pdf, .png, .svg or .html"), "FILE" },
    { "page", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.pages, N_ ("A page of the report; repeatable (default: the report of the project; if it is empty, all pages that have data)"), "NAME" },
    { "plan", 0, 0, G_OPTION_ARG_FILENAME, &words.plan, N_ ("A file with a plan of a report, instead of the project’s own"), "FILE" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &words.language, N_ ("Language of the report: zh_CN or en"), "LANG" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &words.paper, N_ ("a4 (default) or letter"), "PAPER" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &words.theme, N_ ("print (default), light or dark"), "THEME" },
    { NULL }
  };
  g_autoptr (MqSettingOptions) options = mq_setting_options_new (NULL);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const MqTheme *theme;
  gboolean       done;

  if (!mq_cli_parse (cli, &mq_command_report, mq_setting_options_entries (options, entries), 1, 0, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!require_output (&words) || !check_language (&words) || !check_pages (&words))
    return MQ_EXIT_USAGE;
  if (words.paper != NULL && strcmp (words.paper, "a4") != 0 && strcmp (words.paper, "letter") != 0)
    return mq_cli_usage_error (_ ("--paper takes a4 or letter."));
  theme = words.theme != NULL ? find_theme (&words, NULL) : NULL;
  if (words.theme != NULL && theme == NULL)
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  done = write_report (cli, arguments[0], mq_setting_options_get (options), &words, theme, &error);
  mq_cli_end (cli);
  return done ? MQ_EXIT_DONE : mq_cli_fail (cli, error);
}

const MqCommand mq_command_report = { "report", "PROJECT", N_ ("Write a report: the project’s own, or a page an analysis"), report_main };
