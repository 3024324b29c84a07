/* result-view.c: chart and table twin. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chart-view.h"
#include "result-actions.h"
#include "result-view.h"
#include "series-toggles.h"
#include "table-view.h"
#include "text-lines.h"

/* A long finding wraps; it does not decide how wide the card wants to be. */
#define TITLE_CHARS 24

struct _MqResultView
{
  AdwBin parent_instance;

  MqTextLines *title;    /* (borrowed) */
  GtkLabel    *subtitle; /* (borrowed) */
  GtkBox      *box;      /* (borrowed) */
  GtkWidget   *header;   /* (borrowed) */
  GtkStack    *stack;    /* (borrowed) */
  MqChartView *chart;    /* (borrowed) */
  GtkWidget   *toggles;  /* (borrowed) MqSeriesToggles */
  MqTableView *table;    /* (borrowed) */
  GtkWidget   *report;   /* (borrowed) "Add to Report" */
  GtkWidget   *as_table; /* (borrowed) the toggle */
  GtkWidget   *menu;     /* (owned) (nullable) context menu */
};

enum
{
  PROP_0,
  PROP_AS_TABLE,
  N_PROPS
};

enum
{
  SIGNAL_ROW_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

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

/* A table that nobody sees has no rows: to fill one costs more than to draw its chart. */
static void
fill_table (MqResultView *self)
{
  MqChart *chart = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_table)) ? mq_result_view_get_chart (self) : NULL;
  MqTable *table = chart != NULL ? mq_chart_table (chart) : NULL;

  if (table != NULL || mq_table_view_get_table (self->table) != NULL)
    mq_table_view_set_table (self->table, table, chart != NULL ? mq_chart_title (chart) : "");
}

static void
toggled_cb (MqResultView *self, GtkToggleButton *table_button)
{
  gboolean as_table = gtk_toggle_button_get_active (table_button);

  fill_table (self);
  gtk_stack_set_visible_child (self->stack, as_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->chart));
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), as_table); /* the chart draws its own */
  gtk_widget_set_sensitive (self->toggles, !as_table);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_TABLE]);
}

/* One of the legend's buttons: other series are wanted. */
static void
series_changed_cb (MqResultView *self)
{
  g_autoptr (MqChart) chart = mq_series_toggles_get_chart (MQ_SERIES_TOGGLES (self->toggles));

  mq_chart_view_set_chart (self->chart, chart);
}

static void
copy_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_copy_picture (widget, mq_result_view_get_chart (MQ_RESULT_VIEW (widget)));
}

static void
copy_table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_copy_table (widget, mq_chart_table (mq_result_view_get_chart (MQ_RESULT_VIEW (widget))));
}

static void
export_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_export_picture (widget, mq_result_view_get_chart (MQ_RESULT_VIEW (widget)));
}

static void
export_table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqChart *chart = mq_result_view_get_chart (MQ_RESULT_VIEW (widget));

  mq_export_table (widget, mq_chart_table (chart), mq_chart_title (chart));
}

static void
export_workbook_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqChart *chart = mq_result_view_get_chart (MQ_RESULT_VIEW (widget));

  mq_export_workbook (widget, mq_chart_table (chart), mq_chart_title (chart));
}

static const struct
{
  const char                 *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "result.copy-picture", copy_picture_action },
  { "result.copy-table", copy_table_action },
  { "result.export-picture", export_picture_action },
  { "result.export-table", export_table_action },
  { "result.export-workbook", export_workbook_action },
};

static GMenuModel *
make_menu (void)
{
  g_autoptr (GMenu) picture = g_menu_new ();
  g_autoptr (GMenu) table = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  GMenu *menu = g_menu_new ();

  g_menu_append (picture, _ ("Copy _Picture"), "result.copy-picture");
  g_menu_append (picture, _ ("_Export Picture…"), "result.export-picture");
  g_menu_append (table, _ ("Copy _Table"), "result.copy-table");
  g_menu_append (table, _ ("Export T_able…"), "result.export-table");
  g_menu_append (table, _ ("Export _Workbook…"), "result.export-workbook");
  g_menu_append (view, _ ("_Show as Table"), "result.as-table");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (picture));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (table));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
  return G_MENU_MODEL (menu);
}

