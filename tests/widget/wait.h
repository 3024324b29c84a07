/* wait.h: running the main context until something is so, with a bound instead of a sleep. */

#pragma once

#include <gtk/gtk.h>

static inline gboolean
time_out_cb (gpointer data)
{
  g_error ("waited too long for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

#define WAIT(condition)                                                            \
  G_STMT_START                                                                     \
  {                                                                                \
    guint bound_ = g_timeout_add_seconds (60, time_out_cb, (gpointer) #condition); \
    while (!(condition))                                                           \
      g_main_context_iteration (NULL, TRUE);                                       \
    g_source_remove (bound_);                                                      \
  }                                                                                \
  G_STMT_END

/* A window with the widget in it, shown and laid out. */
static inline GtkWidget *
show_in_window (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 600, 500);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  WAIT (gtk_widget_get_width (widget) > 0);
  return window;
}

/* Destroys the window and proves that nothing keeps the widget. */
static inline void
destroy_window (GtkWidget *window, GtkWidget *widget)
{
  gpointer watched = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &watched);
  gtk_window_destroy (GTK_WINDOW (window));
  WAIT (watched == NULL);
}
