/* test-choice-menus.c: what is chosen of what is offered, by text and in words. */

#include "config.h"

#include <adwaita.h>

#include "pages/check-menu.h"
#include "pages/choice-menu.h"
#include "pages/page-controls.h"
#include "wait.h"

/* (transfer full) Orders: Number of Orders; Customers: City, Region, and one that cannot be one of several. */
static GMenuModel *
make_choices (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) orders = g_menu_new ();
  g_autoptr (GMenu) customers = g_menu_new ();

  mq_page_controls_add_offer (orders, "Number of Orders", "orders");
  mq_page_controls_add_offer (customers, "City", "customer.city");
  mq_page_controls_add_offer (customers, "Region", "customer.region");
  mq_page_controls_add_offer (customers, "A, B", "segment:A, B");
  g_menu_append_section (menu, "Orders", G_MENU_MODEL (orders));
  g_menu_append_section (menu, "Customers", G_MENU_MODEL (customers));
  return G_MENU_MODEL (menu);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* The check of these words, wherever it is. */
static GtkWidget *
find_check (GtkWidget *root, const char *words)
{
  if (GTK_IS_CHECK_BUTTON (root))
    return g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (root)), words) == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_checks (void)
{
  GtkWidget   *widget = mq_check_menu_new ("Weighted by", "Not Weighted");
  GtkWidget   *window = show_in_window (widget);
  MqCheckMenu *menu = MQ_CHECK_MENU (widget);
  g_autoptr (GMenuModel) choices = make_choices ();
  g_autoptr (GMenuModel) same = make_choices ();
  GtkWidget *city;
  guint      n = 0;

  g_signal_connect_swapped (menu, "changed", G_CALLBACK (count_cb), &n);
  mq_check_menu_set_text (menu, "orders, customer.age");
  g_assert_cmpstr (mq_check_menu_get_words (menu), ==, "orders, customer.age");
  mq_check_menu_set_choices (menu, choices);
  g_assert_cmpstr (mq_check_menu_get_words (menu), ==, "Number of Orders, customer.age");
  g_assert_null (find_check (widget, "A, B"));
  city = find_check (widget, "City");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (widget, "Number of Orders"))) && !gtk_check_button_get_active (GTK_CHECK_BUTTON (city)));
  g_assert_cmpuint (n, ==, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (city), TRUE);
  g_assert_cmpstr (mq_check_menu_get_text (menu), ==, "orders,customer.city,customer.age");
  g_assert_cmpuint (n, ==, 1);
  mq_check_menu_set_choices (menu, same);
  g_assert_true (find_check (widget, "City") == city); /* the list may be open */
  mq_check_menu_set_text (menu, "");
  g_assert_cmpstr (mq_check_menu_get_words (menu), ==, "Not Weighted");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (city)));
  g_assert_cmpuint (n, ==, 1);
  destroy_window (window, widget);
}

static void
test_choice (void)
{
  GtkWidget    *widget = mq_choice_menu_new ("Split by", "Not Split");
  GtkWidget    *window = show_in_window (widget);
  GtkWidget    *button = gtk_widget_get_first_child (widget);
  MqChoiceMenu *menu = MQ_CHOICE_MENU (widget);
  g_autoptr (GMenuModel) choices = make_choices ();
  g_autoptr (GMenuModel) same = make_choices ();
  g_autoptr (GMenu) none = g_menu_new ();
  GMenuModel *shown;
  guint       n = 0;

  g_signal_connect_swapped (menu, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpstr (mq_choice_menu_get_words (menu), ==, "Not Split");
  mq_choice_menu_set_text (menu, "customer.region");
  g_assert_cmpstr (mq_choice_menu_get_words (menu), ==, "customer.region");
  mq_choice_menu_set_choices (menu, choices);
  g_assert_cmpstr (mq_choice_menu_get_words (menu), ==, "Region");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Split by: Region");
  shown = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  mq_choice_menu_set_choices (menu, same);
  g_assert_true (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) == shown); /* it may be open */
  g_assert_cmpuint (n, ==, 0);
  gtk_widget_activate_action (button, "choice.choose", "s", "segment:A, B");
  g_assert_cmpstr (mq_choice_menu_get_text (menu), ==, "segment:A, B");
  g_assert_cmpuint (n, ==, 1);
  gtk_widget_activate_action (button, "choice.choose", "s", "segment:A, B");
  g_assert_cmpuint (n, ==, 1);
  gtk_widget_activate_action (button, "choice.choose", "s", "");
  g_assert_cmpstr (mq_choice_menu_get_words (menu), ==, "Not Split");
  g_assert_cmpuint (n, ==, 2);
  mq_choice_menu_set_text (menu, "customer.region");
  mq_choice_menu_set_choices (menu, G_MENU_MODEL (none));
  g_assert_cmpstr (mq_choice_menu_get_words (menu), ==, "customer.region");
  destroy_window (window, widget);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/choice-menus/checks", test_checks);
  g_test_add_func ("/choice-menus/choice", test_choice);
  return g_test_run ();
}
