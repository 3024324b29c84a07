/* sample-scale.c: the same kind of files by the million, for the benchmarks. */

#include "sample/sample.h"

#include "base/civil-time.h"
#include "base/decimal.h"
#include "stats/random.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define N_EVENTS 12
#define N_CHANNELS 8
#define N_CAMPAIGNS 40
#define N_PRODUCTS 5000
#define PURCHASE 3 /* place of the event that has an amount */
#define LUT_BITS 16
#define LONGEST_ROW 256
#define BUFFER_SIZE (1 << 20)
#define FIRST_SECOND G_GINT64_CONSTANT (1730419200) /* 2024-11-01 */
#define SECONDS (730 * 86400)

static const char *const event_names[N_EVENTS] = { "page_view", "product_view", "search", "purchase", "add_to_cart", "checkout", "email_open", "email_click", "sign_up", "wishlist", "review", "share" };
static const char *const channel_names[N_CHANNELS] = { "organic", "direct", "paid_search", "email", "social", "display", "affiliate", "referral" };

typedef struct
{
  FILE    *file;   /* (owned) */
  char    *buffer; /* (owned) */
  gsize    length;
  MqRandom random;
  gint64   day_second; /* the first second of the day that day_text names */
  char     day_text[11];
  guint16 *channels, *campaigns, *products, *events; /* (owned) Zipf by the top bits of a random number */
} Writer;

/* A table in which place i stands in proportion to 1 / (i + 1). */
static guint16 *
make_zipf (guint n)
{
  guint16 *table = g_new (guint16, 1 << LUT_BITS);
  double   all = 0, sum = 0;
  guint    at = 0;

  for (guint i = 0; i < n; i++)
    all += 1.0 / (i + 1);
  for (guint i = 0; i < n; i++)
    {
      sum += 1.0 / (i + 1);
      while (at < 1 << LUT_BITS && at < sum / all * (1 << LUT_BITS))
        table[at++] = i;
    }
  while (at < 1 << LUT_BITS)
    table[at++] = n - 1;
  return table;
}

static inline void
put_text (Writer *writer, const char *text)
{
  gsize length = strlen (text);

  memcpy (writer->buffer + writer->length, text, length);
  writer->length += length;
}

static inline void
put_char (Writer *writer, char c)
{
  writer->buffer[writer->length++] = c;
}

/* The number with leading zeros. */
static inline void
put_number (Writer *writer, guint64 number, guint digits)
{
  char *end = writer->buffer + (writer->length += digits);

  while (digits-- > 0)
    {
      *--end = '0' + number % 10;
      number /= 10;
    }
}

static void
put_time (Writer *writer, gint64 second)
{
  guint of_day;

  if (second < writer->day_second || second >= writer->day_second + 86400)
    {
      g_autofree char *text = mq_day_format (second / 86400);

      g_strlcpy (writer->day_text, text, sizeof writer->day_text);
      writer->day_second = second / 86400 * 86400;
    }
  of_day = second - writer->day_second;
  put_text (writer, writer->day_text);
  put_char (writer, ' ');
  put_number (writer, of_day / 3600, 2);
  put_char (writer, ':');
  put_number (writer, of_day / 60 % 60, 2);
  put_char (writer, ':');
  put_number (writer, of_day % 60, 2);
}

static void
put_money (Writer *writer, gint64 minor)
{
  writer->length += mq_decimal_write (minor, 2, writer->buffer + writer->length);
}

static gboolean
set_write_error (const char *path, GError **error)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

static gboolean
flush_rows (Writer *writer, const char *path, GError **error)
{
  gsize length = writer->length;

  writer->length = 0;
  return fwrite (writer->buffer, 1, length, writer->file) == length || set_write_error (path, error);
}

static gboolean
open_writer (Writer *writer, const char *path, guint64 seed, GError **error)
{
  memset (writer, 0, sizeof *writer);
  writer->file = g_fopen (path, "wbe");
  if (writer->file == NULL)
    return set_write_error (path, error);
  setvbuf (writer->file, NULL, _IONBF, 0);
  writer->buffer = g_malloc (BUFFER_SIZE);
  mq_random_init (&writer->random, seed, 0);
  writer->events = make_zipf (N_EVENTS);
  writer->channels = make_zipf (N_CHANNELS);
  writer->campaigns = make_zipf (N_CAMPAIGNS);
  writer->products = make_zipf (N_PRODUCTS);
  return TRUE;
}

