/* xlsx-styles.h: what the formats of a workbook's cells say about numbers: which are days, times of day or both; and such
 * numbers as ISO text. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_CELL_NUMBER,
  MQ_CELL_DAY,    /* 2024-02-29; with the time of day where the number has one */
  MQ_CELL_MOMENT, /* 2024-02-29 14:05:00 */
  MQ_CELL_CLOCK,  /* 14:05:00: hours beyond a day are kept */
} MqCellFormat;

/* A format's code: "yyyy\-mm\-dd", "[$-804]yyyy\"年\"m\"月\"", "0.00". */
MqCellFormat mq_cell_format_from_code (const char *code);
/* One of the formats that have a number and no code in the file (14, 22, 57 …). */
MqCellFormat mq_cell_format_from_id (guint id);

/* days: since the epoch of the workbook, 1904 or 1900 (where day 60 is 29 February 1900, which never was). Writes ISO text,
 * at most 32 bytes; 0 if it is no moment that a workbook can have. Rounded to the second. */
gsize mq_serial_write (double days, MqCellFormat format, gboolean is_1904, char *buffer);

G_END_DECLS
