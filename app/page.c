/* page.c: the abstract page. */

#include "config.h"

#include <glib/gi18n.h>

#include "file-picker.h"
#include "page.h"
#include "report-job.h"
#include "weak.h"

/* As long as a hand needs to come back to a toast. */
#define SHOW_REPORT_SECONDS 15

typedef struct
{
  MqSession *session; /* (owned) */
  char      *title;   /* (owned) */
  MqTable   *picked;  /* (owned) (nullable) waits for the name of its file */
  gboolean   due;     /* the session changed while nobody saw the page */
} MqPagePrivate;

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_TITLE,
  N_PROPS
};

enum
{
  SIGNAL_NAVIGATE,
  SIGNAL_NOTICE,
  SIGNAL_ANSWER_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MqPage, mq_page, ADW_TYPE_BIN)

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mq_worker_run_finish (result, &error);

  if (self == NULL)
    return;
  if (path == NULL)
    mq_page_notice (self, error->message);
  else
    mq_page_notice_file (self, path);
}

static void
write_export (MqPage *self, MqExportWhat what, MqResult *result, MqChart *chart, MqTable *table, GFile *file)
{
  MqPagePrivate   *priv = mq_page_get_instance_private (self);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      mq_page_notice (self, _ ("Choose a folder on this computer."));
      return;
    }
  mq_page_export (what, result, chart, table, mq_session_get_name (priv->session), priv->title, path, exported_cb, mq_weak_new (self));
}

static void
export_to (MqPage *self, MqExportWhat what, GFile *file)
{
  MqPageClass *klass = MQ_PAGE_GET_CLASS (self);
  MqResult    *result = klass->get_result != NULL ? klass->get_result (self) : NULL;
  MqChart     *chart = klass->get_chart != NULL ? klass->get_chart (self) : NULL;
  MqTable     *table = klass->get_table != NULL ? klass->get_table (self) : NULL;

  write_export (self, what, result, chart, table, file);
}

static void
png_picked_cb (GFile *file, gpointer user_data)
{
  export_to (user_data, MQ_EXPORT_PNG, file);
}

static void
pdf_picked_cb (GFile *file, gpointer user_data)
{
  export_to (user_data, MQ_EXPORT_PDF, file);
}

static void
csv_picked_cb (GFile *file, gpointer user_data)
{
  export_to (user_data, MQ_EXPORT_CSV, file);
}

static void
xlsx_picked_cb (GFile *file, gpointer user_data)
{
  export_to (user_data, MQ_EXPORT_XLSX, file);
}

static void
table_picked_cb (GFile *file, gpointer user_data)
{
  MqPagePrivate *priv = mq_page_get_instance_private (user_data);

  write_export (user_data, MQ_EXPORT_CSV, NULL, NULL, priv->picked, file);
}

/* `what` (translated) is the part of the file's name after the project's. */
static void
pick_target (MqPage *self, const char *title, const char *what, const MqFileType *type, MqFilePicked picked)
{
  MqPagePrivate   *priv = mq_page_get_instance_private (self);
  g_autofree char *name = g_strdup_printf ("%s - %s.%s", mq_session_get_name (priv->session), what, type->suffixes[0]);

  mq_file_picker_save (GTK_WIDGET (self), title, name, type, picked, self);
}

/* What nobody sees is not computed; but a page forgets at once what a closed project told it. */
static void
update_or_wait (MqPage *self)
{
  MqPagePrivate *priv = mq_page_get_instance_private (self);

  priv->due = mq_session_is_open (priv->session) && !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!priv->due)
    MQ_PAGE_GET_CLASS (self)->update (self);
}

static void
scope_changed_cb (MqPage *self)
{
  if (MQ_PAGE_GET_CLASS (self)->obeys_scope)
    update_or_wait (self);
}

static void
mq_page_map (GtkWidget *widget)
{
  MqPagePrivate *priv = mq_page_get_instance_private (MQ_PAGE (widget));

  GTK_WIDGET_CLASS (mq_page_parent_class)->map (widget);
  if (priv->due)
    update_or_wait (MQ_PAGE (widget));
}

static void
show_report_cb (AdwToast *toast, gpointer user_data)
{
  mq_page_navigate (user_data, "report", g_variant_new ("a{sv}", NULL));
}

