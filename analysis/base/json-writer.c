/* json-writer.c: JSON text, appended to a GString. */

#include "base/json-writer.h"

#include <math.h>
#include <string.h>

static void
append_escaped (GString *out, char c)
{
  static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (gsize i = 0; letters[i] != '\0'; i += 2)
    if (letters[i] == c)
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, letters[i + 1]);
        return;
      }
  g_string_append_printf (out, "\\u%04x", (guint8) c);
}

static const char *
get_entry_key (GVariant *entry)
{
  g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);

  /* Points into the entry's own data: the key's variant may go. */
  return g_variant_get_string (key, NULL);
}

static gint
compare_entries_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (get_entry_key (*(GVariant *const *) a), get_entry_key (*(GVariant *const *) b));
}

static void
append_entries (GString *out, GVariant *value)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    g_ptr_array_add (entries, g_variant_get_child_value (value, i));
  g_ptr_array_sort (entries, compare_entries_cb);
  g_string_append_c (out, '{');
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (entries->pdata[i], 1);

      if (i > 0)
        g_string_append (out, ", ");
      mq_json_append_string (out, get_entry_key (entries->pdata[i]));
      g_string_append (out, ": ");
      mq_json_append_variant (out, item);
    }
  g_string_append_c (out, '}');
}

static void
append_items (GString *out, GVariant *value)
{
  g_string_append_c (out, '[');
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (value, i);

      if (i > 0)
        g_string_append (out, ", ");
      mq_json_append_variant (out, item);
    }
  g_string_append_c (out, ']');
}

static void
append_integer (GString *out, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      g_string_append_printf (out, "%u", g_variant_get_byte (value));
      break;
    case G_VARIANT_CLASS_INT16:
      g_string_append_printf (out, "%d", g_variant_get_int16 (value));
      break;
    case G_VARIANT_CLASS_UINT16:
      g_string_append_printf (out, "%u", g_variant_get_uint16 (value));
      break;
    case G_VARIANT_CLASS_INT32:
      g_string_append_printf (out, "%d", g_variant_get_int32 (value));
      break;
    case G_VARIANT_CLASS_UINT32:
      g_string_append_printf (out, "%u", g_variant_get_uint32 (value));
      break;
    case G_VARIANT_CLASS_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, g_variant_get_int64 (value));
      break;
    case G_VARIANT_CLASS_UINT64:
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, g_variant_get_uint64 (value));
      break;
    default:
      g_return_if_reached ();
    }
}

void
mq_json_append_string (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *start = text;; text++)
    if ((guint8) *text < 0x20 || *text == '"' || *text == '\\')
      {
        g_string_append_len (out, start, text - start);
        if (*text == '\0')
          break;
        append_escaped (out, *text);
        start = text + 1;
      }
  g_string_append_c (out, '"');
}

void
mq_json_append_double (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (out, "null");
      return;
    }
  /* No negative zero: which sign a sum of nothing gets is chance. */
  if (value == 0)
    value = 0;
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.16g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);
  g_string_append (out, buffer);
}

void
mq_json_append_variant (GString *out, GVariant *value)
{
  g_autoptr (GVariant) inner = NULL;

  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_VARIANT:
      inner = g_variant_get_variant (value);
      mq_json_append_variant (out, inner);
      break;
    case G_VARIANT_CLASS_STRING:
      mq_json_append_string (out, g_variant_get_string (value, NULL));
      break;
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (out, g_variant_get_boolean (value) ? "true" : "false");
      break;
    case G_VARIANT_CLASS_DOUBLE:
      mq_json_append_double (out, g_variant_get_double (value));
      break;
    case G_VARIANT_CLASS_ARRAY:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE ("a{s*}")))
        append_entries (out, value);
      else
        append_items (out, value);
      break;
    default:
      append_integer (out, value);
    }
}
