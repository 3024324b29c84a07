/* channel-table.c: own entries over proposals; the list of what a project has. */

#include "config.h"

#include "channels/channel-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/sorted-keys.h"
#include "channels/channel-traits.h"

#define FORMAT "a(sssbb)"
#define CHECK_ROWS 4096
#define MOST_BYTES 200 /* of a channel or group */

struct _MqChannelTable
{
  GHashTable *entries; /* (owned) raw value to Entry */
};

typedef struct
{
  char    *raw; /* (owned) */
  char    *channel;
  char    *group;
  gboolean direct;
  gboolean paid;
} Entry;

/* Where channels stand, in the order of the list's columns. */
static const struct
{
  MqKind      kind;
  const char *column;
} places[] = {
  { MQ_KIND_EVENTS, "channel" },
  { MQ_KIND_MESSAGES, "channel" },
  { MQ_KIND_ORDERS, "source" },
  { MQ_KIND_SPEND, "channel" },
};

enum
{
  RAW,
  CHANNEL,
  GROUP,
  DIRECT,
  PAID,
  STATE,
  FIRST_PLACE
};

typedef gint64 Counts[G_N_ELEMENTS (places)];

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->raw);
  g_free (entry->channel);
  g_free (entry->group);
  g_free (entry);
}

static gboolean
is_name (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MOST_BYTES && g_utf8_validate (text, -1, NULL);
}

static void
put (MqChannelTable *self, const char *raw, const char *channel, const char *group, gboolean direct, gboolean paid)
{
  Entry *entry = g_new0 (Entry, 1);

  *entry = (Entry){ g_strdup (raw), g_strdup (channel), g_strdup (group), direct, paid };
  g_hash_table_replace (self->entries, entry->raw, entry);
}

static MqChannelEntry
propose (const char *raw)
{
  MqChannelTraits traits = mq_channel_propose (raw);

  return (MqChannelEntry){ raw, raw, traits.group, traits.direct, traits.paid, FALSE };
}

static gboolean
count_rows (const MqColumn *column, gint64 *counts, const MqRun *run, GError **error)
{
  for (gsize row = 0; row < column->n; row++)
    {
      if (row % CHECK_ROWS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (column->codes[row] != MQ_CODE_MISSING)
        counts[column->codes[row]]++;
    }
  return TRUE;
}

/* Adds the values of one column, with the number of their records where that is asked for. */
static gboolean
find_values (GHashTable *found, guint place, gboolean count, MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn    *column = mq_dataset_column (dataset, places[place].kind, places[place].column, run, &local);
  g_autofree gint64 *counts = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column == NULL || column->codes == NULL)
    return TRUE;
  counts = g_new0 (gint64, mq_strings_length (column->strings) + 1);
  if (count && !count_rows (column, counts, run, error))
    return FALSE;
  for (guint code = 0; code < mq_strings_length (column->strings); code++)
    {
      const char *raw = mq_strings_get (column->strings, code);
      Counts     *all = g_hash_table_lookup (found, raw);

      if (all == NULL)
        g_hash_table_insert (found, (gpointer) raw, all = (gpointer) g_new0 (Counts, 1));
      (*all)[place] += counts[code];
    }
  return TRUE;
}

static void
add_row (MqTableBuilder *builder, const MqChannelEntry *entry, const Counts *counts /* (nullable) */)
{
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, RAW, entry->raw);
  mq_table_builder_set_text (builder, CHANNEL, entry->channel);
  mq_table_builder_set_text (builder, GROUP, entry->group);
  mq_table_builder_set_integer (builder, DIRECT, entry->direct);
  mq_table_builder_set_integer (builder, PAID, entry->paid);
  mq_table_builder_set_text (builder, STATE, entry->own ? N_ ("own") : N_ ("proposed"));
  for (guint i = 0; counts != NULL && i < G_N_ELEMENTS (places); i++)
    mq_table_builder_set_integer (builder, FIRST_PLACE + i, (*counts)[i]);
}

