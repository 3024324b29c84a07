/* infer.c: counting what cells look like. The decisions are in infer-decide.c. */

#include "config.h"

#include "import/infer.h"

#include "import/header-dictionary.h"
#include "import/import-error.h"
#include "import/infer-styles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_TOKENS "NA,N/A,#N/A,NULL,null,-,--,—,——,\\N,(not set),(none),无"
#define MAX_EXAMPLE 60
#define IS_TIME 1
#define IS_NUMBER 2
#define MAX_IDENTIFIER 64
#define LONG_NUMBER 16 /* digits; a spreadsheet keeps 15 */
#define HAS_DIGIT 1
#define HAS_STAR 2
#define HAS_ODD 4 /* no ASCII to be seen: blanks, controls, wide characters */

const MqNumberStyle mq_styles[MQ_N_STYLES] = { { '.', ',' }, { ',', '.' }, { '.', ' ' }, { ',', ' ' }, { '.', '\'' }, { ',', '\'' } };
const MqDateOrder   mq_formats[MQ_N_FORMATS] = { MQ_DATE_YMD, MQ_DATE_DMY, MQ_DATE_MDY, MQ_DATE_YM, MQ_DATE_EPOCH_S, MQ_DATE_EPOCH_MS, MQ_DATE_EPOCH_US };

static gboolean
set_tokens (MqTokenList *list, const char *missing, GError **error)
{
  list->given = missing != NULL;
  list->texts = g_strsplit (missing != NULL ? missing : DEFAULT_TOKENS, ",", -1);
  list->n = g_strv_length (list->texts);
  if (list->n > MQ_MAX_TOKENS)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--missing takes at most %d tokens."), MQ_MAX_TOKENS);
      return FALSE;
    }
  for (guint i = 0; i < list->n; i++)
    {
      g_strstrip (list->texts[i]);
      list->lengths[i] = strlen (list->texts[i]);
      if (list->lengths[i] > 0)
        list->first[(guint8) list->texts[i][0]] = 1;
    }
  return TRUE;
}

static gboolean
is_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return length > 0;
}

static guint8
look_at_bytes (const char *text, gsize length)
{
  static const guint8 looks[256] = { [0 ... ' '] = HAS_ODD, ['*'] = HAS_STAR, ['0' ... '9'] = HAS_DIGIT, [0x7f ... 0xff] = HAS_ODD };
  guint8              seen = 0;

  for (gsize i = 0; i < length; i++)
    seen |= looks[(guint8) text[i]];
  return seen;
}

static gboolean
is_masked (const char *text, gsize length, guint8 seen)
{
  return (seen & HAS_STAR) || (length >= 2 && ((text[0] == '#' && text[1] == '#') || (text[0] == '$' && text[1] == '$')));
}

static gboolean
parse_as (MqDateOrder order, const char *text, gsize length, const MqZone *zone, gint64 *instant)
{
  MqDateFormat format = { order, "" };
  MqPrecision  precision;

  return mq_date_format_parse (&format, text, length, zone, instant, &precision);
}

/* Only whole seconds, milliseconds or microseconds of our days: anything else of digits is a number. */
static void
count_epoch (MqEvidence *self, const MqInference *inference, const char *text, gsize length)
{
  gint64 instant;
  int    index = length == 10 ? 4 : length == 13 ? 5
                                : length == 16   ? 6
                                                 : -1;

  if (index >= 0 && parse_as (mq_formats[index], text, length, inference->zone, &instant))
    self->formats[index]++;
}

static gboolean
is_plain (const char *text, gsize length, guint8 seen, const MqZone *zone)
{
  gint64 instant;

  if ((seen & (HAS_DIGIT | HAS_ODD)) == HAS_DIGIT && length <= MAX_IDENTIFIER)
    return TRUE;
  if (length > 40 || !g_ascii_isdigit (text[0]))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (parse_as (mq_formats[i], text, length, zone, &instant))
      return TRUE;
  return FALSE;
}

/* "24-12-31": a part is a year or a day. */
static void
count_short_year (MqEvidence *self, const char *text, gsize length)
{
  guint parts[3] = { 0, 0, 0 };
  guint n = 0;

  for (gsize i = 0; i < length && n < 3; i++)
    if (g_ascii_isdigit (text[i]))
      parts[n] = parts[n] * 10 + g_ascii_digit_value (text[i]);
    else if (i > 0 && g_ascii_isdigit (text[i - 1]))
      n++;
  self->years_differ++;
  self->firsts |= 1u << (parts[0] % 32);
  self->lasts |= 1u << (parts[2] % 32);
}

