/* file-picker.c: choosing a file to read or to write. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "file-picker.h"
#include "weak.h"

typedef struct
{
  MqFilePicked picked;
  gpointer     weak; /* (owned) of the caller's object */
} Pick;

static void
add_filters (GtkFileChooser *chooser, const MqFileType *type)
{
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (type != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, type->title);
      for (guint i = 0; i < G_N_ELEMENTS (type->suffixes) && type->suffixes[i] != NULL; i++)
        gtk_file_filter_add_suffix (filter, type->suffixes[i]);
      gtk_file_chooser_add_filter (chooser, filter);
    }
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autofree Pick *pick = user_data;
  g_autoptr (GObject) object = mq_weak_steal (pick->weak);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_hide (dialog);
  if (file != NULL && object != NULL)
    pick->picked (file, object);
  g_object_unref (dialog);
}

static GtkFileChooserNative *
make_dialog (GtkWidget *parent, const char *title, GtkFileChooserAction action, const MqFileType *type, MqFilePicked picked, gpointer object)
{
  GtkRoot              *root = gtk_widget_get_root (parent);
  Pick                 *pick = g_new0 (Pick, 1);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, NULL, NULL);

  add_filters (GTK_FILE_CHOOSER (dialog), type);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  pick->picked = picked;
  pick->weak = mq_weak_new (object);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), pick);
  return dialog;
}

void
mq_file_picker_open (GtkWidget *parent, const char *title, const MqFileType *type, MqFilePicked picked, gpointer object)
{
  GtkFileChooserNative *dialog = make_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, type, picked, object);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
mq_file_picker_save (GtkWidget *parent, const char *title, const char *name, const MqFileType *type, MqFilePicked picked, gpointer object)
{
  GtkFileChooserNative *dialog = make_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, type, picked, object);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
