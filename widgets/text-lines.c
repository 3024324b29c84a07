/* text-lines.c: a Pango layout that is measured once a text. */

#include "config.h"

#include "text-lines.h"

/* Of the width that is asked for, so that a digit more does not change it. */
#define STEP_CHARS 4
#define MIN_CHARS 3

struct _MqTextLines
{
  GtkWidget parent_instance;

  guint        chars;
  gboolean     single;
  char        *text;   /* (owned) */
  PangoLayout *layout; /* (owned) (nullable) */
  int          wanted; /* the width that it asked for last, or 0 */
};

G_DEFINE_FINAL_TYPE (MqTextLines, mq_text_lines, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (MqTextLines *self)
{
  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  if (self->single)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
      pango_layout_set_attributes (self->layout, attributes);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  else
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    pango_layout_set_alignment (self->layout, PANGO_ALIGN_RIGHT);
  return self->layout;
}

static int
get_char_width (MqTextLines *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (pango_layout_get_context (get_layout (self)), NULL, NULL);
  int               width = MAX (pango_font_metrics_get_approximate_char_width (metrics), pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (PANGO_PIXELS_CEIL (width), 1);
}

static int
find_height (MqTextLines *self, int width)
{
  PangoLayout *layout = get_layout (self);
  int          height;

  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
find_width (MqTextLines *self)
{
  const int step = STEP_CHARS * get_char_width (self);
  const int most = (int) self->chars * get_char_width (self);
  int       width;

  pango_layout_set_width (get_layout (self), -1);
  pango_layout_get_pixel_size (get_layout (self), &width, NULL);
  return MIN ((width + step - 1) / step * step, most);
}

static GtkSizeRequestMode
mq_text_lines_get_request_mode (GtkWidget *widget)
{
  return MQ_TEXT_LINES (widget)->single ? GTK_SIZE_REQUEST_CONSTANT_SIZE : GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mq_text_lines_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MqTextLines *self = MQ_TEXT_LINES (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = self->wanted = find_width (self);
      *minimum = MIN (*natural, MIN_CHARS * get_char_width (self));
    }
  else
    *minimum = *natural = find_height (self, self->single ? -1 : for_size >= 0 ? for_size
                                                                               : find_width (self));
}

static void
mq_text_lines_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MqTextLines   *self = MQ_TEXT_LINES (widget);
  const int      width = gtk_widget_get_width (widget);
  PangoRectangle place;
  int            x = 0;

  pango_layout_set_width (get_layout (self), width * PANGO_SCALE);
  pango_layout_get_pixel_extents (get_layout (self), NULL, &place);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - place.x - place.width;
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x, 0, get_layout (self));
}

/* Another font, or another side to begin at. */
static void
mq_text_lines_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mq_text_lines_parent_class)->css_changed (widget, change);
  g_clear_object (&MQ_TEXT_LINES (widget)->layout);
}

static void
mq_text_lines_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (mq_text_lines_parent_class)->direction_changed (widget, previous);
  g_clear_object (&MQ_TEXT_LINES (widget)->layout);
}

static void
mq_text_lines_finalize (GObject *object)
{
  MqTextLines *self = MQ_TEXT_LINES (object);

  g_clear_object (&self->layout);
  g_free (self->text);

  G_OBJECT_CLASS (mq_text_lines_parent_class)->finalize (object);
}

static void
mq_text_lines_class_init (MqTextLinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mq_text_lines_finalize;
  widget_class->get_request_mode = mq_text_lines_get_request_mode;
  widget_class->measure = mq_text_lines_measure;
  widget_class->snapshot = mq_text_lines_snapshot;
  widget_class->css_changed = mq_text_lines_css_changed;
  widget_class->direction_changed = mq_text_lines_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
mq_text_lines_init (MqTextLines *self)
{
  self->text = g_strdup ("");
}

GtkWidget *
mq_text_lines_new (guint chars, gboolean single)
{
  MqTextLines *self = g_object_new (MQ_TYPE_TEXT_LINES, NULL);

  self->chars = chars;
  self->single = single;
  return GTK_WIDGET (self);
}

void
mq_text_lines_set_text (MqTextLines *self, const char *text)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  g_return_if_fail (MQ_IS_TEXT_LINES (self));
  g_return_if_fail (text != NULL);

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  pango_layout_set_text (get_layout (self), text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (width > 0 && find_width (self) == self->wanted && (self->single || find_height (self, width) == gtk_widget_get_height (GTK_WIDGET (self))))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

const char *
mq_text_lines_get_text (MqTextLines *self)
{
  g_return_val_if_fail (MQ_IS_TEXT_LINES (self), NULL);

  return self->text;
}
