/* channel-traits.c: proposals from words in the names of channels. */

#include "config.h"

#include "channels/channel-traits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The first that fits counts. Plain letters fit as whole words, other scripts anywhere. */
static const struct
{
  const char *group;
  gboolean    paid;
  const char *words[16];
} groups[] = {
  { N_ ("Display"), TRUE, { "display", "banner", "gdn", "programmatic", "retargeting", "remarketing", "展示", "信息流", "开屏" } },
  { N_ ("Affiliate"), TRUE, { "affiliate", "affiliates", "cps", "淘宝客", "淘客", "联盟", "分销" } },
  { N_ ("Search"), TRUE, { "sem", "ppc", "cpc", "adwords", "paidsearch", "直通车", "竞价", "付费搜索" } },
  { N_ ("Social"), TRUE, { "paidsocial", "朋友圈广告", "抖加" } },
  { N_ ("E-mail"), FALSE, { "email", "mail", "newsletter", "edm", "邮件" } },
  { N_ ("Messaging"), FALSE, { "sms", "wecom", "whatsapp", "push", "line", "短信", "企微", "企业微信", "社群", "公众号", "小程序" } },
  { N_ ("Video"), FALSE, { "youtube", "video", "tiktok", "douyin", "kuaishou", "bilibili", "抖音", "快手", "视频号", "哔哩", "直播" } },
  { N_ ("Social"), FALSE, { "social", "facebook", "instagram", "twitter", "pinterest", "linkedin", "weibo", "wechat", "xiaohongshu", "微博", "微信", "小红书", "知乎", "社交" } },
  { N_ ("Search"), FALSE, { "search", "seo", "organic", "google", "bing", "baidu", "百度", "搜索", "自然" } },
  { N_ ("Marketplace"), FALSE, { "amazon", "ebay", "tmall", "taobao", "jd", "天猫", "淘宝", "京东", "拼多多" } },
  { N_ ("Referral"), FALSE, { "referral", "referrer", "partner", "推荐", "转介绍", "裂变" } },
  { N_ ("Offline"), FALSE, { "offline", "store", "shop", "catalog", "catalogue", "print", "tv", "radio", "门店", "线下", "地推" } },
};

static const char *const directs[] = { "direct", "(direct)", "(none)", "none", "typein", "直接访问", "直接", "自主访问", "直达" };
static const char *const paid_words[] = { "paid", "ads", "ad", "cpc", "ppc", "cpm", "sponsored", "付费", "广告", "投放" };

static gboolean
holds_word (const char *name, const char *word)
{
  gsize length = strlen (word);

  if (!g_ascii_isalnum (*word))
    return strstr (name, word) != NULL;
  for (const char *found = strstr (name, word); found != NULL; found = strstr (found + 1, word))
    if ((found == name || !g_ascii_isalnum (found[-1])) && !g_ascii_isalnum (found[length]))
      return TRUE;
  return FALSE;
}

static gboolean
holds_any (const char *name, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n && words[i] != NULL; i++)
    if (holds_word (name, words[i]))
      return TRUE;
  return FALSE;
}

static char *
fold (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_strstrip (g_steal_pointer (&folded));
}

static gboolean
is_direct (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (directs); i++)
    if (g_str_equal (name, directs[i]))
      return TRUE;
  return g_str_has_prefix (name, "direct /") || g_str_has_prefix (name, "(direct) /") || g_str_has_prefix (name, "direct traffic");
}

MqChannelTraits
mq_channel_propose (const char *name)
{
  g_autofree char *folded = fold (name);
  gboolean         paid = holds_any (folded, paid_words, G_N_ELEMENTS (paid_words));

  if (is_direct (folded))
    return (MqChannelTraits){ N_ ("Direct"), TRUE, FALSE };
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (holds_any (folded, groups[i].words, G_N_ELEMENTS (groups[i].words)))
      return (MqChannelTraits){ groups[i].group, FALSE, groups[i].paid || paid };
  return (MqChannelTraits){ N_ ("Other"), FALSE, paid };
}
