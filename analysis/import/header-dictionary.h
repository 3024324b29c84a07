/* header-dictionary.h: which headers mean which field: data, English and Chinese. */

#pragma once

#include "project/record-kind.h"

G_BEGIN_DECLS

/* One field's headers, the likelier one first, parted by '|'. An entry with `needs` holds only for a file that has
 * that header as well (a platform's export). */
typedef struct
{
  guint       kinds; /* bit 1 << MqKind */
  const char *field; /* "amount", "key.phone" */
  const char *names;
  const char *needs; /* (nullable) */
} MqHeaderEntry;

const MqHeaderEntry *mq_header_dictionary (guint *n);

/* What a folded header names in any kind: bits. */
#define MQ_HEADER_KNOWN 1
#define MQ_HEADER_TIME 2
#define MQ_HEADER_NUMBER 4
guint mq_header_judge (const char *folded);

/* Headers of an order's sum before refunds: what the test of a refund column compares with. */
const char *mq_header_totals (void);

/* For comparison: NFKC, case folded, without blanks, underscores, hyphens, brackets and other marks. bracketed FALSE leaves
 * out what stands in brackets, too. (transfer full) */
char *mq_header_fold (const char *header, gboolean bracketed);

G_END_DECLS
