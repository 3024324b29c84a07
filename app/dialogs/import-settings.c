/* import-settings.c: what is read before any column means anything. */

#include "config.h"

#include "dialogs/import-settings.h"

#include <glib/gi18n.h>

#define MAX_HEADER_LINE 9999

/* A text of the recipe that is chosen from a list; the first entry is "as it is found". */
typedef struct
{
  const char        *title; /* N_() */
  const char *const *values;
  const char *const *labels; /* N_() */
  gsize              offset;
  gboolean           look; /* what is read before the columns */
} TextSetting;

static const char *const encodings[] = { "UTF-8", "GB18030", "Big5", "Shift_JIS", "EUC-KR", "UTF-16LE", "WINDOWS-1252", "WINDOWS-1251", "WINDOWS-1250", NULL };
static const char *const encoding_labels[] = { N_ ("UTF-8"), N_ ("Chinese, simplified (GB18030, GBK)"), N_ ("Chinese, traditional (Big5)"), N_ ("Japanese (Shift JIS)"), N_ ("Korean (EUC-KR)"), N_ ("UTF-16"), N_ ("Western European (Windows-1252)"), N_ ("Cyrillic (Windows-1251)"), N_ ("Central European (Windows-1250)") };
static const char *const delimiters[] = { ",", ";", "tab", "|", "blanks", NULL };
static const char *const delimiter_labels[] = { N_ ("Comma"), N_ ("Semicolon"), N_ ("Tab"), N_ ("Vertical bar"), N_ ("Blanks") };
static const char *const date_formats[] = { "ymd", "dmy", "mdy", "ym", "epoch-s", "epoch-ms", "excel", NULL };
static const char *const date_labels[] = { N_ ("Year, month, day: 2026-04-03"), N_ ("Day, month, year: 03/04/2026 is 3 April"), N_ ("Month, day, year: 03/04/2026 is 4 March"), N_ ("Year and month: 2026-04"), N_ ("Seconds since 1970"), N_ ("Milliseconds since 1970"), N_ ("Day number of a spreadsheet") };

static const TextSetting texts[] = {
  { N_ ("Encoding"), encodings, encoding_labels, G_STRUCT_OFFSET (MqImportRecipe, encoding), TRUE },
  { N_ ("Separated by"), delimiters, delimiter_labels, G_STRUCT_OFFSET (MqImportRecipe, delimiter), TRUE },
  { N_ ("Dates are written"), date_formats, date_labels, G_STRUCT_OFFSET (MqImportRecipe, date_format), FALSE },
};

struct _MqImportSettings
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow   *kind;
  AdwComboRow   *sheet;
  AdwComboRow   *texts[G_N_ELEMENTS (texts)];
  AdwComboRow   *decimal;
  AdwActionRow  *header_row;
  GtkSpinButton *header;
  GtkSwitch     *has_header;
  MqImportGroup *group; /* (owned) (nullable) shown */
  gboolean       updating;
};

G_DEFINE_FINAL_TYPE (MqImportSettings, mq_import_settings, ADW_TYPE_PREFERENCES_GROUP)

static char **
get_text (MqImportSettings *self, const TextSetting *setting)
{
  return G_STRUCT_MEMBER_P (self->group->recipe, setting->offset);
}

static guint
find_value (const char *const *values, const char *value)
{
  for (guint i = 0; value != NULL && values[i] != NULL; i++)
    if (g_ascii_strcasecmp (values[i], value) == 0)
      return i + 1;
  return 0;
}

static void
text_selected_cb (AdwComboRow *row, GParamSpec *pspec, MqImportSettings *self)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->updating || self->group == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (self->texts[i] == row)
      {
        g_free (*get_text (self, &texts[i]));
        *get_text (self, &texts[i]) = selected > 0 ? g_strdup (texts[i].values[selected - 1]) : NULL;
        mq_import_group_changed (self->group, texts[i].look);
      }
}

static void
kind_selected_cb (MqImportSettings *self)
{
  if (self->updating || self->group == NULL)
    return;
  mq_import_group_set_kind (self->group, adw_combo_row_get_selected (self->kind));
  mq_import_group_changed (self->group, FALSE);
}

static void
sheet_selected_cb (MqImportSettings *self)
{
  guint selected = adw_combo_row_get_selected (self->sheet);

  if (self->updating || self->group == NULL || self->group->look == NULL || selected >= g_strv_length (self->group->look->sheets))
    return;
  g_free (self->group->recipe->sheet);
  self->group->recipe->sheet = g_strdup (self->group->look->sheets[selected]);
  mq_import_group_changed (self->group, TRUE);
}

static void
decimal_selected_cb (MqImportSettings *self)
{
  static const char signs[] = { 0, '.', ',' };

  if (self->updating || self->group == NULL)
    return;
  self->group->recipe->decimal = signs[MIN (adw_combo_row_get_selected (self->decimal), G_N_ELEMENTS (signs) - 1)];
  mq_import_group_changed (self->group, FALSE);
}

static void
header_changed_cb (MqImportSettings *self)
{
  if (self->updating || self->group == NULL)
    return;
  self->group->recipe->no_header = !gtk_switch_get_active (self->has_header);
  self->group->recipe->header_row = gtk_spin_button_get_value_as_int (self->header);
  mq_import_group_changed (self->group, TRUE);
}

