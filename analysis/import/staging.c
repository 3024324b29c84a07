/* staging.c: packing columns of a block. */

#include "import/staging.h"

#include "base/big-memory.h"
#include "base/civil-time.h"
#include "base/exact-division.h"
#include "base/value-range.h"
#include "base/vector.h"

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

/* How many in a row from the first on: nearly always all, or very few. */
static gsize
count_multiples (const gint64 *values, gsize n, gint64 divisor)
{
  MqExactDivision division = mq_exact_division (divisor);

  /* A negative number is a multiple when its opposite is one. */
  for (gsize i = 0; i < n; i++)
    if (values[i] != MQ_VALUE_MISSING && !mq_exact_divides (division, ABS (values[i])))
      return i;
  return n;
}

static gint64
find_divisor (const gint64 *values, gsize n)
{
  if (count_multiples (values, n, MINUTE) == n)
    return MINUTE;
  return count_multiples (values, n, MQ_SECOND) == n ? MQ_SECOND : 1;
}

static inline __attribute__ ((always_inline)) guint64
code_of (gint64 value, guint64 base, MqExactDivision division, const gboolean plain)
{
  guint64 offset = (guint64) value - base;
  guint64 code = 1 + (plain ? offset : mq_exact_quotient (division, offset));

  return value == MQ_VALUE_MISSING ? 0 : code;
}

static inline gint64
value_of (guint64 code, guint64 base, guint64 divisor)
{
  guint64 value = base + (code - 1) * divisor;

  return code == 0 ? MQ_VALUE_MISSING : (gint64) value;
}

static gboolean
allocate (MqPacked *self, gsize n, MqSlab *slab)
{
  self->size = n * self->width;
  self->data = slab != NULL ? mq_slab_alloc (slab, self->size, &self->chunk) : mq_big_try_alloc (self->size);
  return self->data != NULL;
}

MQ_VECTOR static void
find_code_range (const guint32 *codes, gsize n, guint32 *least, guint32 *greatest)
{
  guint32 low = G_MAXUINT32;
  guint32 high = 0;

  for (gsize i = 0; i < n; i++)
    {
      low = MIN (low, codes[i]);
      high = MAX (high, codes[i]);
    }
  *least = low;
  *greatest = high;
}

MQ_VECTOR static void
write_codes (MqPacked *self, const guint32 *codes, gsize n)
{
  guint8  *bytes = self->data;
  guint16 *shorts = (gpointer) bytes;

  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        bytes[i] = codes[i];
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        shorts[i] = codes[i];
      break;
    default:
      memcpy (bytes, codes, n * sizeof *codes);
      break;
    }
}

gboolean
mq_packed_init (MqPacked *self, const gint64 *values, gsize n, gboolean time, MqSlab *slab)
{
  MqValueRange range = mq_value_range (values, n);

  memset (self, 0, sizeof *self);
  self->divisor = time ? find_divisor (values, n) : 1;
  self->base = range.n_missing == n ? MQ_VALUE_MISSING : range.least;
  self->last = range.greatest;
  if (range.n_missing == n || (range.n_missing == 0 && self->base == self->last))
    return TRUE;
  self->width = find_width (((guint64) self->last - (guint64) self->base) / (guint64) self->divisor + 1);
  if (!allocate (self, n, slab))
    return FALSE;
  mq_packed_write (self, 0, values, n);
  return TRUE;
}

gboolean
mq_packed_init_codes (MqPacked *self, const guint32 *codes, gsize n, MqSlab *slab)
{
  guint32 least, greatest;

  memset (self, 0, sizeof *self);
  find_code_range (codes, n, &least, &greatest);
  self->divisor = 1;
  self->last = greatest > 0 ? (gint64) greatest - 1 : MQ_VALUE_MISSING;
  if (least == greatest)
    {
      self->base = self->last;
      return TRUE;
    }
  self->width = find_width (greatest);
  if (!allocate (self, n, slab))
    return FALSE;
  write_codes (self, codes, n);
  return TRUE;
}

gboolean
mq_packed_init_range (MqPacked *self, gsize n, gint64 base, gint64 last, gint64 divisor, gboolean missing)
{
  memset (self, 0, sizeof *self);
  self->base = base;
  self->last = last;
  self->divisor = divisor;
  self->width = mq_packed_width (base, last, divisor, missing);
  if (self->width == 0)
    return TRUE;
  self->size = n * self->width;
  self->data = mq_big_try_alloc (self->size);
  return self->data != NULL;
}

gboolean
mq_packed_init_like (MqPacked *self, const MqPacked *other)
{
  *self = *other;
  self->chunk = NULL;
  self->data = other->data != NULL ? mq_big_try_alloc (self->size) : NULL;
  return (self->data != NULL) == (other->data != NULL);
}

guint8
mq_packed_width (gint64 base, gint64 last, gint64 divisor, gboolean missing)
{
  if (base == last && !missing)
    return 0;
  return find_width (((guint64) last - (guint64) base) / (guint64) divisor + 1);
}

void
mq_packed_clear (MqPacked *self)
{
  if (self->chunk != NULL)
    mq_slab_release (self->chunk);
  else
    mq_big_free (self->data, self->size);
  self->data = NULL;
  self->chunk = NULL;
}

/* plain: the divisor is 1, which needs no multiplication. */
static inline __attribute__ ((always_inline)) void
write_values (MqPacked *self, gsize start, const gint64 *values, gsize n, const gboolean plain)
{
  MqExactDivision division = mq_exact_division (self->divisor);
  guint64         base = self->base;
  guint8         *bytes = self->data + start * self->width;
  guint16        *shorts = (gpointer) bytes;
  guint32        *words = (gpointer) bytes;

  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        bytes[i] = code_of (values[i], base, division, plain);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        shorts[i] = code_of (values[i], base, division, plain);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        words[i] = code_of (values[i], base, division, plain);
      break;
    case 8:
      memcpy (bytes, values, n * sizeof (gint64));
      break;
    default:
      break;
    }
}

MQ_VECTOR void
mq_packed_write (MqPacked *self, gsize start, const gint64 *values, gsize n)
{
  if (self->divisor == 1)
    write_values (self, start, values, n, TRUE);
  else
    write_values (self, start, values, n, FALSE);
}

MQ_VECTOR void
mq_packed_read (const MqPacked *self, gsize start, gint64 *values, gsize n)
{
  guint64        base = self->base;
  guint64        divisor = self->divisor;
  const guint8  *bytes = self->data + start * self->width;
  const guint16 *shorts = (gconstpointer) bytes;
  const guint32 *words = (gconstpointer) bytes;

  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (bytes[i], base, divisor);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (shorts[i], base, divisor);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (words[i], base, divisor);
      break;
    case 8:
      memcpy (values, bytes, n * sizeof (gint64));
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
  guint64        base = self->base;
  guint64        divisor = self->divisor;
  const guint8  *bytes = self->data;
  const guint16 *shorts = (gconstpointer) bytes;
  const guint32 *words = (gconstpointer) bytes;
  const gint64  *wide = (gconstpointer) bytes;

  switch (self->width)
    {
    case 1:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (bytes[rows[i]], base, divisor);
      break;
    case 2:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (shorts[rows[i]], base, divisor);
      break;
    case 4:
      for (gsize i = 0; i < n; i++)
        values[i] = value_of (words[rows[i]], base, divisor);
      break;
    case 8:
      for (gsize i = 0; i < n; i++)
        values[i] = wide[rows[i]];
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
