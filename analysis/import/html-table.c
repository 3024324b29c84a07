/* html-table.c: tags and text, with no tree. */

#include "config.h"
#include "import/html-table.h"

#include "base/room.h"

#include <stdlib.h>
#include <string.h>

#include "import/csv-scan.h"
#include "import/mapping.h"

#define MAX_SPAN 100

typedef struct
{
  const char  *text;
  gsize        length;
  gsize        at;
  gint64       line;     /* of `counted` */
  gint64       row_line; /* of the row begun last in this table, or 0 */
  gsize        counted;
  guint        depth; /* of tables */
  gboolean     in_row;
  gboolean     in_cell;
  guint        column;
  guint        span;
  GString     *cell;  /* (owned) */
  GError      *error; /* (owned) (nullable) */
  MqRecordPack pack;  /* of the table being read */
  guint        n_rows;
  guint        n_columns;
  GBytes      *best; /* (owned) (nullable) */
  guint        best_rows;
  gint64       best_line;
} Page;

static gint64
find_line (Page *self, gsize at)
{
  self->line += mq_csv_count_lines (self->text + self->counted, at - self->counted);
  self->counted = at;
  return self->line;
}

static gsize
decode_entity (const char *text, gsize left, char *buffer, gsize *used)
{
  static const struct
  {
    const char *name;
    const char *text;
  } names[] = { { "amp;", "&" }, { "lt;", "<" }, { "gt;", ">" }, { "quot;", "\"" }, { "apos;", "'" }, { "nbsp;", " " }, { "yen;", "¥" }, { "euro;", "€" }, { "pound;", "£" }, { "middot;", "·" }, { "mdash;", "—" }, { "ndash;", "–" } };
  gunichar c = 0;
  gsize    i = 2;

  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    if (left > strlen (names[k].name) && strncmp (text + 1, names[k].name, strlen (names[k].name)) == 0)
      {
        *used = strlen (names[k].name) + 1;
        return g_strlcpy (buffer, names[k].text, 8);
      }
  *used = 1;
  buffer[0] = '&';
  if (left < 4 || text[1] != '#')
    return 1;
  if (text[i] == 'x' || text[i] == 'X')
    for (i++; i < MIN (left, 10) && g_ascii_isxdigit (text[i]); i++)
      c = c * 16 + g_ascii_xdigit_value (text[i]);
  else
    for (; i < MIN (left, 10) && g_ascii_isdigit (text[i]); i++)
      c = c * 10 + (text[i] - '0');
  if (i == left || text[i] != ';' || c == 0 || !g_unichar_validate (c))
    return 1;
  *used = i + 1;
  return g_unichar_to_utf8 (c, buffer);
}

static void
append_text (Page *self, const char *text, gsize length)
{
  self->pack.failed |= !mq_string_make_room (self->cell, length);
  if (self->pack.failed)
    return;
  for (gsize i = 0; i < length;)
    {
      char  buffer[8];
      gsize used = 1;
      gsize n = 1;

      buffer[0] = text[i];
      if (text[i] == '&')
        n = decode_entity (text + i, length - i, buffer, &used);
      i += used;
      if (n == 1 && g_ascii_isspace (buffer[0]) && buffer[0] != '\n')
        buffer[0] = ' ';
      if (n == 1 && text[i - 1] != ';' && buffer[0] == '\n')
        buffer[0] = ' ';
      if (n == 1 && buffer[0] == ' ' && (self->cell->len == 0 || strchr (" \n", self->cell->str[self->cell->len - 1]) != NULL))
        continue;
      g_string_append_len (self->cell, buffer, n);
    }
}

/* Of rows in one line of the text each counts as a line: rows above the header and below are told apart by theirs. */
static void
begin_row (Page *self, gsize at)
{
  self->in_row = TRUE;
  self->column = 0;
  self->row_line = MAX (find_line (self, at), self->row_line + 1);
  mq_record_pack_begin (&self->pack, self->row_line, 0);
}

static void
end_cell (Page *self)
{
  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  while (self->cell->len > 0 && g_ascii_isspace (self->cell->str[self->cell->len - 1]))
    g_string_truncate (self->cell, self->cell->len - 1);
  mq_record_pack_set (&self->pack, self->column, self->cell->str, self->cell->len);
  self->column += self->span;
  self->n_columns = MAX (self->n_columns, self->column);
}

static void
end_row (Page *self)
{
  end_cell (self);
  if (self->in_row)
    mq_record_pack_end (&self->pack, FALSE);
  self->n_rows += self->in_row;
  self->in_row = FALSE;
}

