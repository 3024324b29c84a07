/* html-source.c: a web page's table as a source of records. A page named as a text table is a page that stands where the
 * table should be (a login form, an error), and is refused. */

#include "config.h"
#include "import/record-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "base/room.h"
#include "import/html-table.h"
#include "import/import-error.h"

#define PIECE_BYTES MQ_PIECE (256 * 1024)
#define MAX_PAGE (128 * 1024 * 1024)

typedef struct
{
  MqRecordSource base;
  GBytes        *table; /* (owned) (nullable) */
  gint64         first_line;
  gboolean       given;
} HtmlSource;

static GString *
read_all (HtmlSource *self, const MqRun *run, GError **error)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (PIECE_BYTES);
  gssize           n = 1;

  while (n > 0)
    {
      n = mq_run_check (run, error) ? mq_text_source_read (self->base.text, buffer, PIECE_BYTES, error) : -1;
      if (n < 0)
        return NULL;
      if (!mq_string_make_room (page, n))
        {
          mq_fail_memory (error);
          return NULL;
        }
      g_string_append_len (page, buffer, n);
      if (page->len > MAX_PAGE)
        {
          mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, 1, 1, _ ("The web page is larger than 128 MiB, which is the limit. Save its table as CSV and import that."));
          return NULL;
        }
    }
  return g_steal_pointer (&page);
}

static gboolean
is_named_text (const char *name)
{
  static const char *const endings[] = { ".csv", ".tsv", ".txt", ".json", ".jsonl" };
  g_autofree char         *small = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (small, endings[i]))
      return TRUE;
  return FALSE;
}

static const char *
refuse_page (const GString *page)
{
  if (strstr (page->str, "urn:schemas-microsoft-com:office:spreadsheet") != NULL)
    return _ ("The file is an XML spreadsheet of 2003. Open it in a spreadsheet, save it as .xlsx and import that.");
  return _ ("The file is a web page, perhaps an error page or a login form. Download the table again and save it as CSV.");
}

static gboolean
begin_html (MqRecordSource *base, MqCsvLayout *layout, const MqRun *run, GError **error)
{
  HtmlSource *self = (HtmlSource *) base;
  g_autoptr (GString) page = NULL;
  GError     *local = NULL;
  gsize       length;
  const char *block;

  self->given = FALSE;
  g_clear_pointer (&self->table, g_bytes_unref);
  if (!mq_text_source_rewind (base->text, error))
    return FALSE;
  page = read_all (self, run, error);
  if (page == NULL)
    return FALSE;
  if (!is_named_text (mq_text_source_name (base->text)))
    self->table = mq_html_find_table (page->str, page->len, &self->first_line, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (self->table == NULL)
    {
      mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, 1, 1, "%s", refuse_page (page));
      return FALSE;
    }
  block = g_bytes_get_data (self->table, &length);
  return mq_csv_sniff_packed (block, length, layout, error);
}

static GBytes *
next_html (MqRecordSource *base, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  HtmlSource *self = (HtmlSource *) base;

  *first_line = self->first_line;
  *at_end = self->given;
  if (self->given)
    return NULL;
  self->given = TRUE;
  return g_bytes_ref (self->table);
}

static gboolean
rewind_html (MqRecordSource *base, GError **error)
{
  ((HtmlSource *) base)->given = FALSE;
  return TRUE;
}

static void
clear_html (MqRecordSource *base)
{
  g_clear_pointer (&((HtmlSource *) base)->table, g_bytes_unref);
}

MqRecordSource *
mq_html_source_new (MqTextSource *text, const MqRecordSourceOptions *options)
{
  static const MqRecordSourceClass class = { "web-table", begin_html, next_html, rewind_html, NULL, clear_html };
  HtmlSource *self = g_new0 (HtmlSource, 1);

  self->base.class = &class;
  self->base.text = text;
  return &self->base;
}

gboolean
mq_html_looks_so (const char *text, gsize length)
{
  static const char *const marks[] = { "<!doctype", "<html", "<head", "<body", "<?xml", "<table", "<meta", "<style", "<div", "<script", "<!--" };
  gsize                    at = 0;

  while (at < length && g_ascii_isspace (text[at]))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length - at >= strlen (marks[i]) && g_ascii_strncasecmp (text + at, marks[i], strlen (marks[i])) == 0)
      return TRUE;
  return FALSE;
}
