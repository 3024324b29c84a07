/* imports-page.c: the imports, and the rejected rows of the one that is selected. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "import-job.h"
#include "import-list.h"
#include "pages/imports-page.h"
#include "table-view.h"
#include "weak.h"

#define NO_IMPORT 0
#define MAX_CORRECTED 2000 /* rows in an editor; more are exported and corrected elsewhere */

struct _MqImportsPage
{
  MqPage parent_instance;

  GtkStack      *stack;         /* (template) empty busy result failed */
  AdwStatusPage *failed_status; /* (template) */
  GtkLabel      *count;         /* (template) */
  GtkWidget     *undo;          /* (template) */
  MqTableView   *table;         /* (template) */
  GtkLabel      *rejects_title; /* (template) */
  GtkWidget *export;            /* (template) */
  GtkWidget   *correct;         /* (template) */
  GtkStack    *rejects_stack;   /* (template) note table */
  GtkLabel    *rejects_note;    /* (template) */
  MqTableView *rejects_table;   /* (template) */

  MqTable *imports; /* (owned) (nullable) */
  MqTable *rejects; /* (owned) (nullable) of the import selected */
  gint64   shown;   /* number of the import whose rejected rows are shown or asked for, or NO_IMPORT */
  gint64   wanted;  /* number of the import to select when the list is there, or NO_IMPORT */
  guint    listing; /* the newest question for the imports */
  guint    looking; /* the newest question for rejected rows */
};

/* What a callback carries. An answer to an older question is dropped. */
typedef struct
{
  gpointer weak; /* (owned) */
  guint    question;
} Question;

G_DEFINE_FINAL_TYPE (MqImportsPage, mq_imports_page, MQ_TYPE_PAGE)

static Question *
make_question (MqImportsPage *self, guint question)
{
  Question *asked = g_new0 (Question, 1);

  asked->weak = mq_weak_new (self);
  asked->question = question;
  return asked;
}

static gint64
get_integer (MqTable *table, gsize row, const char *column)
{
  return mq_table_integer (table, row, (guint) mq_table_find_column (table, column));
}

/* The row of an import, or -1. */
static gssize
find_import (MqImportsPage *self, gint64 number)
{
  for (gsize row = 0; self->imports != NULL && row < mq_table_n_rows (self->imports); row++)
    {
      if (get_integer (self->imports, row, "number") == number)
        return (gssize) row;
    }
  return -1;
}

static void
show_note (MqImportsPage *self, const char *title, const char *note)
{
  gtk_label_set_text (self->rejects_title, title);
  gtk_label_set_text (self->rejects_note, note);
  gtk_stack_set_visible_child_name (self->rejects_stack, "note");
  gtk_widget_set_sensitive (self->export, FALSE);
  gtk_widget_set_sensitive (self->correct, FALSE);
}

static void
show_rejects (MqImportsPage *self)
{
  g_autofree char *number = mq_format_integer (self->shown);
  gsize            n = mq_table_n_rows (self->rejects);
  g_autofree char *rows = mq_format_integer ((gint64) n);
  /* Translators: the number of an import; how many of its rows were rejected */
  g_autofree char *title = g_strdup_printf (ngettext ("Import %s: %s rejected row", "Import %s: %s rejected rows", n), number, rows);

  if (n == 0)
    {
      show_note (self, title, _ ("Every row of this file was understood."));
      return;
    }
  gtk_label_set_text (self->rejects_title, title);
  mq_table_view_set_table (self->rejects_table, self->rejects, title);
  gtk_stack_set_visible_child_name (self->rejects_stack, "table");
  gtk_widget_set_sensitive (self->export, TRUE);
  gtk_widget_set_sensitive (self->correct, n <= MAX_CORRECTED && !mq_session_is_read_only (mq_page_get_session (MQ_PAGE (self))));
}

static void
rejects_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *asked = user_data;
  g_autoptr (MqImportsPage) self = mq_weak_steal (asked->weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) table = mq_reject_list_finish (result, &error);

  if (self == NULL || asked->question != self->looking)
    return;
  if (table == NULL)
    {
      show_note (self, _ ("Rejected Rows"), error->message);
      return;
    }
  self->rejects = g_steal_pointer (&table);
  show_rejects (self);
}

static void
drop_rejects (MqImportsPage *self)
{
  self->looking++;
  self->shown = NO_IMPORT;
  g_clear_pointer (&self->rejects, mq_table_unref);
  mq_table_view_set_table (self->rejects_table, NULL, NULL);
}

/* Follows the selection. */
static void
selection_changed_cb (MqImportsPage *self)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self));
  gsize      row;
  gboolean   one = self->imports != NULL && mq_table_view_get_selected (self->table, &row);
  gint64     number = one ? get_integer (self->imports, row, "number") : NO_IMPORT;

  gtk_widget_set_sensitive (self->undo, one && !mq_session_is_read_only (session));
  if (one && number == self->shown)
    return;
  drop_rejects (self);
  if (!one)
    {
      show_note (self, _ ("Rejected Rows"), _ ("Select one import to see the rows that it rejected."));
      return;
    }
  self->shown = number;
  show_note (self, _ ("Rejected Rows"), "");
  mq_reject_list_start (mq_session_get_store (session), number, rejects_cb, make_question (self, self->looking));
}

