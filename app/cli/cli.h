/* cli.h: what the commands of marquetry-cli share: options, output, progress, interruption, exit statuses (CLI.md). */

#pragma once

#include "analysis.h"
#include "project/project.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_EXIT_DONE = 0,
  MQ_EXIT_FAILED = 1,
  MQ_EXIT_USAGE = 2,
  MQ_EXIT_REJECTED = 3, /* done, but rows were rejected */
  MQ_EXIT_INTERRUPTED = 130,
} MqExit;

/* One invocation. Lives on main()'s stack; the strings belong to the option parser. */
typedef struct
{
  gboolean quiet;
  gboolean no_progress;
  char    *format; /* (owned) (nullable) table csv json */
  char    *table;  /* (owned) (nullable) */
  int      top;    /* rows printed of a table; 0: all */
  int      threads;

  GCancellable *cancellable; /* (owned) */
  MqProgress    progress;
  MqRun         run;
} MqCli;

typedef struct
{
  const char *name;
  const char *arguments; /* "PROJECT FILE": for the usage line */
  const char *summary;   /* N_() */
  /* argv[0] is the command's name. */
  MqExit (*main) (MqCli *cli, int argc, char **argv);
} MqCommand;

extern const MqCommand mq_command_channels, mq_command_create, mq_command_import, mq_command_imports, mq_command_undo, mq_command_info,
    mq_command_export, mq_command_rejects, mq_command_chart, mq_command_report, mq_command_sample, mq_command_backup,
    mq_command_compact, mq_command_consent, mq_command_erase, mq_command_audit, mq_command_check, mq_command_salvage, mq_command_segment,
    mq_command_sentiment, mq_command_labels, mq_command_answers, mq_command_stock;

/* Whether the words after `sentiment` name texts instead of a project. */
gboolean mq_command_sentiment_is_loose (int argc, char **argv);

/* A command of this name for every analysis in the registry. */
MqExit mq_command_analysis_main (MqCli *cli, const MqAnalysis *analysis, int argc, char **argv);

/* Parses options of `entries` and the common ones; what remains must be `n_arguments` words (the last `n_optional` of them
 * may be absent). On failure prints the usage and returns FALSE. arguments: (transfer full) NULL-terminated. */
gboolean mq_cli_parse (MqCli *cli, const MqCommand *command, const GOptionEntry *entries, guint n_arguments, guint n_optional, int argc, char **argv, char ***arguments);

/* Starts progress and Ctrl+C handling; ends them. */
void mq_cli_begin (MqCli *cli);
void mq_cli_end (MqCli *cli);

/* Prints "marquetry-cli: message" on standard error and gives the exit status that fits the error. */
MqExit mq_cli_fail (MqCli *cli, const GError *error);
MqExit mq_cli_usage_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* A note for people on standard error, unless --quiet. */
void mq_cli_note (MqCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean mq_cli_wants_json (const MqCli *cli);
/* Prints a result in the asked format. FALSE (with a message) if --table names none. */
gboolean mq_cli_print_result (MqCli *cli, MqResult *result);

/* Opens for reading and loads the records. */
MqDataset *mq_cli_load (MqCli *cli, const char *path, GError **error);

/* Settings of an analysis from the command line. */
typedef struct _MqSettingOptions MqSettingOptions;

MqSettingOptions   *mq_setting_options_new (const MqAnalysis *analysis);
void                mq_setting_options_free (MqSettingOptions *self);
const GOptionEntry *mq_setting_options_entries (MqSettingOptions *self, const GOptionEntry *more /* (nullable) */);
/* a{sv} of what was given, floating. */
GVariant *mq_setting_options_get (MqSettingOptions *self);
void      mq_setting_options_set_flag (MqSettingOptions *self, const char *name);

/* An analysis found by its setting options and run. */
MqResult *mq_cli_analyse (MqCli *cli, const char *project, const MqAnalysis *analysis, GVariant *settings, GError **error);

/* "1200x800": FALSE if it is no size. */
gboolean mq_cli_parse_size (const char *text, double *width, double *height);
/* Language of messages and reports, from --lang. */
void mq_cli_set_language (const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSettingOptions, mq_setting_options_free)

G_END_DECLS
