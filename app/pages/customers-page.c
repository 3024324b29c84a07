/* customers-page.c: the list of customers. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/format.h"
#include "customer-pane.h"
#include "base/terms.h"
#include "dialogs/erase-dialog.h"
#include "dialogs/segment-dialog.h"
#include "jobs/job-queue.h"
#include "page-stack.h"
#include "pages/customers-page.h"
#include "rfm/rfm.h"
#include "scope.h"
#include "side-pane.h"
#include "table-view.h"

#define ANY_SCORE -1

static const char *const score_names[] = { "r", "f", "m" };

struct _MqCustomersPage
{
  MqPage parent_instance;

  MqPageStack    *stack;  /* (template) */
  GtkLabel       *count;  /* (template) */
  GtkWidget      *clear;  /* (template) */
  GtkEditable    *search; /* (template) */
  MqSidePane     *side;   /* (template) */
  MqCustomerPane *pane;   /* (template) */
  MqTableView    *table;  /* (template) */

  MqRequest *request;   /* (owned) */
  MqResult  *result;    /* (owned) (nullable) */
  MqTable   *shown;     /* (owned) (nullable) the customers of the filter */
  GVariant  *settings;  /* (owned) (nullable) a{sv} of rfm */
  char      *segment;   /* (owned) (nullable) only this segment */
  char      *before;    /* (owned) (nullable) only those who came from this segment; "": from none */
  gint64     scores[3]; /* only this cell of r, f, m; ANY_SCORE: all */
  char      *words;     /* (owned) (nullable) only customers that hold this, folded */
};

G_DEFINE_FINAL_TYPE (MqCustomersPage, mq_customers_page, MQ_TYPE_PAGE)

static MqTable *
get_customers (MqCustomersPage *self)
{
  return self->result != NULL ? mq_result_find_table (self->result, "customers") : NULL;
}

static gboolean
is_filtered (MqCustomersPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    {
      if (self->scores[i] != ANY_SCORE)
        return TRUE;
    }
  return self->segment != NULL;
}

/* Without a comparison nobody's former segment is known. */
static gboolean
came_from (MqTable *table, gsize row, const char *segment)
{
  int column = mq_table_find_column (table, "segment_before");

  if (column < 0)
    return TRUE;
  return *segment == '\0' ? mq_table_is_missing (table, row, (guint) column) : g_strcmp0 (mq_table_text (table, row, (guint) column), segment) == 0;
}

