/* comment-list.c: GtkListView over the rows of a table of comments. */

#include "config.h"

#include "comment-list.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/format.h"
#include "sentiment/feedback-query.h"
#include "sentiment/scored-texts.h"
#include "sentiment/stock-phrases.h"
#include "table-rows.h"
#include "wrap-box.h"

#define MAX_CHARACTERS 2000
#define SEPARATOR " · "
#define LEAST_TINT 0.18 /* of a mark's ground, and the strongest mark's */
#define MOST_TINT 0.5

struct _MqCommentList
{
  AdwBin parent_instance;

  MqTable     *table;    /* (owned) (nullable) */
  GtkListView *view;     /* (borrowed) */
  GArray      *labels;   /* (owned) (element-type MqMoodLabel) corrected since the table was made */
  GPtrArray   *searched; /* (owned) (element-type MqFeedbackQuery) */
  GHashTable  *stock;    /* (owned) (element-type utf8) a set: what became a stock phrase since then */
};

enum
{
  SIGNAL_CORRECT,
  SIGNAL_STOCK,
  SIGNAL_CUSTOMER,
  SIGNAL_VOICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The colours of moods in charts, as grounds for either theme. */
static const guint16 tints[MQ_N_POLARITIES][3] = {
  [MQ_POLARITY_NEGATIVE] = { 0xe600, 0x6100, 0x0000 },
  [MQ_POLARITY_NEUTRAL] = { 0x8000, 0x8000, 0x8000 },
  [MQ_POLARITY_POSITIVE] = { 0x3500, 0x8400, 0xe400 },
};

/* A marker pen, for either theme. */
static const guint16 marker[3] = { 0xf5f5, 0xc2c2, 0x1111 };

G_DEFINE_FINAL_TYPE (MqCommentList, mq_comment_list, ADW_TYPE_BIN)

static const char *
get_text (MqTable *table, gsize row, const char *column)
{
  int index = mq_table_find_column (table, column);

  return index >= 0 ? mq_table_text (table, row, index) : NULL;
}

static MqPolarity
find_polarity (const char *name)
{
  for (guint i = 0; i < MQ_N_POLARITIES; i++)
    if (g_strcmp0 (mq_polarity_name (i), name) == 0)
      return i;
  return MQ_POLARITY_NEUTRAL;
}

static void
insert (PangoAttrList *list, PangoAttribute *attribute, const MqMoodMark *mark)
{
  attribute->start_index = mark->first;
  attribute->end_index = mark->end;
  pango_attr_list_insert (list, attribute);
}

/* What pulls away from a mood pulls to the opposite one; from neutral, to neither. */
static void
add_mark (PangoAttrList *list, const MqMoodMark *mark, MqPolarity polarity, double most)
{
  gboolean   against = mark->weight < 0;
  MqPolarity side = against ? MQ_POLARITY_POSITIVE - polarity : polarity;

  if (against && polarity == MQ_POLARITY_NEUTRAL)
    return;
  insert (list, pango_attr_background_new (tints[side][0], tints[side][1], tints[side][2]), mark);
  insert (list, pango_attr_background_alpha_new ((guint16) (65535 * (LEAST_TINT + (MOST_TINT - LEAST_TINT) * fabs (mark->weight) / most))), mark);
  insert (list, against ? pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) : pango_attr_weight_new (PANGO_WEIGHT_BOLD), mark);
}

static PangoAttrList *
mark_words (const char *text, MqPolarity polarity)
{
  const MqMoodModel *model = mq_mood_model_get (NULL);
  PangoAttrList     *list = pango_attr_list_new ();
  g_autoptr (GArray) marks = model != NULL ? mq_mood_explain (model, text, strlen (text), polarity, NULL) : NULL;
  double most = 0;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    most = MAX (most, fabs (g_array_index (marks, MqMoodMark, i).weight));
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    add_mark (list, &g_array_index (marks, MqMoodMark, i), polarity, most);
  return list;
}

/* What was searched has the ground of its own, whatever else its words say. */
static void
mark_searched (PangoAttrList *list, const MqFeedbackQuery *query, const char *text)
{
  g_autoptr (GArray) spans = mq_feedback_query_find (query, text);

  for (guint i = 0; i < spans->len; i++)
    {
      MqFeedbackSpan  span = g_array_index (spans, MqFeedbackSpan, i);
      PangoAttribute *attributes[] = { pango_attr_background_new (marker[0], marker[1], marker[2]), pango_attr_background_alpha_new ((guint16) (65535 * MOST_TINT)) };

      for (guint k = 0; k < G_N_ELEMENTS (attributes); k++)
        {
          attributes[k]->start_index = span.first;
          attributes[k]->end_index = span.end;
          pango_attr_list_change (list, attributes[k]);
        }
    }
}

