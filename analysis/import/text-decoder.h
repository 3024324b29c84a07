/* text-decoder.h: the bytes of a raw file as UTF-8, strictly. One thread. */

#pragma once

#include <gio/gio.h>

#include "base/checksum.h"
#include "import/raw-file.h"

G_BEGIN_DECLS

#define MQ_TEXT_DECODER_MIN_BUFFER 64

typedef struct
{
  MqRawFile *raw;      /* (borrowed) */
  MqSha256  *sha;      /* (borrowed) (nullable) gets the bytes as they are read */
  gint64     position; /* in the file: bytes read */
  gint64     end;
  gboolean   marks; /* of UTF-8: a byte that is none is given as NUL */
  gint64     n_marked;
  gint64     bad; /* after an error of the encoding: the first byte that does not fit */

  GIConv converter; /* (owned) or -1: UTF-8 is checked, not converted */
  char  *pending;   /* (owned) (nullable) read and not yet converted */
  gsize  pending_from;
  gsize  pending_to;
  char   tail[4]; /* the beginning of a character that the last read cut */
  gsize  tail_length;
} MqTextDecoder;

/* Bytes [begin, end) of the file. MQ_IMPORT_ERROR_SETTING if there is no such encoding. */
gboolean mq_text_decoder_init (MqTextDecoder *self, MqRawFile *raw, const char *encoding, gint64 begin, gint64 end, GError **error);
void     mq_text_decoder_clear (MqTextDecoder *self);
/* Whole characters, up to size (MQ_TEXT_DECODER_MIN_BUFFER or more) bytes; 0 at the end; -1 with an error, which is
 * MQ_IMPORT_ERROR_ENCODING (without a place) where the bytes do not fit; all text before them was given then. */
gssize mq_text_decoder_read (MqTextDecoder *self, char *buffer, gsize size, GError **error);

/* A place in text that comes in pieces. */
typedef struct
{
  gint64   line;
  gint64   column; /* of the next character */
  gboolean after_cr;
} MqTextPlace;

#define MQ_TEXT_PLACE_INIT \
  {                        \
    1, 1, FALSE            \
  }
void mq_text_place_advance (MqTextPlace *self, const char *text, gsize length);

G_END_DECLS
