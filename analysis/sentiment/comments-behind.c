/* comments-behind.c: from the conditions of a figure back to its comments. */

#include "config.h"

#include "sentiment/comments-behind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sentiment/compared-moods.h"
#include "sentiment/questions.h"

typedef struct
{
  MqFeedback    *feedback;
  const char    *by;
  MqUnit         unit;
  const MqScope *scope;
  const MqRun   *run;
} Search;

/* keep: by comment; a condition sets those to 0 that do not meet it. */
typedef gboolean (*Condition) (const Search *search, const char *value, guint8 *keep, GError **error);

static gboolean
keep_group (const Search *search, const char *value, guint8 *keep, GError **error)
{
  g_auto (MqFeedbackGroups) groups = { 0 };

  if (*search->by == '\0')
    return mq_setting_fail (error, _ ("The setting “%s” names a group, but nothing is split. Say by which field with “by”."), "behind");
  if (!mq_feedback_groups_init (&groups, search->feedback, search->by, search->run, error))
    return FALSE;
  for (gsize i = 0; i < search->feedback->n; i++)
    {
      const char *name = groups.names->pdata[groups.of[i]];

      keep[i] &= g_strcmp0 (name != NULL ? name : "", value) == 0;
    }
  return TRUE;
}

static gboolean
keep_period (const Search *search, const char *value, guint8 *keep, GError **error)
{
  gint32 number;

  if (!mq_unit_parse (search->unit, value, &number))
    return mq_setting_fail (error, _ ("The setting “%s” names a period that is none of the unit of the course (“%s”)."), "behind", "trend");
  for (gsize i = 0; i < search->feedback->n; i++)
    keep[i] &= mq_unit_of_day (search->unit, mq_zone_day (search->scope->zone, search->feedback->comments[i].time, NULL)) == number;
  return TRUE;
}

static gboolean
keep_phrase (const Search *search, const char *value, guint8 *keep, GError **error)
{
  g_autofree char *phrase = mq_feedback_fold (value);

  for (gsize i = 0; i < search->feedback->n; i++)
    {
      g_autofree char *text = keep[i] ? mq_feedback_fold (search->feedback->comments[i].text) : NULL;

      keep[i] = text != NULL && strstr (text, phrase) != NULL;
    }
  return TRUE;
}

static gboolean
keep_question (const Search *search, const char *value, guint8 *keep, GError **error)
{
  return mq_questions_keep (search->feedback, value, keep, search->run, error);
}

static gboolean
keep_customer (const Search *search, const char *value, guint8 *keep, GError **error)
{
  const MqStrings *labels;

  if (!mq_dataset_load_labels (search->feedback->dataset, search->run, error))
    return FALSE;
  labels = mq_dataset_labels (search->feedback->dataset);
  for (gsize i = 0; i < search->feedback->n; i++)
    {
      guint32 person = search->feedback->comments[i].person;

      keep[i] &= person != MQ_NOBODY && strcmp (mq_strings_get (labels, person), value) == 0;
    }
  return TRUE;
}

static void
drop_others (MqFeedback *feedback, const guint8 *keep)
{
  gsize n = 0;

  for (gsize i = 0; i < feedback->n; i++)
    if (keep[i])
      feedback->comments[n++] = feedback->comments[i];
  feedback->n = n;
}

static gboolean
keep_label (const Search *search, const char *value, guint8 *keep, GError **error)
{
  g_autofree guint8 *labels = g_new (guint8, MAX (search->feedback->n, 1));
  g_autofree guint8 *emotions = g_new (guint8, MAX (search->feedback->n, 1));

  mq_feedback_voice_labels (search->feedback, labels, emotions);
  for (gsize i = 0; i < search->feedback->n; i++)
    keep[i] &= g_str_equal (mq_mood_label_name (labels[i]), value);
  return TRUE;
}

