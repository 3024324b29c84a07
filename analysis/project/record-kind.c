/* record-kind.c: the table of kinds and fields. */

#include "config.h"

#include "project/record-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NATURAL_KEY 4

typedef struct
{
  const char    *name;
  const char    *title;
  const MqField *fields;
  guint          n_fields;
  const char    *natural_key[MAX_NATURAL_KEY]; /* NULL-terminated */
} KindTraits;

static const MqField customers_fields[] = {
  { "name", N_ ("Name"), MQ_VALUE_TEXT, FALSE },
  { "nickname", N_ ("Nickname"), MQ_VALUE_TEXT, FALSE },
  { "gender", N_ ("Gender"), MQ_VALUE_TEXT, FALSE },
  { "birth_date", N_ ("Birth Date"), MQ_VALUE_DAY, FALSE },
  { "region", N_ ("Region"), MQ_VALUE_TEXT, FALSE },
  { "city", N_ ("City"), MQ_VALUE_TEXT, FALSE },
  { "first_channel", N_ ("First Channel"), MQ_VALUE_TEXT, FALSE },
  { "added_at", N_ ("Added"), MQ_VALUE_TIME, FALSE },
  { "owner", N_ ("Owner"), MQ_VALUE_TEXT, FALSE },
  { "tags", N_ ("Tags"), MQ_VALUE_TEXT, FALSE },
  { "remark", N_ ("Remark"), MQ_VALUE_TEXT, FALSE },
  { "referrer", N_ ("Referrer"), MQ_VALUE_TEXT, FALSE },
  { "consent", N_ ("Consent"), MQ_VALUE_TEXT, FALSE },
};

/* A unit price may have more digits than the currency, so it stays a decimal. */
static const MqField orders_fields[] = {
  { "time", N_ ("Time"), MQ_VALUE_TIME, TRUE },
  { "amount", N_ ("Amount"), MQ_VALUE_MONEY, TRUE },
  { "paid_time", N_ ("Paid"), MQ_VALUE_TIME, FALSE },
  { "order_id", N_ ("Order Number"), MQ_VALUE_TEXT, FALSE },
  { "created_time", N_ ("Created"), MQ_VALUE_TIME, FALSE },
  { "completed_time", N_ ("Completed"), MQ_VALUE_TIME, FALSE },
  { "status", N_ ("Status"), MQ_VALUE_TEXT, FALSE },
  { "product", N_ ("Product"), MQ_VALUE_TEXT, FALSE },
  { "category", N_ ("Category"), MQ_VALUE_TEXT, FALSE },
  { "quantity", N_ ("Quantity"), MQ_VALUE_DECIMAL, FALSE },
  { "unit_price", N_ ("Unit Price"), MQ_VALUE_DECIMAL, FALSE },
  { "discount", N_ ("Discount"), MQ_VALUE_MONEY, FALSE },
  { "shipping", N_ ("Shipping"), MQ_VALUE_MONEY, FALSE },
  { "refund", N_ ("Refund"), MQ_VALUE_MONEY, FALSE },
  { "cost", N_ ("Cost"), MQ_VALUE_MONEY, FALSE },
  { "currency", N_ ("Currency"), MQ_VALUE_TEXT, FALSE },
  { "shop", N_ ("Shop"), MQ_VALUE_TEXT, FALSE },
  { "source", N_ ("Source"), MQ_VALUE_TEXT, FALSE },
  { "campaign", N_ ("Campaign"), MQ_VALUE_TEXT, FALSE },
  { "referrer", N_ ("Referrer"), MQ_VALUE_TEXT, FALSE },
  { "owner", N_ ("Owner"), MQ_VALUE_TEXT, FALSE },
};

static const MqField events_fields[] = {
  { "time", N_ ("Time"), MQ_VALUE_TIME, TRUE },
  { "event", N_ ("Event"), MQ_VALUE_TEXT, TRUE },
  { "order_id", N_ ("Order Number"), MQ_VALUE_TEXT, FALSE },
  { "session", N_ ("Session"), MQ_VALUE_TEXT, FALSE },
  { "channel", N_ ("Channel"), MQ_VALUE_TEXT, FALSE },
  { "campaign", N_ ("Campaign"), MQ_VALUE_TEXT, FALSE },
  { "product", N_ ("Product"), MQ_VALUE_TEXT, FALSE },
  { "amount", N_ ("Amount"), MQ_VALUE_MONEY, FALSE },
};

static const MqField messages_fields[] = {
  { "time", N_ ("Time"), MQ_VALUE_TIME, TRUE },
  { "channel", N_ ("Channel"), MQ_VALUE_TEXT, TRUE },
  { "status", N_ ("Status"), MQ_VALUE_TEXT, TRUE },
  { "direction", N_ ("Direction"), MQ_VALUE_TEXT, FALSE },
  { "sender", N_ ("Sender"), MQ_VALUE_TEXT, FALSE },
  { "text", N_ ("Text"), MQ_VALUE_TEXT, FALSE },
  { "template", N_ ("Template"), MQ_VALUE_TEXT, FALSE },
  { "campaign", N_ ("Campaign"), MQ_VALUE_TEXT, FALSE },
  { "playbook", N_ ("Playbook"), MQ_VALUE_TEXT, FALSE },
  { "one_to_one", N_ ("One to One"), MQ_VALUE_TEXT, FALSE },
};

static const MqField feedback_fields[] = {
  { "time", N_ ("Time"), MQ_VALUE_TIME, TRUE },
  { "text", N_ ("Text"), MQ_VALUE_TEXT, TRUE },
  { "source", N_ ("Source"), MQ_VALUE_TEXT, FALSE },
  { "rating", N_ ("Rating"), MQ_VALUE_DECIMAL, FALSE },
  { "product", N_ ("Product"), MQ_VALUE_TEXT, FALSE },
  { "campaign", N_ ("Campaign"), MQ_VALUE_TEXT, FALSE },
  { "region", N_ ("Region"), MQ_VALUE_TEXT, FALSE },
};

