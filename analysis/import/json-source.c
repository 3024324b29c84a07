/* json-source.c: JSON as a source of records. Its columns are the keys of all records, so it is read twice: once for the
 * keys, once for the values. Records that are lists are rows of cells, as in a table. */

#include "config.h"
#include "import/record-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/room.h"
#include "import/import-error.h"
#include "import/json-parser.h"
#include "import/json-reader.h"
#include "import/mapping.h"
#include "import/record-pack.h"

/* A value of the record being read. */
typedef struct
{
  gint64 record; /* that has it */
  gsize  from;
  gsize  length;
} Value;

typedef struct
{
  MqRecordSource base;
  MqJsonReader  *reader;  /* (owned) (nullable) */
  GHashTable    *columns; /* (owned) path → index + 1 */
  GArray        *values;  /* (owned) (element-type Value) by column */
  GString       *text;    /* (owned) of the values */
  MqRecordPack   pack;
  GBytes        *first; /* (owned) (nullable) the block that was looked at */
  gint64         first_line;
  gint64         record;
  guint          n_cells; /* of a record that is a list */
  gint64         doubled;
  gint64         first_doubled; /* line */
  gint64         line;
  gboolean       collecting; /* the first reading */
  gboolean       full;       /* more columns than there may be */
  gboolean       at_end;
  MqTextPlace    broken; /* where the first record that is none is wrong; line 0 for none */
} JsonSource;

static gboolean
take_leaf_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  JsonSource *self = data;
  guint       index = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, path));
  Value      *value;

  if (index == 0)
    {
      Value fresh = { -1, 0, 0 };

      self->full = self->values->len == MQ_MAX_COLUMNS;
      if (self->full)
        return FALSE;
      g_array_append_val (self->values, fresh);
      index = self->values->len;
      g_hash_table_insert (self->columns, g_strdup (path), GUINT_TO_POINTER (index));
      g_ptr_array_add (self->base.headers, g_strdelimit (g_strdup (path), "\x1f", '.'));
    }
  value = &g_array_index (self->values, Value, index - 1);
  if (value->record == self->record && !self->collecting && self->doubled++ == 0)
    self->first_doubled = self->line;
  *value = (Value){ self->record, self->text->len, length };
  self->pack.failed |= !self->collecting && !mq_string_make_room (self->text, length);
  if (self->pack.failed)
    return FALSE;
  if (!self->collecting)
    g_string_append_len (self->text, text, length);
  return TRUE;
}

static gboolean
take_cell_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  JsonSource *self = data;

  mq_record_pack_set (&self->pack, self->n_cells++, text, length);
  return self->n_cells <= MQ_MAX_COLUMNS;
}

static void
pack_values (JsonSource *self)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);

      if (value->record == self->record)
        mq_record_pack_set (&self->pack, i, self->text->str + value->from, value->length);
    }
  mq_record_pack_end (&self->pack, TRUE);
}

static void
take_record (JsonSource *self, const char *text, gsize length, const MqTextPlace *place)
{
  guint       depth = mq_json_reader_depth (self->reader);
  MqTextPlace bad_place = *place;
  gsize       bad = 0;
  gboolean    ok = FALSE;

  self->record++;
  self->line = place->line;
  self->n_cells = 0;
  g_string_truncate (self->text, 0);
  mq_record_pack_begin (&self->pack, place->line, place->column);
  if (text[0] == '{')
    ok = mq_json_flatten (text, length, depth, take_leaf_cb, self, &bad);
  else if (text[0] == '[' && depth > 0)
    ok = mq_json_list (text, length, depth, take_cell_cb, self, &bad);
  mq_text_place_advance (&bad_place, text, bad);
  if (!ok && self->broken.line == 0)
    self->broken = bad_place;
  if (self->collecting)
    return;
  if (!ok)
    mq_record_pack_add_broken (&self->pack, bad_place.line, bad_place.column, text, length);
  else if (text[0] == '{')
    pack_values (self);
  else
    mq_record_pack_end (&self->pack, TRUE);
}

static gboolean
begin_reading (JsonSource *self, const MqRun *run, GError **error)
{
  g_clear_pointer (&self->reader, mq_json_reader_free);
  self->at_end = FALSE;
  if (!mq_text_source_rewind (self->base.text, error))
    return FALSE;
  self->reader = mq_json_reader_new (self->base.text, run);
  return TRUE;
}

