/* explain-table.c: one row a conversion and touch. */

#include "config.h"

#include "attribution/explain-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_TOUCHES 12 /* of the view "why" */

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
  NUMBER,
  FIRST_MODEL
};

typedef struct
{
  const MqTouchSource        *source;
  const MqAttributionOptions *options;
  const double               *effects; /* (nullable) by channel */
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
  mq_table_builder_add_column (self->builder, "number", N_ ("Number"), MQ_COLUMN_INTEGER);
  for (guint m = 0; m < self->options->n_models; m++)
    mq_table_builder_add_column (self->builder, mq_credit_model_name (self->options->models[m]), mq_credit_model_name (self->options->models[m]), MQ_COLUMN_SHARE);
}

static void
add_row (Explain *self, guint index)
{
  const MqConversion *conversion = &self->journey.conversions[index];
  g_autofree char    *name = mq_touch_source_describe (self->source, conversion->source, conversion->row);

  mq_table_builder_append (self->builder);
  mq_table_builder_set_text (self->builder, CONVERSION, name);
  mq_table_builder_set_integer (self->builder, CONVERSION_TIME, conversion->time);
  mq_table_builder_set_integer (self->builder, VALUE, conversion->value);
  mq_table_builder_set_integer (self->builder, IN_PERIOD, conversion->counts);
  mq_table_builder_set_integer (self->builder, NUMBER, index + 1);
}

static void
add_touch (Explain *self, guint index, const MqTouch *touch, MqTouchFate fate)
{
  const MqConversion *conversion = &self->journey.conversions[index];
  g_autofree char    *name = mq_touch_source_describe (self->source, touch->source, touch->row);

  add_row (self, index);
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
  for (guint m = 0; m < self->options->n_models; m++)
    mq_table_builder_set_double (self->builder, FIRST_MODEL + m, weights[m * (gsize) n + member]);
}

/* The effects of the path's channels, each at its first touch; missing where none of them has one. */
static void
share_effects (const Explain *self, const MqTouchPath *path, double *weights)
{
  double sum = 0;

  for (guint i = 0; i < path->n; i++)
    {
      gboolean seen = FALSE;

      for (guint k = 0; k < i && !seen; k++)
        seen = path->channels[k] == path->channels[i];
      weights[i] = seen || self->effects == NULL ? 0 : self->effects[path->channels[i]];
      sum += weights[i];
    }
  for (guint i = 0; i < path->n; i++)
    weights[i] = sum > 0 ? weights[i] / sum : NAN;
}

static void
find_weights (Explain *self, const MqTouchPath *path, double *weights)
{
  for (guint m = 0; m < self->options->n_models && path->n > 0; m++)
    if (self->options->models[m] == MQ_CREDIT_MARKOV)
      share_effects (self, path, weights + m * (gsize) path->n);
    else
      mq_credit_weights (self->options->models[m], &self->options->credit, path, &self->seen, weights + m * (gsize) path->n);
}

static void
explain_conversion (Explain *self, guint index, guint *first)
{
  const MqTouch     *touches = self->journey.touches;
  g_autofree guint8 *fates = g_new0 (guint8, MAX (self->journey.n_touches, 1));
  MqTouchPath        path = mq_journey_path (&self->journey, index, mq_touch_source_rule (self->source), first, fates);
  g_autofree double *weights = g_new0 (double, MAX (self->options->n_models * (gsize) path.n, 1));
  guint              member = 0;

  find_weights (self, &path, weights);
  if (self->journey.n_touches == 0)
    add_row (self, index);
  for (guint i = 0; i < self->journey.n_touches; i++)
    {
      add_touch (self, index, &touches[i], fates[i]);
      if (fates[i] == MQ_TOUCH_COUNTS)
        set_weights (self, weights, path.n, member++);
    }
}

