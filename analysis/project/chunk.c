/* chunk.c: the chunk format, version 1. HACKING.md, section "The project file", describes every byte. */

#include "config.h"

#include "project/chunk.h"

#include "base/checksum.h"
#include "base/exact-division.h"
#include "base/value-range.h"
#include "base/table.h"
#include "base/vector.h"
#include "project/bit-pack.h"
#include "project/record-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VERSION 1
#define HEADER_LENGTH 32
#define CHECKSUM_LENGTH 8
#define BLOCK 1024 /* values decoded at a time: stays in the first cache */

typedef enum
{
  METHOD_PLAIN,
  METHOD_DIFFERENCES,
  METHOD_RUNS,
} Method;

typedef enum
{
  MISSING_NONE,
  MISSING_CODE,   /* code 0 is "missing", others are one more */
  MISSING_BITMAP, /* a bit a row, 1 is "missing"; codes of the others only */
} Missing;

typedef struct
{
  guint         method;
  guint         missing;
  guint         width;        /* of codes, differences or run codes */
  guint         length_width; /* of run lengths minus 1 */
  guint         n;
  guint         n_missing;
  guint         n_codes; /* stored: plain and differences */
  guint         n_runs;
  gint64        base;
  guint64       divisor;
  guint64       first;    /* differences: the first code */
  guint64       smallest; /* differences: what is added to each */
  const guint8 *bitmap;   /* (borrowed) (nullable) */
  const guint8 *codes;    /* (borrowed) */
  const guint8 *lengths;  /* (borrowed) */
} Layout;

/* What the encoder finds out before it chooses. */
typedef struct
{
  guint64 *codes;   /* n: (value - base) / divisor; 0 where missing */
  guint64 *scratch; /* n + 1 */
  guint    n;
  guint    n_missing;
  guint    n_changes; /* rows whose value differs from the row before */
  guint    longest;   /* run */
  guint64  range;     /* the greatest code */
  guint64  divisor;
  gint64   minimum;
  gint64   smallest; /* difference of codes that follow each other, missing ones left out */
  gint64   greatest;
} Plan;

G_DEFINE_QUARK (mq_chunk_error, mq_chunk_error)

