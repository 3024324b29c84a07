/* dataset-assertions.c: all statements of a field, by person and import. */

#include "config.h"

#include "project/dataset-assertions.h"

#include "base/table.h"
#include "project/dataset-private.h"

#include <stdlib.h>

static int
compare_cb (const void *a, const void *b)
{
  const MqAssertion *x = a, *y = b;

  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

static void
collect (MqAssertions *self, const MqStored *stored, const guint32 *buckets, const gint64 *imports, const gint64 *lines, gsize n)
{
  for (gsize row = 0; row < n; row++)
    {
      gboolean missing = stored->values != NULL ? stored->values[row] == MQ_VALUE_MISSING : stored->codes[row] == MQ_CODE_MISSING;

      if (buckets[row] == 0 || buckets[row] == MQ_BUCKET_OUTSIDE || missing)
        continue;
      self->items[self->n++] = (MqAssertion){ buckets[row] - 1, imports[row], lines[row], stored->values != NULL ? stored->values[row] : (gint64) stored->codes[row] };
    }
  qsort (self->items, self->n, sizeof *self->items, compare_cb);
}

MqAssertions *
mq_dataset_assertions (MqDataset *self, const char *name, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = &self->kinds[MQ_KIND_CUSTOMERS];
  const MqPersons     *persons = mq_dataset_persons (self, run, error);
  g_autoptr (MqDb) db = persons != NULL ? mq_dataset_connect (self, error) : NULL;
  g_auto (MqStored) stored = { 0 };
  g_autofree guint32 *buckets = NULL;
  g_autofree gint64  *imports = NULL;
  g_autofree gint64  *lines = NULL;
  g_autoptr (MqAssertions) assertions = NULL;

  if (db == NULL || !mq_dataset_read_stored_column (self, db, MQ_KIND_CUSTOMERS, name, &stored, run, error))
    return NULL;
  buckets = mq_dataset_read_buckets (self, db, MQ_KIND_CUSTOMERS, run, error);
  imports = buckets != NULL ? mq_dataset_read_stored (self, db, MQ_KIND_CUSTOMERS, MQ_COLUMN_IMPORT, run, error) : NULL;
  lines = imports != NULL ? mq_dataset_read_stored (self, db, MQ_KIND_CUSTOMERS, MQ_COLUMN_LINE, run, error) : NULL;
  if (lines == NULL)
    return NULL;
  assertions = g_new0 (MqAssertions, 1);
  assertions->items = mq_dataset_alloc (layout->bases[layout->n_runs], sizeof *assertions->items, error);
  if (assertions->items == NULL)
    return NULL;
  collect (assertions, &stored, buckets, imports, lines, layout->bases[layout->n_runs]);
  return g_steal_pointer (&assertions);
}

void
mq_assertions_free (MqAssertions *self)
{
  g_free (self->items);
  g_free (self);
}
