/* sample.c: the samples that the program ships, written as CSV files.
 *
 * sample-effects: what is planted, and test-sample.c finds again:
 *   1. customers won by the spring club repurchase far more often than others (9 of 10 against 4 of 10);
 *   2. more than half of all buyers bought once;
 *   3. orders peak in the season (before Christmas; on 11.11 and 6.18);
 *   4. visits through e-mail (WeCom) convert twice as often as visits through display advertising;
 *   5. 95 customers bought often until March 2026 and not since: at risk;
 *   6. lamps are sent back five times as often as anything else;
 *   7. in September 2026 most comments complain of delivery, at other times few do;
 *   8. who bought once speaks most often and is least happy: all buyers together are happier than those heard. */

#include "config.h"

#include "sample/sample.h"

#include "base/money.h"
#include "sample/sample-shop.h"
#include "stats/random.h"

#include <glib/gi18n-lib.h>

#define SEED 20261031
#define DAY 86400

typedef struct
{
  SampleShop *shop;
  GPtrArray  *order_ids; /* (element-type utf8) */
} Writer;

/* A row of orders.csv: a line of an order, or its return. */
typedef struct
{
  gint64   time;
  guint    order;
  guint    line;
  gboolean is_return;
} OrderRow;

static const MqSample samples[] = {
  { "shop-en", N_ ("Gift shop (English)"), "Europe/London", "GBP" },
  { "shop-zh", N_ ("Tea shop (Chinese)"), "Asia/Shanghai", "CNY" },
};

static void
append_time (GString *out, const SampleShop *shop, gint64 time)
{
  g_autofree char *day = mq_day_format (shop->first_day + time / DAY);
  int              second = time % DAY;

  g_string_append_printf (out, "%s %02d:%02d:%02d", day, second / 3600, second / 60 % 60, second % 60);
}

static void
append_money (GString *out, gint64 minor)
{
  char buffer[32];

  mq_money_write (minor, 2, buffer);
  g_string_append (out, buffer);
}

static void
append_customer_id (GString *out, const SampleShop *shop, guint customer)
{
  g_string_append_printf (out, "%s%05u", shop->words->customer_prefix, 10001 + customer);
}

static const char *
get_campaign (const SampleShop *shop, guint campaign)
{
  return campaign != SAMPLE_NONE ? shop->words->campaigns[campaign].name : "";
}

static char *
make_order_id (const SampleShop *shop, guint index)
{
  const SampleOrder *order = &g_array_index (shop->orders, SampleOrder, index);
  int                year, month, mday;

  if (!shop->words->long_order_ids)
    return g_strdup_printf ("%u", 100001 + index);
  mq_day_to_civil (shop->first_day + order->time / DAY, &year, &month, &mday);
  return g_strdup_printf ("%04d%02d%02d%05d%05u", year, month, mday, (int) (order->time % DAY), 10000 + index);
}

static gboolean
write_text (const char *folder, const char *name, const GString *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents (path, text->str, text->len, error);
}

static void
append_tags (GString *out, const SampleShop *shop, const SampleCustomer *customer, MqRandom *random)
{
  gsize before = out->len;

  if (customer->n_orders >= 6)
    g_string_append (out, shop->words->tags[0]);
  for (guint tag = 1; tag < 3; tag++)
    if (mq_random_uniform (random) < 0.25)
      g_string_append_printf (out, "%s%s", out->len > before ? ";" : "", shop->words->tags[tag]);
}

static gboolean
write_customers (const SampleShop *shop, const char *folder, GError **error)
{
  const SampleWords *words = shop->words;
  g_autoptr (GString) out = g_string_new (words->customers_header);
  MqRandom random;

  mq_random_init (&random, SEED, 2);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < shop->customers->len; i++)
    {
      const SampleCustomer *customer = &g_array_index (shop->customers, SampleCustomer, i);
      g_autofree char      *birth = customer->birth_day != MQ_DAY_MISSING ? mq_day_format (customer->birth_day) : g_strdup ("");

      append_customer_id (out, shop, i);
      g_string_append_printf (out, ",%s,%s,%s,%s,%s,%s,", customer->name, words->genders[customer->male], birth, words->places[customer->place].city, words->places[customer->place].region, words->channels[customer->first_channel]);
      append_time (out, shop, customer->added);
      g_string_append_c (out, ',');
      append_tags (out, shop, customer, &random);
      g_string_append_c (out, '\n');
    }
  return write_text (folder, "customers.csv", out, error);
}

static gint
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  const OrderRow *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return x->line != y->line ? (x->line < y->line ? -1 : 1) : x->is_return - y->is_return;
}

static GArray *
list_rows (const SampleShop *shop)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (OrderRow));

  for (guint i = 0; i < shop->orders->len; i++)
    {
      const SampleOrder *order = &g_array_index (shop->orders, SampleOrder, i);

      for (guint line = 0; line < order->n_lines; line++)
        {
          OrderRow row = { order->time, i, line, FALSE };
          OrderRow back = { order->lines[line].returned, i, line, TRUE };

          g_array_append_val (rows, row);
          if (order->lines[line].returned != 0)
            g_array_append_val (rows, back);
        }
    }
  g_array_sort (rows, compare_rows_cb);
  return rows;
}

