/* funnel-slice.c: the room for units. */

#include "config.h"

#include "funnel/funnel-slice.h"

/* Room for one more item. */
static gboolean
grow (gpointer *items, guint n, guint more, guint *room, gsize size)
{
  guint    larger = MAX (*room * 2, MQ_FUNNEL_SLICE);
  gpointer grown;

  if (n + more <= *room)
    return TRUE;
  if (*room > G_MAXUINT32 / 4 || (grown = g_try_realloc_n (*items, larger, size)) == NULL)
    return FALSE;
  *items = grown;
  *room = larger;
  return TRUE;
}

gboolean
mq_funnel_slice_append (MqFunnelSlice *self, const MqFunnelUnit *unit)
{
  if (!grow ((gpointer *) &self->units, self->n, 1, &self->room, sizeof *self->units))
    return FALSE;
  self->units[self->n++] = *unit;
  return TRUE;
}

gint64 *
mq_funnel_slice_append_deep (MqFunnelSlice *self, const MqFunnelUnit *unit, gint64 value)
{
  gint64 *times;

  if (!mq_funnel_slice_append (self, unit) ||
      !grow ((gpointer *) &self->times, self->n_times, unit->level, &self->room_times, sizeof *self->times) ||
      !grow ((gpointer *) &self->deep, self->n_deep, 1, &self->room_deep, sizeof *self->deep))
    return NULL;
  self->deep[self->n_deep++] = (MqFunnelDeep){ *unit, value, self->n_times };
  times = self->times + self->n_times;
  self->n_times += unit->level;
  return times;
}

void
mq_funnel_slice_clear (MqFunnelSlice *self)
{
  g_free (self->units);
  g_free (self->times);
  g_free (self->deep);
  g_free (self->alike);
}
