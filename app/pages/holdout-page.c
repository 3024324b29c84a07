/* holdout-page.c: the two groups, their rates, and what the campaign brought. */

#include "config.h"

#include "pages/holdout-page.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "holdout/holdout-fields.h"
#include "holdout/holdout.h"
#include "jobs/job-queue.h"
#include "weak.h"

struct _MqHoldoutPage
{
  MqAnalysisPage parent_instance;

  GtkStack   *start;  /* (borrowed) fields nothing */
  GtkListBox *fields; /* (borrowed) what is proposed */
};

enum
{
  UPLIFT,
  CUSTOMERS,
  VALUE,
  SIZE
};

static const MqPageControl controls[] = {
  { "field", N_ ("Field of the group"), NULL, NULL, N_ ("customer.group") },
  { "treated", N_ ("Got it"), NULL, NULL, N_ ("value of the field") },
  { "control", N_ ("Held out"), NULL, NULL, N_ ("value of the field") },
  { "conversion", N_ ("Counts as conversion"), NULL, NULL, N_ ("order") },
  { NULL, NULL, NULL, NULL, NULL }
};

static const char *const tiles[] = { N_ ("Uplift"), N_ ("Customers More"), N_ ("Value per Customer More"), N_ ("Customers Compared"), NULL };

G_DEFINE_FINAL_TYPE (MqHoldoutPage, mq_holdout_page, MQ_TYPE_ANALYSIS_PAGE)

/* "from 1.2 % to 3.4 %" below the figure. */
static void
show_interval (MqAnalysisPage *self, guint tile, MqResult *result, const char *table, const char *figure, const char *low, const char *high)
{
  g_autofree char *text = mq_analysis_page_figure (result, table, 0, figure);
  g_autofree char *from = mq_analysis_page_figure (result, table, 0, low);
  g_autofree char *to = mq_analysis_page_figure (result, table, 0, high);
  /* Translators: the ends of an interval of 95 %. */
  g_autofree char *note = g_strdup_printf (_ ("from %s to %s"), from, to);

  mq_tile_set_value (mq_analysis_page_tile (self, tile), text, NULL, note);
}

static void
show_tiles (MqAnalysisPage *self, MqResult *result)
{
  g_autofree char *treated = mq_analysis_page_figure (result, "groups", 0, "customers");
  g_autofree char *control = mq_analysis_page_figure (result, "groups", 1, "customers");
  g_autofree char *note = g_strdup_printf (_ ("and %s held out"), control);

  show_interval (self, UPLIFT, result, "uplift", "uplift", "low", "high");
  show_interval (self, CUSTOMERS, result, "uplift", "customers_more", "customers_low", "customers_high");
  show_interval (self, VALUE, result, "value_uplift", "uplift", "low", "high");
  mq_tile_set_value (mq_analysis_page_tile (self, SIZE), treated, NULL, note);
}

static void
chosen_cb (MqHoldoutPage *self, GtkListBoxRow *row)
{
  static const char *const settings[] = { "field", "treated", "control" };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    mq_analysis_page_set_setting (MQ_ANALYSIS_PAGE (self), settings[i], g_object_get_data (G_OBJECT (row), settings[i]));
  mq_analysis_page_settings_changed (MQ_ANALYSIS_PAGE (self));
}

/* A field that is not called so has two groups at least. (transfer full) */
static char *
describe_field (const MqHoldoutField *field)
{
  g_autofree char *n_treated = mq_format_integer (field->n_treated);
  g_autofree char *n_control = mq_format_integer (field->n_control);

  if (field->is_named)
    /* Translators: the two groups of a test, each with its number of customers: "Got it: A (900); held out: B (100)" */
    return g_strdup_printf (_ ("Got it: %s (%s); held out: %s (%s)"), field->treated, n_treated, field->control, n_control);
  /* Translators: two values of a field, each with its number of customers */
  return g_strdup_printf (_ ("Compares %s (%s) with %s (%s)"), field->treated, n_treated, field->control, n_control);
}

static void
add_field (MqHoldoutPage *self, const MqHoldoutField *field)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = describe_field (field);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->field);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, field->field, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_object_set_data_full (G_OBJECT (row), "field", g_strdup (field->field), g_free);
  g_object_set_data_full (G_OBJECT (row), "treated", g_strdup (field->treated), g_free);
  g_object_set_data_full (G_OBJECT (row), "control", g_strdup (field->control), g_free);
  gtk_list_box_append (self->fields, row);
}

static gpointer
find_fields (gpointer data, const MqRun *run, GError **error)
{
  return mq_holdout_fields (data, run, error);
}

static void
fields_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqHoldoutPage) self = mq_weak_steal (user_data);
  g_autoptr (GPtrArray) fields = mq_worker_run_finish (result, NULL);
  GtkWidget *row;

  if (self == NULL || fields == NULL)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_list_box_remove (self->fields, row);
  for (guint i = 0; i < fields->len; i++)
    add_field (self, fields->pdata[i]);
  gtk_stack_set_visible_child_name (self->start, fields->len > 0 ? "fields" : "nothing");
}

static gboolean
update_start (MqAnalysisPage *page)
{
  MqDataset *dataset = mq_session_get_dataset (mq_page_get_session (MQ_PAGE (page)));

  if (*mq_analysis_page_get_setting (page, "field") != '\0' || dataset == NULL)
    return FALSE;
  mq_worker_run (find_fields, mq_dataset_ref (dataset), (GDestroyNotify) mq_dataset_unref, (GDestroyNotify) g_ptr_array_unref, NULL, fields_found_cb, mq_weak_new (page));
  return TRUE;
}

static GtkWidget *
make_fields (MqHoldoutPage *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->fields = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->fields, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->fields), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fields), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Fields of the customers"), -1);
  g_signal_connect_swapped (self->fields, "row-activated", G_CALLBACK (chosen_cb), self);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "mq-bars-symbolic");
  gtk_widget_add_css_class (page, "compact");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Who Was Held Out?"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("The test compares customers who got a campaign with customers who were left out of it by chance. Choose the field that says who was which, or write it above."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), GTK_WIDGET (self->fields));
  return page;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Import Data…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "project.import");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "mq-bars-symbolic");
  gtk_widget_add_css_class (page, "compact");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Who Was Held Out?"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("No field of your own says which customers were in a test. Import a file of the customers with a column that says who got the campaign and who was left out of it by chance."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
make_start (MqAnalysisPage *page)
{
  MqHoldoutPage *self = MQ_HOLDOUT_PAGE (page);

  self->start = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->start, FALSE);
  gtk_stack_add_named (self->start, make_fields (self), "fields");
  gtk_stack_add_named (self->start, make_nothing (), "nothing");
  return GTK_WIDGET (self->start);
}

static void
mq_holdout_page_class_init (MqHoldoutPageClass *klass)
{
  MqAnalysisPageClass *page_class = MQ_ANALYSIS_PAGE_CLASS (klass);

  page_class->analysis = &mq_holdout_analysis;
  page_class->icon_name = "mq-bars-symbolic";
  page_class->empty_title = N_ ("A Hold-out Test Needs Customers");
  page_class->failed_title = N_ ("The Hold-out Test Could Not Be Computed");
  page_class->main_table = "groups";
  page_class->controls = controls;
  page_class->tiles = tiles;
  page_class->n_views = 1;
  page_class->show_tiles = show_tiles;
  page_class->make_start = make_start;
  page_class->update_start = update_start;
}

static void
mq_holdout_page_init (MqHoldoutPage *self)
{
}
