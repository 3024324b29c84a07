/* scope-bar.h: MqScopeBar, the project bar: as-of date, period, comparison and shop for all pages that compute. It shows and
 * sets the session's scope and knows no page. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define MQ_TYPE_SCOPE_BAR (mq_scope_bar_get_type ())
G_DECLARE_FINAL_TYPE (MqScopeBar, mq_scope_bar, MQ, SCOPE_BAR, AdwBin)

void mq_scope_bar_set_session (MqScopeBar *self, MqSession *session); /* once */

G_END_DECLS
