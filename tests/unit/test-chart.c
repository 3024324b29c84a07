/* test-chart.c: layouts of bars and heat maps. Properties over sizes, fonts, scripts and directions: no text over another, none
 * cut, a mark for every row, marks found again by hit and by keys; lengths and colours read back from the pixels. */

#include "chart/chart.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {
  "Champions",
  "Loyal",
  "Potential Loyalist",
  "New Customers",
  "Promising",
  "Need Attention",
  "About To Sleep",
  "At Risk",
  "Cannot Lose Them",
  "Hibernating",
  "Lost",
};
static const char *const chinese[] = { "重要价值客户", "重要保持客户", "重要发展客户", "重要挽留客户", "一般价值客户", "一般保持客户" };
static const char *const arabic[] = { "أبطال", "عملاء مخلصون", "مخلص محتمل", "عملاء جدد", "لا يمكن خسارتهم" };
static const char *const endless[] = {
  "Everybody who bought something in the northern and in the southern regions at least twice since the beginning",
  "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
  "x",
};

typedef struct
{
  const char *const *words;
  guint              n_words;
  gsize              n_rows;
  gboolean           negative;
} Shape;

static const Shape shapes[] = {
  { names, G_N_ELEMENTS (names), 11, FALSE },
  { chinese, G_N_ELEMENTS (chinese), 8, FALSE },
  { arabic, G_N_ELEMENTS (arabic), 5, TRUE },
  { endless, G_N_ELEMENTS (endless), 3, FALSE },
  { names, G_N_ELEMENTS (names), 1, FALSE },
  { names, G_N_ELEMENTS (names), 90, TRUE },
};

static const struct
{
  double width, height;
} sizes[] = { { 200, 150 }, { 360, 294 }, { 360, 640 }, { 520, 320 }, { 1180, 760 }, { 1600, 900 }, { 3000, 2000 } };

static const char *const fonts[] = { "DejaVu Sans, Noto Sans CJK SC 7", "DejaVu Sans, Noto Sans CJK SC 11", "DejaVu Sans, Noto Sans CJK SC 16.5", "DejaVu Sans, Noto Sans CJK SC 22" };

static PangoContext *
make_context (const char *font, gboolean rtl)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, description);
  pango_context_set_base_dir (context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return context;
}

static MqTable *
make_bars_table (const Shape *shape, gint64 factor)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", "GBP", NULL);
  guint           segment = mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TEXT);
  guint           customers = mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           share = mq_table_builder_add_column (builder, "share", "Share", MQ_COLUMN_SHARE);
  guint           revenue = mq_table_builder_add_column (builder, "revenue", "Revenue", MQ_COLUMN_MONEY);

  for (gsize i = 0; i < shape->n_rows; i++)
    {
      gint64 value = (gint64) ((i * 37 + 11) % 101) * factor;

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, segment, shape->words[i % shape->n_words]);
      mq_table_builder_set_integer (builder, customers, value);
      mq_table_builder_set_double (builder, share, ((i * 37 + 11) % 101) / 1000.0);
      if (i != 2)
        mq_table_builder_set_integer (builder, revenue, shape->negative && i % 3 == 1 ? -value * 101 : value * 10007);
    }
  return mq_table_builder_finish (builder);
}

static MqTable *
make_grid_table (guint columns, guint rows, const Shape *shape, gint64 factor)
{
  MqTableBuilder *builder = mq_table_builder_new ("grid", "GBP", NULL);
  guint           r = mq_table_builder_add_column (builder, "r", "Recency score", MQ_COLUMN_INTEGER);
  guint           f = mq_table_builder_add_column (builder, "f", "Frequency score", MQ_COLUMN_INTEGER);
  guint           customers = mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           segment = mq_table_builder_add_column (builder, "segment", "Segment", MQ_COLUMN_TEXT);

  for (guint x = 0; x < columns; x++)
    for (guint y = 0; y < rows; y++)
      {
        mq_table_builder_append (builder);
        mq_table_builder_set_integer (builder, r, x + 1);
        mq_table_builder_set_integer (builder, f, y + 1);
        if (x != 1 || y != 1)
          mq_table_builder_set_integer (builder, customers, (gint64) ((x * 7 + y * 13) % 29) * factor);
        mq_table_builder_set_text (builder, segment, shape->words[(x / 2 + y / 2) % shape->n_words]);
      }
  return mq_table_builder_finish (builder);
}

