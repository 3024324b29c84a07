/* segment-map.h: maps from scores to segments. A map covers every cell exactly once; mq_segment_map_check() proves it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;   /* N_("Champions"): the contract's name in machine output */
  const char *action; /* N_(): the suggested next action */
  const char *reason; /* N_(): why */
} MqSegment;

typedef enum
{
  MQ_MAP_RFM,  /* 125 cells, index (r-1)*25 + (f-1)*5 + (m-1) */
  MQ_MAP_RF,   /* 25 cells, index (r-1)*5 + (f-1) */
  MQ_MAP_HIGH, /* 8 cells of high/low, index r*4 + f*2 + m */
} MqMapShape;

typedef struct
{
  const char      *id; /* "eleven" */
  const char      *title;
  MqMapShape       shape;
  guint            n_segments;
  const MqSegment *segments; /* in map order */
  const guint8    *cells;    /* cell to segment index */
} MqSegmentMap;

const MqSegmentMap *mq_segment_map_find (const char *id); /* eleven grid eight; (nullable) */
guint               mq_segment_map_n_cells (const MqSegmentMap *map);

G_END_DECLS
