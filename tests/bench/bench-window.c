/* bench-window.c: what the window costs the processor on its main thread, as JSON. Run by bench-window.py; needs a display.
 *
 *   bench-window first-frame [PROJECT]   from the start of the process to the end of the first frame (of the project's page)
 *   bench-window pages PROJECT           one switch of pages whose answers are there, until its frame is drawn
 *   bench-window slider PROJECT          all work between two frames while the window of the funnel's steps slides (a project
 *                                        with the events of bench-data), and how long a position waits for its figures
 *   bench-window answer PROJECT PAGE     time on the clock from the choice of a page (its id) until its first answer is drawn
 *   bench-window import PROJECT FILE     all work between two frames while FILE (events) is imported and pages are changed */

#include "application.h"
#include "import-work.h"
#include "page-registry.h"
#include "page.h"
#include "window.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SETTLE_MS 1500
#define SWITCHES 60
#define WARM_EVERY_MS 700
#define SWITCH_EVERY_MS 1000
#define SLIDE_EVERY_MS 30
#define SLIDES 300
#define LONGEST_DAYS 89

typedef struct
{
  const char    *mode;
  const char    *project; /* (nullable) */
  const char    *file;    /* (nullable) */
  MqApplication *application;
  MqWindow      *window;
  GArray        *figures;           /* (element-type double) milliseconds of CPU of the main thread */
  double         begin;             /* of the switch or frame under way */
  guint          n;                 /* switches done */
  gboolean       waiting;           /* a switch waits for its frame */
  gboolean       importing;         /* all work between two frames counts */
  gint64         asked;             /* when the page was chosen, of the mode "answer" */
  GtkRange      *range;             /* (borrowed) of the mode "slider" */
  gint64         moved[SLIDES + 1]; /* when the range was set for the n-th time; 0: its figures are shown */
  GArray        *lags;              /* (element-type double) milliseconds until they were */
  gboolean       finished;
} Bench;

