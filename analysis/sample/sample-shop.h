/* sample-shop.h: the invented life of a shop, in memory, before it is written as files. Inside analysis/sample only. */

#pragma once

#include "base/civil-time.h"
#include "sample/sample-words.h"

G_BEGIN_DECLS

#define SAMPLE_FIRST_DAY "2024-11-01"
#define SAMPLE_LAST_DAY "2026-10-31"
#define SAMPLE_TRACKING_DAY "2025-11-01" /* from here on there are events */
#define SAMPLE_NONE G_MAXUINT

/* Times are seconds of the wall clock since SAMPLE_FIRST_DAY. */
typedef struct
{
  gint64   added;
  guint    first_channel;
  guint    first_campaign; /* or SAMPLE_NONE */
  guint    place;
  gboolean male;
  char    *name;      /* (owned) */
  gint32   birth_day; /* or MQ_DAY_MISSING */
  guint    n_orders;
  gboolean lapsed;
} SampleCustomer;

typedef struct
{
  guint  product;
  guint  quantity;
  gint64 price;    /* minor units, after what a campaign takes off */
  gint64 returned; /* second of a return row; 0: none */
  gint64 refund;   /* as the refund column has it */
} SampleLine;

typedef struct
{
  gint64       time;
  guint        customer;
  guint        channel;
  guint        campaign; /* or SAMPLE_NONE */
  SampleStatus status;
  gboolean     tracked; /* has a visit to the web shop */
  guint        n_lines;
  SampleLine   lines[3];
} SampleOrder;

typedef struct
{
  gint64      time;
  guint       customer;
  guint       channel;
  guint       campaign; /* or SAMPLE_NONE */
  guint       product;  /* or SAMPLE_NONE */
  guint       order;    /* or SAMPLE_NONE */
  SampleEvent event;
} SampleVisit;

typedef struct
{
  gint64 time;
  guint  customer; /* or SAMPLE_NONE: nobody known */
  guint  product;
  guint  source;
  guint  rating; /* 1 to 5; 0: none */
  char  *text;   /* (owned) */
} SampleVoice;

typedef struct
{
  const SampleWords *words;
  gint32             first_day;
  guint              n_days;
  GArray            *customers; /* (owned) (element-type SampleCustomer) by time added */
  GArray            *orders;    /* (owned) (element-type SampleOrder) by time */
  GArray            *visits;    /* (owned) (element-type SampleVisit) by time */
  GArray            *voices;    /* (owned) (element-type SampleVoice) by time */
} SampleShop;

SampleShop *sample_shop_new (const SampleWords *words, guint64 seed);
void        sample_shop_free (SampleShop *self);

/* Fills self->visits from self->orders (sample-visits.c). */
void sample_shop_add_visits (SampleShop *self, guint64 seed);

/* Fills self->voices from self->orders (sample-voices.c). */
void sample_shop_add_voices (SampleShop *self, guint64 seed);

/* What a campaign's name, product and so on stand for. */
guint sample_find_campaign (const SampleShop *self, guint day);

/* Places on the calendar, weighted by season, weekday and growth: the running sum of the days' weights. */
double *sample_make_calendar (const SampleShop *self);
guint   sample_draw_day (const double *calendar, guint first, guint last, double uniform);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleShop, sample_shop_free)

G_END_DECLS
