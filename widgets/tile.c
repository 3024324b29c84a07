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
};

enum
{
  PROP_0,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

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
mq_tile_class_init (MqTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mq_tile_get_property;
  object_class->set_property = mq_tile_set_property;

  props[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

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

void
mq_tile_set_value (MqTile *self, const char *value, const char *full, const char *note)
{
  g_return_if_fail (MQ_IS_TILE (self));

  mq_text_lines_set_text (self->value, value);
  mq_text_lines_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), full);
  update_accessible (self);
}
