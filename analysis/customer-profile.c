/* customer-profile.c: one person. */

#include "config.h"

#include "customer-profile.h"

#include <glib/gi18n-lib.h>

#include "base/format.h"
#include "project/value-text.h"
#include "sentiment/sentiment.h"

/* What of a record says most about it; the first column that is there. */
static const char *const telling[MQ_N_KINDS][3] = {
  [MQ_KIND_ORDERS] = { "product", "order_id", NULL },
  [MQ_KIND_EVENTS] = { "event", NULL, NULL },
  [MQ_KIND_MESSAGES] = { "status", "channel", NULL },
  [MQ_KIND_FEEDBACK] = { "text", NULL, NULL },
};

static const MqKind kinds[] = { MQ_KIND_ORDERS, MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_FEEDBACK };

typedef struct
{
  gint64          time;
  guint           order; /* of reading: equal times keep it */
  MqKind          kind;
  gsize           row;
  const MqColumn *what;   /* (nullable) */
  const MqColumn *amount; /* (nullable) */
} Moment;

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  const Moment *x = a;
  const Moment *y = b;

  if (x->time != y->time)
    return x->time < y->time ? 1 : -1;
  return x->order < y->order ? 1 : -1;
}

static gboolean
find_person (MqDataset *dataset, const char *label, guint *person, const MqRun *run, GError **error)
{
  const MqStrings *labels;

  if (!mq_dataset_load_labels (dataset, run, error))
    return FALSE;
  labels = mq_dataset_labels (dataset);
  for (*person = 0; *person < mq_strings_length (labels); ++*person)
    {
      if (g_str_equal (mq_strings_get (labels, *person), label))
        return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The customer is not in the project any more."));
  return FALSE;
}

/* FALSE only with error; *column stays NULL if there is none. */
static gboolean
get_column (MqDataset *dataset, MqKind kind, const char *name, const MqColumn **column, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  *column = mq_dataset_column (dataset, kind, name, run, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
add_moments (GArray *moments, MqDataset *dataset, MqKind kind, guint person, const MqRun *run, GError **error)
{
  const MqFacts  *facts = mq_dataset_facts (dataset, kind, run, error);
  const MqColumn *time, *amount, *what = NULL;

  if (facts == NULL)
    return FALSE;
  if (facts->n_rows == 0)
    return TRUE;
  if (!get_column (dataset, kind, "time", &time, run, error) || !get_column (dataset, kind, "amount", &amount, run, error))
    return FALSE;
  for (guint i = 0; what == NULL && telling[kind][i] != NULL; i++)
    if (!get_column (dataset, kind, telling[kind][i], &what, run, error))
      return FALSE;
  for (gsize row = facts->offsets[person]; time != NULL && row < facts->offsets[person + 1]; row++)
    {
      Moment moment = { .time = time->values[row], .order = moments->len, .kind = kind, .row = row, .what = what, .amount = amount };

      g_array_append_val (moments, moment);
    }
  return TRUE;
}

/* (transfer full) (nullable) as people read it; a time is its day. */
static char *
get_value_text (MqDataset *dataset, const MqColumn *column, gsize row)
{
  const MqZone *zone = mq_dataset_zone (dataset);
  GString      *text;

  if (column->type == MQ_VALUE_TEXT)
    return column->codes[row] != MQ_CODE_MISSING ? g_strdup (mq_strings_get (column->strings, column->codes[row])) : NULL;
  if (column->values[row] == MQ_VALUE_MISSING)
    return NULL;
  if (column->type == MQ_VALUE_DAY)
    return mq_format_day ((gint32) column->values[row]);
  if (column->type == MQ_VALUE_TIME)
    return mq_format_day (mq_zone_day (zone, column->values[row], NULL));
  text = g_string_new (NULL);
  mq_value_append_text (text, column->type, column->scale, zone, column->values[row]);
  return g_string_free (text, FALSE);
}

static MqTable *
make_timeline (MqDataset *dataset, GArray *moments)
{
  MqTableBuilder *builder = mq_table_builder_new ("timeline", mq_dataset_currency (dataset), mq_dataset_zone_name (dataset));

  g_array_sort (moments, compare_moments);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "what", N_ ("What"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "amount", N_ ("Amount"), MQ_COLUMN_MONEY);
  for (guint i = 0; i < MIN (moments->len, MQ_TIMELINE_ROWS); i++)
    {
      const Moment    *moment = &g_array_index (moments, Moment, i);
      g_autofree char *what = moment->what != NULL ? get_value_text (dataset, moment->what, moment->row) : NULL;

      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, moment->time);
      mq_table_builder_set_text (builder, 1, mq_kind_title (moment->kind));
      mq_table_builder_set_text (builder, 2, what);
      if (moment->amount != NULL && moment->amount->type == MQ_VALUE_MONEY)
        mq_table_builder_set_integer (builder, 3, moment->amount->values[moment->row]);
    }
  return mq_table_builder_finish (builder);
}

static MqTable *
make_attributes (MqDataset *dataset, guint person, const MqRun *run, GError **error)
{
  g_autoptr (MqTableBuilder) builder = mq_table_builder_new ("attributes", NULL, NULL);
  g_auto (GStrv) names = mq_dataset_columns (dataset, MQ_KIND_CUSTOMERS);

  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "value", N_ ("Value in the Data"), MQ_COLUMN_TEXT);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      const MqColumn  *column = mq_dataset_attribute (dataset, names[i], run, &local);
      g_autofree char *value = column != NULL ? get_value_text (dataset, column, person) : NULL;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (value == NULL)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, names[i]);
      mq_table_builder_set_text (builder, 1, value);
    }
  return mq_table_builder_finish (g_steal_pointer (&builder));
}

