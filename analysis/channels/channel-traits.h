/* channel-traits.h: what a channel's name says about it: proposals for the channel table (METHODS.md, section Data). Names
 * are compared without case; words of English and Chinese exports. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *group;  /* N_(): "Direct", "Search", "Social", "E-mail", "Messaging", "Referral", "Affiliate", "Display", "Video", "Marketplace", "Offline", "Other" */
  gboolean    direct; /* came by itself: no channel brought it */
  gboolean    paid;
} MqChannelTraits;

MqChannelTraits mq_channel_propose (const char *name);

G_END_DECLS
