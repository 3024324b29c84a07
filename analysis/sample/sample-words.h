/* sample-words.h: what a sample shop is made of: names, places, goods, channels, campaigns and seasons in one language.
 * Inside analysis/sample only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAMPLE_CHANNELS 8
#define SAMPLE_CAMPAIGNS 12
#define SAMPLE_STATUSES 6
#define SAMPLE_EVENTS 6

/* Places in the lists below that have a planted effect. */
#define SAMPLE_CHANNEL_STRONG 2 /* converts twice as well … */
#define SAMPLE_CHANNEL_WEAK 4   /* … as this one */
#define SAMPLE_CAMPAIGN_CLUB 4  /* its customers come back */

typedef enum
{
  SAMPLE_COMPLETED,
  SAMPLE_SHIPPED,
  SAMPLE_PAID,
  SAMPLE_UNPAID,
  SAMPLE_REFUNDED,
  SAMPLE_PARTLY_REFUNDED,
} SampleStatus;

typedef enum
{
  SAMPLE_VISIT,
  SAMPLE_VIEW,
  SAMPLE_CART,
  SAMPLE_CHECKOUT,
  SAMPLE_PURCHASE,
  SAMPLE_SIGN_UP,
} SampleEvent;

typedef struct
{
  const char *name;
  const char *category;
  gint64      price; /* minor units */
} SampleProduct;

typedef struct
{
  const char *city;
  const char *region;
} SamplePlace;

typedef struct
{
  const char *name;
  const char *first_day; /* YYYY-MM-DD */
  const char *last_day;
  guint       channel;
} SampleCampaign;

/* On these days (of every year, MM-DD, or of one, YYYY-MM-DD) so many times the usual orders; the first match counts. */
typedef struct
{
  const char *first_day;
  const char *last_day;
  double      factor;
} SampleSeason;

/* What a comment is about. */
typedef enum
{
  SAMPLE_TALK_PRAISE,
  SAMPLE_TALK_PLAIN,
  SAMPLE_TALK_QUESTION,
  SAMPLE_TALK_DELIVERY, /* from here on complaints */
  SAMPLE_TALK_QUALITY,
  SAMPLE_TALK_SIZE,
  SAMPLE_TALK_PRICE,
  SAMPLE_TALK_SERVICE,
  SAMPLE_TALKS
} SampleTalk;

/* Sentences of comments; # stands for the product. They hold neither commas of the file nor quotation marks. */
typedef struct
{
  const char *const *sentences[SAMPLE_TALKS]; /* NULL-terminated */
  const char        *gap;                     /* between two sentences */
  const char        *sources[4];              /* shop, survey, service, social */
  const char        *stock;                   /* what the shop writes for who wrote nothing */
} SampleSpeech;

typedef struct
{
  const char *const *female, *const *male; /* first names, NULL-terminated */
  const char *const   *family;             /* commonest first */
  gboolean             family_first;       /* and no blank between */
  const char          *genders[2];
  const SamplePlace   *places; /* largest first, ended by a NULL city */
  const SampleProduct *products;
  const char          *refunded_category;
  const SampleSeason  *seasons;
  double               weekdays[7]; /* Monday first */
  const char          *channels[SAMPLE_CHANNELS];
  SampleCampaign       campaigns[SAMPLE_CAMPAIGNS];
  const char          *statuses[SAMPLE_STATUSES];
  const char          *events[SAMPLE_EVENTS];
  const char          *tags[3]; /* regular, gift buyer, newsletter */
  const char          *customer_prefix;
  gboolean             long_order_ids; /* eighteen digits */
  const char          *customers_header, *orders_header, *events_header, *feedback_header;
  const SampleSpeech  *speech;
} SampleWords;

extern const SampleSpeech sample_english_speech;
extern const SampleSpeech sample_chinese_speech;

extern const SampleWords sample_english;
extern const SampleWords sample_chinese;

G_END_DECLS
