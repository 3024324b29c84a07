/* answer-view.c: figures, cards, warnings, rules. */

#include "config.h"

#include "pages/answer-view.h"

#include <glib/gi18n.h>

#include "provenance-list.h"
#include "result-view.h"
#include "wrap-box.h"

#define SPACING 12
#define MAIN_LINES 26.0
/* An answer that takes longer dims the one before: what blinks cannot be read. */
#define STALE_AFTER_MS 150
/* Answers that come faster than this are a slider's: what is not the main figure waits until it rests. */
#define HURRY_US 400000
#define REST_MS 150
#define STALE_OPACITY 0.5

/* The toggles of a card, two in each pair: the second one is on or not. */
typedef struct
{
  MqResultView *view;    /* (borrowed) */
  GPtrArray    *seconds; /* (owned) (element-type GtkToggleButton) */
} Card;

struct _MqAnswerView
{
  AdwBin parent_instance;

  GtkBox        *box;      /* (borrowed) */
  GtkWidget     *figures;  /* (borrowed) the line of tiles */
  GtkLabel      *warnings; /* (borrowed) */
  GtkWidget     *notes;    /* (borrowed) the line of rules */
  GtkLabel      *rules;    /* (borrowed) */
  GtkMenuButton *details;  /* (borrowed) */

  const MqAnswerCard *specs; /* (nullable) */
  GPtrArray          *tiles; /* (owned) (element-type MqTile) */
  GArray             *cards; /* (owned) (element-type Card) */

  MqResult  *result;     /* (owned) (nullable) */
  GPtrArray *charts;     /* (owned) (nullable) (element-type MqChart) the result's */
  gint64     answered;   /* monotonic time of the last answer, or 0 */
  guint      shower;     /* tick callback that shows the other cards and the notes, or 0 */
  guint      rest;       /* source that begins it, or 0 */
  guint      next;       /* what it shows next: a card from 1, or the notes after all of them */
  gboolean   main_first; /* this frame has the main card to draw */
  guint      stale;      /* source that dims, or 0 */
};

enum
{
  SIGNAL_ROW_ACTIVATED,
  SIGNAL_TILE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MqAnswerView, mq_answer_view, ADW_TYPE_BIN)

static Card *
get_card (MqAnswerView *self, guint index)
{
  return &g_array_index (self->cards, Card, index);
}

/* (nullable) What the card shows of the result. */
static MqChart *
find_chart (MqAnswerView *self, guint index)
{
  Card *card = get_card (self, index);
  guint choice = 0;

  if (self->charts == NULL)
    return NULL;
  if (self->specs == NULL)
    return index < self->charts->len ? self->charts->pdata[index] : NULL;
  for (guint i = 0; i < card->seconds->len; i++)
    if (gtk_toggle_button_get_active (card->seconds->pdata[i]))
      choice |= 1U << i;
  return mq_charts_find (self->charts, self->specs[index].charts[choice]);
}

static void
show_card (MqAnswerView *self, guint index)
{
  mq_result_view_set_chart (get_card (self, index)->view, find_chart (self, index));
}

static void
show_notes (MqAnswerView *self)
{
  g_autofree char *text = g_strjoinv ("\n", (char **) mq_result_warnings (self->result));
  GtkPopover      *popover = gtk_menu_button_get_popover (self->details);

  gtk_label_set_text (self->rules, mq_result_rules (self->result));
  gtk_label_set_text (self->warnings, text);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), *text != '\0');
  gtk_widget_set_visible (self->notes, TRUE);
  if (gtk_widget_get_visible (GTK_WIDGET (popover)))
    gtk_popover_set_child (popover, mq_provenance_list_new (self->result));
}

/* It is made when it is asked for. */
static void
show_details_cb (GtkMenuButton *button, gpointer user_data)
{
  MqAnswerView *self = user_data;

  gtk_popover_set_child (gtk_menu_button_get_popover (button), self->result != NULL ? mq_provenance_list_new (self->result) : NULL);
}

static gboolean
has_others (MqAnswerView *self)
{
  return self->next <= self->cards->len;
}

static void
show_next (MqAnswerView *self)
{
  guint next = self->next++;

  if (next < self->cards->len)
    {
      show_card (self, next);
      gtk_widget_set_opacity (GTK_WIDGET (get_card (self, next)->view), 1);
    }
  else
    show_notes (self);
}

/* One card a frame, so that none takes long; not in the frame that draws the main one. */
static gboolean
show_next_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  MqAnswerView *self = MQ_ANSWER_VIEW (widget);

  if (!self->main_first && has_others (self))
    show_next (self);
  self->main_first = FALSE;
  if (has_others (self))
    return G_SOURCE_CONTINUE;
  self->shower = 0;
  return G_SOURCE_REMOVE;
}

static void
show_others (MqAnswerView *self)
{
  self->main_first = TRUE;
  if (self->shower == 0)
    self->shower = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_next_cb, NULL, NULL);
}

