/* import-recipe.c: a learnt mapping and its file. */

#include "config.h"

#include "import/import-recipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/import-look.h"

#define GROUP "Marquetry mapping"
#define VERSION 1
#define MAX_BYTES (1024 * 1024)

/* The texts that are kept under their names. */
static const struct
{
  const char *name;
  gsize       offset;
} texts[] = {
  { "fingerprint", G_STRUCT_OFFSET (MqImportRecipe, fingerprint) },
  { "encoding", G_STRUCT_OFFSET (MqImportRecipe, encoding) },
  { "sheet", G_STRUCT_OFFSET (MqImportRecipe, sheet) },
  { "delimiter", G_STRUCT_OFFSET (MqImportRecipe, delimiter) },
  { "date-format", G_STRUCT_OFFSET (MqImportRecipe, date_format) },
  { "time-zone", G_STRUCT_OFFSET (MqImportRecipe, file_zone) },
  { "amount-of", G_STRUCT_OFFSET (MqImportRecipe, amount_of) },
  { "refund", G_STRUCT_OFFSET (MqImportRecipe, refund) },
  { "missing", G_STRUCT_OFFSET (MqImportRecipe, missing) },
};

static char **
get_text (const MqImportRecipe *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, texts[i].offset);
}

MqImportRecipe *
mq_import_recipe_new (MqKind kind)
{
  MqImportRecipe *self = g_new0 (MqImportRecipe, 1);

  self->kind = kind;
  return self;
}

MqImportRecipe *
mq_import_recipe_copy (const MqImportRecipe *self)
{
  MqImportRecipe *copy = g_memdup2 (self, sizeof *self);

  copy->map = g_strdupv (self->map);
  copy->statuses = g_strdupv (self->statuses);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *get_text (copy, i) = g_strdup (*get_text (self, i));
  return copy;
}

void
mq_import_recipe_free (MqImportRecipe *self)
{
  g_strfreev (self->map);
  g_strfreev (self->statuses);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*get_text (self, i));
  g_free (self);
}

static int
compare_entries_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Replaces the entry whose part before the first (last: before the last) "=" is `name`, or takes it out; the list stays
 * sorted. */
static void
set_entry (GStrv *list, const char *name, const char *value, gboolean last)
{
  gsize length = strlen (name);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; *list != NULL && (*list)[i] != NULL; i++)
    {
      const char *entry = (*list)[i];
      const char *equals = last ? strrchr (entry, '=') : strchr (entry, '=');

      if (equals == NULL || (gsize) (equals - entry) != length || strncmp (entry, name, length) != 0)
        g_ptr_array_add (entries, g_strdup (entry));
    }
  if (value != NULL)
    g_ptr_array_add (entries, g_strdup_printf ("%s=%s", name, value));
  g_ptr_array_sort (entries, compare_entries_cb);
  g_ptr_array_add (entries, NULL);
  g_strfreev (*list);
  *list = (GStrv) g_ptr_array_steal (entries, NULL);
}

void
mq_import_recipe_set_column (MqImportRecipe *self, const char *field, const char *column)
{
  set_entry (&self->map, field, column, FALSE);
}

const char *
mq_import_recipe_get_column (const MqImportRecipe *self, const char *field)
{
  gsize length = strlen (field);

  for (guint i = 0; self->map != NULL && self->map[i] != NULL; i++)
    if (strncmp (self->map[i], field, length) == 0 && self->map[i][length] == '=')
      return self->map[i] + length + 1;
  return NULL;
}

void
mq_import_recipe_set_status (MqImportRecipe *self, const char *text, MqStatus status)
{
  set_entry (&self->statuses, text, status != MQ_STATUS_UNKNOWN ? mq_status_name (status) : NULL, TRUE);
}

MqStatus
mq_import_recipe_get_status (const MqImportRecipe *self, const char *text)
{
  gsize    length = strlen (text);
  MqStatus status;

  for (guint i = 0; self->statuses != NULL && self->statuses[i] != NULL; i++)
    {
      const char *equals = strrchr (self->statuses[i], '=');

      if (equals != NULL && (gsize) (equals - self->statuses[i]) == length && strncmp (self->statuses[i], text, length) == 0 && mq_status_from_name (equals + 1, &status))
        return status;
    }
  return MQ_STATUS_UNKNOWN;
}

