/* segments-page.c: the list of saved segments. */

#include "config.h"

#include "pages/segments-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "dialogs/segment-dialog.h"
#include "jobs/job-queue.h"
#include "pages/customers-window.h"
#include "table-view.h"
#include "weak.h"
#include "wrap-box.h"

#define SPACING 12

struct _MqSegmentsPage
{
  MqPage parent_instance;

  GtkStack    *stack; /* (borrowed) empty list */
  GtkLabel    *count; /* (borrowed) */
  MqTableView *table; /* (borrowed) */
  GPtrArray   *needy; /* (owned) (nullable) (element-type GtkWidget) what needs a selected segment; NULL: disposed */
  GPtrArray   *write; /* (owned) (element-type GtkWidget) and a project that can be written */
};

G_DEFINE_FINAL_TYPE (MqSegmentsPage, mq_segments_page, MQ_TYPE_PAGE)

/* What becomes of the customers of a segment when they are known. */
typedef struct
{
  gpointer     page; /* (owned) mq_weak */
  char        *name; /* (owned) */
  gboolean     show;
  MqExportWhat what;
} Listing;

typedef struct
{
  MqDataset *dataset; /* (owned) */
  char      *name;    /* (owned) */
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  mq_dataset_unref (question->dataset);
  g_free (question->name);
  g_free (question);
}

/* (transfer none) (nullable) */
static const char *
get_selected (MqSegmentsPage *self)
{
  MqTable *segments = mq_table_view_get_table (self->table);
  gsize    row;

  return segments != NULL && mq_table_view_get_selected (self->table, &row) ? mq_table_text (segments, row, 0) : NULL;
}

static void
selection_changed_cb (MqSegmentsPage *self)
{
  gboolean one, writable;

  if (self->needy == NULL)
    return;
  one = get_selected (self) != NULL;
  writable = !mq_session_is_read_only (mq_page_get_session (MQ_PAGE (self)));
  for (guint i = 0; i < self->needy->len; i++)
    gtk_widget_set_sensitive (self->needy->pdata[i], one);
  for (guint i = 0; i < self->write->len; i++)
    gtk_widget_set_sensitive (self->write->pdata[i], one && writable);
}

/* Worker. */
static gpointer
list_members (gpointer data, const MqRun *run, GError **error)
{
  Question *question = data;

  return mq_dataset_list_members (question->dataset, question->name, run, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Listing *listing = user_data;
  g_autoptr (MqPage) page = mq_weak_steal (listing->page);
  g_autofree char *name = listing->name;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqTable) members = mq_worker_run_finish (result, &error);

  if (page == NULL)
    return;
  if (members == NULL)
    mq_page_notice (page, error->message);
  else if (listing->show)
    mq_customers_window_present (page, members);
  else
    mq_page_export_table (page, listing->what, members, name);
}

static void
list (MqSegmentsPage *self, gboolean show, MqExportWhat what)
{
  MqDataset  *dataset = mq_session_get_dataset (mq_page_get_session (MQ_PAGE (self)));
  const char *name = get_selected (self);
  Listing    *listing;
  Question   *question;

  if (dataset == NULL || name == NULL)
    return;
  listing = g_new0 (Listing, 1);
  *listing = (Listing){ mq_weak_new (self), g_strdup (name), show, what };
  question = g_new0 (Question, 1);
  *question = (Question){ mq_dataset_ref (dataset), g_strdup (name) };
  mq_worker_run (list_members, question, free_question, (GDestroyNotify) mq_table_unref, NULL, listed_cb, listing);
}

static void
show_cb (MqSegmentsPage *self)
{
  list (self, TRUE, MQ_EXPORT_CSV);
}

static void
export_csv_cb (MqSegmentsPage *self)
{
  list (self, FALSE, MQ_EXPORT_CSV);
}

static void
export_xlsx_cb (MqSegmentsPage *self)
{
  list (self, FALSE, MQ_EXPORT_XLSX);
}

static void
filter_cb (MqSegmentsPage *self)
{
  MqSession       *session = mq_page_get_session (MQ_PAGE (self));
  const char      *name = get_selected (self);
  g_autofree char *text = NULL;
  g_auto (MqScopeChoice) scope = { 0 };

  if (name == NULL)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (session));
  g_free (scope.segment);
  scope.segment = g_strdup (name);
  text = g_strdup_printf (_ ("Every page shows only the customers of “%s”"), name);
  mq_session_set_scope (session, &scope);
  mq_page_notice (MQ_PAGE (self), text);
}

