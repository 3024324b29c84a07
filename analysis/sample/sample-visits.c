/* sample-visits.c: what customers do in the web shop: the visits that end in an order, and those that do not, as many as
 * the share of converting visits of a channel says. */

#include "sample/sample-shop.h"

#include "stats/random.h"

#include <math.h>

#define DAY 86400
#define CONVERTING 0.25
#define CONVERTING_STRONG 0.36 /* effect: one channel converts twice as well as another */
#define CONVERTING_WEAK 0.18

typedef struct
{
  SampleShop *shop;
  MqRandom    random;
  double     *calendar; /* (owned) */
  guint       tracking_day;
  guint       n_products;
} Maker;

static void
add_visit (Maker *maker, const SampleVisit *like, SampleEvent event, gint64 time)
{
  SampleVisit visit = *like;

  visit.event = event;
  visit.time = time;
  if (event == SAMPLE_VISIT || event == SAMPLE_SIGN_UP)
    visit.product = SAMPLE_NONE;
  if (event != SAMPLE_PURCHASE)
    visit.order = SAMPLE_NONE;
  g_array_append_val (maker->shop->visits, visit);
}

static gint64
draw_pause (Maker *maker, guint most)
{
  return 10 + mq_random_below (&maker->random, most);
}

static void
add_converting_visit (Maker *maker, guint index)
{
  const SampleOrder *order = &g_array_index (maker->shop->orders, SampleOrder, index);
  SampleVisit        visit = { 0, order->customer, order->channel, order->campaign, order->lines[0].product, index, SAMPLE_VISIT };
  gint64             checkout = order->time - draw_pause (maker, 200);
  gint64             cart = checkout - draw_pause (maker, 240);
  gint64             view = cart - draw_pause (maker, 300);

  add_visit (maker, &visit, SAMPLE_VISIT, view - draw_pause (maker, 120));
  add_visit (maker, &visit, SAMPLE_VIEW, view);
  add_visit (maker, &visit, SAMPLE_CART, cart);
  add_visit (maker, &visit, SAMPLE_CHECKOUT, checkout);
  add_visit (maker, &visit, SAMPLE_PURCHASE, order->time);
}

/* A customer who was known on the day. */
static guint
draw_customer (Maker *maker, gint64 time)
{
  guint low = 0, high = maker->shop->customers->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (maker->shop->customers, SampleCustomer, middle).added <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return mq_random_below (&maker->random, MAX (low, 1));
}

static void
add_lost_visit (Maker *maker, guint channel)
{
  guint       day = sample_draw_day (maker->calendar, maker->tracking_day, maker->shop->n_days - 1, mq_random_uniform (&maker->random));
  gint64      time = (gint64) day * DAY + (8 + 14 * mq_random_uniform (&maker->random)) * 3600;
  guint       campaign = sample_find_campaign (maker->shop, day);
  SampleVisit visit = { 0, draw_customer (maker, time), channel, SAMPLE_NONE, mq_random_below (&maker->random, maker->n_products), SAMPLE_NONE, SAMPLE_VISIT };

  if (campaign != SAMPLE_NONE && maker->shop->words->campaigns[campaign].channel == channel && mq_random_uniform (&maker->random) < 0.7)
    visit.campaign = campaign;
  add_visit (maker, &visit, SAMPLE_VISIT, time);
  if (mq_random_uniform (&maker->random) > 0.78)
    return;
  add_visit (maker, &visit, SAMPLE_VIEW, time += draw_pause (maker, 120));
  if (mq_random_uniform (&maker->random) > 0.3)
    return;
  add_visit (maker, &visit, SAMPLE_CART, time += draw_pause (maker, 300));
  if (mq_random_uniform (&maker->random) < 0.35)
    add_visit (maker, &visit, SAMPLE_CHECKOUT, time + draw_pause (maker, 240));
}

static void
add_sign_ups (Maker *maker)
{
  for (guint i = 0; i < maker->shop->customers->len; i++)
    {
      const SampleCustomer *customer = &g_array_index (maker->shop->customers, SampleCustomer, i);
      SampleVisit           visit = { 0, i, customer->first_channel, customer->first_campaign, SAMPLE_NONE, SAMPLE_NONE, SAMPLE_SIGN_UP };

      if (customer->added / DAY >= maker->tracking_day)
        add_visit (maker, &visit, SAMPLE_SIGN_UP, customer->added);
    }
}

static gint
compare_visits_cb (gconstpointer a, gconstpointer b)
{
  const SampleVisit *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->customer != y->customer)
    return x->customer < y->customer ? -1 : 1;
  return (int) x->event - (int) y->event;
}

void
sample_shop_add_visits (SampleShop *self, guint64 seed)
{
  Maker  maker = { self };
  guint  converting[SAMPLE_CHANNELS] = { 0 };
  gint32 day;

  mq_random_init (&maker.random, seed, 1);
  mq_day_parse (SAMPLE_TRACKING_DAY, &day);
  maker.tracking_day = day - self->first_day;
  maker.calendar = sample_make_calendar (self);
  while (self->words->products[maker.n_products].name != NULL)
    maker.n_products++;
  for (guint i = 0; i < self->orders->len; i++)
    {
      const SampleOrder *order = &g_array_index (self->orders, SampleOrder, i);

      if (!order->tracked || order->status == SAMPLE_UNPAID || order->time / DAY < maker.tracking_day)
        continue;
      add_converting_visit (&maker, i);
      converting[order->channel]++;
    }
  for (guint channel = 0; channel < SAMPLE_CHANNELS; channel++)
    {
      double share = channel == SAMPLE_CHANNEL_STRONG ? CONVERTING_STRONG : channel == SAMPLE_CHANNEL_WEAK ? CONVERTING_WEAK
                                                                                                           : CONVERTING;
      guint  n = lround (converting[channel] * (1 - share) / share);

      for (guint i = 0; i < n; i++)
        add_lost_visit (&maker, channel);
    }
  add_sign_ups (&maker);
  g_array_sort (self->visits, compare_visits_cb);
  g_free (maker.calendar);
}
