/* import-choice.h: MqImportChoice, one file and what was settled about it. Plain struct, owned by whoever made it; copied
 * into jobs. */

#pragma once

#include "import/import-recipe.h"

G_BEGIN_DECLS

typedef struct
{
  char           *path;     /* (owned) */
  char           *part;     /* (owned) (nullable) entry of a zip */
  MqImportRecipe *recipe;   /* (owned) */
  char           *zone;     /* (owned) of the project */
  char           *currency; /* (owned) of the project */
} MqImportChoice;

MqImportChoice *mq_import_choice_new (const char *path, const char *part, const MqImportRecipe *recipe, const char *zone, const char *currency);
MqImportChoice *mq_import_choice_copy (const MqImportChoice *self);
void            mq_import_choice_free (MqImportChoice *self);
char           *mq_import_choice_name (const MqImportChoice *self);                /* (transfer full) for people: without folders */
MqImportOptions mq_import_choice_options (const MqImportChoice *self, gint64 now); /* borrows */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportChoice, mq_import_choice_free)

G_END_DECLS
