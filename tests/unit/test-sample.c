/* test-sample.c: the sample files are whole, the same each time, and what is planted in them is there. The figures are
 * counted from the files themselves, as an analyst would. */

#include "sample/sample.h"

#include "base/checksum.h"
#include "base/civil-time.h"
#include "base/decimal.h"

#include <glib/gstdio.h>
#include <string.h>

enum
{
  ORDER_ID,
  ORDER_CUSTOMER,
  ORDER_TIME,
  ORDER_PRODUCT,
  ORDER_CATEGORY,
  ORDER_QUANTITY,
  ORDER_PRICE,
  ORDER_AMOUNT,
  ORDER_STATUS,
  ORDER_SOURCE,
  ORDER_CAMPAIGN,
  ORDER_REFUND,
};

enum
{
  EVENT_CUSTOMER,
  EVENT_TIME,
  EVENT_NAME,
  EVENT_CHANNEL,
  EVENT_CAMPAIGN,
  EVENT_PRODUCT,
  EVENT_AMOUNT,
  EVENT_ORDER,
};

enum
{
  VOICE_CUSTOMER,
  VOICE_TIME,
  VOICE_TEXT,
  VOICE_SOURCE,
  VOICE_RATING,
  VOICE_PRODUCT,
  VOICE_REGION,
};

/* The words of a sample that the test has to know. */
typedef struct
{
  const char *id;
  const char *unpaid, *visit, *purchase, *strong, *weak, *club, *category;
  const char *peak_first, *peak_last;
  const char *late[4]; /* words of complaints about delivery, and of nothing else */
} Words;

static const Words words[] = {
  { "shop-en", "Unpaid", "visit", "purchase", "Email", "Display", "Spring Club 2025", "Lighting", "2025-11-20", "2025-12-18", { "courier", "late", "parcel ", "elivery took" } },
  { "shop-zh", "等待买家付款", "访问", "付款", "企业微信", "信息流广告", "春季会员日2025", "灯具", "2025-11-01", "2025-11-11", { "快递", "物流太慢", "物流信息", "包裹" } },
};

/* What a customer's valid orders come to. */
typedef struct
{
  guint       n;      /* orders */
  guint       n_year; /* of the last 365 days */
  const char *first_campaign;
  const char *last_id;
  char        last_day[11];
} Buyer;

typedef struct
{
  char      *folder;                               /* (owned) */
  GPtrArray *customers, *orders, *events, *voices; /* (owned) (element-type GStrv) without the header */
} Files;

static GPtrArray *
read_rows (const char *folder, const char *name, guint n_columns)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '"'));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      GStrv cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, n_columns);
      if (i == 0)
        g_strfreev (cells);
      else
        g_ptr_array_add (rows, cells);
    }
  return rows;
}

