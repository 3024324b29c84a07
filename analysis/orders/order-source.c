/* order-source.c: the order book of a dataset: hands the columns of the orders to mq_order_book_new(). */

#include "config.h"

#include "orders/order-lines.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"
#include "base/money.h"

typedef struct
{
  MqOrderLines lines;
  guint8      *traits;         /* (owned) (nullable) */
  gint8       *statuses;       /* (owned) (nullable) */
  guint8      *other_currency; /* (owned) (nullable) */
} Source;

static void
clear_source (Source *source)
{
  g_free (source->traits);
  g_free (source->statuses);
  g_free (source->other_currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, clear_source)

static gboolean
load_values (MqDataset *dataset, const char *name, const gint64 **values, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, MQ_KIND_ORDERS, name, run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *values = column != NULL ? column->values : NULL;
  return TRUE;
}

static gboolean
load_codes (MqDataset *dataset, const char *name, const guint32 **codes, const MqStrings **strings, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, MQ_KIND_ORDERS, name, run, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *codes = column != NULL ? column->codes : NULL;
  *strings = column != NULL ? column->strings : NULL;
  return TRUE;
}

static guint8
make_trait (MqDataset *dataset, gint64 number)
{
  const MqImportTraits *traits = mq_dataset_import_traits (dataset, number);

  return traits == NULL ? MQ_AMOUNT_OF_LINE : traits->amount_of | (traits->refund_is_net ? MQ_TRAIT_REFUND_IS_NET : 0);
}

/* One byte a row, unless every import has the plain traits. */
static gboolean
load_traits (MqDataset *dataset, Source *source, GError **error)
{
  const gint64 *imports = source->lines.import;
  gsize         n = source->lines.n_rows;
  gboolean      plain = TRUE;

  if (imports == NULL || n == 0)
    return TRUE;
  source->traits = g_try_new (guint8, n);
  if (source->traits == NULL)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory to put the order lines together as orders. Close other programs and try again."));
      return FALSE;
    }
  for (gsize row = 0; row < n; row++)
    {
      source->traits[row] = row > 0 && imports[row] == imports[row - 1] ? source->traits[row - 1] : make_trait (dataset, imports[row]);
      plain = plain && source->traits[row] == MQ_AMOUNT_OF_LINE;
    }
  source->lines.traits = plain ? NULL : source->traits;
  return TRUE;
}

static void
map_statuses (MqDataset *dataset, Source *source, const MqStrings *strings)
{
  guint n = mq_strings_length (strings);

  source->lines.statuses = source->statuses = g_new (gint8, MAX (n, 1));
  for (guint code = 0; code < n; code++)
    source->statuses[code] = mq_dataset_status (dataset, mq_strings_get (strings, code));
}

/* A project without a currency (XXX) takes the file's if there is but one whose minor units are its own. */
static void
map_currencies (MqDataset *dataset, Source *source, const MqStrings *strings)
{
  guint       n = mq_strings_length (strings);
  const char *own = mq_dataset_currency (dataset);
  gboolean    take_all = n == 1 && g_str_equal (own, "XXX") && mq_currency_digits (mq_strings_get (strings, 0)) == mq_currency_digits (own);

  source->lines.other_currency = source->other_currency = g_new (guint8, MAX (n, 1));
  for (guint code = 0; code < n; code++)
    source->other_currency[code] = !take_all && g_ascii_strcasecmp (mq_strings_get (strings, code), own) != 0;
}

static gboolean
load_required (MqDataset *dataset, Source *source, const MqRun *run, GError **error)
{
  MqOrderLines *lines = &source->lines;

  if (!load_values (dataset, "time", &lines->time, run, error) ||
      !load_values (dataset, "amount", &lines->amount, run, error))
    return FALSE;
  if (lines->n_rows > 0 && (lines->time == NULL || lines->amount == NULL))
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The orders have no time or no amount. Import an orders file that has both columns."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_source (MqDataset *dataset, Source *source, const MqRun *run, GError **error)
{
  MqOrderLines    *lines = &source->lines;
  const MqFacts   *facts = mq_dataset_facts (dataset, MQ_KIND_ORDERS, run, error);
  const MqStrings *order_ids, *shops, *products, *statuses, *currencies;

  if (facts == NULL)
    return FALSE;
  lines->n_rows = facts->n_rows;
  lines->n_persons = facts->n_persons;
  lines->offsets = facts->offsets;
  lines->zone = mq_dataset_zone (dataset);
  if (!load_required (dataset, source, run, error) ||
      !load_values (dataset, "time" MQ_PRECISION_SUFFIX, &lines->precision, run, error) ||
      !load_values (dataset, "refund", &lines->refund, run, error) ||
      !load_values (dataset, MQ_COLUMN_IMPORT, &lines->import, run, error) ||
      !load_values (dataset, MQ_COLUMN_LINE, &lines->line, run, error) ||
      !load_codes (dataset, "order_id", &lines->order_id, &order_ids, run, error) ||
      !load_codes (dataset, "shop", &lines->shop, &shops, run, error) ||
      !load_codes (dataset, "product", &lines->product, &products, run, error) ||
      !load_codes (dataset, "status", &lines->status, &statuses, run, error) ||
      !load_codes (dataset, "currency", &lines->currency, &currencies, run, error))
    return FALSE;
  lines->n_order_ids = order_ids != NULL ? mq_strings_length (order_ids) : 0;
  if (statuses != NULL)
    map_statuses (dataset, source, statuses);
  if (currencies != NULL)
    map_currencies (dataset, source, currencies);
  return load_traits (dataset, source, error);
}

static gpointer
make_book_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_auto (Source) source = { 0 };

  if (!load_source (dataset, &source, run, error))
    return NULL;
  return mq_order_book_new (&source.lines, run, error);
}

static void
free_book_cb (gpointer data)
{
  mq_order_book_free (data);
}

const MqOrderBook *
mq_order_book_get (MqDataset *dataset, const MqRun *run, GError **error)
{
  return mq_dataset_derive (dataset, "order-book", make_book_cb, free_book_cb, run, error);
}

/* The lines of an order are grouped once more, and known by their first row. */
static gpointer
make_rows_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_auto (Source) source = { 0 };
  const MqOrderBook  *book = mq_order_book_get (dataset, run, error);
  g_autofree guint32 *rows = NULL;
  g_autofree guint32 *ranks = NULL;
  guint               n_groups;

  if (book == NULL || !load_source (dataset, &source, run, error) || (rows = mq_order_lines_group (&source.lines, &n_groups, run, error)) == NULL)
    return NULL;
  ranks = g_new (guint32, MAX (n_groups, 1));
  for (guint group = 0; group < n_groups; group++)
    ranks[group] = MQ_NO_ORDER;
  for (guint order = 0; order < book->n_orders; order++)
    ranks[rows[book->first_row[order]]] = order;
  for (gsize row = 0; row < source.lines.n_rows; row++)
    if (rows[row] != MQ_NO_ORDER)
      rows[row] = ranks[rows[row]];
  return g_steal_pointer (&rows);
}

const guint32 *
mq_order_rows_get (MqDataset *dataset, const MqRun *run, GError **error)
{
  return mq_dataset_derive (dataset, "order-rows", make_rows_cb, g_free, run, error);
}
