/* bench-open.c: what it costs to open a project and to compute: bench-open events|rfm PROJECT. Prints one JSON object of
 * seconds: CPU of all threads, and wall. */

#include "orders/order-book.h"
#include "project/project.h"
#include "rfm/rfm.h"

#include <sys/resource.h>

typedef struct
{
  double cpu;
  double wall;
} Clock;

static Clock
read_clock (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (Clock){
    usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
    g_get_monotonic_time () / 1e6,
  };
}

static void
print_step (const char *name, Clock *since)
{
  Clock now = read_clock ();

  g_print (", \"%s_cpu\": %.4f, \"%s_wall\": %.4f", name, now.cpu - since->cpu, name, now.wall - since->wall);
  *since = read_clock ();
}

static gboolean
open_events (MqDataset *dataset, Clock *clock, GError **error)
{
  static const char *const columns[] = { "time", "event", "channel" };
  const MqFacts           *facts = mq_dataset_facts (dataset, MQ_KIND_EVENTS, NULL, error);

  if (facts == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (mq_dataset_column (dataset, MQ_KIND_EVENTS, columns[i], NULL, error) == NULL)
      return FALSE;
  print_step ("columns", clock);
  g_print (", \"rows\": %" G_GSIZE_FORMAT ", \"persons\": %u", facts->n_rows, facts->n_persons);
  return TRUE;
}

/* The first run loads the columns and puts the orders together; what the second costs is RFM alone. */
static gboolean
run_rfm (MqDataset *dataset, Clock *clock, GError **error)
{
  static const char *const steps[] = { "first", "second", "third" };
  g_autoptr (GVariant) settings = mq_settings_complete (&mq_rfm_analysis, NULL, error);

  if (settings == NULL || mq_order_book_get (dataset, NULL, error) == NULL)
    return FALSE;
  print_step ("order_book", clock);
  if (mq_dataset_hash (dataset, NULL, error) == NULL)
    return FALSE;
  print_step ("data_hash", clock);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MqResult) result = mq_rfm_analysis.run (dataset, settings, NULL, error);

      if (result == NULL)
        return FALSE;
      print_step (steps[i], clock);
    }
  return TRUE;
}

static gboolean
measure (const char *what, const char *path, GError **error)
{
  Clock      clock = read_clock ();
  MqProject *project = mq_project_open (path, MQ_OPEN_READ, error);
  g_autoptr (MqDataset) dataset = project != NULL ? mq_project_load (project, NULL, error) : NULL;
  gboolean ok = FALSE;

  if (dataset != NULL)
    {
      g_print ("{\"what\": \"%s\"", what);
      print_step ("open", &clock);
      ok = g_str_equal (what, "rfm") ? run_rfm (dataset, &clock, error) : open_events (dataset, &clock, error);
      g_print ("}\n");
    }
  g_clear_pointer (&dataset, mq_dataset_unref);
  return (project == NULL || mq_project_close (project, ok ? error : NULL)) && ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("bench-open events|rfm PROJECT\n");
      return 2;
    }
  if (measure (argv[1], argv[2], &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
