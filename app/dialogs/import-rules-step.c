/* import-rules-step.c: the rules of orders, each choice counted at once on the file itself. */

#include "config.h"

#include "dialogs/import-rules-step.h"

#include <glib/gi18n.h>

#include "base/format.h"

static const char *const amounts[] = { "line", "order", "order-first" };
static const char *const refunds[] = { "net", "gross" };

/* In the order of the drop-downs: the first is "as it is found". */
static const char *const meanings[] = { NC_ ("order status", "Unknown: as paid"), NC_ ("order status", "Unpaid"), NC_ ("order status", "Paid"), NC_ ("order status", "Shipped"), NC_ ("order status", "Completed"), NC_ ("order status", "Closed"), NC_ ("order status", "Refunded"), NC_ ("order status", "Partly refunded") };

struct _MqImportRulesStep
{
  AdwBin parent_instance;

  GtkLabel            *headline;
  GtkLabel            *question;
  GtkSpinner          *spinner;
  AdwComboRow         *amount_of;
  AdwComboRow         *refund;
  AdwPreferencesGroup *status_group;

  MqImportGroup *group;    /* (owned) (nullable) */
  GPtrArray     *rows;     /* (owned) (element-type GtkWidget) borrowed rows of status_group */
  char          *made_for; /* (owned) (nullable) the status texts of the rows */
  gboolean       updating;
};

G_DEFINE_FINAL_TYPE (MqImportRulesStep, mq_import_rules_step, ADW_TYPE_BIN)

static void
amount_selected_cb (MqImportRulesStep *self)
{
  guint selected = adw_combo_row_get_selected (self->amount_of);

  if (self->updating || self->group == NULL)
    return;
  g_free (self->group->recipe->amount_of);
  self->group->recipe->amount_of = selected > 0 ? g_strdup (amounts[selected - 1]) : NULL;
  mq_import_group_changed (self->group, FALSE);
}

static void
refund_selected_cb (MqImportRulesStep *self)
{
  guint selected = adw_combo_row_get_selected (self->refund);

  if (self->updating || self->group == NULL)
    return;
  g_free (self->group->recipe->refund);
  self->group->recipe->refund = selected > 0 ? g_strdup (refunds[selected - 1]) : NULL;
  mq_import_group_changed (self->group, FALSE);
}

static void
status_selected_cb (AdwComboRow *row, GParamSpec *pspec, MqImportRulesStep *self)
{
  const char *text = g_object_get_data (G_OBJECT (row), "text");

  if (self->updating || self->group == NULL)
    return;
  mq_import_recipe_set_status (self->group->recipe, text, (MqStatus) adw_combo_row_get_selected (row) - 1);
  mq_import_group_changed (self->group, FALSE);
}

/* The trial's own counts where they are there, else the plan's. */
static const GPtrArray *
get_statuses (MqImportRulesStep *self)
{
  if (self->group->trial != NULL && self->group->trial->statuses != NULL)
    return self->group->trial->statuses;
  return self->group->plan != NULL ? self->group->plan->statuses : NULL;
}

static GtkWidget *
make_row (MqImportRulesStep *self, const MqStatusCount *count)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    gtk_string_list_append (labels, g_dpgettext2 (NULL, "order status", meanings[i]));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), count->text);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (count->text), g_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (status_selected_cb), self);
  return row;
}

static void
make_rows (MqImportRulesStep *self, const GPtrArray *statuses)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->status_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < statuses->len; i++)
    {
      GtkWidget *row = make_row (self, statuses->pdata[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->status_group, row);
    }
}

static void
show_statuses (MqImportRulesStep *self)
{
  const GPtrArray *statuses = get_statuses (self);
  g_autoptr (GString) now = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->status_group), statuses != NULL && statuses->len > 0);
  if (statuses == NULL)
    return;
  for (guint i = 0; i < statuses->len; i++)
    g_string_append_printf (now, "%s\n", ((const MqStatusCount *) statuses->pdata[i])->text);
  if (g_strcmp0 (now->str, self->made_for) != 0)
    make_rows (self, statuses);
  g_free (self->made_for);
  self->made_for = g_strdup (now->str);
  for (guint i = 0; i < statuses->len; i++)
    {
      const MqStatusCount *count = statuses->pdata[i];
      MqStatus             status = mq_import_recipe_get_status (self->group->recipe, count->text); /* the counts may be older */
      g_autofree char     *rows = mq_format_integer (count->rows);
      g_autofree char     *subtitle = g_strdup_printf (ngettext ("%s row", "%s rows", count->rows), rows);

      adw_action_row_set_subtitle (self->rows->pdata[i], subtitle);
      if (status == MQ_STATUS_UNKNOWN)
        status = count->status;
      adw_combo_row_set_selected (self->rows->pdata[i], (guint) (status + 1));
    }
}

/* (transfer full) "28,010 rows: 18,955 valid orders, 3,923 never paid, 5,132 fully refunded, revenue ¥1,902,487.00" */
static char *
describe_trial (const MqOrderTrial *trial, const char *currency)
{
  g_autofree char *rows = mq_format_integer (trial->rows);
  g_autofree char *valid = mq_format_integer (trial->totals.valid);
  g_autofree char *unpaid = mq_format_integer (trial->totals.unpaid);
  g_autofree char *refunded = mq_format_integer (trial->totals.fully_refunded);
  g_autofree char *net = mq_format_money (trial->totals.net, currency);
  g_autofree char *rejected = mq_format_integer (trial->rejected);
  g_autofree char *text = g_strdup_printf (_ ("%s rows: %s valid orders, %s never paid, %s fully refunded, revenue %s"), rows, valid, unpaid, refunded, net);

  return trial->rejected > 0 ? g_strdup_printf (ngettext ("%s; %s row rejected", "%s; %s rows rejected", (gulong) trial->rejected), text, rejected) : g_steal_pointer (&text);
}

