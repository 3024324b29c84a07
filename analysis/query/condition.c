/* condition.c: a condition on texts is a table by code, one on numbers compares exactly, at the finer of two scales. */

#include "config.h"

#include "query/condition.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"
#include "base/decimal.h"
#include "channels/channel-table.h"
#include "query/field.h"

typedef __int128 Wide;

typedef struct
{
  MqTest         test;
  gboolean       negated;
  gboolean       by_person;
  const guint32 *first_row; /* (nullable) of an order's fields: row of the order */
  const guint32 *codes;     /* (nullable) */
  guint8        *meets;     /* (owned) (nullable) by code */
  const gint64  *values;    /* (nullable) */
  const MqZone  *zone;      /* (nullable) of times: they are compared as days */
  Wide           factor;    /* of a value, to the scale of the bounds */
  Wide          *bounds;    /* (owned) */
  guint          n_bounds;
} Test;

struct _MqConditions
{
  GArray *tests; /* (owned) (element-type Test) */
};

static void
clear_test (gpointer data)
{
  Test *test = data;

  g_free (test->meets);
  g_free (test->bounds);
}

/* The name without its prefix; *by_person for customer.NAME. NULL where the prefix is of another kind of record. */
static const char *
strip_prefix (const char *field, MqKind kind, gboolean *by_person)
{
  static const struct
  {
    const char *prefix;
    MqKind      kind;
  } prefixes[] = { { "event.", MQ_KIND_EVENTS }, { "order.", MQ_KIND_ORDERS }, { "message.", MQ_KIND_MESSAGES }, { "customer.", MQ_KIND_CUSTOMERS } };

  *by_person = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (field, prefixes[i].prefix))
      {
        *by_person = prefixes[i].kind == MQ_KIND_CUSTOMERS;
        return *by_person || prefixes[i].kind == kind ? field + strlen (prefixes[i].prefix) : NULL;
      }
  return field;
}

static gboolean
compare_text (const MqCondition *condition, const char *text)
{
  if (condition->test == MQ_TEST_CONTAINS)
    return strstr (text, condition->values[0]) != NULL;
  return g_strv_contains ((const char *const *) condition->values, text);
}

/* channels: (nullable) of a channel's column: what a value stands for is asked as well as the value. */
static gboolean
prepare_texts (Test *test, const MqCondition *condition, const MqStrings *strings, const MqChannelTable *channels, const char *setting, GError **error)
{
  guint n = mq_strings_length (strings);

  if (test->test != MQ_TEST_EQUAL && test->test != MQ_TEST_CONTAINS)
    return mq_setting_fail (error, _ ("The setting “%s” asks whether the field “%s” is less or greater, but it holds text. Compare it with = or contains."), setting, condition->field);
  test->meets = g_new (guint8, MAX (n, 1));
  for (guint code = 0; code < n; code++)
    {
      const char *text = mq_strings_get (strings, code);
      gboolean    meets = compare_text (condition, text) || (channels != NULL && compare_text (condition, mq_channel_table_get (channels, text).channel));

      test->meets[code] = meets != condition->negated;
    }
  return TRUE;
}

static gboolean
read_bound (const char *text, MqValueType type, MqDecimal *bound)
{
  gint32 day;

  if (type != MQ_VALUE_TIME && type != MQ_VALUE_DAY)
    return mq_decimal_parse_plain (text, strlen (text), bound);
  *bound = (MqDecimal){ 0, 0 };
  if (!mq_day_parse (text, &day))
    return FALSE;
  bound->mantissa = day;
  return TRUE;
}

