/* import-head.h: the beginning of a file (up to 32 MB, mostly all of it) and everything decided from it: layout, mapping,
 * types, formats, order rules. What mq_importer_plan() shows and mq_importer_read() starts from. */

#pragma once

#include "base/dictionary.h"
#include "import/importer.h"
#include "import/infer.h"
#include "import/known-exports.h"
#include "import/orders-rules.h"
#include "import/record-source.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *bytes; /* (owned) whole records */
  gint64  first_line;
} MqHeadBlock;

typedef struct
{
  const MqImportOptions *options; /* (borrowed) */
  MqRecordSource        *source;  /* (owned) */
  char                  *name;    /* (owned) of the file, for messages */
  const MqZone          *zone;    /* of the file's wall clocks */
  int                    digits;  /* of the project's currency */
  gsize                  block_bytes;
  gsize                  head_bytes;

  MqCsvLayout layout;
  GPtrArray  *blocks;      /* (owned) (element-type MqHeadBlock) */
  gboolean    complete;    /* types and formats were decided from the whole file */
  gboolean    held;        /* the blocks are the whole file */
  gboolean    passed;      /* what follows the blocks was looked at: the source must begin again */
  gint64      header_line; /* records up to this line are no rows; 0 for none */

  const MqKnownExport *known;   /* (nullable) what export it is */
  MqMapping           *mapping; /* (owned) */
  MqInference          inference;
  MqEvidence          *evidence; /* (owned) one a column */
  MqOrderRules         rules;
  MqOrderCarry        *carry;    /* (owned) (nullable) orders only */
  GPtrArray           *statuses; /* (owned) (element-type MqStatusCount) */
  GPtrArray           *proofs;   /* (owned) (element-type utf8) */
  GPtrArray           *warnings; /* (owned) (element-type utf8) */
  char                *trouble;  /* (owned) (nullable) of mq_import_head_new_plan(): what is not decided, and keeps the file from being read */
} MqImportHead;

/* Takes the source. NULL with error, whose message begins with FILE: and, where known, LINE:COLUMN:. */
MqImportHead *mq_import_head_new (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error);
/* The same, but where something cannot be decided: that is its `trouble`. */
MqImportHead *mq_import_head_new_plan (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error);
/* The same as far as headers and mapping: nothing is known of the cells. */
MqImportHead *mq_import_head_new_look (MqRecordSource *source, const MqImportOptions *options, const MqRun *run, GError **error);
void          mq_import_head_free (MqImportHead *self);

/* What the source of a file needs to know of the options. */
MqRecordSourceOptions mq_import_source_options (const MqImportOptions *options);
/* Of a file that is larger than its beginning: keeps of that only what a preview shows. It is not read from memory again. */
void mq_import_head_forget (MqImportHead *self);
/* Begins the source again, for another reading of the whole file. */
gboolean mq_import_head_rewind (MqImportHead *self, GError **error);
/* Reads the next piece: whole records complete by it (transfer full), or NULL with *at_end or error. May be NULL without
 * either: go on. */
GBytes *mq_import_head_next (MqImportHead *self, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error);

/* Puts "FILE:" before the message of an error that begins with a place, "FILE: " before any other of the importer's. */
void mq_import_head_prefix (const MqImportHead *self, GError **error);

MqImportPlan *mq_import_head_plan (const MqImportHead *self); /* (transfer full) */
char         *mq_import_head_json (const MqImportHead *self); /* (transfer full) the mapping as it is stored */
/* Fills what the count's text means: a proposal, or what options->statuses says. FALSE with MQ_IMPORT_ERROR_SETTING for an option that says nothing. */
gboolean mq_import_status (const MqImportOptions *options, MqStatusCount *count, GError **error);

/* Adds a count of each text, sorted, with what it means; rows by the dictionary's code. FALSE likewise, or without memory. */
gboolean mq_import_list_statuses (const MqImportOptions *options, MqDictionary *texts, const GArray *rows, GPtrArray *statuses, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportHead, mq_import_head_free)

G_END_DECLS
