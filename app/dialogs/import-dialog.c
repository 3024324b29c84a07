/* import-dialog.c: the import dialog. A change of the kind or of a column plans anew with the changes so far; the newest
 * plan only is shown. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "base/format.h"
#include "dialogs/column-choices.h"
#include "dialogs/import-dialog.h"
#include "drop-down.h"
#include "import-work.h"
#include "weak.h"

#define PROGRESS_INTERVAL_MS 100

struct _MqImportDialog
{
  AdwWindow parent_instance;

  GtkStack            *stack;         /* (template) planning mapping progress failed done */
  GtkWidget           *cancel_button; /* (template) */
  GtkWidget           *import_button; /* (template) */
  AdwComboRow         *kind;          /* (template) */
  AdwActionRow        *detected;      /* (template) */
  AdwPreferencesGroup *project_group; /* (template) */
  GtkEditable         *project_name;  /* (template) */
  GtkEditable         *zone;          /* (template) */
  GtkEditable         *currency;      /* (template) */
  AdwPreferencesGroup *columns_group; /* (template) */
  AdwPreferencesGroup *proofs_group;  /* (template) */
  GtkLabel            *proofs;        /* (template) */
  GtkLabel            *plan_error;    /* (template) */
  GtkLabel            *stage;         /* (template) */
  GtkProgressBar      *progress_bar;  /* (template) */
  AdwStatusPage       *failed_status; /* (template) */
  AdwStatusPage       *done_status;   /* (template) */
  GtkListBox          *done_list;     /* (template) */
  GtkWidget           *rejects;       /* (template) */

  MqSession    *session;     /* (owned) */
  char         *path;        /* (owned) */
  GHashTable   *overrides;   /* (owned) field name to column number from 1, 0: nowhere */
  GPtrArray    *column_rows; /* (owned) (element-type GtkWidget) borrowed rows of columns_group */
  GStrv         choices;     /* (owned) names for the drop-downs */
  MqImportPlan *plan;        /* (owned) (nullable) shown */
  GCancellable *planning;    /* (owned) (nullable) the newest plan under way */
  MqImportWork *work;        /* (owned) (nullable) the import under way */
  gint64        number;      /* of the import done */
  guint         tick;        /* source of the progress, or 0 */
  gboolean      updating;    /* rows are being filled: their changes are not the user's */
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
  return mq_session_is_open (self->session) ? mq_session_get_zone (self->session) : gtk_editable_get_text (self->zone);
}

static const char *
get_currency (MqImportDialog *self)
{
  return mq_session_is_open (self->session) ? mq_session_get_currency (self->session) : gtk_editable_get_text (self->currency);
}

static GStrv
make_map (MqImportDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) fields = g_list_sort (g_hash_table_get_keys (self->overrides), (GCompareFunc) strcmp);

  for (GList *l = fields; l != NULL; l = l->next)
    {
      guint            column = GPOINTER_TO_UINT (g_hash_table_lookup (self->overrides, l->data));
      g_autofree char *entry = column > 0 ? g_strdup_printf ("%s=#%u", (char *) l->data, column) : g_strdup_printf ("%s=", (char *) l->data);

      g_strv_builder_add (builder, entry);
    }
  return g_strv_builder_end (builder);
}

static const char *
get_column_field (const MqImportColumn *column)
{
  if (g_str_has_prefix (column->field, "prop:") || g_str_has_prefix (column->field, "attr:"))
    return "";
  return column->field;
}

static void plan (MqImportDialog *self);

/* `fields` may name several ("amount, quantity": a column that is a factor too). */
static void
set_overrides (MqImportDialog *self, const char *fields, guint column)
{
  g_auto (GStrv) names = g_strsplit (fields, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] != '\0')
        g_hash_table_replace (self->overrides, g_strdup (names[i]), GUINT_TO_POINTER (column));
    }
}

