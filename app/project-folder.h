/* project-folder.h: where projects live that the user gave no other place: $XDG_DATA_HOME/marquetry/projects. All but
 * mq_project_folder() read the disk: call them from a worker. */

#pragma once

#include <gio/gio.h>

#include "base/run.h"
#include "sample/sample.h"

G_BEGIN_DECLS

const char *mq_project_folder (void);
/* (transfer full) The paths of its projects, in no order; empty if there is no folder yet. */
GStrv mq_project_folder_list (void);
/* (transfer full) A path in the folder, which is made, that no file has yet: NAME.marquetry, "NAME 2.marquetry" … */
char *mq_project_folder_new_path (const char *name, GError **error);

/* (transfer full) The path of a project with a sample; made if it is not there, wholly or not at all. Blocks. */
char *mq_project_folder_make_sample (const MqSample *sample, const char *name, const MqRun *run, GError **error);

G_END_DECLS
