/* erase-dialog.c: the question before a customer is erased, and the answer after it. */

#include "config.h"

#include "dialogs/erase-dialog.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "erase-work.h"
#include "message.h"
#include "weak.h"

#define ASKING "mq-erase-asking" /* of a page: a question is open, or on its way */

typedef struct
{
  gpointer page;     /* (owned) mq_weak */
  gpointer parent;   /* (owned) mq_weak */
  char    *customer; /* (owned) */
} Asking;

static void
free_asking (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GObject) page = mq_weak_steal (asking->page);
  g_autoptr (GObject) parent = mq_weak_steal (asking->parent);

  if (page != NULL)
    g_object_set_data (page, ASKING, NULL);
  g_free (asking->customer);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, free_asking)

static void
add_count (GtkGrid *grid, int *row, const char *title, gint64 count)
{
  g_autofree char *number = mq_format_integer (count);
  GtkWidget       *name = gtk_label_new (title);
  GtkWidget       *value = gtk_label_new (number);

  if (count == 0)
    return;
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_grid_attach (grid, name, 0, *row, 1, 1);
  gtk_grid_attach (grid, value, 1, (*row)++, 1, 1);
}

/* What is there of it, one line each. */
static GtkWidget *
make_counts (const MqErasure *erasure)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  int      row = 0;

  gtk_grid_set_column_spacing (grid, 24);
  gtk_grid_set_row_spacing (grid, 3);
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    add_count (grid, &row, _ (mq_kind_title (kind)), erasure->records[kind]);
  add_count (grid, &row, _ ("Rejected rows whose text goes"), erasure->rejects);
  add_count (grid, &row, _ ("Saved segments that lose the customer"), erasure->segments);
  add_count (grid, &row, _ ("Remembered settings"), erasure->values);
  return GTK_WIDGET (grid);
}

static void
erased_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqPage) page = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (mq_erase_finish (MQ_SESSION (source), result, &error))
    {
      if (page != NULL)
        mq_page_notice (page, _ ("Customer erased"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mq_session_fail (MQ_SESSION (source), _ ("Erasing Did Not End"), error->message);
}

static void
confirmed_cb (gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (MqPage) page = g_weak_ref_get (asking->page);

  if (page != NULL)
    mq_erase_start (mq_page_get_session (page), asking->customer, erased_cb, mq_weak_new (page));
}

static void
ask (Asking *asking, GtkWidget *parent, const MqErasure *erasure)
{
  g_autofree char *heading = g_strdup_printf (_ ("Erase “%s”?"), asking->customer);

  mq_message_confirm (parent, heading, _ ("Everything that this project holds of the customer goes, earlier versions of records included. It cannot be undone. Copies and exports that were made before still hold the customer: erase there too, or delete them."), make_counts (erasure), _ ("_Erase"), confirmed_cb, asking, free_asking);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (asking->parent);
  g_autoptr (GError) error = NULL;
  g_autofree MqErasure *erasure = mq_erase_look_finish (MQ_SESSION (source), result, &error);

  if (parent == NULL || gtk_widget_get_root (parent) == NULL)
    return;
  if (erasure != NULL)
    ask (g_steal_pointer (&asking), parent, erasure);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mq_message_show (parent, _ ("The Customer Cannot Be Erased"), error->message);
}

void
mq_erase_dialog_ask (MqPage *page, GtkWidget *parent, const char *customer)
{
  Asking *asking;

  g_return_if_fail (MQ_IS_PAGE (page) && GTK_IS_WIDGET (parent) && customer != NULL);

  if (g_object_get_data (G_OBJECT (page), ASKING) != NULL)
    return;
  g_object_set_data (G_OBJECT (page), ASKING, GINT_TO_POINTER (TRUE));
  asking = g_new0 (Asking, 1);
  asking->page = mq_weak_new (page);
  asking->parent = mq_weak_new (parent);
  asking->customer = g_strdup (customer);
  mq_erase_look_start (mq_page_get_session (page), customer, looked_cb, asking);
}
