/* cell-look.c: a glance at one cell. */

#include "import/cell-look.h"

#include <string.h>

#define MAX_TYPED 48

static const char *const WORDS[] = { "T", "Z", "E", "AM", "PM", "UTC", "GMT", "Jan", "January", "Feb", "February", "Mar", "March", "Apr", "April", "May", "Jun", "June", "Jul", "July", "Aug", "August", "Sep", "Sept", "September", "Oct", "October", "Nov", "November", "Dec", "December" };
static const char *const MARKS[] = { "年", "月", "日", "时", "時", "分", "秒", "上午", "下午", "¥", "￥", "€", "£", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x88\x92" };

static gsize
measure_word (const char *text, gsize length)
{
  gsize size = 0;

  while (size < length && g_ascii_isalpha (text[size]))
    size++;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strlen (WORDS[i]) == size && g_ascii_strncasecmp (WORDS[i], text, size) == 0)
      return size;
  return 0;
}

static gsize
measure_mark (const char *text, gsize length)
{
  if (text[0] != '\0' && strchr (" +-.,'%/:()$", text[0]) != NULL)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    if (length >= strlen (MARKS[i]) && memcmp (text, MARKS[i], strlen (MARKS[i])) == 0)
      return strlen (MARKS[i]);
  return 0;
}

gboolean
mq_cell_looks_typed (const char *text, gsize length)
{
  gboolean has_digit = FALSE;
  gsize    size;

  if (length > MAX_TYPED)
    return FALSE;
  for (gsize i = 0; i < length; i += size)
    {
      size = 1;
      if (g_ascii_isdigit (text[i]))
        has_digit = TRUE;
      else if (g_ascii_isalpha (text[i]))
        size = measure_word (text + i, length - i);
      else
        size = measure_mark (text + i, length - i);
      if (size == 0)
        return FALSE;
    }
  return has_digit;
}

gboolean
mq_cell_looks_contact (const char *text, gsize length)
{
  const char *at = memchr (text, '@', length);

  if (length >= 7 && (g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https:/", 7) == 0))
    return TRUE;
  return at != NULL && at > text && memchr (at, '.', text + length - at) != NULL && memchr (text, ' ', length) == NULL;
}
