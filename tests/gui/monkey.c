/* monkey.c: random actions on the window, from a seed: commands, pages, the project bar, whatever can have the focus, imports,
 * undo, closing and opening the project. Run with G_DEBUG=fatal-criticals inside gui-session.sh; what goes wrong aborts, and
 * the last action is on standard error.
 *
 *   monkey [--seed N] [--actions N] [--verbose] */

#include "application.h"
#include "commands.h"
#include "page-registry.h"
#include "sample/sample-project.h"
#include "stats/random.h"
#include "window.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

/* What would end the program or leave it. */
static const char *const left_alone[] = { "app.quit", "window.close" };

/* A dialog is left open this many actions. */
#define PATIENCE 12

/* Nobody closes a popover and the window behind it within this time. (GTK 4.8 asks for a tooltip half a second after it
 * appeared under the pointer, on a surface that is no more if its window was closed meanwhile: a critical of its own.) */
#define PAUSE_US 700000

typedef struct
{
  MqApplication *application;
  MqWindow      *window;
  char          *folder;  /* (owned) */
  char          *project; /* (owned) */
  char          *file;    /* (owned) orders to import */
  MqRandom       random;
  int            actions;
  int            done;
  int            waiting; /* actions since there was only the main window */
  gint64         pause;   /* monotonic time before which nothing is done */
  gboolean       verbose;
  char           last[256];
} Monkey;

static Monkey monkey;

static guint
choose (guint n)
{
  return (guint) mq_random_below (&monkey.random, n);
}

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_vsnprintf (monkey.last, sizeof monkey.last, format, args);
  va_end (args);
  if (monkey.verbose)
    g_printerr ("%d %s\n", monkey.done, monkey.last);
}

/* What is scrolled out of view cannot be clicked, only moved to by keys, which scrolls it into view. */
static gboolean
is_in_view (GtkWidget *widget)
{
  const graphene_point_t middle = { (float) gtk_widget_get_width (widget) / 2, (float) gtk_widget_get_height (widget) / 2 };

  for (GtkWidget *outer = gtk_widget_get_parent (widget); outer != NULL && !GTK_IS_NATIVE (outer); outer = gtk_widget_get_parent (outer))
    {
      graphene_point_t place;

      if (gtk_widget_get_overflow (outer) == GTK_OVERFLOW_HIDDEN && (!gtk_widget_compute_point (widget, outer, &middle, &place) || !gtk_widget_contains (outer, place.x, place.y)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
can_be_used (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) && gtk_widget_get_focusable (widget) &&
         gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL;
}

static void
collect (GtkWidget *widget, GPtrArray *found)
{
  if (can_be_used (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

static GtkWidget *
get_top (void)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (monkey.application));
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (l->data != monkey.window && gtk_widget_get_visible (l->data) && gtk_window_get_transient_for (l->data) != NULL)
        return l->data;
    }
  return active != NULL ? GTK_WIDGET (active) : GTK_WIDGET (monkey.window);
}

/* An open popover has the grab: what a person does next is in it, or closes it. */
static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget) && gtk_popover_get_autohide (GTK_POPOVER (widget)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_into (GtkEditable *editable)
{
  static const char *const texts[] = { "", "2026-03-01", "r=30:90,f=1:2:3:5,m=100:500", "Loyal", "x'); DROP", "张伟", "-1", "9999-99-99", "\xF0\x9F\x8E\x81 <b>&amp;" };
  const char              *text = texts[choose (G_N_ELEMENTS (texts))];

  say ("type “%s” into %s", text, G_OBJECT_TYPE_NAME (editable));
  gtk_editable_set_text (editable, text);
}

static void
select_in (GtkDropDown *drop_down)
{
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (drop_down));

  say ("select in a drop-down of %u", n);
  if (n > 0)
    gtk_drop_down_set_selected (drop_down, choose (n));
}

static void
use_widget (GtkWidget *top)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GtkWidget *widget;
  GtkWidget *drop_down;

  collect (top, found);
  if (found->len == 0)
    return;
  widget = found->pdata[choose (found->len)];
  drop_down = gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN);
  say ("use %s “%s”", G_OBJECT_TYPE_NAME (widget), GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) ? gtk_button_get_label (GTK_BUTTON (widget)) : gtk_widget_get_name (widget));
  if (!is_in_view (widget))
    gtk_widget_grab_focus (widget);
  else if (drop_down != NULL)
    select_in (GTK_DROP_DOWN (drop_down));
  else if (GTK_IS_EDITABLE (widget))
    type_into (GTK_EDITABLE (widget));
  else if (choose (3) == 0)
    gtk_widget_grab_focus (widget);
  else if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked"); /* activating it would act later, when it may be hidden */
  else
    gtk_widget_activate (widget);
}

static void
use_command (void)
{
  guint            n;
  const MqCommand *commands = mq_commands (&n);
  const MqCommand *command = &commands[choose (n)];

  for (guint i = 0; i < G_N_ELEMENTS (left_alone); i++)
    {
      if (g_str_equal (command->action, left_alone[i]))
        return;
    }
  say ("command %s", command->action);
  gtk_widget_activate_action (GTK_WIDGET (monkey.window), command->action, NULL);
}

static void
use_page (void)
{
  guint n;

  mq_page_registry (&n);
  say ("page");
  gtk_widget_activate_action (GTK_WIDGET (monkey.window), "project.page", "i", (int) choose (n));
}

