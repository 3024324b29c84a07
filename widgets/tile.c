/* tile.c: a headline figure. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "text-lines.h"
#include "tile.h"

/* Two tiles stand beside each other on the narrowest window. */
#define TILE_CHARS 14

struct _MqTile
{
  AdwBin parent_instance;

  GtkLabel    *caption; /* (borrowed) */
  MqTextLines *value;   /* (borrowed) */
  MqTextLines *note;    /* (borrowed) */
  char        *full;    /* (owned) (nullable) the exact figure */
  char        *what;    /* (owned) (nullable) what it opens */
  gboolean     opens;
};

enum
{
  PROP_0,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqTile, mq_tile, ADW_TYPE_BIN)

/* Words are never cut; only the figure is, and its tooltip has all of it. */
static GtkLabel *
add_caption (GtkBox *box)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (label, TILE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (label), "caption-heading");
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static MqTextLines *
add_lines (GtkBox *box, gboolean single, const char *css_class)
{
  GtkWidget *lines = mq_text_lines_new (TILE_CHARS, single);

  gtk_widget_add_css_class (lines, css_class);
  gtk_box_append (box, lines);
  return MQ_TEXT_LINES (lines);
}

static void
update_accessible (MqTile *self)
{
  const char      *note = mq_text_lines_get_text (self->note);
  g_autofree char *text = NULL;

  if (*note != '\0')
    text = g_strdup_printf (C_ ("tile", "%s: %s, %s"), gtk_label_get_text (self->caption), mq_text_lines_get_text (self->value), note);
  else
    text = g_strdup_printf (C_ ("tile", "%s: %s"), gtk_label_get_text (self->caption), mq_text_lines_get_text (self->value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_tooltip (MqTile *self)
{
  g_autofree char *both = self->full != NULL && self->what != NULL ? g_strconcat (self->full, "\n", self->what, NULL) : NULL;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), both != NULL ? both : self->full != NULL ? self->full
                                                                                           : self->what);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  MqTile *self = MQ_TILE (widget);

  if (self->opens)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
  return self->opens;
}

static void
released_cb (MqTile *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    activate_cb (GTK_WIDGET (self), NULL, NULL);
}

static void
mq_tile_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MqTile *self = MQ_TILE (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, gtk_label_get_text (self->caption));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_tile_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqTile *self = MQ_TILE (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      gtk_label_set_text (self->caption, g_value_get_string (value));
      update_accessible (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_tile_finalize (GObject *object)
{
  g_free (MQ_TILE (object)->full);
  g_free (MQ_TILE (object)->what);

  G_OBJECT_CLASS (mq_tile_parent_class)->finalize (object);
}

static void
mq_tile_class_init (MqTileClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space, GDK_KEY_KP_Space };
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mq_tile_finalize;

  object_class->get_property = mq_tile_get_property;
  object_class->set_property = mq_tile_set_property;

  props[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), keys[i], 0, activate_cb, NULL);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mq_tile_init (MqTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "tile");
  self->caption = add_caption (GTK_BOX (box));
  self->value = add_lines (GTK_BOX (box), TRUE, "value");
  self->note = add_lines (GTK_BOX (box), FALSE, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
mq_tile_new (const char *caption)
{
  return g_object_new (MQ_TYPE_TILE, "caption", caption, NULL);
}

GtkWidget *
mq_tile_new_opening (const char *caption)
{
  MqTile     *self = g_object_new (MQ_TYPE_TILE, "accessible-role", GTK_ACCESSIBLE_ROLE_BUTTON, "caption", caption, NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  mq_tile_set_opens (self, FALSE, NULL);
  return GTK_WIDGET (self);
}

void
mq_tile_set_opens (MqTile *self, gboolean opens, const char *what)
{
  g_return_if_fail (MQ_IS_TILE (self));

  self->opens = opens;
  gtk_widget_set_focusable (GTK_WIDGET (self), opens);
  if (opens)
    gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "activatable");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_DISABLED, !opens, -1);
  g_free (self->what);
  self->what = g_strdup (what);
  show_tooltip (self);
}

void
mq_tile_set_value (MqTile *self, const char *value, const char *full, const char *note)
{
  g_return_if_fail (MQ_IS_TILE (self));

  mq_text_lines_set_text (self->value, value);
  mq_text_lines_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  g_free (self->full);
  self->full = g_strdup (full);
  show_tooltip (self);
  update_accessible (self);
}
