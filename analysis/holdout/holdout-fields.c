/* holdout-fields.c: fields of few values, and which of them look like a test. */

#include "config.h"

#include "holdout/holdout-fields.h"

#include <string.h>

#include "query/field.h"

#define OWN_PREFIX "attr:" /* of the shop's own fields: gender, region and the like were drawn by nobody */
#define MOST_VALUES 6
#define CHECK_PERSONS 4096

/* How such fields and the group that was held out are called. */
static const char *const field_words[] = { "group", "holdout", "hold-out", "hold_out", "control", "variant", "experiment", "test", "cell", "arm", "分组", "对照", "实验", "空白组", "试验", NULL };
static const char *const control_words[] = { "control", "holdout", "hold-out", "hold_out", "held", "none", "no", "对照", "空白", "留白", NULL };

static void
free_field (gpointer data)
{
  MqHoldoutField *self = data;

  g_free (self->field);
  g_free (self->treated);
  g_free (self->control);
  g_free (self);
}

/* Latin words whole ("no" is not in "north"), Chinese ones anywhere. */
static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if (!g_ascii_isalpha (*word) || ((at == text || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[length])))
      return TRUE;
  return FALSE;
}

static gboolean
has_any_word (const char *text, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (has_word (lower, words[i]))
      return TRUE;
  return FALSE;
}

/* Customers of each value; NULL with error. g_free */
static gint64 *
count_values (const MqFieldValues *values, guint n_persons, const MqRun *run, GError **error)
{
  g_autofree gint64 *counts = g_new0 (gint64, mq_field_values_length (values));

  for (guint person = 0; person < n_persons; person++)
    {
      guint32 code = mq_field_values_get (values, person, NULL);

      if (person % CHECK_PERSONS == 0 && !mq_run_check (run, error))
        return NULL;
      if (code != MQ_CODE_MISSING)
        counts[code]++;
    }
  return g_steal_pointer (&counts);
}

/* The value that is called a control group, or the least of all. */
static guint
find_control (const MqFieldValues *values, const gint64 *counts, gboolean *is_named)
{
  guint least = 0;

  *is_named = TRUE;
  for (guint i = 0; i < mq_field_values_length (values); i++)
    {
      if (has_any_word (mq_field_values_text (values, i), control_words))
        return i;
      if (counts[i] < counts[least])
        least = i;
    }
  *is_named = FALSE;
  return least;
}

/* (nullable) no field for a test. (transfer full) */
static MqHoldoutField *
propose (const MqFieldValues *values, const char *name, const gint64 *counts)
{
  MqHoldoutField *self = g_new0 (MqHoldoutField, 1);
  gboolean        has_control;
  guint           control = find_control (values, counts, &has_control);
  guint           treated = control == 0 ? 1 : 0;

  for (guint i = 0; i < mq_field_values_length (values); i++)
    if (i != control && counts[i] > counts[treated])
      treated = i;
  self->field = g_strdup (name);
  self->treated = g_strdup (mq_field_values_text (values, treated));
  self->control = g_strdup (mq_field_values_text (values, control));
  self->n_treated = counts[treated];
  self->n_control = counts[control];
  self->is_named = has_control || has_any_word (strchr (name, '.') + 1, field_words);
  return self;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const MqHoldoutField *x = *(const MqHoldoutField *const *) a, *y = *(const MqHoldoutField *const *) b;

  if (x->is_named != y->is_named)
    return x->is_named ? -1 : 1;
  return strcmp (x->field, y->field);
}

GPtrArray *
mq_holdout_fields (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (free_field);
  g_auto (GStrv) columns = mq_dataset_columns (dataset, MQ_KIND_CUSTOMERS);
  g_autoptr (GError) local = NULL;
  guint n_persons = mq_dataset_n_persons (dataset, run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *name = g_str_has_prefix (columns[i], OWN_PREFIX) ? g_strconcat ("customer.", columns[i] + strlen (OWN_PREFIX), NULL) : NULL;
      g_autoptr (MqFieldValues) values = name != NULL ? mq_field_values_new (dataset, name, "field", run, NULL) : NULL;
      g_autofree gint64 *counts = NULL;

      if (!mq_run_check (run, error))
        return NULL;
      if (values == NULL || !mq_field_values_is_customer (values) || mq_field_values_length (values) < 2 || mq_field_values_length (values) > MOST_VALUES)
        continue;
      counts = count_values (values, n_persons, run, error);
      if (counts == NULL)
        return NULL;
      g_ptr_array_add (fields, propose (values, name, counts));
    }
  g_ptr_array_sort (fields, compare_cb);
  return g_steal_pointer (&fields);
}
