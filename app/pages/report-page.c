/* report-page.c: the project's report. */

#include "config.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "base/format.h"
#include "drop-down.h"
#include "file-picker.h"
#include "page-stack.h"
#include "pages/report-page.h"
#include "pages/report-row.h"
#include "report-job.h"
#include "weak.h"
#include "wrap-box.h"

/* Words that are being typed are not drawn at every key. */
#define FIRST_SHEETS 2 /* in view at first */
#define PREVIEW_AFTER_MS 250

struct _MqReportPage
{
  MqPage parent_instance;

  MqPageStack *stack;        /* (template) */
  GtkEntry    *report_title; /* (template) */
  GtkDropDown *paper;        /* (template) */
  GtkDropDown *theme;        /* (template) */
  GtkLabel    *count;        /* (template) */
  GtkListBox  *items;        /* (template) */
  GtkLabel    *hint;         /* (template) */
  GtkLabel    *problem;      /* (template) */
  GtkBox      *sheets;       /* (template) */

  MqReportPlan *plan;        /* (owned) as shown */
  MqReportItem *removed;     /* (owned) (nullable) can be put back */
  guint         removed_at;  /* its index */
  GCancellable *cancellable; /* (owned) (nullable) of the newest view */
  guint         timeout;     /* source of the next view, or 0 */
  gboolean      filling;     /* widgets are being filled: their changes are not the user's */
};

static const char *const papers[] = { "a4", "letter" };
static const char *const themes[] = { "print", "light", "dark" };

G_DEFINE_FINAL_TYPE (MqReportPage, mq_report_page, MQ_TYPE_PAGE)

static void show_items (MqReportPage *self, int focused);

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
show_sheets (MqReportPage *self, GPtrArray *textures)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sheets))) != NULL)
    gtk_box_remove (self->sheets, child);
  for (guint i = 0; textures != NULL && i < textures->len; i++)
    {
      GtkWidget       *picture = gtk_picture_new_for_paintable (textures->pdata[i]);
      g_autofree char *name = g_strdup_printf (_ ("Page %u of %u"), i + 1, textures->len);

      gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_add_css_class (picture, "sheet");
      gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
      gtk_widget_set_opacity (picture, i < FIRST_SHEETS ? 1 : 0);
      gtk_box_append (self->sheets, picture);
    }
}

/* Sheets far from the view are not painted: without a GPU GTK 4.8 copies every picture of the page for every frame. */
static gboolean
paint_near_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  float      height = (float) gtk_widget_get_height (view);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t at;
      gboolean        near = gtk_widget_compute_bounds (child, view, &at) && at.origin.y < 1.1f * height && at.origin.y + at.size.height > -0.1f * height;

      gtk_widget_set_opacity (child, near ? 1 : 0);
    }
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (MqReportPage *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self->sheets), paint_near_cb, NULL, NULL);
}

/* Items that were chosen stay in view, whatever became of them; a report of its own accord has nothing else to show. */
static void
show_problem (MqReportPage *self, const GError *error)
{
  gtk_label_set_text (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error != NULL && self->plan->items->len == 0)
    mq_page_stack_show_error (self->stack, error);
  else
    mq_page_stack_show_answer (self->stack);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqReportPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) textures = mq_report_job_preview_finish (result, &error);

  if (self == NULL || self->plan == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->sheets), "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
  show_problem (self, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export", textures != NULL);
  show_sheets (self, textures);
  mq_page_answer_changed (MQ_PAGE (self));
}

