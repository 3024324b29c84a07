/* match-customers.c: for each record key that has one row in the import, that row against the newest older value of every
 * column that the import has; a key with several rows has them paired with those of the newest older import of it. */

#include "config.h"

#include "project/match-customers.h"

#include "base/checksum.h"

#include <string.h>

/* One record key of the import. */
typedef struct
{
  MqHash128 hash;
  guint     part; /* of its first row */
  guint32   row;
  gint64    line;
  guint     n_rows; /* of the import that have the key */
} Person;

/* A row of a key that has several in the import: of the import itself, or an older one. */
typedef struct
{
  MqHash128 key;
  MqHash128 content; /* of all columns that the import has */
  gint64    import;
  guint     part;
  guint32   row;
} Row;

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
        Person person = { keys[row], index, row, lines[row], 1 };

        g_array_append_val (self->persons, person);
      }
  return TRUE;
}

/* The first row of each key stands for it. */
static void
keep_first (Match *self)
{
  Person *persons;
  guint   n = 0;

  g_array_sort (self->persons, compare_persons_cb);
  persons = (Person *) (gpointer) self->persons->data;
  for (guint i = 0; i < self->persons->len; i++)
    if (n > 0 && compare_hashes (persons[n - 1].hash, persons[i].hash) == 0)
      persons[n - 1].n_rows++;
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
compare_column (Match *self, guint part, const char *name, const MqHash128 *hashes, const MqHash128 *newest)
{
  gsize changed = 0;

  for (guint i = 0; i < self->persons->len; i++)
    {
      const Person *person = &g_array_index (self->persons, Person, i);

      if (person->part != part || compare_hashes (hashes[person->row], newest[i]) == 0)
        continue;
      self->differs[i] = TRUE;
      changed += self->known[i] && person->n_rows == 1;
    }
  if (self->ledger->changes != NULL && changed > 0)
    g_hash_table_insert (self->ledger->changes, g_strdup (name), GSIZE_TO_POINTER (changed + GPOINTER_TO_SIZE (g_hash_table_lookup (self->ledger->changes, name))));
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
          compare_column (self, i, name, hashes, newest);
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
    if (g_array_index (self->persons, Person, i).n_rows > 1)
      continue;
    else if (!self->known[i])
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

static int
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;
  int        order = compare_hashes (x->key, y->key);

  if (order == 0 && x->import != y->import)
    order = x->import > y->import ? -1 : 1;
  return order != 0 ? order : compare_hashes (x->content, y->content);
}

/* The rows of keys that have several in the import, of the import and of older ones. */
static gboolean
list_rows (const Match *self, GArray *rows, const MqRun *run, GError **error)
{
  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      const MqLedgerPart   *part = mq_ledger_part (self->ledger, i);
      g_autofree MqHash128 *keys = mq_run_source_hashes (&part->source, MQ_COLUMN_KEY, run, error);

      if (keys == NULL)
        return FALSE;
      for (gsize row = 0; row < part->source.n_rows; row++)
        {
          gssize person = find_person (self, keys[row]);
          Row    one = { keys[row], { 0, 0 }, mq_ledger_part_import (part, row), i, row };

          if (person >= 0 && g_array_index (self->persons, Person, person).n_rows > 1 && (one.import == self->import || is_older (self, part, row)))
            g_array_append_val (rows, one);
        }
    }
  return TRUE;
}

static gboolean
hash_rows (const Match *self, GArray *rows, const char *name, const MqRun *run, GError **error)
{
  for (guint i = 0; i < self->ledger->parts->len; i++)
    {
      const MqLedgerPart   *part = mq_ledger_part (self->ledger, i);
      g_autofree MqHash128 *hashes = NULL;

      if (mq_run_source_has (&part->source, name))
        {
          hashes = mq_run_source_hashes (&part->source, name, run, error);
          if (hashes == NULL)
            return FALSE;
        }
      for (guint k = 0; k < rows->len; k++)
        {
          Row      *row = &g_array_index (rows, Row, k);
          MqHash128 both[2] = { row->content, hashes != NULL ? hashes[row->row] : (MqHash128){ 0, 0 } };

          if (row->part == i)
            row->content = mq_hash128 (both, sizeof both);
        }
    }
  return TRUE;
}

/* Rows of one key: the import's, sorted, then those of older imports, the newest first. */
static void
pair_rows (Match *self, const Row *rows, guint n)
{
  guint  n_new = 0, n_old = 0, n_same = 0;
  gint64 differ;

  while (n_new < n && rows[n_new].import == self->import)
    n_new++;
  while (n_new + n_old < n && rows[n_new + n_old].import == rows[n_new].import)
    n_old++;
  for (guint i = 0, k = n_new; i < n_new && k < n_new + n_old;)
    {
      int order = compare_hashes (rows[i].content, rows[k].content);

      n_same += order == 0;
      i += order <= 0;
      k += order >= 0;
    }
  differ = MIN (n_new, n_old) - n_same;
  self->outcome->unchanged += n_same;
  self->outcome->updated += differ;
  self->outcome->stored += n_new - n_same - differ;
}

static gboolean
match_several (Match *self, GHashTable *names, const MqRun *run, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  const Row *first;

  if (!list_rows (self, rows, run, error))
    return FALSE;
  for (GList *name = sorted; name != NULL && rows->len > 0; name = name->next)
    if (!hash_rows (self, rows, name->data, run, error))
      return FALSE;
  g_array_sort (rows, compare_rows_cb);
  first = (const Row *) (gpointer) rows->data;
  for (guint i = 0, next; i < rows->len; i = next)
    {
      for (next = i + 1; next < rows->len && compare_hashes (first[i].key, first[next].key) == 0;)
        next++;
      pair_rows (self, first + i, next - i);
    }
  return TRUE;
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
  good = good && match_rows (&self, names, run, error) && match_several (&self, names, run, error);
  if (good)
    count (&self);
  g_array_unref (self.persons);
  g_free (self.known);
  g_free (self.differs);
  return good;
}
