/* command-import.c: import PROJECT FILE… --as KIND, one import a file. A file is read completely before the project is touched, so a file that
 * cannot be imported leaves no trace, not even an empty project. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "import/import-look.h"
#include "import/import-recipe.h"
#include "project/import-changes.h"

typedef struct
{
  char    *kind;
  char   **map;
  char    *sheet;
  char    *encoding;
  char    *delimiter;
  char    *decimal;
  char    *date_format;
  char    *time_zone;
  char    *project_zone;
  char    *currency;
  char    *amount_of;
  char    *refund;
  char   **statuses;
  char    *missing;
  char    *on_bad_row;
  char    *rejects;
  char    *mapping;
  char    *save_mapping;
  gint64   header_row;
  gboolean no_header;
  gboolean dry_run;

  MqImportRecipe *recipe; /* (nullable) of --mapping */
} ImportWords;

#define MAX_FILES 10000

/* A file that was read. */
typedef struct
{
  MqImportDraft  *draft; /* (owned) */
  MqImportPlan   *plan;  /* (owned) */
  MqImportOutcome outcome;
  double          seconds;
  gint64          revision; /* of the project afterwards; 0 in a dry run without one */
  char           *zone;     /* (owned) the project's */
  char           *currency; /* (owned) likewise */
  GPtrArray      *trial;    /* (owned) (nullable) (element-type MqTable) of a dry run */
} Imported;

static void
free_imported (gpointer data)
{
  Imported *one = data;

  g_clear_pointer (&one->draft, mq_import_draft_free);
  g_clear_pointer (&one->plan, mq_import_plan_free);
  g_free (one->zone);
  g_free (one->currency);
  g_clear_pointer (&one->trial, g_ptr_array_unref);
  g_free (one);
}

static void
clear_words (ImportWords *words)
{
  g_free (words->kind);
  g_strfreev (words->map);
  g_free (words->sheet);
  g_free (words->encoding);
  g_free (words->delimiter);
  g_free (words->decimal);
  g_free (words->date_format);
  g_free (words->time_zone);
  g_free (words->project_zone);
  g_free (words->currency);
  g_free (words->amount_of);
  g_free (words->refund);
  g_strfreev (words->statuses);
  g_free (words->missing);
  g_free (words->on_bad_row);
  g_free (words->rejects);
  g_free (words->mapping);
  g_free (words->save_mapping);
  g_clear_pointer (&words->recipe, mq_import_recipe_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportWords, clear_words)

/* Checks what can be wrong before any file is opened. A mapping says the kind too. */
static gboolean
check_words (const ImportWords *words, MqImportOptions *options)
{
  if ((words->kind == NULL && words->mapping == NULL) || (words->kind != NULL && !mq_kind_from_name (words->kind, &options->kind)))
    {
      mq_cli_usage_error (_ ("--as names the kind of the records: customers, orders, events, messages, feedback or spend."));
      return FALSE;
    }
  if (words->on_bad_row != NULL && strcmp (words->on_bad_row, "skip") != 0 && strcmp (words->on_bad_row, "stop") != 0)
    {
      mq_cli_usage_error (_ ("--on-bad-row takes skip or stop."));
      return FALSE;
    }
  if (words->header_row < 0)
    {
      mq_cli_usage_error (_ ("--header-row takes the line of the header, from 1."));
      return FALSE;
    }
  if (words->decimal != NULL && strcmp (words->decimal, ".") != 0 && strcmp (words->decimal, ",") != 0)
    {
      mq_cli_usage_error (_ ("--decimal takes a point or a comma."));
      return FALSE;
    }
  return TRUE;
}

static void
fill_options (const ImportWords *words, MqProject *project, MqImportOptions *options)
{
  options->map = words->map;
  options->sheet = words->sheet;
  options->encoding = words->encoding;
  options->delimiter = words->delimiter;
  options->decimal = words->decimal != NULL ? words->decimal[0] : 0;
  options->date_format = words->date_format;
  options->file_zone = words->time_zone;
  options->no_header = words->no_header;
  options->stop_on_bad_row = g_strcmp0 (words->on_bad_row, "stop") == 0;
  options->amount_of = words->amount_of;
  options->refund = words->refund;
  options->header_row = words->header_row;
  options->statuses = words->statuses;
  options->missing = words->missing;
  options->now = g_get_real_time ();
  if (words->recipe != NULL)
    mq_import_recipe_fill (words->recipe, options);
  if (project != NULL)
    {
      options->project_zone = mq_project_zone (project);
      options->currency = mq_project_currency (project);
    }
  else
    {
      options->project_zone = words->project_zone != NULL ? words->project_zone : "UTC";
      options->currency = words->currency != NULL ? words->currency : "XXX";
    }
}

/* A project keeps the zone and the currency it was made with: another one given is an error, not ignored. */
static gboolean
check_project_settings (const ImportWords *words, MqProject *project, GError **error)
{
  if (words->project_zone != NULL && strcmp (words->project_zone, mq_project_zone (project)) != 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("--project-zone: the project was made with the time zone %s; leave the option out."), mq_project_zone (project));
      return FALSE;
    }
  if (words->currency != NULL && strcmp (words->currency, mq_project_currency (project)) != 0)
    {
      g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_SETTING, _ ("--currency: the project was made with the currency %s; leave the option out."), mq_project_currency (project));
      return FALSE;
    }
  return TRUE;
}