static void
cancel_preview (MqReportPage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
preview_cb (gpointer user_data)
{
  MqReportPage *self = user_data;
  MqSession    *session = mq_page_get_session (MQ_PAGE (self));

  self->timeout = 0;
  cancel_preview (self);
  if (!mq_session_is_open (session))
    return;
  self->cancellable = g_cancellable_new ();
  mq_report_job_preview (session, self->plan, gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->cancellable, previewed_cb, mq_weak_new (self));
}

static void
preview_soon (MqReportPage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  gtk_widget_add_css_class (GTK_WIDGET (self->sheets), "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, TRUE, -1);
  self->timeout = g_timeout_add_once (PREVIEW_AFTER_MS, preview_cb, self);
}

static void
keep (MqReportPage *self)
{
  mq_session_set_report (mq_page_get_session (MQ_PAGE (self)), self->plan);
  preview_soon (self);
}

static void
put_back_cb (AdwToast *toast, gpointer user_data)
{
  MqReportPage *self = user_data;

  if (self->removed == NULL || self->plan == NULL)
    return;
  g_ptr_array_insert (self->plan->items, (int) MIN (self->removed_at, self->plan->items->len), g_steal_pointer (&self->removed));
  keep (self);
  show_items (self, (int) self->removed_at);
}

static void
remove_cb (MqReportPage *self, MqReportRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  g_clear_pointer (&self->removed, mq_report_item_free);
  self->removed = g_ptr_array_steal_index (self->plan->items, index);
  self->removed_at = index;
  keep (self);
  show_items (self, (int) index);
  mq_page_offer (MQ_PAGE (self), _ ("Removed from the report"), _ ("_Undo"), 0, G_CALLBACK (put_back_cb), self);
}

static void
move_to_cb (MqReportPage *self, guint target, MqReportRow *row)
{
  guint         index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  MqReportItem *item = g_ptr_array_steal_index (self->plan->items, index);

  g_ptr_array_insert (self->plan->items, (int) target, item);
  keep (self);
  show_items (self, (int) target);
}

static void
edited_cb (MqReportPage *self, MqReportRow *row)
{
  MqReportItem *item = self->plan->items->pdata[gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))];

  set_text (&item->title, mq_report_row_get_title (row));
  set_text (&item->note, mq_report_row_get_note (row));
  keep (self);
}

static void
add_row (MqReportPage *self, guint index)
{
  GtkWidget *row = mq_report_row_new (self->plan->items->pdata[index], index, self->plan->items->len);

  g_signal_connect_object (row, "move-to", G_CALLBACK (move_to_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->items, row);
}

/* `focused`: the index of the row that gets the focus, or -1. */
static void
show_items (MqReportPage *self, int focused)
{
  guint            n = self->plan->items->len;
  g_autofree char *number = mq_format_integer (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s item", "%s items", n), number);
  GtkWidget       *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->items))) != NULL)
    gtk_list_box_remove (self->items, child);
  for (guint i = 0; i < n; i++)
    add_row (self, i);
  gtk_widget_set_visible (GTK_WIDGET (self->items), n > 0);
  gtk_label_set_text (self->count, n > 0 ? text : _ ("All pages that have data"));
  gtk_label_set_text (self->hint, n > 0 ? _ ("The report follows the date, period and shop of the bar above.") : _ ("Nothing was added, so the report has every page that has data, ready to export. To choose, press “Add to Report” on a chart."));
  if (n > 0 && focused >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->items, MIN (focused, (int) n - 1))));
}

static guint
find_name (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i], name))
      return i;
  return 0;
}

/* Letter where the region's paper is as wide as that. */
static const char *
get_default_paper (void)
{
  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER) ? "letter" : "a4";
}

static void
show_plan (MqReportPage *self)
{
  self->filling = TRUE;
  if (*self->plan->paper == '\0')
    set_text (&self->plan->paper, get_default_paper ());
  gtk_editable_set_text (GTK_EDITABLE (self->report_title), self->plan->title);
  gtk_drop_down_set_selected (self->paper, find_name (papers, G_N_ELEMENTS (papers), self->plan->paper));
  gtk_drop_down_set_selected (self->theme, find_name (themes, G_N_ELEMENTS (themes), self->plan->theme));
  show_items (self, -1);
  self->filling = FALSE;
}

