/* record-key.c: how keys are normalised, put together and taken apart. The normal forms are stored: never change them. */

#include "config.h"

#include "project/record-key.h"

#include "base/strings.h"

#include <string.h>

#define FIRST_MARK '!'
#define OWN_MARK '~'
#define CONTACT_MARK '\x7f'
#define NAME_END '\x1f'
#define PRIORITY_OWN 9
#define PRIORITY_CONTACT 10
#define PHONE_DIGITS 7 /* at least, where a cell has several */
#define MOBILE_DIGITS 11

/* In order of priority: the position is stored. */
static const char *const builtin[] = {
  "customer_id", "phone", "email", "unionid", "openid", "external_userid", "wechat_id", "member_no", "nick"
};

/* Bytes of a blank at `text`, 0 if there is none: ASCII blanks, U+00A0, U+3000, U+FEFF. */
static gsize
measure_blank (const char *text, gsize length)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
  } wide[] = { { "\xc2\xa0", 2 }, { "\xe3\x80\x80", 3 }, { "\xef\xbb\xbf", 3 } };

  if (length > 0 && (g_ascii_isspace (*text) || *text == '\v'))
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (length >= wide[i].length && memcmp (text, wide[i].bytes, wide[i].length) == 0)
      return wide[i].length;
  return 0;
}

static gsize
measure_blank_at_end (const char *text, gsize length)
{
  for (gsize size = 1; size <= 3 && size <= length; size++)
    if (measure_blank (text + length - size, size) == size)
      return size;
  return 0;
}

static void
trim (const char **text, gsize *length)
{
  gsize blank;

  while ((blank = measure_blank (*text, *length)) > 0)
    {
      *text += blank;
      *length -= blank;
    }
  while ((blank = measure_blank_at_end (*text, *length)) > 0)
    *length -= blank;
}

static gboolean
is_masked (const char *text, gsize length)
{
  if (length >= 2 && (memcmp (text, "##", 2) == 0 || memcmp (text, "$$", 2) == 0))
    return TRUE;
  return memchr (text, '*', length) != NULL;
}

static gboolean
is_exponent (const char *text, gsize length)
{
  /* 1.38E+10 is what a spreadsheet leaves of a number: many numbers become one, so it names nobody. */
  for (gsize i = 1; i + 1 < length; i++)
    if ((text[i] == 'e' || text[i] == 'E') && (g_ascii_isdigit (text[i - 1]) || text[i - 1] == '.') && (g_ascii_isdigit (text[i + 1]) || text[i + 1] == '+'))
      return TRUE;
  return FALSE;
}

/* The digits of a phone number, full-width ones included, without a spreadsheet's ".0" at the end. */
static void
collect_digits (const char *text, gsize length, GString *digits)
{
  if (length > 2 && memcmp (text + length - 2, ".0", 2) == 0)
    length -= 2;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      g_string_append_c (digits, text[i]);
    else if (length - i >= 3 && memcmp (text + i, "\xef\xbc", 2) == 0 && (guchar) text[i + 2] >= 0x90 && (guchar) text[i + 2] <= 0x99)
      {
        g_string_append_c (digits, '0' + ((guchar) text[i + 2] - 0x90));
        i += 2;
      }
}

static gboolean
is_mainland_mobile (const char *digits, gsize length)
{
  return length == MOBILE_DIGITS && digits[0] == '1' && digits[1] >= '3';
}

static gboolean
append_phone (GString *out, const char *text, gsize length)
{
  g_autoptr (GString) digits = g_string_sized_new (length);
  gboolean international = *text == '+' || (length >= 3 && memcmp (text, "\xef\xbc\x8b", 3) == 0);

  if (is_exponent (text, length))
    return FALSE;
  collect_digits (text, length, digits);
  if (!international && g_str_has_prefix (digits->str, "00"))
    {
      g_string_erase (digits, 0, 2);
      international = TRUE;
    }
  if (digits->len == 0)
    return FALSE;
  if (is_mainland_mobile (digits->str, digits->len) && !international)
    g_string_append (out, "+86");
  else if (international || (g_str_has_prefix (digits->str, "86") && is_mainland_mobile (digits->str + 2, digits->len - 2)))
    g_string_append_c (out, '+');
  g_string_append_len (out, digits->str, digits->len);
  return TRUE;
}

static void
append_plain (GString *out, const char *text, gsize length, gboolean lower)
{
  for (gsize i = 0; i < length; i++)
    {
      char byte = lower ? g_ascii_tolower (text[i]) : text[i];

      /* The two bytes that structure a record key never come from a value. */
      g_string_append_c (out, byte == MQ_KEY_SEPARATOR || byte == NAME_END ? ' ' : byte);
    }
}

static void
append_mark (GString *out, const char *kind)
{
  int priority = mq_key_priority (kind);

  if (priority == PRIORITY_CONTACT)
    g_string_append_c (out, CONTACT_MARK);
  else if (priority == PRIORITY_OWN)
    {
      g_string_append_c (out, OWN_MARK);
      append_plain (out, kind, strlen (kind), FALSE);
      g_string_append_c (out, NAME_END);
    }
  else
    g_string_append_c (out, FIRST_MARK + priority);
}

int
mq_key_priority (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    if (strcmp (kind, builtin[i]) == 0)
      return i;
  return strcmp (kind, "contact") == 0 ? PRIORITY_CONTACT : PRIORITY_OWN;
}

gboolean
mq_key_is_builtin (const char *kind)
{
  return mq_key_priority (kind) < PRIORITY_OWN;
}

gboolean
mq_key_has_other_form (const char *kind)
{
  return strcmp (kind, "phone") == 0 || strcmp (kind, "email") == 0;
}

