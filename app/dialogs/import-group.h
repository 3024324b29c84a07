/* import-group.h: MqImportGroup, the files of an import dialog that share one mapping, and what is known of the first of
 * them (of all: what their orders come to) under what is settled so far. The steps of the dialog read its fields, change its recipe and say so.
 *
 * Signal "planned": look, plan, trial or error changed. Main thread; the work is on workers, and only the newest answer is
 * taken. */

#pragma once

#include <gtk/gtk.h>

#include "import-choice.h"
#include "import-found.h"
#include "orders/order-trial.h"

G_BEGIN_DECLS

#define MQ_TYPE_IMPORT_GROUP (mq_import_group_get_type ())
G_DECLARE_FINAL_TYPE (MqImportGroup, mq_import_group, MQ, IMPORT_GROUP, GObject)

struct _MqImportGroup
{
  GObject parent_instance;

  GPtrArray      *files;       /* (owned) (element-type MqImportFound) at least one */
  MqImportRecipe *recipe;      /* (owned) */
  MqImportLook   *look;        /* (owned) (nullable) */
  MqImportPlan   *plan;        /* (owned) (nullable) the newest that could be made */
  MqOrderTrial   *trial;       /* (owned) (nullable) orders only */
  char           *error;       /* (owned) (nullable) why it cannot be imported so */
  char           *trial_error; /* (owned) (nullable) */
  char           *zone;        /* (owned) of the project */
  char           *currency;    /* (owned) */
  GCancellable   *work;        /* (owned) (nullable) what is under way */
  gboolean        learnt;      /* the recipe is one of earlier */
  gboolean        stale;       /* the plan is of an earlier recipe: the choices made are not in it yet */
};

/* Takes the file. */
MqImportGroup *mq_import_group_new (MqImportFound *found, const char *zone, const char *currency);
/* The same headers, read in the same way: one mapping does for all. */
gboolean mq_import_group_accepts (MqImportGroup *self, const MqImportFound *found);
void     mq_import_group_add (MqImportGroup *self, MqImportFound *found);
/* The recipe changed, or the project's settings: plans anew. look: what is read before the columns changed (encoding,
 * sheet, header, delimiter). */
void mq_import_group_changed (MqImportGroup *self, gboolean look);
void mq_import_group_set_project (MqImportGroup *self, const char *zone, const char *currency);
void mq_import_group_take_recipe (MqImportGroup *self, MqImportRecipe *recipe);
/* Another kind: what was settled about columns goes. */
void mq_import_group_set_kind (MqImportGroup *self, MqKind kind);

gboolean mq_import_group_is_ready (MqImportGroup *self); /* a plan, and nothing under way that could change it */
char    *mq_import_group_title (MqImportGroup *self);    /* (transfer full) "orders.csv and 2 more" */
/* One a file (element-type MqImportChoice) added to `choices`. */
void mq_import_group_list_choices (MqImportGroup *self, GPtrArray *choices);

G_END_DECLS
