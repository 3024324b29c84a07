/* speakers.c: the speakers beside the base that they are taken to speak for. */

#include "config.h"

#include "sentiment/speakers.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "orders/valid-orders.h"
#include "query/field.h"
#include "stats/interval.h"

#define LOUDEST 5
#define NO_CLASS G_MAXUINT16
#define ORDERS_FIELD "orders" /* a field that always is: how many orders in the period */

static const char *const order_classes[] = { "0", "1", "2-3", "4+" };

typedef struct
{
  guint32 person;
  guint32 comments;
  guint8  label;
} Speaker;

/* A field's classes; the last is for those without a value. */
typedef struct
{
  const char    *name;
  guint          n;
  const char   **names;    /* (owned) borrowed texts; NULL: no value */
  guint16       *of;       /* (owned) by person */
  MqFieldValues *values;   /* (owned) (nullable) */
  double        *base;     /* (owned) share of the base */
  gint64        *speakers; /* (owned) */
  guint16       *merged;   /* (owned) class after small ones were put together */
  double        *target;   /* (owned) by merged class */
} Field;

typedef struct
{
  const MqFeedback *feedback;
  guint             n_persons;
  double           *base;   /* (owned) by person: 1, or money */
  guint32          *orders; /* (owned) by person */
  GArray           *speakers;
  GArray           *fields;
  double           *weights; /* (owned) by speaker */
  guint             rounds;
} Speech;

static void
clear_field_cb (gpointer data)
{
  Field *field = data;

  g_free (field->names);
  g_free (field->of);
  g_free (field->base);
  g_free (field->speakers);
  g_free (field->merged);
  g_free (field->target);
  g_clear_pointer (&field->values, mq_field_values_free);
}

static void
clear_speech (Speech *self)
{
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->orders, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->speakers, g_array_unref);
  g_clear_pointer (&self->fields, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Speech, clear_speech)

static gboolean
measure_base (Speech *self, const MqScope *scope, const char *base, const MqRun *run, GError **error)
{
  const MqOrderBook *book = mq_order_book_get (self->feedback->dataset, run, error);
  MqOrderFilter      filter = { .book = book, .as_of = scope->as_of, .from = scope->from, .to = scope->to };
  g_auto (MqValidOrders) orders = { 0 };

  if (book == NULL || !mq_order_filter_set_shop (&filter, self->feedback->dataset, scope->shop, run, error) || !mq_valid_orders_init (&orders, &filter, run, error))
    return FALSE;
  for (guint person = 0; person < self->n_persons; person++)
    {
      gsize first = orders.n_persons > 0 ? orders.offsets[person] : 0, end = orders.n_persons > 0 ? orders.offsets[person + 1] : 0;

      self->orders[person] = end - first;
      if (g_str_equal (base, "customers"))
        self->base[person] = 1;
      else if (g_str_equal (base, "buyers"))
        self->base[person] = end > first;
      else
        for (gsize i = first; i < end; i++)
          self->base[person] += orders.net[i];
    }
  return TRUE;
}

static int
compare_speakers_cb (gconstpointer a, gconstpointer b)
{
  const Speaker *x = a, *y = b;

  return x->person < y->person ? -1 : x->person > y->person;
}

/* Everyone of the base who spoke, with the mood of the mean of their comments. */
static void
find_speakers (Speech *self)
{
  const MqFeedback   *feedback = self->feedback;
  g_autofree guint8  *labels = g_new0 (guint8, MAX (self->n_persons, 1));
  g_autofree guint32 *counts = g_new0 (guint32, MAX (self->n_persons, 1));

  mq_feedback_person_labels (feedback, self->n_persons, labels, counts);
  for (guint person = 0; person < self->n_persons; person++)
    if (counts[person] > 0 && self->base[person] > 0)
      {
        Speaker speaker = { person, counts[person], labels[person] };

        g_array_append_val (self->speakers, speaker);
      }
  g_array_sort (self->speakers, compare_speakers_cb);
}

