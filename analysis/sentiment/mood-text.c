/* mood-text.c: folding of characters, by one table over the basic plane. */

#include "config.h"

#include "sentiment/mood-text.h"

#include <string.h>

#include "sentiment/simplified.h"

#define MOST_REPEATS 3
#define ADDRESS 0xf8f0 /* stands for a web address */
#define EMOJI 0xe000   /* the private use area holds what is beyond the basic plane */
#define N_EMOJI 6144

#define LANES 16

typedef gint8   Bytes __attribute__ ((vector_size (LANES)));
typedef guint64 Words __attribute__ ((vector_size (LANES)));
typedef guint16 Units __attribute__ ((vector_size (2 * LANES)));
typedef guint32 Offsets __attribute__ ((vector_size (LANES)));

static guint16 folded[65536]; /* 0: left out */
static guint8  class_of[65536];
static guint16 plain_of[256];                 /* of a byte that is a sign by itself: its unit, and 256 times its class; 0: look closer */
static guint8  alters[(0xa000 - 0x4e00) / 8]; /* a bit for each of the Chinese characters that read_three() reads: it is folded */

#define MAY_BEGIN_ADDRESS 0x8000 /* in plain_of: look at the next byte too */

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
  for (guint c = 0; c < 128; c++)
    plain_of[c] = c == '@' ? 0 : folded[c] | class_of[folded[c]] << 8 | (c == 'h' || c == 'w' ? MAY_BEGIN_ADDRESS : 0);
  for (guint c = 0x4e00; c < 0xa000; c++)
    alters[(c - 0x4e00) / 8] |= (folded[c] != c) << c % 8;
  g_once_init_leave (&ready, 1);
}

