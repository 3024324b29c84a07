/* import-group.c: looking, planning and counting, one after the other, the newest question only. */

#include "config.h"

#include "dialogs/import-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "import-job.h"
#include "weak.h"

enum
{
  SIGNAL_PLANNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqImportGroup, mq_import_group, G_TYPE_OBJECT)

static void
tell (MqImportGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_PLANNED], 0);
}

static MqImportChoice *
make_choice (MqImportGroup *self, const MqImportFound *file)
{
  return mq_import_choice_new (file->path, file->part, self->recipe, self->zone, self->currency);
}

/* TRUE if the answer is to the newest question. */
static gboolean
is_newest (MqImportGroup *self, GAsyncResult *result)
{
  return self != NULL && g_task_get_cancellable (G_TASK (result)) == self->work;
}

/* Sentences that name an option of the command line say nothing in a window: there it is settled in a step (transfer full). */
static char *
say_for_window (const char *message)
{
  GString *text = g_string_new (NULL);

  for (const char *p = message, *end; *p != '\0'; p = end)
    {
      const char      *point = strstr (p, ". ");
      const char      *full_stop = strstr (p, "。");
      g_autofree char *sentence = NULL;

      end = p + strlen (p);
      if (point != NULL)
        end = point + strlen (". ");
      if (full_stop != NULL && full_stop < end)
        end = full_stop + strlen ("。");
      sentence = g_strndup (p, end - p);
      if (strstr (sentence, "--") == NULL)
        g_string_append (text, sentence);
    }
  if (text->len < strlen (message))
    g_string_append (text, _ ("It is settled in the step Columns."));
  return g_string_free (text, FALSE);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportGroup) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqOrderTrial) trial = mq_import_trial_finish (result, &error);

  if (!is_newest (self, result))
    return;
  g_clear_object (&self->work);
  g_clear_pointer (&self->trial, mq_order_trial_free);
  self->trial = g_steal_pointer (&trial);
  if (error != NULL)
    self->trial_error = say_for_window (error->message);
  tell (self);
}

static void
count_orders (MqImportGroup *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_choice_free);

  mq_import_group_list_choices (self, choices);
  mq_import_trial_start (choices, self->plan, self->work, counted_cb, mq_weak_new (self));
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportGroup) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportPlan) plan = mq_import_plan_finish (result, &error);

  if (!is_newest (self, result))
    return;
  if (plan != NULL)
    {
      g_clear_pointer (&self->plan, mq_import_plan_free);
      self->plan = g_steal_pointer (&plan);
      self->error = self->plan->trouble != NULL ? say_for_window (self->plan->trouble) : NULL;
    }
  else
    self->error = say_for_window (error->message);
  self->stale = FALSE;
  if (self->error == NULL && self->recipe->kind == MQ_KIND_ORDERS)
    count_orders (self);
  else
    g_clear_object (&self->work);
  tell (self);
}

static void
plan (MqImportGroup *self)
{
  g_autoptr (MqImportChoice) choice = make_choice (self, self->files->pdata[0]);

  mq_import_plan_start (choice, self->work, planned_cb, mq_weak_new (self));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MqImportGroup) self = mq_weak_steal (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MqImportLook) look = mq_import_look_finish (result, &error);

  if (!is_newest (self, result))
    return;
  if (look == NULL)
    {
      self->error = say_for_window (error->message);
      self->stale = FALSE;
      g_clear_object (&self->work);
      tell (self);
      return;
    }
  g_clear_pointer (&self->look, mq_import_look_free);
  self->look = g_steal_pointer (&look);
  plan (self);
}

void
mq_import_group_changed (MqImportGroup *self, gboolean look)
{
  if (self->work != NULL)
    g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->trial_error, g_free);
  self->work = g_cancellable_new ();
  self->stale = TRUE;
  if (look || self->look == NULL)
    {
      g_autoptr (MqImportChoice) choice = make_choice (self, self->files->pdata[0]);

      g_clear_pointer (&self->plan, mq_import_plan_free);
      mq_import_look_start (choice, self->work, looked_cb, mq_weak_new (self));
    }
  else
    plan (self);
  tell (self);
}

