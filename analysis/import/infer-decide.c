/* infer-decide.c: from evidence to decisions. A reading is taken when it fits at least nine cells of ten (the rest are
 * then rejected rows); two readings that both fit and differ are the user's to settle. */

#include "config.h"

#include "import/infer.h"

#include "import/import-error.h"
#include "import/infer-styles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_VALUES 20 /* of fewer a mixture says nothing */
#define FORMAT_UNDECIDED -1
#define MIN_DAYS 8         /* different days that dates with years of two digits must show */
#define DAYS_A_YEAR_PART 3 /* and how many for each different year */

typedef struct
{
  MqMapping         *mapping;
  const MqInference *inference;
  const MqEvidence  *evidence;
  int                currency_digits;
  GPtrArray         *proofs;
  GPtrArray         *warnings;
} Decision;

static int
find_best (const gint64 *counts, guint n)
{
  int best = 0;

  for (guint i = 1; i < n; i++)
    if (counts[i] > counts[best])
      best = i;
  return best;
}

static gboolean
fits (gint64 n, gint64 values)
{
  return n >= values - values / 10;
}

/* A column whose cells mostly wear a ' anyway loses it from all; where it only hides formulas, cell by cell. */
static gint64
count_guards (const MqEvidence *seen, MqGuard guard)
{
  if (guard != MQ_GUARD_APOSTROPHE || seen->guards[guard] <= seen->formulas)
    return seen->guards[guard];
  return seen->guards[guard] + seen->formulas;
}

static void
decide_guard (Decision *self, guint column)
{
  MqSource         *source = mq_mapping_source (self->mapping, column);
  const MqEvidence *seen = &self->evidence[column];

  source->guard = MQ_GUARD_NONE;
  for (guint g = MQ_GUARD_NONE + 1; g < MQ_N_GUARDS && seen->filled > 0; g++)
    if (count_guards (seen, g) >= seen->filled - seen->filled / 20)
      {
        g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, count_guards (seen, g));

        source->guard = g;
        g_ptr_array_add (self->proofs, g_strdup_printf (_ ("“%s”: the guard %s is taken off %s cells."), source->header, mq_guard_name (g), count));
      }
}

/* Guards on some cells only: the column is text as it stands. */
static gboolean
has_stray_guards (const Decision *self, guint column)
{
  const MqEvidence *seen = &self->evidence[column];

  return mq_mapping_source (self->mapping, column)->guard == MQ_GUARD_NONE && seen->guards[MQ_GUARD_NONE] < seen->filled;
}

static gboolean
drops_tokens (const Decision *self, guint column)
{
  const MqUse *order = mq_mapping_find (self->mapping, "order_id");

  return self->inference->tokens.given || mq_mapping_is_number (self->mapping, column) ||
         mq_mapping_has_role (self->mapping, column, MQ_USE_KEY) || mq_mapping_has_role (self->mapping, column, MQ_USE_TIME) ||
         mq_mapping_has_role (self->mapping, column, MQ_USE_DAY) || (order != NULL && order->column == column);
}

static MqTokens
find_token_rule (const Decision *self, guint column)
{
  const MqEvidence *seen = &self->evidence[column];

  if (column >= self->mapping->n_columns)
    return MQ_TOKENS_KEEP;
  if (drops_tokens (self, column))
    return MQ_TOKENS_DROP;
  if (seen->plain == seen->values)
    return MQ_TOKENS_WHILE_PLAIN;
  return seen->quoted == seen->values ? MQ_TOKENS_WHILE_QUOTED : MQ_TOKENS_KEEP;
}

