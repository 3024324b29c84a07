/* test-segment-map.c: the maps as METHODS.md states them: every cell once, the counts of cells, the grid's rule. */

#include "rfm/segment-map.h"

#include <string.h>

static void
check_counts (const char *id, const guint *counts, const char *const *names)
{
  const MqSegmentMap *map = mq_segment_map_find (id);
  guint               found[32] = { 0 };

  g_assert_nonnull (map);
  for (guint cell = 0; cell < mq_segment_map_n_cells (map->shape); cell++)
    {
      g_assert_cmpuint (map->cells[cell], <, map->n_segments);
      found[map->cells[cell]]++;
    }
  for (guint i = 0; i < map->n_segments; i++)
    {
      g_assert_cmpuint (found[i], ==, counts[i]);
      g_assert_cmpstr (map->segments[i].name, ==, names[i]);
      g_assert_cmpuint (strlen (map->segments[i].action), >, 0);
      g_assert_cmpuint (strlen (map->segments[i].reason), >, 0);
    }
  g_assert_null (names[map->n_segments]);
}

static void
test_eleven (void)
{
  static const guint       counts[] = { 7, 8, 24, 7, 16, 8, 8, 22, 8, 11, 6 };
  static const char *const names[] = { "Champions", "Loyal", "Potential Loyalist", "New Customers", "Promising", "Need Attention", "About To Sleep", "At Risk", "Cannot Lose Them", "Hibernating", "Lost", NULL };

  check_counts ("eleven", counts, names);
}

static const char *
name_grid_cell (guint r, guint f)
{
  if (r <= 2)
    return f <= 2 ? "Hibernating" : f <= 4 ? "At Risk"
                                           : "Cannot Lose Them";
  if (r == 3 && f <= 2)
    return "About To Sleep";
  if (r == 3 && f == 3)
    return "Need Attention";
  if (r <= 4 && f >= 4)
    return "Loyal";
  if (f == 1)
    return r == 4 ? "Promising" : "New Customers";
  return f <= 3 ? "Potential Loyalist" : "Champions";
}

static void
test_grid (void)
{
  static const guint       counts[] = { 4, 4, 2, 2, 1, 4, 1, 1, 4, 2 };
  static const char *const names[] = { "Hibernating", "At Risk", "Cannot Lose Them", "About To Sleep", "Need Attention", "Loyal", "Promising", "New Customers", "Potential Loyalist", "Champions", NULL };
  const MqSegmentMap      *map = mq_segment_map_find ("grid");

  check_counts ("grid", counts, names);
  for (guint r = 1; r <= 5; r++)
    for (guint f = 1; f <= 5; f++)
      g_assert_cmpstr (map->segments[map->cells[mq_segment_map_cell (map->shape, r, f, 0)]].name, ==, name_grid_cell (r, f));
}

static void
test_eight (void)
{
  static const guint       counts[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
  static const char *const names[] = { "important value", "important keep", "important develop", "important retain", "general value", "general keep", "general develop", "general retain", NULL };
  static const guint       cells[] = { 7, 3, 5, 1, 6, 2, 4, 0 };
  const MqSegmentMap      *map = mq_segment_map_find ("eight");

  check_counts ("eight", counts, names);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (map->cells[cells[i]], ==, i);
}

static void
check_refused (const char *first, const char *second)
{
  MqSegment segments[] = { { "a", "", "", first }, { "b", "", "", second } };
  guint8    cells[8];
  g_autoptr (GError) error = NULL;

  g_assert_false (mq_segment_map_fill (MQ_MAP_HIGH, segments, 2, cells, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_refused (void)
{
  check_refused ("000 001 010 011", "100 101 110");
  check_refused ("000 001 010 011", "011 100 101 110 111");
  check_refused ("000 001 010 011", "100 101 110 112");
  check_refused ("000 001 010 011", "100 101 110 11");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-map/eleven", test_eleven);
  g_test_add_func ("/segment-map/grid", test_grid);
  g_test_add_func ("/segment-map/eight", test_eight);
  g_test_add_func ("/segment-map/refused", test_refused);
  return g_test_run ();
}
