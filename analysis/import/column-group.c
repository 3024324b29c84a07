/* column-group.c: packing words a few thousand rows at a time, in the first cache. */

#include "import/column-group.h"

#include "base/big-memory.h"
#include "base/exact-division.h"
#include "base/vector.h"

#include <string.h>

#define PIECE 2048
#define WIDE 8 /* bytes of a column whose values stand as they are */

static void
remap_values (gint64 *values, gsize n, const guint32 *remap)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean missing = values[i] == MQ_VALUE_MISSING;
      guint32  code = remap[missing ? 0 : values[i]];

      values[i] = missing ? MQ_VALUE_MISSING : (gint64) code;
    }
}

MQ_VECTOR static void
add_codes (const MqGroupColumn *column, const gint64 *values, gsize n, guint64 *words)
{
  MqExactDivision division = mq_exact_division (column->divisor);
  guint64         base = column->base;
  guint           shift = column->shift;

  if (column->divisor == 1)
    {
      for (gsize i = 0; i < n; i++)
        words[i] |= (values[i] == MQ_VALUE_MISSING ? 0 : 1 + (guint64) values[i] - base) << shift;
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint64 code = 1 + mq_exact_quotient (division, (guint64) values[i] - base);

      words[i] |= (values[i] == MQ_VALUE_MISSING ? 0 : code) << shift;
    }
}

static void
pack_piece (const MqColumnGroup *self, const MqStagedBlock *block, gsize start, gsize n, guint64 *words)
{
  gint64 values[PIECE];

  memset (words, 0, n * sizeof *words);
  for (guint i = 0; i < self->n; i++)
    {
      const MqGroupColumn *column = &self->columns[i];

      if (column->width == 0)
        continue;
      mq_packed_read (&block->columns[column->target], start, values, n);
      if (column->remaps != NULL)
        remap_values (values, n, column->remaps[block->reader]);
      if (column->width == WIDE)
        memcpy (words, values, n * sizeof *words);
      else
        add_codes (column, values, n, words);
    }
}

gboolean
mq_column_group_add (MqColumnGroup *self, const MqGroupColumn *column)
{
  if (self->n == MQ_GROUP_COLUMNS || self->bytes + column->width > sizeof (guint64))
    return FALSE;
  self->columns[self->n] = *column;
  self->columns[self->n].shift = column->width == WIDE ? 0 : 8 * self->bytes;
  self->bytes += column->width;
  self->n++;
  return TRUE;
}

gboolean
mq_column_group_pack (MqColumnGroup *self, GPtrArray *blocks)
{
  gsize at = 0;

  self->n_rows = 0;
  for (guint i = 0; i < blocks->len; i++)
    self->n_rows += ((const MqStagedBlock *) g_ptr_array_index (blocks, i))->n_rows;
  self->words = mq_big_try_alloc (self->n_rows * sizeof *self->words);
  if (self->words == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    {
      MqStagedBlock *block = g_ptr_array_index (blocks, i);

      for (gsize start = 0; start < block->n_rows; start += PIECE)
        {
          gsize n = MIN (PIECE, block->n_rows - start);

          pack_piece (self, block, start, n, self->words + at);
          at += n;
        }
      for (guint k = 0; k < self->n; k++)
        mq_packed_clear (&block->columns[self->columns[k].target]);
    }
  return TRUE;
}

void
mq_column_group_gather (const MqColumnGroup *self, const guint32 *rows, gsize n, guint64 *words)
{
  const guint64 *from = self->words;

  for (gsize i = 0; i < n; i++)
    words[i] = from[rows[i]];
}

MQ_VECTOR void
mq_column_group_extract (const MqColumnGroup *self, guint index, const guint64 *words, gsize n, gint64 *values)
{
  const MqGroupColumn *column = &self->columns[index];
  guint64              base = column->base;
  guint64              divisor = column->divisor;
  guint64              mask = (G_GUINT64_CONSTANT (1) << (8 * (column->width % WIDE))) - 1;
  guint                shift = column->shift % 64;

  if (column->width == WIDE)
    memcpy (values, words, n * sizeof *values);
  else if (column->width == 0)
    for (gsize i = 0; i < n; i++)
      values[i] = column->base;
  else
    for (gsize i = 0; i < n; i++)
      {
        guint64 code = words[i] >> shift & mask;
        guint64 value = base + (code - 1) * divisor;

        values[i] = code == 0 ? MQ_VALUE_MISSING : (gint64) value;
      }
}

void
mq_column_group_clear (MqColumnGroup *self)
{
  if (self->words != NULL)
    mq_big_free (self->words, self->n_rows * sizeof *self->words);
  memset (self, 0, sizeof *self);
}
