/* stock-editing.c: stock phrases in the session's values. */

#include "config.h"

#include "stock-editing.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 10

gboolean
mq_stock_keep (MqPage *page, const char *value)
{
  MqSession *session = mq_page_get_session (page);

  if (mq_session_is_read_only (session))
    {
      mq_page_notice (page, _ ("The project is open read-only."));
      return FALSE;
    }
  mq_session_set_value (session, MQ_STOCK_VALUE, value);
  mq_page_reload (page); /* the dataset holds the phrases that it was read with */
  return TRUE;
}

/* Only this change is taken back, whatever was edited since. */
static void
undo_cb (AdwToast *toast, MqPage *page)
{
  const char *text = g_object_get_data (G_OBJECT (toast), "text");
  gboolean    was_stock = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (toast), "was-stock"));
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (mq_session_get_value (mq_page_get_session (page), MQ_STOCK_VALUE));
  g_autofree char *value = NULL;

  mq_stock_phrases_set (phrases, text, was_stock);
  value = mq_stock_phrases_print (phrases);
  mq_stock_keep (page, value);
}

static void
offer_undo (MqPage *page, const char *text, gboolean is_stock)
{
  AdwToast *toast = mq_page_offer (page, is_stock ? _ ("Stock phrase added") : _ ("Stock phrase removed"), _ ("Undo"), UNDO_SECONDS, G_CALLBACK (undo_cb), G_OBJECT (page));

  if (toast == NULL)
    return;
  g_object_set_data_full (G_OBJECT (toast), "text", g_strdup (text), g_free);
  g_object_set_data (G_OBJECT (toast), "was-stock", GINT_TO_POINTER (!is_stock));
}

gboolean
mq_stock_mark (MqPage *page, const char *text, gboolean is_stock)
{
  g_autoptr (GHashTable) phrases = mq_stock_phrases_parse (mq_session_get_value (mq_page_get_session (page), MQ_STOCK_VALUE));
  g_autofree char *value = NULL;

  if (mq_stock_phrases_contain (phrases, text) == is_stock || !mq_stock_phrases_set (phrases, text, is_stock))
    return FALSE;
  value = mq_stock_phrases_print (phrases);
  if (!mq_stock_keep (page, value))
    return FALSE;
  offer_undo (page, text, is_stock);
  return TRUE;
}
