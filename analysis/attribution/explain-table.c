/* explain-table.c: one row a conversion and touch. */

#include "config.h"

#include "attribution/explain-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* By MqTouchFate: of the contract's closed list. */
static const char *const reasons[] = {
  [MQ_TOUCH_COUNTS] = N_ ("counts"),
  [MQ_TOUCH_AFTER] = N_ ("after the conversion"),
  [MQ_TOUCH_TOO_OLD] = N_ ("before the lookback"),
  [MQ_TOUCH_OTHER_ORDERS] = N_ ("before the previous conversion"),
  [MQ_TOUCH_DIRECT] = N_ ("direct"),
  [MQ_TOUCH_REPEAT] = N_ ("repeat of the same channel"),
};

enum
{
  CONVERSION,
  CONVERSION_TIME,
  VALUE,
  IN_PERIOD,
  TOUCH,
  TOUCH_TIME,
  CHANNEL,
  AGE,
  STATE,
  FIRST_MODEL
};

typedef struct
{
  const MqTouchSource        *source;
  const MqAttributionOptions *options;
  MqTableBuilder             *builder;
  MqJourney                   journey;
  MqSeenChannels              seen;
} Explain;

static void
clear_explain (Explain *self)
{
  mq_journey_clear (&self->journey);
  mq_seen_channels_clear (&self->seen);
  g_clear_pointer (&self->builder, mq_table_builder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Explain, clear_explain)

static gint64
find_person (MqDataset *dataset, const char *customer)
{
  const MqStrings *labels = mq_dataset_labels (dataset);

  for (guint person = 0; person < mq_strings_length (labels); person++)
    if (g_str_equal (mq_strings_get (labels, person), customer))
      return person;
  return -1;
}

static void
add_columns (Explain *self)
{
  mq_table_builder_add_column (self->builder, "conversion", N_ ("Conversion"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (self->builder, "conversion_time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (self->builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (self->builder, "counted", N_ ("Counted"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (self->builder, "touch", N_ ("Touch"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (self->builder, "touch_time", N_ ("Time of Touch"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (self->builder, "channel", N_ ("Channel"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (self->builder, "age", N_ ("Age"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (self->builder, "state", N_ ("State"), MQ_COLUMN_TERM);
  for (guint m = 0; m < self->options->n_models; m++)
    if (self->options->models[m] != MQ_CREDIT_MARKOV)
      mq_table_builder_add_column (self->builder, mq_credit_model_name (self->options->models[m]), mq_credit_model_name (self->options->models[m]), MQ_COLUMN_SHARE);
}

static void
add_row (Explain *self, const MqConversion *conversion)
{
  g_autofree char *name = mq_touch_source_describe (self->source, conversion->source, conversion->row);

  mq_table_builder_append (self->builder);
  mq_table_builder_set_text (self->builder, CONVERSION, name);
  mq_table_builder_set_integer (self->builder, CONVERSION_TIME, conversion->time);
  mq_table_builder_set_integer (self->builder, VALUE, conversion->value);
  mq_table_builder_set_integer (self->builder, IN_PERIOD, conversion->counts);
}

static void
add_touch (Explain *self, const MqConversion *conversion, const MqTouch *touch, MqTouchFate fate)
{
  g_autofree char *name = mq_touch_source_describe (self->source, touch->source, touch->row);

  add_row (self, conversion);
  mq_table_builder_set_text (self->builder, TOUCH, name);
  mq_table_builder_set_integer (self->builder, TOUCH_TIME, touch->time);
  mq_table_builder_set_text (self->builder, CHANNEL, mq_touch_source_channel (self->source, touch->channel));
  mq_table_builder_set_double (self->builder, AGE, (conversion->time - touch->time) / 1e6);
  mq_table_builder_set_text (self->builder, STATE, reasons[fate]);
}

/* member: the touch's place in the path. */
static void
set_weights (Explain *self, const double *weights, guint n, guint member)
{
  guint column = FIRST_MODEL;

  for (guint m = 0; m < self->options->n_models; m++)
    if (self->options->models[m] != MQ_CREDIT_MARKOV)
      mq_table_builder_set_double (self->builder, column++, weights[m * (gsize) n + member]);
}

static void
explain_conversion (Explain *self, guint index, guint *first)
{
  const MqTouch      *touches = self->journey.touches;
  const MqConversion *conversion = &self->journey.conversions[index];
  g_autofree guint8  *fates = g_new0 (guint8, MAX (self->journey.n_touches, 1));
  MqTouchPath         path = mq_journey_path (&self->journey, index, mq_touch_source_rule (self->source), first, fates);
  g_autofree double  *weights = g_new0 (double, MAX (self->options->n_models * (gsize) path.n, 1));
  guint               member = 0;

  for (guint m = 0; m < self->options->n_models && path.n > 0; m++)
    if (self->options->models[m] != MQ_CREDIT_MARKOV)
      mq_credit_weights (self->options->models[m], &self->options->credit, &path, &self->seen, weights + m * (gsize) path.n);
  if (self->journey.n_touches == 0)
    add_row (self, conversion);
  for (guint i = 0; i < self->journey.n_touches; i++)
    {
      add_touch (self, conversion, &touches[i], fates[i]);
      if (fates[i] == MQ_TOUCH_COUNTS)
        set_weights (self, weights, path.n, member++);
    }
}

MqTable *
mq_attribution_explain_table (const MqTouchSource *source, MqDataset *dataset, const MqAttributionOptions *options, const MqRun *run, GError **error)
{
  g_auto (Explain) self = { .source = source, .options = options };
  g_auto (MqTouchReader) reader = { .whole = TRUE };
  gint64 person;
  guint  first = 0;

  if (!mq_dataset_load_labels (dataset, run, error))
    return NULL;
  person = find_person (dataset, options->explain);
  if (person < 0)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “explain” names a customer that the project does not have. Customers are named by their first key, as the table of customers prints it."));
      return NULL;
    }
  mq_seen_channels_init (&self.seen, mq_touch_source_n_channels (source));
  self.builder = mq_table_builder_new ("explain", mq_dataset_currency (dataset), mq_dataset_zone_name (dataset));
  if (!mq_touch_source_read (source, &reader, person, &self.journey, error))
    return NULL;
  add_columns (&self);
  for (guint i = 0; i < self.journey.n_conversions; i++)
    explain_conversion (&self, i, &first);
  return mq_table_builder_finish (g_steal_pointer (&self.builder));
}
