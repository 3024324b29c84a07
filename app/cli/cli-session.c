/* cli-session.c: a command's course: Ctrl+C and progress by a thread of their own, loading, running an analysis. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/format.h"
#include "cli.h"

#define TICK_NANOSECONDS 100000000 /* progress is pulled at 10 Hz */

static GThread *watcher;
static gint     watcher_stop;

static void
fill_signals (sigset_t *signals)
{
  sigemptyset (signals);
  sigaddset (signals, SIGINT);
  sigaddset (signals, SIGTERM);
  sigaddset (signals, SIGUSR2);
}

static void
show_progress (MqCli *cli)
{
  const char      *stage = g_atomic_pointer_get (&cli->progress.stage);
  gint64           done = __atomic_load_n (&cli->progress.done, __ATOMIC_RELAXED);
  gint64           total = __atomic_load_n (&cli->progress.total, __ATOMIC_RELAXED);
  g_autofree char *done_text = mq_format_bytes (done);
  g_autofree char *total_text = mq_format_bytes (total);

  if (stage == NULL)
    return;
  if (total > 0)
    fprintf (stderr, "\r\033[K%s  %s / %s", _ (stage), done_text, total_text);
  else
    fprintf (stderr, "\r\033[K%s", _ (stage));
  fflush (stderr);
}

/* SIGINT and SIGTERM are blocked in every thread and taken here, so no code has to be safe inside a signal handler;
 * SIGUSR2 wakes the watcher out of its tick at the end. */
static gpointer
watch_thread (gpointer data)
{
  MqCli                *cli = data;
  gboolean              progress = !cli->quiet && !cli->no_progress && isatty (STDERR_FILENO);
  sigset_t              signals;
  const struct timespec tick = { 0, TICK_NANOSECONDS };

  fill_signals (&signals);
  while (!g_atomic_int_get (&watcher_stop))
    {
      int signal = sigtimedwait (&signals, NULL, &tick);

      if (signal == SIGINT || signal == SIGTERM)
        g_cancellable_cancel (cli->cancellable);
      else if (signal != SIGUSR2 && progress)
        show_progress (cli);
    }
  if (progress)
    fprintf (stderr, "\r\033[K");
  return NULL;
}

void
mq_cli_begin (MqCli *cli)
{
  sigset_t signals;

  cli->run.cancellable = cli->cancellable;
  cli->run.progress = &cli->progress;
  cli->run.n_threads = cli->threads;
  fill_signals (&signals);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_atomic_int_set (&watcher_stop, 0);
  watcher = g_thread_new ("watcher", watch_thread, cli);
}

void
mq_cli_end (MqCli *cli)
{
  if (watcher == NULL)
    return;
  g_atomic_int_set (&watcher_stop, 1);
  kill (getpid (), SIGUSR2);
  g_thread_join (g_steal_pointer (&watcher));
}

MqDataset *
mq_cli_load (MqCli *cli, const char *path, GError **error)
{
  g_autoptr (GError) close_error = NULL;
  MqProject *project = mq_project_open (path, MQ_OPEN_READ, error);
  MqDataset *dataset;

  if (project == NULL)
    return NULL;
  dataset = mq_project_load (project, &cli->run, error);
  if (!mq_project_close (project, &close_error))
    g_debug ("closing after a read: %s", close_error->message);
  return dataset;
}

MqResult *
mq_cli_analyse (MqCli *cli, const char *project, const MqAnalysis *analysis, GVariant *settings, GError **error)
{
  g_autoptr (GVariant) given = g_variant_ref_sink (settings);
  g_autoptr (GVariant) complete = mq_settings_complete (analysis, given, error);
  g_autoptr (MqDataset) dataset = NULL;

  if (complete == NULL)
    return NULL;
  dataset = mq_cli_load (cli, project, error);
  if (dataset == NULL)
    return NULL;
  return mq_analysis_answer (analysis, dataset, complete, &cli->run, error);
}