static void
count_times (MqEvidence *self, const MqInference *inference, const char *text, gsize length)
{
  gint64   instants[MQ_N_FORMATS];
  gboolean ok[MQ_N_FORMATS];

  if (inference->format.order != MQ_DATE_NONE)
    return;
  if (is_digits (text, length))
    count_epoch (self, inference, text, length);
  for (guint i = 0; i < 4; i++)
    {
      ok[i] = parse_as (mq_formats[i], text, length, inference->zone, &instants[i]);
      self->formats[i] += ok[i];
    }
  self->formats_differ += ok[1] && ok[2] && instants[1] != instants[2];
  if (ok[0] && ((ok[1] && instants[1] != instants[0]) || (ok[2] && instants[2] != instants[0])))
    count_short_year (self, text, length);
}

static gboolean
allows_style (const MqInference *inference, guint style)
{
  return inference->decimal == 0 || mq_styles[style].decimal == inference->decimal;
}

/* Digits with a point: every style with a point reads them; one with a comma only where the point may part thousands. */
static void
count_decimal (MqEvidence *self, const MqInference *inference, const char *text, gsize length, int scale)
{
  MqDecimal comma, point;

  for (guint i = 0; i < MQ_N_STYLES; i += 2)
    if (allows_style (inference, i))
      {
        self->styles[i]++;
        self->style_scales[i] = MAX (self->style_scales[i], scale);
      }
  /* No thousands begin with a zero: 0.125 has a point. */
  if (scale != 3 || text[text[0] == '-'] == '0' || !allows_style (inference, 1) || mq_decimal_parse (text, length, mq_styles[1], &comma) != MQ_NUMBER_OK)
    return;
  self->styles[1]++;
  self->styles_differ += allows_style (inference, 0) && mq_decimal_parse_plain (text, length, &point) && mq_decimal_compare (point, comma) != 0;
}

static void
count_numbers (MqEvidence *self, const MqInference *inference, const char *text, gsize length, MqCanonical form, int scale)
{
  MqDecimal values[MQ_N_STYLES];
  gboolean  ok[MQ_N_STYLES];

  if (form == MQ_CANONICAL_DECIMAL)
    {
      count_decimal (self, inference, text, length, scale);
      return;
    }

  if (form == MQ_CANONICAL_INTEGER)
    {
      for (guint i = 0; i < MQ_N_STYLES; i++)
        self->styles[i] += allows_style (inference, i);
      return;
    }
  for (guint i = 0; i < MQ_N_STYLES; i++)
    {
      ok[i] = allows_style (inference, i) && mq_decimal_parse (text, length, mq_styles[i], &values[i]) == MQ_NUMBER_OK;
      if (!ok[i])
        continue;
      self->styles[i]++;
      self->style_scales[i] = MAX (self->style_scales[i], values[i].scale);
    }
  self->styles_differ += ok[0] && ok[1] && mq_decimal_compare (values[0], values[1]) != 0;
}

static void
add_example (MqEvidence *self, const char *text, gsize length)
{
  gsize cut = MIN (length, MAX_EXAMPLE);

  while (cut > 0 && cut < length && (text[cut] & 0xc0) == 0x80)
    cut--;
  for (guint i = 0; i < MQ_N_EXAMPLES; i++)
    {
      if (self->examples[i] == NULL)
        {
          self->examples[i] = g_strndup (text, cut);
          return;
        }
      if (strlen (self->examples[i]) == cut && memcmp (self->examples[i], text, cut) == 0)
        return;
    }
}

/* "1.38E+10", as a spreadsheet shows a long number, or 16 digits and more that end in zeros, as it keeps one. */
static gboolean
looks_damaged (const char *text, gsize length)
{
  gsize n = 0;

  if (!g_ascii_isdigit (text[0]) || length < 7 || length > 24)
    return FALSE;
  while (n < length && g_ascii_isdigit (text[n]))
    n++;
  if (n == length)
    return n >= 16 && memcmp (text + n - 3, "000", 3) == 0;
  if (n != 1 || text[1] != '.')
    return FALSE;
  for (n = 2; n < length && g_ascii_isdigit (text[n]);)
    n++;
  return n + 4 == length && (text[n] == 'E' || text[n] == 'e') && text[n + 1] == '+' && g_ascii_isdigit (text[n + 2]) && g_ascii_isdigit (text[n + 3]);
}

