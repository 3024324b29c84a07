/* import-plan.c: how a file is read, as people see it (MqImportPlan, the table of columns) and as it is stored (JSON). */

#include "config.h"

#include "import/import-head.h"
#include "import/import-preview.h"

#include "base/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_PREVIEW 100

static void
free_column (gpointer data)
{
  MqImportColumn *column = data;

  g_free (column->header);
  g_free (column->field);
  g_free (column->format);
  g_free (column->missing);
  g_free (column->second);
  g_strfreev (column->examples);
  g_free (column);
}

static char *
name_delimiter (const MqCsvDialect *dialect)
{
  if (dialect->packed)
    return g_strdup ("");
  return g_strdup (dialect->delimiter[0] == '\0' ? "blanks" : dialect->delimiter);
}

static const char *
name_type (MqValueType type)
{
  static const char *const names[] = { "text", "integer", "decimal", "money", "time", "day" };

  return names[type];
}

/* The uses of a column as one text: "quantity", "key.phone, prop:手机". */
static char *
list_uses (const MqMapping *mapping, guint column)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < mapping->uses->len; i++)
    {
      const MqUse *use = mq_mapping_use (mapping, i);

      if (use->column == column || use->factor == (int) column)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", use->name);
    }
  return g_string_free (list, FALSE);
}

/* What the column's own use makes of it; of a product only its factors stand for themselves. */
static const MqUse *
find_main_use (const MqMapping *mapping, guint column)
{
  for (guint i = 0; i < mapping->uses->len; i++)
    if (mq_mapping_use (mapping, i)->column == column && mq_mapping_use (mapping, i)->factor < 0)
      return mq_mapping_use (mapping, i);
  return NULL;
}

static char *
describe_format (const MqImportHead *self, const MqUse *use)
{
  const MqSource *source;

  if (use == NULL)
    return g_strdup ("");
  source = mq_mapping_source (self->mapping, use->column);
  if (use->role == MQ_USE_TIME || use->role == MQ_USE_DAY)
    return g_strdup (mq_date_format_name (&source->format));
  if ((use->role == MQ_USE_NUMBER || use->role == MQ_USE_MONEY) && source->style.decimal == ',')
    return g_strdup ("1.234,56");
  return g_strdup (use->role == MQ_USE_MONEY ? self->options->currency : "");
}

static char *
describe_missing (const MqImportHead *self, guint column)
{
  const MqTokenList *tokens = &self->inference.tokens;
  const MqEvidence  *seen = &self->evidence[column];
  GString           *list = g_string_new (NULL);

  for (guint i = 0; i < tokens->n && mq_mapping_source (self->mapping, column)->tokens != MQ_TOKENS_KEEP; i++)
    if (seen->tokens[i] > 0)
      g_string_append_printf (list, "%s%s %" G_GINT64_FORMAT, list->len > 0 ? ", " : "", tokens->texts[i], seen->tokens[i]);
  return g_string_free (list, FALSE);
}

static MqImportColumn *
describe_column (const MqImportHead *self, guint index)
{
  MqImportColumn *column = g_new0 (MqImportColumn, 1);
  const MqUse    *use = find_main_use (self->mapping, index);
  guint           n = 0;

  column->header = g_strdup (mq_mapping_source (self->mapping, index)->header);
  column->constant = index >= self->mapping->n_columns;
  if (use != NULL && use->second >= 0)
    column->second = g_strdup (mq_mapping_source (self->mapping, use->second)->header);
  column->field = list_uses (self->mapping, index);
  column->type = use != NULL ? use->type : MQ_VALUE_TEXT;
  column->format = describe_format (self, use);
  column->missing = describe_missing (self, index);
  column->filled = self->evidence[index].filled;
  column->examples = g_new0 (char *, MQ_N_EXAMPLES + 1);
  for (; n < MQ_N_EXAMPLES && self->evidence[index].examples[n] != NULL; n++)
    column->examples[n] = g_strdup (self->evidence[index].examples[n]);
  return column;
}

static MqStatusCount *
copy_status (const MqStatusCount *count)
{
  MqStatusCount *copy = g_new0 (MqStatusCount, 1);

  copy->text = g_strdup (count->text);
  copy->status = count->status;
  copy->given = count->given;
  copy->rows = count->rows;
  return copy;
}

static void
append_text (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, ",\"%s\":", name);
  mq_json_append_string (json, value);
}

static void
append_tokens (GString *json, const MqImportHead *self)
{
  g_string_append (json, ",\"tokens\":[");
  for (guint i = 0; i < self->inference.tokens.n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      mq_json_append_string (json, self->inference.tokens.texts[i]);
    }
  g_string_append_c (json, ']');
}

static void
append_source (GString *json, const MqImportHead *self, guint index)
{
  static const char *const rules[] = { "keep", "drop", "while-plain", "while-quoted" };
  const MqSource          *source = mq_mapping_source (self->mapping, index);
  char                     style[3] = { source->style.decimal, source->style.grouping, '\0' };

  g_string_append (json, index > 0 ? ",{\"header\":" : "{\"header\":");
  mq_json_append_string (json, source->header);
  if (source->constant != NULL)
    append_text (json, "constant", source->constant);
  append_text (json, "guard", mq_guard_name (source->guard));
  append_text (json, "tokens", rules[source->tokens]);
  append_text (json, "number", style);
  if (source->notes)
    g_string_append (json, ",\"notes\":true");
  append_text (json, "format", source->format.order != MQ_DATE_NONE ? mq_date_format_name (&source->format) : "");
  g_string_append_c (json, '}');
}

