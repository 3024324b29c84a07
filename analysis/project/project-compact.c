/* project-compact.c: many runs to few. Runs of one kind with the same columns become one; runs with other columns stay
 * apart, for a row whose run lacks a column inherits what it replaced, which a missing cell would not. */

#include "config.h"

#include "project/project-rewrite.h"

#include <glib/gi18n-lib.h>

/* (element-type MqReplacement): one for each set of columns that two runs or more have */
static GPtrArray *
group_parts (const MqLedger *ledger)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_replacement_free);
  g_autoptr (GHashTable) by_signature = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      g_autofree char *signature = mq_rewrite_signature (mq_ledger_part (ledger, i));
      MqReplacement   *group = g_hash_table_lookup (by_signature, signature);

      if (group == NULL)
        {
          group = mq_replacement_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_signature, g_steal_pointer (&signature), group);
        }
      g_array_append_val (group->parts, i);
    }
  for (guint i = groups->len; i-- > 0;)
    if (((MqReplacement *) groups->pdata[i])->parts->len < 2)
      g_ptr_array_remove_index (groups, i);
  return groups;
}

static gboolean
compact_kind (MqProject *self, MqKind kind, const MqRun *run, GError **error)
{
  g_autoptr (MqLedger) ledger = mq_ledger_load (self->db, kind, run, error);
  g_autoptr (GPtrArray) groups = ledger != NULL ? group_parts (ledger) : NULL;
  g_autoptr (MqSpill) spill = NULL;

  if (groups == NULL || groups->len == 0)
    return groups != NULL;
  spill = mq_spill_new (error);
  for (guint i = 0; spill != NULL && i < groups->len; i++)
    if (!mq_replacement_stage (groups->pdata[i], spill, ledger, run, error))
      return FALSE;
  if (spill == NULL || !mq_project_begin_write (self, FALSE, error))
    return FALSE;
  return mq_project_end_write (self, mq_replacements_write (self->db, ledger, groups, run, error), error);
}

gboolean
mq_project_compact (MqProject *self, const MqRun *run, GError **error)
{
  mq_run_stage (run, N_ ("Compacting"), 0);
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    if (!compact_kind (self, kind, run, error))
      return FALSE;
  mq_project_trim (self);
  return TRUE;
}
