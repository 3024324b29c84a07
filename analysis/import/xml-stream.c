/* xml-stream.c: expat with everything off that XML allows and tables do not need. */

#include "config.h"
#include "import/xml-stream.h"

#include <expat.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "import/import-error.h"

#define PIECE_BYTES MQ_PIECE (64 * 1024)
#define MAX_DEPTH 64
#define MAX_ATTRIBUTES 200

struct _MqXmlStream
{
  MqZipReader  *reader; /* (owned) */
  XML_Parser    parser; /* (owned) */
  MqXmlHandlers handlers;
  gpointer      data;
  guint         depth;
  const char   *failure; /* (nullable) */
  char         *name;    /* (owned) of the entry */
};

static const char *
skip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
start_cb (void *data, const XML_Char *name, const XML_Char **attributes)
{
  MqXmlStream *self = data;

  if (self->failure != NULL)
    return;
  if (++self->depth > MAX_DEPTH)
    mq_xml_stream_fail (self, _ ("The XML is nested deeper than any workbook. Save the workbook again from a spreadsheet."));
  else if (XML_GetSpecifiedAttributeCount (self->parser) > 2 * MAX_ATTRIBUTES)
    mq_xml_stream_fail (self, _ ("The XML has an element with more attributes than any workbook. Save the workbook again from a spreadsheet."));
  else
    self->handlers.start (self->data, skip_prefix (name), attributes);
}

static void
end_cb (void *data, const XML_Char *name)
{
  MqXmlStream *self = data;

  if (self->failure != NULL)
    return;
  self->depth--;
  self->handlers.end (self->data, skip_prefix (name));
}

static void
text_cb (void *data, const XML_Char *text, int length)
{
  MqXmlStream *self = data;

  if (self->failure == NULL)
    self->handlers.text (self->data, text, length);
}

static void
doctype_cb (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
  mq_xml_stream_fail (data, _ ("The XML has a DOCTYPE, which workbooks never have and files made to do harm do. Save the workbook again from a spreadsheet."));
}

static gboolean
fail_parse (MqXmlStream *self, GError **error)
{
  if (self->failure != NULL)
    g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, self->failure);
  else
    g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, _ ("The workbook is damaged: “%s” in it is no XML from its line %lu on. Save it again from a spreadsheet."), self->name, (unsigned long) XML_GetCurrentLineNumber (self->parser));
  return FALSE;
}

MqXmlStream *
mq_xml_stream_new (MqZipArchive *archive, const MqZipEntry *entry, const MqXmlHandlers *handlers, gpointer data, GError **error)
{
  MqZipReader *reader = mq_zip_reader_new (archive, entry, error);
  MqXmlStream *self;

  if (reader == NULL)
    return NULL;
  self = g_new0 (MqXmlStream, 1);
  self->reader = reader;
  self->handlers = *handlers;
  self->data = data;
  self->name = g_strdup (entry->name);
  self->parser = XML_ParserCreate (NULL);
  XML_SetUserData (self->parser, self);
  XML_SetElementHandler (self->parser, start_cb, end_cb);
  if (handlers->text != NULL)
    XML_SetCharacterDataHandler (self->parser, text_cb);
  XML_SetStartDoctypeDeclHandler (self->parser, doctype_cb);
  return self;
}

void
mq_xml_stream_free (MqXmlStream *self)
{
  XML_ParserFree (self->parser);
  mq_zip_reader_free (self->reader);
  g_free (self->name);
  g_free (self);
}

gboolean
mq_xml_stream_step (MqXmlStream *self, GError **error)
{
  char  *buffer = XML_GetBuffer (self->parser, PIECE_BYTES);
  gssize n;

  if (buffer == NULL)
    return fail_parse (self, error);
  n = mq_zip_reader_read (self->reader, buffer, PIECE_BYTES, error);
  if (n < 0)
    return FALSE;
  if (XML_ParseBuffer (self->parser, n, n == 0) == XML_STATUS_ERROR)
    return fail_parse (self, error);
  return n > 0;
}

void
mq_xml_stream_fail (MqXmlStream *self, const char *sentence)
{
  if (self->failure == NULL)
    self->failure = sentence;
  XML_StopParser (self->parser, XML_FALSE);
}

gint64
mq_xml_stream_position (const MqXmlStream *self)
{
  return mq_zip_reader_position (self->reader);
}

gboolean
mq_xml_read (MqZipArchive *archive, const MqZipEntry *entry, const MqXmlHandlers *handlers, gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (MqXmlStream) self = mq_xml_stream_new (archive, entry, handlers, data, error);
  g_autoptr (GError) local = NULL;

  if (self == NULL)
    return FALSE;
  while (mq_run_check (run, &local) && mq_xml_stream_step (self, &local))
    ;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

const char *
mq_xml_attribute (const char **attributes, const char *name)
{
  for (guint i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (skip_prefix (attributes[i]), name) == 0)
      return attributes[i + 1];
  return NULL;
}