static void
append_use (GString *json, const MqUse *use, gboolean first)
{
  g_string_append (json, first ? "{\"field\":" : ",{\"field\":");
  mq_json_append_string (json, use->name);
  g_string_append_printf (json, ",\"column\":%u", use->column + 1);
  if (use->factor >= 0)
    g_string_append_printf (json, ",\"times\":%d", use->factor + 1);
  append_text (json, "type", name_type (use->type));
  g_string_append_printf (json, ",\"scale\":%d,\"given\":%s}", use->scale, use->given ? "true" : "false");
}

char *
mq_import_head_json (const MqImportHead *self)
{
  g_autofree char *delimiter = name_delimiter (&self->layout.dialect);
  GString         *json = g_string_new ("{\"version\":1");

  append_text (json, "kind", mq_kind_name (self->options->kind));
  append_text (json, "format", self->source->class->format);
  append_text (json, "sheet", self->source->part != NULL ? self->source->part : "");
  append_text (json, "encoding", mq_record_source_encoding (self->source));
  append_text (json, "delimiter", delimiter);
  append_text (json, "zone", mq_zone_name (self->zone));
  append_text (json, "currency", self->options->currency);
  append_text (json, "amount_of", mq_amount_of_name (self->rules.amount_of));
  g_string_append_printf (json, ",\"header_line\":%" G_GINT64_FORMAT ",\"has_header\":%s,\"quotes\":%s,\"refund_is_net\":%s,\"carry\":%s", self->header_line, self->layout.has_header ? "true" : "false", self->layout.dialect.quotes ? "true" : "false", self->rules.refund_is_net ? "true" : "false", self->carry != NULL ? "true" : "false");
  append_tokens (json, self);
  g_string_append (json, ",\"columns\":[");
  for (guint i = 0; i < self->mapping->sources->len; i++)
    append_source (json, self, i);
  g_string_append (json, "],\"fields\":[");
  for (guint i = 0; i < self->mapping->uses->len; i++)
    append_use (json, mq_mapping_use (self->mapping, i), i == 0);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

MqImportPlan *
mq_import_head_plan (const MqImportHead *self)
{
  MqImportPlan *plan = g_new0 (MqImportPlan, 1);

  plan->format = g_strdup (self->source->class->format);
  plan->sheet = g_strdup (self->source->part != NULL ? self->source->part : "");
  plan->encoding = g_strdup (mq_record_source_encoding (self->source));
  plan->delimiter = name_delimiter (&self->layout.dialect);
  plan->has_header = self->layout.has_header;
  plan->amount_of = self->rules.amount_of;
  plan->refund_is_net = self->rules.refund_is_net;
  plan->columns = g_ptr_array_new_with_free_func (free_column);
  plan->statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_status_count_free);
  plan->proofs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->mapping->sources->len; i++)
    g_ptr_array_add (plan->columns, describe_column (self, i));
  for (guint i = 0; i < self->statuses->len; i++)
    g_ptr_array_add (plan->statuses, copy_status (g_ptr_array_index (self->statuses, i)));
  for (guint i = 0; i < self->proofs->len; i++)
    g_ptr_array_add (plan->proofs, g_strdup (g_ptr_array_index (self->proofs, i)));
  plan->rows = mq_import_preview (self, N_PREVIEW);
  plan->trouble = g_strdup (self->trouble);
  return plan;
}

void
mq_import_plan_free (MqImportPlan *plan)
{
  g_free (plan->format);
  g_free (plan->sheet);
  g_free (plan->encoding);
  g_free (plan->delimiter);
  g_free (plan->trouble);
  g_clear_pointer (&plan->columns, g_ptr_array_unref);
  g_clear_pointer (&plan->statuses, g_ptr_array_unref);
  g_clear_pointer (&plan->proofs, g_ptr_array_unref);
  g_clear_pointer (&plan->rows, g_ptr_array_unref);
  g_free (plan);
}

MqTable *
mq_import_plan_table (const MqImportPlan *plan)
{
  MqTableBuilder *builder = mq_table_builder_new ("columns", NULL, NULL);

  mq_table_builder_add_column (builder, "column", N_ ("Column"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "type", N_ ("Type"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "format", N_ ("Format"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "filled", N_ ("Filled"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "missing", N_ ("Taken as Missing"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "example", N_ ("Example"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const MqImportColumn *column = g_ptr_array_index (plan->columns, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, column->header);
      mq_table_builder_set_text (builder, 1, column->field[0] != '\0' ? column->field : NULL);
      mq_table_builder_set_text (builder, 2, name_type (column->type));
      mq_table_builder_set_text (builder, 3, column->format[0] != '\0' ? column->format : NULL);
      mq_table_builder_set_integer (builder, 4, column->filled);
      mq_table_builder_set_text (builder, 5, column->missing[0] != '\0' ? column->missing : NULL);
      mq_table_builder_set_text (builder, 6, column->examples[0]);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_import_rejects_table (const MqImportDraft *draft)
{
  MqTableBuilder *builder = mq_table_builder_new ("rejected", NULL, NULL);

  mq_table_builder_add_column (builder, "line", N_ ("Line"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "column", N_ ("Column"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "reason", N_ ("Reason"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "text", N_ ("Row"), MQ_COLUMN_TEXT);
  for (guint i = 0; i < draft->rejects->len; i++)
    {
      const MqReject *reject = g_ptr_array_index (draft->rejects, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, reject->line);
      mq_table_builder_set_integer (builder, 1, reject->column);
      mq_table_builder_set_text (builder, 2, reject->reason);
      mq_table_builder_set_text (builder, 3, reject->text);
    }
  return mq_table_builder_finish (builder);
}