static void
field_selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  MqImportDialog *self = user_data;
  guint           column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop_down), "column"));
  guint           selected = gtk_drop_down_get_selected (drop_down);
  const char     *before;

  if (self->updating || self->plan == NULL || selected >= g_strv_length (self->choices))
    return;
  before = get_column_field (self->plan->columns->pdata[column]);
  if (g_str_equal (before, self->choices[selected]))
    return;
  set_overrides (self, before, 0);
  set_overrides (self, self->choices[selected], column + 1);
  plan (self);
}

/* (transfer full) "Amount, Quantity" for "amount, quantity", in the drop-down's words. */
static char *
describe_fields (MqImportDialog *self, GtkStringList *titles, const char *fields)
{
  g_auto (GStrv) names = g_strsplit (fields, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      for (guint k = 0; self->choices[k] != NULL; k++)
        {
          if (!g_str_equal (self->choices[k], names[i]))
            continue;
          g_free (names[i]);
          names[i] = g_strdup (gtk_string_list_get_string (titles, k));
          break;
        }
    }
  return g_strjoinv (", ", names);
}

/* Index of the field in the drop-down; several fields of one column are an entry of their own at its end. */
static guint
find_choice (MqImportDialog *self, GtkDropDown *drop_down, const char *fields)
{
  GtkStringList   *titles = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));
  guint            n = g_strv_length (self->choices);
  g_autofree char *several = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (self->choices[i], fields))
        return i;
    }
  several = describe_fields (self, titles, fields);
  gtk_string_list_splice (titles, n, g_list_model_get_n_items (G_LIST_MODEL (titles)) - n, (const char *const[]){ several, NULL });
  return n;
}

static char *
describe_column (const MqImportColumn *column)
{
  g_autofree char *examples = g_strjoinv (" · ", column->examples);
  GString         *text = g_string_new (examples);

  if (*column->format != '\0')
    g_string_append_printf (text, " (%s)", column->format);
  if (*column->missing != '\0')
    g_string_append_printf (text, _ (" – missing: %s"), column->missing);
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_column_row (MqImportDialog *self, guint index, const char *const *titles)
{
  const MqImportColumn *column = self->plan->columns->pdata[index];
  GtkWidget            *row = adw_action_row_new ();
  GtkWidget            *drop_down = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (titles)), NULL);
  g_autofree char      *subtitle = describe_column (column);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->header);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), find_choice (self, GTK_DROP_DOWN (drop_down), get_column_field (column)));
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, column->header, -1);
  mq_drop_down_name_button (GTK_DROP_DOWN (drop_down), column->header);
  g_object_set_data (G_OBJECT (drop_down), "column", GUINT_TO_POINTER (index));
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (field_selected_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop_down);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop_down);
  gtk_widget_add_css_class (row, "mapping-row");
  g_object_set_data (G_OBJECT (row), "drop-down", drop_down);
  return row;
}

/* Rows stay while kind and columns are the same, so that the focus does; only their content follows the plan. */
static void
update_column_rows (MqImportDialog *self)
{
  for (guint i = 0; i < self->column_rows->len; i++)
    {
      const MqImportColumn *column = self->plan->columns->pdata[i];
      GtkDropDown          *drop_down = g_object_get_data (self->column_rows->pdata[i], "drop-down");
      g_autofree char      *subtitle = describe_column (column);

      adw_action_row_set_subtitle (self->column_rows->pdata[i], subtitle);
      gtk_drop_down_set_selected (drop_down, find_choice (self, drop_down, get_column_field (column)));
    }
}