static void
reserve (MqMoodText *self, gsize n)
{
  G_STATIC_ASSERT (LANES >= MQ_MOOD_BEHIND);
  if (n <= self->allocated)
    return;
  self->allocated = n + n / 2 + 256;
  self->units = g_renew (guint16, self->units, self->allocated + LANES);
  self->classes = g_renew (guint8, self->classes, self->allocated + LANES);
  self->offsets = g_renew (guint32, self->offsets, self->allocated + LANES);
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
  if (at[0] >= 0xe0 && at[0] < 0xf0 && end - at >= 3 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80 && (at[0] > 0xe0 || at[1] >= 0xa0))
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

/* Where the next unit of a text goes. */
typedef struct
{
  guint16 *units;
  guint8  *classes;
  guint32 *offsets;
  gsize    n;
  guint    last; /* the unit before; 0: none */
} Place;

/* Whether a unit that is the one before is one too many. */
static gboolean
is_too_many (const Place *place, guint unit)
{
  gsize n = place->n;

  return unit == '0' || (n >= MOST_REPEATS && place->units[n - 2] == unit && place->units[n - 3] == unit);
}

static inline void
append (Place *place, guint unit, guint class, gsize offset)
{
  gsize n = place->n;

  if (unit == place->last && is_too_many (place, unit))
    return;
  place->units[n] = unit;
  place->classes[n] = class;
  place->offsets[n] = offset;
  place->last = unit;
  place->n = n + 1;
}

/* What is no plain sign: the begin of an address, a name, an emoji, a sign that is left out. Returns the end of what was read. */
static const guint8 *
read_special (Place *place, const guint8 *at, const guint8 *begin, const guint8 *end)
{
  guint         n, c = decode (at, end, &n), unit;
  const guint8 *next = at + n;

  if ((c == 'h' || c == 'w') && begins_address (at, end))
    {
      next = skip_address (at, end);
      unit = ADDRESS;
    }
  else if (c == '@')
    return skip_name (next, end);
  else if (c >= 0x1f3fb && c <= 0x1f3ff) /* colours of skin */
    return next;
  else
    unit = c > 0xffff ? EMOJI + c % N_EMOJI : folded[c];
  if (unit != 0)
    append (place, unit, class_of[unit], at - begin);
  return next;
}

static inline Bytes
load (const guint8 *at)
{
  Bytes bytes;

  memcpy (&bytes, at, sizeof bytes);
  return bytes;
}

/* The first lane that is not 0. */
static inline guint
find_lane (Bytes lanes)
{
  Words words = (Words) lanes;

  if (words[0] != 0)
    return __builtin_ctzll (GUINT64_FROM_LE (words[0])) / 8;
  return words[1] != 0 ? LANES / 2 + __builtin_ctzll (GUINT64_FROM_LE (words[1])) / 8 : LANES;
}

/* Whether the two units before are what the two bytes before say: nothing was left out, and no other byte became a blank. */
static inline gboolean
follows_plain (const Place *place, const guint8 *at)
{
  return at[-1] >= ' ' && at[-2] >= ' ' && (plain_of[at[-1]] & 0x7f) == place->units[place->n - 1] && (plain_of[at[-2]] & 0x7f) == place->units[place->n - 2];
}

/* The lanes that are to be read one by one: what may be left out, and what may begin an address. Two bytes before them and
 * two after are looked at. */
static inline Bytes
find_odd (const guint8 *at)
{
  Bytes v = load (at), before = load (at - 1), next = load (at + 1);
  Bytes again = (v | 0x20) == (before | 0x20), digits = (v >= '0') & (v <= '9') & (before >= '0') & (before <= '9');
  Bytes thrice = again & ((v | 0x20) == (load (at - 2) | 0x20));
  Bytes address = (next == load (at + 2)) & (((v == 'h') & (next == 't')) | ((v == 'w') & (next == 'w')));

  return (v < ' ') | (v == '@') | digits | thrice | address;
}

/* Sixteen bytes at once, up to the first that is to be read by itself. Returns how many. */
static inline guint
read_sixteen (Place *place, const guint8 *at, gsize offset)
{
  const Offsets lane = { 0, 1, 2, 3 };
  gsize         n = place->n;
  guint         read = find_lane (find_odd (at));
  Bytes         v = load (at), letter, stop, class;
  Units         units;

  v |= ((v >= 'A') & (v <= 'Z')) & 0x20;
  v &= ~(((v >= '0') & (v <= '9')) & 0x0f);
  letter = (v >= 'a') & (v <= 'z');
  stop = (v == '.') | (v == ',') | (v == ';') | (v == ':') | (v == '!') | (v == '?') | (v == '(') | (v == ')') | (v == '~') | (v == '"');
  class = (letter & MQ_SIGN_LETTER) | (stop & MQ_SIGN_STOP) | (~(letter | stop | (v == ' ')) & MQ_SIGN_MARK);
  units = __builtin_convertvector(v, Units);
  memcpy (place->units + n, &units, sizeof units);
  memcpy (place->classes + n, &class, sizeof class);
  for (guint i = 0; i < LANES; i += 4)
    {
      Offsets offsets = lane + (guint32) (offset + i);

      memcpy (place->offsets + n + i, &offsets, sizeof offsets);
    }
  place->n = n + read;
  return read;
}

/* Plain signs, sixteen at once. Returns where the next one is to be read. */
static const guint8 *
read_plain (Place *place, const guint8 *at, const guint8 *begin, const guint8 *end)
{
  guint read = LANES;

  for (; read == LANES && end - at >= LANES + 2; at += read)
    read = read_sixteen (place, at, at - begin);
  if (read == LANES)
    {
      guint8 rest[2 + LANES + 2] = { 0 }; /* 0 is to be read by itself */

      memcpy (rest, at - 2, MIN (end - at, LANES) + 2);
      at += read_sixteen (place, rest + 2, at - begin);
    }
  place->last = place->units[place->n - 1];
  return at;
}

/* Whether sixteen may be read at once - there are two bytes before, and nothing was left out of them -, and that is worth while: four
 * are plain. */
static inline gboolean
begins_plain (const Place *place, const guint8 *at, const guint8 *end)
{
  guint32 four;

  if (place->n < 2 || end - at < 4)
    return FALSE;
  memcpy (&four, at, sizeof four);
  return (four & 0x80808080) == 0 && follows_plain (place, at);
}

/* A character of three bytes; 0: there is none. */
static inline guint
read_three (const guint8 *at, const guint8 *end)
{
  guint32 bytes;

  guint c;

  if (end - at < 4) /* the last one is left to decode() */
    return 0;
  memcpy (&bytes, at, sizeof bytes);
  bytes = GUINT32_FROM_BE (bytes);
  if ((bytes & 0xf0c0c000) != 0xe0808000)
    return 0;
  c = (bytes >> 12 & 0xf000) | (bytes >> 10 & 0xfc0) | (bytes >> 8 & 0x3f);
  return c >= 0x800 ? c : 0;
}

/* An address begins with "ht" or "ww". */
static inline gboolean
may_begin_address (const guint8 *at, const guint8 *end)
{
  return at + 1 < end && at[1] == (at[0] == 'h' ? 't' : 'w');
}

static const guint8 *
read_units (Place *place, const guint8 *at, const guint8 *begin, const guint8 *end)
{
  Place here = *place;

  while (at < end)
    {
      guint c, unit, plain;

      if (begins_plain (&here, at, end) && (at = read_plain (&here, at, begin, end)) == end)
        break;
      plain = plain_of[*at];
      if (plain != 0 && (plain < MAY_BEGIN_ADDRESS || !may_begin_address (at, end)))
        {
          append (&here, plain & 0x7f, plain >> 8 & 0x7f, at - begin);
          at++;
        }
      else if ((c = read_three (at, end)) != 0)
        do
          {
            if (c - 0x4e00 < 0xa000 - 0x4e00)
              append (&here, alters[(c - 0x4e00) / 8] >> c % 8 & 1 ? folded[c] : c, MQ_SIGN_CJK, at - begin);
            else if ((unit = folded[c]) != 0)
              append (&here, unit, class_of[unit], at - begin);
            at += 3;
          }
        while ((c = read_three (at, end)) != 0);
      else
        break;
    }
  *place = here;
  return at;
}

/* Ones in the lowest bits of eight bytes. */
static inline guint
count_ones (guint64 bytes)
{
  return bytes * MQ_MOOD_EACH_BYTE >> 56;
}

static void
count_classes (MqMoodText *self)
{
  gsize cjk = 0, letters = 0;

  G_STATIC_ASSERT (MQ_SIGN_CJK == 1 && MQ_SIGN_LETTER == 2 && MQ_SIGN_STOP == 3 && MQ_SIGN_MARK == 4);
  for (gsize i = 0; i < self->n; i += 8)
    {
      guint64 classes, twos;

      memcpy (&classes, self->classes + i, sizeof classes);
      twos = classes >> 1;
      cjk += count_ones (classes & ~twos & MQ_MOOD_EACH_BYTE);
      letters += count_ones (twos & ~classes & MQ_MOOD_EACH_BYTE);
    }
  self->n_cjk = cjk;
  self->n_letters = letters;
}

void
mq_mood_text_read (MqMoodText *self, const char *text, gsize length)
{
  const guint8 *begin = (const guint8 *) text, *at = begin, *end = begin + length;
  Place         place;

  prepare ();
  reserve (self, length + 1);
  place = (Place){ self->units, self->classes, self->offsets, 0, 0 };
  while ((at = read_units (&place, at, begin, end)) < end)
    at = read_special (&place, at, begin, end);
  self->n = place.n;
  memset (self->units + self->n, 0, 4 * sizeof *self->units);
  memset (self->classes + self->n, 0, 8);
  count_classes (self);
  self->offsets[self->n] = length;
}

void
mq_mood_text_clear (MqMoodText *self)
{
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->classes, g_free);
  g_clear_pointer (&self->offsets, g_free);
}

