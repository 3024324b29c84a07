/* record-pack.h: MqRecordPack, records as bytes of their own: how sources that are no delimited text (workbooks, JSON,
 * web tables) hand rows over. A block of them goes wherever a block of CSV goes: mq_csv_parse() reads it when the
 * dialect says `packed`. In memory only, never stored. One thread. */

#pragma once

#include "import/csv-parser.h"

G_BEGIN_DECLS

typedef struct
{
  GString *bytes;   /* (owned) whole records */
  GString *text;    /* (owned) of the record being made */
  GArray  *lengths; /* (owned) (element-type guint32) of its cells */
  gint64   line;
  gint64   column;
  gint64   first_line; /* of the first record in `bytes` */
  gboolean failed;     /* there was no memory for a record */
} MqRecordPack;

void mq_record_pack_init (MqRecordPack *self);
void mq_record_pack_clear (MqRecordPack *self);
/* line: where the record stands. column: where all its cells stand, or 0: a cell's column is its number. */
void mq_record_pack_begin (MqRecordPack *self, gint64 line, gint64 column);
/* The cell `index` from 0; those between are empty. A lower one than before is ignored. */
void mq_record_pack_set (MqRecordPack *self, guint index, const char *text, gsize length);
/* keep_empty: also a record without any text, which else is none. */
void mq_record_pack_end (MqRecordPack *self, gboolean keep_empty);
/* A record that could not be read: its text, at the place of the error. */
void mq_record_pack_add_broken (MqRecordPack *self, gint64 line, gint64 column, const char *text, gsize length);
/* The records so far (transfer full). NULL: there are none, or with error: there was no memory for one. */
GBytes *mq_record_pack_take (MqRecordPack *self, gint64 *first_line, GError **error);

/* What mq_csv_parse() and mq_csv_cell_position() do with packed records. */
gboolean mq_record_pack_parse (const char *block, gsize length, guint max_cells, MqCsvHandler handler, gpointer data, GError **error);
void     mq_record_pack_position (const char *record, guint cell, gint64 *column);
/* The row as CSV, for people and for a later import (transfer full). */
char *mq_record_pack_text (const char *record, gsize length);

G_END_DECLS
