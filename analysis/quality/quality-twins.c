/* quality-twins.c: customers sorted by two attributes, and those that are equal. */

#include "config.h"

#include "quality/quality-twins.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/table.h"

typedef struct
{
  MqHash128 name;
  gint64    other;
} Pair;

static int
compare_cb (const void *a, const void *b)
{
  const Pair *x = a, *y = b;

  if (x->name.high != y->name.high)
    return x->name.high < y->name.high ? -1 : 1;
  if (x->name.low != y->name.low)
    return x->name.low < y->name.low ? -1 : 1;
  return x->other < y->other ? -1 : x->other > y->other;
}

static MqHash128 *
fold_names (const MqStrings *names)
{
  MqHash128 *folded = g_new (MqHash128, (gsize) mq_strings_length (names) + 1);

  for (guint i = 0; i < mq_strings_length (names); i++)
    {
      g_autofree char *text = g_utf8_casefold (mq_strings_get (names, i), -1);
      const char      *stripped = g_strstrip (text);

      folded[i] = mq_hash128 (stripped, strlen (stripped));
    }
  return folded;
}

static gint64
get_other (const MqColumn *other, guint person)
{
  if (other->codes != NULL)
    return other->codes[person] != MQ_CODE_MISSING ? (gint64) other->codes[person] : MQ_VALUE_MISSING;
  return other->values[person];
}

static void
count_groups (const Pair *pairs, gsize n, MqTwins *twins)
{
  for (gsize first = 0, next; first < n; first = next)
    {
      for (next = first + 1; next < n && compare_cb (&pairs[first], &pairs[next]) == 0;)
        next++;
      if (next - first < 2)
        continue;
      twins->groups++;
      twins->customers += next - first;
    }
}

gboolean
mq_twins_find (MqDataset *dataset, const char *name, const char *other_name, MqTwins *twins, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn       *names = mq_dataset_attribute (dataset, name, run, &local);
  const MqColumn       *other = local == NULL ? mq_dataset_attribute (dataset, other_name, run, &local) : NULL;
  g_autofree MqHash128 *folded = NULL;
  g_autofree Pair      *pairs = NULL;

  *twins = (MqTwins){ 0 };
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (names == NULL || other == NULL || names->codes == NULL)
    return TRUE;
  twins->is_known = TRUE;
  folded = fold_names (names->strings);
  pairs = g_try_new (Pair, names->n + 1);
  if (pairs == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return FALSE;
    }
  for (guint person = 0; person < names->n; person++)
    if (names->codes[person] != MQ_CODE_MISSING && get_other (other, person) != MQ_VALUE_MISSING)
      pairs[twins->compared++] = (Pair){ folded[names->codes[person]], get_other (other, person) };
  if (!mq_run_check (run, error))
    return FALSE;
  qsort (pairs, twins->compared, sizeof *pairs, compare_cb);
  count_groups (pairs, twins->compared, twins);
  return TRUE;
}
