/* command-labels.c: moods corrected by hand: list, set, reset, import, undo. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli.h"
#include "import/csv-parser.h"
#include "sentiment/label-table.h"

#define MOST_CELLS 1024

/* What a file of labels gave. */
typedef struct
{
  GArray     *labels; /* (borrowed) */
  GHashTable *keys;   /* (borrowed) of the project's texts */
  int         text, polarity, emotion;
  gboolean    begun;
  gint64      read, stored, unknown, rejected;
} Reading;

/* What is to be done to the labels; FALSE with error. */
typedef struct
{
  char  **words;    /* the verb and its argument */
  char   *polarity; /* (nullable) */
  char   *emotion;  /* (nullable) */
  Reading reading;
} Change;

static gboolean
is_cell (const MqCsvCell *cell, const char *text)
{
  return cell->length == strlen (text) && memcmp (cell->text, text, cell->length) == 0;
}

static gboolean
read_header (Reading *reading, const MqCsvCell *cells, guint n, GError **error)
{
  reading->begun = TRUE;
  reading->text = reading->polarity = reading->emotion = -1;
  for (guint i = 0; i < n; i++)
    {
      if (is_cell (&cells[i], "text"))
        reading->text = i;
      else if (is_cell (&cells[i], "polarity"))
        reading->polarity = i;
      else if (is_cell (&cells[i], "emotion"))
        reading->emotion = i;
    }
  if (reading->text >= 0 && reading->polarity >= 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The first line of a file of labels names its columns: text, polarity and, if there are any, emotion."));
  return FALSE;
}

static gboolean
read_name (const MqCsvCell *cell, gboolean (*from_name) (const char *, gint *), gint *value)
{
  g_autofree char *name = g_strndup (cell->text, cell->length);

  return from_name (g_strstrip (name), value);
}

static gboolean
read_record_cb (const MqCsvCell *cells, guint n, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  Reading    *reading = data;
  MqMoodLabel label = { .emotion = MQ_MOOD_NO_LABEL };

  if (!reading->begun)
    return read_header (reading, cells, n, error);
  reading->read++;
  if ((int) n <= MAX (reading->text, reading->polarity) || !read_name (&cells[reading->polarity], mq_polarity_from_name, &label.polarity) ||
      (reading->emotion >= 0 && reading->emotion < (int) n && cells[reading->emotion].length > 0 && !read_name (&cells[reading->emotion], mq_emotion_from_name, &label.emotion)))
    {
      reading->rejected++;
      return TRUE;
    }
  label.text = mq_mood_label_key (cells[reading->text].text, cells[reading->text].length);
  if (!g_hash_table_contains (reading->keys, &label.text))
    reading->unknown++;
  else
    {
      mq_mood_labels_set (reading->labels, &label);
      reading->stored++;
    }
  return TRUE;
}

static gboolean
read_labels (Reading *reading, const char *file, GError **error)
{
  const MqCsvDialect dialect = { ",", TRUE, FALSE };
  g_autofree char   *contents = NULL;
  gsize              length, skip;

  if (!g_file_get_contents (g_str_equal (file, "-") ? "/dev/stdin" : file, &contents, &length, error))
    return FALSE;
  skip = g_str_has_prefix (contents, "\xEF\xBB\xBF") ? 3 : 0;
  return mq_csv_parse (&dialect, contents + skip, length - skip, 1, MOST_CELLS, read_record_cb, reading, error);
}

static gboolean
find_key (const Change *change, guint64 *key, GError **error)
{
  *key = mq_mood_label_key (change->words[1], strlen (change->words[1]));
  if (g_hash_table_contains (change->reading.keys, key))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("No comment of the project has this text. Give it as the table “texts” prints it."));
  return FALSE;
}

static gboolean
set_one (Change *change, GError **error)
{
  MqMoodLabel label = { .emotion = MQ_MOOD_NO_LABEL };

  if (change->polarity == NULL || !mq_polarity_from_name (change->polarity, &label.polarity))
    return mq_setting_fail (error, _ ("The option --%s takes one of %s."), "polarity", "negative, neutral, positive");
  if (change->emotion != NULL && !mq_emotion_from_name (change->emotion, &label.emotion))
    return mq_setting_fail (error, _ ("The option --%s takes one of %s."), "emotion", "neutral, joy, anger, sadness, fear, surprise, disgust");
  if (!find_key (change, &label.text, error))
    return FALSE;
  mq_mood_labels_set (change->reading.labels, &label);
  return TRUE;
}

static gboolean
reset_one (Change *change, GError **error)
{
  guint64 key;

  if (!find_key (change, &key, error))
    return FALSE;
  if (mq_mood_labels_remove (change->reading.labels, key))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("This text has no label."));
  return FALSE;
}

static gboolean
change_labels (Change *change, GError **error)
{
  if (g_str_equal (change->words[0], "set"))
    return set_one (change, error);
  if (g_str_equal (change->words[0], "reset"))
    return reset_one (change, error);
  if (g_str_equal (change->words[0], "import"))
    return read_labels (&change->reading, change->words[1], error);
  return TRUE; /* undo: the labels read are those before */
}

