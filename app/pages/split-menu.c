/* split-menu.c: names of columns as choices. */

#include "config.h"

#include "pages/split-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/page-controls.h"
#include "project/dataset.h"
#include "query/customer-classes.h"
#include "sentiment/latest-moods.h"

#define MOST_CHOICES 200

/* A group of one comment or one customer each tells nothing. */
static const char *const unfit[] = { "text", "time", "name", "nickname", "birth_date", "added_at", "note", NULL };

static void
add_fields (GMenu *menu, const char *title, MqDataset *dataset, MqKind kind, const char *prefix)
{
  g_auto (GStrv) columns = mq_dataset_columns (dataset, kind);
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; columns[i] != NULL && i < MOST_CHOICES; i++)
    {
      const char      *bare = g_str_has_prefix (columns[i], "prop:") || g_str_has_prefix (columns[i], "attr:") ? columns[i] + strlen ("prop:") : columns[i];
      g_autofree char *text = g_strconcat (prefix, bare, NULL);
      g_autofree char *label = mq_field_words (columns[i]);

      if (!g_strv_contains (unfit, columns[i]) && !g_str_has_prefix (columns[i], "key."))
        mq_page_controls_add_offer (section, label, text);
    }
  g_menu_append_section (menu, title, G_MENU_MODEL (section));
}

static void
add_segments (GMenu *menu, MqTable *segments)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize row = 0; row < MIN (mq_table_n_rows (segments), MOST_CHOICES); row++)
    {
      const char      *name = mq_table_text (segments, row, 0);
      g_autofree char *text = g_strconcat ("segment:", name, NULL);

      mq_page_controls_add_offer (section, name, text);
    }
  g_menu_append_section (menu, _ ("Segments"), G_MENU_MODEL (section));
}

/* What no file says of the customers. */
static void
add_classes (GMenu *menu, MqDataset *dataset)
{
  static const struct
  {
    const char *field, *title;
  } classes[] = { { MQ_RFM_FIELD, N_ ("RFM Segment") }, { MQ_AGE_FIELD, N_ ("Age Band") }, { MQ_MOOD_FIELD, N_ ("Mood of the Latest Comments") } };
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *attribute = g_strconcat ("attr:", classes[i].field, NULL);
      g_autofree char *text = g_strconcat ("customer.", classes[i].field, NULL);

      if (mq_customer_class_find (dataset, classes[i].field) != NULL && !mq_dataset_has_column (dataset, MQ_KIND_CUSTOMERS, attribute))
        mq_page_controls_add_offer (section, _ (classes[i].title), text);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* What customers and segments say of a person. */
static void
add_persons (GMenu *menu, MqSession *session)
{
  MqDataset *dataset = mq_session_get_dataset (session);
  MqTable   *segments = mq_session_get_segments (session);

  if (dataset != NULL)
    add_fields (menu, _ ("Customers"), dataset, MQ_KIND_CUSTOMERS, "customer.");
  if (dataset != NULL)
    add_classes (menu, dataset);
  if (segments != NULL && mq_table_n_rows (segments) > 0)
    add_segments (menu, segments);
}

GMenuModel *
mq_split_menu_new (MqSession *session)
{
  GMenu     *menu = g_menu_new ();
  MqDataset *dataset = mq_session_get_dataset (session);

  if (dataset != NULL)
    add_fields (menu, _ ("Feedback"), dataset, MQ_KIND_FEEDBACK, "feedback.");
  add_persons (menu, session);
  return G_MENU_MODEL (menu);
}

GMenuModel *
mq_weight_menu_new (MqSession *session)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) orders = g_menu_new ();

  mq_page_controls_add_offer (orders, _ ("Number of Orders"), "orders");
  g_menu_append_section (menu, _ ("Orders"), G_MENU_MODEL (orders));
  add_persons (menu, session);
  return G_MENU_MODEL (menu);
}
