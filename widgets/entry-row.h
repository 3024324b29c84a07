/* entry-row.h: what AdwEntryRow lacks in libadwaita 1.2. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The button that applies an edit takes the focus, but libadwaita 1.2 leaves it without a name. */
void mq_entry_row_name_button (AdwEntryRow *row);

G_END_DECLS