static void
load_files (Files *files, const Words *w)
{
  g_autoptr (GError) error = NULL;

  files->folder = g_dir_make_tmp ("marquetry-sample-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (mq_sample_write (mq_sample_find (w->id), files->folder, NULL, &error));
  files->customers = read_rows (files->folder, "customers.csv", 9);
  files->orders = read_rows (files->folder, "orders.csv", 12);
  files->events = read_rows (files->folder, "events.csv", 8);
  files->voices = read_rows (files->folder, "feedback.csv", 7);
}

static void
drop_files (Files *files)
{
  static const char *const names[] = { "customers.csv", "orders.csv", "events.csv", "feedback.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (files->folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (files->folder);
  g_free (files->folder);
  g_ptr_array_unref (files->customers);
  g_ptr_array_unref (files->orders);
  g_ptr_array_unref (files->events);
  g_ptr_array_unref (files->voices);
}

static const char *
get_cell (const GPtrArray *rows, guint row, guint column)
{
  return ((const char *const *) rows->pdata[row])[column];
}

static gint64
read_money (const char *text)
{
  MqDecimal value;
  gint64    minor;

  g_assert_true (mq_decimal_parse_plain (text, strlen (text), &value));
  g_assert_true (mq_decimal_rescale (value, 2, &minor));
  return minor;
}

static gboolean
is_valid_line (const Files *files, const Words *w, guint row)
{
  return !g_str_equal (get_cell (files->orders, row, ORDER_STATUS), w->unpaid) && get_cell (files->orders, row, ORDER_AMOUNT)[0] != '-';
}

/* Rows are in order of time, so the first of a customer is the first order. */
static GHashTable *
count_buyers (const Files *files, const Words *w)
{
  GHashTable *buyers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < files->orders->len; i++)
    {
      const char *customer = get_cell (files->orders, i, ORDER_CUSTOMER);
      const char *time = get_cell (files->orders, i, ORDER_TIME);
      Buyer      *buyer = g_hash_table_lookup (buyers, customer);

      if (!is_valid_line (files, w, i))
        continue;
      if (buyer == NULL)
        {
          buyer = g_new0 (Buyer, 1);
          buyer->first_campaign = get_cell (files->orders, i, ORDER_CAMPAIGN);
          g_hash_table_insert (buyers, (gpointer) customer, buyer);
        }
      if (g_strcmp0 (buyer->last_id, get_cell (files->orders, i, ORDER_ID)) != 0)
        {
          buyer->n++;
          buyer->n_year += strcmp (time, "2025-11-01") >= 0;
        }
      buyer->last_id = get_cell (files->orders, i, ORDER_ID);
      g_strlcpy (buyer->last_day, time, sizeof buyer->last_day);
    }
  return buyers;
}

static void
check_rows (const Files *files, const Words *w)
{
  g_autoptr (GHashTable) customers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) orders = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->customers->len; i++)
    g_assert_true (g_hash_table_add (customers, (gpointer) get_cell (files->customers, i, 0)));
  for (guint i = 0; i < files->orders->len; i++)
    {
      const char *time = get_cell (files->orders, i, ORDER_TIME);
      const char *refund = get_cell (files->orders, i, ORDER_REFUND);
      gint64      amount = read_money (get_cell (files->orders, i, ORDER_AMOUNT));

      g_assert_true (g_hash_table_contains (customers, get_cell (files->orders, i, ORDER_CUSTOMER)));
      g_assert_cmpint (amount, ==, read_money (get_cell (files->orders, i, ORDER_PRICE)) * atoi (get_cell (files->orders, i, ORDER_QUANTITY)));
      g_assert_cmpint (amount, !=, 0);
      if (*refund != '\0')
        g_assert_cmpint (read_money (refund), ==, amount);
      g_assert_cmpstr (time, >=, "2024-11-01");
      g_assert_cmpstr (time, <, "2026-11-01");
      if (i > 0)
        g_assert_cmpstr (time, >=, get_cell (files->orders, i - 1, ORDER_TIME));
      g_hash_table_add (orders, (gpointer) get_cell (files->orders, i, ORDER_ID));
    }
  for (guint i = 0; i < files->events->len; i++)
    {
      const char *order = get_cell (files->events, i, EVENT_ORDER);

      g_assert_true (g_hash_table_contains (customers, get_cell (files->events, i, EVENT_CUSTOMER)));
      g_assert_cmpint (*order != '\0', ==, g_str_equal (get_cell (files->events, i, EVENT_NAME), w->purchase));
      g_assert_true (*order == '\0' || g_hash_table_contains (orders, order));
      g_assert_cmpstr (get_cell (files->events, i, EVENT_TIME), <, "2026-11-01");
    }
  g_assert_cmpuint (files->customers->len, ==, 1850);
  g_assert_cmpuint (g_hash_table_size (orders), >=, 6000);
  g_assert_cmpuint (g_hash_table_size (orders), <=, 8000);
  g_assert_cmpuint (files->events->len, >=, 24000);
  g_assert_cmpuint (files->events->len, <=, 31000);
}

