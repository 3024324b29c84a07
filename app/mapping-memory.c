/* mapping-memory.c: learnt mappings as files. */

#include "config.h"

#include "mapping-memory.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/interactive.h"

static char *
make_path (const char *fingerprint)
{
  g_autofree char *name = g_strconcat (fingerprint, ".mapping", NULL);

  return g_build_filename (g_get_user_data_dir (), "marquetry", "mappings", name, NULL);
}

MqImportRecipe *
mq_mapping_memory_find (const char *fingerprint)
{
  g_autofree char *path = NULL;

  mq_assert_may_block ();
  if (*fingerprint == '\0')
    return NULL;
  path = make_path (fingerprint);
  return mq_import_recipe_load (path, NULL);
}

gboolean
mq_mapping_memory_keep (const MqImportRecipe *recipe, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  mq_assert_may_block ();
  if (recipe->fingerprint == NULL || *recipe->fingerprint == '\0')
    return TRUE;
  path = make_path (recipe->fingerprint);
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("The folder %s cannot be made: %s"), folder, g_strerror (code));
      return FALSE;
    }
  return mq_import_recipe_save (recipe, path, error);
}
