/* import-dialog.c: the import dialog: its steps, and which group of files they show. What is settled stands in the groups
 * (import-group.h), each step is a file of its own. */

#include "config.h"

#include "dialogs/import-dialog.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "dialogs/import-columns-step.h"
#include "dialogs/import-files-step.h"
#include "dialogs/import-preview-step.h"
#include "dialogs/import-result.h"
#include "dialogs/import-rules-step.h"
#include "dialogs/text-dialog.h"
#include "drop-down.h"
#include "import-work.h"
#include "weak.h"

#define PROGRESS_INTERVAL_MS 100

struct _MqImportDialog
{
  AdwWindow parent_instance;

  GtkStack            *stack;         /* (template) planning steps progress failed done */
  AdwWindowTitle      *heading;       /* (template) */
  GtkWidget           *cancel_button; /* (template) */
  GtkWidget           *import_button; /* (template) */
  GtkWidget           *next_button;   /* (template) */
  AdwViewStack        *steps;         /* (template) files columns rules preview */
  AdwViewStackPage    *rules_page;    /* (template) */
  GtkDropDown         *group_choice;  /* (template) */
  GtkLabel            *plan_error;    /* (template) */
  MqImportFilesStep   *files;         /* (template) */
  MqImportColumnsStep *columns;       /* (template) */
  MqImportRulesStep   *rules;         /* (template) */
  MqImportPreviewStep *preview;       /* (template) */
  GtkLabel            *stage;         /* (template) */
  GtkProgressBar      *progress_bar;  /* (template) */
  AdwStatusPage       *failed_status; /* (template) */
  AdwStatusPage       *done_status;   /* (template) */
  GtkListBox          *done_list;     /* (template) */
  GtkWidget           *rejects;       /* (template) */

  MqSession    *session;  /* (owned) */
  GPtrArray    *groups;   /* (owned) (element-type MqImportGroup) */
  guint         chosen;   /* index of the group that the steps show */
  GCancellable *finding;  /* (owned) (nullable) files being looked for */
  MqImportWork *work;     /* (owned) (nullable) the import under way */
  char         *text;     /* (owned) (nullable) path of a file that goes when it is read */
  gint64        number;   /* the first import of those done that rejected rows */
  guint         tick;     /* source of the progress, or 0 */
  gboolean      updating; /* the choice of groups is being filled: its changes are not the user's */
};

enum
{
  SIGNAL_SHOW_REJECTS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqImportDialog, mq_import_dialog, ADW_TYPE_WINDOW)

static void
end_work (MqImportDialog *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->work != NULL)
    g_signal_handlers_disconnect_by_data (self->work, self);
  g_clear_object (&self->work);
}

static const char *
get_zone (MqImportDialog *self)
{
  return mq_session_is_open (self->session) ? mq_session_get_zone (self->session) : mq_import_files_step_get_zone (self->files);
}

static const char *
get_currency (MqImportDialog *self)
{
  return mq_session_is_open (self->session) ? mq_session_get_currency (self->session) : mq_import_files_step_get_currency (self->files);
}

static MqImportGroup *
get_group (MqImportDialog *self)
{
  return self->chosen < self->groups->len ? self->groups->pdata[self->chosen] : NULL;
}

static gboolean
is_ready (MqImportDialog *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (!mq_import_group_is_ready (self->groups->pdata[i]))
      return FALSE;
  return self->groups->len > 0;
}

static void
show_buttons (MqImportDialog *self)
{
  gboolean    steps = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "steps");
  const char *step = adw_view_stack_get_visible_child_name (self->steps);

  gtk_widget_set_visible (self->import_button, steps);
  gtk_widget_set_sensitive (self->import_button, steps && is_ready (self));
  gtk_widget_set_visible (self->next_button, steps && g_strcmp0 (step, "preview") != 0);
}

static void
show_stack (MqImportDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  show_buttons (self);
}

