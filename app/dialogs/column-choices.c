/* column-choices.c: the entries of a column's drop-down. */

#include "config.h"

#include <glib/gi18n.h>

#include "dialogs/column-choices.h"

GStrv
mq_column_choices (MqKind kind, GStrv *titles)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  const MqField *fields;
  guint          n;

  g_strv_builder_add (names, "");
  g_strv_builder_add (shown, kind == MQ_KIND_CUSTOMERS ? _ ("Attribute") : _ ("Property"));
  fields = mq_key_fields (&n);
  for (guint i = 0; i < n; i++)
    {
      g_strv_builder_add (names, fields[i].name);
      g_strv_builder_add (shown, _ (fields[i].title));
    }
  fields = mq_kind_fields (kind, &n);
  for (guint i = 0; i < n; i++)
    {
      g_strv_builder_add (names, fields[i].name);
      g_strv_builder_add (shown, _ (fields[i].title));
    }
  *titles = g_strv_builder_end (shown);
  return g_strv_builder_end (names);
}