static void
show_sheets (MqImportSettings *self)
{
  const MqImportLook *look = self->group->look;
  guint               n = look != NULL ? g_strv_length (look->sheets) : 0;
  g_autoptr (GtkStringList) names = gtk_string_list_new (n > 0 ? (const char *const *) look->sheets : NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->sheet), n > 1);
  adw_combo_row_set_model (self->sheet, G_LIST_MODEL (names));
  for (guint i = 0; i < n; i++)
    if (g_str_equal (look->sheets[i], look->sheet))
      adw_combo_row_set_selected (self->sheet, i);
}

/* What was found stands under the choice, also where another was made. */
static void
show_found (MqImportSettings *self)
{
  const MqImportLook *look = self->group->look;
  gboolean            is_text = look == NULL || *look->delimiter != '\0';
  guint               delimiter = look != NULL ? find_value (delimiters, g_str_equal (look->delimiter, "\t") ? "tab" : look->delimiter) : 0;
  g_autofree char    *encoding = look != NULL ? g_strdup_printf (_ ("read as %s"), look->encoding) : g_strdup ("");
  g_autofree char    *separated = delimiter > 0 ? g_strdup_printf (_ ("read with: %s"), _ (delimiter_labels[delimiter - 1])) : g_strdup ("");
  g_autofree char    *line = look != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, look->header_line) : NULL;
  g_autofree char    *header = look == NULL ? g_strdup ("") : look->has_header ? g_strdup_printf (_ ("0: found by itself; now line %s"), line)
                                                                               : g_strdup (_ ("columns go by their place, #1, #2 …"));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->texts[0]), encoding);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->texts[1]), separated);
  adw_action_row_set_subtitle (self->header_row, header);
  gtk_widget_set_visible (GTK_WIDGET (self->texts[0]), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->texts[1]), is_text);
}

void
mq_import_settings_show (MqImportSettings *self, MqImportGroup *group)
{
  g_set_object (&self->group, group);
  self->updating = TRUE;
  adw_combo_row_set_selected (self->kind, group->recipe->kind);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    adw_combo_row_set_selected (self->texts[i], find_value (texts[i].values, *get_text (self, &texts[i])));
  adw_combo_row_set_selected (self->decimal, group->recipe->decimal == '.' ? 1 : group->recipe->decimal == ',' ? 2
                                                                                                               : 0);
  gtk_spin_button_set_value (self->header, group->recipe->header_row);
  gtk_switch_set_active (self->has_header, !group->recipe->no_header);
  gtk_widget_set_sensitive (GTK_WIDGET (self->header), !group->recipe->no_header);
  show_sheets (self);
  show_found (self);
  self->updating = FALSE;
}

static AdwComboRow *
add_combo (MqImportSettings *self, const char *title, GtkStringList *labels, GCallback selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_object_unref (labels);
  g_signal_connect_swapped (row, "notify::selected", selected, self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_COMBO_ROW (row);
}

static void
add_text (MqImportSettings *self, guint i)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget     *row = adw_combo_row_new ();

  gtk_string_list_append (labels, _ ("Find by itself"));
  for (guint k = 0; texts[i].values[k] != NULL; k++)
    gtk_string_list_append (labels, _ (texts[i].labels[k]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (texts[i].title));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_object_unref (labels);
  g_signal_connect (row, "notify::selected", G_CALLBACK (text_selected_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  self->texts[i] = ADW_COMBO_ROW (row);
}

static void
add_header (MqImportSettings *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, MAX_HEADER_LINE, 1);
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Header in line"));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Line of the header"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The file has a header"), -1);
  gtk_widget_set_tooltip_text (toggle, _ ("The file has a header"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  self->header_row = ADW_ACTION_ROW (row);
  self->header = GTK_SPIN_BUTTON (spin);
  self->has_header = GTK_SWITCH (toggle);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (header_changed_cb), self);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (header_changed_cb), self);
}

static void
mq_import_settings_dispose (GObject *object)
{
  MqImportSettings *self = MQ_IMPORT_SETTINGS (object);

  self->updating = TRUE;
  g_clear_object (&self->group);

  G_OBJECT_CLASS (mq_import_settings_parent_class)->dispose (object);
}

static void
mq_import_settings_class_init (MqImportSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_import_settings_dispose;
}

static void
mq_import_settings_init (MqImportSettings *self)
{
  GtkStringList *kinds = gtk_string_list_new (NULL);

  for (guint i = 0; i < MQ_N_KINDS; i++)
    gtk_string_list_append (kinds, _ (mq_kind_title (i)));
  self->updating = TRUE;
  self->kind = add_combo (self, _ ("The rows are"), kinds, G_CALLBACK (kind_selected_cb));
  self->sheet = add_combo (self, _ ("Sheet"), gtk_string_list_new (NULL), G_CALLBACK (sheet_selected_cb));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (self, i);
  self->decimal = add_combo (self, _ ("Decimal sign"), gtk_string_list_new ((const char *const[]){ _ ("Find by itself"), _ ("Point: 1,234.50"), _ ("Comma: 1.234,50"), NULL }), G_CALLBACK (decimal_selected_cb));
  add_header (self);
  self->updating = FALSE;
}