void
mq_import_group_set_project (MqImportGroup *self, const char *zone, const char *currency)
{
  g_free (self->zone);
  g_free (self->currency);
  self->zone = g_strdup (zone);
  self->currency = g_strdup (currency);
}

void
mq_import_group_take_recipe (MqImportGroup *self, MqImportRecipe *recipe)
{
  mq_import_recipe_free (self->recipe);
  self->recipe = recipe;
  self->learnt = TRUE;
  g_clear_pointer (&self->plan, mq_import_plan_free);
  g_clear_pointer (&self->trial, mq_order_trial_free);
}

void
mq_import_group_set_kind (MqImportGroup *self, MqKind kind)
{
  self->recipe->kind = kind;
  self->learnt = FALSE;
  g_clear_pointer (&self->recipe->map, g_strfreev);
  g_clear_pointer (&self->recipe->statuses, g_strfreev);
  g_clear_pointer (&self->plan, mq_import_plan_free);
  g_clear_pointer (&self->trial, mq_order_trial_free);
}

gboolean
mq_import_group_is_ready (MqImportGroup *self)
{
  return self->plan != NULL && self->error == NULL && !self->stale;
}

char *
mq_import_group_title (MqImportGroup *self)
{
  const MqImportFound *first = self->files->pdata[0];
  guint                more = self->files->len - 1;

  if (more == 0)
    return g_strdup (first->name);
  /* Translators: a file's name; how many other files */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), first->name, more);
}

void
mq_import_group_list_choices (MqImportGroup *self, GPtrArray *choices)
{
  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (choices, make_choice (self, self->files->pdata[i]));
}

gboolean
mq_import_group_accepts (MqImportGroup *self, const MqImportFound *found)
{
  return self->look != NULL && found->look != NULL && *found->look->fingerprint != '\0' &&
         g_str_equal (self->look->fingerprint, found->look->fingerprint) && g_str_equal (self->look->format, found->look->format);
}

void
mq_import_group_add (MqImportGroup *self, MqImportFound *found)
{
  g_ptr_array_add (self->files, found);
  if (self->recipe->kind == MQ_KIND_ORDERS)
    mq_import_group_changed (self, FALSE);
}

static void
mq_import_group_dispose (GObject *object)
{
  MqImportGroup *self = MQ_IMPORT_GROUP (object);

  if (self->work != NULL)
    g_cancellable_cancel (self->work);
  g_clear_object (&self->work);

  G_OBJECT_CLASS (mq_import_group_parent_class)->dispose (object);
}

static void
mq_import_group_finalize (GObject *object)
{
  MqImportGroup *self = MQ_IMPORT_GROUP (object);

  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->recipe, mq_import_recipe_free);
  g_clear_pointer (&self->look, mq_import_look_free);
  g_clear_pointer (&self->plan, mq_import_plan_free);
  g_clear_pointer (&self->trial, mq_order_trial_free);
  g_free (self->error);
  g_free (self->trial_error);
  g_free (self->zone);
  g_free (self->currency);

  G_OBJECT_CLASS (mq_import_group_parent_class)->finalize (object);
}

static void
mq_import_group_class_init (MqImportGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_import_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = mq_import_group_finalize;

  signals[SIGNAL_PLANNED] = g_signal_new ("planned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mq_import_group_init (MqImportGroup *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_found_free);
}

MqImportGroup *
mq_import_group_new (MqImportFound *found, const char *zone, const char *currency)
{
  MqImportGroup *self = g_object_new (MQ_TYPE_IMPORT_GROUP, NULL);

  g_ptr_array_add (self->files, found);
  self->recipe = mq_import_recipe_copy (found->recipe);
  self->learnt = found->learnt;
  self->look = g_steal_pointer (&found->look);
  mq_import_group_set_project (self, zone, currency);
  return self;
}
