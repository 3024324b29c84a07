/* format.h: figures for people, in the language of the messages locale (English or Chinese), never in machine output.
 * A true minus (U+2212), a dash for missing; "1.2万" / "12.3 k" only in tiles and on axes.
 * The blank before a unit is U+00A0. All (transfer full). */

#pragma once

#include "base/table.h"
#include "base/civil-time.h"

G_BEGIN_DECLS

/* Normally the messages locale decides (the translator sets it); a report in another language and tests set it. */
typedef enum
{
  MQ_NUMBERS_AUTO,
  MQ_NUMBERS_WESTERN,
  MQ_NUMBERS_CHINESE,
} MqNumbers;

void mq_format_set_numbers (MqNumbers numbers);

char *mq_format_integer (gint64 value);             /* 1,234 */
char *mq_format_compact (double value);             /* 12.3 k, 1.2万 */
char *mq_format_share (double share, int decimals); /* 12.3 % / 12.3% */
char *mq_format_number (double value, int decimals);
char *mq_format_money (gint64 minor, const char *currency);         /* £1,234.50, ¥1,234.50; "1,234.50" for XXX */
char *mq_format_money_compact (gint64 minor, const char *currency); /* £12.3 k, ¥1.2万 */
char *mq_format_days (gint32 from, gint32 to);                      /* from MQ_DAY_MISSING: all to that day */
char *mq_format_day (gint32 day);                                   /* 31 Dec 2011 / 2011年12月31日 */

typedef enum
{
  MQ_DAY_PART_YEAR,       /* 2011 / 2011年 */
  MQ_DAY_PART_MONTH,      /* Dec / 12月 */
  MQ_DAY_PART_YEAR_MONTH, /* Dec 2011 / 2011年12月 */
  MQ_DAY_PART_MONTH_DAY,  /* 31 Dec / 12月31日 */
} MqDayPart;

char *mq_format_day_part (gint32 day, MqDayPart part); /* for axes */
char *mq_format_bytes (gint64 bytes);
char *mq_format_duration (double seconds);                            /* 3 days, 2 h … the largest two units at most */
char *mq_format_cell (const MqTable *table, gsize row, guint column); /* any cell; missing: an em dash */
char *mq_format_text (const MqTable *table, gsize row, guint column); /* of TEXT or TERM, not missing */

G_END_DECLS