static char *
format_count (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

/* What a column of text looks like in part: numbers or dates, which the user may want it to be. */
static void
warn_of_mixture (const Decision *self, const MqUse *use)
{
  const MqEvidence *seen = &self->evidence[use->column];
  const char       *header = mq_mapping_source (self->mapping, use->column)->header;
  gint64            numbers = seen->integers + seen->decimals;
  gint64            styled = seen->styles[find_best (seen->styles, MQ_N_STYLES)];
  int               format = find_best (seen->formats, MQ_N_FORMATS);
  g_autofree char  *all = format_count (seen->values);
  g_autofree char  *line = format_count (seen->first_other);
  g_autofree char  *n_numbers = format_count (MAX (numbers, styled));
  g_autofree char  *n_dates = format_count (seen->formats[format]);

  if (seen->formats_differ > 0 && seen->formats[1] == seen->formats[2] && format == 1 && seen->formats[1] == seen->values)
    g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” is kept as text: its dates can be read as day/month and as month/day."), header));
  else if (seen->formats[format] > 0 && seen->formats[format] < seen->values)
    g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” is kept as text: only %s of its %s values are dates of one format."), header, n_dates, all));
  else if ((styled > 0 && styled < seen->values) || (fits (numbers, seen->values) && numbers < seen->values && seen->values >= MIN_VALUES))
    g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” is kept as text: %s of its %s values are numbers, the first that is not as plainly written stands in line %s."), header, n_numbers, all, line));
}

/* Identifiers that went through a spreadsheet as numbers have lost digits: it cannot be undone, so it is said. */
static void
warn_of_damage (const Decision *self)
{
  for (guint i = 0; i < self->mapping->sources->len; i++)
    {
      const MqEvidence *seen = &self->evidence[i];
      /* One long number of a thousand ends in 000 by chance; a spreadsheet does it to all that it touches. */
      gint64           damaged = seen->damaged - (seen->long_zeros * 10 < seen->long_numbers ? seen->long_zeros : 0);
      g_autofree char *count = format_count (damaged);
      g_autofree char *line = format_count (seen->first_damaged);

      if (damaged > 0 && !mq_mapping_is_number (self->mapping, i) && !mq_mapping_has_role (self->mapping, i, MQ_USE_TIME))
        g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s”: %s values (first in line %s) look like long numbers whose last digits a spreadsheet has lost, such as 1.38E+10 or …000. Export the file again and import it without opening it in a spreadsheet."), mq_mapping_source (self->mapping, i)->header, count, line));
    }
}

static void
decide_property (const Decision *self, MqUse *use)
{
  const MqEvidence *seen = &self->evidence[use->column];

  use->type = MQ_VALUE_TEXT;
  use->scale = 0;
  /* Of a column without a value the least general type: what comes later in the file corrects it. */
  if (has_stray_guards (self, use->column))
    return;
  if (seen->integers == seen->values)
    use->type = MQ_VALUE_INTEGER;
  else if (seen->integers + seen->decimals == seen->values && seen->integer_digits + seen->scale <= MQ_MAX_DIGITS)
    {
      use->type = MQ_VALUE_DECIMAL;
      use->scale = seen->scale;
    }
  else
    warn_of_mixture (self, use);
}

/* A guess that the cells contradict is withdrawn; what the user named, or what must be there, stays. */
static gboolean
may_demote (const MqMapping *mapping, const MqUse *use)
{
  const MqField *field = mq_kind_find_field (mapping->kind, use->name);

  if (use->given || use->factor >= 0 || (field != NULL && field->required))
    return FALSE;
  return !(mapping->kind == MQ_KIND_ORDERS && strcmp (use->name, "paid_time") == 0 && mq_mapping_find (mapping, "time") == NULL);
}

static void
demote (Decision *self, MqUse *use)
{
  g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” looks like %s by its header, but its cells do not: it is kept as a property. --map %s=COLUMN settles it."), mq_mapping_source (self->mapping, use->column)->header, use->name, use->name));
  mq_mapping_demote (self->mapping, use);
  decide_property (self, use);
}

/* Amounts of three decimals after a point in a currency of three, and thousands parted by commas in one of none, are what
 * they look like. */
static gboolean
is_settled_by_currency (const Decision *self, const MqEvidence *seen)
{
  if (self->currency_digits == 3)
    return seen->style_scales[0] == 3 && seen->style_scales[1] == 0;
  return self->currency_digits == 0 && seen->style_scales[0] == 0;
}

/* 499.00（系统计算中）: the column's rule, shown with its count. A column may be used twice. */
static void
say_notes (Decision *self, MqSource *source, gint64 notes)
{
  g_autofree char *count = format_count (notes);

  if (notes == 0 || source->notes)
    return;
  source->notes = TRUE;
  g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s”: a note in brackets is taken off %s numbers."), source->header, count));
}

static gboolean
decide_style (Decision *self, guint column, gboolean money, GError **error)
{
  MqSource         *source = mq_mapping_source (self->mapping, column);
  const MqEvidence *seen = &self->evidence[column];
  int               best = find_best (seen->styles, MQ_N_STYLES);

  source->style = mq_styles[best];
  say_notes (self, source, seen->notes);
  if (self->inference->decimal != 0 && seen->styles[best] == 0)
    source->style.decimal = self->inference->decimal;
  if (money && best == 0 && seen->styles[0] == seen->styles[1] && seen->styles_differ > 0)
    {
      if (is_settled_by_currency (self, seen))
        {
          g_ptr_array_add (self->proofs, g_strdup_printf (_ ("The numbers of “%s” are read with “.” as the decimal sign: they fit the digits of the currency."), source->header));
          return TRUE;
        }
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_AMBIGUOUS, _ ("The numbers of “%s” can be read with “.” and with “,” as the decimal sign, and the two differ. Say which with --decimal . or --decimal ,"), source->header);
      return FALSE;
    }
  return TRUE;
}

