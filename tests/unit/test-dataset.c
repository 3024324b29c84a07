/* test-dataset.c: what a dataset says about small projects whose answers can be seen by eye. */

#include "project/dataset.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/table.h"
#include "draft-builder.h"
#include "import/importer.h"
#include "project/merge-strings.h"
#include "project/value-text.h"

typedef struct
{
  char      *folder;
  char      *path;
  MqProject *project;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("mq-dataset-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "shop.marquetry", NULL);
  fixture->project = mq_project_create (fixture->path, "Asia/Shanghai", "CNY", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_true (mq_project_close (fixture->project, NULL));
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static MqDataset *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MqDataset *dataset = mq_project_load (fixture->project, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static const MqFacts *
get_facts (MqDataset *dataset, MqKind kind)
{
  g_autoptr (GError) error = NULL;
  const MqFacts *facts = mq_dataset_facts (dataset, kind, NULL, &error);

  g_assert_no_error (error);
  return facts;
}

static const MqColumn *
get_column (MqDataset *dataset, MqKind kind, const char *name)
{
  g_autoptr (GError) error = NULL;
  const MqColumn *column = mq_dataset_column (dataset, kind, name, NULL, &error);

  g_assert_no_error (error);
  return column;
}

static void
append_cell (GString *out, const MqColumn *column, gsize row)
{
  if (column->type != MQ_VALUE_TEXT)
    mq_value_append_text (out, column->type == MQ_VALUE_TIME ? MQ_VALUE_INTEGER : column->type, column->scale, NULL, column->values[row]);
  else if (column->codes[row] != MQ_CODE_MISSING)
    g_string_append (out, mq_strings_get (column->strings, column->codes[row]));
}

/* A column in the order of the facts: "a b|c||d" has a | where a person begins; anonymous rows come first. */
static char *
write_column (MqDataset *dataset, MqKind kind, const char *name)
{
  const MqFacts  *facts = get_facts (dataset, kind);
  const MqColumn *column = get_column (dataset, kind, name);
  GString        *out = g_string_new (NULL);

  g_assert_nonnull (column);
  g_assert_cmpuint (column->n, ==, facts->n_rows);
  g_assert_cmpuint (facts->offsets[facts->n_persons], ==, facts->n_rows);
  for (gsize row = 0, person = 0;; row++)
    {
      while (person < facts->n_persons && facts->offsets[person] == row)
        {
          g_string_append_c (out, '|');
          person++;
        }
      if (row == facts->n_rows)
        return g_string_free (out, FALSE);
      if (out->len > 0 && out->str[out->len - 1] != '|')
        g_string_append_c (out, ' ');
      append_cell (out, column, row);
    }
}

static void
check_column (MqDataset *dataset, MqKind kind, const char *name, const char *expected)
{
  g_autofree char *text = write_column (dataset, kind, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_labels (MqDataset *dataset, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const MqStrings *labels;

  g_assert_true (mq_dataset_load_labels (dataset, NULL, NULL));
  labels = mq_dataset_labels (dataset);
  g_assert_cmpuint (mq_strings_length (labels), ==, mq_dataset_n_persons (dataset, NULL, NULL));
  for (guint i = 0; i < mq_strings_length (labels); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", mq_strings_get (labels, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
check_attribute (MqDataset *dataset, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const MqColumn *column = mq_dataset_attribute (dataset, name, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; column != NULL && i < column->n; i++)
    {
      g_string_append_c (text, '|');
      append_cell (text, column, i);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static char *
get_hash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqDataset) dataset = load (fixture);
  const char *hash = mq_dataset_hash (dataset, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (hash);
}

/* "KEYS time event" a row. */
static gint64
import_events (Fixture *fixture, const char *const *rows)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_EVENTS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         event = draft_builder_add_column (builder, "event", MQ_VALUE_TEXT, 0);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i], ",", 3);

      draft_builder_add_row (builder, parts[0]);
      draft_builder_set (builder, time, g_ascii_strtoll (parts[1], NULL, 10));
      draft_builder_set_text (builder, event, parts[2]);
    }
  return draft_builder_commit (builder, fixture->project, NULL);
}

static MqDataset *
load_again (Fixture *fixture, MqDataset *before)
{
  g_autoptr (GError) error = NULL;
  MqDataset *dataset = mq_project_load_again (fixture->project, before, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static gpointer
count_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  const char *value = mq_dataset_value (dataset, "word");

  return g_strdup_printf ("%s %u", value != NULL ? value : "-", mq_dataset_n_persons (dataset, run, error));
}

static const char *
get_count (MqDataset *dataset)
{
  return mq_dataset_derive_by_values (dataset, "count", count_cb, g_free, NULL, NULL);
}

/* Another value: the records are not read a second time, and what follows from the value is. Other records: all is. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  const char *const first_rows[] = { "customer_id=A,10,view", "customer_id=B,20,view", NULL };
  const char *const more_rows[] = { "customer_id=C,30,view", NULL };
  MqDataset        *first, *second;
  g_autoptr (MqDataset) third = NULL;
  g_autoptr (MqDataset) other = NULL;
  const MqColumn *time;

  import_events (fixture, first_rows);
  first = load (fixture);
  time = get_column (first, MQ_KIND_EVENTS, "time");
  g_assert_cmpstr (get_count (first), ==, "- 2");
  g_assert_true (mq_project_set_value (fixture->project, "word", "one", NULL));
  second = load_again (fixture, first);
  g_assert_true (get_column (second, MQ_KIND_EVENTS, "time") == time);
  g_assert_true (get_facts (second, MQ_KIND_EVENTS) == get_facts (first, MQ_KIND_EVENTS));
  g_assert_cmpstr (get_count (second), ==, "one 2");
  g_assert_cmpstr (get_count (first), ==, "- 2");
  mq_dataset_unref (first);
  g_assert_true (mq_project_set_value (fixture->project, "word", "two", NULL));
  third = load_again (fixture, second);
  mq_dataset_unref (second);
  g_assert_true (get_column (third, MQ_KIND_EVENTS, "time") == time);
  check_column (third, MQ_KIND_EVENTS, "event", "|view|view");
  g_assert_cmpstr (get_count (third), ==, "two 2");
  import_events (fixture, more_rows);
  other = load_again (fixture, third);
  g_assert_true (get_column (other, MQ_KIND_EVENTS, "time") != time);
  g_assert_cmpstr (get_count (other), ==, "two 3");
  check_column (third, MQ_KIND_EVENTS, "event", "|view|view");
}

/* Nothing was read before it was loaded again; some of its rows are replaced. */
static void
test_again_unread (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=A,10,view", "customer_id=B,20,view", NULL };
  const char *const more_rows[] = { "customer_id=B,20,view", "customer_id=B,30,cart", NULL };
  g_autoptr (MqDataset) first = NULL;
  g_autoptr (MqDataset) second = NULL;

  import_events (fixture, rows);
  import_events (fixture, more_rows);
  first = load (fixture);
  second = load_again (fixture, first);
  check_labels (second, "A B");
  check_column (second, MQ_KIND_EVENTS, "event", "|view|view cart");
  check_column (first, MQ_KIND_EVENTS, "event", "|view|view cart");
  g_assert_true (get_facts (second, MQ_KIND_EVENTS) == get_facts (first, MQ_KIND_EVENTS));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqDataset) dataset = load (fixture);
  g_autofree char *hash = get_hash (fixture);
  g_auto (GStrv) names = mq_dataset_columns (dataset, MQ_KIND_EVENTS);
  gint64 first, last;

  g_assert_cmpstr (mq_dataset_project_name (dataset), ==, "shop");
  g_assert_cmpstr (mq_dataset_zone_name (dataset), ==, "Asia/Shanghai");
  g_assert_cmpstr (mq_dataset_currency (dataset), ==, "CNY");
  g_assert_cmpint (mq_dataset_currency_digits (dataset), ==, 2);
  g_assert_cmpint (mq_dataset_newest_import_time (dataset), ==, MQ_TIME_MISSING);
  g_assert_cmpuint (mq_dataset_n_persons (dataset, NULL, NULL), ==, 0);
  g_assert_cmpuint (get_facts (dataset, MQ_KIND_EVENTS)->n_rows, ==, 0);
  g_assert_null (get_column (dataset, MQ_KIND_EVENTS, "time"));
  g_assert_null (names[0]);
  g_assert_false (mq_dataset_range (dataset, MQ_KIND_EVENTS, &first, &last, NULL, NULL));
  g_assert_cmpint (mq_dataset_status (dataset, "paid"), ==, MQ_STATUS_UNKNOWN);
  g_assert_cmpstr (hash, ==, "00000000000000000000000000000000");
}

static void
test_one_run (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=b,30,view", "customer_id=a,20,buy", ",5,view", "customer_id=b,10,add", "customer_id=a,20,add", NULL };
  g_autoptr (MqDataset) dataset = NULL;
  g_auto (GStrv) names = NULL;
  const MqColumn *event;
  gint64          first, last;

  import_events (fixture, rows);
  dataset = load (fixture);
  g_assert_cmpint (mq_dataset_revision (dataset), ==, mq_project_revision (fixture->project));
  check_labels (dataset, "a b");
  check_column (dataset, MQ_KIND_EVENTS, "time", "5|20 20|10 30");
  check_column (dataset, MQ_KIND_EVENTS, "event", "view|buy add|add view");
  check_column (dataset, MQ_KIND_EVENTS, "#line", "4|3 6|5 2");
  check_column (dataset, MQ_KIND_EVENTS, "#import", "1|1 1|1 1");
  names = mq_dataset_columns (dataset, MQ_KIND_EVENTS);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "event");
  g_assert_true (mq_dataset_range (dataset, MQ_KIND_EVENTS, &first, &last, NULL, NULL));
  g_assert_cmpint (first, ==, 5);
  g_assert_cmpint (last, ==, 30);
  event = get_column (dataset, MQ_KIND_EVENTS, "event");
  g_assert_cmpuint (mq_strings_length (event->strings), ==, 3);
  g_assert_true (event == get_column (dataset, MQ_KIND_EVENTS, "event"));
  g_assert_null (get_column (dataset, MQ_KIND_EVENTS, "channel"));
  g_assert_cmpint (mq_dataset_import_traits (dataset, 1)->number, ==, 1);
  g_assert_null (mq_dataset_import_traits (dataset, 2));
}

static void
test_two_runs (Fixture *fixture, gconstpointer data)
{
  const char *const one[] = { "customer_id=b,30,view", "customer_id=d,1,buy", ",5,view", NULL };
  const char *const two[] = { "customer_id=b,10,add", "customer_id=a,20,add", ",4,zoom", "customer_id=b,30,back", ",6,add", NULL };
  g_autoptr (MqDataset) dataset = NULL;

  import_events (fixture, one);
  import_events (fixture, two);
  dataset = load (fixture);
  check_labels (dataset, "a b d");
  check_column (dataset, MQ_KIND_EVENTS, "time", "4 5 6|20|10 30 30|1");
  check_column (dataset, MQ_KIND_EVENTS, "event", "zoom view add|add|add view back|buy");
  check_column (dataset, MQ_KIND_EVENTS, "#import", "2 1 2|2|2 1 2|1");
}

static gint64
import_property (Fixture *fixture, const char *keys, MqValueType type, int scale, gint64 value, const char *text)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_EVENTS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         event = draft_builder_add_column (builder, "event", MQ_VALUE_TEXT, 0);
  guint         property = draft_builder_add_column (builder, "prop:Size", type, scale);

  draft_builder_add_row (builder, keys);
  draft_builder_set (builder, time, 1);
  draft_builder_set_text (builder, event, "view");
  if (text != NULL)
    draft_builder_set_text (builder, property, text);
  else
    draft_builder_set (builder, property, value);
  return draft_builder_commit (builder, fixture->project, NULL);
}

static void
check_property (Fixture *fixture, MqValueType type, int scale, const char *expected)
{
  g_autoptr (MqDataset) dataset = load (fixture);
  const MqColumn *column = get_column (dataset, MQ_KIND_EVENTS, "prop:Size");

  g_assert_cmpint (column->type, ==, type);
  g_assert_cmpint (column->scale, ==, scale);
  check_column (dataset, MQ_KIND_EVENTS, "prop:Size", expected);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  import_property (fixture, "customer_id=a", MQ_VALUE_INTEGER, 0, 12, NULL);
  check_property (fixture, MQ_VALUE_INTEGER, 0, "|12");
  import_property (fixture, "customer_id=b", MQ_VALUE_DECIMAL, 1, -25, NULL);
  check_property (fixture, MQ_VALUE_DECIMAL, 1, "|12|-2.5");
  import_property (fixture, "customer_id=c", MQ_VALUE_DECIMAL, 3, 5, NULL);
  check_property (fixture, MQ_VALUE_DECIMAL, 3, "|12|-2.5|0.005");
  import_property (fixture, "customer_id=d", MQ_VALUE_TEXT, 0, 0, "007");
  check_property (fixture, MQ_VALUE_TEXT, 0, "|12|-2.5|0.005|007");
}

static void
test_too_wide (Fixture *fixture, gconstpointer data)
{
  import_property (fixture, "customer_id=a", MQ_VALUE_INTEGER, 0, G_MAXINT64 / 5, NULL);
  import_property (fixture, "customer_id=b", MQ_VALUE_DECIMAL, 1, 5, NULL);
  check_property (fixture, MQ_VALUE_TEXT, 0, "|1844674407370955161|0.5");
}

static void
test_joined_keys (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "phone=13800000001,10,p", "email=a@b.de,30,e", "unionid=u1,20,u", "unionid=u2,1,other", "customer_id=zz,7,z", NULL };
  const char *const links[] = { "phone=13800000001 email=A@B.de,40,pe", "email=a@b.de unionid=u1,50,eu", NULL };
  g_autoptr (MqDataset) before = NULL;
  g_autoptr (MqDataset) after = NULL;

  import_events (fixture, rows);
  before = load (fixture);
  check_labels (before, "zz +8613800000001 a@b.de u1 u2");
  import_events (fixture, links);
  after = load (fixture);
  check_labels (after, "zz +8613800000001 u2");
  check_column (after, MQ_KIND_EVENTS, "event", "|z|p u e pe eu|other");
  check_column (before, MQ_KIND_EVENTS, "event", "|z|p|e|u|other");
}

static void
test_kinds_share_persons (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=b,1,view", "customer_id=c,2,view", NULL };
  DraftBuilder     *builder = draft_builder_new (MQ_KIND_CUSTOMERS);
  guint             city = draft_builder_add_column (builder, "city", MQ_VALUE_TEXT, 0);
  g_autoptr (MqDataset) dataset = NULL;

  draft_builder_add_row (builder, "customer_id=c");
  draft_builder_set_text (builder, city, "Köln");
  draft_builder_add_row (builder, "customer_id=a");
  draft_builder_commit (builder, fixture->project, NULL);
  import_events (fixture, rows);
  dataset = load (fixture);
  check_labels (dataset, "a b c");
  check_column (dataset, MQ_KIND_EVENTS, "time", "||1|2");
  check_column (dataset, MQ_KIND_CUSTOMERS, "city", "|||Köln");
  check_attribute (dataset, "city", "|||Köln");
  check_attribute (dataset, "region", "");
}

/* keys, city, first_channel, added_at; "" is missing. */
static gint64
import_customer (Fixture *fixture, const char *keys, const char *city, const char *channel, gint64 added)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_CUSTOMERS);
  guint         columns[3];

  columns[0] = draft_builder_add_column (builder, "city", MQ_VALUE_TEXT, 0);
  columns[1] = draft_builder_add_column (builder, "first_channel", MQ_VALUE_TEXT, 0);
  columns[2] = draft_builder_add_column (builder, "added_at", MQ_VALUE_TIME, 0);
  draft_builder_add_row (builder, keys);
  draft_builder_set_text (builder, columns[0], city);
  draft_builder_set_text (builder, columns[1], channel);
  draft_builder_set (builder, columns[2], added);
  return draft_builder_commit (builder, fixture->project, NULL);
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqDataset) dataset = NULL;

  import_customer (fixture, "customer_id=a", "Bonn", "shop", 500);
  import_customer (fixture, "customer_id=a", "Köln", "fair", 300);
  import_customer (fixture, "customer_id=a", NULL, "web", 900);
  import_customer (fixture, "customer_id=b", NULL, "late", MQ_VALUE_MISSING);
  import_customer (fixture, "customer_id=b phone=13800000001", "Ulm", NULL, MQ_VALUE_MISSING);
  dataset = load (fixture);
  check_labels (dataset, "a b");
  check_attribute (dataset, "city", "|Köln|Ulm");
  check_attribute (dataset, "first_channel", "|fair|late");
  check_attribute (dataset, "added_at", "|300|");
}

