/* report-plan-run.c: from a plan to a report. */

#include "config.h"

#include "chart/report-plan-run.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"

typedef struct
{
  const MqAnalysis *analysis;
  GVariant         *settings; /* (owned) complete */
  MqResult         *result;   /* (owned) */
} Answer;

typedef struct
{
  MqDataset   *dataset;   /* (borrowed) */
  GVariant    *overrides; /* (borrowed) (nullable) */
  const MqRun *run;
  GArray      *answers; /* (owned) (element-type Answer) */
} Runner;

static void
clear_answer (gpointer data)
{
  Answer *answer = data;

  g_variant_unref (answer->settings);
  mq_result_unref (answer->result);
}

/* (transfer full), complete */
static GVariant *
merge_settings (const Runner *self, const MqAnalysis *analysis, GVariant *settings, GError **error)
{
  g_auto (GVariantDict) merged = G_VARIANT_DICT_INIT (settings);
  g_autoptr (GVariant) whole = NULL;
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  if (self->overrides != NULL)
    {
      g_variant_iter_init (&iter, self->overrides);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        g_variant_dict_insert_value (&merged, name, value);
    }
  whole = g_variant_ref_sink (g_variant_dict_end (&merged));
  return mq_settings_complete (analysis, whole, error);
}

/* (transfer none) */
static MqResult *
compute (Runner *self, const MqAnalysis *analysis, GVariant *settings, GError **error)
{
  g_autoptr (GVariant) complete = merge_settings (self, analysis, settings, error);
  Answer answer = { .analysis = analysis };

  if (complete == NULL)
    return NULL;
  for (guint i = 0; i < self->answers->len; i++)
    {
      const Answer *known = &g_array_index (self->answers, Answer, i);

      if (known->analysis == analysis && g_variant_equal (known->settings, complete))
        return known->result;
    }
  answer.result = mq_analysis_answer (analysis, self->dataset, complete, self->run, error);
  if (answer.result == NULL)
    return NULL;
  answer.settings = g_steal_pointer (&complete);
  g_array_append_val (self->answers, answer);
  return answer.result;
}

static gboolean
add_item (Runner *self, MqReport *report, const MqReportItem *item, guint number, GError **error)
{
  const MqAnalysis *analysis = mq_analysis_find (item->module);
  const char       *name = NULL;
  MqResult         *result;

  if (analysis == NULL)
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("Item %u of the report is of an analysis that this version does not have. Take it out of the report."), number);
      return FALSE;
    }
  result = compute (self, analysis, item->settings, error);
  if (result == NULL)
    {
      /* Translators: a number, then a sentence. */
      g_prefix_error (error, _ ("Item %u of the report: "), number);
      return FALSE;
    }
  /* A single chart says by its finding what it is about. */
  if (*item->title != '\0')
    name = item->title;
  else if (*item->chart == '\0')
    name = _ (analysis->title);
  mq_report_add_chart (report, result, *item->chart != '\0' ? item->chart : NULL, name, item->note);
  return TRUE;
}

/* What needs other data or a choice of the user's is passed over. */
static gboolean
add_defaults (Runner *self, MqReport *report, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (const MqAnalysis *const *analysis = mq_analyses (); *analysis != NULL; analysis++)
    {
      g_autoptr (GError) local = NULL;
      MqResult *result = compute (self, *analysis, NULL, &local);

      if (result != NULL)
        mq_report_add (report, result, _ ((*analysis)->title), NULL);
      else if (!g_error_matches (local, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA) && !g_error_matches (local, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      else if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (report->pages->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

MqReport *
mq_report_from_plan (const MqReportPlan *plan, MqDataset *dataset, GVariant *overrides, const MqRun *run, GError **error)
{
  Runner self = { dataset, overrides, run, g_array_new (FALSE, FALSE, sizeof (Answer)) };
  g_autoptr (MqReport) report = mq_report_new (*plan->title != '\0' ? plan->title : _ ("Report"), mq_dataset_project_name (dataset));
  gboolean done = TRUE;

  g_array_set_clear_func (self.answers, clear_answer);
  report->paper = g_str_equal (plan->paper, "letter") ? MQ_PAPER_LETTER : MQ_PAPER_A4;
  if (*plan->theme != '\0' && mq_theme_find (plan->theme) != NULL)
    report->theme = mq_theme_find (plan->theme);
  for (guint i = 0; done && i < plan->items->len; i++)
    done = add_item (&self, report, plan->items->pdata[i], i + 1, error);
  if (plan->items->len == 0)
    done = add_defaults (&self, report, error);
  g_array_unref (self.answers);
  return done ? g_steal_pointer (&report) : NULL;
}
