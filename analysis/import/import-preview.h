/* import-preview.h: the first rows of a file, each cell as it stands beside what it is read as. */

#pragma once

#include "import/import-head.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  line; /* physical */
  guint   n;    /* columns of the mapping */
  char  **raw;  /* (owned) n texts; a cell that is not there is "" */
  char  **read; /* (owned) n texts as stored: "2026-01-31T10:00:00+08:00", "1234.50"; NULL: missing */
  guint8 *bad;  /* (owned) n: the cell cannot be read as what its column is */
} MqPreviewRow;

/* The first `limit` rows below the header (element-type MqPreviewRow) (transfer full). */
GPtrArray *mq_import_preview (const MqImportHead *head, guint limit);

G_END_DECLS
