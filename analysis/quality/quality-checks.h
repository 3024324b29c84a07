/* quality-checks.h: whether one value can be what its field says. Pure functions on text; no network, no list of live
 * numbers: what passes may still not exist. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_CHECK_NONE,
  MQ_CHECK_EMAIL,  /* RFC 5321 without quoted names and address literals: at most 64 and 254 bytes, a dot in the domain */
  MQ_CHECK_PHONE,  /* mainland mobile (11 digits from 13 to 19), mainland land line, or + and 8 to 15 digits (E.164) */
  MQ_CHECK_DATE,   /* of day and time columns: from 1900 on, not after the as-of date */
  MQ_CHECK_GENDER, /* a closed list in English and Chinese */
  MQ_CHECK_ORDER_STATUS,
  MQ_CHECK_MESSAGE_STATUS,
  MQ_CHECK_DIRECTION,
} MqCheck;

const char *mq_check_name (MqCheck check); /* "e-mail"; "" for none: machine output */

gboolean mq_check_email (const char *text, gsize length);
gboolean mq_check_phone (const char *text, gsize length);
gboolean mq_check_list (MqCheck check, const char *text); /* the closed lists but the status of orders */

/* Whether the address is at one of the large free providers; else it is a company's own. */
gboolean mq_email_is_free (const char *address, gsize length);

/* The check that a column of customers with this name needs ("Mobile", "邮箱"). */
MqCheck mq_check_for_header (const char *name);

G_END_DECLS
