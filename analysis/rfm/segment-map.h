/* segment-map.h: maps from scores to segments. A map covers every cell exactly once: mq_segment_map_fill() proves it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;   /* N_("Champions"): the contract's name in machine output */
  const char *action; /* N_(): the suggested next action */
  const char *reason; /* N_(): why */
  const char *codes;  /* its cells as they are written in METHODS.md: "555 554 …" */
} MqSegment;

typedef enum
{
  MQ_MAP_RFM,  /* 125 cells, index (r-1)*25 + (f-1)*5 + (m-1) */
  MQ_MAP_RF,   /* 25 cells, index (r-1)*5 + (f-1) */
  MQ_MAP_HIGH, /* 8 cells of high/low, index r*4 + f*2 + m */
} MqMapShape;

typedef struct
{
  const char      *id;    /* "eleven" */
  const char      *title; /* N_() */
  MqMapShape       shape;
  guint            n_segments;
  const MqSegment *segments; /* in map order */
  const guint8    *cells;    /* cell to segment index */
} MqSegmentMap;

const MqSegmentMap *mq_segment_map_find (const char *id); /* eleven grid eight; (nullable) */
guint               mq_segment_map_n_cells (MqMapShape shape);
/* Scores 1 to 5, or 0 and 1 for MQ_MAP_HIGH; m is not looked at for MQ_MAP_RF. */
guint mq_segment_map_cell (MqMapShape shape, guint r, guint f, guint m);

/* Writes the segment of each cell to `cells`. FALSE with G_IO_ERROR_INVALID_DATA if a cell is named twice, not at all,
 * or a code is none of the shape: the message names the cell. */
gboolean mq_segment_map_fill (MqMapShape shape, const MqSegment *segments, guint n_segments, guint8 *cells, GError **error);

G_END_DECLS