static const MqField spend_fields[] = {
  { "date", N_ ("Date"), MQ_VALUE_DAY, TRUE },
  { "channel", N_ ("Channel"), MQ_VALUE_TEXT, TRUE },
  { "amount", N_ ("Amount"), MQ_VALUE_MONEY, TRUE },
  { "campaign", N_ ("Campaign"), MQ_VALUE_TEXT, FALSE },
  { "impressions", N_ ("Impressions"), MQ_VALUE_INTEGER, FALSE },
  { "clicks", N_ ("Clicks"), MQ_VALUE_INTEGER, FALSE },
  { "platform_conversions", N_ ("Platform Conversions"), MQ_VALUE_DECIMAL, FALSE },
  { "platform_value", N_ ("Platform Value"), MQ_VALUE_MONEY, FALSE },
};

static const MqField keys[] = {
  { "key.customer_id", N_ ("Customer"), MQ_VALUE_TEXT, FALSE },
  { "key.phone", N_ ("Phone"), MQ_VALUE_TEXT, FALSE },
  { "key.email", N_ ("E-mail"), MQ_VALUE_TEXT, FALSE },
  { "key.unionid", N_ ("WeChat unionid"), MQ_VALUE_TEXT, FALSE },
  { "key.openid", N_ ("WeChat openid"), MQ_VALUE_TEXT, FALSE },
  { "key.external_userid", N_ ("WeCom external_userid"), MQ_VALUE_TEXT, FALSE },
  { "key.wechat_id", N_ ("WeChat ID"), MQ_VALUE_TEXT, FALSE },
  { "key.member_no", N_ ("Member number"), MQ_VALUE_TEXT, FALSE },
  { "key.nick", N_ ("Shop nickname"), MQ_VALUE_TEXT, FALSE },
};

static const KindTraits kinds[MQ_N_KINDS] = {
  { "customers", N_ ("Customers"), customers_fields, G_N_ELEMENTS (customers_fields), { NULL } },
  { "orders", N_ ("Orders"), orders_fields, G_N_ELEMENTS (orders_fields), { "shop", "order_id", "product", NULL } },
  { "events", N_ ("Events"), events_fields, G_N_ELEMENTS (events_fields), { "time", "event", "channel", NULL } },
  { "messages", N_ ("Messages"), messages_fields, G_N_ELEMENTS (messages_fields), { "time", "status", "channel", NULL } },
  { "feedback", N_ ("Feedback"), feedback_fields, G_N_ELEMENTS (feedback_fields), { "time", "text", NULL } },
  { "spend", N_ ("Spend"), spend_fields, G_N_ELEMENTS (spend_fields), { "date", "channel", "campaign", NULL } },
};

const char *
mq_kind_name (MqKind kind)
{
  g_return_val_if_fail (kind < MQ_N_KINDS, NULL);
  return kinds[kind].name;
}

const char *
mq_kind_title (MqKind kind)
{
  g_return_val_if_fail (kind < MQ_N_KINDS, NULL);
  return kinds[kind].title;
}

gboolean
mq_kind_from_name (const char *name, MqKind *kind)
{
  for (guint i = 0; i < MQ_N_KINDS; i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const MqField *
mq_kind_fields (MqKind kind, guint *n_fields)
{
  g_return_val_if_fail (kind < MQ_N_KINDS, NULL);
  *n_fields = kinds[kind].n_fields;
  return kinds[kind].fields;
}

const MqField *
mq_kind_find_field (MqKind kind, const char *name)
{
  g_return_val_if_fail (kind < MQ_N_KINDS, NULL);
  for (guint i = 0; i < kinds[kind].n_fields; i++)
    if (strcmp (kinds[kind].fields[i].name, name) == 0)
      return &kinds[kind].fields[i];
  return NULL;
}

const char *const *
mq_kind_natural_key (MqKind kind)
{
  g_return_val_if_fail (kind < MQ_N_KINDS, NULL);
  return kinds[kind].natural_key;
}

const MqField *
mq_key_fields (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (keys);
  return keys;
}

char *
mq_kind_words (const char *text)
{
  MqKind kind;

  return g_strdup (mq_kind_from_name (text, &kind) ? g_dgettext (GETTEXT_PACKAGE, kinds[kind].title) : text);
}

/* (nullable) untranslated */
static const char *
find_title (const MqField *fields, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, name) == 0)
      return fields[i].title;
  return NULL;
}

char *
mq_field_words (const char *text)
{
  const char *title = find_title (keys, G_N_ELEMENTS (keys), text);
  const char *dot = strchr (text, '.');

  for (MqKind kind = 0; title == NULL && kind < MQ_N_KINDS; kind++)
    title = find_title (kinds[kind].fields, kinds[kind].n_fields, text);
  if (title != NULL)
    return g_strdup (g_dgettext (GETTEXT_PACKAGE, title));
  for (MqKind kind = 0; dot != NULL && kind < MQ_N_KINDS; kind++)
    if (strncmp (kinds[kind].name, text, dot - text) == 0 && kinds[kind].name[dot - text] == '\0')
      {
        g_autofree char *field = mq_field_words (dot + 1);

        /* Translators: a kind of records, and a field of it: "Orders: Amount" */
        return g_strdup_printf (g_dgettext (GETTEXT_PACKAGE, N_ ("%s: %s")), g_dgettext (GETTEXT_PACKAGE, kinds[kind].title), field);
      }
  return g_strdup (g_str_has_prefix (text, "attr:") || g_str_has_prefix (text, "prop:") ? text + 5 : text);
}
