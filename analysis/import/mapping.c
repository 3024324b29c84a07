/* mapping.c: from headers and --map to uses of columns. What is given is taken first; then each field that is still
 * without a column looks for its headers among the columns that nobody uses; the rest become properties. */

#include "config.h"

#include "import/mapping.h"

#include "import/header-dictionary.h"
#include "import/import-error.h"
#include "project/record-key.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  MqMapping  *mapping;
  GPtrArray  *folded;   /* (owned) header without marks */
  GPtrArray  *brief;    /* (owned) and without what stands in brackets */
  GHashTable *left_out; /* (owned) names of fields that --map leaves unmapped */
  gboolean   *taken;    /* (owned) the column is used */
} Guess;

static void
free_source (gpointer data)
{
  MqSource *source = data;

  g_free (source->header);
  g_free (source->constant);
  g_free (source);
}

static void
free_use (gpointer data)
{
  MqUse *use = data;

  g_free (use->name);
  g_free (use);
}

static void
init_guess (Guess *self, MqMapping *mapping, guint n)
{
  self->mapping = mapping;
  self->folded = g_ptr_array_new_with_free_func (g_free);
  self->brief = g_ptr_array_new_with_free_func (g_free);
  self->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const MqSource *source = mq_mapping_source (mapping, i);
      const char     *header = mapping->has_header && !source->nameless ? source->header : "";

      g_ptr_array_add (self->folded, mq_header_fold (header, TRUE));
      g_ptr_array_add (self->brief, mq_header_fold (header, FALSE));
    }
}

static void
clear_guess (Guess *self)
{
  g_ptr_array_unref (self->folded);
  g_ptr_array_unref (self->brief);
  g_hash_table_unref (self->left_out);
  g_free (self->taken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guess, clear_guess)

static gboolean
is_used_name (const MqMapping *self, const char *header)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (strcmp (mq_mapping_source (self, i)->header, header) == 0)
      return TRUE;
  return FALSE;
}

static char *
make_unique (const MqMapping *self, const char *header)
{
  char *name = g_strdup (header);

  for (int k = 2; is_used_name (self, name); k++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%d)", header, k);
    }
  return name;
}

static void
add_sources (MqMapping *self, const char *const *headers, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      MqSource        *source = g_new0 (MqSource, 1);
      g_autofree char *number = g_strdup_printf ("#%u", i + 1);
      g_autofree char *header = g_strdup (headers != NULL ? headers[i] : "");
      const char      *name = g_strstrip (header);

      source->nameless = headers != NULL && *name == '\0';
      source->header = make_unique (self, *name != '\0' ? name : number);
      source->style.decimal = '.';
      g_ptr_array_add (self->sources, source);
    }
}

static MqUseRole
find_role (MqValueType type)
{
  switch (type)
    {
    case MQ_VALUE_INTEGER:
    case MQ_VALUE_DECIMAL:
      return MQ_USE_NUMBER;
    case MQ_VALUE_MONEY:
      return MQ_USE_MONEY;
    case MQ_VALUE_TIME:
      return MQ_USE_TIME;
    case MQ_VALUE_DAY:
      return MQ_USE_DAY;
    case MQ_VALUE_TEXT:
    default:
      return MQ_USE_TEXT;
    }
}

static MqUse *
add_use (MqMapping *self, const char *name, MqUseRole role, guint column)
{
  MqUse *use = g_new0 (MqUse, 1);

  use->name = g_strdup (name);
  use->role = role;
  use->column = column;
  use->factor = -1;
  use->second = -1;
  g_ptr_array_add (self->uses, use);
  return use;
}

/* "customer" is short for its key kind; "key.phone" names one; anything else must be a field of the kind. */
static gboolean
resolve_field (MqKind kind, const char *field, char **name, MqUseRole *role)
{
  const MqField *definition = mq_kind_find_field (kind, field);

  if (strcmp (field, "customer") == 0 && definition == NULL)
    field = "key.customer_id";
  if (g_str_has_prefix (field, "key."))
    {
      *role = MQ_USE_KEY;
      *name = g_strdup (field);
      return field[4] != '\0';
    }
  if (definition == NULL)
    return FALSE;
  *role = find_role (definition->type);
  *name = g_strdup (field);
  return TRUE;
}

