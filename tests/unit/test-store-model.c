/* test-store-model.c: the store against a slow model. Random small imports - few keys, many equal rows, changing columns
 * and types, several runs - are committed to a project, undone in any order and compacted; the model keeps the rows as
 * texts in plain lists and replays every import that is left by the rules of METHODS.md ("Re-import"). After each step
 * the dataset must equal the model row by row. */

#include "project/dataset.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/table.h"
#include "draft-builder.h"
#include "project/value-text.h"

#define N_STEPS 14
#define MAX_ROWS 9
#define MAX_CELLS 8

/* Columns besides key and time. The first ones may be in the natural key. */
typedef struct
{
  const char *name;
  MqValueType type; /* of the property it changes by import */
  gboolean    required;
} ModelColumn;

typedef struct
{
  MqKind             kind;
  const ModelColumn *columns;
  guint              n_columns;
} ModelKind;

typedef struct _ModelRow ModelRow;

struct _ModelRow
{
  const char *keys; /* as draft_builder_add_row() has them */
  gint64      time;
  gint64      import;
  gint64      line;
  guint       has; /* bit c: the import has column c */
  char       *cells[MAX_CELLS];
  ModelRow   *replaces;
  gboolean    live;
  gboolean    says_nothing; /* no row of its import names anybody */
};

typedef struct
{
  gint64      number;
  guint       has;
  MqValueType property_type;
  GPtrArray  *rows; /* (element-type ModelRow) */
} ModelImport;

typedef struct
{
  const ModelKind *kind;
  GRand           *random;
  char            *folder;
  MqProject       *project;
  GPtrArray       *imports; /* (element-type ModelImport) not undone, in order */
} Model;

static const ModelColumn event_columns[] = {
  { "event", MQ_VALUE_TEXT, TRUE },
  { "channel", MQ_VALUE_TEXT, FALSE },
  { "campaign", MQ_VALUE_TEXT, FALSE },
  { "amount", MQ_VALUE_MONEY, FALSE },
  { "prop:P", MQ_VALUE_TEXT, FALSE },
};

static const ModelColumn order_columns[] = {
  { "order_id", MQ_VALUE_TEXT, FALSE },
  { "shop", MQ_VALUE_TEXT, FALSE },
  { "product", MQ_VALUE_TEXT, FALSE },
  { "amount", MQ_VALUE_MONEY, TRUE },
  { "prop:P", MQ_VALUE_TEXT, FALSE },
};

static const ModelKind model_kinds[] = {
  { MQ_KIND_EVENTS, event_columns, G_N_ELEMENTS (event_columns) },
  { MQ_KIND_ORDERS, order_columns, G_N_ELEMENTS (order_columns) },
};

static const char *const key_choices[] = {
  "customer_id=a",
  "customer_id=b",
  "customer_id=c",
  "phone=13800000001",
  "phone=13800000002",
  "",
  "customer_id=a",
  "customer_id=b",
  "customer_id=c phone=13800000002",
};

static void
free_import (gpointer data)
{
  ModelImport *import = data;

  for (guint i = 0; i < import->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (import->rows, i);

      for (guint c = 0; c < MAX_CELLS; c++)
        g_free (row->cells[c]);
      g_free (row);
    }
  g_ptr_array_unref (import->rows);
  g_free (import);
}

/* What a row shows in a column: its own cell, or that of the row it replaces where its import has no such column. */
static const char *
see_cell (const ModelRow *row, guint c)
{
  for (; row != NULL; row = row->replaces)
    if (row->has & (1u << c))
      return row->cells[c];
  return NULL;
}

/* A row that names nobody has the keys of the row it replaces. */
static const char *
see_keys (const ModelRow *row)
{
  while (row->keys[0] == '\0' && row->replaces != NULL)
    row = row->replaces;
  return row->keys;
}

static gboolean
same_cell (const ModelRow *a, const ModelRow *b, guint c)
{
  return g_strcmp0 (see_cell (a, c), see_cell (b, c)) == 0;
}