static void
count_other (MqEvidence *self, const char *text, gsize length, gint64 line)
{
  gboolean is_long = length >= LONG_NUMBER && is_digits (text, length);

  self->first_other = MIN (self->first_other, line);
  self->long_numbers += is_long;
  if (!looks_damaged (text, length))
    return;
  self->damaged++;
  self->long_zeros += is_long;
  self->first_damaged = MIN (self->first_damaged, line);
}

/* Most times are written in the one form that reads as a time of year, month, day and as nothing else. */
static gboolean
count_common_time (MqEvidence *self, const MqInference *inference, guint column, const char *text, gsize length, gint64 line)
{
  if (inference->roles[column] != IS_TIME || !mq_date_is_common (text, length))
    return FALSE;
  self->first_other = MIN (self->first_other, line);
  self->plain += self->plain + 1 == self->values;
  self->formats[0] += inference->format.order == MQ_DATE_NONE;
  return TRUE;
}

static void
count_value (MqEvidence *self, const MqInference *inference, guint column, const MqCsvCell *cell, const char *text, gsize length, gint64 line)
{
  int         digits = 0;
  int         scale = 0;
  MqCanonical form;
  guint8      seen;

  self->values++;
  self->quoted += cell->quoted;
  if (self->examples[MQ_N_EXAMPLES - 1] == NULL)
    add_example (self, text, length);
  if (count_common_time (self, inference, column, text, length, line))
    return;
  if ((inference->roles[column] & IS_NUMBER) && mq_mapping_is_number (inference->mapping, column))
    self->notes += mq_guard_strip_note (&text, &length);
  form = mq_value_canonical (text, length, &digits, &scale);
  seen = look_at_bytes (text, length);
  self->masked += is_masked (text, length, seen);
  self->integers += form == MQ_CANONICAL_INTEGER;
  self->decimals += form == MQ_CANONICAL_DECIMAL;
  if (form == MQ_CANONICAL_NOT)
    count_other (self, text, length, line);
  else
    {
      self->integer_digits = MAX (self->integer_digits, digits);
      self->scale = MAX (self->scale, scale);
    }
  if (self->plain + 1 == self->values)
    self->plain += form != MQ_CANONICAL_NOT || is_plain (text, length, seen, inference->zone);
  if (inference->roles[column] & IS_TIME)
    count_times (self, inference, text, length);
  if (inference->roles[column] & IS_NUMBER)
    count_numbers (self, inference, text, length, form, scale);
}

/* A property whose header names a time or an amount in some kind: its cells are looked at as such, for what is told of it. */
static guint8
find_hint (const char *header)
{
  g_autofree char *folded = mq_header_fold (header, TRUE);
  guint            judged = mq_header_judge (folded);

  return (judged & MQ_HEADER_TIME ? IS_TIME : 0) | (judged & MQ_HEADER_NUMBER ? IS_NUMBER : 0);
}

gboolean
mq_inference_init (MqInference *self, const MqMapping *mapping, const char *missing, const char *date_format, char decimal, const MqZone *zone, GError **error)
{
  memset (self, 0, sizeof *self);
  self->mapping = mapping;
  self->decimal = decimal;
  self->zone = zone;
  self->roles = g_new0 (guint8, mapping->sources->len + 1);
  for (guint i = 0; i < mapping->sources->len; i++)
    {
      if (mq_mapping_has_role (mapping, i, MQ_USE_TIME) || mq_mapping_has_role (mapping, i, MQ_USE_DAY))
        self->roles[i] |= IS_TIME;
      if (mq_mapping_is_number (mapping, i))
        self->roles[i] |= IS_NUMBER;
      if (self->roles[i] == 0 && mq_mapping_has_role (mapping, i, MQ_USE_PROPERTY))
        self->roles[i] = find_hint (mq_mapping_source (mapping, i)->header);
    }
  if (date_format != NULL && !mq_date_format_from_name (date_format, &self->format))
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--date-format does not know “%s”. It takes ymd, dmy, mdy, ym, epoch-s, epoch-ms, epoch-us, excel or a pattern such as YYYYMMDD."), date_format);
      return FALSE;
    }
  return set_tokens (&self->tokens, missing, error);
}

void
mq_inference_clear (MqInference *self)
{
  g_clear_pointer (&self->tokens.texts, g_strfreev);
  g_clear_pointer (&self->roles, g_free);
}

