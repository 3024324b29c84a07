/* analysis.h: what an analysis is to the rest of the program: a name, its settings, and a pure function from a dataset to
 * a result. Pages, the command line, reports and tests know analyses only through this. */

#pragma once

#include "base/result.h"
#include "project/dataset.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_ANALYSIS_ERROR_SETTING, /* the message names the setting (and on the command line its option) */
  MQ_ANALYSIS_ERROR_DATA,    /* what is needed is not in the project: the message names the file to import */
  MQ_ANALYSIS_ERROR_OVERFLOW,
} MqAnalysisError;

#define MQ_ANALYSIS_ERROR (mq_analysis_error_quark ())
GQuark mq_analysis_error_quark (void);

/* One setting. Every setting is text in a{sv} (type s), as on the command line; a flag is a boolean (type b); a repeated
 * one an array (type as). An absent setting has its default. */
typedef struct
{
  const char *name;          /* "as-of": the option without its dashes */
  const char *type;          /* "s", "b" or "as" */
  const char *default_value; /* (nullable) as text */
  const char *choices;       /* (nullable) "auto|quantiles|cuts" */
  const char *description;   /* N_() */
} MqSetting;

/* A set of kinds of record: MQ_KINDS (ORDERS) | MQ_KINDS (EVENTS). */
typedef guint MqKinds;
#define MQ_KINDS(name) (1u << MQ_KIND_##name)

typedef struct
{
  const char      *id;    /* "rfm" */
  const char      *title; /* N_("RFM") */
  int              version;
  const MqSetting *settings; /* its own, ended by a NULL name; the scope's (scope.h) come before them */
  MqResult *(*run) (MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error);

  /* What the guide tells of it; a page of the same id shows it. */
  const char *purpose; /* N_(): the question it answers, one short sentence */
  MqKinds     needs;   /* any of these is enough; 0: nothing */
  MqKinds     gains;   /* these add to the answer */
} MqAnalysis;

const MqAnalysis *const *mq_analyses (void);                /* NULL-terminated: the registry */
const MqAnalysis        *mq_analysis_find (const char *id); /* (nullable) */

/* The analysis of the customers that the setting "segment" names, else of all: how everybody runs one. `settings` are complete. */
MqResult *mq_analysis_answer (const MqAnalysis *analysis, MqDataset *dataset, GVariant *settings, const MqRun *run, GError **error);

/* Checks names, types and choices, fills defaults in. NULL with MQ_ANALYSIS_ERROR_SETTING. (transfer full), not floating. */
GVariant   *mq_settings_complete (const MqAnalysis *analysis, GVariant *settings /* (nullable) */, GError **error);
const char *mq_settings_text (GVariant *settings, const char *name); /* "" if absent; valid as long as settings */
gboolean    mq_settings_flag (GVariant *settings, const char *name);
/* The texts of a setting of type "as"; none if it is absent. g_strfreev. */
char **mq_settings_texts (GVariant *settings, const char *name);
/* Sets MQ_ANALYSIS_ERROR_SETTING with a translated sentence; FALSE. */
gboolean mq_setting_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
