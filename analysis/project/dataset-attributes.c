/* dataset-attributes.c: one value a person from all customers records: each import's assertion stays, also that of a
 * record which a newer one replaces, and the field's rule chooses among them. */

#include "config.h"
#include "project/dataset-private.h"

#include <string.h>

#include "base/table.h"

#define NO_ROW G_MAXUINT32

typedef struct
{
  MqColumn column;
  MqStored stored; /* (owned) what `column` points into */
} Attribute;

/* The assertions of one field, by stored row. */
typedef struct
{
  const MqStored *field;
  gint64         *imports; /* (owned) */
  gint64         *lines;   /* (owned) */
  gint64         *added;   /* (owned) (nullable) the earliest wins; NULL: the newest import */
} Assertions;

static void
clear_assertions (Assertions *assertions)
{
  g_free (assertions->imports);
  g_free (assertions->lines);
  g_free (assertions->added);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Assertions, clear_assertions)

static void
free_attribute (gpointer data)
{
  Attribute *self = data;

  mq_stored_clear (&self->stored);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attribute, free_attribute)

static gboolean
is_missing (const MqStored *stored, gsize row)
{
  return stored->values != NULL ? stored->values[row] == MQ_VALUE_MISSING : stored->codes[row] == MQ_CODE_MISSING;
}

static gboolean
is_older (const Assertions *assertions, guint32 a, guint32 b)
{
  if (assertions->imports[a] != assertions->imports[b])
    return assertions->imports[a] < assertions->imports[b];
  return assertions->lines[a] < assertions->lines[b];
}

/* Whether row a is to be believed rather than row b. */
static gboolean
is_better (const Assertions *assertions, guint32 a, guint32 b)
{
  const gint64 *added = assertions->added;

  if (added == NULL)
    return is_older (assertions, b, a);
  if (added[a] != added[b])
    return added[b] == MQ_VALUE_MISSING || (added[a] != MQ_VALUE_MISSING && added[a] < added[b]);
  return is_older (assertions, a, b);
}

static gboolean
read_assertions (MqDataset *self, MqDb *db, const char *base, Assertions *assertions, const MqRun *run, GError **error)
{
  gboolean earliest = g_str_equal (base, "added_at") || g_str_equal (base, "first_channel");

  assertions->imports = mq_dataset_read_stored (self, db, MQ_KIND_CUSTOMERS, MQ_COLUMN_IMPORT, run, error);
  if (assertions->imports == NULL)
    return FALSE;
  assertions->lines = mq_dataset_read_stored (self, db, MQ_KIND_CUSTOMERS, MQ_COLUMN_LINE, run, error);
  if (assertions->lines == NULL)
    return FALSE;
  if (!earliest)
    return TRUE;
  assertions->added = mq_dataset_read_stored (self, db, MQ_KIND_CUSTOMERS, "added_at", run, error);
  return assertions->added != NULL;
}

/* By person the stored row that is believed, or NO_ROW. */
static guint32 *
choose_rows (MqDataset *self, MqDb *db, const Assertions *assertions, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[MQ_KIND_CUSTOMERS];
  const MqPersons     *persons = mq_dataset_persons (self, run, error);
  g_autofree guint32  *buckets = NULL;
  g_autofree guint32  *chosen = NULL;

  if (persons == NULL || (buckets = mq_dataset_read_buckets (self, db, MQ_KIND_CUSTOMERS, run, error)) == NULL)
    return NULL;
  chosen = mq_dataset_alloc (persons->n_persons, sizeof *chosen, error);
  if (chosen == NULL)
    return NULL;
  for (guint person = 0; person < persons->n_persons; person++)
    chosen[person] = NO_ROW;
  for (guint32 row = 0; row < layout->bases[layout->n_runs]; row++)
    {
      guint32 *best;

      if (row % 4096 == 0 && !mq_run_check (run, error))
        return NULL;
      if (buckets[row] == 0 || buckets[row] == MQ_BUCKET_OUTSIDE || is_missing (assertions->field, row))
        continue;
      best = chosen + buckets[row] - 1;
      if (*best == NO_ROW || is_better (assertions, row, *best))
        *best = row;
    }
  return g_steal_pointer (&chosen);
}

