/* value-groups.c: the largest values of a breakdown. */

#include "config.h"

#include "query/value-groups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "channels/channel-table.h"
#include "query/customer-classes.h"

const char mq_group_other[] = N_ ("Other");

typedef struct
{
  guint32     code;
  gint64      size;
  const char *text;
} Value;

static int
compare_values (const void *a, const void *b)
{
  const Value *one = a;
  const Value *two = b;

  if (one->size != two->size)
    return one->size > two->size ? -1 : 1;
  return strcmp (one->text, two->text);
}

static int
compare_codes (const void *a, const void *b)
{
  const Value *one = a;
  const Value *two = b;

  return one->code < two->code ? -1 : one->code > two->code;
}

gboolean
mq_groups_is_word (const char *name)
{
  const char *const *channels = mq_channel_groups ();

  if (name == NULL || name == mq_group_other || name == mq_field_outside || mq_customer_class_is_word (name))
    return name != NULL;
  for (guint i = 0; channels[i] != NULL; i++)
    if (name == channels[i])
      return TRUE;
  return FALSE;
}

void
mq_groups_set_name (MqTableBuilder *builder, guint column, const char *name)
{
  if (mq_groups_is_word (name))
    mq_table_builder_set_word (builder, column, name);
  else
    mq_table_builder_set_text (builder, column, name);
}

void
mq_value_groups_init (MqValueGroups *self, const MqFieldValues *values, const gint64 *sizes, guint most)
{
  guint             n_codes = mq_field_values_length (values);
  g_autofree Value *sorted = g_new (Value, MAX (n_codes, 1));
  guint             n = 0;

  *self = (MqValueGroups){ .n_codes = n_codes };
  for (guint code = 0; code < n_codes; code++)
    if (sizes[code] > 0)
      sorted[n++] = (Value){ code, sizes[code], mq_field_values_text (values, code) };
  qsort (sorted, n, sizeof *sorted, compare_values);
  if (mq_field_values_is_ordered (values))
    qsort (sorted, MIN (n, most), sizeof *sorted, compare_codes);
  self->names = g_new0 (const char *, most + 2);
  self->of_code = g_new0 (guint16, n_codes + 1);
  for (guint i = 0; i < n; i++)
    self->of_code[sorted[i].code] = MIN (i, most);
  for (guint i = 0; i < MIN (n, most); i++)
    self->names[self->n++] = sorted[i].text;
  if (n > most)
    self->names[self->n++] = mq_group_other;
  self->of_code[n_codes] = self->n;
  if (sizes[n_codes] > 0)
    self->names[self->n++] = NULL;
  for (guint code = 0; code < n_codes; code++)
    if (sizes[code] == 0)
      self->of_code[code] = self->n;
}

void
mq_value_groups_clear (MqValueGroups *self)
{
  g_clear_pointer (&self->names, g_free);
  g_clear_pointer (&self->of_code, g_free);
}