/* No tooltip over the menu. */
static void
menu_closed_cb (MqResultView *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->chart), TRUE);
}

static void
pop_up (MqResultView *self, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  if (mq_chart_view_get_chart (self->chart) == NULL)
    return;
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->chart), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* By keyboard: at what has the focus. */
static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot        *root = gtk_widget_get_root (widget);
  GtkWidget      *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;
  GdkRectangle    at = { 0, 0, 1, 1 };

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget) && gtk_widget_compute_bounds (focus, widget, &bounds))
    at = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, MAX (1, (int) bounds.size.width), MAX (1, (int) bounds.size.height) };
  pop_up (MQ_RESULT_VIEW (widget), &at);
}

static void
secondary_pressed_cb (MqResultView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  pop_up (self, &at);
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

  self->as_table = table;
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
  GtkBox    *titles = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));

  self->title = MQ_TEXT_LINES (mq_text_lines_new (TITLE_CHARS, FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_box_append (titles, GTK_WIDGET (self->title));
  self->subtitle = add_label (titles, "caption");
  gtk_label_set_max_width_chars (self->subtitle, TITLE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (titles), TRUE);
  gtk_widget_set_valign (toggles, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (titles));
  gtk_box_append (GTK_BOX (header), make_report_button (self));
  gtk_box_append (GTK_BOX (header), toggles);
  return header;
}

static void
mq_result_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_AS_TABLE)
    g_value_set_boolean (value, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (MQ_RESULT_VIEW (object)->as_table)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mq_result_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqResultView *self = MQ_RESULT_VIEW (object);
  GtkWidget    *chart = gtk_widget_get_prev_sibling (self->as_table);

  if (prop_id == PROP_AS_TABLE)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (g_value_get_boolean (value) ? self->as_table : chart), TRUE);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mq_result_view_dispose (GObject *object)
{
  MqResultView *self = MQ_RESULT_VIEW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (mq_result_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_property_action (widget_class, "result.as-table", "as-table");
  gtk_widget_class_install_action (widget_class, "result.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "result.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "result.menu", NULL);
  /* With the focus in the table, its own binding copies the selected rows. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "result.copy-picture", NULL);
}

static void
mq_result_view_class_init (MqResultViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mq_result_view_get_property;
  object_class->set_property = mq_result_view_set_property;
  object_class->dispose = mq_result_view_dispose;
  props[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_actions (GTK_WIDGET_CLASS (klass));

  signals[SIGNAL_ROW_ACTIVATED] =
      g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
mq_result_view_init (MqResultView *self)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkGesture *secondary = gtk_gesture_click_new ();

  self->chart = MQ_CHART_VIEW (mq_chart_view_new ());
  self->table = MQ_TABLE_VIEW (mq_table_view_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->chart));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->table));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->box = GTK_BOX (box);
  self->header = make_header (self);
  self->toggles = mq_series_toggles_new ();
  g_signal_connect_object (self->toggles, "changed", G_CALLBACK (series_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->header);
  gtk_box_append (GTK_BOX (box), self->toggles);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "chart-card");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
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
  g_autoptr (MqChart) shown = NULL;

  g_return_if_fail (MQ_IS_RESULT_VIEW (self));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->report), "s", chart != NULL ? mq_chart_id (chart) : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->report), "page.add-to-report");
  mq_text_lines_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, chart != NULL);
  shown = mq_series_toggles_set_chart (MQ_SERIES_TOGGLES (self->toggles), chart);
  mq_chart_view_set_chart (self->chart, shown);
  fill_table (self);
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
  gtk_box_insert_child_after (self->box, extra, self->header);
}
