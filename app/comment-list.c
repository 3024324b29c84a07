/* comment-list.c: GtkListView over the rows of a table of comments. */

#include "config.h"

#include "comment-list.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/format.h"
#include "sentiment/mood-model.h"
#include "table-rows.h"

#define MAX_CHARACTERS 2000
#define SEPARATOR " · "
#define LEAST_TINT 0.18 /* of a mark's ground, and the strongest mark's */
#define MOST_TINT 0.5

struct _MqCommentList
{
  AdwBin parent_instance;

  MqTable     *table; /* (owned) (nullable) */
  GtkListView *view;  /* (borrowed) */
};

/* The colours of moods in charts, as grounds for either theme. */
static const guint16 tints[MQ_N_POLARITIES][3] = {
  [MQ_POLARITY_NEGATIVE] = { 0xe600, 0x6100, 0x0000 },
  [MQ_POLARITY_NEUTRAL] = { 0x8000, 0x8000, 0x8000 },
  [MQ_POLARITY_POSITIVE] = { 0x3500, 0x8400, 0xe400 },
};

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

static char *
describe_mood (MqTable *table, gsize row)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *probability = mq_format_share (mq_table_number (table, row, mq_table_find_column (table, "probability")), 0);
  g_autofree char *polarity = g_strdup_printf ("%s %s", _ (get_text (table, row, "polarity")), probability);

  if (mq_table_integer (table, row, mq_table_find_column (table, "uncertain")))
    append (out, _ ("uncertain"));
  append (out, polarity);
  append (out, _ (get_text (table, row, "emotion")));
  return g_string_free (out, FALSE);
}

static GtkWidget *
make_caption (const char *css_class, gboolean expand)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, expand);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_row_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *origin = make_caption ("dim-label", TRUE);
  GtkWidget *mood = make_caption ("mood", FALSE);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (line), origin);
  gtk_box_append (GTK_BOX (line), mood);
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
  MqTableRow      *row = gtk_list_item_get_item (item);
  MqTable         *table = mq_table_row_get_table (row);
  gsize            number = mq_table_row_get_row (row);
  g_autofree char *text = g_strdup (get_text (table, number, "text"));
  g_autofree char *origin = describe_origin (table, number);
  g_autofree char *mood = describe_mood (table, number);
  GtkLabel        *label = g_object_get_data (G_OBJECT (item), "text");
  g_autoptr (PangoAttrList) marks = NULL;

  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    *g_utf8_offset_to_pointer (text, MAX_CHARACTERS) = '\0';
  marks = mark_words (text, find_polarity (get_text (table, number, "polarity")));
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, marks);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "origin"), origin);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "mood"), mood);
}

static void
mq_comment_list_dispose (GObject *object)
{
  MqCommentList *self = MQ_COMMENT_LIST (object);

  g_clear_pointer (&self->table, mq_table_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (mq_comment_list_parent_class)->dispose (object);
}

static void
mq_comment_list_class_init (MqCommentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mq_comment_list_dispose;
}

static void
mq_comment_list_init (MqCommentList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();

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
  self->table = table != NULL ? mq_table_ref (table) : NULL;
  model = gtk_no_selection_new (G_LIST_MODEL (mq_table_rows_new (table)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

MqTable *
mq_comment_list_get_table (MqCommentList *self)
{
  g_return_val_if_fail (MQ_IS_COMMENT_LIST (self), NULL);

  return self->table;
}
