/* treemap.c: areas by value. Tiles are laid in rows along the shorter side, each row as near to squares as may be (Bruls,
 * Huizing, van Wijk 2000, "Squarified treemaps"). Beyond 200 the smallest are one tile. */

#include "config.h"

#include "chart/figures.h"
#include "chart/scale.h"
#include "chart/series.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

enum
{
  CATEGORY,
  VALUE,
  SHARE,
};

#define MOST_TILES 200

typedef struct
{
  gsize  row;
  gsize  n; /* rows that it stands for */
  double value;
  MqRect rect;
} Tile;

typedef struct
{
  MqChartLayout *layout;
  GArray        *tiles; /* (element-type Tile) largest first */
  double         total;
  MqTicks        classes;
} Treemap;

static Tile *
get_tile (const Treemap *self, guint index)
{
  return &g_array_index (self->tiles, Tile, index);
}

static int
compare_tiles (const void *a, const void *b)
{
  const Tile *one = a;
  const Tile *two = b;

  if (one->value != two->value)
    return one->value > two->value ? -1 : 1;
  return one->row < two->row ? -1 : one->row > two->row;
}

static void
read_tiles (Treemap *self)
{
  const MqChart *chart = self->layout->chart;

  self->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  for (gsize i = 0; i < mq_table_n_rows (chart->table); i++)
    {
      Tile tile = { .row = i, .n = 1 };

      if (mq_figure_number (chart->table, i, chart->columns[VALUE], &tile.value) && tile.value > 0)
        g_array_append_val (self->tiles, tile);
    }
  g_array_sort (self->tiles, compare_tiles);
  if (self->tiles->len > MOST_TILES)
    {
      Tile *rest = get_tile (self, MOST_TILES - 1);

      for (guint i = MOST_TILES; i < self->tiles->len; i++)
        {
          rest->value += get_tile (self, i)->value;
          rest->n++;
        }
      g_array_set_size (self->tiles, MOST_TILES);
    }
  for (guint i = 0; i < self->tiles->len; i++)
    self->total += get_tile (self, i)->value;
}

/* The worst ratio of sides in a row of these values along a side. */
static double
get_worst (double least, double greatest, double sum, double side)
{
  return MAX (side * side * greatest / (sum * sum), sum * sum / (side * side * least));
}

/* Lays tiles first … end as a row along the shorter side of what is left of the room. */
static void
lay_row (Treemap *self, guint first, guint end, double sum, MqRect *room)
{
  gboolean upright = room->width >= room->height;
  double   depth = sum / (upright ? room->height : room->width);
  double   at = upright ? room->y : room->x;

  for (guint i = first; i < end; i++)
    {
      Tile  *tile = get_tile (self, i);
      double length = tile->value / depth;

      tile->rect = upright ? (MqRect){ room->x, at, depth, length } : (MqRect){ at, room->y, length, depth };
      at += length;
    }
  if (upright)
    {
      room->x += depth;
      room->width = MAX (room->width - depth, 1e-9);
    }
  else
    {
      room->y += depth;
      room->height = MAX (room->height - depth, 1e-9);
    }
}

static void
place_tiles (Treemap *self, MqRect room)
{
  double scale = room.width * room.height / self->total;

  for (guint i = 0; i < self->tiles->len; i++)
    get_tile (self, i)->value *= scale;
  for (guint first = 0, end; first < self->tiles->len; first = end)
    {
      double side = MIN (room.width, room.height);
      double greatest = get_tile (self, first)->value;
      double sum = greatest;

      for (end = first + 1; end < self->tiles->len; end++)
        {
          double value = get_tile (self, end)->value;

          if (get_worst (value, greatest, sum + value, side) > get_worst (get_tile (self, end - 1)->value, greatest, sum, side))
            break;
          sum += value;
        }
      lay_row (self, first, end, sum, &room);
    }
  for (guint i = 0; i < self->tiles->len; i++)
    get_tile (self, i)->value /= scale;
}

static char *
say_rest (const Tile *tile)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu other", "%lu others", tile->n), (gulong) tile->n);
}

static char *
say_value (const Treemap *self, const Tile *tile)
{
  const MqChart *chart = self->layout->chart;

  if (tile->n == 1)
    return mq_figure_text (chart->table, tile->row, chart->columns[VALUE]);
  return mq_figure_axis (chart->table, chart->columns[VALUE], tile->value, 1);
}

static MqColor
get_fill (const Treemap *self, const Tile *tile)
{
  guint n = self->classes.n; /* the lightest shade stays out: it would not stand off the ground */

  if (tile->n > 1)
    return self->layout->theme.other;
  return mq_theme_ramp (&self->layout->theme, (guint) CLAMP (floor (tile->value / self->classes.step - self->classes.first + 1e-9), 0, n - 2) + 1, n);
}

