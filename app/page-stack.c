/* page-stack.c: answer, busy, empty and failed. */

#include "config.h"

#include "page-stack.h"

#include <glib/gi18n.h>

#include "analysis.h"

#define SPINNER_SIZE 32

struct _MqPageStack
{
  AdwBin parent_instance;

  GtkStack      *stack;  /* (borrowed) empty busy result failed */
  AdwStatusPage *empty;  /* (borrowed) */
  AdwStatusPage *failed; /* (borrowed) */
};

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_EMPTY_TITLE,
  PROP_FAILED_TITLE,
  PROP_CONTENT,
  N_PROPS
};

enum
{
  SIGNAL_RETRY,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqPageStack, mq_page_stack, ADW_TYPE_BIN)

static void
retry_cb (MqPageStack *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static GtkWidget *
make_status (AdwStatusPage **status, GtkWidget *button)
{
  *status = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  adw_status_page_set_child (*status, button);
  return GTK_WIDGET (*status);
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, SPINNER_SIZE, SPINNER_SIZE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Computing"), -1);
  return spinner;
}

/* A status page takes markup; a message is text. */
static void
set_description (AdwStatusPage *page, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (page, escaped);
}

static void
mq_page_stack_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqPageStack *self = MQ_PAGE_STACK (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      adw_status_page_set_icon_name (self->empty, g_value_get_string (value));
      break;
    case PROP_EMPTY_TITLE:
      adw_status_page_set_title (self->empty, g_value_get_string (value));
      break;
    case PROP_FAILED_TITLE:
      adw_status_page_set_title (self->failed, g_value_get_string (value));
      break;
    case PROP_CONTENT:
      gtk_stack_add_named (self->stack, g_value_get_object (value), "result");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_page_stack_class_init (MqPageStackClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->set_property = mq_page_stack_set_property;
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  props[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, "", flags);
  props[PROP_FAILED_TITLE] = g_param_spec_string ("failed-title", NULL, NULL, "", flags);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_page_stack_init (MqPageStack *self)
{
  GtkWidget *import = gtk_button_new_with_label (_ ("Import Data…"));
  GtkWidget *retry = gtk_button_new_with_label (_ ("Retry"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "project.import");
  g_signal_connect_swapped (retry, "clicked", G_CALLBACK (retry_cb), self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_status (&self->empty, import), "empty");
  gtk_stack_add_named (self->stack, make_spinner (), "busy");
  gtk_stack_add_named (self->stack, make_status (&self->failed, retry), "failed");
  adw_status_page_set_icon_name (self->failed, "dialog-error-symbolic");
  gtk_stack_set_visible_child_name (self->stack, "busy");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

void
mq_page_stack_show_busy (MqPageStack *self)
{
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

void
mq_page_stack_show_answer (MqPageStack *self)
{
  gtk_stack_set_visible_child_name (self->stack, "result");
}

void
mq_page_stack_show_error (MqPageStack *self, const GError *error)
{
  gboolean empty = g_error_matches (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA);

  set_description (empty ? self->empty : self->failed, error->message);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "failed");
}
