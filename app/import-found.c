/* import-found.c: the files behind paths. */

#include "config.h"

#include "import-found.h"

#include <string.h>

#include "jobs/job-queue.h"
#include "mapping-memory.h"

typedef struct
{
  GStrv paths;    /* (owned) */
  char *zone;     /* (owned) */
  char *currency; /* (owned) */
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;

  g_strfreev (search->paths);
  g_free (search->zone);
  g_free (search->currency);
  g_free (search);
}

/* What a file's name says where its headers do not. */
static gboolean
guess_kind (const char *name, MqKind *kind)
{
  static const struct
  {
    const char *word;
    MqKind      kind;
  } words[] = {
    { "customer", MQ_KIND_CUSTOMERS },
    { "客户", MQ_KIND_CUSTOMERS },
    { "会员", MQ_KIND_CUSTOMERS },
    { "event", MQ_KIND_EVENTS },
    { "行为", MQ_KIND_EVENTS },
    { "message", MQ_KIND_MESSAGES },
    { "feedback", MQ_KIND_FEEDBACK },
    { "评价", MQ_KIND_FEEDBACK },
    { "spend", MQ_KIND_SPEND },
    { "消耗", MQ_KIND_SPEND },
    { "order", MQ_KIND_ORDERS },
    { "订单", MQ_KIND_ORDERS },
  };
  g_autofree char *folded = g_utf8_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i].word) != NULL)
      {
        *kind = words[i].kind;
        return TRUE;
      }
  return FALSE;
}

static void
settle_recipe (MqImportFound *self)
{
  MqKind kind = self->look != NULL ? self->look->kind : MQ_KIND_ORDERS;

  if (self->look != NULL)
    self->recipe = mq_mapping_memory_find (self->look->fingerprint);
  self->learnt = self->recipe != NULL;
  if (self->learnt)
    return;
  guess_kind (self->name, &kind);
  self->recipe = mq_import_recipe_new (kind);
}

/* FALSE: cancelled. What is wrong with the file stands in it. */
static gboolean
add_file (GPtrArray *all, const Search *search, const char *path, const char *part, const MqRun *run, GError **error)
{
  MqImportFound  *found = g_new0 (MqImportFound, 1);
  MqImportOptions options = { .part = part, .project_zone = search->zone, .currency = search->currency };
  g_autoptr (GError) local = NULL;

  found->path = g_strdup (path);
  found->part = g_strdup (part);
  found->name = g_filename_display_basename (part != NULL ? part : path);
  found->look = mq_import_look (path, &options, run, &local);
  if (local != NULL)
    found->error = g_strdup (local->message);
  settle_recipe (found);
  g_ptr_array_add (all, found);
  return mq_run_check (run, error);
}

static gboolean
add_path (GPtrArray *all, const Search *search, const char *path, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) parts = mq_importer_parts (path, run, &local);
  gboolean is_folder = parts != NULL && g_file_test (path, G_FILE_TEST_IS_DIR);

  if (parts == NULL)
    return add_file (all, search, path, NULL, run, error);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *file = is_folder ? g_build_filename (path, parts[i], NULL) : g_strdup (path);

      if (!add_file (all, search, file, is_folder || *parts[i] == '\0' ? NULL : parts[i], run, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
find_files (gpointer data, const MqRun *run, GError **error)
{
  const Search *search = data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_found_free);

  for (guint i = 0; search->paths[i] != NULL; i++)
    if (!add_path (all, search, search->paths[i], run, error))
      return NULL;
  return g_steal_pointer (&all);
}

static void
free_list (gpointer data)
{
  g_ptr_array_unref (data);
}

void
mq_import_found_free (MqImportFound *self)
{
  g_free (self->path);
  g_free (self->part);
  g_free (self->name);
  g_clear_pointer (&self->look, mq_import_look_free);
  g_free (self->error);
  g_clear_pointer (&self->recipe, mq_import_recipe_free);
  g_free (self);
}

void
mq_import_find_start (const char *const *paths, const char *zone, const char *currency, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Search *search = g_new0 (Search, 1);
  MqRun   run = { .cancellable = cancellable };

  search->paths = g_strdupv ((char **) paths);
  search->zone = g_strdup (zone);
  search->currency = g_strdup (currency);
  mq_worker_run (find_files, search, free_search, free_list, &run, callback, user_data);
}

GPtrArray *
mq_import_find_finish (GAsyncResult *result, GError **error)
{
  return mq_worker_run_finish (result, error);
}
