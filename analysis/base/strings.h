/* strings.h: MqStrings, an immutable list of byte strings in one block; the dictionary of a column.
 * Built once, then shared between threads; atomic reference count. Strings are UTF-8 without NUL bytes inside. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MqStrings        MqStrings;
typedef struct _MqStringsBuilder MqStringsBuilder;

MqStringsBuilder *mq_strings_builder_new (void);
void              mq_strings_builder_free (MqStringsBuilder *self);
void              mq_strings_builder_add (MqStringsBuilder *self, const char *text, gsize length);
gboolean          mq_strings_builder_try_add (MqStringsBuilder *self, const char *text, gsize length); /* FALSE: there is no memory */
MqStrings        *mq_strings_builder_finish (MqStringsBuilder *self);                                  /* (transfer full); frees the builder */

/* Takes `offsets` (n + 1 of them, offsets[0] == 0, g_free) and `bytes` (each string followed by one NUL that the
 * offsets count, g_free): what a decoder has at hand. */
MqStrings *mq_strings_new_take (guint n, guint64 *offsets, char *bytes);

MqStrings  *mq_strings_ref (MqStrings *self);
void        mq_strings_unref (MqStrings *self);
guint       mq_strings_length (const MqStrings *self);
const char *mq_strings_get (const MqStrings *self, guint index); /* NUL-terminated, valid as long as self */
gsize       mq_strings_get_length (const MqStrings *self, guint index);
gsize       mq_strings_bytes (const MqStrings *self); /* of memory */

/* Index of text in a list sorted by bytes, or -1. */
gint mq_strings_find_sorted (const MqStrings *self, const char *text);

/* Byte order, the shorter first of two where one begins the other: the one order of all text in machine output. */
int mq_bytes_compare (const char *a, gsize a_length, const char *b, gsize b_length);

/* How many ' stand before the = + - @ TAB or CR with which a spreadsheet would take a text for a formula; -1 if it begins
 * with none. An export puts one more before it, an import takes one off again. */
int mq_text_count_guards (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqStrings, mq_strings_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqStringsBuilder, mq_strings_builder_free)

G_END_DECLS
