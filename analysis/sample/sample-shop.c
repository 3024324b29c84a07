/* sample-shop.c: customers and their orders. The effects that are planted stand as numbers here; sample.c says what they
 * are, and test-sample.c finds them again in the files. */

#include "sample/sample-shop.h"

#include "stats/random.h"

#include <math.h>
#include <string.h>

#define N_CUSTOMERS 1850
#define N_LAPSED 95
#define SHARE_WITHOUT_ORDER 0.06
#define SHARE_ONE_TIME 0.60      /* of those who bought, the club and the lapsed apart */
#define SHARE_ONE_TIME_CLUB 0.12 /* effect: the club's customers come back */
#define SHARE_REFUNDED 0.025
#define SHARE_REFUNDED_CATEGORY 0.14 /* effect: one category is sent back */
#define SHARE_UNPAID 0.03
#define LAPSED_FIRST 367 /* days since the first: 2025-11-03 … */
#define LAPSED_LAST 515  /* … 2026-03-31, silent since */
#define DAY 86400

typedef struct
{
  SampleShop        *shop;
  const SampleWords *words;
  MqRandom           random;
  double            *calendar; /* (owned) */
  guint              n_female, n_male, n_family, n_places, n_products;
} Maker;

static guint
count_texts (const char *const *texts)
{
  return g_strv_length ((char **) texts);
}

static gboolean
draw_chance (Maker *maker, double share)
{
  return mq_random_uniform (&maker->random) < share;
}

/* The first of a list are the commonest. */
static guint
draw_skewed (Maker *maker, guint n, double skew)
{
  return n * pow (mq_random_uniform (&maker->random), skew);
}

/* A second of the day between seven and midnight, most of them in the evening. */
static gint64
draw_second (Maker *maker)
{
  double hour = draw_chance (maker, 0.45) ? 19.8 + 1.4 * mq_random_normal (&maker->random) : 8 + 13 * mq_random_uniform (&maker->random);

  return CLAMP (hour, 7.2, 23.3) * 3600 + mq_random_below (&maker->random, 60);
}

static guint
draw_channel (Maker *maker)
{
  static const double shares[SAMPLE_CHANNELS] = { 0.22, 0.14, 0.16, 0.14, 0.1, 0.07, 0.07, 0.1 };
  double              uniform = mq_random_uniform (&maker->random);

  for (guint i = 0; i + 1 < SAMPLE_CHANNELS; uniform -= shares[i++])
    if (uniform < shares[i])
      return i;
  return SAMPLE_CHANNELS - 1;
}

/* In a campaign's days part of the orders are its own, most of them through its channel. */
static void
draw_source (Maker *maker, guint day, guint *channel, guint *campaign)
{
  guint running = sample_find_campaign (maker->shop, day);

  *channel = draw_channel (maker);
  *campaign = SAMPLE_NONE;
  if (running == SAMPLE_NONE || !draw_chance (maker, running == SAMPLE_CAMPAIGN_CLUB ? 0.95 : 0.45))
    return;
  *campaign = running;
  if (draw_chance (maker, 0.8))
    *channel = maker->words->campaigns[running].channel;
}

static char *
draw_name (Maker *maker, gboolean male)
{
  const char *const *firsts = male ? maker->words->male : maker->words->female;
  const char        *first = firsts[mq_random_below (&maker->random, male ? maker->n_male : maker->n_female)];
  const char        *family = maker->words->family[draw_skewed (maker, maker->n_family, 1.7)];

  if (maker->words->family_first)
    return g_strconcat (family, first, NULL);
  return g_strconcat (first, " ", family, NULL);
}

