/* header-dictionary.c: headers of exports that really arrive (shops, chat tools, data sets), by field. A new header is
 * one more word in a line. Within a line the first that a file has wins; within the table an earlier line. */

#include "import/header-dictionary.h"

#include <string.h>

#define C (1 << MQ_KIND_CUSTOMERS)
#define O (1 << MQ_KIND_ORDERS)
#define E (1 << MQ_KIND_EVENTS)
#define M (1 << MQ_KIND_MESSAGES)
#define F (1 << MQ_KIND_FEEDBACK)
#define S (1 << MQ_KIND_SPEND)
#define PEOPLE (C | O | E | M | F)

static const MqHeaderEntry dictionary[] = {
  /* A Shopify export calls the order's number "Name". */
  { O, "order_id", "Name", "Lineitem name" },
  { O, "amount", "Total", "Lineitem name" },
  { O, "source", "订单渠道", "京东价" },
  { E, "key.cookie", "user pseudo id", NULL },

  { PEOPLE, "key.customer_id", "customer|customer id|customer no|customer number|customer code|client id|cust id|user id|uid|household id|buyer id|shopper id|account id|客户|顾客|客户编号|客户ID|客户号|客户代码|顾客编号|顾客ID|用户ID|用户编号|买家ID|会员ID", NULL },
  { PEOPLE, "key.phone", "phone|phone number|mobile|mobile phone|mobile number|cell phone|telephone|customer phone|phone #|手机|手机号|手机号码|客户手机号|客户手机|买家手机号|买家手机|会员手机号|用户手机号", NULL },
  { C, "key.customer_id", "id|编号", NULL },
  { C, "key.phone", "电话|联系电话|联系手机|电话号码", NULL },
  { PEOPLE, "key.email", "email|email address|e-mail address|mail|customer email|buyer email|billing email|邮箱|电子邮箱|电子邮件|客户邮箱|买家邮箱", NULL },
  { PEOPLE, "key.unionid", "unionid|wechat unionid|微信unionid", NULL },
  { PEOPLE, "key.openid", "openid|wechat openid|微信openid|用户标识", NULL },
  { PEOPLE, "key.external_userid", "external userid|external user id|外部联系人ID", NULL },
  { PEOPLE, "key.wechat_id", "wechat id|wechat|wechat no|微信号|微信", NULL },
  { PEOPLE, "key.member_no", "member no|member number|member id|loyalty number|card number|会员号|会员卡号|会员编号|会员卡", NULL },
  { PEOPLE, "key.nick", "buyer nick|nick|buyer username|买家会员名|买家昵称|淘宝昵称|会员名|买家账号|下单帐号|下单账号|买家旺旺|旺旺", NULL },

  { O | E, "order_id", "order id|order no|order number|order #|invoice no|invoice number|invoice id|invoice|basket id|transaction id|ecommerce.transaction id|order|主订单编号|订单编号|订单号|订单ID|交易编号|商户订单号|单号|order name", NULL },
  { O, "paid_time", "paid time|paid at|payment time|payment date|date paid|paid date|付款时间|支付时间|订单付款时间|买家付款时间|付款确认时间|支付完成时间|订单支付时间|支付日期", NULL },
  { O, "created_time", "created time|created at|created|creation time|creation date|date created|订单创建时间|下单时间|创建时间|订单提交时间|拍下时间|提交时间", NULL },
  { O, "completed_time", "completed time|completed at|completion time|date completed|确认收货时间|订单完成时间|交易成功时间|完成时间", NULL },
  { O, "time", "time|order time|order date|order datetime|date|datetime|timestamp|transaction timestamp|transaction time|transaction date|invoice date|purchase time|purchase date|sale date|sales date|order timestamp|订单时间|订单日期|下单日期|交易时间|成交时间|消费时间|购买时间|销售日期|日期|时间", NULL },
  { O, "amount", "amount|revenue|paid amount|amount paid|net amount|net sales|order amount|line amount|line total|item total|order total|order value|total amount|total price|total sales|sales value|sales amount|sales|total|gmv|买家实际支付金额|订单实付金额|实付金额|实付款|实际支付金额|买家实付|支付金额|付款金额|订单应付金额|应付金额|成交金额|应结订单金额|订单金额|消费金额|销售金额|销售额|总金额|金额", NULL },
  { O, "status", "status|order status|financial status|payment status|state|订单状态|状态|交易状态|支付状态", NULL },
  { O, "product", "product name|product title|item name|lineitem name|product|item|商品名称|宝贝标题|宝贝名称|选购商品|全部商品名称|商品标题|产品名称|商品|产品|标题|sku name|stock code|sku|lineitem sku|product id|product code|item id|商品编码|商品编号|商家编码|商品ID|货号", NULL },
  { O, "category", "category|product category|category name|item category|商品类目|商品分类|类目|品类|分类|宝贝类目", NULL },
  { O, "quantity", "quantity|qty|units|item quantity|lineitem quantity|items sold|数量|商品数量|购买数量|订购数量|宝贝总数量|件数", NULL },
  { O, "unit_price", "unit price|price|item price|lineitem price|单价|商品单价|价格|京东价|售价", NULL },
  { O, "discount", "discount|discount amount|total discount|优惠金额|优惠|折扣|优惠总金额|店铺优惠合计|折扣金额", NULL },
  { O, "shipping", "shipping|shipping amount|shipping cost|freight|postage|运费|运费金额|邮费|买家应付邮费", NULL },
  { O, "refund", "refund|refund amount|refunded amount|refunded|amount refunded|退款金额|退款|订单已退款金额|已退款金额|order refund amount", NULL },
  { O, "cost", "cost|cost price|cogs|product cost|成本|成本价|商品成本", NULL },
  { O, "currency", "currency|currency code|币种|货币|货币种类", NULL },
  { O, "shop", "shop|shop name|store|store id|store name|shop id|店铺|店铺名称|归属店铺|门店|门店名称|商店", NULL },
  { O, "source", "source|order source|sales channel|channel|utm source|订单来源|销售渠道|渠道|来源|流量来源|订单渠道", NULL },
  { O, "campaign", "campaign|campaign name|campaign id|utm campaign|活动|推广方式|活动名称|达人昵称", NULL },
  { O, "referrer", "referrer|referred by|affiliate|分销员|推荐人", NULL },
  { O, "owner", "owner|sales rep|employee|salesperson|销售导购|导购|导购员|专属导购|跟进人|客服", NULL },

  { E, "time", "time|event time|timestamp|event timestamp|datetime|date|event date|ts|时间|事件时间|行为时间|发生时间|日期", NULL },
  { E, "event", "event|event name|event type|behavior|behaviour|behavior type|behaviour type|action|activity|事件|事件名称|事件名|行为|行为类型|动作", NULL },
  { E, "session", "session|session id|visit id|event params.ga session id|会话|会话ID", NULL },
  { E, "channel", "channel|channel name|traffic source|source|utm source|medium|event params.source|渠道|来源|流量来源|来源渠道", NULL },
  { E, "campaign", "campaign|campaign name|campaign id|utm campaign|event params.campaign|活动|广告系列|活动名称", NULL },
  { E, "product", "product|product name|item name|item|product id|item id|sku|商品|商品名称|商品ID|商品编号", NULL },
  { E, "amount", "amount|value|revenue|price|event value|ecommerce.purchase revenue|金额|价值", NULL },

  { C, "name", "name|full name|customer name|姓名|客户姓名|客户名称|名称|真实姓名", NULL },
  { C, "nickname", "nickname|nick name|display name|昵称|客户昵称|微信昵称", NULL },
  { C, "gender", "gender|sex|性别|客户性别", NULL },
  { C, "birth_date", "birth date|birthday|date of birth|dob|生日|出生日期|客户生日", NULL },
  { C | F, "region", "region|state|province|country|地区|省份|省|所属区域|国家", NULL },
  { C, "city", "city|town|城市|所在城市|市", NULL },
  { C, "first_channel", "first channel|channel|source|acquisition channel|signup source|来源渠道|来源|渠道|添加渠道|渠道活码|添加渠道/渠道活码|获客渠道", NULL },
  { C, "added_at", "added at|created at|signup date|sign up date|registered at|registration date|join date|date added|optin time|添加时间|成为客户时间|注册时间|加入时间|创建时间|入会时间", NULL },
  { C, "owner", "owner|account manager|sales rep|跟进人|添加人|所属成员|所属成员/跟进人|导购员|专属导购|负责人|销售", NULL },
  { C, "tags", "tags|tag|labels|标签|客户标签", NULL },
  { C, "remark", "remark|remarks|note|notes|comment|备注|描述|备注名", NULL },
  { C, "consent", "consent|email marketing consent|email consent|accepts email marketing|accepts marketing|marketing consent|marketing permission|email permission|email permission status|subscription status|营销许可|接受营销|营销授权|订阅状态", NULL },
  { C, "referrer", "referrer|referred by|推荐人|分销员|介绍人", NULL },

  { M, "time", "time|sent at|send time|sent time|timestamp|date|时间|发送时间|触达时间|日期", NULL },
  { M, "channel", "channel|medium|渠道|触达渠道|发送渠道", NULL },
  { M, "status", "status|event|result|action|状态|发送状态|结果", NULL },
  { M, "direction", "direction|方向", NULL },
  { M, "sender", "sender|sent by|from|发送人|发送者|成员", NULL },
  { M, "text", "text|message|body|content|内容|消息内容|短信内容", NULL },
  { M, "template", "template|template name|模板|模板名称", NULL },
  { M, "campaign", "campaign|campaign name|活动|活动名称", NULL },
  { M, "playbook", "playbook|journey|flow|剧本|流程", NULL },
  { M, "one_to_one", "one to one|1:1|一对一", NULL },

  { F, "time", "time|date|created at|review date|review time|timestamp|时间|评价时间|评论时间|日期", NULL },
  { F, "text", "text|review|comment|feedback|content|review text|body|评价内容|评论内容|评价|评论|内容|反馈", NULL },
  { F, "source", "source|channel|platform|来源|平台|渠道", NULL },
  { F, "rating", "rating|stars|score|star rating|评分|星级|分数", NULL },
  { F, "product", "product name|product|item name|item|商品名称|商品|产品|product id|sku", NULL },
  { F, "campaign", "campaign|campaign name|活动", NULL },

  { S, "date", "date|day|日期|时间|tag", NULL },
  { S, "channel", "channel|source|platform|network|渠道|平台|媒体", NULL },
  { S, "amount", "amount|cost|spend|amount spent|spent|花费|消耗|费用|整体消耗|金额|kosten", NULL },
  { S, "campaign", "campaign|campaign name|广告系列|计划|抖音号/计划|活动|活动名称|kampagne", NULL },
  { S, "impressions", "impressions|impr.|impressionen|views|展示次数|展示量|曝光|曝光量", NULL },
  { S, "clicks", "clicks|link clicks|klicks|点击|点击量|点击次数|点击数", NULL },
  { S, "platform_conversions", "conversions|results|purchases|转化|转化数|整体成交订单数", NULL },
  { S, "platform_value", "conversion value|conv. value|purchase value|转化价值|整体成交金额", NULL },
  { S, "currency", "currency|currency code|币种|货币", NULL },
};

