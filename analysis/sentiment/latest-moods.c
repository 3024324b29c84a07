/* latest-moods.c: a few latest comments of each customer. */

#include "config.h"

#include "sentiment/latest-moods.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/civil-time.h"
#include "project/class-column.h"
#include "sentiment/feedback-tables.h"
#include "sentiment/mood-mean.h"
#include "stats/interval.h"

#define NO_MOOD G_MAXUINT8

typedef struct
{
  guint   n;
  guint8 *labels;   /* (owned) by person; NO_MOOD */
  guint8 *comments; /* (owned) how many say so */
  gint64 *times;    /* (owned) of the latest */
} Latest;

typedef struct
{
  gint64        time;
  const char   *text;
  const MqMood *mood;
} Said;

static void
clear_latest (Latest *self)
{
  g_free (self->labels);
  g_free (self->comments);
  g_free (self->times);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Latest, clear_latest)

static gboolean
is_later (const Said *a, const Said *b)
{
  return a->time != b->time ? a->time > b->time : strcmp (a->text, b->text) < 0;
}

/* Keeps the latest, newest first. */
static void
keep (Said *latest, guint *n, const Said *said)
{
  guint place = *n;

  while (place > 0 && is_later (said, &latest[place - 1]))
    place--;
  if (place == MQ_LATEST_COMMENTS)
    return;
  *n = MIN (*n + 1, MQ_LATEST_COMMENTS);
  memmove (latest + place + 1, latest + place, (*n - place - 1) * sizeof *latest);
  latest[place] = *said;
}

static void
read_person (Latest *self, guint person, const MqColumn *text, const MqColumn *time, const MqScoredTexts *scored, gsize first, gsize end, gint64 as_of)
{
  Said       latest[MQ_LATEST_COMMENTS];
  guint      n = 0;
  MqMoodMean mean = { 0 };

  for (gsize row = first; row < end; row++)
    {
      guint32 code = text->codes[row];

      if (code != MQ_CODE_MISSING && !scored->stock[code] && time->values[row] <= as_of)
        keep (latest, &n, &(Said){ time->values[row], mq_strings_get (text->strings, code), &scored->moods[code] });
    }
  for (guint i = 0; i < n; i++)
    mq_mood_mean_add (&mean, latest[i].mood);
  self->labels[person] = n > 0 ? mq_mood_mean_label (&mean) : NO_MOOD;
  self->comments[person] = n;
  self->times[person] = n > 0 ? latest[0].time : MQ_TIME_MISSING;
}

static gboolean
read_all (Latest *self, MqDataset *dataset, gint64 as_of, const MqRun *run, GError **error)
{
  const MqFacts       *facts = mq_dataset_facts (dataset, MQ_KIND_FEEDBACK, run, error);
  const MqColumn      *text, *time;
  const MqScoredTexts *scored;

  if (facts == NULL)
    return FALSE;
  self->n = mq_dataset_n_persons (dataset, run, NULL);
  self->labels = g_malloc (MAX (self->n, 1));
  self->comments = g_new0 (guint8, MAX (self->n, 1));
  self->times = g_new0 (gint64, MAX (self->n, 1));
  memset (self->labels, NO_MOOD, self->n);
  if (facts->n_rows == 0)
    return TRUE;
  text = mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "text", run, error);
  time = text != NULL ? mq_dataset_column (dataset, MQ_KIND_FEEDBACK, "time", run, error) : NULL;
  scored = time != NULL ? mq_scored_texts_get (dataset, run, error) : NULL;
  if (scored == NULL)
    return FALSE;
  for (guint person = 0; person < MIN (self->n, facts->n_persons); person++)
    read_person (self, person, text, time, scored, facts->offsets[person], facts->offsets[person + 1], as_of);
  return mq_run_check (run, error);
}

/* Text lists are sorted by bytes: negative, neutral, positive, uncertain are. */
static gpointer
make_column_cb (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_auto (Latest) latest = { 0 };
  const char    *names[MQ_N_LABELS];
  MqClassColumn *kept;

  if (!read_all (&latest, dataset, G_MAXINT64, run, error))
    return NULL;
  for (guint label = 0; label < MQ_N_LABELS; label++)
    names[label] = mq_mood_label_name (label);
  kept = mq_class_column_new (names, MQ_N_LABELS, latest.n);
  for (guint person = 0; person < latest.n; person++)
    if (latest.labels[person] != NO_MOOD)
      kept->codes[person] = latest.labels[person];
  return kept;
}

const MqColumn *
mq_latest_moods_column (MqDataset *dataset, const MqRun *run, GError **error)
{
  MqClassColumn *kept = mq_dataset_derive_by_values (dataset, "latest-moods", make_column_cb, mq_class_column_free, run, error);

  return kept != NULL ? &kept->column : NULL;
}

static MqTable *
make_latest_table (const Latest *self)
{
  MqTableBuilder *builder = mq_table_builder_new ("latest", NULL, NULL);
  gint64          counts[MQ_N_LABELS] = { 0 }, all = 0;

  for (guint person = 0; person < self->n; person++)
    if (self->labels[person] != NO_MOOD)
      {
        counts[self->labels[person]]++;
        all++;
      }
  mq_table_builder_add_column (builder, "label", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  for (guint label = 0; label < MQ_N_LABELS && all > 0; label++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_mood_label_name (label));
      mq_table_builder_set_integer (builder, 1, counts[label]);
      mq_table_builder_set_double (builder, 2, (double) counts[label] / all);
    }
  return mq_table_builder_finish (builder);
}

static int
compare_labels_cb (gconstpointer a, gconstpointer b, gpointer labels)
{
  return strcmp (mq_strings_get (labels, *(const guint32 *) a), mq_strings_get (labels, *(const guint32 *) b));
}

static MqTable *
make_customers_table (const Latest *self, MqDataset *dataset, const char *label)
{
  MqTableBuilder  *builder = mq_table_builder_new ("customers", NULL, mq_dataset_zone_name (dataset));
  const MqStrings *labels = mq_dataset_labels (dataset);
  g_autoptr (GArray) persons = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 person = 0; person < self->n; person++)
    if (self->labels[person] != NO_MOOD && g_str_equal (mq_mood_label_name (self->labels[person]), label))
      g_array_append_val (persons, person);
  g_array_sort_with_data (persons, compare_labels_cb, (gpointer) labels);
  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "mood", N_ ("Mood"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "comments", N_ ("Latest comments"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "latest", N_ ("Latest"), MQ_COLUMN_TIME);
  for (guint i = 0; i < persons->len; i++)
    {
      guint32 person = g_array_index (persons, guint32, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_strings_get (labels, person));
      mq_table_builder_set_text (builder, 1, label);
      mq_table_builder_set_integer (builder, 2, self->comments[person]);
      mq_table_builder_set_integer (builder, 3, self->times[person]);
    }
  return mq_table_builder_finish (builder);
}

gboolean
mq_latest_moods_tables (MqDataset *dataset, gint64 as_of, const char *label, MqTable **latest, MqTable **customers, const MqRun *run, GError **error)
{
  g_auto (Latest) self = { 0 };

  if (!read_all (&self, dataset, as_of, run, error) || (label != NULL && !mq_dataset_load_labels (dataset, run, error)))
    return FALSE;
  *latest = make_latest_table (&self);
  *customers = label != NULL ? make_customers_table (&self, dataset, label) : NULL;
  return TRUE;
}
