/* civil-unit.h: days, ISO weeks and months as consecutive numbers, for cohorts and trends. Units have no zone. */

#pragma once

#include "base/civil-time.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_UNIT_DAY,
  MQ_UNIT_WEEK, /* ISO: begins on Monday */
  MQ_UNIT_MONTH,
} MqUnit;

/* The unit of a day: consecutive units have consecutive numbers. */
gint32 mq_unit_of_day (MqUnit unit, gint32 day);
gint32 mq_unit_first_day (MqUnit unit, gint32 number);
/* Machine form: "2011-12-09", "2011-W49", "2011-12". (transfer full) */
char *mq_unit_format (MqUnit unit, gint32 number);
/* Reads that form. */
gboolean mq_unit_parse (MqUnit unit, const char *text, gint32 *number);
/* "day", "week", "month"; FALSE if it is none. */
gboolean mq_unit_from_name (const char *name, MqUnit *unit);

G_END_DECLS