/* What the analysis of moods says of this person's comments, of all times. */
static gboolean
add_comments (MqCustomerProfile *self, MqDataset *dataset, const char *label, const MqRun *run, GError **error)
{
  g_autofree char *behind = g_strconcat ("customer=", label, NULL);
  const char      *conditions[] = { behind, NULL };
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (MqResult) result = NULL;
  MqTable     *table;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "behind", "^as", conditions);
  g_variant_dict_insert (&dict, "period", "s", "all");
  settings = g_variant_ref_sink (g_variant_dict_end (&dict));
  result = mq_analysis_answer (&mq_sentiment_analysis, dataset, settings, run, error);
  if (result == NULL)
    return FALSE;
  table = mq_result_find_table (result, "behind");
  if (mq_table_n_rows (table) > 0)
    self->comments = mq_table_ref (table);
  return TRUE;
}

static gboolean
has_comments (GArray *moments)
{
  for (guint i = 0; i < moments->len; i++)
    if (g_array_index (moments, Moment, i).kind == MQ_KIND_FEEDBACK)
      return TRUE;
  return FALSE;
}

MqCustomerProfile *
mq_customer_profile_new (MqDataset *dataset, const char *label, const MqRun *run, GError **error)
{
  g_autoptr (MqCustomerProfile) self = g_new0 (MqCustomerProfile, 1);
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  guint person;

  if (!find_person (dataset, label, &person, run, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!add_moments (moments, dataset, kinds[i], person, run, error))
      return NULL;
  self->attributes = make_attributes (dataset, person, run, error);
  if (self->attributes == NULL)
    return NULL;
  self->timeline = make_timeline (dataset, moments);
  if (has_comments (moments) && !add_comments (self, dataset, label, run, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_customer_profile_free (MqCustomerProfile *self)
{
  g_clear_pointer (&self->attributes, mq_table_unref);
  g_clear_pointer (&self->timeline, mq_table_unref);
  g_clear_pointer (&self->comments, mq_table_unref);
  g_free (self);
}
