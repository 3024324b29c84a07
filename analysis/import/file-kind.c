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

static const char picture[] = N_ ("The file is a picture. Choose a table saved as CSV.");
static const char archive[] = N_ ("The file is compressed. Unpack it and import what is inside.");
static const char document[] = N_ ("The file is a PDF document. Export the table as CSV from where it was made.");
static const char old_workbook[] = N_ ("The file is an old or password-protected workbook. Open it in a spreadsheet, save the sheet as CSV and import that.");
static const char workbook[] = N_ ("The file is a workbook. Open it in a spreadsheet, save the sheet as CSV and import that.");
static const char database[] = N_ ("The file is a SQLite database. Export the table as CSV and import that.");
static const char columns_file[] = N_ ("The file is a Parquet or Arrow file. Export the table as CSV and import that.");
static const char web_page[] = N_ ("The file is a web page, perhaps an error page or a login form. Download the table again and save it as CSV.");

static const Signature SIGNATURES[] = {
  { "\x89PNG\r\n\x1a\n", 8, picture },
  { "\xff\xd8\xff", 3, picture },
  { "GIF87a", 6, picture },
  { "GIF89a", 6, picture },
  { "II*\0", 4, picture },
  { "MM\0*", 4, picture },
  { "%PDF-", 5, document },
  { "\x1f\x8b", 2, archive },
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

/* A zip archive is a workbook if its first entries say so. */
static const char *
refuse_zip (const char *head, gsize length)
{
  static const char *const marks[] = { "[Content_Types].xml", "xl/", "application/vnd.oasis.opendocument" };

  if (length < 4 || (memcmp (head, "PK\3\4", 4) != 0 && memcmp (head, "PK\5\6", 4) != 0))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (memmem (head, MIN (length, 4096), marks[i], strlen (marks[i])) != NULL)
      return _ (workbook);
  return _ (archive);
}

static const char *
refuse_web_page (const char *head, gsize length)
{
  static const char *const marks[] = { "<!doctype", "<html", "<head", "<body", "<?xml" };
  gsize                    at = 0;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < length && g_ascii_isspace (head[at]))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length - at >= strlen (marks[i]) && g_ascii_strncasecmp (head + at, marks[i], strlen (marks[i])) == 0)
      return _ (web_page);
  return NULL;
}

const char *
mq_file_kind_refusal (const char *head, gsize length, gboolean *is_text)
{
  const char *refusal;

  *is_text = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SIGNATURES); i++)
    if (length >= SIGNATURES[i].length && memcmp (head, SIGNATURES[i].bytes, SIGNATURES[i].length) == 0)
      return _ (SIGNATURES[i].refusal);
  refusal = refuse_zip (head, length);
  if (refusal != NULL)
    return refusal;
  refusal = refuse_web_page (head, length);
  *is_text = refusal != NULL;
  return refusal;
}
