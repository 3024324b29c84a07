/* report-sheet.c: composes sheets from top to bottom: head line, finding, rules, charts, note, tables, remarks; then, when
 * their number is known, the feet. Charts give way to the table so that a result stays on one sheet where it can. */

#include "config.h"

#include "chart/report-sheet.h"

#include "chart/report-composer.h"
#include "chart/report-table.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FOOT 30.0                /* under the content, within the margin's height */
#define RESOLUTION (72.0 * 0.86) /* the theme's 11 points are for screens: 9.5 on paper */
#define FIRST_CHART 0.34         /* of the content's height, when there is room */
#define OTHER_CHARTS 0.25
#define ONLY_CHART 0.5
#define MOST_CHART 0.75
#define LEAST_FIRST 0.6   /* of these heights, so that a table stays on the sheet: a map is read in little room, */
#define LEAST_OTHERS 0.85 /* bars have a line a row */
#define PAIR_GAP 2.0      /* em, between the charts of a pair */
#define ROW_GAP 1.3       /* em, under charts */
#define LEAST_ROWS 4      /* under a table's header before a sheet's end */

/* A result's parts, measured before anything is placed. */
typedef struct
{
  MqResult    *result;
  GPtrArray   *charts; /* (owned) */
  GPtrArray   *blocks; /* (owned) (element-type MqTableBlock) */
  PangoLayout *note;   /* (owned) (nullable) the user's words, under the charts */
  GPtrArray   *texts;  /* (owned) (element-type PangoLayout) remarks */
} Parts;

static double
get_em (const MqComposer *self)
{
  return self->kit->em;
}

static void
place_heading (MqComposer *self, const MqReportEntry *page)
{
  const char *finding = mq_report_entry_title (page);
  const char *rules = mq_result_rules (page->result);

  if (page->title != NULL && strcmp (page->title, finding) != 0)
    mq_composer_place (self, mq_composer_text (self, page->title, 0.9, TRUE, self->content), self->theme->dim, 0.1 * get_em (self));
  if (finding[0] != '\0')
    mq_composer_place (self, mq_composer_text (self, finding, 1.75, TRUE, self->content), self->theme->foreground, 0.25 * get_em (self));
  if (rules != NULL && rules[0] != '\0')
    mq_composer_place (self, mq_composer_text (self, rules, 0.9, FALSE, self->content), self->theme->dim, 0);
  self->y += 1.2 * get_em (self);
}

static void
place_chart (MqComposer *self, MqChart *chart, const char *heading, double x, double width, double height)
{
  gboolean      with_title = strcmp (mq_chart_title (chart), heading) != 0;
  MqPlacedChart placed = { mq_chart_layout_new_full (chart, self->kit->context, self->theme, width, height, MQ_CHART_WITH_LEGEND | (with_title ? MQ_CHART_WITH_TITLE : 0)), x, self->y };

  if (self->kit->rtl)
    placed.x = self->width - x - width;
  g_array_append_val (self->sheet->charts, placed);
}

/* What the heights of the first and of the other charts are multiplied by. */
typedef struct
{
  double first, others;
} Scales;

/* Charts after the first stand in pairs; a last one without a partner has the whole width. */
static gboolean
is_paired (const Parts *parts, guint i)
{
  return i > 0 && (i % 2 == 0 || i + 1 < parts->charts->len);
}

static double
get_chart_width (const MqComposer *self, const Parts *parts, guint i)
{
  return is_paired (parts, i) ? (self->content - PAIR_GAP * get_em (self)) / 2 : self->content;
}

/* Of one chart; as its rows need, so that none is squeezed and none is left empty. */
static double
fit_chart (const MqComposer *self, const Parts *parts, guint i, Scales scales)
{
  double full = self->bottom - MQ_SHEET_MARGIN;
  double share = i > 0 ? scales.others * OTHER_CHARTS : scales.first * (parts->charts->len == 1 ? ONLY_CHART : FIRST_CHART);
  double em = get_em (self);

  return MIN (full * MOST_CHART, em * mq_chart_fit_lines (parts->charts->pdata[i], get_chart_width (self, parts, i) / em, full * share / em));
}

/* Of the row that begins with chart i, and how many charts stand in it. */
static double
get_row_height (const MqComposer *self, const Parts *parts, guint i, Scales scales, guint *n)
{
  double height = fit_chart (self, parts, i, scales);

  *n = is_paired (parts, i) ? 2 : 1;
  if (*n == 2)
    {
      double second = fit_chart (self, parts, i + 1, scales);

      height = MAX (height, second);
    }
  return height;
}

