/* csv-scan.h: where the bytes that mean something are, 64 at a time: one bit a byte, the lowest bit the first. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_CSV_NEEDLES 5

/* Bytes looked for; unused places repeat another one. */
typedef struct
{
  guint8 bytes[MQ_CSV_NEEDLES];
} MqCsvNeedles;

/* Fills n_words masks from 64 * n_words bytes of text. */
typedef void (*MqCsvScanFunc) (const MqCsvNeedles *needles, const char *text, gsize n_words, guint64 *masks);

/* The fastest one for this processor. */
MqCsvScanFunc mq_csv_scan_best (void);
/* All of them, for the test that they agree: 0 is the portable one; NULL: this processor or build does not have it. */
MqCsvScanFunc mq_csv_scan_variant (guint index);
#define MQ_CSV_SCAN_VARIANTS 3

#define MQ_CSV_CHUNK_WORDS 64
#define MQ_CSV_CHUNK_BYTES (64 * MQ_CSV_CHUNK_WORDS)
/* Masks of at most MQ_CSV_CHUNK_BYTES of text; reads nothing behind them. Returns the number of masks. */
gsize mq_csv_scan_chunk (MqCsvScanFunc scan, const MqCsvNeedles *needles, const char *text, gsize length, guint64 masks[MQ_CSV_CHUNK_WORDS]);

/* Line ends (LF, CRLF, CR) in text. A CR at its end counts, an LF that follows in the next text would count again. */
gint64 mq_csv_count_lines (const char *text, gsize length);

G_END_DECLS