static gboolean
same_natural_key (const ModelKind *kind, const ModelRow *a, const ModelRow *b)
{
  if (kind->kind == MQ_KIND_EVENTS)
    return g_str_equal (see_keys (a), see_keys (b)) && a->time == b->time && same_cell (a, b, 0) && same_cell (a, b, 1);
  if ((see_cell (a, 0) != NULL) != (see_cell (b, 0) != NULL))
    return FALSE;
  if (see_cell (a, 0) != NULL)
    return same_cell (a, b, 0) && same_cell (a, b, 1) && same_cell (a, b, 2);
  return g_str_equal (see_keys (a), see_keys (b)) && a->time == b->time && same_cell (a, b, 2);
}

/* Over the columns of the newer row's import. */
static gboolean
same_content (const ModelKind *kind, const ModelRow *newer, const ModelRow *older)
{
  if ((!newer->says_nothing && !g_str_equal (see_keys (newer), see_keys (older))) || newer->time != older->time)
    return FALSE;
  for (guint c = 0; c < kind->n_columns; c++)
    if ((newer->has & (1u << c)) && !same_cell (newer, older, c))
      return FALSE;
  return TRUE;
}

static int
compare_places_cb (gconstpointer a, gconstpointer b)
{
  const ModelRow *x = *(const ModelRow *const *) a;
  const ModelRow *y = *(const ModelRow *const *) b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->import != y->import)
    return x->import < y->import ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

/* One way through the new rows in order: each takes the first live old row that is not taken. */
static void
pair_rows (const ModelKind *kind, GPtrArray *news, GPtrArray *olds, gboolean equal_only)
{
  for (guint i = 0; i < news->len; i++)
    {
      ModelRow *row = g_ptr_array_index (news, i);

      for (guint j = 0; row->replaces == NULL && j < olds->len; j++)
        {
          ModelRow *old = g_ptr_array_index (olds, j);

          if (!old->live || !same_natural_key (kind, row, old) || (equal_only && !same_content (kind, row, old)))
            continue;
          old->live = FALSE;
          row->replaces = old;
        }
    }
}

/* First rows that are wholly equal, then the others. */
static void
replay_import (const ModelKind *kind, ModelImport *import, GPtrArray *rows)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new ();
  g_autoptr (GPtrArray) olds = g_ptr_array_new ();
  gboolean says_nothing = TRUE;

  for (guint i = 0; i < import->rows->len; i++)
    says_nothing = says_nothing && ((const ModelRow *) g_ptr_array_index (import->rows, i))->keys[0] == '\0';
  for (guint i = 0; i < rows->len; i++)
    if (((ModelRow *) g_ptr_array_index (rows, i))->live)
      g_ptr_array_add (olds, g_ptr_array_index (rows, i));
  for (guint i = 0; i < import->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (import->rows, i);

      row->replaces = NULL;
      row->live = TRUE;
      row->says_nothing = says_nothing;
      g_ptr_array_add (news, row);
    }
  g_ptr_array_sort (news, compare_places_cb);
  g_ptr_array_sort (olds, compare_places_cb);
  pair_rows (kind, news, olds, TRUE);
  pair_rows (kind, news, olds, FALSE);
  g_ptr_array_extend (rows, import->rows, NULL, NULL);
}

/* All rows after a replay of what was not undone. */
static GPtrArray *
replay (Model *model)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < model->imports->len; i++)
    replay_import (model->kind, g_ptr_array_index (model->imports, i), rows);
  return rows;
}

/* Keys as texts that sort as persons do: "0a" is customer_id a, "1+8613800000001" a phone. */
static void
list_tokens (const char *keys, char tokens[2][32], guint *n)
{
  g_auto (GStrv) parts = g_strsplit (keys, " ", -1);

  *n = 0;
  for (guint i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++)
    if (g_str_has_prefix (parts[i], "phone="))
      g_snprintf (tokens[(*n)++], 32, "1+86%s", parts[i] + strlen ("phone="));
    else
      g_snprintf (tokens[(*n)++], 32, "0%s", parts[i] + strlen ("customer_id="));
}

