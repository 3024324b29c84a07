/* command-consent.c: what customers have said about being written to, and when the project learnt it. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "project/dataset-assertions.h"
#include "project/record-kind.h"

#define FIELD "consent"
#define MAX_KEYS 10000

static gboolean
is_asked (char **keys, const char *label)
{
  return keys[0] == NULL || g_strv_contains ((const char *const *) keys, label);
}

static MqTableBuilder *
make_builder (MqDataset *dataset)
{
  MqTableBuilder *builder = mq_table_builder_new ("consent", NULL, mq_zone_name (mq_dataset_zone (dataset)));

  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "consent", N_ ("Consent"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "import", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  return builder;
}

/* What holds is the newest statement; who said nothing is left out. */
static void
add_rows (MqTableBuilder *builder, MqDataset *dataset, const MqColumn *column, const MqAssertions *assertions, char **keys)
{
  const MqStrings *labels = mq_dataset_labels (dataset);

  for (gsize i = 0; i < assertions->n; i++)
    {
      const MqAssertion    *item = &assertions->items[i];
      const MqImportTraits *traits = mq_dataset_import_traits (dataset, item->import);
      const char           *label = mq_strings_get (labels, item->person);

      if ((i + 1 < assertions->n && assertions->items[i + 1].person == item->person) || column->codes[item->person] == MQ_CODE_MISSING || !is_asked (keys, label))
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, label);
      mq_table_builder_set_text (builder, 1, mq_strings_get (column->strings, column->codes[item->person]));
      mq_table_builder_set_integer (builder, 2, item->import);
      if (traits != NULL)
        mq_table_builder_set_integer (builder, 3, traits->time);
    }
}

static MqResult *
list_consent (MqDataset *dataset, char **keys, const MqRun *run, GError **error)
{
  g_autoptr (MqTableBuilder) builder = make_builder (dataset);
  g_autoptr (MqAssertions) assertions = NULL;
  const MqColumn *column = NULL;
  MqResult       *result;
  MqProvenance   *provenance;
  const char     *hash = mq_dataset_hash (dataset, run, error);

  if (hash == NULL)
    return NULL;
  if (mq_dataset_has_column (dataset, MQ_KIND_CUSTOMERS, FIELD))
    {
      column = mq_dataset_attribute (dataset, FIELD, run, error);
      assertions = column != NULL && mq_dataset_load_labels (dataset, run, error) ? mq_dataset_assertions (dataset, FIELD, run, error) : NULL;
      if (assertions == NULL)
        return NULL;
      add_rows (builder, dataset, column, assertions, keys);
    }
  result = mq_result_new ("consent", 1);
  provenance = mq_result_provenance (result);
  provenance->time_zone = g_strdup (mq_zone_name (mq_dataset_zone (dataset)));
  provenance->data = g_strdup (hash);
  provenance->revision = mq_dataset_revision (dataset);
  mq_result_take_table (result, mq_table_builder_finish (g_steal_pointer (&builder)));
  return result;
}

static MqExit
consent_main (MqCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (MqResult) result = NULL;

  if (!mq_cli_parse (cli, &mq_command_consent, NULL, 1 + MAX_KEYS, MAX_KEYS, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  dataset = mq_cli_load (cli, arguments[0], &error);
  if (dataset != NULL)
    result = list_consent (dataset, arguments + 1, &cli->run, &error);
  mq_cli_end (cli);
  if (result == NULL)
    return mq_cli_fail (cli, error);
  return mq_cli_print_result (cli, result) ? MQ_EXIT_DONE : MQ_EXIT_USAGE;
}

const MqCommand mq_command_consent = { "consent", "PROJECT [KEY…]", N_ ("What customers agreed to, and when the project learnt it"), consent_main };
