/* report-html.c: every text goes through g_markup_escape_text(); pictures are SVG with outlines of glyphs, so the table beside
 * them carries the figures for search, copying and screen readers. */

#include "config.h"

#include "chart/report-html.h"

#include "chart/chart-private.h"
#include "chart/figures.h"
#include "chart/report-sheet.h"
#include "chart/surface.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PICTURE_WIDTH 620.0 /* points */
#define PICTURE_HEIGHT 380.0
#define RESOLUTION 72.0
#define MOST_ROWS 5000

static const char style[] = "body{max-width:60em;margin:2em auto;padding:0 1em;font:1em/1.5 Cantarell,\"Noto Sans\",\"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif}"
                            "section{margin:2em 0 4em}h1{font-size:1em;font-weight:normal}h2{font-size:1.6em;line-height:1.25;margin:.2em 0}h3{font-size:1.1em;margin:1.5em 0 0}"
                            "figure{margin:1.5em 0}svg{max-width:100%;height:auto}table{border-collapse:collapse;font-size:.85em;font-variant-numeric:tabular-nums}"
                            "div{overflow-x:auto}th,td{padding:.3em .8em;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}th{vertical-align:bottom}"
                            "td.n,th.n{text-align:end;white-space:nowrap}h1,.d,footer{color:var(--dim)}footer,.d{font-size:.85em}";

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static void
append_element (GString *out, const char *open, const char *text, const char *close)
{
  g_string_append (out, open);
  append_escaped (out, text);
  g_string_append (out, close);
}

static void
append_color (GString *out, const char *name, MqColor color)
{
  g_string_append_printf (out, "%s:#%02lx%02lx%02lx;", name, lround (color.red * 255), lround (color.green * 255), lround (color.blue * 255));
}

static void
append_head (GString *out, const MqReport *report, const MqTextKit *kit)
{
  g_string_append_printf (out, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", pango_language_to_string (pango_context_get_language (kit->context)), kit->rtl ? "rtl" : "ltr");
  g_string_append (out, "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"Marquetry " PACKAGE_VERSION "\">\n");
  append_element (out, "<title>", report->title, "</title>\n<style>");
  g_string_append (out, style);
  g_string_append (out, "body{");
  append_color (out, "color", report->theme->foreground);
  append_color (out, "background", report->theme->background);
  append_color (out, "--dim", report->theme->dim);
  append_color (out, "--line", report->theme->grid);
  g_string_append (out, "}</style>\n</head>\n<body>\n");
  append_element (out, "<h1>", report->title, "</h1>\n");
}

static gboolean
append_chart (GString *out, MqChart *chart, const MqReport *report, const MqTextKit *kit, const char *heading, guint *count, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) settled = NULL;
  g_autoptr (MqChartLayout) layout = NULL;
  g_autofree char *description = mq_chart_describe (chart);
  g_autofree char *prefix = g_strdup_printf ("p%u-", (*count)++);
  cairo_surface_t *surface = mq_surface_new (MQ_FILE_SVG, PICTURE_WIDTH, PICTURE_HEIGHT, bytes);
  cairo_t         *cr = cairo_create (surface);
  const char      *svg;

  layout = mq_chart_layout_new_full (chart, kit->context, report->theme, PICTURE_WIDTH, PICTURE_HEIGHT, MQ_CHART_WITH_LEGEND | (strcmp (mq_chart_title (chart), heading) != 0 ? MQ_CHART_WITH_TITLE : 0));
  mq_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
  if (!mq_surface_finish (surface, error))
    return FALSE;
  settled = mq_svg_settle (bytes, prefix);
  svg = g_strstr_len ((const char *) settled->data, settled->len, "<svg ");
  append_element (out, "<figure role=\"img\" aria-label=\"", description, "\">");
  if (svg != NULL)
    g_string_append_len (out, svg, settled->len - (svg - (const char *) settled->data));
  g_string_append (out, "</figure>\n");
  return TRUE;
}

static void
append_table (GString *out, MqTable *table)
{
  gsize n = MIN (mq_table_n_rows (table), MOST_ROWS);

  g_string_append (out, "<div><table>\n<thead><tr>");
  for (guint k = 0; k < mq_table_n_columns (table); k++)
    append_element (out, mq_figure_is_text (table, k) ? "<th>" : "<th class=\"n\">", mq_figure_title (table, k), "</th>");
  g_string_append (out, "</tr></thead>\n<tbody>\n");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append (out, "<tr>");
      for (guint k = 0; k < mq_table_n_columns (table); k++)
        {
          g_autofree char *cell = mq_figure_text (table, i, k);

          append_element (out, mq_figure_is_text (table, k) ? "<td>" : "<td class=\"n\">", cell, "</td>");
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody>\n</table></div>\n");
}

static gboolean
append_page (GString *out, const MqReport *report, const MqReportEntry *page, const MqTextKit *kit, guint *count, GError **error)
{
  g_autoptr (GPtrArray) charts = mq_report_entry_charts (page);
  g_autoptr (GPtrArray) remarks = mq_report_remarks (page->result);
  g_autofree char *origin = mq_report_origin (report, page->result);
  const char      *heading = mq_report_entry_title (page);

  g_string_append (out, "<section>\n");
  if (page->title != NULL && strcmp (page->title, heading) != 0)
    append_element (out, "<p class=\"d\">", page->title, "</p>\n");
  append_element (out, "<h2>", heading, "</h2>\n");
  if (mq_result_rules (page->result) != NULL)
    append_element (out, "<p class=\"d\">", mq_result_rules (page->result), "</p>\n");
  for (guint i = 0; i < charts->len; i++)
    {
      MqChart *chart = charts->pdata[i];

      if (!append_chart (out, chart, report, kit, heading, count, error))
        return FALSE;
      /* The table comes after the last chart that shows it. */
      if (i + 1 == charts->len || mq_chart_table (charts->pdata[i + 1]) != mq_chart_table (chart))
        append_table (out, mq_chart_table (chart));
    }
  if (page->note != NULL)
    append_element (out, "<p>", page->note, "</p>\n");
  for (guint i = 0; i < remarks->len; i++)
    append_element (out, "<p class=\"d\">", remarks->pdata[i], "</p>\n");
  append_element (out, "<footer>", origin, "</footer>\n</section>\n");
  return TRUE;
}

gboolean
mq_report_write_html (const MqReport *report, GByteArray *bytes, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (MqTextKit) kit = mq_text_kit_new_for_file (report->theme->font, RESOLUTION);
  guint count = 0;

  append_head (out, report, kit);
  for (guint i = 0; i < report->pages->len; i++)
    if (!append_page (out, report, report->pages->pdata[i], kit, &count, error))
      return FALSE;
  g_string_append (out, "</body>\n</html>\n");
  g_byte_array_append (bytes, (const guint8 *) out->str, out->len);
  return TRUE;
}
