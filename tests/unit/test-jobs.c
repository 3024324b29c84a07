/* test-jobs.c: the newest answer only; the order of the store's queue; cancelling and closing while work runs. */

#include "config.h"

#include <gio/gio.h>

#include "jobs/job-queue.h"

/* A gate that a worker waits at until the test opens it: the order of events is the test's, not the scheduler's. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  guint    reached; /* how many wait or have passed */
  gboolean open;
} Gate;

typedef struct
{
  guint   answers;
  gint64  revision; /* of the newest answer */
  GError *error;    /* (owned) of the newest answer */
} Answers;

static Gate gates[2];

static void
gate_init (Gate *gate)
{
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  gate->reached = 0;
  gate->open = FALSE;
}

static void
gate_clear (Gate *gate)
{
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->cond);
}

static void
gate_pass (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->reached++;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_wait_reached (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (gate->reached == 0)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static gboolean
time_out_cb (gpointer data)
{
  g_error ("waited too long for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

/* Runs the main context until the condition holds; a bound, not a sleep. */
#define WAIT(condition)                                                            \
  G_STMT_START                                                                     \
  {                                                                                \
    guint bound_ = g_timeout_add_seconds (60, time_out_cb, (gpointer) #condition); \
    while (!(condition))                                                           \
      g_main_context_iteration (NULL, TRUE);                                       \
    g_source_remove (bound_);                                                      \
  }                                                                                \
  G_STMT_END

/* Analyses that wait at a gate and then answer although they were cancelled: the worst kind. */
static MqResult *
run_at_gate (guint which)
{
  MqResult *result;

  gate_pass (&gates[which]);
  result = mq_result_new ("test", 1);
  mq_result_provenance (result)->revision = which + 1;
  return result;
}

static MqResult *
run_first (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  return run_at_gate (0);
}

static MqResult *
run_second (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  return run_at_gate (1);
}

static MqResult *
run_failing (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, "no orders");
  return NULL;
}

static const MqSetting  no_settings[] = { { NULL } };
static const MqAnalysis first = { "first", "First", 1, no_settings, run_first };
static const MqAnalysis second = { "second", "Second", 1, no_settings, run_second };
static const MqAnalysis failing = { "failing", "Failing", 1, no_settings, run_failing };

static void
answer_cb (MqResult *result, const GError *error, gpointer user_data)
{
  Answers *answers = user_data;

  answers->answers++;
  answers->revision = result != NULL ? mq_result_provenance (result)->revision : -1;
  g_clear_error (&answers->error);
  answers->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
settings_freed_cb (gpointer data)
{
  g_atomic_int_set ((gint *) data, 1);
  g_main_context_wakeup (NULL);
}

/* Empty settings that tell when the last holder lets go: a question's are freed after its callback was called. */
static GVariant *
make_tracked_settings (gint *freed)
{
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func ("", 0, settings_freed_cb, freed);

  return g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, TRUE);
}

#define WAIT_FREED(freed) WAIT (g_atomic_int_get (&(freed)) == 1)

static void
test_request_reversed (void)
{
  Answers answers = { 0 };
  gint    freed = 0;
  g_autoptr (MqRequest) request = mq_request_new (answer_cb, &answers);

  gate_init (&gates[0]);
  gate_init (&gates[1]);

  mq_request_ask (request, &first, NULL, make_tracked_settings (&freed));
  gate_wait_reached (&gates[0]);
  mq_request_ask (request, &second, NULL, NULL);
  gate_wait_reached (&gates[1]);
  g_assert_true (mq_request_is_busy (request));

  gate_open (&gates[1]);
  WAIT (answers.answers == 1);
  g_assert_cmpint (answers.revision, ==, 2);
  g_assert_false (mq_request_is_busy (request));

  gate_open (&gates[0]);
  WAIT_FREED (freed);
  g_assert_cmpuint (answers.answers, ==, 1);
  g_assert_cmpint (answers.revision, ==, 2);

  gate_clear (&gates[0]);
  gate_clear (&gates[1]);
}

/* The superseded answer comes first: it is dropped all the same. */
static void
test_request_in_order (void)
{
  Answers answers = { 0 };
  gint    freed = 0;
  g_autoptr (MqRequest) request = mq_request_new (answer_cb, &answers);

  gate_init (&gates[0]);
  gate_init (&gates[1]);

  mq_request_ask (request, &first, NULL, make_tracked_settings (&freed));
  gate_wait_reached (&gates[0]);
  mq_request_ask (request, &second, NULL, NULL);
  gate_open (&gates[0]);
  WAIT_FREED (freed);
  g_assert_cmpuint (answers.answers, ==, 0);
  gate_open (&gates[1]);
  WAIT (answers.answers == 1);
  g_assert_cmpint (answers.revision, ==, 2);

  gate_clear (&gates[0]);
  gate_clear (&gates[1]);
}

static void
test_request_freed (void)
{
  Answers    answers = { 0 };
  gint       freed = 0;
  MqRequest *request = mq_request_new (answer_cb, &answers);

  gate_init (&gates[0]);
  mq_request_ask (request, &first, NULL, make_tracked_settings (&freed));
  gate_wait_reached (&gates[0]);
  mq_request_free (request);
  gate_open (&gates[0]);
  WAIT_FREED (freed);
  g_assert_cmpuint (answers.answers, ==, 0);
  gate_clear (&gates[0]);
}

static void
test_request_cancelled (void)
{
  Answers answers = { 0 };
  gint    freed = 0;
  g_autoptr (MqRequest) request = mq_request_new (answer_cb, &answers);

  gate_init (&gates[0]);
  mq_request_ask (request, &first, NULL, make_tracked_settings (&freed));
  gate_wait_reached (&gates[0]);
  mq_request_cancel (request);
  g_assert_false (mq_request_is_busy (request));
  gate_open (&gates[0]);
  WAIT_FREED (freed);
  g_assert_cmpuint (answers.answers, ==, 0);
  gate_clear (&gates[0]);
}

static void
test_request_error (void)
{
  Answers answers = { 0 };
  g_autoptr (MqRequest) request = mq_request_new (answer_cb, &answers);

  mq_request_ask (request, &failing, NULL, NULL);
  WAIT (answers.answers == 1);
  g_assert_error (answers.error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA);

  mq_request_ask (request, &failing, NULL, g_variant_new_parsed ("{'no-such-setting': <'1'>}"));
  WAIT (answers.answers == 2);
  g_assert_error (answers.error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
  g_clear_error (&answers.error);
}

/* The store's jobs note their number here; read after their callbacks. */
typedef struct
{
  GMutex  mutex;
  GArray *order; /* (element-type gint) */
  Gate    gate;
  gint    freed; /* atomic: data freed */
  guint   done;
  guint   cancelled;
} StoreLog;

typedef struct
{
  StoreLog *log; /* (borrowed) */
  gint      number;
} StoreEntry;

static StoreEntry *
store_entry_new (StoreLog *log, gint number)
{
  StoreEntry *entry = g_new0 (StoreEntry, 1);

  entry->log = log;
  entry->number = number;
  return entry;
}

static void
store_entry_free (gpointer data)
{
  StoreEntry *entry = data;

  g_atomic_int_inc (&entry->log->freed);
  g_free (entry);
}

static gpointer
store_note (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  StoreEntry *entry = data;

  g_assert_null (project);
  g_mutex_lock (&entry->log->mutex);
  g_array_append_val (entry->log->order, entry->number);
  g_mutex_unlock (&entry->log->mutex);
  return GINT_TO_POINTER (1);
}

static gpointer
store_wait (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  StoreEntry *entry = data;

  gate_pass (&entry->log->gate);
  return store_note (project, data, run, error);
}

static void
store_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StoreLog *log = user_data;
  g_autoptr (GError) error = NULL;

  if (mq_store_run_finish (NULL, result, &error) != NULL)
    log->done++;
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      log->cancelled++;
    }
}

static void
store_log_init (StoreLog *log)
{
  *log = (StoreLog){ 0 };
  g_mutex_init (&log->mutex);
  gate_init (&log->gate);
  log->order = g_array_new (FALSE, FALSE, sizeof (gint));
}

static void
store_log_clear (StoreLog *log)
{
  g_mutex_clear (&log->mutex);
  gate_clear (&log->gate);
  g_array_unref (log->order);
}

static void
test_store_order (void)
{
  StoreLog log;
  g_autoptr (MqStore) store = mq_store_new ();

  store_log_init (&log);
  mq_store_run (store, store_wait, store_entry_new (&log, 0), store_entry_free, NULL, NULL, store_done_cb, &log);
  for (gint i = 1; i < 100; i++)
    mq_store_run (store, store_note, store_entry_new (&log, i), store_entry_free, NULL, NULL, store_done_cb, &log);
  gate_open (&log.gate);
  WAIT (log.done == 100);
  g_assert_cmpuint (log.order->len, ==, 100);
  for (gint i = 0; i < 100; i++)
    g_assert_cmpint (g_array_index (log.order, gint, i), ==, i);
  g_clear_pointer (&store, mq_store_free);
  g_assert_cmpint (g_atomic_int_get (&log.freed), ==, 100);
  store_log_clear (&log);
}

/* A job cancelled while it waits in the queue never runs; what runs and does not look is not reported as cancelled. */
static void
test_store_cancel (void)
{
  StoreLog log;
  g_autoptr (MqStore) store = mq_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MqRun run = { .cancellable = cancellable };

  store_log_init (&log);
  mq_store_run (store, store_wait, store_entry_new (&log, 1), store_entry_free, NULL, &run, store_done_cb, &log);
  mq_store_run (store, store_note, store_entry_new (&log, 2), store_entry_free, NULL, &run, store_done_cb, &log);
  gate_wait_reached (&log.gate);
  g_cancellable_cancel (cancellable);
  gate_open (&log.gate);
  WAIT (log.done + log.cancelled == 2);
  g_assert_cmpuint (log.done, ==, 1);
  g_assert_cmpuint (log.cancelled, ==, 1);
  g_assert_cmpuint (log.order->len, ==, 1);
  g_clear_pointer (&store, mq_store_free);
  g_assert_cmpint (g_atomic_int_get (&log.freed), ==, 2);
  store_log_clear (&log);
}

static gpointer
open_gate_later (gpointer data)
{
  gate_open (data);
  return NULL;
}

/* Closing while one job runs and others wait: the first is finished, the others are dropped, each is answered. */
static void
test_store_close (void)
{
  StoreLog log;
  MqStore *store = mq_store_new ();
  g_autoptr (GThread) opener = NULL;

  store_log_init (&log);
  mq_store_run (store, store_wait, store_entry_new (&log, 0), store_entry_free, NULL, NULL, store_done_cb, &log);
  for (gint i = 1; i < 10; i++)
    mq_store_run (store, store_wait, store_entry_new (&log, i), store_entry_free, NULL, NULL, store_done_cb, &log);
  gate_wait_reached (&log.gate);
  opener = g_thread_new ("opener", open_gate_later, &log.gate);
  mq_store_free (store);
  WAIT (log.done + log.cancelled == 10);
  g_assert_cmpuint (log.done, >=, 1);
  g_assert_cmpuint (log.order->len, ==, log.done);
  g_assert_cmpint (g_atomic_int_get (&log.freed), ==, 10);
  g_thread_join (g_steal_pointer (&opener));
  store_log_clear (&log);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jobs/request/reversed", test_request_reversed);
  g_test_add_func ("/jobs/request/in-order", test_request_in_order);
  g_test_add_func ("/jobs/request/freed", test_request_freed);
  g_test_add_func ("/jobs/request/cancelled", test_request_cancelled);
  g_test_add_func ("/jobs/request/error", test_request_error);
  g_test_add_func ("/jobs/store/order", test_store_order);
  g_test_add_func ("/jobs/store/cancel", test_store_cancel);
  g_test_add_func ("/jobs/store/close", test_store_close);
  return g_test_run ();
}