static const char totals[] = "总金额|订单总额|订单总金额|商品金额合计|应收订单金额|买家应付货款|order total|total amount|gross amount|gross|gross sales|total";

static gboolean
is_mark (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_MODIFIER_SYMBOL:
      return TRUE;
    default:
      return FALSE;
    }
}

const MqHeaderEntry *
mq_header_dictionary (guint *n)
{
  *n = G_N_ELEMENTS (dictionary);
  return dictionary;
}

const char *
mq_header_totals (void)
{
  return totals;
}

static const char *const time_fields = " time paid_time created_time completed_time birth_date added_at date ";
static const char *const number_fields = " amount quantity unit_price discount shipping refund cost rating impressions clicks platform_conversions platform_value ";

static guint
judge_field (const char *field)
{
  g_autofree char *word = g_strdup_printf (" %s ", field);

  return MQ_HEADER_KNOWN | (strstr (time_fields, word) != NULL ? MQ_HEADER_TIME : 0) | (strstr (number_fields, word) != NULL ? MQ_HEADER_NUMBER : 0);
}

guint
mq_header_judge (const char *folded)
{
  static GHashTable *known;
  static gsize       once;

  if (g_once_init_enter (&once))
    {
      known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (dictionary); i++)
        {
          g_auto (GStrv) names = g_strsplit (dictionary[i].names, "|", -1);

          for (guint j = 0; names[j] != NULL; j++)
            {
              char *name = mq_header_fold (names[j], TRUE);
              guint before = GPOINTER_TO_UINT (g_hash_table_lookup (known, name));

              g_hash_table_insert (known, name, GUINT_TO_POINTER (before | judge_field (dictionary[i].field)));
            }
        }
      g_once_init_leave (&once, 1);
    }
  return GPOINTER_TO_UINT (g_hash_table_lookup (known, folded));
}

char *
mq_header_fold (const char *header, gboolean bracketed)
{
  g_autofree char *normal = g_utf8_normalize (header, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
  GString         *out = g_string_new (NULL);
  int              depth = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_OPEN_PUNCTUATION)
        depth++;
      else if (g_unichar_type (c) == G_UNICODE_CLOSE_PUNCTUATION)
        depth = MAX (depth - 1, 0);
      else if (!is_mark (c) && (bracketed || depth == 0))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