static void
read_orders_field (Speech *self, Field *field)
{
  field->n = G_N_ELEMENTS (order_classes);
  field->names = g_new0 (const char *, field->n + 1);
  for (guint c = 0; c < field->n; c++)
    field->names[c] = order_classes[c];
  field->n++;
  for (guint person = 0; person < self->n_persons; person++)
    field->of[person] = self->orders[person] == 0 ? 0 : self->orders[person] == 1 ? 1
                                                    : self->orders[person] < 4    ? 2
                                                                                  : 3;
}

static gboolean
read_customer_field (Speech *self, Field *field, const MqRun *run, GError **error)
{
  field->values = mq_field_values_new (self->feedback->dataset, field->name, "weights", run, error);
  if (field->values == NULL)
    return FALSE;
  if (!mq_field_values_is_customer (field->values) || mq_field_values_length (field->values) >= NO_CLASS - 1)
    return mq_setting_fail (error, _ ("The setting “%s” has to name fields of the customers with few different values, with commas between, or “orders”."), "weights");
  field->n = mq_field_values_length (field->values) + 1;
  field->names = g_new0 (const char *, field->n);
  for (guint c = 0; c + 1 < field->n; c++)
    field->names[c] = mq_field_values_text (field->values, c);
  for (guint person = 0; person < self->n_persons; person++)
    {
      guint32 code = mq_field_values_get (field->values, person, NULL);

      field->of[person] = code == MQ_CODE_MISSING ? field->n - 1 : code;
    }
  return TRUE;
}

/* Of the classes that stand alone the one with the fewest speakers; of several the first by name. */
static guint
find_smallest (const Field *field)
{
  guint smallest = field->n;

  for (guint c = 0; c < field->n; c++)
    if (field->speakers[c] > 0 && field->merged[c] == c &&
        (smallest == field->n || field->speakers[c] < field->speakers[smallest] ||
         (field->speakers[c] == field->speakers[smallest] && g_strcmp0 (field->names[c], field->names[smallest]) < 0)))
      smallest = c;
  return smallest;
}

/* Puts classes of fewer than five speakers together in the last; if those are still fewer, the next smallest with them. */
static void
merge_classes (Field *field)
{
  gint64 together = 0;

  for (guint c = 0; c < field->n; c++)
    {
      field->merged[c] = field->speakers[c] >= MQ_RAKE_LEAST ? c : field->n;
      together += field->merged[c] == field->n ? field->speakers[c] : 0;
    }
  for (guint c; together > 0 && together < MQ_RAKE_LEAST && (c = find_smallest (field)) < field->n;)
    {
      field->merged[c] = field->n;
      together += field->speakers[c];
    }
}

/* The base's share of classes that never spoke is nobody's. */
static void
measure_field (Speech *self, Field *field)
{
  double all = 0;

  field->base = g_new0 (double, field->n);
  field->speakers = g_new0 (gint64, field->n);
  field->merged = g_new0 (guint16, field->n);
  field->target = g_new0 (double, field->n + 1);
  for (guint person = 0; person < self->n_persons; person++)
    {
      field->base[field->of[person]] += self->base[person];
      all += self->base[person];
    }
  for (guint i = 0; i < self->speakers->len; i++)
    field->speakers[field->of[g_array_index (self->speakers, Speaker, i).person]]++;
  merge_classes (field);
  for (guint c = 0; c < field->n; c++)
    {
      field->base[c] = all > 0 ? field->base[c] / all : 0;
      if (field->speakers[c] > 0)
        field->target[field->merged[c]] += field->base[c];
    }
}

static gboolean
read_fields (Speech *self, char **names, const MqRun *run, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      Field *field;

      g_array_set_size (self->fields, self->fields->len + 1);
      field = &g_array_index (self->fields, Field, self->fields->len - 1);
      field->name = g_strstrip (names[i]);
      field->of = g_new0 (guint16, MAX (self->n_persons, 1));
      if (g_str_equal (field->name, ORDERS_FIELD))
        read_orders_field (self, field);
      else if (!read_customer_field (self, field, run, error))
        return FALSE;
      measure_field (self, field);
    }
  return TRUE;
}

