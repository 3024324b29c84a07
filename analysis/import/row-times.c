/* row-times.c: instants of a record. */

#include "config.h"

#include "import/row-reading.h"

#include <string.h>

/* Is it "YYYY-MM-DD HH:MM:SS"? Then *seconds of the day; the date itself is not looked at. Eight bytes at a time: the
 * digits of a pair are neighbours, the higher one in the lower byte. */
static inline gboolean
is_plain_time (const char *text, gsize length, gint64 *seconds)
{
  guint64 clock, digits, pairs;
  guint   hour, minute, second;

  if (length != 19 || (text[10] != ' ' && text[10] != 'T'))
    return FALSE;
  memcpy (&clock, text + 11, sizeof clock);
  clock = GUINT64_FROM_LE (clock);
  digits = clock ^ G_GUINT64_CONSTANT (0x30303a30303a3030);
  /* a colon is 0 now, and of a digit no bit is set above the lowest four, also with six more */
  if (((digits | (digits + G_GUINT64_CONSTANT (0x0606000606000606))) & G_GUINT64_CONSTANT (0xf0f0fff0f0fff0f0)) != 0)
    return FALSE;
  pairs = digits * 10 + (digits >> 8);
  hour = pairs & 0xff;
  minute = (pairs >> 24) & 0xff;
  second = (pairs >> 48) & 0xff;
  *seconds = (gint64) hour * 3600 + minute * 60 + second;
  return hour < 24 && minute < 60 && second < 60;
}

static inline MqCachedDay *
find_day (MqRowReader *self, const char *text)
{
  guint64 eight;
  guint16 two;

  memcpy (&eight, text, sizeof eight);
  memcpy (&two, text + sizeof eight, sizeof two);
  return &self->days[((eight ^ (guint64) two << 40) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 54];
}

static void
remember_day (const MqZone *zone, MqCachedDay *cached, const char *text, gint64 instant, gint64 seconds)
{
  gint32 day = mq_zone_day (zone, instant, NULL);
  gint64 start = mq_zone_day_start (zone, day);

  if (instant != start + seconds * MQ_SECOND || mq_zone_day_start (zone, day + 1) - start != MQ_DAY_MICROSECONDS)
    return;
  memcpy (cached->date, text, sizeof cached->date);
  cached->start = start;
}

/* Most files write a few thousand dates a million times: what is known of a date is its first instant. */
gboolean
mq_row_parse_time (MqRowReader *self, const MqSource *source, const char *text, gsize length, gint64 *instant, MqPrecision *precision)
{
  const MqZone *zone = self->plan->inference->zone;
  gint64        seconds;
  MqCachedDay  *cached;

  if (source->format.order != MQ_DATE_YMD || !is_plain_time (text, length, &seconds))
    return mq_date_format_parse (&source->format, text, length, zone, instant, precision);
  cached = find_day (self, text);
  if (memcmp (cached->date, text, sizeof cached->date) == 0)
    {
      *instant = cached->start + seconds * MQ_SECOND;
      *precision = MQ_PRECISION_SECOND;
      return TRUE;
    }
  if (!mq_date_format_parse (&source->format, text, length, zone, instant, precision))
    return FALSE;
  if (*precision == MQ_PRECISION_SECOND)
    remember_day (zone, cached, text, *instant, seconds);
  return TRUE;
}

static gboolean
read_time (MqRowReader *self, const MqRow *row, const MqRowOp *op, gint64 *instant, MqPrecision *precision)
{
  const MqSource *source = self->sources[op->use->column];
  const char     *text;
  gsize           length;

  *instant = MQ_TIME_MISSING;
  *precision = MQ_PRECISION_SECOND;
  if (mq_row_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == MQ_CELL_MISSING)
    return TRUE;
  return mq_row_parse_time (self, source, text, length, instant, precision);
}

/* The first of time, paid_time, created_time that has a value is an order's time. */
static const char *
put_effective (MqRowReader *self, const gint64 *instants, const MqPrecision *precisions)
{
  const MqRowPlan *plan = self->plan;

  mq_row_put (self, plan->time_target, MQ_VALUE_MISSING);
  for (guint i = 0; i < MQ_MAX_FALLBACKS && plan->effective[i] >= 0; i++)
    {
      gint64 instant = instants[plan->effective[i]];

      if (instant == MQ_TIME_MISSING)
        continue;
      mq_row_put (self, plan->time_target, instant);
      mq_row_put (self, plan->time_exact, precisions[plan->effective[i]]);
      return NULL;
    }
  return "no time";
}

const char *
mq_row_read_times (MqRowReader *self, const MqRow *row, guint *cell)
{
  const MqRowPlan *plan = self->plan;
  gint64           instants[MQ_MAX_TIMES];
  MqPrecision      precisions[MQ_MAX_TIMES];

  for (guint i = 0; i < plan->times->len && i < MQ_MAX_TIMES; i++)
    {
      const MqRowOp *op = &g_array_index (plan->times, MqRowOp, i);

      *cell = op->use->column;
      if (!read_time (self, row, op, &instants[i], &precisions[i]))
        return op->use->role == MQ_USE_DAY ? "not a date" : "not a time";
      if (instants[i] == MQ_TIME_MISSING && op->required != NULL && op->target >= 0)
        return op->required;
      if (instants[i] != MQ_TIME_MISSING && op->use->role == MQ_USE_DAY)
        mq_row_put (self, op->target, mq_zone_day (plan->inference->zone, instants[i], NULL));
      else
        mq_row_put (self, op->target, instants[i]);
      mq_row_put (self, op->exact, precisions[i]);
    }
  if (plan->mapping->kind != MQ_KIND_ORDERS)
    return NULL;
  if (plan->effective[0] >= 0)
    *cell = g_array_index (plan->times, MqRowOp, plan->effective[0]).use->column;
  return put_effective (self, instants, precisions);
}

static void
put_days (MqRowReader *self, const MqRowOp *op, const gint64 *instants)
{
  gint64 *values = self->values[op->target] + self->strip;

  for (guint i = 0; i < self->columns->n; i++)
    values[i] = instants[i] == MQ_TIME_MISSING ? MQ_VALUE_MISSING : mq_zone_day (self->plan->inference->zone, instants[i], NULL);
}

void
mq_row_put_times (MqRowReader *self, guint index)
{
  MqStrip        *strip = self->columns;
  const MqRowOp  *op = &g_array_index (self->plan->times, MqRowOp, index);
  const MqSource *source = self->sources[op->use->column];
  gint64         *instants = strip->instants + (gsize) index * MQ_STRIP_ROWS;
  guint8         *precisions = strip->precisions + (gsize) index * MQ_STRIP_ROWS;
  gboolean        required = op->required != NULL && op->target >= 0;

  for (guint i = 0; i < strip->n; i++)
    {
      const MqText *cell = &strip->cells[0][i];
      MqPrecision   precision = MQ_PRECISION_SECOND;

      instants[i] = MQ_TIME_MISSING;
      if (cell->length == 0)
        strip->unusual[i] |= required;
      else
        strip->unusual[i] |= !mq_row_parse_time (self, source, cell->text, cell->length, &instants[i], &precision);
      precisions[i] = precision;
    }
  if (op->target >= 0 && op->use->role == MQ_USE_DAY)
    put_days (self, op, instants);
  else if (op->target >= 0)
    memcpy (self->values[op->target] + self->strip, instants, strip->n * sizeof *instants);
  for (guint i = 0; op->exact >= 0 && i < strip->n; i++)
    self->values[op->exact][self->strip + i] = precisions[i];
}