static gboolean
overlap (const MqRect *a, const MqRect *b)
{
  const double slack = 0.01;

  return a->x + slack < b->x + b->width && b->x + slack < a->x + a->width && a->y + slack < b->y + b->height && b->y + slack < a->y + a->height;
}

static void
check_texts (const MqChartLayout *layout, double width, double height)
{
  guint         n;
  const MqRect *boxes = mq_chart_layout_texts (layout, &n);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (boxes[i].x, >=, -0.01);
      g_assert_cmpfloat (boxes[i].y, >=, -0.01);
      g_assert_cmpfloat (boxes[i].x + boxes[i].width, <=, width + 0.01);
      g_assert_cmpfloat (boxes[i].y + boxes[i].height, <=, height + 0.01);
      for (guint k = 0; k < i; k++)
        if (overlap (&boxes[i], &boxes[k]))
          g_error ("texts %u and %u of %u overlap at %gx%g: %g,%g %gx%g and %g,%g %gx%g", k, i, n, width, height, boxes[k].x, boxes[k].y, boxes[k].width, boxes[k].height, boxes[i].x, boxes[i].y, boxes[i].width, boxes[i].height);
    }
}

static void
check_marks (const MqChartLayout *layout, MqTable *table, double width, double height)
{
  gsize              n = mq_table_n_rows (table);
  g_autofree guint8 *seen = g_malloc0 (n);

  g_assert_cmpuint (mq_chart_layout_n_marks (layout), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const MqMark *mark = mq_chart_layout_mark (layout, i);

      g_assert_cmpuint (mark->row, <, n);
      g_assert_cmpuint (seen[mark->row]++, ==, 0);
      g_assert_cmpuint (strlen (mark->label), >, 0);
      g_assert_true (g_utf8_validate (mark->label, -1, NULL));
      g_assert_cmpfloat (mark->bounds.width, >, 0);
      g_assert_cmpfloat (mark->bounds.height, >, 0);
      g_assert_cmpfloat (mark->bounds.x, >=, 0);
      g_assert_cmpfloat (mark->bounds.y, >=, 0);
      g_assert_cmpfloat (mark->bounds.x + mark->bounds.width, <=, width + 0.01);
      g_assert_cmpfloat (mark->bounds.y + mark->bounds.height, <=, height + 0.01);
      g_assert_cmpuint (mq_chart_layout_pick (layout, mark->bounds.x + mark->bounds.width / 2, mark->bounds.y + mark->bounds.height / 2), ==, i);
    }
  g_assert_cmpuint (mq_chart_layout_pick (layout, -1, -1), ==, MQ_MARK_NONE);
}

/* A step leads to a mark further in that direction on screen, and the step back returns. */
static void
check_moves (const MqChartLayout *layout)
{
  guint n = mq_chart_layout_n_marks (layout);

  g_assert_cmpuint (mq_chart_layout_move (layout, MQ_MARK_NONE, MQ_MOVE_DOWN), ==, 0);
  g_assert_cmpuint (mq_chart_layout_move (layout, 0, MQ_MOVE_LAST), ==, n - 1);
  g_assert_cmpuint (mq_chart_layout_move (layout, n - 1, MQ_MOVE_FIRST), ==, 0);
  for (guint i = 0; i < n; i++)
    {
      const MqRect *from = &mq_chart_layout_mark (layout, i)->bounds;
      guint         left = mq_chart_layout_move (layout, i, MQ_MOVE_LEFT);
      guint         right = mq_chart_layout_move (layout, i, MQ_MOVE_RIGHT);
      guint         up = mq_chart_layout_move (layout, i, MQ_MOVE_UP);
      guint         down = mq_chart_layout_move (layout, i, MQ_MOVE_DOWN);

      if (left != i)
        {
          g_assert_cmpfloat (mq_chart_layout_mark (layout, left)->bounds.x, <, from->x);
          g_assert_cmpuint (mq_chart_layout_move (layout, left, MQ_MOVE_RIGHT), ==, i);
        }
      if (right != i)
        g_assert_cmpuint (mq_chart_layout_move (layout, right, MQ_MOVE_LEFT), ==, i);
      if (up != i)
        {
          g_assert_cmpfloat (mq_chart_layout_mark (layout, up)->bounds.y, <, from->y);
          g_assert_cmpuint (mq_chart_layout_move (layout, up, MQ_MOVE_DOWN), ==, i);
        }
      if (down != i)
        g_assert_cmpuint (mq_chart_layout_move (layout, down, MQ_MOVE_UP), ==, i);
    }
}

