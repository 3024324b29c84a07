/* mark-customers.c: asks who, and shows them. */

#include "config.h"

#include "pages/mark-customers.h"

#include <glib/gi18n.h>

#include "jobs/job-queue.h"
#include "pages/customers-window.h"

/* What a window was opened for. */
typedef struct
{
  GVariant *settings; /* (owned) */
  char    **choices;  /* (owned) */
  char    **labels;   /* (owned) (nullable) */
} Mark;

struct _MqMarkCustomers
{
  GObject parent_instance;

  MqPage           *page; /* (borrowed) */
  const MqAnalysis *analysis;
  MqRequest        *request; /* (owned) */
  Mark             *asked;   /* (owned) (nullable) of the window that is to be opened */
  GtkWidget        *window;  /* (weak) (nullable) the window that asked for other customers */
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqMarkCustomers, mq_mark_customers, G_TYPE_OBJECT)

static void
free_mark (Mark *mark)
{
  g_variant_unref (mark->settings);
  g_strfreev (mark->choices);
  g_strfreev (mark->labels);
  g_free (mark);
}

static void
ask (MqMarkCustomers *self, const Mark *mark, guint choice)
{
  g_autoptr (GVariant) asked = NULL;
  GVariantDict settings;

  g_variant_dict_init (&settings, mark->settings);
  g_variant_dict_insert (&settings, "customers", "s", mark->choices[choice]);
  asked = g_variant_ref_sink (g_variant_dict_end (&settings));
  mq_mark_customers_ask (self, asked);
}

/* Another sort of customers in a window that shows some. */
static void
chosen_cb (gpointer object, GtkWidget *window, guint index)
{
  MqMarkCustomers *self = object;

  g_set_weak_pointer (&self->window, window);
  ask (self, g_object_get_data (G_OBJECT (window), "mark"), index);
}

static void
show (MqMarkCustomers *self, MqTable *table)
{
  GtkWidget *window;

  if (self->window != NULL)
    {
      mq_customers_window_set_table (self->window, table);
      return;
    }
  window = mq_customers_window_present (self->page, table);
  if (self->asked == NULL || g_strv_length (self->asked->choices) < 2)
    return;
  mq_customers_window_offer (window, (const char *const *) self->asked->labels, 0, chosen_cb, G_OBJECT (self));
  g_object_set_data_full (G_OBJECT (window), "mark", g_steal_pointer (&self->asked), (GDestroyNotify) free_mark);
}

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  MqMarkCustomers *self = user_data;
  MqTable         *table = result != NULL ? mq_result_find_table (result, "customers") : NULL;

  if (table != NULL)
    show (self, table);
  else if (result != NULL && g_signal_has_handler_pending (self, signals[SIGNAL_ANSWERED], 0, FALSE))
    g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, result);
  else
    mq_page_notice (self->page, error != NULL ? error->message : _ ("There are no customers behind this."));
}

static void
mq_mark_customers_dispose (GObject *object)
{
  MqMarkCustomers *self = MQ_MARK_CUSTOMERS (object);

  g_clear_pointer (&self->request, mq_request_free);
  g_clear_pointer (&self->asked, free_mark);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (mq_mark_customers_parent_class)->dispose (object);
}

static void
mq_mark_customers_class_init (MqMarkCustomersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_mark_customers_dispose;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mq_mark_customers_init (MqMarkCustomers *self)
{
  self->request = mq_request_new (answer_cb, self);
}

MqMarkCustomers *
mq_mark_customers_new (MqPage *page, const MqAnalysis *analysis)
{
  MqMarkCustomers *self = g_object_new (MQ_TYPE_MARK_CUSTOMERS, NULL);

  self->page = page;
  self->analysis = analysis;
  return self;
}

void
mq_mark_customers_show (MqMarkCustomers *self, GVariant *settings, const char *const *choices, const char *const *labels)
{
  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->asked, free_mark);
  self->asked = g_new0 (Mark, 1);
  self->asked->settings = g_variant_ref (settings);
  self->asked->choices = g_strdupv ((char **) choices);
  self->asked->labels = g_strdupv ((char **) labels);
  ask (self, self->asked, 0);
}

void
mq_mark_customers_ask (MqMarkCustomers *self, GVariant *settings)
{
  MqDataset *dataset = mq_session_get_dataset (mq_page_get_session (self->page));

  if (dataset != NULL)
    mq_request_ask (self->request, self->analysis, dataset, settings);
}

void
mq_mark_customers_cancel (MqMarkCustomers *self)
{
  mq_request_cancel (self->request);
}