MqEvidence *
mq_evidence_new (guint n_columns)
{
  MqEvidence *evidence = g_new0 (MqEvidence, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    evidence[i].first_other = evidence[i].first_damaged = G_MAXINT64;
  return evidence;
}

void
mq_evidence_free (MqEvidence *evidence, guint n_columns)
{
  for (guint i = 0; evidence != NULL && i < n_columns; i++)
    for (guint k = 0; k < MQ_N_EXAMPLES; k++)
      g_free (evidence[i].examples[k]);
  g_free (evidence);
}

void
mq_evidence_add (MqEvidence *evidence, const MqInference *inference, guint column, const MqCsvCell *cell, gint64 line)
{
  MqEvidence *self = &evidence[column];
  const char *text = cell->text;
  gsize       length = cell->length;
  int         token = -1;
  gboolean    formula = mq_guard_strip_formula (&text, &length);
  MqGuard     guard = formula ? MQ_GUARD_NONE : mq_guard_find (&text, &length);

  mq_cell_trim (&text, &length);
  if (length == 0)
    return;
  self->filled++;
  self->guards[guard]++;
  self->formulas += formula;
  if (!cell->quoted)
    token = mq_token_find (&inference->tokens, text, length);
  if (token >= 0)
    self->tokens[token]++;
  else
    count_value (self, inference, column, cell, text, length, line);
}

static void
merge_one (MqEvidence *into, const MqEvidence *later)
{
  into->filled += later->filled;
  for (guint i = 0; i < MQ_N_GUARDS; i++)
    into->guards[i] += later->guards[i];
  into->formulas += later->formulas;
  for (guint i = 0; i < MQ_MAX_TOKENS; i++)
    into->tokens[i] += later->tokens[i];
  into->values += later->values;
  into->quoted += later->quoted;
  into->plain += later->plain;
  into->masked += later->masked;
  into->integers += later->integers;
  into->decimals += later->decimals;
  into->first_other = MIN (into->first_other, later->first_other);
  into->damaged += later->damaged;
  into->long_numbers += later->long_numbers;
  into->long_zeros += later->long_zeros;
  into->first_damaged = MIN (into->first_damaged, later->first_damaged);
  into->integer_digits = MAX (into->integer_digits, later->integer_digits);
  into->scale = MAX (into->scale, later->scale);
  for (guint i = 0; i < MQ_N_STYLES; i++)
    {
      into->styles[i] += later->styles[i];
      into->style_scales[i] = MAX (into->style_scales[i], later->style_scales[i]);
    }
  into->notes += later->notes;
  into->styles_differ += later->styles_differ;
  for (guint i = 0; i < MQ_N_FORMATS; i++)
    into->formats[i] += later->formats[i];
  into->formats_differ += later->formats_differ;
  into->years_differ += later->years_differ;
  into->firsts |= later->firsts;
  into->lasts |= later->lasts;
  for (guint i = 0; i < MQ_N_EXAMPLES && later->examples[i] != NULL; i++)
    add_example (into, later->examples[i], strlen (later->examples[i]));
}

void
mq_evidence_merge (MqEvidence *into, const MqEvidence *later, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    merge_one (&into[i], &later[i]);
}

static gsize
blank_at_start (const char *text, gsize length)
{
  if (length >= 1 && (guint8) text[0] <= ' ')
    return 1;
  if (length >= 2 && memcmp (text, "\xc2\xa0", 2) == 0)
    return 2;
  if (length >= 3 && (memcmp (text, "\xe3\x80\x80", 3) == 0 || memcmp (text, "\xef\xbb\xbf", 3) == 0))
    return 3;
  return 0;
}

static gsize
blank_at_end (const char *text, gsize length)
{
  if (length >= 1 && (guint8) text[length - 1] <= ' ')
    return 1;
  if (length >= 2 && memcmp (text + length - 2, "\xc2\xa0", 2) == 0)
    return 2;
  if (length >= 3 && memcmp (text + length - 3, "\xe3\x80\x80", 3) == 0)
    return 3;
  return 0;
}

void
mq_cell_trim (const char **text, gsize *length)
{
  gsize n = *length;

  if (n > 0 && (guint8) (*text)[0] > ' ' && (guint8) (*text)[0] < 0x80 && (guint8) (*text)[n - 1] > ' ' && (guint8) (*text)[n - 1] < 0x80)
    return;
  while ((n = blank_at_start (*text, *length)) > 0)
    {
      *text += n;
      *length -= n;
    }
  while ((n = blank_at_end (*text, *length)) > 0)
    *length -= n;
}

gboolean
mq_cell_read (const MqMapping *mapping, const MqTokenList *list, const MqCsvCell *cells, guint n_cells, guint column, const char **text, gsize *length, int *token)
{
  const MqSource *source = mq_mapping_source (mapping, column);

  *token = -1;
  *text = "";
  *length = 0;
  if (source->constant != NULL)
    {
      *text = source->constant;
      *length = strlen (source->constant);
      return TRUE;
    }
  if (column >= n_cells)
    return FALSE;
  *text = cells[column].text;
  *length = cells[column].length;
  if (source->guard != MQ_GUARD_NONE)
    mq_guard_strip (source->guard, text, length);
  else
    mq_guard_strip_formula (text, length);
  mq_cell_trim (text, length);
  if (*length == 0)
    return FALSE;
  if (source->tokens != MQ_TOKENS_KEEP && !cells[column].quoted)
    *token = mq_token_find (list, *text, *length);
  return *token < 0;
}

int
mq_token_find (const MqTokenList *list, const char *text, gsize length)
{
  if (length == 0 || !list->first[(guint8) text[0]])
    return -1;
  for (guint i = 0; i < list->n; i++)
    if (list->lengths[i] == length && memcmp (list->texts[i], text, length) == 0)
      return i;
  return -1;
}

gboolean
mq_value_is_plain (const char *text, gsize length, const MqZone *zone)
{
  return is_plain (text, length, look_at_bytes (text, length), zone);
}

static gboolean
has_digit (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]) || (i + 2 < length && memcmp (text + i, "\xef\xbc", 2) == 0 && (guint8) text[i + 2] - 0x90u <= 9)) /* or full-width */
      return TRUE;
  return FALSE;
}