/* Selects the import that was asked for, else the one that was selected before, else the newest. */
static void
select_import (MqImportsPage *self, gint64 before)
{
  gssize row = find_import (self, self->wanted);

  self->wanted = NO_IMPORT;
  if (row < 0)
    row = find_import (self, before);
  mq_table_view_select (self->table, row >= 0 ? (gsize) row : 0);
  selection_changed_cb (self);
}

static void
show_imports (MqImportsPage *self)
{
  gint64           before = self->shown;
  gsize            n = mq_table_n_rows (self->imports);
  g_autofree char *number = mq_format_integer ((gint64) n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s import", "%s imports", n), number);

  drop_rejects (self);
  if (n == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_label_set_text (self->count, text);
  mq_table_view_set_table (self->table, self->imports, mq_page_get_title (MQ_PAGE (self)));
  gtk_stack_set_visible_child_name (self->stack, "result");
  select_import (self, before);
}

/* A status page takes markup; a message is text. */
static void
show_failure (MqImportsPage *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed_status, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
imports_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *asked = user_data;
  g_autoptr (MqImportsPage) self = mq_weak_steal (asked->weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) table = mq_import_list_finish (result, &error);

  if (self == NULL || asked->question != self->listing)
    return;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
  g_clear_pointer (&self->imports, mq_table_unref);
  self->imports = g_steal_pointer (&table);
  if (self->imports != NULL)
    show_imports (self);
  else
    show_failure (self, error->message);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void
ask (MqImportsPage *self)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self));

  if (!mq_session_is_open (session))
    return;
  if (self->imports == NULL)
    gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, TRUE, -1);
  mq_import_list_start (mq_session_get_store (session), imports_cb, make_question (self, ++self->listing));
}

static void
retry_cb (MqImportsPage *self)
{
  ask (self);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportsPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL)
    mq_page_notice (MQ_PAGE (self), error->message);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportsPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  gboolean undone = mq_import_undo_finish (NULL, result, &error);

  if (self == NULL)
    return;
  mq_page_notice (MQ_PAGE (self), undone ? _ ("Import undone") : error->message);
  if (undone)
    mq_session_reload (mq_page_get_session (MQ_PAGE (self)), reloaded_cb, mq_weak_new (self));
  else
    selection_changed_cb (self);
}

static void
undo_cb (MqImportsPage *self)
{
  gsize row;

  if (!mq_table_view_get_selected (self->table, &row))
    return;
  gtk_widget_set_sensitive (self->undo, FALSE);
  mq_import_undo_start (mq_session_get_store (mq_page_get_session (MQ_PAGE (self))), get_integer (self->imports, row, "number"), undone_cb, mq_weak_new (self));
}

static void
export_cb (MqImportsPage *self)
{
  g_autofree char *number = mq_format_integer (self->shown);
  g_autofree char *title = NULL;

  if (self->rejects == NULL)
    return;
  /* Translators: part of a file's name; the number of an import */
  title = g_strdup_printf (_ ("Rejected Rows of Import %s"), number);
  mq_page_export_table (MQ_PAGE (self), MQ_EXPORT_CSV, self->rejects, title);
}

static void
correct_cb (MqImportsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "project.correct-rejects", "x", self->shown);
}

static void
mq_imports_page_update (MqPage *page)
{
  MqImportsPage *self = MQ_IMPORTS_PAGE (page);

  if (mq_session_is_open (mq_page_get_session (page)))
    {
      ask (self);
      return;
    }
  self->listing++;
  self->wanted = NO_IMPORT;
  drop_rejects (self);
  g_clear_pointer (&self->imports, mq_table_unref);
  mq_page_answer_changed (page);
}

static void
mq_imports_page_open (MqPage *page, GVariant *target)
{
  MqImportsPage *self = MQ_IMPORTS_PAGE (page);

  g_variant_lookup (target, "import", "x", &self->wanted);
  ask (self);
}

static MqTable *
mq_imports_page_get_table (MqPage *page)
{
  return MQ_IMPORTS_PAGE (page)->imports;
}

static void
mq_imports_page_dispose (GObject *object)
{
  MqImportsPage *self = MQ_IMPORTS_PAGE (object);

  g_clear_pointer (&self->imports, mq_table_unref);
  g_clear_pointer (&self->rejects, mq_table_unref);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_imports_page_parent_class)->dispose (object);
}

static void
mq_imports_page_class_init (MqImportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MqPageClass    *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_imports_page_dispose;
  page_class->update = mq_imports_page_update;
  page_class->open = mq_imports_page_open;
  page_class->get_table = mq_imports_page_get_table;

  g_type_ensure (MQ_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/imports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, failed_status);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, count);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, undo);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, table);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, rejects_title);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, export);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, correct);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, rejects_stack);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, rejects_note);
  gtk_widget_class_bind_template_child (widget_class, MqImportsPage, rejects_table);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
mq_imports_page_init (MqImportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
