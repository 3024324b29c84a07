/* quality-tables.h: what was found as the tables of the contract (quality.h). */

#pragma once

#include "base/table.h"
#include "quality/quality-decay.h"
#include "quality/quality-fields.h"
#include "quality/quality-score.h"
#include "quality/quality-twins.h"

G_BEGIN_DECLS

typedef struct
{
  const char *rule;  /* "name and birth date": of a closed English list */
  const char *field; /* besides the name */
  MqTwins     twins;
} MqTwinRule;

typedef struct
{
  char   *field; /* (owned) */
  MqDecay decay;
} MqFieldDecay;

typedef struct
{
  MqKind          kind;
  gint64          time; /* of the import */
  MqQualityImport cells;
} MqImportCells;

MqTable *mq_quality_score_table (const double *values);
MqTable *mq_quality_fields_table (const GPtrArray *fields);
MqTable *mq_quality_weakest_table (const GPtrArray *fields);
MqTable *mq_quality_duplicates_table (const MqTwinRule *rules, guint n);
MqTable *mq_quality_mail_table (const GPtrArray *fields);
MqTable *mq_quality_imports_table (const GArray *imports, const char *zone); /* (element-type MqImportCells) */
MqTable *mq_quality_decay_table (const GArray *decays);                      /* (element-type MqFieldDecay) */
MqTable *mq_quality_assumption_table (void);

/* The least filled of the kinds' own fields; NULL if there is none. */
const MqQualityField *mq_quality_weakest (const GPtrArray *fields);

G_END_DECLS
