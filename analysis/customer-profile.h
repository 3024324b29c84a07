/* customer-profile.h: what the project knows of one person: attributes, and what happened, newest first. */

#pragma once

#include "base/table.h"
#include "project/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  MqTable *attributes; /* (owned) field value: only what the person has, in the order of their names */
  MqTable *timeline;   /* (owned) time kind what amount: orders, events, messages and feedback, newest first */
  MqTable *comments;   /* (owned) (nullable) what they wrote, with its moods (sentiment/feedback-tables.h) */
} MqCustomerProfile;

/* The most rows of a timeline; the oldest are left out. */
#define MQ_TIMELINE_ROWS 5000

/* `label` is how the person is printed. NULL with error on damage or cancellation, and G_IO_ERROR_NOT_FOUND. Blocks: loads
 * columns on first use. (transfer full) */
MqCustomerProfile *mq_customer_profile_new (MqDataset *dataset, const char *label, const MqRun *run, GError **error);
void               mq_customer_profile_free (MqCustomerProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqCustomerProfile, mq_customer_profile_free)

G_END_DECLS
