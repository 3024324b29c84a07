/* sample.h: the project's own seeded generator: a shop with two years of customers, orders, events and feedback. What it plants
 * (sample-effects in sample.c) is found again by tests. Writes CSV files, which are then imported like anybody's. */

#pragma once

#include "base/run.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* "shop-en", "shop-zh" */
  const char *title; /* N_() */
  const char *zone;
  const char *currency;
} MqSample;

const MqSample *mq_samples (guint *n);
const MqSample *mq_sample_find (const char *id); /* (nullable) */

/* Writes customers.csv, orders.csv, events.csv and feedback.csv into a folder that exists. Same bytes each time. */
gboolean mq_sample_write (const MqSample *sample, const char *folder, const MqRun *run, GError **error);

/* Benchmark files: `events` rows of `customers` customers (Zipf mix of 12 names, 8 channels, 40 campaigns, 5,000
 * products, two years); `orders` rows. In random order, as real exports are not sorted by customer. */
gboolean mq_sample_write_events (const char *path, guint64 seed, gint64 events, gint64 customers, const MqRun *run, GError **error);
gboolean mq_sample_write_orders (const char *path, guint64 seed, gint64 orders, gint64 customers, const MqRun *run, GError **error);

G_END_DECLS
