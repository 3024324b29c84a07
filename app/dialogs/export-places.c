/* export-places.c: a list of platforms; each opens into the way to its export and what to look out for. */

#include "config.h"

#include "dialogs/export-places.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *platform;
  const char *file;
  gboolean    documented; /* in the platform's own help; otherwise as its users tell it */
  const char *way;
  const char *hint;
} Place;

static const Place places[] = {
  { N_ ("Taobao and Tmall"), N_ ("Order file"), FALSE, N_ ("Qianniu › Trade › Sold Items › choose the dates › Batch Export › Order Report"), N_ ("About three months fit into a file: export several and import them together. Do not open them in a spreadsheet before: times lose their seconds.") },
  { N_ ("Youzan"), N_ ("Order file"), FALSE, N_ ("Orders › All Orders › filter › Batch Export › Standard Report"), N_ ("Members come from Customers › Customer Management › Export.") },
  { N_ ("WeCom"), N_ ("Customer file"), FALSE, N_ ("Admin console › Customers › Customer Contact › Customers › Export"), N_ ("The file has one row for each customer and member of staff, and no identifier: the mobile number is the key where it is filled.") },
  { N_ ("JD"), N_ ("Order file"), FALSE, N_ ("Merchant back office › Order Management › Order Search › Export"), N_ ("An order's sum stands on each of its lines: check in the step of order rules what the amount belongs to.") },
  { N_ ("Douyin Shop"), N_ ("Order file"), FALSE, N_ ("Doudian back office › Orders › Order Management › Export Searched Orders › Standard Report"), N_ ("People are encrypted in the file. The settlement report of the finance pages is no order file.") },
  { N_ ("WeChat Pay"), N_ ("Order file"), FALSE, N_ ("Merchant platform › Trade Center › Trade Bills › Download"), N_ ("Its user identifier is the openid: it joins payments to the people of a mini program.") },
  { N_ ("Shopify"), N_ ("Order file"), TRUE, N_ ("Admin › Orders › filter › Export › Export orders by date, as CSV › Export orders"), N_ ("More than 50 orders come as a file by e-mail. Do not take the transaction histories: they have no products.") },
  { N_ ("WooCommerce"), N_ ("Order file"), TRUE, N_ ("Analytics › Orders › choose the dates › Download"), N_ ("The file has the customers' names only, which are not unique. An order export with billing e-mails is better.") },
  { N_ ("TikTok Shop"), N_ ("Order file"), FALSE, N_ ("Seller Center › Orders › Manage Orders › Export"), N_ ("The second row of the file describes the columns and is no order; the amount of an order may stand on each of its lines.") },
  { N_ ("Mailchimp"), N_ ("Customer file"), FALSE, N_ ("Audience › All contacts › Export Audience › Export as CSV"), N_ ("The zip has one file for each status, and only the file's name says which. Import the subscribed ones; the unsubscribed must not be written to.") },
  { N_ ("Google Ads"), N_ ("Spend file"), TRUE, N_ ("Campaigns › Segment › Time › Day › the download icon above the table › .csv"), N_ ("Without the segment by day the file has one row for a whole month, which is no daily spend.") },
  { N_ ("Google Analytics 4"), N_ ("Event file"), FALSE, N_ ("Admin › Product links › BigQuery links; then, in BigQuery, export the tables events_… as JSON"), N_ ("The reports' own downloads are sums without people: only the event export can be imported.") },
};

static GtkWidget *
make_text_row (const char *title, const char *text)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return row;
}

static GtkWidget *
make_mark (gboolean documented)
{
  GtkWidget *mark = gtk_label_new (documented ? "A" : "B");

  gtk_widget_add_css_class (mark, "dim-label");
  gtk_widget_set_tooltip_text (mark, documented ? _ ("From the platform’s own help") : _ ("Reported by users"));
  return mark;
}

static GtkWidget *
make_place (const Place *place)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (place->platform));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _ (place->file));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), make_mark (place->documented));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_text_row (_ ("Where"), _ (place->way)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_text_row (_ ("Look out for"), _ (place->hint)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_text_row (_ ("How sure"), place->documented ? _ ("A: from the platform’s own help") : _ ("B: reported by users; the menus may have other names today")));
  return row;
}

static GtkWidget *
make_page (void)
{
  GtkWidget           *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_description (group, _ ("The way through the platform’s menus to the file that can be imported. A: from the platform’s own help. B: reported by users. Platforms rename their menus about once a year."));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    adw_preferences_group_add (group, make_place (&places[i]));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static gboolean
escape_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

void
mq_export_places_show (GtkWidget *from)
{
  GtkRoot            *root = gtk_widget_get_root (from);
  GtkWidget          *window = g_object_new (ADW_TYPE_WINDOW, "transient-for", root, "modal", TRUE, "title", _ ("Where Do I Find My Export?"), "default-width", 560, "default-height", 560, NULL);
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_page ());
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