static double
get_cpu (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static double
get_main_thread (void)
{
  return get_cpu (CLOCK_THREAD_CPUTIME_ID);
}

static int
compare_figures (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_percentile (GArray *figures, double share)
{
  return g_array_index (figures, double, (guint) MIN (floor (share * figures->len), figures->len - 1));
}

static void
finish (Bench *self)
{
  self->finished = TRUE;
  if (self->figures->len > 0)
    {
      g_array_sort (self->figures, compare_figures);
      printf ("{\"mode\": \"%s\", \"n\": %u, \"median_ms\": %.2f, \"p95_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f}\n", self->mode, self->figures->len, get_percentile (self->figures, 0.5), get_percentile (self->figures, 0.95), get_percentile (self->figures, 0.99), get_percentile (self->figures, 1));
    }
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
}

static void
note (Bench *self, double figure)
{
  g_array_append_val (self->figures, figure);
}

static gboolean
switch_cb (gpointer user_data)
{
  Bench *self = user_data;
  guint  n_pages;

  if (self->finished)
    return G_SOURCE_REMOVE;
  mq_page_registry (&n_pages);
  if (g_str_equal (self->mode, "pages"))
    {
      if (self->n >= SWITCHES)
        {
          finish (self);
          return G_SOURCE_REMOVE;
        }
      self->begin = get_main_thread ();
      self->waiting = TRUE;
    }
  gtk_widget_activate_action (GTK_WIDGET (self->window), "project.page", "i", (int) (self->n++ % n_pages));
  return G_SOURCE_CONTINUE;
}

/* Keeps the frames coming, so that each of them counts: also those in which nothing happens. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The n-th position of the slider: there and back again, each value once a way. */
static int
get_days (guint n)
{
  guint at = n % (2 * LONGEST_DAYS);

  return 1 + (int) (at <= LONGEST_DAYS ? at : 2 * LONGEST_DAYS - at);
}

static GtkWidget *
find_mapped (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Figures of a position are also those that every earlier one waited for. */
static void
answered_cb (Bench *self, MqPage *page)
{
  MqResult *result = MQ_PAGE_GET_CLASS (page)->get_result (page);
  const int days = result != NULL ? atoi (mq_settings_text (mq_result_settings (result), "window")) : 0;
  guint     shown = self->n;

  while (shown > 0 && get_days (shown) != days)
    shown--;
  for (guint i = 1; i <= shown; i++)
    if (self->moved[i] != 0)
      {
        const double lag = (double) (g_get_monotonic_time () - self->moved[i]) / 1e3;

        g_array_append_val (self->lags, lag);
        self->moved[i] = 0;
      }
}

static gboolean
slide_cb (gpointer user_data)
{
  Bench *self = user_data;

  if (self->n == SLIDES && self->lags->len > 0)
    {
      g_array_sort (self->lags, compare_figures);
      printf ("{\"mode\": \"slider, behind\", \"n\": %u, \"median_ms\": %.1f, \"p99_ms\": %.1f, \"max_ms\": %.1f}\n", self->lags->len, get_percentile (self->lags, 0.5), get_percentile (self->lags, 0.99), get_percentile (self->lags, 1));
    }
  if (self->n == SLIDES)
    {
      finish (self);
      return G_SOURCE_REMOVE;
    }
  self->n++;
  self->moved[self->n] = g_get_monotonic_time ();
  gtk_range_set_value (self->range, get_days (self->n));
  return G_SOURCE_CONTINUE;
}

/* Until the first answer is there the page shows none of its controls. */
static void
begin_slide_cb (gpointer user_data)
{
  Bench     *self = user_data;
  GtkWidget *page = find_mapped (GTK_WIDGET (self->window), MQ_TYPE_PAGE);
  GtkWidget *scale = page != NULL ? find_mapped (page, GTK_TYPE_SCALE) : NULL;

  if (scale == NULL)
    {
      g_timeout_add_once (SETTLE_MS, begin_slide_cb, self);
      return;
    }
  self->range = GTK_RANGE (scale);
  g_signal_connect_swapped (page, "answer-changed", G_CALLBACK (answered_cb), self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, NULL, NULL);
  self->begin = get_main_thread ();
  self->importing = TRUE;
  self->n = 0;
  g_timeout_add (SLIDE_EVERY_MS, slide_cb, self);
}

static void
open_page (Bench *self, const char *id)
{
  guint n;

  mq_page_registry (&n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (mq_page_registry (&n)[i].id, id))
      gtk_widget_activate_action (GTK_WIDGET (self->window), "project.page", "i", (int) i);
}

/* The page with four steps; its first answer is not counted. */
static void
open_funnel (Bench *self)
{
  mq_session_set_value (mq_window_get_session (self->window), "page.funnel", "{'step': <['product_view', 'add_to_cart', 'checkout', 'purchase']>, 'trend': <'none'>}");
  open_page (self, "funnel");
  g_timeout_add_once (4 * SETTLE_MS, begin_slide_cb, self);
}

static gboolean
is_answered (Bench *self)
{
  GtkWidget *page = find_mapped (GTK_WIDGET (self->window), MQ_TYPE_PAGE);
  MqResult  *result = page != NULL ? MQ_PAGE_GET_CLASS (page)->get_result (MQ_PAGE (page)) : NULL;

  return result != NULL && g_str_equal (mq_result_provenance (result)->module, self->file);
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;

  if (self->finished)
    return;
  if (g_str_equal (self->mode, "first-frame"))
    {
      note (self, get_cpu (CLOCK_PROCESS_CPUTIME_ID));
      finish (self);
    }
  else if (self->asked != 0 && is_answered (self))
    {
      note (self, (double) (g_get_monotonic_time () - self->asked) / 1e3);
      finish (self);
    }
  else if (self->importing)
    {
      note (self, get_main_thread () - self->begin);
      self->begin = get_main_thread ();
    }
  else if (self->waiting)
    note (self, get_main_thread () - self->begin);
  self->waiting = FALSE;
}

static void
imported_cb (Bench *self, const GPtrArray *files)
{
  const MqImportedFile *file = files != NULL ? files->pdata[0] : NULL;

  if (file != NULL && file->error != NULL)
    g_printerr ("%s\n", file->error);
  finish (self);
}

static void
begin_import (Bench *self)
{
  MqSession *session = mq_window_get_session (self->window);
  g_autoptr (MqImportRecipe) recipe = mq_import_recipe_new (MQ_KIND_EVENTS);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_import_choice_free);
  MqImportWork *work;

  g_ptr_array_add (choices, mq_import_choice_new (self->file, NULL, recipe, mq_session_get_zone (session), mq_session_get_currency (session)));
  work = mq_import_work_start (session, choices, "bench");
  g_signal_connect_swapped (work, "finished", G_CALLBACK (imported_cb), self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, NULL, NULL);
  self->importing = TRUE;
  self->begin = get_main_thread ();
}

/* The first round makes the pages, the second draws their answers. */
static gboolean
warm_cb (gpointer user_data)
{
  Bench *self = user_data;
  guint  n_pages;

  mq_page_registry (&n_pages);
  if (self->n < 2 * n_pages)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "project.page", "i", (int) (self->n++ % n_pages));
      return G_SOURCE_CONTINUE;
    }
  self->n = 0;
  if (g_str_equal (self->mode, "import"))
    begin_import (self);
  g_timeout_add (SWITCH_EVERY_MS, switch_cb, self);
  return G_SOURCE_REMOVE;
}

static void
settled_cb (gpointer user_data)
{
  Bench *self = user_data;

  if (g_str_equal (self->mode, "slider"))
    open_funnel (self);
  else if (g_str_equal (self->mode, "answer"))
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, NULL, NULL);
      self->asked = g_get_monotonic_time ();
      open_page (self, self->file);
    }
  else
    g_timeout_add (WARM_EVERY_MS, warm_cb, self);
}

static void
window_added_cb (Bench *self, GtkWindow *window)
{
  GdkFrameClock *clock;

  if (self->window != NULL || !MQ_IS_WINDOW (window))
    return;
  self->window = MQ_WINDOW (window);
  gtk_widget_realize (GTK_WIDGET (window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  if (!g_str_equal (self->mode, "first-frame"))
    g_timeout_add_once (SETTLE_MS, settled_cb, self);
}

int
main (int argc, char **argv)
{
  Bench            self = { .mode = argc > 1 ? argv[1] : "first-frame", .project = argc > 2 ? argv[2] : NULL, .file = argc > 3 ? argv[3] : NULL };
  g_autofree char *name = g_strdup (argv[0]);
  char            *arguments[] = { name, (char *) self.project, NULL };

  self.figures = g_array_new (FALSE, FALSE, sizeof (double));
  self.lags = g_array_new (FALSE, FALSE, sizeof (double));
  self.application = mq_application_new ();
  g_application_set_flags (G_APPLICATION (self.application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_signal_connect_swapped (self.application, "window-added", G_CALLBACK (window_added_cb), &self);
  g_application_run (G_APPLICATION (self.application), self.project != NULL ? 2 : 1, arguments);
  g_object_unref (self.application);
  g_array_unref (self.figures);
  return self.finished ? 0 : 1;
}