static int
find_column (const Guess *guess, const char *name)
{
  const MqMapping *mapping = guess->mapping;
  g_autofree char *folded = NULL;
  char            *end;

  for (guint i = 0; i < mapping->n_columns; i++)
    if (strcmp (mq_mapping_source (mapping, i)->header, name) == 0)
      return i;
  if (name[0] == '#')
    {
      guint64 number = g_ascii_strtoull (name + 1, &end, 10);

      if (end > name + 1 && *end == '\0' && number >= 1 && number <= mapping->n_columns)
        return number - 1;
    }
  folded = mq_header_fold (name, TRUE);
  for (guint i = 0; i < mapping->n_columns && *folded != '\0'; i++)
    if (strcmp (g_ptr_array_index (guess->folded, i), folded) == 0)
      return i;
  return -1;
}

static gboolean
fail_column (const Guess *guess, const char *name, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = guess->mapping->n_columns;

  for (guint i = 0; i < MIN (n, 30); i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", mq_mapping_source (guess->mapping, i)->header);
  if (n > 30)
    g_string_append (list, ", …");
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_MAPPING, _ ("The file has no column “%s” that --map names. Its columns are: %s."), name, list->str);
  return FALSE;
}

/* "\"text\"", where no column has that very name: a source of its own. -1: it is no such text. */
static int
add_constant (Guess *guess, const char *expression, MqUseRole role)
{
  MqMapping *mapping = guess->mapping;
  gsize      length = strlen (expression);
  MqSource  *source;

  if (role != MQ_USE_TEXT || length < 3 || expression[0] != '"' || expression[length - 1] != '"' || find_column (guess, expression) >= 0)
    return -1;
  source = g_new0 (MqSource, 1);
  source->header = g_strdup (expression);
  source->constant = g_strndup (expression + 1, length - 2);
  source->style.decimal = '.';
  g_ptr_array_add (mapping->sources, source);
  return mapping->sources->len - 1;
}

/* "A*B", where no column has that very name. */
static gboolean
find_factors (const Guess *guess, const char *expression, int *first, int *second, GError **error)
{
  g_auto (GStrv) parts = NULL;

  *second = -1;
  *first = find_column (guess, expression);
  if (*first >= 0)
    return TRUE;
  parts = g_strsplit (expression, "*", 2);
  if (g_strv_length (parts) != 2)
    return fail_column (guess, expression, error);
  *first = find_column (guess, g_strstrip (parts[0]));
  if (*first < 0)
    return fail_column (guess, parts[0], error);
  *second = find_column (guess, g_strstrip (parts[1]));
  return *second >= 0 || fail_column (guess, parts[1], error);
}

/* The second column of "A+B", where no column has that very name, and *first (transfer full); else -1. */
static int
find_second (const Guess *guess, const char *expression, char **first)
{
  const char      *plus = strrchr (expression, '+');
  g_autofree char *name = plus != NULL ? g_strstrip (g_strdup (plus + 1)) : NULL;
  int              second = name != NULL && find_column (guess, expression) < 0 ? find_column (guess, name) : -1;

  if (second >= 0)
    *first = g_strchomp (g_strndup (expression, plus - expression));
  return second;
}

static gboolean
fail_field (const MqMapping *mapping, const char *field, GError **error)
{
  g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--map names “%s”, which is no field of %s. Fields are customer, key.KIND and those that the manual lists."), field, mq_kind_name (mapping->kind));
  return FALSE;
}