static void
rest_cb (gpointer user_data)
{
  MqAnswerView *self = user_data;

  self->rest = 0;
  show_others (self);
}

static void
stop_showing (MqAnswerView *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->shower != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->shower);
  self->shower = 0;
}

/* While a slider moves, cards that show the answer before say so. */
static void
wait_for_rest (MqAnswerView *self)
{
  for (guint i = 1; i < self->cards->len; i++)
    gtk_widget_set_opacity (GTK_WIDGET (get_card (self, i)->view), STALE_OPACITY);
  self->rest = g_timeout_add_once (REST_MS, rest_cb, self);
}

/* The main card at once, the others after it; all of them at once where nothing is to be seen of the last answer. */
static void
show_cards (MqAnswerView *self, gboolean first)
{
  gboolean at_once = first || !gtk_widget_get_mapped (GTK_WIDGET (self));
  gint64   now = g_get_monotonic_time ();
  gboolean hurry = self->answered != 0 && now - self->answered < HURRY_US;

  stop_showing (self);
  self->answered = now;
  self->next = 1;
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_set_visible (GTK_WIDGET (get_card (self, i)->view), find_chart (self, i) != NULL);
  show_card (self, 0);
  while (at_once && has_others (self))
    show_next (self);
  if (!at_once && hurry)
    wait_for_rest (self);
  else if (!at_once)
    show_others (self);
}

static void
hide_all (MqAnswerView *self)
{
  stop_showing (self);
  gtk_widget_set_visible (self->figures, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), FALSE);
  gtk_widget_set_visible (self->notes, FALSE);
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_set_visible (GTK_WIDGET (get_card (self, i)->view), FALSE);
}

static void
row_activated_cb (MqResultView *view, guint64 row, MqAnswerView *self)
{
  g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, mq_result_view_get_chart (view), row);
}

static void
toggled_cb (MqAnswerView *self, GtkWidget *toggle)
{
  for (guint i = 0; i < self->cards->len; i++)
    if (gtk_widget_is_ancestor (toggle, GTK_WIDGET (get_card (self, i)->view)))
      show_card (self, i);
}

/* Two words of which one holds. (transfer floating) */
static GtkWidget *
make_pair (MqAnswerView *self, Card *card, const char *const *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = gtk_toggle_button_new_with_label (_ (words[0]));
  GtkWidget *second = gtk_toggle_button_new_with_label (_ (words[1]));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (second), GTK_TOGGLE_BUTTON (first));
  g_signal_connect_object (second, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  g_ptr_array_add (card->seconds, second);
  return box;
}

static GtkWidget *
make_toggles (MqAnswerView *self, Card *card, const char *const *words)
{
  GtkWidget *box = mq_wrap_box_new ();

  g_object_set (box, "spacing", SPACING, NULL);
  for (guint i = 0; words[i] != NULL; i += 2)
    gtk_widget_set_parent (make_pair (self, card, &words[i]), box);
  return box;
}

/* (transfer floating) */
static GtkWidget *
make_card (MqAnswerView *self, const MqAnswerCard *spec)
{
  Card card = { .view = MQ_RESULT_VIEW (mq_result_view_new ()), .seconds = g_ptr_array_new () };

  g_signal_connect_object (card.view, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  if (spec->lines > 0)
    mq_result_view_set_lines (card.view, spec->lines);
  if (spec->toggles != NULL)
    mq_result_view_set_extra (card.view, make_toggles (self, &card, spec->toggles));
  g_array_append_val (self->cards, card);
  return GTK_WIDGET (card.view);
}

static GtkWidget *
make_line (const char *label, guint per_line)
{
  GtkWidget *box = mq_wrap_box_new ();

  g_object_set (box, "spacing", SPACING, "homogeneous", TRUE, "max-per-line", per_line, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return box;
}

static void
add_card (MqAnswerView *self, const MqAnswerCard *spec, GtkWidget **line)
{
  GtkWidget *card = make_card (self, spec);

  if (spec->wide)
    {
      gtk_box_append (self->box, card);
      *line = NULL;
      return;
    }
  if (*line == NULL)
    {
      *line = make_line (_ ("Charts"), 2);
      gtk_widget_set_vexpand (*line, TRUE);
      gtk_box_append (self->box, *line);
    }
  gtk_widget_set_parent (card, *line);
}

static void
add_cards (MqAnswerView *self, guint n_views)
{
  const MqAnswerCard main_card = { .wide = TRUE, .lines = MAIN_LINES };
  const MqAnswerCard other_card = { .wide = FALSE };
  GtkWidget         *line = NULL;

  for (guint i = 0; self->specs != NULL && self->specs[i].charts != NULL; i++)
    add_card (self, &self->specs[i], &line);
  for (guint i = 0; self->specs == NULL && i < n_views; i++)
    add_card (self, i == 0 ? &main_card : &other_card, &line);
}

static void
tile_activated_cb (MqTile *tile, MqAnswerView *self)
{
  guint index;

  if (g_ptr_array_find (self->tiles, tile, &index))
    g_signal_emit (self, signals[SIGNAL_TILE_ACTIVATED], 0, index);
}

static void
add_tiles (MqAnswerView *self, const char *const *captions, gboolean opening)
{
  self->figures = make_line (_ ("Headline figures"), 4);
  for (guint i = 0; captions[i] != NULL; i++)
    {
      g_ptr_array_add (self->tiles, opening ? mq_tile_new_opening (_ (captions[i])) : mq_tile_new (_ (captions[i])));
      g_signal_connect_object (self->tiles->pdata[i], "activated", G_CALLBACK (tile_activated_cb), self, 0);
      gtk_widget_set_parent (self->tiles->pdata[i], self->figures);
    }
  gtk_box_append (self->box, self->figures);
}

static GtkWidget *
make_label (GtkLabel **label, const char *css_class)
{
  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_wrap (*label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (*label), css_class);
  return GTK_WIDGET (*label);
}

static void
add_rules (MqAnswerView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), make_label (&self->rules, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->rules), "dim-label");
  gtk_widget_set_hexpand (GTK_WIDGET (self->rules), TRUE);
  gtk_label_set_selectable (self->rules, TRUE);
  self->details = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->details, "dialog-information-symbolic");
  gtk_menu_button_set_popover (self->details, gtk_popover_new ());
  gtk_menu_button_set_create_popup_func (self->details, show_details_cb, self, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->details), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->details), _ ("Where these figures come from"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->details), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Where these figures come from"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->details), "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->details));
  self->notes = box;
  gtk_box_append (self->box, box);
}

