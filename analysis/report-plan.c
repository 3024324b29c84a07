/* report-plan.c: the plan of a report and its text. */

#include "config.h"

#include "report-plan.h"

#include <glib/gi18n-lib.h>

#define VERSION 1

static char *
look_up_text (GVariant *fields, const char *name)
{
  char *text = NULL;

  g_variant_lookup (fields, name, "s", &text);
  return text != NULL ? text : g_strdup ("");
}

static void
insert_text (GVariantBuilder *fields, const char *name, const char *text)
{
  if (*text != '\0')
    g_variant_builder_add (fields, "{sv}", name, g_variant_new_string (text));
}

/* NULL if it names no analysis. */
static MqReportItem *
read_item (GVariant *fields)
{
  g_autofree char *module = look_up_text (fields, "module");
  g_autofree char *chart = look_up_text (fields, "chart");
  g_autoptr (GVariant) settings = g_variant_lookup_value (fields, "settings", G_VARIANT_TYPE_VARDICT);
  MqReportItem *item;

  if (*module == '\0')
    return NULL;
  item = mq_report_item_new (module, chart, settings);
  g_free (item->title);
  g_free (item->note);
  item->title = look_up_text (fields, "title");
  item->note = look_up_text (fields, "note");
  return item;
}

static void
write_item (GVariantBuilder *items, const MqReportItem *item)
{
  GVariantBuilder fields;

  g_variant_builder_init (&fields, G_VARIANT_TYPE_VARDICT);
  insert_text (&fields, "module", item->module);
  insert_text (&fields, "chart", item->chart);
  insert_text (&fields, "title", item->title);
  insert_text (&fields, "note", item->note);
  g_variant_builder_add (&fields, "{sv}", "settings", item->settings);
  g_variant_builder_add_value (items, g_variant_builder_end (&fields));
}

static void
read_items (MqReportPlan *self, GVariant *plan)
{
  g_autoptr (GVariant) items = g_variant_lookup_value (plan, "items", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; items != NULL && i < g_variant_n_children (items); i++)
    {
      g_autoptr (GVariant) fields = g_variant_get_child_value (items, i);
      MqReportItem *item = read_item (fields);

      if (item != NULL)
        g_ptr_array_add (self->items, item);
    }
}

MqReportItem *
mq_report_item_new (const char *module, const char *chart, GVariant *settings)
{
  MqReportItem *self = g_new0 (MqReportItem, 1);

  self->module = g_strdup (module);
  self->chart = g_strdup (chart != NULL ? chart : "");
  self->settings = g_variant_ref_sink (settings != NULL ? settings : g_variant_new ("a{sv}", NULL));
  self->title = g_strdup ("");
  self->note = g_strdup ("");
  return self;
}

MqReportItem *
mq_report_item_copy (const MqReportItem *self)
{
  MqReportItem *copy = mq_report_item_new (self->module, self->chart, self->settings);

  g_free (copy->title);
  g_free (copy->note);
  copy->title = g_strdup (self->title);
  copy->note = g_strdup (self->note);
  return copy;
}

void
mq_report_item_free (MqReportItem *self)
{
  g_free (self->module);
  g_free (self->chart);
  g_variant_unref (self->settings);
  g_free (self->title);
  g_free (self->note);
  g_free (self);
}

MqReportPlan *
mq_report_plan_new (void)
{
  MqReportPlan *self = g_new0 (MqReportPlan, 1);

  self->title = g_strdup ("");
  self->paper = g_strdup ("");
  self->theme = g_strdup ("");
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_report_item_free);
  return self;
}

MqReportPlan *
mq_report_plan_copy (const MqReportPlan *self)
{
  MqReportPlan *copy = mq_report_plan_new ();

  g_free (copy->title);
  g_free (copy->paper);
  g_free (copy->theme);
  copy->title = g_strdup (self->title);
  copy->paper = g_strdup (self->paper);
  copy->theme = g_strdup (self->theme);
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (copy->items, mq_report_item_copy (self->items->pdata[i]));
  return copy;
}

void
mq_report_plan_free (MqReportPlan *self)
{
  g_free (self->title);
  g_free (self->paper);
  g_free (self->theme);
  g_ptr_array_unref (self->items);
  g_free (self);
}

MqReportPlan *
mq_report_plan_parse (const char *text, GError **error)
{
  g_autoptr (GVariant) plan = NULL;
  MqReportPlan *self;

  if (text == NULL)
    return mq_report_plan_new ();
  plan = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  if (plan == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The report that the project holds is damaged. Add the charts to it again."));
      return NULL;
    }
  self = mq_report_plan_new ();
  g_free (self->title);
  g_free (self->paper);
  g_free (self->theme);
  self->title = look_up_text (plan, "title");
  self->paper = look_up_text (plan, "paper");
  self->theme = look_up_text (plan, "theme");
  read_items (self, plan);
  return self;
}

char *
mq_report_plan_print (const MqReportPlan *self)
{
  GVariantBuilder plan, items;
  g_autoptr (GVariant) whole = NULL;

  g_variant_builder_init (&items, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->items->len; i++)
    write_item (&items, self->items->pdata[i]);
  g_variant_builder_init (&plan, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&plan, "{sv}", "version", g_variant_new_int32 (VERSION));
  insert_text (&plan, "title", self->title);
  insert_text (&plan, "paper", self->paper);
  insert_text (&plan, "theme", self->theme);
  g_variant_builder_add (&plan, "{sv}", "items", g_variant_builder_end (&items));
  whole = g_variant_ref_sink (g_variant_builder_end (&plan));
  /* With types, so that an empty list reads back. */
  return g_variant_print (whole, TRUE);
}
