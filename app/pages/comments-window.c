/* comments-window.c: a list of comments with a search over it. */

#include "config.h"

#include "pages/comments-window.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "comment-list.h"
#include "comment-search.h"
#include "entry-row.h"
#include "mood-correction.h"
#include "pages/customer-window.h"
#include "sentiment/answers.h"
#include "stock-editing.h"

struct _MqCommentsWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;    /* (template) */
  GtkBox         *box;        /* (template) */
  GtkSearchBar   *search_bar; /* (template) */
  GtkEditable    *search;     /* (template) */
  GtkLabel       *said;       /* (template) how many were found, or why none can be */
  GtkStack       *stack;      /* (template) */
  MqCommentList  *list;       /* (template) */
  GtkWidget      *nothing;    /* (template) */

  MqAnalysisPage  *page;     /* (owned) */
  MqTable         *table;    /* (owned) */
  GArray          *found;    /* (owned) (nullable) (element-type guint32) NULL: all */
  MqCommentSearch *searcher; /* (owned) */
  GStrv            searched; /* (owned) the queries that found all of them */
  char            *asked;    /* (owned) (nullable) what the search was asked, and will have found */
  char            *question; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MqCommentsWindow, mq_comments_window, ADW_TYPE_WINDOW)

static char *
describe_all (MqCommentsWindow *self)
{
  g_autofree char *n = mq_format_integer ((gint64) mq_table_n_rows (self->table));

  return g_strdup_printf (ngettext ("%s comment", "%s comments", (gulong) mq_table_n_rows (self->table)), n);
}

static char *
describe_found (MqCommentsWindow *self)
{
  g_autofree char *found = mq_format_integer (self->found->len);
  g_autofree char *all = mq_format_integer ((gint64) mq_table_n_rows (self->table));

  /* Translators: so many are found, of so many */
  return g_strdup_printf (ngettext ("%s of %s comment", "%s of %s comments", (gulong) mq_table_n_rows (self->table)), found, all);
}

static void
say (MqCommentsWindow *self, const char *text, gboolean wrong)
{
  gtk_label_set_text (self->said, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->said), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->said), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* The words of the queries that found them all, and of the one they are searched with. */
static void
mark_searched (MqCommentsWindow *self)
{
  g_autoptr (GStrvBuilder) queries = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (queries, (const char **) self->searched);
  if (self->found != NULL)
    g_strv_builder_add (queries, self->asked);
  all = g_strv_builder_end (queries);
  mq_comment_list_set_searched (self->list, (const char *const *) all);
}

static void
show_found (MqCommentsWindow *self)
{
  g_autofree char *title = self->found != NULL ? describe_found (self) : describe_all (self);

  mark_searched (self);
  mq_comment_list_show_rows (self->list, self->found != NULL ? g_array_ref (self->found) : NULL);
  gtk_stack_set_visible_child (self->stack, self->found != NULL && self->found->len == 0 ? self->nothing : GTK_WIDGET (self->list));
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->heading, title);
  say (self, title, FALSE);
}

static void
found_cb (MqCommentsWindow *self, GArray *rows)
{
  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_array_ref (rows);
  show_found (self);
}

/* What was found before stays while the query cannot be read. */
static void
search_cb (MqCommentsWindow *self)
{
  const char *query = gtk_editable_get_text (self->search);
  g_autoptr (GError) error = NULL;

  if (*query != '\0')
    {
      if (mq_comment_search_ask (self->searcher, query, &error))
        {
          g_free (self->asked);
          self->asked = g_strdup (query);
        }
      else
        say (self, error->message, TRUE);
      return;
    }
  mq_comment_search_cancel (self->searcher);
  g_clear_pointer (&self->found, g_array_unref);
  show_found (self);
}