static int
find_scale (const Decision *self, guint column)
{
  const MqNumberStyle style = mq_mapping_source (self->mapping, column)->style;

  for (guint i = 0; i < MQ_N_STYLES; i++)
    if (mq_styles[i].decimal == style.decimal && mq_styles[i].grouping == style.grouping)
      return self->evidence[column].style_scales[i];
  return 0;
}

static gboolean
decide_number (Decision *self, MqUse *use, GError **error)
{
  const MqEvidence *seen = &self->evidence[use->column];
  gint64            best = seen->styles[find_best (seen->styles, MQ_N_STYLES)];
  gboolean          money = use->role == MQ_USE_MONEY;

  if ((!fits (best, seen->values) || has_stray_guards (self, use->column)) && may_demote (self->mapping, use))
    {
      demote (self, use);
      return TRUE;
    }
  if (!decide_style (self, use->column, money, error))
    return FALSE;
  if (use->factor >= 0 && !decide_style (self, use->factor, money, error))
    return FALSE;
  use->scale = money ? self->currency_digits : find_scale (self, use->column);
  use->type = money ? MQ_VALUE_MONEY : use->scale > 0 ? MQ_VALUE_DECIMAL
                                                      : MQ_VALUE_INTEGER;
  return TRUE;
}

static gboolean
fail_two_orders (const MqSource *source, GError **error)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_AMBIGUOUS, _ ("Every date of “%s” can be read as day/month and as month/day, and the two differ. Say which with --date-format dmy or --date-format mdy."), source->header);
  return FALSE;
}

static gboolean
fail_no_format (const MqSource *source, const char *name, gint64 n, gint64 values, GError **error)
{
  g_autofree char *some = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autofree char *all = g_strdup_printf ("%" G_GINT64_FORMAT, values);

  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_AMBIGUOUS, _ ("“%s” is not written in one date format: the best, %s, reads %s of %s cells. Name the format with --date-format, or another column with --map."), source->header, name, some, all);
  return FALSE;
}

static void
prove_format (Decision *self, const MqSource *source, gint64 n, gint64 values)
{
  g_autofree char *some = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autofree char *all = g_strdup_printf ("%" G_GINT64_FORMAT, values);

  g_ptr_array_add (self->proofs, g_strdup_printf (_ ("“%s” is read as %s: %s of %s cells fit."), source->header, mq_date_format_name (&source->format), some, all));
}

/* Dates of both readings: those that only one of them reads decide. */
static void
prove_order (Decision *self, const MqSource *source, const MqEvidence *seen)
{
  gboolean         day_first = source->format.order == MQ_DATE_DMY;
  gint64           rest = seen->values - MAX (seen->formats[1], seen->formats[2]);
  g_autofree char *deciding = format_count (seen->values - rest - MIN (seen->formats[1], seen->formats[2]));
  g_autofree char *against = format_count (rest);

  g_ptr_array_add (self->proofs, day_first ? g_strdup_printf (_ ("“%s”: %s rows decide for day/month, %s against."), source->header, deciding, against) : g_strdup_printf (_ ("“%s”: %s rows decide for month/day, %s against."), source->header, deciding, against));
}

/* Years of two digits, where ymd reads as many cells as dmy or mdy does: of the first and the last part the one with many
 * more values is the day. Too close, or too few: the index stays FORMAT_UNDECIDED. */
static int
decide_short_years (Decision *self, const MqSource *source, const MqEvidence *seen, int best)
{
  gint64           others = MAX (seen->formats[1], seen->formats[2]);
  guint            firsts = __builtin_popcount (seen->firsts);
  guint            lasts = __builtin_popcount (seen->lasts);
  g_autofree char *more = format_count (MAX (firsts, lasts));
  g_autofree char *fewer = format_count (MIN (firsts, lasts));

  if (seen->years_differ == 0 || seen->formats[0] != others || best > 2)
    return best;
  if (MAX (firsts, lasts) < MIN_DAYS || MAX (firsts, lasts) < DAYS_A_YEAR_PART * MIN (firsts, lasts))
    return FORMAT_UNDECIDED;
  g_ptr_array_add (self->proofs, g_strdup_printf (_ ("“%s”: the years have two digits; of the first and the last part the one with more values is the day (%s against %s)."), source->header, more, fewer));
  if (lasts > firsts)
    return 0;
  return seen->formats[2] > seen->formats[1] ? 2 : 1;
}