static void
make_column_rows (MqImportDialog *self)
{
  g_auto (GStrv) titles = NULL;

  for (guint i = 0; i < self->column_rows->len; i++)
    adw_preferences_group_remove (self->columns_group, self->column_rows->pdata[i]);
  g_ptr_array_set_size (self->column_rows, 0);
  g_clear_pointer (&self->choices, g_strfreev);
  self->choices = mq_column_choices (adw_combo_row_get_selected (self->kind), &titles);
  for (guint i = 0; i < self->plan->columns->len; i++)
    {
      GtkWidget *row = make_column_row (self, i, (const char *const *) titles);

      g_ptr_array_add (self->column_rows, row);
      adw_preferences_group_add (self->columns_group, row);
    }
}

static const char *
name_delimiter (const char *delimiter)
{
  if (g_str_equal (delimiter, ","))
    return _ ("comma");
  if (g_str_equal (delimiter, ";"))
    return _ ("semicolon");
  if (g_str_equal (delimiter, "\t"))
    return _ ("tab");
  if (g_str_equal (delimiter, "blanks"))
    return _ ("blanks");
  return delimiter;
}

static void
show_plan (MqImportDialog *self)
{
  g_autofree char *detected = g_strdup_printf (self->plan->has_header ? _ ("%s · separated by %s · with a header") : _ ("%s · separated by %s · without a header"), self->plan->encoding, name_delimiter (self->plan->delimiter));
  g_autoptr (GString) proofs = g_string_new (NULL);

  for (guint i = 0; i < self->plan->proofs->len; i++)
    g_string_append_printf (proofs, "%s%s", i > 0 ? "\n" : "", (char *) self->plan->proofs->pdata[i]);
  self->updating = TRUE;
  adw_action_row_set_subtitle (self->detected, detected);
  if (self->choices == NULL || self->column_rows->len != self->plan->columns->len)
    make_column_rows (self);
  else
    update_column_rows (self);
  self->updating = FALSE;
  gtk_label_set_text (self->proofs, proofs->str);
  gtk_widget_set_visible (GTK_WIDGET (self->proofs_group), proofs->len > 0);
  gtk_stack_set_visible_child_name (self->stack, "mapping");
}

/* A status page takes markup; a message is text. */
static void
show_failure (MqImportDialog *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed_status, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  gtk_widget_set_visible (self->import_button, FALSE);
}

static void
set_plan_error (MqImportDialog *self, const char *message)
{
  gtk_label_set_text (self->plan_error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->plan_error), message != NULL);
  gtk_widget_set_sensitive (self->import_button, message == NULL);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportDialog) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportPlan) new_plan = mq_import_plan_finish (result, &error);

  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->planning)
    return;
  g_clear_object (&self->planning);
  if (new_plan != NULL)
    {
      g_clear_pointer (&self->plan, mq_import_plan_free);
      self->plan = g_steal_pointer (&new_plan);
      set_plan_error (self, NULL);
      show_plan (self);
    }
  else if (self->plan != NULL)
    set_plan_error (self, error->message);
  else
    show_failure (self, error->message);
}

static void
plan (MqImportDialog *self)
{
  g_auto (GStrv) map = make_map (self);
  MqImportChoice choice = {
    .path = self->path,
    .kind = adw_combo_row_get_selected (self->kind),
    .map = map,
    .zone = get_zone (self),
    .currency = get_currency (self),
  };

  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  self->planning = g_cancellable_new ();
  gtk_widget_set_sensitive (self->import_button, FALSE);
  mq_import_plan_start (&choice, self->planning, planned_cb, mq_weak_new (self));
}

static void
kind_changed_cb (MqImportDialog *self)
{
  if (self->path == NULL)
    return; /* still being built */
  g_hash_table_remove_all (self->overrides);
  g_clear_pointer (&self->choices, g_strfreev);
  plan (self);
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
add_figure (MqImportDialog *self, const char *title, gint64 value)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = mq_format_integer (value);
  GtkWidget       *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->done_list, row);
}

