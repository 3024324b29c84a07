/* channel-dialog.c: one row a value, with its channel, group, and whether it is direct or paid. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "base/terms.h"
#include "dialogs/channel-dialog.h"

/* More rows than that nobody edits by hand; those with the most records stand there. */
#define MOST_ROWS 300

struct _MqChannelDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *values;  /* (template) */
  GtkLabel            *problem; /* (template) */

  MqSession *session; /* (owned) */
  GPtrArray *rows;    /* (owned) (element-type Row) */
};

/* A value: its row and the controls in it, all of which belong to the dialog. */
typedef struct
{
  AdwExpanderRow *row;
  char           *raw;    /* (owned) */
  char          **groups; /* (owned) as the program writes them, in the order of the choice */
  GtkEditable    *channel;
  AdwComboRow    *group;
  GtkSwitch      *direct;
  GtkSwitch      *paid;
} Row;

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqChannelDialog, mq_channel_dialog, ADW_TYPE_WINDOW)

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->raw);
  g_strfreev (row->groups);
  g_free (row);
}

static void
say (MqChannelDialog *self, const char *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static const char *
get_group (const Row *row)
{
  guint selected = adw_combo_row_get_selected (row->group);

  return selected != GTK_INVALID_LIST_POSITION ? row->groups[selected] : row->groups[0];
}

/* "Newsletter · E-mail · Paid". */
static void
show_subtitle (const Row *row)
{
  GString         *text = g_string_new (gtk_editable_get_text (row->channel));
  g_autofree char *markup = NULL;

  g_string_append_printf (text, " · %s", mq_term_text (get_group (row)));
  if (gtk_switch_get_active (row->direct) && !g_str_equal (get_group (row), "Direct"))
    g_string_append_printf (text, " · %s", _ ("Direct"));
  if (gtk_switch_get_active (row->paid))
    g_string_append_printf (text, " · %s", _ ("Paid Traffic"));
  markup = g_markup_escape_text (text->str, -1);
  adw_expander_row_set_subtitle (row->row, markup);
  g_string_free (text, TRUE);
}

static void
edited_cb (MqChannelDialog *self)
{
  say (self, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    show_subtitle (self->rows->pdata[i]);
}

static void
add_channel (MqChannelDialog *self, Row *row, const char *channel)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Channel"));
  gtk_editable_set_text (GTK_EDITABLE (entry), channel);
  adw_expander_row_add_row (row->row, entry);
  row->channel = GTK_EDITABLE (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

/* The groups that are proposed, and the value's own if it is another. */
static void
add_group (MqChannelDialog *self, Row *row, const char *group)
{
  const char *const *groups = mq_channel_groups ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GtkWidget *combo = adw_combo_row_new ();
  guint      selected = 0, n;

  for (n = 0; groups[n] != NULL; n++)
    {
      g_strv_builder_add (ids, groups[n]);
      gtk_string_list_append (titles, _ (groups[n]));
      if (g_str_equal (groups[n], group))
        selected = n;
    }
  if (!g_str_equal (groups[selected], group))
    {
      g_strv_builder_add (ids, group);
      gtk_string_list_append (titles, group);
      selected = n;
    }
  row->groups = g_strv_builder_end (ids);
  row->group = ADW_COMBO_ROW (combo);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), _ ("Channel Group"));
  adw_combo_row_set_model (row->group, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (row->group, selected);
  adw_expander_row_add_row (row->row, combo);
  g_signal_connect_object (combo, "notify::selected", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static GtkSwitch *
add_switch (MqChannelDialog *self, Row *row, const char *title, const char *subtitle, gboolean active)
{
  GtkWidget *action = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (action), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (action), subtitle);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (action), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (action), toggle);
  adw_expander_row_add_row (row->row, action);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return GTK_SWITCH (toggle);
}

static void
add_value (MqChannelDialog *self, const MqChannelEntry *entry)
{
  Row             *row = g_new0 (Row, 1);
  g_autofree char *title = g_markup_escape_text (entry->raw, -1);

  row->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  row->raw = g_strdup (entry->raw);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->raw, -1);
  add_channel (self, row, entry->channel);
  add_group (self, row, entry->group);
  row->direct = add_switch (self, row, _ ("Direct"), _ ("No channel brought the customer"), entry->direct);
  row->paid = add_switch (self, row, _ ("Paid Traffic"), _ ("The channel costs money"), entry->paid);
  show_subtitle (row);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->values, GTK_WIDGET (row->row));
}

