/* comment-search.c: texts are folded once, with the first query. */

#include "config.h"

#include "comment-search.h"

#include "jobs/job-queue.h"
#include "sentiment/feedback-query.h"
#include "weak.h"

#define CHECK_EVERY 4096

/* What queries share; any thread. */
typedef struct
{
  gatomicrefcount ref_count;
  MqTable        *table; /* (owned) */
  guint           column;
  GMutex          lock;
  GPtrArray      *folded; /* (owned) (element-type utf8) by row, so many as are folded yet */
} Texts;

struct _MqCommentSearch
{
  GObject parent_instance;

  Texts        *texts;   /* (owned) */
  GCancellable *running; /* (owned) (nullable) */
  guint         asked;   /* number of the newest query */
};

/* A query on its way, on the worker. */
typedef struct
{
  Texts           *texts; /* (owned) */
  MqFeedbackQuery *query; /* (owned) */
} Search;

/* Who waits for it. */
typedef struct
{
  gpointer weak;
  guint    number;
} Waiting;

enum
{
  SIGNAL_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqCommentSearch, mq_comment_search, G_TYPE_OBJECT)

static void
unref_texts (Texts *texts)
{
  if (!g_atomic_ref_count_dec (&texts->ref_count))
    return;
  mq_table_unref (texts->table);
  g_ptr_array_unref (texts->folded);
  g_mutex_clear (&texts->lock);
  g_free (texts);
}

static void
free_search (gpointer data)
{
  Search *search = data;

  unref_texts (search->texts);
  mq_feedback_query_free (search->query);
  g_free (search);
}

/* FALSE: it was cancelled; the next query goes on from here. */
static gboolean
fold_texts (Texts *texts, const MqRun *run, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&texts->lock);

  for (gsize row = texts->folded->len; row < mq_table_n_rows (texts->table); row++)
    {
      const char *text = mq_table_text (texts->table, row, texts->column);

      if (row % CHECK_EVERY == 0 && !mq_run_check (run, error))
        return FALSE;
      g_ptr_array_add (texts->folded, mq_feedback_fold (text != NULL ? text : ""));
    }
  return TRUE;
}

static gpointer
search_cb (gpointer data, const MqRun *run, GError **error)
{
  Search *search = data;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!fold_texts (search->texts, run, error))
    return NULL;
  for (guint32 row = 0; row < search->texts->folded->len; row++)
    {
      if (row % CHECK_EVERY == 0 && !mq_run_check (run, error))
        return NULL;
      if (mq_feedback_query_matches (search->query, search->texts->folded->pdata[row]))
        g_array_append_val (rows, row);
    }
  return g_steal_pointer (&rows);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  guint    number = waiting->number;
  g_autoptr (MqCommentSearch) self = mq_weak_steal (waiting->weak);
  g_autoptr (GArray) rows = mq_worker_run_finish (result, NULL);

  g_free (waiting);
  if (self != NULL && rows != NULL && number == self->asked)
    g_signal_emit (self, signals[SIGNAL_FOUND], 0, rows);
}

static void
mq_comment_search_dispose (GObject *object)
{
  MqCommentSearch *self = MQ_COMMENT_SEARCH (object);

  mq_comment_search_cancel (self);
  g_clear_pointer (&self->texts, unref_texts);

  G_OBJECT_CLASS (mq_comment_search_parent_class)->dispose (object);
}

static void
mq_comment_search_class_init (MqCommentSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_comment_search_dispose;
  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mq_comment_search_init (MqCommentSearch *self)
{
}

MqCommentSearch *
mq_comment_search_new (MqTable *table)
{
  MqCommentSearch *self = g_object_new (MQ_TYPE_COMMENT_SEARCH, NULL);

  self->texts = g_new0 (Texts, 1);
  g_atomic_ref_count_init (&self->texts->ref_count);
  g_mutex_init (&self->texts->lock);
  self->texts->table = mq_table_ref (table);
  self->texts->column = (guint) mq_table_find_column (table, "text");
  self->texts->folded = g_ptr_array_new_with_free_func (g_free);
  return self;
}

gboolean
mq_comment_search_ask (MqCommentSearch *self, const char *query, GError **error)
{
  MqFeedbackQuery *parsed;
  Search          *search;
  Waiting         *waiting;
  MqRun            run = { 0 };

  g_return_val_if_fail (MQ_IS_COMMENT_SEARCH (self), FALSE);

  mq_comment_search_cancel (self);
  parsed = mq_feedback_query_parse (query, NULL, error);
  if (parsed == NULL)
    return FALSE;
  search = g_new0 (Search, 1);
  search->texts = self->texts;
  g_atomic_ref_count_inc (&self->texts->ref_count);
  search->query = parsed;
  waiting = g_new0 (Waiting, 1);
  waiting->weak = mq_weak_new (self);
  waiting->number = self->asked;
  self->running = g_cancellable_new ();
  run.cancellable = self->running;
  mq_worker_run (search_cb, search, free_search, (GDestroyNotify) g_array_unref, &run, found_cb, waiting);
  return TRUE;
}

void
mq_comment_search_cancel (MqCommentSearch *self)
{
  g_return_if_fail (MQ_IS_COMMENT_SEARCH (self));

  self->asked++;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}