static void
show_headline (MqImportRulesStep *self)
{
  const MqImportGroup *group = self->group;
  g_autofree char     *text = group->trial != NULL ? describe_trial (group->trial, group->currency) : g_strdup (_ ("Counting…"));

  if (group->trial == NULL && group->work == NULL)
    {
      g_free (text);
      text = g_strdup (group->trial_error != NULL ? group->trial_error : _ ("Nothing can be counted until the columns are settled."));
    }
  gtk_label_set_text (self->headline, text);
  gtk_label_set_text (self->question, group->trial == NULL || !group->trial->is_part ? _ ("Does this match your back office?") : group->files->len > 1 ? _ ("Counted on the beginnings of the files.")
                                                                                                                                                       : _ ("Counted on the beginning of the file."));
  gtk_widget_set_visible (GTK_WIDGET (self->question), group->trial != NULL);
  gtk_spinner_set_spinning (self->spinner, group->work != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), group->work != NULL);
}

static void
show_choices (MqImportRulesStep *self)
{
  static const char *const found[] = { N_ ("found: of the line"), N_ ("found: of the order, on each of its lines"), N_ ("found: of the order, on its first line") };
  const MqImportPlan      *plan = self->group->plan;
  const MqImportRecipe    *recipe = self->group->recipe;
  guint                    amount = 0;

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    amount = g_strcmp0 (recipe->amount_of, amounts[i]) == 0 ? i + 1 : amount;
  adw_combo_row_set_selected (self->amount_of, amount);
  adw_combo_row_set_selected (self->refund, g_strcmp0 (recipe->refund, "net") == 0 ? 1 : g_strcmp0 (recipe->refund, "gross") == 0 ? 2
                                                                                                                                  : 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->amount_of), plan != NULL && amount == 0 ? _ (found[plan->amount_of]) : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->refund), plan == NULL || recipe->refund != NULL ? "" : plan->refund_is_net ? _ ("found: already subtracted from the amount")
                                                                                                                                : _ ("found: still to be subtracted"));
}

void
mq_import_rules_step_show (MqImportRulesStep *self, MqImportGroup *group)
{
  g_set_object (&self->group, group);
  self->updating = TRUE;
  show_headline (self);
  show_choices (self);
  show_statuses (self);
  self->updating = FALSE;
}

static AdwComboRow *
add_combo (MqImportRulesStep *self, AdwPreferencesGroup *group, const char *title, const char *const *labels, GCallback selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect_swapped (row, "notify::selected", selected, self);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
make_headline (MqImportRulesStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *headline = gtk_label_new (NULL);
  GtkWidget *question = gtk_label_new (NULL);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_label_set_wrap (GTK_LABEL (headline), TRUE);
  gtk_label_set_xalign (GTK_LABEL (headline), 0);
  gtk_label_set_selectable (GTK_LABEL (headline), TRUE);
  gtk_widget_add_css_class (headline, "heading");
  gtk_widget_add_css_class (headline, "numeric");
  gtk_label_set_wrap (GTK_LABEL (question), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question), 0);
  gtk_widget_add_css_class (question, "dim-label");
  gtk_widget_set_halign (spinner, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Counting the orders"), -1);
  gtk_box_append (GTK_BOX (box), headline);
  gtk_box_append (GTK_BOX (box), question);
  gtk_box_append (GTK_BOX (box), spinner);
  self->headline = GTK_LABEL (headline);
  self->question = GTK_LABEL (question);
  self->spinner = GTK_SPINNER (spinner);
  return box;
}

static void
mq_import_rules_step_dispose (GObject *object)
{
  MqImportRulesStep *self = MQ_IMPORT_RULES_STEP (object);

  self->updating = TRUE;
  g_clear_object (&self->group);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->made_for, g_free);

  G_OBJECT_CLASS (mq_import_rules_step_parent_class)->dispose (object);
}

static void
mq_import_rules_step_class_init (MqImportRulesStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_import_rules_step_dispose;
}

static void
mq_import_rules_step_init (MqImportRulesStep *self)
{
  AdwPreferencesPage  *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *count = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *rules = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->rows = g_ptr_array_new ();
  adw_preferences_group_add (count, make_headline (self));
  adw_preferences_page_add (page, count);
  self->updating = TRUE;
  self->amount_of = add_combo (self, rules, _ ("The amount is"), (const char *const[]){ _ ("Find by itself"), _ ("Of the line"), _ ("Of the order, repeated on each line"), _ ("Of the order, on its first line only"), NULL }, G_CALLBACK (amount_selected_cb));
  self->refund = add_combo (self, rules, _ ("Refunds are"), (const char *const[]){ _ ("Find by itself"), _ ("Already subtracted from the amount"), _ ("Still to be subtracted"), NULL }, G_CALLBACK (refund_selected_cb));
  self->updating = FALSE;
  adw_preferences_page_add (page, rules);
  self->status_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->status_group, _ ("What Each Status Means"));
  adw_preferences_group_set_description (self->status_group, _ ("Unpaid and closed orders do not count; refunded ones count as refunds."));
  adw_preferences_page_add (page, self->status_group);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (page));
}
