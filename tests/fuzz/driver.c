/* driver.c: runs a fuzz target as a test: each file of the folders given, and variations of it from a fixed seed. */

#include <stdlib.h>
#include <string.h>
#include <glib.h>

#include "fuzz.h"

#define N_VARIATIONS 300

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    g_error ("%s cannot be listed", folder);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* A copy of exactly its size, so that a sanitizer sees reads behind it. */
static void
run_copy (const char *data, gsize size)
{
  g_autofree uint8_t *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
vary (GString *data, const GString *other, GRand *rand)
{
  gsize at = data->len > 0 ? g_rand_int_range (rand, 0, data->len) : 0;
  gsize from = other->len > 0 ? g_rand_int_range (rand, 0, other->len) : 0;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      if (data->len > 0)
        data->str[at] ^= 1 << g_rand_int_range (rand, 0, 8);
      break;
    case 1:
      g_string_truncate (data, at);
      break;
    case 2:
      g_string_erase (data, at, MIN (data->len - at, 1 + from));
      break;
    case 3:
      g_string_insert_c (data, at, g_rand_int_range (rand, 0, 256));
      break;
    default:
      g_string_insert_len (data, at, other->str + from, MIN (other->len - from, 64));
      break;
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n = 0;

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GPtrArray) paths = list_files (argv[i]);

      for (guint j = 0; j < paths->len; j++)
        {
          g_autofree char *contents = NULL;
          gsize            length;

          if (!g_file_get_contents (paths->pdata[j], &contents, &length, NULL))
            g_error ("%s cannot be read", (const char *) paths->pdata[j]);
          run_copy (contents, length);

          g_autoptr (GString) seed = g_string_new_len (contents, length);
          g_autoptr (GString) data = g_string_new_len (contents, length);

          for (guint k = 0; k < N_VARIATIONS; k++)
            {
              if (k % 10 == 0)
                g_string_overwrite_len (g_string_truncate (data, 0), 0, seed->str, seed->len);
              vary (data, seed, rand);
              run_copy (data->str, data->len);
            }
          n++;
        }
    }
  g_print ("%u seeds\n", n);
  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
