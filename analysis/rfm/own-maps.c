/* own-maps.c: maps of the project's own. */

#include "config.h"

#include "rfm/own-maps.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const shape_names[] = { [MQ_MAP_RFM] = "rfm", [MQ_MAP_RF] = "rf", [MQ_MAP_HIGH] = "high" };

static void
free_map (gpointer data)
{
  MqSegmentMap *map = data;

  for (guint i = 0; i < map->n_segments; i++)
    {
      g_free ((char *) map->segments[i].name);
      g_free ((char *) map->segments[i].action);
      g_free ((char *) map->segments[i].reason);
      g_free ((char *) map->segments[i].codes);
    }
  g_free ((MqSegment *) map->segments);
  g_free ((guint8 *) map->cells);
  g_free ((char *) map->id);
  g_free ((char *) map->title);
  g_free (map);
}

/* (transfer full) */
static char *
trim (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *trimmed = trim (name);

  if (*trimmed == '\0')
    return fail (error, _ ("The map has no name. Give it one."));
  if (mq_segment_map_find (trimmed) != NULL)
    return fail (error, _ ("The names eleven, grid and eight belong to the maps of the program. Choose another one."));
  return TRUE;
}

static gboolean
check_segments (const MqSegment *segments, guint n, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (n == 0 || n > MQ_OWN_MAPS_MOST_SEGMENTS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("A map has from 1 to %d segments."), MQ_OWN_MAPS_MOST_SEGMENTS);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      char *name = trim (segments[i].name);

      if (*name == '\0')
        {
          g_free (name);
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("Segment %u of the map has no name. Give it one."), i + 1);
          return FALSE;
        }
      if (!g_hash_table_add (names, name))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("Segment %u of the map has the name of another one. Rename it."), i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* Commas and line ends part cells as blanks do. (transfer full) */
static char *
clean_codes (const char *codes)
{
  g_autoptr (GString) clean = g_string_new (codes);

  g_string_replace (clean, "，", " ", 0);
  g_string_replace (clean, "、", " ", 0);
  g_strdelimit (clean->str, ",;\t\n", ' ');
  return g_strdup (g_strstrip (clean->str));
}

/* (transfer full) */
static MqSegmentMap *
make_map (const char *name, MqMapShape shape, const MqSegment *segments, guint n)
{
  MqSegmentMap *map = g_new0 (MqSegmentMap, 1);
  MqSegment    *copies = g_new0 (MqSegment, n);

  for (guint i = 0; i < n; i++)
    {
      copies[i].name = trim (segments[i].name);
      copies[i].action = trim (segments[i].action);
      copies[i].reason = trim (segments[i].reason);
      copies[i].codes = clean_codes (segments[i].codes);
    }
  map->id = trim (name);
  map->title = trim (name);
  map->shape = shape;
  map->n_segments = n;
  map->segments = copies;
  map->cells = g_new0 (guint8, mq_segment_map_n_cells (shape));
  return map;
}

static int
find_index (const MqOwnMaps *self, const char *name)
{
  g_autofree char *trimmed = trim (name);

  for (guint i = 0; i < self->maps->len; i++)
    if (g_str_equal (((const MqSegmentMap *) self->maps->pdata[i])->id, trimmed))
      return (int) i;
  return -1;
}

static gboolean
read_shape (const char *text, MqMapShape *shape)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape_names); i++)
    if (g_strcmp0 (shape_names[i], text) == 0)
      {
        *shape = (MqMapShape) i;
        return TRUE;
      }
  return FALSE;
}

static void
read_map (MqOwnMaps *self, GVariant *fields)
{
  const char *name = NULL, *shape_name = NULL;
  g_autoptr (GVariant) list = g_variant_lookup_value (fields, "segments", G_VARIANT_TYPE ("a(ssss)"));
  g_autoptr (GArray) segments = g_array_new (FALSE, TRUE, sizeof (MqSegment));
  g_autoptr (GError) error = NULL;
  MqMapShape shape;

  if (list == NULL || !g_variant_lookup (fields, "name", "&s", &name) || !g_variant_lookup (fields, "shape", "&s", &shape_name) || !read_shape (shape_name, &shape))
    return;
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      MqSegment segment = { 0 };

      g_variant_get_child (list, i, "(&s&s&s&s)", &segment.name, &segment.codes, &segment.action, &segment.reason);
      g_array_append_val (segments, segment);
    }
  if (!mq_own_maps_set (self, name, shape, (const MqSegment *) (gpointer) segments->data, segments->len, &error))
    g_message ("A map of the project is passed over: %s", error->message);
}

MqOwnMaps *
mq_own_maps_parse (const char *text)
{
  MqOwnMaps *self = g_new0 (MqOwnMaps, 1);
  g_autoptr (GVariant) list = text != NULL ? g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, NULL) : NULL;

  self->maps = g_ptr_array_new_with_free_func (free_map);
  for (gsize i = 0; list != NULL && i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) fields = g_variant_get_child_value (list, i);

      read_map (self, fields);
    }
  return self;
}

char *
mq_own_maps_print (const MqOwnMaps *self)
{
  GVariantBuilder list;
  g_autoptr (GVariant) whole = NULL;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->maps->len; i++)
    {
      const MqSegmentMap *map = self->maps->pdata[i];
      GVariantBuilder     fields, segments;

      g_variant_builder_init (&segments, G_VARIANT_TYPE ("a(ssss)"));
      for (guint k = 0; k < map->n_segments; k++)
        g_variant_builder_add (&segments, "(ssss)", map->segments[k].name, map->segments[k].codes, map->segments[k].action, map->segments[k].reason);
      g_variant_builder_init (&fields, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&fields, "{sv}", "name", g_variant_new_string (map->id));
      g_variant_builder_add (&fields, "{sv}", "shape", g_variant_new_string (shape_names[map->shape]));
      g_variant_builder_add (&fields, "{sv}", "segments", g_variant_builder_end (&segments));
      g_variant_builder_add_value (&list, g_variant_builder_end (&fields));
    }
  whole = g_variant_ref_sink (g_variant_builder_end (&list));
  return g_variant_print (whole, TRUE);
}

void
mq_own_maps_free (MqOwnMaps *self)
{
  g_ptr_array_unref (self->maps);
  g_free (self);
}

const MqSegmentMap *
mq_own_maps_find (const MqOwnMaps *self, const char *name)
{
  int index = find_index (self, name);

  return index >= 0 ? self->maps->pdata[index] : NULL;
}

gboolean
mq_own_maps_set (MqOwnMaps *self, const char *name, MqMapShape shape, const MqSegment *segments, guint n_segments, GError **error)
{
  MqSegmentMap *map;
  int           index;

  if (!check_name (name, error) || !check_segments (segments, n_segments, error))
    return FALSE;
  map = make_map (name, shape, segments, n_segments);
  if (!mq_segment_map_fill (shape, map->segments, n_segments, (guint8 *) map->cells, error))
    {
      free_map (map);
      return FALSE;
    }
  index = find_index (self, name);
  if (index < 0)
    g_ptr_array_add (self->maps, map);
  else
    {
      free_map (self->maps->pdata[index]);
      self->maps->pdata[index] = map;
    }
  return TRUE;
}

gboolean
mq_own_maps_remove (MqOwnMaps *self, const char *name)
{
  int index = find_index (self, name);

  if (index < 0)
    return FALSE;
  g_ptr_array_remove_index (self->maps, (guint) index);
  return TRUE;
}
