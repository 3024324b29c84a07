/* import-found.h: MqImportFound, a file that is offered for import: of the paths given, what is in zips and folders, each
 * looked at once, with what was learnt about files of its headers. */

#pragma once

#include "import/import-look.h"
#include "import/import-recipe.h"

G_BEGIN_DECLS

typedef struct
{
  char           *path;   /* (owned) */
  char           *part;   /* (owned) (nullable) entry of a zip */
  char           *name;   /* (owned) for people */
  MqImportLook   *look;   /* (owned) (nullable) */
  char           *error;  /* (owned) (nullable) why there is no look: a sentence */
  MqImportRecipe *recipe; /* (owned) learnt, or only the kind */
  gboolean        learnt;
} MqImportFound;

void mq_import_found_free (MqImportFound *self);

/* paths: NULL-terminated. On a worker. */
void       mq_import_find_start (const char *const *paths, const char *zone, const char *currency, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mq_import_find_finish (GAsyncResult *result, GError **error); /* (element-type MqImportFound) (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportFound, mq_import_found_free)

G_END_DECLS