static gboolean
fail_short_years (const MqSource *source, GError **error)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_AMBIGUOUS, _ ("The dates of “%s” have years of two digits and can be read from the year on and from the day or month on. Say which with --date-format ymd, dmy or mdy."), source->header);
  return FALSE;
}

static gboolean
decide_format (Decision *self, MqUse *use, GError **error)
{
  MqSource         *source = mq_mapping_source (self->mapping, use->column);
  const MqEvidence *seen = &self->evidence[use->column];
  int               best = find_best (seen->formats, MQ_N_FORMATS);

  use->type = use->role == MQ_USE_DAY ? MQ_VALUE_DAY : MQ_VALUE_TIME;
  use->scale = 0;
  source->format = self->inference->format;
  if (source->format.order != MQ_DATE_NONE)
    return TRUE;
  if (fits (seen->formats[best], seen->values))
    best = decide_short_years (self, source, seen, best);
  if (best == FORMAT_UNDECIDED)
    return fail_short_years (source, error);
  source->format.order = mq_formats[best];
  if (!fits (seen->formats[best], seen->values) && may_demote (self->mapping, use))
    {
      demote (self, use);
      return TRUE;
    }
  if (seen->formats[best] > 0 && !fits (seen->formats[best], seen->values))
    return fail_no_format (source, mq_date_format_name (&source->format), seen->formats[best], seen->values, error);
  if (best == 1 && seen->formats[2] == seen->formats[1] && seen->formats_differ > 0)
    {
      source->format.order = MQ_DATE_NONE;
      return fail_two_orders (source, error);
    }
  if ((best == 1 || best == 2) && seen->formats_differ > 0)
    prove_order (self, source, seen);
  else if (seen->values > 0)
    prove_format (self, source, seen->formats[best], seen->values);
  return TRUE;
}

static gboolean
decide_use (Decision *self, MqUse *use, GError **error)
{
  switch (use->role)
    {
    case MQ_USE_NUMBER:
    case MQ_USE_MONEY:
      return decide_number (self, use, error);
    case MQ_USE_TIME:
    case MQ_USE_DAY:
      return decide_format (self, use, error);
    case MQ_USE_PROPERTY:
      decide_property (self, use);
      return TRUE;
    case MQ_USE_KEY:
    case MQ_USE_TEXT:
    default:
      use->type = MQ_VALUE_TEXT;
      return TRUE;
    }
}

/* Masked values are never keys, but somebody may want to read them. */
static void
keep_masked (Decision *self)
{
  guint n = self->mapping->uses->len;

  for (guint i = 0; i < n; i++)
    {
      MqUse            *use = mq_mapping_use (self->mapping, i);
      const MqEvidence *seen = &self->evidence[use->column];
      g_autofree char  *count = g_strdup_printf ("%" G_GINT64_FORMAT, seen->masked);

      if (use->role != MQ_USE_KEY || seen->masked == 0 || mq_mapping_has_role (self->mapping, use->column, MQ_USE_PROPERTY))
        continue;
      g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” has %s masked values: they identify nobody and are kept as text."), mq_mapping_source (self->mapping, use->column)->header, count));
      mq_mapping_add_property (self->mapping, use->column);
    }
}

static void
drop_nameless (Decision *self)
{
  for (guint i = self->mapping->uses->len; i-- > 0;)
    {
      const MqUse *use = mq_mapping_use (self->mapping, i);

      if (use->role == MQ_USE_PROPERTY && mq_mapping_source (self->mapping, use->column)->nameless && self->evidence[use->column].filled == 0)
        g_ptr_array_remove_index (self->mapping->uses, i);
    }
}

gboolean
mq_infer_decide (MqMapping *mapping, const MqInference *inference, const MqEvidence *evidence, int currency_digits, GPtrArray *proofs, GPtrArray *warnings, GError **error)
{
  Decision self = { mapping, inference, evidence, currency_digits, proofs, warnings };
  gboolean ok = TRUE;

  drop_nameless (&self);
  keep_masked (&self);
  warn_of_damage (&self);
  for (guint i = 0; i < mapping->sources->len; i++)
    decide_guard (&self, i);
  for (guint i = 0; i < mapping->uses->len; i++)
    ok = decide_use (&self, mq_mapping_use (mapping, i), ok ? error : NULL) && ok;
  for (guint i = 0; i < mapping->sources->len; i++)
    mq_mapping_source (mapping, i)->tokens = find_token_rule (&self, i);
  return ok;
}