MqTable *
mq_attribution_explain_table (const MqTouchSource *source, MqDataset *dataset, const MqAttributionOptions *options, const double *effects, const MqRun *run, GError **error)
{
  g_auto (Explain) self = { .source = source, .options = options, .effects = effects };
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

/* The rows of one conversion stand together: [*first, *last). */
static void
find_conversion (const MqTable *explain, guint wanted, gsize *first, gsize *last)
{
  gsize n = mq_table_n_rows (explain);

  *first = *last = 0;
  for (gsize row = 0, start = 0; row < n; row++)
    {
      gboolean ends = row + 1 == n || mq_table_integer (explain, row + 1, NUMBER) != mq_table_integer (explain, row, NUMBER);
      gboolean counts = FALSE;

      if (!ends)
        continue;
      for (gsize i = start; i <= row; i++)
        counts |= g_strcmp0 (mq_table_text (explain, i, STATE), reasons[MQ_TOUCH_COUNTS]) == 0;
      if (wanted > 0 ? mq_table_integer (explain, row, NUMBER) == wanted : counts || *last == 0)
        {
          *first = start;
          *last = row + 1;
        }
      start = row + 1;
    }
}

static MqTableBuilder *
start_why (const MqTable *explain)
{
  MqTableBuilder *builder = mq_table_builder_new ("why", mq_table_currency (explain), mq_table_zone (explain));

  mq_table_builder_add_column (builder, "touch", N_ ("Touch"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "model", N_ ("Model"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "weight", N_ ("Weight"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "touch_time", N_ ("Time of Touch"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "age", N_ ("Age"), MQ_COLUMN_DURATION);
  mq_table_builder_add_column (builder, "state", N_ ("State"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "conversion", N_ ("Conversion"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "conversion_time", N_ ("Time"), MQ_COLUMN_TIME);
  return builder;
}

/* "3 · email": touches of one channel stay apart. */
static void
add_why (MqTableBuilder *builder, const MqTable *explain, gsize row, guint number, guint column, const char *model)
{
  const char      *channel = mq_table_text (explain, row, CHANNEL);
  g_autofree char *label = g_strdup_printf ("%u · %s", number, channel != NULL ? channel : "");
  double           weight = mq_table_number (explain, row, column);

  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, label);
  mq_table_builder_set_text (builder, 1, model);
  mq_table_builder_set_double (builder, 2, isnan (weight) ? 0 : weight);
  mq_table_builder_set_integer (builder, 3, mq_table_integer (explain, row, TOUCH_TIME));
  mq_table_builder_set_double (builder, 4, mq_table_number (explain, row, AGE));
  mq_table_builder_set_text (builder, 5, mq_table_text (explain, row, STATE));
  mq_table_builder_set_text (builder, 6, mq_table_text (explain, row, CONVERSION));
  mq_table_builder_set_integer (builder, 7, mq_table_integer (explain, row, CONVERSION_TIME));
}

MqTable *
mq_attribution_why_table (const MqTable *explain, const MqAttributionOptions *options, GError **error)
{
  MqTableBuilder *builder;
  gsize           first, last, shown;

  find_conversion (explain, options->explain_conversion, &first, &last);
  if (last == 0 && options->explain_conversion > 0)
    {
      mq_setting_fail (error, _ ("The setting “%s” counts this customer’s conversions from 1, and there are not so many. The table “explain” has their numbers."), "explain-conversion");
      return NULL;
    }
  builder = start_why (explain);
  /* Touches after the conversion explain nothing. */
  while (last > first && g_strcmp0 (mq_table_text (explain, last - 1, STATE), reasons[MQ_TOUCH_AFTER]) == 0)
    last--;
  shown = MAX ((gssize) first, (gssize) last - MOST_TOUCHES);
  for (guint m = 0; m < options->n_models; m++)
    for (gsize row = shown; row < last && mq_table_text (explain, row, CHANNEL) != NULL; row++)
      add_why (builder, explain, row, (guint) (row - first + 1), FIRST_MODEL + m, mq_credit_model_name (options->models[m]));
  return mq_table_builder_finish (builder);
}
