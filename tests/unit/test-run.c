/* test-run.c: slices, errors and cancelling of mq_run_parallel(). */

#include "base/run.h"

#include <string.h>

typedef struct
{
  gint64        sums[200];
  gsize         bad_a, bad_b; /* slices that fail */
  GCancellable *cancel_at_3;
} Sums;

static gboolean
add_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Sums *sums = data;

  if (slice == sums->bad_a || slice == sums->bad_b)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "slice %d", (int) slice);
      return FALSE;
    }
  if (slice == 3 && sums->cancel_at_3 != NULL)
    g_cancellable_cancel (sums->cancel_at_3);
  for (gsize i = first; i < last; i++)
    sums->sums[slice] += i;
  mq_run_advance (run, last - first);
  return TRUE;
}

static void
test_slices (void)
{
  for (guint n_threads = 1; n_threads <= 7; n_threads++)
    for (gsize n = 0; n < 120; n += 13)
      {
        MqProgress progress = { 0 };
        MqRun      run = { NULL, &progress, n_threads };
        Sums       sums = { { 0 }, G_MAXSIZE, G_MAXSIZE, NULL };
        g_autoptr (GError) error = NULL;
        gint64 all = 0;

        mq_run_stage (&run, "Adding", n);
        g_assert_true (mq_run_parallel (&run, n, 5, add_slice_cb, &sums, &error));
        g_assert_no_error (error);
        for (gsize i = 0; i < n; i += 5)
          g_assert_cmpint (sums.sums[i / 5], >=, i);
        for (guint i = 0; i < 200; i++)
          all += sums.sums[i];
        g_assert_cmpint (all, ==, (gint64) n * ((gint64) n - 1) / 2);
        g_assert_cmpint (progress.done, ==, n);
        g_assert_cmpint (progress.total, ==, n);
      }
}

static void
test_lowest_error (void)
{
  for (guint i = 0; i < 300; i++)
    {
      MqRun run = { NULL, NULL, 1 + i % 6 };
      Sums  sums = { { 0 }, 40, 11 + i % 20, NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = g_strdup_printf ("slice %u", 11 + i % 20);

      g_assert_false (mq_run_parallel (&run, 500, 3, add_slice_cb, &sums, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_assert_cmpstr (error->message, ==, expected);
      for (guint slice = 0; slice < 11; slice++)
        g_assert_cmpint (sums.sums[slice], >, 0);
    }
}

static void
test_cancel (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      MqRun run = { cancellable, NULL, 1 + i % 3 };
      Sums  sums = { { 0 }, G_MAXSIZE, G_MAXSIZE, cancellable };
      g_autoptr (GError) error = NULL;

      g_assert_true (mq_run_check (&run, NULL));
      g_assert_false (mq_run_parallel (&run, 600, 3, add_slice_cb, &sums, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (mq_run_check (&run, NULL));
      g_assert_cmpint (sums.sums[199], ==, 0);
    }
  g_assert_true (mq_run_check (NULL, NULL));
  g_assert_cmpuint (mq_run_threads (NULL), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/slices", test_slices);
  g_test_add_func ("/run/lowest-error", test_lowest_error);
  g_test_add_func ("/run/cancel", test_cancel);
  return g_test_run ();
}
