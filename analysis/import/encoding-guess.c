/* encoding-guess.c: uchardet's answer, or a web page's own word, in iconv's words. */

#include "config.h"
#include "import/encoding-guess.h"

#include <string.h>
#include <uchardet.h>

#define PAGE_HEAD 1024 /* as far as a page must state its encoding */
#define MIN_BYTES 4    /* beyond ASCII: less tells nothing */

static const struct
{
  const char *answer;
  const char *name;
  gboolean    wide;
} known[] = {
  /* Of each family the one that has all characters which programs write under its name. */
  { "GB18030", "GB18030", TRUE },
  { "GB2312", "GB18030", TRUE },
  { "GBK", "GB18030", TRUE },
  { "BIG5", "BIG5-HKSCS", TRUE },
  { "SHIFT_JIS", "CP932", TRUE },
  { "SHIFT-JIS", "CP932", TRUE },
  { "SJIS", "CP932", TRUE },
  { "EUC-JP", "EUC-JP", TRUE },
  { "EUC-KR", "CP949", TRUE },
  { "UHC", "CP949", TRUE },
  { "WINDOWS-1250", "WINDOWS-1250", FALSE },
  { "WINDOWS-1251", "WINDOWS-1251", FALSE },
  { "WINDOWS-1252", "WINDOWS-1252", FALSE },
  { "WINDOWS-1253", "WINDOWS-1253", FALSE },
  { "WINDOWS-1254", "WINDOWS-1254", FALSE },
  { "WINDOWS-1255", "WINDOWS-1255", FALSE },
  { "WINDOWS-1256", "WINDOWS-1256", FALSE },
  { "WINDOWS-1257", "WINDOWS-1257", FALSE },
  { "WINDOWS-1258", "WINDOWS-1258", FALSE },
  { "ISO-8859-1", "WINDOWS-1252", FALSE },
  { "ISO-8859-2", "ISO-8859-2", FALSE },
  { "ISO-8859-5", "ISO-8859-5", FALSE },
  { "ISO-8859-7", "ISO-8859-7", FALSE },
  { "ISO-8859-9", "WINDOWS-1254", FALSE },
  { "ISO-8859-15", "ISO-8859-15", FALSE },
  { "KOI8-R", "KOI8-R", FALSE },
};

static gssize
find_known (const char *answer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (known[i].answer, answer) == 0)
      return i;
  return -1;
}

const char *
mq_encoding_widest (const char *name)
{
  gssize at = find_known (name);

  return at >= 0 && known[at].wide ? known[at].name : name;
}

const char *
mq_encoding_guess (const char *text, gsize length, gboolean *wide)
{
  const char *name = NULL;
  uchardet_t  detector;
  gsize       n = 0;
  gssize      at;

  for (gsize i = 0; i < length && n < MIN_BYTES; i++)
    n += (guint8) text[i] >= 0x80;
  if (n < MIN_BYTES)
    return NULL;
  detector = uchardet_new ();
  if (uchardet_handle_data (detector, text, length) == 0)
    {
      uchardet_data_end (detector);
      at = find_known (uchardet_get_charset (detector));
      if (at >= 0)
        {
          name = known[at].name;
          *wide = known[at].wide;
        }
    }
  uchardet_delete (detector);
  return name;
}

const char *
mq_encoding_stated (const char *page, gsize length)
{
  g_autofree char *head = g_ascii_strdown (page, MIN (length, PAGE_HEAD));
  char            *label = strstr (head, "charset=");
  gssize           at;

  if (head[strspn (head, " \t\r\n")] != '<' || label == NULL)
    return NULL;
  label += strlen ("charset=");
  label += strspn (label, " \"'");
  label[strcspn (label, " \"';/>\t\r\n")] = '\0';
  at = find_known (label);
  return at >= 0 ? known[at].name : NULL;
}
