/* track.h: the points of one line, from rows to what is drawn: steps laid out; many points come down to the least and the
 * greatest of each pixel column. */

#pragma once

#include "chart/axis.h"

G_BEGIN_DECLS

typedef struct
{
  gsize    row;
  double   x;                /* value on the axis, or position of the step */
  double   value, low, high; /* NaN: missing */
  gboolean complete;
} MqTrackPoint;

/* (element-type MqTrackPoint) in ascending x. */
typedef GArray MqTrack;

/* Whether there are more points than pixel columns can show: then the line is best drawn as its envelopes. */
gboolean mq_track_is_dense (const MqTrack *self, const MqAxis *x);
/* Outlines of the line's complete part, `line` wide: from the least to the greatest of each pixel column, and of what leads
 * there; one for each unbroken part. (transfer full) (element-type GArray of MqPoint) */
GPtrArray *mq_track_envelopes (const MqTrack *self, const MqAxis *x, const MqAxis *y, double line);
/* Lines between points, from-to: those that lead to a complete point or the others. Broken where a value is missing.
 * (transfer full) (element-type MqPoint) */
GArray *mq_track_line (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean steps, gboolean complete);
/* Outlines of the band: a closed polygon for each unbroken part. (transfer full) (element-type GArray of MqPoint) */
GPtrArray *mq_track_bands (const MqTrack *self, const MqAxis *x, const MqAxis *y, gboolean steps);
/* The points a reader walks over: all up to `most`, else about evenly chosen ones with the first, the last, the least and
 * the greatest. (transfer full) (element-type guint) */
GArray *mq_track_stops (const MqTrack *self, guint most);

G_END_DECLS
