/* reject-reasons.c: the reasons as sentences. */

#include "config.h"

#include "import/reject-reasons.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *reason;
  const char *sentence;
} Sentence;

static const Sentence sentences[] = {
  { "no time", N_ ("The row has no time. Fill the cell, or map another column to time.") },
  { "no date", N_ ("The row has no date. Fill the cell, or map another column to date.") },
  { "no amount", N_ ("The row has no amount. Fill the cell, or map another column to amount.") },
  { "no event", N_ ("The row names no event. Fill the cell, or map another column to event.") },
  { "no channel", N_ ("The row names no channel. Fill the cell, or map another column to channel.") },
  { "no status", N_ ("The row has no status. Fill the cell, or map another column to status.") },
  { "no text", N_ ("The row has no text. Fill the cell, or map another column to text.") },
  { "not a time", N_ ("The cell is no time in the column's format. Correct it, or name the format with --date-format.") },
  { "not a date", N_ ("The cell is no date in the column's format. Correct it, or name the format with --date-format.") },
  { "not an amount", N_ ("The cell is no amount of money. Correct it, or name the decimal sign with --decimal.") },
  { "amount out of range", N_ ("The amount has too many digits. Correct the cell.") },
  { "not a number", N_ ("The cell is no number. Correct it, or leave the column unmapped.") },
  { "number out of range", N_ ("The number has too many digits. Correct the cell, or leave the column unmapped.") },
  { "too many cells", N_ ("The row has more cells than the header. Look for a delimiter inside a text that is not in quotes.") },
  { "total", N_ ("The row is a line of sums below the table, not a record: it is left out so that nothing counts twice.") },
  { "note", N_ ("The row is a note above or below the table, or describes its columns: it is no record, and left out.") },
  { "undecodable", N_ ("The cell holds bytes that are no text in the encoding of the file. Correct it, or say the encoding with --encoding.") },
  { "unreadable", N_ ("The record is not written as its format asks from here on. Correct it.") },
  { "text with NUL", N_ ("The cell holds a NUL character. Remove it.") },
};

const char *
mq_reject_sentence (const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].reason, reason) == 0)
      return _ (sentences[i].sentence);
  return reason;
}
