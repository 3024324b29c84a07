/* stock-window.c: a row a phrase; what the list says is the session's value, and rows are made and dropped after it. */

#include "config.h"

#include "pages/stock-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/format.h"
#include "entry-row.h"
#include "stock-editing.h"

#define NOT_COUNTED (-1)

struct _MqStockWindow
{
  AdwWindow parent_instance;

  AdwEntryRow *add;     /* (template) */
  GtkListBox  *list;    /* (template) */
  GtkWidget   *empty;   /* (template) */
  GtkWidget   *content; /* (template) */
  GtkLabel    *problem; /* (template) */

  MqPage     *page;   /* (owned) */
  char       *path;   /* (owned) the project's */
  GHashTable *rows;   /* (owned) (element-type utf8 Row) by phrase */
  GPtrArray  *before; /* (owned) (element-type utf8) the values before each change, the latest last */
  guint       added;  /* rows that were made since the window is there */
};

/* A phrase: the widgets belong to the list. */
typedef struct
{
  AdwEntryRow *entry;
  char        *phrase; /* (owned) */
  gint64       rank;   /* rows stand in the order of the comments that they took out at first; what is new, on top */
} Row;

G_DEFINE_FINAL_TYPE (MqStockWindow, mq_stock_window, ADW_TYPE_WINDOW)

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->phrase);
  g_free (row);
}

static void
say (MqStockWindow *self, const char *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static const char *
get_value (MqStockWindow *self)
{
  const char *value = mq_session_get_value (mq_page_get_session (self->page), MQ_STOCK_VALUE);

  return value != NULL ? value : "";
}

static Row *
get_row (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "row");
}

/* NOT_COUNTED while the page's answer is of the list before. */
static gint64
find_count (MqStockWindow *self, const char *phrase)
{
  MqResult *result = MQ_PAGE_GET_CLASS (self->page)->get_result (self->page);
  MqTable  *table = result != NULL ? mq_result_find_table (result, "stock") : NULL;

  for (gsize i = 0; table != NULL && i < mq_table_n_rows (table); i++)
    if (g_str_equal (mq_table_text (table, i, 0), phrase))
      return mq_table_integer (table, i, (guint) mq_table_find_column (table, "comments"));
  return NOT_COUNTED;
}

static void
show_count (MqStockWindow *self, Row *row)
{
  gint64           n = find_count (self, row->phrase);
  g_autofree char *number = mq_format_integer (MAX (n, 0));
  g_autofree char *title = n == NOT_COUNTED ? g_strdup (_ ("Being counted…")) : n == 0 ? g_strdup (_ ("No comment in the period"))
                                                                                       : g_strdup_printf (ngettext ("%s comment left out", "%s comments left out", (gulong) n), number);
  GtkEditable     *text = gtk_editable_get_delegate (GTK_EDITABLE (row->entry));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->entry), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* Without the button that applies an edit, and nothing to undo by letters: this is no edit, and Ctrl+Z is the list's. */
static void
set_text (AdwEntryRow *entry, const char *text)
{
  adw_entry_row_set_show_apply_button (entry, FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), TRUE);
  adw_entry_row_set_show_apply_button (entry, TRUE);
}

static int
compare_rows_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  const Row *x = get_row (a), *y = get_row (b);

  if (x->rank != y->rank)
    return x->rank > y->rank ? -1 : 1;
  return strcmp (x->phrase, y->phrase);
}

static void sync_rows (MqStockWindow *self);

static void
change (MqStockWindow *self, GHashTable *phrases)
{
  g_autofree char *value = mq_stock_phrases_print (phrases);
  g_autofree char *before = g_strdup (get_value (self));

  say (self, NULL);
  if (g_str_equal (value, before) || !mq_stock_keep (self->page, value))
    return;
  g_ptr_array_add (self->before, g_steal_pointer (&before));
  sync_rows (self);
}

/* The phrase that was written; NULL: it is none, or (unless it is `own`) the list has it. (transfer full) */
static char *
read_phrase (MqStockWindow *self, AdwEntryRow *entry, const char *own)
{
  g_autofree char *phrase = mq_stock_phrase_new (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (phrase == NULL)
    say (self, _ ("A stock phrase is one line of letters, at most 256 bytes long."));
  else if (g_strcmp0 (phrase, own) != 0 && g_hash_table_contains (self->rows, phrase))
    say (self, _ ("The list has this phrase already."));
  else
    return g_steal_pointer (&phrase);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return NULL;
}

static void
edited_cb (AdwEntryRow *entry, MqStockWindow *self)
{
  Row *row = get_row (entry);
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (get_value (self));
  g_autofree char *phrase = read_phrase (self, entry, row->phrase);

  if (phrase == NULL)
    return;
  mq_stock_phrases_set (phrases, row->phrase, FALSE);
  mq_stock_phrases_set (phrases, phrase, TRUE);
  set_text (entry, phrase);
  g_hash_table_steal (self->rows, row->phrase);
  g_free (row->phrase);
  row->phrase = g_steal_pointer (&phrase);
  g_hash_table_insert (self->rows, row->phrase, row);
  change (self, phrases);
  show_count (self, row);
}

static void
removed_cb (GtkWidget *button, MqStockWindow *self)
{
  GtkWidget *entry = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);
  GtkWidget *next = gtk_widget_get_next_sibling (entry);
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (get_value (self));

  if (next == NULL)
    next = gtk_widget_get_prev_sibling (entry);
  mq_stock_phrases_set (phrases, get_row (entry)->phrase, FALSE);
  gtk_widget_grab_focus (next != NULL ? g_object_get_data (G_OBJECT (next), "remove") : GTK_WIDGET (self->add));
  change (self, phrases);
}

