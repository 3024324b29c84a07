/* job.c: long work that is shown. */

#include "config.h"

#include <glib/gi18n.h>

#include "base/format.h"
#include "job.h"

struct _MqJob
{
  GObject parent_instance;

  char         *title;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  MqProgress    progress;
};

G_DEFINE_FINAL_TYPE (MqJob, mq_job, G_TYPE_OBJECT)

static void
mq_job_finalize (GObject *object)
{
  MqJob *self = MQ_JOB (object);

  g_free (self->title);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (mq_job_parent_class)->finalize (object);
}

static void
mq_job_class_init (MqJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_job_finalize;
}

static void
mq_job_init (MqJob *self)
{
  self->cancellable = g_cancellable_new ();
}

MqJob *
mq_job_new (const char *title)
{
  MqJob *self = g_object_new (MQ_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  return self;
}

const char *
mq_job_get_title (MqJob *self)
{
  g_return_val_if_fail (MQ_IS_JOB (self), NULL);

  return self->title;
}

MqRun
mq_job_get_run (MqJob *self)
{
  return (MqRun){ .cancellable = self->cancellable, .progress = &self->progress };
}

void
mq_job_cancel (MqJob *self)
{
  g_return_if_fail (MQ_IS_JOB (self));

  g_cancellable_cancel (self->cancellable);
}

gboolean
mq_job_is_cancelled (MqJob *self)
{
  g_return_val_if_fail (MQ_IS_JOB (self), TRUE);

  return g_cancellable_is_cancelled (self->cancellable);
}

double
mq_job_get_progress (MqJob *self, char **text)
{
  gint64           done = __atomic_load_n (&self->progress.done, __ATOMIC_RELAXED);
  gint64           total = __atomic_load_n (&self->progress.total, __ATOMIC_RELAXED);
  const char      *stage = __atomic_load_n (&self->progress.stage, __ATOMIC_ACQUIRE);
  const char      *name = stage != NULL ? _ (stage) : _ ("Waiting");
  g_autofree char *done_text = mq_format_bytes (done);
  g_autofree char *total_text = mq_format_bytes (total);

  if (mq_job_is_cancelled (self))
    *text = g_strdup (_ ("Cancelling"));
  else if (total > 0)
    /* Translators: a stage of work; so much of so much is done, in bytes: "Reading: 12.1 MB of 30 MB" */
    *text = g_strdup_printf (_ ("%s: %s of %s"), name, done_text, total_text);
  else
    *text = g_strdup (name);
  return total > 0 ? CLAMP ((double) done / (double) total, 0, 1) : 0;
}