static void
use_scope (void)
{
  static const char *const periods[] = { "30d", "365d", "all" };
  MqSession               *session = mq_window_get_session (monkey.window);
  g_auto (MqScopeChoice) scope = { 0 };

  mq_scope_choice_init (&scope);
  scope.as_of = choose (2) == 0 ? MQ_DAY_MISSING : mq_session_get_newest_day (session) - (gint32) choose (500);
  g_free (scope.period);
  scope.period = g_strdup (periods[choose (G_N_ELEMENTS (periods))]);
  scope.compare = (MqCompare) choose (3);
  say ("project bar");
  if (mq_session_get_newest_day (session) != MQ_DAY_MISSING)
    mq_session_set_scope (session, &scope);
}

static void
use_size (void)
{
  say ("size"); /* within the screen: outside of it GTK finds no monitor for a popover */
  gtk_window_set_default_size (GTK_WINDOW (monkey.window), 360 + (int) choose (800), 294 + (int) choose (450));
}

static void
use_keys (void)
{
  static const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD, GTK_DIR_UP, GTK_DIR_DOWN, GTK_DIR_LEFT, GTK_DIR_RIGHT };

  say ("move the focus");
  gtk_widget_child_focus (get_top (), directions[choose (G_N_ELEMENTS (directions))]);
}

static void
use_file (void)
{
  say ("open a file");
  if (get_top () == GTK_WIDGET (monkey.window))
    mq_window_open_path (monkey.window, choose (2) == 0 ? monkey.project : monkey.file);
}

/* File choosers could write anywhere; and nothing stays open for ever. */
static void
close_dialogs (void)
{
  GtkWidget *top = get_top ();

  monkey.waiting = top == GTK_WIDGET (monkey.window) ? 0 : monkey.waiting + 1;
  if (top == GTK_WIDGET (monkey.window) || (monkey.waiting < PATIENCE && !GTK_IS_FILE_CHOOSER (top)))
    return;
  say ("close %s", G_OBJECT_TYPE_NAME (top));
  gtk_window_close (GTK_WINDOW (top));
}

static void
act (void)
{
  const guint kind = choose (100);
  GtkWidget  *popover = find_popover (get_top ());

  if (popover != NULL && kind < 50)
    {
      use_widget (popover);
      return;
    }
  if (popover != NULL)
    {
      say ("close a popover");
      gtk_popover_popdown (GTK_POPOVER (popover));
      monkey.pause = g_get_monotonic_time () + PAUSE_US;
      return;
    }
  close_dialogs ();
  if (kind < 55)
    use_widget (get_top ());
  else if (kind < 65)
    use_command ();
  else if (kind < 80)
    use_page ();
  else if (kind < 86)
    use_scope ();
  else if (kind < 90)
    use_size ();
  else if (kind < 97)
    use_keys ();
  else
    use_file ();
}

static gboolean
act_cb (gpointer user_data)
{
  if (g_get_monotonic_time () < monkey.pause)
    return G_SOURCE_CONTINUE;
  if (monkey.done++ < monkey.actions)
    {
      act ();
      return G_SOURCE_CONTINUE;
    }
  printf ("ok 1 %d actions\n", monkey.actions);
  g_application_quit (G_APPLICATION (monkey.application));
  return G_SOURCE_REMOVE;
}

/* The window and the program stay, whichever way they are asked to go. */
static gboolean
close_request_cb (void)
{
  return TRUE;
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window)
{
  if (monkey.window != NULL || !MQ_IS_WINDOW (window))
    return;
  monkey.window = MQ_WINDOW (window);
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "window.close", FALSE); /* the finder offers it */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (application), "quit")), FALSE);
  g_timeout_add_full (G_PRIORITY_LOW, 2, act_cb, NULL, NULL);
}

static void
tell_last_cb (int number)
{
  fprintf (stderr, "# after action %d: %s\n", monkey.done, monkey.last);
  signal (number, SIG_DFL);
  raise (number);
}

static gboolean
make_files (GError **error)
{
  g_autoptr (GString) rows = g_string_new ("order_id,customer_id,paid_at,amount\n");

  monkey.folder = g_dir_make_tmp ("mq-monkey-XXXXXX", error);
  if (monkey.folder == NULL)
    return FALSE;
  monkey.project = g_build_filename (monkey.folder, "shop.marquetry", NULL);
  monkey.file = g_build_filename (monkey.folder, "orders.csv", NULL);
  for (int i = 0; i < 50; i++)
    g_string_append_printf (rows, "N%d,K%d,2026-05-%02d 10:00:00,12.50\n", i, i % 20, i % 28 + 1);
  g_string_append (rows, "N99,K99,never,12.50\n");
  return g_file_set_contents (monkey.file, rows->str, (gssize) rows->len, error) &&
         mq_sample_make_project (mq_sample_find ("shop-en"), monkey.project, NULL, error);
}

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (monkey.folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (monkey.folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (monkey.folder);
}

int
main (int argc, char **argv)
{
  int          seed = 1;
  GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, NULL, NULL },
    { "actions", 0, 0, G_OPTION_ARG_INT, &monkey.actions, NULL, NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &monkey.verbose, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  char *arguments[] = { argv[0], NULL, NULL };

  monkey.actions = 300;
  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !make_files (&error))
    g_error ("%s", error->message);
  mq_random_init (&monkey.random, (guint64) seed, 0);
  signal (SIGTRAP, tell_last_cb);
  signal (SIGABRT, tell_last_cb);
  signal (SIGSEGV, tell_last_cb);
  printf ("1..1\n# seed %d\n", seed);
  fflush (stdout);
  arguments[1] = monkey.project;
  monkey.application = mq_application_new ();
  g_application_set_flags (G_APPLICATION (monkey.application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (monkey.application, "window-added", G_CALLBACK (window_added_cb), NULL);
  g_application_run (G_APPLICATION (monkey.application), 2, arguments);
  if (monkey.done <= monkey.actions)
    printf ("not ok 1 ended after action %d: %s\n", monkey.done, monkey.last);
  g_object_unref (monkey.application);
  remove_files ();
  return 0;
}
