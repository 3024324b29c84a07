/* record-run.h: reads bytes as the importer reads a file, for fuzz targets of file formats. */

#pragma once

#include "import/record-source.h"

#define MAX_BLOCKS 10000

/* All records, twice; the same both times. */
static inline void
run_records (const void *data, gsize size, gsize block_bytes)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (data, size, NULL);
  MqRecordSourceOptions options = { .block_bytes = block_bytes, .sniff_bytes = 4096 };
  g_autoptr (MqRecordSource) source = mq_record_source_open_stream (in, "fuzz", G_MAXINT32, &options, NULL, NULL);
  MqCsvLayout layout;
  gsize       lengths[2] = { 0, 0 };

  if (source == NULL || !mq_record_source_begin (source, &layout, NULL, NULL))
    return;
  for (guint pass = 0; pass < 2; pass++)
    {
      gboolean at_end = FALSE;

      for (guint i = 0; !at_end; i++)
        {
          g_autoptr (GError) error = NULL;
          gint64 line = 0;
          g_autoptr (GBytes) block = mq_record_source_next (source, &line, &at_end, NULL, &error);

          if (error != NULL)
            return;
          if (i > MAX_BLOCKS)
            g_error ("the source does not end");
          lengths[pass] += block != NULL ? g_bytes_get_size (block) : 0;
        }
      if (pass == 0 && !mq_record_source_rewind (source, NULL))
        return;
    }
  if (lengths[0] != lengths[1])
    g_error ("read again, the file is another: %zu and %zu bytes", lengths[0], lengths[1]);
}
