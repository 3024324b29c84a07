/* groups.c: the values of a column, found by sorting (numbers) or in a table of those seen (texts). */

#include "config.h"

#include "chart/figures.h"
#include "chart/groups.h"

#include <stdlib.h>
#include <string.h>

static int
compare_integers (const void *a, const void *b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

static gint64
get_key (const MqGroups *self, const MqTable *table, gsize row)
{
  MqColumnType type = mq_table_column_type (table, self->column);

  if (type == MQ_COLUMN_DOUBLE || type == MQ_COLUMN_SHARE || type == MQ_COLUMN_DURATION)
    return (gint64) CLAMP (mq_table_number (table, row, self->column) * 1e6, -9e18, 9e18);
  return mq_table_integer (table, row, self->column);
}

static void
read_integers (MqGroups *self, const MqTable *table, gsize n)
{
  guint count = 0;

  self->keys = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    self->keys[i] = get_key (self, table, i);
  if (n > 0)
    qsort (self->keys, n, sizeof *self->keys, compare_integers);
  for (gsize i = 0; i < n; i++)
    if (count == 0 || self->keys[count - 1] != self->keys[i])
      self->keys[count++] = self->keys[i];
  self->n = count;
  for (gsize i = n; i > 0; i--)
    {
      gint64  key = get_key (self, table, i - 1);
      gint64 *found = bsearch (&key, self->keys, count, sizeof key, compare_integers);

      self->of_row[i - 1] = (guint) (found - self->keys);
      self->first_row[self->of_row[i - 1]] = i - 1;
    }
}

static void
read_terms (MqGroups *self, const MqTable *table, gsize n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n; i++)
    {
      const char *term = mq_table_text (table, i, self->column);
      gpointer    position;

      if (term == NULL)
        term = "";
      if (!g_hash_table_lookup_extended (seen, term, NULL, &position))
        {
          self->first_row[self->n] = i;
          position = GUINT_TO_POINTER (self->n++);
          g_hash_table_insert (seen, (gpointer) term, position);
        }
      self->of_row[i] = GPOINTER_TO_UINT (position);
    }
}

void
mq_groups_read (MqGroups *self, const MqTable *table, int column)
{
  gsize n = mq_table_n_rows (table);

  *self = (MqGroups){ .column = column };
  self->first_row = g_new0 (gsize, n);
  self->of_row = g_new0 (guint, n);
  if (column < 0)
    self->n = 1;
  else if (mq_figure_is_text (table, column))
    read_terms (self, table, n);
  else
    read_integers (self, table, n);
}

void
mq_groups_clear (MqGroups *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->first_row, g_free);
  g_clear_pointer (&self->of_row, g_free);
}

int
mq_groups_find (const MqGroups *self, const MqTable *table, const char *text)
{
  for (guint i = 0; i < self->n; i++)
    if (g_strcmp0 (mq_table_text (table, self->first_row[i], self->column), text) == 0)
      return (int) i;
  return -1;
}

gsize *
mq_groups_cross (const MqGroups *a, const MqGroups *b, gsize n_rows)
{
  gsize  n = (gsize) a->n * b->n;
  gsize *cells = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    cells[i] = MQ_NO_ROW;
  for (gsize i = n_rows; i > 0; i--)
    cells[(gsize) b->of_row[i - 1] * a->n + a->of_row[i - 1]] = i - 1;
  return cells;
}
