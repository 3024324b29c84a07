/* banner.h: one line over a page that tells a lasting state ("Read-only: …"); hidden while it has no text. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_BANNER (mq_banner_get_type ())
G_DECLARE_FINAL_TYPE (MqBanner, mq_banner, MQ, BANNER, AdwBin)

GtkWidget *mq_banner_new (void);
void       mq_banner_set_text (MqBanner *self, const char *text /* (nullable): hides it */);

G_END_DECLS
