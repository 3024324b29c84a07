/* quality.c: the analysis Quality: all records looked at, tables, score and words out. */

#include "config.h"

#include "quality/quality.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/format.h"
#include "quality/quality-tables.h"
#include "scope.h"

#define VERSION 1
#define CURRENT_DAYS 365

typedef struct
{
  MqDataset   *dataset; /* (borrowed) */
  const MqRun *run;
  MqResult    *result; /* (borrowed) */
  MqScope      scope;
  GPtrArray   *fields;  /* (owned) (element-type MqQualityField) of all kinds */
  GArray      *imports; /* (owned) (element-type MqImportCells) */
  GArray      *decays;  /* (owned) (element-type MqFieldDecay) */
  MqTwinRule   twins[2];
  double       values[MQ_N_PARTS];
} Analysis;

static const MqSetting no_settings[] = { { NULL } };

static void
clear_analysis (Analysis *self)
{
  mq_scope_clear (&self->scope);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_array_unref);
  g_clear_pointer (&self->decays, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, clear_analysis)

static void
clear_decay_cb (gpointer data)
{
  g_free (((MqFieldDecay *) data)->field);
}

static gboolean
measure_kind (Analysis *self, MqKind kind, GError **error)
{
  g_autoptr (GPtrArray) fields = mq_quality_fields (self->dataset, kind, self->scope.as_of_day, self->run, error);
  g_autoptr (GArray) imports = fields != NULL ? mq_quality_imports (self->dataset, kind, self->run, error) : NULL;

  if (imports == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (self->fields, g_steal_pointer (&fields));
  for (guint i = 0; i < imports->len; i++)
    {
      MqImportCells         cells = { kind, G_MININT64, g_array_index (imports, MqQualityImport, i) };
      const MqImportTraits *traits = mq_dataset_import_traits (self->dataset, cells.cells.import);

      if (traits != NULL)
        cells.time = traits->time;
      mq_result_provenance (self->result)->rows_read += cells.cells.rows;
      g_array_append_val (self->imports, cells);
    }
  return TRUE;
}

static int
compare_imports_cb (gconstpointer a, gconstpointer b)
{
  const MqImportCells *x = a, *y = b;

  return x->cells.import < y->cells.import ? -1 : x->cells.import > y->cells.import;
}

static gboolean
find_twins (Analysis *self, GError **error)
{
  static const MqTwinRule rules[] = { { N_ ("name and birth date"), "birth_date" }, { N_ ("name and city"), "city" } };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      self->twins[i] = rules[i];
      if (!mq_twins_find (self->dataset, "name", rules[i].field, &self->twins[i].twins, self->run, error))
        return FALSE;
    }
  return TRUE;
}

/* Where a person came from does not change, whatever is stated. */
static gboolean
can_decay (const char *column)
{
  static const char *const fixed[] = { "added_at", "first_channel", "referrer", "birth_date", NULL };

  return !g_strv_contains (fixed, column);
}

static gboolean
measure_decay (Analysis *self, GError **error)
{
  g_auto (GStrv) columns = mq_dataset_columns (self->dataset, MQ_KIND_CUSTOMERS);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autoptr (GArray) spans = NULL;
      MqFieldDecay entry = { NULL };

      if (!can_decay (columns[i]))
        continue;
      spans = mq_decay_spans (self->dataset, columns[i], self->run, error);
      if (spans == NULL)
        return FALSE;
      if (spans->len == 0)
        continue;
      entry.field = g_strdup (g_str_has_prefix (columns[i], "attr:") ? columns[i] + strlen ("attr:") : columns[i]);
      entry.decay = mq_decay_estimate ((const MqDecaySpan *) (gpointer) spans->data, spans->len);
      g_array_append_val (self->decays, entry);
    }
  return TRUE;
}

