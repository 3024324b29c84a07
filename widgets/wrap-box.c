/* wrap-box.c: lines of children. */

#include "config.h"

#include "wrap-box.h"

struct _MqWrapBox
{
  GtkWidget parent_instance;

  int      spacing;
  guint    max_per_line;
  gboolean homogeneous;
};

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_HOMOGENEOUS,
  PROP_MAX_PER_LINE,
  N_PROPS
};

/* A child and the place it gets. */
typedef struct
{
  GtkWidget   *child; /* (borrowed) */
  GdkRectangle place;
} Cell;

static GParamSpec        *props[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void mq_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MqWrapBox, mq_wrap_box, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, mq_wrap_box_buildable_init))

/* (transfer full) (element-type Cell) the visible children with their width: minimum or natural. */
static GArray *
list_cells (MqWrapBox *self, gboolean minimum)
{
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (Cell));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      Cell cell = { .child = child };
      int  least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      cell.place.width = minimum ? least : wanted;
      g_array_append_val (cells, cell);
    }
  return cells;
}

static int
find_widest (const GArray *cells)
{
  int widest = 0;

  for (guint i = 0; i < cells->len; i++)
    widest = MAX (widest, g_array_index (cells, Cell, i).place.width);
  return widest;
}

/* Gives all cells the width of an even column. */
static void
make_columns (MqWrapBox *self, GArray *cells, int width)
{
  int   widest = MAX (1, find_widest (cells));
  guint columns = (guint) MAX (1, (width + self->spacing) / (widest + self->spacing));

  columns = MIN (columns, MIN (self->max_per_line, MAX (1, cells->len)));
  /* four as three and one is worse than two and two */
  while (columns > 1 && cells->len % columns != 0 && cells->len % (columns - 1) == 0)
    columns--;
  for (guint i = 0; i < cells->len; i++)
    g_array_index (cells, Cell, i).place.width = (width + self->spacing) / (int) columns - self->spacing;
}

/* What is aligned to the end and stands last on its line goes to the line's end. */
static void
push_to_end (Cell *last, int width)
{
  if (gtk_widget_get_halign (last->child) == GTK_ALIGN_END)
    last->place.x = MAX (last->place.x, width - last->place.width);
}

/* Sets the places of the line that begins at `first`; returns the first cell of the next one. */
static guint
place_line (MqWrapBox *self, GArray *cells, guint first, int width, int y, int *height)
{
  guint next = first;
  int   x = 0;

  *height = 0;
  while (next < cells->len)
    {
      Cell *cell = &g_array_index (cells, Cell, next);
      int   natural;

      if (next > first && x + cell->place.width > width)
        break;
      cell->place.width = MIN (cell->place.width, width);
      gtk_widget_measure (cell->child, GTK_ORIENTATION_VERTICAL, cell->place.width, NULL, &natural, NULL, NULL);
      cell->place.x = x;
      cell->place.y = y;
      *height = MAX (*height, natural);
      x += cell->place.width + self->spacing;
      next++;
    }
  for (guint i = first; i < next; i++)
    g_array_index (cells, Cell, i).place.height = *height;
  if (!self->homogeneous)
    push_to_end (&g_array_index (cells, Cell, next - 1), width);
  return next;
}

/* (transfer full) Places for a width; the height they need. */
static GArray *
arrange (MqWrapBox *self, int width, int *height)
{
  GArray *cells = list_cells (self, FALSE);
  guint   next = 0;
  int     y = 0;

  if (self->homogeneous)
    make_columns (self, cells, width);
  while (next < cells->len)
    {
      int line;

      next = place_line (self, cells, next, width, y, &line);
      y += line + self->spacing;
    }
  *height = MAX (0, y - self->spacing);
  return cells;
}

static void
measure_width (MqWrapBox *self, int *minimum, int *natural)
{
  g_autoptr (GArray) least = list_cells (self, TRUE);
  g_autoptr (GArray) wanted = list_cells (self, FALSE);
  int sum = 0;

  for (guint i = 0; i < wanted->len; i++)
    sum += (self->homogeneous ? find_widest (wanted) : g_array_index (wanted, Cell, i).place.width) + (i > 0 ? self->spacing : 0);
  *minimum = find_widest (least);
  *natural = MAX (sum, *minimum);
}

static GtkSizeRequestMode
mq_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mq_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MqWrapBox *self = MQ_WRAP_BOX (widget);
  int        least, wanted;

  measure_width (self, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wanted;
    }
  else
    {
      g_autoptr (GArray) cells = arrange (self, for_size >= 0 ? for_size : wanted, minimum);

      *natural = *minimum;
    }
  *minimum_baseline = *natural_baseline = -1;
}

/* Room to spare goes to the lines alike. */
static void
stretch (GArray *cells, int extra)
{
  guint lines = 0, line = 0;
  int   y = -1;

  for (guint i = 0; i < cells->len; i++)
    {
      lines += g_array_index (cells, Cell, i).place.y != y;
      y = g_array_index (cells, Cell, i).place.y;
    }
  y = -1;
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      line += cell->place.y != y;
      y = cell->place.y;
      cell->place.y += extra / (int) lines * (int) (line - 1);
      cell->place.height += extra / (int) lines;
    }
}

static void
mq_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MqWrapBox *self = MQ_WRAP_BOX (widget);
  int        needed;
  g_autoptr (GArray) cells = arrange (self, width, &needed);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (self->homogeneous && height > needed && cells->len > 0)
    stretch (cells, height - needed);

  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      if (rtl)
        cell->place.x = width - cell->place.x - cell->place.width;
      gtk_widget_size_allocate (cell->child, &cell->place, -1);
    }
}

static void
mq_wrap_box_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
mq_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mq_wrap_box_add_child;
}

static void
mq_wrap_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MqWrapBox *self = MQ_WRAP_BOX (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, self->homogeneous);
      break;
    case PROP_MAX_PER_LINE:
      g_value_set_uint (value, self->max_per_line);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mq_wrap_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MqWrapBox *self = MQ_WRAP_BOX (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_HOMOGENEOUS:
      self->homogeneous = g_value_get_boolean (value);
      break;
    case PROP_MAX_PER_LINE:
      self->max_per_line = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mq_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (mq_wrap_box_parent_class)->dispose (object);
}

static void
mq_wrap_box_class_init (MqWrapBoxClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mq_wrap_box_get_property;
  object_class->set_property = mq_wrap_box_set_property;
  object_class->dispose = mq_wrap_box_dispose;
  widget_class->get_request_mode = mq_wrap_box_get_request_mode;
  widget_class->measure = mq_wrap_box_measure;
  widget_class->size_allocate = mq_wrap_box_size_allocate;

  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 12, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MAX_PER_LINE] = g_param_spec_uint ("max-per-line", NULL, NULL, 1, G_MAXUINT16, G_MAXUINT16, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mq_wrap_box_init (MqWrapBox *self)
{
  self->spacing = 12;
  self->max_per_line = G_MAXUINT16;
}

GtkWidget *
mq_wrap_box_new (void)
{
  return g_object_new (MQ_TYPE_WRAP_BOX, NULL);
}