static void
clear_card (gpointer data)
{
  g_ptr_array_unref (((Card *) data)->seconds);
}

static void
mq_answer_view_dispose (GObject *object)
{
  MqAnswerView *self = MQ_ANSWER_VIEW (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_handle_id (&self->stale, g_source_remove);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->result, mq_result_unref);

  G_OBJECT_CLASS (mq_answer_view_parent_class)->dispose (object);
}

static void
mq_answer_view_finalize (GObject *object)
{
  MqAnswerView *self = MQ_ANSWER_VIEW (object);

  g_ptr_array_unref (self->tiles);
  g_array_unref (self->cards);

  G_OBJECT_CLASS (mq_answer_view_parent_class)->finalize (object);
}

static void
mq_answer_view_class_init (MqAnswerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_answer_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = mq_answer_view_finalize;
  signals[SIGNAL_ROW_ACTIVATED] =
      g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT64);
  signals[SIGNAL_TILE_ACTIVATED] = g_signal_new ("tile-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
mq_answer_view_init (MqAnswerView *self)
{
  self->tiles = g_ptr_array_new ();
  self->cards = g_array_new (FALSE, FALSE, sizeof (Card));
  g_array_set_clear_func (self->cards, clear_card);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
mq_answer_view_new (const char *const *tiles, gboolean opening, const MqAnswerCard *cards, guint n_views, GtkWidget *supplement)
{
  MqAnswerView *self = g_object_new (MQ_TYPE_ANSWER_VIEW, NULL);

  self->specs = cards;
  add_tiles (self, tiles, opening);
  add_cards (self, n_views);
  if (supplement != NULL)
    gtk_box_append (self->box, supplement);
  gtk_box_append (self->box, make_label (&self->warnings, "warning"));
  add_rules (self);
  return GTK_WIDGET (self);
}

MqTile *
mq_answer_view_get_tile (MqAnswerView *self, guint index)
{
  return self->tiles->pdata[index];
}

MqResult *
mq_answer_view_get_result (MqAnswerView *self)
{
  return self->result;
}

MqChart *
mq_answer_view_get_chart (MqAnswerView *self)
{
  return self->charts != NULL && self->charts->len > 0 ? self->charts->pdata[0] : NULL;
}

void
mq_answer_view_set_result (MqAnswerView *self, MqResult *result)
{
  gboolean first = self->result == NULL;

  g_clear_pointer (&self->charts, g_ptr_array_unref);
  if (result != NULL)
    mq_result_ref (result);
  g_clear_pointer (&self->result, mq_result_unref);
  self->result = result;
  if (result == NULL)
    {
      hide_all (self);
      return;
    }
  self->charts = mq_charts_for_result (result);
  gtk_widget_set_visible (self->figures, TRUE);
  show_cards (self, first);
}

static void
stale_cb (gpointer user_data)
{
  MqAnswerView *self = user_data;

  self->stale = 0;
  gtk_widget_set_opacity (GTK_WIDGET (self->box), STALE_OPACITY);
}

/* Not by a class: it would have the style of everything below it looked up again. */
void
mq_answer_view_set_stale (MqAnswerView *self, gboolean stale)
{
  if (stale && self->stale == 0)
    self->stale = g_timeout_add_once (STALE_AFTER_MS, stale_cb, self);
  if (stale)
    return;
  g_clear_handle_id (&self->stale, g_source_remove);
  gtk_widget_set_opacity (GTK_WIDGET (self->box), 1);
}
