/* field.h: fields by name - event.channel, order.shop, message.campaign, customer.city, segment:NAME, or a bare name - and
 * their values as codes into one list of texts, whatever kind of record a moment is of. For breakdowns and what is held
 * constant. Immutable once made; any thread. */

#pragma once

#include "orders/order-book.h"
#include "query/moment.h"

G_BEGIN_DECLS

/* Beyond so many different values a number is no group. */
#define MQ_FIELD_MAX_NUMBERS 65536

typedef struct _MqFieldValues MqFieldValues;

/* Who is not in the segment that a breakdown is by: mq_field_values_text() gives this very string. N_() */
extern const char mq_field_outside[];

/* Channels (event.channel, message.channel, order.source) have the names that the channel table gives them; event.channel_group is their
 * group. A bare name is the property of the events, orders and messages (all that have it), else the customers' attribute; one
 * that both have is refused. `setting` stands in the message. (transfer full) */
MqFieldValues *mq_field_values_new (MqDataset *dataset, const char *name, const char *setting, const MqRun *run, GError **error);
void           mq_field_values_free (MqFieldValues *self);

gboolean    mq_field_values_is_customer (const MqFieldValues *self); /* the moment does not matter */
gboolean    mq_field_values_is_line (const MqFieldValues *self);     /* orders may have several in one */
gboolean    mq_field_values_is_ordered (const MqFieldValues *self);  /* numbers, days, age bands: codes ascend with them */
guint       mq_field_values_length (const MqFieldValues *self);      /* number of different texts */
const char *mq_field_values_text (const MqFieldValues *self, guint32 code);
/* MQ_CODE_MISSING: no value. `moment` may be NULL for a field of customers. */
guint32 mq_field_values_get (const MqFieldValues *self, guint person, const MqMoment *moment);

/* The same of many events, for loops: what a row's code becomes. */
typedef struct
{
  const guint32 *codes; /* by row of the events; NULL: no event has a value */
  const guint32 *named; /* (nullable) by code */
  const guint32 *remap; /* (nullable) by the code that comes of it */
} MqFieldRows;

MqFieldRows mq_field_values_event_rows (const MqFieldValues *self); /* of a field that is not of customers */

static inline guint32
mq_field_rows_get (const MqFieldRows *self, gsize row)
{
  guint32 code = self->codes != NULL ? self->codes[row] : MQ_CODE_MISSING;

  if (code != MQ_CODE_MISSING && self->named != NULL)
    code = self->named[code];
  return code != MQ_CODE_MISSING && self->remap != NULL ? self->remap[code] : code;
}

/* The column of a kind that a field's name without its prefix means: the field itself, or prop:NAME, attr:NAME. NULL: none. g_free.
 * customer.mood is always there with feedback: the mood of the latest comments (sentiment/latest-moods.h). */
char *mq_field_column_name (MqDataset *dataset, MqKind kind, const char *name);
/* The values of such a column of the customers, by person. NULL with error. */
const MqColumn *mq_field_customer_column (MqDataset *dataset, const char *column, const MqRun *run, GError **error);
/* Whether the lines of one order may differ in it. */
gboolean mq_field_is_of_line (const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqFieldValues, mq_field_values_free)

G_END_DECLS
