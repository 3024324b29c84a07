/* report-contents.c: the table of contents: a line a page of the report, which leads to its first sheet. */

#include "config.h"

#include "chart/report-composer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The first sheet of a page among those without the contents. */
static guint
find_sheet (GPtrArray *sheets, guint page)
{
  for (guint i = 0; i < sheets->len; i++)
    if (((const MqSheet *) sheets->pdata[i])->page == page)
      return i;
  return 0;
}

static void
add_line (MqComposer *self, guint page, guint sheet)
{
  const MqReportEntry *entry = self->report->pages->pdata[page];
  g_autofree char     *number = g_strdup_printf ("%u", sheet + 1);
  PangoLayout         *right = mq_text_new (self->kit, number, 1, FALSE);
  double               width = self->content - mq_text_width (right) - 2 * self->kit->em;
  PangoLayout         *left = mq_composer_text (self, mq_report_entry_name (entry), 1, FALSE, width);
  double               height = mq_text_height (left);
  MqSheetLink          link = { .sheet = sheet };

  if (self->y + height > self->bottom)
    mq_composer_begin_sheet (self, MQ_SHEET_CONTENTS);
  link.rect = mq_picture_mirror (self->sheet->picture, (MqRect){ self->left, self->y, self->content, height });
  g_array_append_val (self->sheet->links, link);
  mq_picture_take_text (self->sheet->picture, right, self->left + self->content - mq_text_width (right), self->y, self->theme->foreground);
  mq_composer_place (self, left, self->theme->foreground, 0.6 * self->kit->em);
}

/* (transfer full), with numbers as if `n` sheets of contents came first. */
static GPtrArray *
compose (const MqComposer *composer, guint n)
{
  MqComposer self = *composer;

  self.sheets = mq_composer_sheets_new ();
  mq_composer_begin_sheet (&self, MQ_SHEET_CONTENTS);
  mq_composer_place (&self, mq_composer_text (&self, _ ("Contents"), 1.75, TRUE, self.content), self.theme->foreground, self.kit->em);
  for (guint i = 0; i < self.report->pages->len; i++)
    add_line (&self, i, n + find_sheet (composer->sheets, i));
  return self.sheets;
}

void
mq_composer_add_contents (MqComposer *self)
{
  GPtrArray *contents = compose (self, 1);

  if (contents->len > 1)
    {
      guint n = contents->len;

      g_ptr_array_unref (contents);
      contents = compose (self, n);
    }
  for (guint i = 0; i < contents->len; i++)
    g_ptr_array_insert (self->sheets, (int) i, contents->pdata[i]);
  g_ptr_array_set_free_func (contents, NULL);
  g_ptr_array_unref (contents);
}
