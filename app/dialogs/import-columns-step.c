/* import-columns-step.c: settings, the rows by which an encoding is judged, a drop-down a column, and the proofs. */

#include "config.h"

#include "dialogs/import-columns-step.h"

#include <glib/gi18n.h>

#include "dialogs/column-choices.h"
#include "dialogs/import-settings.h"
#include "dialogs/mapping-file.h"
#include "drop-down.h"

#define MAX_ROWS 400 /* columns shown; a file of more is mapped on the command line */

struct _MqImportColumnsStep
{
  AdwBin parent_instance;

  MqImportSettings    *settings;
  AdwPreferencesGroup *foreign_group;
  GtkLabel            *foreign;
  AdwPreferencesGroup *columns_group;
  GtkWidget           *mapping; /* buttons */
  AdwPreferencesGroup *proofs_group;
  GtkLabel            *proofs;

  MqImportGroup *group;    /* (owned) (nullable) */
  GPtrArray     *rows;     /* (owned) (element-type GtkWidget) borrowed rows of columns_group */
  GStrv          choices;  /* (owned) (nullable) names for the drop-downs */
  char          *made_for; /* (owned) (nullable) kind and headers of the rows */
  gboolean       updating;
};

G_DEFINE_FINAL_TYPE (MqImportColumnsStep, mq_import_columns_step, ADW_TYPE_BIN)

/* The fields of the column, "amount, quantity", without the property that it is, or is kept as besides (transfer full). */
static char *
list_fields (const MqImportColumn *column)
{
  g_auto (GStrv) names = g_strsplit (column->field, ", ", -1);
  GString *list = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL && !g_str_has_prefix (names[i], "prop:") && !g_str_has_prefix (names[i], "attr:"); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", names[i]);
  return g_string_free (list, FALSE);
}

/* `fields` may name several ("amount, quantity": a column that is a factor too). */
static void
set_columns (MqImportColumnsStep *self, const char *fields, const char *column)
{
  g_auto (GStrv) names = g_strsplit (fields, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      mq_import_recipe_set_column (self->group->recipe, names[i], column);
}

static void
field_selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  MqImportColumnsStep  *self = user_data;
  guint                 index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop_down), "column"));
  guint                 selected = gtk_drop_down_get_selected (drop_down);
  const MqImportColumn *column;
  g_autofree char      *before = NULL;
  g_autofree char      *name = NULL;

  if (self->updating || self->group->plan == NULL || selected >= g_strv_length (self->choices))
    return;
  column = self->group->plan->columns->pdata[index];
  before = list_fields (column);
  if (g_str_equal (before, self->choices[selected]))
    return;
  name = mq_import_recipe_name_column (column->header, index);
  set_columns (self, before, "");
  set_columns (self, self->choices[selected], name);
  mq_import_group_changed (self->group, FALSE);
}

/* (transfer full) "Amount, Quantity" for "amount, quantity", in the drop-down's words. */
static char *
describe_fields (MqImportColumnsStep *self, GtkStringList *titles, const char *fields)
{
  g_auto (GStrv) names = g_strsplit (fields, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; self->choices[k] != NULL; k++)
      if (g_str_equal (self->choices[k], names[i]))
        {
          g_free (names[i]);
          names[i] = g_strdup (gtk_string_list_get_string (titles, k));
          break;
        }
  return g_strjoinv (", ", names);
}

/* Index of the field in the drop-down; several fields of one column are an entry of their own at its end. */
static guint
find_choice (MqImportColumnsStep *self, GtkDropDown *drop_down, const char *fields)
{
  GtkStringList   *titles = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));
  guint            n = g_strv_length (self->choices);
  g_autofree char *several = NULL;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (self->choices[i], fields))
      return i;
  several = describe_fields (self, titles, fields);
  gtk_string_list_splice (titles, n, g_list_model_get_n_items (G_LIST_MODEL (titles)) - n, (const char *const[]){ several, NULL });
  return n;
}

static char *
describe_column (const MqImportColumn *column)
{
  g_autofree char *examples = g_strjoinv (" · ", column->examples);
  GString         *text = g_string_new (examples);

  if (*column->format != '\0')
    g_string_append_printf (text, " (%s)", column->format);
  if (*column->missing != '\0')
    g_string_append_printf (text, _ (" – missing: %s"), column->missing);
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_row (MqImportColumnsStep *self, guint index, const char *const *titles)
{
  const MqImportColumn *column = self->group->plan->columns->pdata[index];
  GtkWidget            *row = adw_action_row_new ();
  GtkWidget            *drop_down = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (titles)), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->header);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, column->header, -1);
  mq_drop_down_name_button (GTK_DROP_DOWN (drop_down), column->header);
  g_object_set_data (G_OBJECT (drop_down), "column", GUINT_TO_POINTER (index));
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (field_selected_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop_down);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop_down);
  gtk_widget_add_css_class (row, "mapping-row");
  g_object_set_data (G_OBJECT (row), "drop-down", drop_down);
  return row;
}

