/* json-parser.c: recursive descent with a limit of depth. */

#include "config.h"
#include "import/json-parser.h"

#include <string.h>

typedef struct
{
  const char    *text;
  gsize          length;
  gsize          at;
  guint          depth;
  gboolean       quiet; /* inside what is given as a whole: leaves are not */
  MqJsonLeafFunc func;
  gpointer       data;
  GString       *path;    /* (owned) */
  GString       *scratch; /* (owned) unescaped strings */
  GString       *list;    /* (owned) plain values of an array */
} Parser;

static gboolean parse_value (Parser *self);

static void
skip_blanks (Parser *self)
{
  while (self->at < self->length && strchr (" \t\r\n", self->text[self->at]) != NULL && self->text[self->at] != '\0')
    self->at++;
}

static inline char
peek (const Parser *self)
{
  return self->at < self->length ? self->text[self->at] : '\0';
}

static gboolean
take (Parser *self, char c)
{
  if (peek (self) != c || self->at >= self->length)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
emit (Parser *self, const char *text, gsize length)
{
  return self->quiet || self->func (self->path->str, self->path->len, text, length, self->data);
}

static int
read_hex (const Parser *self, gsize at)
{
  int value = 0;

  for (gsize i = at; i < at + 4; i++)
    {
      int digit = i < self->length ? g_ascii_xdigit_value (self->text[i]) : -1;

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* At the u of \uXXXX; a surrogate must have its second half. */
static gboolean
parse_unicode (Parser *self, GString *out)
{
  gsize    start = self->at - 1;
  gunichar c = read_hex (self, self->at + 1);
  int      low;

  if (read_hex (self, self->at + 1) < 0)
    return FALSE;
  self->at += 5;
  if (c >= 0xd800 && c < 0xe000)
    {
      low = self->at + 1 < self->length && self->text[self->at] == '\\' && self->text[self->at + 1] == 'u' ? read_hex (self, self->at + 2) : -1;
      if (c >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
        {
          self->at = start;
          return FALSE;
        }
      self->at += 6;
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (out, c);
  return TRUE;
}

static gboolean
parse_escape (Parser *self, GString *out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char       *found;

  self->at++;
  if (peek (self) == 'u')
    return parse_unicode (self, out);
  found = peek (self) != '\0' ? strchr (from, peek (self)) : NULL;
  if (found == NULL)
    return FALSE;
  g_string_append_c (out, to[found - from]);
  self->at++;
  return TRUE;
}

/* At the opening quote. */
static gboolean
parse_string (Parser *self, GString *out)
{
  self->at++;
  while (self->at < self->length)
    {
      gsize start = self->at;

      while (self->at < self->length && (guint8) self->text[self->at] >= ' ' && self->text[self->at] != '"' && self->text[self->at] != '\\')
        self->at++;
      g_string_append_len (out, self->text + start, self->at - start);
      if (take (self, '"'))
        return TRUE;
      if (peek (self) != '\\' || !parse_escape (self, out))
        return FALSE;
    }
  return FALSE;
}

static gboolean
skip_digits (Parser *self)
{
  gsize start = self->at;

  while (g_ascii_isdigit (peek (self)))
    self->at++;
  return self->at > start;
}

static gboolean
parse_number (Parser *self)
{
  take (self, '-');
  if (!take (self, '0') && !skip_digits (self))
    return FALSE;
  if (take (self, '.') && !skip_digits (self))
    return FALSE;
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->at++;
      if (!take (self, '+'))
        take (self, '-');
      return skip_digits (self);
    }
  return TRUE;
}

static gboolean
parse_word (Parser *self, const char *word)
{
  gsize length = strlen (word);

  if (self->length - self->at < length || memcmp (self->text + self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* A string, number, true, false or null, into `out` (a null is nothing). */
static gboolean
parse_plain (Parser *self, GString *out)
{
  gsize start = self->at;

  switch (peek (self))
    {
    case '"':
      return parse_string (self, out);
    case 'n':
      return parse_word (self, "null");
    case 't':
      if (!parse_word (self, "true"))
        return FALSE;
      break;
    case 'f':
      if (!parse_word (self, "false"))
        return FALSE;
      break;
    default:
      if (!parse_number (self))
        return FALSE;
    }
  g_string_append_len (out, self->text + start, self->at - start);
  return TRUE;
}

static gboolean
is_plain (char c)
{
  return c != '{' && c != '[';
}

static gboolean
enter (Parser *self)
{
  return ++self->depth <= MQ_JSON_MAX_DEPTH;
}

/* At the key of a member; the path is the object's own again afterwards. */
static gboolean
parse_member (Parser *self)
{
  gsize before = self->path->len;

  if (peek (self) != '"')
    return FALSE;
  if (before > 0)
    g_string_append_c (self->path, MQ_JSON_KEY_SEPARATOR);
  if (!parse_string (self, self->path))
    return FALSE;
  skip_blanks (self);
  if (!take (self, ':'))
    return FALSE;
  skip_blanks (self);
  if (!parse_value (self))
    return FALSE;
  g_string_truncate (self->path, before);
  return TRUE;
}

static gboolean
parse_object (Parser *self)
{
  if (!enter (self))
    return FALSE;
  self->at++;
  skip_blanks (self);
  if (!take (self, '}'))
    {
      do
        {
          skip_blanks (self);
          if (!parse_member (self))
            return FALSE;
          skip_blanks (self);
        }
      while (take (self, ','));
      if (!take (self, '}'))
        return FALSE;
    }
  self->depth--;
  return TRUE;
}

/* What an array is made of. */
typedef enum
{
  LIST_EMPTY,
  LIST_PLAIN,
  LIST_MIXED
} ListKind;

/* Checks an array without giving leaves; plain values go to self->list. */
static gboolean
scan_array (Parser *self, ListKind *kind)
{
  gboolean quiet = self->quiet;

  *kind = LIST_EMPTY;
  if (!enter (self))
    return FALSE;
  self->at++;
  skip_blanks (self);
  self->quiet = TRUE;
  while (!take (self, ']'))
    {
      gsize length = self->list->len;

      skip_blanks (self);
      if (*kind != LIST_EMPTY && !take (self, ','))
        return FALSE;
      skip_blanks (self);
      if (!is_plain (peek (self)))
        *kind = LIST_MIXED;
      else if (*kind == LIST_EMPTY)
        *kind = LIST_PLAIN;
      if (*kind == LIST_PLAIN && length > 0)
        g_string_append_c (self->list, ';');
      if (is_plain (peek (self)) ? !parse_plain (self, self->list) : !parse_value (self))
        return FALSE;
      skip_blanks (self);
    }
  self->quiet = quiet;
  self->depth--;
  return TRUE;
}

/* A member of {"key": …, "value": …}. */
typedef struct
{
  GString *key;   /* (owned) */
  GString *value; /* (owned) */
  gboolean has_key;
  gboolean has_value;
  gboolean other;
} Pair;

static gboolean
take_pair_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  Pair *pair = data;

  if (strcmp (path, "key") == 0)
    {
      pair->has_key = TRUE;
      g_string_append_len (pair->key, text, length);
    }
  else if (strcmp (path, "value") == 0 || g_str_has_prefix (path, "value\x1f"))
    {
      pair->has_value = TRUE;
      if (pair->value->len == 0)
        g_string_append_len (pair->value, text, length);
    }
  else
    pair->other = TRUE;
  return TRUE;
}

static gboolean
take_pairs_cb (const char *path, gsize path_length, const char *text, gsize length, gpointer data)
{
  Parser  *self = data;
  Pair     pair = { g_string_new (NULL), g_string_new (NULL), FALSE, FALSE, FALSE };
  gsize    before = self->path->len;
  gsize    bad;
  gboolean ok = length > 0 && text[0] == '{' && mq_json_flatten (text, length, self->depth, take_pair_cb, &pair, &bad) && pair.has_key && pair.has_value && !pair.other;

  if (ok && !self->quiet)
    {
      g_string_append_c (self->path, MQ_JSON_KEY_SEPARATOR);
      g_string_append_len (self->path, pair.key->str, pair.key->len);
      ok = emit (self, pair.value->str, pair.value->len);
      g_string_truncate (self->path, before);
    }
  g_string_free (pair.key, TRUE);
  g_string_free (pair.value, TRUE);
  return ok;
}

/* Whether all elements are {"key", "value"}; `give`: then gives them. */
static gboolean
read_pairs (Parser *self, const char *text, gsize length, gboolean give)
{
  gsize    bad;
  gboolean quiet = self->quiet;
  gboolean ok;

  self->quiet = !give;
  ok = mq_json_list (text, length, self->depth, take_pairs_cb, self, &bad);
  self->quiet = quiet;
  return ok;
}

static gboolean
parse_array (Parser *self)
{
  gsize       start = self->at;
  const char *text = self->text + start;
  ListKind    kind;

  g_string_truncate (self->list, 0);
  if (!scan_array (self, &kind))
    return FALSE;
  if (self->quiet || kind == LIST_EMPTY)
    return self->quiet || emit (self, "", 0);
  if (kind == LIST_PLAIN)
    return emit (self, self->list->str, self->list->len);
  if (self->path->len > 0 && self->depth < 8 && read_pairs (self, text, self->at - start, FALSE))
    return read_pairs (self, text, self->at - start, TRUE);
  return emit (self, text, self->at - start);
}

static gboolean
parse_value (Parser *self)
{
  if (peek (self) == '{')
    return parse_object (self);
  if (peek (self) == '[')
    return parse_array (self);
  g_string_truncate (self->scratch, 0);
  return parse_plain (self, self->scratch) && emit (self, self->scratch->str, self->scratch->len);
}

static void
init_parser (Parser *self, const char *text, gsize length, guint depth, MqJsonLeafFunc func, gpointer data)
{
  *self = (Parser){ .text = text, .length = length, .depth = depth, .func = func, .data = data };
  self->path = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->list = g_string_new (NULL);
}

static void
clear_parser (Parser *self)
{
  g_string_free (self->path, TRUE);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->list, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parser, clear_parser)

static gboolean
end_parser (Parser *self, gboolean ok, gsize *bad)
{
  skip_blanks (self);
  *bad = self->at;
  return ok && self->at == self->length;
}

gboolean
mq_json_flatten (const char *text, gsize length, guint depth, MqJsonLeafFunc func, gpointer data, gsize *bad)
{
  g_auto (Parser) self = { NULL };

  init_parser (&self, text, length, depth, func, data);
  skip_blanks (&self);
  return end_parser (&self, parse_value (&self), bad);
}

gboolean
mq_json_list (const char *text, gsize length, guint depth, MqJsonLeafFunc func, gpointer data, gsize *bad)
{
  g_auto (Parser) self = { NULL };
  gboolean ok = TRUE;
  gboolean first = TRUE;

  init_parser (&self, text, length, depth + 1, func, data);
  skip_blanks (&self);
  ok = take (&self, '[') && self.depth <= MQ_JSON_MAX_DEPTH;
  skip_blanks (&self);
  while (ok && !take (&self, ']'))
    {
      gsize start;

      skip_blanks (&self);
      ok = first || take (&self, ',');
      first = FALSE;
      skip_blanks (&self);
      start = self.at;
      g_string_truncate (self.scratch, 0);
      self.quiet = TRUE;
      ok = ok && (is_plain (peek (&self)) ? parse_plain (&self, self.scratch) : parse_value (&self));
      if (ok && is_plain (text[start]))
        ok = func ("", 0, self.scratch->str, self.scratch->len, data);
      else if (ok)
        ok = func ("", 0, text + start, self.at - start, data);
      skip_blanks (&self);
    }
  return end_parser (&self, ok, bad);
}
