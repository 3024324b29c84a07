/* guide-page.c: what can be seen now. */

#include "config.h"

#include <glib/gi18n.h>

#include "analysis.h"
#include "base/format.h"
#include "page-registry.h"
#include "pages/guide-page.h"

struct _MqGuidePage
{
  MqPage parent_instance;

  GtkStack   *stack;     /* (template) empty result */
  GtkLabel   *holdings;  /* (template) */
  GtkWidget  *next;      /* (template) the best next click */
  GtkWidget  *works_box; /* (template) */
  GtkListBox *works;     /* (template) */
  GtkWidget  *needs_box; /* (template) */
  GtkListBox *needs;     /* (template) */

  const char *next_id; /* (nullable) page of the best next click; NULL: import a file */
};

G_DEFINE_FINAL_TYPE (MqGuidePage, mq_guide_page, MQ_TYPE_PAGE)

static MqKinds
find_kinds (MqSession *session)
{
  MqKinds kinds = 0;

  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      if (mq_session_get_rows (session, kind) > 0)
        kinds |= 1u << kind;
    }
  return kinds;
}

/* (transfer full) "Orders, Events" */
static char *
name_kinds (MqKinds kinds)
{
  GString *text = g_string_new (NULL);

  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      if (kinds & 1u << kind)
        /* Translators: separates the names of files needed: "Orders, Events" */
        g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("kinds", ", ") : "", _ (mq_kind_title (kind)));
    }
  return g_string_free (text, FALSE);
}

/* (transfer full) "Orders 3,456 · Customers 1,271" */
static char *
describe_holdings (MqSession *session)
{
  GString *text = g_string_new (NULL);

  for (MqKind kind = 0; kind < MQ_N_KINDS; kind++)
    {
      gint64           rows = mq_session_get_rows (session, kind);
      g_autofree char *number = mq_format_integer (rows);

      if (rows > 0)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", _ (mq_kind_title (kind)), number);
    }
  return g_string_free (text, FALSE);
}

static void
add_row (GtkListBox *list, const MqPageInfo *info, const char *subtitle, gboolean works)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);
  GtkWidget       *icon = gtk_image_new_from_icon_name (works ? "go-next-symbolic" : "list-add-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (info->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (info->icon));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (info->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_object_set_data (G_OBJECT (row), "page", (gpointer) (works ? info->id : NULL));
  gtk_list_box_append (list, row);
}

static void
add_working (MqGuidePage *self, const MqPageInfo *info, const MqAnalysis *analysis, MqKinds there)
{
  const char      *purpose = analysis->purpose != NULL ? _ (analysis->purpose) : "";
  MqKinds          missing = analysis->gains & ~there;
  g_autofree char *kinds = name_kinds (missing);
  /* Translators: what a page answers; the files that would add to it */
  g_autofree char *text = missing != 0 ? g_strdup_printf (_ ("%s. More with: %s"), purpose, kinds) : g_strdup (purpose);

  add_row (self->works, info, text, TRUE);
}

static void
add_needing (MqGuidePage *self, const MqPageInfo *info, const MqAnalysis *analysis)
{
  g_autofree char *kinds = name_kinds (analysis->needs);
  /* Translators: what a page answers; the file that has to be imported first: "Needs a file of: Orders" */
  g_autofree char *text = g_strdup_printf (_ ("%s. Needs a file of: %s"), analysis->purpose != NULL ? _ (analysis->purpose) : "", kinds);

  add_row (self->needs, info, text, FALSE);
}

static void
remove_rows (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
show_next (MqGuidePage *self, const MqPageInfo *info)
{
  g_autofree char *text = NULL;

  self->next_id = info != NULL ? info->id : NULL;
  /* Translators: a button that opens a page; %s is its name */
  text = info != NULL ? g_strdup_printf (_ ("Open %s"), _ (info->title)) : g_strdup (_ ("Import Data…"));
  gtk_button_set_label (GTK_BUTTON (self->next), text);
}

static void
show_pages (MqGuidePage *self, MqKinds there)
{
  guint             n;
  const MqPageInfo *infos = mq_page_registry (&n);
  const MqPageInfo *first = NULL;

  remove_rows (self->works);
  remove_rows (self->needs);
  for (guint i = 0; i < n; i++)
    {
      const MqAnalysis *analysis = mq_analysis_find (infos[i].id);

      if (analysis == NULL)
        continue;
      if (analysis->needs != 0 && (analysis->needs & there) == 0)
        {
          add_needing (self, &infos[i], analysis);
          continue;
        }
      add_working (self, &infos[i], analysis, there);
      if (first == NULL)
        first = &infos[i];
    }
  show_next (self, first);
  gtk_widget_set_visible (self->works_box, first != NULL);
  gtk_widget_set_visible (self->needs_box, gtk_widget_get_first_child (GTK_WIDGET (self->needs)) != NULL);
}

static void
row_activated_cb (MqGuidePage *self, GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "page");

  if (id != NULL)
    mq_page_navigate (MQ_PAGE (self), id, NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "project.import", NULL);
}

static void
next_cb (MqGuidePage *self)
{
  if (self->next_id != NULL)
    mq_page_navigate (MQ_PAGE (self), self->next_id, NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "project.import", NULL);
}

static void
mq_guide_page_update (MqPage *page)
{
  MqGuidePage     *self = MQ_GUIDE_PAGE (page);
  MqSession       *session = mq_page_get_session (page);
  g_autofree char *holdings = describe_holdings (session);

  if (!mq_session_is_open (session))
    return;
  gtk_label_set_text (self->holdings, holdings);
  show_pages (self, find_kinds (session));
  gtk_stack_set_visible_child_name (self->stack, *holdings != '\0' ? "result" : "empty");
}

static void
mq_guide_page_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (mq_guide_page_parent_class)->dispose (object);
}

static void
mq_guide_page_class_init (MqGuidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mq_guide_page_dispose;
  MQ_PAGE_CLASS (klass)->update = mq_guide_page_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/marquetry/Marquetry/ui/guide-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, holdings);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, next);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, works_box);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, works);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, needs_box);
  gtk_widget_class_bind_template_child (widget_class, MqGuidePage, needs);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
mq_guide_page_init (MqGuidePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
