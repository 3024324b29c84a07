/* timeline.c: makes a timeline ready and reads it customer by customer. Events and messages are read where they are, by a
 * table from the code of their name to the selectors that mean it; what orders did is listed beforehand (timeline-orders.c). */

#include "config.h"

#include "query/timeline-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

#define FIRST_ROOM 256

static void
clear_tested (gpointer data)
{
  MqTestedTerm *tested = data;

  mq_conditions_free (tested->conditions);
}

static void
clear_stream (MqStream *stream)
{
  g_free (stream->plain);
  g_free (stream->asked);
  g_clear_pointer (&stream->tested, g_array_unref);
}

/* The columns of a kind; a kind without rows has none. */
static gboolean
load_stream (MqTimeline *self, MqStream *stream, MqKind kind, const char *name_column, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqFacts  *facts = mq_dataset_facts (self->dataset, kind, run, error);
  const MqColumn *time, *name, *precision = NULL, *import = NULL;

  if (facts == NULL)
    return FALSE;
  self->n_rows += facts->n_rows;
  self->n_anonymous += facts->offsets[0];
  if (facts->n_rows == 0)
    return TRUE;
  time = mq_dataset_column (self->dataset, kind, "time", run, &local);
  name = local == NULL ? mq_dataset_column (self->dataset, kind, name_column, run, &local) : NULL;
  if (local == NULL && mq_dataset_has_column (self->dataset, kind, "time" MQ_PRECISION_SUFFIX))
    precision = mq_dataset_column (self->dataset, kind, "time" MQ_PRECISION_SUFFIX, run, &local);
  if (local == NULL && self->several)
    import = mq_dataset_column (self->dataset, kind, MQ_COLUMN_IMPORT, run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (time == NULL || name == NULL || name->codes == NULL)
    return TRUE;
  stream->offsets = facts->offsets;
  stream->times = time->values;
  stream->precision = precision != NULL ? precision->values : NULL;
  stream->imports = import != NULL ? import->values : NULL;
  stream->codes = name->codes;
  stream->names = name->strings;
  stream->n_names = mq_strings_length (name->strings);
  stream->plain = g_new0 (guint32, stream->n_names + 1);
  stream->asked = g_new0 (guint32, stream->n_names + 1);
  return TRUE;
}

/* Enters a term at the names it means; FALSE if there is no such name. */
static gboolean
enter_names (MqStream *stream, const MqTerm *term, guint32 bit, gboolean conditional)
{
  gint     code = term->name != NULL && stream->names != NULL ? mq_strings_find_sorted (stream->names, term->name) : -1;
  guint32 *table = conditional ? stream->asked : stream->plain;

  if (stream->names == NULL || (term->name != NULL && code < 0))
    return FALSE;
  for (guint i = 0; i <= stream->n_names; i++)
    if (term->name == NULL || i == (guint) code)
      table[i] |= bit;
  return TRUE;
}

static gboolean
add_record_term (MqTimeline *self, MqStream *stream, const MqTerm *term, guint index, const char *setting, const MqRun *run, GError **error)
{
  gboolean     conditional = term->conditions->len > 0;
  MqTestedTerm tested = { 1u << index, -1, NULL };

  if (term->name == NULL && stream->names == NULL)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_DATA, _ ("The project has no events. Import an events file first."));
      return FALSE;
    }
  if (!enter_names (stream, term, tested.bit, conditional))
    {
      g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” names an event that the project does not have: “%s”. The names stand in the column “event” of the events, or “status” of the messages."), setting, term->name != NULL ? term->name : "*");
      return FALSE;
    }
  if (!conditional)
    return TRUE;
  tested.code = term->name != NULL ? mq_strings_find_sorted (stream->names, term->name) : -1;
  tested.conditions = mq_conditions_new (self->dataset, term, stream->source, NULL, setting, run, error);
  if (tested.conditions == NULL)
    return FALSE;
  g_array_append_val (stream->tested, tested);
  return TRUE;
}

