/* recent-projects.c: a key file, one group a project. */

#include "config.h"

#include <sys/stat.h>
#include <glib/gstdio.h>

#include "base/civil-time.h"
#include "base/interactive.h"
#include "project-folder.h"
#include "recent-projects.h"

#define MAX_NOTED 30

static GMutex list_lock; /* the file */

static char *
get_list_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "marquetry", "recent.ini", NULL);
}

static GKeyFile *
load_list (void)
{
  GKeyFile        *list = g_key_file_new ();
  g_autofree char *path = get_list_path ();
  g_autoptr (GError) error = NULL;

  mq_assert_may_block ();
  if (!g_key_file_load_from_file (list, path, G_KEY_FILE_NONE, &error))
    g_debug ("No list of projects: %s", error->message);
  return list;
}

/* A path as the name of a group, which knows no brackets. */
static char *
make_group (const char *path)
{
  return g_uri_escape_string (path, "/", TRUE);
}

/* FALSE if the file is not there any more. */
static gboolean
look_at_file (MqRecentProject *project)
{
  GStatBuf info;

  if (g_stat (project->path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  project->modified = (gint64) info.st_mtime * MQ_SECOND;
  project->size = info.st_size;
  return TRUE;
}

static void
add_noted (GPtrArray *projects, GKeyFile *list, const char *group)
{
  g_autofree char *path = g_uri_unescape_string (group, NULL);
  MqRecentProject *project;

  if (path == NULL)
    return;
  project = mq_recent_project_new (path);
  project->opened = g_key_file_get_int64 (list, group, "opened", NULL);
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    project->rows[kind] = g_key_file_get_int64 (list, group, mq_kind_name (kind), NULL);
  if (look_at_file (project))
    g_ptr_array_add (projects, project);
  else
    mq_recent_project_free (project);
}

static gboolean
holds_path (const GPtrArray *projects, const char *path)
{
  for (guint i = 0; i < projects->len; i++)
    {
      if (g_str_equal (((MqRecentProject *) projects->pdata[i])->path, path))
        return TRUE;
    }
  return FALSE;
}

static void
add_of_folder (GPtrArray *projects)
{
  g_auto (GStrv) paths = mq_project_folder_list ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      MqRecentProject *project;

      if (holds_path (projects, paths[i]))
        continue;
      project = mq_recent_project_new (paths[i]);
      if (look_at_file (project))
        g_ptr_array_add (projects, project);
      else
        mq_recent_project_free (project);
    }
}

static gint64
get_time (const MqRecentProject *project)
{
  return project->opened != 0 ? project->opened : project->modified;
}

static int
compare_projects (gconstpointer a, gconstpointer b)
{
  const MqRecentProject *x = *(const MqRecentProject *const *) a;
  const MqRecentProject *y = *(const MqRecentProject *const *) b;

  if (get_time (x) != get_time (y))
    return get_time (x) < get_time (y) ? 1 : -1;
  return g_utf8_collate (x->name, y->name);
}

/* Forgets the projects opened longest ago. */
static void
trim_list (GKeyFile *list)
{
  for (;;)
    {
      g_auto (GStrv) groups = g_key_file_get_groups (list, NULL);
      const char *oldest = NULL;
      gint64      least = G_MAXINT64;

      if (g_strv_length (groups) <= MAX_NOTED)
        return;
      for (guint i = 0; groups[i] != NULL; i++)
        {
          gint64 opened = g_key_file_get_int64 (list, groups[i], "opened", NULL);

          if (opened < least)
            {
              least = opened;
              oldest = groups[i];
            }
        }
      g_key_file_remove_group (list, oldest, NULL);
    }
}

MqRecentProject *
mq_recent_project_new (const char *path)
{
  MqRecentProject *self = g_new0 (MqRecentProject, 1);

  self->path = g_strdup (path);
  self->name = mq_project_file_name (path);
  return self;
}

void
mq_recent_project_free (MqRecentProject *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

GPtrArray *
mq_recent_projects_list (void)
{
  GPtrArray *projects = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_recent_project_free);
  g_autoptr (GKeyFile) list = NULL;
  g_auto (GStrv) groups = NULL;

  g_mutex_lock (&list_lock);
  list = load_list ();
  g_mutex_unlock (&list_lock);
  groups = g_key_file_get_groups (list, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    add_noted (projects, list, groups[i]);
  add_of_folder (projects);
  g_ptr_array_sort (projects, compare_projects);
  return projects;
}

gboolean
mq_recent_projects_note (const MqRecentProject *project)
{
  g_autofree char *path = get_list_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *group = make_group (project->path);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&list_lock);
  g_autoptr (GKeyFile) list = load_list ();
  g_autoptr (GError) error = NULL;

  g_key_file_set_int64 (list, group, "opened", project->opened);
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    g_key_file_set_int64 (list, group, mq_kind_name (kind), project->rows[kind]);
  trim_list (list);
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_key_file_save_to_file (list, path, &error))
    return TRUE;
  g_debug ("The list of projects was not written: %s", error != NULL ? error->message : folder);
  return FALSE;
}

char *
mq_project_file_name (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  char            *dot = g_utf8_strrchr (base, -1, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_steal_pointer (&base);
}