static void
place_charts (MqComposer *self, const Parts *parts, const char *heading, Scales scales)
{
  guint n;

  for (guint i = 0; i < parts->charts->len; i += n)
    {
      double height = get_row_height (self, parts, i, scales, &n);
      double width = get_chart_width (self, parts, i);

      if (self->y + height > self->bottom)
        mq_composer_begin_sheet (self, self->sheet->page);
      for (guint k = 0; k < n; k++)
        place_chart (self, parts->charts->pdata[i + k], heading, self->left + k * (width + PAIR_GAP * get_em (self)), width, height);
      self->y += height + ROW_GAP * get_em (self);
    }
}

static double
get_charts_height (const MqComposer *self, const Parts *parts, Scales scales)
{
  double height = 0;
  guint  n;

  for (guint i = 0; i < parts->charts->len; i += n)
    height += get_row_height (self, parts, i, scales, &n) + ROW_GAP * get_em (self);
  return height;
}

static double
get_rest_height (const MqComposer *self, const Parts *parts)
{
  double height = 0;

  for (guint i = 0; i < parts->blocks->len; i++)
    height += mq_table_block_height (parts->blocks->pdata[i], 0, mq_table_block_n_rows (parts->blocks->pdata[i])) + get_em (self);
  for (guint i = 0; i < parts->texts->len; i++)
    height += mq_text_height (parts->texts->pdata[i]) + 0.2 * get_em (self);
  if (parts->note != NULL)
    height += mq_text_height (parts->note) + get_em (self);
  return height;
}

/* As high as wanted, or lower so that all else stays on the sheet, if they stay readable: first the first one gives way. */
static Scales
choose_scales (const MqComposer *self, const Parts *parts)
{
  const Scales wanted = { 1, 1 };
  double       room = self->bottom - self->y - get_rest_height (self, parts);

  for (guint i = 0; i <= 20; i++)
    {
      double t = i / 20.0;
      Scales scales = { 1 - t * (1 - LEAST_FIRST), 1 };

      if (get_charts_height (self, parts, scales) <= room)
        return scales;
    }
  for (guint i = 0; i <= 20; i++)
    {
      double t = i / 20.0;
      Scales scales = { LEAST_FIRST, 1 - t * (1 - LEAST_OTHERS) };

      if (get_charts_height (self, parts, scales) <= room)
        return scales;
    }
  return wanted;
}

static void
place_table (MqComposer *self, const MqTableBlock *block)
{
  gsize n = mq_table_block_n_rows (block);

  for (gsize first = 0; first < n;)
    {
      gsize rows = mq_table_block_fit (block, first, self->bottom - self->y);

      /* A sheet's own top always takes a row, however high. */
      if (rows < MIN (LEAST_ROWS, n - first) && self->y > MQ_SHEET_MARGIN * 2)
        {
          mq_composer_begin_sheet (self, self->sheet->page);
          rows = MAX (1, mq_table_block_fit (block, first, self->bottom - self->y));
        }
      rows = MAX (rows, 1);
      mq_table_block_place (block, self->sheet->picture, self->left, self->y, first, rows);
      self->y += mq_table_block_height (block, first, rows);
      first += rows;
    }
  self->y += get_em (self);
}

static void
place_texts (MqComposer *self, const Parts *parts)
{
  for (guint i = 0; i < parts->texts->len; i++)
    {
      PangoLayout *text = parts->texts->pdata[i];

      if (self->y + mq_text_height (text) > self->bottom)
        mq_composer_begin_sheet (self, self->sheet->page);
      mq_composer_place (self, g_object_ref (text), self->theme->dim, 0.2 * get_em (self));
    }
}

static void
place_note (MqComposer *self, const Parts *parts)
{
  if (parts->note == NULL)
    return;
  if (self->y + mq_text_height (parts->note) > self->bottom)
    mq_composer_begin_sheet (self, self->sheet->page);
  mq_composer_place (self, g_object_ref (parts->note), self->theme->foreground, get_em (self));
}

static void
add_text (const MqComposer *self, Parts *parts, const char *words)
{
  g_ptr_array_add (parts->texts, mq_composer_text (self, words, 0.8, FALSE, self->content));
}

static void
name_longer_tables (const MqComposer *self, Parts *parts, GPtrArray *tables)
{
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *rows = mq_format_integer (mq_table_n_rows (tables->pdata[i]));
      g_autofree char *words = g_strdup_printf (_ ("A table of %s rows is not printed here. The page shows it and exports it as CSV."), rows);

      add_text (self, parts, words);
    }
}

static void
read_tables (const MqComposer *self, const MqReportEntry *page, Parts *parts)
{
  g_autoptr (GPtrArray) longer = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = mq_report_find_tables (page, parts->charts, longer);

  for (guint i = 0; i < tables->len; i++)
    {
      MqTable *table = tables->pdata[i];
      g_autoptr (GArray) columns = mq_report_find_columns (parts->result, table);
      gsize shown = 0;

      for (guint next = 0; next < columns->len;)
        {
          MqTableBlock *block = mq_table_block_new (self->kit, self->theme, table, columns, &next, self->content);

          shown = mq_table_block_n_rows (block);
          g_ptr_array_add (parts->blocks, block);
        }
      if (shown < mq_table_n_rows (table))
        {
          g_autofree char *first = mq_format_integer (shown);
          g_autofree char *all = mq_format_integer (mq_table_n_rows (table));
          g_autofree char *words = g_strdup_printf (_ ("The first %s of %s rows. Export the table as CSV for all of them."), first, all);

          add_text (self, parts, words);
        }
    }
  name_longer_tables (self, parts, longer);
}

