/* rfm-migration.c: the table migration: who was in which segment at the earlier date and is in which now. */

#include "config.h"

#include "rfm/rfm-tables.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 customers;
  gint64 revenue;
} Move;

static void
add_move (Move *move, gint64 revenue)
{
  move->customers++;
  move->revenue += revenue;
}

/* Both populations are sorted by person: one merge. `none` is the index of "not there". */
static void
count_moves (const MqRfmMeasures *before, const MqRfmModel *before_model, const MqRfmMeasures *now, const MqRfmModel *now_model, guint none, Move *moves)
{
  guint i = 0, j = 0;

  while (i < before->n || j < now->n)
    {
      guint64 left = i < before->n ? before->persons[i] : G_MAXUINT64;
      guint64 right = j < now->n ? now->persons[j] : G_MAXUINT64;
      guint   from = left <= right ? before_model->segment[i] : none;
      guint   to = right <= left ? now_model->segment[j] : none;

      add_move (&moves[from * (none + 1) + to], right <= left ? now->revenue[j] : before->revenue[i]);
      i += left <= right;
      j += right <= left;
    }
}

guint32 *
mq_rfm_segments_before (const MqRfmMeasures *before, const MqRfmModel *before_model, const MqRfmMeasures *now)
{
  guint32 *segments = g_new (guint32, MAX (now->n, 1));
  guint    i = 0;

  for (guint j = 0; j < now->n; j++)
    {
      while (i < before->n && before->persons[i] < now->persons[j])
        i++;
      segments[j] = i < before->n && before->persons[i] == now->persons[j] ? before_model->segment[i] : MQ_CODE_MISSING;
    }
  return segments;
}

MqTable *
mq_rfm_migration_table (const MqRfmMeasures *before, const MqRfmModel *before_model, const MqRfmMeasures *now, const MqRfmModel *now_model, const MqSegmentMap *map, const char *currency)
{
  MqTableBuilder  *builder = mq_table_builder_new ("migration", currency, NULL);
  guint            none = map->n_segments;
  g_autofree Move *moves = g_new0 (Move, (gsize) (none + 1) * (none + 1));

  mq_table_builder_add_column (builder, "from", N_ ("From"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "to", N_ ("To"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  count_moves (before, before_model, now, now_model, none, moves);
  for (guint from = 0; from <= none; from++)
    for (guint to = 0; to <= none; to++)
      {
        const Move *move = &moves[from * (none + 1) + to];

        if (from == none && to == none)
          continue;
        mq_table_builder_append (builder);
        mq_table_builder_set_text (builder, 0, from < none ? map->segments[from].name : NULL);
        mq_table_builder_set_text (builder, 1, to < none ? map->segments[to].name : NULL);
        mq_table_builder_set_integer (builder, 2, move->customers);
        mq_table_builder_set_integer (builder, 3, move->revenue);
      }
  return mq_table_builder_finish (builder);
}