static void
make_row (MqStockWindow *self, const char *phrase)
{
  Row       *row = g_new0 (Row, 1);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gint64     n = find_count (self, phrase);
  /* Translators: %s is a stock phrase */
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), phrase);

  row->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  row->phrase = g_strdup (phrase);
  row->rank = n == NOT_COUNTED ? G_MAXINT64 / 2 + ++self->added : n;
  g_object_set_data_full (G_OBJECT (row->entry), "row", row, free_row);
  g_object_set_data (G_OBJECT (row->entry), "remove", remove);
  set_text (row->entry, phrase);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove: these are comments"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  mq_entry_row_name_button (row->entry);
  adw_entry_row_add_suffix (row->entry, remove);
  g_signal_connect (row->entry, "apply", G_CALLBACK (edited_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (removed_cb), self);
  g_hash_table_insert (self->rows, row->phrase, row);
  gtk_list_box_append (self->list, GTK_WIDGET (row->entry));
}

static void
drop_others (MqStockWindow *self, GHashTable *phrases)
{
  GHashTableIter iter;
  gpointer       phrase, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &phrase, &row))
    if (!g_hash_table_contains (phrases, phrase))
      {
        AdwEntryRow *entry = ((Row *) row)->entry;

        g_hash_table_iter_remove (&iter);
        gtk_list_box_remove (self->list, GTK_WIDGET (entry));
      }
}

/* Rows of the phrases that the session has, with the counts that the page has. */
static void
sync_rows (MqStockWindow *self)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (get_value (self));
  GHashTableIter iter;
  gpointer       phrase, row;

  drop_others (self, phrases);
  g_hash_table_iter_init (&iter, phrases);
  while (g_hash_table_iter_next (&iter, &phrase, NULL))
    if (!g_hash_table_contains (self->rows, phrase))
      make_row (self, phrase);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    show_count (self, row);
  gtk_list_box_invalidate_sort (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), g_hash_table_size (self->rows) > 0);
  gtk_widget_set_visible (self->empty, g_hash_table_size (self->rows) == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.undo", self->before->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.propose", *get_value (self) != '\0');
}

static void
added_cb (MqStockWindow *self)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (get_value (self));
  g_autofree char *phrase = read_phrase (self, self->add, NULL);

  if (phrase == NULL)
    return;
  mq_stock_phrases_set (phrases, phrase, TRUE);
  set_text (self->add, "");
  change (self, phrases);
}

static void
propose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (NULL);

  change (MQ_STOCK_WINDOW (widget), phrases);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqStockWindow   *self = MQ_STOCK_WINDOW (widget);
  g_autofree char *value = self->before->len > 0 ? g_ptr_array_steal_index (self->before, self->before->len - 1) : NULL;

  say (self, NULL);
  if (value == NULL || !mq_stock_keep (self->page, value))
    return;
  sync_rows (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

/* Letters that were typed and not applied are the entry's to take back. */
static gboolean
undo_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW) : NULL;
  Row       *row = entry != NULL ? get_row (entry) : NULL;

  if (entry != NULL && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), row != NULL ? row->phrase : ""))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (widget, "stock.undo", NULL);
  return GDK_EVENT_STOP;
}

/* Before the entries, which keep the key even with nothing to undo. */
static void
add_undo_key (MqStockWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK), gtk_callback_action_new (undo_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Another project has other phrases. */
static void
session_changed_cb (MqStockWindow *self)
{
  if (g_strcmp0 (mq_session_get_path (mq_page_get_session (self->page)), self->path) == 0)
    sync_rows (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
mq_stock_window_dispose (GObject *object)
{
  MqStockWindow *self = MQ_STOCK_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);

  G_OBJECT_CLASS (mq_stock_window_parent_class)->dispose (object);
}

static void
mq_stock_window_class_init (MqStockWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_stock_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/stock-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MqStockWindow, add);
  gtk_widget_class_bind_template_child (widget_class, MqStockWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MqStockWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, MqStockWindow, content);
  gtk_widget_class_bind_template_child (widget_class, MqStockWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_install_action (widget_class, "stock.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "stock.propose", NULL, propose_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_stock_window_init (MqStockWindow *self)
{
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->before = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  mq_entry_row_name_button (self->add);
  add_undo_key (self);
  gtk_list_box_set_sort_func (self->list, compare_rows_cb, NULL, NULL);
}

GtkWidget *
mq_stock_window_new (MqPage *page)
{
  MqStockWindow *self = g_object_new (MQ_TYPE_STOCK_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  MqSession     *session = mq_page_get_session (page);

  self->page = g_object_ref (page);
  self->path = g_strdup (mq_session_get_path (session));
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "answer-changed", G_CALLBACK (sync_rows), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (self->content, !mq_session_is_read_only (session));
  sync_rows (self);
  if (mq_session_is_read_only (session))
    say (self, _ ("The project is open read-only."));
  return GTK_WIDGET (self);
}