static void
read_parts (const MqComposer *self, const MqReportEntry *page, Parts *parts)
{
  g_autoptr (GPtrArray) remarks = mq_report_remarks (page->result);

  parts->result = page->result;
  parts->charts = mq_report_entry_charts (page);
  parts->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_table_block_free);
  parts->texts = g_ptr_array_new_with_free_func (g_object_unref);
  if (page->note != NULL && page->note[0] != '\0')
    parts->note = mq_composer_text (self, page->note, 1, FALSE, self->content);
  read_tables (self, page, parts);
  for (guint i = 0; i < remarks->len; i++)
    add_text (self, parts, remarks->pdata[i]);
}

static void
clear_parts (Parts *parts)
{
  g_ptr_array_unref (parts->charts);
  g_ptr_array_unref (parts->blocks);
  g_clear_object (&parts->note);
  g_ptr_array_unref (parts->texts);
}

static void
compose_page (MqComposer *self, guint index)
{
  const MqReportEntry *page = self->report->pages->pdata[index];
  Parts                parts = { 0 };

  mq_composer_begin_sheet (self, index);
  place_heading (self, page);
  read_parts (self, page, &parts);
  place_charts (self, &parts, mq_report_entry_title (page), choose_scales (self, &parts));
  place_note (self, &parts);
  for (guint i = 0; i < parts.blocks->len; i++)
    place_table (self, parts.blocks->pdata[i]);
  place_texts (self, &parts);
  clear_parts (&parts);
}

static void
place_foot (MqComposer *self, guint index)
{
  MqSheet             *sheet = self->sheets->pdata[index];
  const MqReportEntry *page = self->report->pages->pdata[sheet->page != MQ_SHEET_CONTENTS ? sheet->page : 0];
  g_autofree char     *origin = mq_report_origin (self->report, page->result);
  g_autofree char     *number = g_strdup_printf (_ ("Page %u of %u"), index + 1, self->sheets->len);
  PangoLayout         *right = mq_composer_line (self, number, self->content * 0.3);
  PangoLayout         *left = mq_composer_line (self, origin, self->content - mq_text_width (right) - 2 * get_em (self));
  double               y = self->height - MQ_SHEET_MARGIN;

  mq_picture_fill (sheet->picture, (MqRect){ self->left, y, self->content, self->theme->hairline }, self->theme->grid);
  mq_picture_take_text (sheet->picture, left, self->left, y + 0.5 * get_em (self), self->theme->dim);
  mq_picture_take_text (sheet->picture, right, self->left + self->content - mq_text_width (right), y + 0.5 * get_em (self), self->theme->dim);
}

void
mq_paper_size (MqPaper paper, double *width, double *height)
{
  *width = paper == MQ_PAPER_LETTER ? 612.0 : 595.276;
  *height = paper == MQ_PAPER_LETTER ? 792.0 : 841.890;
}

GPtrArray *
mq_sheets_new (const MqReport *report, gboolean with_contents)
{
  MqComposer self = { .report = report, .theme = report->theme, .left = MQ_SHEET_MARGIN };

  mq_paper_size (report->paper, &self.width, &self.height);
  self.content = self.width - 2 * MQ_SHEET_MARGIN;
  self.bottom = self.height - MQ_SHEET_MARGIN - FOOT * 0.4;
  self.kit = mq_text_kit_new_for_file (report->theme->font, RESOLUTION);
  self.sheets = mq_composer_sheets_new ();
  for (guint i = 0; i < report->pages->len; i++)
    compose_page (&self, i);
  if (with_contents && report->pages->len > 1)
    mq_composer_add_contents (&self);
  for (guint i = 0; i < self.sheets->len; i++)
    place_foot (&self, i);
  mq_text_kit_free (self.kit);
  return self.sheets;
}

void
mq_sheet_draw_ground (const MqTheme *theme, double width, double height, cairo_t *cr)
{
  mq_color_set_source (theme->background, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

void
mq_sheet_draw (const MqSheet *self, cairo_t *cr)
{
  mq_picture_draw (self->picture, cr);
  for (guint i = 0; i < self->charts->len; i++)
    {
      const MqPlacedChart *placed = &g_array_index (self->charts, MqPlacedChart, i);

      cairo_save (cr);
      cairo_translate (cr, placed->x, placed->y);
      mq_chart_layout_draw (placed->layout, cr);
      cairo_restore (cr);
    }
}
