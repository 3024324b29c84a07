/* xml-stream.h: MqXmlStream, one XML entry of an archive through expat, a piece at a time. A DOCTYPE is refused (with it
 * every entity), and so are deep nesting and elements with too many attributes. Names are given without their prefix.
 * Errors are MQ_IMPORT_ERROR_FORMAT. One thread. */

#pragma once

#include "import/zip-archive.h"

G_BEGIN_DECLS

typedef struct
{
  void (*start) (gpointer data, const char *name, const char **attributes);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text, int length); /* (nullable) */
} MqXmlHandlers;

typedef struct _MqXmlStream MqXmlStream;

MqXmlStream *mq_xml_stream_new (MqZipArchive *archive, const MqZipEntry *entry, const MqXmlHandlers *handlers, gpointer data, GError **error);
void         mq_xml_stream_free (MqXmlStream *self);
/* One piece; FALSE at the end or with error. */
gboolean mq_xml_stream_step (MqXmlStream *self, GError **error);
/* Stops with this sentence as the error; from a handler. */
void   mq_xml_stream_fail (MqXmlStream *self, const char *sentence);
gint64 mq_xml_stream_position (const MqXmlStream *self); /* packed bytes read */
/* All of it. */
gboolean mq_xml_read (MqZipArchive *archive, const MqZipEntry *entry, const MqXmlHandlers *handlers, gpointer data, const MqRun *run, GError **error);

/* The value of an attribute by its name without prefix, or NULL. */
const char *mq_xml_attribute (const char **attributes, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqXmlStream, mq_xml_stream_free)

G_END_DECLS