/* Of a project of its own with these events, one import each list. */
static char *
hash_events (const char *const *one, const char *const *two)
{
  Fixture fixture;
  char   *hash;

  set_up (&fixture, NULL);
  import_events (&fixture, one);
  if (two != NULL)
    import_events (&fixture, two);
  hash = get_hash (&fixture);
  tear_down (&fixture, NULL);
  return hash;
}

static void
test_hash (void)
{
  const char *const one[] = { "customer_id=a,1,view", "customer_id=b,2,buy", "customer_id=a,1,view", "customer_id=b,3,7", NULL };
  const char *const shuffled[] = { "customer_id=b,3,7", "customer_id=b,2,buy", "customer_id=a,1,view", "customer_id=a,1,view", NULL };
  const char *const swapped[] = { "customer_id=a,1,buy", "customer_id=b,2,view", "customer_id=a,1,view", "customer_id=b,3,7", NULL };
  const char *const first[] = { "customer_id=b,3,7", "customer_id=a,1,view", "customer_id=a,1,view", NULL };
  const char *const rest[] = { "customer_id=b,2,buy", NULL };
  g_autofree char  *hash = hash_events (one, NULL);
  g_autofree char  *shuffled_hash = hash_events (shuffled, NULL);
  g_autofree char  *swapped_hash = hash_events (swapped, NULL);
  g_autofree char  *two_imports_hash = hash_events (first, rest);
  g_autofree char  *updated_hash = hash_events (one, shuffled);

  g_assert_cmpuint (strlen (hash), ==, 32);
  g_assert_cmpstr (hash, ==, shuffled_hash);
  g_assert_cmpstr (hash, ==, two_imports_hash);
  g_assert_cmpstr (hash, ==, updated_hash);
  g_assert_cmpstr (hash, !=, swapped_hash);
}