/* The smallest key that can be reached over records with two keys: the person. By looking at all rows again and again. */
static char *
find_person (const GPtrArray *rows, const char *keys)
{
  char  own[2][32];
  char  best[32];
  guint n;

  list_tokens (keys, own, &n);
  if (n == 0)
    return g_strdup ("");
  g_strlcpy (best, own[0], sizeof best);
  for (gboolean changed = TRUE; changed;)
    {
      changed = FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const ModelRow *row = g_ptr_array_index (rows, i);
          char            tokens[2][32];
          guint           n_tokens;

          list_tokens (see_keys (row), tokens, &n_tokens);
          if (!row->live || n_tokens < 2 || !g_str_equal (tokens[1], best))
            continue;
          g_strlcpy (best, tokens[0], sizeof best);
          changed = TRUE;
        }
    }
  return g_strdup (best);
}

typedef struct
{
  char           *person;
  const ModelRow *row;
} Expected;

static int
compare_expected_cb (gconstpointer a, gconstpointer b)
{
  const Expected *x = a;
  const Expected *y = b;
  int             order = strcmp (x->person, y->person);

  return order != 0 ? order : compare_places_cb (&x->row, &y->row);
}

static void
clear_expected_cb (gpointer data)
{
  g_free (((Expected *) data)->person);
}