static inline guint
fold_for_search (guint c)
{
  if (c > 0xffff || (c >= '0' && c <= '9') || (c >= 0xd800 && c <= 0xf8ff))
    return c;
  if (c >= 0xff10 && c <= 0xff19)
    return c - 0xff10 + '0';
  return folded[c];
}

gunichar
mq_mood_fold_character (gunichar c)
{
  prepare ();
  return fold_for_search (c);
}

/* Any character of the basic plane, as UTF-8. */
static inline char *
put_character (char *to, guint c)
{
  if (c < 0x80)
    *to++ = c;
  else if (c < 0x800)
    {
      *to++ = 0xc0 | c >> 6;
      *to++ = 0x80 | (c & 63);
    }
  else
    {
      *to++ = 0xe0 | c >> 12;
      *to++ = 0x80 | (c >> 6 & 63);
      *to++ = 0x80 | (c & 63);
    }
  return to;
}

gsize
mq_mood_fold_bytes (const char *text, gsize length, char *out)
{
  const guint8 *at = (const guint8 *) text, *end = at + length;
  char         *to = out;

  prepare ();
  while (at < end)
    {
      guint n, c = decode (at, end, &n);

      if (n == 4)
        {
          memcpy (to, at, 4);
          to += 4;
        }
      else if ((c = fold_for_search (c)) != 0)
        to = put_character (to, c);
      at += n;
    }
  *to = '\0';
  return to - out;
}

char *
mq_mood_fold_text (const char *text)
{
  gsize length = strlen (text);
  char *out = g_malloc (MQ_MOOD_FOLD_MOST (length));

  mq_mood_fold_bytes (text, length, out);
  return out;
}
