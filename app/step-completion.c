/* step-completion.c: a list below an entry. The entry keeps the focus; keys go to the list while it is open. */

#include "config.h"

#include "step-guide.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkEntry    *entry; /* (borrowed): lives as long as it */
  MqStepGuide *guide; /* (owned) */
  GtkPopover  *popover;
  GtkListBox  *list;
  guint        idle;   /* source, or 0 */
  gsize        start;  /* bytes of the text that a word replaces */
  gsize        cursor; /* bytes */
} Completion;

static gboolean
is_open (const Completion *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

static void
close_list (Completion *self)
{
  gtk_popover_popdown (self->popover);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
fill_list (Completion *self, char **words)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; words[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (words[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_list_box_append (self->list, label);
      row = gtk_widget_get_parent (label);
      gtk_widget_set_focusable (row, FALSE);
      g_object_set_data_full (G_OBJECT (row), "word", g_strdup (words[i]), g_free);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words[i], -1);
    }
}

/* Looks up what fits at the cursor. */
static void
offer (Completion *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (GStrv) words = NULL;

  self->cursor = g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->entry))) - text;
  words = mq_step_guide_complete (self->guide, text, self->cursor, &self->start);
  if (words[0] == NULL)
    {
      close_list (self);
      return;
    }
  fill_list (self, words);
  gtk_popover_popup (self->popover);
}

static gboolean
has_focus (const Completion *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
offer_cb (gpointer data)
{
  Completion *self = data;

  self->idle = 0;
  if (has_focus (self))
    offer (self);
}

/* The cursor follows the text: look when it has. */
static void
changed_cb (Completion *self)
{
  if (self->idle == 0 && has_focus (self))
    self->idle = g_idle_add_once (offer_cb, self);
}

static void
loaded_cb (MqStepGuide *guide, GtkEntry *entry)
{
  changed_cb (g_object_get_data (G_OBJECT (entry), "completion"));
}

static void
take_word (Completion *self, GtkListBoxRow *row)
{
  GtkEditable     *editable = GTK_EDITABLE (self->entry);
  g_autofree char *word = g_strdup (g_object_get_data (G_OBJECT (row), "word"));
  const char      *text = gtk_editable_get_text (editable);
  int              start = (int) g_utf8_pointer_to_offset (text, text + self->start);
  int              end = (int) g_utf8_pointer_to_offset (text, text + self->cursor);

  close_list (self);
  gtk_editable_delete_text (editable, start, end);
  gtk_editable_insert_text (editable, word, -1, &start);
  gtk_editable_set_position (editable, start);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Completion *self)
{
  take_word (self, row);
}

static void
move_selection (Completion *self, int by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int            index = selected != NULL ? gtk_list_box_row_get_index (selected) + by : by > 0 ? 0
                                                                                                : -1;
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static gboolean
press_open (Completion *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      close_list (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
      if (row == NULL)
        {
          close_list (self);
          return GDK_EVENT_PROPAGATE;
        }
      take_word (self, row);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Completion *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  if (held == 0 && is_open (self))
    return press_open (self, key);
  if ((held == GDK_CONTROL_MASK && key == GDK_KEY_space) || (held == 0 && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)))
    {
      offer (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
leave_cb (GtkEventControllerFocus *controller, Completion *self)
{
  close_list (self);
}

static void
destroy_cb (GtkWidget *entry, Completion *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
}

static void
free_completion (gpointer data)
{
  Completion *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->guide);
  g_free (self);
}

static void
make_list (Completion *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Words that fit here"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "menu");
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self->popover), FALSE);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->list));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self->entry));
}

void
mq_step_completion_attach (GtkEntry *entry, MqStepGuide *guide)
{
  Completion         *self = g_new0 (Completion, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = entry;
  self->guide = g_object_ref (guide);
  make_list (self);
  g_object_set_data_full (G_OBJECT (entry), "completion", self, free_completion);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (entry), focus);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (entry, "destroy", G_CALLBACK (destroy_cb), self);
  g_signal_connect_object (guide, "loaded", G_CALLBACK (loaded_cb), entry, 0);
}
