/* order-trial.c: files are read into a throw-away project and its orders are counted. */

#include "config.h"

#include "orders/order-trial.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "project/project.h"

/* A folder that goes with what is in it. */
typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) of the project */
} Place;

static void
clear_place (Place *place)
{
  if (place->path != NULL)
    {
      g_autofree char *lock = g_strconcat (place->path, ".lock", NULL);

      g_unlink (place->path);
      g_unlink (lock);
    }
  if (place->folder != NULL)
    g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, clear_place)

static gboolean
make_place (Place *place, GError **error)
{
  place->folder = g_dir_make_tmp ("marquetry-XXXXXX", error);
  if (place->folder == NULL)
    return FALSE;
  place->path = g_build_filename (place->folder, "trial.marquetry", NULL);
  return TRUE;
}

/* The beginning of a text file up to the last line end within `limit` bytes, or NULL if it is not larger. A line end
 * inside quotes may cut the last record: then that one row is rejected. */
static GBytes *
read_beginning (const char *path, gint64 limit, const MqRun *run, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (file, run != NULL ? run->cancellable : NULL, error);
  g_autofree char *data = in != NULL ? g_try_malloc ((gsize) limit + 1) : NULL;
  gsize            n = 0;

  if (data == NULL || !g_input_stream_read_all (G_INPUT_STREAM (in), data, (gsize) limit + 1, &n, run != NULL ? run->cancellable : NULL, error) || n <= (gsize) limit)
    return NULL;
  while (n > 0 && data[n - 1] != '\n')
    n--;
  return n > 0 ? g_bytes_new_take (g_steal_pointer (&data), n) : NULL;
}

static MqImportDraft *
read_draft (const char *path, const MqImportOptions *options, const MqImportPlan *plan, gint64 limit, gboolean *is_part, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) beginning = NULL;
  g_autoptr (GInputStream) in = NULL;
  g_autofree char *name = g_path_get_basename (path);

  if (limit > 0 && strcmp (plan->format, "text") == 0 && options->part == NULL && !g_str_has_prefix (plan->encoding, "UTF-16") && !g_str_has_prefix (plan->encoding, "UTF-32"))
    beginning = read_beginning (path, limit, run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  *is_part = beginning != NULL;
  if (beginning == NULL)
    return mq_importer_read (path, options, NULL, run, error);
  in = g_memory_input_stream_new_from_bytes (beginning);
  return mq_importer_read_stream (in, name, options, NULL, run, error);
}

static gboolean
count_orders (MqProject *project, MqOrderTotals *totals, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_project_load (project, run, error);
  const MqOrderBook *book = dataset != NULL ? mq_order_book_get (dataset, run, error) : NULL;

  return book != NULL && mq_order_totals (book, G_MAXINT64, totals, run, error);
}

static MqStatusCount *
find_status (GPtrArray *statuses, const char *text)
{
  for (guint i = 0; i < statuses->len; i++)
    if (strcmp (((MqStatusCount *) statuses->pdata[i])->text, text) == 0)
      return statuses->pdata[i];
  return NULL;
}

static int
compare_statuses_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const MqStatusCount *const *) a)->text, (*(const MqStatusCount *const *) b)->text);
}

static void
add_statuses (MqOrderTrial *self, MqImportDraft *draft)
{
  for (guint i = 0; i < draft->statuses->len; i++)
    {
      MqStatusCount *count = draft->statuses->pdata[i];
      MqStatusCount *known = find_status (self->statuses, count->text);

      if (known != NULL)
        known->rows += count->rows;
      else
        {
          MqStatusCount *copy = g_memdup2 (count, sizeof *count);

          copy->text = g_strdup (count->text);
          g_ptr_array_add (self->statuses, copy);
        }
    }
  g_ptr_array_sort (self->statuses, compare_statuses_cb);
}

static gboolean
import_file (MqOrderTrial *self, MqProject *project, const MqOrderTrialFile *file, const MqImportOptions *options, const MqImportPlan *plan, gint64 limit, const MqRun *run, GError **error)
{
  MqImportOptions own = *options;
  MqImportOutcome outcome;
  gboolean        is_part;
  g_autoptr (MqImportDraft) draft = NULL;

  own.part = file->part;
  draft = read_draft (file->path, &own, plan, limit, &is_part, run, error);
  if (draft == NULL)
    return FALSE;
  if (self->statuses->len == 0 && self->rows == 0)
    {
      self->amount_of = draft->amount_of;
      self->refund_is_net = draft->refund_is_net;
    }
  self->is_part |= is_part;
  self->rows += draft->rows_read;
  self->rejected += draft->rejects->len;
  add_statuses (self, draft);
  return mq_project_commit_import (project, draft, FALSE, &outcome, run, error);
}

MqOrderTrial *
mq_order_trial_run (const MqOrderTrialFile *files, guint n_files, const MqImportOptions *options, const MqImportPlan *plan, gint64 limit, const MqRun *run, GError **error)
{
  g_autoptr (MqOrderTrial) self = g_new0 (MqOrderTrial, 1);
  g_auto (Place) place = { NULL };
  MqProject *project;
  gboolean   done = TRUE;

  self->statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_status_count_free);
  if (!make_place (&place, error))
    return NULL;
  project = mq_project_create (place.path, options->project_zone, options->currency, error);
  if (project == NULL)
    return NULL;
  for (guint i = 0; i < n_files && done; i++)
    done = import_file (self, project, &files[i], options, plan, limit > 0 ? MAX (limit / n_files, 1) : 0, run, error);
  done = done && count_orders (project, &self->totals, run, error);
  done = mq_project_close (project, done ? error : NULL) && done;
  return done ? g_steal_pointer (&self) : NULL;
}

void
mq_order_trial_free (MqOrderTrial *self)
{
  if (self->statuses != NULL)
    g_ptr_array_unref (self->statuses);
  g_free (self);
}
