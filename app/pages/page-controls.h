/* page-controls.h: the controls of an analysis's settings: the first ones in a bar above the answer, the others in a pane
 * beside it. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One control: a choice of values, or of what mq_page_controls_offer() says (one, many), or an entry. */
typedef struct
{
  const char        *setting; /* of the analysis; NULL ends the list */
  const char        *title;   /* N_() */
  const char *const *values;  /* (nullable) NULL-terminated; the first is the default */
  const char *const *labels;  /* N_(), one a value */
  const char        *hint;    /* (nullable) N_(): of an entry */
  const char        *tip;     /* (nullable) N_(): of an entry, longer */
  int                width;   /* of an entry, in characters; 0: the usual one */
  /* (nullable) Another control and its value: without it this one is hidden, and its setting is not asked for. */
  const char *only_with, *only_value;
  gboolean    offers; /* an entry that has a button with a menu: mq_page_controls_offer() */
  gboolean    one;    /* one of what mq_page_controls_offer() says; the hint stands for none of them, the default */
  /* (nullable) Several of what mq_page_controls_offer() says, with commas between: this is the default, and the hint stands for
   * none of them, which is a value too. */
  const char *many;
} MqPageControl;

typedef struct _MqPageControls MqPageControls;

/* `changed` (user_data) is called when a control has another value, also by mq_page_controls_read(). `controls` must stay. */
typedef void (*MqPageControlsChanged) (gpointer user_data);
MqPageControls *mq_page_controls_new (const MqPageControl *controls, MqPageControlsChanged changed, gpointer user_data);
void            mq_page_controls_free (MqPageControls *self);

/* The first `n_bar` controls (0: all) side by side after the widget `first`; with a button for the pane if there is one. */
GtkWidget *mq_page_controls_make_bar (MqPageControls *self, guint n_bar, GtkWidget *first /* (transfer floating) (nullable) */);
/* The others, to be made after the bar. (nullable): NULL if there are none */
GtkWidget *mq_page_controls_make_pane (MqPageControls *self, guint n_bar);

/* A control's text; "" is the default. */
const char *mq_page_controls_get (MqPageControls *self, const char *setting);
void        mq_page_controls_set (MqPageControls *self, const char *setting, const char *text);
/* (transfer full) What is not as it is at first, in words: "Words: delivery · Unit: Weeks"; "": nothing. */
char *mq_page_controls_describe (MqPageControls *self);
/* Adds what the controls say to the settings. */
void mq_page_controls_fill (MqPageControls *self, GVariantDict *settings);
/* Shows these settings: a{sv}. */
void mq_page_controls_read (MqPageControls *self, GVariant *settings /* (nullable) */);

/* What the menu beside an entry, a choice or a check list offers, in sections; an item's text and what it writes into the entry. */
void mq_page_controls_add_offer (GMenu *menu, const char *label, const char *text);
void mq_page_controls_offer (MqPageControls *self, const char *setting, GMenuModel *menu);

/* A label before (in the bar) or above (in the pane) the widget that it names. */
GtkWidget *mq_page_control_label (const char *title, GtkWidget *widget, GtkOrientation orientation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqPageControls, mq_page_controls_free)

G_END_DECLS