static gboolean
take_given (Guess *guess, const char *entry, GError **error)
{
  MqMapping       *mapping = guess->mapping;
  const char      *equals = strchr (entry, '=');
  g_autofree char *field = NULL;
  g_autofree char *name = NULL;
  g_autofree char *first = NULL;
  MqUseRole        role;
  MqUse           *use;
  int              column, factor = -1, second = -1;

  if (equals == NULL)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--map needs “field=Column”, not “%s”."), entry);
      return FALSE;
    }
  field = g_strstrip (g_strndup (entry, equals - entry));
  if (!resolve_field (mapping->kind, field, &name, &role))
    return fail_field (mapping, field, error);
  mapping->keys_given |= role == MQ_USE_KEY;
  if (equals[1] == '\0')
    {
      g_hash_table_add (guess->left_out, g_steal_pointer (&name));
      return TRUE;
    }
  if (strcmp (name, "status") == 0 && mapping->kind == MQ_KIND_ORDERS)
    second = find_second (guess, equals + 1, &first);
  column = add_constant (guess, first != NULL ? first : equals + 1, role);
  if (column < 0 && !find_factors (guess, first != NULL ? first : equals + 1, &column, &factor, error))
    return FALSE;
  if (mq_mapping_find (mapping, name) != NULL || (factor >= 0 && role != MQ_USE_MONEY && role != MQ_USE_NUMBER))
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("--map names “%s” twice, or multiplies what is no number."), field);
      return FALSE;
    }
  use = add_use (mapping, name, role, column);
  use->given = TRUE;
  use->factor = factor;
  use->second = second;
  if (factor < 0 && (guint) column < mapping->n_columns)
    guess->taken[column] = TRUE;
  return TRUE;
}

static int
find_header (const Guess *guess, const char *folded)
{
  for (guint i = 0; i < guess->folded->len; i++)
    if (!guess->taken[i] && strcmp (g_ptr_array_index (guess->folded, i), folded) == 0)
      return i;
  for (guint i = 0; i < guess->brief->len; i++)
    if (!guess->taken[i] && strcmp (g_ptr_array_index (guess->brief, i), folded) == 0)
      return i;
  return -1;
}

static gboolean
has_header (const Guess *guess, const char *name)
{
  g_autofree char *folded = mq_header_fold (name, TRUE);

  for (guint i = 0; i < guess->folded->len; i++)
    if (strcmp (g_ptr_array_index (guess->folded, i), folded) == 0)
      return TRUE;
  return FALSE;
}

static int
find_any_header (const Guess *guess, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *folded = mq_header_fold (list[i], TRUE);
      int              column = *folded != '\0' ? find_header (guess, folded) : -1;

      if (column >= 0)
        return column;
    }
  return -1;
}

static void
take_guessed (Guess *guess, const MqHeaderEntry *entry)
{
  MqMapping       *mapping = guess->mapping;
  g_autofree char *name = NULL;
  MqUseRole        role;
  int              column;

  if ((entry->kinds & (1u << mapping->kind)) == 0 || !resolve_field (mapping->kind, entry->field, &name, &role))
    return;
  if (mq_mapping_find (mapping, name) != NULL || g_hash_table_contains (guess->left_out, name))
    return;
  if (role == MQ_USE_KEY && mapping->keys_given)
    return;
  if (entry->needs != NULL && !has_header (guess, entry->needs))
    return;
  column = find_any_header (guess, entry->names);
  if (column < 0)
    return;
  add_use (mapping, name, role, column);
  guess->taken[column] = TRUE;
}

/* "phone (2)" after "phone": a further key of that kind, as an export writes it. */
static gboolean
take_further_key (Guess *guess, guint column)
{
  MqMapping       *mapping = guess->mapping;
  const char      *header = mq_mapping_source (mapping, column)->header;
  g_autofree char *kind = mq_key_find_header (header);
  g_autofree char *name = kind != NULL ? g_strconcat ("key.", kind, NULL) : NULL;

  if (kind == NULL || g_str_has_suffix (header, kind) || mapping->keys_given || guess->taken[column] || mq_mapping_find (mapping, name) == NULL)
    return FALSE;
  add_use (mapping, name, MQ_USE_KEY, column);
  guess->taken[column] = TRUE;
  return TRUE;
}

