/* order-carry.c: a dictionary of the orders that lack something, and their values. */

#include "config.h"

#include "import/order-carry.h"

#include <string.h>

#include "base/room.h"
#include "base/strings.h"

struct _MqOrderCarry
{
  const MqMapping   *mapping;   /* (borrowed) */
  const MqInference *inference; /* (borrowed) */
  guint              order;
  GArray            *columns; /* (owned) (element-type guint) */
  MqDictionary      *ids;     /* (owned) */
  guint             *some;    /* (owned) by code */
  MqText            *values;  /* (owned) by code and column */
  gsize              n, some_room, values_room;
  gboolean           failed; /* there was no memory for an order */
  GStringChunk      *texts;  /* (owned) */
  gint64             n_filled;
};

GArray *
mq_order_carry_columns (const MqMapping *mapping)
{
  static const char *const names[] = { "time", "paid_time", "created_time", "completed_time", "status", "currency", "shop" };
  GArray                  *columns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const MqUse *use = mq_mapping_find (mapping, names[i]);

      if (use != NULL && use->factor < 0)
        g_array_append_val (columns, use->column);
    }
  for (guint i = 0; i < mapping->uses->len && columns->len < MQ_MAX_CARRIED; i++)
    {
      const MqUse *use = mq_mapping_use (mapping, i);

      if (use->role == MQ_USE_KEY)
        g_array_append_val (columns, use->column);
    }
  return columns;
}

MqOrderCarry *
mq_order_carry_new (const MqMapping *mapping, const MqInference *inference, guint order)
{
  MqOrderCarry *self = g_new0 (MqOrderCarry, 1);

  self->mapping = mapping;
  self->inference = inference;
  self->order = order;
  self->columns = mq_order_carry_columns (mapping);
  self->ids = mq_dictionary_new ();
  self->texts = g_string_chunk_new (65536);
  return self;
}

void
mq_order_carry_free (MqOrderCarry *self)
{
  g_array_unref (self->columns);
  mq_dictionary_free (self->ids);
  g_free (self->some);
  g_free (self->values);
  g_string_chunk_free (self->texts);
  g_free (self);
}

void
mq_order_carry_want (MqOrderCarry *self, const char *order, gsize length, guint some)
{
  gsize before = self->n * self->columns->len;

  mq_dictionary_add (self->ids, order, length);
  self->failed |= !mq_make_room (&self->some, &self->some_room, self->n + 1, sizeof *self->some) ||
                  !mq_make_room (&self->values, &self->values_room, before + MAX (self->columns->len, 1), sizeof *self->values);
  if (self->failed)
    return;
  self->some[self->n++] = some;
  memset (self->values + before, 0, self->columns->len * sizeof *self->values);
}

static gboolean
get_text (const MqOrderCarry *self, const MqCsvCell *cells, guint n_cells, guint column, const char **text, gsize *length)
{
  int token;

  return mq_cell_read (self->mapping, &self->inference->tokens, cells, n_cells, column, text, length, &token);
}

void
mq_order_carry_add (MqOrderCarry *self, const MqCsvCell *cells, guint n_cells)
{
  const char *text;
  gsize       length;
  gint64      code = get_text (self, cells, n_cells, self->order, &text, &length) ? mq_dictionary_find (self->ids, text, length) : -1;

  for (guint i = 0; i < self->columns->len && code >= 0; i++)
    {
      MqText  *value = &self->values[code * self->columns->len + i];
      gboolean filled = get_text (self, cells, n_cells, g_array_index (self->columns, guint, i), &text, &length);

      if (!filled)
        self->n_filled += (self->some[code] >> i) & 1;
      else if (value->text == NULL || mq_bytes_compare (text, length, value->text, value->length) < 0)
        *value = (MqText){ g_string_chunk_insert_len (self->texts, text, length), length };
    }
}

gboolean
mq_order_carry_is_whole (const MqOrderCarry *self)
{
  return !self->failed && mq_dictionary_is_whole (self->ids);
}

gint64
mq_order_carry_count (const MqOrderCarry *self)
{
  return self->n_filled;
}

const MqText *
mq_order_carry_find (const MqOrderCarry *self, const char *order, gsize length)
{
  gint64 code = mq_dictionary_find (self->ids, order, length);

  return code >= 0 ? &self->values[code * self->columns->len] : NULL;
}

const GArray *
mq_order_carry_list (const MqOrderCarry *self)
{
  return self->columns;
}
