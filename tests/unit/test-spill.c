/* test-spill.c: what is staged comes back as it was written, from memory and from the file behind it. */

#include "config.h"

#include "project/staged-run.h"

#define PIECE_BYTES (31 * 1024 * 1024 + 7)
#define N_PIECES 5

static void
fill (guint8 *bytes, gsize length, guint piece)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (i >> 12) * 7 + i + piece;
}

/* Some pieces fit into memory, one would cross its end, the rest lies behind it. */
static void
test_pieces (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MqSpill) spill = mq_spill_new (&error);
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autofree guint8 *bytes = g_malloc (PIECE_BYTES);
  MqSpillPiece       pieces[N_PIECES], small, empty;
  guint              in_buffer = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < N_PIECES; i++)
    {
      fill (bytes, PIECE_BYTES, i);
      g_assert_true (mq_spill_write (spill, bytes, PIECE_BYTES, &pieces[i], &error));
    }
  g_assert_true (mq_spill_write (spill, (const guint8 *) "last", 4, &small, &error));
  g_assert_true (mq_spill_write (spill, bytes, 0, &empty, &error));
  for (guint i = N_PIECES; i-- > 0;)
    {
      const guint8 *back = mq_spill_get (spill, pieces[i], buffer, &error);

      g_assert_no_error (error);
      fill (bytes, PIECE_BYTES, i);
      g_assert_true (memcmp (back, bytes, PIECE_BYTES) == 0);
      in_buffer += back == buffer->data;
    }
  g_assert_cmpint (in_buffer, >, 0);
  g_assert_cmpint (in_buffer, <, N_PIECES);
  g_assert_cmpmem (mq_spill_get (spill, small, buffer, &error), 4, "last", 4);
  g_assert_nonnull (mq_spill_get (spill, empty, buffer, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spill/pieces", test_pieces);
  return g_test_run ();
}
