/* report-row.c: one item of the report. */

#include "config.h"

#include <glib/gi18n.h>

#include "analysis.h"
#include "chart/chart.h"
#include "pages/report-row.h"

struct _MqReportRow
{
  AdwExpanderRow parent_instance;

  char        *subject; /* (owned) what is shown when there is no title */
  AdwEntryRow *title;   /* (borrowed) */
  AdwEntryRow *note;    /* (borrowed) */
  guint        index;
  guint        n_rows;
};

enum
{
  SIGNAL_MOVE_TO,
  SIGNAL_REMOVE,
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqReportRow, mq_report_row, ADW_TYPE_EXPANDER_ROW)

/* Of an analysis and one of its charts: "RFM: Customers by segment". (transfer full) */
static char *
name_subject (const MqReportItem *item)
{
  const MqAnalysis *analysis = mq_analysis_find (item->module);
  const char       *page = analysis != NULL ? _ (analysis->title) : item->module;

  if (*item->chart == '\0')
    /* Translators: %s is a page, such as RFM */
    return g_strdup_printf (_ ("%s: the whole page"), page);
  /* Translators: a page, such as RFM, and one of its charts */
  return g_strdup_printf (_ ("%s: %s"), page, mq_charts_name (item->module, item->chart));
}

static void
show_titles (MqReportRow *self)
{
  const char      *title = mq_report_row_get_title (self);
  g_autofree char *first = g_markup_escape_text (*title != '\0' ? title : self->subject, -1);
  g_autofree char *second = g_markup_escape_text (*title != '\0' ? self->subject : mq_report_row_get_note (self), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), first);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, *title != '\0' ? title : self->subject, -1);
}

static void
edited_cb (MqReportRow *self)
{
  show_titles (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
move_by (MqReportRow *self, int delta)
{
  gint64 target = (gint64) self->index + delta;

  if (target >= 0 && target < self->n_rows)
    g_signal_emit (self, signals[SIGNAL_MOVE_TO], 0, (guint) target);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (MQ_REPORT_ROW (widget), -1);
}

static void
down_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (MQ_REPORT_ROW (widget), 1);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static GdkContentProvider *
prepare_cb (MqReportRow *self)
{
  return gdk_content_provider_new_typed (MQ_TYPE_REPORT_ROW, self);
}

static void
drag_begin_cb (MqReportRow *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (MqReportRow *self, const GValue *value)
{
  MqReportRow *dragged = g_value_get_object (value);

  if (dragged == NULL || dragged == self || gtk_widget_get_parent (GTK_WIDGET (dragged)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (dragged, signals[SIGNAL_MOVE_TO], 0, self->index);
  return TRUE;
}

static GtkWidget *
make_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_handles (MqReportRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (MQ_TYPE_REPORT_ROW, GDK_ACTION_MOVE);
  GtkWidget     *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_set_tooltip_text (handle, _ ("Drag to another place, or press Ctrl+Up and Ctrl+Down"));
  gtk_widget_add_css_class (handle, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), handle);
  /* what is added last stands first */
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), make_button ("user-trash-symbolic", _ ("Remove from Report"), "item.remove"));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), make_button ("go-down-symbolic", _ ("Move Down"), "item.down"));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), make_button ("go-up-symbolic", _ ("Move Up"), "item.up"));
}

static AdwEntryRow *
add_entry (MqReportRow *self, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return ADW_ENTRY_ROW (row);
}

static void
mq_report_row_finalize (GObject *object)
{
  g_free (MQ_REPORT_ROW (object)->subject);

  G_OBJECT_CLASS (mq_report_row_parent_class)->finalize (object);
}

static void
mq_report_row_class_init (MqReportRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mq_report_row_finalize;

  signals[SIGNAL_MOVE_TO] = g_signal_new ("move-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "item.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "item.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "item.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_CONTROL_MASK, "item.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_CONTROL_MASK, "item.down", NULL);
}

static void
mq_report_row_init (MqReportRow *self)
{
}

GtkWidget *
mq_report_row_new (const MqReportItem *item, guint index, guint n_rows)
{
  MqReportRow *self = g_object_new (MQ_TYPE_REPORT_ROW, NULL);

  self->subject = name_subject (item);
  self->index = index;
  self->n_rows = n_rows;
  add_handles (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "item.up", index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "item.down", index + 1 < n_rows);
  self->title = add_entry (self, _ ("Title"), item->title);
  self->note = add_entry (self, _ ("Note under the chart"), item->note);
  show_titles (self);
  return GTK_WIDGET (self);
}

const char *
mq_report_row_get_title (MqReportRow *self)
{
  g_return_val_if_fail (MQ_IS_REPORT_ROW (self), "");

  return self->title != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->title)) : "";
}

const char *
mq_report_row_get_note (MqReportRow *self)
{
  g_return_val_if_fail (MQ_IS_REPORT_ROW (self), "");

  return self->note != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->note)) : "";
}
