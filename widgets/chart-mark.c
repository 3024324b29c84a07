/* chart-mark.c: a mark for the screen reader and the keyboard. */

#include "config.h"

#include "chart-mark.h"

struct _MqChartMark
{
  GtkWidget parent_instance;

  char *label; /* (owned) as the screen reader has it */
  guint index, n;
};

G_DEFINE_FINAL_TYPE (MqChartMark, mq_chart_mark, GTK_TYPE_WIDGET)

static void
mq_chart_mark_finalize (GObject *object)
{
  g_free (MQ_CHART_MARK (object)->label);

  G_OBJECT_CLASS (mq_chart_mark_parent_class)->finalize (object);
}

static void
mq_chart_mark_class_init (MqChartMarkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mq_chart_mark_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "mark");
}

static void
mq_chart_mark_init (MqChartMark *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mq_chart_mark_new (void)
{
  return g_object_new (MQ_TYPE_CHART_MARK, NULL);
}

void
mq_chart_mark_show (MqChartMark *self, const char *label, guint index, guint n)
{
  g_return_if_fail (MQ_IS_CHART_MARK (self));

  if (g_strcmp0 (self->label, label) != 0)
    {
      g_free (self->label);
      self->label = g_strdup (label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  if (self->index == index && self->n == n)
    return;
  self->index = index;
  self->n = n;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) index + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
}
