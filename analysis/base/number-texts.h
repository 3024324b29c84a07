/* number-texts.h: MqNumberTexts, a short way from texts that are numbers but for a fixed beginning ("C00127402",
 * "product-0334", "4711") to what is known of them: a plain array. Only a cache: what it does not know is nowhere said not
 * to exist. */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define MQ_NUMBER_TEXT_NONE G_MAXUINT32

/* The texts have one form, learned from the first: either `length` bytes of which the last ones are digits, or, length 0,
 * one to eight digits without a leading zero. */
typedef struct
{
  guint    length;
  guint    digits; /* 0: no form, all texts are unknown */
  guint64  head;   /* the first eight bytes, those before the digits */
  guint64  head_mask;
  guint64  tail;      /* the last eight bytes, '0' for each digit */
  guint64  tail_mask; /* the bytes that are no digits */
  guint32 *known;     /* (owned) by number: what was noted + 1, or 0 */
  gsize    room;
} MqNumberTexts;

void mq_number_texts_learn (MqNumberTexts *self, const char *text, gsize length);
/* n: how many texts there are, which bounds the memory. */
void mq_number_texts_note (MqNumberTexts *self, guint32 number, guint32 what, guint n);
void mq_number_texts_clear (MqNumberTexts *self);

static inline guint64
mq_number_texts_load (const char *text)
{
  guint64 value;

  memcpy (&value, text, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* Eight characters, '0' to '9' less '0', the first in the lowest byte. */
static inline guint32
mq_number_texts_value (guint64 digits)
{
  const guint64 mask = G_GUINT64_CONSTANT (0x000000ff000000ff);

  digits = digits * 10 + (digits >> 8);
  return ((digits & mask) * G_GUINT64_CONSTANT (0x000f424000000064) + ((digits >> 16) & mask) * G_GUINT64_CONSTANT (0x0000271000000001)) >> 32;
}

static inline gboolean
mq_number_texts_are_digits (guint64 digits)
{
  return ((digits | (digits + G_GUINT64_CONSTANT (0x0606060606060606))) & G_GUINT64_CONSTANT (0xf0f0f0f0f0f0f0f0)) == 0;
}

/* One to seven characters as the last of eight, zeros before them. */
static inline guint64
mq_number_texts_load_short (const char *text, gsize length)
{
  guint64 zeros = G_GUINT64_CONSTANT (0x3030303030303030) >> (8 * length);
  guint64 value = 0;

  if (length >= 4)
    {
      guint32 first, last;

      memcpy (&first, text, sizeof first);
      memcpy (&last, text + length - 4, sizeof last);
      return (guint64) GUINT32_FROM_LE (last) << 32 | (guint64) GUINT32_FROM_LE (first) << (64 - 8 * length) | zeros;
    }
  value = (guint64) (guint8) text[0] << (64 - 8 * length) | (guint64) (guint8) text[length / 2] << (64 - 8 * length + 8 * (length / 2)) | (guint64) (guint8) text[length - 1] << 56;
  return value | zeros;
}

/* The number of a text of this form, or MQ_NUMBER_TEXT_NONE. */
static inline guint32
mq_number_texts_number (const MqNumberTexts *self, const char *text, gsize length)
{
  guint64 tail;

  if (self->length > 0)
    {
      if (length != self->length)
        return MQ_NUMBER_TEXT_NONE;
      tail = mq_number_texts_load (text + length - 8) ^ self->tail;
      if (((tail & self->tail_mask) | ((mq_number_texts_load (text) ^ self->head) & self->head_mask)) != 0)
        return MQ_NUMBER_TEXT_NONE;
    }
  else
    {
      if (length - 1 >= 8 || (text[0] == '0' && length > 1))
        return MQ_NUMBER_TEXT_NONE;
      tail = (length == 8 ? mq_number_texts_load (text) : mq_number_texts_load_short (text, length)) ^ G_GUINT64_CONSTANT (0x3030303030303030);
    }
  return mq_number_texts_are_digits (tail) ? mq_number_texts_value (tail) : MQ_NUMBER_TEXT_NONE;
}

G_END_DECLS
