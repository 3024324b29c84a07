/* selector.h: what a step, an exclusion, a start or a conversion is called, and which records it means.
 *
 *   selector  = term { "," term }                                              any of them
 *   term      = name [ "[" condition { "and" condition } "]" ]
 *   name      = "order"                       a valid order (METHODS.md, section Data)
 *             | "order.created" | "order.paid" | "order.shipped" | "order.completed"   what happened to an order
 *             | "order.again"                 a valid order of a customer who had one before
 *             | "order_created"               an order that is not paid
 *             | "message." status             a message, as in message.clicked
 *             | "event:" text | text          an event; * is any event; event:order is the file's own event "order"
 *   condition = field operator value | field [ "not" ] "in" "(" value { "," value } ")" | field "is" [ "not" ] "missing"
 *   operator  = "=" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "not" "contains"
 *   value     = a number, a date, a word, or text in "double quotes" (a quote inside is written twice)
 *
 * A field is a property of the record (product, or event.product) or customer.NAME. Only records that have a value meet a
 * condition, but "is missing". A name or word ends at a comma, a bracket, a blank or an operator; quotes hold anything. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MQ_TEST_EQUAL, /* any of the values */
  MQ_TEST_LESS,
  MQ_TEST_LESS_EQUAL,
  MQ_TEST_GREATER,
  MQ_TEST_GREATER_EQUAL,
  MQ_TEST_CONTAINS,
  MQ_TEST_MISSING,
} MqTest;

typedef struct
{
  char    *field; /* (owned) */
  MqTest   test;
  gboolean negated;
  char   **values; /* (owned) at least one, none for MISSING */
} MqCondition;

typedef enum
{
  MQ_SUBJECT_EVENT,   /* name: the event's; NULL: any */
  MQ_SUBJECT_MESSAGE, /* name: the status; NULL: any */
  MQ_SUBJECT_ORDER,   /* name: NULL, "created", "paid", "shipped", "completed", "unpaid" */
} MqSubject;

typedef struct
{
  MqSubject  subject;
  char      *name;       /* (owned) (nullable) */
  GPtrArray *conditions; /* (owned) (element-type MqCondition) */
} MqTerm;

typedef struct
{
  char      *text;    /* (owned) as it was written, blanks around it taken off */
  char      *setting; /* (owned) whose value it is: for messages */
  GPtrArray *terms;   /* (owned) (element-type MqTerm) */
} MqSelector;

/* `setting` stands in messages: of MQ_ANALYSIS_ERROR_SETTING here, and where the selector is looked up. (transfer full) */
MqSelector *mq_selector_parse (const char *text, const char *setting, GError **error);
void        mq_selector_free (MqSelector *self);

/* Where a selector at the beginning of `text` ends: the offset of `delimiter` outside quotes and brackets, of several the
 * last; the length if there is none. */
gsize mq_selector_find_last (const char *text, char delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSelector, mq_selector_free)

G_END_DECLS
