/* dataset.c: MqDataset as an object: what it knows at once, and the slots in which the rest is made on first use. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/big-memory.h"
#include "base/money.h"

/* Waiting callers look up this often whether they were cancelled. */
#define POLL_MICROSECONDS (20 * 1000)

typedef struct
{
  gboolean       making;
  gboolean       made;
  gpointer       value;
  GDestroyNotify free_func; /* (nullable) */
} Slot;

typedef struct
{
  MqDerive derive;
} DeriveRequest;

static void
free_slot (gpointer data)
{
  Slot *slot = data;

  if (slot->value != NULL && slot->free_func != NULL)
    slot->free_func (slot->value);
  g_free (slot);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
free_kind (MqDatasetKind *kind)
{
  g_free (kind->runs);
  g_free (kind->bases);
  g_free (kind->replaced);
  g_clear_pointer (&kind->masks, g_ptr_array_unref);
}

/* The slot, with `making` set for the caller, or made; NULL if cancelled while another thread makes it. Under the lock. */
static Slot *
claim_slot (MqDataset *self, const char *name, const MqRun *run, GError **error)
{
  Slot *slot = g_tree_lookup (self->slots, name);

  if (slot == NULL)
    {
      slot = g_new0 (Slot, 1);
      g_tree_insert (self->slots, g_strdup (name), slot);
    }
  while (slot->making)
    {
      if (!mq_run_check (run, error))
        return NULL;
      g_cond_wait_until (&self->ready, &self->lock, g_get_monotonic_time () + POLL_MICROSECONDS);
    }
  slot->making = !slot->made;
  return slot;
}

static gpointer
check_memory (gpointer memory, GError **error)
{
  if (memory == NULL)
    g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED, _ ("There is not enough memory for the records of this project. Close other programs and try again."));
  return memory;
}

static gboolean
derive_cb (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error)
{
  const DeriveRequest *request = data;

  *value = request->derive (self, run, error);
  return *value != NULL;
}

MqDataset *
mq_dataset_new (void)
{
  MqDataset *self = g_new0 (MqDataset, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->slots = g_tree_new_full (compare_names_cb, NULL, g_free, free_slot);
  return self;
}

MqDataset *
mq_dataset_ref (MqDataset *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_dataset_unref (MqDataset *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_tree_unref (self->slots);
  g_clear_pointer (&self->base, mq_dataset_unref);
  g_list_free_full (self->parts, (GDestroyNotify) mq_dataset_unref);
  g_clear_pointer (&self->members, mq_strings_unref);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    free_kind (&self->kinds[kind]);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->statuses, g_array_unref);
  g_clear_pointer (&self->traits, g_array_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self->path);
  g_free (self->project_name);
  g_free (self->currency);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self->hash);
  g_free (self);
}

/* In this dataset itself. */
static gboolean
fill_slot (MqDataset *self, const char *name, MqSlotMake make, gconstpointer data, GDestroyNotify free_func, gpointer *value, const MqRun *run, GError **error)
{
  Slot    *slot;
  gpointer fresh = NULL;
  gboolean ok;

  g_mutex_lock (&self->lock);
  slot = claim_slot (self, name, run, error);
  if (slot == NULL || slot->made)
    {
      *value = slot != NULL ? slot->value : NULL;
      g_mutex_unlock (&self->lock);
      return slot != NULL;
    }
  g_mutex_unlock (&self->lock);

  ok = make (self, data, &fresh, run, error);

  g_mutex_lock (&self->lock);
  slot->making = FALSE;
  slot->made = ok;
  slot->value = ok ? fresh : NULL;
  slot->free_func = free_func;
  *value = slot->value;
  g_cond_broadcast (&self->ready);
  g_mutex_unlock (&self->lock);
  return ok;
}

gboolean
mq_dataset_slot (MqDataset *self, const char *name, MqSlotMake make, gconstpointer data, GDestroyNotify free_func, gpointer *value, const MqRun *run, GError **error)
{
  return fill_slot (mq_dataset_holder (self), name, make, data, free_func, value, run, error);
}