static gboolean
collect_columns (JsonSource *self, const MqRun *run, GError **error)
{
  GError     *local = NULL;
  const char *text;
  gsize       length;
  MqTextPlace place;

  self->collecting = TRUE;
  while (!self->full && (text = mq_json_reader_next (self->reader, &length, &place, &local)) != NULL)
    take_record (self, text, length, &place);
  self->collecting = FALSE;
  if (self->full)
    mq_import_error_at (&local, MQ_IMPORT_ERROR_FORMAT, place.line, place.column, _ ("The records have more than %u different keys, which is the limit. Take out what is not needed, or split the file."), MQ_MAX_COLUMNS);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static GBytes *
read_block (JsonSource *self, gint64 *first_line, GError **error)
{
  while (!self->at_end && !self->pack.failed && self->pack.bytes->len < self->base.block_bytes)
    {
      MqTextPlace place;
      gsize       length;
      GError     *local = NULL;
      const char *text = mq_json_reader_next (self->reader, &length, &place, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      if (text != NULL)
        take_record (self, text, length, &place);
      self->at_end = text == NULL;
    }
  if (self->at_end && self->doubled > 0)
    {
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, self->doubled);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, self->first_doubled);

      mq_record_source_warn (&self->base, g_strdup_printf (_ ("%s keys stand twice in their record (first in line %s): the last value counts."), count, line));
    }
  return mq_record_pack_take (&self->pack, first_line, error);
}

static gboolean
fail_empty (const JsonSource *self, GError **error)
{
  if (self->broken.line > 0)
    {
      mq_import_error_at (error, MQ_IMPORT_ERROR_NO_ROWS, self->broken.line, self->broken.column, _ ("Not one record could be read: the first is not written as JSON asks from here on. Correct it."));
      return FALSE;
    }
  mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, 1, 1, _ ("The JSON has no records. Choose a file with a list of objects, or with one object a line."));
  return FALSE;
}

static gboolean
begin_json (MqRecordSource *base, MqCsvLayout *layout, const MqRun *run, GError **error)
{
  JsonSource *self = (JsonSource *) base;
  GError     *local = NULL;
  gsize       length;
  const char *block;

  g_clear_pointer (&self->first, g_bytes_unref);
  if (!g_str_equal (mq_text_source_encoding (base->text), "UTF-8"))
    mq_record_source_warn (base, g_strdup_printf (_ ("The JSON is in %s; programs that write JSON use UTF-8."), mq_text_source_encoding (base->text)));
  if (base->headers == NULL)
    base->headers = g_ptr_array_new_with_free_func (g_free);
  if (!begin_reading (self, run, error) || !collect_columns (self, run, error) || !begin_reading (self, run, error))
    return FALSE;
  if (self->values->len > 0)
    {
      *layout = (MqCsvLayout){ .dialect = { .packed = TRUE }, .has_header = TRUE, .n_columns = self->values->len };
      return TRUE;
    }
  g_clear_pointer (&base->headers, g_ptr_array_unref);
  self->first = read_block (self, &self->first_line, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (self->first == NULL)
    return fail_empty (self, error);
  block = g_bytes_get_data (self->first, &length);
  return mq_csv_sniff_packed (block, length, layout, NULL) || fail_empty (self, error);
}

static GBytes *
next_json (MqRecordSource *base, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  JsonSource *self = (JsonSource *) base;
  GBytes     *block;

  if (self->first != NULL)
    {
      *first_line = self->first_line;
      return g_steal_pointer (&self->first);
    }
  block = read_block (self, first_line, error);
  *at_end = self->at_end;
  return block;
}

static gboolean
rewind_json (MqRecordSource *base, GError **error)
{
  JsonSource *self = (JsonSource *) base;

  g_clear_pointer (&self->first, g_bytes_unref);
  return begin_reading (self, NULL, error);
}

static void
clear_json (MqRecordSource *base)
{
  JsonSource *self = (JsonSource *) base;

  g_clear_pointer (&self->reader, mq_json_reader_free);
  g_clear_pointer (&self->first, g_bytes_unref);
  g_hash_table_unref (self->columns);
  g_array_unref (self->values);
  g_string_free (self->text, TRUE);
  mq_record_pack_clear (&self->pack);
}

MqRecordSource *
mq_json_source_new (MqTextSource *text, const MqRecordSourceOptions *options)
{
  static const MqRecordSourceClass class = { "json", begin_json, next_json, rewind_json, NULL, clear_json };
  JsonSource *self = g_new0 (JsonSource, 1);

  self->base.class = &class;
  self->base.text = text;
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  self->text = g_string_new (NULL);
  mq_record_pack_init (&self->pack);
  return &self->base;
}

static gsize
count_blanks (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && g_ascii_isspace (text[n]))
    n++;
  return n;
}

/* An object, or a list that begins with a value. */
gboolean
mq_json_looks_so (const char *text, gsize length)
{
  gsize at = count_blanks (text, length);
  char  open = at < length ? text[at] : '\0';
  gsize next = at + 1 + (at < length ? count_blanks (text + at + 1, length - at - 1) : 0);
  char  c = next < length ? text[next] : '\0';

  if (open == '{')
    return c == '"' || c == '}';
  if (open != '[')
    return FALSE;
  if (c == '{' || c == '[' || c == ']')
    return TRUE;
  /* "[id],[name]" is a header as some databases write it. */
  return (c == '"' || c == '-' || g_ascii_isdigit (c)) && memchr (text + next, ']', length - next) == NULL;
}
