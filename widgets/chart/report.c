/* report.c: a report and its files. */

#include "config.h"

#include "chart/report.h"

#include "chart/report-html.h"
#include "chart/report-sheet.h"
#include "chart/surface.h"

#include "base/civil-time.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define PIXELS_A_POINT (150.0 / 72.0)

static void
free_page (gpointer data)
{
  MqReportEntry *page = data;

  mq_result_unref (page->result);
  g_free (page->chart);
  g_free (page->finding);
  g_free (page->title);
  g_free (page->note);
  g_free (page);
}

/* The latest as-of instant: the one date a file may carry. */
static gint64
get_as_of (const MqReport *self)
{
  gint64 latest = MQ_TIME_MISSING;

  for (guint i = 0; i < self->pages->len; i++)
    {
      const MqReportEntry *page = self->pages->pdata[i];

      latest = MAX (latest, mq_result_provenance (page->result)->as_of);
    }
  return latest;
}

static void
add_outline (cairo_surface_t *surface, const MqReport *self, guint page, guint sheet)
{
  g_autofree char *target = g_strdup_printf ("page=%u", sheet + 1);
  const char      *name = page != MQ_SHEET_CONTENTS ? mq_report_entry_name (self->pages->pdata[page]) : _ ("Contents");

  if (name[0] != '\0')
    cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, name, target, 0);
}

/* A name for a sheet, and links to the names of others: cairo 1.16 knows no page that comes later by its number, and needs an
 * element of structure in the file for links to be sound. */
static void
add_links (cairo_t *cr, const MqSheet *sheet, guint index)
{
  g_autofree char *name = g_strdup_printf ("name='sheet-%u' x=0 y=0", index + 1);

  cairo_tag_begin (cr, CAIRO_TAG_DEST, name);
  cairo_tag_end (cr, CAIRO_TAG_DEST);
  for (guint i = 0; i < sheet->links->len; i++)
    {
      const MqSheetLink *link = &g_array_index (sheet->links, MqSheetLink, i);
      g_autofree char   *target = NULL;

      /* Whole numbers: cairo 1.16 misreads others where the locale's decimal sign is a comma. */
      target = g_strdup_printf ("dest='sheet-%u' rect=[%d %d %d %d]", link->sheet + 1, (int) link->rect.x, (int) link->rect.y, (int) ceil (link->rect.width), (int) ceil (link->rect.height));
      cairo_tag_begin (cr, CAIRO_TAG_LINK, target);
      cairo_tag_end (cr, CAIRO_TAG_LINK);
    }
}

static void
draw_pdf_sheet (cairo_t *cr, const MqReport *self, GPtrArray *sheets, guint index, double width, double height)
{
  const MqSheet *sheet = sheets->pdata[index];
  gboolean       linked = sheets->len > 1;

  mq_sheet_draw_ground (self->theme, width, height, cr);
  if (linked)
    cairo_tag_begin (cr, "Sect", NULL);
  mq_sheet_draw (sheet, cr);
  if (linked)
    cairo_tag_end (cr, "Sect");
  if (linked)
    add_links (cr, sheet, index);
  cairo_show_page (cr);
}

static gboolean
write_pdf (const MqReport *self, GPtrArray *sheets, GByteArray *bytes, GError **error)
{
  double           width, height;
  cairo_surface_t *surface;
  cairo_t         *cr;

  mq_paper_size (self->paper, &width, &height);
  surface = mq_surface_new (MQ_FILE_PDF, width, height, bytes);
  mq_surface_describe (surface, self->title, get_as_of (self));
  cr = cairo_create (surface);
  for (guint i = 0; i < sheets->len; i++)
    {
      const MqSheet *sheet = sheets->pdata[i];
      const MqSheet *before = i > 0 ? sheets->pdata[i - 1] : NULL;

      if (before == NULL || before->page != sheet->page)
        add_outline (surface, self, sheet->page, i);
      draw_pdf_sheet (cr, self, sheets, i, width, height);
    }
  cairo_destroy (cr);
  return mq_surface_finish (surface, error);
}

/* (transfer full) */
static cairo_surface_t *
paint_sheet (const MqReport *self, const MqSheet *sheet, double pixels_a_point)
{
  double           width, height;
  cairo_surface_t *surface;
  cairo_t         *cr;

  mq_paper_size (self->paper, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (width * pixels_a_point), (int) lround (height * pixels_a_point));
  cr = cairo_create (surface);
  cairo_scale (cr, pixels_a_point, pixels_a_point);
  mq_sheet_draw_ground (self->theme, width, height, cr);
  mq_sheet_draw (sheet, cr);
  cairo_destroy (cr);
  return surface;
}

