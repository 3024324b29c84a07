/* scope-bar.c: the project bar. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "drop-down.h"
#include "scope-bar.h"
#include "weak.h"
#include "wrap-box.h"

#define OWN_DATES "own"
#define MAX_SHOPS 1000

static const char *const periods[] = { "30d", "90d", "180d", "365d", "730d", "all", OWN_DATES };

struct _MqScopeBar
{
  AdwBin parent_instance;

  GtkMenuButton *as_of;    /* (template) */
  GtkCalendar   *calendar; /* (template) */
  GtkDropDown   *period;   /* (template) */
  GtkWidget     *dates;    /* (template) */
  GtkEditable   *from;     /* (template) */
  GtkEditable   *to;       /* (template) */
  GtkDropDown   *compare;  /* (template) */
  GtkDropDown   *shop;     /* (template) */
  GtkDropDown   *segment;  /* (template) */

  MqSession *session;   /* (owned) */
  MqDataset *dataset;   /* (owned) (nullable) whose shops are listed */
  gboolean   updating;  /* controls are being filled: their changes are not the user's */
  gboolean   own_dates; /* chosen, though no first date is there yet */
};

G_DEFINE_FINAL_TYPE (MqScopeBar, mq_scope_bar, ADW_TYPE_BIN)

static guint
find_period (const MqScopeChoice *scope)
{
  if (scope->from != MQ_DAY_MISSING)
    return G_N_ELEMENTS (periods) - 1;
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      if (g_str_equal (periods[i], scope->period))
        return i;
    }
  return 3;
}

static void
show_as_of (MqScopeBar *self, const MqScopeChoice *scope)
{
  gint32           day = scope->as_of != MQ_DAY_MISSING ? scope->as_of : mq_session_get_newest_day (self->session);
  g_autofree char *date = day != MQ_DAY_MISSING ? mq_format_day (day) : g_strdup ("—");
  /* Translators: %s is a date; later records do not count */
  g_autofree char *text = g_strdup_printf (_ ("As of %s"), date);
  int              year, month, mday;

  gtk_menu_button_set_label (self->as_of, text);
  if (day == MQ_DAY_MISSING)
    return;
  mq_day_to_civil (day, &year, &month, &mday);
  /* the first of the month in between: a day that the month does not have must never be shown */
  g_object_set (self->calendar, "day", 1, NULL);
  g_object_set (self->calendar, "year", year, "month", month - 1, NULL);
  g_object_set (self->calendar, "day", mday, NULL);
}

static void
set_day_text (GtkEditable *editable, gint32 day)
{
  g_autofree char *text = day != MQ_DAY_MISSING ? mq_day_format (day) : g_strdup ("");

  if (!g_str_equal (gtk_editable_get_text (editable), text))
    gtk_editable_set_text (editable, text);
}

/* The first item is all. */
static void
select_text (GtkDropDown *drop_down, const char *text /* (nullable) */)
{
  GListModel *items = gtk_drop_down_get_model (drop_down);
  guint       selected = 0;

  for (guint i = 1; text != NULL && i < g_list_model_get_n_items (items); i++)
    {
      if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (items), i), text))
        selected = i;
    }
  gtk_drop_down_set_selected (drop_down, selected);
}

/* (transfer full) (nullable) NULL: all. */
static char *
get_text (GtkDropDown *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  return selected > 0 ? g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (drop_down)), selected)) : NULL;
}

static void
show_scope (MqScopeBar *self)
{
  const MqScopeChoice *scope = mq_session_get_scope (self->session);
  guint                period = self->own_dates ? G_N_ELEMENTS (periods) - 1 : find_period (scope);

  self->updating = TRUE;
  show_as_of (self, scope);
  gtk_drop_down_set_selected (self->period, period);
  gtk_widget_set_visible (self->dates, g_str_equal (periods[period], OWN_DATES));
  set_day_text (self->from, scope->from);
  set_day_text (self->to, scope->to);
  gtk_drop_down_set_selected (self->compare, scope->compare);
  select_text (self->shop, scope->shop);
  select_text (self->segment, scope->segment);
  self->updating = FALSE;
}

/* (transfer full) (element-type utf8) NULL-terminated, "all" first; on a worker. */
static gpointer
list_shops (gpointer data, const MqRun *run, GError **error)
{
  MqDataset *dataset = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const MqColumn *column = mq_dataset_column (dataset, MQ_KIND_ORDERS, "shop", run, NULL);

  g_strv_builder_add (builder, _ ("All shops"));
  for (guint i = 0; column != NULL && column->type == MQ_VALUE_TEXT && i < MIN (mq_strings_length (column->strings), MAX_SHOPS); i++)
    g_strv_builder_add (builder, mq_strings_get (column->strings, i));
  return g_strv_builder_end (builder);
}

static void
shops_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqScopeBar) self = mq_weak_steal (user_data);
  g_auto (GStrv) shops = mq_worker_run_finish (result, NULL);
  g_autoptr (GtkStringList) list = NULL;

  if (self == NULL || shops == NULL)
    return;
  list = gtk_string_list_new ((const char *const *) shops);
  self->updating = TRUE;
  gtk_drop_down_set_model (self->shop, G_LIST_MODEL (list));
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->shop), g_strv_length (shops) > 2);
  select_text (self->shop, mq_session_get_scope (self->session)->shop);
}