static SampleCustomer
make_customer (Maker *maker, gboolean lapsed)
{
  SampleCustomer customer = { .lapsed = lapsed, .birth_day = MQ_DAY_MISSING };
  guint          day = sample_draw_day (maker->calendar, 0, lapsed ? 240 : maker->shop->n_days - 3, mq_random_uniform (&maker->random));

  customer.added = (gint64) day * DAY + draw_second (maker);
  draw_source (maker, day, &customer.first_channel, &customer.first_campaign);
  customer.male = draw_chance (maker, 0.36);
  customer.name = draw_name (maker, customer.male);
  customer.place = draw_skewed (maker, maker->n_places, 1.6);
  if (draw_chance (maker, 0.7))
    customer.birth_day = mq_day_from_civil (1986, 1, 1) + 365.25 * CLAMP (10 * mq_random_normal (&maker->random), -35, 20);
  return customer;
}

static gboolean
is_of_club (const SampleCustomer *customer)
{
  return customer->first_campaign == SAMPLE_CAMPAIGN_CLUB;
}

/* How many orders a customer places between being added and the end. */
static guint
draw_n_orders (Maker *maker, const SampleCustomer *customer)
{
  double days = maker->shop->n_days - 1 - customer->added / DAY;
  double pace = 0.25 + mq_random_exponential (&maker->random);

  if (customer->lapsed)
    return 6 + mq_random_below (&maker->random, 4);
  if (!is_of_club (customer) && draw_chance (maker, SHARE_WITHOUT_ORDER))
    return 0;
  if (draw_chance (maker, is_of_club (customer) ? SHARE_ONE_TIME_CLUB : SHARE_ONE_TIME))
    return 1;
  return MIN (2 + (guint) (pace * days / 70), 30);
}

static SampleLine
draw_line (Maker *maker, const SampleOrder *order, gboolean generous)
{
  SampleLine line = { 0 };

  line.product = mq_random_below (&maker->random, maker->n_products);
  line.quantity = 1 + (draw_chance (maker, 0.28) ? 1 + mq_random_below (&maker->random, 3) : 0) + (generous && draw_chance (maker, 0.5));
  line.price = maker->words->products[line.product].price;
  if (order->campaign != SAMPLE_NONE)
    line.price = line.price * 9 / 10;
  return line;
}

/* Some lines come back: as an amount in the refund column, or as a row of its own some days later. */
static void
refund_lines (Maker *maker, SampleOrder *order)
{
  guint n_refunded = 0, n_returned = 0;

  for (guint i = 0; i < order->n_lines; i++)
    {
      SampleLine *line = &order->lines[i];
      gboolean    weak = g_str_equal (maker->words->products[line->product].category, maker->words->refunded_category);
      gint64      later = order->time + (gint64) (4 + mq_random_below (&maker->random, 20)) * DAY;

      if (!draw_chance (maker, weak ? SHARE_REFUNDED_CATEGORY : SHARE_REFUNDED))
        continue;
      if (draw_chance (maker, 0.3) && later < (gint64) maker->shop->n_days * DAY)
        {
          line->returned = later;
          n_returned++;
        }
      else
        {
          line->refund = line->price * line->quantity;
          n_refunded++;
        }
    }
  if (n_refunded == order->n_lines)
    order->status = SAMPLE_REFUNDED;
  else if (n_refunded > 0)
    order->status = SAMPLE_PARTLY_REFUNDED;
}

static void
add_order (Maker *maker, guint index, const SampleCustomer *customer, gint64 time, gboolean first)
{
  SampleOrder order = { .time = time, .customer = index, .status = SAMPLE_COMPLETED };
  guint       day = time / DAY;
  guint       days_left = maker->shop->n_days - 1 - day;

  if (first)
    {
      order.channel = customer->first_channel;
      order.campaign = customer->first_campaign;
    }
  else
    draw_source (maker, day, &order.channel, &order.campaign);
  order.tracked = draw_chance (maker, 0.5);
  order.n_lines = 1 + draw_chance (maker, 0.35) + draw_chance (maker, 0.15);
  for (guint i = 0; i < order.n_lines; i++)
    order.lines[i] = draw_line (maker, &order, customer->lapsed);
  if (!first && !customer->lapsed && draw_chance (maker, SHARE_UNPAID))
    order.status = SAMPLE_UNPAID;
  else if (days_left < 2)
    order.status = SAMPLE_PAID;
  else if (days_left < 7)
    order.status = SAMPLE_SHIPPED;
  else
    refund_lines (maker, &order);
  g_array_append_val (maker->shop->orders, order);
}

