/* member-table.c: the customers of a segment with all their keys, as other tools want to have them. */

#include "config.h"
#include "project/dataset-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "project/record-key.h"

#define MAX_KEYS 256 /* on one record */
#define KIND_LENGTH 128

typedef struct
{
  guint32    person;
  guint      kind; /* index in Members.kinds */
  MqKeySlice key;
} Cell;

typedef struct
{
  const MqPersons *persons;
  GPtrArray       *kinds; /* (owned) (element-type utf8) names, by priority and then by name */
  GArray          *cells; /* (owned) (element-type Cell) */
} Members;

static void
clear_members (Members *self)
{
  g_ptr_array_unref (self->kinds);
  g_array_unref (self->cells);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Members, clear_members)

static int
compare_kinds_cb (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  int         order = mq_key_priority (x) - mq_key_priority (y);

  return order != 0 ? order : strcmp (x, y);
}

static int
compare_cells_cb (gconstpointer a, gconstpointer b)
{
  const Cell *x = a, *y = b;

  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return mq_bytes_compare (x->key.start, x->key.length, y->key.start, y->key.length);
}

static guint
find_kind (Members *self, const char *name)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->kinds, name, g_str_equal, &index))
    {
      index = self->kinds->len;
      g_ptr_array_add (self->kinds, g_strdup (name));
    }
  return index;
}

static void
collect_cells (Members *self)
{
  const MqStrings *keys = self->persons->keys;

  for (guint key = self->persons->first; key < mq_strings_length (keys); key++)
    {
      Cell       cell = { .person = self->persons->person_of_key[key] };
      MqKeySlice slices[MAX_KEYS];
      guint      n = cell.person < self->persons->n_persons ? mq_record_key_split (mq_strings_get (keys, key), mq_strings_get_length (keys, key), slices, MAX_KEYS) : 0;

      for (guint i = 0; i < n; i++)
        {
          char buffer[KIND_LENGTH];

          cell.kind = find_kind (self, mq_key_slice_kind (slices[i], buffer, sizeof buffer));
          cell.key = slices[i];
          g_array_append_val (self->cells, cell);
        }
    }
}

/* Puts the kinds in order, and the cells by person, kind and value. */
static void
sort_cells (Members *self)
{
  g_autoptr (GPtrArray) found = g_ptr_array_copy (self->kinds, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_autofree guint *places = g_new0 (guint, self->kinds->len + 1);

  g_ptr_array_set_free_func (found, g_free);
  g_ptr_array_sort (self->kinds, compare_kinds_cb);
  for (guint i = 0; i < found->len; i++)
    places[i] = find_kind (self, found->pdata[i]);
  for (guint i = 0; i < self->cells->len; i++)
    g_array_index (self->cells, Cell, i).kind = places[g_array_index (self->cells, Cell, i).kind];
  g_array_sort (self->cells, compare_cells_cb);
}

static MqTableBuilder *
make_builder (const Members *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("members", NULL, NULL);

  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < self->kinds->len; i++)
    mq_table_builder_add_column (builder, self->kinds->pdata[i], self->kinds->pdata[i], MQ_COLUMN_TEXT);
  return builder;
}

/* The cells from *at on that are of this person and kind, joined. */
static void
join_cells (const Members *self, guint32 person, guint kind, guint *at, GString *text)
{
  const Cell *last = NULL;

  g_string_truncate (text, 0);
  for (; *at < self->cells->len; (*at)++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, *at);
      const char *value;
      gsize       length;

      if (cell->person != person || cell->kind != kind)
        break;
      if (last != NULL && compare_cells_cb (last, cell) == 0)
        continue;
      value = mq_key_slice_value (cell->key, &length);
      g_string_append_printf (text, "%s%.*s", text->len > 0 ? ";" : "", (int) length, value);
      last = cell;
    }
}

static gboolean
fill_rows (const Members *self, MqTableBuilder *builder, const MqRun *run, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint at = 0;

  for (guint person = 0; person < self->persons->n_persons; person++)
    {
      if (person % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_strings_get (self->persons->labels, person));
      for (guint kind = 0; kind < self->kinds->len; kind++)
        {
          join_cells (self, person, kind, &at, text);
          if (text->len > 0)
            mq_table_builder_set_text (builder, kind + 1, text->str);
        }
    }
  return TRUE;
}

MqTable *
mq_dataset_list_members (MqDataset *self, const char *segment, const MqRun *run, GError **error)
{
  g_autoptr (MqDataset) part = mq_dataset_restrict (self, segment, run, error);
  const MqPersons *persons = part != NULL ? mq_dataset_persons (part, run, error) : NULL;
  g_auto (Members) members = { persons, g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, FALSE, sizeof (Cell)) };
  g_autoptr (MqTableBuilder) builder = NULL;

  if (persons == NULL)
    return NULL;
  collect_cells (&members);
  sort_cells (&members);
  builder = make_builder (&members);
  return fill_rows (&members, builder, run, error) ? mq_table_builder_finish (g_steal_pointer (&builder)) : NULL;
}
