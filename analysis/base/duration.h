/* duration.h: lengths of time as settings state them (CLI.md): a whole number with s, min, h, d, w, or calendar days, cd. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 microseconds;  /* of s min h d w; 0 of calendar days */
  gint32 calendar_days; /* of cd: 1 is the day itself; else 0 */
} MqDuration;

/* FALSE if the text is none, or longer than 100,000 days. "0s" is one. */
gboolean mq_duration_parse (const char *text, MqDuration *duration);

G_END_DECLS