static void
append (GString *out, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, SEPARATOR);
  g_string_append (out, text);
}

/* When, who, where, how many stars. */
static char *
describe_origin (MqTable *table, gsize row)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *time = mq_format_cell (table, row, mq_table_find_column (table, "time"));
  const char      *rating = get_text (table, row, "rating");
  g_autofree char *stars = rating != NULL ? g_strdup_printf (_ ("rated %s"), rating) : NULL;

  append (out, time);
  append (out, get_text (table, row, "customer"));
  append (out, get_text (table, row, "source"));
  append (out, stars);
  return g_string_free (out, FALSE);
}

/* What the user said of the comment since the table was made; NULL: nothing. */
static const MqMoodLabel *
find_label (MqCommentList *self, const char *text)
{
  return self->labels->len > 0 ? mq_mood_labels_find (self->labels, mq_mood_label_key (text, strlen (text))) : NULL;
}

static char *
describe_label (const MqMoodLabel *label)
{
  GString *out = g_string_new (NULL);

  append (out, _ (mq_polarity_name (label->polarity)));
  append (out, label->emotion >= 0 ? _ (mq_emotion_name (label->emotion)) : NULL);
  append (out, _ ("by hand"));
  return g_string_free (out, FALSE);
}

static char *
describe_mood (MqTable *table, gsize row)
{
  GString         *out = g_string_new (NULL);
  const char      *decided = get_text (table, row, "decided");
  gboolean         hand = g_strcmp0 (decided, mq_mood_origin_name (MQ_MOOD_BY_HAND)) == 0;
  g_autofree char *probability = mq_format_share (mq_table_number (table, row, mq_table_find_column (table, "probability")), 0);
  g_autofree char *polarity = g_strdup_printf (hand ? "%s" : "%s %s", _ (get_text (table, row, "polarity")), probability);

  if (mq_table_integer (table, row, mq_table_find_column (table, "uncertain")))
    append (out, _ ("uncertain"));
  append (out, polarity);
  append (out, _ (get_text (table, row, "emotion")));
  if (g_strcmp0 (decided, mq_mood_origin_name (MQ_MOOD_BY_MODEL)) != 0)
    append (out, _ (decided));
  return g_string_free (out, FALSE);
}

static GtkWidget *
make_caption (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_choice (GMenu *menu, const char *label, guint row, gint polarity, gint emotion)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "comment.correct", "(uii)", row, polarity, emotion);
  g_menu_append_item (menu, item);
}

/* A long text is no stock phrase. */
static void
add_stock_choice (MqCommentList *self, GMenu *menu, const char *text, guint row)
{
  gboolean         is_stock = mq_stock_phrases_contain (self->stock, text);
  g_autofree char *phrase = mq_stock_phrase_new (text);
  g_autoptr (GMenuItem) item = g_menu_item_new (is_stock ? _ ("A Comment After All") : _ ("Stock Phrase, Not a Comment"), NULL);

  if (phrase == NULL)
    return;
  g_menu_item_set_action_and_target (item, "comment.stock", "(ub)", row, !is_stock);
  g_menu_append_item (menu, item);
}

/* Somebody has to show it. */
static void
add_customer_choice (MqCommentList *self, GMenu *menu, guint shown_by, const char *action, const char *label, const char *customer)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (!g_signal_has_handler_pending (self, signals[shown_by], 0, TRUE))
    return;
  g_menu_item_set_action_and_target (item, action, "s", customer);
  g_menu_append_item (menu, item);
}

/* Who wrote it, if it is known. */
static void
add_customer_choices (MqCommentList *self, GMenu *menu, const char *customer)
{
  /* Translators: %s is a customer's key */
  g_autofree char *label = customer != NULL ? g_strdup_printf (_ ("Show Customer %s"), customer) : NULL;

  if (customer == NULL)
    return;
  add_customer_choice (self, menu, SIGNAL_CUSTOMER, "comment.customer", label, customer);
  add_customer_choice (self, menu, SIGNAL_VOICE, "comment.voice", _ ("All Comments of This Customer"), customer);
}

