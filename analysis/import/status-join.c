/* status-join.c: two words of one status. */

#include "import/status-join.h"

#include <string.h>

/* An export of ours has both words in the first column already. */
static gboolean
ends_with (const char *text, gsize length, const char *end, gsize end_length)
{
  gsize joint = strlen (MQ_STATUS_JOINT);

  return length > end_length + joint && memcmp (text + length - end_length, end, end_length) == 0 && memcmp (text + length - end_length - joint, MQ_STATUS_JOINT, joint) == 0;
}

void
mq_status_join (const MqMapping *mapping, const MqTokenList *tokens, const MqUse *use, const MqCsvCell *cells, guint n_cells, GString *scratch, const char **text, gsize *length)
{
  const char *second;
  gsize       second_length;
  int         token;

  if (use->second < 0 || !mq_cell_read (mapping, tokens, cells, n_cells, use->second, &second, &second_length, &token))
    return;
  if (mq_token_find (tokens, second, second_length) >= 0 || ends_with (*text, *length, second, second_length))
    return;
  g_string_truncate (scratch, 0);
  g_string_append_len (scratch, *text, *length);
  g_string_append (scratch, MQ_STATUS_JOINT);
  g_string_append_len (scratch, second, second_length);
  *text = scratch->str;
  *length = scratch->len;
}
