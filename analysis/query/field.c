/* field.c: the values of a field as codes. A text column of one kind is used as it is; several kinds are given one list. */

#include "config.h"

#include "query/field.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "base/decimal.h"
#include "channels/channel-table.h"
#include "project/project.h"
#include "query/customer-classes.h"

#define SEGMENT_PREFIX "segment:"
#define CHANNEL_GROUP "channel_group"

const char mq_field_outside[] = N_ ("Not in the segment");

static const MqKind record_kinds[] = { MQ_KIND_EVENTS, MQ_KIND_ORDERS, MQ_KIND_MESSAGES };

/* Codes of one kind's column. */
typedef struct
{
  const guint32   *codes;   /* by row */
  const MqStrings *strings; /* of the codes */
  guint32         *own;     /* (owned) (nullable) `codes`, if made here */
  MqStrings       *owned;   /* (owned) (nullable) `strings`, if made here */
  guint32         *remap;   /* (owned) (nullable) code to the common list */
  guint32         *named;   /* (owned) (nullable) code of the column to that of `strings`: what the channel table says */
  guint            n_named;
} Values;

struct _MqFieldValues
{
  gboolean           is_customer;
  gboolean           is_line;
  Values             kinds[MQ_N_KINDS]; /* codes NULL: the kind does not have it */
  const MqOrderBook *book;              /* (nullable) */
  const MqStrings   *strings;           /* the common list */
  MqStrings         *owned;             /* (owned) (nullable) */
  gboolean           is_segment, is_channel_group, is_ordered;
  const char *class; /* (nullable) of the customers: its column */
};

typedef struct
{
  const char *prefix;
  MqKind      kind;
} Prefix;

static const Prefix prefixes[] = {
  { "event.", MQ_KIND_EVENTS },
  { "order.", MQ_KIND_ORDERS },
  { "message.", MQ_KIND_MESSAGES },
  { "customer.", MQ_KIND_CUSTOMERS },
};

static int
compare_values_cb (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static char *
write_value (const MqColumn *column, gint64 value)
{
  char buffer[40];

  if (column->type == MQ_VALUE_DAY)
    return mq_day_format ((gint32) value);
  buffer[mq_decimal_write (value, column->type == MQ_VALUE_INTEGER ? 0 : column->scale, buffer)] = '\0';
  return g_strdup (buffer);
}

/* Times stand for their days. */
static gint64
get_group (const MqColumn *column, const MqZone *zone, gsize row)
{
  gint64 value = column->values[row];

  if (value == MQ_VALUE_MISSING || column->type != MQ_VALUE_TIME)
    return value;
  return mq_zone_day (zone, value, NULL);
}

static GArray *
collect_groups (const MqColumn *column, const MqZone *zone)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *groups = g_array_sized_new (FALSE, FALSE, sizeof (gint64), MQ_FIELD_MAX_NUMBERS);

  for (gsize row = 0; row < column->n && groups->len < MQ_FIELD_MAX_NUMBERS; row++)
    {
      gint64 group = get_group (column, zone, row);

      if (group == MQ_VALUE_MISSING || g_hash_table_contains (seen, &group))
        continue;
      g_array_append_val (groups, group);
      g_hash_table_add (seen, &g_array_index (groups, gint64, groups->len - 1));
    }
  g_array_sort (groups, compare_values_cb);
  return groups;
}

