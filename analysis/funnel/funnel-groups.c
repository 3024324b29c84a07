/* funnel-groups.c: which values have a group, and the sums of each. */

#include "config.h"

#include "funnel/funnel-groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query/value-groups.h"
#include "stats/quantile.h"

#define OTHER MQ_FUNNEL_MAX_GROUPS
#define WITHOUT (MQ_FUNNEL_MAX_GROUPS + 1)
#define N_SLOTS (MQ_FUNNEL_MAX_GROUPS + 2)

typedef struct
{
  guint32 code;
  gint64  n;
} Size;

/* Durations of one step, slot by slot. */
typedef struct
{
  const guint8 *slots; /* (nullable) */
  guint         step;
  gint64       *values;
  gsize         starts[N_SLOTS + 1];
  gsize         next[N_SLOTS];
} Durations;

/* By size; of equal ones the text that sorts first. */
static int
compare_sizes_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Size *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return strcmp (mq_field_values_text (data, x->code), mq_field_values_text (data, y->code));
}

/* slots[code]: where a value is added up. Returns how many values have a slot of their own. */
static guint
choose_slots (const MqFunnelCounts *counts, const MqFieldValues *by, guint8 *slots, MqFunnelGroup *groups)
{
  guint            n = mq_field_values_length (by);
  g_autofree Size *sizes = g_new0 (Size, MAX (n, 1));
  guint            n_sizes = 0;

  for (guint code = 0; code < n; code++)
    sizes[code] = (Size){ code, counts->alike != NULL ? counts->alike[code] : 0 };
  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n; j++)
      if (counts->slices[i].units[j].group != MQ_CODE_MISSING)
        sizes[counts->slices[i].units[j].group].n++;
  for (guint code = 0; code < n; code++)
    if (sizes[code].n > 0)
      sizes[n_sizes++] = sizes[code];
  g_qsort_with_data (sizes, n_sizes, sizeof (Size), compare_sizes_cb, (gpointer) by);
  memset (slots, OTHER, n);
  for (guint i = 0; i < MIN (n_sizes, MQ_FUNNEL_MAX_GROUPS); i++)
    {
      slots[sizes[i].code] = i;
      groups[i].name = mq_field_values_text (by, sizes[i].code);
    }
  return MIN (n_sizes, MQ_FUNNEL_MAX_GROUPS);
}

/* Counted by the last step reached; later added up from the end. */
static void
add_units (const MqFunnelCounts *counts, const guint8 *slots, MqFunnelGroup *groups)
{
  for (gsize i = 0; i < counts->n_slices; i++)
    for (guint j = 0; j < counts->slices[i].n; j++)
      {
        const MqFunnelUnit *unit = &counts->slices[i].units[j];
        MqFunnelGroup      *group = &groups[slots == NULL || unit->group == MQ_CODE_MISSING ? WITHOUT : slots[unit->group]];

        group->reached[unit->level - 1]++;
        group->open[unit->level - 1] += unit->open;
        if (unit->matured > 0)
          group->matured[unit->matured - 1]++;
      }
  for (guint code = 0; counts->alike != NULL && code <= counts->n_groups; code++)
    {
      MqFunnelGroup *group = &groups[slots == NULL || code == counts->n_groups ? WITHOUT : slots[code]];

      group->reached[0] += counts->alike[code];
      group->matured[0] += counts->alike[code];
    }
}

static void
accumulate (MqFunnelGroup *group, guint n_steps)
{
  for (guint s = n_steps - 1; s > 0; s--)
    {
      group->reached[s - 1] += group->reached[s];
      group->matured[s - 1] += group->matured[s];
    }
}

static void
collect_cb (const MqFunnelDeep *deep, const gint64 *times, gpointer data)
{
  Durations *durations = data;
  guint      slot = durations->slots == NULL || deep->unit.group == MQ_CODE_MISSING ? WITHOUT : durations->slots[deep->unit.group];

  if (deep->unit.level > durations->step)
    durations->values[durations->next[slot]++] = times[durations->step] - times[durations->step - 1];
}

static double
find_median (gint64 *values, gsize n)
{
  return n > 0 ? mq_quantile_int64 (values, n, 0.5) / MQ_SECOND : NAN;
}

static void
find_medians (const MqFunnelCounts *counts, const guint8 *slots, MqFunnelGroup *groups, MqFunnelGroup *total, guint n_steps)
{
  for (guint step = 1; step < n_steps; step++)
    {
      Durations          durations = { .slots = slots, .step = step };
      g_autofree gint64 *values = NULL;

      for (guint slot = 0; slot < N_SLOTS; slot++)
        {
          durations.starts[slot + 1] = durations.starts[slot] + groups[slot].reached[step];
          durations.next[slot] = durations.starts[slot];
        }
      durations.values = values = g_new (gint64, durations.starts[N_SLOTS] + 1);
      mq_funnel_counts_visit (counts, collect_cb, &durations);
      for (guint slot = 0; slot < N_SLOTS; slot++)
        groups[slot].medians[step] = find_median (values + durations.starts[slot], groups[slot].reached[step]);
      total->medians[step] = find_median (values, durations.starts[N_SLOTS]);
    }
}

static void
add_to_total (MqFunnelGroup *total, const MqFunnelGroup *group, guint n_steps)
{
  for (guint s = 0; s < n_steps; s++)
    {
      total->reached[s] += group->reached[s];
      total->open[s] += group->open[s];
      total->matured[s] += group->matured[s];
    }
}

void
mq_funnel_groups_init (MqFunnelGroups *self, const MqFunnelCounts *counts, const MqFieldValues *by, guint n_steps, gboolean medians)
{
  MqFunnelGroup      groups[N_SLOTS] = { { NULL } };
  g_autofree guint8 *slots = by != NULL ? g_new (guint8, MAX (mq_field_values_length (by), 1)) : NULL;
  guint              n_own = by != NULL ? choose_slots (counts, by, slots, groups) : 0;

  memset (self, 0, sizeof *self);
  groups[OTHER].name = mq_group_other;
  add_units (counts, slots, groups);
  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      accumulate (&groups[slot], n_steps);
      add_to_total (&self->total, &groups[slot], n_steps);
    }
  if (medians)
    find_medians (counts, slots, groups, &self->total, n_steps);
  for (guint slot = 0; by != NULL && slot < N_SLOTS; slot++)
    if (slot < n_own || (slot >= OTHER && groups[slot].reached[0] > 0))
      self->groups[self->n++] = groups[slot];
}
