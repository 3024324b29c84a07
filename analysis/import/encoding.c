/* encoding.c: strict UTF-8, and the marks of the other encodings. */

#include "import/encoding.h"

#include <string.h>

typedef guint64 Words64 __attribute__ ((vector_size (64)));

static inline gboolean
is_ascii_64 (const char *text)
{
  Words64 words;
  guint64 all = 0;

  memcpy (&words, text, sizeof words);
  for (guint i = 0; i < 8; i++)
    all |= words[i];
  return (all & 0x8080808080808080) == 0;
}

/* Lowest and highest second byte after a lead byte; 0 length for what is no lead byte. */
static inline guint
describe_lead (guint8 lead, guint8 *low, guint8 *high)
{
  *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90
                                            : 0x80;
  *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f
                                             : 0xbf;
  if (lead < 0xc2)
    return 0;
  if (lead < 0xe0)
    return 2;
  if (lead < 0xf0)
    return 3;
  return lead < 0xf5 ? 4 : 0;
}

/* Length of the valid character beyond ASCII at text, or 0. */
static inline guint
measure_character (const guint8 *text, gsize length)
{
  guint8 low;
  guint8 high;
  guint  size = describe_lead (text[0], &low, &high);

  if (size == 0 || size > length || text[1] < low || text[1] > high)
    return 0;
  for (guint i = 2; i < size; i++)
    if ((text[i] & 0xc0) != 0x80)
      return 0;
  return size;
}

gsize
mq_utf8_check (const char *text, gsize length)
{
  const guint8 *bytes = (const guint8 *) text;
  gsize         i = 0;

  while (i < length)
    {
      gsize stop = MIN (i + 64, length);

      if (stop == i + 64 && is_ascii_64 (text + i))
        {
          i = stop;
          continue;
        }
      while (i < stop)
        {
          guint size = bytes[i] < 0x80 ? 1 : measure_character (bytes + i, length - i);

          if (size == 0)
            return i;
          i += size;
        }
    }
  return i;
}

gboolean
mq_utf8_is_cut (const char *text, gsize length)
{
  const guint8 *bytes = (const guint8 *) text;
  guint8        low;
  guint8        high;
  guint         size;

  if (length == 0 || length > 3)
    return FALSE;
  size = describe_lead (bytes[0], &low, &high);
  if (size <= length || (length > 1 && (bytes[1] < low || bytes[1] > high)))
    return FALSE;
  return length < 3 || (bytes[2] & 0xc0) == 0x80;
}

gboolean
mq_utf8_is_damaged (const char *text, gsize length)
{
  const guint8 *bytes = (const guint8 *) text;
  gsize         good = 0;
  gsize         bad = 0;

  for (gsize i = 0; i < length;)
    {
      guint size = bytes[i] < 0x80 ? 1 : measure_character (bytes + i, length - i);

      good += size > 1;
      bad += size == 0;
      i += MAX (size, 1);
    }
  return good > bad;
}

const char *
mq_encoding_by_mark (const char *text, gsize length, gsize *mark_length)
{
  static const struct
  {
    const char *mark;
    gsize       length;
    const char *name;
  } marks[] = {
    { "\xef\xbb\xbf", 3, "UTF-8" },
    { "\xff\xfe\0\0", 4, "UTF-32LE" }, /* before UTF-16LE, whose mark it begins with */
    { "\0\0\xfe\xff", 4, "UTF-32BE" },
    { "\xff\xfe", 2, "UTF-16LE" },
    { "\xfe\xff", 2, "UTF-16BE" },
    { "\x84\x31\x95\x33", 4, "GB18030" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (text, marks[i].mark, marks[i].length) == 0)
      {
        *mark_length = marks[i].length;
        return marks[i].name;
      }
  *mark_length = 0;
  return NULL;
}

/* Text has ASCII in every encoding (delimiters, digits, line ends), whose characters leave NULs at fixed places. */
const char *
mq_encoding_by_nuls (const char *text, gsize length)
{
  gsize nuls[4] = { 0 };
  gsize units = length / 4;
  gsize even;
  gsize odd;

  for (gsize i = 0; i < 4 * units; i++)
    nuls[i % 4] += text[i] == '\0';
  even = nuls[0] + nuls[2];
  odd = nuls[1] + nuls[3];
  if (units < 2 || MIN (nuls[0], nuls[3]) == units)
    return NULL;
  if (nuls[3] == units && nuls[2] * 10 >= units * 9 && nuls[0] * 10 < units)
    return "UTF-32LE";
  if (nuls[0] == units && nuls[1] * 10 >= units * 9 && nuls[3] * 10 < units)
    return "UTF-32BE";
  if (odd >= 3 && odd * 16 >= units * 2 && even * 20 <= odd)
    return "UTF-16LE";
  if (even >= 3 && even * 16 >= units * 2 && odd * 20 <= even)
    return "UTF-16BE";
  return NULL;
}

double
mq_gb18030_usual_share (const char *text, gsize length)
{
  const guint8 *bytes = (const guint8 *) text;
  gsize         usual = 0;
  gsize         n = 0;

  for (gsize i = 0; i + 1 < length;)
    {
      guint8 lead = bytes[i];
      guint8 trail = bytes[i + 1];

      if (lead < 0x80)
        {
          i++;
          continue;
        }
      n++;
      if (trail >= 0x30 && trail <= 0x39)
        {
          usual++;
          i += 4;
          continue;
        }
      usual += trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3));
      i += 2;
    }
  return n == 0 ? 1 : (double) usual / n;
}
