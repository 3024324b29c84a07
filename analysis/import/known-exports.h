/* known-exports.h: files that platforms export, known by sets of headers: what kind of records they hold, what every row of
 * them has though no column says it, and what is to be said of them. Static data; any thread. */

#pragma once

#include "project/record-kind.h"

G_BEGIN_DECLS

#define MQ_NO_KIND (-1)

typedef struct
{
  int         kind;      /* MqKind, or MQ_NO_KIND: it holds no records, and advice says what to take instead */
  const char *has;       /* headers parted by '|', in any order, all of which it has; folded like a header dictionary's */
  const char *lacks;     /* (nullable) a header that it must not have */
  const char *constant;  /* (nullable) field="text": the same for every row */
  gboolean    by_status; /* its file name begins with the consent of all its people: "unsubscribed_members_….csv" */
  const char *refund;    /* (nullable) "net" or "gross", as of MqImportOptions */
  const char *advice;    /* (nullable) sentences, to be translated */
} MqKnownExport;

/* (nullable) (transfer none) headers: NULL-terminated, as they stand in the file. */
const MqKnownExport *mq_known_export_find (const char *const *headers);

/* The entries of a mapping (field="text") that the file is known by, without those whose field `map` (nullable) settles, after
 * the entries of `map` (transfer full). name: of the file, with folder or without. */
GStrv mq_known_export_map (const MqKnownExport *self, MqKind kind, const char *name, const char *const *map);

G_END_DECLS
