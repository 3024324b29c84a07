/* channel-dialog.h: MqChannelDialog, the editor of the project's channel table: what each value of a channel stands for.
 *
 * Signal "saved": the session has the table now, and the one before as MQ_CHANNEL_TABLE_BEFORE. The dialog closes. */

#pragma once

#include <adwaita.h>

#include "channels/channel-table.h"
#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_CHANNEL_DIALOG (mq_channel_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MqChannelDialog, mq_channel_dialog, MQ, CHANNEL_DIALOG, AdwWindow)

/* list: the table that mq_channel_table_list() makes. */
GtkWidget *mq_channel_dialog_new (GtkWindow *parent, MqSession *session, MqTable *list);

G_END_DECLS