static void
append_order_row (GString *out, const Writer *writer, const OrderRow *row)
{
  const SampleShop    *shop = writer->shop;
  const SampleWords   *words = shop->words;
  const SampleOrder   *order = &g_array_index (shop->orders, SampleOrder, row->order);
  const SampleLine    *line = &order->lines[row->line];
  const SampleProduct *product = &words->products[line->product];
  int                  quantity = row->is_return ? -(int) line->quantity : (int) line->quantity;
  SampleStatus         status = row->is_return ? SAMPLE_REFUNDED : order->status;

  g_string_append_printf (out, "%s,", (const char *) writer->order_ids->pdata[row->order]);
  append_customer_id (out, shop, order->customer);
  g_string_append_c (out, ',');
  append_time (out, shop, row->time);
  g_string_append_printf (out, ",%s,%s,%d,", product->name, product->category, quantity);
  append_money (out, line->price);
  g_string_append_c (out, ',');
  append_money (out, line->price * quantity);
  g_string_append_printf (out, ",%s,%s,%s,", words->statuses[status], words->channels[order->channel], get_campaign (shop, order->campaign));
  if (line->refund != 0 && !row->is_return)
    append_money (out, line->refund);
  g_string_append_c (out, '\n');
}

static gboolean
write_orders (const Writer *writer, const char *folder, GError **error)
{
  g_autoptr (GString) out = g_string_new (writer->shop->words->orders_header);
  g_autoptr (GArray) rows = list_rows (writer->shop);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < rows->len; i++)
    append_order_row (out, writer, &g_array_index (rows, OrderRow, i));
  return write_text (folder, "orders.csv", out, error);
}

static void
append_amount (GString *out, const SampleOrder *order)
{
  gint64 sum = 0;

  for (guint i = 0; i < order->n_lines; i++)
    sum += order->lines[i].price * order->lines[i].quantity;
  append_money (out, sum);
}

static gboolean
write_events (const Writer *writer, const char *folder, GError **error)
{
  const SampleShop  *shop = writer->shop;
  const SampleWords *words = shop->words;
  g_autoptr (GString) out = g_string_new (words->events_header);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < shop->visits->len; i++)
    {
      const SampleVisit *visit = &g_array_index (shop->visits, SampleVisit, i);

      append_customer_id (out, shop, visit->customer);
      g_string_append_c (out, ',');
      append_time (out, shop, visit->time);
      g_string_append_printf (out, ",%s,%s,%s,%s,", words->events[visit->event], words->channels[visit->channel], get_campaign (shop, visit->campaign), visit->product != SAMPLE_NONE ? words->products[visit->product].name : "");
      if (visit->order != SAMPLE_NONE)
        append_amount (out, &g_array_index (shop->orders, SampleOrder, visit->order));
      g_string_append_printf (out, ",%s\n", visit->order != SAMPLE_NONE ? (const char *) writer->order_ids->pdata[visit->order] : "");
    }
  return write_text (folder, "events.csv", out, error);
}

static gboolean
write_feedback (const SampleShop *shop, const char *folder, GError **error)
{
  const SampleWords *words = shop->words;
  g_autoptr (GString) out = g_string_new (words->feedback_header);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < shop->voices->len; i++)
    {
      const SampleVoice *voice = &g_array_index (shop->voices, SampleVoice, i);
      gboolean           known = voice->customer != SAMPLE_NONE;

      if (known)
        append_customer_id (out, shop, voice->customer);
      g_string_append_c (out, ',');
      append_time (out, shop, voice->time);
      g_string_append_printf (out, ",%s,%s,", voice->text, words->speech->sources[voice->source]);
      if (voice->rating > 0)
        g_string_append_printf (out, "%u", voice->rating);
      g_string_append_printf (out, ",%s,%s\n", words->products[voice->product].name, known ? words->places[g_array_index (shop->customers, SampleCustomer, voice->customer).place].region : "");
    }
  return write_text (folder, "feedback.csv", out, error);
}

const MqSample *
mq_samples (guint *n)
{
  *n = G_N_ELEMENTS (samples);
  return samples;
}

const MqSample *
mq_sample_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].id, id))
      return &samples[i];
  return NULL;
}

gboolean
mq_sample_write (const MqSample *sample, const char *folder, const MqRun *run, GError **error)
{
  g_autoptr (SampleShop) shop = sample_shop_new (sample == &samples[0] ? &sample_english : &sample_chinese, SEED);
  g_autoptr (GPtrArray) order_ids = g_ptr_array_new_with_free_func (g_free);
  Writer writer = { shop, order_ids };

  for (guint i = 0; i < shop->orders->len; i++)
    g_ptr_array_add (order_ids, make_order_id (shop, i));
  return mq_run_check (run, error) && write_customers (shop, folder, error) &&
         mq_run_check (run, error) && write_orders (&writer, folder, error) &&
         mq_run_check (run, error) && write_events (&writer, folder, error) &&
         mq_run_check (run, error) && write_feedback (shop, folder, error);
}
