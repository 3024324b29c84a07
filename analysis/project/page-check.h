/* page-check.h: a checksum in every page of a project file, so that no flipped bit is read as data: a layer between SQLite
 * and the system's files (a VFS). The last 8 bytes of a page, which SQLite leaves alone (reserved bytes), hold XXH3 of all
 * before them and of the page's number. Files without reserved bytes are read and written as they are. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define MQ_PAGE_CHECK_BYTES 8

/* The name to open with; registered on first use, over what is SQLite's default then. Any thread. */
const char *mq_page_check_vfs (void);

/* Before the pages of `from` are copied to the empty file `to` (both opened with it): they may come in any order, and the
 * first one would tell. */
void mq_page_check_expect (sqlite3 *from, sqlite3 *to);

G_END_DECLS
