/* undo-toast.h: MqUndoToast, one toast that counts the imports just made and takes them back: "3 files imported · Undo". It
 * goes when they are gone, however they were undone, and with their project. */

#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

typedef struct _MqUndoToast MqUndoToast;

MqUndoToast *mq_undo_toast_new (AdwToastOverlay *overlay, MqSession *session);
void         mq_undo_toast_free (MqUndoToast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqUndoToast, mq_undo_toast_free)

G_END_DECLS
