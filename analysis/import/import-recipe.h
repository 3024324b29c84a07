/* import-recipe.h: MqImportRecipe, what a person has settled about files of one kind: a learnt mapping. Known again by the
 * fingerprint of the headers, kept and shared as a small text file (a key file, UTF-8). Only what was settled stands in it;
 * everything else is found in each file anew. Plain struct; one thread. */

#pragma once

#include "import/importer.h"

G_BEGIN_DECLS

typedef struct
{
  MqKind   kind;
  char    *fingerprint; /* (nullable) mq_header_fingerprint() of the files it is for */
  GStrv    map;         /* (nullable) "field=Header", "field=" (nowhere), sorted by field */
  GStrv    statuses;    /* (nullable) "TEXT=paid", sorted by text */
  char    *encoding;    /* (nullable), as all the following: see MqImportOptions */
  char    *sheet;
  char    *delimiter;
  char    *date_format;
  char    *file_zone;
  char    *amount_of;
  char    *refund;
  char    *missing;
  char     decimal;
  gboolean no_header;
  gint64   header_row;
} MqImportRecipe;

MqImportRecipe *mq_import_recipe_new (MqKind kind);
MqImportRecipe *mq_import_recipe_copy (const MqImportRecipe *self);
void            mq_import_recipe_free (MqImportRecipe *self);

/* column: a header, "#3", "" for nowhere; NULL: as it is found. */
void        mq_import_recipe_set_column (MqImportRecipe *self, const char *field, const char *column);
const char *mq_import_recipe_get_column (const MqImportRecipe *self, const char *field);           /* (nullable) */
void        mq_import_recipe_set_status (MqImportRecipe *self, const char *text, MqStatus status); /* UNKNOWN: as it is found */
MqStatus    mq_import_recipe_get_status (const MqImportRecipe *self, const char *text);            /* UNKNOWN: nothing is settled */
/* How a column is named in a mapping: by its header, or by its place where that says nothing. (transfer full) */
char *mq_import_recipe_name_column (const char *header, guint index);
/* Names every field that stands in one column of the plan, so that a later dictionary changes nothing. */
void mq_import_recipe_settle (MqImportRecipe *self, const MqImportPlan *plan);

/* What the options say and the plan found (transfer full). */
MqImportRecipe *mq_import_recipe_from_options (const MqImportOptions *options, const MqImportPlan *plan);

/* Puts what is settled into the options, which borrow from the recipe; what the options say already stays. */
void mq_import_recipe_fill (const MqImportRecipe *self, MqImportOptions *options);

/* text of the file; NULL with MQ_IMPORT_ERROR_SETTING, which says what is wrong with it. */
MqImportRecipe *mq_import_recipe_parse (const char *text, gsize length, GError **error);
char           *mq_import_recipe_print (const MqImportRecipe *self);
/* Block. */
MqImportRecipe *mq_import_recipe_load (const char *path, GError **error);
gboolean        mq_import_recipe_save (const MqImportRecipe *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportRecipe, mq_import_recipe_free)

G_END_DECLS
