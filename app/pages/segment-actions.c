/* segment-actions.c: a suggested action for each segment, with its reason. */

#include "config.h"

#include "pages/segment-actions.h"

#include <glib/gi18n.h>

#include "base/format.h"

struct _MqSegmentActions
{
  AdwBin parent_instance;

  AdwExpanderRow *expander; /* (borrowed) */
  GPtrArray      *rows;     /* (owned) (element-type GtkWidget) */
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqSegmentActions, mq_segment_actions, ADW_TYPE_BIN)

static void
activated_cb (MqSegmentActions *self, GtkWidget *row)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, g_object_get_data (G_OBJECT (row), "segment"));
}

/* (transfer full) */
static char *
format_cell (MqTable *segments, gsize row, const char *column)
{
  return mq_format_cell (segments, row, (guint) mq_table_find_column (segments, column));
}

/* "Champions · 188 customers", what to do and why. */
static void
add_row (MqSegmentActions *self, MqTable *segments, gsize i)
{
  gint64           customers = mq_table_integer (segments, i, (guint) mq_table_find_column (segments, "customers"));
  g_autofree char *name = format_cell (segments, i, "segment");
  g_autofree char *number = mq_format_integer (customers);
  g_autofree char *action = format_cell (segments, i, "action");
  g_autofree char *reason = format_cell (segments, i, "reason");
  /* Translators: a segment's name and the number of its customers */
  g_autofree char *title = g_strdup_printf (ngettext ("%s · %s customer", "%s · %s customers", (gulong) customers), name, number);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", action, reason);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "segment", g_strdup (mq_table_text (segments, i, (guint) mq_table_find_column (segments, "segment"))), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->expander, row);
  g_ptr_array_add (self->rows, row);
}

static void
mq_segment_actions_finalize (GObject *object)
{
  g_ptr_array_unref (MQ_SEGMENT_ACTIONS (object)->rows);

  G_OBJECT_CLASS (mq_segment_actions_parent_class)->finalize (object);
}

static void
mq_segment_actions_class_init (MqSegmentActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_segment_actions_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mq_segment_actions_init (MqSegmentActions *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *expander = adw_expander_row_new ();

  self->rows = g_ptr_array_new ();
  self->expander = ADW_EXPANDER_ROW (expander);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("What to Do With Each Segment"));
  adw_expander_row_set_subtitle (self->expander, _ ("A suggested next action and its reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What to Do With Each Segment"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Suggested actions"), -1);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), expander);
  adw_bin_set_child (ADW_BIN (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mq_segment_actions_new (void)
{
  return g_object_new (MQ_TYPE_SEGMENT_ACTIONS, NULL);
}

void
mq_segment_actions_set_table (MqSegmentActions *self, MqTable *segments)
{
  guint customers = (guint) mq_table_find_column (segments, "customers");

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->expander, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (gsize i = 0; i < mq_table_n_rows (segments); i++)
    if (mq_table_integer (segments, i, customers) > 0)
      add_row (self, segments, i);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}
