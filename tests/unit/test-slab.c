/* test-slab.c: pieces of a slab keep what is written to them until they are released, in any order. */

#include "base/slab.h"

#include <string.h>

#define PIECES 3000

static void
test_pieces (void)
{
  MqSlab      *slab = mq_slab_new ();
  guint8      *pieces[PIECES];
  MqSlabChunk *chunks[PIECES];
  gsize        sizes[PIECES];

  for (guint i = 0; i < PIECES; i++)
    {
      sizes[i] = i == 1500 ? 5 * 1024 * 1024 : (i * 7919u) % 4001;
      pieces[i] = mq_slab_alloc (slab, sizes[i], &chunks[i]);
      g_assert_cmpuint ((guintptr) pieces[i] % 8, ==, 0);
      memset (pieces[i], i, sizes[i]);
    }
  mq_slab_free (slab);
  for (guint k = 0; k < PIECES; k++)
    {
      guint i = (k * 1009u) % PIECES;

      for (gsize at = 0; at < sizes[i]; at++)
        if (pieces[i][at] != (guint8) i)
          g_error ("piece %u changed at %" G_GSIZE_FORMAT, i, at);
      mq_slab_release (chunks[i]);
    }
}

static void
test_empty (void)
{
  g_autoptr (MqSlab) slab = mq_slab_new ();

  g_assert_nonnull (slab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slab/pieces", test_pieces);
  g_test_add_func ("/slab/empty", test_empty);
  return g_test_run ();
}