/* The newest instant of each person's rows of a kind. */
static gboolean
find_newest (Analysis *self, MqKind kind, gint64 *newest, GError **error)
{
  const MqFacts  *facts = mq_dataset_facts (self->dataset, kind, self->run, error);
  const MqColumn *column = NULL;

  if (facts == NULL)
    return FALSE;
  if (facts->n_rows == 0)
    return TRUE;
  column = mq_dataset_column (self->dataset, kind, kind == MQ_KIND_CUSTOMERS ? MQ_COLUMN_IMPORT : "time", self->run, error);
  if (column == NULL)
    return FALSE;
  for (guint person = 0; person < facts->n_persons; person++)
    for (gsize row = facts->offsets[person]; row < facts->offsets[person + 1]; row++)
      {
        gint64 value = column->values[row];

        if (kind == MQ_KIND_CUSTOMERS)
          {
            const MqImportTraits *traits = mq_dataset_import_traits (self->dataset, value);

            value = traits != NULL ? traits->time : G_MININT64;
          }
        newest[person] = MAX (newest[person], value);
      }
  return mq_run_check (self->run, error);
}

static gboolean
measure_current (Analysis *self, GError **error)
{
  static const MqKind kinds[] = { MQ_KIND_CUSTOMERS, MQ_KIND_ORDERS, MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_FEEDBACK };
  guint               n = mq_dataset_n_persons (self->dataset, self->run, error);
  g_autofree gint64  *newest = g_new (gint64, (gsize) n + 1);
  gint64              since = mq_zone_day_start (self->scope.zone, self->scope.as_of_day - CURRENT_DAYS + 1);
  gint64              current = 0;

  for (guint person = 0; person < n; person++)
    newest[person] = G_MININT64;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!find_newest (self, kinds[i], newest, error))
      return FALSE;
  for (guint person = 0; person < n; person++)
    current += newest[person] >= since;
  self->values[MQ_PART_CURRENT] = n > 0 ? (double) current / n : NAN;
  return TRUE;
}

static void
measure_values (Analysis *self)
{
  double filled = 0;
  gint64 n = 0, checked = 0, valid = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const MqQualityField *field = self->fields->pdata[i];

      if (field->is_own)
        {
          filled += (double) field->filled / field->records;
          n++;
        }
      if (field->check != MQ_CHECK_NONE)
        {
          checked += field->filled;
          valid += field->valid;
        }
    }
  self->values[MQ_PART_FILLED] = n > 0 ? filled / n : NAN;
  self->values[MQ_PART_VALID] = checked > 0 ? (double) valid / checked : NAN;
  self->values[MQ_PART_UNIQUE] = NAN;
  for (guint i = G_N_ELEMENTS (self->twins); i-- > 0;)
    if (self->twins[i].twins.compared > 0)
      self->values[MQ_PART_UNIQUE] = 1 - (double) (self->twins[i].twins.customers - self->twins[i].twins.groups) / self->twins[i].twins.compared;
}

static void
add_words (Analysis *self)
{
  const MqQualityField *weakest = mq_quality_weakest (self->fields);
  double                score = mq_score_compute (self->values);
  g_autofree char      *points = mq_format_number (score, 1);

  if (weakest != NULL)
    {
      const MqField   *own = mq_kind_find_field (weakest->kind, weakest->name);
      g_autofree char *share = mq_format_share ((double) weakest->filled / weakest->records, 1);

      /* Translators: points of 100; then a kind of record, a field of it and the share of records that have it. */
      mq_result_take_sentence (self->result, g_strdup_printf (_ ("The data has %s of 100 points; least filled: %s, %s (%s)"), points, _ (mq_kind_title (weakest->kind)), own != NULL ? _ (own->title) : weakest->name, share));
    }
  else
    mq_result_take_sentence (self->result, g_strdup_printf (_ ("The data has %s of 100 points; every field is filled"), points));
  mq_result_take_rules (self->result, g_strdup (_ ("points = 40 × filled + 30 × valid + 20 × unique + 10 × current; what is not known is left out, the others weigh more")));
  if (self->decays->len == 0)
    mq_result_warn (self->result, _ ("Decay cannot be measured: no import states again what an earlier one of another day had stated. The customary 2 to 3 %% a month (21.5 to 30.6 %% a year) is an assumption, not your data."));
}