/* Name, value and share from the top left as far as they fit. */
static void
write_tile (const Treemap *self, const Tile *tile, MqRect rect, MqColor color)
{
  const MqChart   *chart = self->layout->chart;
  const MqTextKit *kit = self->layout->kit;
  double           pad = 0.5 * kit->em;
  double           y = rect.y + pad * 0.8;
  g_autofree char *name = tile->n > 1 ? say_rest (tile) : mq_figure_text (chart->table, tile->row, chart->columns[CATEGORY]);
  g_autofree char *value = say_value (self, tile);
  g_autofree char *share = chart->columns[SHARE] >= 0 && tile->n == 1 ? mq_figure_text (chart->table, tile->row, chart->columns[SHARE]) : g_strdup ("");
  g_autofree char *figures = share[0] != '\0' ? g_strconcat (value, " · ", share, NULL) : g_strdup (value);
  const char      *lines[] = { name, figures, value };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      PangoLayout *text = mq_text_new (kit, lines[i], i == 0 ? 0.95 : 0.85, i == 0);

      if (i == 0 && mq_text_width (text) > rect.width - 2 * pad)
        {
          mq_text_wrap (kit, text, rect.width - 2 * pad);
          pango_layout_set_wrap (text, PANGO_WRAP_WORD);
          if (mq_text_width (text) > rect.width - 2 * pad || pango_layout_get_line_count (text) > 2)
            {
              pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
              mq_text_limit (text, 1);
            }
        }
      if (mq_text_width (text) > rect.width - 2 * pad || y + mq_text_height (text) > rect.y + rect.height - 0.3 * pad || (i == 0 && rect.width < 3.2 * kit->em))
        {
          g_object_unref (text);
          if (i == 0)
            return;
          continue;
        }
      y += mq_text_height (text);
      if (mq_chart_layout_try_text (self->layout, text, rect.x + pad, y - mq_text_height (text), color) && i == 1)
        return;
    }
}

static void
draw_tile (const Treemap *self, guint index)
{
  const MqTheme *theme = &self->layout->theme;
  const Tile    *tile = get_tile (self, index);
  double         left = mq_chart_layout_snap (self->layout, tile->rect.x), top = mq_chart_layout_snap (self->layout, tile->rect.y);
  double         right = mq_chart_layout_snap (self->layout, tile->rect.x + tile->rect.width), bottom = mq_chart_layout_snap (self->layout, tile->rect.y + tile->rect.height);
  double         gap = MIN (2 * theme->hairline, MIN (right - left, bottom - top) / 4);
  MqRect         rect = { left, top, MAX (right - left - gap, 0.2), MAX (bottom - top - gap, 0.2) };
  MqSeriesLook   look = { .color = get_fill (self, tile) };
  MqChart       *chart = self->layout->chart;
  char          *words;

  mq_series_fill (self->layout, rect, MQ_FILL_ROUND, &look, TRUE);
  write_tile (self, tile, rect, mq_theme_text_on (look.color));
  if (tile->n > 1)
    {
      g_autofree char *rest = say_rest (tile);
      g_autofree char *value = say_value (self, tile);

      words = g_strdup_printf (_ ("%s: %s"), rest, value);
    }
  else
    words = chart->kind->label (chart, tile->row);
  mq_chart_layout_take_mark (self->layout, mq_chart_layout_clip (self->layout, rect), tile->row, (MqPlace){ .column = index }, words);
}

static void
arrange (MqChartLayout *layout, MqRect area)
{
  Treemap map = { .layout = layout };

  read_tiles (&map);
  if (map.tiles->len == 0)
    mq_chart_layout_say (layout, area, _ ("No data"));
  else
    {
      map.classes = mq_ticks_around (0, get_tile (&map, 0)->value, MQ_THEME_RAMP - 1, MQ_TICKS_ANY);
      place_tiles (&map, area);
      for (guint i = 0; i < map.tiles->len; i++)
        draw_tile (&map, i);
    }
  g_array_unref (map.tiles);
}

static char *
label (const MqChart *chart, gsize row)
{
  g_autofree char *category = mq_figure_text (chart->table, row, chart->columns[CATEGORY]);
  g_autofree char *name = mq_text_isolate (category);
  g_autofree char *value = mq_figure_text (chart->table, row, chart->columns[VALUE]);
  g_autofree char *share = NULL;

  if (chart->columns[SHARE] < 0 || mq_table_is_missing (chart->table, row, chart->columns[SHARE]))
    return g_strdup_printf (_ ("%s: %s"), name, value);
  share = mq_figure_text (chart->table, row, chart->columns[SHARE]);
  return g_strdup_printf (_ ("%s: %s (%s)"), name, value, share);
}

static const MqChartKind treemap_kind = {
  .arrange = arrange,
  .label = label,
  .value = VALUE,
  .moves = MQ_MOVES_SEQUENCE,
};

MqChart *
mq_chart_new_treemap (MqTable *table, const char *title, const char *subtitle, const char *category, const char *value, const char *share)
{
  const char *columns[MQ_CHART_COLUMNS] = { category, value, share };

  return mq_chart_new (&treemap_kind, table, title, subtitle, columns);
}
