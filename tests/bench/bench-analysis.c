/* bench-analysis.c: what an analysis costs over columns in memory: bench-analysis PROJECT ANALYSIS [NAME=VALUE ...]. Runs it
 * five times; the first loads the columns. Prints one JSON object of CPU seconds of all threads. */

#include "analysis.h"
#include "project/project.h"

#include <string.h>
#include <sys/resource.h>

#define RUNS 5

static double
read_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* "step=view" given several times is a list. */
static GVariant *
read_settings (const MqAnalysis *analysis, char **words)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  for (; *words != NULL; words++)
    {
      g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
      const MqSetting *setting = analysis->settings;

      while (setting->name != NULL && strcmp (setting->name, parts[0]) != 0)
        setting++;
      if (setting->name != NULL && strcmp (setting->type, "as") == 0)
        {
          g_auto (GStrv) list = NULL;
          g_autoptr (GPtrArray) more = g_ptr_array_new ();

          g_variant_dict_lookup (&dict, parts[0], "^as", &list);
          for (char **text = list; text != NULL && *text != NULL; text++)
            g_ptr_array_add (more, *text);
          g_ptr_array_add (more, parts[1]);
          g_variant_dict_insert_value (&dict, parts[0], g_variant_new_strv ((const char *const *) more->pdata, more->len));
        }
      else if (parts[1] == NULL)
        g_variant_dict_insert (&dict, parts[0], "b", TRUE);
      else
        g_variant_dict_insert (&dict, parts[0], "s", parts[1]);
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static gboolean
measure (const char *path, const MqAnalysis *analysis, char **words, GError **error)
{
  g_autoptr (GVariant) settings = read_settings (analysis, words);
  double     before = read_cpu ();
  MqProject *project = mq_project_open (path, MQ_OPEN_READ, error);
  g_autoptr (MqDataset) dataset = project != NULL ? mq_project_load (project, NULL, error) : NULL;
  gboolean ok = dataset != NULL;

  if (ok)
    g_print ("{\"analysis\": \"%s\", \"open_cpu\": %.4f, \"runs\": [", analysis->id, read_cpu () - before);
  for (guint i = 0; i < RUNS && ok; i++)
    {
      g_autoptr (MqResult) result = NULL;

      before = read_cpu ();
      result = mq_analysis_answer (analysis, dataset, settings, NULL, error);
      ok = result != NULL;
      g_print ("%s%.4f", i > 0 ? ", " : "", read_cpu () - before);
    }
  g_print ("]}\n");
  g_clear_pointer (&dataset, mq_dataset_unref);
  return (project == NULL || mq_project_close (project, ok ? error : NULL)) && ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const MqAnalysis *analysis = argc > 2 ? mq_analysis_find (argv[2]) : NULL;

  if (analysis == NULL)
    {
      g_printerr ("bench-analysis PROJECT ANALYSIS [NAME=VALUE ...]\n");
      return 2;
    }
  if (measure (argv[1], analysis, argv + 3, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
