/* mapping-file.c: open and save, each by the system's file chooser. */

#include "config.h"

#include "dialogs/mapping-file.h"

#include <glib/gi18n.h>

#include "file-picker.h"
#include "message.h"

#define GROUP "mapping-group"

static MqFileType
get_type (void)
{
  return (MqFileType){ _ ("Mappings"), { "mapping" } };
}

static MqImportGroup *
get_group (GtkWidget *self)
{
  return g_object_get_data (G_OBJECT (self), GROUP);
}

/* All that holds for the file, also what was found in it. (transfer full) */
static char *
print_recipe (MqImportGroup *group)
{
  g_autoptr (MqImportRecipe) recipe = mq_import_recipe_copy (group->recipe);

  if (group->plan != NULL)
    mq_import_recipe_settle (recipe, group->plan);
  if (group->look != NULL && recipe->fingerprint == NULL)
    recipe->fingerprint = g_strdup (group->look->fingerprint);
  return mq_import_recipe_print (recipe);
}

static void
write_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError     *error = NULL;
  const char *path = g_object_get_data (G_OBJECT (task), "path");

  if (g_file_set_contents_full (path, task_data, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    mq_message_show (GTK_WIDGET (source), _ ("The Mapping Was Not Saved"), error->message);
}

static void
save_picked_cb (GFile *file, gpointer user_data)
{
  GtkWidget     *self = user_data;
  MqImportGroup *group = get_group (self);
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  if (group == NULL)
    return;
  g_task_set_task_data (task, print_recipe (group), g_free);
  g_object_set_data_full (G_OBJECT (task), "path", g_file_get_path (file), g_free);
  g_task_run_in_thread (task, write_cb);
}

static void
save_cb (GtkWidget *self)
{
  const MqFileType type = get_type ();
  MqImportGroup   *group = get_group (self);
  g_autofree char *name = NULL;

  if (group == NULL)
    return;
  name = g_strdup_printf ("%s.mapping", ((const MqImportFound *) group->files->pdata[0])->name);
  g_strdelimit (name, "/\\:*?\"<>|\n", '-');
  mq_file_picker_save (self, _ ("Save Mapping"), name, &type, save_picked_cb, self);
}

static void
read_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError         *error = NULL;
  MqImportRecipe *recipe = mq_import_recipe_load (task_data, &error);

  if (recipe != NULL)
    g_task_return_pointer (task, recipe, (GDestroyNotify) mq_import_recipe_free);
  else
    g_task_return_error (task, error);
}

/* What is settled holds for these headers from now on, whatever file it was made for. */
static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportGroup) asked = user_data;
  MqImportRecipe *recipe = g_task_propagate_pointer (G_TASK (result), &error);

  if (recipe == NULL)
    {
      mq_message_show (GTK_WIDGET (source), _ ("The Mapping Was Not Read"), error->message);
      return;
    }
  g_free (recipe->fingerprint);
  recipe->fingerprint = asked->look != NULL ? g_strdup (asked->look->fingerprint) : NULL;
  mq_import_group_take_recipe (asked, recipe);
  mq_import_group_changed (asked, TRUE);
}

static void
open_picked_cb (GFile *file, gpointer user_data)
{
  MqImportGroup *group = get_group (user_data);
  g_autoptr (GTask) task = NULL;

  if (group == NULL)
    return;
  task = g_task_new (user_data, NULL, read_done_cb, g_object_ref (group));
  g_task_set_task_data (task, g_file_get_path (file), g_free);
  g_task_run_in_thread (task, read_cb);
}

static void
open_cb (GtkWidget *self)
{
  const MqFileType type = get_type ();

  mq_file_picker_open (self, _ ("Open Mapping"), &type, open_picked_cb, self);
}

static void
add_button (GtkWidget *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (self), button);
}

GtkWidget *
mq_mapping_buttons_new (void)
{
  GtkWidget *self = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_valign (self, GTK_ALIGN_CENTER);
  add_button (self, "document-open-symbolic", _ ("Open Mapping…"), G_CALLBACK (open_cb));
  add_button (self, "document-save-symbolic", _ ("Save Mapping…"), G_CALLBACK (save_cb));
  return self;
}

void
mq_mapping_buttons_set_group (GtkWidget *self, MqImportGroup *group)
{
  g_object_set_data_full (G_OBJECT (self), GROUP, g_object_ref (group), g_object_unref);
}
