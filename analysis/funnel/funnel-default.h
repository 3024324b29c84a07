/* funnel-default.h: what the steps are where nobody named any. */

#pragma once

#include "project/dataset.h"

G_BEGIN_DECLS

/* The course of an order (it was created, paid, shipped, completed, and there was another) if the project has orders; else
 * the three events that are most frequent, the most frequent first. Orders that do not say whether they were shipped or
 * completed have a course without it: *left_out (g_strfreev) holds these steps, mostly none. (transfer full) g_strfreev;
 * NULL with error. */
char **mq_funnel_default_steps (MqDataset *dataset, char ***left_out, const MqRun *run, GError **error);

G_END_DECLS
