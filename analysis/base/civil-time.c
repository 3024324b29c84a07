/* civil-time.c: the calendar (Howard Hinnant's algorithms), and zones as tables of offsets. A table is found through an
 * index of buckets of about 24 days, so that ten million conversions in any order cost no search. */

#include "config.h"

#include "base/civil-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SCAN_FIRST G_GINT64_CONSTANT (-2208988800) /* 1900-01-01 */
#define SCAN_LAST G_GINT64_CONSTANT (4102444800)   /* 2100-01-01 */
#define BUCKET_SHIFT 21
#define N_BUCKETS ((guint) ((SCAN_LAST - SCAN_FIRST) >> BUCKET_SHIFT) + 1)

/* Steps of a clock: from starts[i] (in seconds) on the offset i holds. */
typedef struct
{
  gint64  *starts;  /* (owned) starts[0] is the beginning of time */
  guint16 *buckets; /* (owned) the step that holds at the begin of each bucket */
} Steps;

struct _MqZone
{
  char   *name;    /* (owned) */
  gint32 *offsets; /* (owned) seconds east of UTC */
  guint   n;
  Steps   utc;
  Steps   wall; /* by the wall clock: a step holds once the later of both clocks has passed its start */
};

typedef struct
{
  GTimeZone *zone;
  GArray    *starts;  /* (element-type gint64) */
  GArray    *offsets; /* (element-type gint32) */
} Scan;

static GMutex      zones_mutex;
static GHashTable *zones; /* name → MqZone; guarded by zones_mutex */

static void
add_step (Scan *scan, gint64 start, int interval)
{
  gint32 offset = g_time_zone_get_offset (scan->zone, interval);

  if (scan->offsets->len > 0 && g_array_index (scan->offsets, gint32, scan->offsets->len - 1) == offset)
    return;
  g_array_append_val (scan->starts, start);
  g_array_append_val (scan->offsets, offset);
}

/* Finds the steps after `low` up to `high`: GLib numbers the intervals of a zone upwards in time. */
static void
scan_steps (Scan *scan, gint64 low, int low_interval, gint64 high, int high_interval)
{
  gint64 middle = low + (high - low) / 2;
  int    interval;

  if (low_interval == high_interval)
    return;
  if (high - low == 1)
    {
      add_step (scan, high, high_interval);
      return;
    }
  interval = g_time_zone_find_interval (scan->zone, G_TIME_TYPE_UNIVERSAL, middle);
  scan_steps (scan, low, low_interval, middle, interval);
  scan_steps (scan, middle, interval, high, high_interval);
}

static void
fill_buckets (Steps *steps, guint n)
{
  guint step = 0;

  steps->buckets = g_new (guint16, N_BUCKETS);
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      gint64 begin = SCAN_FIRST + ((gint64) i << BUCKET_SHIFT);

      while (step + 1 < n && steps->starts[step + 1] <= begin)
        step++;
      steps->buckets[i] = step;
    }
}

static inline guint
find_step (const Steps *steps, guint n, gint64 seconds)
{
  guint step;

  if (n == 1 || seconds < SCAN_FIRST)
    return 0;
  step = seconds >= SCAN_LAST ? n - 1 : steps->buckets[(seconds - SCAN_FIRST) >> BUCKET_SHIFT];
  while (step + 1 < n && steps->starts[step + 1] <= seconds)
    step++;
  return step;
}

static MqZone *
build_zone (const char *name, GTimeZone *time_zone)
{
  Scan    scan = { time_zone, g_array_new (FALSE, FALSE, sizeof (gint64)), g_array_new (FALSE, FALSE, sizeof (gint32)) };
  MqZone *self = g_new0 (MqZone, 1);
  int     first = g_time_zone_find_interval (time_zone, G_TIME_TYPE_UNIVERSAL, SCAN_FIRST);

  add_step (&scan, G_MININT64, first);
  scan_steps (&scan, SCAN_FIRST, first, SCAN_LAST, g_time_zone_find_interval (time_zone, G_TIME_TYPE_UNIVERSAL, SCAN_LAST));
  self->name = g_strdup (name);
  self->n = scan.starts->len;
  self->utc.starts = (gint64 *) (gpointer) g_array_free (scan.starts, FALSE);
  self->offsets = (gint32 *) (gpointer) g_array_free (scan.offsets, FALSE);
  self->wall.starts = g_new (gint64, self->n);
  self->wall.starts[0] = G_MININT64;
  for (guint i = 1; i < self->n; i++)
    self->wall.starts[i] = MAX (self->wall.starts[i - 1], self->utc.starts[i] + MAX (self->offsets[i - 1], self->offsets[i]));
  fill_buckets (&self->utc, self->n);
  fill_buckets (&self->wall, self->n);
  return self;
}

