/* segment-dialog.c: names for segments, and what is said when one was changed. */

#include "config.h"

#include "dialogs/segment-dialog.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "message.h"
#include "weak.h"

#define LAST_TOAST "mq-segment-toast"

/* A change under way; of the page's window. */
typedef struct
{
  gpointer page; /* (owned) mq_weak */
  char    *name; /* (owned) the segment's, as it is to be said */
  gboolean saved;
  gboolean deleted;
} Telling;

/* Who is to be saved, while the user thinks of a name. */
typedef struct
{
  MqPage  *page;      /* (owned) */
  MqTable *customers; /* (owned) (nullable) */
  char    *name;      /* (owned) (nullable) of the one to be renamed */
} Asking;

static void
free_asking (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->page);
  g_clear_pointer (&asking->customers, mq_table_unref);
  g_free (asking->name);
  g_free (asking);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqPage) page = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqSegmentChange) inverse = mq_segment_change_finish (MQ_SEGMENT_CHANGE (source), result, NULL, &error);

  if (inverse == NULL && page != NULL)
    mq_page_notice (page, error->message);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  MqSegmentChange *inverse = g_object_get_data (G_OBJECT (toast), "change");

  if (inverse != NULL)
    mq_segment_change_run (inverse, undone_cb, mq_weak_new (user_data));
}

/* (transfer full) */
static char *
describe (const Telling *telling, gint64 customers)
{
  g_autofree char *number = mq_format_integer (customers);

  if (telling->saved)
    /* Translators: the name of a segment; how many customers it has */
    return g_strdup_printf (_ ("Segment “%1$s” saved: %2$s customers"), telling->name, number);
  return g_strdup_printf (telling->deleted ? _ ("Segment “%s” deleted") : _ ("Segment renamed to “%s”"), telling->name);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Telling *telling = user_data;
  g_autoptr (MqPage) page = mq_weak_steal (telling->page);
  g_autofree char *name = telling->name;
  g_autoptr (GError) error = NULL;
  gint64 customers;
  g_autoptr (MqSegmentChange) inverse = mq_segment_change_finish (MQ_SEGMENT_CHANGE (source), result, &customers, &error);
  g_autofree char *text = NULL;
  AdwToast        *toast, *before;

  if (page == NULL)
    return;
  if (inverse == NULL)
    {
      mq_message_show (GTK_WIDGET (page), _ ("The Segment Was Not Changed"), error->message);
      return;
    }
  before = g_object_get_data (G_OBJECT (page), LAST_TOAST);
  if (before != NULL) /* only the newest change is offered to be taken back */
    adw_toast_dismiss (before);
  text = describe (telling, customers);
  toast = mq_page_offer (page, text, _ ("_Undo"), 0, G_CALLBACK (undo_cb), page);
  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "change", g_steal_pointer (&inverse), g_object_unref);
  g_object_set_data_full (G_OBJECT (page), LAST_TOAST, g_object_ref (toast), g_object_unref);
}

static void
run_change (MqPage *page, MqSegmentChange *change, const char *name, gboolean saved, gboolean deleted)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->page = mq_weak_new (page);
  telling->name = g_strdup (name);
  telling->saved = saved;
  telling->deleted = deleted;
  mq_segment_change_run (change, changed_cb, telling);
}

static void
named_cb (const char *text, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (MqSegmentChange) change = NULL;

  if (asking->customers != NULL)
    change = mq_segment_change_save (mq_page_get_session (asking->page), asking->customers, text, mq_page_get_title (asking->page));
  else
    change = mq_segment_change_rename (mq_page_get_session (asking->page), asking->name, text);
  run_change (asking->page, change, text, asking->customers != NULL, FALSE);
}

void
mq_segment_dialog_save (MqPage *page, GtkWidget *parent, MqTable *customers)
{
  Asking          *asking = g_new0 (Asking, 1);
  g_autofree char *number = mq_format_integer (mq_table_n_rows (customers));
  g_autofree char *body = g_strdup_printf (ngettext ("A list of this %s customer as it is now. It filters every page and can be exported.", "A list of these %s customers as they are now. It filters every page and can be exported.", (gulong) mq_table_n_rows (customers)), number);

  asking->page = g_object_ref (page);
  asking->customers = mq_table_ref (customers);
  mq_message_ask_text (parent, _ ("Save as Segment"), body, _ ("Name"), "", _ ("_Save"), named_cb, asking, free_asking);
}

void
mq_segment_dialog_rename (MqPage *page, const char *name)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->page = g_object_ref (page);
  asking->name = g_strdup (name);
  mq_message_ask_text (GTK_WIDGET (page), _ ("Rename Segment"), "", _ ("Name"), name, _ ("_Rename"), named_cb, asking, free_asking);
}

void
mq_segment_delete (MqPage *page, const char *name)
{
  g_autoptr (MqSegmentChange) change = mq_segment_change_delete (mq_page_get_session (page), name);

  run_change (page, change, name, FALSE, TRUE);
}