static gboolean
draw_sheet (const MqReport *self, const MqSheet *sheet, MqFileType type, GByteArray **bytes, GError **error)
{
  double           width, height;
  cairo_surface_t *surface;
  cairo_t         *cr;
  GByteArray      *settled;

  if (type == MQ_FILE_PNG)
    return mq_surface_finish_png (paint_sheet (self, sheet, PIXELS_A_POINT), *bytes, error);
  mq_paper_size (self->paper, &width, &height);
  surface = mq_surface_new (type, width, height, *bytes);
  cr = cairo_create (surface);
  mq_sheet_draw_ground (self->theme, width, height, cr);
  mq_sheet_draw (sheet, cr);
  cairo_destroy (cr);
  if (!mq_surface_finish (surface, error))
    return FALSE;
  settled = mq_svg_settle (*bytes, "");
  g_byte_array_unref (*bytes);
  *bytes = settled;
  return TRUE;
}

/* "report.png", "report-2.png", … */
static char *
make_sheet_path (const char *path, guint index)
{
  const char *dot = strrchr (path, '.');

  if (index == 0)
    return g_strdup (path);
  return g_strdup_printf ("%.*s-%u%s", (int) (dot - path), path, index + 1, dot);
}

static gboolean
write_sheets (const MqReport *self, GPtrArray *sheets, MqFileType type, const char *path, GError **error)
{
  for (guint i = 0; i < sheets->len; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *name = make_sheet_path (path, i);

      if (!draw_sheet (self, sheets->pdata[i], type, &bytes, error) || !mq_file_write (name, bytes, error))
        return FALSE;
    }
  return TRUE;
}

MqReport *
mq_report_new (const char *title, const char *project)
{
  MqReport *self = g_new0 (MqReport, 1);

  self->title = g_strdup (title != NULL ? title : "");
  self->project = g_strdup (project != NULL ? project : "");
  self->theme = &mq_theme_print;
  self->pages = g_ptr_array_new_with_free_func (free_page);
  return self;
}

void
mq_report_free (MqReport *self)
{
  g_free (self->title);
  g_free (self->project);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

void
mq_report_add (MqReport *self, MqResult *result, const char *title, const char *note)
{
  mq_report_add_chart (self, result, NULL, title, note);
}

void
mq_report_add_chart (MqReport *self, MqResult *result, const char *chart, const char *title, const char *note)
{
  MqReportEntry *page = g_new0 (MqReportEntry, 1);
  const char    *sentence = mq_result_sentence (result);
  g_autoptr (GPtrArray) charts = chart != NULL ? mq_charts_for_result (result) : NULL;
  MqChart *only = charts != NULL ? mq_charts_find (charts, chart) : NULL;

  page->result = mq_result_ref (result);
  page->chart = only != NULL ? g_strdup (chart) : NULL;
  page->finding = g_strdup (only != NULL ? mq_chart_title (only) : sentence != NULL ? sentence
                                                                                    : "");
  page->title = g_strdup (title);
  page->note = g_strdup (note);
  g_ptr_array_add (self->pages, page);
}

gboolean
mq_report_write (MqReport *self, const char *path, GError **error)
{
  MqFileType type = mq_file_type (path);
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  if (type == MQ_FILE_NONE)
    {
      mq_file_type_set_error (path, _ (".pdf, .png, .svg or .html"), error);
      return FALSE;
    }
  if (self->pages->len == 0)
    {
      g_set_error_literal (error, MQ_EXPORT_ERROR, MQ_EXPORT_ERROR_EMPTY, _ ("The report has no page. Add a result to it first."));
      return FALSE;
    }
  bytes = g_byte_array_new ();
  if (type == MQ_FILE_HTML)
    return mq_report_write_html (self, bytes, error) && mq_file_write (path, bytes, error);
  sheets = mq_sheets_new (self, type == MQ_FILE_PDF);
  if (type == MQ_FILE_PDF)
    return write_pdf (self, sheets, bytes, error) && mq_file_write (path, bytes, error);
  return write_sheets (self, sheets, type, path, error);
}

GPtrArray *
mq_report_pictures (MqReport *self, double pixels_a_point)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  g_autoptr (GPtrArray) sheets = mq_sheets_new (self, TRUE);

  for (guint i = 0; i < sheets->len; i++)
    g_ptr_array_add (pictures, paint_sheet (self, sheets->pdata[i], pixels_a_point));
  return pictures;
}