static guint
count_columns (const MqImportPlan *plan, const char *field)
{
  guint n = 0;

  for (guint i = 0; i < plan->columns->len; i++)
    {
      const MqImportColumn *column = plan->columns->pdata[i];
      g_auto (GStrv) fields = g_strsplit (column->field, ", ", -1);

      n += g_strv_contains ((const char *const *) fields, field);
    }
  return n;
}

/* A header that says nothing of place and is no product. */
static gboolean
is_plain_header (const char *header)
{
  return header[0] != '\0' && header[0] != '#' && strchr (header, '*') == NULL;
}

char *
mq_import_recipe_name_column (const char *header, guint index)
{
  return is_plain_header (header) ? g_strdup (header) : g_strdup_printf ("#%u", index + 1);
}

static void
set_found (MqImportRecipe *self, const char *field, const MqImportColumn *column)
{
  g_autofree char *both = column->second != NULL ? g_strconcat (column->header, "+", column->second, NULL) : NULL;

  mq_import_recipe_set_column (self, field, both != NULL ? both : column->header);
}

void
mq_import_recipe_settle (MqImportRecipe *self, const MqImportPlan *plan)
{
  mq_import_recipe_set_column (self, "customer", NULL); /* a plan calls it key.customer_id */
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const MqImportColumn *column = plan->columns->pdata[i];
      g_auto (GStrv) fields = g_strsplit (column->field, ", ", -1);

      /* What a file's name says is that file's alone. */
      for (guint k = 0; fields[k] != NULL && !column->constant; k++)
        {
          if (fields[k][0] == '\0' || g_str_has_prefix (fields[k], "prop:") || g_str_has_prefix (fields[k], "attr:"))
            continue;
          if (is_plain_header (column->header) && count_columns (plan, fields[k]) == 1)
            set_found (self, fields[k], column);
        }
    }
}

MqImportRecipe *
mq_import_recipe_from_options (const MqImportOptions *options, const MqImportPlan *plan)
{
  MqImportRecipe *self = mq_import_recipe_new (options->kind);
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < plan->columns->len; i++)
    if (!((const MqImportColumn *) plan->columns->pdata[i])->constant)
      g_strv_builder_add (headers, ((const MqImportColumn *) plan->columns->pdata[i])->header);
  names = g_strv_builder_end (headers);
  self->fingerprint = plan->has_header ? mq_header_fingerprint ((const char *const *) names) : NULL;
  self->map = g_strdupv (options->map);
  self->statuses = g_strdupv (options->statuses);
  self->encoding = g_strdup (options->encoding);
  self->sheet = g_strdup (options->sheet);
  self->delimiter = g_strdup (options->delimiter);
  self->date_format = g_strdup (options->date_format);
  self->file_zone = g_strdup (options->file_zone);
  self->amount_of = g_strdup (options->amount_of);
  self->refund = g_strdup (options->refund);
  self->missing = g_strdup (options->missing);
  self->decimal = options->decimal;
  self->no_header = options->no_header;
  self->header_row = options->header_row;
  mq_import_recipe_settle (self, plan);
  return self;
}

void
mq_import_recipe_fill (const MqImportRecipe *self, MqImportOptions *options)
{
  options->kind = self->kind;
  options->map = options->map != NULL ? options->map : self->map;
  options->statuses = options->statuses != NULL ? options->statuses : self->statuses;
  options->encoding = options->encoding != NULL ? options->encoding : self->encoding;
  options->sheet = options->sheet != NULL ? options->sheet : self->sheet;
  options->delimiter = options->delimiter != NULL ? options->delimiter : self->delimiter;
  options->date_format = options->date_format != NULL ? options->date_format : self->date_format;
  options->file_zone = options->file_zone != NULL ? options->file_zone : self->file_zone;
  options->amount_of = options->amount_of != NULL ? options->amount_of : self->amount_of;
  options->refund = options->refund != NULL ? options->refund : self->refund;
  options->missing = options->missing != NULL ? options->missing : self->missing;
  options->decimal = options->decimal != 0 ? options->decimal : self->decimal;
  options->no_header = options->no_header || self->no_header;
  options->header_row = options->header_row > 0 ? options->header_row : self->header_row;
}

