/* class-column.c: a column and what it points to. */

#include "config.h"

#include "project/class-column.h"

#include <string.h>

MqClassColumn *
mq_class_column_new (const char *const *names, guint n_names, guint n_persons)
{
  MqStringsBuilder *builder = mq_strings_builder_new ();
  MqClassColumn    *self = g_new0 (MqClassColumn, 1);

  for (guint i = 0; i < n_names; i++)
    mq_strings_builder_add (builder, names[i], strlen (names[i]));
  self->strings = mq_strings_builder_finish (builder);
  self->codes = g_new (guint32, MAX (n_persons, 1));
  for (guint person = 0; person < n_persons; person++)
    self->codes[person] = MQ_CODE_MISSING;
  self->column = (MqColumn){ .type = MQ_VALUE_TEXT, .n = n_persons, .codes = self->codes, .strings = self->strings };
  return self;
}

void
mq_class_column_free (gpointer data)
{
  MqClassColumn *self = data;

  g_free (self->codes);
  mq_strings_unref (self->strings);
  g_free (self);
}