/* Numbers and dates as texts, in order of their value. */
static gboolean
take_numbers (Values *values, const MqColumn *column, const MqZone *zone, const char *setting, const char *name, GError **error)
{
  g_autoptr (GArray) groups = collect_groups (column, zone);
  MqColumn          written = *column;
  MqStringsBuilder *builder;

  if (groups->len == MQ_FIELD_MAX_NUMBERS)
    return mq_setting_fail (error, _ ("The setting “%s” names the field “%s”, which has too many different values. Choose another."), setting, name);
  if (column->type == MQ_VALUE_TIME)
    written.type = MQ_VALUE_DAY;
  builder = mq_strings_builder_new ();
  for (guint i = 0; i < groups->len; i++)
    {
      g_autofree char *text = write_value (&written, g_array_index (groups, gint64, i));

      mq_strings_builder_add (builder, text, strlen (text));
    }
  values->strings = values->owned = mq_strings_builder_finish (builder);
  values->codes = values->own = g_new (guint32, MAX (column->n, 1));
  for (gsize row = 0; row < column->n; row++)
    {
      gint64        group = get_group (column, zone, row);
      const gint64 *found = group == MQ_VALUE_MISSING ? NULL : bsearch (&group, groups->data, groups->len, sizeof (gint64), compare_values_cb);

      values->own[row] = found != NULL ? (guint32) (found - (gint64 *) (gpointer) groups->data) : MQ_CODE_MISSING;
    }
  return TRUE;
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Channels go by the names, or the groups, that the channel table gives them. */
static void
name_channels (Values *values, const char *table_text, gboolean group)
{
  g_autoptr (MqChannelTable) table = mq_channel_table_parse (table_text);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  const MqStrings  *raw = values->strings;
  MqStringsBuilder *builder = mq_strings_builder_new ();

  values->n_named = mq_strings_length (raw);
  values->named = g_new (guint32, MAX (values->n_named, 1));
  for (guint code = 0; code < values->n_named; code++)
    {
      MqChannelEntry entry = mq_channel_table_get (table, mq_strings_get (raw, code));

      if (g_hash_table_add (index, (gpointer) (group ? entry.group : entry.channel)))
        g_ptr_array_add (names, (gpointer) (group ? entry.group : entry.channel));
    }
  g_ptr_array_sort (names, compare_texts_cb);
  for (guint i = 0; i < names->len; i++)
    {
      g_hash_table_insert (index, names->pdata[i], GUINT_TO_POINTER (i));
      mq_strings_builder_add (builder, names->pdata[i], strlen (names->pdata[i]));
    }
  for (guint code = 0; code < values->n_named; code++)
    {
      MqChannelEntry entry = mq_channel_table_get (table, mq_strings_get (raw, code));

      values->named[code] = GPOINTER_TO_UINT (g_hash_table_lookup (index, group ? entry.group : entry.channel));
    }
  values->strings = values->owned = mq_strings_builder_finish (builder);
}

/* A kind without the field stays without codes. */
static gboolean
take_kind (MqFieldValues *self, MqDataset *dataset, MqKind kind, const char *base, const char *setting, const MqRun *run, GError **error)
{
  g_autofree char *name = mq_field_column_name (dataset, kind, base);
  gboolean         group = name == NULL && kind != MQ_KIND_CUSTOMERS && g_str_equal (base, CHANNEL_GROUP);
  g_autoptr (GError) local = NULL;
  const MqColumn *column;

  if (group)
    name = g_strdup (kind == MQ_KIND_ORDERS ? "source" : "channel");
  if (name == NULL)
    return TRUE;
  column = kind == MQ_KIND_CUSTOMERS ? mq_field_customer_column (dataset, name, run, &local) : mq_dataset_column (dataset, kind, name, run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL)
    return TRUE;
  if (kind == MQ_KIND_ORDERS && (self->book = mq_order_book_get (dataset, run, error)) == NULL)
    return FALSE;
  self->is_line = self->is_line || (kind == MQ_KIND_ORDERS && mq_field_is_of_line (name));
  self->is_ordered = column->codes == NULL || (kind == MQ_KIND_CUSTOMERS && mq_customer_class_has (name) && g_str_equal (base, MQ_AGE_FIELD));
  if (column->codes == NULL)
    return take_numbers (&self->kinds[kind], column, mq_dataset_zone (dataset), setting, base, error);
  self->kinds[kind].codes = column->codes;
  self->kinds[kind].strings = column->strings;
  if (group || g_str_equal (name, kind == MQ_KIND_ORDERS ? "source" : "channel"))
    name_channels (&self->kinds[kind], mq_dataset_value (dataset, MQ_CHANNEL_TABLE_VALUE), group);
  self->is_channel_group = self->is_channel_group || group;
  if (kind == MQ_KIND_CUSTOMERS && mq_customer_class_has (name))
    self->class = mq_customer_class_find (dataset, base);
  return TRUE;
}

/* One list for all kinds that have the field. */
static void
merge_lists (MqFieldValues *self)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  MqStringsBuilder *builder = mq_strings_builder_new ();

  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    for (guint code = 0; self->kinds[kind].codes != NULL && code < mq_strings_length (self->kinds[kind].strings); code++)
      if (g_hash_table_add (index, (gpointer) mq_strings_get (self->kinds[kind].strings, code)))
        g_ptr_array_add (texts, (gpointer) mq_strings_get (self->kinds[kind].strings, code));
  g_ptr_array_sort (texts, compare_texts_cb);
  for (guint i = 0; i < texts->len; i++)
    {
      g_hash_table_insert (index, texts->pdata[i], GUINT_TO_POINTER (i));
      mq_strings_builder_add (builder, texts->pdata[i], strlen (texts->pdata[i]));
    }
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      Values *values = &self->kinds[kind];
      guint   n = values->codes != NULL ? mq_strings_length (values->strings) : 0;

      values->remap = g_new (guint32, MAX (n, 1));
      for (guint code = 0; code < n; code++)
        values->remap[code] = GPOINTER_TO_UINT (g_hash_table_lookup (index, mq_strings_get (values->strings, code)));
    }
  self->strings = self->owned = mq_strings_builder_finish (builder);
}

