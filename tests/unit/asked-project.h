/* asked-project.h: a small project of a few lines of text, asked by the analyses as the command line asks them. */

#pragma once

#include "analysis.h"
#include "draft-maker.h"
#include "project/project.h"

#include <glib/gstdio.h>

typedef struct
{
  char      *folder, *path;
  MqProject *project;
  MqDataset *dataset; /* (nullable) until it is asked */
} Asked;

static inline void
asked_begin (Asked *self, const char *zone, const char *currency)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("mq-asked-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "a.marquetry", NULL);
  self->project = mq_project_create (self->path, zone, currency, &error);
  g_assert_no_error (error);
  self->dataset = NULL;
}

static inline void
asked_end (Asked *self)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  g_clear_pointer (&self->dataset, mq_dataset_unref);
  g_assert_true (mq_project_close (self->project, NULL));
  g_unlink (self->path);
  g_unlink (lock);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* As draft_make() has it; times may be written as 2024-01-31T10:00:00Z. */
static inline void
asked_add (Asked *self, MqKind kind, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", 0, 0, NULL);
  g_autoptr (GString) seconds = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  MqImportDraft  *draft;
  MqImportOutcome outcome;
  int             done = 0;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (word, NULL);
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      g_string_append_len (seconds, text + done, start - done);
      g_string_append_printf (seconds, "%" G_GINT64_FORMAT, g_date_time_to_unix (time));
      done = end;
    }
  g_string_append (seconds, text + done);
  draft = draft_make (kind, seconds->str);
  draft->time = G_MAXINT64 / 4; /* the import's clock: nothing lies after it */
  mq_project_commit_import (self->project, draft, FALSE, &outcome, NULL, &error);
  g_assert_no_error (error);
  mq_import_draft_free (draft);
  g_clear_pointer (&self->dataset, mq_dataset_unref);
}

/* settings: names and values in turn, NULL-terminated; "name" "TRUE" is a flag. Of all time where they say no period. NULL with
 * error. */
static inline MqResult *
asked_try (Asked *self, const MqAnalysis *analysis, const char *const *settings, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GVariant) given = NULL;
  g_autoptr (GVariant) complete = NULL;
  GVariantDict dict;

  if (self->dataset == NULL)
    self->dataset = mq_project_load (self->project, NULL, &local);
  g_assert_no_error (local);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "period", "s", "all");
  for (; *settings != NULL; settings += 2)
    if (g_str_equal (settings[1], "TRUE"))
      g_variant_dict_insert (&dict, settings[0], "b", TRUE);
    else
      g_variant_dict_insert (&dict, settings[0], "s", settings[1]);
  given = g_variant_ref_sink (g_variant_dict_end (&dict));
  complete = mq_settings_complete (analysis, given, error);
  return complete != NULL ? mq_analysis_answer (analysis, self->dataset, complete, NULL, error) : NULL;
}

#define asked_ask(self, analysis, ...) asked_ask_list (self, analysis, (const char *const[]){ __VA_ARGS__, NULL })

static inline MqResult *
asked_ask_list (Asked *self, const MqAnalysis *analysis, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  MqResult *result = asked_try (self, analysis, settings, &error);

  g_assert_no_error (error);
  return result;
}

/* Some columns of a table, as CSV without a header. */
static inline char *
asked_cells (MqResult *result, const char *name, const char *columns)
{
  MqTable *table = mq_result_find_table (result, name);
  GString *text = g_string_new (NULL);
  g_auto (GStrv) ids = g_strsplit (columns, ",", -1);

  g_assert_nonnull (table);
  for (gsize row = 0; row < mq_table_n_rows (table); row++)
    for (guint i = 0; ids[i] != NULL; i++)
      {
        g_assert_cmpint (mq_table_find_column (table, ids[i]), >=, 0);
        g_string_append (text, i > 0 ? "," : "");
        mq_table_write_cell (table, row, (guint) mq_table_find_column (table, ids[i]), text);
        g_string_append (text, ids[i + 1] == NULL ? "\n" : "");
      }
  return g_string_free (text, FALSE);
}

#define asked_assert(result, name, columns, expected)                  \
  G_STMT_START                                                         \
  {                                                                    \
    g_autofree char *asked_text = asked_cells (result, name, columns); \
    g_assert_cmpstr (asked_text, ==, expected);                        \
  }                                                                    \
  G_STMT_END