static void
end_table (Page *self)
{
  gint64  line = 1;
  GBytes *block;

  end_row (self);
  block = mq_record_pack_take (&self->pack, &line, self->error == NULL ? &self->error : NULL);
  if (block != NULL && self->n_rows > MAX (self->best_rows, 1) && self->n_columns > 1)
    {
      g_clear_pointer (&self->best, g_bytes_unref);
      self->best = g_steal_pointer (&block);
      self->best_rows = self->n_rows;
      self->best_line = line;
    }
  g_clear_pointer (&block, g_bytes_unref);
  self->n_rows = self->n_columns = 0;
  self->row_line = 0;
}

static guint
find_span (const char *tag, gsize length)
{
  static const char name[] = "colspan";

  for (gsize i = 0; i + sizeof name < length; i++)
    if (g_ascii_strncasecmp (tag + i, name, sizeof name - 1) == 0)
      {
        for (i += sizeof name - 1; i < length && strchr (" =\"'", tag[i]) != NULL; i++)
          ;
        return i < length && g_ascii_isdigit (tag[i]) ? CLAMP (strtoul (tag + i, NULL, 10), 1, MAX_SPAN) : 1;
      }
  return 1;
}

static gboolean
is_tag (const char *tag, gsize length, const char *name)
{
  gsize n = strlen (name);

  return length >= n && g_ascii_strncasecmp (tag, name, n) == 0 && (length == n || !g_ascii_isalnum (tag[n]));
}

/* tag: what stands between < and >. */
static void
take_tag (Page *self, const char *tag, gsize length)
{
  if (is_tag (tag, length, "table"))
    {
      if (self->depth++ == 0)
        self->n_rows = self->n_columns = 0;
      return;
    }
  if (is_tag (tag, length, "/table") && self->depth > 0)
    {
      if (--self->depth == 0)
        end_table (self);
      return;
    }
  if (self->depth != 1)
    return;
  if (is_tag (tag, length, "tr"))
    {
      end_row (self);
      begin_row (self, tag - self->text);
    }
  else if (is_tag (tag, length, "/tr"))
    end_row (self);
  else if (is_tag (tag, length, "td") || is_tag (tag, length, "th"))
    {
      end_cell (self);
      self->in_cell = self->in_row && self->column < MQ_MAX_COLUMNS;
      self->span = find_span (tag, length);
      g_string_truncate (self->cell, 0);
    }
  else if (is_tag (tag, length, "/td") || is_tag (tag, length, "/th"))
    end_cell (self);
  else if (is_tag (tag, length, "br") && self->in_cell)
    g_string_append_c (self->cell, '\n');
}

/* Behind a tag at `from`; scripts and styles are skipped whole. */
static gsize
find_behind (const Page *self, gsize from, gsize end)
{
  static const char *const skipped[] = { "script", "style" };
  const char              *tag = self->text + from;

  for (gsize i = 0; i < G_N_ELEMENTS (skipped); i++)
    if (is_tag (tag, end - from, skipped[i]))
      for (gsize at = end; at + 2 < self->length; at++)
        if (self->text[at] == '<' && self->text[at + 1] == '/' && is_tag (self->text + at + 2, self->length - at - 2, skipped[i]))
          return at;
  return end + 1;
}

/* At a '<': the end of its tag, or of its comment. */
static gsize
find_end (const Page *self, gsize from)
{
  const char *text = self->text + from;
  gsize       left = self->length - from;
  const char *end;

  if (left >= 4 && memcmp (text, "<!--", 4) == 0)
    {
      end = memmem (text + 4, left - 4, "-->", 3);
      return end != NULL ? end + 2 - self->text : self->length;
    }
  end = memchr (text, '>', left);
  return end != NULL ? (gsize) (end - self->text) : self->length;
}

static void
read_page (Page *self)
{
  while (self->at < self->length)
    {
      const char *text = self->text + self->at;
      const char *open = memchr (text, '<', self->length - self->at);
      gsize       size = open != NULL ? (gsize) (open - text) : self->length - self->at;
      gsize       end;

      if (self->in_cell && self->depth == 1)
        append_text (self, text, size);
      self->at += size;
      if (open == NULL)
        break;
      end = find_end (self, self->at);
      if (end < self->length)
        take_tag (self, self->text + self->at + 1, end - self->at - 1);
      self->at = end < self->length ? find_behind (self, self->at + 1, end) : end;
    }
  if (self->depth > 0)
    end_table (self);
}

GBytes *
mq_html_find_table (const char *text, gsize length, gint64 *first_line, GError **error)
{
  Page page = { .text = text, .length = length, .line = 1, .span = 1 };

  page.cell = g_string_new (NULL);
  mq_record_pack_init (&page.pack);
  read_page (&page);
  mq_record_pack_clear (&page.pack);
  g_string_free (page.cell, TRUE);
  *first_line = page.best_line;
  if (page.error == NULL)
    return page.best;
  g_propagate_error (error, page.error);
  g_clear_pointer (&page.best, g_bytes_unref);
  return NULL;
}
