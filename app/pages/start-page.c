/* start-page.c: the first thing seen. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "jobs/job-queue.h"
#include "pages/start-page.h"
#include "recent-projects.h"
#include "weak.h"

struct _MqStartPage
{
  AdwBin parent_instance;

  GtkWidget  *recent_box;  /* (template) */
  GtkListBox *recent_list; /* (template) */
};

enum
{
  SIGNAL_OPEN_PROJECT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqStartPage, mq_start_page, ADW_TYPE_BIN)

static gpointer
list_projects (gpointer data, const MqRun *run, GError **error)
{
  return mq_recent_projects_list ();
}

static char *
format_local_day (gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (instant / MQ_SECOND);

  return time != NULL ? mq_format_day (mq_day_from_civil (g_date_time_get_year (time), g_date_time_get_month (time), g_date_time_get_day_of_month (time))) : g_strdup ("—");
}

/* (transfer full) "Opened on 9 Dec 2011 · 1.2 MB · Orders 3,456 · Customers 1,271" */
static char *
describe_project (const MqRecentProject *project)
{
  g_autofree char *day = format_local_day (project->opened != 0 ? project->opened : project->modified);
  g_autofree char *size = mq_format_bytes (project->size);
  GString         *text = g_string_new (NULL);

  /* Translators: %s is a date */
  g_string_append_printf (text, project->opened != 0 ? _ ("Opened on %s") : _ ("Changed on %s"), day);
  g_string_append_printf (text, " · %s", size);
  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      g_autofree char *rows = mq_format_integer (project->rows[kind]);

      if (project->rows[kind] > 0)
        g_string_append_printf (text, " · %s %s", _ (mq_kind_title (kind)), rows);
    }
  return g_string_free (text, FALSE);
}

static void
add_row (MqStartPage *self, const MqRecentProject *project)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *subtitle = describe_project (project);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), project->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_set_tooltip_text (row, project->path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, project->name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (project->path), g_free);
  gtk_list_box_append (self->recent_list, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqStartPage) self = mq_weak_steal (user_data);
  g_autoptr (GPtrArray) list = mq_worker_run_finish (result, NULL);
  GtkWidget *row;

  if (self == NULL || list == NULL)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, row);
  for (guint i = 0; i < list->len; i++)
    add_row (self, list->pdata[i]);
  gtk_widget_set_visible (self->recent_box, list->len > 0);
}

static void
row_activated_cb (MqStartPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_PROJECT], 0, g_object_get_data (G_OBJECT (row), "path"));
}

static void
mq_start_page_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_start_page_parent_class)->dispose (object);
}

static void
mq_start_page_class_init (MqStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_start_page_dispose;

  signals[SIGNAL_OPEN_PROJECT] = g_signal_new ("open-project", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MqStartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, MqStartPage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
mq_start_page_init (MqStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mq_start_page_refresh (MqStartPage *self)
{
  g_return_if_fail (MQ_IS_START_PAGE (self));

  mq_worker_run (list_projects, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, mq_weak_new (self));
}
