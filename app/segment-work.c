/* segment-work.c: saving, renaming and deleting segments. */

#include "config.h"

#include "segment-work.h"

#include <glib/gi18n.h>

#include "project-state.h"

typedef enum
{
  CHANGE_SAVE,   /* the customers of a table */
  CHANGE_PUT,    /* one that was deleted */
  CHANGE_RENAME, /* `name` to `to` */
  CHANGE_DELETE,
} ChangeKind;

struct _MqSegmentChange
{
  GObject parent_instance;

  MqSession      *session; /* (owned) */
  ChangeKind      kind;
  char           *name;    /* (owned) */
  char           *to;      /* (owned) (nullable) */
  char           *source;  /* (owned) (nullable) */
  MqTable        *table;   /* (owned) (nullable) */
  MqSavedSegment *segment; /* (owned) (nullable) of CHANGE_PUT */
};

G_DEFINE_FINAL_TYPE (MqSegmentChange, mq_segment_change, G_TYPE_OBJECT)

/* What the store thread needs, without widgets. */
typedef struct
{
  ChangeKind      kind;
  char           *name;    /* (owned) */
  char           *to;      /* (owned) (nullable) */
  char           *source;  /* (owned) (nullable) */
  MqTable        *table;   /* (owned) (nullable) */
  MqDataset      *dataset; /* (owned) (nullable) */
  MqSavedSegment *segment; /* (owned) (nullable) */
} Order;

typedef struct
{
  MqTable        *segments; /* (owned) the list as it is now */
  MqSavedSegment *deleted;  /* (owned) (nullable) */
  gint64          customers;
} Outcome;

static void
free_order (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_free (order->to);
  g_free (order->source);
  g_clear_pointer (&order->table, mq_table_unref);
  g_clear_pointer (&order->dataset, mq_dataset_unref);
  g_clear_pointer (&order->segment, mq_saved_segment_free);
  g_free (order);
}

static void
free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->segments, mq_table_unref);
  g_clear_pointer (&outcome->deleted, mq_saved_segment_free);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, free_outcome)

