/* test-own-maps.c: maps of the project's own: kept and read again, refused with the cell named. */

#include "rfm/own-maps.h"

#include <string.h>

static const MqSegment halves[] = {
  { "Fresh", "Write soon", "They were here", "31 32 33 34 35, 41 42 43 44 45\n51 52 53 54 55" },
  { "老客户", "", "", "11 12 13 14 15 21 22 23 24 25" },
};

static void
refuse (const char *name, const char *first, const char *second, const char *said)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse (NULL);
  g_autoptr (GError) error = NULL;
  const MqSegment segments[] = { { "A", "", "", first }, { "B", "", "", second } };

  g_assert_false (mq_own_maps_set (maps, name, MQ_MAP_HIGH, segments, 2, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, said));
  g_assert_cmpuint (maps->maps->len, ==, 0);
}

static void
test_round_trip (void)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse (NULL);
  g_autoptr (MqOwnMaps) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char    *text = NULL;
  g_autofree char    *second = NULL;
  const MqSegmentMap *map;

  mq_own_maps_set (maps, " Halves ", MQ_MAP_RF, halves, G_N_ELEMENTS (halves), &error);
  g_assert_no_error (error);
  text = mq_own_maps_print (maps);
  again = mq_own_maps_parse (text);
  second = mq_own_maps_print (again);
  g_assert_cmpstr (text, ==, second);
  map = mq_own_maps_find (again, "Halves");
  g_assert_nonnull (map);
  g_assert_cmpuint (map->n_segments, ==, 2);
  g_assert_cmpstr (map->segments[0].action, ==, "Write soon");
  for (guint r = 1; r <= 5; r++)
    for (guint f = 1; f <= 5; f++)
      g_assert_cmpuint (map->cells[mq_segment_map_cell (MQ_MAP_RF, r, f, 0)], ==, r >= 3 ? 0 : 1);
  g_assert_true (mq_own_maps_remove (again, "Halves"));
  g_assert_false (mq_own_maps_remove (again, "Halves"));
}

static void
test_replace (void)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse (NULL);
  const MqSegment all[] = { { "All", "", "", "000 001 010 011 100 101 110 111" } };

  g_assert_true (mq_own_maps_set (maps, "m", MQ_MAP_RF, halves, 2, NULL));
  g_assert_true (mq_own_maps_set (maps, "m", MQ_MAP_HIGH, all, 1, NULL));
  g_assert_cmpuint (maps->maps->len, ==, 1);
  g_assert_cmpint (mq_own_maps_find (maps, "m")->shape, ==, MQ_MAP_HIGH);
}

static void
test_refused (void)
{
  refuse ("m", "000 001 010 011", "100 101 110", "111");
  refuse ("m", "000 001 010 011", "011 100 101 110 111", "011");
  refuse ("m", "000 001 010 011", "100 101 110 111 112", "112");
  refuse (" ", "000 001 010 011", "100 101 110 111", "name");
  refuse ("eight", "000 001 010 011", "100 101 110 111", "eight");
}

static void
test_names (void)
{
  g_autoptr (MqOwnMaps) maps = mq_own_maps_parse ("not a list");
  g_autoptr (GError) error = NULL;
  const MqSegment twice[] = { { "A", "", "", "000 001 010 011" }, { "A ", "", "", "100 101 110 111" } };
  const MqSegment nameless[] = { { "A", "", "", "000 001 010 011" }, { " ", "", "", "100 101 110 111" } };

  g_assert_cmpuint (maps->maps->len, ==, 0);
  g_assert_false (mq_own_maps_set (maps, "m", MQ_MAP_HIGH, twice, 2, NULL));
  g_assert_false (mq_own_maps_set (maps, "m", MQ_MAP_HIGH, nameless, 2, NULL));
  g_assert_false (mq_own_maps_set (maps, "m", MQ_MAP_HIGH, twice, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-maps/round-trip", test_round_trip);
  g_test_add_func ("/own-maps/replace", test_replace);
  g_test_add_func ("/own-maps/refused", test_refused);
  g_test_add_func ("/own-maps/names", test_names);
  return g_test_run ();
}
