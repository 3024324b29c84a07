/* result-actions.c: copies and files of a chart and its table. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chart/export.h"
#include "file-picker.h"
#include "jobs/job-queue.h"
#include "message.h"
#include "result-actions.h"
#include "weak.h"

#define WIDTH 960
#define HEIGHT 640
#define SCALE 2
#define LONGEST_NAME 60 /* characters */

typedef struct
{
  MqChart *chart; /* (owned) (nullable) */
  MqTable *table; /* (owned) (nullable) */
  char    *path;  /* (owned) */
} Job;

/* What is to be written, while the user looks for a place. */
typedef struct
{
  MqChart *chart;
  MqTable *table;
} Pending;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->chart, mq_chart_unref);
  g_clear_pointer (&job->table, mq_table_unref);
  g_free (job->path);
  g_free (job);
}

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->chart, mq_chart_unref);
  g_clear_pointer (&pending->table, mq_table_unref);
  g_free (pending);
}

/* A name for a file out of a title: short, without what a path or a file system takes amiss. */
static char *
make_name (const char *title, const char *suffix)
{
  GString *name = g_string_new (NULL);
  guint    n = 0;

  for (const char *p = title; *p != '\0' && n < LONGEST_NAME; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (name, c < 0x20 || (c < 0x80 && strchr ("/\\:*?\"<>|.", (int) c) != NULL) ? ' ' : c);
    }
  g_strstrip (name->str);
  g_string_set_size (name, strlen (name->str));
  if (name->len == 0)
    g_string_append (name, _ ("Chart"));
  g_string_append_printf (name, ".%s", suffix);
  return g_string_free (name, FALSE);
}

/* Worker. */
static gpointer
write_file (gpointer data, const MqRun *run, GError **error)
{
  Job     *job = data;
  gboolean written;

  if (job->chart != NULL)
    written = mq_chart_export (job->chart, job->path, &mq_theme_light, WIDTH, HEIGHT, SCALE, error);
  else
    written = mq_table_export (job->table, job->path, error);
  return written ? g_strdup (job->path) : NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

  if (widget == NULL)
    return;
  if (path != NULL)
    gtk_widget_activate_action (widget, "page.notice-file", "s", path);
  else if (!gtk_widget_activate_action (widget, "page.notice", "s", error->message))
    mq_message_show (widget, _ ("The file was not written"), error->message);
}

static void
picked_cb (GFile *file, gpointer user_data)
{
  GtkWidget *widget = user_data;
  Pending   *pending = g_object_get_data (G_OBJECT (widget), "mq-pending-export");
  Job       *job = g_new0 (Job, 1);

  job->chart = pending->chart != NULL ? mq_chart_ref (pending->chart) : NULL;
  job->table = pending->table != NULL ? mq_table_ref (pending->table) : NULL;
  job->path = g_file_get_path (file);
  if (job->path == NULL)
    {
      free_job (job);
      mq_message_show (widget, _ ("The file was not written"), _ ("Choose a folder on this computer."));
      return;
    }
  mq_worker_run (write_file, job, free_job, g_free, NULL, written_cb, mq_weak_new (widget));
}

static void
pick (GtkWidget *widget, MqChart *chart, MqTable *table, const char *heading, const char *title, const MqFileType *type)
{
  g_autofree char *name = make_name (title, type->suffixes[0]);
  Pending         *pending = g_new0 (Pending, 1);

  pending->chart = chart != NULL ? mq_chart_ref (chart) : NULL;
  pending->table = table != NULL ? mq_table_ref (table) : NULL;
  g_object_set_data_full (G_OBJECT (widget), "mq-pending-export", pending, free_pending);
  mq_file_picker_save (widget, heading, name, type, picked_cb, widget);
}

void
mq_copy_picture (GtkWidget *widget, MqChart *chart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = mq_chart_to_png (chart, &mq_theme_light, WIDTH, HEIGHT, SCALE, &error);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, &error) : NULL;

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  else
    gtk_widget_activate_action (widget, "page.notice", "s", error->message);
}

void
mq_copy_table (GtkWidget *widget, MqTable *table)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < mq_table_n_columns (table); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", mq_table_column_id (table, i));
  g_string_append_c (text, '\n');
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    for (guint i = 0; i < mq_table_n_columns (table); i++)
      {
        mq_table_write_cell (table, row, i, text);
        g_string_append_c (text, i + 1 < mq_table_n_columns (table) ? '\t' : '\n');
      }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

void
mq_export_picture (GtkWidget *widget, MqChart *chart)
{
  const MqFileType type = { _ ("Pictures (PNG, PDF, SVG)"), { "png", "pdf", "svg" } };

  pick (widget, chart, NULL, _ ("Export Picture"), mq_chart_title (chart), &type);
}

void
mq_export_table (GtkWidget *widget, MqTable *table, const char *title)
{
  const MqFileType type = { _ ("CSV files"), { "csv" } };

  pick (widget, NULL, table, _ ("Export Table"), title, &type);
}

void
mq_export_workbook (GtkWidget *widget, MqTable *table, const char *title)
{
  const MqFileType type = { _ ("XLSX workbooks"), { "xlsx" } };

  pick (widget, NULL, table, _ ("Export Workbook"), title, &type);
}
