/* erase-work.c: looking at what would be erased, and erasing. */

#include "config.h"

#include "erase-work.h"

#include <glib/gi18n.h>

#include "project-state.h"

/* What goes to the store thread. */
typedef struct
{
  char    *path;     /* (owned) of the project that was open when it was asked */
  char    *customer; /* (owned) */
  gboolean dry_run;
} Order;

/* What a task carries. */
typedef struct
{
  MqJob     *job;     /* (owned) */
  MqErasure *erasure; /* (owned) (nullable) */
  GError    *error;   /* (owned) (nullable) */
  gboolean   dry_run;
} Erasing;

static void
free_order (gpointer data)
{
  Order *order = data;

  g_free (order->path);
  g_free (order->customer);
  g_free (order);
}

static void
free_erasing (gpointer data)
{
  Erasing *erasing = data;

  g_object_unref (erasing->job);
  g_free (erasing->erasure);
  g_clear_error (&erasing->error);
  g_free (erasing);
}

/* The words of the command line speak of a list of keys. */
static void
explain (GError **error)
{
  if (!g_error_matches (*error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON))
    return;
  g_clear_error (error);
  g_set_error_literal (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON, _ ("By this key alone the customer is not found, or is not the only one. The command line’s “erase” takes a key with its kind, as in phone=KEY."));
}

/* Store thread. */
static gpointer
carry_out (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  const Order          *order = data;
  const char *const     keys[] = { order->customer, NULL };
  g_autofree MqErasure *erasure = g_new0 (MqErasure, 1);
  g_autoptr (GError) local = NULL;

  if (project != NULL && !g_str_equal (mq_project_path (project), order->path))
    project = NULL;
  if (!mq_project_require (project, error))
    return NULL;
  if (mq_project_erase (project, keys, order->dry_run, erasure, run, &local))
    return g_steal_pointer (&erasure);
  explain (&local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
answer (GTask *task)
{
  Erasing *erasing = g_task_get_task_data (task);

  mq_session_remove_job (g_task_get_source_object (task), erasing->job);
  if (erasing->erasure != NULL)
    g_task_return_pointer (task, g_steal_pointer (&erasing->erasure), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&erasing->error));
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!mq_session_finish (MQ_SESSION (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mq_session_fail (MQ_SESSION (source), _ ("The Project Was Not Opened"), error->message);
  answer (task);
}

/* A failure may come after the records have gone: the pages are to see it. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSession *session = g_task_get_source_object (task);
  Erasing   *erasing = g_task_get_task_data (task);

  erasing->erasure = mq_store_run_finish (NULL, result, &erasing->error);
  if (erasing->dry_run || g_error_matches (erasing->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    answer (task);
  else
    mq_session_reload (session, reloaded_cb, g_steal_pointer (&task));
}

static void
start (MqSession *session, const char *customer, gboolean dry_run, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask   *task = g_task_new (session, NULL, callback, user_data);
  Order   *order = g_new0 (Order, 1);
  Erasing *erasing = g_new0 (Erasing, 1);
  MqRun    run;

  order->path = g_strdup (mq_session_get_path (session) != NULL ? mq_session_get_path (session) : "");
  order->customer = g_strdup (customer);
  order->dry_run = dry_run;
  erasing->dry_run = dry_run;
  erasing->job = mq_job_new (dry_run ? _ ("Counting what would be erased") : _ ("Erasing a customer"));
  g_task_set_task_data (task, erasing, free_erasing);
  mq_session_add_job (session, erasing->job);
  run = mq_job_get_run (erasing->job);
  mq_store_run (mq_session_get_store (session), carry_out, order, free_order, g_free, &run, done_cb, task);
}

void
mq_erase_look_start (MqSession *session, const char *customer, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MQ_IS_SESSION (session) && customer != NULL);

  start (session, customer, TRUE, callback, user_data);
}

MqErasure *
mq_erase_look_finish (MqSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mq_erase_start (MqSession *session, const char *customer, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MQ_IS_SESSION (session) && customer != NULL);

  start (session, customer, FALSE, callback, user_data);
}

gboolean
mq_erase_finish (MqSession *session, GAsyncResult *result, GError **error)
{
  g_autofree MqErasure *erasure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  erasure = g_task_propagate_pointer (G_TASK (result), error);
  return erasure != NULL;
}
