/* bench-data.c: writes a benchmark file: bench-data events|orders FILE ROWS CUSTOMERS. */

#include "sample/sample.h"

#define SEED 1

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (argc != 5)
    {
      g_printerr ("bench-data events|orders FILE ROWS CUSTOMERS\n");
      return 2;
    }
  if (g_str_equal (argv[1], "orders"))
    ok = mq_sample_write_orders (argv[2], SEED, g_ascii_strtoll (argv[3], NULL, 10), g_ascii_strtoll (argv[4], NULL, 10), NULL, &error);
  else
    ok = mq_sample_write_events (argv[2], SEED, g_ascii_strtoll (argv[3], NULL, 10), g_ascii_strtoll (argv[4], NULL, 10), NULL, &error);
  if (!ok)
    g_printerr ("%s\n", error->message);
  return ok ? 0 : 1;
}