/* The polarity that goes with an emotion where it says one; surprise leaves the comment's own. */
static gint
find_fitting (gint emotion, MqPolarity own)
{
  for (gint polarity = 0; emotion != MQ_EMOTION_SURPRISE && polarity < MQ_N_POLARITIES; polarity++)
    if (mq_emotion_fits (emotion, polarity))
      return polarity;
  return own;
}

static void
fill_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  GtkWidget   *list = gtk_widget_get_ancestor (GTK_WIDGET (button), MQ_TYPE_COMMENT_LIST);
  GtkListItem *item = user_data;
  MqTableRow  *row = gtk_list_item_get_item (item);
  guint        number = mq_table_row_get_row (row);
  MqPolarity   own = find_polarity (get_text (mq_table_row_get_table (row), number, "polarity"));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) polarities = g_menu_new ();
  g_autoptr (GMenu) emotions = g_menu_new ();
  g_autoptr (GMenu) model = g_menu_new ();

  for (guint i = 0; i < MQ_N_POLARITIES; i++)
    add_choice (polarities, _ (mq_polarity_name (i)), number, i, MQ_MOOD_NO_LABEL);
  for (guint i = MQ_EMOTION_JOY; i < MQ_N_EMOTIONS; i++)
    add_choice (emotions, _ (mq_emotion_name (i)), number, find_fitting (i, own), i);
  add_choice (model, _ ("As the Model Reads It"), number, MQ_MOOD_NO_LABEL, MQ_MOOD_NO_LABEL);
  add_stock_choice (MQ_COMMENT_LIST (list), model, get_text (mq_table_row_get_table (row), number, "text"), number);
  add_customer_choices (MQ_COMMENT_LIST (list), model, get_text (mq_table_row_get_table (row), number, "customer"));
  g_menu_append_section (menu, _ ("Polarity"), G_MENU_MODEL (polarities));
  g_menu_append_section (menu, _ ("Emotion"), G_MENU_MODEL (emotions));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (model));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
make_mood_button (GtkListItem *item)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "mood");
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_halign (button, GTK_ALIGN_END); /* in a narrow window on a line of its own */
  gtk_widget_set_tooltip_text (button, _ ("Correct the mood, or see who wrote this"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_menu_cb, item, NULL);
  return button;
}

static void
setup_row_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (NULL);
  GtkWidget *line = mq_wrap_box_new ();
  GtkWidget *origin = make_caption ("dim-label");
  GtkWidget *mood = make_mood_button (item);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  g_object_set (line, "spacing", 3, NULL);
  gtk_widget_set_parent (origin, line);
  gtk_widget_set_parent (mood, line);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_add_css_class (box, "comment");
  g_object_set_data (G_OBJECT (item), "text", text);
  g_object_set_data (G_OBJECT (item), "origin", origin);
  g_object_set_data (G_OBJECT (item), "mood", mood);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_row_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  MqTableRow        *row = gtk_list_item_get_item (item);
  MqTable           *table = mq_table_row_get_table (row);
  gsize              number = mq_table_row_get_row (row);
  g_autofree char   *text = g_strdup (get_text (table, number, "text"));
  g_autofree char   *origin = describe_origin (table, number);
  MqCommentList     *self = user_data;
  g_autofree char   *mood = NULL;
  const MqMoodLabel *said;
  GtkLabel          *label = g_object_get_data (G_OBJECT (item), "text");
  g_autoptr (PangoAttrList) marks = NULL;

  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    *g_utf8_offset_to_pointer (text, MAX_CHARACTERS) = '\0';
  said = find_label (self, get_text (table, number, "text"));
  if (mq_stock_phrases_contain (self->stock, get_text (table, number, "text")))
    mood = g_strdup (_ ("stock phrase, left out"));
  else
    mood = said != NULL ? describe_label (said) : describe_mood (table, number);
  marks = mark_words (text, said != NULL ? (MqPolarity) said->polarity : find_polarity (get_text (table, number, "polarity")));
  for (guint i = 0; i < self->searched->len; i++)
    mark_searched (marks, g_ptr_array_index (self->searched, i), text);
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, marks);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "origin"), origin);
  gtk_menu_button_set_label (g_object_get_data (G_OBJECT (item), "mood"), mood);
}

static MqTableRows *
get_rows (MqCommentList *self)
{
  return MQ_TABLE_ROWS (gtk_no_selection_get_model (GTK_NO_SELECTION (gtk_list_view_get_model (self->view))));
}

