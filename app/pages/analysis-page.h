/* analysis-page.h: MqAnalysisPage, a page that asks one analysis and shows its answer: controls on top, tiles, charts with
 * their table twins, the rules, and the customers behind a mark. What differs between pages is in the class. */

#pragma once

#include "analysis.h"
#include "page.h"
#include "pages/answer-view.h"
#include "pages/page-controls.h"

G_BEGIN_DECLS

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
  const MqAnswerCard  *cards;   /* (nullable) what stands where; else the charts as they come: */
  guint                n_views; /* so many, the result's first ones */

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
  /* (nullable) The same for a tile; show_tiles() says which of them open anything (mq_tile_set_opens()). */
  gboolean (*ask_behind_tile) (MqAnalysisPage *self, guint index, GVariantDict *settings);

  /* (nullable) Instead of all that: opens a row in a way of its own. */
  void (*open_row) (MqAnalysisPage *self, MqChart *chart, gsize row);

  /* All nullable: settings that no control stands for. A widget before the controls, an editor under them, what these add to
   * the settings, and what they show of those that the project remembers (without asking again). */
  GtkWidget *(*make_lead) (MqAnalysisPage *self);
  GtkWidget *(*make_editor) (MqAnalysisPage *self);
  gboolean editor_in_bar; /* after the controls, in their row, instead of under them */
  void (*fill_settings) (MqAnalysisPage *self, GVariantDict *settings);
  void (*read_settings) (MqAnalysisPage *self, GVariantDict *settings);

  GtkWidget *(*make_supplement) (MqAnalysisPage *self); /* (nullable) what stands below the charts; show_tiles() fills it */

  /* Both nullable: what stands in the place of the answer while settings that have no default are not given yet. It is
   * updated when the question is asked without them. */
  GtkWidget *(*make_start) (MqAnalysisPage *self);
  gboolean (*update_start) (MqAnalysisPage *self); /* FALSE: they are given */
};

/* Fills a control in; does not ask. */
void        mq_analysis_page_set_setting (MqAnalysisPage *self, const char *setting, const char *value);
const char *mq_analysis_page_get_setting (MqAnalysisPage *self, const char *setting); /* "": the default */

/* What the menu beside the entry of a setting offers: items of mq_page_controls_add_offer(). */
void mq_analysis_page_offer (MqAnalysisPage *self, const char *setting, GMenuModel *menu);

/* Asks again, and remembers the settings: the editor changed. */
void mq_analysis_page_settings_changed (MqAnalysisPage *self);
/* Remembers the settings and reads the project again, as is needed where the dataset holds what was edited; then it asks. */
void mq_analysis_page_reload (MqAnalysisPage *self);

GVariant *mq_analysis_page_settings (MqAnalysisPage *self); /* (transfer none) (nullable) as asked last, with the project bar */

/* Asks this too, beside the page's own answer, and shows it as what is behind a mark. */
void mq_analysis_page_ask_behind (MqAnalysisPage *self, GVariant *settings /* a{sv} */);

MqTile *mq_analysis_page_tile (MqAnalysisPage *self, guint index); /* (transfer none) */

/* A cell of the first row of a result's table, formatted; an em dash if there is none. (transfer full) */
char *mq_analysis_page_figure (MqResult *result, const char *table, gsize row, const char *column);
/* An integer of a result's table, for ngettext(); 0 if there is none. */
gulong mq_analysis_page_count (MqResult *result, const char *table, gsize row, const char *column);

G_END_DECLS
