/* import-result.c: sums, then the files. */

#include "config.h"

#include "dialogs/import-result.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "import-work.h"

static void
add_row (GtkListBox *list, const char *title, const char *subtitle, gint64 value)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = mq_format_integer (value);
  GtkWidget       *label = gtk_label_new (text);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

static void
add_file (GtkListBox *list, const MqImportedFile *file)
{
  g_autofree char *rejected = mq_format_integer (file->outcome.rejected);
  g_autofree char *subtitle = file->error != NULL ? g_strdup (file->error) : file->outcome.rejected > 0 ? g_strdup_printf (ngettext ("%s row rejected", "%s rows rejected", (gulong) file->outcome.rejected), rejected)
                                                                                                        : g_strdup (_ ("every row was understood"));

  add_row (list, file->name, subtitle, file->outcome.read);
}

gint64
mq_import_result_fill (GtkListBox *list, const GPtrArray *files, gint64 *number)
{
  MqImportOutcome sum = { 0 };

  *number = 0;
  for (guint i = 0; i < files->len; i++)
    {
      const MqImportedFile *file = files->pdata[i];

      sum.read += file->outcome.read;
      sum.stored += file->outcome.stored;
      sum.updated += file->outcome.updated;
      sum.unchanged += file->outcome.unchanged;
      sum.rejected += file->outcome.rejected;
      if (*number == 0 && file->outcome.rejected > 0)
        *number = file->outcome.number;
    }
  add_row (list, _ ("Rows read"), "", sum.read);
  add_row (list, _ ("Stored"), "", sum.stored);
  add_row (list, _ ("Updated"), "", sum.updated);
  add_row (list, _ ("Unchanged"), "", sum.unchanged);
  add_row (list, _ ("Rejected"), "", sum.rejected);
  for (guint i = 0; i < files->len && files->len > 1; i++)
    add_file (list, files->pdata[i]);
  return sum.rejected;
}
