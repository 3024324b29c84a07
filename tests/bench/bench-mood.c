/* bench-mood.c: what scoring costs: bench-mood TEXTS.tsv[.gz] [RUNS]: the first column of the file (LABELLED.tsv.gz of MODEL.md), by the
 * fourth, the language. One thread. Prints one JSON object: bytes, CPU seconds of the quickest run, MB/s, and a checksum of
 * the logits, which tells whether a quicker way still says the same. */

#include "sentiment/mood-model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "base/checksum.h"

#define LONGEST_LINE (1 << 20)

typedef struct
{
  GString *bytes;
  GArray  *ends; /* gsize */
} Texts;

static double
read_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static gboolean
read_file (const char *path, Texts *texts)
{
  gzFile           file = gzopen (path, "rb");
  g_autofree char *line = g_malloc (LONGEST_LINE);

  if (file == NULL)
    return FALSE;
  while (gzgets (file, line, LONGEST_LINE) != NULL)
    {
      g_auto (GStrv) fields = g_strsplit (line, "\t", 5);
      Texts *of;

      if (g_strv_length (fields) < 4 || (!g_str_equal (fields[3], "zh") && !g_str_equal (fields[3], "en")))
        continue;
      of = &texts[fields[3][0] == 'z' ? 0 : 1];
      g_string_append (of->bytes, fields[0]);
      g_array_append_val (of->ends, of->bytes->len);
    }
  gzclose (file);
  return TRUE;
}

static double
score (MqMoodScorer *scorer, const Texts *texts, double *logits)
{
  double before = read_cpu ();
  gsize  first = 0;

  for (guint i = 0; i < texts->ends->len; i++)
    {
      gsize end = g_array_index (texts->ends, gsize, i);

      mq_mood_logits (scorer, texts->bytes->str + first, end - first, logits + (gsize) i * MQ_MOOD_N_CLASSES);
      first = end;
    }
  return read_cpu () - before;
}

static void
measure (const char *name, const Texts *texts, guint runs, gboolean last)
{
  g_autoptr (MqMoodScorer) scorer = mq_mood_scorer_new (mq_mood_model_get (NULL));
  gsize              size = (gsize) MAX (texts->ends->len, 1) * MQ_MOOD_N_CLASSES;
  g_autofree double *logits = g_new0 (double, size);
  double             least = G_MAXDOUBLE;

  for (guint run = 0; run < runs; run++)
    {
      double seconds = score (scorer, texts, logits);

      least = MIN (least, seconds);
    }
  printf ("  \"%s\": {\"texts\": %u, \"bytes\": %zu, \"seconds\": %.4f, \"mb_per_second\": %.1f, \"checksum\": \"%016" G_GINT64_MODIFIER "x\"}%s\n", name, texts->ends->len, texts->bytes->len, least, texts->bytes->len / least / 1e6, mq_checksum64 (logits, size * sizeof *logits), last ? "" : ",");
}

int
main (int argc, char **argv)
{
  Texts texts[2] = { { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gsize)) }, { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (gsize)) } };

  if (argc < 2 || !read_file (argv[1], texts))
    {
      fprintf (stderr, "bench-mood TEXTS.tsv.gz [RUNS]\n");
      return 2;
    }
  printf ("{\n");
  for (guint language = 0; language < 2; language++)
    {
      measure (language == 0 ? "zh" : "en", &texts[language], argc > 2 ? atoi (argv[2]) : 5, language == 1);
      g_string_free (texts[language].bytes, TRUE);
      g_array_unref (texts[language].ends);
    }
  printf ("}\n");
  return 0;
}