static void
show_outcome (MqImportDialog *self, const MqImportOutcome *outcome)
{
  add_figure (self, _ ("Rows read"), outcome->read);
  add_figure (self, _ ("Stored"), outcome->stored);
  add_figure (self, _ ("Updated"), outcome->updated);
  add_figure (self, _ ("Unchanged"), outcome->unchanged);
  add_figure (self, _ ("Rejected"), outcome->rejected);
  self->number = outcome->number;
  gtk_widget_set_visible (self->rejects, outcome->rejected > 0);
  if (outcome->rejected > 0)
    adw_status_page_set_description (self->done_status, _ ("Rejected rows are kept in the project with the reason."));
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Close"));
  gtk_stack_set_visible_child_name (self->stack, "done");
}

static void
finished_cb (MqImportDialog *self, const MqImportOutcome *outcome, const GError *error)
{
  end_work (self);
  if (outcome != NULL)
    show_outcome (self, outcome);
  else if (error != NULL)
    show_failure (self, error->message);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
import_cb (MqImportDialog *self)
{
  g_auto (GStrv) map = make_map (self);
  MqImportChoice choice = {
    .path = self->path,
    .kind = adw_combo_row_get_selected (self->kind),
    .map = map,
    .zone = get_zone (self),
    .currency = get_currency (self),
  };

  self->work = mq_import_work_start (self->session, &choice, gtk_editable_get_text (self->project_name));
  g_signal_connect_swapped (self->work, "finished", G_CALLBACK (finished_cb), self);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  self->tick = g_timeout_add (PROGRESS_INTERVAL_MS, tick_cb, self);
  tick_cb (self);
}

/* Cancel while work runs ends the work first: the dialog closes when it is known that nothing was stored. */
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
  if (self->plan == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_visible (self->import_button, TRUE);
  gtk_widget_set_sensitive (self->import_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "mapping");
}

/* The work goes on without the dialog; the window's list of jobs shows it. */
static void
background_cb (MqImportDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static MqKind
guess_kind (const char *path)
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
  };
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *folded = g_utf8_strdown (base, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (folded, words[i].word) != NULL)
        return words[i].kind;
    }
  return MQ_KIND_ORDERS;
}

/* The currency of the user's region, or XXX. */
static char *
guess_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;

  return strlen (symbol) >= 3 ? g_strndup (symbol, 3) : g_strdup ("XXX");
}

static void
fill_kinds (MqImportDialog *self, const char *path)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (guint i = 0; i < MQ_N_KINDS; i++)
    gtk_string_list_append (kinds, _ (mq_kind_title (i)));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->kind, guess_kind (path));
}

static void
fill_project (MqImportDialog *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *currency = guess_currency ();
  char            *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  gtk_editable_set_text (self->project_name, name);
  gtk_editable_set_text (self->zone, mq_zone_system_name ());
  gtk_editable_set_text (self->currency, currency);
  gtk_widget_set_visible (GTK_WIDGET (self->project_group), !mq_session_is_open (self->session));
}

static void
mq_import_dialog_dispose (GObject *object)
{
  MqImportDialog *self = MQ_IMPORT_DIALOG (object);

  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  end_work (self);
  g_clear_pointer (&self->plan, mq_import_plan_free);
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->overrides, g_hash_table_unref);
  g_clear_pointer (&self->column_rows, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), MQ_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (mq_import_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, detected);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, project_group);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, project_name);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, zone);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, currency);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, proofs_group);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, proofs);
  gtk_widget_class_bind_template_child (widget_class, MqImportDialog, plan_error);
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

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, rejects_cb);
  gtk_widget_class_bind_template_callback (widget_class, background_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_import_dialog_init (MqImportDialog *self)
{
  self->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->column_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mq_import_dialog_new (GtkWindow *parent, MqSession *session, const char *path)
{
  MqImportDialog  *self = g_object_new (MQ_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_ ("Import “%s”"), base);

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->session = g_object_ref (session);
  fill_kinds (self, path);
  fill_project (self, path);
  self->path = g_strdup (path);
  plan (self);
  return GTK_WIDGET (self);
}
