/* chart-view.c: a chart on screen. */

#include "config.h"

#include <adwaita.h>

#include "chart-mark.h"
#include "chart-view.h"
#include "widget-theme.h"

/* Of more marks than this the ones around the cursor are offered to a screen reader; the others come as it moves. */
#define MAX_MARK_WIDGETS 200
#define DEFAULT_LINES 18
#define MIN_WIDTH 280
#define NATURAL_WIDTH 400

struct _MqChartView
{
  GtkWidget parent_instance;

  MqChart       *chart;  /* (owned) (nullable) */
  MqChartLayout *layout; /* (owned) (nullable) for the size it was allocated */
  GPtrArray     *marks;  /* (owned) (element-type MqChartMark) its children, borrowed */
  guint          first;  /* the mark that the first child stands for */
  guint          cursor;
  double         lines;
};

enum
{
  SIGNAL_MOVE_CURSOR,
  SIGNAL_ACTIVATE_CURSOR,
  SIGNAL_MARK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqChartView, mq_chart_view, GTK_TYPE_WIDGET)

static void
drop_marks (MqChartView *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    gtk_widget_unparent (self->marks->pdata[i]);
  g_ptr_array_set_size (self->marks, 0);
  self->first = 0;
}

/* The child that stands for a mark; NULL if none does. */
static GtkWidget *
get_child (MqChartView *self, guint mark)
{
  return mark >= self->first && mark - self->first < self->marks->len ? self->marks->pdata[mark - self->first] : NULL;
}

static void
place_marks (MqChartView *self)
{
  guint n = self->layout != NULL ? mq_chart_layout_n_marks (self->layout) : 0;

  for (guint i = 0; i < self->marks->len; i++)
    {
      const MqMark *mark = mq_chart_layout_mark (self->layout, self->first + i);
      GtkAllocation place = { (int) mark->bounds.x, (int) mark->bounds.y, MAX (1, (int) mark->bounds.width), MAX (1, (int) mark->bounds.height) };

      mq_chart_mark_show (self->marks->pdata[i], mark->label, self->first + i, n);
      gtk_widget_size_allocate (self->marks->pdata[i], &place, -1);
    }
}

/* As many as the layout has: another size may show others. */
static void
make_marks (MqChartView *self)
{
  guint all = mq_chart_layout_n_marks (self->layout);
  guint n = MIN (all, MAX_MARK_WIDGETS);

  for (guint i = self->marks->len; i > n; i--)
    gtk_widget_unparent (self->marks->pdata[i - 1]);
  for (guint i = self->marks->len; i < n; i++)
    gtk_widget_set_parent (mq_chart_mark_new (), GTK_WIDGET (self));
  g_ptr_array_set_size (self->marks, 0);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (self->marks, child);
  self->first = MIN (self->first, all - n);
  if (self->cursor >= all)
    self->cursor = MQ_MARK_NONE;
}

/* Lets the children stand for the marks around this one. */
static void
bring_mark (MqChartView *self, guint mark)
{
  guint n = mq_chart_layout_n_marks (self->layout);
  guint half = self->marks->len / 2;

  if (get_child (self, mark) != NULL)
    return;
  self->first = MIN (mark - MIN (mark, half), n - self->marks->len);
  place_marks (self);
}

static void
activate_mark (MqChartView *self, guint mark)
{
  const MqMark *m;

  if (self->layout == NULL || mark >= mq_chart_layout_n_marks (self->layout))
    return;
  m = mq_chart_layout_mark (self->layout, mark);
  g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, (guint64) m->row, m->column);
}

static void
focus_mark (MqChartView *self, guint mark)
{
  mq_chart_view_set_cursor (self, mark);
  bring_mark (self, mark);
  gtk_widget_grab_focus (get_child (self, mark));
}

static GtkDirectionType
direction_of_move (MqMove move)
{
  switch (move)
    {
    case MQ_MOVE_LEFT:
      return GTK_DIR_LEFT;
    case MQ_MOVE_RIGHT:
      return GTK_DIR_RIGHT;
    case MQ_MOVE_UP:
    case MQ_MOVE_FIRST:
      return GTK_DIR_UP;
    case MQ_MOVE_DOWN:
    case MQ_MOVE_LAST:
    default:
      return GTK_DIR_DOWN;
    }
}

static void
move_cursor_cb (MqChartView *self, int move)
{
  guint to;

  if (self->layout == NULL || self->marks->len == 0)
    return;
  to = mq_chart_layout_move (self->layout, self->cursor, (MqMove) move);
  if (to == self->cursor && move != MQ_MOVE_FIRST && move != MQ_MOVE_LAST)
    gtk_widget_keynav_failed (GTK_WIDGET (self), direction_of_move ((MqMove) move));
  else
    focus_mark (self, to);
}

