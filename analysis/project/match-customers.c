/* match-customers.c: for each record key of the import, its first row against the newest older value of every column
 * that the import has. */

#include "config.h"

#include "project/match-customers.h"

/* One record key of the import. */
typedef struct
{
  MqHash128 hash;
  guint     part; /* of its first row */
  guint32   row;
  gint64    line;
} Person;

typedef struct
{
  MqLedger        *ledger; /* (borrowed) */
  gint64           import;
  MqImportOutcome *outcome; /* (borrowed) */
  GArray          *persons; /* (owned) (element-type Person), sorted by hash, one a record key */
  guint8          *known;   /* (owned) by person: an older import has the key */
  guint8          *differs; /* (owned) by person */
} Match;

static int
compare_hashes (MqHash128 a, MqHash128 b)
{
  if (a.high != b.high)
    return a.high < b.high ? -1 : 1;
  return a.low < b.low ? -1 : a.low > b.low;
}

static int
compare_persons_cb (gconstpointer a, gconstpointer b)
{
  const Person *x = a, *y = b;
  int           order = compare_hashes (x->hash, y->hash);

  if (order != 0)
    return order;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static gssize
find_person (const Match *self, MqHash128 hash)
{
  gsize low = 0, high = self->persons->len;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      int   order = compare_hashes (g_array_index (self->persons, Person, middle).hash, hash);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

static gboolean
add_persons (Match *self, guint index, const MqRun *run, GError **error)
{
  const MqLedgerPart   *part = mq_ledger_part (self->ledger, index);
  g_autofree MqHash128 *keys = mq_run_source_hashes (&part->source, MQ_COLUMN_KEY, run, error);
  g_autofree gint64    *lines = keys != NULL ? mq_run_source_values (&part->source, MQ_COLUMN_LINE, run, error) : NULL;

  if (lines == NULL)
    return FALSE;
  for (gsize row = 0; row < part->source.n_rows; row++)
    if (mq_ledger_part_import (part, row) == self->import)
      {
        Person person = { keys[row], index, row, lines[row] };

        g_array_append_val (self->persons, person);
      }
  return TRUE;
}

/* The first row of each key stands for it; more rows of a key are stored, whatever they say. */
static void
keep_first (Match *self)
{
  Person *persons;
  guint   n = 0;

  g_array_sort (self->persons, compare_persons_cb);
  persons = (Person *) (gpointer) self->persons->data;
  for (guint i = 0; i < self->persons->len; i++)
    if (n > 0 && compare_hashes (persons[n - 1].hash, persons[i].hash) == 0)
      self->outcome->stored++;
    else
      persons[n++] = persons[i];
  g_array_set_size (self->persons, n);
}

static gboolean
is_older (const Match *self, const MqLedgerPart *part, gsize row)
{
  return part->states[row] == MQ_ROW_LIVE && mq_ledger_part_import (part, row) < self->import;
}

/* For each row of the part the person it is about; -1 if none or not older. */
static gint64 *
find_rows (Match *self, const MqLedgerPart *part, const MqRun *run, GError **error)
{
  g_autofree MqHash128 *keys = mq_run_source_hashes (&part->source, MQ_COLUMN_KEY, run, error);
  gint64               *persons = keys != NULL ? g_new (gint64, part->source.n_rows + 1) : NULL;

  for (gsize row = 0; persons != NULL && row < part->source.n_rows; row++)
    {
      persons[row] = is_older (self, part, row) ? find_person (self, keys[row]) : -1;
      if (persons[row] >= 0)
        self->known[persons[row]] = TRUE;
    }
  return persons;
}

/* The newest older value of each person in this column, taken over rows in order of part and row. */
static void
take_newest (Match *self, const MqLedgerPart *part, const gint64 *rows, const MqHash128 *hashes, MqHash128 *newest, gint64 *imports)
{
  for (gsize row = 0; row < part->source.n_rows; row++)
    {
      gint64 person = rows[row];
      gint64 import = mq_ledger_part_import (part, row);

      if (person >= 0 && import >= imports[person])
        {
          newest[person] = hashes[row];
          imports[person] = import;
        }
    }
}

static void
compare_column (Match *self, guint part, const MqHash128 *hashes, const MqHash128 *newest)
{
  for (guint i = 0; i < self->persons->len; i++)
    {
      const Person *person = &g_array_index (self->persons, Person, i);

      if (person->part == part && compare_hashes (hashes[person->row], newest[i]) != 0)
        self->differs[i] = TRUE;
    }
}

static gboolean
match_column (Match *self, const char *name, gint64 *const *rows, const MqRun *run, GError **error)
{
  g_autofree MqHash128 *newest = g_new0 (MqHash128, (gsize) self->persons->len + 1);
  g_autofree gint64    *imports = g_new0 (gint64, (gsize) self->persons->len + 1);
  guint                 n_parts = self->ledger->parts->len;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n_parts; i++)
      {
        const MqLedgerPart   *part = mq_ledger_part (self->ledger, i);
        g_autofree MqHash128 *hashes = NULL;

        if (!mq_run_source_has (&part->source, name))
          continue;
        hashes = mq_run_source_hashes (&part->source, name, run, error);
        if (hashes == NULL)
          return FALSE;
        if (pass == 0)
          take_newest (self, part, rows[i], hashes, newest, imports);
        else
          compare_column (self, i, hashes, newest);
      }
  return TRUE;
}

static gboolean
match_columns (Match *self, GHashTable *names, gint64 *const *rows, const MqRun *run, GError **error)
{
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!match_column (self, name, rows, run, error))
      return FALSE;
  return TRUE;
}

static void
count (Match *self)
{
  for (guint i = 0; i < self->persons->len; i++)
    if (!self->known[i])
      self->outcome->stored++;
    else if (self->differs[i])
      self->outcome->updated++;
    else
      self->outcome->unchanged++;
}

static gboolean
match_rows (Match *self, GHashTable *names, const MqRun *run, GError **error)
{
  guint    n_parts = self->ledger->parts->len;
  gint64 **rows = g_new0 (gint64 *, n_parts + 1);
  gboolean good = TRUE;

  for (guint i = 0; good && i < n_parts; i++)
    good = (rows[i] = find_rows (self, mq_ledger_part (self->ledger, i), run, error)) != NULL;
  good = good && match_columns (self, names, rows, run, error);
  for (guint i = 0; i < n_parts; i++)
    g_free (rows[i]);
  g_free (rows);
  return good;
}

gboolean
mq_match_customers (MqLedger *ledger, gint64 import, MqImportOutcome *outcome, const MqRun *run, GError **error)
{
  Match self = { ledger, import, outcome, g_array_new (FALSE, FALSE, sizeof (Person)), NULL, NULL };
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean good = TRUE;

  for (guint i = 0; good && i < ledger->parts->len; i++)
    {
      const MqLedgerPart *part = mq_ledger_part (ledger, i);

      if (!mq_ledger_part_has (part, import))
        continue;
      good = add_persons (&self, i, run, error);
      mq_run_source_add_names (&part->source, names);
    }
  keep_first (&self);
  self.known = g_new0 (guint8, (gsize) self.persons->len + 1);
  self.differs = g_new0 (guint8, (gsize) self.persons->len + 1);
  good = good && match_rows (&self, names, run, error);
  if (good)
    count (&self);
  g_array_unref (self.persons);
  g_free (self.known);
  g_free (self.differs);
  return good;
}
