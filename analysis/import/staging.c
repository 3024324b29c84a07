/* staging.c: packing columns of a block. */

#include "import/staging.h"

#include "base/big-memory.h"
#include "base/civil-time.h"

#include <string.h>

#define MINUTE (60 * MQ_SECOND)

static guint8
find_width (guint64 greatest_code)
{
  if (greatest_code <= G_MAXUINT8)
    return 1;
  if (greatest_code <= G_MAXUINT16)
    return 2;
  return greatest_code <= G_MAXUINT32 ? 4 : 8;
}

static void
find_range (MqPacked *self, const gint64 *values, gsize n, gsize *n_missing)
{
  gint64 least = G_MAXINT64;
  gint64 greatest = G_MININT64;
  gsize  missing = 0;

  for (gsize i = 0; i < n; i++)
    {
      gint64 value = values[i];

      missing += value == MQ_VALUE_MISSING;
      greatest = MAX (greatest, value);
      least = MIN (least, value == MQ_VALUE_MISSING ? G_MAXINT64 : value);
    }
  self->base = least;
  self->last = greatest;
  *n_missing = missing;
}

static gint64
find_divisor (const gint64 *values, gsize n)
{
  gint64 divisor = MINUTE;

  for (gsize i = 0; i < n && divisor > 1; i++)
    {
      if (values[i] == MQ_VALUE_MISSING || values[i] % divisor == 0)
        continue;
      divisor = divisor == MINUTE && values[i] % MQ_SECOND == 0 ? MQ_SECOND : 1;
      i = (gsize) -1;
    }
  return divisor;
}

static inline guint64
code_of (const MqPacked *self, gint64 value)
{
  guint64 distance = (guint64) value - (guint64) self->base;

  if (value == MQ_VALUE_MISSING)
    return 0;
  return 1 + (self->divisor == 1 ? distance : distance / (guint64) self->divisor);
}

static inline gint64
value_of (const MqPacked *self, guint64 code)
{
  return code == 0 ? MQ_VALUE_MISSING : (gint64) ((guint64) self->base + (code - 1) * (guint64) self->divisor);
}

void
mq_packed_init (MqPacked *self, const gint64 *values, gsize n, gboolean time)
{
  gsize missing;

  memset (self, 0, sizeof *self);
  find_range (self, values, n, &missing);
  self->divisor = time ? find_divisor (values, n) : 1;
  if (missing == n)
    {
      self->base = MQ_VALUE_MISSING;
      self->last = MQ_VALUE_MISSING;
      return;
    }
  if (missing == 0 && self->base == self->last)
    return;
  self->width = find_width (((guint64) self->last - (guint64) self->base) / (guint64) self->divisor + 1);
  self->size = n * self->width;
  self->data = mq_big_alloc0 (self->size);
  mq_packed_write (self, 0, values, n);
}

gboolean
mq_packed_init_range (MqPacked *self, gsize n, gint64 base, gint64 last, gint64 divisor, gboolean missing)
{
  memset (self, 0, sizeof *self);
  self->base = base;
  self->last = last;
  self->divisor = divisor;
  if (base == last && !missing)
    return TRUE;
  self->width = find_width (((guint64) last - (guint64) base) / (guint64) divisor + 1);
  self->size = n * self->width;
  self->data = mq_big_try_alloc (self->size);
  return self->data != NULL;
}

void
mq_packed_clear (MqPacked *self)
{
  mq_big_free (self->data, self->size);
  self->data = NULL;
}

void
mq_packed_write (MqPacked *self, gsize start, const gint64 *values, gsize n)
{
  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        self->data[start + i] = code_of (self, values[i]);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        ((guint16 *) (gpointer) self->data)[start + i] = code_of (self, values[i]);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        ((guint32 *) (gpointer) self->data)[start + i] = code_of (self, values[i]);
      break;
    case 8:
      memcpy (self->data + start * sizeof (gint64), values, n * sizeof (gint64));
      break;
    default:
      break;
    }
}

void
mq_packed_read (const MqPacked *self, gsize start, gint64 *values, gsize n)
{
  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, self->data[start + i]);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, ((const guint16 *) (gconstpointer) self->data)[start + i]);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, ((const guint32 *) (gconstpointer) self->data)[start + i]);
      break;
    case 8:
      memcpy (values, self->data + start * sizeof (gint64), n * sizeof (gint64));
      break;
    default:
      for (gsize i = 0; i < n; i++)
        values[i] = self->base;
      break;
    }
}

void
mq_packed_gather (const MqPacked *self, const guint32 *rows, gsize n, gint64 *values)
{
  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, self->data[rows[i]]);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, ((const guint16 *) (gconstpointer) self->data)[rows[i]]);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (self, ((const guint32 *) (gconstpointer) self->data)[rows[i]]);
      break;
    case 8:
      for (gsize i = 0; i < n; i++)
        values[i] = ((const gint64 *) (gconstpointer) self->data)[rows[i]];
      break;
    default:
      for (gsize i = 0; i < n; i++)
        values[i] = self->base;
      break;
    }
}

gsize
mq_packed_bytes (const MqPacked *self, gsize n)
{
  return n * self->width;
}

MqStagedBlock *
mq_staged_block_new (guint reader, guint n_rows, guint n_columns)
{
  MqStagedBlock *self = g_new0 (MqStagedBlock, 1);

  self->reader = reader;
  self->n_rows = n_rows;
  self->n_columns = n_columns;
  self->columns = g_new0 (MqPacked, n_columns);
  return self;
}

void
mq_staged_block_free (MqStagedBlock *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    mq_packed_clear (&self->columns[i]);
  g_free (self->columns);
  g_free (self);
}

MqTarget *
mq_target_new (const char *name, const char *label, MqValueType type, int scale)
{
  MqTarget *self = g_new0 (MqTarget, 1);

  self->name = g_strdup (name);
  self->label = g_strdup (label);
  self->type = type;
  self->scale = scale;
  return self;
}

void
mq_target_free (MqTarget *self)
{
  g_free (self->name);
  g_free (self->label);
  g_free (self);
}