static void
check_buyers (const Files *files, const Words *w)
{
  g_autoptr (GHashTable) buyers = count_buyers (files, w);
  GHashTableIter iter;
  gpointer       value;
  double         club = 0, club_again = 0, others = 0, others_again = 0, once = 0, year = 0, year_once = 0;
  guint          lapsed = 0;

  g_hash_table_iter_init (&iter, buyers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Buyer *buyer = value;
      gboolean     of_club = g_str_equal (buyer->first_campaign, w->club);

      club += of_club;
      club_again += of_club && buyer->n > 1;
      others += !of_club;
      others_again += !of_club && buyer->n > 1;
      once += buyer->n == 1;
      year += buyer->n_year > 0;
      year_once += buyer->n_year == 1;
      lapsed += buyer->n_year >= 4 && strcmp (buyer->last_day, "2026-04-01") < 0;
    }
  g_assert_cmpfloat (club, >=, 70);
  g_assert_cmpfloat (club_again / club, >=, 0.85);
  g_assert_cmpfloat (others_again / others, <=, 0.5);
  g_assert_cmpfloat (once / (club + others), >=, 0.5);
  g_assert_cmpfloat (once / (club + others), <=, 0.58);
  /* So many that the automatic cut points for frequency are used. */
  g_assert_cmpfloat (year_once / year, >, 0.4);
  g_assert_cmpuint (lapsed, >=, 90);
  g_assert_cmpuint (lapsed, <=, 140);
}

static void
check_season (const Files *files, const Words *w)
{
  gint32 first, last;
  double all = 0, peak = 0;

  g_assert_true (mq_day_parse (w->peak_first, &first) && mq_day_parse (w->peak_last, &last));
  for (guint i = 0; i < files->orders->len; i++)
    if (is_valid_line (files, w, i))
      {
        g_autofree char *day = g_strndup (get_cell (files->orders, i, ORDER_TIME), 10);

        all++;
        peak += strcmp (day, w->peak_first) >= 0 && strcmp (day, w->peak_last) <= 0;
      }
  g_assert_cmpfloat (peak / (last - first + 1), >=, 2.2 * all / 730);
}

static void
check_channels (const Files *files, const Words *w)
{
  double visits[2] = { 0 }, purchases[2] = { 0 };

  for (guint i = 0; i < files->events->len; i++)
    {
      const char *channel = get_cell (files->events, i, EVENT_CHANNEL);
      const char *event = get_cell (files->events, i, EVENT_NAME);
      guint       at = g_str_equal (channel, w->strong) ? 0 : 1;

      if (at == 1 && !g_str_equal (channel, w->weak))
        continue;
      visits[at] += g_str_equal (event, w->visit);
      purchases[at] += g_str_equal (event, w->purchase);
    }
  g_assert_cmpfloat (visits[1], >=, 300);
  g_assert_cmpfloat_with_epsilon (purchases[0] / visits[0] / (purchases[1] / visits[1]), 2, 0.05);
}

/* Lines sent back, by either way, of all lines. */
static void
check_refunds (const Files *files, const Words *w)
{
  double lines[2] = { 0 }, back[2] = { 0 };
  guint  n_rows = 0;

  for (guint i = 0; i < files->orders->len; i++)
    {
      guint    at = g_str_equal (get_cell (files->orders, i, ORDER_CATEGORY), w->category) ? 0 : 1;
      gboolean is_return = get_cell (files->orders, i, ORDER_AMOUNT)[0] == '-';

      lines[at] += is_valid_line (files, w, i);
      back[at] += is_return || *get_cell (files->orders, i, ORDER_REFUND) != '\0';
      n_rows += is_return;
    }
  g_assert_cmpfloat (back[0] / lines[0], >=, 0.1);
  g_assert_cmpfloat (back[1] / lines[1], <=, 0.035);
  g_assert_cmpuint (n_rows, >=, 60);
}

