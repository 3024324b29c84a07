/* job-button.h: MqJobButton, a button in the header bar that is there while long work runs; its popover lists the work with
 * its progress and a way to cancel it. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_JOB_BUTTON (mq_job_button_get_type ())
G_DECLARE_FINAL_TYPE (MqJobButton, mq_job_button, MQ, JOB_BUTTON, AdwBin)

void mq_job_button_set_session (MqJobButton *self, MqSession *session); /* once */

G_END_DECLS
