/* channel-table.h: what each raw value of a channel stands for: channel, group, direct or not, paid or not (METHODS.md,
 * section Data). The project keeps what was decided by hand as the small value MQ_CHANNEL_TABLE_VALUE (the text of a
 * GVariant); everything else is a proposal from the name (channel-traits.h). Not safe for two writers. */

#pragma once

#include "base/table.h"
#include "project/dataset.h"

G_BEGIN_DECLS

#define MQ_CHANNEL_TABLE_VALUE "channels.table"
#define MQ_CHANNEL_TABLE_BEFORE "channels.before" /* as it was before the last change, for undo */

typedef struct _MqChannelTable MqChannelTable;

typedef struct
{
  const char *raw;
  const char *channel; /* several raw values may be one channel */
  const char *group;
  gboolean    direct;
  gboolean    paid;
  gboolean    own; /* decided by hand */
} MqChannelEntry;

/* NULL text: only proposals. What cannot be read is passed over. */
MqChannelTable *mq_channel_table_parse (const char *text /* (nullable) */);
char           *mq_channel_table_print (const MqChannelTable *self);
void            mq_channel_table_free (MqChannelTable *self);

/* The texts live as long as the table and `raw`. */
MqChannelEntry mq_channel_table_get (const MqChannelTable *self, const char *raw);
/* Keeps an entry; one that says what is proposed is no longer its own. G_IO_ERROR_INVALID_DATA for an empty channel or group. */
gboolean mq_channel_table_set (MqChannelTable *self, const MqChannelEntry *entry, GError **error);
gboolean mq_channel_table_reset (MqChannelTable *self, const char *raw); /* FALSE: it had none of its own */

/* Table "channels": every value that events, messages, orders (source) and spend have, sorted by bytes; count: with the
 * number of records of each. (transfer full) */
MqTable *mq_channel_table_list (const MqChannelTable *self, MqDataset *dataset, gboolean count, const MqRun *run, GError **error);

/* The groups that are proposed, N_(), NULL-terminated. */
const char *const *mq_channel_groups (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqChannelTable, mq_channel_table_free)

G_END_DECLS