/* The trouble of the group that is seen, else that of another, with its name. */
static void
show_error (MqImportDialog *self)
{
  MqImportGroup   *seen = get_group (self);
  g_autofree char *text = g_strdup (seen != NULL ? seen->error : NULL);

  for (guint i = 0; text == NULL && i < self->groups->len; i++)
    {
      MqImportGroup *group = self->groups->pdata[i];

      text = g_strdup (group->error);
    }
  gtk_label_set_text (self->plan_error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->plan_error), text != NULL);
}

static void
show_group (MqImportDialog *self)
{
  MqImportGroup *group = get_group (self);

  if (group == NULL)
    return;
  mq_import_columns_step_show (self->columns, group);
  mq_import_rules_step_show (self->rules, group);
  mq_import_preview_step_show (self->preview, group);
  adw_view_stack_page_set_visible (self->rules_page, group->recipe->kind == MQ_KIND_ORDERS);
  show_error (self);
  show_buttons (self);
}

static void
show_groups (MqImportDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      g_autofree char *title = mq_import_group_title (self->groups->pdata[i]);

      gtk_string_list_append (titles, title);
    }
  self->updating = TRUE;
  gtk_drop_down_set_model (self->group_choice, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->group_choice, self->chosen);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->group_choice), self->groups->len > 1 && g_strcmp0 (adw_view_stack_get_visible_child_name (self->steps), "files") != 0);
  mq_import_files_step_show (self->files, self->groups, !mq_session_is_open (self->session));
  show_group (self);
}

static void
planned_cb (MqImportDialog *self, MqImportGroup *group)
{
  if (group == get_group (self))
    show_group (self);
  else
    {
      show_error (self);
      show_buttons (self);
    }
}

static void
set_heading (MqImportDialog *self)
{
  const MqImportGroup *first = self->groups->pdata[0];
  guint                n = 0;
  g_autofree char     *title = NULL;

  for (guint i = 0; i < self->groups->len; i++)
    n += ((const MqImportGroup *) self->groups->pdata[i])->files->len;
  title = n == 1 ? g_strdup_printf (_ ("Import “%s”"), ((const MqImportFound *) first->files->pdata[0])->name) : g_strdup_printf (ngettext ("Import %u File", "Import %u Files", n), n);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->heading, title);
}

/* What was settled about another file of these headers does not hold for a text that we wrote. */
static void
forget_file (MqImportRecipe *recipe)
{
  g_clear_pointer (&recipe->encoding, g_free);
  g_clear_pointer (&recipe->sheet, g_free);
  recipe->header_row = 0;
}

static void
remove_text (gpointer path)
{
  mq_text_dialog_remove (path);
  g_free (path);
}

/* Files of the same headers share a group, and with it a mapping. */
static void
take_file (MqImportDialog *self, MqImportFound *found)
{
  MqImportGroup *group;

  if (self->text != NULL)
    forget_file (found->recipe);
  for (guint i = 0; i < self->groups->len; i++)
    if (mq_import_group_accepts (self->groups->pdata[i], found))
      {
        mq_import_group_add (self->groups->pdata[i], found);
        return;
      }
  group = mq_import_group_new (found, get_zone (self), get_currency (self));
  g_ptr_array_add (self->groups, group);
  g_signal_connect_object (group, "planned", G_CALLBACK (planned_cb), self, G_CONNECT_SWAPPED);
  mq_import_group_changed (group, FALSE);
}

/* A status page takes markup; a message is text. */
static void
show_failure (MqImportDialog *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed_status, escaped);
  show_stack (self, "failed");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportDialog) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mq_import_find_finish (result, &error);
  gboolean first;

  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->finding)
    return;
  g_clear_object (&self->finding);
  first = self->groups->len == 0;
  if (found == NULL || (first && found->len == 0))
    {
      show_failure (self, error != NULL ? error->message : _ ("There is no file in it."));
      return;
    }
  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++)
    take_file (self, found->pdata[i]);
  set_heading (self);
  if (first)
    adw_view_stack_set_visible_child_name (self->steps, self->groups->len > 1 || !mq_session_is_open (self->session) ? "files" : "columns");
  show_stack (self, "steps");
  show_groups (self);
}