static char *
write_model (Model *model)
{
  g_autoptr (GPtrArray) rows = replay (model);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Expected));
  GString *out = g_string_new (NULL);

  g_array_set_clear_func (list, clear_expected_cb);
  for (guint i = 0; i < rows->len; i++)
    {
      Expected expected = { NULL, g_ptr_array_index (rows, i) };

      if (!expected.row->live)
        continue;
      expected.person = find_person (rows, see_keys (expected.row));
      g_array_append_val (list, expected);
    }
  g_array_sort (list, compare_expected_cb);
  for (guint i = 0; i < list->len; i++)
    {
      const Expected *expected = &g_array_index (list, Expected, i);

      g_string_append_printf (out, "%s|%d|%d|%d", expected->person[0] != '\0' ? expected->person + 1 : "", (int) expected->row->time, (int) expected->row->import, (int) expected->row->line);
      for (guint c = 0; c < model->kind->n_columns; c++)
        g_string_append_printf (out, "|%s", see_cell (expected->row, c) != NULL ? see_cell (expected->row, c) : "");
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
append_cell (GString *out, MqDataset *dataset, MqKind kind, const char *name, gsize row)
{
  g_autoptr (GError) error = NULL;
  const MqColumn *column = mq_dataset_column (dataset, kind, name, NULL, &error);

  g_assert_no_error (error);
  g_string_append_c (out, '|');
  if (column == NULL)
    return;
  if (column->type != MQ_VALUE_TEXT)
    mq_value_append_text (out, column->type == MQ_VALUE_TIME ? MQ_VALUE_INTEGER : column->type, column->scale, NULL, column->values[row]);
  else if (column->codes[row] != MQ_CODE_MISSING)
    g_string_append (out, mq_strings_get (column->strings, column->codes[row]));
}

static char *
write_dataset (Model *model, MqDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  MqKind           kind = model->kind->kind;
  const MqFacts   *facts = mq_dataset_facts (dataset, kind, NULL, &error);
  const MqStrings *labels;
  GString         *out = g_string_new (NULL);
  guint            next = 0; /* person */

  g_assert_no_error (error);
  g_assert_true (mq_dataset_load_labels (dataset, NULL, NULL));
  labels = mq_dataset_labels (dataset);
  for (gsize row = 0; row < facts->n_rows; row++)
    {
      while (next < facts->n_persons && facts->offsets[next] <= row)
        next++;
      g_string_append (out, next > 0 ? mq_strings_get (labels, next - 1) : "");
      append_cell (out, dataset, kind, "time", row);
      append_cell (out, dataset, kind, MQ_COLUMN_IMPORT, row);
      append_cell (out, dataset, kind, MQ_COLUMN_LINE, row);
      for (guint c = 0; c < model->kind->n_columns; c++)
        append_cell (out, dataset, kind, model->kind->columns[c].name, row);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/* No text is listed that no live row has. */
static void
check_lists (Model *model, MqDataset *dataset)
{
  for (guint c = 0; c < model->kind->n_columns; c++)
    {
      const MqColumn    *column = mq_dataset_column (dataset, model->kind->kind, model->kind->columns[c].name, NULL, NULL);
      g_autofree guint8 *used = NULL;

      if (column == NULL || column->type != MQ_VALUE_TEXT)
        continue;
      used = g_new0 (guint8, mq_strings_length (column->strings) + 1);
      for (gsize row = 0; row < column->n; row++)
        if (column->codes[row] != MQ_CODE_MISSING)
          used[column->codes[row]] = 1;
      for (guint i = 0; i < mq_strings_length (column->strings); i++)
        {
          g_assert_cmpint (used[i], ==, 1);
          g_assert_true (i == 0 || strcmp (mq_strings_get (column->strings, i - 1), mq_strings_get (column->strings, i)) < 0);
        }
    }
}

static char *
get_hash (MqProject *project)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = mq_project_load (project, NULL, &error);
  const char *hash;

  g_assert_no_error (error);
  hash = mq_dataset_hash (dataset, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (hash);
}

static void
check (Model *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = mq_project_load (model->project, NULL, &error);
  g_autofree char *expected = write_model (model);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = write_dataset (model, dataset);
  g_assert_cmpstr (found, ==, expected);
  check_lists (model, dataset);
}

static char *
make_cell (Model *model, const ModelColumn *column, MqValueType type)
{
  static const char *const words[] = { "x", "y", "1" };
  int                      number = g_rand_int_range (model->random, 0, 3);

  if (!column->required && g_rand_int_range (model->random, 0, 4) == 0)
    return NULL;
  switch (type)
    {
    case MQ_VALUE_MONEY:
      return g_strdup_printf ("%d.50", number);
    case MQ_VALUE_INTEGER:
      return g_strdup_printf ("%d", number);
    case MQ_VALUE_DECIMAL:
      return number == 0 ? g_strdup ("1") : g_strdup_printf ("%d.25", number);
    default:
      return g_strdup (words[number]);
    }
}

static MqValueType
type_of (const ModelImport *import, const ModelColumn *column)
{
  return g_str_equal (column->name, "prop:P") ? import->property_type : column->type;
}

static ModelImport *
make_import (Model *model)
{
  static const MqValueType types[] = { MQ_VALUE_INTEGER, MQ_VALUE_DECIMAL, MQ_VALUE_TEXT };
  ModelImport             *import = g_new0 (ModelImport, 1);
  guint                    n = (guint) g_rand_int_range (model->random, 1, MAX_ROWS + 1);
  gboolean                 nobody = g_rand_int_range (model->random, 0, 4) == 0;

  import->rows = g_ptr_array_new ();
  import->property_type = types[g_rand_int_range (model->random, 0, 3)];
  for (guint c = 0; c < model->kind->n_columns; c++)
    if (model->kind->columns[c].required || g_rand_int_range (model->random, 0, 3) > 0)
      import->has |= 1u << c;
  for (guint i = 0; i < n; i++)
    {
      ModelRow *row = g_new0 (ModelRow, 1);

      row->keys = nobody ? "" : key_choices[g_rand_int_range (model->random, 0, G_N_ELEMENTS (key_choices))];
      row->time = g_rand_int_range (model->random, 1, 4);
      row->line = i + 2;
      row->has = import->has;
      for (guint c = 0; c < model->kind->n_columns; c++)
        if (import->has & (1u << c))
          row->cells[c] = make_cell (model, &model->kind->columns[c], type_of (import, &model->kind->columns[c]));
      g_ptr_array_add (import->rows, row);
    }
  return import;
}

static gint64
read_cell (const char *text, MqValueType type)
{
  double value = g_ascii_strtod (text, NULL);

  return type == MQ_VALUE_INTEGER ? (gint64) value : (gint64) (value * 100 + 0.5);
}

static gint64
commit_import (const Model *model, MqProject *project, const ModelImport *import, guint n_runs)
{
  g_autoptr (GError) error = NULL;
  DraftBuilder *builder = draft_builder_new (model->kind->kind);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         columns[MAX_CELLS];
  g_autoptr (MqImportDraft) draft = NULL;
  MqImportOutcome outcome;

  for (guint c = 0; c < model->kind->n_columns; c++)
    {
      MqValueType type = type_of (import, &model->kind->columns[c]);

      if (import->has & (1u << c))
        columns[c] = draft_builder_add_column (builder, model->kind->columns[c].name, type, type == MQ_VALUE_MONEY || type == MQ_VALUE_DECIMAL ? 2 : 0);
    }
  for (guint i = 0; i < import->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (import->rows, i);

      draft_builder_add_row (builder, row->keys);
      draft_builder_set (builder, time, row->time);
      for (guint c = 0; c < model->kind->n_columns; c++)
        {
          MqValueType type = type_of (import, &model->kind->columns[c]);

          if (row->cells[c] == NULL)
            continue;
          if (type == MQ_VALUE_TEXT)
            draft_builder_set_text (builder, columns[c], row->cells[c]);
          else
            draft_builder_set (builder, columns[c], read_cell (row->cells[c], type));
        }
    }
  draft = draft_builder_finish (builder, n_runs);
  mq_project_commit_import (project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.stored + outcome.updated + outcome.unchanged, ==, import->rows->len);
  return outcome.number;
}

static void
add_import (Model *model)
{
  ModelImport *import = make_import (model);

  import->number = commit_import (model, model->project, import, (guint) g_rand_int_range (model->random, 1, 4));
  for (guint i = 0; i < import->rows->len; i++)
    ((ModelRow *) g_ptr_array_index (import->rows, i))->import = import->number;
  g_ptr_array_add (model->imports, import);
}

static void
undo_import (Model *model)
{
  g_autoptr (GError) error = NULL;
  guint  index = (guint) g_rand_int_range (model->random, 0, (gint32) model->imports->len);
  gint64 number = ((ModelImport *) g_ptr_array_index (model->imports, index))->number;
  gint64 undone;

  g_assert_true (mq_project_undo_import (model->project, number, &undone, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (undone, ==, number);
  g_ptr_array_remove_index (model->imports, index);
}

static void
compact (Model *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = get_hash (model->project);
  g_autofree char *after = NULL;

  g_assert_true (mq_project_compact (model->project, NULL, &error));
  g_assert_no_error (error);
  after = get_hash (model->project);
  g_assert_cmpstr (before, ==, after);
}

static void
reopen (Model *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup (mq_project_path (model->project));

  g_assert_true (mq_project_close (model->project, &error));
  model->project = mq_project_open (path, MQ_OPEN_WRITE, &error);
  g_assert_no_error (error);
}

static MqProject *
create_project (const Model *model, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (model->folder, name, NULL);
  MqProject       *project = mq_project_create (path, "UTC", "EUR", &error);

  g_assert_no_error (error);
  return project;
}

/* A project that only ever saw the imports that are left has the same hash. */
static void
check_hash (Model *model, const char *name)
{
  MqProject       *other = create_project (model, name);
  g_autofree char *hash = get_hash (model->project);
  g_autofree char *other_hash = NULL;

  for (guint i = 0; i < model->imports->len; i++)
    commit_import (model, other, g_ptr_array_index (model->imports, i), 1);
  other_hash = get_hash (other);
  g_assert_cmpstr (hash, ==, other_hash);
  g_assert_true (mq_project_close (other, NULL));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
run_round (const ModelKind *kind, guint32 seed)
{
  Model model = { .kind = kind };

  g_test_message ("seed %u", seed);
  model.random = g_rand_new_with_seed (seed);
  model.folder = g_dir_make_tmp ("mq-model-XXXXXX", NULL);
  model.project = create_project (&model, "model.marquetry");
  model.imports = g_ptr_array_new_with_free_func (free_import);
  for (guint step = 0; step < N_STEPS; step++)
    {
      switch (g_rand_int_range (model.random, 0, 8))
        {
        case 0:
        case 1:
          if (model.imports->len > 0)
            undo_import (&model);
          break;
        case 2:
          compact (&model);
          break;
        case 3:
          reopen (&model);
          break;
        default:
          add_import (&model);
        }
      check (&model);
    }
  check_hash (&model, "replayed.marquetry");
  g_assert_true (mq_project_close (model.project, NULL));
  remove_folder (model.folder);
  g_ptr_array_unref (model.imports);
  g_rand_free (model.random);
  g_free (model.folder);
}

static void
test_kind (gconstpointer data)
{
  guint32 n_rounds = g_test_slow () ? 200 : 6;

  for (guint32 seed = 1; seed <= n_rounds; seed++)
    run_round (data, seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store-model/events", &model_kinds[0], test_kind);
  g_test_add_data_func ("/store-model/orders", &model_kinds[1], test_kind);
  return g_test_run ();
}