static guint
count_reached (const MqChartLayout *layout)
{
  guint              n = mq_chart_layout_n_marks (layout);
  g_autofree guint8 *reached = g_malloc0 (n);
  g_autofree guint  *queue = g_new (guint, n);
  guint              length = 1;

  queue[0] = 0;
  reached[0] = TRUE;
  for (guint i = 0; i < length; i++)
    for (MqMove move = MQ_MOVE_LEFT; move <= MQ_MOVE_DOWN; move++)
      {
        guint to = mq_chart_layout_move (layout, queue[i], move);

        if (!reached[to])
          {
            reached[to] = TRUE;
            queue[length++] = to;
          }
      }
  return length;
}

static void
check_chart (MqChart *chart)
{
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint f = 0; f < G_N_ELEMENTS (fonts); f++)
      for (guint rtl = 0; rtl < 2; rtl++)
        {
          PangoContext *context = make_context (fonts[f], rtl);
          g_autoptr (MqChartLayout) layout = mq_chart_layout_new (chart, context, rtl ? &mq_theme_dark_hc : &mq_theme_light, sizes[s].width, sizes[s].height);

          check_texts (layout, sizes[s].width, sizes[s].height);
          check_marks (layout, mq_chart_table (chart), sizes[s].width, sizes[s].height);
          if (mq_chart_layout_n_marks (layout) < 100)
            check_moves (layout);
          g_assert_cmpuint (count_reached (layout), ==, mq_chart_layout_n_marks (layout));
          g_object_unref (context);
        }
}

static void
test_bars_properties (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (MqTable) table = make_bars_table (&shapes[i], i % 2 == 0 ? 1 : 123457);
      g_autoptr (MqChart) counts = mq_chart_new_bars (table, "Champions are 22 % of customers and bring 65 % of revenue", "Customers by segment, share of all customers", "segment", "customers", "share");
      g_autoptr (MqChart) money = mq_chart_new_bars (table, shapes[i].words[0], "", "segment", "revenue", NULL);

      check_chart (counts);
      check_chart (money);
    }
}

static void
test_heat_map_properties (void)
{
  static const struct
  {
    guint columns, rows;
  } grids[] = { { 5, 5 }, { 1, 1 }, { 10, 3 }, { 2, 10 }, { 36, 24 } };

  for (guint i = 0; i < G_N_ELEMENTS (grids); i++)
    for (guint k = 0; k < 4; k++)
      {
        g_autoptr (MqTable) table = make_grid_table (grids[i].columns, grids[i].rows, &shapes[k], k % 2 == 0 ? 3 : 123457);
        g_autoptr (MqChart) chart = mq_chart_new_heat_map (table, shapes[k].words[0], "Customers by recency and frequency score", "r", "f", "customers", k == 3 ? NULL : "segment");

        if (grids[i].columns < 30 || k == 0)
          check_chart (chart);
      }
}