static MqImportRecipe *
fail (GError **error, const char *why)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("This is no mapping that can be used: %s"), why);
  return NULL;
}

static gboolean
parse_kind (GKeyFile *file, MqKind *kind)
{
  g_autofree char *name = g_key_file_get_string (file, GROUP, "kind", NULL);

  return name != NULL && mq_kind_from_name (name, kind);
}

static gboolean
check_statuses (const MqImportRecipe *self)
{
  MqStatus status;

  for (guint i = 0; self->statuses != NULL && self->statuses[i] != NULL; i++)
    {
      const char *equals = strrchr (self->statuses[i], '=');

      if (equals == NULL || !mq_status_from_name (equals + 1, &status))
        return FALSE;
    }
  return TRUE;
}

MqImportRecipe *
mq_import_recipe_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (MqImportRecipe) self = NULL;
  g_autofree char *decimal = NULL;
  MqKind           kind;

  if (length > MAX_BYTES || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL) || !g_key_file_has_group (file, GROUP))
    return fail (error, _ ("the file is none that Marquetry wrote."));
  if (g_key_file_get_integer (file, GROUP, "version", NULL) > VERSION)
    return fail (error, _ ("a newer version of Marquetry wrote it. Update Marquetry."));
  if (!parse_kind (file, &kind))
    return fail (error, _ ("it does not say what kind of records it is for."));
  self = mq_import_recipe_new (kind);
  self->map = g_key_file_get_string_list (file, GROUP, "map", NULL, NULL);
  self->statuses = g_key_file_get_string_list (file, GROUP, "statuses", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *get_text (self, i) = g_key_file_get_string (file, GROUP, texts[i].name, NULL);
  decimal = g_key_file_get_string (file, GROUP, "decimal", NULL);
  self->decimal = decimal != NULL && (*decimal == '.' || *decimal == ',') ? *decimal : 0;
  self->no_header = g_key_file_get_boolean (file, GROUP, "no-header", NULL);
  self->header_row = MAX (g_key_file_get_int64 (file, GROUP, "header-row", NULL), 0);
  if (!check_statuses (self))
    return fail (error, _ ("one of its statuses has no meaning that is known."));
  return g_steal_pointer (&self);
}

char *
mq_import_recipe_print (const MqImportRecipe *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char decimal[2] = { self->decimal, '\0' };

  g_key_file_set_integer (file, GROUP, "version", VERSION);
  g_key_file_set_string (file, GROUP, "kind", mq_kind_name (self->kind));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*get_text (self, i) != NULL)
      g_key_file_set_string (file, GROUP, texts[i].name, *get_text (self, i));
  if (self->decimal != 0)
    g_key_file_set_string (file, GROUP, "decimal", decimal);
  if (self->no_header)
    g_key_file_set_boolean (file, GROUP, "no-header", TRUE);
  if (self->header_row > 0)
    g_key_file_set_int64 (file, GROUP, "header-row", self->header_row);
  if (self->map != NULL && self->map[0] != NULL)
    g_key_file_set_string_list (file, GROUP, "map", (const char *const *) self->map, g_strv_length (self->map));
  if (self->statuses != NULL && self->statuses[0] != NULL)
    g_key_file_set_string_list (file, GROUP, "statuses", (const char *const *) self->statuses, g_strv_length (self->statuses));
  return g_key_file_to_data (file, NULL, NULL);
}

MqImportRecipe *
mq_import_recipe_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  gsize            length;
  MqImportRecipe  *self;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  self = mq_import_recipe_parse (text, length, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}

gboolean
mq_import_recipe_save (const MqImportRecipe *self, const char *path, GError **error)
{
  g_autofree char *text = mq_import_recipe_print (self);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
