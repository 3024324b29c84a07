/* import-choice.c: a file and what was settled about it. */

#include "config.h"

#include "import-choice.h"

MqImportChoice *
mq_import_choice_new (const char *path, const char *part, const MqImportRecipe *recipe, const char *zone, const char *currency)
{
  MqImportChoice *self = g_new0 (MqImportChoice, 1);

  self->path = g_strdup (path);
  self->part = g_strdup (part);
  self->recipe = mq_import_recipe_copy (recipe);
  self->zone = g_strdup (zone);
  self->currency = g_strdup (currency);
  return self;
}

MqImportChoice *
mq_import_choice_copy (const MqImportChoice *self)
{
  return mq_import_choice_new (self->path, self->part, self->recipe, self->zone, self->currency);
}

void
mq_import_choice_free (MqImportChoice *self)
{
  g_free (self->path);
  g_free (self->part);
  mq_import_recipe_free (self->recipe);
  g_free (self->zone);
  g_free (self->currency);
  g_free (self);
}

char *
mq_import_choice_name (const MqImportChoice *self)
{
  return g_filename_display_basename (self->part != NULL ? self->part : self->path);
}

MqImportOptions
mq_import_choice_options (const MqImportChoice *self, gint64 now)
{
  MqImportOptions options = { .part = self->part, .project_zone = self->zone, .currency = self->currency, .now = now };

  mq_import_recipe_fill (self->recipe, &options);
  return options;
}
