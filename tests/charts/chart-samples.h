/* chart-samples.h: one chart of every kind and use, with made-up figures: for the property tests, the pictures that are
 * compared, the gallery and the benchmark. Same arguments, same chart. */

#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

typedef enum
{
  SAMPLE_ENGLISH,
  SAMPLE_CHINESE,
  SAMPLE_ARABIC,
  SAMPLE_LONG, /* names that are sentences, and words without a blank */
  N_SAMPLE_WORDS,
} SampleWords;

guint       chart_sample_n (void);
const char *chart_sample_name (guint index); /* "lines-band" */
/* seed 0: figures as one would show them; others: random sizes, gaps, zeros and extremes. (transfer full) */
MqChart *chart_sample_make (guint index, SampleWords words, guint seed);

/* A line chart of 5 series of 20,000 points with bands: the fullest one. (transfer full) */
MqChart *chart_sample_fullest (void);

G_END_DECLS
