/* figures.h: cells of a table as a chart prints them. All (transfer full). */

#pragma once

#include "base/table.h"
#include "chart/scale.h"

G_BEGIN_DECLS

char *mq_figure_text (const MqTable *table, gsize row, guint column);                 /* a cell in full; a term translated */
char *mq_figure_short (const MqTable *table, gsize row, guint column);                /* at most about six characters of number */
char *mq_figure_axis (const MqTable *table, guint column, double value, double step); /* a tick */
/* Which steps an axis to `high` may have so that every tick is written exactly. */
MqTickFlags mq_figure_tick_flags (const MqTable *table, guint column, double high);
/* Finite number of a cell; FALSE if missing. Money in major units. */
gboolean    mq_figure_number (const MqTable *table, gsize row, guint column, double *value);
gboolean    mq_figure_is_text (const MqTable *table, guint column);
const char *mq_figure_title (const MqTable *table, guint column); /* translated; "" for none */

G_END_DECLS
