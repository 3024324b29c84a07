/* step-editor.c: a row a step: its number (which can be dragged), an entry, buttons. */

#include "config.h"

#include "step-editor.h"

#include <glib/gi18n.h>

#include "step-guide.h"
#include "wrap-box.h"

#define TYPING_PAUSE_MS 350
#define MAX_STEPS 20
#define STEPS_A_LINE 3
#define STEP_CHARS 16

struct _MqStepEditor
{
  GtkBox parent_instance;

  GtkWidget *list;  /* (borrowed) rows beside each other, then `add` */
  GtkWidget *add;   /* (borrowed) */
  guint      pause; /* source, or 0 */
  gboolean   filling;

  MqStepGuide *guide; /* (owned) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqStepEditor, mq_step_editor, GTK_TYPE_BOX)

static GtkWidget *add_row (MqStepEditor *self, const char *text);

static void
emit_changed (MqStepEditor *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GtkEditable *
get_entry (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "entry");
}

static guint
count_rows (MqStepEditor *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != self->add; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

/* Numbers and names follow the order; two steps are the least. */
static void
number_rows (MqStepEditor *self)
{
  guint n = count_rows (self);
  guint i = 1;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != self->add; row = gtk_widget_get_next_sibling (row), i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *name = g_strdup_printf (_ ("Step %u"), i);
      g_autofree char *remove = g_strdup_printf (_ ("Remove Step %u"), i);

      gtk_label_set_text (g_object_get_data (G_OBJECT (row), "number"), number);
      gtk_accessible_update_property (GTK_ACCESSIBLE (get_entry (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (g_object_get_data (G_OBJECT (row), "remove")), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
      gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "remove"), n > 2);
    }
  gtk_widget_set_sensitive (self->add, n < MAX_STEPS);
}

static void
typed_cb (gpointer user_data)
{
  MqStepEditor *self = user_data;

  self->pause = 0;
  emit_changed (self);
}

static void
text_changed_cb (GtkEditable *entry, MqStepEditor *self)
{
  if (self->filling)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (TYPING_PAUSE_MS, typed_cb, self);
}

static void
activate_cb (GtkEntry *entry, MqStepEditor *self)
{
  emit_changed (self);
}

static void
remove_cb (GtkButton *button, MqStepEditor *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (button));
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if (next == self->add)
    next = gtk_widget_get_prev_sibling (row);
  gtk_widget_unparent (row);
  number_rows (self);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_entry (next)));
  emit_changed (self);
}

static void
add_cb (GtkButton *button, MqStepEditor *self)
{
  GtkWidget *row = add_row (self, "");

  number_rows (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (row)));
}

static void
move_row (MqStepEditor *self, GtkWidget *row, GtkWidget *after)
{
  gtk_widget_insert_after (row, self->list, after);
  number_rows (self);
  emit_changed (self);
}

/* Alt+Up and Alt+Down. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MqStepEditor *self)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
  GtkWidget *previous = gtk_widget_get_prev_sibling (row);
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if ((state & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up && previous != NULL)
    move_row (self, row, gtk_widget_get_prev_sibling (previous));
  else if (key == GDK_KEY_Down && next != self->add)
    move_row (self, row, next);
  else
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (row)));
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, row);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* Dropped on the first half of a step it comes before it, else after it: the upper half where steps stand one under the other. */
static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, MqStepEditor *self)
{
  GtkWidget *onto = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *row = g_value_get_object (value);

  if (row == NULL || row == onto || gtk_widget_get_parent (row) != self->list)
    return FALSE;
  if (gtk_widget_get_width (onto) < gtk_widget_get_width (self->list) / 2 ? x < gtk_widget_get_width (onto) / 2.0 : y < gtk_widget_get_height (onto) / 2.0)
    onto = gtk_widget_get_prev_sibling (onto);
  if (onto != row)
    move_row (self, row, onto);
  return TRUE;
}

static GtkWidget *
make_number (GtkWidget *row)
{
  GtkWidget     *number = gtk_label_new ("");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_set_tooltip_text (number, _ ("Drag to move this step"));
  gtk_widget_set_cursor_from_name (number, "grab");
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  gtk_widget_add_controller (number, GTK_EVENT_CONTROLLER (source));
  return number;
}

static GtkWidget *
make_entry (MqStepEditor *self, const char *text)
{
  GtkWidget          *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("An event, order or message.clicked"));
  gtk_widget_set_tooltip_text (entry, _ ("Names after commas: any of them. Conditions in brackets: view[product = B and amount >= 10]. Alt+Up and Alt+Down move the step."));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), STEP_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), STEP_CHARS);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect (entry, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), self);
  mq_step_completion_attach (GTK_ENTRY (entry), self->guide);
  return entry;
}

static GtkWidget *
add_row (MqStepEditor *self, const char *text)
{
  GtkWidget     *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget     *number = make_number (row);
  GtkWidget     *entry = make_entry (self, text);
  GtkWidget     *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove This Step"));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  gtk_box_append (GTK_BOX (row), number);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), remove);
  g_object_set_data (G_OBJECT (row), "number", number);
  g_object_set_data (G_OBJECT (row), "entry", entry);
  g_object_set_data (G_OBJECT (row), "remove", remove);
  gtk_widget_insert_before (row, self->list, self->add);
  return row;
}

static void
mq_step_editor_dispose (GObject *object)
{
  g_clear_handle_id (&MQ_STEP_EDITOR (object)->pause, g_source_remove);
  g_clear_object (&MQ_STEP_EDITOR (object)->guide);

  G_OBJECT_CLASS (mq_step_editor_parent_class)->dispose (object);
}

static void
mq_step_editor_class_init (MqStepEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_step_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", MQ_TYPE_STEP_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_step_editor_init (MqStepEditor *self)
{
  self->guide = mq_step_guide_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->list = mq_wrap_box_new ();
  g_object_set (self->list, "spacing", 6, "homogeneous", TRUE, "max-per-line", STEPS_A_LINE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"), -1);
  self->add = gtk_button_new_with_mnemonic (_ ("_Add Step"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_widget_set_parent (self->add, self->list);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
mq_step_editor_new (void)
{
  return g_object_new (MQ_TYPE_STEP_EDITOR, NULL);
}

void
mq_step_editor_set_steps (MqStepEditor *self, const char *const *steps)
{
  GtkWidget *row;

  self->filling = TRUE;
  while ((row = gtk_widget_get_first_child (self->list)) != self->add)
    gtk_widget_unparent (row);
  for (; steps != NULL && *steps != NULL; steps++)
    add_row (self, *steps);
  number_rows (self);
  self->filling = FALSE;
}

char **
mq_step_editor_get_steps (MqStepEditor *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **steps;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != self->add; row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (get_entry (row))));

      if (*text != '\0')
        g_strv_builder_add (builder, text);
    }
  steps = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return steps;
}

void
mq_step_editor_set_dataset (MqStepEditor *self, MqDataset *dataset)
{
  mq_step_guide_set_dataset (self->guide, dataset);
}
