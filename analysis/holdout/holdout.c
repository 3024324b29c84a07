/* holdout.c: settings in; the groups and their differences out. */

#include "config.h"

#include "holdout/holdout.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "attribution/touch-source.h"
#include "base/format.h"
#include "base/money.h"
#include "holdout/difference.h"
#include "stats/interval.h"

#define VERSION 1
#define CHECK_PERSONS 4096
#define N_GROUPS 2 /* treated, held out */

/* What one group did in the period. */
typedef struct
{
  guint32 code; /* of the field */
  gint64  customers;
  gint64  converted;
  gint64  conversions;
  gint64  value;
  double  squares; /* of the customers' values */
} Group;

typedef struct
{
  MqDataset           *dataset; /* (borrowed) */
  const MqRun         *run;
  MqScope              scope;
  MqAttributionOptions options;
  MqTouchSource       *source;
  MqFieldValues       *field;
  Group                groups[N_GROUPS];
  const char          *names[N_GROUPS]; /* (borrowed) as the settings say */
} Holdout;

static const MqSetting settings_list[] = {
  { "field", "s", "", NULL, N_ ("The customers’ field that says who was in which group") },
  { "treated", "s", "", NULL, N_ ("Its value for those who got it") },
  { "control", "s", "", NULL, N_ ("Its value for those who were held out") },
  { "conversion", "s", "order", NULL, N_ ("What is a conversion: order, the valid orders, or an event") },
  { NULL, NULL, NULL, NULL, NULL }
};

static void
clear_holdout (Holdout *self)
{
  g_clear_pointer (&self->source, mq_touch_source_free);
  g_clear_pointer (&self->field, mq_field_values_free);
  mq_attribution_options_clear (&self->options);
  mq_scope_clear (&self->scope);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Holdout, clear_holdout)

static gboolean
find_group (Holdout *self, guint group, GVariant *settings, const char *setting, GError **error)
{
  self->names[group] = mq_settings_text (settings, setting);
  for (guint code = 0; code < mq_field_values_length (self->field); code++)
    if (g_str_equal (mq_field_values_text (self->field, code), self->names[group]))
      {
        self->groups[group].code = code;
        return TRUE;
      }
  return mq_setting_fail (error, _ ("The setting “%s” names a value that no customer has in this field."), setting);
}

static gboolean
load (Holdout *self, GVariant *settings, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *field = mq_settings_text (settings, "field");
  guint       n_persons;

  n_persons = mq_dataset_n_persons (self->dataset, self->run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (n_persons == 0)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("A hold-out test compares two groups of customers. Import customers with a column that says who got the campaign and who was held out."));
      return FALSE;
    }
  if (*field == '\0')
    return mq_setting_fail (error, _ ("The setting “%s” is empty. Name the customers’ field that says who got the campaign and who was held out, and its two values."), "field");
  self->field = mq_field_values_new (self->dataset, field, "field", self->run, error);
  if (self->field == NULL)
    return FALSE;
  if (!mq_field_values_is_customer (self->field))
    return mq_setting_fail (error, _ ("The setting “%s” has to be a field of customers."), "field");
  if (!find_group (self, 0, settings, "treated", error) || !find_group (self, 1, settings, "control", error))
    return FALSE;
  if (self->groups[0].code == self->groups[1].code)
    return mq_setting_fail (error, _ ("The settings “%s” and “%s” have to name two different groups."), "treated", "control");
  self->options.conversion = g_strdup (mq_settings_text (settings, "conversion"));
  self->options.touches = g_strdup ("");
  self->options.lookback = MQ_SECOND;
  self->source = mq_touch_source_new (self->dataset, &self->scope, &self->options, self->run, error);
  return self->source != NULL;
}

static gboolean
add_person (Group *group, const MqJourney *journey, GError **error)
{
  gint64 n = 0, value = 0;

  for (guint i = 0; i < journey->n_conversions; i++)
    if (journey->conversions[i].counts)
      {
        n++;
        if (__builtin_add_overflow (value, journey->conversions[i].value, &value))
          value = G_MAXINT64;
      }
  group->customers++;
  group->converted += n > 0;
  group->conversions += n;
  group->squares += (double) value * (double) value;
  if (!__builtin_add_overflow (group->value, value, &group->value))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the conversions’ values is too large. Look for a column that is no amount and import the file again."));
  return FALSE;
}

