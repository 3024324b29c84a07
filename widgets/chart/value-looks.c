/* value-looks.c: levels from one end of a scale to the other, or kinds with a colour each. */

#include "config.h"

#include "chart/value-looks.h"

#include <string.h>

struct _MqValueLooks
{
  char **levels;  /* (owned) (nullable) */
  char  *neutral; /* (owned) (nullable) */
  char **kinds;   /* (owned) (nullable) */
};

/* -1: it is not among them. */
static int
find (char **texts, const char *text)
{
  for (int i = 0; texts != NULL && text != NULL && texts[i] != NULL; i++)
    if (strcmp (texts[i], text) == 0)
      return i;
  return -1;
}

typedef enum
{
  OUTSIDE,
  BELOW,
  NEUTRAL,
  ABOVE,
} Side;

/* What tells sides apart without their colour. */
static const MqPattern patterns[] = { MQ_PATTERN_CROSSED, MQ_PATTERN_FALLING, MQ_PATTERN_NONE, MQ_PATTERN_LEVEL };
static const MqDash    dashes[] = { MQ_DASH_DOTS, MQ_DASH_LONG, MQ_DASH_SHORT, MQ_DASH_NONE };
static const MqSymbol  symbols[] = { MQ_SYMBOL_RING, MQ_SYMBOL_TRIANGLE, MQ_SYMBOL_SQUARE, MQ_SYMBOL_DISC };

/* Levels around a neutral one are shades from one end to the other; what is no level is grey, and dotted, as neutral is grey too. */
static void
look_at_level (const MqValueLooks *self, const MqTheme *theme, const char *text, MqSeriesLook *look)
{
  int    at = find (self->levels, text), neutral = find (self->levels, self->neutral);
  double last = g_strv_length (self->levels) - 1.0;
  double below = neutral >= 0 ? neutral : last / 2;
  Side   side = at < 0 ? OUTSIDE : at < below ? BELOW
                               : at > below   ? ABOVE
                                              : NEUTRAL;
  double reach = side == BELOW ? below : side == ABOVE ? last - below
                                                       : 1;

  look->color = side == OUTSIDE ? theme->other : mq_theme_diverging (theme, (at - below) / reach);
  look->pattern = theme->patterns ? patterns[side] : MQ_PATTERN_NONE;
  look->dash = theme->patterns || side == OUTSIDE ? dashes[side] : MQ_DASH_NONE;
  look->symbol = symbols[side];
}

/* What is none of the kinds is nothing: grey and plain. */
static void
look_at_kind (const MqValueLooks *self, const MqTheme *theme, const char *text, MqSeriesLook *look)
{
  int at = find (self->kinds, text);

  *look = mq_series_look (theme, (guint) (at + 1), MQ_THEME_KINDS + 1);
  look->color = at >= 0 && at < MQ_THEME_KINDS ? theme->kinds[at] : mq_theme_diverging (theme, 0);
}

gboolean
mq_chart_value_look (const MqChart *chart, const MqTheme *theme, gsize row, int column, MqSeriesLook *look)
{
  const char *text;

  if (chart->looks == NULL || column < 0)
    return FALSE;
  text = mq_table_text (chart->table, row, (guint) column);
  if (chart->looks->levels != NULL)
    look_at_level (chart->looks, theme, text, look);
  else
    look_at_kind (chart->looks, theme, text, look);
  return TRUE;
}

void
mq_chart_set_levels (MqChart *chart, const char *const *levels, const char *neutral)
{
  g_clear_pointer (&chart->looks, mq_value_looks_free);
  chart->looks = g_new0 (MqValueLooks, 1);
  chart->looks->levels = g_strdupv ((char **) levels);
  chart->looks->neutral = g_strdup (neutral);
}

void
mq_chart_set_kinds (MqChart *chart, const char *const *kinds)
{
  g_clear_pointer (&chart->looks, mq_value_looks_free);
  chart->looks = g_new0 (MqValueLooks, 1);
  chart->looks->kinds = g_strdupv ((char **) kinds);
}

void
mq_value_looks_free (MqValueLooks *self)
{
  g_strfreev (self->levels);
  g_strfreev (self->kinds);
  g_free (self->neutral);
  g_free (self);
}
