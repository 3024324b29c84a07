/* analysis-page.h: MqAnalysisPage, a page that asks one analysis and shows its answer: controls on top, tiles, charts with
 * their table twins, the rules, and the customers behind a mark. What differs between pages is in the class. */

#pragma once

#include "analysis.h"
#include "page.h"
#include "tile.h"

G_BEGIN_DECLS

/* One control: a choice of values, or an entry (values NULL). */
typedef struct
{
  const char        *setting; /* of the analysis; NULL ends the list */
  const char        *title;   /* N_() */
  const char *const *values;  /* (nullable) NULL-terminated; the first is the default */
  const char *const *labels;  /* N_(), one a value */
  const char        *hint;    /* (nullable) N_(): of an entry */
} MqPageControl;

#define MQ_TYPE_ANALYSIS_PAGE (mq_analysis_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MqAnalysisPage, mq_analysis_page, MQ, ANALYSIS_PAGE, MqPage)

struct _MqAnalysisPageClass
{
  MqPageClass parent_class;

  const MqAnalysis    *analysis;
  const char          *icon_name;
  const char          *empty_title, *failed_title; /* N_() */
  const char          *main_table;                 /* for CSV */
  const MqPageControl *controls;
  guint                n_bar;   /* so many controls stand above the answer, the rest in the side pane (F9); 0: all above */
  const char *const   *tiles;   /* N_() captions, NULL-terminated */
  guint                n_views; /* charts shown: the result's first ones */

  void (*show_tiles) (MqAnalysisPage *self, MqResult *result);
  /* The value of the setting "customers" that names who is behind a row of a chart; NULL: nobody. (transfer full) */
  char *(*find_customers) (MqAnalysisPage *self, MqChart *chart, gsize row);
  /* (nullable) Instead of it: the values for the several sorts of customers behind a row, the first shown first, and what to
   * call them. g_strfreev. */
  char **(*list_customers) (MqAnalysisPage *self, MqChart *chart, gsize row, char ***labels);

  /* (nullable) Instead of customers: what to add to the settings so that the analysis answers with what is behind a row -
   * FALSE: nothing -, and what shows that answer. */
  gboolean (*ask_behind) (MqAnalysisPage *self, MqChart *chart, gsize row, GVariantDict *settings);
  void (*show_behind) (MqAnalysisPage *self, MqResult *result);

  /* All nullable: settings that no control stands for. An editor under the controls, what it adds to the settings, and
   * what it shows of those that the project remembers (without asking again). */
  GtkWidget *(*make_editor) (MqAnalysisPage *self);
  void (*fill_settings) (MqAnalysisPage *self, GVariantDict *settings);
  void (*read_settings) (MqAnalysisPage *self, GVariantDict *settings);

  /* Both nullable: what stands in the place of the answer while settings that have no default are not given yet. It is
   * updated when the question is asked without them. */
  GtkWidget *(*make_start) (MqAnalysisPage *self);
  gboolean (*update_start) (MqAnalysisPage *self); /* FALSE: they are given */
};

/* Fills a control in; does not ask. */
void        mq_analysis_page_set_setting (MqAnalysisPage *self, const char *setting, const char *value);
const char *mq_analysis_page_get_setting (MqAnalysisPage *self, const char *setting); /* "": the default */

/* Asks again, and remembers the settings: the editor changed. */
void mq_analysis_page_settings_changed (MqAnalysisPage *self);

MqTile *mq_analysis_page_tile (MqAnalysisPage *self, guint index); /* (transfer none) */

/* A cell of the first row of a result's table, formatted; an em dash if there is none. (transfer full) */
char *mq_analysis_page_figure (MqResult *result, const char *table, gsize row, const char *column);

G_END_DECLS
