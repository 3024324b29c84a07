/* import-files-step.c: the list of files. */

#include "config.h"

#include "dialogs/import-files-step.h"

#include <glib/gi18n.h>

#include "dialogs/export-places.h"

struct _MqImportFilesStep
{
  AdwBin parent_instance;

  AdwPreferencesPage  *page;
  AdwPreferencesGroup *project_group;
  GtkEditable         *name;
  GtkEditable         *zone;
  GtkEditable         *currency;
  GPtrArray           *groups; /* (owned) (element-type GtkWidget) borrowed preference groups of files */
};

enum
{
  SIGNAL_ADD,
  SIGNAL_CHOSEN,
  SIGNAL_REMOVE,
  SIGNAL_PROJECT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqImportFilesStep, mq_import_files_step, ADW_TYPE_BIN)

static guint
get_number (gpointer object, const char *name)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, name));
}

static void
remove_cb (GtkWidget *button, MqImportFilesStep *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0, get_number (button, "group"), get_number (button, "file"));
}

static void
chosen_cb (GtkWidget *row, MqImportFilesStep *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_number (row, "group"));
}

static void
add_cb (MqImportFilesStep *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0);
}

static void
project_changed_cb (MqImportFilesStep *self)
{
  g_signal_emit (self, signals[SIGNAL_PROJECT_CHANGED], 0);
}

static GtkWidget *
make_file_row (MqImportFilesStep *self, const MqImportGroup *group, guint group_index, guint index, gboolean only)
{
  const MqImportFound *file = group->files->pdata[index];
  GtkWidget           *row = adw_action_row_new ();
  GtkWidget           *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char     *title = g_markup_escape_text (file->name, -1);
  g_autofree char     *path = g_filename_display_name (file->path); /* a folder's name may be no UTF-8 */
  g_autofree char     *subtitle = g_markup_escape_text (file->error != NULL ? file->error : path, -1);
  /* Translators: a button that takes a file off the list; %s is its name */
  g_autofree char *name = g_strdup_printf (_ ("Leave Out %s"), file->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Leave Out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (button, !only);
  g_object_set_data (G_OBJECT (button), "group", GUINT_TO_POINTER (group_index));
  g_object_set_data (G_OBJECT (button), "file", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "group", GUINT_TO_POINTER (group_index));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (row, "activated", G_CALLBACK (chosen_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
add_group (MqImportFilesStep *self, const MqImportGroup *group, guint index, gboolean only)
{
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (rows, _ (mq_kind_title (group->recipe->kind)));
  adw_preferences_group_set_description (rows, group->learnt ? _ ("Known from an earlier file with the same headers.") : group->files->len > 1 ? _ ("The same headers: one mapping for all of them.")
                                                                                                                                               : "");
  for (guint i = 0; i < group->files->len; i++)
    adw_preferences_group_add (rows, make_file_row (self, group, index, i, only && group->files->len == 1));
  g_ptr_array_add (self->groups, rows);
  adw_preferences_page_add (self->page, rows);
}

static void
add_button (MqImportFilesStep *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget           *button = gtk_button_new_with_mnemonic (_ ("_Add Files…"));
  GtkWidget           *places = gtk_button_new_with_label (_ ("Where Do I Find My Export?"));

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_cb), self);
  gtk_widget_add_css_class (places, "flat");
  g_signal_connect (places, "clicked", G_CALLBACK (mq_export_places_show), NULL);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), places);
  adw_preferences_group_add (group, box);
  g_ptr_array_add (self->groups, group);
  adw_preferences_page_add (self->page, group);
}

void
mq_import_files_step_show (MqImportFilesStep *self, const GPtrArray *groups, gboolean is_new)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->project_group), is_new);
  for (guint i = 0; i < groups->len; i++)
    add_group (self, groups->pdata[i], i, groups->len == 1);
  add_button (self);
}

void
mq_import_files_step_set_project (MqImportFilesStep *self, const char *name, const char *zone, const char *currency)
{
  gtk_editable_set_text (self->name, name);
  gtk_editable_set_text (self->zone, zone);
  gtk_editable_set_text (self->currency, currency);
}

const char *
mq_import_files_step_get_name (MqImportFilesStep *self)
{
  return gtk_editable_get_text (self->name);
}

const char *
mq_import_files_step_get_zone (MqImportFilesStep *self)
{
  return gtk_editable_get_text (self->zone);
}

const char *
mq_import_files_step_get_currency (MqImportFilesStep *self)
{
  return gtk_editable_get_text (self->currency);
}

static GtkEditable *
add_entry (MqImportFilesStep *self, const char *title, gboolean watched)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (self->project_group, row);
  if (watched)
    g_signal_connect_swapped (row, "changed", G_CALLBACK (project_changed_cb), self);
  return GTK_EDITABLE (row);
}

static void
mq_import_files_step_dispose (GObject *object)
{
  g_clear_pointer (&MQ_IMPORT_FILES_STEP (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (mq_import_files_step_parent_class)->dispose (object);
}

static void
mq_import_files_step_class_init (MqImportFilesStepClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_import_files_step_dispose;

  signals[SIGNAL_ADD] = g_signal_new ("add", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_PROJECT_CHANGED] = g_signal_new ("project-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_import_files_step_init (MqImportFilesStep *self)
{
  self->groups = g_ptr_array_new ();
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->project_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->project_group, _ ("New Project"));
  self->name = add_entry (self, _ ("Name"), FALSE);
  self->zone = add_entry (self, _ ("Time zone"), TRUE);
  self->currency = add_entry (self, _ ("Currency (three letters)"), TRUE);
  adw_preferences_page_add (self->page, self->project_group);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}
