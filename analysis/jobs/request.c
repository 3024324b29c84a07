/* request.c: MqRequest, the newest answer only. Lives on one thread; what comes back finds it through a shared state
 * that outlives it. */

#include "config.h"

#include "jobs/job-queue.h"

typedef struct
{
  grefcount     references; /* the request's and one a question under way; all on the asking thread */
  MqAnswer      answer;     /* (nullable) NULL once the request is freed */
  gpointer      user_data;
  guint64       newest;      /* number of the newest question; 0: none */
  GCancellable *cancellable; /* (owned) (nullable) of the newest question while it is under way */
} RequestState;

struct _MqRequest
{
  RequestState *state; /* (owned) */
};

typedef struct
{
  RequestState *state; /* (owned) */
  guint64       number;
} Question;

static void
unref_state (RequestState *state)
{
  if (!g_ref_count_dec (&state->references))
    return;
  g_clear_object (&state->cancellable);
  g_free (state);
}

static void
cancel_newest (RequestState *state)
{
  if (state->cancellable != NULL)
    g_cancellable_cancel (state->cancellable);
  g_clear_object (&state->cancellable);
}

static void
answered_cb (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  RequestState        *state = question->state;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqResult) result = mq_analysis_run_finish (async_result, &error);

  if (state->answer != NULL && state->cancellable != NULL && question->number == state->newest)
    {
      g_clear_object (&state->cancellable);
      state->answer (result, error, state->user_data);
    }
  unref_state (state);
}

MqRequest *
mq_request_new (MqAnswer answer, gpointer user_data)
{
  MqRequest *self = g_new0 (MqRequest, 1);

  self->state = g_new0 (RequestState, 1);
  g_ref_count_init (&self->state->references);
  self->state->answer = answer;
  self->state->user_data = user_data;
  return self;
}

void
mq_request_free (MqRequest *self)
{
  if (self == NULL)
    return;
  cancel_newest (self->state);
  self->state->answer = NULL;
  unref_state (self->state);
  g_free (self);
}

void
mq_request_ask (MqRequest *self, const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings)
{
  Question *question = g_new0 (Question, 1);

  cancel_newest (self->state);
  self->state->cancellable = g_cancellable_new ();
  question->number = ++self->state->newest;
  question->state = self->state;
  g_ref_count_inc (&self->state->references);
  mq_analysis_run_async (analysis, dataset, settings, self->state->cancellable, answered_cb, question);
}

void
mq_request_cancel (MqRequest *self)
{
  cancel_newest (self->state);
}

gboolean
mq_request_is_busy (MqRequest *self)
{
  return self->state->cancellable != NULL;
}
