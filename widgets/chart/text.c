/* text.c: PangoLayouts, measured by their logical extents. */

#include "config.h"

#include "chart/text.h"

#include <locale.h>
#include <string.h>

#define LONGEST 512 /* characters of a text from data */

static double
get_resolution (PangoContext *context)
{
  double resolution = pango_cairo_context_get_resolution (context);

  if (resolution <= 0)
    resolution = pango_cairo_font_map_get_resolution (PANGO_CAIRO_FONT_MAP (pango_context_get_font_map (context)));
  return resolution;
}

static double
get_em (PangoContext *context, const PangoFontDescription *font)
{
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * get_resolution (context) / 72.0;
}

static double
measure_figure (const MqTextKit *self)
{
  g_autoptr (PangoLayout) text = mq_text_new (self, "0", 1.0, FALSE);
  PangoRectangle ink;

  pango_layout_get_extents (text, &ink, NULL);
  return ink.height / (double) PANGO_SCALE;
}

static PangoLanguage *
get_language (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);

  return pango_language_from_string (locale != NULL && g_str_has_prefix (locale, "zh") ? "zh-cn" : "en");
}

static gboolean
is_right_to_left (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
clean_text (const char *text)
{
  GString    *out = g_string_new (NULL);
  const char *p = text;

  for (guint n = 0; *p != '\0'; n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (n == LONGEST)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
      p = g_utf8_next_char (p);
    }
  return g_string_free (out, FALSE);
}

static void
take_attribute (PangoLayout *text, PangoAttribute *attribute, guint from, guint to)
{
  g_autoptr (PangoAttrList) attrs = pango_attr_list_copy (pango_layout_get_attributes (text));

  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (attrs, attribute);
  pango_layout_set_attributes (text, attrs);
}

MqTextKit *
mq_text_kit_new (PangoContext *context)
{
  MqTextKit     *self = g_new0 (MqTextKit, 1);
  PangoDirection direction = pango_context_get_base_dir (context);

  self->context = g_object_ref (context);
  self->font = pango_font_description_copy (pango_context_get_font_description (context));
  self->attrs = pango_attr_list_new ();
  pango_attr_list_insert (self->attrs, pango_attr_font_features_new ("tnum=1"));
  self->em = get_em (context, self->font);
  self->rtl = direction == PANGO_DIRECTION_RTL || direction == PANGO_DIRECTION_WEAK_RTL;
  self->figure = measure_figure (self);
  return self;
}

MqTextKit *
mq_text_kit_new_for_file (const char *font, double resolution)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  cairo_font_options_t *options = cairo_font_options_create ();
  MqTextKit            *self;

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, resolution);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_font_description (context, description);
  pango_context_set_language (context, get_language ());
  self = mq_text_kit_new (context);
  g_object_unref (context);
  return self;
}

void
mq_text_kit_free (MqTextKit *self)
{
  g_object_unref (self->context);
  pango_font_description_free (self->font);
  pango_attr_list_unref (self->attrs);
  g_free (self);
}

PangoLayout *
mq_text_new (const MqTextKit *self, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (self->font);
  g_autofree char *clean = clean_text (text);

  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  /* In thousandths of the user unit, so that neighbouring sizes of a window give neighbouring texts. */
  pango_font_description_set_absolute_size (font, self->em * scale * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, self->attrs);
  pango_layout_set_text (layout, clean, -1);
  return layout;
}

void
mq_text_wrap (const MqTextKit *self, PangoLayout *text, double width)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (text, 0);
  gboolean         text_rtl = pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;

  /* Pango's left is the start of the text's own direction; ours is the start of the page's. */
  pango_layout_set_alignment (text, text_rtl == self->rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (text, (int) (MAX (width, 1) * PANGO_SCALE));
}

void
mq_text_limit (PangoLayout *text, guint lines)
{
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (text, -(int) lines);
}

void
mq_text_ellipsize (PangoLayout *text, double width)
{
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_height (text, -1);
  pango_layout_set_width (text, (int) (MAX (width, 1) * PANGO_SCALE));
}

void
mq_text_embolden (PangoLayout *text, guint from, guint to)
{
  take_attribute (text, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from, to);
}

void
mq_text_dim (PangoLayout *text, guint from, MqColor color)
{
  take_attribute (text, pango_attr_foreground_new ((guint16) (color.red * 65535), (guint16) (color.green * 65535), (guint16) (color.blue * 65535)), from, G_MAXUINT);
}

double
mq_text_width (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return logical.width / (double) PANGO_SCALE;
}

double
mq_text_height (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return logical.height / (double) PANGO_SCALE;
}

double
mq_text_baseline (PangoLayout *text)
{
  return pango_layout_get_baseline (text) / (double) PANGO_SCALE;
}

char *
mq_text_isolate (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_right_to_left (g_utf8_get_char (p)))
      /* First strong isolate and its end: readers hear nothing of them. */
      return g_strconcat ("\xe2\x81\xa8", text, "\xe2\x81\xa9", NULL);
  return g_strdup (text);
}