static void
test_kept_hash (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=a,1,view", NULL };
  g_autofree char  *first = NULL;
  g_autofree char  *kept = NULL;
  g_autofree char  *value = NULL;
  g_autofree char  *second = NULL;
  gint64            revision;

  import_events (fixture, rows);
  revision = mq_project_revision (fixture->project);
  first = get_hash (fixture);
  g_assert_true (mq_project_keep_hash (fixture->project, NULL, NULL));
  g_assert_cmpint (mq_project_revision (fixture->project), ==, revision);
  value = mq_project_get_value (fixture->project, "data-hash", NULL);
  g_assert_nonnull (strstr (value, first));
  kept = get_hash (fixture);
  g_assert_cmpstr (kept, ==, first);
  import_property (fixture, "customer_id=b", MQ_VALUE_INTEGER, 0, 1, NULL);
  second = get_hash (fixture);
  g_assert_cmpstr (second, !=, first);
}

static void
test_changed_project (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=a,1,view", NULL };
  const char *const more[] = { "customer_id=a,2,view", NULL };
  g_autoptr (MqDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  import_events (fixture, rows);
  dataset = load (fixture);
  import_events (fixture, more);
  check_column (dataset, MQ_KIND_EVENTS, "time", "|1");
  g_assert_true (mq_project_undo_import (fixture->project, 1, NULL, NULL, NULL));
  check_column (dataset, MQ_KIND_EVENTS, "time", "|1");
  g_assert_null (mq_dataset_column (dataset, MQ_KIND_EVENTS, "event", NULL, &error));
  g_assert_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_FAILED);
}

