/* code-set.h: the rows of a column of codes whose code is one of some, or of two columns, found eight at a time where the processor can and the
 * codes are small, and without a branch that depends on the data elsewhere. Immutable once made; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint8  *has; /* (owned) by code, one more for those beyond: 1 or 0 */
  guint32  n_codes;
  guint8   has_rest; /* what the code of none is, and where is_few all codes of 32 and more */
  gboolean is_few;
  guint32  few;         /* bit c: code c is otherwise, where is_few */
  guint64  places[256]; /* by the bits of eight codes: which of them are in, a byte each, from the lowest */
} MqCodeSet;

/* has: by code from 0 to n_codes, of which the last stands for MQ_CODE_MISSING. */
void mq_code_set_init (MqCodeSet *self, const gboolean *has, guint32 n_codes);
void mq_code_set_clear (MqCodeSet *self);

/* Rows written beyond those that are found. */
#define MQ_CODE_SET_SLACK 8

/* Writes which of the rows first … last - 1 are in, ascending; room for last - first + MQ_CODE_SET_SLACK. Returns how many. Rows
 * are below 2^32. */
gsize mq_code_set_find (const MqCodeSet *self, const guint32 *codes, gsize first, gsize last, guint32 *rows);
/* The same of the rows that are in both, each by a column of its own. */
gsize mq_code_set_find_both (const MqCodeSet *a, const guint32 *a_codes, const MqCodeSet *b, const guint32 *b_codes, gsize first, gsize last, guint32 *rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqCodeSet, mq_code_set_clear)

G_END_DECLS
