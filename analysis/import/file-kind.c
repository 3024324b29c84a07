/* file-kind.c: signatures of files that are given for CSV by mistake. */

#include "config.h"
#include "import/file-kind.h"

#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *bytes;
  gsize       length;
  const char *refusal;
} Signature;

static const char      picture[] = N_ ("The file is a picture. Choose a table saved as CSV.");
static const char      archive[] = N_ ("The file is compressed in a way that is not read here. Unpack it and import what is inside.");
static const char      document[] = N_ ("The file is a PDF document. Export the table as CSV from where it was made.");
static const char      old_workbook[] = N_ ("The file is an old workbook (.xls) or a protected one. Open it in a spreadsheet, save it as .xlsx without a password and import that.");
static const char      locked[] = N_ ("The workbook is protected by a password. Open it in a spreadsheet, save it without the password and import that.");
static const char      database[] = N_ ("The file is a SQLite database. Export the table as CSV and import that.");
static const char      columns_file[] = N_ ("The file is a Parquet or Arrow file. Export the table as CSV and import that.");
static const Signature SIGNATURES[] = {
  { "\x89PNG\r\n\x1a\n", 8, picture },
  { "\xff\xd8\xff", 3, picture },
  { "GIF87a", 6, picture },
  { "GIF89a", 6, picture },
  { "II*\0", 4, picture },
  { "MM\0*", 4, picture },
  { "%PDF-", 5, document },
  { "\x1f\x8b", 2, archive },
  { "PK\3\4", 4, archive },
  { "BZh", 3, archive },
  { "\xfd"
    "7zXZ\0",
    6,
    archive },
  { "\x28\xb5\x2f\xfd", 4, archive },
  { "7z\xbc\xaf\x27\x1c", 6, archive },
  { "Rar!\x1a\x07", 6, archive },
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, old_workbook },
  { "SQLite format 3\0", 16, database },
  { "PAR1", 4, columns_file },
  { "ARROW1\0\0", 8, columns_file },
};

/* Inside the container of old workbooks a protected new one has a stream of this name, in UTF-16. */
static gboolean
is_locked (const char *head, gsize length)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

  return memmem (head, length, name, sizeof name - 1) != NULL;
}

const char *
mq_file_kind_refusal (const char *head, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIGNATURES); i++)
    if (length >= SIGNATURES[i].length && memcmp (head, SIGNATURES[i].bytes, SIGNATURES[i].length) == 0)
      return SIGNATURES[i].refusal == old_workbook && is_locked (head, length) ? _ (locked) : _ (SIGNATURES[i].refusal);
  return NULL;
}
