/* customer-pane.c: one customer beside the list. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "comment-list.h"
#include "customer-pane.h"
#include "customer-profile.h"
#include "jobs/job-queue.h"
#include "mood-correction.h"
#include "stock-editing.h"
#include "table-view.h"
#include "weak.h"

struct _MqCustomerPane
{
  AdwBin parent_instance;

  GtkStack      *stack;      /* (template) nobody customer */
  GtkLabel      *title;      /* (template) */
  GtkGrid       *attributes; /* (template) */
  MqTableView   *timeline;   /* (template) */
  MqCommentList *comments;   /* (template) */
  MqPage        *page;       /* (borrowed) (nullable) whose session it is, if the pane is in none */
  GtkWidget     *erase;      /* (template) */
  GtkWidget     *refusal;    /* (template) why not */

  char         *label;       /* (owned) (nullable) who is shown or asked for */
  MqDataset    *dataset;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the question under way */
};

enum
{
  SIGNAL_ERASE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What goes to the worker. */
typedef struct
{
  MqDataset *dataset; /* (owned) */
  char      *label;   /* (owned) */
} Question;

G_DEFINE_FINAL_TYPE (MqCustomerPane, mq_customer_pane, ADW_TYPE_BIN)

static void
free_question (gpointer data)
{
  Question *question = data;

  mq_dataset_unref (question->dataset);
  g_free (question->label);
  g_free (question);
}

static gpointer
find_profile (gpointer data, const MqRun *run, GError **error)
{
  Question *question = data;

  return mq_customer_profile_new (question->dataset, question->label, run, error);
}

/* "City" for "city", "Level" for "attr:Level". */
static const char *
get_field_title (const char *name)
{
  const MqField *field = mq_kind_find_field (MQ_KIND_CUSTOMERS, name);

  if (field != NULL)
    return _ (field->title);
  return g_str_has_prefix (name, "attr:") ? name + strlen ("attr:") : name;
}

static GtkWidget *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
show_attributes (MqCustomerPane *self, MqTable *table)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->attributes))) != NULL)
    gtk_grid_remove (self->attributes, child);
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    {
      GtkWidget *value = make_label (mq_table_text (table, row, 1), FALSE);

      gtk_grid_attach (self->attributes, make_label (get_field_title (mq_table_text (table, row, 0)), TRUE), 0, (int) row, 1, 1);
      gtk_grid_attach (self->attributes, value, 1, (int) row, 1, 1);
    }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqCustomerPane) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqCustomerProfile) profile = mq_worker_run_finish (result, &error);

  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (profile == NULL)
    {
      gtk_label_set_text (self->title, error->message);
      return;
    }
  gtk_label_set_text (self->title, self->label);
  show_attributes (self, profile->attributes);
  mq_table_view_set_table (self->timeline, profile->timeline, _ ("Timeline"));
  mq_comment_list_set_table (self->comments, profile->comments, _ ("Comments"));
  gtk_widget_set_visible (GTK_WIDGET (self->comments), profile->comments != NULL);
  gtk_stack_set_visible_child_name (self->stack, "customer");
}

static void
erase_cb (MqCustomerPane *self)
{
  g_autofree char *label = g_strdup (self->label);

  if (label != NULL)
    g_signal_emit (self, signals[SIGNAL_ERASE], 0, label);
}

/* (transfer none) (nullable) */
static MqPage *
find_page (MqCustomerPane *self)
{
  GtkWidget *page = self->page != NULL ? GTK_WIDGET (self->page) : gtk_widget_get_ancestor (GTK_WIDGET (self), MQ_TYPE_PAGE);

  return page != NULL ? MQ_PAGE (page) : NULL;
}

static void
correct_cb (MqCustomerPane *self, const char *text, gint polarity, gint emotion)
{
  MqPage *page = find_page (self);

  if (page != NULL)
    mq_mood_correct (page, text, polarity, emotion);
}

static void
stock_cb (MqCustomerPane *self, const char *text, gboolean is_stock)
{
  MqPage *page = find_page (self);

  if (page != NULL && mq_stock_mark (page, text, is_stock))
    mq_comment_list_set_stock (self->comments, text, is_stock);
}

static void
forget (MqCustomerPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->dataset, mq_dataset_unref);
}

static void
mq_customer_pane_dispose (GObject *object)
{
  forget (MQ_CUSTOMER_PANE (object));
  g_clear_weak_pointer (&MQ_CUSTOMER_PANE (object)->page);
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_customer_pane_parent_class)->dispose (object);
}

static void
mq_customer_pane_class_init (MqCustomerPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_customer_pane_dispose;

  signals[SIGNAL_ERASE] = g_signal_new ("erase", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MQ_TYPE_COMMENT_LIST);
  g_type_ensure (MQ_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/customer-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, stack);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, title);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, attributes);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, timeline);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, comments);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, erase);
  gtk_widget_class_bind_template_child (widget_class, MqCustomerPane, refusal);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
}

static void
mq_customer_pane_init (MqCustomerPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->comments, "correct", G_CALLBACK (correct_cb), self);
  g_signal_connect_swapped (self->comments, "stock", G_CALLBACK (stock_cb), self);
}

void
mq_customer_pane_show (MqCustomerPane *self, MqDataset *dataset, const char *label)
{
  Question *question;
  MqRun     run;

  g_return_if_fail (MQ_IS_CUSTOMER_PANE (self));

  if (dataset != NULL && dataset == self->dataset && g_strcmp0 (label, self->label) == 0)
    return;
  forget (self);
  if (dataset == NULL || label == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "nobody");
      return;
    }
  self->dataset = mq_dataset_ref (dataset);
  self->label = g_strdup (label);
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->dataset = mq_dataset_ref (dataset);
  question->label = g_strdup (label);
  run = (MqRun){ .cancellable = self->cancellable };
  mq_worker_run (find_profile, question, free_question, (GDestroyNotify) mq_customer_profile_free, &run, found_cb, mq_weak_new (self));
}

void
mq_customer_pane_set_erasable (MqCustomerPane *self, gboolean erasable)
{
  g_return_if_fail (MQ_IS_CUSTOMER_PANE (self));

  gtk_widget_set_sensitive (self->erase, erasable);
  gtk_widget_set_visible (self->refusal, !erasable);
}

void
mq_customer_pane_set_page (MqCustomerPane *self, MqPage *page)
{
  g_return_if_fail (MQ_IS_CUSTOMER_PANE (self));

  g_set_weak_pointer (&self->page, page);
}