static void
show_all_cb (MqCommentsWindow *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
start_search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqCommentsWindow *self = MQ_COMMENTS_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* What is shown. */
static void
export_cb (MqCommentsWindow *self)
{
  g_autoptr (MqTable) table = NULL;

  if (self->found != NULL)
    table = mq_table_subset (self->table, (const guint32 *) (gpointer) self->found->data, self->found->len);
  mq_page_export_table (MQ_PAGE (self->page), MQ_EXPORT_CSV, table != NULL ? table : self->table, _ ("Comments"));
}

static void
correct_cb (MqCommentList *list, const char *text, gint polarity, gint emotion, MqCommentsWindow *self)
{
  mq_mood_correct (MQ_PAGE (self->page), text, polarity, emotion);
}

static void
stock_cb (MqCommentList *list, const char *text, gboolean is_stock, MqCommentsWindow *self)
{
  if (mq_stock_mark (MQ_PAGE (self->page), text, is_stock))
    mq_comment_list_set_stock (list, text, is_stock);
}

static void
customer_cb (MqCommentList *list, const char *customer, MqCommentsWindow *self)
{
  mq_customer_window_present (MQ_PAGE (self->page), GTK_WINDOW (self), customer);
}

/* All of them: not only what the page's query, period and segment let through. */
static void
voice_cb (MqCommentList *list, const char *customer, MqCommentsWindow *self)
{
  static const char *const narrowing[] = { "query", "segment", "from", "to", "compare", "compare-as-of" };
  g_autofree char         *condition = g_strconcat ("customer=", customer, NULL);
  const char              *behind[] = { condition, NULL };
  g_autoptr (GVariantDict) settings = g_variant_dict_new (mq_analysis_page_settings (self->page));
  g_autoptr (GVariant) asked = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (narrowing); i++)
    g_variant_dict_remove (settings, narrowing[i]);
  g_variant_dict_insert (settings, "period", "s", "all");
  g_variant_dict_insert (settings, "behind", "^as", behind);
  asked = g_variant_ref_sink (g_variant_dict_end (settings));
  mq_analysis_page_ask_behind (self->page, asked);
}

static void
keep_answer_cb (MqCommentsWindow *self, GtkEditable *entry)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self->page));
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_session_get_value (session, MQ_ANSWERS_VALUE));
  g_autofree char *value = NULL;

  mq_answers_set (answers, self->question, gtk_editable_get_text (entry));
  value = mq_answers_print (answers);
  mq_session_set_value (session, MQ_ANSWERS_VALUE, value);
  mq_page_reload (MQ_PAGE (self->page));
  mq_page_notice (MQ_PAGE (self->page), _ ("Answer kept"));
}

static void
mq_comments_window_dispose (GObject *object)
{
  MqCommentsWindow *self = MQ_COMMENTS_WINDOW (object);

  g_clear_object (&self->searcher);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->table, mq_table_unref);
  g_clear_pointer (&self->searched, g_strfreev);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->question, g_free);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (mq_comments_window_parent_class)->dispose (object);
}

static void
mq_comments_window_class_init (MqCommentsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_comments_window_dispose;

  g_type_ensure (MQ_TYPE_COMMENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/comments-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, box);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, said);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MqCommentsWindow, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, stock_cb);
  gtk_widget_class_bind_template_callback (widget_class, customer_cb);
  gtk_widget_class_bind_template_callback (widget_class, voice_cb);
  gtk_widget_class_install_action (widget_class, "comments.search", NULL, start_search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "comments.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mq_comments_window_init (MqCommentsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search);
}

MqCommentsWindow *
mq_comments_window_present (MqAnalysisPage *page, MqTable *table, const char *words, const char *const *searched)
{
  MqCommentsWindow *self = g_object_new (MQ_TYPE_COMMENTS_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autofree char  *title = NULL;

  self->page = g_object_ref (page);
  self->table = mq_table_ref (table);
  self->searched = g_strdupv ((char **) searched);
  self->searcher = mq_comment_search_new (table);
  g_signal_connect_object (self->searcher, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  title = describe_all (self);
  mq_comment_list_set_table (self->list, table, title);
  adw_window_title_set_subtitle (self->heading, words);
  show_found (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

void
mq_comments_window_take_answer (MqCommentsWindow *self, const char *question)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (self->page));
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_session_get_value (session, MQ_ANSWERS_VALUE));
  const char *answer = mq_answers_find (answers, question);
  GtkWidget  *entry = adw_entry_row_new ();
  GtkWidget  *list = gtk_list_box_new ();

  g_free (self->question);
  self->question = g_strdup (question);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Answer"));
  gtk_editable_set_text (GTK_EDITABLE (entry), answer != NULL ? answer : "");
  gtk_widget_set_sensitive (entry, !mq_session_is_read_only (session));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  mq_entry_row_name_button (ADW_ENTRY_ROW (entry));
  g_signal_connect_object (entry, "apply", G_CALLBACK (keep_answer_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "answer-row");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  gtk_box_append (self->box, list);
}