static void
activate_cursor_cb (MqChartView *self)
{
  activate_mark (self, self->cursor);
}

static void
released_cb (MqChartView *self, int n_press, double x, double y)
{
  guint mark = self->layout != NULL ? mq_chart_layout_pick (self->layout, x, y) : MQ_MARK_NONE;

  if (mark == MQ_MARK_NONE)
    return;
  focus_mark (self, mark);
  activate_mark (self, mark);
}

static void
motion_cb (MqChartView *self, double x, double y)
{
  gboolean on_mark = self->layout != NULL && mq_chart_layout_pick (self->layout, x, y) != MQ_MARK_NONE;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_mark ? "pointer" : NULL);
}

static void
relayout_cb (MqChartView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* In pixels, at least 1. */
static double
get_em (MqChartView *self)
{
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      em = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    em *= pango_cairo_context_get_resolution (context) / 72;
  return MAX (em, 1);
}

/* How many lines are of use depends on the width: panels stand below each other. */
static GtkSizeRequestMode
mq_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mq_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MqChartView      *self = MQ_CHART_VIEW (widget);
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int               line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  double            lines = self->lines;

  pango_font_metrics_unref (metrics);
  if (self->chart != NULL)
    lines = mq_chart_fit_lines (self->chart, (for_size > 0 ? for_size : NATURAL_WIDTH) / get_em (self), lines);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : (int) (lines * line);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : (int) (lines * line);
  *minimum_baseline = *natural_baseline = -1;
}

static void
mq_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MqChartView *self = MQ_CHART_VIEW (widget);

  g_clear_pointer (&self->layout, mq_chart_layout_free);
  if (self->chart == NULL)
    return;
  self->layout = mq_chart_layout_new_full (self->chart, gtk_widget_get_pango_context (widget), mq_widget_theme (), width, height, mq_chart_n_series (self->chart) > 0 ? 0 : MQ_CHART_WITH_LEGEND);
  make_marks (self);
  place_marks (self);
}

static void
mq_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MqChartView    *self = MQ_CHART_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  cairo_t        *cr;

  if (self->layout == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  mq_chart_layout_draw (self->layout, cr);
  if (self->cursor != MQ_MARK_NONE && gtk_widget_get_focus_child (widget) != NULL)
    mq_chart_layout_draw_cursor (self->layout, cr, self->cursor);
  cairo_destroy (cr);
}

static gboolean
mq_chart_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MqChartView *self = MQ_CHART_VIEW (widget);

  if (self->marks->len == 0 || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE; /* Tab leaves: one stop for the whole chart */
  focus_mark (self, self->cursor != MQ_MARK_NONE ? self->cursor : 0);
  return TRUE;
}

static void
mq_chart_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  GTK_WIDGET_CLASS (mq_chart_view_parent_class)->set_focus_child (widget, child);
  gtk_widget_queue_draw (widget);
}

static gboolean
mq_chart_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  MqChartView  *self = MQ_CHART_VIEW (widget);
  guint         mark = MQ_MARK_NONE;
  const MqMark *m;
  GdkRectangle  area;

  if (self->layout == NULL)
    return FALSE;
  mark = keyboard_tooltip ? self->cursor : mq_chart_layout_pick (self->layout, x, y);
  if (mark == MQ_MARK_NONE)
    return FALSE;
  m = mq_chart_layout_mark (self->layout, mark);
  area = (GdkRectangle){ (int) m->bounds.x, (int) m->bounds.y, MAX (1, (int) m->bounds.width), MAX (1, (int) m->bounds.height) };
  gtk_tooltip_set_text (tooltip, m->label);
  gtk_tooltip_set_tip_area (tooltip, &area);
  return TRUE;
}

static void
mq_chart_view_dispose (GObject *object)
{
  MqChartView *self = MQ_CHART_VIEW (object);

  drop_marks (self);
  g_clear_pointer (&self->layout, mq_chart_layout_free);
  g_clear_pointer (&self->chart, mq_chart_unref);

  G_OBJECT_CLASS (mq_chart_view_parent_class)->dispose (object);
}

