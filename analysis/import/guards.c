/* guards.c: spreadsheet guards around cells. */

#include "import/guards.h"

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

const char *
mq_guard_name (MqGuard guard)
{
  static const char *const names[MQ_N_GUARDS] = { "", "=\"…\"", "'", "TAB", "`" };

  return names[guard];
}
