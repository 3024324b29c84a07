/* stock-window.h: MqStockWindow, the editor of the project's stock phrases, which are no comment: each with how many comments of
 * the page's period it takes out. Every change holds at once, and the page behind follows; Ctrl+Z takes it back. */

#pragma once

#include "page.h"

G_BEGIN_DECLS

#define MQ_TYPE_STOCK_WINDOW (mq_stock_window_get_type ())
G_DECLARE_FINAL_TYPE (MqStockWindow, mq_stock_window, MQ, STOCK_WINDOW, AdwWindow)

/* The page's result has the table `stock`. It closes with its project. */
GtkWidget *mq_stock_window_new (MqPage *page);

G_END_DECLS
