/* report-words.c: what a report says beside its charts, alike on paper and in HTML. */

#include "config.h"

#include "chart/report-sheet.h"

#include "base/civil-time.h"
#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows of a table that a page prints of its own accord: what is longer is read on the screen. */
#define MOST_PRINTED 40

static char *
format_as_of (const MqProvenance *provenance)
{
  const MqZone *zone = mq_zone_get (provenance->time_zone != NULL ? provenance->time_zone : "UTC", NULL);

  if (provenance->as_of == MQ_TIME_MISSING || zone == NULL)
    return NULL;
  return mq_format_day (mq_zone_day (zone, provenance->as_of, NULL));
}

/* "Rows left out: 135,080 (no customer); 1,201 (refund without an order)". */
static char *
format_left_out (const GPtrArray *left_out)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < left_out->len; i++)
    {
      const MqLeftOut *one = left_out->pdata[i];
      g_autofree char *rows = mq_format_integer (one->rows);

      g_string_append (list, i > 0 ? _ ("; ") : "");
      /* Translators: a number of rows and why they were left out. */
      g_string_append_printf (list, _ ("%s (%s)"), rows, g_dgettext (GETTEXT_PACKAGE, one->reason));
    }
  /* Translators: a list of numbers of rows with their reasons. */
  return g_strdup_printf (_ ("Rows left out: %s"), list->str);
}

GArray *
mq_report_find_columns (MqResult *result, MqTable *table)
{
  const char *const *ids = mq_report_columns (mq_result_provenance (result)->module, mq_table_name (table));
  GArray            *columns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; ids == NULL && i < mq_table_n_columns (table); i++)
    g_array_append_val (columns, i);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      int found = mq_table_find_column (table, ids[i]);

      if (found >= 0)
        g_array_append_val (columns, found);
    }
  return columns;
}

/* A chart that prints its values needs no table, but where it is all that there is and the table is short. */
static gboolean
needs_table (const MqChart *chart, gboolean only)
{
  return !chart->kind->prints_values || (only && mq_table_n_rows (chart->table) <= MOST_PRINTED);
}

GPtrArray *
mq_report_find_tables (const MqReportEntry *page, GPtrArray *charts, GPtrArray *longer)
{
  GPtrArray *tables = g_ptr_array_new ();

  for (guint i = 0; i < charts->len; i++)
    {
      MqChart   *chart = charts->pdata[i];
      gboolean   is_short = page->chart != NULL || mq_table_n_rows (chart->table) <= MOST_PRINTED;
      GPtrArray *list = is_short ? tables : longer;

      if (needs_table (chart, charts->len == 1) && !g_ptr_array_find (list, chart->table, NULL))
        g_ptr_array_add (list, chart->table);
    }
  return tables;
}

char *
mq_report_origin (const MqReport *report, MqResult *result)
{
  const MqProvenance *provenance = mq_result_provenance (result);
  g_autofree char    *as_of = format_as_of (provenance);
  GString            *out = g_string_new (NULL);

  if (as_of != NULL)
    /* Translators: a day. */
    g_string_append_printf (out, _ ("As of %s"), as_of);
  if (provenance->time_zone != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", provenance->time_zone);
  if (report->project != NULL && report->project[0] != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", report->project);
  if (provenance->data != NULL)
    {
      g_string_append (out, out->len > 0 ? " · " : "");
      /* Translators: the hash of the data that the figures were computed from. */
      g_string_append_printf (out, _ ("data %s"), provenance->data);
    }
  return g_string_free (out, FALSE);
}

GPtrArray *
mq_report_remarks (MqResult *result)
{
  const MqProvenance *provenance = mq_result_provenance (result);
  GPtrArray          *remarks = g_ptr_array_new_with_free_func (g_free);

  for (const char *const *warning = mq_result_warnings (result); warning != NULL && *warning != NULL; warning++)
    g_ptr_array_add (remarks, g_strdup (*warning));
  if (provenance->left_out != NULL && provenance->left_out->len > 0)
    g_ptr_array_add (remarks, format_left_out (provenance->left_out));
  return remarks;
}

GPtrArray *
mq_report_entry_charts (const MqReportEntry *page)
{
  GPtrArray *all = mq_charts_for_result (page->result);
  GPtrArray *charts = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_chart_unref);

  for (guint i = 0; i < all->len; i++)
    {
      MqChart *chart = all->pdata[i];

      if (page->chart != NULL ? strcmp (mq_chart_id (chart), page->chart) == 0 : !chart->other_measure)
        g_ptr_array_add (charts, mq_chart_ref (chart));
    }
  g_ptr_array_unref (all);
  return charts;
}

const char *
mq_report_entry_title (const MqReportEntry *page)
{
  if (page->finding[0] != '\0')
    return page->finding;
  return page->title != NULL ? page->title : "";
}

const char *
mq_report_entry_name (const MqReportEntry *page)
{
  return page->title != NULL && page->title[0] != '\0' ? page->title : mq_report_entry_title (page);
}
