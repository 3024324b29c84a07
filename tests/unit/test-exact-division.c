/* test-exact-division.c: against the processor's division. */

#include "base/exact-division.h"

static void
check_number (guint64 divisor, guint64 number)
{
  MqExactDivision division = mq_exact_division (divisor);

  g_assert_cmpint (mq_exact_divides (division, number), ==, number % divisor == 0);
  if (number % divisor == 0)
    g_assert_cmpuint (mq_exact_quotient (division, number), ==, number / divisor);
}

static void
check_divisor (guint64 divisor)
{
  const guint64 numbers[] = { 0, 1, 2, 3, 1000, G_MAXINT64, G_GUINT64_CONSTANT (1) << 63, G_MAXUINT64 - 1, G_MAXUINT64 };
  guint64       most = G_MAXUINT64 / divisor;
  guint64       quotients[] = { 1, 2, 7, most / 3, most / 2, most - 1, most };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    check_number (divisor, numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (quotients); i++)
    for (guint64 beside = 0; beside < 3; beside++)
      check_number (divisor, quotients[i] * divisor + beside - 1);
}

static void
test_division (void)
{
  const guint64 divisors[] = { 1, 2, 3, 5, 7, 60, 1000000, 60000000, 86400000000, G_MAXUINT32, G_GUINT64_CONSTANT (1) << 32, G_MAXINT64, G_GUINT64_CONSTANT (1) << 63, G_MAXUINT64 };
  guint64       state = 1;

  for (guint i = 0; i < G_N_ELEMENTS (divisors); i++)
    check_divisor (divisors[i]);
  for (guint i = 0; i < 10000; i++)
    {
      state = state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
      check_divisor ((state >> state % 60) | 1);
      check_divisor (((state >> state % 60) & ~G_GUINT64_CONSTANT (15)) | 16);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exact-division/against-division", test_division);
  return g_test_run ();
}
