/* civil-time.h: instants, days and time zones.
 * An instant is microseconds since 1970-01-01 00:00 UTC in a gint64; a day is days since 1970-01-01 in a gint32 of the
 * proleptic Gregorian calendar, without a zone. MQ_TIME_MISSING is "no value". Years 1 to 9999. No locale, no clock. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_TIME_MISSING G_MININT64
#define MQ_DAY_MISSING G_MININT32
#define MQ_SECOND G_GINT64_CONSTANT (1000000)
#define MQ_DAY_MICROSECONDS (G_GINT64_CONSTANT (86400) * MQ_SECOND)

/* How exact a time is as it was written; of two records the coarser one decides what "same time" means. */
typedef enum
{
  MQ_PRECISION_SECOND = 0, /* or finer */
  MQ_PRECISION_MINUTE = 1,
  MQ_PRECISION_DAY = 2,
} MqPrecision;

typedef struct
{
  int year, month, day;           /* 1-based */
  int hour, minute, second, usec; /* of the day */
} MqCivil;

gint32   mq_day_from_civil (int year, int month, int day); /* the date must be valid */
void     mq_day_to_civil (gint32 day, int *year, int *month, int *mday);
gboolean mq_civil_is_valid_date (int year, int month, int day);
int      mq_day_of_week (gint32 day); /* 1 Monday … 7 Sunday */
void     mq_day_iso_week (gint32 day, int *year, int *week);

/* A zone of the IANA database with its offsets from 1900 to 2100 laid out for binary search; immutable, shared, lives
 * as long as the program. NULL with a G_OPTION_ERROR_BAD_VALUE that names the text if there is no such zone. */
typedef struct _MqZone MqZone;

const MqZone *mq_zone_get (const char *iana_name, GError **error);
const char   *mq_zone_name (const MqZone *zone);
const char   *mq_zone_system_name (void); /* the machine's zone: for proposals in the window only */

/* Wall clock to instant. In a fold (clocks go back) the first of the two, in a gap (clocks go forward) the instant as
 * far after the gap's begin as the wall clock says. */
gint64 mq_zone_instant (const MqZone *zone, gint32 day, gint64 microseconds_of_day);
gint32 mq_zone_day (const MqZone *zone, gint64 instant, gint64 *microseconds_of_day /* (out) (nullable) */);
gint64 mq_zone_day_start (const MqZone *zone, gint32 day);  /* the first instant of a day */
int    mq_zone_offset (const MqZone *zone, gint64 instant); /* seconds east of UTC */

/* "2011-12-09"; "2011-12-09T12:50:00+00:00" (with .123456 only where there is a fraction). (transfer full) */
char *mq_day_format (gint32 day);
char *mq_instant_format (const MqZone *zone, gint64 instant);

/* What a setting may hold: YYYY-MM-DD. */
gboolean mq_day_parse (const char *text, gint32 *day);

G_END_DECLS