/* What describes the columns below the header, a header that comes again, "# end of the list". */
static gboolean
is_note (const MqCsvCell *cells, guint n_cells)
{
  gboolean digits = FALSE;
  guint    filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      filled += cells[i].length > 0;
      digits = digits || has_digit (cells[i].text, cells[i].length);
      if (digits && filled > 1)
        return FALSE;
    }
  return filled > 0 && (!digits || (cells[0].length > 0 && cells[0].text[0] == '#'));
}

static gboolean
is_total (MqKind kind, const MqCsvCell *cells, guint n_cells)
{
  static const char *const words[] = { "total", "grand total", "totals", "subtotal", "sum", "gesamt", "summe", "合计", "总计", "小计", "汇总", "合计行" };
  const char              *text = "";
  gsize                    length = 0;

  for (guint i = 0; (kind == MQ_KIND_ORDERS || kind == MQ_KIND_SPEND) && i < n_cells && length == 0; i++)
    {
      text = cells[i].text;
      length = cells[i].length;
      mq_cell_trim (&text, &length);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words) && length > 0; i++)
    {
      gsize n = strlen (words[i]);

      if (length >= n && g_ascii_strncasecmp (text, words[i], n) == 0 && (length == n || text[n] == ':' || (length >= n + 3 && memcmp (text + n, "：", 3) == 0)))
        return TRUE;
    }
  return FALSE;
}

const char *
mq_cells_aside (MqKind kind, const MqCsvCell *cells, guint n_cells)
{
  if (is_total (kind, cells, n_cells))
    return "total";
  return kind != MQ_KIND_CUSTOMERS && is_note (cells, n_cells) ? "note" : NULL;
}

gboolean
mq_value_is_masked (const char *text, gsize length)
{
  return is_masked (text, length, look_at_bytes (text, length));
}

MqCanonical
mq_value_canonical (const char *text, gsize length, int *digits, int *scale)
{
  gsize i = length > 0 && text[0] == '-';
  gsize start = i;
  gsize point;

  while (i < length && g_ascii_isdigit (text[i]))
    i++;
  *digits = i - start;
  *scale = 0;
  if (i == start || (text[start] == '0' && i - start > 1))
    return MQ_CANONICAL_NOT;
  if (i == length)
    return *digits > MQ_MAX_INTEGER_DIGITS || (start == 1 && text[start] == '0') ? MQ_CANONICAL_NOT : MQ_CANONICAL_INTEGER;
  if (text[i] != '.')
    return MQ_CANONICAL_NOT;
  for (point = i++; i < length && g_ascii_isdigit (text[i]);)
    i++;
  *scale = i - point - 1;
  return i == length && *scale > 0 && *digits + *scale <= MQ_MAX_DIGITS ? MQ_CANONICAL_DECIMAL : MQ_CANONICAL_NOT;
}
