/* sample-voices.c: what customers say of their orders. The effects that are planted stand as numbers here. */

#include "sample/sample-shop.h"

#include "stats/random.h"

#include <string.h>

#define DAY 86400
#define TROUBLE_FIRST "2026-09-01" /* effect: the parcels of this month are late */
#define TROUBLE_LAST "2026-09-30"
#define SHARE_NOBODY 0.45 /* of what is said on social media */
#define SHARE_STOCK 0.04
#define SHARE_MISRATED 0.03 /* stars that say the contrary of the text */

enum
{
  SOURCE_SHOP,
  SOURCE_SURVEY,
  SOURCE_SERVICE,
  SOURCE_SOCIAL
};

typedef struct
{
  SampleShop *shop;
  MqRandom    random;
  gint64      trouble_from, trouble_to;
  guint       n_sentences[SAMPLE_TALKS];
} Maker;

/* Effect: the fewer orders, the louder and the less happy. */
static const struct
{
  guint  most_orders;
  double speaks, unhappy;
} temper[] = { { 1, 0.55, 0.62 }, { 3, 0.12, 0.28 }, { G_MAXUINT, 0.055, 0.06 } };

static gboolean
draw_chance (Maker *maker, double share)
{
  return mq_random_uniform (&maker->random) < share;
}

static gboolean
is_in_trouble (const Maker *maker, gint64 time)
{
  return time >= maker->trouble_from && time < maker->trouble_to;
}

static SampleTalk
draw_talk (Maker *maker, double unhappy, gboolean trouble)
{
  static const double complaints[] = { 0.2, 0.3, 0.2, 0.17, 0.13 }; /* delivery, quality, size, price, service */
  double              uniform;

  if (trouble && draw_chance (maker, 0.6))
    return SAMPLE_TALK_DELIVERY;
  if (draw_chance (maker, 0.08))
    return SAMPLE_TALK_QUESTION;
  if (!draw_chance (maker, unhappy))
    return draw_chance (maker, 0.16) ? SAMPLE_TALK_PLAIN : SAMPLE_TALK_PRAISE;
  uniform = mq_random_uniform (&maker->random);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (complaints); uniform -= complaints[i++])
    if (uniform < complaints[i])
      return SAMPLE_TALK_DELIVERY + i;
  return SAMPLE_TALK_SERVICE;
}

static guint
draw_source (Maker *maker, SampleTalk talk)
{
  double uniform = mq_random_uniform (&maker->random);

  if (talk == SAMPLE_TALK_QUESTION || talk == SAMPLE_TALK_SERVICE)
    return uniform < 0.8 ? SOURCE_SERVICE : SOURCE_SOCIAL;
  return uniform < 0.55 ? SOURCE_SHOP : uniform < 0.8 ? SOURCE_SURVEY
                                                      : SOURCE_SOCIAL;
}

static guint
draw_rating (Maker *maker, SampleTalk talk, guint source)
{
  guint rating = 0;

  if (source == SOURCE_SERVICE || source == SOURCE_SOCIAL)
    return 0;
  if (talk == SAMPLE_TALK_PRAISE)
    rating = 4 + draw_chance (maker, 0.75);
  else if (talk == SAMPLE_TALK_PLAIN)
    rating = 3 + draw_chance (maker, 0.4);
  else
    rating = 1 + draw_chance (maker, 0.5);
  return draw_chance (maker, SHARE_MISRATED) ? 6 - rating : rating;
}

static void
append_sentence (GString *out, const char *sentence, const char *product)
{
  for (const char *c = sentence; *c != '\0'; c++)
    if (*c == '#')
      g_string_append (out, product);
    else
      g_string_append_c (out, *c);
}

/* One sentence, or two different ones. */
static char *
make_text (Maker *maker, SampleTalk talk, const char *product)
{
  const SampleSpeech *speech = maker->shop->words->speech;
  GString            *out = g_string_new (NULL);
  guint               n = maker->n_sentences[talk];
  guint               first = mq_random_below (&maker->random, n);

  append_sentence (out, speech->sentences[talk][first], product);
  if (talk != SAMPLE_TALK_QUESTION && draw_chance (maker, 0.35))
    {
      g_string_append (out, speech->gap);
      append_sentence (out, speech->sentences[talk][(first + 1 + mq_random_below (&maker->random, n - 1)) % n], product);
    }
  return g_string_free (out, FALSE);
}

static void
add_voice (Maker *maker, const SampleOrder *order, gint64 time, double unhappy)
{
  SampleTalk  talk = draw_talk (maker, unhappy, is_in_trouble (maker, time));
  SampleVoice voice = { .time = time, .customer = order->customer, .product = order->lines[mq_random_below (&maker->random, order->n_lines)].product };

  voice.source = draw_source (maker, talk);
  voice.rating = draw_rating (maker, talk, voice.source);
  if (voice.source == SOURCE_SOCIAL && draw_chance (maker, SHARE_NOBODY))
    voice.customer = SAMPLE_NONE;
  if (talk == SAMPLE_TALK_PRAISE && voice.source == SOURCE_SHOP && draw_chance (maker, 2 * SHARE_STOCK))
    voice.text = g_strdup (maker->shop->words->speech->stock);
  else
    voice.text = make_text (maker, talk, maker->shop->words->products[voice.product].name);
  g_array_append_val (maker->shop->voices, voice);
}

static void
add_voice_of_order (Maker *maker, const SampleOrder *order)
{
  guint  n_orders = g_array_index (maker->shop->customers, SampleCustomer, order->customer).n_orders;
  gint64 time = order->time + (gint64) (2 + mq_random_below (&maker->random, 14)) * DAY + mq_random_below (&maker->random, 3 * 3600);
  guint class = 0;
  double speaks;

  while (n_orders > temper[class].most_orders)
    class ++;
  speaks = temper[class].speaks * (is_in_trouble (maker, time) ? 1.4 : 1);
  if (draw_chance (maker, speaks) && order->status != SAMPLE_UNPAID && time < (gint64) maker->shop->n_days * DAY)
    add_voice (maker, order, time, temper[class].unhappy);
}

static gint
compare_voices_cb (gconstpointer a, gconstpointer b)
{
  const SampleVoice *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return x->customer != y->customer ? (x->customer < y->customer ? -1 : 1) : strcmp (x->text, y->text);
}

static void
clear_voice_cb (gpointer data)
{
  g_free (((SampleVoice *) data)->text);
}

void
sample_shop_add_voices (SampleShop *self, guint64 seed)
{
  Maker  maker = { self };
  gint32 first, last;

  mq_random_init (&maker.random, seed, 3);
  mq_day_parse (TROUBLE_FIRST, &first);
  mq_day_parse (TROUBLE_LAST, &last);
  maker.trouble_from = (gint64) (first - self->first_day) * DAY;
  maker.trouble_to = (gint64) (last + 1 - self->first_day) * DAY;
  for (guint talk = 0; talk < SAMPLE_TALKS; talk++)
    maker.n_sentences[talk] = g_strv_length ((char **) self->words->speech->sentences[talk]);
  self->voices = g_array_new (FALSE, FALSE, sizeof (SampleVoice));
  g_array_set_clear_func (self->voices, clear_voice_cb);
  for (guint i = 0; i < self->orders->len; i++)
    add_voice_of_order (&maker, &g_array_index (self->orders, SampleOrder, i));
  g_array_sort (self->voices, compare_voices_cb);
}