static gboolean
count (Holdout *self, GError **error)
{
  g_auto (MqJourney) journey = { 0 };
  g_auto (MqTouchReader) reader = { 0 };

  for (guint person = 0; person < mq_touch_source_n_persons (self->source); person++)
    {
      guint32 code = mq_field_values_get (self->field, person, NULL);

      if (person % CHECK_PERSONS == 0 && !mq_run_check (self->run, error))
        return FALSE;
      for (guint g = 0; g < N_GROUPS; g++)
        if (code == self->groups[g].code &&
            (!mq_touch_source_read (self->source, &reader, person, &journey, error) || !add_person (&self->groups[g], &journey, error)))
          return FALSE;
    }
  return TRUE;
}

static MqTable *
make_groups (const Holdout *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("groups", mq_dataset_currency (self->dataset), NULL);

  mq_table_builder_add_column (builder, "group", N_ ("Group"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "role", N_ ("Role"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "converted", N_ ("Customers Who Converted"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "rate", N_ ("Conversion Rate"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Low"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "conversions", N_ ("Conversions"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "value_per_customer", N_ ("Value per Customer"), MQ_COLUMN_MONEY);
  for (guint g = 0; g < N_GROUPS; g++)
    {
      const Group *group = &self->groups[g];
      double       rate = group->customers > 0 ? (double) group->converted / group->customers : NAN, low, high;

      mq_wilson (rate, group->customers, &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, self->names[g]);
      mq_table_builder_set_text (builder, 1, g == 0 ? N_ ("got it") : N_ ("held out"));
      mq_table_builder_set_integer (builder, 2, group->customers);
      mq_table_builder_set_integer (builder, 3, group->converted);
      mq_table_builder_set_double (builder, 4, rate);
      mq_table_builder_set_double (builder, 5, low);
      mq_table_builder_set_double (builder, 6, high);
      mq_table_builder_set_integer (builder, 7, group->conversions);
      mq_table_builder_set_integer (builder, 8, group->value);
      mq_table_builder_set_integer (builder, 9, group->customers > 0 ? llrint ((double) group->value / group->customers) : MQ_MONEY_MISSING);
    }
  return mq_table_builder_finish (builder);
}

/* Minor units; customers' values are far below 2^53, so their squares do not lose what matters. */
static MqSpread
get_spread (const Group *group)
{
  double sum = (double) group->value;

  return (MqSpread){ group->customers, sum, group->customers > 0 ? fmax (group->squares - sum * sum / group->customers, 0) : 0 };
}

static void
set_money (MqTableBuilder *builder, const MqDifference *difference, double times)
{
  const double bounds[] = { difference->difference, difference->low, difference->high };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    mq_table_builder_set_integer (builder, i, isnan (bounds[i]) || fabs (bounds[i] * times) > 9e18 ? MQ_MONEY_MISSING : llrint (bounds[i] * times));
}

/* Of the value: each customer who got it, and all of them. */
static MqTable *
make_value (const Holdout *self, const MqDifference *value)
{
  MqTableBuilder *builder = mq_table_builder_new ("value_uplift", mq_dataset_currency (self->dataset), NULL);

  mq_table_builder_add_column (builder, "uplift", N_ ("Uplift"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "low", N_ ("Low"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "high", N_ ("High"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "measure", N_ ("Measure"), MQ_COLUMN_TERM);
  mq_table_builder_append (builder);
  set_money (builder, value, 1);
  mq_table_builder_set_text (builder, 3, N_ ("value per customer"));
  mq_table_builder_append (builder);
  set_money (builder, value, (double) self->groups[0].customers);
  mq_table_builder_set_text (builder, 3, N_ ("value in all"));
  return mq_table_builder_finish (builder);
}

static MqTable *
make_uplift (const Holdout *self, const MqDifference *rate)
{
  MqTableBuilder *builder = mq_table_builder_new ("uplift", NULL, NULL);
  gint64          n = self->groups[0].customers;

  mq_table_builder_add_column (builder, "uplift", N_ ("Uplift"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("Low"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "customers_more", N_ ("Customers More"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "customers_low", N_ ("Customers More, Low"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "customers_high", N_ ("Customers More, High"), MQ_COLUMN_DOUBLE);
  mq_table_builder_append (builder);
  mq_table_builder_set_double (builder, 0, rate->difference);
  mq_table_builder_set_double (builder, 1, rate->low);
  mq_table_builder_set_double (builder, 2, rate->high);
  mq_table_builder_set_double (builder, 3, rate->difference * n);
  mq_table_builder_set_double (builder, 4, rate->low * n);
  mq_table_builder_set_double (builder, 5, rate->high * n);
  return mq_table_builder_finish (builder);
}

static char *
make_sentence (const MqDifference *rate)
{
  g_autofree char *uplift = mq_format_share (fabs (rate->difference), 1);

  if (isnan (rate->difference))
    return g_strdup (_ ("One of the groups is empty."));
  if (rate->low > 0)
    return g_strdup_printf (_ ("It brought orders: %s more of the customers converted than of those held out"), uplift);
  if (rate->high < 0)
    return g_strdup_printf (_ ("It cost orders: %s fewer of the customers converted than of those held out"), uplift);
  return g_strdup (_ ("No effect can be told from chance: the interval of the uplift holds 0"));
}

static void
speak (const Holdout *self, const MqDifference *rate, MqResult *result)
{
  g_autofree char *period = mq_format_days (self->scope.from_day, self->scope.to_day);

  mq_result_take_sentence (result, make_sentence (rate));
  mq_result_take_rules (result, g_strdup_printf (_ ("%s · uplift: Newcombe’s interval of 95 %% of two shares; value: Welch’s · %s"), period, mq_zone_name (self->scope.zone)));
  mq_result_warn (result, "%s", _ ("The uplift is an effect only if chance decided who was held out, before the period began."));
  if (MIN (self->groups[0].customers, self->groups[1].customers) < MQ_N_SMALL)
    mq_result_warn (result, "%s", _ ("A group has fewer than 30 customers: the sample is too small."));
}

static MqResult *
run_holdout (MqDataset *dataset, GVariant *given, const MqRun *run, GError **error)
{
  g_autoptr (MqResult) result = mq_result_new ("holdout", VERSION);
  g_autoptr (GVariant) settings = mq_settings_complete (&mq_holdout_analysis, given, error);
  g_auto (Holdout) self = { .dataset = dataset, .run = run };
  MqDifference rate, value;
  MqSpread     one, two;

  if (settings == NULL)
    return NULL;
  mq_result_set_settings (result, settings);
  if (!mq_scope_init (&self.scope, dataset, settings, result, run, error) || !load (&self, settings, error) || !count (&self, error))
    return NULL;
  rate = mq_difference_of_shares (self.groups[0].converted, self.groups[0].customers, self.groups[1].converted, self.groups[1].customers);
  one = get_spread (&self.groups[0]);
  two = get_spread (&self.groups[1]);
  value = mq_difference_of_means (&one, &two);
  mq_result_take_table (result, make_groups (&self));
  mq_result_take_table (result, make_uplift (&self, &rate));
  mq_result_take_table (result, make_value (&self, &value));
  mq_touch_source_fill_provenance (self.source, result);
  speak (&self, &rate, result);
  return g_steal_pointer (&result);
}

const MqAnalysis mq_holdout_analysis = {
  .id = "holdout",
  .title = N_ ("Hold-out Test"),
  .version = VERSION,
  .settings = settings_list,
  .run = run_holdout,
  .purpose = N_ ("What a campaign brought beyond what would have come anyway"),
  .needs = MQ_KINDS (CUSTOMERS),
  .gains = MQ_KINDS (ORDERS) | MQ_KINDS (EVENTS),
};
