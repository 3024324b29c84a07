/* row-plan.c: which column of the file goes where, laid out for the loop over rows. */

#include "config.h"

#include "import/row-reader.h"

#include "base/money.h"
#include "project/record-key.h"

#include <string.h>

static int
add_target (MqRowPlan *self, const char *name, const char *label, MqValueType type, int scale)
{
  g_ptr_array_add (self->targets, mq_target_new (name, label, type, scale));
  return self->targets->len - 1;
}

static int
add_precision (MqRowPlan *self, const char *name)
{
  g_autofree char *precision = g_strconcat (name, MQ_PRECISION_SUFFIX, NULL);
  int              target = add_target (self, precision, "", MQ_VALUE_INTEGER, 0);

  ((MqTarget *) g_ptr_array_index (self->targets, target))->only_if_used = TRUE;
  return target;
}

/* Reasons are a closed English list: see the table of rejects in importer.h. */
static const char *
find_required (const MqMapping *mapping, const MqUse *use)
{
  static const struct
  {
    const char *field;
    const char *reason;
  } reasons[] = { { "time", "no time" }, { "date", "no date" }, { "amount", "no amount" }, { "event", "no event" }, { "channel", "no channel" }, { "status", "no status" }, { "text", "no text" } };
  const MqField *field = mq_kind_find_field (mapping->kind, use->name);

  for (gsize i = 0; field != NULL && field->required && i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].field, use->name) == 0)
      return reasons[i].reason;
  return NULL;
}

static gboolean
is_effective (const MqRowPlan *self, const MqUse *use)
{
  return self->mapping->kind == MQ_KIND_ORDERS && strcmp (use->name, "time") == 0;
}

/* Kinds whose keys are written in another form than the cell: the cell is kept beside the key. */
static void
add_raw_key (MqRowPlan *self, const MqRowOp *key)
{
  const char      *kind = key->use->name + strlen ("key.");
  const char      *label = mq_mapping_source (self->mapping, key->use->column)->header;
  g_autofree char *name = NULL;
  MqRowOp          op = *key;
  guint            before = 0;

  if (!mq_key_has_other_form (kind))
    return;
  for (guint i = 0; i < self->texts->len; i++)
    before += g_strcmp0 (g_array_index (self->texts, MqRowOp, i).raw_kind, kind) == 0;
  name = before == 0 ? g_strconcat (MQ_COLUMN_RAW, kind, NULL) : g_strdup_printf (MQ_COLUMN_RAW "%s (%u)", kind, before + 1);
  op.raw_kind = kind;
  op.target = add_target (self, name, label, MQ_VALUE_TEXT, 0);
  g_array_append_val (self->texts, op);
}

static void
add_op (MqRowPlan *self, guint index)
{
  const MqUse *use = mq_mapping_use (self->mapping, index);
  const char  *label = mq_mapping_source (self->mapping, use->column)->header;
  MqRowOp      op = { use, index, -1, -1, find_required (self->mapping, use), NULL };

  if (use->role == MQ_USE_KEY)
    {
      g_array_append_val (self->keys, op);
      add_raw_key (self, &op);
      return;
    }
  /* Of an order's times the effective one is stored as "time". */
  if (!is_effective (self, use))
    op.target = add_target (self, use->name, label, use->type, use->scale);
  if (use->type == MQ_VALUE_TIME && op.target >= 0)
    op.exact = add_precision (self, use->name);
  if (use->type == MQ_VALUE_TIME || use->type == MQ_VALUE_DAY)
    g_array_append_val (self->times, op);
  else if (use->type == MQ_VALUE_TEXT)
    g_array_append_val (self->texts, op);
  else
    g_array_append_val (self->numbers, op);
}

static int
find_time (const MqRowPlan *self, const char *name)
{
  for (guint i = 0; i < self->times->len; i++)
    if (strcmp (g_array_index (self->times, MqRowOp, i).use->name, name) == 0)
      return i;
  return -1;
}

static void
plan_times_of_orders (MqRowPlan *self)
{
  static const char *const names[MQ_MAX_FALLBACKS] = { "time", "paid_time", "created_time" };
  const char              *label = "";
  guint                    n = 0;

  for (guint i = 0; i < MQ_MAX_FALLBACKS; i++)
    {
      int index = find_time (self, names[i]);

      if (index >= 0)
        self->effective[n++] = index;
    }
  self->paid = find_time (self, "paid_time");
  if (n > 0)
    label = mq_mapping_source (self->mapping, g_array_index (self->times, MqRowOp, self->effective[0]).use->column)->header;
  self->time_target = add_target (self, "time", label, MQ_VALUE_TIME, 0);
  self->time_exact = add_precision (self, "time");
  if (self->paid >= 0 && mq_mapping_find (self->mapping, "status") == NULL)
    self->status_target = add_target (self, "status", "", MQ_VALUE_TEXT, 0);
}

static void
plan_times (MqRowPlan *self)
{
  int index = find_time (self, self->mapping->kind == MQ_KIND_SPEND ? "date" : "time");

  if (self->mapping->kind == MQ_KIND_ORDERS)
    plan_times_of_orders (self);
  else if (index >= 0)
    self->time_target = g_array_index (self->times, MqRowOp, index).target;
}

static int
find_use_column (const MqRowPlan *self, const char *name)
{
  const MqUse *use = mq_mapping_find (self->mapping, name);

  return use != NULL ? (int) use->column : -1;
}

MqRowPlan *
mq_row_plan_new (const MqMapping *mapping, const MqInference *inference, const char *currency, MqAmountOf amount_of)
{
  MqRowPlan *self = g_new0 (MqRowPlan, 1);

  self->mapping = mapping;
  self->inference = inference;
  self->currency = currency;
  self->digits = MAX (mq_currency_digits (currency), 0);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_target_free);
  self->keys = g_array_new (FALSE, FALSE, sizeof (MqRowOp));
  self->times = g_array_new (FALSE, FALSE, sizeof (MqRowOp));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (MqRowOp));
  self->texts = g_array_new (FALSE, FALSE, sizeof (MqRowOp));
  for (guint i = 0; i < MQ_MAX_FALLBACKS; i++)
    self->effective[i] = -1;
  self->time_target = self->time_exact = self->paid = self->status_target = -1;
  add_target (self, MQ_COLUMN_KEY, "", MQ_VALUE_TEXT, 0);
  add_target (self, MQ_COLUMN_LINE, "", MQ_VALUE_INTEGER, 0);
  for (guint i = 0; i < mapping->uses->len; i++)
    add_op (self, i);
  for (guint i = 0; i < self->numbers->len && amount_of == MQ_AMOUNT_OF_ORDER_FIRST; i++)
    if (strcmp (g_array_index (self->numbers, MqRowOp, i).use->name, "amount") == 0)
      g_array_index (self->numbers, MqRowOp, i).required = NULL;
  plan_times (self);
  self->currency_column = find_use_column (self, "currency");
  self->order_column = find_use_column (self, "order_id");
  return self;
}

void
mq_row_plan_free (MqRowPlan *self)
{
  g_ptr_array_unref (self->targets);
  g_array_unref (self->keys);
  g_array_unref (self->times);
  g_array_unref (self->numbers);
  g_array_unref (self->texts);
  g_free (self);
}
