/* split-view.c: sidebar and content over AdwLeaflet. */

#include "config.h"

#include "split-view.h"

struct _MqSplitView
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet; /* (borrowed) */
  GtkWidget  *sidebar; /* (borrowed) (nullable) */
  GtkWidget  *content; /* (borrowed) (nullable) */
};

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_FOLDED,
  PROP_SHOW_CONTENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MqSplitView, mq_split_view, ADW_TYPE_BIN)

static void
notify_folded_cb (MqSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
}

static void
notify_visible_child_cb (MqSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_CONTENT]);
}

static void
mq_split_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MqSplitView *self = MQ_SPLIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, mq_split_view_get_folded (self));
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, mq_split_view_get_show_content (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_split_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqSplitView *self = MQ_SPLIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR:
      mq_split_view_set_sidebar (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      mq_split_view_set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      mq_split_view_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_split_view_class_init (MqSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mq_split_view_get_property;
  object_class->set_property = mq_split_view_set_property;

  props[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mq_split_view_init (MqSplitView *self)
{
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->leaflet));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (notify_folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (notify_visible_child_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mq_split_view_new (void)
{
  return g_object_new (MQ_TYPE_SPLIT_VIEW, NULL);
}

void
mq_split_view_set_sidebar (MqSplitView *self, GtkWidget *sidebar)
{
  g_return_if_fail (MQ_IS_SPLIT_VIEW (self));
  g_return_if_fail (self->sidebar == NULL);

  self->sidebar = sidebar;
  gtk_widget_set_hexpand (sidebar, FALSE); /* the content takes the room, whatever stands in the sidebar */
  adw_leaflet_prepend (self->leaflet, sidebar);
}

void
mq_split_view_set_content (MqSplitView *self, GtkWidget *content)
{
  g_return_if_fail (MQ_IS_SPLIT_VIEW (self));
  g_return_if_fail (self->content == NULL);

  self->content = content;
  gtk_widget_set_hexpand (content, TRUE);
  if (self->sidebar != NULL)
    {
      GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

      adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, separator), FALSE);
    }
  adw_leaflet_append (self->leaflet, content);
  adw_leaflet_set_visible_child (self->leaflet, content);
}

gboolean
mq_split_view_get_folded (MqSplitView *self)
{
  g_return_val_if_fail (MQ_IS_SPLIT_VIEW (self), FALSE);

  return adw_leaflet_get_folded (self->leaflet);
}

gboolean
mq_split_view_get_show_content (MqSplitView *self)
{
  g_return_val_if_fail (MQ_IS_SPLIT_VIEW (self), FALSE);

  return self->content != NULL && adw_leaflet_get_visible_child (self->leaflet) == self->content;
}

void
mq_split_view_set_show_content (MqSplitView *self, gboolean show_content)
{
  GtkWidget *child;

  g_return_if_fail (MQ_IS_SPLIT_VIEW (self));

  child = show_content ? self->content : self->sidebar;
  if (child != NULL)
    adw_leaflet_set_visible_child (self->leaflet, child);
}
