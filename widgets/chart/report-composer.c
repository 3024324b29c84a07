/* report-composer.c: what is alike on every sheet. */

#include "config.h"

#include "chart/report-composer.h"

static void
clear_chart (gpointer data)
{
  mq_chart_layout_free (((MqPlacedChart *) data)->layout);
}

static void
free_sheet (gpointer data)
{
  MqSheet *sheet = data;

  mq_picture_free (sheet->picture);
  g_array_unref (sheet->charts);
  g_array_unref (sheet->links);
  g_free (sheet);
}

GPtrArray *
mq_composer_sheets_new (void)
{
  return g_ptr_array_new_with_free_func (free_sheet);
}

PangoLayout *
mq_composer_text (const MqComposer *self, const char *words, double scale, gboolean bold, double width)
{
  PangoLayout *text = mq_text_new (self->kit, words, scale, bold);

  mq_text_wrap (self->kit, text, width);
  return text;
}

PangoLayout *
mq_composer_line (const MqComposer *self, const char *words, double width)
{
  PangoLayout *text = mq_text_new (self->kit, words, 0.8, FALSE);

  if (mq_text_width (text) > width)
    mq_text_ellipsize (text, width);
  return text;
}

void
mq_composer_place (MqComposer *self, PangoLayout *text, MqColor color, double space)
{
  mq_picture_take_text (self->sheet->picture, text, self->left, self->y, color);
  self->y += mq_text_height (text) + space;
}

void
mq_composer_begin_sheet (MqComposer *self, guint page)
{
  PangoLayout *title = mq_composer_line (self, self->report->title, self->content * 0.6);
  PangoLayout *project = mq_composer_line (self, self->report->project, self->content * 0.36);
  double       height = mq_text_height (title);

  self->sheet = g_new0 (MqSheet, 1);
  self->sheet->picture = mq_picture_new (self->kit->rtl ? self->width : 0);
  self->sheet->charts = g_array_new (FALSE, FALSE, sizeof (MqPlacedChart));
  self->sheet->links = g_array_new (FALSE, FALSE, sizeof (MqSheetLink));
  self->sheet->page = page;
  g_array_set_clear_func (self->sheet->charts, clear_chart);
  g_ptr_array_add (self->sheets, self->sheet);

  self->y = MQ_SHEET_MARGIN * 0.75;
  mq_picture_take_text (self->sheet->picture, project, self->left + self->content - mq_text_width (project), self->y, self->theme->dim);
  mq_picture_take_text (self->sheet->picture, title, self->left, self->y, self->theme->dim);
  self->y += height + 1.4 * self->kit->em;
}