static void
add_tables (Analysis *self)
{
  MqResult *result = self->result;

  mq_result_take_table (result, mq_quality_score_table (self->values));
  mq_result_take_table (result, mq_quality_fields_table (self->fields));
  mq_result_take_table (result, mq_quality_weakest_table (self->fields));
  mq_result_take_table (result, mq_quality_duplicates_table (self->twins, G_N_ELEMENTS (self->twins)));
  mq_result_take_table (result, mq_quality_mail_table (self->fields));
  mq_result_take_table (result, mq_quality_imports_table (self->imports, mq_dataset_zone_name (self->dataset)));
  mq_result_take_table (result, mq_quality_decay_table (self->decays));
  mq_result_take_table (result, mq_quality_assumption_table ());
}

static void
fail_no_records (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no records. Import a file first."));
}

/* Where nothing has a time, the day of the newest import counts as now. NULL with error. */
static GVariant *
complete_settings (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  static const MqKind kinds[] = { MQ_KIND_ORDERS, MQ_KIND_EVENTS, MQ_KIND_MESSAGES };
  g_autoptr (GVariant) complete = mq_settings_complete (&mq_quality_analysis, settings, error);
  g_autoptr (GError) local = NULL;
  g_autofree char *day = NULL;
  GVariantDict     changed;
  gint64           first, last, newest;

  if (complete == NULL || *mq_settings_text (complete, "as-of") != '\0')
    return g_steal_pointer (&complete);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (mq_dataset_range (dataset, kinds[i], &first, &last, run, &local) || local != NULL)
      return g_steal_pointer (&complete);
  newest = mq_dataset_newest_import_time (dataset);
  if (newest == MQ_TIME_MISSING)
    {
      fail_no_records (error);
      return NULL;
    }
  day = mq_day_format (mq_zone_day (mq_dataset_zone (dataset), newest, NULL));
  g_variant_dict_init (&changed, complete);
  g_variant_dict_insert (&changed, "as-of", "s", day);
  return g_variant_ref_sink (g_variant_dict_end (&changed));
}

static MqResult *
run_quality (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("quality", VERSION);
  g_autoptr (GVariant) complete = complete_settings (dataset, settings, run, error);
  g_auto (Analysis) self = { .dataset = dataset, .run = run, .result = result };

  if (complete == NULL)
    return NULL;
  mq_result_set_settings (result, complete);
  self.fields = g_ptr_array_new_with_free_func (mq_quality_field_free);
  self.imports = g_array_new (FALSE, FALSE, sizeof (MqImportCells));
  self.decays = g_array_new (FALSE, FALSE, sizeof (MqFieldDecay));
  g_array_set_clear_func (self.decays, clear_decay_cb);
  if (!mq_scope_init (&self.scope, dataset, complete, result, run, error))
    return NULL;
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    if (!measure_kind (&self, kind, error))
      return NULL;
  if (self.imports->len == 0)
    {
      fail_no_records (error);
      return NULL;
    }
  g_array_sort (self.imports, compare_imports_cb);
  if (!find_twins (&self, error) || !measure_decay (&self, error) || !measure_current (&self, error))
    return NULL;
  measure_values (&self);
  add_tables (&self);
  add_words (&self);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_quality_analysis = {
  .id = "quality",
  .title = N_ ("Quality"),
  .purpose = N_ ("What is missing, wrong, twice or out of date in the data"),
  .needs = MQ_KINDS (CUSTOMERS) | MQ_KINDS (ORDERS) | MQ_KINDS (EVENTS) | MQ_KINDS (MESSAGES) | MQ_KINDS (FEEDBACK) | MQ_KINDS (SPEND),
  .gains = MQ_KINDS (CUSTOMERS),
  .version = VERSION,
  .settings = no_settings,
  .run = run_quality,
};