static void
notice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_notice (MQ_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
notice_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mq_page_notice_file (MQ_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
add_to_report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MqPage        *self = MQ_PAGE (widget);
  MqPagePrivate *priv = mq_page_get_instance_private (self);
  MqPageClass   *klass = MQ_PAGE_GET_CLASS (self);
  MqResult      *result = klass->get_result != NULL ? klass->get_result (self) : NULL;
  g_autoptr (MqReportPlan) plan = NULL;
  g_autoptr (GVariant) settings = NULL;

  if (result == NULL)
    return;
  plan = mq_session_get_report (priv->session);
  settings = mq_report_job_own_settings (mq_result_settings (result));
  g_ptr_array_add (plan->items, mq_report_item_new (mq_result_provenance (result)->module, g_variant_get_string (parameter, NULL), settings));
  mq_session_set_report (priv->session, plan);
  mq_page_offer (self, _ ("Added to the report"), _ ("_Show Report"), SHOW_REPORT_SECONDS, G_CALLBACK (show_report_cb), self);
}

static void
mq_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MqPagePrivate *priv = mq_page_get_instance_private (MQ_PAGE (object));

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqPagePrivate *priv = mq_page_get_instance_private (MQ_PAGE (object));

  switch (prop_id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      priv->title = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_page_constructed (GObject *object)
{
  MqPagePrivate *priv = mq_page_get_instance_private (MQ_PAGE (object));

  G_OBJECT_CLASS (mq_page_parent_class)->constructed (object);

  gtk_accessible_update_property (GTK_ACCESSIBLE (object), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->title, -1);
  g_signal_connect_object (priv->session, "changed", G_CALLBACK (update_or_wait), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->session, "scope-changed", G_CALLBACK (scope_changed_cb), object, G_CONNECT_SWAPPED);
  priv->due = mq_session_is_open (priv->session);
}

static void
mq_page_finalize (GObject *object)
{
  MqPagePrivate *priv = mq_page_get_instance_private (MQ_PAGE (object));

  g_clear_object (&priv->session);
  g_free (priv->title);
  g_clear_pointer (&priv->picked, mq_table_unref);

  G_OBJECT_CLASS (mq_page_parent_class)->finalize (object);
}

static void
mq_page_class_init (MqPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mq_page_get_property;
  object_class->set_property = mq_page_set_property;
  object_class->constructed = mq_page_constructed;
  object_class->finalize = mq_page_finalize;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, MQ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_NAVIGATE] = g_signal_new ("navigate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_VARIANT);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[SIGNAL_ANSWER_CHANGED] = g_signal_new ("answer-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  widget_class->map = mq_page_map;
  gtk_widget_class_install_action (widget_class, "page.add-to-report", "s", add_to_report_action);
  gtk_widget_class_install_action (widget_class, "page.notice", "s", notice_action);
  gtk_widget_class_install_action (widget_class, "page.notice-file", "s", notice_file_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mq_page_init (MqPage *self)
{
}

MqSession *
mq_page_get_session (MqPage *self)
{
  MqPagePrivate *priv = mq_page_get_instance_private (self);

  g_return_val_if_fail (MQ_IS_PAGE (self), NULL);

  return priv->session;
}

const char *
mq_page_get_title (MqPage *self)
{
  MqPagePrivate *priv = mq_page_get_instance_private (self);

  g_return_val_if_fail (MQ_IS_PAGE (self), NULL);

  return priv->title;
}

gboolean
mq_page_obeys_scope (MqPage *self)
{
  g_return_val_if_fail (MQ_IS_PAGE (self), FALSE);

  return MQ_PAGE_GET_CLASS (self)->obeys_scope;
}

void
mq_page_refresh (MqPage *self)
{
  g_return_if_fail (MQ_IS_PAGE (self));

  MQ_PAGE_GET_CLASS (self)->update (self);
}

gboolean
mq_page_can_search (MqPage *self)
{
  g_return_val_if_fail (MQ_IS_PAGE (self), FALSE);

  return MQ_PAGE_GET_CLASS (self)->search != NULL;
}

void
mq_page_search (MqPage *self)
{
  g_return_if_fail (mq_page_can_search (self));

  MQ_PAGE_GET_CLASS (self)->search (self);
}

gboolean
mq_page_has_pane (MqPage *self)
{
  g_return_val_if_fail (MQ_IS_PAGE (self), FALSE);

  return MQ_PAGE_GET_CLASS (self)->toggle_pane != NULL;
}

void
mq_page_toggle_pane (MqPage *self)
{
  g_return_if_fail (mq_page_has_pane (self));

  MQ_PAGE_GET_CLASS (self)->toggle_pane (self);
}

void
mq_page_open (MqPage *self, GVariant *target)
{
  g_return_if_fail (MQ_IS_PAGE (self));

  if (target != NULL && MQ_PAGE_GET_CLASS (self)->open != NULL)
    MQ_PAGE_GET_CLASS (self)->open (self, target);
}

void
mq_page_navigate (MqPage *self, const char *id, GVariant *target)
{
  g_autoptr (GVariant) owned = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (MQ_IS_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_NAVIGATE], 0, id, owned);
}

void
mq_page_notice (MqPage *self, const char *text)
{
  g_return_if_fail (MQ_IS_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

void
mq_page_notice_file (MqPage *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: %s is a file's name */
  g_autofree char *text = g_strdup_printf (_ ("“%s” exported"), name);

  mq_page_notice (self, text);
}

AdwToast *
mq_page_offer (MqPage *self, const char *text, const char *button, guint seconds, GCallback clicked, gpointer object)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (escaped);

  g_return_val_if_fail (MQ_IS_PAGE (self), NULL);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, seconds);
  g_signal_connect_object (toast, "button-clicked", clicked, object, 0);
  if (overlay == NULL)
    {
      g_object_unref (toast);
      return NULL;
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  return toast;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqPage) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && self != NULL)
    mq_page_notice (self, error->message);
}

void
mq_page_reload (MqPage *self)
{
  g_return_if_fail (MQ_IS_PAGE (self));

  mq_session_reload (mq_page_get_session (self), reloaded_cb, mq_weak_new (self));
}

void
mq_page_answer_changed (MqPage *self)
{
  g_return_if_fail (MQ_IS_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_ANSWER_CHANGED], 0);
}

gboolean
mq_page_can_export (MqPage *self, MqExportWhat what)
{
  MqPageClass *klass;

  g_return_val_if_fail (MQ_IS_PAGE (self), FALSE);

  klass = MQ_PAGE_GET_CLASS (self);
  if (klass->can_export != NULL)
    return klass->can_export (self, what);
  switch (what)
    {
    case MQ_EXPORT_PDF:
      return klass->get_result != NULL && klass->get_result (self) != NULL;
    case MQ_EXPORT_PNG:
      return klass->get_chart != NULL && klass->get_chart (self) != NULL;
    case MQ_EXPORT_CSV:
    case MQ_EXPORT_XLSX:
      return klass->get_table != NULL && klass->get_table (self) != NULL;
    default:
      g_return_val_if_reached (FALSE);
    }
}

void
mq_page_export_to_file (MqPage *self, MqExportWhat what)
{
  const MqFileType pdf = { _ ("PDF documents"), { "pdf" } };
  const MqFileType png = { _ ("PNG pictures"), { "png" } };
  const MqFileType csv = { _ ("CSV tables"), { "csv" } };
  const MqFileType xlsx = { _ ("XLSX workbooks"), { "xlsx" } };

  g_return_if_fail (MQ_IS_PAGE (self));

  if (MQ_PAGE_GET_CLASS (self)->export_to_file != NULL)
    {
      MQ_PAGE_GET_CLASS (self)->export_to_file (self, what);
      return;
    }
  switch (what)
    {
    case MQ_EXPORT_PDF:
      pick_target (self, _ ("Export PDF"), mq_page_get_title (self), &pdf, pdf_picked_cb);
      break;
    case MQ_EXPORT_PNG:
      pick_target (self, _ ("Export PNG"), mq_page_get_title (self), &png, png_picked_cb);
      break;
    case MQ_EXPORT_CSV:
      pick_target (self, _ ("Export CSV"), mq_page_get_title (self), &csv, csv_picked_cb);
      break;
    case MQ_EXPORT_XLSX:
      pick_target (self, _ ("Export XLSX"), mq_page_get_title (self), &xlsx, xlsx_picked_cb);
      break;
    default:
      g_return_if_reached ();
    }
}

void
mq_page_export_table (MqPage *self, MqExportWhat what, MqTable *table, const char *title)
{
  MqPagePrivate   *priv = mq_page_get_instance_private (self);
  const MqFileType csv = { _ ("CSV tables"), { "csv" } };
  const MqFileType xlsx = { _ ("XLSX workbooks"), { "xlsx" } };

  g_return_if_fail (MQ_IS_PAGE (self));
  g_return_if_fail (what == MQ_EXPORT_CSV || what == MQ_EXPORT_XLSX);

  mq_table_ref (table);
  g_clear_pointer (&priv->picked, mq_table_unref);
  priv->picked = table;
  if (what == MQ_EXPORT_XLSX)
    pick_target (self, _ ("Export XLSX"), title, &xlsx, table_picked_cb);
  else
    pick_target (self, _ ("Export CSV"), title, &csv, table_picked_cb);
}
