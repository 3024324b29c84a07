/* import-header.c: the row of headers, and what becomes of each column. */

#include "config.h"

#include "import/import-head-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONG_HEADER 200

typedef struct
{
  MqImportHead *head;
  GPtrArray    *headers; /* (element-type utf8) NULL until found */
  gint64        line;
  guint         n_cells;
} HeaderSearch;

static gboolean
find_header_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  HeaderSearch *search = data;

  if (line <= search->head->layout.skip_lines || (n_cells > 0 && cells[0].broken))
    return TRUE;
  search->headers = g_ptr_array_new_with_free_func (g_free);
  search->line = line;
  search->n_cells = n_cells;
  for (guint i = 0; i < n_cells; i++)
    {
      const char *text = cells[i].text;
      gsize       length = cells[i].length;

      MqGuard guard = mq_guard_find (&text, &length);

      if (guard != MQ_GUARD_TAB && guard != MQ_GUARD_BACKTICK)
        text = cells[i].text, length = cells[i].length;
      mq_guard_strip_formula (&text, &length);
      mq_cell_trim (&text, &length);
      g_ptr_array_add (search->headers, g_strndup (text, length));
    }
  g_ptr_array_add (search->headers, NULL);
  return FALSE;
}

static void
warn_titles (MqImportHead *self)
{
  const MqHeadBlock *first = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, 0) : NULL;
  gsize              length = 0;
  const char        *text = first != NULL ? g_bytes_get_data (first->bytes, &length) : "";
  guint              titles = self->layout.skip_lines;
  g_autofree char   *count = NULL;

  /* A line "sep=;" is no title. */
  if (titles > 0 && length >= 4 && !self->layout.dialect.packed && g_ascii_strncasecmp (text, "sep=", 4) == 0)
    titles--;
  count = g_strdup_printf ("%u", titles);
  if (titles > 0)
    mq_import_head_warn (self, g_strdup_printf (_ ("%s lines above the table are no part of it: they are left out."), count));
}

/* headers: as they stand in the file. */
static void
warn_headers (MqImportHead *self, const GPtrArray *headers)
{
  guint nameless = 0, repeated = 0, first_nameless = 0, first_repeated = 0;

  for (guint i = 0; i < self->mapping->n_columns; i++)
    {
      const MqSource  *source = mq_mapping_source (self->mapping, i);
      const char      *header = g_ptr_array_index (headers, i);
      gsize            length = g_utf8_strlen (header, -1);
      g_autofree char *column = g_strdup_printf ("%u", i + 1);
      g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, length);

      if (source->nameless && nameless++ == 0)
        first_nameless = i;
      else if (!source->nameless && strcmp (source->header, header) != 0 && repeated++ == 0)
        first_repeated = i;
      if (length > LONG_HEADER)
        mq_import_head_warn (self, g_strdup_printf (_ ("The header of column %s has %s characters. Check the quotes and the delimiter."), column, size));
    }
  if (repeated > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", repeated);

      mq_import_head_warn (self, g_strdup_printf (_ ("%s columns have the same header as one before them: they get a number, the first of them is “%s”."), count, mq_mapping_source (self->mapping, first_repeated)->header));
    }
  if (nameless > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", nameless);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, self->header_line);

      mq_import_head_warn (self, g_strdup_printf (_ ("%s columns have no header in line %s: they go by their place, the first of them is “%s”. Empty ones are left out."), count, line, mq_mapping_source (self->mapping, first_nameless)->header));
    }
}

static gpointer
copy_text_cb (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

/* headers: NULL without any. */
static MqMapping *
map_columns (MqImportHead *self, const GPtrArray *headers, guint n, GError **error)
{
  const MqImportOptions *options = self->options;
  const char *const     *names = headers != NULL ? (const char *const *) headers->pdata : NULL;
  g_auto (GStrv) map = NULL;

  self->known = names != NULL ? mq_known_export_find (names) : NULL;
  if (self->known == NULL)
    return mq_mapping_new (options->kind, names, n, (const char *const *) options->map, error);
  map = mq_known_export_map (self->known, options->kind, self->name, (const char *const *) options->map);
  return mq_mapping_new (options->kind, names, n, (const char *const *) map, error);
}

gboolean
mq_import_head_map (MqImportHead *self, GError **error)
{
  HeaderSearch search = { self, NULL, 0, 0 };
  GPtrArray   *headers;
  guint        n;

  if (self->source->headers != NULL)
    {
      search.n_cells = self->source->headers->len;
      search.headers = g_ptr_array_copy (self->source->headers, copy_text_cb, NULL);
      g_ptr_array_set_free_func (search.headers, g_free);
      g_ptr_array_add (search.headers, NULL);
    }
  for (guint i = 0; i < self->blocks->len && search.headers == NULL; i++)
    {
      const MqHeadBlock *block = g_ptr_array_index (self->blocks, i);
      g_autoptr (GError) local = NULL;
      gsize       length;
      const char *text = g_bytes_get_data (block->bytes, &length);

      mq_csv_parse (&self->layout.dialect, text, length, block->first_line, MQ_MAX_COLUMNS, find_header_cb, &search, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  headers = self->layout.has_header ? search.headers : NULL;
  self->header_line = self->source->headers != NULL ? 0 : headers != NULL ? search.line
                                                                          : self->layout.skip_lines;
  n = headers != NULL ? search.n_cells : MAX (self->layout.n_columns, search.n_cells);
  self->mapping = map_columns (self, headers, n, error);
  if (self->mapping != NULL)
    warn_titles (self);
  if (self->mapping != NULL && headers != NULL)
    warn_headers (self, headers);
  else if (self->mapping != NULL && !self->options->no_header)
    mq_import_head_warn (self, g_strdup (_ ("The file has no header: its first row is taken as data, and the columns go by their place, #1, #2 …")));
  g_clear_pointer (&search.headers, g_ptr_array_unref);
  if (self->mapping != NULL && self->mapping->keys_given && headers != NULL)
    g_ptr_array_add (self->proofs, g_strdup (_ ("The keys are those that --map names: no other column is taken for a key.")));
  return self->mapping != NULL;
}
