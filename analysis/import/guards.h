/* guards.h: what exports put around long numbers so that a spreadsheet leaves them alone: ="123", a leading ' or `, a
 * TAB before or after. Taken off where it stands on at least 95 % of a column's filled cells, and said so. And what exports
 * put before a text that a spreadsheet would take for a formula ('=1+1): taken off cell by cell. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_GUARD_NONE,
  MQ_GUARD_FORMULA,    /* ="123" */
  MQ_GUARD_APOSTROPHE, /* '123 */
  MQ_GUARD_TAB,        /* TAB before or after */
  MQ_GUARD_BACKTICK,   /* `123 */
  MQ_N_GUARDS
} MqGuard;

/* Which guard a cell wears; *text and *length become what is inside. Blanks around the cell are still on it. */
MqGuard mq_guard_find (const char **text, gsize *length);
/* Takes off that guard only; nothing where the cell does not wear it. */
void mq_guard_strip (MqGuard guard, const char **text, gsize *length);
/* Takes the ' off a text that would be a formula without it; FALSE if it is none. */
gboolean mq_guard_strip_formula (const char **text, gsize *length);
/* Takes one note in brackets off behind a number: 499.00（系统计算中）. FALSE if there is none, or a digit in it: such a
 * note may say another number. */
gboolean    mq_guard_strip_note (const char **text, gsize *length);
const char *mq_guard_name (MqGuard guard); /* as written: ="…" */

G_END_DECLS