static void
test_terms_as_axes (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("migration", NULL, NULL);
  guint           from = mq_table_builder_add_column (builder, "from", "From", MQ_COLUMN_TERM);
  guint           to = mq_table_builder_add_column (builder, "to", "To", MQ_COLUMN_TERM);
  guint           n = mq_table_builder_add_column (builder, "customers", "Customers", MQ_COLUMN_INTEGER);
  g_autoptr (MqTable) table = NULL;
  g_autoptr (MqChart) chart = NULL;
  g_autoptr (MqChartLayout) layout = NULL;
  PangoContext *context = make_context (fonts[1], FALSE);

  for (guint i = 0; i < 4; i++)
    for (guint k = 0; k < 3; k++)
      if (i != k)
        {
          mq_table_builder_append (builder);
          mq_table_builder_set_text (builder, from, names[i]);
          mq_table_builder_set_text (builder, to, names[k]);
          mq_table_builder_set_integer (builder, n, i * 10 + k);
        }
  table = mq_table_builder_finish (builder);
  chart = mq_chart_new_heat_map (table, "Where customers went", "", "to", "from", "customers", NULL);
  check_chart (chart);
  layout = mq_chart_layout_new (chart, context, &mq_theme_light, 600, 400);
  g_object_unref (context);

  /* The first term of the table stands at the top: from Champions; the first column met there, Loyal, to the left. */
  g_assert_cmpuint (mq_chart_layout_mark (layout, 0)->row, ==, 0);
  g_assert_nonnull (strstr (mq_chart_layout_mark (layout, 0)->label, "Loyal"));
}

static cairo_surface_t *
paint (MqChart *chart, const MqTheme *theme, int width, int height, MqChartLayout **layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);
  PangoContext    *context = make_context ("DejaVu Sans 9", FALSE);

  mq_color_set_source (theme->background, cr);
  cairo_paint (cr);
  *layout = mq_chart_layout_new (chart, context, theme, width, height);
  mq_chart_layout_draw (*layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_object_unref (context);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface);
  guint32       pixel;

  memcpy (&pixel, row + (gsize) x * 4, sizeof pixel);
  return pixel & 0xffffff;
}

static guint32
get_rgb (MqColor color)
{
  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8 | (guint32) lround (color.blue * 255);
}

static void
test_bar_lengths (void)
{
  const int width = 900, height = 500;
  g_autoptr (MqTable) table = make_bars_table (&shapes[0], 9);
  g_autoptr (MqChart) chart = mq_chart_new_bars (table, "Title", "", "segment", "customers", NULL);
  g_autoptr (MqChartLayout) layout = NULL;
  cairo_surface_t *surface = paint (chart, &mq_theme_light, width, height, &layout);
  double           scale = 0;

  for (gsize i = 0; i < 11; i++)
    {
      const MqMark *mark = mq_chart_layout_mark (layout, i);
      int           y = (int) (mark->bounds.y + mark->bounds.height / 2);
      int           first = -1, length = 0;
      double        value = mq_table_number (table, i, 1);

      for (int x = 0; x < width; x++)
        if (get_pixel (surface, x, y) == get_rgb (mq_theme_light.series[0]))
          {
            if (first < 0)
              first = x;
            length++;
          }
      if (scale == 0)
        scale = length / value;
      /* To the pixel on either end. */
      g_assert_cmpfloat (fabs (length - value * scale), <=, 2 + value * scale * 0.02);
    }
  g_assert_cmpfloat (scale, >, 0.4);
  cairo_surface_destroy (surface);
}

static void
test_cell_colors (void)
{
  const MqTheme *themes[] = { &mq_theme_light, &mq_theme_dark, &mq_theme_print };

  for (guint t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_autoptr (MqTable) table = make_grid_table (5, 5, &shapes[0], 1);
      g_autoptr (MqChart) chart = mq_chart_new_heat_map (table, "Title", "", "r", "f", "customers", "segment");
      g_autoptr (MqChartLayout) layout = NULL;
      cairo_surface_t *surface = paint (chart, themes[t], 700, 500, &layout);

      for (guint i = 0; i < 25; i++)
        {
          const MqMark *mark = mq_chart_layout_mark (layout, i);
          double        value = mq_table_number (table, mark->row, 2);
          guint32       pixel = get_pixel (surface, (int) mark->bounds.x + 5, (int) mark->bounds.y + 5);

          /* Values are 0 to 28: classes of 5. */
          if (isnan (value))
            g_assert_cmphex (pixel, ==, get_rgb (themes[t]->background));
          else
            g_assert_cmphex (pixel, ==, get_rgb (mq_theme_ramp (themes[t], (guint) (value / 5), 6)));
        }
      /* The best of both stands at the top right. */
      g_assert_cmpint (mq_table_integer (table, mq_chart_layout_mark (layout, 4)->row, 0), ==, 5);
      g_assert_cmpint (mq_table_integer (table, mq_chart_layout_mark (layout, 4)->row, 1), ==, 5);
      g_assert_cmpfloat (mq_chart_layout_mark (layout, 4)->bounds.x, >, mq_chart_layout_mark (layout, 3)->bounds.x);
      cairo_surface_destroy (surface);
    }
}

