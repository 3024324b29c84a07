/* fuzz-settings.c: settings of analyses as a script gives them: lines NAME=VALUE; the first byte chooses the analysis, which
 * then runs over a small project. Whatever they are, there is a result or an error that says why. */

#include <string.h>

#include "analysis.h"
#include "fuzz.h"
#include "project/project.h"
#include "small-project.h"

static MqDataset *
get_dataset (void)
{
  static MqDataset *dataset;

  if (dataset == NULL)
    {
      g_autofree char *path = small_project_new ();
      MqProject       *project = mq_project_open (path, MQ_OPEN_READ, NULL);

      dataset = mq_project_load (project, NULL, NULL);
      /* Its columns load from the file when they are first asked for: it stays until the process ends. */
      mq_project_close (project, NULL);
    }
  return dataset;
}

static const MqSetting *
find_setting (const MqAnalysis *analysis, const char *name)
{
  for (const MqSetting *setting = analysis->settings; setting->name != NULL; setting++)
    if (strcmp (setting->name, name) == 0)
      return setting;
  return NULL;
}

static void
add_setting (const MqAnalysis *analysis, GVariantDict *settings, const char *line)
{
  const char       *equals = strchr (line, '=');
  g_autofree char  *name = equals != NULL ? g_strndup (line, equals - line) : g_strdup (line);
  const MqSetting  *setting = find_setting (analysis, name);
  const char       *type = setting != NULL ? setting->type : "s";
  const char *const texts[] = { equals != NULL ? equals + 1 : "", NULL };

  if (strcmp (type, "b") == 0)
    g_variant_dict_insert (settings, name, "b", TRUE);
  else if (strcmp (type, "as") == 0)
    g_variant_dict_insert_value (settings, name, g_variant_new_strv (texts, -1));
  else
    g_variant_dict_insert (settings, name, "s", texts[0]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const MqAnalysis *const *analyses = mq_analyses ();
  MqRun                    run = { NULL, NULL, 1 };
  g_autofree char         *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GVariantDict) given = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (size < 1)
    return 0;
  while (analyses[n] != NULL)
    n++;
  text = g_strndup ((const char *) data + 1, size - 1);
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  lines = g_strsplit (text, "\n", 16);
  for (guint i = 0; lines[i] != NULL; i++)
    add_setting (analyses[data[0] % n], &given, lines[i]);
  settings = g_variant_ref_sink (g_variant_dict_end (&given));
  result = mq_analysis_answer (analyses[data[0] % n], get_dataset (), settings, &run, &error);
  if ((result == NULL) == (error == NULL) || (error != NULL && *error->message == '\0'))
    g_error ("neither result nor error");
  return 0;
}
