/* file-picker.h: the seam to the system's file chooser (GtkFileChooserNative here, GtkFileDialog on later runtimes).
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;        /* translated: "CSV files" */
  const char *suffixes[16]; /* without the dot, ended by NULL */
} MqFileType;

/* Called once if a file was chosen, not if the user cancelled. */
typedef void (*MqFilePicked) (GFile *file, gpointer user_data);

/* `type` (nullable) is the filter that is set; "All files" is offered besides. `object` (a GObject) is user_data; if it
 * is gone when the user answers, nothing is called. */
void mq_file_picker_open (GtkWidget *parent, const char *title, const MqFileType *type, MqFilePicked picked, gpointer object);
/* `name` is proposed; the system asks before a file is overwritten. */
void mq_file_picker_save (GtkWidget *parent, const char *title, const char *name, const MqFileType *type, MqFilePicked picked, gpointer object);

G_END_DECLS