/* Headers as an export writes them: names of fields, of key kinds, key.KIND. They hold before any likeness. */
static void
take_exact (Guess *guess)
{
  MqMapping *mapping = guess->mapping;

  for (guint i = 0; i < mapping->n_columns; i++)
    {
      const char      *header = mq_mapping_source (mapping, i)->header;
      g_autofree char *key = mq_key_is_builtin (header) ? g_strconcat ("key.", header, NULL) : g_strdup (header);
      g_autofree char *name = NULL;
      MqUseRole        role;

      if (take_further_key (guess, i) || guess->taken[i] || strcmp (key, "customer") == 0 || !resolve_field (mapping->kind, key, &name, &role))
        continue;
      if (mq_mapping_find (mapping, name) != NULL || g_hash_table_contains (guess->left_out, name) || (role == MQ_USE_KEY && mapping->keys_given))
        continue;
      add_use (mapping, name, role, i);
      guess->taken[i] = TRUE;
    }
}

static void
rename_use (MqUse *use, const char *name)
{
  g_free (use->name);
  use->name = g_strdup (name);
}

/* A file with only 下单时间 has no better time than that. */
static void
promote_created_time (Guess *guess)
{
  MqMapping *mapping = guess->mapping;
  MqUse     *created = mq_mapping_find (mapping, "created_time");

  if (mapping->kind == MQ_KIND_ORDERS && created != NULL && !created->given && !g_hash_table_contains (guess->left_out, "time") &&
      mq_mapping_find (mapping, "time") == NULL && mq_mapping_find (mapping, "paid_time") == NULL)
    rename_use (created, "time");
}

/* Without an amount, what a line cost is its price times its quantity. */
static void
propose_product (Guess *guess)
{
  MqMapping *mapping = guess->mapping;
  MqUse     *quantity = mq_mapping_find (mapping, "quantity");
  MqUse     *price = mq_mapping_find (mapping, "unit_price");

  if (mapping->kind != MQ_KIND_ORDERS || quantity == NULL || price == NULL || mq_mapping_find (mapping, "amount") != NULL ||
      g_hash_table_contains (guess->left_out, "amount"))
    return;
  add_use (mapping, "amount", MQ_USE_MONEY, quantity->column)->factor = price->column;
}

/* What became of the refund that was asked for stands beside an order's status in some shops' files. */
static void
propose_second_status (Guess *guess)
{
  MqUse *status = guess->mapping->kind == MQ_KIND_ORDERS ? mq_mapping_find (guess->mapping, "status") : NULL;

  if (status != NULL && !status->given)
    status->second = find_any_header (guess, "售后状态|订单退款状态|退款状态");
}

static void
add_properties (Guess *guess)
{
  MqMapping *mapping = guess->mapping;

  for (guint i = 0; i < mapping->n_columns; i++)
    if (!guess->taken[i])
      mq_mapping_add_property (mapping, i);
}

static int
rank_use (const MqMapping *self, const MqUse *use)
{
  guint          n = 0;
  const MqField *fields = mq_kind_fields (self->kind, &n);

  if (use->role == MQ_USE_KEY)
    return mq_key_priority (use->name + 4) - 1000;
  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, use->name) == 0)
      return i;
  return 1000;
}

static int
compare_uses_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const MqUse *x = *(MqUse *const *) a;
  const MqUse *y = *(MqUse *const *) b;
  int          order = rank_use (data, x) - rank_use (data, y);

  if (order == 0 && x->role == MQ_USE_KEY)
    order = strcmp (x->name, y->name);
  return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

MqMapping *
mq_mapping_new (MqKind kind, const char *const *headers, guint n, const char *const *map, GError **error)
{
  g_autoptr (MqMapping) self = g_new0 (MqMapping, 1);
  g_auto (Guess) guess = { NULL };
  guint                n_entries;
  const MqHeaderEntry *entries = mq_header_dictionary (&n_entries);

  self->kind = kind;
  self->has_header = headers != NULL;
  self->sources = g_ptr_array_new_with_free_func (free_source);
  self->uses = g_ptr_array_new_with_free_func (free_use);
  add_sources (self, headers, n);
  self->n_columns = n;
  init_guess (&guess, self, n);
  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (!take_given (&guess, map[i], error))
      return NULL;
  if (headers != NULL)
    take_exact (&guess);
  for (guint i = 0; i < n_entries && headers != NULL; i++)
    take_guessed (&guess, &entries[i]);
  promote_created_time (&guess);
  propose_product (&guess);
  propose_second_status (&guess);
  add_properties (&guess);
  g_ptr_array_sort_with_data (self->uses, compare_uses_cb, self);
  return g_steal_pointer (&self);
}

