/* analysis.c: the registry of analyses and the checking of their settings. */

#include "config.h"

#include "analysis.h"

#include <glib/gi18n-lib.h>

#include "attribution/attribution.h"
#include "events/events.h"
#include "funnel/funnel.h"
#include "holdout/holdout.h"
#include "paths/paths.h"
#include "project/project.h"
#include "quality/quality.h"
#include "reconcile/reconcile.h"
#include "retention/retention.h"
#include "rfm/rfm.h"
#include "scope.h"
#include "sentiment/sentiment.h"

G_DEFINE_QUARK (mq - analysis - error - quark, mq_analysis_error)

static const MqSetting *
find_in (const MqSetting *settings, const char *name)
{
  for (; settings->name != NULL; settings++)
    if (g_str_equal (settings->name, name))
      return settings;
  return NULL;
}

static const MqSetting *
find_setting (const MqAnalysis *analysis, const char *name)
{
  const MqSetting *setting = find_in (mq_scope_settings, name);

  return setting != NULL ? setting : find_in (analysis->settings, name);
}

static gboolean
is_choice (const char *choices, const char *text)
{
  g_auto (GStrv) list = g_strsplit (choices, "|", -1);

  return g_strv_contains ((const char *const *) list, text);
}

static gboolean
check_value (const MqSetting *setting, GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (setting->type)))
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” is of the wrong type: it has to be of type “%s”."), setting->name, setting->type);
      return FALSE;
    }
  if (setting->choices != NULL && !is_choice (setting->choices, g_variant_get_string (value, NULL)))
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” has a value that it does not know. Choose one of: %s."), setting->name, setting->choices);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_given (const MqAnalysis *analysis, GVariant *settings, GVariantDict *complete, GError **error)
{
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_iter_init (&iter, settings);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      const MqSetting *setting = find_setting (analysis, name);

      if (setting == NULL)
        g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("There is no setting “%s” in “%s”. Its settings are listed in the help of the command."), name, analysis->id);
      if (setting == NULL || !check_value (setting, value, error))
        {
          g_variant_unref (value);
          return FALSE;
        }
      g_variant_dict_insert_value (complete, name, value);
    }
  return TRUE;
}

static void
fill_defaults (const MqSetting *settings, GVariantDict *complete)
{
  for (; settings->name != NULL; settings++)
    {
      if (g_variant_dict_contains (complete, settings->name))
        continue;
      if (g_str_equal (settings->type, "b"))
        g_variant_dict_insert (complete, settings->name, "b", g_strcmp0 (settings->default_value, "true") == 0);
      else if (g_str_equal (settings->type, "s") && settings->default_value != NULL)
        g_variant_dict_insert (complete, settings->name, "s", settings->default_value);
    }
}

const MqAnalysis *const *
mq_analyses (void)
{
  static const MqAnalysis *const analyses[] = { &mq_rfm_analysis, &mq_funnel_analysis, &mq_retention_analysis, &mq_events_analysis, &mq_paths_analysis, &mq_attribution_analysis, &mq_holdout_analysis, &mq_quality_analysis, &mq_reconcile_analysis, &mq_sentiment_analysis, NULL };

  return analyses;
}

const MqAnalysis *
mq_analysis_find (const char *id)
{
  for (const MqAnalysis *const *analysis = mq_analyses (); *analysis != NULL; analysis++)
    if (g_strcmp0 ((*analysis)->id, id) == 0)
      return *analysis;
  return NULL;
}

/* (transfer full) */
static MqDataset *
restrict_to (MqDataset *dataset, const char *segment, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  MqDataset *part = mq_dataset_restrict (dataset, segment, run, &local);

  if (part == NULL && g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_SEGMENT))
    g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “segment” names a segment that the project does not have."));
  else if (part == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return part;
}

MqResult *
mq_analysis_answer (const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  const char *segment = mq_settings_text (settings, "segment");
  g_autoptr (MqDataset) part = NULL;
  g_autofree char *rules = NULL;
  MqResult        *result;

  if (*segment == '\0')
    return analysis->run (dataset, settings, run, error);
  part = restrict_to (dataset, segment, run, error);
  result = part != NULL ? analysis->run (part, settings, run, error) : NULL;
  if (result == NULL || mq_result_rules (result) == NULL)
    return result;
  /* Translators: %1$s are the rules behind a figure, %2$s is the name of a segment */
  rules = g_strdup_printf (_ ("%1$s · segment “%2$s”"), mq_result_rules (result), segment);
  mq_result_take_rules (result, g_steal_pointer (&rules));
  return result;
}

GVariant *
mq_settings_complete (const MqAnalysis *analysis, GVariant *settings, GError **error)
{
  g_auto (GVariantDict) complete = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (settings == NULL || g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT), NULL);

  if (settings != NULL && !check_given (analysis, settings, &complete, error))
    return NULL;
  fill_defaults (mq_scope_settings, &complete);
  fill_defaults (analysis->settings, &complete);
  return g_variant_ref_sink (g_variant_dict_end (&complete));
}

const char *
mq_settings_text (GVariant *settings, const char *name)
{
  const char *text;

  return g_variant_lookup (settings, name, "&s", &text) ? text : "";
}

gboolean
mq_settings_flag (GVariant *settings, const char *name)
{
  gboolean flag;

  return g_variant_lookup (settings, name, "b", &flag) && flag;
}

char **
mq_settings_texts (GVariant *settings, const char *name)
{
  char **texts;

  return g_variant_lookup (settings, name, "^as", &texts) ? texts : g_new0 (char *, 1);
}

gboolean
mq_setting_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, message);
  return FALSE;
}