/* The customer or the name of the segment. */
static gboolean
holds_words (MqCustomersPage *self, MqTable *table, gsize row)
{
  static const char *const columns[] = { "customer", "segment" };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char      *text = mq_table_text (table, row, (guint) mq_table_find_column (table, columns[i]));
      g_autofree char *folded = text != NULL && *text != '\0' ? g_utf8_casefold (i == 0 ? text : _ (text), -1) : NULL;

      if (folded != NULL && strstr (folded, self->words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (MqCustomersPage *self, MqTable *table, gsize row, guint segment, const guint *columns)
{
  if (self->before != NULL && !came_from (table, row, self->before))
    return FALSE;
  if (self->words != NULL && !holds_words (self, table, row))
    return FALSE;
  if (self->segment != NULL && g_strcmp0 (mq_table_text (table, row, segment), self->segment) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    {
      if (self->scores[i] != ANY_SCORE && mq_table_integer (table, row, columns[i]) != self->scores[i])
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): NULL is all. */
static GArray *
find_rows (MqCustomersPage *self, MqTable *table)
{
  guint   segment = (guint) mq_table_find_column (table, "segment");
  guint   columns[G_N_ELEMENTS (score_names)];
  GArray *rows;

  if (!is_filtered (self) && self->words == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    columns[i] = (guint) mq_table_find_column (table, score_names[i]);
  rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < mq_table_n_rows (table); i++)
    {
      if (matches (self, table, i, segment, columns))
        g_array_append_val (rows, i);
    }
  return rows;
}

/* (transfer full) "R 5, F 4". */
static char *
describe_cell (MqCustomersPage *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    {
      if (self->scores[i] != ANY_SCORE)
        g_string_append_printf (text, "%s%c %" G_GINT64_FORMAT, text->len > 0 ? ", " : "", g_ascii_toupper (score_names[i][0]), self->scores[i]);
    }
  return g_string_free (text, FALSE);
}

static void
show_count (MqCustomersPage *self)
{
  guint            n = mq_table_view_get_n_shown (self->table);
  g_autofree char *number = mq_format_integer (n);
  g_autofree char *cell = describe_cell (self);
  g_autofree char *move = NULL;
  g_autofree char *text = NULL;

  if (self->before != NULL && self->segment != NULL)
    move = g_strdup_printf ("%s → %s", *self->before != '\0' ? mq_term_text (self->before) : _ ("Entered"), mq_term_text (self->segment));
  if (is_filtered (self))
    /* Translators: a segment's name or a cell such as "R 5, F 4"; the number of its customers */
    text = g_strdup_printf (ngettext ("%s: %s customer", "%s: %s customers", n), move != NULL ? move : self->segment != NULL ? mq_term_text (self->segment)
                                                                                                                             : cell,
                            number);
  else
    text = g_strdup_printf (ngettext ("%s customer", "%s customers", n), number);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (self->clear, is_filtered (self));
}

/* The pane follows the selection, which a new table ends. */
static void
show_selected_cb (MqCustomersPage *self)
{
  gsize       row;
  gboolean    one = self->shown != NULL && mq_table_view_get_selected (self->table, &row);
  const char *label = one ? mq_table_text (self->shown, row, (guint) mq_table_find_column (self->shown, "customer")) : NULL;

  if (mq_side_pane_get_shown (self->side))
    mq_customer_pane_show (self->pane, mq_session_get_dataset (mq_page_get_session (MQ_PAGE (self))), label);
}

static void
drop_result (MqCustomersPage *self)
{
  g_clear_pointer (&self->result, mq_result_unref);
  g_clear_pointer (&self->shown, mq_table_unref);
}

static void
apply_filter (MqCustomersPage *self)
{
  MqTable *table = get_customers (self);
  g_autoptr (GArray) rows = NULL;

  if (table == NULL)
    return;
  rows = find_rows (self, table);
  g_clear_pointer (&self->shown, mq_table_unref);
  self->shown = rows != NULL ? mq_table_subset (table, (const guint32 *) rows->data, rows->len) : mq_table_ref (table);
  mq_table_view_set_table (self->table, self->shown, mq_page_get_title (MQ_PAGE (self)));
  show_count (self);
  show_selected_cb (self);
}

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqCustomersPage *self = user_data;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
  drop_result (self);
  if (result != NULL)
    {
      self->result = mq_result_ref (result);
      apply_filter (self);
      mq_page_stack_show_answer (self->stack);
    }
  else
    mq_page_stack_show_error (self->stack, error);
  mq_page_answer_changed (MQ_PAGE (self));
}

/* The settings that came with a click hold the project bar of that moment. */
static void
forget_scope (GVariantDict *settings)
{
  for (const MqSetting *setting = mq_scope_settings; setting->name != NULL; setting++)
    g_variant_dict_remove (settings, setting->name);
}

static void
ask (MqCustomersPage *self)
{
  MqSession   *session = mq_page_get_session (MQ_PAGE (self));
  MqDataset   *dataset = mq_session_get_dataset (session);
  GVariantDict settings;

  if (dataset == NULL)
    return;
  g_variant_dict_init (&settings, self->settings);
  forget_scope (&settings);
  mq_session_fill_scope (session, &settings);
  g_variant_dict_insert (&settings, "customers", "b", TRUE);
  if (self->result == NULL)
    mq_page_stack_show_busy (self->stack);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, TRUE, -1);
  mq_request_ask (self->request, &mq_rfm_analysis, dataset, g_variant_dict_end (&settings));
}

static void
clear_filter (MqCustomersPage *self)
{
  g_clear_pointer (&self->segment, g_free);
  g_clear_pointer (&self->before, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    self->scores[i] = ANY_SCORE;
}

static void
clear_cb (MqCustomersPage *self)
{
  clear_filter (self);
  apply_filter (self);
}

static void
search_changed_cb (MqCustomersPage *self)
{
  const char *text = gtk_editable_get_text (self->search);

  g_clear_pointer (&self->words, g_free);
  if (*text != '\0')
    self->words = g_utf8_casefold (text, -1);
  apply_filter (self);
}

static void
show_pane (MqCustomersPage *self, gboolean shown)
{
  mq_side_pane_set_shown (self->side, shown);
  show_selected_cb (self);
}

static void
row_activated_cb (MqCustomersPage *self)
{
  show_pane (self, TRUE);
}

static void
close_pane_cb (MqCustomersPage *self)
{
  show_pane (self, FALSE);
}

static void
export_cb (MqCustomersPage *self)
{
  mq_page_export_to_file (MQ_PAGE (self), MQ_EXPORT_CSV);
}

static void
save_cb (MqCustomersPage *self)
{
  if (self->shown != NULL)
    mq_segment_dialog_save (MQ_PAGE (self), GTK_WIDGET (self), self->shown);
}

static void
erase_cb (MqCustomersPage *self, const char *customer)
{
  mq_erase_dialog_ask (MQ_PAGE (self), GTK_WIDGET (self), customer);
}

static void
retry_cb (MqCustomersPage *self)
{
  ask (self);
}

static void
mq_customers_page_update (MqPage *page)
{
  MqCustomersPage *self = MQ_CUSTOMERS_PAGE (page);

  mq_customer_pane_set_erasable (self->pane, !mq_session_is_read_only (mq_page_get_session (page)));
  if (mq_session_is_open (mq_page_get_session (page)))
    {
      ask (self);
      return;
    }
  mq_request_cancel (self->request);
  drop_result (self);
  mq_customer_pane_show (self->pane, NULL, NULL);
  g_clear_pointer (&self->settings, g_variant_unref);
  clear_filter (self);
  mq_page_answer_changed (page);
}

static void
mq_customers_page_open (MqPage *page, GVariant *target)
{
  MqCustomersPage *self = MQ_CUSTOMERS_PAGE (page);
  g_autoptr (GVariant) settings = g_variant_lookup_value (target, "settings", G_VARIANT_TYPE_VARDICT);
  gboolean same = settings != NULL && self->settings != NULL && g_variant_equal (settings, self->settings);

  clear_filter (self);
  g_variant_lookup (target, "segment", "s", &self->segment);
  g_variant_lookup (target, "segment-before", "s", &self->before);
  for (guint i = 0; i < G_N_ELEMENTS (score_names); i++)
    g_variant_lookup (target, score_names[i], "x", &self->scores[i]);
  if (same && self->result != NULL)
    {
      apply_filter (self);
      return;
    }
  g_clear_pointer (&self->settings, g_variant_unref);
  self->settings = g_steal_pointer (&settings);
  ask (self);
}

static void
mq_customers_page_search (MqPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MQ_CUSTOMERS_PAGE (page)->search));
}

static void
mq_customers_page_toggle_pane (MqPage *page)
{
  MqCustomersPage *self = MQ_CUSTOMERS_PAGE (page);

  show_pane (self, !mq_side_pane_get_shown (self->side));
}

static MqTable *
mq_customers_page_get_table (MqPage *page)
{
  return MQ_CUSTOMERS_PAGE (page)->shown;
}

static void
mq_customers_page_dispose (GObject *object)
{
  MqCustomersPage *self = MQ_CUSTOMERS_PAGE (object);

  g_clear_pointer (&self->request, mq_request_free);
  drop_result (self);
  g_clear_pointer (&self->settings, g_variant_unref);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->segment, g_free);
  g_clear_pointer (&self->words, g_free);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_customers_page_parent_class)->dispose (object);
}

static void
mq_customers_page_class_init (MqCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MqPageClass    *page_class = MQ_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_customers_page_dispose;
  page_class->obeys_scope = TRUE;
  page_class->update = mq_customers_page_update;
  page_class->open = mq_customers_page_open;
  page_class->get_table = mq_customers_page_get_table;
  page_class->search = mq_customers_page_search;
  page_class->toggle_pane = mq_customers_page_toggle_pane;

  g_type_ensure (MQ_TYPE_PAGE_STACK);
  g_type_ensure (MQ_TYPE_TABLE_VIEW);
  g_type_ensure (MQ_TYPE_SIDE_PANE);
  g_type_ensure (MQ_TYPE_CUSTOMER_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, count);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, clear);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, table);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, side);
  gtk_widget_class_bind_template_child (widget_class, MqCustomersPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_pane_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
mq_customers_page_init (MqCustomersPage *self)
{
  self->request = mq_request_new (answer_cb, self);
  clear_filter (self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