void
mq_mapping_free (MqMapping *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->uses, g_ptr_array_unref);
  g_free (self);
}

MqNumberStatus
mq_source_parse_number (const MqSource *self, const char *text, gsize length, MqDecimal *value)
{
  if (self->style.decimal == '.' && mq_decimal_parse_plain (text, length, value))
    return MQ_NUMBER_OK;
  if (self->notes)
    mq_guard_strip_note (&text, &length);
  return mq_decimal_parse (text, length, self->style, value);
}

MqUse *
mq_mapping_find (const MqMapping *self, const char *name)
{
  for (guint i = 0; i < self->uses->len; i++)
    if (strcmp (mq_mapping_use (self, i)->name, name) == 0)
      return mq_mapping_use (self, i);
  return NULL;
}

gboolean
mq_mapping_has_role (const MqMapping *self, guint column, MqUseRole role)
{
  for (guint i = 0; i < self->uses->len; i++)
    if (mq_mapping_use (self, i)->column == column && mq_mapping_use (self, i)->role == role)
      return TRUE;
  return FALSE;
}

gboolean
mq_mapping_is_number (const MqMapping *self, guint column)
{
  for (guint i = 0; i < self->uses->len; i++)
    {
      const MqUse *use = mq_mapping_use (self, i);

      if (use->factor >= 0 && (use->column == column || (guint) use->factor == column))
        return TRUE;
    }
  return mq_mapping_has_role (self, column, MQ_USE_NUMBER) || mq_mapping_has_role (self, column, MQ_USE_MONEY);
}

void
mq_mapping_demote (MqMapping *self, MqUse *use)
{
  const char *prefix = self->kind == MQ_KIND_CUSTOMERS ? "attr:" : "prop:";
  const char *header = mq_mapping_source (self, use->column)->header;

  g_free (use->name);
  /* An export writes the prefix where the name alone would be taken for a field. */
  use->name = g_strconcat (prefix, g_str_has_prefix (header, prefix) ? header + strlen (prefix) : header, NULL);
  use->role = MQ_USE_PROPERTY;
  use->given = FALSE;
}

void
mq_mapping_add_property (MqMapping *self, guint column)
{
  mq_mapping_demote (self, add_use (self, "", MQ_USE_PROPERTY, column));
}

static gboolean
has_time_of_order (const MqMapping *self, const char *field)
{
  return self->kind == MQ_KIND_ORDERS && strcmp (field, "time") == 0 && mq_mapping_find (self, "paid_time") != NULL;
}

gboolean
mq_mapping_check_required (const MqMapping *self, GError **error)
{
  guint          n;
  const MqField *fields = mq_kind_fields (self->kind, &n);

  for (guint i = 0; i < n; i++)
    if (fields[i].required && mq_mapping_find (self, fields[i].name) == NULL && !has_time_of_order (self, fields[i].name))
      {
        g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_MAPPING, _ ("No column was recognised as %s, which %s need. Name it with --map %s=COLUMN."), fields[i].name, mq_kind_name (self->kind), fields[i].name);
        return FALSE;
      }
  return TRUE;
}

int
mq_mapping_find_total (const MqMapping *self)
{
  g_auto (GStrv) list = g_strsplit (mq_header_totals (), "|", -1);
  const MqUse *amount = mq_mapping_find (self, "amount");

  for (guint i = 0; list[i] != NULL && self->has_header; i++)
    {
      g_autofree char *wanted = mq_header_fold (list[i], TRUE);

      for (guint k = 0; k < self->n_columns; k++)
        {
          g_autofree char *folded = mq_header_fold (mq_mapping_source (self, k)->header, TRUE);

          if (strcmp (folded, wanted) == 0 && (amount == NULL || amount->column != k))
            return k;
        }
    }
  return -1;
}
