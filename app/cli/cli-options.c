/* cli-options.c: reading a command's words; the settings of an analysis as options. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "scope.h"

struct _MqSettingOptions
{
  GArray *entries; /* (owned) (element-type GOptionEntry) with a NULL entry at the end */
  GArray *slots;   /* (owned) (element-type SettingSlot) */
};

typedef struct
{
  const MqSetting *setting;
  char            *text;  /* (owned) */
  char           **texts; /* (owned) */
  gboolean         flag;
} SettingSlot;

static gboolean
check_common_options (MqCli *cli)
{
  if (cli->format != NULL && strcmp (cli->format, "table") != 0 && strcmp (cli->format, "csv") != 0 && strcmp (cli->format, "json") != 0)
    {
      mq_cli_usage_error (_ ("--format takes table, csv or json."));
      return FALSE;
    }
  if (cli->top < 0)
    {
      mq_cli_usage_error (_ ("--top takes a number of rows from 1."));
      return FALSE;
    }
  if (cli->threads < 0 || cli->threads > 256)
    {
      mq_cli_usage_error (_ ("--threads takes a number from 1 to 256."));
      return FALSE;
    }
  return TRUE;
}

gboolean
mq_cli_parse (MqCli              *cli,
              const MqCommand    *command,
              const GOptionEntry *entries,
              guint               n_arguments,
              guint               n_optional,
              int                 argc,
              char              **argv,
              char             ***arguments)
{
  const GOptionEntry common[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &cli->format, N_ ("Output: table (on a terminal), csv or json"), "FORMAT" },
    { "table", 0, 0, G_OPTION_ARG_STRING, &cli->table, N_ ("The table to print"), "NAME" },
    { "top", 0, 0, G_OPTION_ARG_INT, &cli->top, N_ ("Print only the first rows"), "N" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &cli->threads, N_ ("Threads to compute with"), "N" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &cli->quiet, N_ ("Print nothing but results"), NULL },
    { "no-progress", 0, 0, G_OPTION_ARG_NONE, &cli->no_progress, N_ ("Show no progress"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *usage = g_strdup_printf ("%s %s", command->name, command->arguments);
  g_auto (GStrv) words = NULL;
  guint n_words;

  g_option_context_set_summary (context, usage);
  g_option_context_set_description (context, _ (command->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  words = g_new0 (char *, argc + 1);
  for (int i = 0; i < argc; i++)
    words[i] = g_strdup (argv[i]);
  if (!g_option_context_parse_strv (context, &words, &error))
    {
      mq_cli_usage_error ("%s", error->message);
      return FALSE;
    }
  if (!check_common_options (cli))
    return FALSE;
  n_words = g_strv_length (words) - 1;
  /* a "--" before words that begin with a dash */
  if (n_words > 0 && strcmp (words[1], "--") == 0)
    {
      g_free (words[1]);
      memmove (words + 1, words + 2, sizeof (char *) * n_words);
      n_words--;
    }
  if (n_words > n_arguments || n_words < n_arguments - n_optional)
    {
      mq_cli_usage_error (_ ("Usage: marquetry-cli %s"), usage);
      return FALSE;
    }
  *arguments = g_strdupv (words + 1);
  return TRUE;
}

static void
clear_slot (gpointer data)
{
  SettingSlot *slot = data;

  g_free (slot->text);
  g_strfreev (slot->texts);
}

static void
add_settings (MqSettingOptions *self, const MqSetting *settings)
{
  for (const MqSetting *setting = settings; setting->name != NULL; setting++)
    {
      SettingSlot slot = { setting, NULL, NULL, FALSE };

      g_array_append_val (self->slots, slot);
    }
}

MqSettingOptions *
mq_setting_options_new (const MqAnalysis *analysis)
{
  MqSettingOptions *self = g_new0 (MqSettingOptions, 1);

  self->slots = g_array_new (FALSE, TRUE, sizeof (SettingSlot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  add_settings (self, mq_scope_settings);
  if (analysis != NULL)
    add_settings (self, analysis->settings);
  return self;
}

void
mq_setting_options_free (MqSettingOptions *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->slots);
  g_free (self);
}

const GOptionEntry *
mq_setting_options_entries (MqSettingOptions *self, const GOptionEntry *more)
{
  for (; more != NULL && more->long_name != NULL; more++)
    g_array_append_val (self->entries, *more);
  for (guint i = 0; i < self->slots->len; i++)
    {
      SettingSlot *slot = &g_array_index (self->slots, SettingSlot, i);
      GOptionEntry entry = { slot->setting->name, 0, 0, G_OPTION_ARG_STRING, &slot->text, slot->setting->description, slot->setting->choices != NULL ? slot->setting->choices : "VALUE" };

      if (strcmp (slot->setting->type, "b") == 0)
        {
          entry.arg = G_OPTION_ARG_NONE;
          entry.arg_data = &slot->flag;
          entry.arg_description = NULL;
        }
      else if (strcmp (slot->setting->type, "as") == 0)
        {
          entry.arg = G_OPTION_ARG_STRING_ARRAY;
          entry.arg_data = &slot->texts;
        }
      g_array_append_val (self->entries, entry);
    }
  return (const GOptionEntry *) (gpointer) self->entries->data;
}

void
mq_setting_options_set_flag (MqSettingOptions *self, const char *name)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      SettingSlot *slot = &g_array_index (self->slots, SettingSlot, i);

      if (strcmp (slot->setting->name, name) == 0 && strcmp (slot->setting->type, "b") == 0)
        slot->flag = TRUE;
    }
}

GVariant *
mq_setting_options_get (MqSettingOptions *self)
{
  GVariantDict settings;

  g_variant_dict_init (&settings, NULL);
  for (guint i = 0; i < self->slots->len; i++)
    {
      SettingSlot *slot = &g_array_index (self->slots, SettingSlot, i);

      if (slot->text != NULL)
        g_variant_dict_insert (&settings, slot->setting->name, "s", slot->text);
      else if (slot->texts != NULL)
        g_variant_dict_insert_value (&settings, slot->setting->name, g_variant_new_strv ((const char *const *) slot->texts, -1));
      else if (slot->flag)
        g_variant_dict_insert (&settings, slot->setting->name, "b", TRUE);
    }
  return g_variant_dict_end (&settings);
}

gboolean
mq_cli_parse_size (const char *text, double *width, double *height)
{
  int  w, h;
  char rest;

  if (sscanf (text, "%dx%d%c", &w, &h, &rest) != 2)
    return FALSE;
  *width = w;
  *height = h;
  return TRUE;
}

void
mq_cli_set_language (const char *language)
{
  g_autofree char *locale = g_strconcat (language, ".UTF-8", NULL);

  g_setenv ("LANGUAGE", language, TRUE);
  /* gettext looks at LANGUAGE in any locale but "C", so a machine without the language's locale can still print it */
  if (setlocale (LC_MESSAGES, locale) == NULL)
    setlocale (LC_MESSAGES, "C.UTF-8");
}
