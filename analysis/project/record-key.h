/* record-key.h: typed keys and record keys.
 * A key has a kind and a value ("phone", "+8613800000000"). A record key is the set of keys one record carries, written
 * as text so that byte order is the order of CLI.md ("first key by kind priority, then bytes"): for each key, in order
 * of kind priority, one byte '!' + priority (own kinds: '~' NAME 0x1f), the normalised value, 0x1e between keys.
 * The empty record key is an anonymous record. Kinds in order of priority: customer_id phone email unionid openid
 * external_userid wechat_id member_no nick, then own kinds by name; last `contact` (byte 0x7f), a customers row without
 * any key (value: hash of its content). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_KEY_SEPARATOR '\x1e'

/* Appends a key in normalised form: blanks around trimmed; e-mail lower case; phone digits only, +86 before a mainland
 * mobile number of 11 digits; a masked value (any '*', or beginning ## or $$) is no key. The key is put in its place among
 * those that are there; a cell with several phone numbers is as many keys. FALSE if nothing was added: no key, or there already. */
gboolean mq_record_key_append (GString *record_key, const char *kind, const char *value, gsize length);
int      mq_key_priority (const char *kind); /* 0 customer_id … 9 own kinds, 10 contact */
gboolean mq_key_is_builtin (const char *kind);
/* Phones and e-mails: a key is written in another form than the value came in. */
gboolean mq_key_has_other_form (const char *kind);
/* The kind that a header of an export names: "phone", "key.KIND", of a second one on a record "phone (2)". NULL for another
 * header. (transfer full) */
char *mq_key_find_header (const char *header);

/* Each key of a record key as a slice that still has its kind byte(s): equal slices are the same key. */
typedef struct
{
  const char *start;
  gsize       length;
} MqKeySlice;

guint       mq_record_key_split (const char *record_key, gsize length, MqKeySlice *keys, guint max);
const char *mq_key_slice_kind (MqKeySlice key, char *buffer, gsize size); /* "phone" */
const char *mq_key_slice_value (MqKeySlice key, gsize *length);           /* not NUL-terminated */

G_END_DECLS
