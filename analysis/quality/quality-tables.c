/* quality-tables.c: the tables. */

#include "config.h"

#include "quality/quality-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_WEAKEST 12

/* What is customarily said about contact data: 2 to 3 % a month. Nobody has measured it here. */
static const struct
{
  double      monthly;
  const char *name; /* N_() */
} assumptions[] = {
  /* xgettext:no-c-format */
  { 0.02, N_ ("assumed: 2 % a month") },
  /* xgettext:no-c-format */
  { 0.03, N_ ("assumed: 3 % a month") },
};

static double
get_share (gint64 part, gint64 whole)
{
  return whole > 0 ? (double) part / whole : NAN;
}

MqTable *
mq_quality_score_table (const double *values)
{
  MqTableBuilder *builder = mq_table_builder_new ("score", NULL, NULL);
  double          score = mq_score_compute (values);
  int             weights = 0;

  mq_table_builder_add_column (builder, "part", N_ ("Part"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "weight", N_ ("Weight"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "value", N_ ("Value"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "points", N_ ("Points"), MQ_COLUMN_DOUBLE);
  for (guint i = 0; i < MQ_N_PARTS; i++)
    weights += isnan (values[i]) ? 0 : mq_score_weights[i];
  for (guint i = 0; i < MQ_N_PARTS; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_score_part_name (i));
      mq_table_builder_set_integer (builder, 1, mq_score_weights[i]);
      mq_table_builder_set_double (builder, 2, values[i]);
      mq_table_builder_set_double (builder, 3, 100.0 * mq_score_weights[i] * values[i] / MAX (weights, 1));
    }
  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, 0, N_ ("total"));
  mq_table_builder_set_integer (builder, 1, weights);
  mq_table_builder_set_double (builder, 2, score / 100);
  mq_table_builder_set_double (builder, 3, score);
  return mq_table_builder_finish (builder);
}

static void
set_day (MqTableBuilder *builder, guint column, gint64 day)
{
  if (day != G_MININT64)
    mq_table_builder_set_integer (builder, column, day);
}

MqTable *
mq_quality_fields_table (const GPtrArray *fields)
{
  MqTableBuilder *builder = mq_table_builder_new ("fields", NULL, NULL);

  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM), mq_kind_words);
  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT), mq_field_words);
  mq_table_builder_add_column (builder, "records", N_ ("Records"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "filled", N_ ("Filled"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share_filled", N_ ("Share Filled"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "check", N_ ("Checked as"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "valid", N_ ("Valid"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share_valid", N_ ("Share Valid"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "distinct", N_ ("Distinct"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "oldest", N_ ("Oldest"), MQ_COLUMN_DAY);
  mq_table_builder_add_column (builder, "newest", N_ ("Newest"), MQ_COLUMN_DAY);
  for (guint i = 0; i < fields->len; i++)
    {
      const MqQualityField *field = fields->pdata[i];

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_kind_name (field->kind));
      mq_table_builder_set_text (builder, 1, field->name);
      mq_table_builder_set_integer (builder, 2, field->records);
      mq_table_builder_set_integer (builder, 3, field->filled);
      mq_table_builder_set_double (builder, 4, get_share (field->filled, field->records));
      if (field->check != MQ_CHECK_NONE)
        {
          mq_table_builder_set_text (builder, 5, mq_check_name (field->check));
          mq_table_builder_set_integer (builder, 6, field->valid);
          mq_table_builder_set_double (builder, 7, get_share (field->valid, field->filled));
        }
      mq_table_builder_set_integer (builder, 8, field->distinct);
      set_day (builder, 9, field->oldest);
      set_day (builder, 10, field->newest);
    }
  return mq_table_builder_finish (builder);
}

static int
compare_filled_cb (gconstpointer a, gconstpointer b)
{
  const MqQualityField *x = *(const MqQualityField *const *) a, *y = *(const MqQualityField *const *) b;
  double                share = get_share (x->filled, x->records), other = get_share (y->filled, y->records);

  if (share != other)
    return share < other ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* (element-type MqQualityField), borrowed */
static GPtrArray *
list_weakest (const GPtrArray *fields)
{
  GPtrArray *weakest = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const MqQualityField *field = fields->pdata[i];

      if (field->is_own && field->filled < field->records)
        g_ptr_array_add (weakest, fields->pdata[i]);
    }
  g_ptr_array_sort (weakest, compare_filled_cb);
  return weakest;
}

const MqQualityField *
mq_quality_weakest (const GPtrArray *fields)
{
  g_autoptr (GPtrArray) weakest = list_weakest (fields);

  return weakest->len > 0 ? weakest->pdata[0] : NULL;
}

MqTable *
mq_quality_weakest_table (const GPtrArray *fields)
{
  MqTableBuilder *builder = mq_table_builder_new ("weakest", NULL, NULL);
  g_autoptr (GPtrArray) weakest = list_weakest (fields);

  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT), mq_field_words);
  mq_table_builder_add_column (builder, "records", N_ ("Records"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "filled", N_ ("Filled"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share_filled", N_ ("Share Filled"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < MIN (weakest->len, N_WEAKEST); i++)
    {
      const MqQualityField *field = weakest->pdata[i];
      g_autofree char      *name = g_strdup_printf ("%s.%s", mq_kind_name (field->kind), field->name);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, name);
      mq_table_builder_set_integer (builder, 1, field->records);
      mq_table_builder_set_integer (builder, 2, field->filled);
      mq_table_builder_set_double (builder, 3, get_share (field->filled, field->records));
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_quality_duplicates_table (const MqTwinRule *rules, guint n)
{
  MqTableBuilder *builder = mq_table_builder_new ("duplicates", NULL, NULL);

  mq_table_builder_add_column (builder, "rule", N_ ("Same"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "compared", N_ ("Compared"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "groups", N_ ("Groups"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  for (guint i = 0; i < n; i++)
    {
      if (!rules[i].twins.is_known)
        continue;
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, rules[i].rule);
      mq_table_builder_set_integer (builder, 1, rules[i].twins.compared);
      mq_table_builder_set_integer (builder, 2, rules[i].twins.groups);
      mq_table_builder_set_integer (builder, 3, rules[i].twins.customers);
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_quality_mail_table (const GPtrArray *fields)
{
  static const char *const classes[] = { N_ ("company"), N_ ("free provider"), N_ ("not valid") };
  MqTableBuilder          *builder = mq_table_builder_new ("mail", NULL, NULL);
  gint64                   counts[G_N_ELEMENTS (classes)] = { 0 }, filled = 0;

  mq_table_builder_add_column (builder, "class", N_ ("Addresses"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "addresses", N_ ("Records"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < fields->len; i++)
    {
      const MqQualityField *field = fields->pdata[i];

      if (field->kind != MQ_KIND_CUSTOMERS || field->check != MQ_CHECK_EMAIL)
        continue;
      counts[0] += field->valid - field->free_mail;
      counts[1] += field->free_mail;
      counts[2] += field->filled - field->valid;
      filled += field->filled;
    }
  for (guint i = 0; filled > 0 && i < G_N_ELEMENTS (classes); i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, classes[i]);
      mq_table_builder_set_integer (builder, 1, counts[i]);
      mq_table_builder_set_double (builder, 2, get_share (counts[i], filled));
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_quality_imports_table (const GArray *imports, const char *zone)
{
  MqTableBuilder *builder = mq_table_builder_new ("imports", NULL, zone);

  mq_table_builder_add_column (builder, "import", N_ ("Import"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "time", N_ ("Time"), MQ_COLUMN_TIME);
  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "kind", N_ ("Kind"), MQ_COLUMN_TERM), mq_kind_words);
  mq_table_builder_add_column (builder, "rows", N_ ("Rows"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "cells", N_ ("Cells"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "filled", N_ ("Filled"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share_filled", N_ ("Share Filled"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < imports->len; i++)
    {
      const MqImportCells *import = &g_array_index (imports, MqImportCells, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_integer (builder, 0, import->cells.import);
      mq_table_builder_set_integer (builder, 1, import->time);
      mq_table_builder_set_text (builder, 2, mq_kind_name (import->kind));
      mq_table_builder_set_integer (builder, 3, import->cells.rows);
      mq_table_builder_set_integer (builder, 4, import->cells.cells);
      mq_table_builder_set_integer (builder, 5, import->cells.filled);
      mq_table_builder_set_double (builder, 6, get_share (import->cells.filled, import->cells.cells));
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_quality_decay_table (const GArray *decays)
{
  MqTableBuilder *builder = mq_table_builder_new ("decay", NULL, NULL);

  mq_table_builder_set_words (builder, mq_table_builder_add_column (builder, "field", N_ ("Field"), MQ_COLUMN_TEXT), mq_field_words);
  mq_table_builder_add_column (builder, "pairs", N_ ("Stated Again"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "changed", N_ ("Changed"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "months", N_ ("Months Between, Sum"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "monthly", N_ ("Change a Month"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "low", N_ ("At Least"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("At Most"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "yearly", N_ ("Change a Year"), MQ_COLUMN_SHARE);
  for (guint i = 0; i < decays->len; i++)
    {
      const MqFieldDecay *entry = &g_array_index (decays, MqFieldDecay, i);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, entry->field);
      mq_table_builder_set_integer (builder, 1, entry->decay.pairs);
      mq_table_builder_set_integer (builder, 2, entry->decay.changed);
      mq_table_builder_set_double (builder, 3, entry->decay.months);
      mq_table_builder_set_double (builder, 4, entry->decay.monthly);
      mq_table_builder_set_double (builder, 5, entry->decay.low);
      mq_table_builder_set_double (builder, 6, entry->decay.high);
      mq_table_builder_set_double (builder, 7, mq_decay_yearly (entry->decay.monthly));
    }
  return mq_table_builder_finish (builder);
}

MqTable *
mq_quality_assumption_table (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("assumption", NULL, NULL);

  mq_table_builder_add_column (builder, "monthly", N_ ("Change a Month"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "yearly", N_ ("Change a Year"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "assumed", N_ ("Assumption"), MQ_COLUMN_TERM);
  for (guint i = 0; i < G_N_ELEMENTS (assumptions); i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_double (builder, 0, assumptions[i].monthly);
      mq_table_builder_set_double (builder, 1, mq_decay_yearly (assumptions[i].monthly));
      mq_table_builder_set_text (builder, 2, assumptions[i].name);
    }
  return mq_table_builder_finish (builder);
}
