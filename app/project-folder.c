/* project-folder.c: the application's own folder of projects, and the sample in it. */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <glib/gi18n.h>

#include "base/interactive.h"
#include "project-folder.h"
#include "sample/sample-project.h"

#define SUFFIX ".marquetry"

static gboolean
make_folder (GError **error)
{
  int code;

  mq_assert_may_block ();
  if (g_mkdir_with_parents (mq_project_folder (), 0700) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("The folder %s cannot be made: %s"), mq_project_folder (), g_strerror (code));
  return FALSE;
}

const char *
mq_project_folder (void)
{
  static char *folder;

  if (g_once_init_enter (&folder))
    g_once_init_leave (&folder, g_build_filename (g_get_user_data_dir (), "marquetry", "projects", NULL));
  return folder;
}

GStrv
mq_project_folder_list (void)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (mq_project_folder (), 0, NULL);
  const char *name;

  mq_assert_may_block ();
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (mq_project_folder (), name, NULL);

      if (name[0] != '.' && g_str_has_suffix (name, SUFFIX))
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

char *
mq_project_folder_new_path (const char *name, GError **error)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/", '-');

  if (!make_folder (error))
    return NULL;
  for (guint i = 1;; i++)
    {
      g_autofree char *file = i == 1 ? g_strconcat (safe, SUFFIX, NULL) : g_strdup_printf ("%s %u" SUFFIX, safe, i);
      g_autofree char *path = g_build_filename (mq_project_folder (), file, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

/* Built under a hidden name in a folder of its own, then renamed: an interrupted start leaves no half sample. */
char *
mq_project_folder_make_sample (const MqSample *sample, const char *name, const MqRun *run, GError **error)
{
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (mq_project_folder (), file, NULL);
  g_autofree char *work = NULL;
  g_autofree char *draft = NULL;
  gboolean         made;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  if (!make_folder (error))
    return NULL;
  work = g_build_filename (mq_project_folder (), ".sample-XXXXXX", NULL);
  if (g_mkdtemp (work) == NULL)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("The folder %s cannot be made: %s"), work, g_strerror (code));
      return NULL;
    }
  draft = g_build_filename (work, "sample" SUFFIX, NULL);
  made = mq_sample_make_project (sample, draft, run, error);
  if (made && g_rename (draft, path) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("The sample project cannot be put at %s: %s"), path, g_strerror (code));
      made = FALSE;
      g_unlink (draft);
    }
  g_rmdir (work);
  return made ? g_steal_pointer (&path) : NULL;
}