/* GLib also takes "+08:00" and POSIX rules for zones; a name of the database has a file there. */
static gboolean
is_database_name (const char *name)
{
  const char      *folder = g_getenv ("TZDIR");
  g_autofree char *path = NULL;

  if (g_str_equal (name, "UTC"))
    return TRUE;
  if (!g_ascii_isalpha (name[0]) || strstr (name, "..") != NULL || strlen (name) > 64)
    return FALSE;
  path = g_build_filename (folder != NULL ? folder : "/usr/share/zoneinfo", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static MqZone *
load_zone (const char *name, GError **error)
{
  g_autoptr (GTimeZone) time_zone = is_database_name (name) ? g_time_zone_new_identifier (name) : NULL;

  if (time_zone != NULL)
    return build_zone (name, time_zone);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no time zone “%s”. Use a name of the IANA database such as “Europe/Berlin”."), name);
  return NULL;
}

static inline gint64
floor_divide (gint64 value, gint64 divisor, gint64 *rest)
{
  gint64 quotient = value / divisor;

  *rest = value % divisor;
  if (*rest < 0)
    {
      *rest += divisor;
      quotient--;
    }
  return quotient;
}

gint32
mq_day_from_civil (int year, int month, int day)
{
  int   y = year - (month <= 2);
  int   era = (y >= 0 ? y : y - 399) / 400;
  guint year_of_era = y - era * 400;
  guint day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  guint day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + (gint32) day_of_era - 719468;
}

void
mq_day_to_civil (gint32 day, int *year, int *month, int *mday)
{
  gint64 z = (gint64) day + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  guint  day_of_era = z - era * 146097;
  guint  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  guint  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint  m = (5 * day_of_year + 2) / 153;

  *mday = day_of_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

gboolean
mq_civil_is_valid_date (int year, int month, int day)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;
  if (month == 2 && day == 29)
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= lengths[month - 1];
}

int
mq_day_of_week (gint32 day)
{
  /* 1970-01-01 was a Thursday. */
  int weekday = ((gint64) day + 3) % 7;

  return (weekday < 0 ? weekday + 7 : weekday) + 1;
}

void
mq_day_iso_week (gint32 day, int *year, int *week)
{
  gint32 thursday = day - mq_day_of_week (day) + 4;
  int    month, mday;

  mq_day_to_civil (thursday, year, &month, &mday);
  *week = (thursday - mq_day_from_civil (*year, 1, 1)) / 7 + 1;
}

const MqZone *
mq_zone_get (const char *iana_name, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&zones_mutex);
  MqZone *zone;

  if (zones == NULL)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  zone = g_hash_table_lookup (zones, iana_name);
  if (zone == NULL && (zone = load_zone (iana_name, error)) != NULL)
    g_hash_table_insert (zones, zone->name, zone);
  return zone;
}

const char *
mq_zone_name (const MqZone *zone)
{
  return zone->name;
}

const char *
mq_zone_system_name (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const MqZone *zone = mq_zone_get (g_time_zone_get_identifier (local), NULL);

  return zone != NULL ? zone->name : "UTC";
}

gint64
mq_zone_instant (const MqZone *zone, gint32 day, gint64 microseconds_of_day)
{
  gint64 wall = (gint64) day * 86400 + microseconds_of_day / MQ_SECOND;

  return (gint64) day * MQ_DAY_MICROSECONDS + microseconds_of_day - zone->offsets[find_step (&zone->wall, zone->n, wall)] * MQ_SECOND;
}

gint32
mq_zone_day (const MqZone *zone, gint64 instant, gint64 *microseconds_of_day)
{
  gint64 rest;
  gint64 day = floor_divide (instant + mq_zone_offset (zone, instant) * MQ_SECOND, MQ_DAY_MICROSECONDS, &rest);

  if (microseconds_of_day != NULL)
    *microseconds_of_day = rest;
  return day;
}

gint64
mq_zone_day_start (const MqZone *zone, gint32 day)
{
  guint  step = find_step (&zone->wall, zone->n, (gint64) day * 86400);
  gint64 start = (gint64) day * 86400 - zone->offsets[step];

  /* Midnight in a gap: the day begins when the clock has jumped. */
  if (step + 1 < zone->n && start > zone->utc.starts[step + 1])
    start = zone->utc.starts[step + 1];
  return start * MQ_SECOND;
}

int
mq_zone_offset (const MqZone *zone, gint64 instant)
{
  gint64 rest;

  return zone->offsets[find_step (&zone->utc, zone->n, floor_divide (instant, MQ_SECOND, &rest))];
}

char *
mq_day_format (gint32 day)
{
  int year, month, mday;

  mq_day_to_civil (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

char *
mq_instant_format (const MqZone *zone, gint64 instant)
{
  GString *text = g_string_sized_new (40);
  gint64   of_day;
  int      offset = mq_zone_offset (zone, instant);
  int      year, month, mday, seconds, usec;

  mq_day_to_civil (mq_zone_day (zone, instant, &of_day), &year, &month, &mday);
  seconds = of_day / MQ_SECOND;
  usec = of_day % MQ_SECOND;
  g_string_append_printf (text, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, mday, seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (usec != 0)
    g_string_append_printf (text, ".%06d", usec);
  g_string_append_c (text, offset < 0 ? '-' : '+');
  offset = ABS (offset);
  g_string_append_printf (text, "%02d:%02d", offset / 3600, offset / 60 % 60);
  if (offset % 60 != 0)
    g_string_append_printf (text, ":%02d", offset % 60);
  return g_string_free (text, FALSE);
}

gboolean
mq_day_parse (const char *text, gint32 *day)
{
  static const char shape[] = "0000-00-00";
  int               year, month, mday;

  for (gsize i = 0; i < sizeof shape; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  year = atoi (text);
  month = atoi (text + 5);
  mday = atoi (text + 8);
  if (!mq_civil_is_valid_date (year, month, mday))
    return FALSE;
  *day = mq_day_from_civil (year, month, mday);
  return TRUE;
}