static void
look_changed_cb (MqReportPage *self)
{
  if (self->filling || self->plan == NULL)
    return;
  set_text (&self->plan->title, gtk_editable_get_text (GTK_EDITABLE (self->report_title)));
  set_text (&self->plan->paper, papers[gtk_drop_down_get_selected (self->paper)]);
  set_text (&self->plan->theme, themes[gtk_drop_down_get_selected (self->theme)]);
  keep (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqReportPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_report_job_write_finish (result, &error);

  if (self == NULL)
    return;
  if (path != NULL)
    mq_page_notice_file (MQ_PAGE (self), path);
  else
    mq_page_notice (MQ_PAGE (self), error->message);
}

static void
picked_cb (GFile *file, gpointer user_data)
{
  MqReportPage    *self = user_data;
  MqSession       *session = mq_page_get_session (MQ_PAGE (self));
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    mq_page_notice (MQ_PAGE (self), _ ("Choose a folder on this computer."));
  else if (mq_session_is_open (session))
    mq_report_job_write (session, self->plan, path, written_cb, mq_weak_new (self));
}

static void
export_as (MqReportPage *self, const char *suffix)
{
  const struct
  {
    const char *title;
    MqFileType  type;
  } formats[] = {
    { _ ("Export PDF"), { _ ("PDF documents"), { "pdf" } } },
    { _ ("Export PNG"), { _ ("PNG pictures"), { "png" } } },
    { _ ("Export SVG"), { _ ("SVG pictures"), { "svg" } } },
    { _ ("Export HTML"), { _ ("HTML pages"), { "html" } } },
  };
  const char      *title = *self->plan->title != '\0' ? self->plan->title : mq_page_get_title (MQ_PAGE (self));
  g_autofree char *name = g_strdup_printf ("%s - %s.%s", mq_session_get_name (mq_page_get_session (MQ_PAGE (self))), title, suffix);

  g_strdelimit (name, "/\\:*?\"<>|\n", '-');
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].type.suffixes[0], suffix))
      mq_file_picker_save (GTK_WIDGET (self), formats[i].title, name, &formats[i].type, picked_cb, self);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  export_as (MQ_REPORT_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static gboolean
mq_report_page_can_export (MqPage *page, MqExportWhat what)
{
  return (what == MQ_EXPORT_PDF || what == MQ_EXPORT_PNG) && gtk_widget_get_first_child (GTK_WIDGET (MQ_REPORT_PAGE (page)->sheets)) != NULL;
}

static void
mq_report_page_export_to_file (MqPage *page, MqExportWhat what)
{
  export_as (MQ_REPORT_PAGE (page), what == MQ_EXPORT_PDF ? "pdf" : "png");
}

/* Other pages add to the report while this one is not seen. */
static void
read_plan (MqReportPage *self)
{
  g_autoptr (MqReportPlan) plan = mq_session_get_report (mq_page_get_session (MQ_PAGE (self)));
  g_autofree char *text = mq_report_plan_print (plan);
  g_autofree char *shown = self->plan != NULL ? mq_report_plan_print (self->plan) : NULL;

  if (g_strcmp0 (text, shown) == 0)
    return;
  g_clear_pointer (&self->plan, mq_report_plan_free);
  self->plan = g_steal_pointer (&plan);
  show_plan (self);
}

static void
mq_report_page_update (MqPage *page)
{
  MqReportPage *self = MQ_REPORT_PAGE (page);

  g_clear_pointer (&self->removed, mq_report_item_free);
  if (mq_session_is_open (mq_page_get_session (page)))
    {
      read_plan (self);
      preview_soon (self);
      return;
    }
  cancel_preview (self);
  g_clear_pointer (&self->plan, mq_report_plan_free);
  show_sheets (self, NULL);
}

static void
mq_report_page_map (GtkWidget *widget)
{
  MqReportPage *self = MQ_REPORT_PAGE (widget);

  GTK_WIDGET_CLASS (mq_report_page_parent_class)->map (widget);
  if (mq_session_is_open (mq_page_get_session (MQ_PAGE (self))))
    {
      read_plan (self);
      preview_soon (self);
    }
}

static void
mq_report_page_dispose (GObject *object)
{
  MqReportPage *self = MQ_REPORT_PAGE (object);

  cancel_preview (self);
  g_clear_pointer (&self->plan, mq_report_plan_free);
  g_clear_pointer (&self->removed, mq_report_item_free);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_report_page_parent_class)->dispose (object);
}

static void
mq_report_page_class_init (MqReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MqPageClass    *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_report_page_dispose;
  widget_class->map = mq_report_page_map;
  page_class->obeys_scope = TRUE;
  page_class->update = mq_report_page_update;
  page_class->can_export = mq_report_page_can_export;
  page_class->export_to_file = mq_report_page_export_to_file;

  g_type_ensure (MQ_TYPE_PAGE_STACK);
  g_type_ensure (MQ_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, report_title);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, paper);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, theme);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, count);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, items);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, hint);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, MqReportPage, sheets);
  gtk_widget_class_bind_template_callback (widget_class, look_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_soon);
  gtk_widget_class_install_action (widget_class, "report.export", "s", export_action);
}

static void
mq_report_page_init (MqReportPage *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  mq_page_stack_show_answer (self->stack);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self->sheets), GTK_TYPE_SCROLLED_WINDOW)));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  mq_drop_down_name_button (self->paper, _ ("Paper"));
  mq_drop_down_name_button (self->theme, _ ("Theme"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export", FALSE);
}
