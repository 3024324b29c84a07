/* inflater.h: MqInflater, bytes of a raw file unpacked as they are read: raw deflate (zip), gzip with several members, or
 * stored. Stops at what unpacks implausibly well. Errors are MQ_IMPORT_ERROR_FORMAT, _OPEN where reading fails. One thread. */

#pragma once

#include "import/raw-file.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_INFLATE_STORED,
  MQ_INFLATE_RAW,
  MQ_INFLATE_GZIP,
} MqInflateMethod;

typedef struct _MqInflater MqInflater;

/* Bytes [begin, end) of raw (borrowed). */
MqInflater *mq_inflater_new (MqRawFile *raw, gint64 begin, gint64 end, MqInflateMethod method);
void        mq_inflater_free (MqInflater *self);
/* Up to size bytes; 0 at the end; -1 with error. Of a raw file that is cut, the data may end anywhere. */
gssize  mq_inflater_read (MqInflater *self, char *buffer, gsize size, GError **error);
guint32 mq_inflater_crc (const MqInflater *self);      /* of what was read */
guint64 mq_inflater_size (const MqInflater *self);     /* of what was read */
gint64  mq_inflater_position (const MqInflater *self); /* packed bytes read */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqInflater, mq_inflater_free)

G_END_DECLS
