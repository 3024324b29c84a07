/* scope-choice.c: what the project bar is set to. */

#include "config.h"

#include "scope-choice.h"

#include <string.h>

#define DEFAULT_PERIOD "365d"

static const char *const compares[] = { "none", "previous", "year" };

static gboolean
is_period (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return g_str_equal (text, "all") || (digits > 0 && digits < 6 && g_str_equal (text + digits, "d"));
}

/* The same date of the year before; 29 February becomes 28 February. */
static gint32
find_year_before (gint32 day)
{
  int year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  if (!mq_civil_is_valid_date (year - 1, month, mday))
    mday = 28;
  return mq_day_from_civil (year - 1, month, mday);
}

/* The number of days of the period that ends on `to`; 0 for `all`. */
static gint32
count_days (const MqScopeChoice *self, gint32 to)
{
  if (self->from != MQ_DAY_MISSING)
    return MAX (to - self->from + 1, 0);
  return (gint32) g_ascii_strtoll (self->period, NULL, 10);
}

/* The as-of date to compare with, or MQ_DAY_MISSING. */
static gint32
find_compared (const MqScopeChoice *self, gint32 newest_day)
{
  gint32 as_of = self->as_of != MQ_DAY_MISSING ? self->as_of : newest_day;
  gint32 to = self->from != MQ_DAY_MISSING && self->to != MQ_DAY_MISSING ? MIN (self->to, as_of) : as_of;
  gint32 days;

  if (as_of == MQ_DAY_MISSING || self->compare == MQ_COMPARE_NONE)
    return MQ_DAY_MISSING;
  if (self->compare == MQ_COMPARE_YEAR)
    return find_year_before (as_of);
  days = count_days (self, to);
  return days > 0 ? as_of - days : MQ_DAY_MISSING;
}

static void
insert_day (GVariantDict *settings, const char *name, gint32 day)
{
  g_autofree char *text = NULL;

  if (day == MQ_DAY_MISSING)
    return;
  text = mq_day_format (day);
  g_variant_dict_insert (settings, name, "s", text);
}

void
mq_scope_choice_init (MqScopeChoice *self)
{
  *self = (MqScopeChoice){ .as_of = MQ_DAY_MISSING, .period = g_strdup (DEFAULT_PERIOD), .from = MQ_DAY_MISSING, .to = MQ_DAY_MISSING };
}

void
mq_scope_choice_clear (MqScopeChoice *self)
{
  g_clear_pointer (&self->period, g_free);
  g_clear_pointer (&self->shop, g_free);
  g_clear_pointer (&self->segment, g_free);
}

void
mq_scope_choice_copy (MqScopeChoice *self, const MqScopeChoice *other)
{
  MqScopeChoice copy = *other;

  copy.period = g_strdup (other->period);
  copy.shop = g_strdup (other->shop);
  copy.segment = g_strdup (other->segment);
  mq_scope_choice_clear (self);
  *self = copy;
}

gboolean
mq_scope_choice_equal (const MqScopeChoice *self, const MqScopeChoice *other)
{
  return self->as_of == other->as_of && g_strcmp0 (self->period, other->period) == 0 && self->from == other->from &&
         self->to == other->to && self->compare == other->compare && g_strcmp0 (self->shop, other->shop) == 0 && g_strcmp0 (self->segment, other->segment) == 0;
}

char *
mq_scope_choice_to_text (const MqScopeChoice *self)
{
  g_auto (GVariantDict) kept = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  g_variant_dict_insert (&kept, "period", "s", self->period);
  insert_day (&kept, "from", self->from);
  insert_day (&kept, "to", self->to);
  g_variant_dict_insert (&kept, "compare", "s", compares[self->compare]);
  if (self->shop != NULL)
    g_variant_dict_insert (&kept, "shop", "s", self->shop);
  if (self->segment != NULL)
    g_variant_dict_insert (&kept, "segment", "s", self->segment);
  variant = g_variant_ref_sink (g_variant_dict_end (&kept));
  return g_variant_print (variant, FALSE);
}

void
mq_scope_choice_from_text (MqScopeChoice *self, const char *text)
{
  g_autoptr (GVariant) kept = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
  const char *word;

  mq_scope_choice_clear (self);
  mq_scope_choice_init (self);
  if (kept == NULL)
    return;
  if (g_variant_lookup (kept, "period", "&s", &word) && is_period (word))
    {
      g_free (self->period);
      self->period = g_strdup (word);
    }
  if (g_variant_lookup (kept, "from", "&s", &word) && mq_day_parse (word, &self->from) && g_variant_lookup (kept, "to", "&s", &word))
    mq_day_parse (word, &self->to);
  for (guint i = 0; g_variant_lookup (kept, "compare", "&s", &word) && i < G_N_ELEMENTS (compares); i++)
    if (g_str_equal (word, compares[i]))
      self->compare = (MqCompare) i;
  g_variant_lookup (kept, "shop", "s", &self->shop);
  g_variant_lookup (kept, "segment", "s", &self->segment);
}

void
mq_scope_choice_fill (const MqScopeChoice *self, gint32 newest_day, GVariantDict *settings)
{
  insert_day (settings, "as-of", self->as_of);
  if (self->from == MQ_DAY_MISSING)
    g_variant_dict_insert (settings, "period", "s", self->period);
  insert_day (settings, "from", self->from);
  if (self->from != MQ_DAY_MISSING)
    insert_day (settings, "to", self->to);
  insert_day (settings, "compare-as-of", find_compared (self, newest_day));
  if (self->shop != NULL)
    g_variant_dict_insert (settings, "shop", "s", self->shop);
  if (self->segment != NULL)
    g_variant_dict_insert (settings, "segment", "s", self->segment);
}
