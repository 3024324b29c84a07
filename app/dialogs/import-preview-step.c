/* import-preview-step.c: one record at a time: each column with its text in the file and the value it becomes. */

#include "config.h"

#include "dialogs/import-preview-step.h"

#include <glib/gi18n.h>

#include "import/import-preview.h"
#include "table-view.h"

struct _MqImportPreviewStep
{
  AdwBin parent_instance;

  GtkSpinButton *record;
  GtkLabel      *place;
  MqTableView   *table;
  MqImportGroup *group; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MqImportPreviewStep, mq_import_preview_step, ADW_TYPE_BIN)

static MqTable *
make_table (const MqImportPlan *plan, const MqPreviewRow *row)
{
  MqTableBuilder *builder = mq_table_builder_new ("preview", NULL, NULL);

  mq_table_builder_add_column (builder, "column", N_ ("Column"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "raw", N_ ("In the File"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "read", N_ ("Read as"), MQ_COLUMN_TEXT);
  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT), mq_field_words);
  for (guint i = 0; i < MIN (row->n, plan->columns->len); i++)
    {
      const MqImportColumn *column = plan->columns->pdata[i];

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, column->header);
      mq_table_builder_set_text (builder, 1, *row->raw[i] != '\0' ? row->raw[i] : NULL);
      mq_table_builder_set_text (builder, 2, row->bad[i] ? _ ("cannot be read: the row is rejected") : row->read[i]);
      mq_table_builder_set_text (builder, 3, column->field);
    }
  return mq_table_builder_finish (builder);
}

static void
show_record (MqImportPreviewStep *self)
{
  const MqImportPlan *plan = self->group != NULL ? self->group->plan : NULL;
  guint               n = plan != NULL ? plan->rows->len : 0;
  guint               index = (guint) gtk_spin_button_get_value_as_int (self->record);
  const MqPreviewRow *row = index >= 1 && index <= n ? plan->rows->pdata[index - 1] : NULL;
  g_autoptr (MqTable) table = row != NULL ? make_table (plan, row) : NULL;
  g_autofree char *line = row != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, row->line) : NULL;
  g_autofree char *place = row != NULL ? g_strdup_printf (_ ("of the first %u rows; line %s of the file"), n, line) : g_strdup (_ ("There is no row to show."));

  gtk_label_set_text (self->place, place);
  mq_table_view_set_table (self->table, table, _ ("Preview"));
}

void
mq_import_preview_step_show (MqImportPreviewStep *self, MqImportGroup *group)
{
  guint n = group->plan != NULL ? group->plan->rows->len : 0;

  g_set_object (&self->group, group);
  gtk_spin_button_set_range (self->record, 1, MAX (n, 1));
  show_record (self);
}

static void
mq_import_preview_step_dispose (GObject *object)
{
  g_clear_object (&MQ_IMPORT_PREVIEW_STEP (object)->group);

  G_OBJECT_CLASS (mq_import_preview_step_parent_class)->dispose (object);
}

static void
mq_import_preview_step_class_init (MqImportPreviewStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_import_preview_step_dispose;
}

static void
mq_import_preview_step_init (MqImportPreviewStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *record = gtk_spin_button_new_with_range (1, 1, 1);
  GtkWidget *place = gtk_label_new (NULL);
  GtkWidget *table = mq_table_view_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (record), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Row"), -1);
  gtk_label_set_wrap (GTK_LABEL (place), TRUE);
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  gtk_widget_add_css_class (place, "dim-label");
  gtk_box_append (GTK_BOX (bar), record);
  gtk_box_append (GTK_BOX (bar), place);
  gtk_widget_set_vexpand (table, TRUE);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), table);
  self->record = GTK_SPIN_BUTTON (record);
  self->place = GTK_LABEL (place);
  self->table = MQ_TABLE_VIEW (table);
  g_signal_connect_swapped (record, "value-changed", G_CALLBACK (show_record), self);
  adw_bin_set_child (ADW_BIN (self), box);
}
