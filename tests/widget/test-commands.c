/* test-commands.c: the help overlay names every key that is bound, and no other. */

#include "commands.h"

#include <string.h>

#define OVERLAY "/io/github/marquetry/Marquetry/gtk/help-overlay.ui"

/* Keys that widgets bind themselves: tables, charts, and the window's nine pages. */
static const char *const others[] = { "<Control>1...9", "<Control>c", "Left Right Up Down", "Home End", "Return" };

static void
start_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer user_data, GError **error)
{
  gboolean *inside = user_data;

  *inside = g_str_equal (element, "property") && g_strcmp0 (values[0], "accelerator") == 0;
}

static GPtrArray *overlay_keys; /* (element-type utf8) */

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  gboolean *inside = user_data;

  if (*inside)
    g_ptr_array_add (overlay_keys, g_strndup (text, length));
  *inside = FALSE;
}

static gboolean
is_in_overlay (const char *key)
{
  return g_ptr_array_find_with_equal_func (overlay_keys, key, g_str_equal, NULL);
}

static void
test_help_overlay (void)
{
  static const GMarkupParser parser = { .start_element = start_cb, .text = text_cb };
  g_autoptr (GBytes) overlay = g_resources_lookup_data (OVERLAY, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GMarkupParseContext) context = NULL;
  gboolean         inside = FALSE;
  guint            n, n_bound = 0;
  const MqCommand *commands = mq_commands (&n);

  g_assert_nonnull (overlay);
  overlay_keys = g_ptr_array_new_with_free_func (g_free);
  context = g_markup_parse_context_new (&parser, 0, &inside, NULL);
  g_assert_true (g_markup_parse_context_parse (context, g_bytes_get_data (overlay, NULL), (gssize) g_bytes_get_size (overlay), NULL));
  for (guint i = 0; i < n; i++)
    {
      if (commands[i].accel == NULL)
        continue;
      n_bound++;
      if (!is_in_overlay (commands[i].accel))
        g_error ("The help overlay lacks %s", commands[i].accel);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (is_in_overlay (others[i]));
  g_assert_cmpuint (overlay_keys->len, ==, n_bound + G_N_ELEMENTS (others));
  g_ptr_array_unref (overlay_keys);
}

static void
test_unique (void)
{
  guint            n;
  const MqCommand *commands = mq_commands (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      {
        g_assert_cmpstr (commands[i].action, !=, commands[k].action);
        g_assert_false (commands[i].accel != NULL && g_strcmp0 (commands[i].accel, commands[k].accel) == 0);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/help-overlay", test_help_overlay);
  g_test_add_func ("/commands/unique", test_unique);
  return g_test_run ();
}
