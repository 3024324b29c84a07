/* menu-words.c: a menu as a text. */

#include "config.h"

#include "pages/menu-words.h"

static void
append_words (GString *out, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      static const char *const attributes[] = { G_MENU_ATTRIBUTE_LABEL, G_MENU_ATTRIBUTE_ACTION, G_MENU_ATTRIBUTE_TARGET };

      for (guint k = 0; k < G_N_ELEMENTS (attributes); k++)
        {
          g_autoptr (GVariant) value = g_menu_model_get_item_attribute_value (menu, i, attributes[k], G_VARIANT_TYPE_STRING);

          g_string_append_printf (out, "%s\n", value != NULL ? g_variant_get_string (value, NULL) : "");
        }
      if (section != NULL)
        append_words (out, section);
      g_string_append_c (out, '\f');
    }
}

char *
mq_menu_words (GMenuModel *menu)
{
  GString *out = g_string_new (NULL);

  append_words (out, menu);
  return g_string_free (out, FALSE);
}
