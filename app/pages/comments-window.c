/* comments-window.c: the comments behind a mark. */

#include "config.h"

#include "pages/comments-window.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "comment-list.h"
#include "entry-row.h"
#include "escape.h"
#include "mood-correction.h"
#include "pages/analysis-page.h"
#include "pages/customer-window.h"
#include "sentiment/answers.h"
#include "stock-editing.h"

static MqCommentList *
get_list (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), "list");
}

static void
export_cb (GtkWidget *window)
{
  mq_page_export_table (g_object_get_data (G_OBJECT (window), "page"), MQ_EXPORT_CSV, mq_comment_list_get_table (get_list (window)), _ ("Comments"));
}

static void
correct_cb (MqCommentList *list, const char *text, gint polarity, gint emotion, GtkWidget *window)
{
  mq_mood_correct (g_object_get_data (G_OBJECT (window), "page"), text, polarity, emotion);
}

static void
stock_cb (MqCommentList *list, const char *text, gboolean is_stock, GtkWidget *window)
{
  if (mq_stock_mark (g_object_get_data (G_OBJECT (window), "page"), text, is_stock))
    mq_comment_list_set_stock (list, text, is_stock);
}

static void
customer_cb (MqCommentList *list, const char *customer, GtkWidget *window)
{
  mq_customer_window_present (g_object_get_data (G_OBJECT (window), "page"), GTK_WINDOW (window), customer);
}

/* With the query, the period and the rest as they are on the page. */
static void
voice_cb (MqCommentList *list, const char *customer, GtkWidget *window)
{
  MqAnalysisPage  *page = MQ_ANALYSIS_PAGE (g_object_get_data (G_OBJECT (window), "page"));
  g_autofree char *condition = g_strconcat ("customer=", customer, NULL);
  const char      *behind[] = { condition, NULL };
  g_autoptr (GVariantDict) settings = g_variant_dict_new (mq_analysis_page_settings (page));
  g_autoptr (GVariant) asked = NULL;

  g_variant_dict_insert (settings, "behind", "^as", behind);
  asked = g_variant_ref_sink (g_variant_dict_end (settings));
  mq_analysis_page_ask_behind (page, asked);
}

GtkWidget *
mq_comments_window_present (MqPage *page, MqTable *table)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *list = mq_comment_list_new ();
  GtkWidget *export = gtk_button_new_with_label (_ ("Export CSV…"));

  g_object_set_data_full (G_OBJECT (window), "page", g_object_ref (page), g_object_unref);
  g_object_set_data (G_OBJECT (window), "list", list);
  g_signal_connect (list, "correct", G_CALLBACK (correct_cb), window);
  g_signal_connect (list, "stock", G_CALLBACK (stock_cb), window);
  g_signal_connect (list, "customer", G_CALLBACK (customer_cb), window);
  g_signal_connect (list, "voice", G_CALLBACK (voice_cb), window);
  mq_window_close_on_escape (GTK_WINDOW (window));
  g_signal_connect_swapped (export, "clicked", G_CALLBACK (export_cb), window);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), export);
  gtk_widget_set_vexpand (list, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), list);
  adw_window_set_content (ADW_WINDOW (window), box);
  mq_comments_window_set_table (window, table);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 560);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
mq_comments_window_set_table (GtkWidget *window, MqTable *table)
{
  g_autofree char *n = mq_format_integer (mq_table_n_rows (table));
  g_autofree char *title = g_strdup_printf (ngettext ("%s comment", "%s comments", mq_table_n_rows (table)), n);

  mq_comment_list_set_table (get_list (window), table, title);
  gtk_window_set_title (GTK_WINDOW (window), title);
}

static void
keep_answer_cb (GtkEditable *entry, GtkWidget *window)
{
  MqPage    *page = g_object_get_data (G_OBJECT (window), "page");
  MqSession *session = mq_page_get_session (page);
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_session_get_value (session, MQ_ANSWERS_VALUE));
  g_autofree char *value = NULL;

  mq_answers_set (answers, g_object_get_data (G_OBJECT (window), "question"), gtk_editable_get_text (entry));
  value = mq_answers_print (answers);
  mq_session_set_value (session, MQ_ANSWERS_VALUE, value);
  mq_page_reload (page);
  mq_page_notice (page, _ ("Answer kept"));
}

void
mq_comments_window_take_answer (GtkWidget *window, const char *question)
{
  MqSession *session = mq_page_get_session (g_object_get_data (G_OBJECT (window), "page"));
  g_autoptr (GHashTable) answers = mq_answers_parse (mq_session_get_value (session, MQ_ANSWERS_VALUE));
  const char *answer = mq_answers_find (answers, question);
  GtkWidget  *entry = adw_entry_row_new ();
  GtkWidget  *list = gtk_list_box_new ();

  g_object_set_data_full (G_OBJECT (window), "question", g_strdup (question), g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Answer"));
  gtk_editable_set_text (GTK_EDITABLE (entry), answer != NULL ? answer : "");
  gtk_widget_set_sensitive (entry, !mq_session_is_read_only (session));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  mq_entry_row_name_button (ADW_ENTRY_ROW (entry));
  g_signal_connect (entry, "apply", G_CALLBACK (keep_answer_cb), window);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "answer-row");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (get_list (window)))), list);
}
