/* groups.h: the distinct values of a column, in order: numbers, days and times ascending, texts as the table first has
 * them. */

#pragma once

#include "base/table.h"

G_BEGIN_DECLS

typedef struct
{
  int     column;    /* -1: no column, one group holds all rows */
  guint   n;         /* at least 1 for a table with rows */
  gint64 *keys;      /* (owned) (nullable) of whole numbers, ascending */
  gsize  *first_row; /* (owned) a row of the table that has the value */
  guint  *of_row;    /* (owned) position by table row */
} MqGroups;

void mq_groups_read (MqGroups *self, const MqTable *table, int column);
void mq_groups_clear (MqGroups *self);
/* The position of a machine text among groups of texts; -1: it is none. */
int mq_groups_find (const MqGroups *self, const MqTable *table, const char *text);
/* Rows by two groupings: cells[b * a.n + a], MQ_NO_ROW where there is none; of several the first. (transfer full) */
#define MQ_NO_ROW G_MAXSIZE
gsize *mq_groups_cross (const MqGroups *a, const MqGroups *b, gsize n_rows);

G_END_DECLS