static gpointer
load_column_cb (gpointer data)
{
  return (gpointer) get_column (data, MQ_KIND_EVENTS, "event");
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  const char *const rows[] = { "customer_id=a,1,view", "customer_id=b,1,buy", NULL };
  g_autoptr (MqDataset) dataset = NULL;
  GThread        *threads[8];
  const MqColumn *column;

  import_events (fixture, rows);
  import_events (fixture, rows + 1);
  dataset = load (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_column_cb, dataset);
  column = get_column (dataset, MQ_KIND_EVENTS, "event");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == column);
}

static gpointer
make_failing_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return NULL;
}

static gpointer
make_text_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  return g_strdup ("derived");
}

static void
test_derive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MqDataset) dataset = load (fixture);
  g_autoptr (GError) error = NULL;
  gpointer text;

  g_assert_null (mq_dataset_derive (dataset, "text", make_failing_cb, g_free, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  text = mq_dataset_derive (dataset, "text", make_text_cb, g_free, NULL, NULL);
  g_assert_cmpstr (text, ==, "derived");
  g_assert_true (text == mq_dataset_derive (dataset, "text", make_failing_cb, g_free, NULL, NULL));
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  DraftBuilder *builder = draft_builder_new (MQ_KIND_ORDERS);
  guint         time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint         precision = draft_builder_add_column (builder, "time#precision", MQ_VALUE_INTEGER, 0);
  guint         amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);
  guint         product = draft_builder_add_column (builder, "product", MQ_VALUE_TEXT, 0);
  guint         colour = draft_builder_add_column (builder, "prop:Colour", MQ_VALUE_TEXT, 0);
  guint         status = draft_builder_add_column (builder, "prop:status", MQ_VALUE_TEXT, 0);
  g_autoptr (GOutputStream) plain = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) guarded = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  draft_builder_add_row (builder, "customer_id=007 phone=13800000001");
  draft_builder_set (builder, time, G_GINT64_CONSTANT (1323399000000000));
  draft_builder_set (builder, precision, MQ_PRECISION_SECOND);
  draft_builder_set (builder, amount, -1250);
  draft_builder_set_text (builder, product, "a \"b\", c");
  draft_builder_set_text (builder, colour, "=red");
  draft_builder_set_text (builder, status, "NA");
  draft_builder_add_row (builder, "");
  draft_builder_set (builder, time, G_GINT64_CONSTANT (1323360000000000));
  draft_builder_set (builder, precision, MQ_PRECISION_DAY);
  draft_builder_set (builder, amount, 5);
  draft_builder_add_row (builder, "customer_id=007");
  draft_builder_set (builder, time, G_GINT64_CONSTANT (1323399000500000));
  draft_builder_set (builder, precision, MQ_PRECISION_SECOND);
  draft_builder_set (builder, amount, 100);
  draft_builder_commit (builder, fixture->project, NULL);

  g_assert_true (mq_project_export (fixture->project, MQ_KIND_ORDERS, FALSE, plain, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write (plain, "", 1, NULL, NULL);
  g_assert_cmpstr (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (plain)), ==, "customer_id,phone,time,amount,product,Colour,prop:status\n"
                                                                                         ",,2011-12-09,0.05,,,\n"
                                                                                         "007,+8613800000001,2011-12-09 10:50:00,-12.50,\"a \"\"b\"\", c\",=red,\"NA\"\n"
                                                                                         "007,,2011-12-09 10:50:00.500000,1.00,,,\n");
  g_assert_true (mq_project_export (fixture->project, MQ_KIND_ORDERS, TRUE, guarded, NULL, &error));
  g_output_stream_write (guarded, "", 1, NULL, NULL);
  g_assert_nonnull (strstr (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (guarded)), "007,'+8613800000001,2011-12-09 10:50:00,-12.50,\"a \"\"b\"\", c\",'=red,\"NA\"\n"));
}

