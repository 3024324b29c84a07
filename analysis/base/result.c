/* result.c: the answer of an analysis and its JSON. */

#include "base/result.h"

#include "base/civil-time.h"
#include "base/json-writer.h"

struct _MqResult
{
  gatomicrefcount ref_count;
  MqProvenance    provenance;
  GVariant       *settings; /* (owned) */
  GPtrArray      *tables;   /* (owned) (element-type MqTable) */
  GPtrArray      *warnings; /* (owned) (element-type utf8), ended by NULL */
  char           *sentence; /* (owned) */
  char           *rules;    /* (owned) */
};

static void
free_left_out_cb (gpointer data)
{
  MqLeftOut *left_out = data;

  g_free (left_out->reason);
  g_free (left_out);
}

static void
clear_provenance (MqProvenance *provenance)
{
  g_free (provenance->module);
  g_free (provenance->period);
  g_free (provenance->time_zone);
  g_free (provenance->currency);
  g_free (provenance->data);
  g_ptr_array_unref (provenance->left_out);
}

static void
write_as_of (const MqProvenance *provenance, GString *out)
{
  const MqZone    *zone = provenance->time_zone != NULL ? mq_zone_get (provenance->time_zone, NULL) : NULL;
  g_autofree char *text = NULL;

  if (provenance->as_of != MQ_TIME_MISSING)
    text = mq_instant_format (zone != NULL ? zone : mq_zone_get ("UTC", NULL), provenance->as_of);
  mq_json_append_string (out, text);
}

static void
write_provenance (const MqProvenance *provenance, GString *out)
{
  g_string_append (out, "{\"as_of\": ");
  write_as_of (provenance, out);
  g_string_append (out, ", \"period\": ");
  mq_json_append_string (out, provenance->period);
  g_string_append (out, ", \"time_zone\": ");
  mq_json_append_string (out, provenance->time_zone);
  g_string_append (out, ", \"data\": ");
  mq_json_append_string (out, provenance->data);
  g_string_append_printf (out, ", \"revision\": %" G_GINT64_FORMAT, provenance->revision);
  g_string_append_printf (out, ", \"rows_read\": %" G_GINT64_FORMAT, provenance->rows_read);
  g_string_append (out, ", \"rows_left_out\": [");
  for (guint i = 0; i < provenance->left_out->len; i++)
    {
      const MqLeftOut *left_out = provenance->left_out->pdata[i];

      g_string_append (out, i > 0 ? ", {\"reason\": " : "{\"reason\": ");
      mq_json_append_string (out, left_out->reason);
      g_string_append_printf (out, ", \"rows\": %" G_GINT64_FORMAT "}", left_out->rows);
    }
  g_string_append (out, "]}");
}

MqResult *
mq_result_new (const char *module, int version)
{
  MqResult *self = g_new0 (MqResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->provenance.module = g_strdup (module);
  self->provenance.version = version;
  self->provenance.as_of = MQ_TIME_MISSING;
  self->provenance.from = MQ_TIME_MISSING;
  self->provenance.left_out = g_ptr_array_new_with_free_func (free_left_out_cb);
  self->settings = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_table_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->warnings, NULL);
  self->sentence = g_strdup ("");
  self->rules = g_strdup ("");
  return self;
}

MqResult *
mq_result_ref (MqResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_result_unref (MqResult *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  clear_provenance (&self->provenance);
  g_variant_unref (self->settings);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->warnings);
  g_free (self->sentence);
  g_free (self->rules);
  g_free (self);
}

MqProvenance *
mq_result_provenance (MqResult *self)
{
  return &self->provenance;
}

void
mq_result_leave_out (MqResult *self, const char *reason, gint64 rows)
{
  MqLeftOut *left_out;

  if (rows == 0)
    return;
  for (guint i = 0; i < self->provenance.left_out->len; i++)
    {
      left_out = self->provenance.left_out->pdata[i];
      if (g_str_equal (left_out->reason, reason))
        {
          left_out->rows += rows;
          return;
        }
    }
  left_out = g_new (MqLeftOut, 1);
  left_out->reason = g_strdup (reason);
  left_out->rows = rows;
  g_ptr_array_add (self->provenance.left_out, left_out);
}

void
mq_result_warn (MqResult *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_insert (self->warnings, self->warnings->len - 1, g_strdup_vprintf (format, args));
  va_end (args);
}

void
mq_result_take_table (MqResult *self, MqTable *table)
{
  g_return_if_fail (mq_result_find_table (self, mq_table_name (table)) == NULL);
  g_ptr_array_add (self->tables, table);
}

void
mq_result_set_settings (MqResult *self, GVariant *settings)
{
  g_return_if_fail (g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT));
  g_variant_ref_sink (settings);
  g_variant_unref (self->settings);
  self->settings = settings;
}

void
mq_result_take_sentence (MqResult *self, char *finding)
{
  g_free (self->sentence);
  self->sentence = finding;
}

void
mq_result_take_rules (MqResult *self, char *rules)
{
  g_free (self->rules);
  self->rules = rules;
}

GVariant *
mq_result_settings (const MqResult *self)
{
  return self->settings;
}

const char *
mq_result_sentence (const MqResult *self)
{
  return self->sentence;
}

const char *
mq_result_rules (const MqResult *self)
{
  return self->rules;
}

const char *const *
mq_result_warnings (const MqResult *self)
{
  return (const char *const *) self->warnings->pdata;
}

guint
mq_result_n_tables (const MqResult *self)
{
  return self->tables->len;
}

MqTable *
mq_result_table (const MqResult *self, guint index)
{
  g_return_val_if_fail (index < self->tables->len, NULL);
  return self->tables->pdata[index];
}

MqTable *
mq_result_find_table (const MqResult *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    if (g_str_equal (mq_table_name (self->tables->pdata[i]), name))
      return self->tables->pdata[i];
  return NULL;
}

void
mq_result_write_json (const MqResult *self, GString *out)
{
  g_string_append (out, "{\"module\": ");
  mq_json_append_string (out, self->provenance.module);
  g_string_append_printf (out, ",\n\"version\": %d,\n\"settings\": ", self->provenance.version);
  mq_json_append_variant (out, self->settings);
  g_string_append (out, ",\n\"provenance\": ");
  write_provenance (&self->provenance, out);
  g_string_append (out, ",\n\"warnings\": [");
  for (guint i = 0; i + 1 < self->warnings->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n  " : "\n  ");
      mq_json_append_string (out, self->warnings->pdata[i]);
    }
  g_string_append (out, "],\n\"tables\": {");
  for (guint i = 0; i < self->tables->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      mq_json_append_string (out, mq_table_name (self->tables->pdata[i]));
      g_string_append (out, ": ");
      mq_table_write_json (self->tables->pdata[i], out);
    }
  g_string_append (out, "}}\n");
}