static void
test_no_data (void)
{
  const Shape nothing = { names, G_N_ELEMENTS (names), 0, FALSE };
  g_autoptr (MqTable) empty = make_bars_table (&nothing, 1);
  g_autoptr (MqChart) bars = mq_chart_new_bars (empty, "Title", "Subtitle", "segment", "customers", "share");
  g_autoptr (MqChart) map = mq_chart_new_heat_map (empty, "Title", "", "customers", "customers", "revenue", NULL);
  MqChart *charts[] = { bars, map };

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      PangoContext *context = make_context (fonts[3], FALSE);
      g_autoptr (MqChartLayout) layout = mq_chart_layout_new (charts[i], context, &mq_theme_dark, 200, 150);
      g_autofree char *words = mq_chart_describe (charts[i]);

      g_assert_cmpuint (mq_chart_layout_n_marks (layout), ==, 0);
      g_assert_cmpuint (mq_chart_layout_move (layout, MQ_MARK_NONE, MQ_MOVE_DOWN), ==, MQ_MARK_NONE);
      check_texts (layout, 200, 150);
      g_assert_cmpstr (words, ==, "Title. No data.");
      g_object_unref (context);
    }
}

static void
test_words (void)
{
  g_autoptr (MqTable) table = make_bars_table (&shapes[0], 1);
  g_autoptr (MqChart) chart = mq_chart_new_bars (table, "Largest first", "By segment", "segment", "customers", "share");
  g_autoptr (MqChartLayout) layout = NULL;
  cairo_surface_t *surface = paint (chart, &mq_theme_light, 600, 400, &layout);
  g_autofree char *words = mq_chart_describe (chart);

  g_assert_cmpstr (mq_chart_title (chart), ==, "Largest first");
  g_assert_cmpstr (mq_chart_subtitle (chart), ==, "By segment");
  g_assert_null (mq_chart_note (chart));
  g_assert_cmpstr (mq_chart_layout_mark (layout, 1)->label, ==, "Loyal: 48 (4.8\xc2\xa0%)");
  g_assert_cmpuint (mq_chart_layout_mark (layout, 1)->column, ==, 1);
  /* 11 48 85 21 58 95 31 68 4 41 78 */
  g_assert_cmpstr (words, ==, "Largest first. 11 values. Largest: Need Attention: 95 (9.5\xc2\xa0%); Potential Loyalist: 85 (8.5\xc2\xa0%); Lost: 78 (7.8\xc2\xa0%).");
  cairo_surface_destroy (surface);
}

static void
test_many_rows (void)
{
  const Shape many = { names, G_N_ELEMENTS (names), 5000, FALSE };
  g_autoptr (MqTable) table = make_bars_table (&many, 1);
  g_autoptr (MqChart) chart = mq_chart_new_bars (table, "Title", "", "segment", "customers", "share");
  PangoContext *context = make_context (fonts[1], FALSE);
  g_autoptr (MqChartLayout) layout = mq_chart_layout_new (chart, context, &mq_theme_light, 800, 600);

  check_texts (layout, 800, 600);
  g_assert_cmpuint (mq_chart_layout_n_marks (layout), ==, 5000);
  g_object_unref (context);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/bars-properties", test_bars_properties);
  g_test_add_func ("/chart/heat-map-properties", test_heat_map_properties);
  g_test_add_func ("/chart/terms-as-axes", test_terms_as_axes);
  g_test_add_func ("/chart/bar-lengths", test_bar_lengths);
  g_test_add_func ("/chart/cell-colors", test_cell_colors);
  g_test_add_func ("/chart/no-data", test_no_data);
  g_test_add_func ("/chart/words", test_words);
  g_test_add_func ("/chart/many-rows", test_many_rows);
  return g_test_run ();
}