static void
append_outcome (MqTableBuilder *builder, const Imported *one)
{
  const MqImportOutcome *outcome = &one->outcome;
  const gint64           values[] = { outcome->read, outcome->stored, outcome->updated, outcome->unchanged, outcome->rejected, outcome->number > 0 ? outcome->number : MQ_VALUE_MISSING };

  mq_table_builder_append (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    mq_table_builder_set_integer (builder, i, values[i]);
  mq_table_builder_set_double (builder, G_N_ELEMENTS (values), one->seconds);
  mq_table_builder_set_text (builder, G_N_ELEMENTS (values) + 1, one->draft->file_name);
}

/* One row a file. */
static MqTable *
table_of_outcomes (const GPtrArray *all)
{
  MqTableBuilder *builder = mq_table_builder_new ("import", NULL, NULL);
  const struct
  {
    const char *id, *title;
  } columns[] = { { "read", N_ ("Read") }, { "stored", N_ ("Stored") }, { "updated", N_ ("Updated") }, { "unchanged", N_ ("Unchanged") }, { "rejected", N_ ("Rejected") }, { "number", N_ ("Import") } };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    mq_table_builder_add_column (builder, columns[i].id, columns[i].title, MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "seconds", N_ ("Seconds"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "file", N_ ("File"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < all->len; i++)
    append_outcome (builder, all->pdata[i]);
  return mq_table_builder_finish (builder);
}

/* What the status texts of orders are taken to mean. */
static MqTable *
table_of_statuses (const MqImportDraft *draft)
{
  MqTableBuilder *builder = mq_table_builder_new ("statuses", NULL, NULL);

  mq_table_builder_add_column (builder, "text", N_ ("Text"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "status", N_ ("Meaning"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  for (guint i = 0; i < draft->statuses->len; i++)
    {
      const MqStatusCount *count = draft->statuses->pdata[i];

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, count->text);
      mq_table_builder_set_text (builder, 1, count->status != MQ_STATUS_UNKNOWN ? mq_status_name (count->status) : NULL);
      mq_table_builder_set_integer (builder, 2, count->rows);
    }
  return mq_table_builder_finish (builder);
}

static MqTable *
table_of_warnings (const MqImportDraft *draft)
{
  MqTableBuilder *builder = mq_table_builder_new ("warnings", NULL, NULL);

  mq_table_builder_add_column (builder, "warning", N_ ("Warning"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < draft->warnings->len; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, draft->warnings->pdata[i]);
    }
  return mq_table_builder_finish (builder);
}

/* The tables of columns, statuses and rejects are those of the last file; of several the project keeps the rest. */
static void
fill_provenance (MqResult *result, const GPtrArray *all)
{
  MqProvenance   *provenance = mq_result_provenance (result);
  const Imported *last = all->pdata[all->len - 1];

  provenance->time_zone = g_strdup (last->zone);
  provenance->currency = g_strdup (last->currency);
  provenance->revision = last->revision;
  for (guint k = 0; k < all->len; k++)
    {
      const Imported *one = all->pdata[k];

      provenance->rows_read += one->outcome.read;
      for (guint i = 0; i < one->draft->rejects->len; i++)
        mq_result_leave_out (result, ((const MqReject *) one->draft->rejects->pdata[i])->reason, 1);
    }
}

static MqResult *
make_result (const GPtrArray *all)
{
  MqResult       *result = mq_result_new ("import", 1);
  const Imported *last = all->pdata[all->len - 1];

  fill_provenance (result, all);
  mq_result_take_table (result, table_of_outcomes (all));
  for (guint i = 0; last->trial != NULL && i < last->trial->len; i++)
    mq_result_take_table (result, mq_table_ref (last->trial->pdata[i]));
  mq_result_take_table (result, mq_import_plan_table (last->plan));
  if (last->draft->statuses->len > 0)
    mq_result_take_table (result, table_of_statuses (last->draft));
  mq_result_take_table (result, table_of_warnings (last->draft));
  mq_result_take_table (result, mq_import_rejects_table (last->draft));
  for (guint k = 0; k < all->len; k++)
    {
      const Imported *one = all->pdata[k];

      for (guint i = 0; i < one->draft->warnings->len; i++)
        mq_result_warn (result, all->len > 1 ? "%s: %s" : "%.0s%s", one->draft->file_name, (const char *) one->draft->warnings->pdata[i]);
    }
  return result;
}

/* How the file was read, for a person who did not say it all: on standard error, so that scripts can read the result. */
static void
note_plan (MqCli *cli, const MqImportPlan *plan)
{
  if (strcmp (plan->format, "text") == 0)
    mq_cli_note (cli, _ ("Read as %s, separated by “%s”."), plan->encoding, g_strcmp0 (plan->delimiter, "\t") == 0 ? "tab" : plan->delimiter);
  else if (strcmp (plan->format, "workbook") == 0)
    mq_cli_note (cli, _ ("Read as a workbook, sheet “%s”."), plan->sheet);
  else
    mq_cli_note (cli, strcmp (plan->format, "json") == 0 ? _ ("Read as JSON.") : _ ("Read as the table of a web page."));
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const MqImportColumn *column = plan->columns->pdata[i];

      mq_cli_note (cli, "  %s → %s%s%s%s%s", column->header, column->field[0] != '\0' ? column->field : _ ("left out"), column->format[0] != '\0' ? "  " : "", column->format, column->missing[0] != '\0' ? "  " : "", column->missing);
    }
  for (guint i = 0; i < plan->proofs->len; i++)
    mq_cli_note (cli, "  %s", (const char *) plan->proofs->pdata[i]);
}

/* The statuses as they count for the whole file. */
static void
note_statuses (MqCli *cli, const MqImportDraft *draft)
{
  for (guint i = 0; i < draft->statuses->len; i++)
    {
      const MqStatusCount *count = draft->statuses->pdata[i];
      g_autofree char     *rows = g_strdup_printf ("%" G_GINT64_FORMAT, count->rows);

      mq_cli_note (cli, _ ("  Status “%s” → %s: %s rows"), count->text, count->status != MQ_STATUS_UNKNOWN ? mq_status_name (count->status) : _ ("paid (not known)"), rows);
    }
}

/* What a dry run found, for people: "3 new, 2 changed (amount 2, status 1), 5 the same". */
static void
note_trial (MqCli *cli, const Imported *one)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  const MqTable   *changes = one->trial->pdata[0];
  const MqTable   *sums = one->trial->pdata[1];
  g_autofree char *new_rows = g_strdup_printf ("%" G_GINT64_FORMAT, one->outcome.stored);
  g_autofree char *changed = g_strdup_printf ("%" G_GINT64_FORMAT, one->outcome.updated);
  g_autofree char *same = g_strdup_printf ("%" G_GINT64_FORMAT, one->outcome.unchanged);

  for (gsize row = 0; row < mq_table_n_rows (changes); row++)
    g_string_append_printf (fields, "%s%s %" G_GINT64_FORMAT, row > 0 ? ", " : " (", mq_table_text (changes, row, 0), mq_table_integer (changes, row, 1));
  g_string_append (fields, fields->len > 0 ? ")" : "");
  mq_cli_note (cli, _ ("Would be: %s new, %s changed%s, %s the same. Nothing is written."), new_rows, changed, fields->str, same);
  for (gsize row = 0; row < mq_table_n_rows (sums); row++)
    mq_cli_note (cli, _ ("  Sum of %s: %s before, %s after %s"), mq_table_text (sums, row, 0), mq_table_text (sums, row, 2), mq_table_text (sums, row, 3), mq_table_text (sums, row, 1) != NULL ? mq_table_text (sums, row, 1) : "");
}

/* The rejects of all files, under one header. */
static gboolean
write_rejects (const GPtrArray *all, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (MqTable) table = mq_import_rejects_table (((const Imported *) all->pdata[i])->draft);
      gsize before = text->len;

      mq_table_write_csv (table, FALSE, text);
      if (i > 0)
        g_string_erase (text, before, strcspn (text->str + before, "\n") + 1);
    }
  return g_file_set_contents_full (path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* The project for the draft; made only now where it is not there yet. */
static MqProject *
open_or_create (const char *path, const MqImportOptions *options, gboolean *created, GError **error)
{
  g_autoptr (GError) open_error = NULL;
  MqProject *project = mq_project_open (path, MQ_OPEN_WRITE, &open_error);

  *created = FALSE;
  if (project != NULL)
    return project;
  if (!g_error_matches (open_error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return NULL;
    }
  project = mq_project_create (path, options->project_zone, options->currency, error);
  *created = project != NULL;
  return project;
}

static gboolean
commit_draft (MqCli *cli, const char *path, const MqImportOptions *options, Imported *one, GError **error)
{
  gboolean   created, done;
  MqProject *project;

  project = open_or_create (path, options, &created, error);
  if (project == NULL)
    return FALSE;
  done = mq_project_commit_import (project, one->draft, FALSE, &one->outcome, &cli->run, error);
  one->revision = mq_project_revision (project);
  one->zone = g_strdup (mq_project_zone (project));
  one->currency = g_strdup (mq_project_currency (project));
  if (!mq_project_close (project, done ? error : NULL))
    done = FALSE;
  if (!done && created)
    unlink (path);
  return done;
}

/* What the import would do to the project, or to one that is not there yet. */
static gboolean
try_draft (MqCli *cli, const char *path, const MqImportOptions *options, Imported *one, GError **error)
{
  g_autoptr (GError) open_error = NULL;
  MqProject  *project = mq_project_open (path, MQ_OPEN_READ, &open_error);
  const char *currency = project != NULL ? mq_project_currency (project) : options->currency;

  if (project == NULL && !g_error_matches (open_error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return FALSE;
    }
  one->zone = g_strdup (project != NULL ? mq_project_zone (project) : options->project_zone);
  one->currency = g_strdup (currency);
  one->revision = project != NULL ? mq_project_revision (project) : 0;
  one->trial = mq_import_changes (project, currency, one->draft, &one->outcome, &cli->run, error);
  if (project != NULL)
    mq_project_close (project, NULL);
  return one->trial != NULL;
}

/* The settings of a project that is there already, before the file is read. */
static gboolean
find_settings (const char *path, const ImportWords *words, MqImportOptions *options, MqProject **project, GError **error)
{
  g_autoptr (GError) open_error = NULL;

  *project = mq_project_open (path, MQ_OPEN_READ, &open_error);
  if (*project == NULL && !g_error_matches (open_error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return FALSE;
    }
  if (*project != NULL && !check_project_settings (words, *project, error))
    return FALSE;
  fill_options (words, *project, options);
  return TRUE;
}

static gboolean
import_file (MqCli *cli, const char *path, const char *file, const ImportWords *words, MqImportOptions *options, Imported *one, GError **error)
{
  gint64         start = g_get_monotonic_time ();
  MqProject     *project = NULL;
  gboolean       ready = find_settings (path, words, options, &project, error);
  MqImportDraft *draft = NULL;

  if (ready)
    draft = one->draft = mq_importer_read (file, options, &one->plan, &cli->run, error);
  if (ready && draft != NULL && project == NULL && !words->dry_run)
    {
      if (words->project_zone == NULL)
        g_ptr_array_add (draft->warnings, g_strdup (_ ("The project’s time zone is UTC; --project-zone sets another when a project is made.")));
      if (words->currency == NULL)
        g_ptr_array_add (draft->warnings, g_strdup (_ ("The project has no currency (XXX); --currency sets one when a project is made.")));
    }
  if (project != NULL)
    mq_project_close (project, NULL);
  if (draft == NULL)
    return FALSE;
  if (words->dry_run ? !try_draft (cli, path, options, one, error) : !commit_draft (cli, path, options, one, error))
    return FALSE;
  one->seconds = (g_get_monotonic_time () - start) / 1000 / 1000.0;
  note_plan (cli, one->plan);
  note_statuses (cli, draft);
  if (one->trial != NULL)
    note_trial (cli, one);
  return TRUE;
}

/* The files that one argument stands for: itself, those of a folder, or those in a zip. */
static gboolean
import_argument (MqCli *cli, const char *path, const char *argument, const ImportWords *words, MqImportOptions *options, GPtrArray *all, GError **error)
{
  g_auto (GStrv) parts = mq_importer_parts (argument, &cli->run, error);
  gboolean is_folder = parts != NULL && g_file_test (argument, G_FILE_TEST_IS_DIR);

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    {
      g_autofree char *file = is_folder ? g_build_filename (argument, parts[i], NULL) : g_strdup (argument);
      Imported        *one = g_new0 (Imported, 1);

      g_ptr_array_add (all, one);
      options->part = is_folder || parts[i][0] == '\0' ? NULL : parts[i];
      if (!import_file (cli, path, file, words, options, one, error))
        return FALSE;
    }
  return parts != NULL;
}

/* A kind that --as names has to be the mapping's. */
static gboolean
load_mapping (ImportWords *words, MqImportOptions *options, GError **error)
{
  words->recipe = mq_import_recipe_load (words->mapping, error);
  if (words->recipe == NULL)
    return FALSE;
  if (words->kind != NULL && options->kind != words->recipe->kind)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--mapping: it is for %s; leave --as out."), mq_kind_name (words->recipe->kind));
      return FALSE;
    }
  options->kind = words->recipe->kind;
  return TRUE;
}

/* What was given, and where each field was found. */
static gboolean
save_mapping (const ImportWords *words, const MqImportOptions *options, const MqImportPlan *plan, GError **error)
{
  g_autoptr (MqImportRecipe) recipe = mq_import_recipe_from_options (options, plan);

  return mq_import_recipe_save (recipe, words->save_mapping, error);
}

static MqResult *
import_files (MqCli *cli, char **arguments, const ImportWords *words, MqImportOptions *options, gint64 *n_rejected, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_imported);

  for (guint i = 1; arguments[i] != NULL; i++)
    if (!import_argument (cli, arguments[0], arguments[i], words, options, all, error))
      return NULL;
  if (words->rejects != NULL && !write_rejects (all, words->rejects, error))
    return NULL;
  if (words->save_mapping != NULL && all->len > 0 && !save_mapping (words, options, ((const Imported *) all->pdata[all->len - 1])->plan, error))
    return NULL;
  for (guint i = 0; i < all->len; i++)
    *n_rejected += ((const Imported *) all->pdata[i])->outcome.rejected;
  return make_result (all);
}

static MqExit
import_main (MqCli *cli, int argc, char **argv)
{
  g_auto (ImportWords) words = { 0 };
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &words.kind, N_ ("Kind of the records: customers, orders, events …"), "KIND" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.map, N_ ("The file’s column for a field; repeatable"), "FIELD=COLUMN" },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &words.sheet, N_ ("Sheet of a workbook: its name, or #2"), "NAME" },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &words.encoding, N_ ("Encoding of the file"), "NAME" },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &words.delimiter, N_ ("What separates columns: a character, tab or blanks"), "C" },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &words.decimal, N_ ("Decimal sign: . or ,"), "C" },
    { "date-format", 0, 0, G_OPTION_ARG_STRING, &words.date_format, N_ ("ymd dmy mdy ym epoch-s epoch-ms epoch-us excel or a pattern"), "F" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &words.time_zone, N_ ("Time zone of the file (default: the project’s)"), "ZONE" },
    { "project-zone", 0, 0, G_OPTION_ARG_STRING, &words.project_zone, N_ ("Time zone of a project that is made"), "ZONE" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &words.currency, N_ ("Currency of a project that is made"), "CODE" },
    { "amount-of", 0, 0, G_OPTION_ARG_STRING, &words.amount_of, N_ ("Whose amount: line, order or order-first"), "OF" },
    { "status", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.statuses, N_ ("What a status text means; repeatable"), "TEXT=STATUS" },
    { "missing", 0, 0, G_OPTION_ARG_STRING, &words.missing, N_ ("Texts that stand for nothing, with commas between"), "LIST" },
    { "refund", 0, 0, G_OPTION_ARG_STRING, &words.refund, N_ ("Whether the amount is after refunds already: net or gross"), "WHAT" },
    { "mapping", 0, 0, G_OPTION_ARG_FILENAME, &words.mapping, N_ ("A mapping file: what was settled for such files before"), "FILE" },
    { "save-mapping", 0, 0, G_OPTION_ARG_FILENAME, &words.save_mapping, N_ ("Write what holds for this file as a mapping file"), "FILE" },
    { "header-row", 0, 0, G_OPTION_ARG_INT64, &words.header_row, N_ ("The line of the header"), "LINE" },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &words.no_header, N_ ("The first row is data"), NULL },
    { "on-bad-row", 0, 0, G_OPTION_ARG_STRING, &words.on_bad_row, N_ ("skip (default) or stop"), "WHAT" },
    { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &words.rejects, N_ ("Write the rejected rows to a CSV file too"), "FILE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &words.dry_run, N_ ("Only say what would happen"), NULL },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  MqImportOptions options = { 0 };
  gint64          n_rejected = 0;

  if (!mq_cli_parse (cli, &mq_command_import, entries, 1 + MAX_FILES, MAX_FILES - 1, argc, argv, &arguments) || !check_words (&words, &options))
    return MQ_EXIT_USAGE;
  mq_cli_begin (cli);
  if (words.mapping == NULL || load_mapping (&words, &options, &error))
    result = import_files (cli, arguments, &words, &options, &n_rejected, &error);
  mq_cli_end (cli);
  if (result == NULL)
    return mq_cli_fail (cli, error);
  if (!mq_cli_print_result (cli, result))
    return MQ_EXIT_USAGE;
  return n_rejected > 0 ? MQ_EXIT_REJECTED : MQ_EXIT_DONE;
}

const MqCommand mq_command_import = { "import", "PROJECT FILE…", N_ ("Import a file; makes the project if it is not there"), import_main };
