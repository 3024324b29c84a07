/* mapping.h: MqMapping, what becomes of each column of a file: given by --map, guessed from the headers, or kept as a
 * property. What can only be known from the cells (types, formats, missing tokens) is decided in infer.c and noted here. */

#pragma once

#include <gio/gio.h>
#include "base/date-format.h"
#include "base/decimal.h"
#include "import/guards.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

#define MQ_MAX_COLUMNS 2000

/* When a token such as NA, written without quotes, is no value. */
typedef enum
{
  MQ_TOKENS_KEEP,        /* free text: it is a value */
  MQ_TOKENS_DROP,        /* numbers, times, keys; or asked for */
  MQ_TOKENS_WHILE_PLAIN, /* as long as all other values are numbers, dates or identifiers */
  MQ_TOKENS_WHILE_QUOTED /* as long as all other values are quoted */
} MqTokens;

/* A column of the file. */
typedef struct
{
  char    *header;   /* (owned) as displayed: trimmed, "#3" without one, " (2)" on a second one */
  gboolean nameless; /* the file has a header but not here: left out if empty */
  char    *constant; /* (owned) (nullable) no column of the file: every row has this text */

  MqGuard       guard;
  MqTokens      tokens;
  MqNumberStyle style;  /* numbers */
  gboolean      notes;  /* a note in brackets behind a number is taken off */
  MqDateFormat  format; /* times */
} MqSource;

typedef enum
{
  MQ_USE_KEY,
  MQ_USE_TEXT,
  MQ_USE_NUMBER,
  MQ_USE_MONEY,
  MQ_USE_TIME,
  MQ_USE_DAY,
  MQ_USE_PROPERTY, /* type decided from the cells */
} MqUseRole;

/* What a column is used for; a column may have several uses. */
typedef struct
{
  char       *name; /* (owned) "time", "key.phone", "prop:Country", "attr:Level" */
  MqUseRole   role;
  guint       column; /* index of its MqSource */
  int         factor; /* index of the column it is multiplied with, or -1 */
  int         second; /* of an order's status: index of the column whose word goes behind it, or -1 */
  gboolean    given;  /* by --map */
  MqValueType type;   /* as stored */
  int         scale;
} MqUse;

typedef struct
{
  MqKind     kind;
  gboolean   has_header;
  gboolean   keys_given; /* --map named a key: no further key is guessed */
  guint      n_columns;  /* of the file; sources after them are constants */
  GPtrArray *sources;    /* (owned) (element-type MqSource) in the file's order */
  GPtrArray *uses;       /* (owned) (element-type MqUse) keys by priority, then fields in the kind's order, then properties by column */
} MqMapping;

/* headers: n texts (a nameless one is ""), or NULL for a file without a header; n: columns. map: "field=Column" as of --map,
 * or field="text" (in quotes) where every row has the same, or status=A+B.
 * Fails with MQ_IMPORT_ERROR_MAPPING or _SETTING; a required field that has no column is no failure here. */
MqMapping *mq_mapping_new (MqKind kind, const char *const *headers, guint n, const char *const *map, GError **error);
void       mq_mapping_free (MqMapping *self);

/* A cell of the column as a number, by its style and its rule of notes. */
MqNumberStatus mq_source_parse_number (const MqSource *self, const char *text, gsize length, MqDecimal *value);

MqUse *mq_mapping_find (const MqMapping *self, const char *name); /* (nullable) (transfer none) */
/* Is the column used as, or multiplied into, a number? */
gboolean mq_mapping_is_number (const MqMapping *self, guint column);
gboolean mq_mapping_has_role (const MqMapping *self, guint column, MqUseRole role);
/* The use becomes the property (or attribute) of its column; type and scale are the caller's to decide. */
void mq_mapping_demote (MqMapping *self, MqUse *use);
/* A further use of a column as property, beside its others. */
void mq_mapping_add_property (MqMapping *self, guint column);
/* FALSE with MQ_IMPORT_ERROR_MAPPING that names the missing field and the option. */
gboolean mq_mapping_check_required (const MqMapping *self, GError **error);
/* Column of an order's sum before refunds, or -1 (left as what it is otherwise). */
int mq_mapping_find_total (const MqMapping *self);

#define mq_mapping_source(self, column) ((MqSource *) g_ptr_array_index ((self)->sources, (column)))
#define mq_mapping_use(self, index) ((MqUse *) g_ptr_array_index ((self)->uses, (index)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqMapping, mq_mapping_free)

G_END_DECLS