static Wide
power_of_ten (int exponent)
{
  Wide power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

/* All at the finest scale of the values and the bounds. */
static gboolean
prepare_numbers (Test *test, const MqCondition *condition, MqValueType type, int scale, const char *setting, GError **error)
{
  guint                 n = g_strv_length (condition->values);
  g_autofree MqDecimal *read = g_new (MqDecimal, n);
  int                   finest = scale;

  if (test->test == MQ_TEST_CONTAINS)
    return mq_setting_fail (error, _ ("The setting “%s” asks what the field “%s” contains, but it holds numbers or dates. Compare it with = < or >."), setting, condition->field);
  for (guint i = 0; i < n; i++)
    {
      if (!read_bound (condition->values[i], type, &read[i]))
        return mq_setting_fail (error, _ ("The setting “%s” compares the field “%s” with something that is no number, or no date as in 2011-12-09."), setting, condition->field);
      finest = MAX (finest, read[i].scale);
    }
  test->n_bounds = n;
  test->bounds = g_new (Wide, n);
  test->factor = power_of_ten (finest - scale);
  for (guint i = 0; i < n; i++)
    test->bounds[i] = read[i].mantissa * power_of_ten (finest - read[i].scale);
  return TRUE;
}

static const MqColumn *
load_column (MqDataset *dataset, MqKind kind, const char *name, const MqRun *run, GError **error)
{
  return kind == MQ_KIND_CUSTOMERS ? mq_field_customer_column (dataset, name, run, error) : mq_dataset_column (dataset, kind, name, run, error);
}

static const MqKind kinds[MQ_N_MOMENT_SOURCES] = { MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_ORDERS, MQ_KIND_ORDERS };

static gboolean
prepare_column (MqDataset *dataset, Test *test, const MqCondition *condition, MqKind kind, const char *base, const char *setting, const MqRun *run, GError **error)
{
  g_autofree char *name = mq_field_column_name (dataset, kind, base);
  g_autoptr (GError) local = NULL;
  const MqColumn *column = name != NULL ? load_column (dataset, kind, name, run, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL)
    return mq_setting_fail (error, _ ("The setting “%s” names the field “%s”, which these records do not have."), setting, condition->field);
  test->codes = column->codes;
  test->values = column->values;
  if (test->test == MQ_TEST_MISSING)
    return TRUE;
  if (column->codes != NULL)
    {
      gboolean is_channel = kind != MQ_KIND_CUSTOMERS && g_str_equal (name, kind == MQ_KIND_ORDERS ? "source" : "channel");
      g_autoptr (MqChannelTable) channels = is_channel ? mq_channel_table_parse (mq_dataset_value (dataset, MQ_CHANNEL_TABLE_VALUE)) : NULL;

      return prepare_texts (test, condition, column->strings, channels, setting, error);
    }
  test->zone = column->type == MQ_VALUE_TIME ? mq_dataset_zone (dataset) : NULL;
  return prepare_numbers (test, condition, column->type, column->type == MQ_VALUE_MONEY || column->type == MQ_VALUE_DECIMAL ? column->scale : 0, setting, error);
}

static gboolean
prepare (MqDataset *dataset, Test *test, const MqCondition *condition, MqMomentSource source, const gint64 *net, const char *setting, const MqRun *run, GError **error)
{
  const char *base = strip_prefix (condition->field, kinds[source], &test->by_person);

  test->test = condition->test;
  test->negated = condition->negated;
  if (base == NULL)
    return mq_setting_fail (error, _ ("The setting “%s” names the field “%s”, which these records do not have."), setting, condition->field);
  if (test->by_person)
    return prepare_column (dataset, test, condition, MQ_KIND_CUSTOMERS, base, setting, run, error);
  if (source == MQ_MOMENT_ORDER)
    {
      if (g_str_equal (base, "amount"))
        {
          test->values = net;
          return test->test == MQ_TEST_MISSING || prepare_numbers (test, condition, MQ_VALUE_MONEY, mq_dataset_currency_digits (dataset), setting, error);
        }
      test->first_row = mq_order_book_get (dataset, run, NULL)->first_row;
    }
  return prepare_column (dataset, test, condition, kinds[source], base, setting, run, error);
}

static gboolean
compare_number (const Test *test, Wide value)
{
  switch (test->test)
    {
    case MQ_TEST_LESS:
      return value < test->bounds[0];
    case MQ_TEST_LESS_EQUAL:
      return value <= test->bounds[0];
    case MQ_TEST_GREATER:
      return value > test->bounds[0];
    case MQ_TEST_GREATER_EQUAL:
      return value >= test->bounds[0];
    case MQ_TEST_EQUAL:
    case MQ_TEST_CONTAINS:
    case MQ_TEST_MISSING:
    default:
      for (guint i = 0; i < test->n_bounds; i++)
        if (value == test->bounds[i])
          return TRUE;
      return FALSE;
    }
}

static gboolean
meets (const Test *test, guint person, guint32 row)
{
  guint32  at = test->by_person ? person : test->first_row != NULL ? test->first_row[row]
                                                                   : row;
  gboolean missing = test->codes != NULL ? test->codes[at] == MQ_CODE_MISSING : test->values[at] == MQ_VALUE_MISSING;
  gint64   value;

  if (test->test == MQ_TEST_MISSING)
    return missing != test->negated;
  if (missing)
    return FALSE;
  if (test->codes != NULL)
    return test->meets[test->codes[at]];
  value = test->zone != NULL ? mq_zone_day (test->zone, test->values[at], NULL) : test->values[at];
  return compare_number (test, value * test->factor) != test->negated;
}

MqConditions *
mq_conditions_new (MqDataset *dataset, const MqTerm *term, MqMomentSource source, const gint64 *net, const char *setting, const MqRun *run, GError **error)
{
  g_autoptr (MqConditions) self = g_new0 (MqConditions, 1);

  self->tests = g_array_new (FALSE, TRUE, sizeof (Test));
  g_array_set_clear_func (self->tests, clear_test);
  for (guint i = 0; i < term->conditions->len; i++)
    {
      g_array_set_size (self->tests, i + 1);
      if (!prepare (dataset, &g_array_index (self->tests, Test, i), term->conditions->pdata[i], source, net, setting, run, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
mq_conditions_free (MqConditions *self)
{
  g_array_unref (self->tests);
  g_free (self);
}

gboolean
mq_conditions_meet (const MqConditions *self, guint person, guint32 row)
{
  for (guint i = 0; i < self->tests->len; i++)
    if (!meets (&g_array_index (self->tests, Test, i), person, row))
      return FALSE;
  return TRUE;
}

gboolean
mq_conditions_are_of_line (MqDataset *dataset, const MqTerm *term)
{
  for (guint i = 0; i < term->conditions->len; i++)
    {
      const MqCondition *condition = term->conditions->pdata[i];
      gboolean           by_person;
      const char        *base = strip_prefix (condition->field, MQ_KIND_ORDERS, &by_person);
      g_autofree char   *name = base != NULL && !by_person ? mq_field_column_name (dataset, MQ_KIND_ORDERS, base) : NULL;

      if (name != NULL && mq_field_is_of_line (name))
        return TRUE;
    }
  return FALSE;
}
