/* page.h: MqPage, what the window shows beside its sidebar: one analysis or one view of the data. A page looks at the
 * session, recomputes when it changes, and offers its answer for export. Derive, fill the class, add a line to
 * page-registry.c. */

#pragma once

#include <adwaita.h>

#include "chart/chart.h"
#include "page-export.h"
#include "session.h"

G_BEGIN_DECLS

/* Action page.add-to-report (s: id of one of the result's charts; "": all) puts the answer into the project's report. */
/* Actions page.notice (s: text) and page.notice-file (s: path) tell the user what a widget of the page did. */
#define MQ_TYPE_PAGE (mq_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MqPage, mq_page, MQ, PAGE, AdwBin)

struct _MqPageClass
{
  AdwBinClass parent_class;

  gboolean obeys_scope;                          /* the project bar is shown and its changes update the page */
  void (*update) (MqPage *self);                 /* the session changed, or the project bar; only while the page is seen */
  void (*open) (MqPage *self, GVariant *target); /* somebody navigated here: a{sv}, page's own keys */
  MqResult *(*get_result) (MqPage *self);        /* (transfer none) (nullable) for PDF */
  MqChart *(*get_chart) (MqPage *self);          /* (transfer none) (nullable) for PNG */
  MqTable *(*get_table) (MqPage *self);          /* (transfer none) (nullable) for CSV and XLSX */
  void (*search) (MqPage *self);                 /* (nullable) puts the cursor into the page's search entry (Ctrl+F) */
  void (*toggle_pane) (MqPage *self);            /* (nullable) shows or hides the side pane (F9) */
  /* A page with a way of its own to write files has these two instead. */
  gboolean (*can_export) (MqPage *self, MqExportWhat what);
  void (*export_to_file) (MqPage *self, MqExportWhat what);
};

MqSession  *mq_page_get_session (MqPage *self); /* (transfer none) */
const char *mq_page_get_title (MqPage *self);   /* translated */

void     mq_page_open (MqPage *self, GVariant *target);
gboolean mq_page_obeys_scope (MqPage *self);
void     mq_page_refresh (MqPage *self); /* computes again what it shows */
gboolean mq_page_can_search (MqPage *self);
void     mq_page_search (MqPage *self);
gboolean mq_page_has_pane (MqPage *self);
void     mq_page_toggle_pane (MqPage *self);

/* Signal "navigate" (id, target): asks the window for another page. `target` (nullable: nothing more to say) may be floating. */
void mq_page_navigate (MqPage *self, const char *id, GVariant *target);
/* Signal "notice" (text): a short word to the user that passes. */
void mq_page_notice (MqPage *self, const char *text);
/* The same with a button ("Undo"), which calls clicked(toast, object) unless `object` is gone. It goes
 * after so many seconds; 0: when it is answered. (transfer none) (nullable) the toast */
AdwToast *mq_page_offer (MqPage *self, const char *text, const char *button, guint seconds, GCallback clicked, gpointer object);
/* Says that a file was written. */
void mq_page_notice_file (MqPage *self, const char *path);
/* Reads the project again, as is needed where the dataset holds what was edited; a failure is a notice. */
void mq_page_reload (MqPage *self);
/* Signal "answer-changed": what can be exported may be another. */
void mq_page_answer_changed (MqPage *self);

gboolean mq_page_can_export (MqPage *self, MqExportWhat what);
/* Asks for a file, then writes it on a worker and tells. */
void mq_page_export_to_file (MqPage *self, MqExportWhat what);
/* The same for a table that is not the page's main one, as CSV or XLSX; `title` (translated) is of the file's name. */
void mq_page_export_table (MqPage *self, MqExportWhat what, MqTable *table, const char *title);

G_END_DECLS
