/* provenance-list.c: the details behind a figure. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/civil-time.h"
#include "base/format.h"
#include "provenance-list.h"

static void
add_line (GtkGrid *grid, int *line, const char *name, const char *value)
{
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *value_label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_set_valign (name_label, GTK_ALIGN_START);
  gtk_widget_add_css_class (name_label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (value_label), 36);
  gtk_widget_add_css_class (value_label, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value_label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name_label, NULL, -1);
  gtk_grid_attach (grid, name_label, 0, *line, 1, 1);
  gtk_grid_attach (grid, value_label, 1, *line, 1, 1);
  ++*line;
}

static void
add_left_out (GtkGrid *grid, int *line, const MqProvenance *provenance)
{
  for (guint i = 0; i < provenance->left_out->len; i++)
    {
      const MqLeftOut *left_out = provenance->left_out->pdata[i];
      g_autofree char *rows = mq_format_integer (left_out->rows);
      /* Translators: rows left out of an analysis; %s is the reason, such as "no customer" */
      g_autofree char *name = g_strdup_printf (_ ("Left out: %s"), _ (left_out->reason));

      add_line (grid, line, name, rows);
    }
}

static char *
format_instant (const MqProvenance *provenance, gint64 instant)
{
  const MqZone *zone = mq_zone_get (provenance->time_zone, NULL);

  if (zone == NULL || instant == MQ_TIME_MISSING)
    return g_strdup ("—");
  return mq_format_day (mq_zone_day (zone, instant, NULL));
}

GtkWidget *
mq_provenance_list_new (MqResult *result)
{
  MqProvenance    *provenance = mq_result_provenance (result);
  GtkWidget       *grid = gtk_grid_new ();
  g_autofree char *as_of = format_instant (provenance, provenance->as_of);
  g_autofree char *from = format_instant (provenance, provenance->from);
  g_autofree char *rows = mq_format_integer (provenance->rows_read);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, provenance->revision);
  g_autofree char *module = g_strdup_printf ("%s %d", provenance->module, provenance->version);
  int              line = 0;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 12);
  add_line (GTK_GRID (grid), &line, _ ("As of"), as_of);
  if (provenance->from != MQ_TIME_MISSING)
    add_line (GTK_GRID (grid), &line, _ ("From"), from);
  add_line (GTK_GRID (grid), &line, _ ("Time zone"), provenance->time_zone);
  add_line (GTK_GRID (grid), &line, _ ("Currency"), provenance->currency);
  add_line (GTK_GRID (grid), &line, _ ("Rows read"), rows);
  add_left_out (GTK_GRID (grid), &line, provenance);
  add_line (GTK_GRID (grid), &line, _ ("Analysis"), module);
  add_line (GTK_GRID (grid), &line, _ ("Project revision"), revision);
  add_line (GTK_GRID (grid), &line, _ ("Data"), provenance->data);
  return grid;
}
