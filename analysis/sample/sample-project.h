/* sample-project.h: a project with one of the shipped samples, made by importing the sample's files like anybody's. */

#pragma once

#include "sample/sample.h"

G_BEGIN_DECLS

/* Makes the project file at `path`, which must not exist; on failure nothing is left there. Blocks. Progress in bytes of
 * the file being imported. */
gboolean mq_sample_make_project (const MqSample *sample, const char *path, const MqRun *run, GError **error);

G_END_DECLS
