/* dataset-keys.c: whose a row is. An order that names nobody (a later export without the customer's column, or with the
 * person masked) stays with the person of the row it replaces. Only orders meet by something else than their keys. */

#include "config.h"
#include "project/dataset-private.h"

#include <string.h>

/* Whether the run has rows that name nobody: "" is the first of its record keys. */
static gboolean
has_nobody (MqDb *db, const MqRunInfo *info, gboolean *nobody, GError **error)
{
  g_autoptr (MqStrings) keys = mq_dataset_read_strings (db, info, MQ_COLUMN_KEY, error);

  *nobody = keys != NULL && mq_strings_length (keys) > 0 && mq_strings_get_length (keys, 0) == 0;
  return keys != NULL;
}

static gboolean
mark_nobody (MqDb *db, const MqRunInfo *info, guint8 *own, const MqRun *run, GError **error)
{
  g_autofree guint32 *codes = mq_dataset_alloc (info->n_rows, sizeof *codes, error);

  if (codes == NULL || !mq_dataset_read_codes (db, info, MQ_COLUMN_KEY, codes, run, error))
    return FALSE;
  for (gsize row = 0; row < info->n_rows; row++)
    own[row] = codes[row] != 0 && codes[row] != MQ_CODE_MISSING;
  return TRUE;
}

/* By stored row: 1 if it names somebody; NULL if all do. */
static gboolean
make_own_keys_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = data;
  g_autoptr (MqDb) db = mq_dataset_connect (self, error);
  g_autofree guint8 *own = db != NULL ? mq_dataset_alloc (layout->bases[layout->n_runs], 1, error) : NULL;
  gboolean           any = FALSE;

  if (own == NULL)
    return FALSE;
  for (guint i = 0; i < layout->n_runs; i++)
    {
      const MqRunInfo *info = layout->runs[i];
      gboolean         nobody;

      if (!has_nobody (db, info, &nobody, error))
        return FALSE;
      memset (own + layout->bases[i], 1, info->n_rows);
      if (nobody && !mark_nobody (db, info, own + layout->bases[i], run, error))
        return FALSE;
      any |= nobody;
    }
  *value = any ? g_steal_pointer (&own) : NULL;
  return TRUE;
}

/* By stored row: 1 if a live row has its keys from there. */
static gboolean
make_key_rows_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const MqDatasetKind *layout = data;
  MqKind               kind = (MqKind) (layout - self->kinds);
  gsize                n = layout->bases[layout->n_runs];
  g_autofree guint32  *rows = mq_dataset_alloc (n, sizeof *rows, error);
  g_autofree guint8   *used = rows != NULL ? mq_dataset_alloc0 (n, 1, error) : NULL;
  const guint8        *replaced;

  if (used == NULL || !mq_dataset_replaced_rows (self, kind, &replaced, run, error))
    return FALSE;
  for (gsize row = 0; row < n; row++)
    rows[row] = (guint32) row;
  if (!mq_dataset_inherit (self, kind, MQ_COLUMN_KEY, rows, sizeof *rows, run, error))
    return FALSE;
  for (gsize row = 0; row < n; row++)
    if (replaced == NULL || replaced[row] == 0)
      used[rows[row]] = 1;
  *value = g_steal_pointer (&used);
  return TRUE;
}

gboolean
mq_dataset_own_keys (MqDataset *self, MqKind kind, const guint8 **own, const MqRun *run, GError **error)
{
  gpointer value = NULL;

  *own = NULL;
  if (kind != MQ_KIND_ORDERS || self->kinds[kind].masks->len == 0)
    return TRUE;
  if (!mq_dataset_slot (self, "own keys", make_own_keys_cb, &mq_dataset_holder (self)->kinds[kind], g_free, &value, run, error))
    return FALSE;
  *own = value;
  return TRUE;
}

gboolean
mq_dataset_key_rows (MqDataset *self, MqKind kind, const guint8 **rows, const MqRun *run, GError **error)
{
  g_autofree char *slot = g_strdup_printf ("key rows %s", mq_kind_name (kind));
  gpointer         value = NULL;

  if (!mq_dataset_slot (self, slot, make_key_rows_cb, &mq_dataset_holder (self)->kinds[kind], g_free, &value, run, error))
    return FALSE;
  *rows = value;
  return TRUE;
}
