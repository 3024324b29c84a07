/* import-draft.c: an import on its way to the project; the names of status meanings. */

#include "config.h"

#include "project/import-draft.h"

#include <string.h>

static const char *const status_names[MQ_N_STATUSES] = {
  "unpaid", "paid", "shipped", "completed", "closed", "refunded", "partly-refunded"
};

const char *
mq_status_name (MqStatus status)
{
  g_return_val_if_fail (status >= MQ_STATUS_UNKNOWN && status < MQ_N_STATUSES, NULL);
  return status == MQ_STATUS_UNKNOWN ? "unknown" : status_names[status];
}

gboolean
mq_status_from_name (const char *name, MqStatus *status)
{
  for (int i = 0; i < MQ_N_STATUSES; i++)
    if (strcmp (status_names[i], name) == 0)
      {
        *status = i;
        return TRUE;
      }
  return FALSE;
}

MqImportDraft *
mq_import_draft_new (MqKind kind)
{
  MqImportDraft *self = g_new0 (MqImportDraft, 1);

  self->kind = kind;
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_staged_run_free);
  self->statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_status_count_free);
  self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_reject_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
mq_import_draft_free (MqImportDraft *self)
{
  g_ptr_array_unref (self->runs);
  g_ptr_array_unref (self->statuses);
  g_ptr_array_unref (self->rejects);
  g_ptr_array_unref (self->warnings);
  g_clear_pointer (&self->spill, mq_spill_free);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->mapping);
  g_free (self);
}

void
mq_reject_free (MqReject *reject)
{
  g_free (reject->reason);
  g_free (reject->text);
  g_free (reject);
}

void
mq_status_count_free (MqStatusCount *count)
{
  g_free (count->text);
  g_free (count);
}