/* The first order follows soon after being added; the others lie on the calendar until the customer ends or is lost. */
static void
add_orders (Maker *maker, guint index)
{
  SampleCustomer *customer = &g_array_index (maker->shop->customers, SampleCustomer, index);
  guint           n = draw_n_orders (maker, customer);
  guint           first_day = customer->added / DAY;
  guint           last_day = maker->shop->n_days - 1;
  guint           life = 60 + 900 * mq_random_exponential (&maker->random);

  customer->n_orders = n;
  if (n == 0)
    return;
  add_order (maker, index, customer, customer->added + 120 + mq_random_below (&maker->random, 1500), TRUE);
  first_day = MIN (first_day + 1, last_day);
  last_day = MIN (last_day, first_day + life);
  for (guint i = 1; i < n; i++)
    {
      gboolean recent = customer->lapsed && i >= 2;
      guint    from = recent ? LAPSED_FIRST : first_day;
      guint    to = recent ? LAPSED_LAST : customer->lapsed ? LAPSED_FIRST - 3
                                                            : last_day;
      gint64   day = sample_draw_day (maker->calendar, from, to, mq_random_uniform (&maker->random));

      add_order (maker, index, customer, day * DAY + draw_second (maker), FALSE);
    }
}

static gint
compare_customers_cb (gconstpointer a, gconstpointer b)
{
  const SampleCustomer *x = a, *y = b;

  return x->added != y->added ? (x->added < y->added ? -1 : 1) : strcmp (x->name, y->name);
}

static gint
compare_orders_cb (gconstpointer a, gconstpointer b)
{
  const SampleOrder *x = a, *y = b;

  return x->time != y->time ? (x->time < y->time ? -1 : 1) : (x->customer > y->customer) - (x->customer < y->customer);
}

static void
clear_customer_cb (gpointer data)
{
  g_free (((SampleCustomer *) data)->name);
}

static void
fill_shop (Maker *maker)
{
  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      SampleCustomer customer = make_customer (maker, i < N_LAPSED);

      g_array_append_val (maker->shop->customers, customer);
    }
  g_array_sort (maker->shop->customers, compare_customers_cb);
  for (guint i = 0; i < N_CUSTOMERS; i++)
    add_orders (maker, i);
  g_array_sort (maker->shop->orders, compare_orders_cb);
}

SampleShop *
sample_shop_new (const SampleWords *words, guint64 seed)
{
  SampleShop *self = g_new0 (SampleShop, 1);
  Maker       maker = { self, words };
  gint32      last_day;

  self->words = words;
  mq_day_parse (SAMPLE_FIRST_DAY, &self->first_day);
  mq_day_parse (SAMPLE_LAST_DAY, &last_day);
  self->n_days = last_day - self->first_day + 1;
  self->customers = g_array_new (FALSE, FALSE, sizeof (SampleCustomer));
  self->orders = g_array_new (FALSE, FALSE, sizeof (SampleOrder));
  self->visits = g_array_new (FALSE, FALSE, sizeof (SampleVisit));
  g_array_set_clear_func (self->customers, clear_customer_cb);
  maker.n_female = count_texts (words->female);
  maker.n_male = count_texts (words->male);
  maker.n_family = count_texts (words->family);
  while (words->places[maker.n_places].city != NULL)
    maker.n_places++;
  while (words->products[maker.n_products].name != NULL)
    maker.n_products++;
  maker.calendar = sample_make_calendar (self);
  mq_random_init (&maker.random, seed, 0);
  fill_shop (&maker);
  g_free (maker.calendar);
  sample_shop_add_visits (self, seed);
  sample_shop_add_voices (self, seed);
  return self;
}

void
sample_shop_free (SampleShop *self)
{
  g_array_unref (self->customers);
  g_array_unref (self->orders);
  g_array_unref (self->visits);
  g_array_unref (self->voices);
  g_free (self);
}
