/* fold-box.c: whether it is folded follows from the width alone, so that it never wavers. */

#include "config.h"

#include "fold-box.h"

#include <glib/gi18n-lib.h>

#define NARROW 500     /* pixels: wider, nothing is folded */
#define MOST_LINES 2.5 /* heights of the row: what is lower is not folded */
#define SPACING 6

struct _MqFoldBox
{
  GtkWidget parent_instance;

  GtkToggleButton *row;     /* (borrowed) */
  GtkImage        *arrow;   /* (borrowed) */
  GtkLabel        *label;   /* (borrowed) */
  GtkLabel        *summary; /* (borrowed) */
  GtkWidget       *child;   /* (borrowed) */
  char            *title;   /* (owned) */
  gboolean         folded;
};

G_DEFINE_FINAL_TYPE (MqFoldBox, mq_fold_box, GTK_TYPE_WIDGET)

static int
measure (gpointer widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (widget), orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static gboolean
folds (MqFoldBox *self, int width)
{
  if (width < 0 || width >= NARROW || !gtk_widget_get_visible (self->child))
    return FALSE;
  return measure (self->child, GTK_ORIENTATION_VERTICAL, width) > MOST_LINES * measure (self->row, GTK_ORIENTATION_VERTICAL, width);
}

static int
find_height (MqFoldBox *self, int width)
{
  int child = measure (self->child, GTK_ORIENTATION_VERTICAL, width);
  int row = measure (self->row, GTK_ORIENTATION_VERTICAL, width);

  if (!folds (self, width))
    return child;
  return gtk_toggle_button_get_active (self->row) ? row + SPACING + child : row;
}

static GtkSizeRequestMode
mq_fold_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mq_fold_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MqFoldBox *self = MQ_FOLD_BOX (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = find_height (self, for_size);
      return;
    }
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum = MAX (*minimum, measure (self->row, orientation, -1));
  *natural = MAX (*natural, *minimum);
}

static void
mq_fold_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MqFoldBox *self = MQ_FOLD_BOX (widget);
  int        row = measure (self->row, GTK_ORIENTATION_VERTICAL, width);
  gboolean   open = gtk_toggle_button_get_active (self->row);
  int        above;

  self->folded = folds (self, width);
  above = self->folded ? row + SPACING : 0;
  gtk_widget_set_child_visible (GTK_WIDGET (self->row), self->folded);
  gtk_widget_set_child_visible (self->child, !self->folded || open);
  if (self->folded)
    gtk_widget_size_allocate (GTK_WIDGET (self->row), &(GtkAllocation){ 0, 0, width, row }, -1);
  if (!self->folded || open)
    gtk_widget_size_allocate (self->child, &(GtkAllocation){ 0, above, width, height - above }, -1);
}

static void
toggled_cb (MqFoldBox *self)
{
  gboolean open = gtk_toggle_button_get_active (self->row);

  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mq_fold_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&MQ_FOLD_BOX (object)->title, g_free);

  G_OBJECT_CLASS (mq_fold_box_parent_class)->dispose (object);
}

static void
mq_fold_box_class_init (MqFoldBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_fold_box_dispose;
  widget_class->get_request_mode = mq_fold_box_get_request_mode;
  widget_class->measure = mq_fold_box_measure;
  widget_class->size_allocate = mq_fold_box_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_row (MqFoldBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-end-symbolic"));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "fold-summary");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  return box;
}

static void
mq_fold_box_init (MqFoldBox *self)
{
  self->row = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_child (GTK_BUTTON (self->row), make_row (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->row), "fold-row");
  gtk_widget_set_parent (GTK_WIDGET (self->row), GTK_WIDGET (self));
  gtk_widget_set_child_visible (GTK_WIDGET (self->row), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  g_signal_connect_object (self->row, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mq_fold_box_new (const char *title, GtkWidget *child)
{
  MqFoldBox *self = g_object_new (MQ_TYPE_FOLD_BOX, NULL);

  self->title = g_strdup (title);
  gtk_label_set_text (self->label, title);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  mq_fold_box_set_summary (self, "");
  return GTK_WIDGET (self);
}

void
mq_fold_box_set_summary (MqFoldBox *self, const char *summary)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (MQ_IS_FOLD_BOX (self));

  gtk_label_set_text (self->summary, summary);
  /* Translators: a title, and what it stands for */
  spoken = *summary != '\0' ? g_strdup_printf (C_ ("setting", "%s: %s"), self->title, summary) : g_strdup (self->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->row), *summary != '\0' ? summary : NULL);
}

void
mq_fold_box_open (MqFoldBox *self)
{
  g_return_if_fail (MQ_IS_FOLD_BOX (self));

  gtk_toggle_button_set_active (self->row, TRUE);
}

gboolean
mq_fold_box_is_folded (MqFoldBox *self)
{
  g_return_val_if_fail (MQ_IS_FOLD_BOX (self), FALSE);

  return self->folded;
}