static void
make_odd_orders (Fixture *fixture)
{
  static const gint64 seconds[] = { 684865800, 684869400, 1323399000, 1323360000, 1323399060 }; /* the first two: 01:30 twice */
  static const char  *products[] = { "a \"b\", c", "two\nlines", "NA", "padded, text", "=1+1" };
  static const char  *ids[] = { "007", "7", "0007", "1e5", "100000000000000000001" };
  static const char  *keys[] = { "customer_id=007 phone=13800000001", "", "phone=13800000001 email=a@b.de", "customer_id=7", "nick=\xe5\xb0\x8f\xe6\x98\x8e shopnick=x" };
  DraftBuilder       *builder = draft_builder_new (MQ_KIND_ORDERS);
  guint               time = draft_builder_add_column (builder, "time", MQ_VALUE_TIME, 0);
  guint               precision = draft_builder_add_column (builder, "time#precision", MQ_VALUE_INTEGER, 0);
  guint               amount = draft_builder_add_column (builder, "amount", MQ_VALUE_MONEY, 2);
  guint               id = draft_builder_add_column (builder, "order_id", MQ_VALUE_TEXT, 0);
  guint               product = draft_builder_add_column (builder, "product", MQ_VALUE_TEXT, 0);
  guint               price = draft_builder_add_column (builder, "unit_price", MQ_VALUE_DECIMAL, 3);
  guint               size = draft_builder_add_column (builder, "prop:Size", MQ_VALUE_INTEGER, 0);
  guint               note = draft_builder_add_column (builder, "prop:shop", MQ_VALUE_TEXT, 0);

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      draft_builder_add_row (builder, keys[i]);
      draft_builder_set (builder, time, seconds[i] * MQ_SECOND + (i == 2 ? 250000 : 0));
      draft_builder_set (builder, precision, i == 3 ? MQ_PRECISION_DAY : i == 4 ? MQ_PRECISION_MINUTE
                                                                                : MQ_PRECISION_SECOND);
      draft_builder_set (builder, amount, (gint64) i * 1001 - 500);
      draft_builder_set_text (builder, id, ids[i]);
      draft_builder_set_text (builder, product, products[i]);
      draft_builder_set (builder, price, i == 1 ? MQ_VALUE_MISSING : (gint64) i * 1125);
      draft_builder_set (builder, size, i == 2 ? MQ_VALUE_MISSING : (gint64) i - 2);
      draft_builder_set_text (builder, note, i == 0 ? NULL : "north");
    }
  draft_builder_commit (builder, fixture->project, NULL);
}