static MqSegmentChange *
make_change (MqSession *session, ChangeKind kind, const char *name)
{
  MqSegmentChange *self = g_object_new (MQ_TYPE_SEGMENT_CHANGE, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->name = g_strdup (name);
  return self;
}

/* Store thread. */
static gboolean
save (MqProject *project, const Order *order, Outcome *outcome, const MqRun *run, GError **error)
{
  guint column = (guint) mq_table_find_column (order->table, "customer");
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (MqStrings) keys = NULL;
  g_autoptr (MqSavedSegment) segment = NULL;

  for (gsize row = 0; row < mq_table_n_rows (order->table); row++)
    if (!mq_table_is_missing (order->table, row, column))
      g_ptr_array_add (labels, (gpointer) mq_table_text (order->table, row, column));
  keys = mq_dataset_keys_of_labels (order->dataset, (const char *const *) labels->pdata, labels->len, run, error);
  if (keys == NULL)
    return FALSE;
  outcome->customers = mq_strings_length (keys);
  segment = mq_saved_segment_new (order->name, order->source, g_get_real_time (), keys);
  return mq_project_save_segment (project, segment, error);
}

static gboolean
change (MqProject *project, const Order *order, Outcome *outcome, const MqRun *run, GError **error)
{
  switch (order->kind)
    {
    case CHANGE_SAVE:
      return save (project, order, outcome, run, error);
    case CHANGE_PUT:
      return mq_project_save_segment (project, order->segment, error);
    case CHANGE_RENAME:
      return mq_project_rename_segment (project, order->name, order->to, error);
    case CHANGE_DELETE:
      outcome->deleted = mq_project_delete_segment (project, order->name, error);
      return outcome->deleted != NULL;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Store thread. */
static gpointer
carry_out (MqProject *project, gpointer data, const MqRun *run, GError **error)
{
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);

  if (!mq_project_require (project, error) || !change (project, data, outcome, run, error))
    return NULL;
  outcome->segments = mq_project_list_segments (project, error);
  return outcome->segments != NULL ? g_steal_pointer (&outcome) : NULL;
}

/* (transfer full) */
static MqSegmentChange *
make_inverse (MqSegmentChange *self, Outcome *outcome)
{
  MqSegmentChange *inverse;

  switch (self->kind)
    {
    case CHANGE_DELETE:
      inverse = make_change (self->session, CHANGE_PUT, self->name);
      inverse->segment = g_steal_pointer (&outcome->deleted);
      return inverse;
    case CHANGE_RENAME:
      return mq_segment_change_rename (self->session, self->to, self->name);
    default:
      return mq_segment_change_delete (self->session, self->name);
    }
}

/* A filter by the segment follows its new name. */
static void
follow_name (MqSegmentChange *self)
{
  g_auto (MqScopeChoice) scope = { 0 };

  if (self->kind != CHANGE_RENAME || g_strcmp0 (mq_session_get_scope (self->session)->segment, self->name) != 0)
    return;
  mq_scope_choice_copy (&scope, mq_session_get_scope (self->session));
  g_free (scope.segment);
  scope.segment = g_strdup (self->to);
  mq_session_set_scope (self->session, &scope);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MqSegmentChange *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (Outcome) outcome = mq_store_run_finish (NULL, result, &error);

  if (outcome == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  follow_name (self);
  mq_session_set_segments (self->session, outcome->segments);
  g_object_set_data (G_OBJECT (task), "customers", GSIZE_TO_POINTER (outcome->customers));
  g_task_return_pointer (task, make_inverse (self, outcome), g_object_unref);
}

static void
mq_segment_change_finalize (GObject *object)
{
  MqSegmentChange *self = MQ_SEGMENT_CHANGE (object);

  g_object_unref (self->session);
  g_free (self->name);
  g_free (self->to);
  g_free (self->source);
  g_clear_pointer (&self->table, mq_table_unref);
  g_clear_pointer (&self->segment, mq_saved_segment_free);

  G_OBJECT_CLASS (mq_segment_change_parent_class)->finalize (object);
}

static void
mq_segment_change_class_init (MqSegmentChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_segment_change_finalize;
}

static void
mq_segment_change_init (MqSegmentChange *self)
{
}

MqSegmentChange *
mq_segment_change_save (MqSession *session, MqTable *customers, const char *name, const char *source)
{
  MqSegmentChange *self = make_change (session, CHANGE_SAVE, name);

  g_strstrip (self->name);
  self->table = mq_table_ref (customers);
  self->source = g_strdup (source);
  return self;
}

MqSegmentChange *
mq_segment_change_rename (MqSession *session, const char *name, const char *to)
{
  MqSegmentChange *self = make_change (session, CHANGE_RENAME, name);

  self->to = g_strstrip (g_strdup (to));
  return self;
}

MqSegmentChange *
mq_segment_change_delete (MqSession *session, const char *name)
{
  return make_change (session, CHANGE_DELETE, name);
}

void
mq_segment_change_run (MqSegmentChange *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask     *task = g_task_new (self, NULL, callback, user_data);
  MqDataset *dataset = mq_session_get_dataset (self->session);
  Order     *order = g_new0 (Order, 1);

  order->kind = self->kind;
  order->name = g_strdup (self->name);
  order->to = g_strdup (self->to);
  order->source = g_strdup (self->source);
  order->table = self->table != NULL ? mq_table_ref (self->table) : NULL;
  order->dataset = dataset != NULL ? mq_dataset_ref (dataset) : NULL;
  order->segment = self->segment != NULL ? mq_saved_segment_copy (self->segment) : NULL;
  mq_store_run (mq_session_get_store (self->session), carry_out, order, free_order, free_outcome, NULL, changed_cb, task);
}

MqSegmentChange *
mq_segment_change_finish (MqSegmentChange *self, GAsyncResult *result, gint64 *customers, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (customers != NULL)
    *customers = (gint64) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (result), "customers"));
  return g_task_propagate_pointer (G_TASK (result), error);
}
