/* guards.c: spreadsheet guards around cells. */

#include "import/guards.h"

#include <string.h>

#include "base/strings.h"

MqGuard
mq_guard_find (const char **text, gsize *length)
{
  const char *p = *text;
  gsize       n = *length;

  if (n == 0)
    return MQ_GUARD_NONE;
  if (p[0] == '=' && n >= 3 && p[1] == '"' && p[n - 1] == '"')
    {
      *text = p + 2;
      *length = n - 3;
      return MQ_GUARD_FORMULA;
    }
  if (p[0] == '\'' || p[0] == '`')
    {
      *text = p + 1;
      *length = n - 1;
      return p[0] == '\'' ? MQ_GUARD_APOSTROPHE : MQ_GUARD_BACKTICK;
    }
  if (p[0] == '\t' || p[n - 1] == '\t')
    {
      while (n > 0 && p[0] == '\t')
        p++, n--;
      while (n > 0 && p[n - 1] == '\t')
        n--;
      *text = p;
      *length = n;
      return MQ_GUARD_TAB;
    }
  return MQ_GUARD_NONE;
}

void
mq_guard_strip (MqGuard guard, const char **text, gsize *length)
{
  const char *inner = *text;
  gsize       inner_length = *length;

  if (guard != MQ_GUARD_NONE && mq_guard_find (&inner, &inner_length) == guard)
    {
      *text = inner;
      *length = inner_length;
    }
}

gboolean
mq_guard_strip_formula (const char **text, gsize *length)
{
  if (*length == 0 || (*text)[0] != '\'' || mq_text_count_guards (*text, *length) < 1)
    return FALSE;
  *text += 1;
  *length -= 1;
  return TRUE;
}

/* Bytes of the bracket at `text`, ASCII or full-width, or 0. */
static gsize
measure_bracket (const char *text, gsize length, char ascii)
{
  if (length >= 1 && text[0] == ascii)
    return 1;
  return length >= 3 && (guint8) text[0] == 0xef && (guint8) text[1] == 0xbc && (guint8) text[2] == 0x88 + (ascii == ')') ? 3 : 0;
}

/* Where the one bracket pair opens that closes at `end`, or -1. */
static gssize
find_note (const char *text, gsize end)
{
  for (gsize i = end; i-- > 0;)
    {
      if (g_ascii_isdigit (text[i]) || measure_bracket (text + i, end - i, ')') > 0 || (end - i >= 3 && memcmp (text + i, "\xef\xbc", 2) == 0 && (guint8) text[i + 2] >= 0x90 && (guint8) text[i + 2] <= 0x99))
        return -1;
      if (measure_bracket (text + i, end - i, '(') > 0)
        return i;
    }
  return -1;
}

gboolean
mq_guard_strip_note (const char **text, gsize *length)
{
  gsize  n = *length;
  gsize  closing = n == 0 ? 0 : measure_bracket (*text + n - 1, 1, ')');
  gssize at;

  if (closing == 0 && n >= 3)
    closing = measure_bracket (*text + n - 3, 3, ')') == 3 ? 3 : 0;
  if (closing == 0)
    return FALSE;
  at = find_note (*text, n - closing);
  while (at > 0 && (*text)[at - 1] == ' ')
    at--;
  if (at <= 0)
    return FALSE;
  *length = at;
  return TRUE;
}

const char *
mq_guard_name (MqGuard guard)
{
  static const char *const names[MQ_N_GUARDS] = { "", "=\"…\"", "'", "TAB", "`" };

  return names[guard];
}
