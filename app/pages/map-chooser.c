/* map-chooser.c: a drop-down of maps and the way to their editor. */

#include "config.h"

#include "pages/map-chooser.h"

#include <glib/gi18n.h>

#include "dialogs/map-dialog.h"
#include "drop-down.h"
#include "pages/page-controls.h"

struct _MqMapChooser
{
  AdwBin parent_instance;

  GtkDropDown *maps; /* (borrowed) */

  MqSession *session; /* (owned) */
  char     **ids;     /* (owned) in the drop-down: the program's, then the project's own */
  gboolean   filling;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const program_maps[] = { "eleven", "grid", "eight", NULL };

G_DEFINE_FINAL_TYPE (MqMapChooser, mq_map_chooser, ADW_TYPE_BIN)

static MqOwnMaps *
read_own_maps (MqMapChooser *self)
{
  return mq_own_maps_parse (mq_session_get_value (self->session, MQ_OWN_MAPS_VALUE));
}

static void
list_maps (MqMapChooser *self)
{
  g_autoptr (MqOwnMaps) own = read_own_maps (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; program_maps[i] != NULL; i++)
    {
      g_strv_builder_add (ids, program_maps[i]);
      gtk_string_list_append (titles, _ (mq_segment_map_find (program_maps[i])->title));
    }
  for (guint i = 0; i < own->maps->len; i++)
    {
      const MqSegmentMap *map = own->maps->pdata[i];

      g_strv_builder_add (ids, map->id);
      gtk_string_list_append (titles, map->title);
    }
  g_strfreev (self->ids);
  self->ids = g_strv_builder_end (ids);
  gtk_drop_down_set_model (self->maps, G_LIST_MODEL (titles));
}

static void
selected_cb (MqMapChooser *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
saved_cb (MqMapChooser *self, const char *id)
{
  mq_map_chooser_set_map (self, id);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
}

static void
edit_cb (MqMapChooser *self)
{
  g_autoptr (MqOwnMaps) own = read_own_maps (self);
  const char         *id = mq_map_chooser_get_map (self);
  const MqSegmentMap *map = mq_segment_map_find (id);
  GtkWidget          *dialog;

  if (map == NULL)
    map = mq_own_maps_find (own, id);
  if (map == NULL)
    return;
  dialog = mq_map_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, map);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
make_edit_button (MqMapChooser *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Edit Map"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Edit Map"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
mq_map_chooser_finalize (GObject *object)
{
  MqMapChooser *self = MQ_MAP_CHOOSER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->ids, g_strfreev);

  G_OBJECT_CLASS (mq_map_chooser_parent_class)->finalize (object);
}

static void
mq_map_chooser_class_init (MqMapChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_map_chooser_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_map_chooser_init (MqMapChooser *self)
{
  GtkWidget *maps = gtk_drop_down_new (NULL, NULL);
  GtkWidget *box = mq_page_control_label (_ ("Map"), maps, GTK_ORIENTATION_HORIZONTAL);

  self->maps = GTK_DROP_DOWN (maps);
  mq_drop_down_name_button (self->maps, _ ("Map"));
  g_signal_connect_object (maps, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_edit_button (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
mq_map_chooser_new (MqSession *session)
{
  MqMapChooser *self = g_object_new (MQ_TYPE_MAP_CHOOSER, NULL);

  self->session = g_object_ref (session);
  mq_map_chooser_set_map (self, NULL);
  return GTK_WIDGET (self);
}

const char *
mq_map_chooser_get_map (MqMapChooser *self)
{
  return self->ids[gtk_drop_down_get_selected (self->maps)];
}

void
mq_map_chooser_set_map (MqMapChooser *self, const char *id)
{
  guint selected = 0;

  self->filling = TRUE;
  list_maps (self);
  for (guint i = 0; self->ids[i] != NULL; i++)
    if (g_strcmp0 (self->ids[i], id) == 0)
      selected = i;
  gtk_drop_down_set_selected (self->maps, selected);
  self->filling = FALSE;
}