static void
find_files (MqImportDialog *self, const char *const *paths)
{
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  mq_import_find_start (paths, get_zone (self), get_currency (self), self->finding, found_cb, mq_weak_new (self));
}

static void
picked_cb (GFile *file, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (file);
  const char      *paths[] = { path, NULL };

  if (path != NULL)
    find_files (user_data, paths);
}

static void
add_cb (MqImportDialog *self)
{
  const MqFileType type = mq_import_file_type ();

  mq_file_picker_open (GTK_WIDGET (self), _ ("Add Files"), &type, picked_cb, self);
}

static void
remove_cb (MqImportDialog *self, guint group, guint file)
{
  MqImportGroup *from = group < self->groups->len ? self->groups->pdata[group] : NULL;

  if (from == NULL || file >= from->files->len)
    return;
  if (from->files->len > 1)
    {
      g_ptr_array_remove_index (from->files, file);
      mq_import_group_changed (from, TRUE);
    }
  else
    g_ptr_array_remove_index (self->groups, group);
  self->chosen = MIN (self->chosen, self->groups->len - 1);
  set_heading (self);
  show_groups (self);
}

static void
choose_group (MqImportDialog *self, guint index)
{
  self->chosen = index;
  show_groups (self);
}

static void
chosen_cb (MqImportDialog *self, guint index)
{
  choose_group (self, index);
  adw_view_stack_set_visible_child_name (self->steps, "columns");
}

static void
group_selected_cb (MqImportDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->group_choice);

  if (self->groups == NULL || self->updating || selected >= self->groups->len || selected == self->chosen)
    return;
  choose_group (self, selected);
}

static void
project_changed_cb (MqImportDialog *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      mq_import_group_set_project (self->groups->pdata[i], get_zone (self), get_currency (self));
      mq_import_group_changed (self->groups->pdata[i], FALSE);
    }
}

static void
step_changed_cb (MqImportDialog *self)
{
  if (self->groups == NULL || self->groups->len == 0)
    return; /* still being built */
  gtk_widget_set_visible (GTK_WIDGET (self->group_choice), self->groups->len > 1 && g_strcmp0 (adw_view_stack_get_visible_child_name (self->steps), "files") != 0);
  show_buttons (self);
}

static void
next_cb (MqImportDialog *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->steps);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n; i++)
    {
      if (!gtk_selection_model_is_selected (pages, i))
        continue;
      for (guint k = i + 1; k < n; k++)
        {
          g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), k);

          if (!adw_view_stack_page_get_visible (page))
            continue;
          gtk_selection_model_select_item (pages, k, TRUE);
          return;
        }
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  MqImportDialog  *self = user_data;
  g_autofree char *text = NULL;
  double           fraction = mq_job_get_progress (mq_import_work_get_job (self->work), &text);

  gtk_label_set_text (self->stage, text);
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  return G_SOURCE_CONTINUE;
}

static void
show_outcome (MqImportDialog *self, const GPtrArray *files)
{
  gint64 rejected = mq_import_result_fill (self->done_list, files, &self->number);

  gtk_widget_set_visible (self->rejects, rejected > 0);
  if (rejected > 0)
    adw_status_page_set_description (self->done_status, _ ("Rejected rows are kept in the project with the reason."));
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Close"));
  show_stack (self, "done");
}

static void
finished_cb (MqImportDialog *self, const GPtrArray *files)
{
  end_work (self);
  gtk_widget_set_sensitive (self->cancel_button, TRUE);
  if (files == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (files->len == 1 && ((const MqImportedFile *) files->pdata[0])->error != NULL)
    show_failure (self, ((const MqImportedFile *) files->pdata[0])->error);
  else
    show_outcome (self, files);
}

static void
import_cb (MqImportDialog *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_choice_free);

  for (guint i = 0; i < self->groups->len; i++)
    mq_import_group_list_choices (self->groups->pdata[i], choices);
  self->work = mq_import_work_start (self->session, choices, mq_import_files_step_get_name (self->files));
  g_signal_connect_swapped (self->work, "finished", G_CALLBACK (finished_cb), self);
  if (self->text != NULL)
    g_object_set_data_full (G_OBJECT (self->work), "text", g_strdup (self->text), remove_text);
  show_stack (self, "progress");
  self->tick = g_timeout_add (PROGRESS_INTERVAL_MS, tick_cb, self);
  tick_cb (self);
}

