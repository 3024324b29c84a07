/* test-chart-kinds.c: layouts of every kind of chart, over random figures, sizes, fonts, scripts and directions: no text over
 * another, none cut, marks on the surface and found again by hit and by keys; the same input gives the same layout.
 * MQ_CHART_RUNS sets how many random figures are tried (400 for a long run). */

#include "chart-samples.h"

#include "chart/chart-private.h"
#include "chart/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  double width, height;
} sizes[] = { { 200, 150 }, { 280, 420 }, { 360, 294 }, { 520, 320 }, { 900, 300 }, { 1180, 760 }, { 1600, 900 }, { 3000, 2000 } };

static const char *const fonts[] = { "Cantarell, DejaVu Sans, Noto Sans CJK SC 7", "Cantarell, DejaVu Sans, Noto Sans CJK SC 11", "DejaVu Sans, Noto Sans CJK SC 11", "Cantarell, DejaVu Sans, Noto Sans CJK SC 22" };

static const MqTheme *const themes[] = { &mq_theme_light, &mq_theme_dark, &mq_theme_light_hc, &mq_theme_print };

static MqChartLayout *
lay_out (MqChart *chart, const char *font, gboolean rtl, const MqTheme *theme, double width, double height)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  MqChartLayout *layout;

  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, description);
  pango_context_set_base_dir (context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  layout = mq_chart_layout_new (chart, context, theme, width, height);
  g_object_unref (context);
  return layout;
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
        g_assert_false (overlap (&boxes[i], &boxes[k]));
    }
}

static gboolean
same_center (const MqRect *a, const MqRect *b)
{
  return fabs (a->x + a->width / 2 - b->x - b->width / 2) < 1e-6 && fabs (a->y + a->height / 2 - b->y - b->height / 2) < 1e-6;
}

static void
check_marks (const MqChartLayout *layout, MqTable *table, double width, double height)
{
  guint n = mq_chart_layout_n_marks (layout);

  g_assert_cmpuint (n, <=, 2000);
  for (guint i = 0; i < n; i++)
    {
      const MqMark *mark = mq_chart_layout_mark (layout, i);
      guint         hit;

      g_assert_cmpuint (mark->row, <, mq_table_n_rows (table));
      g_assert_cmpuint (mark->column, <, mq_table_n_columns (table));
      g_assert_cmpuint (strlen (mark->label), >, 0);
      g_assert_true (g_utf8_validate (mark->label, -1, NULL));
      g_assert_cmpfloat (mark->bounds.width, >=, 0);
      g_assert_cmpfloat (mark->bounds.height, >=, 0);
      g_assert_cmpfloat (mark->bounds.x, >=, -0.01);
      g_assert_cmpfloat (mark->bounds.y, >=, -0.01);
      g_assert_cmpfloat (mark->bounds.x + mark->bounds.width, <=, width + 0.01);
      g_assert_cmpfloat (mark->bounds.y + mark->bounds.height, <=, height + 0.01);
      /* Who points at the middle of a mark gets it, or one that stands over it there. */
      hit = mq_chart_layout_pick (layout, mark->bounds.x + mark->bounds.width / 2, mark->bounds.y + mark->bounds.height / 2);
      if (mark->bounds.width >= 1 && mark->bounds.height >= 1)
        {
          g_assert_cmpuint (hit, !=, MQ_MARK_NONE);
          if (layout->chart->kind->points)
            g_assert_true (same_center (&mq_chart_layout_mark (layout, hit)->bounds, &mark->bounds));
        }
    }
}

static void
check_reached (const MqChartLayout *layout)
{
  guint              n = mq_chart_layout_n_marks (layout);
  g_autofree guint8 *reached = g_malloc0 (MAX (n, 1));
  g_autofree guint  *queue = g_new (guint, MAX (n, 1));
  guint              length = n > 0 ? 1 : 0;

  queue[0] = 0;
  reached[0] = TRUE;
  for (guint i = 0; i < length; i++)
    for (MqMove move = MQ_MOVE_FIRST; move <= MQ_MOVE_DOWN; move++)
      {
        guint to = mq_chart_layout_move (layout, queue[i], move);

        g_assert_cmpuint (to, <, n);
        if (!reached[to])
          {
            reached[to] = TRUE;
            queue[length++] = to;
          }
      }
  g_assert_cmpuint (length, ==, n);
}

static void
check_same (MqChartLayout *one, MqChartLayout *two)
{
  guint         n_one, n_two;
  const MqRect *boxes_one = mq_chart_layout_texts (one, &n_one);
  const MqRect *boxes_two = mq_chart_layout_texts (two, &n_two);

  g_assert_cmpmem (boxes_one, n_one * sizeof *boxes_one, boxes_two, n_two * sizeof *boxes_two);
  g_assert_cmpuint (mq_chart_layout_n_marks (one), ==, mq_chart_layout_n_marks (two));
  for (guint i = 0; i < mq_chart_layout_n_marks (one); i++)
    g_assert_cmpmem (&mq_chart_layout_mark (one, i)->bounds, sizeof (MqRect), &mq_chart_layout_mark (two, i)->bounds, sizeof (MqRect));
}