static gboolean
is_of_delivery (const char *text, const Words *w)
{
  for (guint i = 0; i < G_N_ELEMENTS (w->late); i++)
    if (strstr (text, w->late[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Complaints of delivery have their month. */
static void
check_voices (const Files *files, const Words *w)
{
  g_autoptr (GHashTable) customers = g_hash_table_new (g_str_hash, g_str_equal);
  double all[2] = { 0 }, late[2] = { 0 };
  guint  rated = 0, nobody = 0;

  for (guint i = 0; i < files->customers->len; i++)
    g_hash_table_add (customers, (gpointer) get_cell (files->customers, i, 0));
  for (guint i = 0; i < files->voices->len; i++)
    {
      const char *customer = get_cell (files->voices, i, VOICE_CUSTOMER);
      const char *rating = get_cell (files->voices, i, VOICE_RATING);
      guint       at = g_str_has_prefix (get_cell (files->voices, i, VOICE_TIME), "2026-09") ? 0 : 1;

      g_assert_true (*customer == '\0' || g_hash_table_contains (customers, customer));
      g_assert_true (*rating == '\0' || (atoi (rating) >= 1 && atoi (rating) <= 5));
      g_assert_cmpstr (get_cell (files->voices, i, VOICE_TIME), <, "2026-11-01");
      g_assert_true (*get_cell (files->voices, i, VOICE_TEXT) != '\0' && strchr (get_cell (files->voices, i, VOICE_TEXT), '#') == NULL);
      rated += *rating != '\0';
      nobody += *customer == '\0';
      all[at]++;
      late[at] += is_of_delivery (get_cell (files->voices, i, VOICE_TEXT), w);
    }
  g_assert_cmpuint (files->voices->len, >=, 700);
  g_assert_cmpuint (files->voices->len, <=, 1000);
  g_assert_cmpfloat (rated, >=, 0.5 * files->voices->len);
  g_assert_cmpfloat (nobody, >=, 0.05 * files->voices->len);
  g_assert_cmpfloat (all[0], >=, 40);
  g_assert_cmpfloat (late[0] / all[0], >=, 0.5);
  g_assert_cmpfloat (late[1] / all[1], <=, 0.2);
}

/* By stars: those heard are less happy than the buyers, as who bought once speaks most. */
static void
check_speakers (const Files *files, const Words *w)
{
  g_autoptr (GHashTable) buyers = count_buyers (files, w);
  g_autoptr (GHashTable) heard = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer       value;
  double         base[2] = { 0 }, speakers[2] = { 0 }, rated[2] = { 0 }, unhappy[2] = { 0 };
  double         raw, weighted, n;

  g_hash_table_iter_init (&iter, buyers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    base[((Buyer *) value)->n > 1]++;
  for (guint i = 0; i < files->voices->len; i++)
    {
      const char  *customer = get_cell (files->voices, i, VOICE_CUSTOMER);
      const char  *rating = get_cell (files->voices, i, VOICE_RATING);
      const Buyer *buyer = g_hash_table_lookup (buyers, customer);

      if (buyer == NULL)
        continue;
      speakers[buyer->n > 1] += g_hash_table_add (heard, (gpointer) customer);
      rated[buyer->n > 1] += *rating != '\0';
      unhappy[buyer->n > 1] += *rating == '1' || *rating == '2';
    }
  n = base[0] + base[1];
  g_assert_cmpfloat (speakers[0] / (speakers[0] + speakers[1]), >=, base[0] / n + 0.07);
  g_assert_cmpfloat (unhappy[0] / rated[0], >=, 2 * unhappy[1] / rated[1]);
  raw = (unhappy[0] + unhappy[1]) / (rated[0] + rated[1]);
  weighted = (base[0] * unhappy[0] / rated[0] + base[1] * unhappy[1] / rated[1]) / n;
  g_test_message ("%s: one-time %.3f of buyers, %.3f of speakers; unhappy %.3f and %.3f; raw %.3f, weighted %.3f", w->id, base[0] / n, speakers[0] / (speakers[0] + speakers[1]), unhappy[0] / rated[0], unhappy[1] / rated[1], raw, weighted);
  g_assert_cmpfloat (weighted, <, raw);
}

static void
test_effects (gconstpointer data)
{
  const Words *w = data;
  Files        files;

  load_files (&files, w);
  check_rows (&files, w);
  check_buyers (&files, w);
  check_season (&files, w);
  check_channels (&files, w);
  check_refunds (&files, w);
  check_voices (&files, w);
  check_speakers (&files, w);
  drop_files (&files);
}

static void
test_list (void)
{
  guint           n;
  const MqSample *samples = mq_samples (&n);

  g_assert_cmpuint (n, ==, 2);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (mq_sample_find (samples[i].id) == &samples[i]);
      g_assert_nonnull (mq_zone_get (samples[i].zone, NULL));
    }
  g_assert_null (mq_sample_find ("shop"));
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MqRun run = { cancellable, NULL, 1 };

  g_cancellable_cancel (cancellable);
  g_assert_false (mq_sample_write (mq_sample_find ("shop-en"), g_get_tmp_dir (), &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef gboolean (*WriteFunc) (const char *path, guint64 seed, gint64 rows, gint64 customers, const MqRun *run, GError **error);

static guint64
check_scale (WriteFunc write, const char *path, guint64 seed, guint n_columns)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 checksum;

  g_assert_true (write (path, seed, 20000, 1000, NULL, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  checksum = mq_checksum64 (text, strlen (text));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 20002);
  for (guint i = 0; i <= 20000; i++)
    {
      guint commas = 0;

      for (const char *c = lines[i]; *c != '\0'; c++)
        commas += *c == ',';
      g_assert_cmpuint (commas + 1, ==, n_columns);
    }
  g_unlink (path);
  return checksum;
}

static void
test_scale (void)
{
  g_autofree char *folder = g_dir_make_tmp ("marquetry-sample-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "scale.csv", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", "scale.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (check_scale (mq_sample_write_events, path, 1, 7), ==, check_scale (mq_sample_write_events, path, 1, 7));
  g_assert_cmpuint (check_scale (mq_sample_write_events, path, 1, 7), !=, check_scale (mq_sample_write_events, path, 2, 7));
  g_assert_cmpuint (check_scale (mq_sample_write_orders, path, 1, 9), ==, check_scale (mq_sample_write_orders, path, 1, 9));
  g_assert_false (mq_sample_write_events (missing, 1, 10, 10, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_rmdir (folder);
}

static void
test_same_bytes (void)
{
  Files files[2];

  load_files (&files[0], &words[1]);
  load_files (&files[1], &words[1]);
  for (guint i = 0; i < files[0].orders->len; i++)
    for (guint column = 0; column <= ORDER_REFUND; column++)
      g_assert_cmpstr (get_cell (files[0].orders, i, column), ==, get_cell (files[1].orders, i, column));
  for (guint i = 0; i < files[0].events->len; i++)
    for (guint column = 0; column <= EVENT_ORDER; column++)
      g_assert_cmpstr (get_cell (files[0].events, i, column), ==, get_cell (files[1].events, i, column));
  for (guint i = 0; i < files[0].voices->len; i++)
    for (guint column = 0; column <= VOICE_REGION; column++)
      g_assert_cmpstr (get_cell (files[0].voices, i, column), ==, get_cell (files[1].voices, i, column));
  drop_files (&files[0]);
  drop_files (&files[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sample/effects/en", &words[0], test_effects);
  g_test_add_data_func ("/sample/effects/zh", &words[1], test_effects);
  g_test_add_func ("/sample/same-bytes", test_same_bytes);
  g_test_add_func ("/sample/list", test_list);
  g_test_add_func ("/sample/cancelled", test_cancelled);
  g_test_add_func ("/sample/scale", test_scale);
  return g_test_run ();
}
