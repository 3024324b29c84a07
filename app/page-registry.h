/* page-registry.h: the pages that a window has, in the order of its sidebar. A new page is one line here. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* "rfm" */
  const char *title; /* N_() */
  const char *icon;
  const char *group; /* N_(): the sidebar's heading above it */
  GType (*get_type) (void);
} MqPageInfo;

const MqPageInfo *mq_page_registry (guint *n);

G_END_DECLS
