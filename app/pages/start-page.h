/* start-page.h: MqStartPage, what is seen while no project is open: the ways to begin, and the projects known.
 *
 * Signal "open-project" (path). Its buttons call the window's actions project.sample, project.import, project.open. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MQ_TYPE_START_PAGE (mq_start_page_get_type ())
G_DECLARE_FINAL_TYPE (MqStartPage, mq_start_page, MQ, START_PAGE, AdwBin)

/* Looks at the folder of projects again (on a worker). */
void mq_start_page_refresh (MqStartPage *self);

G_END_DECLS
