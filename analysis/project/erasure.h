/* erasure.h: everything about a person goes out of a project: records of every kind with their older versions, the
 * texts that only they used, what rejected rows say of them, their places in segments and remembered values; then the
 * file is written anew, so that no free page keeps a byte of it. What is left of others stays as it is. */

#pragma once

#include "project/project.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 persons;
  gint64 records[MQ_N_KINDS]; /* older versions included */
  gint64 rejects;             /* rejected rows whose text goes; line and reason stay */
  gint64 segments;            /* that a person is taken out of */
  gint64 values;              /* remembered values that go */
} MqErasure;

/* keys: each is a key as customers are shown by it, or KIND=KEY where several persons have the same in different kinds.
 * A key that nobody has, but a rejected row, is fine; one that is nowhere is MQ_PROJECT_ERROR_NO_PERSON, as is one that
 * several have: the error names it by its place in the list. dry_run: only counts. When it returns TRUE the file
 * holds nothing more; where somebody reads the file just then, or the power goes, the records are gone and their traces go
 * when the project is next opened for writing. */
gboolean mq_project_erase (MqProject *self, const char *const *keys, gboolean dry_run, MqErasure *erasure, const MqRun *run, GError **error);

/* The table `erased`: what, rows. */
MqTable *mq_erasure_table (const MqErasure *self);

/* What was done to the project, oldest first: the table `audit` (number, time, action, import, rows). Never whom it was
 * about. */
MqTable *mq_project_audit (MqProject *self, GError **error);

G_END_DECLS