static gboolean
take_values (const MqStored *from, const guint32 *chosen, guint n, MqStored *to, GError **error)
{
  if (from->values != NULL)
    to->values = mq_dataset_alloc (n, sizeof (gint64), error);
  else
    to->codes = mq_dataset_alloc (n, sizeof (guint32), error);
  if (to->values == NULL && to->codes == NULL)
    return FALSE;
  for (guint person = 0; person < n; person++)
    {
      gboolean known = chosen[person] != NO_ROW;

      if (to->values != NULL)
        to->values[person] = known ? from->values[chosen[person]] : MQ_VALUE_MISSING;
      else
        to->codes[person] = known ? from->codes[chosen[person]] : MQ_CODE_MISSING;
    }
  return TRUE;
}

static gboolean
has_any (const guint32 *chosen, guint n)
{
  for (guint person = 0; person < n; person++)
    if (chosen[person] != NO_ROW)
      return TRUE;
  return FALSE;
}

/* The stored row of each person that field `base` is taken from. */
static guint32 *
resolve_field (MqDataset *dataset, MqDb *db, const char *base, const MqRun *run, GError **error)
{
  g_auto (MqStored) field = { 0 };
  g_auto (Assertions) assertions = { .field = &field };

  if (!mq_dataset_read_stored_column (dataset, db, MQ_KIND_CUSTOMERS, base, &field, run, error))
    return NULL;
  if (!read_assertions (dataset, db, base, &assertions, run, error))
    return NULL;
  return choose_rows (dataset, db, &assertions, run, error);
}

/* Of "added_at#precision": the precision of the time that was chosen. */
static gboolean
make_attribute_cb (MqDataset *dataset, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const char      *name = data;
  g_autofree char *base = mq_column_base_name (name);
  g_autoptr (MqDb) db = mq_dataset_connect (dataset, error);
  g_autoptr (Attribute) self = g_new0 (Attribute, 1);
  g_auto (MqStored) stored = { 0 };
  g_autofree guint32 *chosen = db != NULL ? resolve_field (dataset, db, base, run, error) : NULL;
  guint               n;

  if (chosen == NULL || !mq_dataset_read_stored_column (dataset, db, MQ_KIND_CUSTOMERS, name, &stored, run, error))
    return FALSE;
  n = mq_dataset_n_persons (dataset, run, NULL);
  if (!has_any (chosen, n))
    return TRUE;
  if (!take_values (&stored, chosen, n, &self->stored, error))
    return FALSE;
  self->stored.strings = g_steal_pointer (&stored.strings);
  if (self->stored.codes != NULL && !mq_stored_drop_unused_texts (&self->stored, n, error))
    return FALSE;
  self->column = (MqColumn){ stored.type, stored.scale, n, self->stored.values, self->stored.codes, self->stored.strings };
  *value = g_steal_pointer (&self);
  return TRUE;
}

const MqColumn *
mq_dataset_attribute (MqDataset *self, const char *name, const MqRun *run, GError **error)
{
  g_autofree char *base = mq_column_base_name (name);
  g_autofree char *slot = g_strconcat ("attribute ", name, NULL);
  gpointer         attribute;

  if (!mq_dataset_has_column (self, MQ_KIND_CUSTOMERS, name) || !mq_dataset_has_column (self, MQ_KIND_CUSTOMERS, base))
    return NULL;
  if (!mq_dataset_slot (self, slot, make_attribute_cb, name, free_attribute, &attribute, run, error) || attribute == NULL)
    return NULL;
  return &((Attribute *) attribute)->column;
}
