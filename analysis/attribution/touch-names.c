/* touch-names.c: merges the dictionaries of the columns that name channels and campaigns. */

#include "config.h"

#include "attribution/touch-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const MqKind kinds[] = { MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_ORDERS };

/* The dictionaries of one kind, for as long as the lists are made. */
typedef struct
{
  const MqStrings *channels;
  const MqStrings *campaigns;
} Lists;

static gboolean
load_text (MqDataset *dataset, MqKind kind, const char *name, const guint32 **codes, const MqStrings **strings, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = mq_dataset_column (dataset, kind, name, run, &local);

  *codes = NULL;
  *strings = NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column != NULL && column->codes != NULL)
    {
      *codes = column->codes;
      *strings = column->strings;
    }
  return TRUE;
}

static const MqStrings *
choose_list (const MqTouchNames *self, const Lists *lists)
{
  return self->by_campaign ? lists->campaigns : lists->channels;
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The name that a code of the list stands for. */
static const char *
get_name (const MqTouchNames *self, MqCreditBy by, const MqStrings *strings, guint code)
{
  const char    *text = mq_strings_get (strings, code);
  MqChannelEntry entry;

  if (by == MQ_CREDIT_BY_CAMPAIGN)
    return text;
  entry = mq_channel_table_get (self->table, text);
  return by == MQ_CREDIT_BY_GROUP ? entry.group : entry.channel;
}

static void
merge_names (MqTouchNames *self, MqCreditBy by, const Lists *lists)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const MqStrings *strings = self->kinds[kinds[i]].channels != NULL ? choose_list (self, &lists[i]) : NULL;

      for (guint code = 0; strings != NULL && code < mq_strings_length (strings); code++)
        {
          gpointer name = (gpointer) get_name (self, by, strings, code);

          if (g_hash_table_add (seen, name))
            g_ptr_array_add (self->list, name);
        }
    }
  if (self->by_campaign && g_hash_table_add (seen, (gpointer) MQ_NO_CAMPAIGN))
    g_ptr_array_add (self->list, (gpointer) MQ_NO_CAMPAIGN);
  g_ptr_array_sort (self->list, compare_names_cb);
}

static guint32
find_name (GHashTable *index, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (index, name));
}

static void
map_kind (MqTouchNames *self, MqCreditBy by, MqTouchColumns *columns, const Lists *lists, GHashTable *index)
{
  const MqStrings *strings = choose_list (self, lists);
  guint            n = strings != NULL ? mq_strings_length (strings) : 0;
  guint            n_channels = mq_strings_length (lists->channels);

  columns->n_channels = n_channels;
  columns->n_names = n;
  columns->names = g_new0 (guint32, n + 1);
  for (guint code = 0; code < n; code++)
    columns->names[code] = find_name (index, get_name (self, by, strings, code));
  columns->directs = g_new0 (guint8, n_channels + 1);
  for (guint code = 0; code < n_channels; code++)
    columns->directs[code] = mq_channel_table_get (self->table, mq_strings_get (lists->channels, code)).direct;
  if (self->by_campaign)
    columns->names[n] = columns->no_campaign = find_name (index, MQ_NO_CAMPAIGN);
}

gboolean
mq_touch_names_init (MqTouchNames *self, MqDataset *dataset, MqCreditBy by, gboolean with_orders, const MqRun *run, GError **error)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  Lists lists[G_N_ELEMENTS (kinds)] = { { NULL, NULL } };

  *self = (MqTouchNames){ .by_campaign = by == MQ_CREDIT_BY_CAMPAIGN, .list = g_ptr_array_new () };
  self->table = mq_channel_table_parse (mq_dataset_value (dataset, MQ_CHANNEL_TABLE_VALUE));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      MqTouchColumns *columns = &self->kinds[kinds[i]];

      if (kinds[i] == MQ_KIND_ORDERS && !with_orders)
        continue;
      if (!load_text (dataset, kinds[i], kinds[i] == MQ_KIND_ORDERS ? "source" : "channel", &columns->channels, &lists[i].channels, run, error) ||
          (self->by_campaign && !load_text (dataset, kinds[i], "campaign", &columns->campaigns, &lists[i].campaigns, run, error)))
        return FALSE;
    }
  merge_names (self, by, lists);
  for (guint i = 0; i < self->list->len; i++)
    g_hash_table_insert (index, self->list->pdata[i], GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (self->kinds[kinds[i]].channels != NULL)
      map_kind (self, by, &self->kinds[kinds[i]], &lists[i], index);
  return TRUE;
}

void
mq_touch_names_clear (MqTouchNames *self)
{
  for (guint i = 0; i < MQ_N_KINDS; i++)
    {
      g_clear_pointer (&self->kinds[i].names, g_free);
      g_clear_pointer (&self->kinds[i].directs, g_free);
    }
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->table, mq_channel_table_free);
}
