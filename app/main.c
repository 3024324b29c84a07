/* main.c: the program with a window. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/stat.h>

#include "application.h"

int
main (int argc, char **argv)
{
  g_autoptr (MqApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);
  application = mq_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