static void
check_chart (guint sample, SampleWords words, guint seed, guint round)
{
  g_autoptr (MqChart) chart = chart_sample_make (sample, words, seed);
  g_autofree char *description = mq_chart_describe (chart);

  g_assert_true (g_utf8_validate (description, -1, NULL));
  /* A few of all combinations each time: over the rounds all are met. */
  for (guint k = 0; k < 3; k++)
    {
      guint          at = round * 3 + k;
      guint          s = at % G_N_ELEMENTS (sizes);
      const char    *font = fonts[at / 2 % G_N_ELEMENTS (fonts)];
      gboolean       rtl = words == SAMPLE_ARABIC ? TRUE : at % 5 == 0;
      const MqTheme *theme = themes[at % G_N_ELEMENTS (themes)];
      g_autoptr (MqChartLayout) layout = NULL;

      if (g_getenv ("MQ_CHART_VERBOSE") != NULL)
        g_test_message ("%s words %u seed %u size %gx%g font %s rtl %d", chart_sample_name (sample), words, seed, sizes[s].width, sizes[s].height, font, rtl);
      layout = lay_out (chart, font, rtl, theme, sizes[s].width, sizes[s].height);
      check_texts (layout, sizes[s].width, sizes[s].height);
      check_marks (layout, mq_chart_table (chart), sizes[s].width, sizes[s].height);
      check_reached (layout);
      if (k == 0)
        {
          g_autoptr (MqChartLayout) again = lay_out (chart, font, rtl, theme, sizes[s].width, sizes[s].height);

          check_same (layout, again);
        }
    }
}

static void
test_properties (gconstpointer data)
{
  guint       sample = GPOINTER_TO_UINT (data);
  const char *runs = g_getenv ("MQ_CHART_RUNS");
  guint       n_runs = runs != NULL ? (guint) atoi (runs) : 5;

  for (guint seed = 0; seed < n_runs; seed++)
    for (SampleWords words = SAMPLE_ENGLISH; words < N_SAMPLE_WORDS; words++)
      check_chart (sample, words, seed, seed * N_SAMPLE_WORDS + words + sample);
}

/* Boxes stand apart, in order, inside; and where nothing touches, nothing moves. */
static void
test_spread (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint run = 0; run < 3000; run++)
    {
      double centers[12], wanted[12], heights[12];
      guint  n = g_rand_int_range (random, 1, 13);
      double total = 0, at = 0, moved = 0;

      for (guint i = 0; i < n; i++)
        {
          heights[i] = g_rand_double_range (random, 1, 12);
          at += g_rand_double_range (random, 0, 14);
          centers[i] = wanted[i] = at;
          total += heights[i];
        }
      if (!mq_spread (centers, heights, n, 0, 100))
        {
          g_assert_cmpfloat (total, >, 100);
          continue;
        }
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (centers[i] - heights[i] / 2, >=, -1e-9);
          g_assert_cmpfloat (centers[i] + heights[i] / 2, <=, 100 + 1e-9);
          if (i > 0)
            g_assert_cmpfloat (centers[i] - heights[i] / 2 - centers[i - 1] - heights[i - 1] / 2, >=, -1e-9);
          moved += fabs (centers[i] - wanted[i]);
        }
      for (guint i = 0; i < n; i++)
        if ((i == 0 ? wanted[i] - heights[i] / 2 < 0 : wanted[i] - heights[i] / 2 < wanted[i - 1] + heights[i - 1] / 2) || wanted[i] + heights[i] / 2 > 100)
          goto touched;
      g_assert_cmpfloat (moved, <, 1e-9);
    touched:
      continue;
    }
}

static gboolean
has_label (const MqChartLayout *layout, const char *label)
{
  for (guint i = 0; i < mq_chart_layout_n_marks (layout); i++)
    if (g_str_equal (mq_chart_layout_mark (layout, i)->label, label))
      return TRUE;
  return FALSE;
}

/* Without a series: its marks are gone, the others are there with the same words, walked as before, and the legend of a file
 * leaves its name out. */