/* Without the " (2)" at its end. */
static gsize
measure_unnumbered (const char *header)
{
  gsize length = strlen (header);
  gsize i = length;

  if (length < 5 || header[length - 1] != ')')
    return length;
  for (i--; i > 0 && g_ascii_isdigit (header[i - 1]);)
    i--;
  return i < length - 1 && i > 2 && header[i - 1] == '(' && header[i - 2] == ' ' ? i - 2 : length;
}

char *
mq_key_find_header (const char *header)
{
  g_autofree char *name = g_strndup (header, measure_unnumbered (header));

  if (g_str_has_prefix (name, "key.") && name[4] != '\0')
    return g_strdup (name + 4);
  return mq_key_is_builtin (name) ? g_steal_pointer (&name) : NULL;
}

/* Puts the key after `before` in its place among those before it; FALSE if it is one of them. */
static gboolean
place_last (GString *record_key, gsize before)
{
  g_autofree char *last = g_strndup (record_key->str + before + 1, record_key->len - before - 1);
  gsize            length = record_key->len - before - 1;
  gsize            at = 0;
  int              order = -1;

  while (at < before)
    {
      const char *start = record_key->str + at;
      const char *stop = memchr (start, MQ_KEY_SEPARATOR, before - at);
      gsize       size = stop != NULL ? (gsize) (stop - start) : before - at;

      order = mq_bytes_compare (start, size, last, length);
      if (order >= 0)
        break;
      at += size + 1;
    }
  if (order < 0)
    return TRUE;
  g_string_truncate (record_key, before);
  if (order == 0)
    return FALSE;
  g_string_insert_c (record_key, at, MQ_KEY_SEPARATOR);
  g_string_insert_len (record_key, at, last, length);
  return TRUE;
}

/* The length of a sign that stands between two numbers: , ; / | or a line break, "、", "，", "；"; 0 if it is none. */
static gsize
measure_separator (const char *text, gsize length)
{
  static const char *const wide[] = { "、", "，", "；" };

  if (strchr (",;/|\n", *text) != NULL && *text != '\0')
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (wide) && length >= 3; i++)
    if (memcmp (text, wide[i], 3) == 0)
      return 3;
  return 0;
}

/* How much of a cell is its first number, *next where the second begins (`length` if there is none): "13800138000,13900139000".
 * Both have digits enough for one; "650/555-0100" is a single number. */
static gsize
measure_first_phone (const char *text, gsize length, gsize *next)
{
  guint digits = 0;

  *next = length;
  for (gsize i = 0; i < length; i++)
    {
      gsize sign = measure_separator (text + i, length - i);
      guint after = 0;

      digits += g_ascii_isdigit (text[i]);
      if (sign == 0)
        continue;
      for (gsize k = i + sign; k < length && measure_separator (text + k, length - k) == 0; k++)
        after += g_ascii_isdigit (text[k]);
      if (digits < PHONE_DIGITS || after < PHONE_DIGITS)
        continue;
      *next = i + sign;
      return i;
    }
  return length;
}

static gboolean
append_one (GString *record_key, const char *kind, const char *value, gsize length)
{
  gsize before = record_key->len;

  trim (&value, &length);
  if (length == 0 || is_masked (value, length))
    return FALSE;
  if (before > 0)
    g_string_append_c (record_key, MQ_KEY_SEPARATOR);
  append_mark (record_key, kind);
  if (strcmp (kind, "phone") == 0)
    {
      if (!append_phone (record_key, value, length))
        {
          g_string_truncate (record_key, before);
          return FALSE;
        }
    }
  else
    append_plain (record_key, value, length, strcmp (kind, "email") == 0);
  return before == 0 || place_last (record_key, before);
}

gboolean
mq_record_key_append (GString *record_key, const char *kind, const char *value, gsize length)
{
  gboolean added = FALSE;
  gsize    next;

  if (length <= 2 * PHONE_DIGITS || strcmp (kind, "phone") != 0)
    return append_one (record_key, kind, value, length);
  for (; length > 0; value += next, length -= next)
    added |= append_one (record_key, kind, value, measure_first_phone (value, length, &next));
  return added;
}

guint
mq_record_key_split (const char *record_key, gsize length, MqKeySlice *keys, guint max)
{
  guint       n = 0;
  const char *end = record_key + length;

  while (record_key < end && n < max)
    {
      const char *stop = memchr (record_key, MQ_KEY_SEPARATOR, end - record_key);

      if (stop == NULL)
        stop = end;
      keys[n].start = record_key;
      keys[n].length = stop - record_key;
      n++;
      record_key = stop + 1;
    }
  return n;
}

const char *
mq_key_slice_kind (MqKeySlice key, char *buffer, gsize size)
{
  guchar      mark = key.length > 0 ? *key.start : 0;
  const char *end;
  gsize       length;

  if (mark >= FIRST_MARK && mark < FIRST_MARK + G_N_ELEMENTS (builtin))
    return builtin[mark - FIRST_MARK];
  if (mark != OWN_MARK)
    return "contact";
  end = memchr (key.start, NAME_END, key.length);
  length = end != NULL ? (gsize) (end - key.start) - 1 : key.length - 1;
  length = MIN (length, size - 1);
  memcpy (buffer, key.start + 1, length);
  buffer[length] = '\0';
  return buffer;
}

const char *
mq_key_slice_value (MqKeySlice key, gsize *length)
{
  const char *start = key.start;

  if (key.length == 0)
    {
      *length = 0;
      return start;
    }
  if (*start == OWN_MARK)
    {
      const char *end = memchr (start, NAME_END, key.length);

      start = end != NULL ? end : start;
    }
  start++;
  *length = key.start + key.length - start;
  return start;
}
