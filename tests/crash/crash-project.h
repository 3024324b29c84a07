/* crash-project.h: the project that the crash tests break, the work they interrupt, and what a folder with it holds. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

#define CRASH_NAME "shop.marquetry"
#define CRASH_COPY "copy.marquetry"

typedef struct
{
  const char *name;
  /* What is asked for. FALSE with error. */
  gboolean (*work) (const char *folder, GError **error);
  /* The project before it. */
  void (*prepare) (const char *folder);
  /* Which file is looked at besides the project itself. */
  gboolean has_copy;
  /* What was begun is ended when the project is opened next: an error may mean all as well as nothing. */
  gboolean ends_later;
} CrashWork;

extern const CrashWork crash_works[];
extern const guint     n_crash_works;
/* The wrong way: commits every 500 rows. */
extern const CrashWork crash_work_piecemeal;

/* What the project in the folder holds, with every checksum verified; and the copy. NULL with error. */
char *crash_describe (const char *folder, gboolean has_copy, GError **error);

/* A number from the environment. */
guint crash_setting (const char *name, guint otherwise);

G_END_DECLS