static gboolean
close_writer (Writer *writer, const char *path, gboolean ok, GError **error)
{
  ok = ok && flush_rows (writer, path, error);
  if (fclose (writer->file) != 0 && ok)
    ok = set_write_error (path, error);
  g_free (writer->buffer);
  g_free (writer->events);
  g_free (writer->channels);
  g_free (writer->campaigns);
  g_free (writer->products);
  return ok;
}

/* Time goes forward, as in a log, a few minutes out of order. */
static gint64
draw_time (Writer *writer, gint64 row, gint64 rows)
{
  return FIRST_SECOND + (gint64) ((double) row / rows * (SECONDS - 600)) + mq_random_below (&writer->random, 600);
}

/* Some customers are busy, most are not. */
static guint64
draw_customer (Writer *writer, gint64 customers)
{
  double uniform = mq_random_uniform (&writer->random);

  return customers * (0.3 * uniform + 0.7 * uniform * uniform * uniform);
}

static void
put_event (Writer *writer, gint64 row, gint64 rows, gint64 customers)
{
  guint64 bits = mq_random_next (&writer->random);
  guint   event = writer->events[bits & 0xffff];
  guint   campaign = writer->campaigns[bits >> 32 & 0xffff];

  put_char (writer, 'C');
  put_number (writer, draw_customer (writer, customers), 8);
  put_char (writer, ',');
  put_time (writer, draw_time (writer, row, rows));
  put_char (writer, ',');
  put_text (writer, event_names[event]);
  put_char (writer, ',');
  put_text (writer, channel_names[writer->channels[bits >> 16 & 0xffff]]);
  put_char (writer, ',');
  if (campaign > 0)
    {
      put_text (writer, "campaign-");
      put_number (writer, campaign, 2);
    }
  put_text (writer, ",product-");
  put_number (writer, writer->products[bits >> 48], 4);
  put_char (writer, ',');
  if (event == PURCHASE)
    put_money (writer, 500 + mq_random_below (&writer->random, 20000));
  put_char (writer, '\n');
}

static void
put_order (Writer *writer, gint64 row, gint64 rows, gint64 customers)
{
  guint64 bits = mq_random_next (&writer->random);
  guint   product = writer->products[bits >> 48];
  guint   quantity = 1 + (bits & 3);
  gint64  price = 499 + product % 97 * 100;

  put_number (writer, 100000000 + row, 9);
  put_text (writer, ",C");
  put_number (writer, draw_customer (writer, customers), 8);
  put_char (writer, ',');
  put_time (writer, draw_time (writer, row, rows));
  put_text (writer, ",product-");
  put_number (writer, product, 4);
  put_text (writer, ",category-");
  put_number (writer, product % 20, 2);
  put_char (writer, ',');
  put_number (writer, quantity, 1);
  put_char (writer, ',');
  put_money (writer, price);
  put_char (writer, ',');
  put_money (writer, price * quantity);
  put_text (writer, (bits >> 8 & 31) == 0 ? ",Refunded\n" : ",Completed\n");
}

typedef void (*PutRow) (Writer *writer, gint64 row, gint64 rows, gint64 customers);

static gboolean
write_rows (Writer *writer, const char *path, PutRow put_row, gint64 rows, gint64 customers, const MqRun *run, GError **error)
{
  for (gint64 row = 0; row < rows; row++)
    {
      put_row (writer, row, rows, customers);
      if (writer->length > BUFFER_SIZE - LONGEST_ROW && (!flush_rows (writer, path, error) || !mq_run_check (run, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
mq_sample_write_events (const char *path, guint64 seed, gint64 events, gint64 customers, const MqRun *run, GError **error)
{
  Writer   writer;
  gboolean ok;

  if (!open_writer (&writer, path, seed, error))
    return FALSE;
  put_text (&writer, "customer_id,time,event,channel,campaign,product,amount\n");
  ok = write_rows (&writer, path, put_event, events, customers, run, error);
  return close_writer (&writer, path, ok, error);
}

gboolean
mq_sample_write_orders (const char *path, guint64 seed, gint64 orders, gint64 customers, const MqRun *run, GError **error)
{
  Writer   writer;
  gboolean ok;

  if (!open_writer (&writer, path, seed, error))
    return FALSE;
  put_text (&writer, "order_id,customer_id,time,product,category,quantity,unit_price,amount,status\n");
  ok = write_rows (&writer, path, put_order, orders, customers, run, error);
  return close_writer (&writer, path, ok, error);
}