static void
test_hidden (void)
{
  guint n_found = 0;

  for (guint sample = 0; sample < chart_sample_n (); sample++)
    {
      g_autoptr (MqChart) chart = chart_sample_make (sample, SAMPLE_ENGLISH, 0);
      guint   n = mq_chart_n_series (chart);
      guint32 all = n > 0 ? (1u << n) - 1 : 0;

      n_found += n > 0;
      for (guint s = 0; s < n; s++)
        {
          g_autoptr (MqChart) without = mq_chart_without (chart, 1u << s);
          g_autoptr (MqChart) only = mq_chart_without (without, all & ~(1u << s));
          g_autoptr (MqChart) again = mq_chart_without (without, 0);
          g_autoptr (MqChartLayout) whole = lay_out (chart, "Cantarell 11", FALSE, &mq_theme_light, 800, 500);
          g_autoptr (MqChartLayout) rest = lay_out (without, "Cantarell 11", FALSE, &mq_theme_light, 800, 500);
          g_autoptr (MqChartLayout) one = lay_out (only, "Cantarell 11", FALSE, &mq_theme_light, 800, 500);
          g_autofree char *description = mq_chart_describe (only);

          g_assert_true (again == chart);
          g_assert_true (mq_chart_hides (without, s) && !mq_chart_hides (only, s));
          g_assert_true (mq_chart_table (without) == mq_chart_table (chart));
          check_texts (rest, 800, 500);
          check_marks (rest, mq_chart_table (without), 800, 500);
          check_reached (rest);
          check_reached (one);
          g_assert_cmpuint (mq_chart_layout_n_marks (one), >, 0);
          for (guint i = 0; i < mq_chart_layout_n_marks (one); i++)
            {
              const char *label = mq_chart_layout_mark (one, i)->label;

              g_assert_true (has_label (whole, label));
              g_assert_false (has_label (rest, label));
            }
          g_assert_cmpuint (mq_chart_layout_n_marks (one) + mq_chart_layout_n_marks (rest), ==, mq_chart_layout_n_marks (whole));
        }
      if (n > 0)
        {
          g_autoptr (MqChart) none = mq_chart_without (chart, all);
          g_autoptr (MqChartLayout) empty = lay_out (none, "Cantarell 11", FALSE, &mq_theme_light, 800, 500);

          g_assert_cmpuint (mq_chart_layout_n_marks (empty), ==, 0);
        }
    }
  g_assert_cmpuint (n_found, >, 5);
}

/* Texts that stand inside of a mark. */
static guint
count_inside (const MqChartLayout *layout)
{
  guint         n;
  guint         inside = 0;
  const MqRect *boxes = mq_chart_layout_texts (layout, &n);

  for (guint i = 0; i < n; i++)
    for (guint m = 0; m < mq_chart_layout_n_marks (layout); m++)
      {
        const MqRect *part = &mq_chart_layout_mark (layout, m)->bounds;

        inside += boxes[i].x >= part->x && boxes[i].x + boxes[i].width <= part->x + part->width && boxes[i].y >= part->y && boxes[i].y + boxes[i].height <= part->y + part->height;
      }
  return inside;
}

/* In stacked columns of any width, all parts have their figures or none: 1,000,000 is "1 M", the others are longer. */
static void
test_inside (void)
{
  MqTableBuilder *builder = mq_table_builder_new ("parts", NULL, NULL);
  g_autoptr (MqTable) table = NULL;
  g_autoptr (MqChart) chart = NULL;
  guint n_with = 0, n_without = 0;

  mq_table_builder_add_column (builder, "month", "Month", MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "part", "Part", MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "value", "Value", MQ_COLUMN_INTEGER);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *month = g_strdup_printf ("2026-0%u", i / 2 + 1);

      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, month);
      mq_table_builder_set_text (builder, 1, i % 2 == 0 ? "kept" : "refunded");
      mq_table_builder_set_integer (builder, 2, i == 3 ? 1000000 : 1200000 + 100000 * (gint64) i);
    }
  table = mq_table_builder_finish (builder);
  chart = mq_chart_new_bar_series (table, "Parts", "By month", &(MqBarColumns){ .category = "month", .value = "value", .series = "part", .form = MQ_BARS_STACKED, .vertical = TRUE });
  for (double width = 160; width < 900; width += 3)
    {
      g_autoptr (MqChartLayout) layout = lay_out (chart, fonts[1], FALSE, &mq_theme_light, width, 500);
      guint n = count_inside (layout);

      g_assert_true (n == 0 || n == mq_chart_layout_n_marks (layout));
      n_with += n > 0;
      n_without += n == 0;
    }
  g_assert_cmpuint (n_with, >, 0);
  g_assert_cmpuint (n_without, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-kinds/hidden", test_hidden);
  for (guint i = 0; i < chart_sample_n (); i++)
    {
      g_autofree char *path = g_strconcat ("/chart-kinds/properties/", chart_sample_name (i), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_properties);
    }
  g_test_add_func ("/chart-kinds/spread", test_spread);
  g_test_add_func ("/chart-kinds/inside", test_inside);
  return g_test_run ();
}
