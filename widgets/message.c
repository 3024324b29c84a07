/* message.c: message dialogs. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "message.h"

typedef struct
{
  GtkEditable   *entry; /* (borrowed) */
  MqTextAnswer   answer;
  gpointer       user_data;
  GDestroyNotify free_data;
} Question;

typedef struct
{
  MqConfirmed    confirmed;
  gpointer       user_data;
  GDestroyNotify free_data;
} Confirmation;

static void
free_confirmation (gpointer data, GClosure *closure)
{
  Confirmation *confirmation = data;

  confirmation->free_data (confirmation->user_data);
  g_free (confirmation);
}

static void
free_question (gpointer data, GClosure *closure)
{
  Question *question = data;

  question->free_data (question->user_data);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_str_equal (response, "accept"))
    question->answer (gtk_editable_get_text (question->entry), question->user_data);
}

static void
confirm_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Confirmation *confirmation = user_data;

  if (g_str_equal (response, "accept"))
    confirmation->confirmed (confirmation->user_data);
}

static void
text_changed_cb (GtkEditable *entry, gpointer user_data)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (user_data, "accept", *text != '\0');
}

void
mq_message_ask_text (GtkWidget *parent, const char *heading, const char *body, const char *label, const char *text, const char *accept, MqTextAnswer answer, gpointer user_data, GDestroyNotify free_data)
{
  GtkRoot          *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  GtkWidget        *entry = gtk_entry_new ();
  Question         *question = g_new0 (Question, 1);

  *question = (Question){ GTK_EDITABLE (entry), answer, user_data, free_data };
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (entry, "changed", G_CALLBACK (text_changed_cb), dialog);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  text_changed_cb (GTK_EDITABLE (entry), dialog);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
mq_message_confirm (GtkWidget *parent, const char *heading, const char *body, GtkWidget *extra, const char *accept, MqConfirmed confirmed, gpointer user_data, GDestroyNotify free_data)
{
  GtkRoot          *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  Confirmation     *confirmation = g_new0 (Confirmation, 1);

  *confirmation = (Confirmation){ confirmed, user_data, free_data };
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_extra_child (dialog, extra);
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirm_cb), confirmation, free_confirmation, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mq_message_show (GtkWidget *parent, const char *heading, const char *body)
{
  GtkRoot   *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
