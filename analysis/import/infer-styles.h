/* infer-styles.h: the candidates that evidence counts by index; shared by infer.c and infer-decide.c only. */

#pragma once

#include "import/infer.h"

G_BEGIN_DECLS

extern const MqNumberStyle mq_styles[MQ_N_STYLES];   /* point before comma: the first of equals wins */
extern const MqDateOrder   mq_formats[MQ_N_FORMATS]; /* ymd dmy mdy ym, then the epochs s ms µs */

G_END_DECLS
