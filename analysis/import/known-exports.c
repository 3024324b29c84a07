/* known-exports.c: the table of exports, and what follows from a file's headers. A new export is a new entry; of two that fit
 * the earlier holds. */

#include "config.h"

#include "import/known-exports.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/header-dictionary.h"

static const char no_days[] = N_ ("This is an advertising report without days: one row stands for its whole time. Segment the report by day, download it again and import that.");

static const MqKnownExport known[] = {
  { MQ_KIND_SPEND, "Day|Campaign|Impr.|Cost", NULL, "channel=\"Google Ads\"", FALSE, NULL, NULL },
  { MQ_KIND_SPEND, "Tag|Kampagne|Kosten", NULL, "channel=\"Google Ads\"", FALSE, NULL, NULL },
  { MQ_KIND_SPEND, "日期|广告系列|费用", NULL, "channel=\"Google Ads\"", FALSE, NULL, NULL },
  { MQ_NO_KIND, "Campaign|Impr.|Cost", "Day", NULL, FALSE, NULL, no_days },
  { MQ_NO_KIND, "Kampagne|Impressionen|Kosten", "Tag", NULL, FALSE, NULL, no_days },
  { MQ_NO_KIND, "广告系列|展示次数|费用", "日期", NULL, FALSE, NULL, no_days },
  { MQ_KIND_SPEND, "日期|整体消耗|整体支付ROI", NULL, "channel=\"巨量千川\"", FALSE, NULL, NULL },
  { MQ_KIND_CUSTOMERS, "Email Address|LEID|EUID", NULL, "first_channel=\"mailchimp\"", TRUE, NULL, NULL },
  { MQ_NO_KIND, "Total Recipients|Unique Opens|Send Date", "Email Address", NULL, FALSE, NULL, N_ ("This is a summary by campaign, which names no people. Messages need one row a recipient: import the recipients' activity of a campaign.") },
  { MQ_NO_KIND, "动账时间|动账金额", NULL, NULL, FALSE, NULL, N_ ("This is a settlement report: movements of money, not orders. Import the order report of the shop's back office.") },
  { MQ_NO_KIND, "账务流水号|业务流水号|收入金额", NULL, NULL, FALSE, NULL, N_ ("This is a ledger of payments in and out, not orders. Import the order file of the shop, which says what was bought.") },
  { MQ_NO_KIND, "Date + hour (YYYYMMDDHH)", "event name", NULL, FALSE, NULL, N_ ("This is the download of a report: sums without people. Import the event export instead, from BigQuery.") },
  { MQ_NO_KIND, "Sessions|Total users", "event name", NULL, FALSE, NULL, N_ ("This is the download of a report: sums without people. Import the event export instead, from BigQuery.") },
  { MQ_NO_KIND, "Sessions|Engaged sessions", "event name", NULL, FALSE, NULL, N_ ("This is the download of a report: sums without people. Import the event export instead, from BigQuery.") },
  { MQ_NO_KIND, "订单编号|标题|外部系统编号|商品属性", "订单付款时间", NULL, FALSE, NULL, N_ ("These are the product lines of orders, without buyers and times. Import the order report: it names the products too.") },
  { MQ_KIND_ORDERS, "商户订单号|用户标识|应结订单金额|微信退款单号", NULL, NULL, FALSE, "gross", NULL }, /* a refund is a row of its own */
  { MQ_KIND_ORDERS, "N. Revenue (formatted)|Customer", "billing email", NULL, FALSE, NULL, N_ ("The file knows customers by their names only, and names are not unique: two people may count as one. An export with billing e-mails is better.") },
};

static GHashTable *
fold_headers (const char *const *headers)
{
  GHashTable *folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; headers[i] != NULL; i++)
    {
      g_hash_table_add (folded, mq_header_fold (headers[i], TRUE));
      g_hash_table_add (folded, mq_header_fold (headers[i], FALSE));
    }
  return folded;
}

static gboolean
has_one (GHashTable *folded, const char *header)
{
  g_autofree char *wanted = mq_header_fold (header, TRUE);

  return g_hash_table_contains (folded, wanted);
}

static gboolean
fits (const MqKnownExport *one, GHashTable *folded)
{
  g_auto (GStrv) has = g_strsplit (one->has, "|", -1);

  for (guint i = 0; has[i] != NULL; i++)
    if (!has_one (folded, has[i]))
      return FALSE;
  return one->lacks == NULL || !has_one (folded, one->lacks);
}

const MqKnownExport *
mq_known_export_find (const char *const *headers)
{
  g_autoptr (GHashTable) folded = fold_headers (headers);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (fits (&known[i], folded))
      return &known[i];
  return NULL;
}

/* "consent=\"unsubscribed\"" of "unsubscribed_members_export_1.csv" (transfer full), or NULL. */
static char *
read_consent (const char *name)
{
  static const char *const words[] = { "subscribed", "unsubscribed", "cleaned", "nonsubscribed" };
  const char              *slash = strrchr (name, '/');
  const char              *base = slash != NULL ? slash + 1 : name;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (g_ascii_strncasecmp (base, words[i], length) == 0 && strchr ("_-. ", base[length]) != NULL)
        return g_strdup_printf ("consent=\"%s\"", words[i]);
    }
  return NULL;
}

/* Whether one of the entries is for the field of `entry`. */
static gboolean
is_settled (const char *const *map, const char *entry)
{
  gsize length = strchr (entry, '=') - entry + 1;

  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (strncmp (map[i], entry, length) == 0)
      return TRUE;
  return FALSE;
}

GStrv
mq_known_export_map (const MqKnownExport *self, MqKind kind, const char *name, const char *const *map)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autofree char *consent = self->by_status && (int) kind == self->kind ? read_consent (name) : NULL;

  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    g_strv_builder_add (all, map[i]);
  if (self->constant != NULL && (int) kind == self->kind && !is_settled (map, self->constant))
    g_strv_builder_add (all, self->constant);
  if (consent != NULL && !is_settled (map, consent))
    g_strv_builder_add (all, consent);
  return g_strv_builder_end (all);
}
