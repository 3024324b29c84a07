/* answer-view.h: MqAnswerView, an analysis's answer on its page: headline figures, charts on cards with their table twins,
 * warnings, and the line of rules with the provenance behind a button. Main thread. */

#pragma once

#include <adwaita.h>

#include "chart/chart.h"
#include "tile.h"

G_BEGIN_DECLS

/* A card shows one of several charts of the result, by the toggles on it. */
typedef struct
{
  const char *const *charts;  /* ids, one a combination of the toggles, the first toggle's fastest; NULL ends the list of cards */
  const char *const *toggles; /* (nullable) N_(), pairs of words: "Matrix", "Flow"; NULL-terminated */
  gboolean           wide;    /* has its line for itself; else two stand side by side */
  double             lines;   /* natural height in lines of text; 0: the usual one */
} MqAnswerCard;

/* Signal "row-activated" (MqChart, guint64 row of its table): a mark or a line of the table was opened. Signal "tile-activated"
 * (guint index): a tile that opens. */
#define MQ_TYPE_ANSWER_VIEW (mq_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (MqAnswerView, mq_answer_view, MQ, ANSWER_VIEW, AdwBin)

/* `tiles`: N_() captions, NULL-terminated; `opening`: they open what is behind them (mq_tile_set_opens()). Without `cards` the result's first `n_views` charts are shown, the first one wide.
 * `supplement` stands below the charts. */
GtkWidget *mq_answer_view_new (const char *const *tiles, gboolean opening, const MqAnswerCard *cards, guint n_views, GtkWidget *supplement /* (transfer floating) (nullable) */);

MqTile   *mq_answer_view_get_tile (MqAnswerView *self, guint index); /* (transfer none) */
MqResult *mq_answer_view_get_result (MqAnswerView *self);            /* (transfer none) (nullable) */
MqChart  *mq_answer_view_get_chart (MqAnswerView *self);             /* (transfer none) (nullable) the result's first one */
/* While there is no result (NULL), there are no cards and no figures to be seen. */
void mq_answer_view_set_result (MqAnswerView *self, MqResult *result /* (transfer none) (nullable) */);
void mq_answer_view_set_stale (MqAnswerView *self, gboolean stale);

G_END_DECLS
