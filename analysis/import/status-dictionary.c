/* status-dictionary.c: status texts of orders, English and Chinese, compared like headers (case, blanks and marks aside).
 * Exact words first, then beginnings, for shops write "买家已付款，等待卖家发货" and "(删除)等待付款". */

#include "import/status-dictionary.h"

#include "import/header-dictionary.h"
#include "import/status-join.h"

#include <string.h>

typedef struct
{
  MqStatus    status;
  const char *names; /* folded, parted by '|' */
} StatusWords;

static const StatusWords words[] = {
  { MQ_STATUS_UNPAID, "unpaid|pending|pendingpayment|awaitingpayment|onhold|authorized|created|open|waitingforpayment|paymentpending|draft|checkoutdraft|未付款|未支付|待付款|待支付|等待买家付款|等待付款|等待支付|已下单" },
  { MQ_STATUS_PAID, "paid|processing|paymentreceived|captured|approved|confirmed|partiallypaid|已付款|已支付|待发货|等待发货|等待卖家发货|买家已付款等待卖家发货|买家已付款|付款成功|支付成功|备货中|等待出库|待收货前|订单未关闭|处理中|待配货" },
  { MQ_STATUS_SHIPPED, "shipped|intransit|fulfilled|dispatched|sent|outfordelivery|partiallyshipped|partiallyfulfilled|awaitingcollection|已发货|待收货|卖家已发货等待买家确认|卖家已发货|卖家部分发货|部分发货|等待买家确认收货|等待确认收货|运输中|派送中" },
  { MQ_STATUS_COMPLETED, "completed|complete|delivered|done|finished|success|succeeded|closedcomplete|received|已完成|交易成功|完成|已收货|已签收|交易完成|订单完成|成功" },
  { MQ_STATUS_CLOSED, "closed|cancelled|canceled|void|voided|failed|expired|rejected|declined|已关闭|交易关闭|已取消|取消|关闭|订单关闭|订单取消|交易取消|付款以前卖家或买家主动关闭交易|已作废" },
  { MQ_STATUS_REFUNDED, "refunded|fullyrefunded|returned|chargeback|chargedback|refund|已退款|退款成功|全额退款|全部退款|已全额退款|退款完成|已退货|付款以后用户退款成功交易自动关闭" },
  { MQ_STATUS_PARTLY_REFUNDED, "partlyrefunded|partiallyrefunded|partialrefund|部分退款|已部分退款|部分退款成功" },
};

static gboolean
list_has (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = list; p != NULL; p = strchr (p, '|'))
    {
      if (*p == '|')
        p++;
      if (strncmp (p, word, length) == 0 && (p[length] == '|' || p[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static MqStatus
guess_word (const char *text)
{
  g_autofree char *folded = mq_header_fold (text, TRUE);

  if (*folded == '\0')
    return MQ_STATUS_UNKNOWN;
  if (g_str_has_prefix (folded, "删除等待"))
    return MQ_STATUS_CLOSED;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (list_has (words[i].names, folded))
      return words[i].status;
  return MQ_STATUS_UNKNOWN;
}

MqStatus
mq_status_guess (const char *text)
{
  const char      *joint = g_strrstr (text, MQ_STATUS_JOINT);
  g_autofree char *first = joint != NULL ? g_strndup (text, joint - text) : NULL;
  MqStatus         second = joint != NULL ? guess_word (joint + strlen (MQ_STATUS_JOINT)) : MQ_STATUS_UNKNOWN;

  /* What became of a refund counts where there was one; a refusal leaves the order what it was. */
  if (second == MQ_STATUS_REFUNDED || second == MQ_STATUS_PARTLY_REFUNDED)
    return second;
  return guess_word (first != NULL ? first : text);
}