static gboolean
take_kinds (MqFieldValues *self, MqDataset *dataset, const char *name, const char *setting, const MqRun *run, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i].prefix))
      return take_kind (self, dataset, prefixes[i].kind, name + strlen (prefixes[i].prefix), setting, run, error);
  for (guint i = 0; i < G_N_ELEMENTS (record_kinds); i++)
    if (!take_kind (self, dataset, record_kinds[i], name, setting, run, error))
      return FALSE;
  return take_kind (self, dataset, MQ_KIND_CUSTOMERS, name, setting, run, error);
}

static gboolean
settle (MqFieldValues *self, const char *name, const char *setting, GError **error)
{
  guint n = 0;

  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    if (self->kinds[kind].codes != NULL)
      {
        n++;
        self->strings = self->kinds[kind].strings;
      }
  if (n == 0)
    return mq_setting_fail (error, _ ("The setting “%s” names the field “%s”, which no record of the project has."), setting, name);
  self->is_customer = self->kinds[MQ_KIND_CUSTOMERS].codes != NULL;
  if (self->is_customer && n > 1)
    return mq_setting_fail (error, _ ("The setting “%s” names the field “%s”, which customers and other records have. Write customer. or event. before it."), setting, name);
  if (n > 1)
    {
      merge_lists (self); /* by text */
      self->is_ordered = FALSE;
    }
  return TRUE;
}

