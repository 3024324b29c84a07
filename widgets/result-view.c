/* result-view.c: chart and table twin. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chart-view.h"
#include "result-view.h"
#include "table-view.h"

/* A long finding wraps; it does not decide how wide the card wants to be. */
#define TITLE_CHARS 24

struct _MqResultView
{
  AdwBin parent_instance;

  GtkLabel    *title;    /* (borrowed) */
  GtkLabel    *subtitle; /* (borrowed) */
  GtkBox      *titles;   /* (borrowed) */
  GtkStack    *stack;    /* (borrowed) */
  MqChartView *chart;    /* (borrowed) */
  MqTableView *table;    /* (borrowed) */
  GtkWidget   *report;   /* (borrowed) "Add to Report" */
};

enum
{
  SIGNAL_ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqResultView, mq_result_view, ADW_TYPE_BIN)

static void
mark_activated_cb (MqResultView *self, guint64 row, guint column)
{
  g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, row);
}

static void
table_row_activated_cb (MqResultView *self, guint64 row)
{
  g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, row);
}

static void
toggled_cb (MqResultView *self, GtkToggleButton *table_button)
{
  gboolean as_table = gtk_toggle_button_get_active (table_button);

  gtk_stack_set_visible_child (self->stack, as_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->chart));
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), as_table); /* the chart draws its own */
}

static GtkWidget *
make_toggle (const char *icon, const char *name, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  return button;
}

static GtkWidget *
make_toggles (MqResultView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *chart = make_toggle ("mq-bars-symbolic", _ ("Show as chart"), NULL);
  GtkWidget *table = make_toggle ("mq-table-symbolic", _ ("Show as table"), chart);

  gtk_widget_add_css_class (box, "linked");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chart), TRUE);
  g_signal_connect_object (table, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (box), table);
  return box;
}

static GtkWidget *
make_report_button (MqResultView *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("mq-report-add-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Add to Report"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add to Report"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  self->report = button;
  return button;
}

static GtkLabel *
add_label (GtkBox *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static GtkWidget *
make_header (MqResultView *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *toggles = make_toggles (self);

  self->titles = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->title = add_label (self->titles, "heading");
  gtk_label_set_max_width_chars (self->title, TITLE_CHARS);
  self->subtitle = add_label (self->titles, "caption");
  gtk_label_set_max_width_chars (self->subtitle, TITLE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->titles), TRUE);
  gtk_widget_set_valign (toggles, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->titles));
  gtk_box_append (GTK_BOX (header), make_report_button (self));
  gtk_box_append (GTK_BOX (header), toggles);
  return header;
}

static void
mq_result_view_class_init (MqResultViewClass *klass)
{
  signals[SIGNAL_ROW_ACTIVATED] =
      g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
mq_result_view_init (MqResultView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->chart = MQ_CHART_VIEW (mq_chart_view_new ());
  self->table = MQ_TABLE_VIEW (mq_table_view_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->chart));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->table));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "chart-card");
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->chart, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (table_row_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mq_result_view_new (void)
{
  return g_object_new (MQ_TYPE_RESULT_VIEW, NULL);
}

MqChart *
mq_result_view_get_chart (MqResultView *self)
{
  g_return_val_if_fail (MQ_IS_RESULT_VIEW (self), NULL);

  return mq_chart_view_get_chart (self->chart);
}

void
mq_result_view_set_chart (MqResultView *self, MqChart *chart)
{
  const char *title = chart != NULL ? mq_chart_title (chart) : "";
  const char *subtitle = chart != NULL ? mq_chart_subtitle (chart) : "";

  g_return_if_fail (MQ_IS_RESULT_VIEW (self));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->report), "s", chart != NULL ? mq_chart_id (chart) : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->report), "page.add-to-report");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  mq_chart_view_set_chart (self->chart, chart);
  mq_table_view_set_table (self->table, chart != NULL ? mq_chart_table (chart) : NULL, title);
}

void
mq_result_view_set_lines (MqResultView *self, double lines)
{
  g_return_if_fail (MQ_IS_RESULT_VIEW (self));

  mq_chart_view_set_lines (self->chart, lines);
}

void
mq_result_view_set_extra (MqResultView *self, GtkWidget *extra)
{
  g_return_if_fail (MQ_IS_RESULT_VIEW (self));

  gtk_widget_set_halign (extra, GTK_ALIGN_START);
  gtk_box_append (self->titles, extra);
}
