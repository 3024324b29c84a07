/* date-format.h: the ways in which a whole column writes its times, and reading one cell in one of them.
 * Which of them a column uses is decided in import/infer.c from all its cells, never from one. */

#pragma once

#include "base/civil-time.h"

G_BEGIN_DECLS

/* `ymd dmy mdy ym epoch-s epoch-ms epoch-us excel` of the command line, or a pattern such as YYYYMMDD. The three orders
 * accept - / . and Chinese 年月日 between the parts, one- or two-digit months and days, an optional time of day after a
 * blank or T (HH:MM[:SS[.ffffff]], AM/PM, 上午/下午, 9时05分30秒) and an optional offset (Z, +08:00, +0800); years of
 * 2 digits too (00-68 is 2000-2068). dmy and mdy both read English names of months (29-Feb-24, Feb 29, 2024). `ymd` reads ISO
 * weeks too: 2024-W09-4, 2024-W09 (its Monday). `ymd` also reads YYYYMMDD and YYYYMMDDHHMM[SS] without separators.
 * `ym` is a month: its first day, precision day. Excel is a serial day number of the 1900 system, with a fraction. */
typedef enum
{
  MQ_DATE_NONE,
  MQ_DATE_YMD,
  MQ_DATE_DMY,
  MQ_DATE_MDY,
  MQ_DATE_YM,
  MQ_DATE_EPOCH_S,
  MQ_DATE_EPOCH_MS,
  MQ_DATE_EPOCH_US,
  MQ_DATE_EXCEL,
  MQ_DATE_PATTERN,
} MqDateOrder;

typedef struct
{
  MqDateOrder order;
  char        pattern[48]; /* of YYYY YY MM DD hh mm ss and literal characters; for MQ_DATE_PATTERN only */
} MqDateFormat;

/* FALSE if the text names no format. */
gboolean    mq_date_format_from_name (const char *name, MqDateFormat *format);
const char *mq_date_format_name (const MqDateFormat *format); /* valid as long as format */

/* Reads a whole cell (blanks around it allowed). A cell without an offset is wall clock in `zone`; a date alone is the
 * day's first instant with precision day; no seconds written is precision minute. FALSE if it is no such time. */
gboolean mq_date_format_parse (const MqDateFormat *format, const char *text, gsize length, const MqZone *zone, gint64 *instant, MqPrecision *precision);

/* "YYYY-MM-DD hh:mm:ss", also with / or T: read as ymd, and by no other order. */
gboolean mq_date_is_common (const char *text, gsize length);

G_END_DECLS
