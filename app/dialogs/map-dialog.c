/* map-dialog.c: names and cells of a map's segments. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/terms.h"
#include "dialogs/map-dialog.h"

struct _MqMapDialog
{
  AdwWindow parent_instance;

  AdwEntryRow         *name;     /* (template) */
  AdwPreferencesGroup *segments; /* (template) */
  GtkLabel            *cells;    /* (template) which codes there are */
  GtkLabel            *problem;  /* (template) */
  GtkWidget           *remove;   /* (template) */

  MqSession *session; /* (owned) */
  MqMapShape shape;
  char      *own;  /* (owned) (nullable) name of the own map that is edited */
  GPtrArray *rows; /* (owned) (element-type Row) */
};

/* A segment: its row and the entries in it, all of which belong to the dialog. */
typedef struct
{
  AdwExpanderRow *row;
  GtkEditable    *name;
  GtkEditable    *codes;
  GtkEditable    *action;
  char           *reason; /* (owned) */
} Row;

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqMapDialog, mq_map_dialog, ADW_TYPE_WINDOW)

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->reason);
  g_free (row);
}

static void
say (MqMapDialog *self, const char *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static Row *
find_row (MqMapDialog *self, GtkWidget *widget)
{
  GtkWidget *expander = gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW);

  for (guint i = 0; i < self->rows->len; i++)
    if (GTK_WIDGET (((Row *) self->rows->pdata[i])->row) == expander)
      return self->rows->pdata[i];
  return NULL;
}

static void
show_titles (Row *row)
{
  const char      *name = gtk_editable_get_text (row->name);
  g_autofree char *title = g_markup_escape_text (*name != '\0' ? name : _ ("Segment without a name"), -1);
  g_autofree char *subtitle = g_markup_escape_text (gtk_editable_get_text (row->codes), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_expander_row_set_subtitle (row->row, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, *name != '\0' ? name : _ ("Segment without a name"), -1);
}

static void
edited_cb (MqMapDialog *self, GtkWidget *entry)
{
  Row *row = find_row (self, entry);

  say (self, NULL);
  if (row != NULL)
    show_titles (row);
}

static void
remove_segment_cb (MqMapDialog *self, GtkWidget *button)
{
  Row *row = find_row (self, button);

  if (row == NULL)
    return;
  adw_preferences_group_remove (self->segments, GTK_WIDGET (row->row));
  g_ptr_array_remove (self->rows, row);
  say (self, NULL);
}

static GtkEditable *
add_entry (MqMapDialog *self, AdwExpanderRow *row, const char *title, const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  adw_expander_row_add_row (row, entry);
  return GTK_EDITABLE (entry);
}

static Row *
add_segment (MqMapDialog *self, const char *name, const char *codes, const char *action, const char *reason)
{
  Row       *row = g_new0 (Row, 1);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  row->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  row->name = add_entry (self, row->row, _ ("Name"), name);
  row->codes = add_entry (self, row->row, _ ("Cells"), codes);
  row->action = add_entry (self, row->row, _ ("Suggested action"), action);
  row->reason = g_strdup (reason);
  gtk_widget_set_tooltip_text (button, _ ("Remove Segment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove Segment"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (row->row, button);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->segments, GTK_WIDGET (row->row));
  show_titles (row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_segment_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->name, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->codes, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_segment_cb (MqMapDialog *self)
{
  Row *row = add_segment (self, "", "", "", "");

  adw_expander_row_set_expanded (row->row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row->name));
}

/* (transfer full); the texts belong to the entries */
static GArray *
read_segments (MqMapDialog *self)
{
  GArray *segments = g_array_new (FALSE, TRUE, sizeof (MqSegment));

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row      *row = self->rows->pdata[i];
      MqSegment segment = { gtk_editable_get_text (row->name), gtk_editable_get_text (row->action), row->reason, gtk_editable_get_text (row->codes) };

      g_array_append_val (segments, segment);
    }
  return segments;
}

static void
keep (MqMapDialog *self, const MqOwnMaps *maps, const char *name)
{
  g_autofree char *text = mq_own_maps_print (maps);

  mq_session_set_value (self->session, MQ_OWN_MAPS_VALUE, text);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (MqMapDialog *self)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse (mq_session_get_value (self->session, MQ_OWN_MAPS_VALUE));
  g_autoptr (GArray) segments = read_segments (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (!mq_own_maps_set (maps, name, self->shape, (const MqSegment *) (gpointer) segments->data, segments->len, &error))
    {
      say (self, error->message);
      return;
    }
  /* Renamed: the old one goes. */
  if (self->own != NULL && !g_str_equal (self->own, name))
    mq_own_maps_remove (maps, self->own);
  keep (self, maps, name);
}

static void
remove_cb (MqMapDialog *self)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse (mq_session_get_value (self->session, MQ_OWN_MAPS_VALUE));

  if (self->own != NULL && mq_own_maps_remove (maps, self->own))
    keep (self, maps, "");
}

static void
mq_map_dialog_dispose (GObject *object)
{
  MqMapDialog *self = MQ_MAP_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (mq_map_dialog_parent_class)->dispose (object);
}

static void
mq_map_dialog_class_init (MqMapDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_map_dialog_dispose;

  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/map-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MqMapDialog, name);
  gtk_widget_class_bind_template_child (widget_class, MqMapDialog, segments);
  gtk_widget_class_bind_template_child (widget_class, MqMapDialog, cells);
  gtk_widget_class_bind_template_child (widget_class, MqMapDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, MqMapDialog, remove);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_segment_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_map_dialog_init (MqMapDialog *self)
{
  self->rows = g_ptr_array_new_with_free_func (free_row);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
describe_cells (MqMapShape shape)
{
  switch (shape)
    {
    case MQ_MAP_RFM:
      return _ ("A cell is the scores of recency, frequency and monetary, 111 to 555. Each of the 125 belongs to one segment.");
    case MQ_MAP_RF:
      return _ ("A cell is the scores of recency and frequency, 11 to 55. Each of the 25 belongs to one segment.");
    case MQ_MAP_HIGH:
    default:
      return _ ("A cell says whether recency, frequency and monetary are high (1) or low (0), 000 to 111. Each of the 8 belongs to one segment.");
    }
}

GtkWidget *
mq_map_dialog_new (GtkWindow *parent, MqSession *session, const MqSegmentMap *map)
{
  MqMapDialog     *self = g_object_new (MQ_TYPE_MAP_DIALOG, "transient-for", parent, NULL);
  gboolean         own = mq_segment_map_find (map->id) == NULL;
  g_autofree char *copy = NULL;

  self->session = g_object_ref (session);
  self->shape = map->shape;
  self->own = own ? g_strdup (map->id) : NULL;
  /* Translators: %s is a map's name, such as "Eleven segments" */
  copy = own ? g_strdup (map->id) : g_strdup_printf (_ ("My %s"), _ (map->title));
  gtk_editable_set_text (GTK_EDITABLE (self->name), copy);
  gtk_label_set_text (self->cells, describe_cells (map->shape));
  gtk_widget_set_visible (self->remove, own);
  for (guint i = 0; i < map->n_segments; i++)
    {
      const MqSegment *segment = &map->segments[i];

      add_segment (self, own ? segment->name : mq_term_text (segment->name), segment->codes, own || *segment->action == '\0' ? segment->action : _ (segment->action), own || *segment->reason == '\0' ? segment->reason : _ (segment->reason));
    }
  return GTK_WIDGET (self);
}