/* Two groups: its customers and all others. */
static gboolean
take_segment (MqFieldValues *self, MqDataset *dataset, const char *segment, const char *setting, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree guint8 *members = mq_dataset_find_members (dataset, segment, run, &local);
  MqStringsBuilder  *builder;
  Values            *values = &self->kinds[MQ_KIND_CUSTOMERS];
  guint              n;

  if (members == NULL && g_error_matches (local, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_SEGMENT))
    return mq_setting_fail (error, _ ("The setting “%s” names a segment that the project does not have."), setting);
  if (members == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  builder = mq_strings_builder_new ();
  mq_strings_builder_add (builder, segment, strlen (segment));
  mq_strings_builder_add (builder, mq_field_outside, strlen (mq_field_outside));
  self->strings = values->strings = values->owned = mq_strings_builder_finish (builder);
  self->is_customer = self->is_segment = TRUE;
  n = mq_dataset_n_persons (dataset, run, NULL);
  values->codes = values->own = g_new (guint32, MAX (n, 1));
  for (guint person = 0; person < n; person++)
    values->own[person] = members[person] != 0 ? 0 : 1;
  return TRUE;
}

char *
mq_field_column_name (MqDataset *dataset, MqKind kind, const char *name)
{
  g_autofree char *property = g_strconcat (kind == MQ_KIND_CUSTOMERS ? "attr:" : "prop:", name, NULL);

  if (mq_dataset_has_column (dataset, kind, name))
    return g_strdup (name);
  if (mq_dataset_has_column (dataset, kind, property))
    return g_steal_pointer (&property);
  return kind == MQ_KIND_CUSTOMERS ? g_strdup (mq_customer_class_find (dataset, name)) : NULL;
}

const MqColumn *
mq_field_customer_column (MqDataset *dataset, const char *column, const MqRun *run, GError **error)
{
  return mq_customer_class_has (column) ? mq_customer_class_column (dataset, column, run, error) : mq_dataset_attribute (dataset, column, run, error);
}

gboolean
mq_field_is_of_line (const char *column)
{
  static const char *const of_order[] = { "order_id", "time", "paid_time", "created_time", "completed_time", "status", "shop", "source", "campaign", "referrer", "owner", "currency", "amount", NULL };

  return !g_strv_contains (of_order, column);
}

MqFieldValues *
mq_field_values_new (MqDataset *dataset, const char *name, const char *setting, const MqRun *run, GError **error)
{
  g_autoptr (MqFieldValues) self = g_new0 (MqFieldValues, 1);

  if (g_str_has_prefix (name, SEGMENT_PREFIX))
    return take_segment (self, dataset, name + strlen (SEGMENT_PREFIX), setting, run, error) ? g_steal_pointer (&self) : NULL;
  if (!take_kinds (self, dataset, name, setting, run, error) || !settle (self, name, setting, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_field_values_free (MqFieldValues *self)
{
  for (guint kind = 0; kind < MQ_N_KINDS; kind++)
    {
      g_free (self->kinds[kind].own);
      g_free (self->kinds[kind].remap);
      g_free (self->kinds[kind].named);
      g_clear_pointer (&self->kinds[kind].owned, mq_strings_unref);
    }
  g_clear_pointer (&self->owned, mq_strings_unref);
  g_free (self);
}

gboolean
mq_field_values_is_customer (const MqFieldValues *self)
{
  return self->is_customer;
}

gboolean
mq_field_values_is_line (const MqFieldValues *self)
{
  return self->is_line;
}

gboolean
mq_field_values_is_ordered (const MqFieldValues *self)
{
  return self->is_ordered;
}

guint
mq_field_values_length (const MqFieldValues *self)
{
  return mq_strings_length (self->strings);
}

const char *
mq_field_values_text (const MqFieldValues *self, guint32 code)
{
  const char        *text = mq_strings_get (self->strings, code);
  const char *const *groups = mq_channel_groups ();

  if (self->is_segment && code > 0)
    return mq_field_outside;
  for (guint i = 0; self->is_channel_group && groups[i] != NULL; i++)
    if (g_str_equal (groups[i], text))
      return groups[i];
  if (self->class != NULL)
    {
      const char *word = mq_customer_class_word (self->class, text);

      return word != NULL ? word : text;
    }
  return text;
}

guint32
mq_field_values_get (const MqFieldValues *self, guint person, const MqMoment *moment)
{
  static const MqKind kinds[MQ_N_MOMENT_SOURCES] = { MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_ORDERS, MQ_KIND_ORDERS };
  const Values       *values = &self->kinds[self->is_customer ? MQ_KIND_CUSTOMERS : kinds[moment->source]];
  guint32             row, code;

  if (values->codes == NULL)
    return MQ_CODE_MISSING;
  if (self->is_customer)
    row = person;
  else
    row = moment->source == MQ_MOMENT_ORDER ? self->book->first_row[moment->row] : moment->row;
  code = values->codes[row];
  if (code != MQ_CODE_MISSING && values->named != NULL)
    code = values->named[code];
  return code != MQ_CODE_MISSING && values->remap != NULL ? values->remap[code] : code;
}

MqFieldRows
mq_field_values_event_rows (const MqFieldValues *self)
{
  const Values *values = &self->kinds[MQ_KIND_EVENTS];

  return (MqFieldRows){ values->codes, values->named, values->remap };
}
