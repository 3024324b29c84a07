/* quality-checks.c: what an e-mail address, a phone number and a value of a closed list look like. */

#include "config.h"

#include "quality/quality-checks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ADDRESS 254
#define MAX_LOCAL 64
#define MAX_LABEL 63

const char *
mq_check_name (MqCheck check)
{
  static const char *const names[] = { "", N_ ("e-mail"), N_ ("phone"), N_ ("date"), N_ ("list"), N_ ("list"), N_ ("list"), N_ ("list") };

  return names[check];
}

static gboolean
is_local_byte (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0 || strchr ("!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

/* Parts between dots, none of them empty. */
static gboolean
check_local (const char *text, gsize length)
{
  if (length == 0 || length > MAX_LOCAL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (text[i] == '.' ? i == 0 || i == length - 1 || text[i + 1] == '.' : !is_local_byte (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check_label (const char *text, gsize length)
{
  if (length == 0 || length > MAX_LABEL || text[0] == '-' || text[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && (text[i] & 0x80) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_letter (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalpha (text[i]) || (text[i] & 0x80) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_domain (const char *text, gsize length)
{
  gsize start = 0;
  guint n = 0;

  for (gsize i = 0; i <= length; i++)
    if (i == length || text[i] == '.')
      {
        if (!check_label (text + start, i - start))
          return FALSE;
        /* The last label is no number and has two characters at least. */
        if (i == length)
          return n > 0 && i - start >= 2 && has_letter (text + start, i - start);
        start = i + 1;
        n++;
      }
  return FALSE;
}

gboolean
mq_check_email (const char *text, gsize length)
{
  const char *at = memchr (text, '@', length);

  return at != NULL && length <= MAX_ADDRESS && check_local (text, at - text) && check_domain (at + 1, length - (at + 1 - text));
}

static gboolean
check_mainland (const char *digits, gsize n)
{
  if (n == 11 && digits[0] == '1')
    return digits[1] >= '3';
  /* Area code with its zero and 7 or 8 digits. */
  return n >= 10 && n <= 12 && digits[0] == '0' && digits[1] != '0';
}

/* Without the zero; 10 is Beijing's area code, else a 1 begins a mobile number. */
static gboolean
check_mainland_international (const char *digits, gsize n)
{
  if (digits[0] == '1' && digits[1] != '0')
    return check_mainland (digits, n) && n == 11;
  return digits[0] != '0' && n >= 10;
}

gboolean
mq_check_phone (const char *text, gsize length)
{
  char     digits[16];
  gsize    n = 0;
  gboolean is_international = length > 0 && text[0] == '+';

  for (gsize i = is_international; i < length; i++)
    if (g_ascii_isdigit (text[i]) && n < sizeof digits)
      digits[n++] = text[i];
    else if (strchr (" -()./", text[i]) == NULL || text[i] == '\0')
      return FALSE;
  if (n >= sizeof digits)
    return FALSE;
  if (!is_international)
    return check_mainland (digits, n);
  if (n >= 12 && strncmp (digits, "86", 2) == 0)
    return n <= 13 && check_mainland_international (digits + 2, n - 2);
  return n >= 8 && n <= 15 && digits[0] != '0';
}

static const char *const genders[] = { "male", "female", "m", "f", "man", "woman", "other", "diverse", "unknown", "男", "女", "男性", "女性", "先生", "女士", "其他", "未知", "保密", NULL };
static const char *const message_statuses[] = { "sent", "delivered", "opened", "clicked", "replied", "unsubscribed", "blocked", "complained", "bounced", NULL };
static const char *const directions[] = { "in", "out", "inbound", "outbound", "incoming", "outgoing", "received", "sent", "接收", "发送", "收", "发", NULL };

gboolean
mq_check_list (MqCheck check, const char *text)
{
  g_autofree char   *lower = g_ascii_strdown (text, -1);
  const char *const *list = check == MQ_CHECK_GENDER ? genders : check == MQ_CHECK_DIRECTION ? directions
                                                                                             : message_statuses;

  return g_strv_contains (list, g_strstrip (lower));
}

gboolean
mq_email_is_free (const char *address, gsize length)
{
  static const char *const domains[] = {
    "qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "vip.sina.com", "sohu.com", "139.com", "189.cn", "wo.cn", "aliyun.com", "tom.com", "21cn.com", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "yahoo.co.jp", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "proton.me", "protonmail.com", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "naver.com", "hanmail.net", "daum.net", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "zoho.com", "fastmail.com", "hey.com", NULL
  };
  const char      *at = memchr (address, '@', length);
  g_autofree char *domain = at != NULL ? g_ascii_strdown (at + 1, length - (at + 1 - address)) : NULL;

  return domain != NULL && g_strv_contains (domains, domain);
}

MqCheck
mq_check_for_header (const char *name)
{
  static const struct
  {
    const char *word;
    MqCheck     check;
  } words[] = {
    { "e-mail", MQ_CHECK_EMAIL }, { "email", MQ_CHECK_EMAIL }, { "邮箱", MQ_CHECK_EMAIL }, { "邮件地址", MQ_CHECK_EMAIL }, { "phone", MQ_CHECK_PHONE }, { "mobile", MQ_CHECK_PHONE }, { "手机", MQ_CHECK_PHONE }, { "电话", MQ_CHECK_PHONE }
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (lower, words[i].word) == 0 || (g_str_has_prefix (lower, words[i].word) && lower[strlen (words[i].word)] == ' ') || strcmp (lower + (strlen (lower) > strlen (words[i].word) ? strlen (lower) - strlen (words[i].word) : 0), words[i].word) == 0)
      return words[i].check;
  if (strcmp (lower, "手机号") == 0 || strcmp (lower, "手机号码") == 0 || strcmp (lower, "联系电话") == 0)
    return MQ_CHECK_PHONE;
  return MQ_CHECK_NONE;
}