/* The rows in sight are bound again. */
static void
refresh (MqCommentList *self)
{
  GListModel *rows = G_LIST_MODEL (get_rows (self));
  guint       n = g_list_model_get_n_items (rows);

  g_list_model_items_changed (rows, 0, n, n);
}

static void
correct_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MqCommentList *self = user_data;
  const char    *text;
  MqMoodLabel    label;
  guint          row;

  g_variant_get (parameter, "(uii)", &row, &label.polarity, &label.emotion);
  text = get_text (self->table, row, "text");
  label.text = mq_mood_label_key (text, strlen (text));
  if (label.polarity == MQ_MOOD_NO_LABEL)
    mq_mood_labels_remove (self->labels, label.text);
  else
    mq_mood_labels_set (self->labels, &label);
  refresh (self);
  g_signal_emit (self, signals[SIGNAL_CORRECT], 0, text, label.polarity, label.emotion);
}

static void
stock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MqCommentList *self = user_data;
  gboolean       is_stock;
  guint          row;

  g_variant_get (parameter, "(ub)", &row, &is_stock);
  g_signal_emit (self, signals[SIGNAL_STOCK], 0, get_text (self->table, row, "text"), is_stock);
}

static void
customer_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_CUSTOMER], 0, g_variant_get_string (parameter, NULL));
}

static void
voice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_VOICE], 0, g_variant_get_string (parameter, NULL));
}

static void
mq_comment_list_dispose (GObject *object)
{
  MqCommentList *self = MQ_COMMENT_LIST (object);

  g_clear_pointer (&self->table, mq_table_unref);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->stock, g_hash_table_unref);
  g_clear_pointer (&self->searched, g_ptr_array_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (mq_comment_list_parent_class)->dispose (object);
}

static void
mq_comment_list_class_init (MqCommentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_comment_list_dispose;

  signals[SIGNAL_CORRECT] = g_signal_new ("correct", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_STOCK] = g_signal_new ("stock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_CUSTOMER] = g_signal_new ("customer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_VOICE] = g_signal_new ("voice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mq_comment_list_init (MqCommentList *self)
{
  static const GActionEntry entries[] = { { "correct", correct_cb, "(uii)" }, { "stock", stock_cb, "(ub)" }, { "customer", customer_cb, "s" }, { "voice", voice_cb, "s" } };
  GtkListItemFactory       *factory = gtk_signal_list_item_factory_new ();
  GtkWidget                *scrolled = gtk_scrolled_window_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->labels = mq_mood_labels_parse (NULL);
  self->searched = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_feedback_query_free);
  self->stock = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "comment", G_ACTION_GROUP (actions));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
mq_comment_list_new (void)
{
  return g_object_new (MQ_TYPE_COMMENT_LIST, NULL);
}

void
mq_comment_list_set_table (MqCommentList *self, MqTable *table, const char *label)
{
  g_autoptr (GtkNoSelection) model = NULL;

  g_return_if_fail (MQ_IS_COMMENT_LIST (self));

  g_clear_pointer (&self->table, mq_table_unref);
  g_array_set_size (self->labels, 0);
  g_hash_table_remove_all (self->stock);
  self->table = table != NULL ? mq_table_ref (table) : NULL;
  model = gtk_no_selection_new (G_LIST_MODEL (mq_table_rows_new (table)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
mq_comment_list_set_stock (MqCommentList *self, const char *text, gboolean is_stock)
{
  g_return_if_fail (MQ_IS_COMMENT_LIST (self));

  if (mq_stock_phrases_set (self->stock, text, is_stock))
    refresh (self);
}

void
mq_comment_list_set_searched (MqCommentList *self, const char *const *queries)
{
  g_return_if_fail (MQ_IS_COMMENT_LIST (self) && self->table != NULL);

  g_ptr_array_set_size (self->searched, 0);
  for (guint i = 0; queries[i] != NULL; i++)
    {
      MqFeedbackQuery *query = mq_feedback_query_parse (queries[i], NULL, NULL);

      if (query != NULL)
        g_ptr_array_add (self->searched, query);
    }
  refresh (self);
}

MqTable *
mq_comment_list_get_table (MqCommentList *self)
{
  g_return_val_if_fail (MQ_IS_COMMENT_LIST (self), NULL);

  return self->table;
}

void
mq_comment_list_show_rows (MqCommentList *self, GArray *rows)
{
  g_return_if_fail (MQ_IS_COMMENT_LIST (self) && self->table != NULL);

  mq_table_rows_take_subset (get_rows (self), rows);
}
