/* behind-words.c: conditions of the setting "behind" as people read them. */

#include "config.h"

#include "pages/behind-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "analysis.h"
#include "base/civil-time.h"
#include "base/format.h"
#include "query/customer-classes.h"
#include "query/value-groups.h"
#include "sentiment/latest-moods.h"

#define SEPARATOR " · "

/* (transfer full) */
static char *
quote (const char *value, const char *by)
{
  /* Translators: words that a customer wrote */
  return g_strdup_printf (_ ("“%s”"), value);
}

/* (transfer full) */
static char *
translate (const char *value, const char *by)
{
  return g_strdup (_ (value));
}

/* A group without a value has no name, and what the data call a group is no word of the program's. (transfer full) */
static char *
name_group (const char *value, const char *by)
{
  gboolean is_class = g_str_equal (by, "customer." MQ_RFM_FIELD) || g_str_equal (by, "customer." MQ_MOOD_FIELD);

  if (*value != '\0' && (is_class || g_str_equal (value, mq_group_other) || g_str_equal (value, mq_field_outside)))
    return translate (value, by);
  return g_strdup (*value != '\0' ? value : "—");
}

/* (transfer full) */
static char *
tell_linked (const char *value, const char *by)
{
  return g_strdup (g_str_equal (value, "yes") ? _ ("of customers") : _ ("of nobody who is known"));
}

/* (transfer full) */
static char *
tell_rating (const char *value, const char *by)
{
  return g_strdup (_ ("whose stars deny the words"));
}

/* What is not here stands as it is: a period, a customer. */
static const struct
{
  const char *name;
  char *(*describe) (const char *value, const char *by);
} kinds[] = {
  { "label", translate },
  { "emotion", translate },
  { "decided", translate },
  { "group", name_group },
  { "phrase", quote },
  { "question", quote },
  { "linked", tell_linked },
  { "rating", tell_rating },
};

/* (transfer full) */
static char *
describe (const char *condition, const char *by)
{
  const char *value = strchr (condition, '=');

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strlen (kinds[i].name) == (gsize) (value - condition) && g_str_has_prefix (condition, kinds[i].name))
      return kinds[i].describe (value + 1, by);
  return g_strdup (value != NULL ? value + 1 : condition);
}

/* The days of a result. (transfer full) */
static char *
describe_period (MqResult *result)
{
  const MqProvenance *provenance = mq_result_provenance (result);
  const MqZone       *zone = mq_zone_get (provenance->time_zone, NULL);

  if (zone == NULL)
    return g_strdup (provenance->period);
  return mq_format_days (provenance->from != MQ_TIME_MISSING ? mq_zone_day (zone, provenance->from, NULL) : MQ_DAY_MISSING, mq_zone_day (zone, provenance->to, NULL));
}

char *
mq_behind_words (MqResult *result)
{
  g_auto (GStrv) conditions = mq_settings_texts (mq_result_settings (result), "behind");
  const char *query = mq_settings_text (mq_result_settings (result), "query");
  const char *by = mq_settings_text (mq_result_settings (result), "by");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  if (*query != '\0')
    g_ptr_array_add (words, g_strdup (query));
  for (guint i = 0; conditions[i] != NULL; i++)
    g_ptr_array_add (words, describe (conditions[i], by));
  if (*mq_settings_text (mq_result_settings (result), "compare-as-of") != '\0') /* which of the two times */
    g_ptr_array_add (words, describe_period (result));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (SEPARATOR, (char **) words->pdata);
}
