/* customer-classes.c: customers by age and by RFM; the mood is latest-moods.c's. */

#include "config.h"

#include "query/customer-classes.h"

#include <string.h>

#include "base/civil-time.h"
#include "project/class-column.h"
#include "rfm/rfm-model.h"
#include "rfm/rfm.h"
#include "scope.h"
#include "sentiment/feedback-tables.h"
#include "sentiment/latest-moods.h"

#define MOST_AGE 120 /* years; whoever is older has a wrong birth date */

/* Names of the columns: "#" begins no column of a file. */
#define MOODS "#mood"
#define AGES "#age"
#define SEGMENTS "#rfm"

static const struct
{
  const char *name;
  int         from; /* years */
} bands[] = { { "0-17", 0 }, { "18-24", 18 }, { "25-34", 25 }, { "35-44", 35 }, { "45-54", 45 }, { "55-64", 55 }, { "65+", 65 } };

/* Full years from one day to another. */
static int
count_years (gint32 from, gint32 to)
{
  int year, month, mday, to_year, to_month, to_mday;

  mq_day_to_civil (from, &year, &month, &mday);
  mq_day_to_civil (to, &to_year, &to_month, &to_mday);
  return to_year - year - (to_month < month || (to_month == month && to_mday < mday));
}

static guint32
find_band (int years)
{
  guint32 band = MQ_CODE_MISSING;

  if (years < 0 || years > MOST_AGE)
    return MQ_CODE_MISSING;
  for (guint i = 0; i < G_N_ELEMENTS (bands) && years >= bands[i].from; i++)
    band = i;
  return band;
}

/* The project bar's dates where nothing is chosen. */
static gboolean
init_scope (MqScope *scope, MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GVariant) settings = mq_settings_complete (&mq_rfm_analysis, NULL, error);

  return settings != NULL && mq_scope_init (scope, dataset, settings, NULL, run, error);
}

static gpointer
make_ages_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *births = mq_dataset_attribute (dataset, "birth_date", run, &local);
  const char     *names[G_N_ELEMENTS (bands)];
  g_auto (MqScope) scope = { 0 };
  MqClassColumn *kept;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!init_scope (&scope, dataset, run, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (bands); i++)
    names[i] = bands[i].name;
  kept = mq_class_column_new (names, G_N_ELEMENTS (names), mq_dataset_n_persons (dataset, run, NULL));
  for (gsize person = 0; births != NULL && births->type == MQ_VALUE_DAY && person < births->n; person++)
    if (births->values[person] != MQ_VALUE_MISSING)
      kept->codes[person] = find_band (count_years ((gint32) births->values[person], scope.as_of_day));
  return kept;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
segment_customers (MqClassColumn *kept, MqDataset *dataset, const MqRfmOptions *options, const MqScope *scope, const MqRun *run, GError **error)
{
  MqOrderFilter orders = { .book = mq_order_book_get (dataset, run, error) };
  g_auto (MqRfmMeasures) measures = { 0 };
  g_auto (MqRfmModel) model = { 0 };

  if (orders.book == NULL || !mq_order_filter_set_shop (&orders, dataset, NULL, run, error) || !mq_rfm_measures_init (&measures, &orders, scope, options, run, error))
    return FALSE;
  if (measures.n == 0)
    return TRUE;
  if (!mq_rfm_model_init (&model, &measures, options, run, error))
    return FALSE;
  for (guint i = 0; i < measures.n; i++)
    if (model.segment[i] != MQ_NO_SEGMENT)
      kept->codes[measures.persons[i]] = (guint32) mq_strings_find_sorted (kept->strings, model.map->segments[model.segment[i]].name);
  return TRUE;
}

static gpointer
make_segments_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  const MqSegmentMap     *map = mq_segment_map_find ("eleven");
  g_autofree const char **names = g_new (const char *, map->n_segments);
  g_autoptr (GVariant) settings = mq_settings_complete (&mq_rfm_analysis, NULL, error);
  g_auto (MqScope) scope = { 0 };
  MqRfmOptions   options;
  MqClassColumn *kept;

  if (settings == NULL || !mq_rfm_options_init (&options, settings, mq_dataset_currency_digits (dataset), NULL, error) || !init_scope (&scope, dataset, run, error))
    return NULL;
  for (guint i = 0; i < map->n_segments; i++)
    names[i] = map->segments[i].name;
  qsort (names, map->n_segments, sizeof *names, compare_names);
  kept = mq_class_column_new (names, map->n_segments, mq_dataset_n_persons (dataset, run, NULL));
  if (segment_customers (kept, dataset, &options, &scope, run, error))
    return kept;
  mq_class_column_free (kept);
  return NULL;
}

const char *
mq_customer_class_find (MqDataset *dataset, const char *field)
{
  if (g_str_equal (field, MQ_MOOD_FIELD))
    return mq_dataset_has_column (dataset, MQ_KIND_FEEDBACK, "text") ? MOODS : NULL;
  if (g_str_equal (field, MQ_AGE_FIELD))
    return mq_dataset_has_column (dataset, MQ_KIND_CUSTOMERS, "birth_date") ? AGES : NULL;
  if (g_str_equal (field, MQ_RFM_FIELD))
    return mq_dataset_has_column (dataset, MQ_KIND_ORDERS, "amount") ? SEGMENTS : NULL;
  return NULL;
}

gboolean
mq_customer_class_has (const char *column)
{
  return column[0] == '#';
}

const MqColumn *
mq_customer_class_column (MqDataset *dataset, const char *column, const MqRun *run, GError **error)
{
  MqClassColumn *kept;

  if (g_str_equal (column, MOODS))
    return mq_latest_moods_column (dataset, run, error);
  if (g_str_equal (column, AGES))
    kept = mq_dataset_derive (dataset, "age bands", make_ages_cb, mq_class_column_free, run, error);
  else
    kept = mq_dataset_derive (dataset, "rfm segments", make_segments_cb, mq_class_column_free, run, error);
  return kept != NULL ? &kept->column : NULL;
}

const char *
mq_customer_class_word (const char *column, const char *text)
{
  const MqSegmentMap *map = mq_segment_map_find ("eleven");

  for (guint label = 0; g_str_equal (column, MOODS) && label < MQ_N_LABELS; label++)
    if (g_str_equal (mq_mood_label_name (label), text))
      return mq_mood_label_name (label);
  for (guint i = 0; g_str_equal (column, SEGMENTS) && i < map->n_segments; i++)
    if (g_str_equal (map->segments[i].name, text))
      return map->segments[i].name;
  return NULL;
}

gboolean
mq_customer_class_is_word (const char *word)
{
  const MqSegmentMap *map = mq_segment_map_find ("eleven");

  for (guint label = 0; label < MQ_N_LABELS; label++)
    if (mq_mood_label_name (label) == word)
      return TRUE;
  for (guint i = 0; i < map->n_segments; i++)
    if (map->segments[i].name == word)
      return TRUE;
  return FALSE;
}
