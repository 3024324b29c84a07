/* test-code-set.c: the rows that are found are those of a plain loop, for few codes and many, any range, and codes of none. */

#include "base/code-set.h"

#include "base/table.h"
#include "stats/random.h"

#define N_ROWS 300
#define OTHER 5 /* codes of a second column */

static void
check_range (const MqCodeSet *set, const gboolean *has, const guint32 *codes, gsize first, gsize last)
{
  g_autofree guint32 *rows = g_new (guint32, last - first + MQ_CODE_SET_SLACK);
  gsize               n = mq_code_set_find (set, codes, first, last, rows);
  gsize               at = 0;

  for (gsize row = first; row < last; row++)
    if (has[MIN (codes[row], set->n_codes)])
      {
        g_assert_cmpuint (at, <, n);
        g_assert_cmpuint (rows[at++], ==, row);
      }
  g_assert_cmpuint (at, ==, n);
}

static void
check_both (const MqCodeSet *set, const gboolean *has, const guint32 *codes, const MqCodeSet *other, const gboolean *other_has, const guint32 *other_codes)
{
  guint32 rows[N_ROWS + MQ_CODE_SET_SLACK];

  for (gsize first = 0; first < 3; first++)
    {
      gsize n = mq_code_set_find_both (set, codes, other, other_codes, first, N_ROWS, rows), at = 0;

      for (gsize row = first; row < N_ROWS; row++)
        if (has[MIN (codes[row], set->n_codes)] && other_has[MIN (other_codes[row], other->n_codes)])
          {
            g_assert_cmpuint (at, <, n);
            g_assert_cmpuint (rows[at++], ==, row);
          }
      g_assert_cmpuint (at, ==, n);
    }
}

/* n_codes: 32 and fewer can be shifted, 33 and more cannot. one_in: how many are in; beyond: those of no code as well. */
static void
make_codes (MqRandom *random, guint32 n_codes, guint one_in, gboolean beyond, gboolean *has, guint32 *codes)
{
  for (guint32 code = 0; code < n_codes; code++)
    has[code] = mq_random_below (random, one_in) == 0;
  has[n_codes] = beyond;
  for (guint row = 0; row < N_ROWS; row++)
    {
      guint64 code = mq_random_below (random, n_codes + 1);

      codes[row] = code < n_codes ? (guint32) code : MQ_CODE_MISSING;
    }
}

static void
check_codes (MqRandom *random, guint32 n_codes, guint one_in, gboolean beyond)
{
  g_autofree gboolean *has = g_new0 (gboolean, n_codes + 1);
  guint32              codes[N_ROWS], other_codes[N_ROWS];
  gboolean             other_has[OTHER + 1];
  g_auto (MqCodeSet) set = { NULL };
  g_auto (MqCodeSet) other = { NULL };

  make_codes (random, n_codes, one_in, beyond, has, codes);
  make_codes (random, OTHER, 2, !beyond, other_has, other_codes);
  mq_code_set_init (&set, has, n_codes);
  mq_code_set_init (&other, other_has, OTHER);
  for (gsize first = 0; first < 10; first++)
    for (gsize last = first; last <= N_ROWS; last += 1 + last / 8)
      check_range (&set, has, codes, first, last);
  check_both (&set, has, codes, &other, other_has, other_codes);
  check_both (&other, other_has, other_codes, &set, has, codes);
}

static void
test_find (void)
{
  static const guint32 sizes[] = { 0, 1, 2, 8, 31, 32, 33, 64, 1000 };
  MqRandom             random;

  mq_random_init (&random, 1, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint one_in = 1; one_in <= 9; one_in += 2)
      {
        check_codes (&random, sizes[i], one_in, FALSE);
        check_codes (&random, sizes[i], one_in, TRUE);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code-set/find", test_find);
  return g_test_run ();
}