static void
save_cb (MqChannelDialog *self)
{
  const char *before = mq_session_get_value (self->session, MQ_CHANNEL_TABLE_VALUE);
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (before);
  g_autofree char *old = mq_channel_table_print (table);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row       *row = self->rows->pdata[i];
      g_autofree char *channel = g_strstrip (g_strdup (gtk_editable_get_text (row->channel)));
      MqChannelEntry   entry = { row->raw, channel, get_group (row), gtk_switch_get_active (row->direct), gtk_switch_get_active (row->paid), TRUE };

      if (!mq_channel_table_set (table, &entry, &error))
        {
          adw_expander_row_set_expanded (row->row, TRUE);
          gtk_widget_grab_focus (GTK_WIDGET (row->channel));
          say (self, error->message);
          return;
        }
    }
  text = mq_channel_table_print (table);
  if (!g_str_equal (text, old))
    {
      mq_session_set_value (self->session, MQ_CHANNEL_TABLE_BEFORE, old);
      mq_session_set_value (self->session, MQ_CHANNEL_TABLE_VALUE, text);
      g_signal_emit (self, signals[SIGNAL_SAVED], 0);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
propose_cb (MqChannelDialog *self)
{
  g_autoptr (MqChannelTable) none = mq_channel_table_parse (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row           *row = self->rows->pdata[i];
      MqChannelEntry entry = mq_channel_table_get (none, row->raw);

      gtk_editable_set_text (row->channel, entry.channel);
      for (guint g = 0; row->groups[g] != NULL; g++)
        if (g_str_equal (row->groups[g], entry.group))
          adw_combo_row_set_selected (row->group, g);
      gtk_switch_set_active (row->direct, entry.direct);
      gtk_switch_set_active (row->paid, entry.paid);
    }
}

static void
mq_channel_dialog_dispose (GObject *object)
{
  MqChannelDialog *self = MQ_CHANNEL_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (mq_channel_dialog_parent_class)->dispose (object);
}

static void
mq_channel_dialog_class_init (MqChannelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_channel_dialog_dispose;

  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/channel-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MqChannelDialog, values);
  gtk_widget_class_bind_template_child (widget_class, MqChannelDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, propose_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_channel_dialog_init (MqChannelDialog *self)
{
  self->rows = g_ptr_array_new_with_free_func (free_row);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mq_channel_dialog_new (GtkWindow *parent, MqSession *session, MqTable *list)
{
  MqChannelDialog *self = g_object_new (MQ_TYPE_CHANNEL_DIALOG, "transient-for", parent, NULL);
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (mq_session_get_value (session, MQ_CHANNEL_TABLE_VALUE));
  guint raw = (guint) mq_table_find_column (list, "raw");

  self->session = g_object_ref (session);
  for (gsize row = 0; row < MIN (mq_table_n_rows (list), MOST_ROWS); row++)
    {
      MqChannelEntry entry = mq_channel_table_get (table, mq_table_text (list, row, raw));

      add_value (self, &entry);
    }
  if (mq_table_n_rows (list) > MOST_ROWS)
    {
      g_autofree char *shown = mq_format_integer (MOST_ROWS);
      g_autofree char *all = mq_format_integer (mq_table_n_rows (list));
      g_autofree char *text = g_strdup_printf (_ ("The first %s of %s values. The command line edits the others."), shown, all);

      adw_preferences_group_set_description (self->values, text);
    }
  return GTK_WIDGET (self);
}
