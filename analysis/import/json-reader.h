/* json-reader.h: MqJsonReader, a text of JSON cut into records: the elements of an array, or objects one after the
 * other, mostly one a line (JSON Lines). Only one record is in memory. Errors begin with "LINE:COLUMN: ". One thread. */

#pragma once

#include "import/text-decoder.h"
#include "import/text-source.h"

G_BEGIN_DECLS

typedef struct _MqJsonReader MqJsonReader;

/* text: (borrowed), at its beginning. */
MqJsonReader *mq_json_reader_new (MqTextSource *text, const MqRun *run);
void          mq_json_reader_free (MqJsonReader *self);
/* The next record, valid until the next call, and where it stands; NULL at the end or with error. What is in it is not
 * looked at except for where it ends. */
const char *mq_json_reader_next (MqJsonReader *self, gsize *length, MqTextPlace *place, GError **error);
guint       mq_json_reader_depth (const MqJsonReader *self); /* of what is around a record */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqJsonReader, mq_json_reader_free)

G_END_DECLS