static void
mq_chart_view_finalize (GObject *object)
{
  g_ptr_array_unref (MQ_CHART_VIEW (object)->marks);

  G_OBJECT_CLASS (mq_chart_view_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint  key, keypad_key;
    MqMove move;
  } keys[] = {
    { GDK_KEY_Home, GDK_KEY_KP_Home, MQ_MOVE_FIRST },
    { GDK_KEY_End, GDK_KEY_KP_End, MQ_MOVE_LAST },
    { GDK_KEY_Left, GDK_KEY_KP_Left, MQ_MOVE_LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, MQ_MOVE_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, MQ_MOVE_UP },
    { GDK_KEY_Down, GDK_KEY_KP_Down, MQ_MOVE_DOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding_signal (widget_class, keys[i].key, 0, "move-cursor", "(i)", keys[i].move);
      gtk_widget_class_add_binding_signal (widget_class, keys[i].keypad_key, 0, "move-cursor", "(i)", keys[i].move);
    }
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate-cursor", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate-cursor", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate-cursor", NULL);
}

static void
mq_chart_view_class_init (MqChartViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mq_chart_view_dispose;
  object_class->finalize = mq_chart_view_finalize;
  widget_class->get_request_mode = mq_chart_view_get_request_mode;
  widget_class->measure = mq_chart_view_measure;
  widget_class->size_allocate = mq_chart_view_size_allocate;
  widget_class->snapshot = mq_chart_view_snapshot;
  widget_class->focus = mq_chart_view_focus;
  widget_class->set_focus_child = mq_chart_view_set_focus_child;
  widget_class->query_tooltip = mq_chart_view_query_tooltip;

  signals[SIGNAL_MOVE_CURSOR] =
      g_signal_new_class_handler ("move-cursor", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, G_CALLBACK (move_cursor_cb), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ACTIVATE_CURSOR] =
      g_signal_new_class_handler ("activate-cursor", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, G_CALLBACK (activate_cursor_cb), NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MARK_ACTIVATED] =
      g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT);
  add_bindings (widget_class);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
mq_chart_view_init (MqChartView *self)
{
  AdwStyleManager    *manager = adw_style_manager_get_default ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->marks = g_ptr_array_new ();
  self->cursor = MQ_MARK_NONE;
  self->lines = DEFAULT_LINES;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (relayout_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (relayout_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mq_chart_view_new (void)
{
  return g_object_new (MQ_TYPE_CHART_VIEW, NULL);
}

MqChart *
mq_chart_view_get_chart (MqChartView *self)
{
  g_return_val_if_fail (MQ_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

/* Whether another chart asks for as much room as this one: then nothing else has to be laid out. */
static gboolean
needs_same_height (MqChartView *self, const MqChart *old)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self)) / get_em (self);

  return mq_chart_fit_lines (self->chart, width, self->lines) == mq_chart_fit_lines (old, width, self->lines) &&
         mq_chart_fit_lines (self->chart, NATURAL_WIDTH / get_em (self), self->lines) == mq_chart_fit_lines (old, NATURAL_WIDTH / get_em (self), self->lines);
}

/* A new answer takes the cursor's place over, so that who walks through the chart is not thrown back. */
void
mq_chart_view_set_chart (MqChartView *self, MqChart *chart)
{
  gboolean         had_focus;
  g_autofree char *description = NULL;
  g_autoptr (MqChart) old = NULL;

  g_return_if_fail (MQ_IS_CHART_VIEW (self));

  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  if (chart != NULL)
    mq_chart_ref (chart);
  old = self->chart;
  g_clear_pointer (&self->layout, mq_chart_layout_free);
  self->chart = chart;
  drop_marks (self);
  if (chart != NULL)
    {
      description = mq_chart_describe (chart);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, mq_chart_title (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
    }
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    {
      mq_chart_view_size_allocate (GTK_WIDGET (self), gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)), -1);
      if (self->marks->len == 0)
        self->cursor = MQ_MARK_NONE;
      if (had_focus && self->marks->len > 0)
        focus_mark (self, self->cursor != MQ_MARK_NONE ? self->cursor : 0);
    }
  else
    self->cursor = MQ_MARK_NONE;
  if (old != NULL && chart != NULL && needs_same_height (self, old))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
mq_chart_view_set_lines (MqChartView *self, double lines)
{
  g_return_if_fail (MQ_IS_CHART_VIEW (self));

  self->lines = lines;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const MqChartLayout *
mq_chart_view_get_layout (MqChartView *self)
{
  g_return_val_if_fail (MQ_IS_CHART_VIEW (self), NULL);

  return self->layout;
}

guint
mq_chart_view_get_cursor (MqChartView *self)
{
  g_return_val_if_fail (MQ_IS_CHART_VIEW (self), MQ_MARK_NONE);

  return self->cursor;
}

void
mq_chart_view_set_cursor (MqChartView *self, guint mark)
{
  g_return_if_fail (MQ_IS_CHART_VIEW (self));

  if (self->cursor == mark)
    return;
  self->cursor = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
