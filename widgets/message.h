/* message.h: the seam to message dialogs (AdwMessageDialog here, AdwAlertDialog on later runtimes). Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells what went wrong; for what a page or a toast cannot say. Texts are plain, never markup. */
void mq_message_show (GtkWidget *parent, const char *heading, const char *body);

/* Asks for one line of text. `answer` gets it if it was accepted, which an empty one cannot be; `free_data` comes in any case. */
typedef void (*MqTextAnswer) (const char *text, gpointer user_data);
void mq_message_ask_text (GtkWidget *parent, const char *heading, const char *body, const char *label, const char *text, const char *accept, MqTextAnswer answer, gpointer user_data, GDestroyNotify free_data);

/* Asks before something that cannot be taken back; only a click on `accept` or its key does it, not Enter at once. `extra`
 * (nullable) stands below the text. `free_data` comes in any case. */
typedef void (*MqConfirmed) (gpointer user_data);
void mq_message_confirm (GtkWidget *parent, const char *heading, const char *body, GtkWidget *extra, const char *accept, MqConfirmed confirmed, gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
