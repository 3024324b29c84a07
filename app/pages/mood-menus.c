/* mood-menus.c: menus made of an answer and of the session. */

#include "config.h"

#include "pages/mood-menus.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/split-menu.h"

#define MOST_PHRASES 12

/* Targets of the action that compares in time, by MqCompare. */
static const char *const times[] = { "none", "previous", "year" };

/* The phrases of the answer, in the form in which a query searches for them. */
static void
add_phrases (GMenu *menu, const char *title, MqResult *result)
{
  MqTable *topics = result != NULL ? mq_result_find_table (result, "topics") : NULL;
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize row = 0; topics != NULL && row < MIN (mq_table_n_rows (topics), MOST_PHRASES); row++)
    {
      const char      *phrase = mq_table_text (topics, row, (guint) mq_table_find_column (topics, "phrase"));
      g_autofree char *query = g_strdup_printf ("\"%s\"", phrase);

      if (strchr (phrase, '"') == NULL)
        mq_page_controls_add_offer (section, phrase, query);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, title, G_MENU_MODEL (section));
}

static GMenuModel *
make_words_menu (MqResult *result)
{
  GMenu *menu = g_menu_new ();

  mq_page_controls_add_offer (menu, _ ("All Comments"), "");
  add_phrases (menu, _ ("Comments With"), result);
  return G_MENU_MODEL (menu);
}

static void
add_times (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _ ("Previous Period"), "mood.compare-time::previous");
  g_menu_append (section, _ ("A Year Earlier"), "mood.compare-time::year");
  g_menu_append_section (menu, _ ("The Same Words Earlier"), G_MENU_MODEL (section));
}

static GMenuModel *
make_compare_menu (MqAnalysisPage *page, MqResult *result)
{
  GMenu           *menu = g_menu_new ();
  const char      *query = mq_analysis_page_get_setting (page, "query");
  g_autofree char *others = g_strdup_printf ("NOT (%s)", query);

  g_menu_append (menu, _ ("No Comparison"), "mood.compare-nothing");
  add_times (menu);
  if (*query != '\0')
    {
      g_autoptr (GMenu) section = g_menu_new ();

      mq_page_controls_add_offer (section, _ ("All Other Comments"), others);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  add_phrases (menu, _ ("Comments With"), result);
  return G_MENU_MODEL (menu);
}

static void
set_time (MqPage *page, guint compare)
{
  MqSession *session = mq_page_get_session (page);
  g_auto (MqScopeChoice) scope = { 0 };

  mq_scope_choice_copy (&scope, mq_session_get_scope (session));
  scope.compare = (MqCompare) compare;
  mq_session_set_scope (session, &scope);
}

/* The project bar's comparison, which holds for all pages. */
static void
compare_time_cb (GSimpleAction *action, GVariant *state, gpointer page)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_str_equal (times[i], g_variant_get_string (state, NULL)))
      set_time (page, i);
}

static void
compare_nothing_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  mq_analysis_page_set_setting (page, "compare", "");
  set_time (page, MQ_COMPARE_NONE);
  mq_analysis_page_settings_changed (page);
}

static void
show_time_cb (MqSession *session, GSimpleAction *action)
{
  g_simple_action_set_state (action, g_variant_new_string (times[mq_session_get_scope (session)->compare]));
}

/* What a mix is split and weighted by. */
static void
offer_fields (MqAnalysisPage *page)
{
  MqSession *session = mq_page_get_session (MQ_PAGE (page));
  g_autoptr (GMenuModel) fields = mq_split_menu_new (session);
  g_autoptr (GMenuModel) weights = mq_weight_menu_new (session);

  mq_analysis_page_offer (page, "by", fields);
  mq_analysis_page_offer (page, "weights", weights);
}

/* Fields are known before there is an answer, and without one. */
static void
forget_answer_cb (MqAnalysisPage *page)
{
  mq_mood_menus_offer (page, NULL);
}

void
mq_mood_menus_install (MqAnalysisPage *page)
{
  static const GActionEntry entries[] = { { "compare-time", NULL, "s", "'none'", compare_time_cb }, { "compare-nothing", compare_nothing_cb } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  MqSession *session = mq_page_get_session (MQ_PAGE (page));
  GAction   *time;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "mood", G_ACTION_GROUP (actions));
  time = g_action_map_lookup_action (G_ACTION_MAP (actions), "compare-time");
  g_signal_connect_object (session, "scope-changed", G_CALLBACK (show_time_cb), time, 0);
  show_time_cb (session, G_SIMPLE_ACTION (time));
  g_signal_connect_object (session, "changed", G_CALLBACK (forget_answer_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "segments-changed", G_CALLBACK (offer_fields), page, G_CONNECT_SWAPPED);
  forget_answer_cb (page);
}

void
mq_mood_menus_offer (MqAnalysisPage *page, MqResult *result)
{
  g_autoptr (GMenuModel) words = make_words_menu (result);
  g_autoptr (GMenuModel) others = make_compare_menu (page, result);

  mq_analysis_page_offer (page, "query", words);
  mq_analysis_page_offer (page, "compare", others);
  offer_fields (page);
}