static gboolean
keep_emotion (const Search *search, const char *value, guint8 *keep, GError **error)
{
  g_autofree guint8 *labels = g_new (guint8, MAX (search->feedback->n, 1));
  g_autofree guint8 *emotions = g_new (guint8, MAX (search->feedback->n, 1));

  mq_feedback_voice_labels (search->feedback, labels, emotions);
  for (gsize i = 0; i < search->feedback->n; i++)
    keep[i] &= g_str_equal (mq_emotion_name (emotions[i]), value);
  return TRUE;
}

static gboolean
keep_linked (const Search *search, const char *value, guint8 *keep, GError **error)
{
  const gboolean linked = g_str_equal (value, "yes");

  if (!linked && !g_str_equal (value, "no"))
    return mq_setting_fail (error, _ ("The setting “%s” takes linked=yes, the comments of customers, or linked=no."), "behind");
  for (gsize i = 0; i < search->feedback->n; i++)
    keep[i] &= (search->feedback->comments[i].person != MQ_NOBODY) == linked;
  return TRUE;
}

static gboolean
keep_decided (const Search *search, const char *value, guint8 *keep, GError **error)
{
  gboolean known = FALSE;

  for (guint origin = 0; origin <= MQ_MOOD_BY_HAND; origin++)
    known = known || g_str_equal (mq_mood_origin_name (origin), value);
  if (!known)
    return mq_setting_fail (error, _ ("The setting “%s” names a way to decide that the column “decided” does not have."), "behind");
  for (gsize i = 0; i < search->feedback->n; i++)
    keep[i] &= g_str_equal (mq_mood_origin_name (search->feedback->scored->origins[search->feedback->comments[i].code]), value);
  return TRUE;
}

static gboolean
keep_denied (const Search *search, const char *value, guint8 *keep, GError **error)
{
  if (!g_str_equal (value, "disagrees"))
    return mq_setting_fail (error, _ ("The setting “%s” takes “disagrees” as the only rating."), "behind");
  return mq_rated_moods_keep (search->feedback, keep, search->run, error);
}

/* Questions are grouped among all comments, voices judged by those that are left: hence the order. */
static const struct
{
  const char *name;
  Condition   keep;
} known[] = {
  { "question", keep_question },
  { "group", keep_group },
  { "period", keep_period },
  { "phrase", keep_phrase },
  { "customer", keep_customer },
  { "linked", keep_linked },
  { "decided", keep_decided },
  { "rating", keep_denied },
  { "label", keep_label },
  { "emotion", keep_emotion },
};

static const char *
find_value (const char *condition, const char *name)
{
  gsize length = strlen (name);

  return strncmp (condition, name, length) == 0 && condition[length] == '=' ? condition + length + 1 : NULL;
}

static gboolean
check_names (char **conditions, GError **error)
{
  for (guint i = 0; conditions[i] != NULL; i++)
    {
      gboolean any = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (known); k++)
        any = any || find_value (conditions[i], known[k].name) != NULL;
      if (!any)
        return mq_setting_fail (error, _ ("The setting “%s” takes NAME=VALUE, and NAME is one of label, emotion, group, period, phrase, question, customer, rating, linked, decided."), "behind");
    }
  return TRUE;
}

gboolean
mq_comments_keep_behind (MqFeedback *feedback, char **conditions, const char *by, MqUnit unit, const MqScope *scope, const MqRun *run, GError **error)
{
  Search search = { feedback, by, unit, scope, run };

  if (!check_names (conditions, error))
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    for (guint i = 0; conditions[i] != NULL; i++)
      {
        const char        *value = find_value (conditions[i], known[k].name);
        g_autofree guint8 *keep = NULL;

        if (value == NULL)
          continue;
        keep = g_malloc (MAX (feedback->n, 1));
        memset (keep, 1, feedback->n);
        if (!known[k].keep (&search, value, keep, error) || !mq_run_check (run, error))
          return FALSE;
        drop_others (feedback, keep);
      }
  return TRUE;
}
