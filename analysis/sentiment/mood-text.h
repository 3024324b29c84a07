/* mood-text.h: a text as the model reads it: characters of the basic plane, lower case, traditional folded to simplified,
 * full width to half, digits to one 0, addresses to one sign, @names left out, no character more than three times in a row. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_SIGN_SPACE,
  MQ_SIGN_CJK,
  MQ_SIGN_LETTER,
  MQ_SIGN_STOP, /* punctuation that ends a clause */
  MQ_SIGN_MARK, /* any other sign: emoji too */
} MqSignClass;

/* So many units may be read from any unit of a text on; those behind its end and the 4 zeros say nothing. */
#define MQ_MOOD_BEHIND 8

/* The lowest bit of each of eight bytes. */
#define MQ_MOOD_EACH_BYTE G_GUINT64_CONSTANT (0x0101010101010101)

/* Reused from text to text; one a thread. */
typedef struct
{
  guint16 *units;   /* (owned) n, and 4 zeros after them */
  guint8  *classes; /* (owned) MqSignClass, as many, and 8 zeros */
  guint32 *offsets; /* (owned) n + 1: where each begins in the text, in bytes */
  gsize    n;
  gsize    allocated;
  gsize    n_cjk;
  gsize    n_letters;
} MqMoodText;

/* Any bytes: what is no UTF-8 is a blank. length < 2^31. */
void mq_mood_text_read (MqMoodText *self, const char *text, gsize length);
void mq_mood_text_clear (MqMoodText *self);

/* One character folded as the model folds it, but digits and what is beyond the basic plane stay; 0: left out. For searching. */
gunichar mq_mood_fold_character (gunichar c);
/* Valid UTF-8, character by character. (transfer full) */
char *mq_mood_fold_text (const char *text);
/* The same into `out`, a NUL after it. Returns the length. */
gsize mq_mood_fold_bytes (const char *text, gsize length, char *out);
#define MQ_MOOD_FOLD_MOST(length) ((length) *3 + 1) /* no character becomes more than thrice as long */

static inline gboolean
mq_mood_text_is_chinese (const MqMoodText *self)
{
  return self->n_cjk * 4 >= self->n_letters && self->n_cjk > 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqMoodText, mq_mood_text_clear)

G_END_DECLS
