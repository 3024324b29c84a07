/* step-title.c: the words of a step: each name up to its condition is looked up, all else is kept. */

#include "config.h"

#include "query/step-title.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name, *title;
} titles[] = {
  { "order", N_ ("Valid order") },
  { "order.created", N_ ("Ordered") },
  { "order.paid", N_ ("Order paid") },
  { "order.shipped", N_ ("Order shipped") },
  { "order.completed", N_ ("Order completed") },
  { "order.again", N_ ("Ordered again") },
  { "order_created", N_ ("Unpaid order") },
  { "message.sent", N_ ("Message sent") },
  { "message.delivered", N_ ("Message delivered") },
  { "message.opened", N_ ("Message opened") },
  { "message.clicked", N_ ("Message clicked") },
  { "message.replied", N_ ("Message replied to") },
  { "message.unsubscribed", N_ ("Unsubscribed") },
  { "message.blocked", N_ ("Messages blocked") },
  { "message.complained", N_ ("Complained about a message") },
  { "message.bounced", N_ ("Message bounced") },
  { "*", N_ ("Any event") },
};

/* A name with what stands around it. */
static void
add_name (GString *out, const char *text, gsize length)
{
  g_autofree char *name = g_strstrip (g_strndup (text, length));

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, name))
      {
        g_string_append (out, g_dgettext (GETTEXT_PACKAGE, titles[i].title));
        return;
      }
  g_string_append (out, g_str_has_prefix (name, "event:") ? name + strlen ("event:") : name);
}

/* The length of what stands before a comma or a bracket, quotes skipped. */
static gsize
find_name_end (const char *text)
{
  gboolean quoted = FALSE;
  gsize    i = 0;

  for (; text[i] != '\0' && (quoted || (text[i] != ',' && text[i] != '[')); i++)
    quoted ^= text[i] == '"';
  return i;
}

static gsize
find_bracket_end (const char *text)
{
  gboolean quoted = FALSE;
  gsize    i = 0;

  for (; text[i] != '\0' && (quoted || text[i] != ']'); i++)
    quoted ^= text[i] == '"';
  return text[i] == ']' ? i + 1 : i;
}

char *
mq_step_title (const char *step)
{
  GString *out = g_string_new (NULL);

  while (*step != '\0')
    {
      gsize length = find_name_end (step);

      add_name (out, step, length);
      step += length;
      length = *step == '[' ? find_bracket_end (step) : 0;
      if (length > 0)
        g_string_append_c (out, ' ');
      g_string_append_len (out, step, length);
      step += length;
      if (*step == ',')
        {
          g_string_append (out, _ (", "));
          step++;
        }
    }
  return g_string_free (out, FALSE);
}

char *
mq_steps_title (const char *const *steps)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (; *steps != NULL; steps++)
    {
      g_autofree char *title = mq_step_title (*steps);

      g_strv_builder_add (builder, title);
    }
  texts = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return g_strjoinv (_ (" → "), texts);
}