static void
session_changed_cb (MqScopeBar *self)
{
  MqDataset *dataset = mq_session_get_dataset (self->session);

  if (dataset == NULL)
    self->own_dates = FALSE;
  show_scope (self);
  if (dataset == self->dataset)
    return;
  g_clear_pointer (&self->dataset, mq_dataset_unref);
  if (dataset == NULL)
    return;
  self->dataset = mq_dataset_ref (dataset);
  mq_worker_run (list_shops, mq_dataset_ref (dataset), (GDestroyNotify) mq_dataset_unref, (GDestroyNotify) g_strfreev, NULL, shops_listed_cb, mq_weak_new (self));
}

static void
set_as_of (MqScopeBar *self, gint32 day)
{
  g_auto (MqScopeChoice) scope = { 0 };

  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  scope.as_of = day;
  mq_session_set_scope (self->session, &scope);
}

static void
day_selected_cb (MqScopeBar *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  if (!self->updating)
    set_as_of (self, mq_day_from_civil (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date)));
}

static void
newest_cb (MqScopeBar *self)
{
  set_as_of (self, MQ_DAY_MISSING);
  gtk_menu_button_popdown (self->as_of);
}

/* An empty or half-typed first date leaves the period as it was. */
static void
read_dates (MqScopeBar *self, MqScopeChoice *scope)
{
  gint32 from, to;

  scope->from = scope->to = MQ_DAY_MISSING;
  if (!mq_day_parse (gtk_editable_get_text (self->from), &from))
    return;
  if (mq_day_parse (gtk_editable_get_text (self->to), &to) && to >= from)
    scope->to = to;
  if (scope->to != MQ_DAY_MISSING || *gtk_editable_get_text (self->to) == '\0')
    scope->from = from;
}

static void
period_changed_cb (MqScopeBar *self)
{
  const char *period = periods[gtk_drop_down_get_selected (self->period)];
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->updating)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  self->own_dates = g_str_equal (period, OWN_DATES);
  gtk_widget_set_visible (self->dates, self->own_dates);
  if (self->own_dates)
    {
      read_dates (self, &scope);
    }
  else
    {
      scope.from = scope.to = MQ_DAY_MISSING;
      g_free (scope.period);
      scope.period = g_strdup (period);
    }
  mq_session_set_scope (self->session, &scope);
}

static void
date_changed_cb (MqScopeBar *self)
{
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->updating)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  read_dates (self, &scope);
  if (scope.from != MQ_DAY_MISSING)
    mq_session_set_scope (self->session, &scope);
}

static void
compare_changed_cb (MqScopeBar *self)
{
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->updating)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  scope.compare = (MqCompare) gtk_drop_down_get_selected (self->compare);
  mq_session_set_scope (self->session, &scope);
}

static void
shop_changed_cb (MqScopeBar *self)
{
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->updating || gtk_drop_down_get_selected (self->shop) == GTK_INVALID_LIST_POSITION)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  g_clear_pointer (&scope.shop, g_free);
  scope.shop = get_text (self->shop);
  mq_session_set_scope (self->session, &scope);
}

static void
segment_changed_cb (MqScopeBar *self)
{
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->updating || gtk_drop_down_get_selected (self->segment) == GTK_INVALID_LIST_POSITION)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  g_clear_pointer (&scope.segment, g_free);
  scope.segment = get_text (self->segment);
  mq_session_set_scope (self->session, &scope);
}

static void
segments_changed_cb (MqScopeBar *self)
{
  MqTable *segments = mq_session_get_segments (self->session);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gsize n = segments != NULL ? mq_table_n_rows (segments) : 0;

  gtk_string_list_append (list, _ ("All customers"));
  for (gsize row = 0; row < n; row++)
    gtk_string_list_append (list, mq_table_text (segments, row, 0));
  self->updating = TRUE;
  gtk_drop_down_set_model (self->segment, G_LIST_MODEL (list));
  select_text (self->segment, mq_session_get_scope (self->session)->segment);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->segment), n > 0);
}

static void
mq_scope_bar_dispose (GObject *object)
{
  MqScopeBar *self = MQ_SCOPE_BAR (object);

  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_pointer (&self->dataset, mq_dataset_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mq_scope_bar_parent_class)->dispose (object);
}

static void
mq_scope_bar_class_init (MqScopeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_scope_bar_dispose;

  g_type_ensure (MQ_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/scope-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, as_of);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, calendar);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, period);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, dates);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, from);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, to);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, compare);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, shop);
  gtk_widget_class_bind_template_child (widget_class, MqScopeBar, segment);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, newest_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, shop_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, segment_changed_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
name_drop_down (GtkDropDown *drop_down, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  mq_drop_down_name_button (drop_down, name);
}

static void
mq_scope_bar_init (MqScopeBar *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Project bar"), -1);
  name_drop_down (self->period, _ ("Period"));
  name_drop_down (self->compare, _ ("Comparison"));
  name_drop_down (self->shop, _ ("Shop"));
  name_drop_down (self->segment, _ ("Segment"));
}

void
mq_scope_bar_set_session (MqScopeBar *self, MqSession *session)
{
  g_return_if_fail (MQ_IS_SCOPE_BAR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scope-changed", G_CALLBACK (show_scope), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "segments-changed", G_CALLBACK (segments_changed_cb), self, G_CONNECT_SWAPPED);
  segments_changed_cb (self);
  session_changed_cb (self);
}
