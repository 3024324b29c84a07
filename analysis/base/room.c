/* room.c: growing by doubling through g_try_realloc(). */

#include "config.h"

#include "base/room.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
mq_make_room (gpointer memory, gsize *room, gsize n, gsize size)
{
  gsize    wanted = MAX (n, *room > G_MAXSIZE / 2 ? n : 2 * *room);
  gpointer grown;

  if (n <= *room)
    return TRUE;
  memcpy (&grown, memory, sizeof grown);
  grown = g_try_realloc_n (grown, wanted, size);
  if (grown == NULL)
    return FALSE;
  memcpy (memory, &grown, sizeof grown);
  *room = wanted;
  return TRUE;
}

gboolean
mq_string_make_room (GString *text, gsize more)
{
  gsize wanted;
  gsize room = text->allocated_len;

  if (!g_size_checked_add (&wanted, text->len + 1, more))
    return FALSE;
  if (!mq_make_room (&text->str, &room, wanted, 1))
    return FALSE;
  text->allocated_len = room;
  return TRUE;
}

gboolean
mq_fail_memory (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is not enough memory to read the file. Close other programs, or split the file."));
  return FALSE;
}