static gboolean
add_selector (MqTimeline *self, const MqSelector *selector, guint index, const MqRun *run, GError **error)
{
  for (guint i = 0; i < selector->terms->len; i++)
    {
      const MqTerm *term = selector->terms->pdata[i];
      gboolean      ok;

      if (term->subject == MQ_SUBJECT_ORDER)
        ok = mq_timeline_add_orders (self, term, 1u << index, selector->setting, run, error);
      else
        ok = add_record_term (self, &self->streams[term->subject == MQ_SUBJECT_MESSAGE], term, index, selector->setting, run, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static void
find_subjects (MqTimeline *self, MqSelector *const *selectors, guint n, gboolean *subjects)
{
  guint n_subjects = 0;

  subjects[MQ_SUBJECT_EVENT] = subjects[MQ_SUBJECT_ORDER] = self->others;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < selectors[i]->terms->len; j++)
      subjects[((const MqTerm *) selectors[i]->terms->pdata[j])->subject] = TRUE;
  for (guint i = 0; i <= MQ_SUBJECT_ORDER; i++)
    n_subjects += subjects[i];
  self->several = n_subjects > 1;
}

static gboolean
prepare (MqTimeline *self, MqSelector *const *selectors, guint n, const MqRun *run, GError **error)
{
  gboolean subjects[MQ_SUBJECT_ORDER + 1] = { FALSE };

  find_subjects (self, selectors, n, subjects);
  if ((subjects[MQ_SUBJECT_EVENT] && !load_stream (self, &self->streams[0], MQ_KIND_EVENTS, "event", run, error)) ||
      (subjects[MQ_SUBJECT_MESSAGE] && !load_stream (self, &self->streams[1], MQ_KIND_MESSAGES, "status", run, error)) ||
      (subjects[MQ_SUBJECT_ORDER] && !mq_timeline_load_orders (self, run, error)))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!add_selector (self, selectors[i], i, run, error))
      return FALSE;
  return !subjects[MQ_SUBJECT_ORDER] || mq_timeline_finish_orders (self, run, error);
}

static gboolean
is_mixed_column (const MqStream *stream, gsize n)
{
  for (gsize row = 1; row < n; row++)
    if (stream->precision[row] != stream->precision[0])
      return TRUE;
  return FALSE;
}

/* Two streams of one precision each may still differ. */
static void
find_mixed (MqTimeline *self)
{
  gint64 first = -1;

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      const MqStream *stream = &self->streams[i];
      gsize           n = stream->offsets != NULL ? stream->offsets[self->n_persons] : 0;
      gint64          precision = stream->precision != NULL && n > 0 ? stream->precision[0] : 0;

      if (n == 0)
        continue;
      self->mixed = self->mixed || (stream->precision != NULL && is_mixed_column (stream, n)) || (first >= 0 && precision != first);
      first = precision;
    }
  for (gsize i = 0; i < self->n_listed; i++)
    {
      self->mixed = self->mixed || (first >= 0 && self->listed[i].precision != first);
      first = self->listed[i].precision;
    }
}

static gboolean
make_room (MqMoments *moments, gsize n)
{
  gsize     room = MAX (moments->room, FIRST_ROOM);
  MqMoment *larger;

  if (moments->n + n <= moments->room)
    return TRUE;
  while (room < moments->n + n)
    room *= 2;
  if (room > G_MAXUINT32 / 2 || (larger = g_try_renew (MqMoment, moments->moments, room)) == NULL)
    return FALSE;
  moments->moments = larger;
  moments->room = room;
  return TRUE;
}

static guint32
ask (const MqStream *stream, guint32 bits, guint person, guint32 code, guint32 row)
{
  for (guint i = 0; i < stream->tested->len; i++)
    {
      const MqTestedTerm *tested = &g_array_index (stream->tested, MqTestedTerm, i);

      if (tested->code >= 0 && (guint32) tested->code != code)
        continue;
      if ((bits & tested->bit) == 0 && mq_conditions_meet (tested->conditions, person, row))
        bits |= tested->bit;
    }
  return bits;
}

static gboolean
read_stream (const MqTimeline *self, const MqStream *stream, guint person, MqMoments *moments)
{
  gsize     first = stream->offsets[person], last = stream->offsets[person + 1];
  gboolean  others = self->others && stream->source == MQ_MOMENT_EVENT;
  MqMoment *at;
  gboolean  testing = stream->tested->len > 0;

  if (!make_room (moments, last - first))
    return FALSE;
  at = moments->moments + moments->n;
  for (gsize row = first; row < last; row++)
    {
      guint32 code = MIN (stream->codes[row], stream->n_names);
      guint32 bits = stream->plain[code];

      if (testing && stream->asked[code] != 0)
        bits = ask (stream, bits, person, code, row);
      if (bits == 0 && !others)
        continue;
      if (stream->times[row] > self->as_of)
        break;
      *at = (MqMoment){ stream->times[row], bits, (guint32) row, MQ_CODE_MISSING, stream->source, stream->precision != NULL ? (guint8) stream->precision[row] : 0 };
      if (self->hold != NULL)
        at->value = mq_field_values_get (self->hold, person, at);
      at++;
    }
  moments->n = at - moments->moments;
  return TRUE;
}

static gint64
get_import (const MqTimeline *self, const MqMoment *moment)
{
  const gint64 *imports;
  gsize         row = moment->row;

  if (moment->source == MQ_MOMENT_EVENT || moment->source == MQ_MOMENT_MESSAGE)
    imports = self->streams[moment->source == MQ_MOMENT_MESSAGE].imports;
  else
    {
      imports = self->order_imports;
      row = moment->source == MQ_MOMENT_ORDER ? self->book->first_row[moment->row] : moment->row;
    }
  return imports != NULL ? imports[row] : 0;
}

