/* undo-toast.c: the imports just made, to be taken back. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "import-job.h"
#include "undo-toast.h"

struct _MqUndoToast
{
  AdwToastOverlay *overlay; /* (borrowed) */
  MqSession       *session; /* (owned) */
  AdwToast        *toast;   /* (owned) (nullable) shown */
  GArray          *numbers; /* (owned) (element-type gint64) of the imports, oldest first */
};

/* Imports to be undone one after the other, the newest first. */
typedef struct
{
  MqSession *session; /* (owned) */
  GArray    *numbers; /* (owned) */
} Undoing;

static void undo_next (Undoing *undoing);

static void
end_undoing (Undoing *undoing)
{
  g_object_unref (undoing->session);
  g_array_unref (undoing->numbers);
  g_free (undoing);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mq_session_fail (MQ_SESSION (source), _ ("The Project Was Not Opened"), error->message);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Undoing *undoing = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_import_undo_finish (NULL, result, &error))
    {
      undo_next (undoing);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      mq_session_fail (undoing->session, _ ("The Import Was Not Undone"), error->message);
      mq_session_reload (undoing->session, reloaded_cb, NULL);
    }
  end_undoing (undoing);
}

static void
undo_next (Undoing *undoing)
{
  gint64 number;

  if (undoing->numbers->len == 0)
    {
      mq_session_reload (undoing->session, reloaded_cb, NULL);
      end_undoing (undoing);
      return;
    }
  number = g_array_index (undoing->numbers, gint64, undoing->numbers->len - 1);
  g_array_set_size (undoing->numbers, undoing->numbers->len - 1);
  mq_import_undo_start (mq_session_get_store (undoing->session), number, undone_cb, undoing);
}

static void
dismiss (MqUndoToast *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->toast);

  if (toast == NULL)
    return;
  g_signal_handlers_disconnect_by_data (toast, self);
  adw_toast_dismiss (toast);
}

static void
undo_clicked_cb (MqUndoToast *self)
{
  Undoing *undoing = g_new0 (Undoing, 1);

  undoing->session = g_object_ref (self->session);
  undoing->numbers = g_steal_pointer (&self->numbers);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  undo_next (undoing);
}

static void
dismissed_cb (MqUndoToast *self)
{
  g_clear_object (&self->toast);
  g_array_set_size (self->numbers, 0);
}

/* A toast that is shown again would not move its title: a new one takes its place. */
static void
show (MqUndoToast *self)
{
  guint            n = self->numbers->len;
  g_autofree char *number = mq_format_integer (n);
  g_autofree char *title = n == 1 ? g_strdup (_ ("File imported")) : g_strdup_printf (ngettext ("%s file imported", "%s files imported", n), number);

  dismiss (self);
  if (n == 0)
    return;
  self->toast = g_object_ref (adw_toast_new (title));
  adw_toast_set_button_label (self->toast, _ ("_Undo"));
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (self->toast, 0);
  g_signal_connect_swapped (self->toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self);
  g_signal_connect_swapped (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self);
  adw_toast_overlay_add_toast (self->overlay, self->toast);
}

static void
imported_cb (MqUndoToast *self, gint64 number)
{
  g_array_append_val (self->numbers, number);
  show (self);
}

static void
session_changed_cb (MqUndoToast *self)
{
  guint before = self->numbers->len;

  for (guint i = before; i > 0; i--)
    {
      if (!mq_session_has_import (self->session, g_array_index (self->numbers, gint64, i - 1)))
        g_array_remove_index (self->numbers, i - 1);
    }
  if (self->numbers->len != before)
    show (self);
}

MqUndoToast *
mq_undo_toast_new (AdwToastOverlay *overlay, MqSession *session)
{
  MqUndoToast *self = g_new0 (MqUndoToast, 1);

  self->overlay = overlay;
  self->session = g_object_ref (session);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect_swapped (session, "imported", G_CALLBACK (imported_cb), self);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (session_changed_cb), self);
  return self;
}

void
mq_undo_toast_free (MqUndoToast *self)
{
  dismiss (self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_array_unref (self->numbers);
  g_free (self);
}
