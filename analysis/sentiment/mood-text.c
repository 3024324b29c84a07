/* mood-text.c: folding of characters, by one table over the basic plane. */

#include "config.h"

#include "sentiment/mood-text.h"

#include <string.h>

#include "sentiment/simplified.h"

#define MOST_REPEATS 3
#define ADDRESS 0xf8f0 /* stands for a web address */
#define EMOJI 0xe000   /* the private use area holds what is beyond the basic plane */
#define N_EMOJI 6144

static guint16 folded[65536]; /* 0: left out */
static guint8  class_of[65536];

static MqSignClass
classify (guint c)
{
  if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x3040 && c <= 0x30ff) || (c >= 0xac00 && c <= 0xd7a3))
    return MQ_SIGN_CJK;
  if (c <= 0x20 || c == 0xa0 || c == 0x3000)
    return MQ_SIGN_SPACE;
  if (c < 0xe000 && c != '_' && g_unichar_isalpha (c))
    return MQ_SIGN_LETTER;
  if (c == '\'' || c == '`')
    return MQ_SIGN_MARK;
  if (strchr (".,;:!?()", c < 0x80 ? (int) c : 'x') != NULL || c == 0x3002 || c == 0x3001 || c == 0x2026 || c == '~' || c == '"')
    return MQ_SIGN_STOP;
  return MQ_SIGN_MARK;
}

static guint
fold (guint c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xfee0;
  if (c == 0x3000)
    return ' ';
  if (c == 0x2019 || c == 0x2018 || c == 0xb4)
    return '\'';
  if (c == 0x201c || c == 0x201d || c == 0x300c || c == 0x300d)
    return '"';
  if (c == 0x3002)
    return '.';
  if (c == 0x3001)
    return ',';
  if (c == 0x200b || c == 0x200d || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f))
    return 0;
  if (c >= '0' && c <= '9')
    return '0';
  if (c >= 0xd800 && c <= 0xf8ff)
    return ' ';
  c = g_unichar_tolower (c);
  return c > 0xffff ? ' ' : c;
}

static void
prepare (void)
{
  static gsize ready;

  if (!g_once_init_enter (&ready))
    return;
  for (guint c = 1; c < 65536; c++)
    folded[c] = c < 0x20 && c != '\n' ? ' ' : fold (c);
  folded[0] = ' ';
  for (const char *at = mq_simplified_pairs; *at != '\0';)
    {
      gunichar from = g_utf8_get_char (at);

      at = g_utf8_next_char (at);
      folded[from] = g_utf8_get_char (at);
      at = g_utf8_next_char (at);
    }
  for (guint c = 0; c < 65536; c++)
    class_of[c] = c >= EMOJI && c <= 0xf8ff ? MQ_SIGN_MARK : classify (c);
  class_of['\n'] = MQ_SIGN_STOP;
  g_once_init_leave (&ready, 1);
}

static void
reserve (MqMoodText *self, gsize n)
{
  if (n <= self->allocated)
    return;
  self->allocated = n + n / 2 + 256;
  self->units = g_renew (guint16, self->units, self->allocated + 4);
  self->classes = g_renew (guint8, self->classes, self->allocated + 4);
  self->offsets = g_renew (guint32, self->offsets, self->allocated + 4);
}

/* The character at `at` in `*length` bytes; a blank where there is none. */
static guint
decode (const guint8 *at, const guint8 *end, guint *length)
{
  if (at[0] < 0x80)
    {
      *length = 1;
      return at[0];
    }
  if (at[0] >= 0xe0 && at[0] < 0xf0 && end - at >= 3 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80)
    {
      *length = 3;
      return (at[0] & 15) << 12 | (at[1] & 63) << 6 | (at[2] & 63);
    }
  if (at[0] >= 0xc2 && at[0] < 0xe0 && end - at >= 2 && (at[1] & 0xc0) == 0x80)
    {
      *length = 2;
      return (at[0] & 31) << 6 | (at[1] & 63);
    }
  if (at[0] >= 0xf0 && at[0] < 0xf5 && end - at >= 4 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80 && (at[3] & 0xc0) == 0x80)
    {
      *length = 4;
      return (at[0] & 7) << 18 | (at[1] & 63) << 12 | (at[2] & 63) << 6 | (at[3] & 63);
    }
  *length = 1;
  return ' ';
}

static gboolean
begins_address (const guint8 *at, const guint8 *end)
{
  gsize n = end - at;

  return (n > 7 && memcmp (at, "http://", 7) == 0) || (n > 8 && memcmp (at, "https://", 8) == 0) || (n > 4 && memcmp (at, "www.", 4) == 0);
}

static const guint8 *
skip_address (const guint8 *at, const guint8 *end)
{
  while (at<end && * at> 0x20 && *at < 0x80)
    at++;
  return at;
}

/* After an @: the name, at most 20 characters. */
static const guint8 *
skip_name (const guint8 *at, const guint8 *end)
{
  for (guint i = 0; i < 20 && at < end; i++)
    {
      guint length, c = decode (at, end, &length);

      if (c > 0xffff || (class_of[folded[c]] != MQ_SIGN_CJK && class_of[folded[c]] != MQ_SIGN_LETTER && folded[c] != '0' && c != '_' && c != '-'))
        break;
      at += length;
    }
  return at;
}

static void
append (MqMoodText *self, guint unit, gsize offset)
{
  gsize n = self->n;

  if (n >= MOST_REPEATS && self->units[n - 1] == unit && self->units[n - 2] == unit && self->units[n - 3] == unit)
    return;
  if (unit == '0' && n > 0 && self->units[n - 1] == '0')
    return;
  self->units[n] = unit;
  self->classes[n] = class_of[unit];
  self->offsets[n] = offset;
  self->n_cjk += class_of[unit] == MQ_SIGN_CJK;
  self->n_letters += class_of[unit] == MQ_SIGN_LETTER;
  self->n++;
}

void
mq_mood_text_read (MqMoodText *self, const char *text, gsize length)
{
  const guint8 *begin = (const guint8 *) text, *at = begin, *end = begin + length;

  prepare ();
  reserve (self, length + 1);
  self->n = self->n_cjk = self->n_letters = 0;
  while (at < end)
    {
      const guint8 *start = at;
      guint         n, c = decode (at, end, &n), unit;

      at += n;
      if ((c == 'h' || c == 'w') && begins_address (start, end))
        {
          at = skip_address (start, end);
          unit = ADDRESS;
        }
      else if (c == '@')
        {
          at = skip_name (at, end);
          continue;
        }
      else if (c >= 0x1f3fb && c <= 0x1f3ff) /* colours of skin */
        continue;
      else
        unit = c > 0xffff ? EMOJI + c % N_EMOJI : folded[c];
      if (unit != 0)
        append (self, unit, start - begin);
    }
  memset (self->units + self->n, 0, 4 * sizeof *self->units);
  memset (self->classes + self->n, 0, 4);
  self->offsets[self->n] = length;
}

void
mq_mood_text_clear (MqMoodText *self)
{
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->classes, g_free);
  g_clear_pointer (&self->offsets, g_free);
}

gunichar
mq_mood_fold_character (gunichar c)
{
  prepare ();
  if (c > 0xffff || (c >= '0' && c <= '9') || (c >= 0xd800 && c <= 0xf8ff))
    return c;
  if (c >= 0xff10 && c <= 0xff19)
    return c - 0xff10 + '0';
  return folded[c];
}
