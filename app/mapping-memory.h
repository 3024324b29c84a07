/* mapping-memory.h: the mappings learnt on this computer: one file each in the user's data folder, named after the
 * fingerprint of the headers that it is for. Every function blocks; call it from a worker. */

#pragma once

#include "import/import-recipe.h"

G_BEGIN_DECLS

MqImportRecipe *mq_mapping_memory_find (const char *fingerprint); /* (transfer full) (nullable) */
/* Nothing is kept for files without headers. */
gboolean mq_mapping_memory_keep (const MqImportRecipe *recipe, GError **error);

G_END_DECLS
