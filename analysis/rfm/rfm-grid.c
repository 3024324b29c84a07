/* rfm-grid.c: the table grid: customers and revenue of each cell of scores, for the heat map. */

#include "config.h"

#include "rfm/rfm-tables.h"

#include <glib/gi18n-lib.h>

#define MAX_CELLS (MQ_SCORES_MAX * MQ_SCORES_MAX)

typedef struct
{
  gint64 customers;
  gint64 revenue;
} Cell;

/* The segment of a cell of R and F: of the map of eleven the one most of its customers are in, of equal ones the first
 * in map order; missing if nobody is there. */
static const char *
find_segment (const MqRfmModel *model, const gint64 *counts)
{
  guint best = 0;

  for (guint i = 1; i < model->map->n_segments; i++)
    if (counts[i] > counts[best])
      best = i;
  return counts[best] > 0 ? model->map->segments[best].name : NULL;
}

static void
add_cell (MqTableBuilder *builder, const guint *codes, guint n_codes, const Cell *cell, const char *segment)
{
  mq_table_builder_append (builder);
  for (guint i = 0; i < n_codes; i++)
    mq_table_builder_set_integer (builder, i, codes[i]);
  mq_table_builder_set_integer (builder, n_codes, cell->customers);
  mq_table_builder_set_integer (builder, n_codes + 1, cell->revenue);
  mq_table_builder_set_text (builder, n_codes + 2, segment);
}

static void
add_high_low (MqTableBuilder *builder, const MqRfmMeasures *measures, const MqRfmModel *model)
{
  Cell cells[8] = { 0 };

  for (guint i = 0; i < measures->n; i++)
    {
      Cell *cell = &cells[mq_segment_map_cell (MQ_MAP_HIGH, model->codes[0][i], model->codes[1][i], model->codes[2][i])];

      cell->customers++;
      cell->revenue += measures->revenue[i];
    }
  for (guint i = 0; i < 8; i++)
    {
      guint codes[] = { i >> 2, (i >> 1) & 1, i & 1 };

      add_cell (builder, codes, 3, &cells[i], model->map->segments[model->map->cells[i]].name);
    }
}

static void
add_scores (MqTableBuilder *builder, const MqRfmMeasures *measures, const MqRfmModel *model)
{
  guint              n_r = model->classes[MQ_RFM_R].highest;
  guint              n_f = model->classes[MQ_RFM_F].highest;
  guint              n_segments = model->map->n_segments;
  Cell               cells[MAX_CELLS] = { 0 };
  g_autofree gint64 *counts = g_new0 (gint64, (gsize) MAX_CELLS * n_segments);

  for (guint i = 0; i < measures->n; i++)
    {
      guint cell = (model->codes[MQ_RFM_R][i] - 1) * n_f + model->codes[MQ_RFM_F][i] - 1;

      cells[cell].customers++;
      cells[cell].revenue += measures->revenue[i];
      if (model->segment[i] != MQ_NO_SEGMENT)
        counts[cell * n_segments + model->segment[i]]++;
    }
  for (guint r = 1; r <= n_r; r++)
    for (guint f = 1; f <= n_f; f++)
      {
        guint       cell = (r - 1) * n_f + f - 1;
        guint       codes[] = { r, f };
        const char *segment = find_segment (model, &counts[cell * n_segments]);

        if (model->map->shape == MQ_MAP_RF && model->has_segments)
          segment = model->map->segments[model->map->cells[mq_segment_map_cell (MQ_MAP_RF, r, f, 0)]].name;
        add_cell (builder, codes, 2, &cells[cell], segment);
      }
}

MqTable *
mq_rfm_grid_table (const MqRfmMeasures *measures, const MqRfmModel *model, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("grid", currency, NULL);
  gboolean        high_low = model->map->shape == MQ_MAP_HIGH;

  mq_table_builder_add_column (builder, "r", N_ ("R"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "f", N_ ("F"), MQ_COLUMN_INTEGER);
  if (high_low)
    mq_table_builder_add_column (builder, "m", N_ ("M"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "segment", N_ ("Segment"), MQ_COLUMN_TERM);
  if (high_low)
    add_high_low (builder, measures, model);
  else
    add_scores (builder, measures, model);
  return mq_table_builder_finish (builder);
}