static int
first_bit (guint32 bits)
{
  return bits != 0 ? __builtin_ctz (bits) : 32;
}

/* Whether a comes after b: (time, early ones first, first selector, import, source, row). */
static gboolean
is_after (const MqTimeline *self, const MqMoment *a, const MqMoment *b)
{
  if (a->time != b->time)
    return a->time > b->time;
  if (a->early != b->early)
    return b->early;
  if (a->bits != b->bits && first_bit (a->bits) != first_bit (b->bits))
    return first_bit (a->bits) > first_bit (b->bits);
  if (self->several)
    {
      gint64 import_a = get_import (self, a), import_b = get_import (self, b);

      if (import_a != import_b)
        return import_a > import_b;
    }
  return a->source != b->source ? a->source > b->source : a->row > b->row;
}

static int
compare_moments_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  return is_after (data, a, b) ? 1 : is_after (data, b, a) ? -1
                                                           : 0;
}

/* One stream is in order already but inside an instant. */
static void
sort_moments (const MqTimeline *self, MqMoments *moments)
{
  MqMoment *at = moments->moments;

  if (self->several || self->n_listed > 0)
    {
      g_qsort_with_data (at, moments->n, sizeof *at, compare_moments_cb, (gpointer) self);
      return;
    }
  for (guint i = 1; i < moments->n; i++)
    {
      if (G_LIKELY (at[i].time > at[i - 1].time) || !is_after (self, &at[i - 1], &at[i]))
        continue;
      for (guint j = i; j > 0 && is_after (self, &at[j - 1], &at[j]); j--)
        {
          MqMoment moment = at[j];

          at[j] = at[j - 1];
          at[j - 1] = moment;
        }
    }
}

MqTimeline *
mq_timeline_new (MqDataset *dataset, MqSelector *const *selectors, guint n, const MqTimelineOptions *options, const MqRun *run, GError **error)
{
  g_autoptr (MqTimeline) self = g_new0 (MqTimeline, 1);
  GError *local = NULL;

  g_return_val_if_fail (n <= MQ_MOMENT_SELECTORS, NULL);

  self->dataset = dataset;
  self->as_of = options->as_of;
  self->others = options->others;
  self->hold = options->hold;
  self->shop = options->shop;
  self->n_persons = mq_dataset_n_persons (dataset, run, &local);
  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      self->streams[i].source = i == 0 ? MQ_MOMENT_EVENT : MQ_MOMENT_MESSAGE;
      self->streams[i].tested = g_array_new (FALSE, FALSE, sizeof (MqTestedTerm));
      g_array_set_clear_func (self->streams[i].tested, clear_tested);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (!prepare (self, selectors, n, run, error))
    return NULL;
  find_mixed (self);
  return g_steal_pointer (&self);
}

void
mq_timeline_free (MqTimeline *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    clear_stream (&self->streams[i]);
  mq_timeline_clear_orders (self);
  g_free (self);
}

guint
mq_timeline_n_persons (const MqTimeline *self)
{
  return self->n_persons;
}

gint64
mq_timeline_n_rows (const MqTimeline *self)
{
  return self->n_rows;
}

gint64
mq_timeline_n_anonymous (const MqTimeline *self)
{
  return self->n_anonymous;
}

gboolean
mq_timeline_is_mixed (const MqTimeline *self)
{
  return self->mixed;
}

gboolean
mq_timeline_read (const MqTimeline *self, guint person, MqMoments *moments)
{
  moments->n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    if (self->streams[i].offsets != NULL && !read_stream (self, &self->streams[i], person, moments))
      return FALSE;
  if (self->n_listed > 0)
    {
      gsize first = self->list_offsets[person], n = self->list_offsets[person + 1] - first;

      if (!make_room (moments, n))
        return FALSE;
      if (n > 0)
        memcpy (moments->moments + moments->n, self->listed + first, n * sizeof (MqMoment));
      moments->n += n;
    }
  sort_moments (self, moments);
  return TRUE;
}

gboolean
mq_timeline_get_plain (const MqTimeline *self, MqPlainTimeline *plain)
{
  const MqStream *stream = &self->streams[0];

  if (self->several || self->others || self->hold != NULL || self->n_listed > 0 || stream->offsets == NULL || stream->precision != NULL || stream->tested->len > 0)
    return FALSE;
  *plain = (MqPlainTimeline){ stream->offsets, stream->times, stream->codes, stream->plain, stream->n_names, self->as_of };
  return TRUE;
}

void
mq_moments_clear (MqMoments *moments)
{
  g_clear_pointer (&moments->moments, g_free);
  moments->n = moments->room = 0;
}

gint64
mq_timeline_amount (const MqTimeline *self, const MqMoment *moment)
{
  if (moment->source == MQ_MOMENT_ORDER)
    return self->net[moment->row];
  return moment->source == MQ_MOMENT_LINE ? self->line_amounts[moment->row] : 0;
}