static void
rename_cb (MqSegmentsPage *self)
{
  if (get_selected (self) != NULL)
    mq_segment_dialog_rename (MQ_PAGE (self), get_selected (self));
}

static void
delete_cb (MqSegmentsPage *self)
{
  if (get_selected (self) != NULL)
    mq_segment_delete (MQ_PAGE (self), get_selected (self));
}

static void
show_segments (MqSegmentsPage *self)
{
  MqTable         *segments = mq_session_get_segments (mq_page_get_session (MQ_PAGE (self)));
  gsize            n = segments != NULL ? mq_table_n_rows (segments) : 0;
  g_autofree char *number = mq_format_integer (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s segment", "%s segments", (gulong) n), number);

  if (self->needy == NULL)
    return;
  mq_table_view_set_table (self->table, segments, mq_page_get_title (MQ_PAGE (self)));
  gtk_label_set_text (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (n > 0 && get_selected (self) == NULL)
    mq_table_view_select (self->table, 0);
  selection_changed_cb (self);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void
mq_segments_page_update (MqPage *page)
{
  show_segments (MQ_SEGMENTS_PAGE (page));
}

static MqTable *
mq_segments_page_get_table (MqPage *page)
{
  MqTable *segments = mq_session_get_segments (mq_page_get_session (page));

  return segments != NULL && mq_table_n_rows (segments) > 0 ? segments : NULL;
}

static GtkWidget *
add_button (MqSegmentsPage *self, GtkWidget *bar, GPtrArray *list, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_widget_set_sensitive (button, FALSE);
  g_ptr_array_add (list, button);
  gtk_widget_set_parent (button, bar);
  return button;
}

static GtkWidget *
make_bar (MqSegmentsPage *self)
{
  GtkWidget *bar = mq_wrap_box_new ();

  g_object_set (bar, "spacing", SPACING, NULL);
  gtk_widget_add_css_class (bar, "list-bar");
  self->count = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->count), bar);
  add_button (self, bar, self->needy, _ ("_Show Customers"), G_CALLBACK (show_cb));
  add_button (self, bar, self->needy, _ ("Use as _Filter"), G_CALLBACK (filter_cb));
  add_button (self, bar, self->needy, _ ("Export _CSV…"), G_CALLBACK (export_csv_cb));
  add_button (self, bar, self->needy, _ ("Export _XLSX…"), G_CALLBACK (export_xlsx_cb));
  add_button (self, bar, self->write, _ ("_Rename…"), G_CALLBACK (rename_cb));
  add_button (self, bar, self->write, _ ("_Delete"), G_CALLBACK (delete_cb));
  return bar;
}

static GtkWidget *
make_list (MqSegmentsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->table = MQ_TABLE_VIEW (mq_table_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  g_signal_connect_swapped (self->table, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  g_signal_connect_swapped (self->table, "row-activated", G_CALLBACK (show_cb), self);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  return box;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "view-list-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("No Segments Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _ ("Click a bar or a cell of a chart to see the customers behind it, and save them as a segment: a list that filters every page and can be exported."));
  return status;
}

static void
mq_segments_page_constructed (GObject *object)
{
  MqSegmentsPage *self = MQ_SEGMENTS_PAGE (object);

  G_OBJECT_CLASS (mq_segments_page_parent_class)->constructed (object);

  g_signal_connect_object (mq_page_get_session (MQ_PAGE (self)), "segments-changed", G_CALLBACK (show_segments), self, G_CONNECT_SWAPPED);
}

static void
mq_segments_page_dispose (GObject *object)
{
  MqSegmentsPage *self = MQ_SEGMENTS_PAGE (object);

  g_clear_pointer (&self->needy, g_ptr_array_unref);
  g_clear_pointer (&self->write, g_ptr_array_unref);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_segments_page_parent_class)->dispose (object);
}

static void
mq_segments_page_class_init (MqSegmentsPageClass *klass)
{
  MqPageClass *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = mq_segments_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = mq_segments_page_dispose;
  page_class->update = mq_segments_page_update;
  page_class->get_table = mq_segments_page_get_table;
}

static void
mq_segments_page_init (MqSegmentsPage *self)
{
  self->needy = g_ptr_array_new ();
  self->write = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}
