/* column-choices.h: what a column of a file can become: a property, a key, or a field of the kind. */

#pragma once

#include <gio/gio.h>

#include "project/record-kind.h"

G_BEGIN_DECLS

/* (transfer full) Names as an import plan has them: "" first, which is "keep as a property", then keys, then fields.
 * NULL-terminated; titles[i] (translated) belongs to the i-th. */
GStrv mq_column_choices (MqKind kind, GStrv *titles);

G_END_DECLS
