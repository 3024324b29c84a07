/* step-guide.c: the lists of words, and those of a field's values when they are asked for. */

#include "config.h"

#include "step-guide.h"

#include "jobs/job-queue.h"
#include "query/step-words.h"
#include "weak.h"

#define MOST_WORDS 8

struct _MqStepGuide
{
  GObject parent_instance;

  MqDataset    *dataset;     /* (owned) (nullable) */
  MqStepWords  *words;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of what is under way */
  GHashTable   *asked;       /* (owned) (element-type utf8) fields whose values were asked for */
};

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqStepGuide, mq_step_guide, G_TYPE_OBJECT)

typedef struct
{
  MqStepWords *words; /* (owned) */
  char        *field; /* (owned) */
} Values;

static void
free_values (gpointer data)
{
  Values *values = data;

  mq_step_words_unref (values->words);
  g_free (values->field);
  g_free (values);
}

static gpointer
gather_cb (gpointer data, const MqRun *run, GError **error)
{
  return mq_step_words_new (data, run, error);
}

static gpointer
load_values_cb (gpointer data, const MqRun *run, GError **error)
{
  Values *values = data;

  return mq_step_words_load (values->words, values->field, run, error) ? mq_step_words_ref (values->words) : NULL;
}

/* Words are a help: without them one types on, and what is damaged is said by who needs it. */
static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqStepGuide) self = mq_weak_steal (user_data);
  g_autoptr (MqStepWords) words = mq_worker_run_finish (result, NULL);

  if (self == NULL || words == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->words == NULL)
    self->words = g_steal_pointer (&words);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
forget (MqStepGuide *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->words, mq_step_words_unref);
  g_clear_pointer (&self->dataset, mq_dataset_unref);
  g_hash_table_remove_all (self->asked);
}

static void
mq_step_guide_dispose (GObject *object)
{
  forget (MQ_STEP_GUIDE (object));

  G_OBJECT_CLASS (mq_step_guide_parent_class)->dispose (object);
}

static void
mq_step_guide_finalize (GObject *object)
{
  g_hash_table_unref (MQ_STEP_GUIDE (object)->asked);

  G_OBJECT_CLASS (mq_step_guide_parent_class)->finalize (object);
}

static void
mq_step_guide_class_init (MqStepGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_step_guide_dispose;
  G_OBJECT_CLASS (klass)->finalize = mq_step_guide_finalize;
  signals[LOADED] = g_signal_new ("loaded", MQ_TYPE_STEP_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_step_guide_init (MqStepGuide *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MqStepGuide *
mq_step_guide_new (void)
{
  return g_object_new (MQ_TYPE_STEP_GUIDE, NULL);
}

void
mq_step_guide_set_dataset (MqStepGuide *self, MqDataset *dataset)
{
  MqRun run = { 0 };

  if (dataset == self->dataset)
    return;
  forget (self);
  if (dataset == NULL)
    return;
  self->dataset = mq_dataset_ref (dataset);
  self->cancellable = run.cancellable = g_cancellable_new ();
  mq_worker_run (gather_cb, mq_dataset_ref (dataset), (GDestroyNotify) mq_dataset_unref, (GDestroyNotify) mq_step_words_unref, &run, gathered_cb, mq_weak_new (self));
}

char **
mq_step_guide_complete (MqStepGuide *self, const char *text, gsize cursor, gsize *start)
{
  g_autofree char *field = NULL;
  char           **words;
  MqRun            run = { .cancellable = self->cancellable };

  *start = cursor;
  if (self->words == NULL)
    return g_new0 (char *, 1);
  words = mq_step_words_complete (self->words, text, cursor, MOST_WORDS, start, &field);
  if (field != NULL && g_hash_table_add (self->asked, g_strdup (field)))
    {
      Values *values = g_new (Values, 1);

      *values = (Values){ mq_step_words_ref (self->words), g_steal_pointer (&field) };
      mq_worker_run (load_values_cb, values, free_values, (GDestroyNotify) mq_step_words_unref, &run, gathered_cb, mq_weak_new (self));
    }
  return words;
}