static void
copy_kind (Fixture *from, Fixture *to, MqKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (to->folder, "export.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GOutputStream) out = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  MqImportOptions options = { .kind = kind, .project_zone = "Asia/Shanghai", .currency = "CNY", .now = G_GINT64_CONSTANT (1735689600000000) };
  g_autoptr (MqImportDraft) draft = NULL;
  MqImportOutcome outcome;

  g_assert_no_error (error);
  mq_project_export (from->project, kind, FALSE, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  draft = mq_importer_read (path, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mq_project_commit_import (to->project, draft, FALSE, &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (outcome.rejected, ==, 0);
}

/* What is exported and imported again is the same data. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  const char *const events[] = { "customer_id=007,1000000,view", "phone=13800000001,2000000,-", NULL };
  g_autofree char  *hash = NULL;
  g_autofree char  *copied_hash = NULL;
  Fixture           copy;

  make_odd_orders (fixture);
  import_events (fixture, events);
  import_customer (fixture, "customer_id=007", "K\xc3\xb6ln", "fair", G_GINT64_CONSTANT (1323399000000000));
  import_customer (fixture, "customer_id=007", "@home", NULL, G_GINT64_CONSTANT (1323399060000000));
  hash = get_hash (fixture);
  set_up (&copy, NULL);
  copy_kind (fixture, &copy, MQ_KIND_ORDERS);
  copy_kind (fixture, &copy, MQ_KIND_EVENTS);
  copy_kind (fixture, &copy, MQ_KIND_CUSTOMERS);
  copied_hash = get_hash (&copy);
  g_assert_cmpstr (copied_hash, ==, hash);
  tear_down (&copy, NULL);
}

static MqStrings *
make_strings (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  MqStringsBuilder *builder = mq_strings_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    mq_strings_builder_add (builder, parts[i], strlen (parts[i]));
  return mq_strings_builder_finish (builder);
}

static void
test_merge_strings (void)
{
  MqStrings *lists[3] = { make_strings ("a b d"), make_strings ("b c"), make_strings ("a aa e") };
  guint8     used[] = { 1, 0, 0 };
  guint8    *masks[3] = { NULL, NULL, used };
  guint32   *remaps[3];
  g_autoptr (MqStrings) merged = mq_strings_merge (lists, masks, 3, remaps, NULL);

  g_assert_cmpuint (mq_strings_length (merged), ==, 4);
  g_assert_cmpstr (mq_strings_get (merged, 2), ==, "c");
  g_assert_cmpuint (remaps[0][2], ==, 3);
  g_assert_cmpuint (remaps[1][0], ==, 1);
  g_assert_cmpuint (remaps[1][1], ==, 2);
  g_assert_cmpuint (remaps[2][0], ==, 0);
  g_assert_cmpuint (remaps[2][1], ==, MQ_CODE_MISSING);
  g_assert_cmpuint (remaps[2][2], ==, MQ_CODE_MISSING);
  for (guint i = 0; i < 3; i++)
    {
      mq_strings_unref (lists[i]);
      g_free (remaps[i]);
    }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/dataset/empty", test_empty);
  add ("/dataset/one-run", test_one_run);
  add ("/dataset/two-runs", test_two_runs);
  add ("/dataset/types", test_types);
  add ("/dataset/too-wide", test_too_wide);
  add ("/dataset/joined-keys", test_joined_keys);
  add ("/dataset/kinds-share-persons", test_kinds_share_persons);
  add ("/dataset/attributes", test_attributes);
  add ("/dataset/kept-hash", test_kept_hash);
  add ("/dataset/changed-project", test_changed_project);
  add ("/dataset/threads", test_threads);
  add ("/dataset/derive", test_derive);
  add ("/dataset/export", test_export);
  add ("/dataset/round-trip", test_round_trip);
  add ("/dataset/again", test_again);
  add ("/dataset/again-unread", test_again_unread);
  g_test_add_func ("/dataset/hash", test_hash);
  g_test_add_func ("/dataset/merge-strings", test_merge_strings);
  return g_test_run ();
}