static void
rake (Speech *self)
{
  gsize                     n = self->speakers->len;
  guint                     n_fields = self->fields->len;
  g_autofree guint16       *classes = g_new (guint16, MAX (n * n_fields, 1));
  g_autofree const double **targets = g_new (const double *, MAX (n_fields, 1));
  g_autofree guint         *sizes = g_new (guint, MAX (n_fields, 1));

  for (guint f = 0; f < n_fields; f++)
    {
      const Field *field = &g_array_index (self->fields, Field, f);

      targets[f] = field->target;
      sizes[f] = field->n + 1;
      for (gsize i = 0; i < n; i++)
        classes[f * n + i] = field->merged[field->of[g_array_index (self->speakers, Speaker, i).person]];
    }
  self->weights = mq_rake (classes, n, n_fields, targets, sizes, &self->rounds);
}

/* How many more of a class would have to speak for its share to be that of the base, and five at least. Who is asked is one
 * more of all speakers too: (s + k) / (n + k) = b. */
static gint64
count_to_ask (const Speech *self, const Field *field, guint c)
{
  double share = field->base[c], n = field->speakers[c];
  gint64 missing = share < 1 ? (gint64) ceil ((share * self->speakers->len - n) / (1 - share) - 1e-9) : 0;

  return share > 0 ? MAX (MAX (missing, MQ_RAKE_LEAST - field->speakers[c]), 0) : 0;
}

static MqTable *
make_representation (const Speech *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("representation", NULL, NULL);

  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "base_share", N_ ("Share of the base"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "speakers", N_ ("Speakers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "speaker_share", N_ ("Share of the speakers"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "merged", N_ ("Put together"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "ask", N_ ("Ask so many more"), MQ_COLUMN_INTEGER);
  for (guint f = 0; f < self->fields->len; f++)
    {
      const Field *field = &g_array_index (self->fields, Field, f);

      for (guint c = 0; c < field->n; c++)
        if (field->base[c] > 0 || field->speakers[c] > 0)
          {
            mq_table_builder_append (builder);
            mq_table_builder_set_text (builder, 0, field->name);
            mq_table_builder_set_text (builder, 1, field->names[c]);
            mq_table_builder_set_double (builder, 2, field->base[c]);
            mq_table_builder_set_integer (builder, 3, field->speakers[c]);
            mq_table_builder_set_double (builder, 4, self->speakers->len > 0 ? (double) field->speakers[c] / self->speakers->len : NAN);
            mq_table_builder_set_integer (builder, 5, field->speakers[c] > 0 && field->merged[c] == field->n);
            mq_table_builder_set_integer (builder, 6, count_to_ask (self, field, c));
          }
    }
  return mq_table_builder_finish (builder);
}

static double
effective_n (const Speech *self)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < self->speakers->len; i++)
    {
      sum += self->weights[i];
      squares += self->weights[i] * self->weights[i];
    }
  return squares > 0 ? sum * sum / squares : 0;
}

