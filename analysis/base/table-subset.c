/* table-subset.c: some rows of a table as a table of their own. */

#include "config.h"

#include "base/table.h"

static void
copy_cell (MqTableBuilder *builder, const MqTable *table, gsize row, guint column)
{
  switch (mq_table_column_type (table, column))
    {
    case MQ_COLUMN_TEXT:
    case MQ_COLUMN_TERM:
      if (mq_table_is_word (table, row, column))
        mq_table_builder_set_word (builder, column, mq_table_text (table, row, column));
      else
        mq_table_builder_set_text (builder, column, mq_table_text (table, row, column));
      break;
    case MQ_COLUMN_DOUBLE:
    case MQ_COLUMN_SHARE:
    case MQ_COLUMN_DURATION:
      mq_table_builder_set_double (builder, column, mq_table_number (table, row, column));
      break;
    case MQ_COLUMN_INTEGER:
    case MQ_COLUMN_MONEY:
    case MQ_COLUMN_DAY:
    case MQ_COLUMN_TIME:
    case MQ_COLUMN_BOOLEAN:
    default:
      mq_table_builder_set_integer (builder, column, mq_table_integer (table, row, column));
    }
}

MqTable *
mq_table_subset (const MqTable *self, const guint32 *rows, gsize n)
{
  MqTableBuilder *builder = mq_table_builder_new (mq_table_name (self), mq_table_currency (self), mq_table_zone (self));
  guint           n_columns = mq_table_n_columns (self);

  for (guint i = 0; i < n_columns; i++)
    {
      mq_table_builder_add_column (builder, mq_table_column_id (self, i), mq_table_column_title (self, i), mq_table_column_type (self, i));
      mq_table_builder_set_words (builder, i, mq_table_column_words (self, i));
    }
  for (gsize i = 0; i < n; i++)
    {
      mq_table_builder_append (builder);
      for (guint column = 0; column < n_columns; column++)
        {
          if (!mq_table_is_missing (self, rows[i], column))
            copy_cell (builder, self, rows[i], column);
        }
    }
  return mq_table_builder_finish (builder);
}