gpointer
mq_dataset_slot_peek (MqDataset *self, const char *name)
{
  MqDataset  *holder = mq_dataset_holder (self);
  const Slot *slot;
  gpointer    value;

  g_mutex_lock (&holder->lock);
  slot = g_tree_lookup (holder->slots, name);
  value = slot != NULL && slot->made ? slot->value : NULL;
  g_mutex_unlock (&holder->lock);
  return value;
}

gpointer
mq_dataset_derive (MqDataset *self, const char *name, MqDerive make, GDestroyNotify free_func, const MqRun *run, GError **error)
{
  g_autofree char    *slot = g_strconcat ("derived ", name, NULL);
  const DeriveRequest request = { make };
  gpointer            value;

  return mq_dataset_slot (self, slot, derive_cb, &request, free_func, &value, run, error) ? value : NULL;
}

gpointer
mq_dataset_derive_by_values (MqDataset *self, const char *name, MqDerive make, GDestroyNotify free_func, const MqRun *run, GError **error)
{
  g_autofree char    *slot = g_strconcat ("derived by values ", name, NULL);
  const DeriveRequest request = { make };
  gpointer            value;

  return fill_slot (self, slot, derive_cb, &request, free_func, &value, run, error) ? value : NULL;
}

gpointer
mq_dataset_alloc (gsize n, gsize size, GError **error)
{
  gpointer memory = g_try_malloc_n (MAX (n, 1), size);

  mq_big_hint (memory, n * size);
  return check_memory (memory, error);
}

gpointer
mq_dataset_alloc0 (gsize n, gsize size, GError **error)
{
  gpointer memory = g_try_malloc0_n (MAX (n, 1), size);

  mq_big_hint (memory, n * size);
  return check_memory (memory, error);
}

gint64
mq_dataset_revision (const MqDataset *self)
{
  return self->revision;
}

const char *
mq_dataset_zone_name (const MqDataset *self)
{
  return mq_zone_name (self->zone);
}

const MqZone *
mq_dataset_zone (const MqDataset *self)
{
  return self->zone;
}

const char *
mq_dataset_currency (const MqDataset *self)
{
  return self->currency;
}

int
mq_dataset_currency_digits (const MqDataset *self)
{
  return mq_currency_digits (self->currency);
}

const char *
mq_dataset_value (const MqDataset *self, const char *name)
{
  return g_hash_table_lookup (self->values, name);
}

const char *
mq_dataset_project_name (const MqDataset *self)
{
  return self->project_name;
}

gint64
mq_dataset_newest_import_time (const MqDataset *self)
{
  guint n = self->traits->len;

  return n > 0 ? g_array_index (self->traits, MqImportTraits, n - 1).time : MQ_TIME_MISSING;
}

MqStatus
mq_dataset_status (MqDataset *self, const char *text)
{
  guint low = 0;
  guint high = self->statuses->len;

  while (low < high)
    {
      guint                  middle = low + (high - low) / 2;
      const MqStatusMeaning *meaning = &g_array_index (self->statuses, MqStatusMeaning, middle);
      int                    order = strcmp (meaning->text, text);

      if (order == 0)
        return meaning->status;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return MQ_STATUS_UNKNOWN;
}

void
mq_dataset_count_read (const MqDataset *self, MqKind kind, gint64 *read, gint64 *rejected)
{
  *read = 0;
  *rejected = 0;
  for (guint i = 0; i < self->traits->len; i++)
    {
      const MqImportTraits *traits = &g_array_index (self->traits, MqImportTraits, i);

      if (traits->kind != kind)
        continue;
      *read += traits->rows_read;
      *rejected += traits->rejected;
    }
}

const MqImportTraits *
mq_dataset_import_traits (MqDataset *self, gint64 number)
{
  guint low = 0;
  guint high = self->traits->len;

  while (low < high)
    {
      guint                 middle = low + (high - low) / 2;
      const MqImportTraits *traits = &g_array_index (self->traits, MqImportTraits, middle);

      if (traits->number == number)
        return traits;
      if (traits->number < number)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}
