/* marks.c: which mark is pointed at, and which is the next one. */

#include "config.h"

#include "chart/chart-private.h"

#include <math.h>

#define REACH 2.0 /* em: how far from a point it is still meant */

static const MqRect *
get_bounds (const MqChartLayout *self, guint mark)
{
  return &g_array_index (self->marks, MqMark, mark).bounds;
}

static MqPlace
get_place (const MqChartLayout *self, guint mark)
{
  return g_array_index (self->places, MqPlace, mark);
}

static gboolean
is_inside (const MqRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static double
get_distance (const MqRect *rect, double x, double y)
{
  return hypot (rect->x + rect->width / 2 - x, rect->y + rect->height / 2 - y);
}

static guint
pick_nearest (const MqChartLayout *self, double x, double y)
{
  double nearest = G_MAXDOUBLE;
  guint  best = MQ_MARK_NONE;

  for (guint i = 0; i < self->marks->len; i++)
    {
      double distance = get_distance (get_bounds (self, i), x, y);

      if (distance < nearest && (distance < REACH * self->kit->em || is_inside (get_bounds (self, i), x, y)))
        {
          nearest = distance;
          best = i;
        }
    }
  return best;
}

/* How far `to` lies from `from` in the direction, in steps on the same line; 0 if it does not. */
static guint
count_steps (MqPlace from, MqPlace to, MqMove move, gboolean lanes)
{
  gboolean level = lanes ? to.lane == from.lane : to.row == from.row;

  switch (move)
    {
    case MQ_MOVE_LEFT:
      return level && to.column < from.column ? from.column - to.column : 0;
    case MQ_MOVE_RIGHT:
      return level && to.column > from.column ? to.column - from.column : 0;
    case MQ_MOVE_UP:
      return to.column == from.column && to.row < from.row ? from.row - to.row : 0;
    case MQ_MOVE_DOWN:
      return to.column == from.column && to.row > from.row ? to.row - from.row : 0;
    case MQ_MOVE_FIRST:
    case MQ_MOVE_LAST:
    default:
      return 0;
    }
}

static guint
find_on_line (const MqChartLayout *self, guint from, MqMove move)
{
  MqPlace place = get_place (self, from);
  guint   best = from;
  guint   nearest = G_MAXUINT;

  for (guint i = 0; i < self->places->len; i++)
    {
      guint steps = count_steps (place, get_place (self, i), move, self->chart->kind->moves == MQ_MOVES_LANES);

      if (steps > 0 && steps < nearest)
        {
          nearest = steps;
          best = i;
        }
    }
  return best;
}

/* Of the nearest column to that side, the mark at the most equal height. */
static guint
find_in_next_column (const MqChartLayout *self, guint from, MqMove move)
{
  const MqRect *here = get_bounds (self, from);
  guint         column = get_place (self, from).column;
  guint         best = from, best_steps = G_MAXUINT;
  double        best_distance = G_MAXDOUBLE;

  for (guint i = 0; i < self->places->len; i++)
    {
      guint  to = get_place (self, i).column;
      guint  steps = move == MQ_MOVE_LEFT ? column - to : to - column;
      double distance = fabs (here->y + here->height / 2 - get_bounds (self, i)->y - get_bounds (self, i)->height / 2);

      if (to == column || (move == MQ_MOVE_LEFT) != (to < column))
        continue;
      if (steps < best_steps || (steps == best_steps && distance < best_distance))
        {
          best = i;
          best_steps = steps;
          best_distance = distance;
        }
    }
  return best;
}

guint
mq_chart_layout_pick (const MqChartLayout *self, double x, double y)
{
  if (self->chart->kind->points)
    return pick_nearest (self, x, y);
  for (guint i = self->marks->len; i > 0; i--)
    if (is_inside (get_bounds (self, i - 1), x, y))
      return i - 1;
  return MQ_MARK_NONE;
}

guint
mq_chart_layout_move (const MqChartLayout *self, guint from, MqMove move)
{
  guint last = self->marks->len - 1;

  if (self->marks->len == 0)
    return MQ_MARK_NONE;
  if (move == MQ_MOVE_LAST)
    return last;
  if (move == MQ_MOVE_FIRST || from > last)
    return 0;
  if (self->kit->rtl && (move == MQ_MOVE_LEFT || move == MQ_MOVE_RIGHT))
    move = move == MQ_MOVE_LEFT ? MQ_MOVE_RIGHT : MQ_MOVE_LEFT;
  switch (self->chart->kind->moves)
    {
    case MQ_MOVES_SEQUENCE:
      if (move == MQ_MOVE_LEFT || move == MQ_MOVE_UP)
        return from > 0 ? from - 1 : from;
      return from < last ? from + 1 : from;
    case MQ_MOVES_COLUMNS:
      if (move == MQ_MOVE_LEFT || move == MQ_MOVE_RIGHT)
        return find_in_next_column (self, from, move);
      return find_on_line (self, from, move);
    case MQ_MOVES_GRID:
    case MQ_MOVES_LANES:
    default:
      return find_on_line (self, from, move);
    }
}