static void
append_u32 (GByteArray *out, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

static void
append_u64 (GByteArray *out, guint64 value)
{
  value = GUINT64_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

static guint32
read_u32 (const guint8 *data)
{
  guint32 value;

  memcpy (&value, data, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
read_u64 (const guint8 *data)
{
  guint64 value;

  memcpy (&value, data, sizeof value);
  return GUINT64_FROM_LE (value);
}

static guint64
find_divisor (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static void
scan_values (const gint64 *values, guint n, Plan *plan, MqChunkStatistics *statistics)
{
  MqValueRange range = mq_value_range (values, n);

  if (range.n_missing == n)
    {
      range.least = 0;
      range.greatest = -1;
    }
  plan->n = n;
  plan->n_missing = range.n_missing;
  plan->n_changes = range.n_changes;
  plan->minimum = range.least;
  plan->range = range.n_missing == n ? 0 : (guint64) range.greatest - (guint64) range.least;
  *statistics = (MqChunkStatistics){ n, range.n_missing, range.least, range.greatest };
}

static void
scan_divisor (const gint64 *values, Plan *plan)
{
  guint64         divisor = 0;
  MqExactDivision division = { 0 };

  for (guint i = 0; i < plan->n && divisor != 1; i++)
    {
      guint64 offset = (guint64) values[i] - (guint64) plan->minimum;

      if (values[i] == MQ_VALUE_MISSING || offset == 0 || (divisor != 0 && mq_exact_divides (division, offset)))
        continue;
      divisor = find_divisor (offset, divisor);
      division = mq_exact_division (divisor);
    }
  plan->divisor = MAX (divisor, 1);
  plan->range /= plan->divisor;
}

MQ_VECTOR static void
make_codes (const gint64 *values, const Plan *plan)
{
  MqExactDivision division = mq_exact_division (plan->divisor);
  guint64         minimum = plan->minimum;
  guint64        *codes = plan->codes;
  guint           n = plan->n;

  if (plan->divisor == 1)
    {
      for (guint i = 0; i < n; i++)
        codes[i] = values[i] == MQ_VALUE_MISSING ? 0 : (guint64) values[i] - minimum;
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      guint64 code = mq_exact_quotient (division, (guint64) values[i] - minimum);

      codes[i] = values[i] == MQ_VALUE_MISSING ? 0 : code;
    }
}

/* Takes in rows first..end, of which one or more before have a value: that code is *last. */
static void
scan_sparse_differences (const gint64 *values, Plan *plan, guint first, guint end, guint64 *last)
{
  for (guint i = first; i < end; i++)
    {
      gboolean missing = values[i] == MQ_VALUE_MISSING;
      gint64   difference = (gint64) (plan->codes[i] - *last);

      plan->smallest = MIN (plan->smallest, missing ? G_MAXINT64 : difference);
      plan->greatest = MAX (plan->greatest, missing ? G_MININT64 : difference);
      *last = missing ? *last : plan->codes[i];
    }
}

static void
scan_dense_differences (Plan *plan, guint first, guint end)
{
  MqValueRange range = mq_value_range_differences (plan->codes + first - 1, end - first + 1);

  plan->smallest = MIN (plan->smallest, range.least);
  plan->greatest = MAX (plan->greatest, range.greatest);
}

static gsize
measure_differences (const Plan *plan, gsize bitmap)
{
  return 16 + bitmap + mq_bits_length (plan->n - plan->n_missing - 1, mq_bits_width ((guint64) plan->greatest - (guint64) plan->smallest));
}

/* Differences matter only where they can win, so they are looked at after the plain width is known, and no farther than
 * they may still win. There are at least two values. FALSE: they need `best` bytes or more. */
static gboolean
scan_differences (const gint64 *values, Plan *plan, gsize bitmap, gsize best)
{
  guint64 last;
  guint   i = 0;

  plan->smallest = G_MAXINT64;
  plan->greatest = G_MININT64;
  while (values[i] == MQ_VALUE_MISSING)
    i++;
  last = plan->codes[i++];
  while (i < plan->n)
    {
      guint end = MIN (i + BLOCK, plan->n);

      if (plan->n_missing == 0)
        scan_dense_differences (plan, i, end);
      else
        scan_sparse_differences (values, plan, i, end, &last);
      i = end;
      if (plan->greatest >= plan->smallest && measure_differences (plan, bitmap) >= best)
        return FALSE;
    }
  return TRUE;
}

static void
scan_longest (const gint64 *values, Plan *plan)
{
  guint length = 1;

  plan->longest = 1;
  for (guint i = 1; i < plan->n; i++)
    {
      length = values[i] == values[i - 1] ? length + 1 : 1;
      plan->longest = MAX (plan->longest, length);
    }
}

static void
choose_layout (const gint64 *values, Plan *plan, Layout *layout)
{
  guint width = mq_bits_width (plan->range);
  guint wide = plan->n_missing == 0 ? width : mq_bits_width (plan->range + 1);
  guint n_filled = plan->n - plan->n_missing;
  gsize bitmap = plan->n_missing == 0 ? 0 : mq_bits_length (plan->n, 1);
  gsize best = mq_bits_length (plan->n, wide);
  gsize cost;

  layout->method = METHOD_PLAIN;
  layout->missing = plan->n_missing == 0 ? MISSING_NONE : MISSING_CODE;
  layout->width = wide;
  if (plan->n_missing > 0 && (cost = bitmap + mq_bits_length (n_filled, width)) < best)
    {
      best = cost;
      layout->missing = MISSING_BITMAP;
      layout->width = width;
    }
  if (n_filled >= 2 && plan->range < G_MAXINT64 && scan_differences (values, plan, bitmap, best))
    {
      best = measure_differences (plan, bitmap);
      layout->method = METHOD_DIFFERENCES;
      layout->missing = plan->n_missing == 0 ? MISSING_NONE : MISSING_BITMAP;
      layout->width = mq_bits_width ((guint64) plan->greatest - (guint64) plan->smallest);
    }
  if (mq_bits_length (plan->n_changes + 1, wide) < best)
    {
      scan_longest (values, plan);
      width = mq_bits_width (plan->longest - 1);
      if (mq_bits_length (plan->n_changes + 1, wide) + mq_bits_length (plan->n_changes + 1, width) < best)
        {
          layout->method = METHOD_RUNS;
          layout->missing = plan->n_missing == 0 ? MISSING_NONE : MISSING_CODE;
          layout->width = wide;
          layout->length_width = width;
        }
    }
}

static void
append_header (const Layout *layout, const Plan *plan, GByteArray *out)
{
  const guint8 head[] = { VERSION, layout->method | layout->missing << 4, layout->width, layout->length_width };

  g_byte_array_append (out, head, sizeof head);
  append_u32 (out, plan->n);
  append_u32 (out, plan->n_missing);
  append_u32 (out, layout->method == METHOD_RUNS ? plan->n_changes + 1 : 0);
  append_u64 (out, plan->minimum);
  append_u64 (out, plan->divisor);
}

MQ_VECTOR static void
mark_missing (const gint64 *values, guint n, guint64 *marks)
{
  for (guint i = 0; i < n; i++)
    marks[i] = values[i] == MQ_VALUE_MISSING;
}

static void
append_bitmap (const gint64 *values, Plan *plan, GByteArray *out)
{
  mark_missing (values, plan->n, plan->scratch);
  mq_bits_pack (plan->scratch, plan->n, 1, out);
}

/* The codes that are stored, into scratch; returns how many. */
MQ_VECTOR static guint
gather_codes (const gint64 *values, const Plan *plan, guint missing)
{
  guint64 *scratch = plan->scratch;
  guint    n = 0;

  if (missing == MISSING_NONE)
    {
      memcpy (scratch, plan->codes, plan->n * sizeof *scratch);
      return plan->n;
    }
  if (missing == MISSING_CODE)
    {
      for (guint i = 0; i < plan->n; i++)
        scratch[i] = values[i] == MQ_VALUE_MISSING ? 0 : plan->codes[i] + 1;
      return plan->n;
    }
  for (guint i = 0; i < plan->n; i++)
    {
      scratch[n] = plan->codes[i];
      n += values[i] != MQ_VALUE_MISSING;
    }
  return n;
}

static void
append_differences (const Layout *layout, const Plan *plan, guint n, GByteArray *out)
{
  guint64 last = plan->scratch[0];

  append_u64 (out, last);
  append_u64 (out, plan->smallest);
  for (guint i = 1; i < n; i++)
    {
      guint64 code = plan->scratch[i];

      plan->scratch[i - 1] = code - last - (guint64) plan->smallest;
      last = code;
    }
  mq_bits_pack (plan->scratch, n - 1, layout->width, out);
}

static void
append_runs (const Layout *layout, Plan *plan, guint n, GByteArray *out)
{
  guint n_runs = 0;
  guint start = 0;

  for (guint i = 1; i <= n; i++)
    if (i == n || plan->scratch[i] != plan->scratch[start])
      {
        plan->codes[n_runs] = i - start - 1;
        plan->scratch[n_runs] = plan->scratch[start];
        n_runs++;
        start = i;
      }
  mq_bits_pack (plan->scratch, n_runs, layout->width, out);
  mq_bits_pack (plan->codes, n_runs, layout->length_width, out);
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED, _ ("The stored data is damaged."));
}

/* The sizes that follow from the header, against the bytes that are there. */
static gboolean
measure_layout (Layout *layout, const guint8 *at, const guint8 *end)
{
  gsize need = 0;

  if (layout->missing == MISSING_BITMAP)
    {
      gsize bitmap = mq_bits_length (layout->n, 1);

      if ((gsize) (end - at) < bitmap)
        return FALSE;
      layout->bitmap = at;
      at += bitmap;
    }
  layout->n_codes = layout->missing == MISSING_BITMAP ? layout->n - layout->n_missing : layout->n;
  if (layout->method == METHOD_DIFFERENCES)
    {
      if (end - at < 16 || layout->n_codes < 2 || layout->missing == MISSING_CODE)
        return FALSE;
      layout->first = read_u64 (at);
      layout->smallest = read_u64 (at + 8);
      at += 16;
      need = mq_bits_length (layout->n_codes - 1, layout->width);
    }
  else if (layout->method == METHOD_RUNS)
    {
      need = mq_bits_length (layout->n_runs, layout->width);
      layout->lengths = at + need;
      need += mq_bits_length (layout->n_runs, layout->length_width);
    }
  else
    need = mq_bits_length (layout->n_codes, layout->width);
  layout->codes = at;
  return (gsize) (end - at) == need;
}

static gboolean
read_layout (const guint8 *data, gsize length, guint n, Layout *layout, GError **error)
{
  if (length > 0 && data[0] > VERSION)
    {
      g_set_error_literal (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_VERSION, _ ("The data was stored by a newer version of Marquetry. Open it with that version."));
      return FALSE;
    }
  if (length < HEADER_LENGTH + CHECKSUM_LENGTH || data[0] != VERSION || n == 0 || n > MQ_CHUNK_ROWS || mq_checksum64 (data, length - CHECKSUM_LENGTH) != read_u64 (data + length - CHECKSUM_LENGTH))
    {
      set_damaged (error);
      return FALSE;
    }
  memset (layout, 0, sizeof *layout);
  layout->method = data[1] & 15;
  layout->missing = data[1] >> 4;
  layout->width = data[2];
  layout->length_width = data[3];
  layout->n = read_u32 (data + 4);
  layout->n_missing = read_u32 (data + 8);
  layout->n_runs = read_u32 (data + 12);
  layout->base = (gint64) read_u64 (data + 16);
  layout->divisor = read_u64 (data + 24);
  if (layout->method > METHOD_RUNS || layout->missing > MISSING_BITMAP || layout->width > 64 || layout->length_width > 16 || layout->n != n || layout->n_missing > n || layout->n_runs > n || (layout->method == METHOD_RUNS) != (layout->n_runs > 0) || (layout->method == METHOD_RUNS && layout->missing == MISSING_BITMAP) || !measure_layout (layout, data + HEADER_LENGTH, data + length - CHECKSUM_LENGTH))
    {
      set_damaged (error);
      return FALSE;
    }
  return TRUE;
}

static inline gint64
restore_value (const Layout *layout, guint64 code)
{
  if (layout->missing == MISSING_CODE)
    {
      if (code == 0)
        return MQ_VALUE_MISSING;
      code--;
    }
  return (gint64) ((guint64) layout->base + code * layout->divisor);
}

static void
restore_values (const Layout *layout, const guint64 *codes, guint n, gint64 *out)
{
  guint64 base = layout->base;
  guint64 divisor = layout->divisor;

  if (layout->missing == MISSING_CODE)
    for (guint i = 0; i < n; i++)
      out[i] = codes[i] == 0 ? MQ_VALUE_MISSING : (gint64) (base + (codes[i] - 1) * divisor);
  else
    for (guint i = 0; i < n; i++)
      out[i] = (gint64) (base + codes[i] * divisor);
}

static void
decode_plain (const Layout *layout, gint64 *out)
{
  guint64 block[BLOCK];

  for (guint start = 0; start < layout->n_codes; start += BLOCK)
    {
      guint n = MIN (BLOCK, layout->n_codes - start);

      /* A block of 1,024 values begins on a byte whatever the width. */
      mq_bits_unpack (layout->codes + (gsize) start / 8 * layout->width, n, layout->width, block);
      restore_values (layout, block, n, out + start);
    }
}

static void
decode_differences (const Layout *layout, gint64 *out)
{
  guint64 block[BLOCK];
  guint64 code = layout->first;
  guint   n_differences = layout->n_codes - 1;

  out[0] = restore_value (layout, code);
  for (guint start = 0; start < n_differences; start += BLOCK)
    {
      guint n = MIN (BLOCK, n_differences - start);

      mq_bits_unpack (layout->codes + (gsize) start / 8 * layout->width, n, layout->width, block);
      for (guint i = 0; i < n; i++)
        {
          code += layout->smallest + block[i];
          block[i] = code;
        }
      restore_values (layout, block, n, out + start + 1);
    }
}

static gboolean
decode_runs (const Layout *layout, gint64 *out)
{
  guint64 codes[BLOCK];
  guint64 lengths[BLOCK];
  guint   row = 0;

  for (guint start = 0; start < layout->n_runs; start += BLOCK)
    {
      guint n = MIN (BLOCK, layout->n_runs - start);

      mq_bits_unpack (layout->codes + (gsize) start / 8 * layout->width, n, layout->width, codes);
      mq_bits_unpack (layout->lengths + (gsize) start / 8 * layout->length_width, n, layout->length_width, lengths);
      for (guint i = 0; i < n; i++)
        {
          gint64 value = restore_value (layout, codes[i]);

          if (lengths[i] >= layout->n - row)
            return FALSE;
          for (guint64 left = lengths[i] + 1; left > 0; left--)
            out[row++] = value;
        }
    }
  return row == layout->n;
}

/* Moves the values that are there to their rows, from the end so that none is overwritten before it moved. */
static gboolean
spread_values (const Layout *layout, gint64 *out)
{
  guint at = layout->n_codes;

  for (guint i = layout->n; i-- > 0;)
    if (layout->bitmap[i / 8] >> (i % 8) & 1)
      out[i] = MQ_VALUE_MISSING;
    else if (at == 0)
      return FALSE;
    else
      out[i] = out[--at];
  return at == 0;
}

static gboolean
narrow_values (const gint64 *values, guint n, guint32 *codes)
{
  guint64 bad = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 value = values[i];

      bad |= (guint64) (value != MQ_VALUE_MISSING) & (guint64) ((guint64) value >= MQ_CODE_MISSING);
      codes[i] = value == MQ_VALUE_MISSING ? MQ_CODE_MISSING : (guint32) value;
    }
  return bad == 0;
}

void
mq_chunk_encode (const gint64 *values, guint n, GByteArray *out, MqChunkStatistics *statistics)
{
  Plan                plan = { 0 };
  Layout              layout = { 0 };
  guint               start = out->len;
  g_autofree guint64 *memory = NULL;

  g_return_if_fail (n > 0 && n <= MQ_CHUNK_ROWS);
  memory = g_new (guint64, 2 * (gsize) n + 1);
  plan.codes = memory;
  plan.scratch = memory + n;
  scan_values (values, n, &plan, statistics);
  scan_divisor (values, &plan);
  make_codes (values, &plan);
  choose_layout (values, &plan, &layout);
  append_header (&layout, &plan, out);
  if (layout.missing == MISSING_BITMAP)
    append_bitmap (values, &plan, out);
  n = gather_codes (values, &plan, layout.missing);
  if (layout.method == METHOD_DIFFERENCES)
    append_differences (&layout, &plan, n, out);
  else if (layout.method == METHOD_RUNS)
    append_runs (&layout, &plan, n, out);
  else
    mq_bits_pack (plan.scratch, n, layout.width, out);
  append_u64 (out, mq_checksum64 (out->data + start, out->len - start));
}

gboolean
mq_chunk_decode (const guint8 *data, gsize length, guint n, gint64 *values, GError **error)
{
  Layout   layout;
  gboolean good = TRUE;

  if (!read_layout (data, length, n, &layout, error))
    return FALSE;
  if (layout.method == METHOD_RUNS)
    good = decode_runs (&layout, values);
  else if (layout.method == METHOD_DIFFERENCES)
    decode_differences (&layout, values);
  else
    decode_plain (&layout, values);
  if (good && layout.bitmap != NULL)
    good = spread_values (&layout, values);
  if (!good)
    set_damaged (error);
  return good;
}

gboolean
mq_chunk_decode_codes (const guint8 *data, gsize length, guint n, guint32 *codes, GError **error)
{
  g_autofree gint64 *values = NULL;

  if (n == 0 || n > MQ_CHUNK_ROWS)
    {
      set_damaged (error);
      return FALSE;
    }
  values = g_new (gint64, n);
  if (!mq_chunk_decode (data, length, n, values, error))
    return FALSE;
  if (narrow_values (values, n, codes))
    return TRUE;
  set_damaged (error);
  return FALSE;
}
