/* mood-correction.c: labels in the session's values. */

#include "config.h"

#include "mood-correction.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNDO_SECONDS 10

static void
replace_labels (MqPage *page, const char *labels)
{
  MqSession       *session = mq_page_get_session (page);
  const char      *value = mq_session_get_value (session, MQ_MOOD_LABELS_VALUE);
  g_autofree char *before = g_strdup (value != NULL ? value : "");

  mq_session_set_value (session, MQ_MOOD_LABELS_BEFORE, before);
  mq_session_set_value (session, MQ_MOOD_LABELS_VALUE, labels);
  mq_page_reload (page); /* the dataset holds the labels that it was read with */
}

static void
undo_cb (AdwToast *toast, MqPage *page)
{
  g_autofree char *before = g_strdup (mq_session_get_value (mq_page_get_session (page), MQ_MOOD_LABELS_BEFORE));

  if (before != NULL)
    replace_labels (page, before);
}

void
mq_mood_correct (MqPage *page, const char *text, gint polarity, gint emotion)
{
  MqSession *session = mq_page_get_session (page);
  g_autoptr (GArray) labels = mq_mood_labels_parse (mq_session_get_value (session, MQ_MOOD_LABELS_VALUE));
  g_autofree char *value = NULL;
  MqMoodLabel      label = { mq_mood_label_key (text, strlen (text)), polarity, emotion };

  if (mq_session_is_read_only (session))
    {
      mq_page_notice (page, _ ("The project is open read-only."));
      return;
    }
  if (polarity == MQ_MOOD_NO_LABEL)
    {
      if (!mq_mood_labels_remove (labels, label.text))
        return;
    }
  else
    mq_mood_labels_set (labels, &label);
  value = mq_mood_labels_print (labels);
  replace_labels (page, value);
  mq_page_offer (page, polarity == MQ_MOOD_NO_LABEL ? _ ("Correction removed") : _ ("Mood corrected"), _ ("Undo"), UNDO_SECONDS, G_CALLBACK (undo_cb), G_OBJECT (page));
}