/* Cancel while work runs ends the work first: the dialog closes when it is known what was stored. */
static void
cancel_cb (MqImportDialog *self)
{
  if (self->work != NULL)
    {
      mq_job_cancel (mq_import_work_get_job (self->work));
      gtk_widget_set_sensitive (self->cancel_button, FALSE);
    }
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
rejects_cb (MqImportDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_REJECTS], 0, self->number);
  gtk_window_close (GTK_WINDOW (self));
}

static void
back_cb (MqImportDialog *self)
{
  if (self->groups->len == 0)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_stack (self, "steps");
}

/* The work goes on without the dialog; the window's list of jobs shows it. */
static void
background_cb (MqImportDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* The currency of the user's region, or XXX. */
static char *
guess_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;

  return strlen (symbol) >= 3 ? g_strndup (symbol, 3) : g_strdup ("XXX");
}

static void
fill_project (MqImportDialog *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *currency = guess_currency ();
  char            *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  mq_import_files_step_set_project (self->files, name, mq_zone_system_name (), currency);
}

static void
mq_import_dialog_dispose (GObject *object)
{
  MqImportDialog *self = MQ_IMPORT_DIALOG (object);

  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  if (self->text != NULL && self->work == NULL)
    mq_text_dialog_remove (self->text);
  g_clear_pointer (&self->text, g_free);
  end_work (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), MQ_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (mq_import_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, rules_page);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, group_choice);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, plan_error);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, files);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, rules);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, stage);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, failed_status);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, done_status);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, done_list);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, rejects);
}

static void
mq_import_dialog_class_init (MqImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_import_dialog_dispose;

  signals[SIGNAL_SHOW_REJECTS] = g_signal_new ("show-rejects", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (MQ_TYPE_IMPORT_FILES_STEP);
  g_type_ensure (MQ_TYPE_IMPORT_COLUMNS_STEP);
  g_type_ensure (MQ_TYPE_IMPORT_RULES_STEP);
  g_type_ensure (MQ_TYPE_IMPORT_PREVIEW_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, rejects_cb);
  gtk_widget_class_bind_template_callback (widget_class, background_cb);
  gtk_widget_class_bind_template_callback (widget_class, group_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_import_dialog_init (MqImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  mq_drop_down_name_button (self->group_choice, _ ("Files with the same headers"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->group_choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files with the same headers"), -1);
  g_signal_connect_object (self->files, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "project-changed", G_CALLBACK (project_changed_cb), self, G_CONNECT_SWAPPED);
  show_buttons (self);
}

GtkWidget *
mq_import_dialog_new (GtkWindow *parent, MqSession *session, const char *const *paths)
{
  MqImportDialog  *self = g_object_new (MQ_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *base = g_filename_display_basename (paths[0]);
  g_autofree char *title = g_strdup_printf (_ ("Import “%s”"), base);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->heading, title);
  self->session = g_object_ref (session);
  fill_project (self, paths[0]);
  find_files (self, paths);
  return GTK_WIDGET (self);
}

GtkWidget *
mq_import_dialog_new_for_text (GtkWindow *parent, MqSession *session, const char *path)
{
  GtkWidget *self = mq_import_dialog_new (parent, session, (const char *const[]){ path, NULL });

  MQ_IMPORT_DIALOG (self)->text = g_strdup (path);
  return self;
}

MqFileType
mq_import_file_type (void)
{
  return (MqFileType){ _ ("Tables, archives of them, and web pages"), { "csv", "tsv", "txt", "xlsx", "xls", "json", "jsonl", "ndjson", "html", "htm", "zip", "gz" } };
}