static char *
describe_rows (const MqImportPlan *plan, MqKind kind)
{
  GString *text = g_string_new (mq_kind_name (kind));

  for (guint i = 0; i < plan->columns->len; i++)
    g_string_append_printf (text, "\n%s", ((const MqImportColumn *) plan->columns->pdata[i])->header);
  return g_string_free (text, FALSE);
}

static void
make_rows (MqImportColumnsStep *self)
{
  g_auto (GStrv) titles = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->choices, g_strfreev);
  self->choices = mq_column_choices (self->group->recipe->kind, &titles);
  for (guint i = 0; i < MIN (self->group->plan->columns->len, MAX_ROWS); i++)
    {
      GtkWidget *row = make_row (self, i, (const char *const *) titles);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->columns_group, row);
    }
}

/* Rows stay while kind and columns are the same, so that the focus does; only their content follows the plan. */
static void
show_columns (MqImportColumnsStep *self)
{
  const MqImportPlan *plan = self->group->plan;
  g_autofree char    *now = describe_rows (plan, self->group->recipe->kind);

  if (g_strcmp0 (now, self->made_for) != 0)
    make_rows (self);
  g_free (self->made_for);
  self->made_for = g_steal_pointer (&now);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const MqImportColumn *column = plan->columns->pdata[i];
      GtkDropDown          *drop_down = g_object_get_data (self->rows->pdata[i], "drop-down");
      g_autofree char      *text = describe_column (column);
      g_autofree char      *fields = list_fields (column);
      g_autofree char      *subtitle = g_markup_escape_text (text, -1);

      adw_action_row_set_subtitle (self->rows->pdata[i], subtitle);
      gtk_drop_down_set_selected (drop_down, find_choice (self, drop_down, fields));
    }
}

/* (transfer full) */
static char *
join_filled (char **cells)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; cells[i] != NULL; i++)
    if (cells[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", cells[i]);
  return g_string_free (text, FALSE);
}

static void
show_foreign (MqImportColumnsStep *self)
{
  const MqImportLook *look = self->group->look;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; look != NULL && i < look->foreign->len; i++)
    {
      const MqRawRow  *row = look->foreign->pdata[i];
      g_autofree char *cells = join_filled (row->cells);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, row->line);

      /* Translators: a line of the file: its number, its cells */
      g_string_append_printf (text, _ ("%sLine %s: %s"), i > 0 ? "\n" : "", line, cells);
    }
  gtk_label_set_text (self->foreign, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->foreign_group), text->len > 0);
}

static void
show_proofs (MqImportColumnsStep *self)
{
  const MqImportPlan *plan = self->group->plan;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; plan != NULL && i < plan->proofs->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) plan->proofs->pdata[i]);
  gtk_label_set_text (self->proofs, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->proofs_group), text->len > 0);
}

void
mq_import_columns_step_show (MqImportColumnsStep *self, MqImportGroup *group)
{
  g_set_object (&self->group, group);
  self->updating = TRUE;
  mq_import_settings_show (self->settings, group);
  mq_mapping_buttons_set_group (self->mapping, group);
  if (group->plan != NULL && !group->stale)
    show_columns (self);
  show_foreign (self);
  show_proofs (self);
  adw_preferences_group_set_description (self->columns_group, group->learnt ? _ ("Known from an earlier file with the same headers.") : _ ("What each column of the file means."));
  self->updating = FALSE;
}

static GtkLabel *
add_text_group (AdwPreferencesPage *page, AdwPreferencesGroup **group, const char *title, const char *description)
{
  GtkWidget *label = gtk_label_new (NULL);

  *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (*group, title);
  adw_preferences_group_set_description (*group, description);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  adw_preferences_group_add (*group, label);
  adw_preferences_page_add (page, *group);
  return GTK_LABEL (label);
}

static void
mq_import_columns_step_dispose (GObject *object)
{
  MqImportColumnsStep *self = MQ_IMPORT_COLUMNS_STEP (object);

  self->updating = TRUE;
  g_clear_object (&self->group);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->made_for, g_free);

  G_OBJECT_CLASS (mq_import_columns_step_parent_class)->dispose (object);
}

static void
mq_import_columns_step_class_init (MqImportColumnsStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_import_columns_step_dispose;
}

static void
mq_import_columns_step_init (MqImportColumnsStep *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  self->rows = g_ptr_array_new ();
  self->settings = g_object_new (MQ_TYPE_IMPORT_SETTINGS, NULL);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->settings));
  self->foreign = add_text_group (page, &self->foreign_group, _ ("Names and Signs as Read"), _ ("If these look wrong, choose another encoding above."));
  self->columns_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->columns_group, _ ("Columns"));
  self->mapping = mq_mapping_buttons_new ();
  adw_preferences_group_set_header_suffix (self->columns_group, self->mapping);
  adw_preferences_page_add (page, self->columns_group);
  self->proofs = add_text_group (page, &self->proofs_group, _ ("How It Is Read"), NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (page));
}
