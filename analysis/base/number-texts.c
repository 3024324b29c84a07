/* number-texts.c: the form of texts and the array. */

#include "base/number-texts.h"

#define LEAST_ROOM 4096
#define ROOM_A_TEXT 16 /* numbers for each text that is there: an array with more holes costs more than it saves */
#define MOST_DIGITS 8
#define LONGEST 16

static guint
count_digits (const char *text, gsize length)
{
  guint n = 0;

  while (n < length && n < MOST_DIGITS && g_ascii_isdigit (text[length - n - 1]))
    n++;
  return n;
}

/* The bytes from..7 of a word. */
static guint64
mask_from (guint from)
{
  return from >= 8 ? 0 : G_MAXUINT64 << (8 * from);
}

void
mq_number_texts_learn (MqNumberTexts *self, const char *text, gsize length)
{
  guint digits = count_digits (text, length);

  if (digits == 0 || length > LONGEST)
    return;
  if (digits == length && (text[0] != '0' || length == 1))
    {
      self->digits = MOST_DIGITS;
      return;
    }
  if (length < 8)
    return;
  self->digits = digits;
  self->length = length;
  self->tail_mask = ~mask_from (8 - digits);
  self->tail = (mq_number_texts_load (text + length - 8) & self->tail_mask) | (mask_from (8 - digits) & G_GUINT64_CONSTANT (0x3030303030303030));
  self->head_mask = ~mask_from (MIN (length - digits, 8));
  self->head = mq_number_texts_load (text);
}

void
mq_number_texts_note (MqNumberTexts *self, guint32 number, guint32 what, guint n)
{
  gsize    room = MAX (LEAST_ROOM, 2 * self->room);
  guint32 *known;

  if (number >= self->room)
    {
      if (number >= LEAST_ROOM + (guint64) ROOM_A_TEXT * n)
        return;
      while (room <= number)
        room *= 2;
      known = g_try_renew (guint32, self->known, room);
      if (known == NULL)
        return;
      self->known = known;
      memset (self->known + self->room, 0, (room - self->room) * sizeof *self->known);
      self->room = room;
    }
  self->known[number] = what + 1;
}

void
mq_number_texts_clear (MqNumberTexts *self)
{
  g_free (self->known);
  memset (self, 0, sizeof *self);
}
