/* hidden-series.c: charts without some of their series. */

#include "config.h"

#include "chart/figures.h"
#include "chart/groups.h"
#include "chart/value-looks.h"

static int
get_column (const MqChart *self)
{
  return self->kind->series > 0 && !self->whole ? self->columns[self->kind->series] : -1;
}

guint
mq_chart_n_series (const MqChart *self)
{
  MqGroups groups;
  guint    n;

  if (get_column (self) < 0)
    return 0;
  mq_groups_read (&groups, self->table, get_column (self));
  n = groups.n;
  mq_groups_clear (&groups);
  return n >= 2 && n <= MQ_SERIES_MOST ? n : 0;
}

char *
mq_chart_series_name (const MqChart *self, guint series)
{
  MqGroups groups;
  char    *name;

  mq_groups_read (&groups, self->table, get_column (self));
  name = mq_figure_text (self->table, groups.first_row[series], get_column (self));
  mq_groups_clear (&groups);
  return name;
}

gboolean
mq_chart_hides (const MqChart *self, guint series)
{
  return series < MQ_SERIES_MOST && (self->hidden >> series & 1) != 0;
}

gboolean
mq_chart_hides_all (const MqChart *self)
{
  return self->hidden != 0 && self->hidden == (1u << mq_chart_n_series (self)) - 1;
}

MqChart *
mq_chart_without (MqChart *self, guint32 hidden)
{
  MqChart *base = self->base != NULL ? self->base : self;
  MqChart *chart;
  guint    n = mq_chart_n_series (base);

  hidden &= (1u << n) - 1;
  if (hidden == 0)
    return mq_chart_ref (base);
  chart = g_memdup2 (base, sizeof *base);
  g_atomic_ref_count_init (&chart->ref_count);
  chart->base = mq_chart_ref (base);
  chart->hidden = hidden;
  return chart;
}

static MqSeriesLook
find_look (const MqChart *self, const MqTheme *theme, guint series)
{
  MqSeriesLook look = mq_series_look (theme, series, mq_chart_n_series (self));
  MqGroups     groups;

  mq_groups_read (&groups, self->table, get_column (self));
  if (mq_chart_value_look (self, theme, groups.first_row[series], get_column (self), &look) && self->kind->lines)
    look.color = mq_theme_edge (theme, look.color);
  mq_groups_clear (&groups);
  return look;
}

void
mq_chart_draw_swatch (const MqChart *self, const MqTheme *theme, guint series, cairo_t *cr, double size)
{
  const MqLegendEntry entry = { "", find_look (self, theme, series), self->kind->lines };
  MqTextKit           kit = { .em = size / 1.2 };
  MqChartLayout       layout = { .kit = &kit, .theme = *theme, .picture = mq_picture_new (0) };

  mq_legend_swatch (&layout, &entry, size / 24, size / 2);
  mq_picture_draw (layout.picture, cr);
  mq_picture_free (layout.picture);
}