static MqTableBuilder *
start_list (gboolean count)
{
  MqTableBuilder *builder = mq_table_builder_new ("channels", NULL, NULL);

  mq_table_builder_add_column (builder, "raw", N_ ("Value in the Data"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "channel", N_ ("Channel"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "group", N_ ("Channel Group"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "direct", N_ ("Direct"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "paid", N_ ("Paid Traffic"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "state", N_ ("State"), MQ_COLUMN_TERM);
  if (!count)
    return builder;
  mq_table_builder_add_column (builder, "events", N_ ("Events"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "messages", N_ ("Messages"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "orders", N_ ("Orders"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "spend", N_ ("Spend"), MQ_COLUMN_INTEGER);
  return builder;
}

MqChannelTable *
mq_channel_table_parse (const char *text)
{
  MqChannelTable *self = g_new0 (MqChannelTable, 1);
  g_autoptr (GVariant) list = text != NULL ? g_variant_parse (G_VARIANT_TYPE (FORMAT), text, NULL, NULL, NULL) : NULL;
  GVariantIter iter;
  const char  *raw, *channel, *group;
  gboolean     direct, paid;

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_entry);
  if (list == NULL)
    return self;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s&sbb)", &raw, &channel, &group, &direct, &paid))
    if (is_name (channel) && is_name (group))
      put (self, raw, channel, group, direct, paid);
  return self;
}

char *
mq_channel_table_print (const MqChannelTable *self)
{
  g_autoptr (GPtrArray) keys = mq_sorted_keys (self->entries);
  g_autoptr (GVariant) list = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (FORMAT));
  for (guint i = 0; i < keys->len; i++)
    {
      const Entry *entry = g_hash_table_lookup (self->entries, keys->pdata[i]);

      g_variant_builder_add (&builder, "(sssbb)", entry->raw, entry->channel, entry->group, entry->direct, entry->paid);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (list, TRUE);
}

void
mq_channel_table_free (MqChannelTable *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

MqChannelEntry
mq_channel_table_get (const MqChannelTable *self, const char *raw)
{
  const Entry *entry = g_hash_table_lookup (self->entries, raw);

  return entry != NULL ? (MqChannelEntry){ raw, entry->channel, entry->group, entry->direct, entry->paid, TRUE } : propose (raw);
}

gboolean
mq_channel_table_set (MqChannelTable *self, const MqChannelEntry *entry, GError **error)
{
  MqChannelEntry proposed = propose (entry->raw);

  if (!is_name (entry->channel) || !is_name (entry->group))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("A channel and its group each need a name of at most 200 bytes."));
      return FALSE;
    }
  if (g_str_equal (proposed.channel, entry->channel) && g_str_equal (proposed.group, entry->group) && !proposed.direct == !entry->direct && !proposed.paid == !entry->paid)
    g_hash_table_remove (self->entries, entry->raw);
  else
    put (self, entry->raw, entry->channel, entry->group, entry->direct, entry->paid);
  return TRUE;
}

gboolean
mq_channel_table_reset (MqChannelTable *self, const char *raw)
{
  return g_hash_table_remove (self->entries, raw);
}

MqTable *
mq_channel_table_list (const MqChannelTable *self, MqDataset *dataset, gboolean count, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) keys = NULL;
  MqTableBuilder *builder;

  for (guint place = 0; place < G_N_ELEMENTS (places); place++)
    if (!find_values (found, place, count, dataset, run, error))
      return NULL;
  keys = mq_sorted_keys (found);
  builder = start_list (count);
  for (guint i = 0; i < keys->len; i++)
    {
      MqChannelEntry entry = mq_channel_table_get (self, keys->pdata[i]);

      add_row (builder, &entry, count ? g_hash_table_lookup (found, keys->pdata[i]) : NULL);
    }
  return mq_table_builder_finish (builder);
}

const char *const *
mq_channel_groups (void)
{
  static const char *const groups[] = { N_ ("Direct"), N_ ("Search"), N_ ("Social"), N_ ("E-mail"), N_ ("Messaging"), N_ ("Referral"), N_ ("Affiliate"), N_ ("Display"), N_ ("Video"), N_ ("Marketplace"), N_ ("Offline"), N_ ("Other"), NULL };

  return groups;
}
