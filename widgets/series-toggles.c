/* series-toggles.c: a legend to choose from. */

#include "config.h"

#include "series-toggles.h"

#include <glib/gi18n-lib.h>

#include "widget-theme.h"
#include "wrap-box.h"

#define SWATCH_SIZE 16
#define SPACING 6

struct _MqSeriesToggles
{
  AdwBin parent_instance;

  MqChart    *chart;   /* (owned) (nullable) with all its series */
  GPtrArray  *buttons; /* (owned) (element-type GtkToggleButton) one a series */
  GHashTable *hidden;  /* (owned) names of series */
  gboolean    making;  /* the buttons are being made: their changes are not the user's */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqSeriesToggles, mq_series_toggles, ADW_TYPE_BIN)

static void
draw_swatch_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  MqSeriesToggles *self = MQ_SERIES_TOGGLES (gtk_widget_get_ancestor (GTK_WIDGET (area), MQ_TYPE_SERIES_TOGGLES));

  if (self != NULL && self->chart != NULL)
    mq_chart_draw_swatch (self->chart, mq_widget_theme (), GPOINTER_TO_UINT (user_data), cr, MIN (width, height));
}

static void
name_button (GtkWidget *button, const char *name)
{
  const gboolean   shown = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
  g_autofree char *tooltip = g_strdup_printf (shown ? _ ("Hide “%s”") : _ ("Show “%s”"), name);

  gtk_widget_set_tooltip_text (button, tooltip);
}

static void
toggled_cb (MqSeriesToggles *self, GtkToggleButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  if (gtk_toggle_button_get_active (button))
    g_hash_table_remove (self->hidden, name);
  else
    g_hash_table_add (self->hidden, g_strdup (name));
  name_button (GTK_WIDGET (button), name);
  if (!self->making)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_button (MqSeriesToggles *self, guint series)
{
  g_autofree char *name = mq_chart_series_name (self->chart, series);
  GtkWidget       *button = gtk_toggle_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget       *swatch = gtk_drawing_area_new ();
  GtkWidget       *label = gtk_label_new (name);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_SIZE);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb, GUINT_TO_POINTER (series), NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "series-toggle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !g_hash_table_contains (self->hidden, name));
  name_button (button, name);
  g_object_set_data_full (G_OBJECT (button), "name", g_steal_pointer (&name), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Whether the buttons are those of the chart already: they stay then, and the focus with them. */
static gboolean
are_buttons_of (MqSeriesToggles *self, guint n)
{
  if (self->buttons->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = mq_chart_series_name (self->chart, i);

      if (g_strcmp0 (name, g_object_get_data (self->buttons->pdata[i], "name")) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
make_buttons (MqSeriesToggles *self, guint n)
{
  GtkWidget *box = mq_wrap_box_new ();

  g_object_set (box, "spacing", SPACING / 2, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Series"), -1);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = make_button (self, i);

      gtk_widget_set_parent (button, box);
      g_ptr_array_add (self->buttons, button);
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
mq_series_toggles_dispose (GObject *object)
{
  MqSeriesToggles *self = MQ_SERIES_TOGGLES (object);

  g_clear_pointer (&self->chart, mq_chart_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);

  G_OBJECT_CLASS (mq_series_toggles_parent_class)->dispose (object);
}

static void
mq_series_toggles_class_init (MqSeriesTogglesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_series_toggles_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_series_toggles_init (MqSeriesToggles *self)
{
  self->buttons = g_ptr_array_new ();
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mq_series_toggles_new (void)
{
  return g_object_new (MQ_TYPE_SERIES_TOGGLES, NULL);
}

MqChart *
mq_series_toggles_set_chart (MqSeriesToggles *self, MqChart *chart)
{
  guint n = chart != NULL ? mq_chart_n_series (chart) : 0;

  g_return_val_if_fail (MQ_IS_SERIES_TOGGLES (self), NULL);

  if (chart != NULL)
    mq_chart_ref (chart);
  g_clear_pointer (&self->chart, mq_chart_unref);
  self->chart = chart;
  self->making = TRUE;
  if (!are_buttons_of (self, n))
    make_buttons (self, n);
  self->making = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  return mq_series_toggles_get_chart (self);
}

MqChart *
mq_series_toggles_get_chart (MqSeriesToggles *self)
{
  guint32 hidden = 0;

  g_return_val_if_fail (MQ_IS_SERIES_TOGGLES (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (!gtk_toggle_button_get_active (self->buttons->pdata[i]))
      hidden |= 1u << i;
  return self->chart != NULL ? mq_chart_without (self->chart, hidden) : NULL;
}