/* The labels as they were are kept for undo. */
static gboolean
edit (MqProject *project, Change *change, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean         undo = g_str_equal (change->words[0], "undo");
  g_autofree char *now = mq_project_get_value (project, MQ_MOOD_LABELS_VALUE, &local);
  g_autofree char *before = local == NULL ? mq_project_get_value (project, MQ_MOOD_LABELS_BEFORE, &local) : NULL;
  g_autoptr (GArray) labels = mq_mood_labels_parse (undo ? before : now);
  g_autofree char *text = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  change->reading.labels = labels;
  if (!change_labels (change, error))
    return FALSE;
  text = mq_mood_labels_print (labels);
  return mq_project_set_value (project, MQ_MOOD_LABELS_BEFORE, now != NULL ? now : "", error) && mq_project_set_value (project, MQ_MOOD_LABELS_VALUE, text, error);
}

static MqResult *
list_labels (MqCli *cli, const char *path, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_cli_load (cli, path, error);
  const MqScoredTexts *scored;
  guint                resting = 0;
  MqTable             *table = dataset != NULL ? mq_mood_labels_table (dataset, &resting, &cli->run, error) : NULL;
  g_autoptr (MqResult) result = NULL;
  g_autoptr (GError) local = NULL;

  if (table == NULL)
    return NULL;
  result = mq_result_new ("labels", 1);
  mq_result_take_table (result, table);
  scored = mq_scored_texts_get (dataset, &cli->run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (scored != NULL)
    mq_result_take_table (result, mq_corrections_table (scored));
  if (resting > 0)
    mq_result_warn (result, ngettext ("The text of %u label is not in the project.", "The texts of %u labels are not in the project.", resting), resting);
  return g_steal_pointer (&result);
}

static gboolean
are_words (char **words)
{
  guint n = g_strv_length (words);

  if (n == 0 || (n == 1 && (g_str_equal (words[0], "list") || g_str_equal (words[0], "undo"))))
    return TRUE;
  return n == 2 && (g_str_equal (words[0], "set") || g_str_equal (words[0], "reset") || g_str_equal (words[0], "import"));
}

static gboolean
work (MqCli *cli, const char *path, Change *change, GError **error)
{
  g_autoptr (MqDataset) dataset = mq_cli_load (cli, path, error);
  g_autoptr (GHashTable) keys = dataset != NULL ? mq_mood_label_keys (dataset, &cli->run, error) : NULL;
  MqProject *project;
  gboolean   ok;

  if (keys == NULL)
    return FALSE;
  change->reading.keys = keys;
  project = mq_project_open (path, MQ_OPEN_WRITE, error);
  ok = project != NULL && edit (project, change, error);
  return project != NULL && mq_project_close (project, ok ? error : NULL) && ok;
}

static void
tell (MqCli *cli, const Reading *reading)
{
  if (reading->begun)
    mq_cli_note (cli, _ ("%ld labels read: %ld stored, %ld of texts that the project does not have, %ld whose mood is none."), (long) reading->read, (long) reading->stored, (long) reading->unknown, (long) reading->rejected);
}

static MqExit
labels_main (MqCli *cli, int argc, char **argv)
{
  g_autofree char   *polarity = NULL, *emotion = NULL;
  const GOptionEntry entries[] = {
    { "polarity", 0, 0, G_OPTION_ARG_STRING, &polarity, N_ ("The mood that the text has"), "negative|neutral|positive" },
    { "emotion", 0, 0, G_OPTION_ARG_STRING, &emotion, N_ ("The emotion that it has"), "neutral|joy|anger|sadness|fear|surprise|disgust" },
    { NULL }
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = NULL;
  Change change = { 0 };

  if (!mq_cli_parse (cli, &mq_command_labels, entries, 3, 2, argc, argv, &arguments))
    return MQ_EXIT_USAGE;
  if (!are_words (arguments + 1))
    return mq_cli_usage_error (_ ("Use: labels PROJECT, labels PROJECT set TEXT --polarity P, labels PROJECT reset TEXT, labels PROJECT import FILE, or labels PROJECT undo."));
  change = (Change){ arguments + 1, polarity, emotion, { 0 } };
  mq_cli_begin (cli);
  if (arguments[1] == NULL || g_str_equal (arguments[1], "list") || work (cli, arguments[0], &change, &error))
    result = list_labels (cli, arguments[0], &error);
  mq_cli_end (cli);
  if (error != NULL)
    return mq_cli_fail (cli, error);
  tell (cli, &change.reading);
  if (!mq_cli_print_result (cli, result))
    return MQ_EXIT_USAGE;
  return change.reading.rejected > 0 ? MQ_EXIT_REJECTED : MQ_EXIT_DONE;
}

const MqCommand mq_command_labels = { "labels", "PROJECT [list|set TEXT|reset TEXT|import FILE|undo]", N_ ("Moods of comments corrected by hand"), labels_main };
