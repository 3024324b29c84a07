/* side-pane.c: a flap. */

#include "config.h"

#include "side-pane.h"

struct _MqSidePane
{
  AdwBin parent_instance;

  AdwFlap *flap; /* (borrowed) */
};

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_PANE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MqSidePane, mq_side_pane, ADW_TYPE_BIN)

static void
mq_side_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MqSidePane *self = MQ_SIDE_PANE (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_flap_get_content (self->flap));
      break;
    case PROP_PANE:
      g_value_set_object (value, adw_flap_get_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_side_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqSidePane *self = MQ_SIDE_PANE (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      adw_flap_set_content (self->flap, g_value_get_object (value));
      break;
    case PROP_PANE:
      adw_flap_set_flap (self->flap, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_side_pane_class_init (MqSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mq_side_pane_get_property;
  object_class->set_property = mq_side_pane_set_property;

  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_PANE] = g_param_spec_object ("pane", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mq_side_pane_init (MqSidePane *self)
{
  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_flap_position (self->flap, GTK_PACK_END);
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_swipe_to_open (self->flap, FALSE);
  adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->flap));
}

gboolean
mq_side_pane_get_shown (MqSidePane *self)
{
  g_return_val_if_fail (MQ_IS_SIDE_PANE (self), FALSE);

  return adw_flap_get_reveal_flap (self->flap);
}

void
mq_side_pane_set_shown (MqSidePane *self, gboolean shown)
{
  g_return_if_fail (MQ_IS_SIDE_PANE (self));

  adw_flap_set_reveal_flap (self->flap, shown);
}