static MqTable *
make_weighted (const Speech *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("weighted", NULL, NULL);
  double          raw[MQ_N_LABELS] = { 0 }, weighted[MQ_N_LABELS] = { 0 }, n = self->speakers->len;

  mq_table_builder_add_column (builder, "label", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "n", N_ ("Speakers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("As they spoke"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "weighted", N_ ("Weighted to the base"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("From"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("To"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < self->speakers->len; i++)
    {
      guint label = g_array_index (self->speakers, Speaker, i).label;

      raw[label]++;
      weighted[label] += self->weights[i] / n;
    }
  for (guint label = 0; label < MQ_N_LABELS && n > 0; label++)
    {
      double low, high;

      mq_wilson (weighted[label], effective_n (self), &low, &high);
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_mood_label_name (label));
      mq_table_builder_set_integer (builder, 1, (gint64) raw[label]);
      mq_table_builder_set_double (builder, 2, raw[label] / n);
      mq_table_builder_set_double (builder, 3, weighted[label]);
      mq_table_builder_set_double (builder, 4, low);
      mq_table_builder_set_double (builder, 5, high);
    }
  return mq_table_builder_finish (builder);
}

static int
compare_counts (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x > y ? -1 : x < y;
}

/* The share of the linked comments that the five loudest speakers wrote. */
static double
share_of_loudest (const Speech *self)
{
  g_autofree guint32 *counts = g_new (guint32, MAX (self->speakers->len, 1));
  double              all = 0, loud = 0;

  for (guint i = 0; i < self->speakers->len; i++)
    all += counts[i] = g_array_index (self->speakers, Speaker, i).comments;
  qsort (counts, self->speakers->len, sizeof *counts, compare_counts);
  for (guint i = 0; i < MIN (self->speakers->len, LOUDEST); i++)
    loud += counts[i];
  return all > 0 ? loud / all : NAN;
}

static MqTable *
make_figures (const Speech *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("representativeness", NULL, NULL);
  double          n = effective_n (self);
  gint64          base = 0;
  const struct
  {
    const char  *id, *title;
    MqColumnType type;
  } columns[] = {
    { "comments", N_ ("Comments"), MQ_COLUMN_INTEGER }, { "linked", N_ ("Linked to customers"), MQ_COLUMN_INTEGER }, { "base", N_ ("Persons of the base"), MQ_COLUMN_INTEGER }, { "speakers", N_ ("Speakers of the base"), MQ_COLUMN_INTEGER }, { "effective_n", N_ ("Effective number"), MQ_COLUMN_DOUBLE }, { "design_effect", N_ ("Design effect"), MQ_COLUMN_DOUBLE }, { "loudest_share", N_ ("Share of the five loudest"), MQ_COLUMN_SHARE }, { "rounds", N_ ("Rounds of raking"), MQ_COLUMN_INTEGER }
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mq_table_builder_add_column (builder, columns[i].id, columns[i].title, columns[i].type);
  for (guint person = 0; person < self->n_persons; person++)
    base += self->base[person] > 0;
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, self->feedback->n);
  mq_table_builder_set_integer (builder, 1, self->feedback->n_linked);
  mq_table_builder_set_integer (builder, 2, base);
  mq_table_builder_set_integer (builder, 3, self->speakers->len);
  mq_table_builder_set_double (builder, 4, n);
  mq_table_builder_set_double (builder, 5, n > 0 ? self->speakers->len / n : NAN);
  mq_table_builder_set_double (builder, 6, share_of_loudest (self));
  mq_table_builder_set_integer (builder, 7, self->rounds);
  return mq_table_builder_finish (builder);
}

gboolean
mq_speakers_add (const MqFeedback *feedback, const MqScope *scope, const char *base, char **fields, MqResult *result, const MqRun *run, GError **error)
{
  g_auto (Speech) self = { .feedback = feedback };
  g_autoptr (GError) local = NULL;

  self.n_persons = mq_dataset_n_persons (feedback->dataset, run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self.base = g_new0 (double, MAX (self.n_persons, 1));
  self.orders = g_new0 (guint32, MAX (self.n_persons, 1));
  self.speakers = g_array_new (FALSE, TRUE, sizeof (Speaker));
  self.fields = g_array_new (FALSE, TRUE, sizeof (Field));
  g_array_set_clear_func (self.fields, clear_field_cb);
  if (!measure_base (&self, scope, base, run, error))
    return FALSE;
  find_speakers (&self);
  if (!read_fields (&self, fields, run, error))
    return FALSE;
  rake (&self);
  mq_result_take_table (result, make_weighted (&self));
  mq_result_take_table (result, make_representation (&self));
  mq_result_take_table (result, make_figures (&self));
  return TRUE;
}
